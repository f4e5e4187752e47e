"""When users count, and whom they count for: figures worked out by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from decisions.rollout.goal import Goal
from geojeom.messages import Remark
from tests.tables import table

# Zone A had a fifth fewer people than in its best year, and half of its buildings are old: 2 of 3 conditions. Zone B
# has neither, of zone C nothing is known.
CELLS = table(
    "cells",
    cell_id=["a", "b", "c", "d"],
    zone_id=["A", "B", "C", "A"],
    population=[100, 300, 50, 0],
    elderly=[20, 30, None, 0],
    youth=[40, 40, 40, 0],
    buildings=[10, 10, None, 0],
    old_buildings=[5, 1, None, 0],
    undated_buildings=[0, 0, None, 0],
)
HISTORY = table(
    "history",
    zone_id=["A", "A", *["B"] * 31],
    column="population",
    year=[2000, 2025, *range(1995, 2026)],
    value=[125, 100, *[300] * 31],
)


def test_users_at_the_end_count_in_the_last_month_alone() -> None:
    assert Goal().timing(3).tolist() == [0, 0, 0, 1]


def test_a_year_of_use_is_twelve_months_of_a_user() -> None:
    assert Goal(user_years=True).timing(24) @ np.append(0, np.ones(24)) == pytest.approx(2)


def test_a_year_later_counts_less_by_the_rate() -> None:
    timing = Goal(user_years=True, discount=0.045).timing(24)
    assert timing[0] == 0
    assert timing[12] == pytest.approx(1 / 1.045 / 12)
    assert timing[24] == pytest.approx(1 / 1.092025 / 12)


def test_a_user_counts_by_the_share_of_the_old_in_the_cell() -> None:
    goal = Goal(weights={"elderly": 3})
    # 20 of 100 count three times: 1.4 each on average. What is unknown, and nobody, count once.
    assert goal.of_cells(CELLS, HISTORY, "population") == pytest.approx([1.4, 1.2, 1, 1])
    assert goal.of_cells(CELLS, HISTORY, "elderly") == pytest.approx([3, 3, 1, 1])
    assert goal.of_cells(CELLS, HISTORY, "youth") == pytest.approx([1, 1, 1, 1])


def test_a_user_in_a_zone_in_decline_counts_more() -> None:
    assert Goal(weights={"declining": 2}).of_cells(CELLS, HISTORY, "jobs") == pytest.approx([2, 1, 1, 2])
    both = Goal(weights={"declining": 2, "elderly": 3})
    assert both.of_cells(CELLS, HISTORY, "population") == pytest.approx([2.8, 1.2, 1, 2])


def test_weights_that_the_region_cannot_tell_are_refused() -> None:
    nobody = CELLS.assign(elderly=pd.array([pd.NA] * 4, dtype="Int64"))
    faults = Goal(weights={"elderly": 2, "declining": 2}).faults(nobody, HISTORY[HISTORY["zone_id"] == "B"])
    assert [fault.expected.split(" ")[0] for fault in faults] == ["the", "zones"]
    assert Goal(weights={"elderly": 2, "declining": 2}).faults(CELLS, HISTORY) == []


def test_a_goal_in_words() -> None:
    goal = Goal(user_years=True, discount=0.045, weights={"elderly": 2.0})
    said = Remark("rollout.value", goal=goal.remark, before=1, after=2)
    assert "첫 달까지 연 4.5% 할인" in said.ko
    assert "65세 이상 인구 2배: 1 → 2" in said.ko
    assert "4.5% a year" in said.en
    assert "people 65 and over 2 times: 1 → 2" in said.en
    assert goal.unit.en == "weighted user-years"
