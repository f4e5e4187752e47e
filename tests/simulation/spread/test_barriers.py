from __future__ import annotations

import numpy as np
import pytest
import shapely

from simulation.spread.barriers import crossing, hindered_s
from simulation.spread.mixing import contagious

# Four cells in a row, 100 m apart, each seeing the others; a river between the 2nd and the 3rd.
XY = np.array([[0.0, 0.0], [100, 0], [200, 0], [300, 0]])
INDPTR = np.array([0, 3, 6, 9, 12], np.int64)
INDICES = np.array([1, 2, 3, 0, 2, 3, 0, 1, 3, 0, 1, 2], np.int32)
RIVER = shapely.LineString([(150, -1000), (150, 1000)])
ACROSS = np.array([0, 1, 1, 0, 1, 1, 1, 1, 0, 1, 1, 0], bool)
DECAY_S = 100.0


def rows(passes: float) -> np.ndarray:
    travel_s = np.full(INDICES.size, 60, np.float32)
    share = crossing(XY, INDPTR, INDICES, [RIVER], np.array([passes]))
    weights = contagious(INDPTR, INDICES, hindered_s(travel_s, share, DECAY_S), np.ones(4), DECAY_S, 8)
    dense = np.zeros((4, 4))
    for row in range(4):
        part = slice(weights.indptr[row], weights.indptr[row + 1])
        dense[row, weights.indices[part]] = weights.weight[part]
    return dense


def test_what_meets_a_barrier() -> None:
    assert (crossing(XY, INDPTR, INDICES, [RIVER], np.array([0.5])) == np.where(ACROSS, 0.5, 1)).all()
    # A river that ends before the row, one that is a polygon, and two in a row.
    short = shapely.LineString([(150, 10), (150, 1000)])
    wide = shapely.box(140, -10, 160, 10)
    assert (crossing(XY, INDPTR, INDICES, [short], np.array([0.0])) == 1).all()
    assert (crossing(XY, INDPTR, INDICES, [wide], np.array([0.0])) == ~ACROSS).all()
    twice = crossing(XY, INDPTR, INDICES, [RIVER, wide], np.array([0.5, 0.5]))
    assert (twice == np.where(ACROSS, 0.25, 1)).all()
    assert (crossing(XY, INDPTR, INDICES, [], np.empty(0)) == 1).all()


def test_no_barrier_half_and_full() -> None:
    # Equal times, so equal weights: thirds. Half a barrier: 1 + 1/2 + 1/2 on the way to the sum. Full: one side only.
    assert rows(1.0)[0] == pytest.approx([0, 1 / 3, 1 / 3, 1 / 3])
    assert rows(0.5)[0] == pytest.approx([0, 1 / 2, 1 / 4, 1 / 4])
    assert rows(0.0)[0] == pytest.approx([0, 1, 0, 0])
    assert rows(0.0)[2] == pytest.approx([0, 0, 0, 1])
    for passes in (1.0, 0.5, 0.0):
        assert rows(passes).sum(axis=1) == pytest.approx(np.ones(4))
