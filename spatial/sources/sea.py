"""The sea as OpenStreetMap has it: not an area but its coast, drawn with land on the left and water on the right.

The coast and a frame around the region cut the frame into faces; those on the right of the coast are the sea.
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from spatial.reading.boundary import Area
from spatial.reading.osm import WayQuery
from spatial.reading.provenance import Ledger

# What a coast may end short of the frame, or stand off it, by rounding of the coordinates (1e-7 degrees in OSM).
CLOSE_M = 0.05
# How far beyond the region's squares the sea is looked for: pixels of a kilometre at the coast reach out there.
BEYOND_M = 2_000.0


def coast_query(area: Area) -> WayQuery:
    """What ``read_sea`` asks of an OpenStreetMap file."""
    return WayQuery("natural", ["natural"], area.degrees_around(BEYOND_M))


def read_sea(coast: WayQuery, area: Area) -> gpd.GeoDataFrame:
    """Make the sea in and 2 km around the region's squares of its coast.

    A file cut at the region has its coast end within that: then the sea is that within the squares alone.

    Parameters
    ----------
    coast
        A ``coast_query`` that was asked of an OpenStreetMap file.
    area
        The region.

    Returns
    -------
    GeoDataFrame
        In the region's CRS: one row ``entry`` = ``sea``, none without a coast. Where the coast cannot be closed it has
        no known extent: one row ``open_coast``, the coast's lines.
    """
    # The account counts areas; these ways are no rows of it.
    ways = coast.take(Ledger("coast")).lines().to_crs(area.crs)
    lines = ways.geometry[ways["natural"] == "coastline"].to_numpy()
    wide = _sea(lines, area, BEYOND_M)
    return _sea(lines, area, 0) if "open_coast" in set(wide["entry"]) else wide


def _sea(coast: NDArray[np.object_], area: Area, margin_m: float) -> gpd.GeoDataFrame:
    frame = shapely.box(*area.squares).buffer(margin_m, join_style="mitre")
    coast = coast[shapely.intersects(coast, frame)]
    if len(coast) == 0:
        return gpd.GeoDataFrame({"entry": []}, geometry=[], crs=area.crs)
    sea = sea_faces(coast, frame)
    entry, shape = ("open_coast", shapely.multilinestrings(coast)) if sea is None else ("sea", sea)
    return gpd.GeoDataFrame({"entry": [entry]}, geometry=[shape], crs=area.crs)


def sea_faces(coast: NDArray[np.object_], frame: shapely.Polygon) -> shapely.MultiPolygon | None:
    """Find what of a frame lies to the right of directed lines.

    Parameters
    ----------
    coast
        Lines with land on their left and water on their right.
    frame
        The polygon that they part.

    Returns
    -------
    MultiPolygon or None
        None where a line ends inside the frame, or where one face has the coast on both its left and its right.
    """
    noded = shapely.union_all([*coast, frame.exterior])
    faces, cuts, dangles, invalid = shapely.polygonize_full([noded])
    loose = shapely.union_all([cuts, dangles, invalid])
    if shapely.intersection(loose, frame).length > CLOSE_M:
        return None
    ends = shapely.get_coordinates(coast)
    first = np.concatenate([[True], np.diff(np.repeat(np.arange(len(coast)), shapely.get_num_coordinates(coast))) > 0])
    start, stop = ends[:-1][~first[1:]], ends[1:][~first[1:]]
    tree = shapely.STRtree(np.asarray(shapely.linestrings(np.stack([start, stop], axis=1)), dtype=object))
    parts = shapely.get_parts(faces)
    sea = []
    for face in parts[shapely.covers(frame.buffer(CLOSE_M), parts)]:
        side = _sides(face, frame, tree, stop - start)
        if side == {-1}:
            sea.append(face)
        elif side != {1}:
            return None
    return shapely.MultiPolygon(sea)


def _sides(
    face: shapely.Polygon, frame: shapely.Polygon, tree: shapely.STRtree, along: NDArray[np.float64]
) -> set[int]:
    """On which sides of the coast a face is, edge by edge: 1 left (land), -1 right (sea)."""
    sides = set()
    oriented = shapely.orient_polygons(face)
    for ring in (oriented.exterior, *oriented.interiors):
        points = shapely.get_coordinates(ring)
        step = np.diff(points, axis=0)
        middle = np.asarray(shapely.points((points[1:] + points[:-1]) / 2), dtype=object)
        own = shapely.distance(middle, frame.exterior) > CLOSE_M
        if own.any():
            nearest = along[tree.nearest(middle[own])]
            sides |= set(np.sign((step[own] * nearest).sum(axis=1)).astype(int).tolist())
    return sides
