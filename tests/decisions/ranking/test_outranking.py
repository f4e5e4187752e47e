"""PROMETHEE II against published tables, against pymcdm, by hand and by its invariants."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymcdm.methods import PROMETHEE_II

from decisions.ranking.aggregate import ranks
from decisions.ranking.outranking import net_flow, promethee
from tests.decisions.ranking.test_aggregate import SITE_WEIGHTS, SITES, everyone, problems


def test_site_selection_to_the_printed_digits() -> None:
    # Papathanasiou and Ploskas 2018, doi 10.1007/978-3-319-91648-4: linear preference from 1 to 2, and the usual one.
    linear = net_flow(SITES, SITE_WEIGHTS, everyone(SITES), 1, 2)
    assert linear.tolist() == pytest.approx([-0.26, -0.52, -0.22, 0.36, 0.70, -0.06])
    usual = net_flow(SITES, SITE_WEIGHTS, everyone(SITES), 0, 0)
    assert usual.tolist() == pytest.approx([-0.28, -0.50, -0.24, 0.32, 0.84, -0.14])


def test_zhao_and_others_2013() -> None:
    matrix = np.array([[4, 3, 2], [3, 2, 4], [5, 1, 3]], float)
    flow = net_flow(matrix, np.array([0.5, 0.3, 0.2]), everyone(matrix), 0, 0)
    assert flow.tolist() == pytest.approx([0.1, -0.3, 0.2])


@given(problems(), st.floats(0, 0.3), st.floats(0.01, 0.5))
@pytest.mark.filterwarnings("ignore:Alternatives with indices")
def test_equals_pymcdm(problem, indifference, width) -> None:
    utilities, weights = problem
    count, strict = weights.size, indifference + width
    peer = PROMETHEE_II("vshape_2", p=[strict] * count, q=[indifference] * count)(utilities, weights, np.ones(count))
    flow = net_flow(utilities, weights, everyone(utilities), indifference, strict)
    np.testing.assert_allclose(flow, peer, atol=1e-9)
    peer = PROMETHEE_II("usual")(utilities, weights, np.ones(count))
    np.testing.assert_allclose(net_flow(utilities, weights, everyone(utilities), 0, 0), peer, atol=1e-12)


@given(problems(), st.integers(0, 2**30))
def test_flows_sum_to_zero_with_values_missing(problem, seed) -> None:
    utilities, weights = problem
    utilities = np.where(np.random.default_rng(seed).random(utilities.shape) < 0.3, np.nan, utilities)
    assert net_flow(utilities, weights, everyone(utilities), 0.05, 0.25).sum() == pytest.approx(0, abs=1e-12)


@given(problems())
def test_a_dominated_candidate_is_never_above_its_dominator(problem) -> None:
    utilities, weights = problem
    utilities[1] = np.minimum(utilities[0], utilities[1])
    for strict in (0.0, 0.25):
        flow = net_flow(utilities, weights, everyone(utilities), strict / 5, strict)
        place = ranks(flow, everyone(utilities))
        assert place[0] <= place[1]


def test_missing_excluded_alone_and_unknown() -> None:
    utilities = np.array([[1.0, np.nan], [0.0, 0.2], [0.5, 0.9]])
    weights = np.array([0.5, 0.5])
    # Half the weight is silent wherever the first takes part: (0.5 + 0.5) / 2. The second loses to both, 0.5 and 1.
    assert net_flow(utilities, weights, everyone(utilities), 0, 0).tolist() == pytest.approx([0.5, -0.75, 0.25])
    # An excluded candidate is judged against the others and moves none of them.
    reference = np.array([False, True, True])
    assert net_flow(utilities, weights, reference, 0, 0).tolist() == pytest.approx([0.5, -1, 1])
    assert promethee(utilities[:1], weights, np.array([True])).tolist() == [0.5]
    assert np.isnan(promethee(np.array([[np.nan, np.nan]]), weights, np.array([True]))).all()
