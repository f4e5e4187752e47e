"""People, jobs and stops from source units to squares: dasymetric, in whole numbers, every unit's total kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geojeom.errors import Fault, SourceError, raise_if_any
from spatial.counts.allocate import apportion_by_side, apportion_part, choose_weights
from spatial.counts.home import ashore, at_home
from spatial.counts.units import Units, ZoneUnits
from spatial.reading.lattice import Lattice
from spatial.reading.provenance import Account

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

# Part of the population: laid only where there are people left, so that parts never exceed the whole in any cell.
PARTS = ("elderly", "youth")
ORDER = ("population", *PARTS, "households", "jobs", "transit_stops", "subway_stations")
LEVELS = {
    "lived": ("주거용 건물 연면적", "floor area of homes"),
    "worked": ("비주거용 건물 연면적", "floor area of workplaces"),
    "built": ("건물 연면적", "floor area of all buildings"),
    "density": ("더 촘촘한 인구 자료의 비율", "the proportions of finer counts of people"),
    "streets": ("도로 길이", "length of street"),
    "dry": ("물과 보호구역을 뺀 면적", "area without water and protected land"),
}
CHOICE = {
    "population": ("lived", "built", "density", "streets", "dry"),
    "households": ("lived", "built", "density", "streets", "dry"),
    "elderly": ("lived", "built", "density", "streets", "dry"),
    "youth": ("lived", "built", "density", "streets", "dry"),
    "jobs": ("worked", "built", "streets", "density", "dry"),
    "transit_stops": ("streets", "dry"),
    "subway_stations": ("streets", "dry"),
}


@dataclass(frozen=True)
class Counted:
    """One column on the squares of a lattice: whole numbers, and where they are known."""

    value: Ints
    known: Bools


def lay_out(
    sources: Sequence[Units],
    lattice: Lattice,
    *,
    owner: Ints,
    inside: Bools,
    weights: Mapping[str, Floats],
    account: Account,
    home: Bools | None = None,
    sea: Bools | None = None,
) -> dict[str, Counted]:
    """All columns that some source gives, on all squares of the lattice.

    ``owner`` is the zone row of each square (-1 none), ``inside`` marks the region's squares; ``weights`` has one
    array over squares for each level at hand (keys of LEVELS). ``home`` marks squares that belong to the region though
    they lie beyond its outline, ``sea`` those of the sea there: nobody is left on either. What falls on other squares
    outside is left there, and said. Raises SourceError where two sources give one column, or a part exceeds its whole.
    """
    given: dict[str, list[Units]] = {}
    for source in sources:
        for column in source.totals.columns:
            given.setdefault(str(column), []).append(source)
    raise_if_any(
        SourceError,
        [
            Fault(
                "region file",
                f"one source of {column}",
                " and ".join(
                    f"{source.ledger.key} ({source.ledger.path}; {source.totals[column].sum():,} in its units)"
                    for source in several
                ),
                "Keep one, and move the other to `cross_checks:` to have them compared, or leave it out.",
                column="sources.counts",
            )
            for column, several in given.items()
            if len(several) > 1
        ],
    )
    entries = {}
    for source in sources:
        entry = source.entries(lattice, owner)
        entry = entry if sea is None else ashore(entry, sea, len(source.totals))
        entries[id(source)] = at_home(source, entry, lattice, inside=inside, home=home)
    out: dict[str, Counted] = {}
    for column in ORDER:
        if column in given:
            source = given[column][0]
            out[column] = _lay(
                column,
                source,
                entries[id(source)],
                out,
                inside=inside,
                is_box=home is None,
                weights=weights,
                account=account,
            )
    return out


def _lay(
    column: str,
    source: Units,
    entry: tuple[Ints, Ints],
    done: Mapping[str, Counted],
    *,
    inside: Bools,
    is_box: bool,
    weights: Mapping[str, Floats],
    account: Account,
) -> Counted:
    total = source.totals[column]
    known = total.notna().to_numpy(bool)
    unit, square = entry
    held = known[unit]
    unit, square = unit[held], square[held]
    whole = total.fillna(0).to_numpy(np.int64)
    if column in PARTS and "population" in done:
        whose = np.bincount(unit, weights=done["population"].known[square], minlength=len(whole)) > 0
        lost = np.setdiff1d(unit, np.flatnonzero(whose))
        if len(lost):
            shown = ", ".join(str(name) for name in source.totals.index[lost[:10]])
            source.ledger.note(f"{column}: unknown in {len(lost):,} units whose population is unknown: {shown}")
        unit, square = unit[whose[unit]], square[whose[unit]]
        room = _people_left(column, source, whole, (unit, square), done)
        share = apportion_part(whole, unit, ~inside[square], room)
    else:
        names = [name for name in CHOICE[column] if name in weights]
        weight, level = choose_weights(unit, square, len(whole), inside, [weights[name] for name in names])
        _tell_levels(column, names, level[np.unique(unit[inside[square]])], account)
        share = apportion_by_side(whole, unit, ~inside[square], weight)
    value = np.zeros(len(inside), dtype=np.int64)
    np.add.at(value, square, share)
    covered = np.zeros(len(inside), dtype=bool)
    covered[square] = True
    counted = Counted(value, covered)
    nowhere = int(whole.sum() - whole[np.unique(unit)].sum())
    reaching = np.bincount(unit[inside[square]], minlength=len(whole)) > 0
    if not isinstance(source, ZoneUnits) and not is_box and reaching[whole > 0].all():
        kept = int(value[inside].sum())
        account.lost(
            column,
            int(value.sum()) - kept,
            kept,
            "– 경계가 자르는 단위의 값을 면적만큼 지역 밖에 두었습니다. 온전히 지역 밖인 단위가 없는 자료이므로, "
            "지역만의 자료라면 합계가 그만큼 작습니다.",
            "are beyond the outline, by the area of units that it cuts. Nothing of this source lies wholly beyond: "
            "if it is of the region alone, every sum is smaller by as much.",
        )
    _tell_border(column, source, nowhere, counted, inside, account=account)
    return counted


def _people_left(
    column: str, source: Units, whole: Ints, entry: tuple[Ints, Ints], done: Mapping[str, Counted]
) -> Ints:
    """People of each entry's square that belong to no other part yet."""
    unit, square = entry
    left = done["population"].value.copy()
    for part in PARTS:
        if part in done:
            left -= done[part].value
    room = np.zeros(len(whole), dtype=np.int64)
    np.add.at(room, unit, left[square])
    reached = np.bincount(unit, minlength=len(whole)) > 0
    over = np.flatnonzero(reached & (whole > room))
    raise_if_any(
        SourceError,
        [
            Fault(
                source.ledger.path,
                f"no more {column} than people ({room[at]})",
                str(whole[at]),
                "Check that both columns are of the same day and unit.",
                row=f"unit {source.totals.index[at]}",
                column=column,
            )
            for at in over[:20]
        ],
    )
    return left[square]


