"""Whether sources agree: two that give the same quantity for the same area must come to about the same total."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from spatial.counts.people import Counted, lay_out
from spatial.counts.units import Units
from spatial.errors import Fault, SourceError, raise_if_any
from spatial.reading.lattice import Lattice
from spatial.reading.provenance import Account

# How far apart two totals may be. Registers, censuses and modelled grids of one year differ by 1 to 3 %; a table of
# another unit, another year or a part of the people differs by tens.
TOLERANCE = 0.05


def cross_check(
    counted: Mapping[str, Counted],
    others: Sequence[Units],
    lattice: Lattice,
    *,
    owner: NDArray[np.int64],
    inside: NDArray[np.bool_],
    weights: Mapping[str, NDArray[np.float64]],
) -> None:
    """Lay each other source on the squares as if it were the one used, and compare the totals inside the region.

    Raises SourceError for every column whose totals differ by more than 5 % of the one used.
    """
    faults = []
    for source in others:
        laid = lay_out([source], lattice, owner=owner, inside=inside, weights=weights, account=Account())
        for column, figures in laid.items():
            if column not in counted:
                source.ledger.note(f"{column}: no other source to compare with")
                continue
            used, other = (int(one.value[inside].sum()) for one in (counted[column], figures))
            gap = abs(other - used) / used if used else float(other > 0)
            source.ledger.note(f"{column}: {other:,} in the region, {used:,} by the source used ({gap:.1%} apart)")
            if gap > TOLERANCE:
                faults.append(
                    Fault(
                        source.ledger.path or "region file",
                        f"{column} within {TOLERANCE:.0%} of the {used:,} of the source used",
                        f"{other:,} in the region, {gap:.0%} away",
                        "Find out which of the two is of another year, unit or group, and leave that one out.",
                        row=source.ledger.key,
                        column=column,
                    )
                )
    raise_if_any(SourceError, faults)
