"""Aggregation against published tables, against pymcdm, by hand, and by its invariants."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from pymcdm.methods import TOPSIS
from pymcdm.normalizations import vector_normalization

from decisions.ranking import aggregate

# Papathanasiou and Ploskas 2018, site selection; all criteria are benefits. doi 10.1007/978-3-319-91648-4
SITES = np.array([[8, 7, 2, 1], [5, 3, 7, 5], [7, 5, 6, 4], [9, 9, 7, 3], [11, 10, 3, 7], [6, 9, 5, 4]], float)
SITE_WEIGHTS = np.array([0.4, 0.3, 0.1, 0.2])


def everyone(matrix) -> np.ndarray:
    return np.ones(len(matrix), bool)


def test_topsis_site_selection_to_the_printed_digits() -> None:
    found = aggregate.topsis(SITES, SITE_WEIGHTS, everyone(SITES))
    assert found.round(4).tolist() == [0.3872, 0.3272, 0.3907, 0.6147, 0.8685, 0.4928]


def test_topsis_cars_with_a_cost_column() -> None:
    # Lecture example with price as the last column; a cost is passed with its sign turned.
    cars = np.array([[7, 9, 9, -8], [8, 7, 8, -7], [9, 6, 8, -9], [6, 7, 8, -6]], float)
    found = aggregate.topsis(cars, np.array([0.1, 0.4, 0.3, 0.2]), everyone(cars))
    assert found.round(4).tolist() == [0.7427, 0.4036, 0.1759, 0.4414]


def test_topsis_tzeng_and_huang_2011() -> None:
    matrix = np.array([[5, 8, 4], [7, 6, 8], [8, 8, 6], [7, 4, 6]], float)
    found = aggregate.topsis(matrix, np.array([0.3, 0.4, 0.3]), everyone(matrix))
    assert found.round(4).tolist() == [0.5037, 0.6581, 0.7482, 0.3340]
    assert aggregate.ranks(found, everyone(matrix)).tolist() == [3, 2, 1, 4]


@st.composite
def problems(draw):
    shape = (draw(st.integers(2, 6)), draw(st.integers(1, 5)))
    utilities = draw(arrays(float, shape, elements=st.floats(0, 1).map(lambda x: round(x, 3))))
    weights = draw(arrays(float, shape[1], elements=st.floats(0.01, 1)))
    return utilities, weights / weights.sum()


@given(problems())
@pytest.mark.filterwarnings("ignore:Alternatives with indices")
def test_topsis_equals_pymcdm_where_pymcdm_is_defined(problem) -> None:
    utilities, weights = problem
    # pymcdm divides by zero for a column of zeros and where all candidates are alike.
    if (utilities == 0).all(axis=0).any() or (np.ptp(utilities, axis=0) == 0).all():
        return
    peer = TOPSIS(vector_normalization)(utilities, weights, np.ones(weights.size))
    np.testing.assert_allclose(aggregate.topsis(utilities, weights, everyone(utilities)), peer, atol=1e-9)


@given(problems(), st.lists(st.floats(1e-6, 1e6), min_size=5, max_size=5))
def test_topsis_does_not_change_when_a_column_changes_its_unit(problem, factors) -> None:
    utilities, weights = problem
    scaled = utilities * np.array(factors)[: weights.size]
    np.testing.assert_allclose(
        aggregate.topsis(scaled, weights, everyone(utilities)),
        aggregate.topsis(utilities, weights, everyone(utilities)),
        atol=1e-7,
    )


@given(problems(), st.randoms())
def test_the_order_of_candidates_does_not_matter(problem, random) -> None:
    utilities, weights = problem
    order = list(range(len(utilities)))
    random.shuffle(order)
    for method in (aggregate.weighted_sum, partial(aggregate.topsis, reference=everyone(utilities))):
        np.testing.assert_allclose(method(utilities[order], weights), method(utilities, weights)[order], atol=1e-12)


@given(problems())
def test_a_dominated_candidate_is_never_above_its_dominator(problem) -> None:
    utilities, weights = problem
    utilities[1] = np.minimum(utilities[0], utilities[1])
    place = aggregate.ranks(aggregate.weighted_sum(utilities, weights), everyone(utilities))
    assert place[0] <= place[1]


def test_missing_weights_are_raised_in_proportion() -> None:
    utilities = np.array([[0.5, np.nan, 1.0], [0.2, 0.4, 0.6], [np.nan, np.nan, np.nan]])
    weights = np.array([0.2, 0.5, 0.3])
    # Row 0: (0.2·0.5 + 0.3·1) / 0.5 = 0.8; at worst 0.4, at best 0.4 + 0.5. Row 1: 0.04 + 0.2 + 0.18.
    found = aggregate.weighted_sum(utilities, weights)
    assert found[:2].tolist() == pytest.approx([0.8, 0.42])
    assert np.isnan(found[2])
    low, high = aggregate.interval(utilities, weights, aggregate.weighted_sum, found)
    assert low.tolist() == pytest.approx([0.4, 0.42, 0.0])
    assert high.tolist() == pytest.approx([0.9, 0.42, 1.0])
    assert aggregate.raised(utilities, weights)[0].tolist() == pytest.approx([0.4, 0.0, 0.6])


def test_topsis_leaves_out_what_a_candidate_lacks() -> None:
    # The first column has norm 5; the second is known for one candidate only, so it tells nobody apart.
    utilities = np.array([[3.0, np.nan], [4.0, 1.0], [0.0, np.nan]])
    weights = np.array([0.5, 0.5])
    # v = 0.3, 0.4, 0: the first is 0.3 from the worst and 0.1 from the best.
    assert aggregate.topsis(utilities, weights, everyone(utilities)).tolist() == pytest.approx([0.75, 1, 0])


@given(problems(), st.integers(0, 2**30))
def test_the_interval_holds_the_score_and_every_completion(problem, seed) -> None:
    utilities, weights = problem
    lost = np.random.default_rng(seed).random(utilities.shape) < 0.4
    holed = np.where(lost, np.nan, utilities)
    found = aggregate.weighted_sum(holed, weights)
    low, high = aggregate.interval(holed, weights, aggregate.weighted_sum, found)
    whole = aggregate.weighted_sum(utilities, weights)
    assert (low <= whole + 1e-12).all()
    assert (whole <= high + 1e-12).all()
    assert ((low <= found + 1e-12) & (found <= high + 1e-12))[~np.isnan(found)].all()
    near = partial(aggregate.topsis, reference=everyone(utilities))
    closeness = near(holed, weights)
    low, high = aggregate.interval(holed, weights, near, closeness)
    held = ~np.isnan(closeness)
    assert ((low >= 0) & (low <= closeness) & (closeness <= high) & (high <= 1))[held].all()


@pytest.mark.parametrize(
    "utilities",
    [np.full((3, 2), 0.5), np.zeros((3, 2)), np.array([[0.3, 0.9]]), np.array([[0.0], [0.0]])],
)
def test_nothing_to_tell_apart_is_finite(utilities) -> None:
    weights = np.full(utilities.shape[1], 1 / utilities.shape[1])
    assert aggregate.topsis(utilities, weights, everyone(utilities)).tolist() == [0.5] * len(utilities)
    assert aggregate.ranks(aggregate.weighted_sum(utilities, weights), everyone(utilities)).tolist() == [1] * len(
        utilities
    )


def test_excluded_candidates_move_nobody() -> None:
    eligible = np.array([True, True, True, False])
    with_extreme = np.vstack([SITES[:3], [1000.0, 0.0, 1000.0, 0.0]])
    found = aggregate.topsis(with_extreme, SITE_WEIGHTS, eligible)
    alone = aggregate.topsis(SITES[:3], SITE_WEIGHTS, everyone(SITES[:3]))
    np.testing.assert_allclose(found[:3], alone)
    assert 0 <= found[3] <= 1


def test_ties_share_the_better_rank_and_the_excluded_have_none() -> None:
    score = np.array([0.5, 0.7, 0.5 + 1e-13, 0.9, np.nan, 0.1])
    eligible = np.array([True, True, True, False, True, True])
    assert aggregate.ranks(score, eligible).tolist() == [2, 1, 2, 0, 0, 4]
