"""Rivers, railways and motorways as barriers to contact, beyond what they add to the way.

Hägerstrand's barriers: one that lets no contact through, and one that lets every second through. Source: Hägerstrand
(1967), "On Monte Carlo simulation of diffusion", in Quantitative Geography I.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

# Lines made at once: bounds memory, changes no result.
PAIRS_PER_BLOCK = 1 << 18


def layers(backdrop: gpd.GeoDataFrame, names: Iterable[str]) -> dict[str, shapely.Geometry]:
    """Each named layer of ``backdrop`` (docs/files.md) as one barrier, without tunnels; those with nothing left out.

    One barrier, as a double track or a river mapped in pieces is met once.

    Parameters
    ----------
    backdrop : GeoDataFrame
        The table of that name: ``layer``, ``tunnel``, lines and polygons in a CRS in metres.
    names : iterable of str
        Layers.

    Returns
    -------
    dict
        Name -> geometry, in the order of ``names``.
    """
    surface = backdrop[~backdrop["tunnel"]]
    shapes = {name: shapely.union_all(surface.geometry[surface["layer"] == name].to_numpy()) for name in names}
    return {name: shape for name, shape in shapes.items() if not shape.is_empty}


def crossing(
    xy_m: NDArray[np.float64],
    indptr: NDArray[np.int64],
    indices: NDArray[np.int32],
    barriers: Sequence[shapely.Geometry],
    passes: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Share of contact that gets through the barriers between each pair of cells.

    The straight line of a pair meets a barrier or does not; each one met multiplies. Touching counts as meeting, so a
    barrier has no gap at its vertices.

    Parameters
    ----------
    xy_m : float64 (n, 2)
        The cells' centres, in metres.
    indptr, indices : int64 (n + 1,), int32 (E,)
        The pairs, as CSR.
    barriers : sequence of geometry
        B lines or polygons in the CRS of the centres.
    passes : float64 (B,)
        What each lets through: 0.5 is a half barrier, 0 a full one.

    Returns
    -------
    float64 (E,)
        0 to 1.

    References
    ----------
    Hägerstrand 1967, On Monte Carlo simulation of diffusion, in Quantitative Geography I.
    """
    source = np.repeat(np.arange(indptr.size - 1), np.diff(indptr))
    share = np.ones(indices.size)
    shapely.prepare(list(barriers))
    for first in range(0, indices.size, PAIRS_PER_BLOCK):
        part = slice(first, first + PAIRS_PER_BLOCK)
        lines = shapely.linestrings(np.stack([xy_m[source[part]], xy_m[indices[part]]], axis=1))
        for barrier, through in zip(barriers, passes, strict=True):
            share[part][shapely.intersects(barrier, lines)] *= through
    return share


def hindered_s(travel_s: NDArray[np.float32], share: NDArray[np.float64], decay_s: float) -> NDArray[np.float32]:
    """Seconds with which ``simulation.spread.mixing.contagious`` weighs each pair as ``share`` times what it was.

    Its weight is exp(-travel_s / decay_s), so a share is so many seconds more; none at all is infinitely many. Rows
    sum to 1 all the same: contact that a barrier stops is had on the near side.

    Parameters
    ----------
    travel_s : float32 (E,)
        Seconds of each pair.
    share : float64 (E,)
        Of contact, 0 to 1.
    decay_s : float
        Seconds over which contact falls to 1/e, above 0.

    Returns
    -------
    float32 (E,)
        Seconds; infinite where ``share`` is 0.
    """
    with np.errstate(divide="ignore"):
        return np.asarray(travel_s - decay_s * np.log(share), np.float32)
