"""How far a weight may move: by hand, and against the ranks themselves on either side of every bound."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decisions.ranking.aggregate import ranks, weighted_sum
from decisions.ranking.tornado import tornado


def rank_at(utilities, weights, j, t) -> np.ndarray:
    moved = weights * (1 - t) / (1 - weights[j])
    moved[j] = t
    return ranks(weighted_sum(utilities, moved), np.ones(len(utilities), bool))


def test_by_hand() -> None:
    # A scores w1, B 1 - w1, C 0.6: A is first above 0.6, B above the others below 0.4.
    found = tornado(np.array([[1, 0], [0, 1], [0.6, 0.6]]), np.array([0.7, 0.3]))
    assert found.low[0].tolist() == pytest.approx([0.6, np.nan], nan_ok=True)
    assert found.high[0].tolist() == pytest.approx([np.nan, 0.4], nan_ok=True)
    assert found.rival_low[0].tolist() == [2, -1]
    assert found.rival_high[0].tolist() == [-1, 2]
    # B is last and cannot fall; C, second, is never third: when B passes it, it has long passed A.
    assert np.isnan(found.low[1:]).all()
    assert np.isnan(found.high[1:]).all()


def test_a_candidate_that_is_best_in_all_never_loses() -> None:
    found = tornado(np.array([[0.9, 0.8, 0.7], [0.5, 0.8, 0.1]]), np.array([0.2, 0.3, 0.5]))
    # With all weight on the second criterion they are level, which costs no rank.
    assert np.isnan(found.low[0]).all()
    assert np.isnan(found.high[0]).all()


def test_a_missing_value_by_hand() -> None:
    # A knows the first criterion only: always 0.6. B: 0.2·w1 + 0.8·w2 > 0.6 as soon as w2 > 2/3.
    found = tornado(np.array([[0.6, np.nan], [0.2, 0.8]]), np.array([0.5, 0.5]))
    assert found.high[0].tolist() == pytest.approx([np.nan, 2 / 3], nan_ok=True)
    assert found.low[0].tolist() == pytest.approx([1 / 3, np.nan], nan_ok=True)


def test_level_candidates_lose_by_any_change() -> None:
    found = tornado(np.array([[1.0, 0.0], [0.0, 1.0]]), np.array([0.5, 0.5]))
    assert found.low[0].tolist() == pytest.approx([0.5, np.nan], nan_ok=True)
    assert found.high[0].tolist() == pytest.approx([np.nan, 0.5], nan_ok=True)


def test_the_only_criterion_has_no_bounds() -> None:
    found = tornado(np.array([[1.0, 0.0], [0.0, 1.0]]), np.array([1.0, 0.0]))
    assert np.isnan(found.low[:, 0]).all()
    assert np.isnan(found.high[:, 0]).all()
    assert found.high[0, 1] == pytest.approx(0.5)


def test_a_weight_of_zero_may_only_rise() -> None:
    found = tornado(np.array([[1.0, 0.0, 0.2], [0.0, 1.0, 0.9]]), np.array([0.6, 0.4, 0.0]))
    # (1 - t)·0.6 + 0.2·t = (1 - t)·0.4 + 0.9·t at t = 0.2 / 0.9.
    assert found.high[0, 2] == pytest.approx(2 / 9)
    assert np.isnan(found.low[0, 2])


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 6), st.integers(2, 5), st.integers(0, 2**30))
def test_ranks_hold_within_the_bounds_and_fall_beyond(candidates, criteria, seed) -> None:
    stream = np.random.default_rng(seed)
    utilities = stream.random((candidates, criteria)).round(2)
    utilities[1:, 0] = np.where(stream.random(candidates - 1) < 0.3, np.nan, utilities[1:, 0])
    weights = stream.dirichlet(np.ones(criteria))
    found = tornado(utilities, weights)
    now = ranks(weighted_sum(utilities, weights), np.ones(candidates, bool))
    for i, j in np.ndindex(utilities.shape):
        low = 0.0 if np.isnan(found.low[i, j]) else found.low[i, j]
        high = 1.0 if np.isnan(found.high[i, j]) else found.high[i, j]
        for t in np.linspace(low + 1e-6, high - 1e-6, 25):
            assert rank_at(utilities, weights, j, t)[i] <= now[i]
        if low > 1e-5:
            assert rank_at(utilities, weights, j, low - 1e-6)[i] > now[i]
        if high < 1 - 1e-5:
            assert rank_at(utilities, weights, j, high + 1e-6)[i] > now[i]
