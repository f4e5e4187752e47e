"""A plan's tables as an Excel workbook that a team can fill in: lists to choose from, notes, totals, an example row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from geojeom.errors import Fault
from geojeom.files import atomic
from simulation.workbook.book import LISTS
from simulation.workbook.faults import language_faults
from simulation.workbook.layout import Column, Layout, Sheet
from simulation.workbook.shape import EXAMPLES
from simulation.workbook.values import WON

# Rows that lists and unlocked cells reach down to; a plan has a few hundred.
DEPTH = 2000
TITLE, ABOUT, TOTALS, HEADER = 1, 2, 3, 4
OPEN = Protection(locked=False)
HEAD = PatternFill("solid", fgColor="1F4E79")
LOCKED = PatternFill("solid", fgColor="EDEDED")
AS_TEXT, MONEY, PLAIN = "@", "#,##0.########", "General"
WIDTHS = {"text": 28, "krw": 17, "site": 18, "services": 26, "items": 22, "zone": 14, "service": 18}
EXAMPLE = {"whole": 2, "number": 1.5, "share": 0.5, "krw": 1, "month": "2028-03", "date": "2028-03-31", "year": 2028}


@dataclass(frozen=True)
class Form:
    """How a workbook is written: its layout and language, and what cells of the kinds service, zone and hub may hold.

    The lists to choose from stand on a sheet of their own that is not shown: a list in a cell's rule ends at 255
    letters.
    """

    layout: Layout
    language: str
    more: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def lists(self) -> dict[str, list[str]]:
        """All lists by the name of a choice or kind."""
        choices = self.layout.choices.items()
        words = {name: [getattr(word, self.language) for word in held.values()] for name, held in choices}
        return {**words, **{name: list(held) for name, held in self.more.items()}}

    def rule(self, column: Column) -> DataValidation | None:
        """The rule of a column's cells; None where any text may stand in them.

        Parameters
        ----------
        column : Column
            A column of a sheet, or a field of the overview.

        Returns
        -------
        DataValidation or None
            Not yet laid on any cells.
        """
        name = column.choices or column.kind
        if not (held := self.lists.get(name)):
            return None
        letter = get_column_letter(list(self.lists).index(name) + 1)
        rule = DataValidation("list", formula1=f"={quote_sheetname(LISTS)}!${letter}$2:${letter}${len(held) + 1}")
        # Services and zones may be written by id or code too.
        rule.showErrorMessage = column.kind == "choice"
        rule.allow_blank = True
        return rule

    def note(self, column: Column) -> Comment:
        """What the header's note says of a column's cells.

        Parameters
        ----------
        column : Column
            A column of a sheet, or a field of the overview.

        Returns
        -------
        Comment
            In the form's language.
        """
        said = getattr(self.layout.kinds[column.kind], self.language)
        if column.choices:
            said = ", ".join(getattr(word, self.language) for word in self.layout.choices[column.choices].values())
        must = {"ko": "\n꼭 적습니다.", "en": "\nMust be filled in."}[self.language] if column.required else ""
        return Comment(f"{said}{must}", "Geojeom", height=90, width=260)

    def example(self, number: int, column: Column) -> Any:
        """What the example row shows: its mark first, then a value of each kind.

        Parameters
        ----------
        number : int
            The column's place in its sheet, from 1.
        column : Column
            The column.

        Returns
        -------
        any
            A text or number; None for a kind of which no example is given.
        """
        if number == 1:
            return EXAMPLES[0] if self.language == "ko" else EXAMPLES[1]
        if column.choices:
            return getattr(next(iter(self.layout.choices[column.choices].values())), self.language)
        return EXAMPLE.get(column.kind)

    def write_lists(self, book: Workbook) -> None:
        """Add the sheet of the lists.

        Parameters
        ----------
        book : openpyxl.Workbook
            The workbook; gets one sheet more, which is not shown.
        """
        page = book.create_sheet(LISTS)
        page.sheet_state = "hidden"
        for number, (name, held) in enumerate(self.lists.items(), 1):
            for row, word in enumerate([name, *held], 1):
                put(page.cell(row, number), word)


def refused(path: Path, language: str) -> list[Fault]:
    """Why no workbook is written to a path in a language: another ending, a file that is there, no such language.

    Parameters
    ----------
    path : Path
        Where it is to be written.
    language : str
        As somebody named it.

    Returns
    -------
    list of Fault
        Empty where it can be.
    """
    faults = language_faults(language)
    if path.suffix.lower() != ".xlsx":
        faults.append(Fault(str(path), "a name that ends in .xlsx", path.name, "Name the workbook so."))
    if path.exists():
        faults.append(Fault(str(path), "no such file yet", "one that would be written over", "Choose another name."))
    return faults


def write_book(
    path: Path,
    overview: Mapping[str, Any],
    sheets: Mapping[str, Sequence[Mapping[str, Any]]],
    form: Form,
) -> None:
    """Write a workbook, whole or not at all.

    Parameters
    ----------
    path : Path
        The file (.xlsx).
    overview : mapping
        Field -> value, as ``book.read_book`` returns them.
    sheets : mapping
        Sheet -> its rows, as ``book.read_book`` returns them (money in won); a sheet without rows is written empty.
    form : Form
        Layout, language and lists.

    Raises
    ------
    FolderError
        Where it cannot be written.
    """
    book = Workbook()
    book.remove(book.active)
    for sheet in form.layout.sheets:
        page = book.create_sheet(getattr(sheet.name, form.language))
        page.cell(TITLE, 1, page.title).font = Font(bold=True, size=14)
        page.cell(ABOUT, 1, getattr(sheet.about, form.language)).font = Font(italic=True, color="595959")
        if sheet.fields:
            _write_fields(page, sheet, overview, form)
        else:
            _write_table(page, sheet, sheets.get(sheet.id, ()), str(overview.get("money_unit", "won")), form)
        page.protection.sheet = True
        # What protection lets through: everything but the cells that are locked.
        for free in ("formatCells", "formatColumns", "formatRows", "insertRows", "deleteRows", "sort", "autoFilter"):
            setattr(page.protection, free, False)
    form.write_lists(book)
    with atomic(path) as partial:
        book.save(partial)


def shown_value(value: Any, column: Column, form: Form, unit: str) -> Any:
    """A value as its cell shows it: won in the workbook's unit, the word of a choice."""
    if value is None:
        return None
    if column.kind == "krw":
        sum_of = Fraction(int(value), WON[unit])
        return int(sum_of) if sum_of.denominator == 1 else float(sum_of)
    if column.kind == "choice":
        return form.layout.word(column.choices, str(value), form.language)
    return value


