from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from maps.layers import NOBODY, round_breaks, share


def test_a_share_of_nobody_is_neither_zero_nor_unknown() -> None:
    part, whole = np.array([1, 0, 0, np.nan, 2]), np.array([4, 5, 0, 3, np.nan])
    np.testing.assert_array_equal(share(part, whole), [0.25, 0.0, NOBODY, np.nan, np.nan])


def test_breaks_of_1_to_700_are_the_round_figures_nearest_its_sevenths() -> None:
    # Sevenths of 1..700 are about 100, 200, ..., 600; nearest steps 100, 200, 300, 500 (twice), 700.
    assert round_breaks(np.arange(1, 701, dtype=float)) == [100, 200, 300, 500, 700]


def test_nothing_above_zero_still_has_a_break() -> None:
    assert round_breaks(np.array([0.0, np.nan])) == [2.0]


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=200))
def test_breaks_rise(values: list[int]) -> None:
    breaks = round_breaks(np.array(values, dtype=float))
    assert breaks == sorted(set(breaks))
    assert len(breaks) >= 1
