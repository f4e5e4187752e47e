"""Whether counts can be true: no denser than any place on earth, and about the same by every source that gives them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from geojeom.errors import Fault
from geojeom.formats import percent, stated_percent
from geojeom.models import Strict
from geojeom.quantities import CityKm2, Dense
from spatial.config.catalogue import Evidence
from spatial.counts.people import Counted, lay_out
from spatial.counts.units import Units
from spatial.reading.provenance import Account
from spatial.reading.square_grid import SquareGrid

# How far apart two totals may be. Registers, censuses and modelled grids of one year differ by 1 to 3 %; a table of
# another unit, another year or a part of the people differs by tens.
TOLERANCE = 0.05
KM = 1000
KINDS = {
    "population": "people",
    "elderly": "people",
    "youth": "people",
    "households": "people",
    "jobs": "jobs",
    "transit_stops": "stops",
    "subway_stations": "stations",
}


class Limit(Strict):
    """More of something than any square kilometre holds, and than a whole city holds per square kilometre."""

    square_km: Dense
    city_km2: Dense
    source: str
    evidence: Evidence


class Densest(Strict):
    """The table data/plausible.yaml; a city is a region whose squares that hold any make up ``city_from_km2``."""

    city_from_km2: CityKm2
    limits: dict[str, Limit]


def too_dense(
    counted: Mapping[str, Counted],
    sources: Sequence[Units],
    lattice: SquareGrid,
    inside: NDArray[np.bool_],
    densest: Densest,
) -> list[Fault]:
    """A fault for every column with more in some square kilometre of the region, or over all of it, than on earth.

    It looks at what was laid on the squares, so that tables, rasters, points and stated totals are judged alike.

    Parameters
    ----------
    counted : mapping of Counted
        By column, on N squares.
    sources : sequence of Units
        Those that give the columns.
    lattice : SquareGrid
        The squares.
    inside : bool (N,)
        The region's.
    densest : Densest
        What no place exceeds, with its sources (data/plausible.yaml).

    Returns
    -------
    list of Fault
        At most one per column.
    """
    x, y = (values[inside] for values in lattice.centres())
    corners = np.column_stack([np.floor(x / KM), np.floor(y / KM)])
    _, block = np.unique(corners, axis=0, return_inverse=True)
    block = block.ravel()
    faults = []
    for column, figures in counted.items():
        limit = densest.limits[KINDS[column]]
        value = figures.value[inside]
        total, km2 = int(value.sum()), (value > 0).sum() * (lattice.size_m / KM) ** 2
        held = np.bincount(block, weights=value)
        most = int(held.argmax())
        dense = None
        if held[most] > limit.square_km:
            east, north = corners[np.flatnonzero(block == most)[0]] * KM
            dense = f"{held[most]:,.0f} in the one whose corner is {east:.0f}, {north:.0f}"
            wanted = f"at most {limit.square_km:,} of {column} in a square kilometre"
        elif km2 >= densest.city_from_km2 and total > limit.city_km2 * km2:
            dense = f"{total / km2:,.0f}: {total:,} on {km2:,.0f} km² of cells that hold any"
            wanted = f"at most {limit.city_km2:,} of {column} per square kilometre of a city"
        if dense:
            ledger = next(source.ledger for source in sources if column in source.totals.columns)
            faults.append(
                Fault(
                    ledger.path or "region file",
                    f"{wanted}, more than anywhere on earth (data/plausible.yaml)",
                    dense,
                    "Check the unit (persons, not thousands; counts, not densities) and the largest figures.",
                    row=ledger.key,
                    column=column,
                )
            )
    return faults


def cross_check(
    counted: Mapping[str, Counted],
    others: Sequence[Units],
    lattice: SquareGrid,
    *,
    owner: NDArray[np.int64],
    inside: NDArray[np.bool_],
    weights: Mapping[str, NDArray[np.float64]],
    home: NDArray[np.bool_] | None = None,
    sea: NDArray[np.bool_] | None = None,
) -> list[Fault]:
    """Lay each other source on the squares as if it were the one used, and compare the totals inside the region.

    Parameters
    ----------
    counted : mapping of Counted
        The columns used, on N squares.
    others : sequence of Units
        The other sources; their ledgers get how far apart the totals are.
    lattice : SquareGrid
        The squares.
    owner, inside, weights, home, sea : array (N,)
        As in ``lay_out``.

    Returns
    -------
    list of Fault
        One for every column whose totals differ by more than ``TOLERANCE`` of the one used.
    """
    faults = []
    for source in others:
        laid = lay_out(
            [source], lattice, owner=owner, inside=inside, home=home, sea=sea, weights=weights, account=Account()
        )
        for column, figures in laid.items():
            if column not in counted:
                source.ledger.note("alone", column=column)
                continue
            used, other = (int(each.value[inside].sum()) for each in (counted[column], figures))
            gap = abs(other - used) / used if used else float(other > 0)
            source.ledger.note("compared", column=column, other=other, used=used, limit=TOLERANCE, gap=gap)
            if gap > TOLERANCE:
                faults.append(
                    Fault(
                        source.ledger.path or "region file",
                        f"{column} within {stated_percent(TOLERANCE)} of the {used:,} of the source used",
                        f"{other:,} in the region, {percent(gap, unlike=TOLERANCE)} away",
                        "Find out which of the two is of another year, unit or group, and leave that one out.",
                        row=source.ledger.key,
                        column=column,
                    )
                )
    return faults
