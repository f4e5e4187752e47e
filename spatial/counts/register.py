"""Resident registration by age (주민등록 인구): ``name (code)`` rows, age bands in columns, subtotals mixed in."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd

from geojeom.errors import Fault, SourceError, raise_if_any
from spatial.reading.provenance import Account, Ledger
from spatial.reading.tabular import counts, read_rows

CODE = re.compile(r"^(?P<name>.*?)\s*\((?P<code>\d{10})\)\s*$")
BAND = re.compile(r"(?P<low>\d+)\s*[~-]\s*(?P<high>\d+)\s*세|(?P<open>\d+)\s*세\s*이상|(?P<one>\d+)\s*세")
ONE_SEX = re.compile(r"(^|_)[남여]_")
ELDERLY_FROM = 65
YOUTH = (20, 39)


def read_register(path: str, ledger: Ledger, account: Account) -> pd.DataFrame:
    """``population``, ``elderly`` (65 and over) and ``youth`` (20 to 39) by 10-digit code, in whole persons; ``name``.

    Bands of any width are understood. A band that an age limit cuts is split in proportion to its years, halves
    rounded up, and recorded as an estimate: with 10-year bands the elderly are all of 70 and over and half of 60 to 69.
    Subtotal rows (city, province) are left in: their codes belong to no zone and the join leaves them out.
    Raises SourceError for rows without a code, no age columns, and rows whose bands do not add up to their total.
    """
    frame = read_rows(path, {})
    place_name = frame.columns[0]
    faults: list[Fault] = []
    code, name = (frame[place_name].str.extract(CODE)[part] for part in ("code", "name"))
    faults += [
        Fault(
            path,
            "a place as `name (10-digit code)`",
            repr(frame[place_name][at]),
            "Export with codes.",
            int(at) + 1,
            place_name,
        )
        for at in frame.index[code.isna()][:20]
    ]
    total_columns = [name for name in frame.columns if re.search(r"총\s*인구수", name) and not ONE_SEX.search(name)]
    bands = dict(_bands(frame.columns))
    if not total_columns or not bands:
        faults.append(
            Fault(
                path,
                "a column 총인구수 and age columns such as `계_0~9세`",
                ", ".join(frame.columns[:8]),
                "Export 연령별 인구현황 from the resident registration statistics as CSV.",
            )
        )
        raise SourceError(faults)
    total = counts(frame[total_columns[0]], path, faults)
    people = pd.DataFrame({name: counts(frame[name], path, faults) for name in bands})
    raise_if_any(SourceError, faults)
    raise_if_any(SourceError, _sums(people, total.rename(total_columns[0]), path))
    _tell_estimates(list(bands.values()), account)
    ledger.read = len(frame)
    out = pd.DataFrame(
        {
            "population": total,
            "elderly": _aged(people, bands, ELDERLY_FROM, 200),
            "youth": _aged(people, bands, *YOUTH),
            "name": name,
        }
    )
    out.index = pd.Index(code, name="code")
    return out


def _sums(people: pd.DataFrame, total: pd.Series, path: str) -> list[Fault]:
    """A fault for each row whose bands do not add up to its total."""
    differs = (people.sum(axis=1, skipna=False) != total).fillna(False)
    return [
        Fault(
            path,
            f"age bands that add up to {total.name} = {total[at]}",
            str(people.loc[at].sum()),
            "Export the table again.",
            row=int(at) + 1,
        )
        for at in total.index[differs][:20]
    ]


def _bands(columns: pd.Index) -> Iterator[tuple[str, tuple[int, int]]]:
    """Age columns of both sexes together (``계``, or no sex named), with their first and last year of age."""
    for name in columns:
        match = BAND.search(name)
        if match is None or ONE_SEX.search(name):
            continue
        if match["low"]:
            yield name, (int(match["low"]), int(match["high"]))
        elif match["open"]:
            yield name, (int(match["open"]), 200)
        else:
            yield name, (int(match["one"]), int(match["one"]))


def _aged(people: pd.DataFrame, bands: dict[str, tuple[int, int]], first: int, last: int) -> pd.Series:
    """Persons aged ``first`` to ``last``; a band cut by a limit gives its years' share, in integer arithmetic."""
    held = pd.Series(0, index=people.index, dtype="Int64")
    for name, (low, high) in bands.items():
        years = min(high, last) - max(low, first) + 1
        width = high - low + 1
        if years > 0:
            held = held + (2 * people[name] * years + width) // (2 * width)
    return held


def _tell_estimates(bands: list[tuple[int, int]], account: Account) -> None:
    limits = {"elderly": [ELDERLY_FROM], "youth": [YOUTH[0], YOUTH[1] + 1]}
    for column, starts in limits.items():
        cut = [(low, high) for low, high in bands for start in starts if low < start <= high]
        for low, high in cut:
            account.estimate(
                column,
                "estimate.age_band",
                low=low,
                high=high,
            )
