"""What changed between two workbooks, and when the change needs approval (Decree art. 19(3))."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from simulation.workbook.differences import approval, changes
from simulation.workbook.grids import Grid
from simulation.workbook.layout import layout
from simulation.workbook.meaning import Meaning
from tests.command import geojeom
from tests.simulation.workbook.test_faults import edited, with_cell
from tests.simulation.workbook.toy import read


def test_each_cell_that_differs_is_told_once(good: Path, good_grids: list[Grid], tmp_path: Path) -> None:
    book = load_workbook(good)
    book["지구내"].delete_rows(6)
    book["지구외"]["F6"].value = "2028-04"
    book["개요"]["B8"].value = "다른 이름"
    book.save(tmp_path / "after.xlsx")
    before, _ = read(good_grids)
    after, _ = read(tmp_path / "after.xlsx")
    told = {
        (change.sheet, change.row, change.column): (change.before, change.after)
        for change in changes(before, after, Meaning(layout(), ()))
    }
    assert told["overview", "", "title"] == ("가람 스마트도시", "다른 이름")
    assert told["diffusion", "3", "opens"] == ("2028-01", "2028-04")
    assert told["in_district", "1", "capex_krw"] == (20_000_000, None)
    assert {row for sheet, row, _ in told if sheet == "in_district"} == {"1"}
    assert not changes(before, before, Meaning(layout(), ()))


@pytest.mark.parametrize(
    ("cell", "value", "code"),
    [
        # 54 million in all: a tenth is 5.4.
        ("지구내!H6", 25_400_000, "diff.cost.free"),
        ("지구내!H6", 25_400_001, "diff.cost.needs"),
        ("지구내!H6", 14_599_999, "diff.cost.needs"),
        # 2027-01 to 2029-12 is 35 months.
        ("일정!C15", "2031-12", "diff.period.free"),
        ("일정!C15", "2032-01", "diff.period.needs"),
        ("일정!C15", None, "diff.period.unknown"),
        ("공간계획!D6", 1100, "diff.area.free"),
        ("공간계획!D6", 1101, "diff.area.needs"),
        ("공간계획!D6", None, "diff.area.unknown"),
    ],
)
def test_what_needs_approval(cell: str, value: object, code: str, good_grids: list[Grid]) -> None:
    sheet, at = cell.split("!")
    before, _ = read(good_grids)
    after, _ = read([with_cell(grid, at, value) if grid.name == sheet else grid for grid in good_grids])
    assert code in {remark.code for remark in approval(before, after)}


def test_the_command_writes_the_changes_and_neither_workbook(good: Path, tmp_path: Path) -> None:
    after = edited(good, tmp_path / "after.xlsx", ("지구내!H6", 30_000_000))
    held = good.read_bytes(), after.read_bytes()
    ran = geojeom("plan", "diff", good, after, "-o", tmp_path / "diff.xlsx")
    assert ran.code == 0
    assert "지구내!H6 1 사업비: 20,000,000 → 30,000,000" in ran.printed
    assert "시행령 제19조제3항" in ran.printed
    assert load_workbook(tmp_path / "diff.xlsx").active["E2"].value == 20_000_000
    assert (good.read_bytes(), after.read_bytes()) == held


def test_a_workbook_does_not_differ_from_itself(good: Path) -> None:
    ran = geojeom("plan", "diff", good, good, "--lang", "en")
    assert ran.code == 0
    assert ran.printed.splitlines()[0] == "no cell differs."
    assert "→" not in ran.printed


def test_rows_and_years_are_told_in_words(good: Path, tmp_path: Path) -> None:
    after = edited(good, tmp_path / "after.xlsx", ("재원!C6", 2028), ("일정!C15", "2030-01"), ("공간계획!D6", 900))
    lines = geojeom("plan", "diff", good, after).printed.splitlines()
    # The row of 2027 is gone and one of 2028 is new; the last step is known by its word, an area is a whole number.
    assert any(line.startswith("재원!C6 집행 1 2028 연도: - → 2028") for line in lines)
    assert any(line.startswith("일정!C15 준공 ") for line in lines)
    assert any(line.startswith("공간계획!D6") and line.endswith("1,000 → 900") for line in lines)
