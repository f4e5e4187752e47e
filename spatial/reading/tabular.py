"""Tables as municipalities publish them: CSV in UTF-8 or CP949, spreadsheets, stacked headers, codes as text."""

from __future__ import annotations

import calendar
import csv
import io
import itertools
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from geojeom.errors import Fault, SourceError, raise_if_any
from geojeom.spelling import composed
from spatial.reading.formats import hold_file
from spatial.reading.provenance import Ledger
from spatial.reading.shared import parsed
from spatial.reading.sheets import read_sheet
from spatial.reading.text import LINE_MAX, Encoding, encoding_of

SHEETS = (".xlsx", ".xls")
BLANK = {"", "-", "nan", "NaN", "NA", "N/A", "null", "NULL", "None"}
# Between thousands: a comma, a space of any width, or an apostrophe; the first group begins with no 0 (0,125 is 0.125).
GROUPS = "|".join(rf"(?:{mark}\d{{3}})+" for mark in (",", "[ \u00a0\u2007\u2009\u202f]", "['\u2019]"))
NUMBER = re.compile(rf"[+-]?([1-9]\d{{0,2}}(?:{GROUPS})|\d*)(\.\d*)?([eE][+-]?\d+)?")
# Thousands, where points stand between them, or else a number of three decimals: which, the text does not say.
POINTED = re.compile(r"[+-]?[1-9]\d{0,2}\.\d{3}")
POINT_REMEDY = "Whether the point is one of decimals or between thousands cannot be told: write it without."
# Digits and signs of full width are the plain ones; no other letter has a plain twin that is part of a number.
FULL_WIDTH = {0xFF01 + at: 0x21 + at for at in range(94)}
# What a spreadsheet makes of a long code: 4.31101E+09.
ROUNDED = re.compile(r"\d(\.\d+)?[eE]\+?\d+")
# As many columns as a spreadsheet has; lines that a title may take; letters in which the header is looked for.
COLUMNS_MAX = 16_384
TITLE_LINES = 10
HEAD = 2**16
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
    """Read a CSV (UTF-8 or else CP949, both strict) or the first sheet of an .xlsx or .xls.

    Stacked header lines become one name, ``2016 / 합계 / 종사자``, repeated parts once.

    Parameters
    ----------
    path : str
        The file.
    needed : dict of str
        Key of the region file -> name of a column that must be there.
    header_rows : int
        Lines of the header.

    Returns
    -------
    DataFrame
        All as text, blank as "".

    Raises
    ------
    SourceError
        With all columns that are not there, or stand there twice with other values; and for a file that is no table,
        has a title above its header, or no rows.
    """
    file = Path(path)
    hold_file(path, "a CSV file or spreadsheet")
    asked = set(needed.values())
    if file.suffix.lower() in SHEETS:
        cells = parsed(path, parse=lambda: read_sheet(path))
    else:
        cells = _text(path, asked, header_rows)
    header, frame = cells.iloc[:header_rows], cells.iloc[header_rows:].reset_index(drop=True)
    names = _names(header)
    frame.columns = pd.Index(_numbered(names))
    if not asked <= set(names):
        _refuse_title(cells.head(TITLE_LINES + header_rows).to_numpy().tolist(), asked, header_rows, path)
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
    faults += twice(frame, names, needed, path)
    if not faults and frame.empty:
        faults.append(Fault(path, "rows below the header", "none", "Check that the export is complete."))
    raise_if_any(SourceError, faults)
    return frame


def _text(path: str, needed: set[str], header_rows: int) -> pd.DataFrame:
    encoding = encoding_of(path)
    with Path(path).open(encoding=encoding.name, newline="") as stream:
        head = composed(stream.read(HEAD))
    first = head.partition("\n")[0]
    for mark, named in (("\t", "tabs"), (";", "semicolons")):
        # Not read as they are: with semicolons go decimal commas, and 127,035 would be a hundred thousand.
        if mark in first and "," not in first:
            remedy = "Save it as CSV with commas between the values and points for decimals."
            raise SourceError(Fault(path, "a CSV table with commas between the values", named, remedy, row="line 1"))
    try:
        lines = list(itertools.islice(csv.reader(io.StringIO(head), skipinitialspace=True), TITLE_LINES + header_rows))
    except csv.Error:
        lines = []  # a value longer than csv takes, such as an outline
    _refuse_title([[cell.strip() for cell in line] for line in lines if line], needed, header_rows, path)
    return parsed(path, encoding, parse=lambda: parse(path, encoding))


