"""Rounding by hand, and what must hold whatever the figures."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maps.facts.rounding import controlled
from maps.facts.table import nearest


def test_halves_go_away_from_zero_before_the_point_too() -> None:
    assert [nearest(value, 0) for value in (0.5, 1.5, 2.4, -0.5)] == [1, 2, 2, -1]
    assert nearest(13_954_500_000, -6) == 13_955_000_000
    assert nearest(0.0345, 3) == 0.035


def test_the_part_nearest_its_upper_neighbour_goes_up() -> None:
    # 0.5 + 0.4 + 0.4 reads as 1: the largest remainder takes it.
    assert controlled({"a": 4, "b": 5, "c": 4}, 10, [], [["a", "b", "c"]]) == {"a": 0, "b": 10, "c": 0}


def test_parts_add_up_both_ways() -> None:
    # All four end in a half: rounded one by one they would come to 4 of 2.
    cells = {(row, column): 5 for row in "ab" for column in "xy"}
    groups = [[("a", "x"), ("a", "y")], [("b", "x"), ("b", "y")], [("a", "x"), ("b", "x")], [("a", "y"), ("b", "y")]]
    shown = controlled(cells, 10, groups, [list(cells)])
    assert [sum(shown[cell] for cell in group) for group in groups] == [10] * 4


def test_nothing_is_made_of_nothing() -> None:
    assert controlled({}, 10, [], [[], []]) == {}
    assert controlled({"a": 30, "b": 0}, 10, [], [["a", "b"]]) == {"a": 30, "b": 0}


@given(st.lists(st.lists(st.integers(0, 99), min_size=3, max_size=3), min_size=1, max_size=5))
@pytest.mark.slow
def test_every_figure_is_a_neighbour_of_its_own_and_every_sum_of_its_sum(table: list[list[int]]) -> None:
    cells = {(row, column): table[row][column] for row, column in product(range(len(table)), range(3))}
    rows = [[(row, column) for column in range(3)] for row in range(len(table))]
    columns = [[(row, column) for row in range(len(table))] for column in range(3)]
    everything = list(cells)
    shown = controlled(cells, 10, [*rows, *columns], [everything])
    for group in [[cell] for cell in everything] + rows + columns:
        exact, rounded = (sum(of[cell] for cell in group) for of in (cells, shown))
        assert rounded in (exact // 10 * 10, -(-exact // 10) * 10)
    assert sum(shown.values()) == (sum(cells.values()) + 5) // 10 * 10
