"""Grid statistics of Statistics Korea (SGIS 격자 통계): year, cell, statistic, value, in all its spellings.

A row that is not there is unknown, not zero; small values are noise (population comes as 0 or 5, establishments as 0
or 3), so sums differ from the register's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geojeom.errors import Fault, SourceError, raise_if_any
from spatial.config.region import CountColumn
from spatial.reading import grid
from spatial.reading.formats import hold_file
from spatial.reading.provenance import Account, Ledger
from spatial.reading.tabular import SHEETS, counts, parse
from spatial.reading.text import LINE_MAX, encoding_of

FIELDS = ["year", "cell", "statistic", "value"]
SHAPE = "rows of year, cell, statistic and value (기준연도, 격자코드, 통계항목, 통계값)"


def read_sgis(
    path: str, columns: Mapping[CountColumn, list[str]], year: str | None, ledger: Ledger, account: Account
) -> tuple[pd.DataFrame, int]:
    """Counts by cell name (Int64, null where a row is missing) and the size of the cells in metres.

    Comma or ``^`` between the fields, a header line or none, UTF-8 or CP949. Each column adds up its statistics, and
    is unknown where one of them is. Raises SourceError for other shapes, several years or sizes, unknown statistics,
    cell names that are none, and a value given twice differently.
    """
    faults: list[Fault] = []
    frame = read_rows(path, faults)
    ledger.read = len(frame)
    asked = sorted({code for codes in columns.values() for code in codes})
    this_year = _of_year(frame["year"], year, path, faults)
    wanted = frame["statistic"].isin(asked).to_numpy(bool)
    known = sorted(frame["statistic"][this_year].unique())
    faults += [
        Fault(
            path,
            f"the statistic {code}",
            ", ".join(known[:20]) or "none",
            "Correct `columns:` in the region file.",
            column="statistic",
        )
        for code in asked
        if this_year.any() and code not in known
    ]
    ledger.drop("drop.years", int((~this_year).sum()))
    ledger.drop("drop.statistics", int((this_year & ~wanted).sum()))
    # Other years and statistics may hold anything; blanked rather than taken out, so that faults name the file's rows.
    frame["value"] = counts(frame["value"].where(this_year & wanted, ""), path, faults)
    frame = frame[this_year & wanted]
    again = frame.duplicated(["cell", "statistic", "value"])
    ledger.drop("drop.again", int(again.sum()))
    frame = frame[~again]
    twice = frame.index[frame.duplicated(["cell", "statistic"])]
    faults += [
        Fault(
            path,
            "each cell and statistic once",
            f"{frame['statistic'][at]} of {frame['cell'][at]} again with another value",
            "Keep the right one.",
            row=int(at) + 1,
            column="value",
        )
        for at in twice[:20]
    ]
    size_m = _size(frame["cell"], path, faults)
    raise_if_any(SourceError, faults)
    wide = frame.set_index(["cell", "statistic"])["value"].unstack().astype("Int64")  # noqa: PD010 (each pair once)
    totals = pd.DataFrame({name: wide[codes].sum(axis=1, skipna=False) for name, codes in columns.items()})
    for name in columns:
        account.estimate(
            name,
            "estimate.noise",
        )
        lost = int(totals[name].isna().sum())
        if lost:
            ledger.note("lackrow", column=name, n=lost, all=len(totals))
    return totals, size_m


def read_rows(path: str, faults: list[Fault]) -> pd.DataFrame:
    """All rows as text, without a header line.

    Parameters
    ----------
    path : str
        The file as Statistics Korea gives it out, with its fields apart by ^ or a comma.
    faults : list of Fault
        Gets a fault for each row that lacks its cell or statistic, at most 20.

    Returns
    -------
    DataFrame
        The columns ``FIELDS``, without blanks around.

    Raises
    ------
    SourceError
        Where there is no such file, and where it is no such table.
    """
    hold_file(path, "a table of grid statistics")
    if Path(path).suffix.lower() in SHEETS:
        raise SourceError(Fault(path, "the CSV that Statistics Korea gives out", "a spreadsheet", "Save it as CSV."))
    encoding = encoding_of(path)
    with Path(path).open(encoding=encoding.name) as stream:
        first = stream.readline(LINE_MAX)
    frame = parse(path, encoding, "^" if "^" in first else ",")
    if frame.shape[1] != len(FIELDS):
        raise SourceError(
            Fault(path, SHAPE, f"{frame.shape[1]} fields: {first.strip()}", "Export the grid again.", row="line 1")
        )
    frame.columns = pd.Index(FIELDS)
    for name in FIELDS:
        frame[name] = frame[name].str.strip()
    if not frame["year"].iloc[0].isdigit():
        frame = frame.iloc[1:].reset_index(drop=True)
    if frame.empty:
        raise SourceError(Fault(path, SHAPE, "no rows", "Check that the export is complete."))
    # A blank value is an unknown one; without cell or statistic there is nothing it could be of.
    short = (frame[["cell", "statistic"]] == "").any(axis=1)
    faults += [
        Fault(
            path,
            SHAPE,
            f"only {int((frame.loc[at] != '').sum())} of them",
            "Complete the row, or delete it.",
            row=int(at) + 1,
        )
        for at in frame.index[short][:20]
    ]
    return frame


def _of_year(years: pd.Series, year: str | None, path: str, faults: list[Fault]) -> NDArray[np.bool_]:
    """Which rows are of the year asked for, or of the only one there is."""
    good = years.str.fullmatch(r"(19|20)\d{2}")
    faults += [
        Fault(path, "a year", repr(years[at]), "Correct the row.", row=int(at) + 1, column="year")
        for at in years.index[~good][:20]
    ]
    listed = sorted(years[good].unique())
    if year not in listed and (year is not None or len(listed) != 1):
        wanted = f"the year {year}" if year else "one year"
        shown = ", ".join(listed) or "none"
        example = listed[-1] if listed else "2023"
        remedy = f'Name one of them in the region file (`year: "{example}"`).'
        faults.append(Fault(path, wanted, shown, remedy, column="year"))
        return np.zeros(len(years), dtype=bool)
    return (years == (year or listed[0])).to_numpy(bool)


def _size(cell: pd.Series, path: str, faults: list[Fault]) -> int:
    """Metres along a side of the cells, 0 where faults say that they have none in common."""
    names = cell.drop_duplicates()
    if names.empty:
        return 0
    try:
        sizes = np.unique(grid.decode(names)[2])
    except SourceError as error:
        faults += [
            replace(fault, file=path, row=int(names.index[int(fault.row) - 1]) + 1, column="cell")
            for fault in error.faults
        ]
        return 0
    if len(sizes) > 1:
        shown = ", ".join(f"{size} m" for size in sizes)
        faults.append(Fault(path, "cells of one size", shown, "Give each size as its own source.", column="cell"))
    return int(sizes[0])
