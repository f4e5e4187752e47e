"""Gaps in an area that are narrower than the cells it is cut into: slivers between polygons drawn apart, pinholes.

What matters of them is the cell whose centre happens to lie in one: it would be missing from the middle of the region.
"""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

# A gap of this part of a cell's size, or a hole smaller than a cell, is a slip of the pen (design choice).
NARROW = 0.2
# Rounding leaves hairs where two outlines share a line.
HAIR_M = 0.01


def without_gaps(
    polygon: shapely.Polygon | shapely.MultiPolygon, size_m: float
) -> tuple[shapely.Polygon | shapely.MultiPolygon, int]:
    """Fill the gaps of an area that hold centres of cells.

    Gaps are holes smaller than a cell and whatever is narrower than a fifth of one, up to the sea: a cell's centre in
    an inlet of 20 m counts as land. All else keeps its outline.

    Parameters
    ----------
    polygon
        The area, in metres.
    size_m : float
        Size of the cells.

    Returns
    -------
    polygon
        The area itself where it has no such gap.
    cells : int
        How many centres the gaps hold.
    """
    parts = shapely.get_parts(polygon)
    holes = [shapely.Polygon(ring) for part in parts for ring in part.interiors]
    pinholes = [hole for hole in holes if hole.area < size_m**2]
    reach = NARROW * size_m / 2
    closed = polygon.buffer(reach, join_style="mitre").buffer(-reach, join_style="mitre")
    slivers = shapely.get_parts(shapely.difference(closed, polygon))
    slivers = slivers[~shapely.is_empty(shapely.buffer(slivers, -HAIR_M))]
    gaps = np.array([*pinholes, *slivers], dtype=object)
    centres = np.array([_centres_in(gap, size_m) for gap in gaps], dtype=np.int64)
    if not centres.any():
        return polygon, 0
    filled = shapely.union_all([polygon, *shapely.buffer(gaps[centres > 0], HAIR_M)])
    assert isinstance(filled, shapely.Polygon | shapely.MultiPolygon)
    return filled, _centres_in(shapely.union_all(gaps), size_m)


def _centres_in(shape: shapely.Geometry, size_m: float) -> int:
    """How many centres of the grid's cells lie in a shape."""
    west, south, east, north = shapely.bounds(shape)
    x, y = (_between(low, high, size_m) for low, high in ((west, east), (south, north)))
    if not x.size or not y.size:
        return 0
    return int(shapely.contains_xy(shape, np.tile(x, y.size), np.repeat(y, x.size)).sum())


def _between(low: float, high: float, size_m: float) -> NDArray[np.float64]:
    """Coordinates of centres between two of the grid's."""
    first, last = np.ceil(low / size_m - 0.5), np.floor(high / size_m - 0.5)
    return (np.arange(first, last + 1) + 0.5) * size_m
