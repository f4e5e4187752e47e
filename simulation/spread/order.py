"""The order in which cells lie in memory: along a Hilbert curve, so that neighbours on the ground are near each other.

A cell's row of K then finds most of its neighbours' shares where the last cell's row left them, in the first cache.
Nobody else need know: numbers in the random stream and the order of each row of K stay, and with them the worlds to the
last bit; results come back in the order of the cells given.
"""

from __future__ import annotations

from dataclasses import replace

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray

from simulation.spread.mixing import Rows
from simulation.spread.problem import Problem


def along_hilbert(xy_m: NDArray[np.float64]) -> NDArray[np.int64]:
    """The order of cells along a Hilbert curve over their extent.

    Parameters
    ----------
    xy_m : float64 (n, 2)
        The cells' centres, in metres.

    Returns
    -------
    int64 (n,)
        Numbers of the cells.

    References
    ----------
    Hilbert 1891, Ueber die stetige Abbildung einer Linie auf ein Flächenstück, Mathematische Annalen 38.
    """
    if not len(xy_m):
        return np.empty(0, np.int64)
    points = gpd.GeoSeries(gpd.points_from_xy(xy_m[:, 0], xy_m[:, 1]))
    return np.asarray(np.argsort(points.hilbert_distance().to_numpy(), kind="stable"), np.int64)


def arranged(problem: Problem) -> Problem:
    """Return the problem with its cells in ``problem.order``, which it keeps, and each with the number it had."""
    order = problem.order
    if order is None:
        return problem
    contact, position = problem.contact, np.empty(order.size, np.int32)
    position[order] = np.arange(order.size, dtype=np.int32)
    length = np.diff(contact.indptr)[order]
    indptr = np.concatenate([[0], np.cumsum(length, dtype=np.int64)])
    entry = np.repeat(contact.indptr[order] - indptr[:-1], length) + np.arange(indptr[-1])
    return replace(
        problem,
        potential=problem.potential[:, order],
        availability=problem.availability[:, :, order],
        hub_travel_s=problem.hub_travel_s[order],
        inside=problem.inside[order],
        contact=Rows(indptr, position[contact.indices[entry]], contact.weight[entry]),
        zone=problem.zone[order],
        number=order if problem.number is None else problem.number[order],
    )