def parse(path: str, encoding: Encoding, separator: str = ",") -> pd.DataFrame:
    """All lines of a CSV as text, the header among them.

    Parameters
    ----------
    path : str
        The file.
    encoding : Encoding
        How it is written.
    separator : str
        What stands between values.

    Returns
    -------
    DataFrame
        Columns are numbered.

    Raises
    ------
    SourceError
        For an empty file, too many columns, and a line that cannot be split.
    """
    with Path(path).open(encoding=encoding.name) as stream:
        columns = stream.readline(LINE_MAX).count(separator) + 1
    if columns > COLUMNS_MAX:
        remedy = "Keep the columns that are needed."
        raise SourceError(Fault(path, f"at most {COLUMNS_MAX:,} columns", f"{columns:,}", remedy, row="line 1"))
    try:
        cells = pd.read_csv(
            path,
            sep=separator,
            header=None,
            dtype=str,
            keep_default_na=False,
            skipinitialspace=True,
            encoding=encoding.name,
        )
    except pd.errors.EmptyDataError:
        raise SourceError(
            Fault(path, "a CSV table with one header line", "an empty file", "Check that the export is complete.")
        ) from None
    except (pd.errors.ParserError, csv.Error) as error:
        raise SourceError(_torn(path, str(error).strip())) from None
    return cells if encoding.composed else cells.map(composed)


def _torn(path: str, reason: str) -> Fault:
    """What the CSV reader says of a line it cannot split, in words."""
    if many := re.search(r"Expected (\d+) fields in line (\d+), saw (\d+)", reason):
        fields, line, found = many.groups()
        remedy = "If a value has a comma of its own, put the value in double quotes."
        if int(line) <= TITLE_LINES:
            remedy += " If a title stands above the names of the columns, delete it."
        return Fault(path, f"{fields} values, as in the lines above", f"{found}", remedy, row=f"line {line}")
    if quote := re.search(r"EOF inside string starting at row (\d+)", reason):
        remedy = "Close the quotation, or take the lone quotation mark out."
        return Fault(path, 'a closing "', "the end of the file", remedy, row=f"line {int(quote[1]) + 1}")
    return Fault(path, "a CSV table with one header line", reason, "Check the file in a text editor.")


def _names(header: pd.DataFrame) -> list[str]:
    """One name per column: its stacked parts, repeated ones once."""
    stacked = (dict.fromkeys(str(part).strip() for part in header.iloc[:, at]) for at in range(header.shape[1]))
    return [" / ".join(part for part in parts if part) for parts in stacked]


def _numbered(names: list[str]) -> list[str]:
    """A name that comes again gets the first number that makes it a new one: n, n.1, n.2."""
    out: list[str] = []
    for name in names:
        numbered = (f"{name}.{at}" for at in itertools.count(1))
        out.append(
            name
            if not name or name not in out
            else next(candidate for candidate in numbered if candidate not in {*out, *names})
        )
    return out


def twice(frame: pd.DataFrame, names: Sequence[str], needed: dict[str, str], path: str) -> list[Fault]:
    """Faults for columns asked for by a name that several have, unless they say the same in every row.

    ``names`` are those of the frame's columns as the file has them, in its order.
    """
    faults = []
    for key, column in needed.items():
        at = [position for position, name in enumerate(names) if name == column]
        if any(not frame.iloc[:, at[0]].equals(frame.iloc[:, other].set_axis(frame.index)) for other in at[1:]):
            found = (
                f"{len(at)} of this name with different values (columns {', '.join(str(index + 1) for index in at)})"
            )
            remedy = f"Give each a name of its own in the file, and name the right one under `{key}:`."
            faults.append(Fault(path, f"one column {column!r}", found, remedy, column=column))
    return faults


def _refuse_title(lines: list[list[str]], needed: set[str], header_rows: int, path: str) -> None:
    """SourceError where all names looked for stand in a line below the header: above it is a title, then."""
    held = [{cell.strip() for cell in line} for line in lines]
    at = next((at for at, names in enumerate(held) if needed and needed <= names), 0)
    if at >= header_rows:
        above = f"{at} line{'s' * (at > 1)} above them: {' '.join(cell for cell in lines[0] if cell)[:80]}"
        remedy = f"The names of the columns stand in line {at + 1}: delete what stands above them."
        raise SourceError(Fault(path, "the names of the columns in the first line", above, remedy))


def texts(column: pd.Series) -> pd.Series:
    """A column of texts and nulls as pandas' text, whatever it was held as: one without any text is of no type.

    Parameters
    ----------
    column : Series (n,)
        Texts and nulls.

    Returns
    -------
    Series (n,)
        Text, null where it was.
    """
    return column.astype("str").where(column.notna(), None)


def numbers(column: pd.Series, path: str, faults: list[Fault]) -> pd.Series:
    """Text to float64 (NaN for blank), marks between thousands understood; what is no number is a fault (20).

    A number too large for a float (1e400) is none, nor is a decimal comma: 1,5 could be two values.

    Parameters
    ----------
    column : Series (n,)
        Text, blank as "".
    path : str
        The file, as faults name it.
    faults : list of Fault
        Gets at most 20.

    Returns
    -------
    Series (n,)
        float64.
    """
    text, value = _parsed(column)
    bad = value.isna() & ~text.isin(BLANK)
    faults += _each(text, bad, path, "a number", "Correct the value, or leave it blank where it is unknown.")
    return value


