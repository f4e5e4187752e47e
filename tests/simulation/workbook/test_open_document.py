"""What an .ods hides or joins is told as of an .xlsx."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from simulation.workbook.city import City
from simulation.workbook.grids import read_grids
from simulation.workbook.open_document import shapes_of
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


def test_hidden_columns_of_an_ods_are_found(tmp_path: Path) -> None:
    column = "<table:table-column {}/>"
    columns = [
        'table:number-columns-repeated="2"',
        'table:visibility="collapse"',
        "",
        'table:number-columns-repeated="16000" table:visibility="filter"',
    ]
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    sheet = f"<table:table>{''.join(map(column.format, columns))}<table:table-row/></table:table>"
    with zipfile.ZipFile(path := tmp_path / "plan.ods", "w") as archive:
        archive.writestr("content.xml", f"<office:body {spaces}>{sheet}</office:body>")
    (shape,) = shapes_of(path, 10, 6)
    # The third, and from the fifth to the last that is looked at.
    assert shape.unseen == {3, 5, 6}


def test_a_formula_of_an_ods_without_a_value_is_told(good: Path, city: City, tmp_path: Path) -> None:
    grids = read_grids(good)
    inside = next(grid for grid in grids if grid.name == INSIDE)
    del inside.cells[6, 8]
    formula = {(INSIDE, 6, 8): 'table:formula="of:=[.E6]*2"'}
    write_ods(path := tmp_path / "plan.ods", grids, NONE, formula)
    _, faults = checked(path, city)
    assert ("지구내!H6", "workbook.no_value") in told(faults)
