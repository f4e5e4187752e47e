import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.spread.mixing import contagious, gravity, radiation


def test_contagious_by_hand() -> None:
    """Cell 0 reaches 1 and 2 in 0 s and ln 2 · 100 s: 30 · 1 and 60 · 1/2, equal; cell 1 reaches only 0; 2 nobody."""
    indptr, indices = np.array([0, 2, 3, 3]), np.array([1, 2, 0], np.int32)
    travel_s = np.array([0.0, 100 * np.log(2), 50.0], np.float32)
    found = contagious(indptr, indices, travel_s, np.array([10, 30, 60]), 100.0, 64)
    assert found.indptr.tolist() == [0, 2, 3, 4]
    assert found.indices.tolist() == [1, 2, 0, 2]
    np.testing.assert_allclose(found.weight, [0.5, 0.5, 1, 1], rtol=1e-6)


def test_the_strongest_are_kept_and_of_equals_the_lower_index() -> None:
    indptr, indices = np.array([0, 4, 4, 4, 4, 4]), np.array([1, 2, 3, 4], np.int32)
    people = np.array([1, 5, 20, 5, 20])
    found = contagious(indptr, indices, np.zeros(4, np.float32), people, 60.0, 3)
    assert found.indices[:3].tolist() == [1, 2, 4]
    np.testing.assert_allclose(found.weight[:3], [5 / 45, 20 / 45, 20 / 45], rtol=1e-6)


def test_own_cell_and_empty_cells_are_left_out() -> None:
    found = contagious(
        np.array([0, 3, 3, 3]), np.array([0, 1, 2], np.int32), np.zeros(3, np.float32), np.array([9, 0, 4]), 60.0, 64
    )
    assert found.indices.tolist() == [2, 1, 2]
    assert found.indptr.tolist() == [0, 1, 2, 3]


# Four zones on a line at 0, 1, 2 and 4 km with 100, 200, 300 and 400 people.
PLACE = np.array([0.0, 1.0, 2.0, 4.0])
DISTANCE = abs(PLACE[:, None] - PLACE)
PEOPLE = np.array([100.0, 200.0, 300.0, 400.0])


def test_radiation_by_hand() -> None:
    """From zone 0: s = 0, 200, 500; from zone 1, zones 0 and 2 are as far: each counts as within reach of the other."""
    weight = radiation(PEOPLE, DISTANCE)
    from_0 = np.array([200 / (100 * 300), 300 / (300 * 600), 400 / (600 * 1000)])
    np.testing.assert_allclose(weight[0], [0, *(from_0 / from_0.sum())], rtol=1e-6)
    from_1 = np.array([100 / (500 * 600), 300 / (300 * 600), 400 / (600 * 1000)])
    np.testing.assert_allclose(weight[1], np.insert(from_1 / from_1.sum(), 1, 0), rtol=1e-6)
    # From zone 3 at 4 km: zone 2 (s = 0), zone 1 (s = 300), zone 0 (s = 500).
    from_3 = np.array([100 / (900 * 1000), 200 / (700 * 900), 300 / (400 * 700)])
    np.testing.assert_allclose(weight[3], [*(from_3 / from_3.sum()), 0], rtol=1e-6)


def test_radiation_before_scaling_loses_only_the_finite_system_s_share() -> None:
    """Σ_b p_ab = 1 - m_a / M without ties (Simini et al. 2012); zone 0 and 3 of the line have none."""
    total = PEOPLE.sum()
    raw = 100 * np.array([200 / (100 * 300), 300 / (300 * 600), 400 / (600 * 1000)])
    assert raw.sum() == pytest.approx(1 - 100 / total)


def test_radiation_from_a_zone_without_people_goes_to_the_nearest_with_some() -> None:
    weight = radiation(np.array([0.0, 0.0, 30.0, 50.0]), DISTANCE)
    assert weight[0].tolist() == [0, 0, 1, 0]


def test_gravity_by_hand() -> None:
    weight = gravity(np.array([1.0, 2.0, 3.0, 4.0]), DISTANCE * np.log(2), 1.0)
    np.testing.assert_allclose(weight[0], np.array([0, 2 / 2, 3 / 4, 4 / 16]) / 2, rtol=1e-6)
    np.testing.assert_allclose(weight[2], np.array([1 / 4, 2 / 2, 0, 4 / 4]) / 2.25, rtol=1e-6)


def test_out_of_reach_and_alone() -> None:
    far = np.full((2, 2), np.inf)
    assert gravity(np.array([1, 1]), far, 60.0).tolist() == [[1, 0], [0, 1]]
    assert radiation(np.array([1, 1]), far).tolist() == [[1, 0], [0, 1]]
    assert gravity(np.array([5]), np.zeros((1, 1)), 60.0).tolist() == [[1]]


@settings(deadline=None)  # the first call compiles
@given(st.lists(st.tuples(st.integers(0, 1000), st.floats(0, 9), st.floats(0, 9)), min_size=1, max_size=7))
def test_rows_sum_to_one(zones: list[tuple[int, float, float]]) -> None:
    people = np.array([zone[0] for zone in zones])
    at = np.array([complex(x, y) for _, x, y in zones])
    distance = abs(at[:, None] - at)
    for weight in (gravity(people, distance, 2.0), radiation(people, distance)):
        np.testing.assert_allclose(weight.sum(axis=1), 1, atol=1e-6)
        assert (weight >= 0).all()