def _tell_levels(column: str, names: list[str], level: Ints, account: Account) -> None:
    for at, name in enumerate([*names, "even"]):
        number = int((level == (at if name != "even" else -1)).sum())
        if number == 0:
            continue
        ko, en = LEVELS.get(name, ("같은 몫", "equal shares"))
        account.estimate(
            column,
            f"자료 단위 {number:,}곳의 값을 {ko}에 따라 격자에 나누었습니다(단위별 합 보존).",
            f"Values of {number:,} source units were laid on cells by {en}, keeping each unit's total.",
        )


def _tell_border(
    column: str, source: Units, nowhere: int, counted: Counted, inside: Bools, *, account: Account
) -> None:
    ledger = source.ledger
    laid, kept = int(counted.value.sum()), int(counted.value[inside].sum())
    ledger.note(f"{column}: {laid:,} in the units read, {kept:,} inside the region, {laid - kept:,} beyond its border")
    account.lost(
        column,
        nowhere,
        kept,
        "– 격자를 찾지 못해 빠졌습니다. 합계가 그만큼 작습니다.",
        "found no cell and are left out: every sum is smaller by as much.",
    )
    if nowhere:
        ledger.note(f"{column}: {nowhere:,} more in units without any cell near the region")
    bare = int((inside & ~counted.known).sum())
    if bare:
        ledger.note(f"{column}: {bare:,} cells lie in no unit of this source and are unknown")
    if laid > kept:
        account.estimate(
            column,
            "경계에 걸친 단위는 면적 비율로 나누어 지역 안의 몫만 담았습니다.",
            "Units cut by the region's border count in proportion to their area inside it.",
        )


def as_column(counted: Counted | None, inside: Bools) -> pd.Series:
    """A column of ``cells.parquet``: Int64, null where unknown (everywhere, without a source)."""
    if counted is None:
        return pd.Series(pd.array([pd.NA] * int(inside.sum()), dtype="Int64"))
    value = pd.Series(pd.array(counted.value[inside], dtype="Int64"))
    return value.mask(~counted.known[inside])
