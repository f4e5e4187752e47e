"""The command line: every command is listed with its summary without being imported, and imported when called."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from geojeom.cli import ROOMS, command_names, load, room_app, summary


@pytest.mark.parametrize("room", ROOMS)
def test_every_command_has_a_summary_and_a_function_of_the_same_words(room: str) -> None:
    for name in command_names(room):
        assert summary(room, name).endswith("."), name
        assert load(room, name).name == name


def test_help_names_the_commands() -> None:
    printed = CliRunner().invoke(room_app("spatial"), ["--help"]).output
    assert "districts" in printed
    assert "Check the candidate districts and measure travel" in printed


def test_an_unknown_command_is_refused() -> None:
    ran = CliRunner().invoke(room_app("maps"), ["compere"])
    assert ran.exit_code == 2
    assert "No such command 'compere'" in ran.output
