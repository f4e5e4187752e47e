"""Keeps people at home: what belongs to the region stays in it where its outline and its units are drawn differently.

A coast or a border that two offices have digitised differs by tens of metres. A zone (or a polygon with counts) of
which at least half lies inside belongs to the region with all its people; one that mostly lies outside is shared out.
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from spatial.counts.units import ShapeUnits, Units
from spatial.reading.boundary import BELONGS, share_inside
from spatial.reading.square_grid import SquareGrid

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
# Less of its area than this beyond the outline is rounding of the coordinates.
SLIVER = 0.001


def home_squares(
    zones: gpd.GeoDataFrame | None,
    polygon: shapely.Polygon | shapely.MultiPolygon,
    lattice: SquareGrid,
    owner: Ints,
    inside: Bools,
) -> Bools:
    """Find the squares beyond the outline that belong to the region: those of zones that do.

    Parameters
    ----------
    zones
        Zones in the region's CRS; none belongs where there are none.
    polygon
        The region's outline, in metres.
    lattice
        The squares.
    owner : int64 (squares,)
        The row of each square's zone, -1 for none.
    inside : bool (squares,)
        Squares whose centre lies in the outline.

    Returns
    -------
    bool (squares,)
        A zone that owns no square inside has at least the square around its middle.
    """
    home = np.zeros(len(lattice), dtype=bool)
    if zones is None:
        return home
    belongs = share_inside(zones.geometry.to_numpy(), polygon) >= BELONGS
    owned = owner >= 0
    home[owned] = belongs[owner[owned]]
    middle = zones.geometry[belongs].representative_point()
    square = lattice.at(middle.x, middle.y)
    home[square[square >= 0]] = True
    return home & ~inside


def reaching_beyond(zones: gpd.GeoDataFrame, polygon: shapely.Polygon | shapely.MultiPolygon) -> tuple[int, float]:
    """Count the zones that belong to the region and reach beyond its outline.

    Parameters
    ----------
    zones
        Zones in the region's CRS.
    polygon
        The region's outline, in metres.

    Returns
    -------
    number : int
    area : float
        What of them lies beyond, in square kilometres.
    """
    share = share_inside(zones.geometry.to_numpy(), polygon)
    beyond = (share >= BELONGS) & (share < 1 - SLIVER)
    return int(beyond.sum()), float((zones.area.to_numpy() * (1 - share))[beyond].sum() / 1e6)


def ashore(entry: tuple[Ints, Ints], sea: Bools, units: int) -> tuple[Ints, Ints]:
    """Take the entries on squares of the sea out: of a pixel half in the sea all people are on its land.

    Parameters
    ----------
    entry : two int64 (E,)
        Unit and square of each entry.
    sea : bool (squares,)
        Squares of the sea.
    units : int
        How many units there are.

    Returns
    -------
    two int64 (E' <= E,)
        A unit that has no entries on land keeps its own.
    """
    unit, square = entry
    wet = sea[square]
    keep = ~wet | (np.bincount(unit[~wet], minlength=units) == 0)[unit]
    return unit[keep], square[keep]


def at_home(
    source: Units, entry: tuple[Ints, Ints], lattice: SquareGrid, *, inside: Bools, home: Bools | None
) -> tuple[Ints, Ints]:
    """Take the entries on squares of the region beyond its outline out.

    Polygons with counts are units of the region, or not, by themselves: at least half of their squares inside.

    Parameters
    ----------
    source
        The units.
    entry : two int64 (E,)
        Unit and square of each entry.
    lattice
        The squares.
    inside : bool (squares,)
        Squares whose centre lies in the outline.
    home : bool (squares,) or None
        As ``home_squares`` gives them; None for a region that is a box, to which nothing belongs as a whole.

    Returns
    -------
    two int64 (E' <= E,)
        A unit that has entries inside keeps those; one that has none goes to the square inside nearest to each.
    """
    unit, square = entry
    away = ~inside[square]
    if home is None:
        return entry
    away_home = away & home[square]
    if isinstance(source, ShapeUnits):
        size = len(source.totals)
        held = np.bincount(unit[~away], minlength=size)
        away_home |= away & (held >= BELONGS * np.bincount(unit, minlength=size))[unit]
    if not away_home.any() or not inside.any():
        return entry
    others = np.bincount(unit[~away_home], minlength=len(source.totals)) > 0
    lone = away_home & ~others[unit]
    if lone.any():
        from scipy.spatial import cKDTree  # noqa: PLC0415  # a second to import, and few sources need it

        x, y = lattice.centres()
        own = np.flatnonzero(inside)
        _, nearest = cKDTree(np.column_stack([x[own], y[own]])).query(
            np.column_stack([x[square[lone]], y[square[lone]]])
        )
        square = square.copy()
        square[lone] = own[nearest]
    keep = ~away_home | lone
    both = np.unique(np.column_stack([unit[keep], square[keep]]), axis=0)
    return both[:, 0], both[:, 1]
