"""Value functions by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisions.ranking.value import utility
from spatial.config.catalogue import Criterion

EVERYONE = np.ones(5, bool)
FIVE = np.array([0.0, 5.0, 10.0, 20.0, np.nan])


def criterion(direction: str = "higher", **value) -> Criterion:
    both = {"ko": "가", "en": "a"}
    return Criterion.model_validate(
        {"id": "a", "pillar": "space", "label": both, "unit": "m", "direction": direction, "measure": "m"}
        | {"value": value, "source": "by hand", "evidence": "own_choice", "missing": both}
    )


@pytest.mark.parametrize(
    ("direction", "value", "expected"),
    [
        ("higher", {}, [0, 0.25, 0.5, 1]),
        ("lower", {}, [1, 0.75, 0.5, 0]),
        ("higher", {"low": 5, "high": 10}, [0, 0, 1, 1]),
        ("lower", {"low": 10}, [1, 1, 1, 0]),
        # u = 0, 1/4, 1/2, 1 -> 3u² - 2u³ = 0, 3/16 - 2/64, 1/2, 1
        ("higher", {"shape": "s_curve"}, [0, 0.15625, 0.5, 1]),
        ("lower", {"shape": "s_curve"}, [1, 0.84375, 0.5, 0]),
        ("ideal", {"shape": "ideal", "low": 0, "best": 10, "high": 30}, [0, 0.5, 1, 0.5]),
        ("higher", {"shape": "step", "steps": [(5, 0.4), (20, 0.9)]}, [0, 0.4, 0.4, 0.9]),
        ("lower", {"shape": "step", "steps": [(0, 1.0), (10, 0.2)]}, [1, 1, 0.2, 0.2]),
    ],
)
def test_shapes(direction, value, expected) -> None:
    found = utility(FIVE, criterion(direction, **value), EVERYONE)
    assert found[:4].tolist() == pytest.approx(expected)
    assert np.isnan(found[4])


def test_the_range_is_that_of_the_reference_and_others_are_held_to_it() -> None:
    found = utility(FIVE, criterion(), np.array([False, True, True, False, True]))
    assert found[:4].tolist() == [0, 0, 1, 1]


@pytest.mark.parametrize(
    "values", [[3.0, 3.0, 3.0], [0.1 + 0.2, 0.3, 0.3], [7.0, np.nan, np.nan], [0.0, 0.0, 0.0], [-2.0, -2.0, np.nan]]
)
def test_a_constant_column_tells_nothing(values) -> None:
    for direction in ("higher", "lower"):
        found = utility(np.array(values), criterion(direction), np.ones(3, bool))
        assert found[~np.isnan(values)].tolist() == pytest.approx([0.5] * int((~np.isnan(values)).sum()))


def test_near_equal_values_get_near_equal_utilities() -> None:
    # 98 and 100 lie 2 apart, less than a tenth of 100: the range is 99 - 5 to 99 + 5.
    assert utility(np.array([98.0, 100.0]), criterion(), np.ones(2, bool)).tolist() == pytest.approx([0.4, 0.6])
    assert utility(np.array([90.0, 100.0]), criterion(), np.ones(2, bool)).tolist() == [0, 1]


def test_a_constant_column_against_a_fixed_end_is_judged_by_that_end() -> None:
    assert utility(np.array([3.0, 3.0]), criterion(low=3.0), np.ones(2, bool)).tolist() == [0, 0]
    assert utility(np.array([3.0, 3.0]), criterion(high=3.0), np.ones(2, bool)).tolist() == [1, 1]
    assert utility(np.array([3.0, 3.0]), criterion(low=5.0), np.ones(2, bool)).tolist() == [0, 0]


def test_nothing_known() -> None:
    assert np.isnan(utility(np.full(3, np.nan), criterion(), np.ones(3, bool))).all()


@given(
    st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=8),
    st.sampled_from(["higher", "lower"]),
    st.sampled_from(["linear", "s_curve"]),
)
def test_utility_is_finite_and_follows_the_direction(values, direction, shape) -> None:
    array = np.array(values)
    found = utility(array, criterion(direction, shape=shape), np.ones(array.size, bool))
    assert ((found >= 0) & (found <= 1)).all()
    step = np.diff(found[np.argsort(array, kind="stable")])
    assert (step >= 0).all() if direction == "higher" else (step <= 0).all()
