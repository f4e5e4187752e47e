"""A copy of a workbook with the faulty cells coloured and commented; the workbook itself is never written."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from geojeom.files import atomic
from simulation.workbook.faults import CellFault
from simulation.workbook.grids import BROKEN, Grid
from simulation.workbook.writing import put

FAULT = PatternFill("solid", fgColor="F4B183")
NOTE = PatternFill("solid", fgColor="FFE699")
# Who saved the file last; every spreadsheet program writes its own user there.
MARKED = "Geojeom"


def untouched(path: Path) -> bool:
    """Whether a file is a marked copy that nobody has saved since it was written.

    Parameters
    ----------
    path : Path
        A file or folder that is there.

    Returns
    -------
    bool
        False for any other file, whatever it is.
    """
    try:
        book = load_workbook(path, read_only=True)
    except BROKEN:
        return False
    book.close()
    return bool(book.properties.lastModifiedBy == MARKED)


def mark(path: Path, grids: list[Grid], faults: Iterable[CellFault], out: Path, language: str) -> None:
    """Write ``out``: the workbook at ``path`` with each fault at its cell, and a list of all in front.

    Orange cells have to be corrected, yellow ones are worth a look. What is no Excel file is written as one.

    Parameters
    ----------
    path : Path
        The workbook.
    grids : list of Grid
        Its sheets, as they were read.
    faults : iterable of CellFault
        Of the workbook.
    out : Path
        The file to write (.xlsx).
    language : str
        ``ko`` or ``en``.

    Raises
    ------
    FolderError
        Where it cannot be written.
    """
    held = list(faults)
    book = load_workbook(path) if path.suffix.lower() in (".xlsx", ".xlsm") else _as_excel(grids)
    said: dict[tuple[str, str], list[CellFault]] = {}
    for fault in held:
        if fault.sheet in book.sheetnames and fault.at:
            said.setdefault((fault.sheet, fault.at), []).append(fault)
    for (sheet, at), own in said.items():
        cell = book[sheet][at]
        # Of merged cells the first alone can be written.
        if hasattr(cell, "comment") and type(cell).__name__ != "MergedCell":
            cell.fill = FAULT if any(fault.binding for fault in own) else NOTE
            text = "\n".join(getattr(fault.remark, language) for fault in own)
            # A comment of the team's own stays.
            own_text = [] if cell.comment is None else [str(cell.comment.text)]
            cell.comment = Comment("\n".join([text, *own_text]), "Geojeom", height=120, width=320)
    _list(book, held, language)
    book.properties.lastModifiedBy = MARKED
    with atomic(out) as partial:
        book.save(partial)


def _as_excel(grids: list[Grid]) -> Workbook:
    book = Workbook()
    book.remove(book.active)
    for grid in grids:
        page = book.create_sheet(grid.name[:31])
        for (row, column), value in grid.cells.items():
            put(page.cell(row, column), value)
    return book


def _list(book: Workbook, faults: list[CellFault], language: str) -> None:
    title = {"ko": "점검 결과", "en": "Check"}[language]
    page = book.create_sheet(title if title not in book.sheetnames else f"{title} (2)", 0)
    heads = {"ko": ("칸", "꼭 고칠 것", "내용"), "en": ("Cell", "Must be corrected", "What")}[language]
    yes = {"ko": "예", "en": "yes"}[language]
    rows = [(fault.place, yes if fault.binding else "", getattr(fault.remark, language)) for fault in faults]
    for number, values in enumerate([heads, *rows], 1):
        for column, value in enumerate(values, 1):
            put(page.cell(number, column), value)
    for letter, width in (("A", 22), ("B", 16), ("C", 100)):
        page.column_dimensions[letter].width = width
