"""A plan workbook as checked tables, one per sheet, each value with the cell it stands in."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from openpyxl.utils import get_column_letter

from geojeom.messages import Remark
from simulation.workbook.faults import Ledger
from simulation.workbook.grids import Grid, address
from simulation.workbook.layout import LANGUAGES, Column, Layout, Sheet, plain
from simulation.workbook.shape import hold_shape, hold_units, rows_of
from simulation.workbook.values import NoValueError, value_of

# The sheet of the lists to choose from, which is not shown.
LISTS = "_lists"
# Before a sheet's name: 3. or 03_ or (3) or ③ (which plain makes 3) or III.
NUMBERED = re.compile(r"^(?:\d+[.)_-]*|[ivx]+[.)_-]+)")


class Row(dict[str, Any]):
    """A filled row of a sheet: a value per column, None where blank; ``number`` is its row in the sheet.

    ``unread`` are the columns whose cell holds something that cannot be read; they are None too.
    """

    def __init__(self, number: int, values: Mapping[str, Any], unread: Iterable[str] = ()) -> None:
        super().__init__(values)
        self.number = number
        self.unread = set(unread)

    def blank(self, column: str) -> bool:
        """Whether nothing is written in a column's cell.

        Parameters
        ----------
        column : str
            A column of the row's sheet, by id.

        Returns
        -------
        bool
            False where something stands in it that cannot be read.
        """
        return self[column] is None and column not in self.unread


@dataclass(frozen=True)
class Workbook:
    """What a workbook says, and the ledger of what is wrong with it.

    ``overview`` are its fields by id, without those left blank; ``sheets`` the filled rows of each sheet that is in
    the file, by the columns of ``layout``. ``names`` are the sheets' names in the file, ``letters`` the columns'
    letters by sheet and column, ``fields`` the overview's cells by field.
    """

    layout: Layout
    ledger: Ledger
    overview: Mapping[str, Any]
    sheets: Mapping[str, list[Row]]
    names: Mapping[str, str]
    letters: Mapping[tuple[str, str], str]
    fields: Mapping[str, str]

    def rows(self, sheet: str) -> list[Row]:
        """The filled rows of a sheet; none where the file has no such sheet.

        Parameters
        ----------
        sheet : str
            The sheet's id.

        Returns
        -------
        list of Row
            In the order of the file.
        """
        return self.sheets.get(sheet, [])

    def fault(self, sheet: str, row: Row | None, column: str, remark: Remark, *, binding: bool = True) -> None:
        """Note a fault of a cell of a sheet, of the sheet where ``row`` is None, or of a field of the overview.

        Parameters
        ----------
        sheet : str
            The sheet's id.
        row : Row or None
            The row the cell stands in; None for the sheet, and in the overview.
        column : str
            The column or field, by id.
        remark : Remark
            What is wrong, and what to write.
        binding : bool
            Whether the plan cannot be simulated with it.
        """
        if sheet == "overview":
            at = self.fields.get(column, "")
        else:
            at = "" if row is None else f"{self.letters.get((sheet, column), 'A')}{row.number}"
        name = self.names.get(sheet) or getattr(self.layout.sheet(sheet).name, self.ledger.language)
        self.ledger.add(name, at, remark, binding=binding)


def language_of(grids: list[Grid], layout: Layout) -> str:
    """The language of the sheets' names: Korean unless more of them are English.

    Parameters
    ----------
    grids : list of Grid
        The sheets of a file.
    layout : Layout
        The sheets there may be.

    Returns
    -------
    str
        ``ko`` or ``en``.
    """
    names = {_unnumbered(grid.name) for grid in grids}
    counts = {
        language: sum(plain(getattr(sheet.name, language)) in names for sheet in layout.sheets)
        for language in LANGUAGES
    }
    return max(LANGUAGES, key=lambda language: counts[language])


def read_book(grids: list[Grid], layout: Layout, ledger: Ledger) -> Workbook:
    """Read the sheets; what cannot be read is noted in ``ledger`` and left out of the tables.

    Parameters
    ----------
    grids : list of Grid
        The sheets of a file.
    layout : Layout
        The sheets there may be.
    ledger : Ledger
        Gets every fault by its cell.

    Returns
    -------
    Workbook
        With ``ledger``.
    """
    found: dict[str, Grid] = {}
    for grid in grids:
        sheet = _sheet_of(grid.name, layout)
        if grid.name.endswith(LISTS):
            continue
        if sheet is None:
            ledger.add(grid.name, "", Remark("workbook.sheet_unknown", name=grid.name), binding=False)
        elif sheet.id in found:
            ledger.add(grid.name, "", Remark("workbook.sheet_twice", name=grid.name, other=found[sheet.id].name))
        else:
            found[sheet.id] = grid
    for sheet in layout.sheets:
        if sheet.id not in found:
            name = getattr(sheet.name, ledger.language)
            remark = Remark("workbook.sheet_missing", name=sheet.name.model_dump())
            ledger.add(name, "", remark, binding=sheet.required)
    first = layout.sheet("overview")
    overview, fields = _read_fields(found["overview"], first, layout, ledger) if "overview" in found else ({}, {})
    unit = overview.get("money_unit", "won")
    rows: dict[str, list[Row]] = {}
    letters: dict[tuple[str, str], str] = {}
    for sheet in layout.sheets:
        if sheet.id in found and sheet.columns:
            top, columns = _header(found[sheet.id], sheet, ledger)
            reading = _Rows(found[sheet.id], top, columns, layout, unit, ledger)
            rows[sheet.id] = reading.rows(sheet)
            letters |= {(sheet.id, column.id): get_column_letter(number) for number, column in columns.items()}
    names = {name: grid.name for name, grid in found.items()}
    return Workbook(layout, ledger, overview, rows, names, letters, fields)


def _unnumbered(name: str) -> str:
    """A sheet's name as it is compared, without the number in front of ``3. 지구내``."""
    return NUMBERED.sub("", plain(name))


