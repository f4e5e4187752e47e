"""행정동 boundaries: every place belongs to the dong whose middle is the easiest to get to.

Rivers, railways, main roads and hills are hard to cross, so the borders come to lie on them, as real ones do.
"""

from __future__ import annotations

import numpy as np
import shapely
from affine import Affine
from curves import largest, lines, polygons, rounded
from layout import Sheet
from quarters import DONGS
from rasterio.features import rasterize, shapes
from rasterio.transform import from_origin
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra
from shapely.geometry import Polygon
from streets import Town
from terrain import Terrain, sample

PIXEL_M = 40.0


def build(sheet: Sheet, terrain: Terrain, town: Town) -> list[Polygon]:
    """One polygon per dong, in the order of ``layout.DONGS``; together they fill the boundary, no gap, no overlap."""
    pixel = PIXEL_M * sheet.linear
    west, south, east, north = terrain.boundary.buffer(4 * pixel).bounds
    width, height = int((east - west) / pixel) + 1, int((north - south) / pixel) + 1
    transform = from_origin(west, north, pixel, pixel)
    column, row = np.meshgrid(np.arange(width), np.arange(height))
    x_m, y_m = west + (column + 0.5) * pixel, north - (row + 0.5) * pixel
    hill = sample(terrain, terrain.hill_m, np.column_stack([x_m.ravel(), y_m.ravel()])).reshape(height, width)
    cost = 1 + np.minimum(hill / (40 * sheet.linear), 4)
    major = [s.line for s in town.main if s.highway in ("trunk", "primary") and s.bridge is None]
    minor = [s.line for s in town.main if s.highway == "secondary" and s.bridge is None]
    barriers = [
        (minor, 10.0),
        ([line for _, line in town.rail] + major, 20.0),
        ([s.buffer(pixel / 2) for s in terrain.streams.values()], 9.0),
        ([terrain.river_line.buffer(1.2 * pixel)], 45.0),
    ]
    for obstacles, factor in barriers:
        cost[rasterize(obstacles, (height, width), transform=transform, all_touched=True).astype(bool)] = factor
    owner = _nearest(cost, [_pixel(sheet, transform, d.x, d.y) for d in DONGS])
    return _smooth(owner, transform, terrain.boundary, pixel)


def _pixel(sheet: Sheet, transform: Affine, x: float, y: float) -> tuple[int, int]:
    column, row = ~transform * tuple(sheet.at([(x, y)])[0])
    return int(row), int(column)


def _nearest(cost: np.ndarray, seeds: list[tuple[int, int]]) -> np.ndarray:
    """Number of the seed with the cheapest way to each pixel (eight neighbours)."""
    height, width = cost.shape
    number = np.arange(cost.size).reshape(cost.shape)
    starts, ends, weights = [], [], []
    for down, right, length in [(0, 1, 1.0), (1, 0, 1.0), (1, 1, 2**0.5), (1, -1, 2**0.5)]:
        here = (slice(0, height - down), slice(max(0, -right), width - max(0, right)))
        there = (slice(down, height), slice(max(0, right), width + min(0, right)))
        starts.append(number[here].ravel())
        ends.append(number[there].ravel())
        weights.append(((cost[here] + cost[there]) / 2 * length).ravel())
    graph = csr_matrix(
        (np.concatenate(weights), (np.concatenate(starts), np.concatenate(ends))), shape=(cost.size,) * 2
    )
    sources = [row * width + column for row, column in seeds]
    _, _, source = dijkstra(graph, directed=False, indices=sources, return_predecessors=True, min_only=True)
    lookup = np.full(cost.size, -1)
    lookup[sources] = np.arange(len(sources))
    owner: np.ndarray = lookup[source].reshape(cost.shape)
    return owner


def _smooth(owner: np.ndarray, transform: Affine, boundary: Polygon, pixel: float) -> list[Polygon]:
    """Pixel areas as polygons with common, rounded borders: each border is smoothed once, for both neighbours."""
    areas = {}
    for outline, value in shapes(owner.astype(np.int32), transform=transform):
        part = shapely.geometry.shape(outline)
        if value not in areas or areas[value].area < part.area:
            areas[int(value)] = part
    edges = shapely.line_merge(shapely.union_all([area.exterior for area in areas.values()]))
    borders = [np.asarray(line.simplify(1.1 * pixel).coords) for line in lines(edges)]
    drawn = shapely.union_all([shapely.LineString(rounded(b)) for b in borders if len(b) > 1])
    # The borders run out beyond the boundary and are crossed by it: ends that only touch it would leave faces open.
    frame = shapely.union_all([drawn, boundary.exterior])
    faces = polygons(shapely.polygonize(shapely.get_parts(frame)))
    faces = [face for face in faces if boundary.contains(face.representative_point())]
    tree = shapely.STRtree([areas[number].buffer(0) for number in range(len(areas))])
    parts: dict[int, list[Polygon]] = {number: [] for number in range(len(areas))}
    for face in faces:
        candidates = tree.query(face)
        shared = [face.intersection(tree.geometries[number]).area for number in candidates]
        parts[int(candidates[int(np.argmax(shared))])].append(face)
    return [_whole(parts[number]) for number in range(len(areas))]


def _whole(parts: list[Polygon]) -> Polygon:
    return largest(shapely.union_all(parts))
