from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from simulation.plans.sites import spread

LINE = np.array([[0.0, 0.0], [100.0, 0.0], [200.0, 0.0], [300.0, 0.0], [400.0, 0.0]])


def test_the_first_site_is_the_weighted_median_and_the_second_the_far_end() -> None:
    # Costs of one site: at 0 m 300 + 400 = 700 (people: 5, 0, 0, 1, 1), at 100 m 500 + 200 + 300 = 1000: so 0 m.
    # With it, 300 m saves 300 + 300 = 600, 400 m saves 200 + 400 = 600 as well: the lower index is taken.
    assert spread(LINE, np.array([5.0, 0, 0, 1, 1]), 2) == [0, 3]


def test_without_people_area_counts() -> None:
    assert spread(LINE, np.zeros(5), 1) == [2]


def test_cells_without_people_are_not_chosen_while_others_have_some() -> None:
    assert sorted(spread(LINE, np.array([1.0, 0, 0, 0, 1]), 5)) == [0, 4]


def test_a_single_cell() -> None:
    assert spread(LINE[:1], np.zeros(1), 3) == [0]


@given(st.lists(st.integers(0, 9), min_size=1, max_size=9), st.integers(1, 9))
def test_the_order_is_nested_and_without_repeats(people: list[int], count: int) -> None:
    xy_m = np.array([[37.0 * i % 11, 53.0 * i % 7] for i in range(len(people))]) * 100
    weight = np.array(people, float)
    chosen = spread(xy_m, weight, count)
    assert len(set(chosen)) == len(chosen)
    assert spread(xy_m, weight, count - 1) == chosen[: count - 1]