def _sheet_of(name: str, layout: Layout) -> Sheet | None:
    for sheet in layout.sheets:
        if _unnumbered(name) in (plain(sheet.id), plain(sheet.name.ko), plain(sheet.name.en)):
            return sheet
    return None


def _column_of(header: Any, columns: list[Column]) -> Column | None:
    for column in columns:
        if plain(header) in (plain(column.id), plain(column.ko), plain(column.en)):
            return column
    return None


def _read_fields(grid: Grid, sheet: Sheet, layout: Layout, ledger: Ledger) -> tuple[dict[str, Any], dict[str, str]]:
    """The overview's values and their cells: a field's value stands right of its name."""
    places = sorted(grid.cells)
    named = {place: field for place in places if (field := _column_of(grid.cells[place], sheet.fields)) is not None}
    # The names stand below each other: in the column that has most of them.
    names_in = max({column for _, column in named}, key=[column for _, column in named].count, default=1)
    cells: dict[str, tuple[int, int]] = {}
    for row, field in [(row, field) for (row, column), field in named.items() if column == names_in]:
        if field.id in cells:
            remark = Remark("workbook.field_twice", name={"ko": field.ko, "en": field.en})
            ledger.add(grid.name, address(row, names_in), remark)
        else:
            cells[field.id] = (row, names_in + 1)
    hold_shape(grid, set(cells.values()), {row for row, _ in cells.values()}, ledger)
    values: dict[str, Any] = {}
    # Sums of money are read in the unit that the overview itself states.
    for field in sheet.fields:
        place = cells.get(field.id)
        if place is None or (place not in grid.cells and place not in grid.unvalued):
            if field.required:
                at = "" if place is None else address(*place)
                ledger.add(grid.name, at, Remark("workbook.field_missing", name={"ko": field.ko, "en": field.en}))
            continue
        if place in grid.unvalued:
            continue
        try:
            values[field.id] = value_of(grid.cells[place], field, layout, "won")
        except NoValueError as error:
            ledger.add(grid.name, address(*place), error.remark)
    return values, {name: address(*place) for name, place in cells.items()}


