"""Tables as municipalities publish them: CSV in UTF-8 or CP949, spreadsheets, stacked headers, codes as text."""

from __future__ import annotations

import calendar
import csv
import io
import re
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
from python_calamine import CalamineError

from spatial.errors import Fault, SourceError, raise_if_any
from spatial.reading.provenance import Ledger

SHEETS = (".xlsx", ".xls")
BLANK = {"", "-", "nan", "NaN", "NA", "N/A", "null", "NULL", "None"}
NUMBER = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d*)(\.\d*)?([eE][+-]?\d+)?")
# No unit of a city holds as many of anything: a larger count is a slip, and would overflow where counts are added up.
COUNT_MAX = 10**9
MONTHS = {
    name: at
    for at, name in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1)
}
# Spellings of a day seen in public files, each with its parts; a year of two digits is this century's.
DATES = [
    # A spreadsheet's own dates have a time of day, midnight where nobody gave one.
    re.compile(r"(?P<y>\d{4})\s*[-./]\s*(?P<m>\d{1,2})\s*[-./]\s*(?P<d>\d{1,2})\.?([ T]\d{2}:\d{2}(:\d{2}(\.\d+)?)?)?"),
    re.compile(r"(?P<y>\d{4})\s*[-./]\s*(?P<m>\d{1,2})\.?"),
    re.compile(r"(?P<y>\d{4})\s*년\s*(?P<m>\d{1,2})\s*월\s*((?P<d>\d{1,2})\s*일)?"),
    re.compile(r"(?P<y>(19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})"),
    re.compile(r"(?P<y>(19|20)\d{2})(?P<m>\d{2})"),
    re.compile(r"(?P<name>[A-Za-z]{3})-(?P<yy>\d{2})"),
    re.compile(r"(?P<yy>\d{2})-(?P<name>[A-Za-z]{3})"),
    re.compile(r"(?P<y>(19|20)\d{2})년?"),
]


def read_rows(path: str, needed: dict[str, str], header_rows: int = 1) -> pd.DataFrame:
    """Read a CSV (UTF-8 or else CP949, both strict) or the first sheet of an .xlsx or .xls, all as text, blank as "".

    ``needed`` maps region-file keys to column names that must be there; SourceError names all that are not. Stacked
    header lines become one name, ``2016 / 합계 / 종사자``, repeated parts once.
    """
    file = Path(path)
    if not file.is_file():
        raise SourceError(
            Fault(path, "a CSV file or spreadsheet", "no such file", "Check the path in the region file.")
        )
    cells = _sheet(path) if file.suffix.lower() in SHEETS else _text(path)
    header, frame = cells.iloc[:header_rows], cells.iloc[header_rows:].reset_index(drop=True)
    frame.columns = pd.Index(_names(header))
    faults = [
        Fault(
            path,
            f"a column {column!r}",
            "columns " + ", ".join(frame.columns[:30]),
            f"Correct `{key}:` in the region file, or the file's header.",
            column=column,
        )
        for key, column in needed.items()
        if column not in frame.columns
    ]
    if not faults and frame.empty:
        faults.append(Fault(path, "rows below the header", "none", "Check that the export is complete."))
    raise_if_any(SourceError, faults)
    return frame


def _text(path: str) -> pd.DataFrame:
    text = decode(Path(path).read_bytes(), path)
    first = text.partition("\n")[0]
    for mark, named in (("\t", "tabs"), (";", "semicolons")):
        # Not read as they are: with semicolons go decimal commas, and 127,035 would be a hundred thousand.
        if mark in first and "," not in first:
            remedy = "Save it as CSV with commas between the values and points for decimals."
            raise SourceError(Fault(path, "a CSV table with commas between the values", named, remedy, row="line 1"))
    return parse(text, path)


def parse(text: str, path: str, separator: str = ",") -> pd.DataFrame:
    """All lines of a CSV as text, the header among them; SourceError saying which line cannot be split."""
    try:
        return pd.read_csv(
            io.StringIO(text), sep=separator, header=None, dtype=str, keep_default_na=False, skipinitialspace=True
        )
    except pd.errors.EmptyDataError:
        raise SourceError(
            Fault(path, "a CSV table with one header line", "an empty file", "Check that the export is complete.")
        ) from None
    except (pd.errors.ParserError, csv.Error) as error:
        raise SourceError(_torn(path, str(error).strip())) from None


def _torn(path: str, told: str) -> Fault:
    """What the CSV reader says of a line it cannot split, in words."""
    if many := re.search(r"Expected (\d+) fields in line (\d+), saw (\d+)", told):
        fields, line, found = many.groups()
        remedy = "If a value has a comma of its own, put the value in double quotes."
        return Fault(path, f"{fields} values, as in the lines above", f"{found}", remedy, row=f"line {line}")
    if quote := re.search(r"EOF inside string starting at row (\d+)", told):
        remedy = "Close the quotation, or take the lone quotation mark out."
        return Fault(path, 'a closing "', "the end of the file", remedy, row=f"line {int(quote[1]) + 1}")
    return Fault(path, "a CSV table with one header line", told, "Check the file in a text editor.")


