"""VIKOR against a published table, against pymcdm, and where pymcdm gives no answer."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from pymcdm.methods import VIKOR

from decisions.ranking.compromise import regrets, vikor
from tests.decisions.ranking.test_aggregate import SITE_WEIGHTS, SITES, everyone


def test_site_selection_to_the_printed_digits() -> None:
    # Papathanasiou and Ploskas 2018, doi 10.1007/978-3-319-91648-4: Q with v = 0.625; S, R and v = 0.5 recomputed.
    group, worst = regrets(SITES, SITE_WEIGHTS, everyone(SITES))
    assert group.round(4).tolist() == [0.6286, 0.7667, 0.6010, 0.3095, 0.0800, 0.5162]
    assert worst.round(4).tolist() == [0.2, 0.4, 0.2667, 0.1333, 0.08, 0.3333]
    q = 1 - vikor(SITES, SITE_WEIGHTS, everyone(SITES), compromise=0.625)
    assert q.round(3).tolist() == pytest.approx([0.640, 1.0, 0.693, 0.271, 0.0, 0.694])
    q = 1 - vikor(SITES, SITE_WEIGHTS, everyone(SITES))
    assert q.round(4).tolist() == pytest.approx([0.5869, 1.0, 0.6710, 0.2505, 0.0, 0.7134])


def test_a_cost_is_passed_with_its_sign_turned() -> None:
    cost = SITES * np.array([1, 1, 1, -1])
    peer = VIKOR()(SITES, SITE_WEIGHTS, np.array([1, 1, 1, -1]))
    np.testing.assert_allclose(1 - vikor(cost, SITE_WEIGHTS, everyone(SITES)), peer, atol=1e-12)


@given(arrays(float, (5, 4), elements=st.integers(0, 50).map(float)), arrays(float, 4, elements=st.floats(0.05, 1)))
@pytest.mark.filterwarnings("ignore:Alternatives with indices")
def test_equals_pymcdm_where_pymcdm_is_defined(matrix, weights) -> None:
    weights = weights / weights.sum()
    if (np.ptp(matrix, axis=0) == 0).any():
        return  # pymcdm refuses
    group, worst = regrets(matrix, weights, everyone(matrix))
    if np.ptp(group) < 1e-9 or np.ptp(worst) < 1e-9:
        return  # pymcdm divides by zero, or by the rounding of one
    np.testing.assert_allclose(
        vikor(matrix, weights, everyone(matrix)), 1 - VIKOR()(matrix, weights, np.ones(4)), atol=1e-9
    )


def test_a_column_in_which_all_agree_changes_nothing() -> None:
    with_constant = np.column_stack([SITES, np.full(len(SITES), 7.0)])
    weights = np.append(SITE_WEIGHTS * 0.8, 0.2)
    with pytest.raises(ValueError, match="equal values"):
        VIKOR()(with_constant, weights, np.ones(5))
    np.testing.assert_allclose(
        vikor(with_constant, weights, everyone(SITES)), vikor(SITES, SITE_WEIGHTS, everyone(SITES))
    )


@pytest.mark.parametrize("utilities", [np.full((3, 2), 0.5), np.array([[0.3, 0.9]]), np.zeros((2, 2))])
def test_nothing_to_tell_apart_is_a_half(utilities) -> None:
    assert vikor(utilities, np.array([0.5, 0.5]), everyone(utilities)).tolist() == [0.5] * len(utilities)


def test_where_all_regret_the_same_the_sum_decides() -> None:
    # Each loses all of one criterion of weight 0.4; the first loses the third criterion as well.
    utilities = np.array([[0.0, 1.0, 0.0], [0.0, 1.0, 1.0], [1.0, 0.0, 1.0]])
    weights = np.array([0.4, 0.4, 0.2])
    group, worst = regrets(utilities, weights, everyone(utilities))
    assert (group.tolist(), worst.tolist()) == (pytest.approx([0.6, 0.4, 0.4]), pytest.approx([0.4] * 3))
    assert vikor(utilities, weights, everyone(utilities)).tolist() == pytest.approx([0, 1, 1])


def test_missing_and_excluded() -> None:
    utilities = np.array([[1.0, np.nan], [0.0, 1.0], [0.5, 0.0], [2.0, -1.0], [np.nan, np.nan]])
    reference = np.array([True, True, True, False, False])
    group, worst = regrets(utilities, np.array([0.5, 0.5]), reference)
    # The first knows one criterion, which then weighs 1; the excluded is held to the range of the others.
    assert group[:4].tolist() == pytest.approx([0, 0.5, 0.75, 0.5])
    assert worst[:4].tolist() == pytest.approx([0, 0.5, 0.5, 0.5])
    # Q: 0.5·S/0.75 + 0.5·R/0.5.
    found = vikor(utilities, np.array([0.5, 0.5]), reference)
    assert found[:4].tolist() == pytest.approx([1, 1 - 1 / 3 - 0.5, 0, 1 - 1 / 3 - 0.5])
    assert np.isnan(found[4])
