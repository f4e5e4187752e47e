"""Keeps people at home: what belongs to the region stays in it where its outline and its units are drawn differently.

A coast or a border that two offices have digitised differs by tens of metres. A zone (or a polygon with counts) of
which at least half lies inside belongs to the region with all its people; one that mostly lies outside is shared out.
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from spatial.counts.units import ShapeUnits, Units
from spatial.reading.boundary import BELONGS, share_inside
from spatial.reading.lattice import Lattice

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
# Less of its area than this beyond the outline is rounding of the coordinates.
SLIVER = 0.001


def home_squares(
    zones: gpd.GeoDataFrame | None,
    polygon: shapely.Polygon | shapely.MultiPolygon,
    lattice: Lattice,
    owner: Ints,
    inside: Bools,
) -> Bools:
    """Squares beyond the outline that belong to the region: those of zones that do.

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
    """How many zones that belong to the region reach beyond its outline, and by how many square kilometres."""
    share = share_inside(zones.geometry.to_numpy(), polygon)
    beyond = (share >= BELONGS) & (share < 1 - SLIVER)
    return int(beyond.sum()), float((zones.area.to_numpy() * (1 - share))[beyond].sum() / 1e6)


def ashore(entry: tuple[Ints, Ints], sea: Bools, units: int) -> tuple[Ints, Ints]:
    """The entries (unit, square) without those on squares of the sea; a unit that has no others keeps its own.

    Nobody lives there: of a pixel half in the sea all people are on its land.
    """
    unit, square = entry
    wet = sea[square]
    keep = ~wet | (np.bincount(unit[~wet], minlength=units) == 0)[unit]
    return unit[keep], square[keep]


def at_home(
    source: Units, entry: tuple[Ints, Ints], lattice: Lattice, *, inside: Bools, home: Bools | None
) -> tuple[Ints, Ints]:
    """The entries (unit, square) without those on squares of the region beyond its outline.

    A unit that has others keeps those; one that has none goes to the square inside nearest to each. Polygons with
    counts are units of the region, or not, by themselves: at least half of their squares inside. ``home`` is null for
    a region that is a box: nothing belongs to it as a whole.
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