def _sheet(path: str) -> pd.DataFrame:
    try:
        cells = pd.read_excel(path, header=None, dtype=str, keep_default_na=False, engine="calamine").fillna("")
    except (CalamineError, ValueError) as error:
        raise SourceError(
            Fault(path, "a spreadsheet (.xlsx, .xls)", str(error), "Open it in the spreadsheet and save it again.")
        ) from None
    # Rows that were once written in stay behind, empty, at the end of a sheet.
    filled = np.flatnonzero((cells != "").any(axis=1))
    return cells.iloc[: filled.max(initial=-1) + 1]


def _names(header: pd.DataFrame) -> list[str]:
    """One name per column; a name that comes again gets a number, as the spreadsheet gives no other way to tell."""
    names: list[str] = []
    seen: Counter[str] = Counter()
    for at in range(header.shape[1]):
        parts = dict.fromkeys(str(part).strip() for part in header.iloc[:, at])
        name = " / ".join(part for part in parts if part)
        names.append(f"{name}.{seen[name]}" if name and seen[name] else name)
        seen[name] += 1
    return names


def numbers(column: pd.Series, path: str, faults: list[Fault]) -> pd.Series:
    """Text to float64 (NaN for blank), thousands commas understood; values that are no number become faults (20).

    A number too large for a float (1e400) is none.
    """
    text = column.str.strip()
    blank = text.isin(BLANK)
    good = text.str.fullmatch(NUMBER) & text.str.contains(r"\d")
    value = text.where(good & ~blank, "nan").str.replace(",", "", regex=False).astype(float)
    good &= ~np.isinf(value)
    faults += [
        Fault(
            path,
            "a number",
            repr(text.iloc[at]),
            "Correct the value, or leave it blank where it is unknown.",
            row=int(at) + 1,
            column=str(column.name),
        )
        for at in np.flatnonzero((~blank & ~good).to_numpy())[:20]
    ]
    return value.where(good)


def counts(column: pd.Series, path: str, faults: list[Fault]) -> pd.Series:
    """Text to whole numbers (Int64, null for blank); fractions, negatives, 10^9 and more become faults."""
    value = numbers(column, path, faults)
    bad = value.notna() & ((value < 0) | (value != value.round()) | (value >= COUNT_MAX))
    faults += [
        Fault(
            path,
            "a whole number below 10^9" if value.iloc[at] >= COUNT_MAX else "a whole number, 0 or more",
            repr(column.iloc[at]),
            "Correct the value, or leave it blank where it is unknown.",
            row=int(at) + 1,
            column=str(column.name),
        )
        for at in np.flatnonzero(bad.to_numpy())[:20]
    ]
    return value.where(~bad).round().astype("Int64")


def days(column: pd.Series, ledger: Ledger) -> pd.Series:
    """Dates as people write them to ISO days (null where blank or unreadable, both counted).

    Known to the month or year only: the first day of it is taken and counted as repaired.
    """
    text = column.str.strip()
    parsed = {spelling: day_of(spelling) for spelling in text.unique()}
    day = text.map({spelling: found[0] for spelling, found in parsed.items()}).astype("object")
    coarse = text.map({spelling: found[1] for spelling, found in parsed.items()}).astype(bool)
    ledger.repair("dates known to the month or year only, set to its first day", int(coarse.sum()))
    unreadable = day.isna() & ~text.isin(BLANK)
    if unreadable.any():
        shown = ", ".join(repr(v) for v in text[unreadable].unique()[:5])
        ledger.note(f"{int(unreadable.sum())} dates could not be read and are unknown: {shown}")
    return day.where(day.notna(), None)


def day_of(text: str) -> tuple[str | None, bool]:
    """One date as people write it: its ISO day (null when unreadable), and whether only month or year are known."""
    year, month, day = _date(text)
    return (f"{year:04d}-{month or 1:02d}-{day or 1:02d}" if year else None), year is not None and day is None


def last_day(text: str) -> str | None:
    """The ISO day up to which a table of that date tells: a month's or a year's last day; null when unreadable."""
    year, month, day = _date(text)
    if year is None:
        return None
    month = month or 12
    return f"{year:04d}-{month:02d}-{day or calendar.monthrange(year, month)[1]:02d}"


def _date(text: str) -> tuple[int | None, int | None, int | None]:
    """Year, month and day, as far as the text says them; three nulls where it is no date."""
    for shape in DATES:
        match = shape.fullmatch(text)
        if match is None:
            continue
        part = match.groupdict()
        year = int(part["y"]) if part.get("y") else 2000 + int(part["yy"])
        named = MONTHS.get((part.get("name") or "").lower())
        if "name" in part and named is None:
            continue
        month = named or (int(part["m"]) if part.get("m") else None)
        day = int(part["d"]) if part.get("d") else None
        try:
            pd.Timestamp(year=year, month=1 if month is None else month, day=1 if day is None else day)
        except ValueError:
            continue
        return year, month, day
    return None, None, None


def decode(raw: bytes, path: str) -> str:
    """Text of a file in UTF-8 (with or without its mark) or CP949, both strict; SourceError where it is neither."""
    for encoding in ("utf-8-sig", "cp949"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SourceError(
        Fault(path, "text in UTF-8 or CP949", "neither", "Save the file again as CSV UTF-8 from the spreadsheet.")
    )
