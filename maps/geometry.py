"""Geometry for a page: Web Mercator metres from the page's origin, whole numbers, coded as differences.

Web Mercator because it is the plane the map is drawn in: the page needs no projection of its own for what is drawn,
and a step of 1 m of that plane (less on the ground) is finer than any stroke.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS, Transformer

from maps.embed import varints

MERCATOR = CRS.from_epsg(3857)
SMALLEST_AREA_M2 = 400.0  # a polygon under 20 m × 20 m is less than a pixel at the scales a city is read at


def to_mercator(crs: Any) -> Transformer:
    """From the region's CRS (metres, x before y) to the plane of the map."""
    return Transformer.from_crs(CRS.from_user_input(crs), MERCATOR, always_xy=True)


@dataclass(frozen=True)
class WarpMesh:
    """Region coordinates on a regular grid of the map's plane; between its points the page interpolates bilinearly.

    ``west``, ``north``, ``step_x``, ``step_y`` are Web Mercator metres (rows run south); ``xy`` (rows, columns, 2)
    holds metres of the region's CRS relative to ``origin``. ``error_m`` is the largest error found half-way
    between points.
    """

    west: float
    north: float
    step_x: float
    step_y: float
    xy: NDArray[np.float64]
    origin: tuple[float, float]
    error_m: float


def lattice(
    crs: Any, bounds_m: tuple[float, float, float, float], origin: tuple[float, float], error_m: float
) -> WarpMesh:
    """The coarsest lattice over ``bounds_m`` (west, south, east, north of the map's plane) within ``error_m``."""
    west, south, east, north = bounds_m
    back = Transformer.from_crs(MERCATOR, CRS.from_user_input(crs), always_xy=True)
    for points in (5, 9, 17, 33, 65, 129):
        # Every other line of a grid twice as fine is the lattice; the lines between check it.
        x, y = np.meshgrid(np.linspace(west, east, 2 * points - 1), np.linspace(north, south, 2 * points - 1))
        fine = np.stack(back.transform(x, y), axis=-1) - np.asarray(origin)
        coarse = fine[::2, ::2]
        middle = (coarse[:-1, :-1] + coarse[1:, :-1] + coarse[:-1, 1:] + coarse[1:, 1:]) / 4
        worst = float(np.abs(middle - fine[1::2, 1::2]).max())
        if worst <= error_m:
            break
    step = ((east - west) / (points - 1), (north - south) / (points - 1))
    return WarpMesh(west, north, step[0], step[1], coarse, origin, worst)


def pack_shapes(shapes: gpd.GeoSeries, origin_m: tuple[float, float], tolerance_m: float = 0.0) -> bytes:
    """Lines or polygons (in any CRS) as one stream: parts, points of each part, then steps from point to point.

    All whole Web Mercator metres from ``origin_m``; the first step of a part starts where the part before ended.
    Polygons give one closed part per ring, outer rings one way round and holes the other, so that filling by winding
    number draws overlapping polygons whole. Repeated points are left out; what vanishes by that is dropped.
    """
    values = shapely.get_parts(np.asarray(shapes.to_crs(MERCATOR).values))
    if tolerance_m:
        values = shapely.simplify(values, tolerance_m)
    areal = shapely.get_type_id(values) == shapely.GeometryType.POLYGON
    values = np.concatenate(
        [
            shapely.get_rings(shapely.orient_polygons(values[areal & (shapely.area(values) >= SMALLEST_AREA_M2)])),
            values[shapely.get_type_id(values) == shapely.GeometryType.LINESTRING],
        ]
    )
    coordinates, part = shapely.get_coordinates(values, return_index=True)
    steps = np.rint(coordinates - np.asarray(origin_m)).astype(np.int64)
    if not len(steps):
        return varints(np.zeros(1, dtype=np.int64))
    moved = np.concatenate([[True], (np.diff(steps, axis=0) != 0).any(axis=1) | (np.diff(part) != 0)])
    steps, part = steps[moved], part[moved]
    lengths = np.bincount(part, minlength=len(values))
    kept = lengths >= 2
    steps, lengths = steps[kept[part]], lengths[kept]
    differences = np.diff(steps, axis=0, prepend=np.zeros((1, 2), dtype=np.int64))
    return varints(np.concatenate([[len(lengths)], lengths, differences.ravel()]))
