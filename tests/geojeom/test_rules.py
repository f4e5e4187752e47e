"""Names of files in the rules of the workflow, and what a start of it remembers of the one before."""

from __future__ import annotations

from pathlib import Path

import pytest

import geojeom.rules
from geojeom.catalogues import CATALOGUES
from geojeom.cli import ROOMS, command_names
from geojeom.pipeline import declared_in
from geojeom.rules import Rules, _word


def test_no_two_files_of_a_command_have_one_name_in_its_rule() -> None:
    """Of two, the rule would know the last only, and nothing would make the other."""
    for command in declared_in({room: command_names(room) for room in ROOMS}).values():
        for files in (command.writes, [*command.reads, *dict(command.reads_where)]):
            names = {file: _word(file) for file in files if "*" not in file and "/" not in file}
            assert len(set(names.values())) == len(names), names


def test_fingerprints_of_code_are_worked_out_again_where_a_module_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(geojeom.rules, "command_digest", lambda *step: asked.append(step) or f"digest {len(asked)}")

    def start(modules: str) -> str:
        monkeypatch.setattr(geojeom.rules, "sources", lambda: modules)
        rules = Rules({}, set(), CATALOGUES)
        code = str(rules.params("spatial", "cells")["code"])
        rules.remember()
        return code

    assert [start("a"), start("a"), start("b")] == ["digest 1", "digest 1", "digest 2"]
    assert asked == [("spatial", "cells")] * 2
