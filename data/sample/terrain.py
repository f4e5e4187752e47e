"""The ground: river, streams, lake and hills, as polygons and as heights on a 30 m raster."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from curves import polygons, rounded_polygon, spline, wobble
from layout import BOUNDARY, ISLAND, LAKE, RAIL, RIDGES, RIVER, ROADS, STREAMS, Points, Sheet
from rasterio.features import rasterize, shapes
from rasterio.transform import from_origin
from scipy.ndimage import distance_transform_edt, gaussian_filter, zoom
from scipy.spatial import cKDTree
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry

PIXEL_M = 30.0
MARGIN_M = 900.0
HILL_M = 16.0  # higher above the plain than this is left to the forest
RIVER_WIDTH_M = 190.0


@dataclass(frozen=True)
class Terrain:
    """``height_m`` runs north to south from ``west``, ``north``; ``hills`` is what nobody builds on."""

    boundary: Polygon
    river_line: LineString
    river: Polygon
    lake: Polygon
    streams: dict[str, LineString]
    hills: BaseGeometry
    height_m: np.ndarray
    hill_m: np.ndarray
    west: float
    north: float

    @cached_property
    def water(self) -> BaseGeometry:
        """River and lake together."""
        return shapely.union_all([self.river, self.lake])


def build(sheet: Sheet, rng: np.random.Generator) -> Terrain:
    """Lay out the ground."""
    k = sheet.linear
    boundary = wobble(sheet.at(BOUNDARY), rng, 0.11)
    river_line = LineString(spline(sheet.at(RIVER), 60.0))
    lake = wobble(sheet.at(LAKE), rng, 0.14, 3)
    streams = {name: LineString(spline(sheet.at(points), 40.0)) for name, points in STREAMS.items()}
    river = _river(river_line, sheet, rng)

    west, south, east, north = sheet.bounds
    west, south, east, north = west - MARGIN_M * k, south - MARGIN_M * k, east + MARGIN_M * k, north + MARGIN_M * k
    x_m = np.arange(west + PIXEL_M / 2, east, PIXEL_M)
    y_m = np.arange(north - PIXEL_M / 2, south, -PIXEL_M)
    points = np.stack(np.meshgrid(x_m, y_m), axis=-1).reshape(-1, 2)

    shape = (len(y_m), len(x_m))
    place = from_origin(west, north, PIXEL_M, PIXEL_M)

    def distance(line: Points) -> np.ndarray:
        course = LineString(spline(sheet.at(line), 60.0))
        away = distance_transform_edt(rasterize([course], shape, fill=1, default_value=0, transform=place)) * PIXEL_M
        return np.asarray(away).ravel()

    to_river, at_river = cKDTree(np.asarray(river_line.coords)).query(points)
    rough = _noise(shape, rng).ravel()
    hill = np.zeros(len(points))
    for ridge in RIDGES:
        away = distance(ridge.points)
        width = ridge.width_m * k * (1 + 0.35 * rough)
        crest = ridge.height_m * k * (1 + 0.45 * rough)
        hill = np.maximum(hill, crest * np.exp(-((away / width) ** 2)))
    # Valleys: along every stream, main road and railway the hills give way, as the roads sought them out.
    for line, width in [
        *((s, 480.0) for s in STREAMS.values()),
        *((r.points, 520.0 if r.highway == "tertiary" else 380.0) for r in ROADS if not r.closed),
        (RAIL, 300.0),
    ]:
        away = distance(line)
        hill *= 1 - 0.93 * np.exp(-((away / (width * k)) ** 2))
    hill *= 1 - np.exp(-((to_river / (550 * k)) ** 2))
    hill = np.maximum(hill - 4 * k, 0)

    fall = np.linspace(46, 14, len(river_line.coords)) * k
    plain = fall[at_river] + 6 * k * (1 - np.exp(-to_river / (700 * k))) + 0.005 * to_river + 1.5 * k * rough
    height = plain + hill
    inside = shapely.contains_xy(river, *points.T)
    height[inside] = fall[at_river[inside]] - 3 * k
    in_lake = shapely.contains_xy(lake, *points.T)
    if in_lake.any():
        height[in_lake] = np.median(height[in_lake])
    hill_m = gaussian_filter(hill.reshape(shape), 1.2)
    hills = _traced(hill_m > HILL_M * k, west, north, 12_000 * sheet.share)
    return Terrain(
        boundary, river_line, river, lake, streams, hills.difference(lake), height.reshape(shape), hill_m, west, north
    )


def sample(terrain: Terrain, grid: np.ndarray, xy: np.ndarray) -> np.ndarray:
    """Values of a raster of the terrain at points (n, 2)."""
    row = np.clip(((terrain.north - xy[:, 1]) / PIXEL_M).astype(int), 0, grid.shape[0] - 1)
    column = np.clip(((xy[:, 0] - terrain.west) / PIXEL_M).astype(int), 0, grid.shape[1] - 1)
    values: np.ndarray = grid[row, column]
    return values


def _river(line: LineString, sheet: Sheet, rng: np.random.Generator) -> Polygon:
    """Banks of slowly changing width, and an island."""
    centre = np.asarray(line.coords)
    along = np.gradient(centre, axis=0)
    normal = np.column_stack([-along[:, 1], along[:, 0]]) / np.hypot(*along.T)[:, None]
    half = RIVER_WIDTH_M / 2 * sheet.linear * (1 + 0.5 * gaussian_filter(rng.standard_normal(len(centre)), 6) * 3)
    half = np.clip(half, 60 * sheet.linear, 190 * sheet.linear) * np.linspace(0.75, 1.25, len(centre))
    island = wobble(sheet.at(ISLAND), rng, 0.08, 2)
    banks = Polygon(np.vstack([centre + normal * half[:, None], (centre - normal * half[:, None])[::-1]]))
    # The river widens round its island.
    water = shapely.make_valid(banks).union(island.buffer(85 * sheet.linear)).difference(island)
    return max(polygons(water), key=lambda part: part.area)


def _noise(shape: tuple[int, int], rng: np.random.Generator) -> np.ndarray:
    """Smooth relief between about -1 and 1: four octaves, coarse to fine, sharpened to ridges."""
    total = np.zeros(shape)
    for octave, weight in enumerate([0.5, 0.28, 0.15, 0.09]):
        cells = 7 * 2**octave
        coarse = rng.standard_normal((cells, cells + cells // 4))
        fine = zoom(coarse, (shape[0] / coarse.shape[0], shape[1] / coarse.shape[1]), order=3, mode="nearest")
        total += weight * (1 - 2 * np.abs(np.tanh(fine[: shape[0], : shape[1]])))
    return total


def _traced(mask: np.ndarray, west: float, north: float, smallest_m2: float) -> BaseGeometry:
    """Polygons of a mask, corners rounded, specks left out."""
    found = []
    for outline, value in shapes(
        mask.astype(np.uint8), mask=mask, transform=from_origin(west, north, PIXEL_M, PIXEL_M)
    ):
        polygon = shapely.geometry.shape(outline)
        if value and polygon.area > smallest_m2:
            found.append(rounded_polygon(polygon, PIXEL_M))
    return shapely.union_all(found)
