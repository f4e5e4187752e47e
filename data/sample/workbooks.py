"""Two plans of the city as the workbooks that its teams hand in; their content stands in ``workbooks.yaml``."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml
from layout import Sheet
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from pyproj import Transformer

TITLE, NOTE, HEADER = 1, 2, 4
HEAD = PatternFill("solid", fgColor="1F4E79")
SITE = "위치"
# A cell is as wide as its longest text, within these; a Korean letter is about two wide.
NARROW, WIDE = 10, 44
# The day that all files of an archive bear, the first that one can.
DAY = (1980, 1, 1, 0, 0, 0)
STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def write(folder: Path, sheet: Sheet, to_degrees: Transformer) -> None:
    """Write ``<plan>.xlsx`` into the folder for each plan."""
    # The fast reader where PyYAML has been built with it.
    reader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    content = yaml.load(Path(__file__).with_suffix(".yaml").read_text("utf-8"), reader)  # noqa: S506 -- a safe one
    for name, own in content["plans"].items():
        book = Workbook()
        book.remove(book.active)
        for title, columns in content["columns"].items():
            rows = [*content["both"].get(title, ()), *own.get(title, ())]
            placed = [[_cell(value, sheet, to_degrees) for value in row] for row in rows]
            _page(book.create_sheet(title), content["note"], columns, placed)
        (folder / f"{name}.xlsx").write_bytes(_undated(book))


def _cell(value: Any, sheet: Sheet, to_degrees: Transformer) -> Any:
    """A place in the drawing as its longitude and latitude; anything else as it is, dates and months as texts."""
    if isinstance(value, list):
        lon, lat = to_degrees.transform(*sheet.at([(value[0], value[1])])[0])
        return f"{lon:.6f}, {lat:.6f}"
    return value if value is None or isinstance(value, int | float) else str(value)


def _page(page: Worksheet, note: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    page.cell(TITLE, 1, page.title).font = Font(bold=True, size=14)
    page.cell(NOTE, 1, note).font = Font(italic=True, color="C00000")
    page.freeze_panes = page.cell(HEADER + 1, 2)
    for number, column in enumerate(columns, 1):
        head = page.cell(HEADER, number, column)
        head.font, head.fill = Font(bold=True, color="FFFFFF"), HEAD
        held = [row[number - 1] if number <= len(row) else None for row in rows]
        for row, value in enumerate(held, HEADER + 1):
            cell = page.cell(row, number, value)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if isinstance(value, int | float):
                cell.number_format = "#,##0.####"
        longest = max((len(str(value).encode("cp949", "replace")) for value in (column, *held)), default=0)
        page.column_dimensions[get_column_letter(number)].width = min(max(longest + 2, NARROW), WIDE)


def _undated(book: Workbook) -> bytes:
    """The workbook's file without the time at which it is written, which every part of it bears."""
    written, fixed = io.BytesIO(), io.BytesIO()
    book.save(written)
    with zipfile.ZipFile(written) as parts, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in parts.namelist():
            content = STAMP.sub(rb"\g<1>2026-11-01T00:00:00Z", parts.read(part))
            archive.writestr(zipfile.ZipInfo(part, DAY), content, zipfile.ZIP_DEFLATED)
    return fixed.getvalue()