def put(cell: Cell, value: Any) -> None:
    """Write a value; a text is never taken for a formula, and may be no character that a workbook cannot hold.

    Parameters
    ----------
    cell : openpyxl.cell.Cell
        Gets the value; of a text, characters that a workbook cannot hold are left out.
    value : any
        A text, number or None.
    """
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
        cell.data_type = "s"
        cell.number_format = AS_TEXT
        cell.quotePrefix = value.startswith(("=", "+", "-", "@"))
    else:
        cell.value = value


def _write_fields(page: Worksheet, sheet: Sheet, overview: Mapping[str, Any], form: Form) -> None:
    _head(page, TOTALS, {"ko": ("항목", "값", "비고"), "en": ("Item", "Value", "Remarks")}[form.language])
    for row, column in enumerate(sheet.fields, HEADER):
        name, cell = page.cell(row, 1, column.header(form.language)), page.cell(row, 2)
        name.font = Font(bold=column.required)
        name.comment = form.note(column)
        put(cell, shown_value(overview.get(column.id), column, form, "won"))
        cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="left")
        if column.locked:
            cell.fill = LOCKED
        else:
            cell.protection = OPEN
        page.cell(row, 3).protection = OPEN
        if rule := form.rule(column):
            page.add_data_validation(rule)
            rule.add(cell.coordinate)
    for letter, width in (("A", 28), ("B", 60), ("C", 40)):
        page.column_dimensions[letter].width = width


def _write_table(page: Worksheet, sheet: Sheet, rows: Sequence[Mapping[str, Any]], unit: str, form: Form) -> None:
    _head(page, HEADER, [column.header(form.language) for column in sheet.columns])
    page.freeze_panes = page.cell(HEADER + 1, 2)
    for number, column in enumerate(sheet.columns, 1):
        letter = get_column_letter(number)
        page.cell(HEADER, number).comment = form.note(column)
        page.column_dimensions[letter].width = WIDTHS.get(column.kind, 13)
        page.column_dimensions[letter].protection = OPEN
        if column.kind == "krw":
            page.cell(TOTALS, number, f"=SUM({letter}{HEADER + 2}:{letter}{DEPTH})").number_format = MONEY
        if rule := form.rule(column):
            page.add_data_validation(rule)
            rule.add(f"{letter}{HEADER + 1}:{letter}{DEPTH}")
        example = page.cell(HEADER + 1, number)
        put(example, form.example(number, column))
        example.font = Font(italic=True, color="7F7F7F")
        for row, values in enumerate(rows, HEADER + 2):
            cell = page.cell(row, number)
            put(cell, shown_value(values.get(column.id), column, form, unit))
            cell.protection = OPEN
            if column.kind == "krw":
                cell.number_format = MONEY
            if column.kind in ("text", "id", "month", "date"):
                cell.number_format = AS_TEXT


def _head(page: Worksheet, row: int, names: Sequence[str]) -> None:
    for number, name in enumerate(names, 1):
        cell = page.cell(row, number, name)
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), HEAD
        cell.alignment = Alignment(wrap_text=True, vertical="center")
