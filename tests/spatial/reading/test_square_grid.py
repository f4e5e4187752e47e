"""Squares: which holds what, and how much of each an area covers."""

import geopandas as gpd
import numpy as np
import pytest
import shapely

from spatial.reading.square_grid import SquareGrid, overlap_m2, squares
from spatial.streets.files import street_m


def test_squares_start_at_multiples_of_their_size_and_own_their_lower_edges() -> None:
    lattice = SquareGrid.over((130, 220, 310, 290), 100)
    assert (lattice.west, lattice.south, lattice.columns, lattice.rows) == (100, 200, 3, 1)
    assert lattice.at([100, 199.9, 200, 399, 400, 99, np.nan], [250] * 7).tolist() == [0, 0, 1, 2, -1, -1, -1]
    assert lattice.at([150], [300]).tolist() == [-1]
    assert lattice.centres()[0].tolist() == [150, 250, 350]


def test_a_square_is_in_an_area_by_its_centre() -> None:
    lattice = SquareGrid.over((0, 0, 299, 99), 100)
    assert lattice.within(shapely.box(0, 0, 160, 100)).tolist() == [True, True, False]


def test_of_overlapping_polygons_the_first_owns() -> None:
    lattice = SquareGrid.over((0, 0, 399, 99), 100)
    zones = gpd.GeoSeries([shapely.box(0, 0, 200, 100), shapely.box(100, 0, 300, 100)])
    assert lattice.owner(zones).tolist() == [0, 0, 1, -1]


def test_overlap_counts_ground_once() -> None:
    x, y = np.array([50.0, 150.0, 5_050.0]), np.array([50.0, 50.0, 50.0])
    # Two strips that share 20 m; the far square lies in another tile and is half covered by a third.
    water = np.array([shapely.box(0, 0, 60, 100), shapely.box(40, 0, 110, 100), shapely.box(5_000, 0, 5_100, 50)])
    assert overlap_m2(x, y, 100, water).tolist() == pytest.approx([10_000, 1_000, 5_000])
    assert overlap_m2(x, y, 100, water[:0]).tolist() == [0, 0, 0]


def test_overlap_equals_the_plain_intersection() -> None:
    rng = np.random.default_rng(7)
    lattice = SquareGrid.over((0, 0, 3_999, 2_999), 100)
    x, y = lattice.centres()
    blobs = shapely.buffer(
        shapely.points(rng.uniform(0, 4_000, 12), rng.uniform(0, 3_000, 12)), rng.uniform(50, 700, 12)
    )
    plain = shapely.area(shapely.intersection(squares(x, y, 100), shapely.union_all(blobs)))
    assert np.allclose(overlap_m2(x, y, 100, blobs), plain, atol=1e-6)


def test_metres_of_street_fall_where_the_street_runs() -> None:
    lattice = SquareGrid.over((0, 0, 299, 99), 100)
    lines = gpd.GeoDataFrame(
        geometry=[shapely.LineString([(0, 50), (150, 50)]), shapely.LineString([(250, 0), (250, 60), (250, 60)])]
    )
    assert street_m(lines, lattice).tolist() == pytest.approx([100, 50, 60])
    assert street_m(lines[:0], lattice).tolist() == [0, 0, 0]
