from __future__ import annotations

from itertools import pairwise

import geopandas as gpd
import numpy as np
import pytest
from pyproj import Transformer
from shapely import LineString, Point, Polygon, box

from maps.geometry import WarpMesh, lattice, pack_shapes, to_mercator
from tests.maps.decoding import from_varints


def unpacked(data: bytes) -> list[list[tuple[int, int]]]:
    values = from_varints(data).tolist()
    lengths, steps = values[1 : 1 + values[0]], values[1 + values[0] :]
    at = np.cumsum(np.array(steps).reshape(-1, 2), axis=0).tolist()
    parts = []
    for length in lengths:
        parts.append([tuple(point) for point in at[:length]])
        at = at[length:]
    return parts


def mercator(*shapes: object) -> gpd.GeoSeries:
    return gpd.GeoSeries(list(shapes), crs=3857)


def test_lines_are_steps_from_the_origin() -> None:
    lines = mercator(LineString([(1000, 2000), (1003, 2000), (1003, 1990.4)]), LineString([(1010, 2000), (1011, 2001)]))
    assert unpacked(pack_shapes(lines, (1000, 2000))) == [[(0, 0), (3, 0), (3, -10)], [(10, 0), (11, 1)]]


def test_repeated_points_go_and_so_does_a_line_that_is_one_point() -> None:
    lines = mercator(LineString([(0, 0), (0.2, 0.1), (5, 0)]), LineString([(7, 7), (7.1, 7)]))
    assert unpacked(pack_shapes(lines, (0, 0))) == [[(0, 0), (5, 0)]]


def test_outer_rings_and_holes_turn_opposite_ways() -> None:
    ring = Polygon([(0, 0), (0, 100), (100, 100), (100, 0)], [[(20, 20), (60, 20), (60, 60), (20, 60)]])
    outer, hole = unpacked(pack_shapes(mercator(ring), (0, 0)))

    def area(points: list[tuple[int, int]]) -> float:
        return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(points)) / 2

    assert area(outer) * area(hole) < 0
    assert abs(area(outer)) == 10_000
    assert abs(area(hole)) == 1600


def test_nothing_to_draw_is_an_empty_stream() -> None:
    assert pack_shapes(mercator(box(0, 0, 5, 5)), (0, 0)) == b"\x00"  # 25 m², under the smallest


@pytest.mark.parametrize("crs", [5179, 32652, 31982])
def test_the_lattice_finds_every_point_of_a_city_within_its_error(crs: int) -> None:
    west, south = (950_000, 1_940_000) if crs == 5179 else (480_000, 6_650_000)
    bounds = to_mercator(crs).transform_bounds(west, south, west + 30_000, south + 25_000, densify_pts=21)
    warp = lattice(crs, bounds, (west, south), error_m=1.0)
    assert warp.error_m <= 1.0
    random = np.random.default_rng(3)
    x, y = random.uniform(bounds[0], bounds[2], 500), random.uniform(bounds[1], bounds[3], 500)
    true = np.stack(Transformer.from_crs(3857, crs, always_xy=True).transform(x, y), axis=-1) - (west, south)
    assert np.abs(bilinear(warp, x, y) - true).max() < 2.0


def bilinear(warp: WarpMesh, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    u, v = (x - warp.west) / warp.step_x, (warp.north - y) / warp.step_y
    rows, columns = warp.xy.shape[:2]
    i, j = np.clip(np.floor(v).astype(int), 0, rows - 2), np.clip(np.floor(u).astype(int), 0, columns - 2)
    fu, fv = (u - j)[:, None], (v - i)[:, None]
    top = warp.xy[i, j] * (1 - fu) + warp.xy[i, j + 1] * fu
    low = warp.xy[i + 1, j] * (1 - fu) + warp.xy[i + 1, j + 1] * fu
    return top * (1 - fv) + low * fv


def test_points_are_no_shapes() -> None:
    assert pack_shapes(mercator(Point(0, 0)), (0, 0)) == b"\x00"
