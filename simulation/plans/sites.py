"""Where units go inside an area: spread over its people so that few are far from one."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.spatial.distance import cdist

# Rows of the distance matrix held at once; bounds memory, changes no result.
ROWS_PER_BLOCK = 512


def spread(xy_m: NDArray[np.float64], weight: NDArray[np.float64], count: int) -> list[int]:
    """Choose some of the points, best first: greedy weighted k-median.

    Each further point is the one that most lowers the people's summed straight distance to their nearest chosen point;
    ties go to the lower index, so the answer is one and the first k of it are the answer for k. Only points with weight
    are chosen while there are any; where none has weight all count alike (area).

    Parameters
    ----------
    xy_m : float64 (n, 2)
        The points, in metres.
    weight : float64 (n,)
        People at each, not below 0.
    count : int
        How many at most.

    Returns
    -------
    list of int
        Positions of the chosen points: ``count`` of them, or all with weight where there are fewer.

    References
    ----------
    Greedy is within 1 - 1/e of the best possible saving: Nemhauser, Wolsey and Fisher 1978, An analysis of
    approximations for maximizing submodular set functions I, Mathematical Programming 14.
    """
    if not weight.any():
        weight = np.ones(len(xy_m))
    where = np.flatnonzero(weight > 0)
    xy_m, weight = xy_m[where], weight[where]
    # A first point is judged against being as far away as the area is wide.
    nearest = np.full(len(where), np.hypot(*np.ptp(xy_m, axis=0)) + 1.0)
    chosen: list[int] = []
    for _ in range(min(count, len(where))):
        saving = np.concatenate(
            [
                np.maximum(nearest - cdist(block, xy_m), 0.0) @ weight
                for block in np.array_split(xy_m, -(-len(xy_m) // ROWS_PER_BLOCK))
            ]
        )
        saving[chosen] = -1.0
        # Equal but for the order of summation is equal: the lower index, on any machine.
        best = int(np.flatnonzero(saving >= saving.max() * (1 - 1e-9))[0])
        chosen.append(best)
        nearest = np.minimum(nearest, np.hypot(*(xy_m - xy_m[best]).T))
    return [int(where[i]) for i in chosen]
