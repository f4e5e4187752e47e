"""The sheets of a workbook file as grids of cells: .xlsx, .ods, or a folder with a CSV file per sheet."""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.utils.exceptions import InvalidFileException
from python_calamine import CalamineError, CalamineWorkbook

from geojeom.errors import Fault, SourceError
from geojeom.files import why_no_file
from simulation.workbook.open_document import shapes_of
from spatial.reading.sheets import refuse_large
from spatial.reading.text import encoding_of

# A plan has a few hundred rows; what is larger is no plan.
ROWS_MAX, COLUMNS_MAX, PACKED_MAX, UNPACKED_MAX = 20_000, 200, 20 * 2**20, 64 * 2**20
EXPECTED = "a plan workbook: .xlsx, .ods, or a folder of CSV files, a sheet each"
REMEDY = "Write one with `geojeom plan new`, or save it in one of these formats."
MERGED = re.compile(rb"[<:]mergeCell\s[^<>]*?\bref\s*=\s*[\"']([A-Za-z0-9$:]+)[\"']")
BROKEN = (
    CalamineError,
    InvalidFileException,
    zipfile.BadZipFile,
    zlib.error,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    OSError,
    EOFError,
    csv.Error,
    SyntaxError,
    RecursionError,
    NotImplementedError,
)


@dataclass(frozen=True)
class Grid:
    """One sheet: its name and its cells by row and column, from 1; blanks are left out.

    ``hidden`` are rows that are not shown, ``merged`` ranges of cells that were made one, ``unvalued`` cells whose
    formula has no stored value, ``unseen`` columns that are not shown; ``shown`` is whether the sheet is.
    """

    name: str
    cells: dict[tuple[int, int], Any]
    hidden: frozenset[int] = frozenset()
    merged: tuple[str, ...] = ()
    unvalued: frozenset[tuple[int, int]] = field(default_factory=frozenset)
    unseen: frozenset[int] = frozenset()
    shown: bool = True

    @property
    def rows(self) -> int:
        """The last row with anything in it."""
        return max((row for row, _ in {*self.cells, *self.unvalued}), default=0)

    @property
    def columns(self) -> int:
        """The last column with anything in it."""
        return max((column for _, column in {*self.cells, *self.unvalued}), default=0)


def address(row: int, column: int) -> str:
    """A cell's name: column 4 of row 14 is ``D14``."""
    return f"{get_column_letter(column)}{row}"


def read_grids(path: Path) -> list[Grid]:
    """All sheets of a workbook.

    Parameters
    ----------
    path : Path
        An .xlsx, .xlsm or .ods file, or a folder of CSV files, a sheet each.

    Returns
    -------
    list of Grid
        In the order of the file.

    Raises
    ------
    SourceError
        Where it is none of these, is damaged, or is larger than a plan.
    """
    if path.is_dir():
        return _guarded(_folder, path)
    if found := why_no_file(path):
        raise SourceError(Fault(str(path), EXPECTED, found, "Check the name and the folder."))
    if path.stat().st_size > PACKED_MAX:
        raise SourceError(Fault(str(path), "a workbook of at most 20 MB", "a larger one", "Take pictures out."))
    readers = {".ods": _open_document, ".xlsx": _excel, ".xlsm": _excel}
    if path.suffix.lower() not in readers:
        raise SourceError(Fault(str(path), EXPECTED, f"a file {path.suffix or 'without an ending'}", REMEDY))
    return _guarded(readers[path.suffix.lower()], path)


def _guarded(read: Callable[[Path], list[Grid]], path: Path) -> list[Grid]:
    try:
        return read(path)
    except BROKEN as error:
        found = (str(error) or type(error).__name__)[:200]
        raise SourceError(Fault(str(path), EXPECTED, found, "Open it in the spreadsheet and save it again.")) from None
    except BaseException as error:
        # What calamine trips over in damaged files ends as a panic of Rust, which is no Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise SourceError(Fault(str(path), EXPECTED, "a damaged file", REMEDY)) from None


