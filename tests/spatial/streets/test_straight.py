"""Trips where a region has no streets: the straight line times the circuity and nothing else, by hand."""

import numpy as np
import pytest

from geojeom.catalogues import CATALOGUES
from geojeom.checked_yaml import read_catalogue
from spatial.measures.facilities import toward_facilities
from spatial.reading.tags import SpeedTable
from spatial.streets import straight
from spatial.streets.network import Network
from spatial.streets.straight import straight_lines
from spatial.streets.travel import cells_to_cells, from_groups

SPEEDS = read_catalogue(CATALOGUES / "speeds.yaml", SpeedTable)


def network(*places: tuple[float, float]) -> Network:
    x, y = np.array(places, float).reshape(-1, 2).T
    return straight_lines(x, y, SPEEDS, "KR")


# Cells of 100 m at the corners of a triangle with sides 300, 400 and 500 m, and one across a bay 3 km off.
TOWN = network((50, 50), (350, 50), (350, 450), (3350, 450))


def test_says_what_it_is(tmp_path) -> None:
    TOWN.save(tmp_path / "streets.npz")
    found = Network.load(tmp_path / "streets.npz")
    assert (found.kind, found.circuity, found.walk_kmh, found.drive_kmh) == ("straight_line", 1.3, 4.0, 25.0)
    assert found.remark is not None
    assert (found.remark.ko, found.remark.en) == ("도로망 없음: 직선거리 × 1.3", "no streets: straight line × 1.3")
    assert found.indices.size == 0


def test_pairs_of_cells_by_hand() -> None:
    # 300, 400 and 500 m, times 1.3 and 0.9 s a metre: 351, 468 and 585 s; the last is exactly the limit.
    indptr, indices, travel_s = cells_to_cells(TOWN, np.arange(4, dtype=np.int32), 585.0)
    assert indptr.tolist() == [0, 2, 4, 6, 6]
    assert indices.tolist() == [1, 2, 0, 2, 0, 1]
    assert travel_s.tolist() == pytest.approx([351, 585, 351, 468, 585, 468])
    # Positions, not cells, of a part of them; by car at 25 km/h 500 m are 93.6 s.
    indptr, indices, travel_s = cells_to_cells(TOWN, np.array([0, 2], np.int32), 100.0, "drive")
    assert (indptr.tolist(), indices.tolist()) == ([0, 1, 2], [1, 0])
    assert travel_s.tolist() == pytest.approx([93.6, 93.6])


def test_groups_by_hand() -> None:
    reach = from_groups(TOWN, [np.array([0, 1]), np.array([], np.int32)], 600.0, "drive")
    # The third cell is 400 m from the second, 74.88 s; the fourth √(3000² + 400²) = 3026.55 m, 566.57 s.
    assert reach[0].tolist() == pytest.approx([0, 0, 74.88, 566.570], rel=1e-5)
    assert np.isinf(reach[1]).all()
    assert np.isinf(from_groups(TOWN, [np.array([0])], 600.0)[0, 3])


def test_blocks_make_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(0)
    town = network(*rng.uniform(0, 2000, (90, 2)))
    cell = rng.permutation(90).astype(np.int32)[:70]
    whole = cells_to_cells(town, cell, 900.0)
    monkeypatch.setattr(straight, "CELLS_PER_BLOCK", 16)
    for one, other in zip(whole, cells_to_cells(town, cell, 900.0), strict=True):
        assert np.array_equal(one, other)
    # Against every pair computed outright.
    x, y = town.node_x_m[cell], town.node_y_m[cell]
    seconds = np.hypot(x[:, None] - x, y[:, None] - y) * 1.3 * 0.9
    row, column = np.nonzero((seconds <= 900) & ~np.eye(70, dtype=bool))
    assert np.array_equal(np.repeat(np.arange(70), np.diff(whole[0])), row)
    assert np.array_equal(whole[1], column)
    assert whole[2] == pytest.approx(seconds[row, column], rel=1e-6)


def test_toward_facilities_keeps_the_speeds_of_a_standard() -> None:
    turned = toward_facilities(TOWN, 3.0, 30.0)
    # 400 m: 624 s at 3 km/h, 62.4 s at 30 km/h.
    assert from_groups(turned, [np.array([2])], 700.0, "walk")[0, 1] == pytest.approx(624)
    assert from_groups(turned, [np.array([2])], 700.0, "drive")[0, 1] == pytest.approx(62.4)


def test_no_cells() -> None:
    indptr, indices, travel_s = cells_to_cells(TOWN, np.array([], np.int32), 300.0)
    assert (indptr.tolist(), indices.size, travel_s.size) == ([0], 0, 0)
