"""Declarations of commands: read from the source without importing it, and the same as the module's own."""

from __future__ import annotations

from importlib import import_module

import pytest

from geojeom.cli import ROOMS, command_names
from geojeom.command import commands_folder, declared, step

STEPS = [(room, name) for room in ROOMS for name in command_names(room) if declared(room, name) is not None]


@pytest.mark.parametrize(("room", "name"), STEPS)
def test_a_declaration_read_is_the_one_the_module_has(room: str, name: str) -> None:
    assert declared(room, name) == import_module(f"{room}.commands.{name}").COMMAND


def test_a_command_run_by_hand_declares_nothing() -> None:
    assert declared("spatial", "locate") is None
    with pytest.raises(KeyError, match="geojeom spatial locate is no step of the pipeline"):
        step("spatial", "locate")


def test_what_is_not_there_is_an_error() -> None:
    with pytest.raises(ModuleNotFoundError, match="cellar"):
        commands_folder("cellar")
    with pytest.raises(FileNotFoundError):
        declared("spatial", "guess")
