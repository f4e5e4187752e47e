"""What stands in a sheet beside its rows, examples, totals, notes, and what of it cannot be read as it is seen."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from openpyxl.utils import get_column_letter, range_boundaries

from geojeom.messages import Remark
from simulation.workbook.faults import Ledger
from simulation.workbook.grids import Grid, address
from simulation.workbook.layout import Column, Layout, Sheet, plain

# First cell of a row that only shows how a row is written.
EXAMPLES = ("예시", "example")
TOTALS = {"합계", "총계", "소계", "누계", "계", "total", "totals", "subtotal", "grandtotal", "sum"}
# How a note below a table begins.
NOTES = ("※", "*", "＊", "주)", "주:", "☞")
_BRACKETED = re.compile(r"[(\[（［]([^)\]）］]*)[)\]）］]")


def rows_of(grid: Grid, top: int, columns: Mapping[int, Column], sheet: Sheet, ledger: Ledger) -> list[int]:
    """The numbers of the filled rows below the headers in row ``top``.

    Examples and rows of nothing but zeros, as formulas of an empty form show them, are left out; so are totals and
    notes, which is noted, and a text that stands alone in its row, which is a fault.
    """
    filled: dict[int, list[int]] = {}
    for row, column in sorted({*grid.cells, *grid.unvalued}):
        if row > top and column in columns:
            filled.setdefault(row, []).append(column)
    first = {min(columns), *(number for number, column in columns.items() if column.id == sheet.columns[0].id)}
    numbers = []
    for row, at in filled.items():
        held = [grid.cells.get((row, column)) for column in at]
        needed = sum(column.required for number, column in columns.items() if number not in at)
        if any(plain(grid.cells.get((row, column), "")) in EXAMPLES for column in first) or set(map(str, held)) <= {
            "0"
        }:
            continue
        begins = str(held[0]).strip()
        place = address(row, at[0])
        if needed and plain(begins) in TOTALS:
            ledger.add(grid.name, place, Remark("workbook.total_row"), binding=False)
        elif needed and len(at) == 1 and begins.startswith(NOTES):
            ledger.add(grid.name, place, Remark("workbook.note_row"), binding=False)
        elif needed > 1 and len(at) == 1 and held[0] is not None:
            found = begins if len(begins) <= 60 else f"{begins[:59]}…"
            ledger.add(grid.name, place, Remark("workbook.lone_cell", found=found))
        else:
            numbers.append(row)
    return numbers


def hold_shape(grid: Grid, used: Collection[tuple[int, int]], rows: Collection[int], ledger: Ledger) -> None:
    """Refuse what cannot be read as it is seen: merged cells, hidden rows, formulas without a value.

    What is read and not seen is noted: hidden columns with values, and a hidden sheet.
    """
    for area in grid.merged:
        west, north, east, south = (int(edge or 0) for edge in range_boundaries(area))
        if any(north <= row <= south and west <= column <= east for row, column in used):
            ledger.add(grid.name, address(north, west), Remark("workbook.merged", area=area))
    for row in sorted(grid.hidden & set(rows)):
        ledger.add(grid.name, address(row, 1), Remark("workbook.hidden_row", row=row))
    for column in sorted(grid.unseen & {column for row, column in used if (row, column) in grid.cells}):
        remark = Remark("workbook.hidden_column", column=get_column_letter(column))
        ledger.add(grid.name, address(min(rows), column), remark, binding=False)
    if rows and not grid.shown:
        ledger.add(grid.name, address(min(rows), 1), Remark("workbook.hidden_sheet"), binding=False)
    for place in sorted(grid.unvalued & set(used)):
        ledger.add(grid.name, address(*place), Remark("workbook.no_value"))


def hold_units(
    grid: Grid, top: int, columns: Mapping[int, Column], *, layout: Layout, unit: str, ledger: Ledger
) -> None:
    """Note where a header, or a text above it as in ``(단위: 억원)``, states another unit than the overview."""
    money = {number for number, column in columns.items() if column.kind == "krw"}
    if not money:
        return
    words = layout.choices["money_unit"]
    named = {plain(text): name for name, word in words.items() for text in (name, word.ko, word.en)}
    for (row, column), text in sorted(grid.cells.items()):
        if row < top or (row == top and column in money):
            for inner in _stated(text):
                stated = named.get(plain(inner), unit)
                if stated != unit:
                    remark = Remark("workbook.header_unit", found=inner, unit=words[unit].model_dump())
                    ledger.add(grid.name, address(row, column), remark)


def _stated(text: Any) -> Iterable[str]:
    """What may be a unit in a header or title: each bracketed text, without the word for unit before it."""
    for inner in _BRACKETED.findall(str(text)):
        yield re.sub(r"^\s*(?:금액\s*)?(?:단위|unit)\s*[:：]?\s*", "", inner, flags=re.IGNORECASE).strip()
