"""People, jobs and stops from source units to squares: dasymetric, in whole numbers, every unit's total kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geojeom.errors import Fault, SourceError, raise_if_any
from geojeom.messages import Remark
from spatial.counts.allocate import apportion_by_side, apportion_part, choose_weights
from spatial.counts.home import ashore, at_home
from spatial.counts.units import Units, ZoneUnits
from spatial.reading.provenance import Account
from spatial.reading.square_grid import SquareGrid

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

# Part of the population: laid only where there are people left, so that parts never exceed the whole in any cell.
PARTS = ("elderly", "youth")
ORDER = ("population", *PARTS, "households", "jobs", "transit_stops", "subway_stations")
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
    lattice: SquareGrid,
    *,
    owner: Ints,
    inside: Bools,
    weights: Mapping[str, Floats],
    account: Account,
    home: Bools | None = None,
    sea: Bools | None = None,
) -> dict[str, Counted]:
    """All columns that some source gives, on all squares of the lattice.

    What falls on squares outside the region is left there, and said.

    Parameters
    ----------
    sources : sequence of Units
        Each with the columns it gives.
    lattice : SquareGrid
        N squares.
    owner : int64 (N,)
        The zone row of each square, -1 for none.
    inside : bool (N,)
        The region's squares.
    weights : mapping of float64 (N,)
        One for each level at hand (the names in ``CHOICE``).
    account : Account
        Gets what is said of the columns.
    home, sea : bool (N,), optional
        Squares that belong to the region though they lie beyond its outline, and those of the sea there: nobody is left
        on either. A region that is a box has no ``home``.

    Returns
    -------
    dict of Counted
        By column, in their order.

    Raises
    ------
    SourceError
        Where two sources give one column, or a part exceeds its whole.
    """
    by_column: dict[str, list[Units]] = {}
    for source in sources:
        for column in source.totals.columns:
            by_column.setdefault(str(column), []).append(source)
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
            for column, several in by_column.items()
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
        if column in by_column:
            source = by_column[column][0]
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
            source.ledger.note("nobody", column=column, n=len(lost), list=shown)
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
            "lost.cut",
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
        account.estimate(column, "estimate.laid", n=number, by=Remark(f"laid.{name}"))


def _tell_border(
    column: str, source: Units, nowhere: int, counted: Counted, inside: Bools, *, account: Account
) -> None:
    ledger = source.ledger
    laid, kept = int(counted.value.sum()), int(counted.value[inside].sum())
    ledger.note("people", column=column, laid=laid, kept=kept, beyond=laid - kept)
    account.lost(
        column,
        nowhere,
        kept,
        "lost.nowhere",
    )
    if nowhere:
        ledger.note("nowhere", column=column, n=nowhere)
    bare = int((inside & ~counted.known).sum())
    if bare:
        ledger.note("bare", column=column, n=bare)
    if laid > kept:
        account.estimate(column, "estimate.cut_units")


def as_column(counted: Counted | None, inside: Bools) -> pd.Series:
    """A column of ``cells.parquet``: Int64, null where unknown (everywhere, without a source).

    Parameters
    ----------
    counted : Counted or None
        One column on N squares; None where no source gives it.
    inside : bool (N,)
        The region's squares.

    Returns
    -------
    Series (C,)
        Int64.
    """
    if counted is None:
        return pd.Series(pd.array([pd.NA] * int(inside.sum()), dtype="Int64"))
    value = pd.Series(pd.array(counted.value[inside], dtype="Int64"))
    return value.mask(~counted.known[inside])