def amounts(column: pd.Series, path: str, faults: list[Fault]) -> pd.Series:
    """Numbers that are prices or areas; faults where every point may as well stand between thousands (3.200, 850).

    Parameters
    ----------
    column : Series (n,)
        Text, blank as "".
    path : str
        The file, as faults name it.
    faults : list of Fault
        Gets at most 20 of each kind.

    Returns
    -------
    Series (n,)
        float64, NaN for blank.
    """
    value = numbers(column, path, faults)
    text = column.str.strip()
    pointed = text.str.contains(".", regex=False)
    if (pointed & ~text.str.fullmatch(POINTED)).any() or (value[~pointed].abs() >= 1000).any():
        return value  # a writer who does not part thousands by points
    faults += _each(text, pointed, path, "a number that can be taken in one way only", POINT_REMEDY)
    return value


def number(text: str) -> float:
    """One text to a float, as ``numbers`` reads it; NaN where it is blank or no number.

    Parameters
    ----------
    text : str
        The text.

    Returns
    -------
    float
        The number.
    """
    return float(_parsed(pd.Series([text], dtype="str"))[1].iloc[0])


def _parsed(column: pd.Series) -> tuple[pd.Series, pd.Series]:
    """The text without blanks around it, and the numbers it says: NaN where none."""
    text = column.str.strip()
    if not text.map(str.isascii).all():
        text = text.map(lambda cell: cell.translate(FULL_WIDTH))
    good = text.str.fullmatch(NUMBER) & text.str.contains(r"\d") & ~text.isin(BLANK)
    plain = text.where(good, "nan")
    # Most tables have no marks between thousands.
    if plain.str.contains(r"[,\s'\u2019]").any():
        plain = plain.str.replace(r"[,\s'\u2019]", "", regex=True)
    value = plain.astype(float)
    return text, value.where(~np.isinf(value))


def _each(text: pd.Series, bad: pd.Series, path: str, expected: str, remedy: str) -> list[Fault]:
    """A fault for each of the first 20 values that are bad."""
    return [
        Fault(path, expected, repr(text.iloc[at]), remedy, row=int(at) + 1, column=str(text.name))
        for at in np.flatnonzero(bad.to_numpy(bool))[:20]
    ]


def counts(column: pd.Series, path: str, faults: list[Fault]) -> pd.Series:
    """Text to whole numbers (Int64, null for blank); fractions, negatives, 10^9 and more, and 4.000 become faults.

    Parameters
    ----------
    column : Series (n,)
        Text, blank as "".
    path : str
        The file, as faults name it.
    faults : list of Fault
        Gets at most 20 of each kind.

    Returns
    -------
    Series (n,)
        Int64; null too where a fault is.
    """
    value = numbers(column, path, faults)
    remedy = "Correct the value, or leave it blank where it is unknown."
    large = value >= COUNT_MAX
    bad = (value < 0) | (value != value.round()) & value.notna()
    pointed = column.str.strip().str.fullmatch(POINTED) & ~bad
    faults += _each(column, large, path, "a whole number below 10^9", remedy)
    faults += _each(column, bad & ~large, path, "a whole number, 0 or more", remedy)
    faults += _each(column, pointed, path, "a whole number", POINT_REMEDY)
    return value.where(~(bad | large | pointed)).round().astype("Int64")


def days(column: pd.Series, ledger: Ledger) -> pd.Series:
    """Dates as people write them to ISO days (null where blank or unreadable, both counted).

    Known to the month or year only: the first day of it is taken and counted as repaired.

    Parameters
    ----------
    column : Series (n,)
        Text, blank as "".
    ledger : Ledger
        Gets the numbers.

    Returns
    -------
    Series (n,)
        ``YYYY-MM-DD`` or null.
    """
    text = column.str.strip()
    parsed = {spelling: day_of(spelling) for spelling in text.unique()}
    day = text.map({spelling: parts[0] for spelling, parts in parsed.items()}).astype("object")
    coarse = text.map({spelling: parts[1] for spelling, parts in parsed.items()}).astype(bool)
    ledger.repair("mend.dates", int(coarse.sum()))
    unreadable = day.isna() & ~text.isin(BLANK)
    if unreadable.any():
        shown = ", ".join(repr(v) for v in text[unreadable].unique()[:5])
        ledger.note("dates", n=int(unreadable.sum()), list=shown)
    return day.where(day.notna(), None)


def day_of(text: str) -> tuple[str | None, bool]:
    """One date as people write it: its ISO day (null when unreadable), and whether only month or year are known.

    Parameters
    ----------
    text : str
        The date.

    Returns
    -------
    day : str or None
        ``YYYY-MM-DD``, the first of what it may be.
    coarse : bool
        True where only month or year are known.
    """
    year, month, day = _date(text)
    return (f"{year:04d}-{month or 1:02d}-{day or 1:02d}" if year else None), year is not None and day is None


def last_day(text: str) -> str | None:
    """The ISO day up to which a table of that date tells: a month's or a year's last day; null when unreadable.

    Parameters
    ----------
    text : str
        The date.

    Returns
    -------
    str or None
        ``YYYY-MM-DD``.
    """
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
