"""What an OpenDocument spreadsheet says of its sheets beside values: hidden rows, merged cells, formulas without one.

OpenDocument 1.3, part 3: rows and cells that are alike stand once, with the number of times they repeat.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from xml.etree.ElementTree import Element, iterparse

from openpyxl.utils import get_column_letter

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
CELLS = (f"{TABLE}table-cell", f"{TABLE}covered-table-cell")
# A row or column is not shown where it was hidden or a filter leaves it out.
HIDDEN = ("collapse", "filter")


@dataclass
class Shape:
    """Of one sheet: what is not shown, ranges that were made one, cells whose formula has no stored value."""

    unseen: set[int] = field(default_factory=set)
    hidden: set[int] = field(default_factory=set)
    merged: list[str] = field(default_factory=list)
    unvalued: set[tuple[int, int]] = field(default_factory=set)


def shapes_of(path: Path, rows: int, columns: int) -> list[Shape]:
    """The shapes of all sheets in their order; what lies below ``rows`` or beside ``columns`` is left out."""
    with zipfile.ZipFile(path) as archive, archive.open("content.xml") as stream:
        return [_shape(sheet, rows, columns) for sheet in _sheets(stream)]


def _sheets(stream: IO[bytes]) -> Iterator[Element]:
    """The sheets one by one; a table within a cell is none."""
    depth = 0
    events = iterparse(stream, events=("start", "end"))  # noqa: S314 (expat bounds what entities grow to)
    for event, element in events:
        if element.tag == f"{TABLE}table":
            depth += 1 if event == "start" else -1
            if event == "end" and depth == 0:
                yield element
                element.clear()


def _shape(sheet: Element, rows: int, columns: int) -> Shape:
    shape = Shape()
    left = 1
    for column in sheet.iter(f"{TABLE}table-column"):
        count = _number(column, "number-columns-repeated")
        if column.get(f"{TABLE}visibility") in HIDDEN:
            shape.unseen.update(range(left, min(left + count, columns + 1)))
        left += count
    top = 1
    for row in sheet.iter(f"{TABLE}table-row"):
        count = _number(row, "number-rows-repeated")
        if row.get(f"{TABLE}visibility") in HIDDEN:
            shape.hidden.update(range(top, min(top + count, rows + 1)))
        if top <= rows:
            _cells(shape, row, range(top, min(top + count, rows + 1)), columns)
        top += count
    return shape


def _cells(shape: Shape, row: Element, numbers: range, columns: int) -> None:
    """Note merged cells and formulas without a value of a row that stands for the rows ``numbers``."""
    left = 1
    for cell in row:
        if cell.tag not in CELLS:
            continue
        count = _number(cell, "number-columns-repeated")
        down, across = _number(cell, "number-rows-spanned"), _number(cell, "number-columns-spanned")
        if down > 1 or across > 1:
            first, last = get_column_letter(left), get_column_letter(left + across - 1)
            shape.merged.append(f"{first}{numbers[0]}:{last}{numbers[0] + down - 1}")
        if cell.get(f"{TABLE}formula") and not cell.get(f"{OFFICE}value-type") and cell.find(f"{TEXT}p") is None:
            at = range(left, min(left + count, columns + 1))
            shape.unvalued.update((number, column) for number in numbers for column in at)
        left += count


def _number(element: Element, name: str) -> int:
    return int(element.get(f"{TABLE}{name}", "1"))
