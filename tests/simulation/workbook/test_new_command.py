"""``geojeom plan new``: the workbook to write is named once, and nothing is written over."""

from __future__ import annotations

from pathlib import Path

import pytest

from geojeom.errors import PlanError
from simulation.commands.plan_new import run


def test_the_workbook_is_named_once(tmp_path: Path) -> None:
    one, two = tmp_path / "one.xlsx", tmp_path / "two.xlsx"
    with pytest.raises(PlanError, match="expected one workbook to write, found none"):
        run(tmp_path / "city.yaml")
    with pytest.raises(PlanError, match=r"expected one workbook to write, found .*one\.xlsx and .*two\.xlsx"):
        run(tmp_path / "city.yaml", one, out=two)
    assert not list(tmp_path.iterdir())


def test_a_workbook_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_text("ours", encoding="utf-8")
    for given in ({"plan": path}, {"out": path}):
        with pytest.raises(PlanError, match="2 faults") as raised:
            run(tmp_path / "city.yaml", **given, lang="fr")
        assert [fault.file for fault in raised.value.faults] == ["--lang", str(path)]
    assert path.read_text("utf-8") == "ours"
