"""What is asked for on the command line, and every fault of it by its option."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from decisions.rollout import chance, wishes
from decisions.rollout.goal import Goal
from geojeom.errors import Fault
from geojeom.messages import Remark
from simulation.workbook.values import NoValueError


def found(faults: list[Fault]) -> list[tuple[str, str]]:
    return [(fault.file, fault.found) for fault in faults]


def test_a_goal_as_it_is_asked_for() -> None:
    weights = ["elderly=2", "declining = 1.5"]
    assert wishes.goal("user-years", 0.045, weights) == (Goal(True, 0.045, {"elderly": 2.0, "declining": 1.5}), [])
    assert wishes.goal("users", 0.0, []) == (Goal(), [])


@pytest.mark.parametrize(
    ("what", "discount", "weights", "expected"),
    [
        ("visits", 0.0, [], [("--goal", "'visits'")]),
        ("users", 0.045, [], [("--discount", "0.045")]),
        ("user-years", 4.5, [], [("--discount", "4.5")]),
        ("user-years", -0.1, [], [("--discount", "-0.1")]),
        ("user-years", float("nan"), [], [("--discount", "nan")]),
        ("users", 0.0, ["old=2", "elderly=-1"], [("--weight", "'old'"), ("--weight", "'elderly=-1'")]),
        ("users", 0.0, ["elderly=nan", "declining"], [("--weight", "'elderly=nan'"), ("--weight", "'declining'")]),
        ("users", 0.0, ["elderly=2", "elderly=3"], [("--weight", "elderly again")]),
    ],
)
def test_a_goal_that_is_none(what: str, discount: float, weights: list[str], expected: list[tuple[str, str]]) -> None:
    assert found(wishes.goal(what, discount, weights)[1]) == expected


def test_money_of_years() -> None:
    assert wishes.budget(["2030=5,000,000", " 2031 = 0"]) == ({2030: 5_000_000, 2031: 0}, [])
    assert wishes.budget([]) == (None, [])
    assert found(wishes.budget(["2030", "x=5", "2031=-1", "2032=1", "2032=2"])[1]) == [
        ("--budget", "'2030'"),
        ("--budget", "'2031=-1'"),
        ("--budget", "2032 again"),
        ("--budget", "'x'"),
    ]


def test_zones_by_code_or_name() -> None:
    codes = {"A": "A", "매화동": "A", "산수동": "B"}

    def code_of(text: str) -> str:
        if text not in codes:
            raise NoValueError(Remark("workbook.no_zone", found=text))
        return codes[text]

    assert wishes.zones("매화동, 산수동", code_of) == ({"A", "B"}, [])
    assert wishes.zones(None, code_of) == (None, [])
    assert found(wishes.zones("매화동,바다동,", code_of)[1]) == [("--zones", "'바다동'"), ("--zones", "''")]


def test_a_name_of_two_zones_is_said_with_their_codes() -> None:
    def code_of(text: str) -> str:
        raise NoValueError(Remark("workbook.several", found=text, ids=["A", "B"]))

    assert found(wishes.zones("중앙동", code_of)[1]) == [("--zones", "'중앙동', the name of A, B")]


def test_a_plan_is_judged_by_its_mean_or_its_worst_fifth() -> None:
    values = np.array([9.0, 1.0, 5.0, 5.0, 5.0, 7.0, 3.0])
    assert chance.judged(values, "mean") == 5
    # A fifth of seven worlds is two of them.
    assert chance.judged(values, "worst-fifth") == 2


def test_what_zones_must_get() -> None:
    assert wishes.at_least(["1", "매화동=3", "declining = 2"]) == ({"each": 1, "매화동": 3, "declining": 2}, [])
    assert found(wishes.at_least(["0", "A=-1", "A=x", "=2", "B=1", "B=2"])[1]) == [
        ("--at-least", "'0'"),
        ("--at-least", "'A=-1'"),
        ("--at-least", "'A=x'"),
        ("--at-least", "'=2'"),
        ("--at-least", "B again"),
    ]


def test_what_zones_must_get_by_code() -> None:
    decline = pd.Series([1.0, 0.0, np.nan, 1.0], ["A", "B", "C", "D"])
    codes = {"매화동": "A", "D": "D"}

    def code_of(text: str) -> str:
        if text not in codes:
            raise NoValueError(Remark("workbook.no_zone", found=text))
        return codes[text]

    asked, faults = wishes.minima({"each": 1, "매화동": 3, "declining": 2}, code_of, decline)
    assert asked == {None: 1, "A": 3, "D": 2}
    assert faults == []
    faults = wishes.minima({"바다동": 1, "declining": 2}, code_of, decline * 0)[1]
    assert found(faults) == [("--at-least", "'바다동'"), ("--at-least", "none")]
