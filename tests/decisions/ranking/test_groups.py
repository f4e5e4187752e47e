from __future__ import annotations

import numpy as np

from decisions.ranking.groups import level_with_first


def of(rank: list[int], low: list[float], high: list[float], known: list[float]) -> list[bool]:
    return level_with_first(np.array(rank), np.array(low), np.array(high), np.array(known)).tolist()


def test_overlapping_intervals_on_less_than_half_of_the_weight_are_one_group() -> None:
    # 0.43 of the weight known of each: the intervals of the first three reach the leader's 0.30; the fourth's 0.25 not.
    found = of([1, 2, 3, 4], [0.30, 0.28, 0.2, 0.1], [0.87, 0.85, 0.31, 0.25], [0.43] * 4)
    assert found == [True, True, True, False]


def test_an_order_on_half_of_the_weight_or_more_is_kept() -> None:
    assert of([1, 2], [0.3, 0.25], [0.8, 0.75], [0.5, 0.5]) == [False, False]


def test_a_lead_that_no_missing_value_turns_is_a_lead() -> None:
    assert of([1, 2], [0.5, 0.1], [0.9, 0.4], [0.4, 0.3]) == [False, False]


def test_one_of_whom_little_is_known_takes_the_bare_first_rank_from_a_well_known_leader() -> None:
    # The third could be ahead of the leader, so that all three are open; the fourth is sure to be behind.
    found = of([1, 2, 3, 4], [0.6, 0.55, 0.2, 0.1], [0.62, 0.57, 0.9, 0.1], [0.98, 0.98, 0.3, 1.0])
    assert found == [True, True, True, False]


def test_what_is_open_further_down_leaves_the_first_rank_alone() -> None:
    assert of([2, 1, 0, 3], [0.2, 0.8, 0.0, 0.1], [0.5, 0.9, 1.0, 0.6], [0.4, 0.9, 0.1, 0.4]) == [False] * 4


def test_equal_first_ranks_and_nobody_ranked() -> None:
    assert of([1, 1, 3], [0.1, 0.2, 0.0], [0.7, 0.8, 0.6], [0.4] * 3) == [True] * 3
    assert of([0, 0], [0.0, 0.0], [1.0, 1.0], [0.0, 0.0]) == [False, False]
