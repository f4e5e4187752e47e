"""A document as .xlsx: one sheet for each table, sums as formulas, and a list of contents that leads to them."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.worksheet import Worksheet

from geojeom.files import atomic
from maps.document.model import NUMBERS, Document, Kind, Paragraph, Table, widths
from simulation.workbook.writing import put

FONT = "맑은 고딕"
TITLE, UNIT, HEADER = 1, 2, 3
HEAD, TOTAL = PatternFill("solid", fgColor="D9E2EC"), PatternFill("solid", fgColor="F1F0EC")
EDGE = Side(style="thin", color="8A8F98")
FORMATS: dict[Kind, str] = {"whole": "#,##0", "number": "#,##0.##########", "figure": "#,##0.00"}
# What a name of a sheet may not hold, and how long it may be.
NO_NAME, NAME_MAX = re.compile(r"[\[\]:*?/\\']"), 31
# Letters across a printed page.
LETTERS = 110


def write_xlsx(document: Document, path: Path) -> None:
    """Write the document's tables and paragraphs, whole or not at all; pictures are left to the other formats."""
    book = Workbook()
    contents = book.active
    contents.title = document.words["contents"]
    _line(contents, 1, document.title, bold=True, size=14)
    row = 2
    for text in document.about:
        _line(contents, row, text)
        row += 1
    for chapter in document.chapters:
        row += 1
        _line(contents, row, f"{chapter.number}. {chapter.title}", bold=True)
        for section in chapter.sections:
            row += 1
            _line(contents, row, f"  {section.number} {section.title}", bold=True)
            for block in section.blocks:
                if isinstance(block, Paragraph):
                    row += 1
                    _line(contents, row, block.text)
                elif isinstance(block, Table):
                    row += 1
                    page = _sheet(book, document, block)
                    _line(contents, row, f"    {document.caption(block)}")
                    contents.cell(row, 1).hyperlink = f"#{quote_sheetname(page.title)}!A1"
    contents.column_dimensions["A"].width = 100
    with atomic(path) as partial:
        book.save(partial)


def _line(page: Worksheet, row: int, text: str, *, bold: bool = False, size: int = 10) -> None:
    cell = page.cell(row, 1)
    put(cell, text)
    cell.font = Font(name=FONT, bold=bold, size=size)
    cell.alignment = Alignment(wrap_text=True, vertical="top")


def _sheet(book: Workbook, document: Document, table: Table) -> Worksheet:
    page = book.create_sheet(NO_NAME.sub(" ", f"{table.number} {table.title}")[:NAME_MAX].strip())
    _line(page, TITLE, document.caption(table), bold=True, size=12)
    page.cell(TITLE, 1).alignment = Alignment(wrap_text=False)
    _line(page, UNIT, document.unit_line(table) or table.absent)
    page.cell(UNIT, 1).alignment = Alignment(wrap_text=False)
    for place, column in enumerate(table.columns, 1):
        _cell(page, HEADER, place, column.title, head=True)
    last = HEADER + len(table.rows)
    for number, row in enumerate(table.rows, HEADER + 1):
        for place, (value, column) in enumerate(zip(row, table.columns, strict=True), 1):
            _cell(page, number, place, _value(document, value, column.kind), kind=column.kind, document=document)
    if table.totals() is not None:
        _cell(page, last + 1, 1, document.words["total"], total=True)
        for place, column in enumerate(table.columns[1:], 2):
            letter = get_column_letter(place)
            formula = f"=SUM({letter}{HEADER + 1}:{letter}{last})" if column.total else None
            _cell(page, last + 1, place, formula, kind=column.kind, document=document, total=True)
    for place, share in enumerate(widths(table, document.lines(table), LETTERS), 1):
        page.column_dimensions[get_column_letter(place)].width = max(8.0, share * LETTERS)
    page.freeze_panes = page.cell(HEADER + 1, 1)
    page.print_title_rows = f"{HEADER}:{HEADER}"
    page.page_setup.paperSize, page.page_setup.orientation = page.PAPERSIZE_A4, "landscape"
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    return page


def _value(document: Document, value: Any, kind: Kind) -> Any:
    """A value as a cell holds it: won exactly in the document's unit."""
    if value is None or kind != "krw":
        return value if value is None or kind in NUMBERS else str(value)
    exact = Fraction(int(value), document.unit.won)
    return int(exact) if exact.denominator == 1 else float(exact)


def _cell(
    page: Worksheet,
    row: int,
    place: int,
    value: Any,
    *,
    kind: Kind = "text",
    document: Document | None = None,
    head: bool = False,
    total: bool = False,
) -> None:
    cell = page.cell(row, place)
    if isinstance(value, str) and not (total and value.startswith("=SUM(")):
        put(cell, value)
    else:
        cell.value = value
    cell.font = Font(name=FONT, size=10, bold=head or total)
    cell.border = Border(top=EDGE, bottom=EDGE, left=EDGE, right=EDGE)
    cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center" if head else None)
    if head or total:
        cell.fill = HEAD if head else TOTAL
    if kind in FORMATS:
        cell.number_format = FORMATS[kind]
    elif kind == "krw" and document is not None:
        cell.number_format = "#,##0" + ("." + "0" * document.unit.digits if document.unit.digits else "")