def _excel(path: Path) -> list[Grid]:
    refuse_large(str(path))
    _refuse_unpacked(path)
    _refuse_merged(path)
    shown = load_workbook(path, data_only=True)
    written = load_workbook(path)
    grids = []
    for sheet in written.worksheets:
        _refuse_cells(path, sheet.title, sheet.max_row, sheet.max_column)
        values = shown[sheet.title]
        cells: dict[tuple[int, int], Any] = {}
        unvalued = set()
        for row in sheet.iter_rows():
            for cell in row:
                value = values.cell(cell.row, cell.column).value
                if cell.data_type == "f" and value is None:
                    unvalued.add((cell.row, cell.column))
                elif not _blank(value):
                    cells[cell.row, cell.column] = value
        merged = tuple(area.coord for area in sheet.merged_cells.ranges)
        hidden = frozenset(number for number, row in sheet.row_dimensions.items() if row.hidden)
        folded = [range(each.min, each.max + 1) for each in sheet.column_dimensions.values() if each.hidden]
        unseen = frozenset(number for span in folded for number in span if number <= sheet.max_column)
        shown_ = sheet.sheet_state == "visible"
        grids.append(Grid(sheet.title, cells, hidden, merged, frozenset(unvalued), unseen, shown_))
    return grids


def _open_document(path: Path) -> list[Grid]:
    _refuse_unpacked(path)
    with CalamineWorkbook.from_path(str(path)) as book:
        grids = []
        for name, shape in zip(book.sheet_names, shapes_of(path, ROWS_MAX, COLUMNS_MAX), strict=True):
            sheet = book.get_sheet_by_name(name)
            _refuse_cells(path, name, sheet.total_height, sheet.total_width)
            cells = _filled(sheet.to_python(skip_empty_area=False))
            hidden, unvalued = frozenset(shape.hidden), frozenset(shape.unvalued)
            grids.append(Grid(name, cells, hidden, tuple(shape.merged), unvalued, frozenset(shape.unseen)))
    return grids


def _folder(path: Path) -> list[Grid]:
    grids = []
    for file in sorted(path.glob("*.csv")):
        if found := why_no_file(file):
            raise SourceError(Fault(str(file), EXPECTED, found, "Take it away."))
        if file.stat().st_size > PACKED_MAX:
            raise SourceError(Fault(str(file), "a sheet of at most 20 MB", "a larger one", "Keep the plan's rows."))
        text = file.read_bytes().decode(encoding_of(str(file)).name)
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)))
        _refuse_cells(file, file.stem, len(rows), max(map(len, rows), default=0))
        grids.append(Grid(file.stem, _filled(rows)))
    if not grids:
        raise SourceError(Fault(str(path), EXPECTED, "a folder without CSV files", REMEDY))
    return grids


def _delimiter(text: str) -> str:
    """What parts the cells: of comma, semicolon and tab the one that most lines have."""
    lines = text.splitlines()
    return max(",;\t", key=lambda mark: (sum(mark in line for line in lines), text.count(mark)))


def _filled(rows: list[list[Any]]) -> dict[tuple[int, int], Any]:
    return {
        (row, column): value
        for row, cells in enumerate(rows, 1)
        for column, value in enumerate(cells, 1)
        if not _blank(value)
    }


def _blank(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _refuse_cells(path: Path, sheet: str, rows: int, columns: int) -> None:
    if rows > ROWS_MAX or columns > COLUMNS_MAX:
        raise SourceError(
            Fault(
                str(path),
                f"a sheet of at most {ROWS_MAX:,} rows and {COLUMNS_MAX} columns",
                f"{rows:,} rows and {columns:,} columns in {sheet}",
                "Delete what stands far below or beside the table.",
            )
        )


def _refuse_merged(path: Path) -> None:
    """Refuse merged cells beyond a plan's size: each cell of theirs would be made, and a column has a million."""
    with zipfile.ZipFile(path) as archive:
        for member in archive.namelist():
            for ref in MERGED.findall(archive.read(member)) if member.lower().endswith(".xml") else ():
                west, north, east, south = (int(edge or 1) for edge in range_boundaries(ref.decode()))
                _refuse_cells(path, f"the merged cells {ref.decode()}", south - north + 1, east - west + 1)


def _refuse_unpacked(path: Path) -> None:
    """Refuse what unpacks to more than a plan, whatever the archive says of its sizes."""
    unpacked = 0
    with zipfile.ZipFile(path) as archive:
        for member in archive.infolist():
            with archive.open(member) as stream:
                while block := stream.read(2**20):
                    unpacked += len(block)
                    if unpacked > UNPACKED_MAX:
                        found = f"more than {UNPACKED_MAX // 2**20} MB"
                        raise SourceError(Fault(str(path), "a workbook of a plan's size", found, "Take pictures out."))
