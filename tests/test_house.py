"""The house: rooms use one another one way, and folders inside a room never in a circle."""

from __future__ import annotations

import ast
from pathlib import Path

import networkx as nx
import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("spatial", "simulation", "maps")


def module(path: Path) -> tuple[str, ...]:
    return path.relative_to(ROOT).with_suffix("").parts


def imports() -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Who imports whom among our modules, each as its parts (spatial, ranking, smaa)."""
    files = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]
    ours = {module(path) for path in files}
    found = []
    for path in files:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                base = tuple(node.module.split("."))
                targets = {base, *((*base, alias.name) for alias in node.names)}
                found += [(module(path), target) for target in sorted(targets & ours)]
    assert len(found) > 300
    return found


def test_rooms_use_one_another_one_way() -> None:
    floor = {room: number for number, room in enumerate(ROOMS)}
    assert [pair for pair in imports() if floor[pair[1][0]] > floor[pair[0][0]] or pair[1][-1] == "__main__"] == []


@pytest.mark.parametrize("room", ROOMS)
def test_folders_of_a_room_never_use_one_another_in_a_circle(room: str) -> None:
    places = nx.DiGraph(
        (user[:2], used[:2]) for user, used in imports() if user[0] == used[0] == room and user[:2] != used[:2]
    )
    assert list(nx.simple_cycles(places)) == []


def test_files_are_short() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for room in ROOMS
        for path in (ROOT / room).rglob("*.py")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 450
    }
    assert long == {}
