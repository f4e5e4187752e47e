"""The four ways a profile may weigh."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from pydantic import ValidationError
from pymcdm.weights import entropy_weights

from decisions.ranking.weights import entropy, weights_of
from spatial.config.catalogue import Profile
from tests.decisions.ranking.test_score import BOTH, CRITERIA


def profile(**way: object) -> Profile:
    return Profile.model_validate({"id": "p", "label": BOTH, "provenance": BOTH} | way)


UTILITIES = np.array([[1.0, 0.5, 0.2], [0.0, 0.5, 0.2]])


def test_each_way() -> None:
    # people, price, unweighed
    assert weights_of(profile(weights={"price": 3, "people": 1}), CRITERIA, UTILITIES).tolist() == [0.25, 0.75, 0]
    assert weights_of(profile(rule="equal"), CRITERIA, UTILITIES).tolist() == pytest.approx([1 / 3] * 3)
    assert weights_of(profile(rule="entropy"), CRITERIA, UTILITIES).tolist() == pytest.approx([1, 0, 0])
    pairwise = {"criteria": ["price", "people"], "values": [[1, 4], ["1/4", 1]]}
    assert weights_of(profile(pairwise=pairwise), CRITERIA, UTILITIES).tolist() == pytest.approx([0.2, 0.8, 0])


@pytest.mark.parametrize("ways", [{}, {"rule": "equal", "weights": {"people": 1}}])
def test_exactly_one_way(ways) -> None:
    with pytest.raises(ValidationError, match="exactly one of weights, pairwise and rule"):
        profile(**ways)


def test_entropy_by_hand() -> None:
    # Shares 3/4 and 1/4: E = 2 - 3/4·log2(3) = 0.811278 of one bit. Shares 1 and 0: E = 0. Equal shares: E = 1.
    found = entropy(np.array([[0.75, 1.0, 0.4], [0.25, 0.0, 0.4]]))
    assert found.tolist() == pytest.approx([0.188722 / 1.188722, 1 / 1.188722, 0], abs=1e-6)


def test_a_zero_is_counted_where_pymcdm_refuses_it() -> None:
    matrix = np.array([[0.9, 0.0], [0.5, 0.9], [0.1, 0.9]])
    with pytest.raises(ValueError, match="positive"):
        entropy_weights(matrix)
    # Shares 0.6, 1/3, 1/15: E = 0.77660. Shares 0, 1/2, 1/2: E = ln 2 / ln 3 = 0.63093.
    assert entropy(matrix).tolist() == pytest.approx(np.array([0.22340, 0.36907]) / 0.59247, abs=1e-4)


@given(arrays(float, (4, 3), elements=st.integers(1, 100).map(lambda x: x / 100)))
def test_entropy_equals_pymcdm_without_zeros(matrix) -> None:
    if (np.ptp(matrix, axis=0) == 0).all():
        return
    np.testing.assert_allclose(entropy(matrix), entropy_weights(matrix), atol=1e-9)


def test_entropy_of_what_tells_nothing() -> None:
    holed = np.array([[0.9, np.nan, 0.0, 0.9], [0.1, 0.7, 0.0, 0.1], [np.nan, np.nan, 0.0, 0.5]])
    found = entropy(holed)
    # One known value, or only zeros, weigh nothing. A column of two known values is judged by those two.
    assert found[1:3].tolist() == [0, 0]
    two, three = (
        1 - -(p * np.log(p)).sum() / np.log(p.size) for p in (np.array([0.9, 0.1]), np.array([0.6, 1 / 15, 1 / 3]))
    )
    assert found[[0, 3]].tolist() == pytest.approx([two / (two + three), three / (two + three)])
    assert entropy(np.full((3, 2), 0.4)).tolist() == [0.5, 0.5]
    assert entropy(np.array([[0.4, 0.9]])).tolist() == [0.5, 0.5]
