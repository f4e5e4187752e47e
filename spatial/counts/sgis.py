"""Grid statistics of Statistics Korea (SGIS 격자 통계): year, cell, statistic, value, in all its spellings.

A row that is not there is unknown, not zero; small values are noise (population comes as 0 or 5, establishments as 0
or 3), so sums differ from the register's.
"""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from spatial.errors import Fault, SourceError, raise_if_any
from spatial.reading import grid
from spatial.reading.provenance import Account, Ledger
from spatial.reading.tabular import counts, decode

FIELDS = ["year", "cell", "statistic", "value"]
SHAPE = "rows of year, cell, statistic and value (기준연도, 격자코드, 통계항목, 통계값)"


def read_sgis(
    path: str, columns: dict[str, list[str]], year: str | None, ledger: Ledger, account: Account
) -> tuple[pd.DataFrame, int]:
    """Counts by cell name (Int64, null where a row is missing) and the size of the cells in metres.

    Comma or ``^`` between the fields, a header line or none, UTF-8 or CP949. Each column adds up its statistics, and
    is unknown where one of them is. Raises SourceError for other shapes, several years or sizes, unknown statistics,
    cell names that are none, and a value given twice differently.
    """
    frame = _rows(path)
    ledger.read = len(frame)
    years = sorted(frame["year"].unique())
    asked = sorted({code for codes in columns.values() for code in codes})
    known = sorted(frame["statistic"].unique())
    faults = [
        Fault(path, f"the statistic {code}", ", ".join(known[:20]), "Correct `columns:` in the region file.")
        for code in asked
        if code not in known
    ]
    if (year or years[0]) not in years or (year is None and len(years) > 1):
        faults.append(
            Fault(path, f"the year {year}" if year else "one year", ", ".join(years), "Name one of them (`year:`).")
        )
    raise_if_any(SourceError, faults)
    this_year = (frame["year"] == (year or years[0])).to_numpy(bool)
    wanted = frame["statistic"].isin(asked).to_numpy(bool)
    ledger.drop("of other years", int((~this_year).sum()))
    ledger.drop("of statistics not asked for", int((this_year & ~wanted).sum()))
    frame = frame[this_year & wanted]
    frame = frame.assign(value=counts(frame["value"], path, faults))
    again = frame.duplicated(["cell", "statistic", "value"])
    ledger.drop("the same row again", int(again.sum()))
    frame = frame[~again]
    faults += [
        Fault(path, "each cell and statistic once", f"{code} of {cell} again", "Keep one.", column="value")
        for cell, code in frame[["cell", "statistic"]][frame.duplicated(["cell", "statistic"])].to_numpy()[:20]
    ]
    size_m = _size(frame["cell"], path, faults)
    raise_if_any(SourceError, faults)
    wide = frame.set_index(["cell", "statistic"])["value"].unstack().astype("Int64")  # noqa: PD010 (each pair once)
    totals = pd.DataFrame({name: wide[codes].sum(axis=1, skipna=False) for name, codes in columns.items()})
    for name in columns:
        account.estimate(
            name,
            "통계청 격자 통계의 작은 값은 잡음 처리된 값이라 합계가 주민등록과 다를 수 있습니다.",
            "Small values of the statistics grid are noise by design; sums differ from the register's.",
        )
        lost = int(totals[name].isna().sum())
        if lost:
            ledger.note(f"{name}: {lost:,} of {len(totals):,} cells lack a row and are unknown, not zero")
    return totals, size_m


def _rows(path: str) -> pd.DataFrame:
    file = Path(path)
    if not file.is_file():
        raise SourceError(Fault(path, "a table of grid statistics", "no such file", "Check the path."))
    text = decode(file.read_bytes(), path)
    first = text.lstrip().split("\n", 1)[0]
    separator = "^" if "^" in first else ","
    try:
        frame = pd.read_csv(io.StringIO(text), sep=separator, header=None, dtype=str, keep_default_na=False)
    except (pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise SourceError(Fault(path, SHAPE, str(error).strip(), "Check the file in a text editor.")) from None
    if frame.shape[1] != len(FIELDS):
        raise SourceError(Fault(path, SHAPE, f"{frame.shape[1]} fields: {first.strip()}", "Export the grid again."))
    frame.columns = pd.Index(FIELDS)
    for name in FIELDS:
        frame[name] = frame[name].str.strip()
    if not frame["year"].iloc[0].isdigit():
        frame = frame.iloc[1:].reset_index(drop=True)
    bad = ~frame["year"].str.fullmatch(r"(19|20)\d{2}")
    raise_if_any(
        SourceError,
        [
            Fault(path, "a year", repr(frame["year"][at]), "Correct the row.", row=int(at) + 1, column="year")
            for at in frame.index[bad][:20]
        ],
    )
    if frame.empty:
        raise SourceError(Fault(path, SHAPE, "no rows", "Check that the export is complete."))
    return frame


def _size(cell: pd.Series, path: str, faults: list[Fault]) -> int:
    names = cell.unique()
    try:
        sizes = np.unique(grid.decode(names)[2])
    except SourceError as error:
        faults += [replace(fault, file=path, row="", column="cell") for fault in error.faults]
        return 0
    if len(sizes) > 1:
        shown = ", ".join(f"{size} m" for size in sizes)
        faults.append(Fault(path, "cells of one size", shown, "Give each size as its own source."))
    return int(sizes[0])
