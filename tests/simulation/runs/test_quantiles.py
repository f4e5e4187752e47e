"""Quantiles over worlds, worked out by hand and by NumPy, and what too few worlds do not tell."""

from __future__ import annotations

import numpy as np
import pytest

from simulation.runs.quantiles import WORLDS_OF_A_RANGE, over_worlds


def test_a_quantile_is_the_value_of_a_world() -> None:
    # Ten worlds: the smallest value that 10, 50, 90 % of them do not exceed is the 1st, 5th, 9th.
    assert over_worlds(np.arange(10, 0, -1)).tolist() == [1, 5, 9]
    # Thirty: the 3rd, 15th, 27th, though 0.1 · 30 is a little over 3 in binary.
    assert over_worlds(np.arange(1, 31)).tolist() == [3, 15, 27]


def test_what_some_worlds_never_reach_is_no_number() -> None:
    # Two of ten never get there: 90 % do not, and that quantile is missing.
    found = over_worlds(np.array([5, np.inf, 3, 4, 6, 7, 8, 9, 10, np.inf]))
    assert found[:2].tolist() == [3, 7]
    assert np.isnan(found[2])
    # A world without a value leaves none.
    assert np.isnan(over_worlds(np.array([1.0, np.nan, *range(10)]))).all()


@pytest.mark.parametrize("worlds", [1, 2, WORLDS_OF_A_RANGE - 1])
def test_too_few_worlds_have_a_median_and_no_range(worlds: int) -> None:
    low, middle, high = over_worlds(np.arange(worlds))
    assert np.isnan([low, high]).all()
    assert middle == (worlds - 1) // 2


@pytest.mark.parametrize("worlds", [10, 11, 16, 64])
@pytest.mark.parametrize("kind", [np.uint16, np.int32, np.int64, float])
def test_as_numpy_has_them(worlds: int, kind: type) -> None:
    shape = (3, 2000, worlds)
    values = np.random.default_rng(worlds).poisson(np.array([0.2, 5, 3e7])[:, None, None], shape).astype(kind)
    expected = np.quantile(values, [0.1, 0.5, 0.9], axis=-1, method="inverted_cdf")
    np.testing.assert_array_equal(over_worlds(values), np.moveaxis(expected, 0, -1))
