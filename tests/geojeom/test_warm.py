"""One process for one region: what runs, in which order, and what does not run again."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from geojeom import warm
from geojeom.command import Command
from geojeom.pipeline import Step, in_order
from geojeom.workers import workers

# first writes a.txt from the source file, second b.txt from a.txt; `loud` is a setting of second.
COMMANDS: dict[Step, Command] = {
    ("toys", "second"): Command(reads=("a.txt",), writes=("b.txt",), settings=("region.loud",)),
    ("toys", "first"): Command(sources=("sources",), writes=("a.txt",)),
}


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Two toy steps as modules; the list says which ran."""
    names: list[str] = []

    def first(folder: Path) -> None:
        names.append("first")
        text = (folder.parent / "source.csv").read_text()
        if not text:
            raise ValueError("an empty source")
        (folder / "a.txt").write_text(text.strip())

    def second(folder: Path) -> None:
        names.append("second")
        (folder / "b.txt").write_text((folder / "a.txt").read_text() * 2)

    for name, function in {"first": first, "second": second}.items():
        module: Any = ModuleType(f"toys.commands.{name}")
        module.run = function
        monkeypatch.setitem(sys.modules, f"toys.commands.{name}", module)
    monkeypatch.setattr(warm, "command_digest", lambda room, name: "same code")
    return names


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "source.csv").write_text("1")
    (tmp_path / "results").mkdir()
    return tmp_path / "results"


def bring(folder: Path, *, loud: bool = False) -> list[str]:
    source = {"path": str(folder.parent / "source.csv")}
    region = {"boundary": {}, "sources": {"counts": [source]}, "candidates": {}, "plans": [], "loud": loud}
    with workers(1) as here:
        return warm.run(folder, {"region": region}, COMMANDS, folder, workers=here, say=lambda text: None)


def test_steps_run_in_the_order_of_their_files_and_once(folder: Path, ran: list[str]) -> None:
    assert in_order(COMMANDS) == [("toys", "first"), ("toys", "second")]
    assert bring(folder) == ran == ["first", "second"]
    assert (folder / "b.txt").read_text() == "11"
    assert bring(folder) == []


def test_a_changed_source_runs_again_what_its_content_reaches(folder: Path, ran: list[str]) -> None:
    bring(folder)
    # Other bytes, of which the first step makes the same table: the second has nothing to do.
    (folder.parent / "source.csv").write_text("1 ")
    assert bring(folder) == ["first"]
    (folder.parent / "source.csv").write_text("2")
    assert bring(folder) == ["first", "second"]
    assert (folder / "b.txt").read_text() == "22"


def test_a_setting_runs_again_the_steps_that_use_it(folder: Path, ran: list[str]) -> None:
    bring(folder)
    assert bring(folder, loud=True) == ["second"]


@pytest.mark.parametrize("lost", ["removed", "emptied"])
def test_a_lost_result_is_made_again(folder: Path, ran: list[str], lost: str) -> None:
    bring(folder)
    (folder / "a.txt").unlink() if lost == "removed" else (folder / "a.txt").write_text("")
    assert bring(folder) == ["first"]


def test_a_failed_step_is_tried_again_and_leaves_what_came_before(folder: Path, ran: list[str]) -> None:
    bring(folder)
    (folder.parent / "source.csv").write_text("")
    for _ in range(2):
        with pytest.raises(ValueError, match="an empty source"):
            bring(folder)
    assert (folder / "b.txt").read_text() == "11"
    (folder.parent / "source.csv").write_text("1")
    assert bring(folder) == ["first"]


@pytest.mark.parametrize("state", ["", "{", json.dumps({"keys": {}})])
def test_a_broken_state_is_as_none(folder: Path, ran: list[str], state: str) -> None:
    bring(folder)
    (folder / warm.STATE).write_text(state)
    assert bring(folder) == ["first", "second"]


def test_a_changed_asset_of_a_page_runs_again_the_step_that_writes_it(
    folder: Path, ran: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    script = folder.parent / "page.js"
    script.write_text("one")
    monkeypatch.setattr(warm, "asset_files", lambda room, command: [script] * ("b.txt" in command.writes))
    bring(folder)
    assert bring(folder) == []
    script.write_text("another")
    assert bring(folder) == ["second"]


def test_a_step_runs_again_for_what_it_depends_on_of_a_file_and_no_more(
    folder: Path, ran: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    module: Any = ModuleType("toys.told")
    module.first_letter = lambda path, resolved: path.read_text()[0]
    monkeypatch.setitem(sys.modules, "toys.told", module)
    second = Command(reads=("a.txt",), writes=("b.txt",), only={"a.txt": "toys.told.first_letter"})
    monkeypatch.setitem(COMMANDS, ("toys", "second"), second)
    bring(folder)
    (folder.parent / "source.csv").write_text("12")
    assert bring(folder) == ["first"]
    (folder.parent / "source.csv").write_text("22")
    assert bring(folder) == ["first", "second"]
