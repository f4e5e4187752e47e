"""What an .ods hides or joins is told as of an .xlsx."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulation.workbook.city import City
from simulation.workbook.grids import read_grids
from tests.simulation.workbook.formats import NONE, write_ods
from tests.simulation.workbook.toy import checked, told

INSIDE = "지구내"


@pytest.mark.parametrize(
    ("rows", "cells", "expected"),
    [
        (NONE, NONE, set()),
        ({(INSIDE, 7): 'table:visibility="collapse"'}, NONE, {("지구내!A7", "workbook.hidden_row")}),
        ({(INSIDE, 6): 'table:visibility="filter"'}, NONE, {("지구내!A6", "workbook.hidden_row")}),
        # A row that stands for three moves those below it.
        (
            {(INSIDE, 1): 'table:number-rows-repeated="3"', (INSIDE, 7): 'table:visibility="collapse"'},
            NONE,
            {("지구내!A9", "workbook.hidden_row")},
        ),
        (NONE, {(INSIDE, 6, 2): 'table:number-columns-spanned="2"'}, {("지구내!B6", "workbook.merged")}),
        (NONE, {(INSIDE, 6, 3): 'table:number-rows-spanned="2"'}, {("지구내!C6", "workbook.merged")}),
        # Titles above the table may be merged.
        (NONE, {(INSIDE, 1, 1): 'table:number-columns-spanned="6" table:number-rows-spanned="2"'}, set()),
    ],
)
def test_hidden_rows_and_merged_cells_of_an_ods_are_told(
    good: Path,
    city: City,
    tmp_path: Path,
    rows: dict[tuple[str, int], str],
    cells: dict[tuple[str, int, int], str],
    expected: set[tuple[str, str]],
) -> None:
    write_ods(path := tmp_path / "plan.ods", read_grids(good), rows, cells)
    plan, faults = checked(path, city)
    assert (plan is None) == bool(expected)
    assert told(faults) == expected


def test_a_formula_of_an_ods_without_a_value_is_told(good: Path, city: City, tmp_path: Path) -> None:
    grids = read_grids(good)
    inside = next(grid for grid in grids if grid.name == INSIDE)
    del inside.cells[6, 8]
    formula = {(INSIDE, 6, 8): 'table:formula="of:=[.E6]*2"'}
    write_ods(path := tmp_path / "plan.ods", grids, NONE, formula)
    _, faults = checked(path, city)
    assert ("지구내!H6", "workbook.no_value") in told(faults)
