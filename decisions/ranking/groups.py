"""Which candidates the data cannot tell apart from the best one: what rank 1 means where little is known."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from decisions.ranking.aggregate import TIE, Bools, Floats

# Below this share of the weight known, an order that missing values could turn is not shown as one.
KNOWN_ENOUGH = 0.5


def level_with_first(rank: NDArray[np.int64], low: Floats, high: Floats, known: Floats) -> Bools:
    """Return True (D,) for candidates that cannot be told apart from the first; none where the first stands alone.

    ``rank`` (D,) is 0 for candidates that may not win. ``low`` and ``high`` (D,) are the ends of the score interval
    that missing values leave open, ``known`` (D,) is the share of the weight that is known (0-1). The candidates
    ranked up to the last one whose interval reaches the leader's are one group if less than KNOWN_ENOUGH is known of
    any of them. An order that rests on more is kept; so is a lead that no missing value can turn, however little is
    known.
    """
    ranked = rank > 0
    if not ranked.any():
        return np.zeros(len(rank), bool)
    floor = low[rank == 1].min()
    group = ranked & (rank <= rank[ranked & (high >= floor - TIE)].max())
    decided = group.sum() < 2 or known[group].min() >= KNOWN_ENOUGH
    return np.zeros(len(rank), bool) if decided else group