@dataclass(frozen=True)
class _Rows:
    """The rows below the headers (row ``top``; 0: there are none) of a sheet with ``columns`` by number."""

    grid: Grid
    top: int
    columns: Mapping[int, Column]
    layout: Layout
    unit: str
    ledger: Ledger

    def rows(self, sheet: Sheet) -> list[Row]:
        """The filled rows but for examples; what cannot be read of them is noted and None."""
        if not self.top:
            return []
        grid = self.grid
        hold_units(grid, self.top, self.columns, layout=self.layout, unit=self.unit, ledger=self.ledger)
        numbers = rows_of(grid, self.top, self.columns, sheet, self.ledger)
        hold_shape(grid, {(row, column) for row in numbers for column in self.columns}, numbers, self.ledger)
        rows = [self._row(row, sheet) for row in numbers]
        letters = {column.id: get_column_letter(number) for number, column in self.columns.items()}
        for key in sheet.keys:
            first_of: dict[Any, int] = {}
            for row in rows:
                value = row[key]
                if value is not None and first_of.setdefault(value, row.number) != row.number:
                    remark = Remark("workbook.key_twice", found=str(value), row=first_of[value])
                    self.ledger.add(grid.name, f"{letters[key]}{row.number}", remark)
        return rows

    def _row(self, number: int, sheet: Sheet) -> Row:
        values: dict[str, Any] = dict.fromkeys(column.id for column in sheet.columns)
        unread = set()
        for at, column in self.columns.items():
            cell = self.grid.cells.get((number, at))
            place = address(number, at)
            if (number, at) in self.grid.unvalued:
                unread.add(column.id)
                continue
            if cell is None:
                if column.required:
                    remark = Remark("workbook.cell_missing", name={"ko": column.ko, "en": column.en})
                    self.ledger.add(self.grid.name, place, remark)
                continue
            try:
                values[column.id] = value_of(cell, column, self.layout, self.unit)
            except NoValueError as error:
                unread.add(column.id)
                self.ledger.add(self.grid.name, place, error.remark)
        return Row(number, values, unread)


def _header(grid: Grid, sheet: Sheet, ledger: Ledger) -> tuple[int, dict[int, Column]]:
    """The row of headers (0: there is none) and the columns by number."""
    best, at = 0, dict[int, Column]()
    for row in range(1, min(grid.rows, 20) + 1):
        named = {
            number: column
            for number in range(1, grid.columns + 1)
            if (header := grid.cells.get((row, number))) is not None
            and (column := _column_of(header, sheet.columns)) is not None
        }
        if len(named) > len(at):
            best, at = row, named
    needed = [column for column in sheet.columns if column.required]
    if len(at) < min(2, len(sheet.columns)):
        names = [{"ko": column.ko, "en": column.en} for column in needed]
        ledger.add(grid.name, "", Remark("workbook.no_header", names=names))
        return 0, {}
    kept: dict[int, Column] = {}
    for number, column in at.items():
        if column in kept.values():
            ledger.add(grid.name, address(best, number), Remark("workbook.header_twice", name=column.header("ko")))
        else:
            kept[number] = column
    meant = _other_headers(grid, best, kept, sheet, ledger)
    for column in needed:
        if column not in kept.values() and not meant & {column.id, column.ko, column.en}:
            ledger.add(grid.name, "", Remark("workbook.header_missing", name={"ko": column.ko, "en": column.en}))
    return best, kept


def _letters(header: Any) -> str:
    """A header by its single letters: of two Korean words alike all but one may be the same."""
    return unicodedata.normalize("NFD", plain(header))


def _other_headers(grid: Grid, top: int, kept: Mapping[int, Column], sheet: Sheet, ledger: Ledger) -> set[str]:
    """The headers that misspelt ones seem to mean, each a fault; a team's own columns are left alone."""
    meant = set()
    known = {_letters(name): name for column in sheet.columns for name in (column.ko, column.en, column.id)}
    lacking = {_letters(name) for c in sheet.columns if c not in kept.values() for name in (c.ko, c.en, c.id)}
    for number in range(1, grid.columns + 1):
        header = grid.cells.get((top, number))
        if header is None or number in kept or _column_of(header, sheet.columns) is not None:
            continue
        near = [name for name in difflib.get_close_matches(_letters(header), known, 1, 0.75) if name in lacking]
        if near:
            meant.add(known[near[0]])
            remark = Remark("workbook.header_near", found=str(header), near=known[near[0]])
            ledger.add(grid.name, address(top, number), remark)
        else:
            ledger.add(
                grid.name, address(top, number), Remark("workbook.header_unknown", found=str(header)), binding=False
            )
    return meant
