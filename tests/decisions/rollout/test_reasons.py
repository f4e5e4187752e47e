"""Why an opening is there: what is lost without it is what the plan is worth less when it is run without it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from decisions.rollout import program, reasons, tables
from decisions.rollout.instance import Instance, Need
from tests.decisions.rollout.test_bound import best_of, values
from tests.decisions.rollout.towns import plain_goal, town


def months_of(instance: Instance, number: int, when: NDArray[np.int64]) -> list[int]:
    months = [*instance.dates.tolist(), instance.streams[number].months]
    return [months[date] for date in when]


def worth(instance: Instance, when: list[int]) -> float:
    """What a plan is worth by the equations of docs/model.md."""
    plan = np.array(when)
    return sum(plain_goal(s, months_of(instance, n, plan[s.options])) for n, s in enumerate(instance.streams))


def free(seed: int) -> Instance:
    """A town of two services with three sites each, whose money is no matter; each site of the second needs one."""
    instance = town(seed, options=3, dates=2)
    return replace(instance, limit=np.full(2, np.inf), allowed=np.ones((6, 2), np.bool_))


def plainly(instance: Instance) -> reasons.Score:
    """A score that runs the equations, one plan after the other."""

    def score(number: int, when: NDArray[np.int64]) -> NDArray[np.float64]:
        stream = instance.streams[number]
        return np.array([plain_goal(stream, months_of(instance, number, plan)) for plan in when.T])

    return score


def test_an_opening_is_worth_what_the_plan_loses_without_it_and_what_needs_it() -> None:
    instance = free(3)
    # Sites 3, 4 and 5 of the second service need sites 0, 1 and 2 of the first; 2 and 5 do not open.
    when = [0, 1, 2, 1, 1, 2]
    found = {reason.option: reason for reason in reasons.reasons(instance, np.array(when), plainly(instance))}
    base = worth(instance, when)
    assert {option: reason.lacking for option, reason in found.items()} == {0: (3,), 1: (4,), 3: (), 4: ()}
    plans = {0: [2, 1, 2, 2, 1, 2], 1: [0, 2, 2, 1, 2, 2], 3: [0, 1, 2, 2, 1, 2], 4: [0, 1, 2, 1, 2, 2]}
    for option, plan in plans.items():
        assert found[option].users == pytest.approx(base - worth(instance, plan), rel=1e-9)
        assert found[option].users > 0


def test_what_another_supplies_in_time_stays_open() -> None:
    instance = free(4)
    either = [Need(3, (0, 1)), Need(5, (3,))]
    # Site 1 stands from the first date on: 3 stays. Where it comes later than 3, 3 falls, and with it 5, which needs 3.
    early, late = np.array([0, 0, 2, 0, 2, 1]), np.array([0, 1, 2, 0, 2, 1])
    town_of = replace(instance, needs=either)
    assert reasons.without(town_of, early, 0).tolist() == [2, 0, 2, 0, 2, 1]
    assert reasons.without(town_of, late, 0).tolist() == [2, 1, 2, 2, 2, 2]
    assert reasons.without(town_of, early, 3).tolist() == [0, 0, 2, 2, 2, 2]


def test_many_openings_are_told_apart() -> None:
    """More plans than run side by side in one pass."""
    instance = town(1, options=40, dates=2, streams=1)
    instance = replace(instance, limit=np.full(2, np.inf), allowed=np.ones((40, 2), np.bool_))
    when = np.zeros(40, np.int64)
    found = reasons.reasons(instance, when, plainly(instance))
    assert [reason.option for reason in found] == list(range(40))
    base = worth(instance, when.tolist())
    for option in (0, 17, 33, 39):
        plan = when.copy()
        plan[option] = 2
        assert found[option].users == pytest.approx(base - worth(instance, plan.tolist()), abs=1e-9 * base)


def test_a_plan_that_opens_nothing_has_no_reasons() -> None:
    instance = free(5)
    assert reasons.reasons(instance, np.full(6, 2), plainly(instance)) == []


@pytest.mark.parametrize("seed", range(3))
def test_more_of_a_limit_brings_no_more_than_its_price_says(seed: int) -> None:
    instance = town(seed, options=3)
    made = [
        tables.tables(s, instance.dates, instance.allowed.argmax(axis=1)[s.options], np.full(3, instance.never))
        for s in instance.streams
    ]
    solved = program.solve(instance, program.programme(instance, made))
    of_streams = values(instance)
    _, best_plan, _ = best_of(instance, of_streams)
    limits = reasons.priced(instance, best_plan, solved)
    assert [limit.name for limit in limits] == list(instance.limit_names)
    opened = np.flatnonzero(best_plan < instance.never)
    for row, limit in enumerate(limits):
        assert limit.used == sum(instance.usage[o, best_plan[o], row] for o in opened)
        more = instance.limit.copy()
        more[row] += 4
        best, _, _ = best_of(replace(instance, limit=more), of_streams)
        assert best <= solved.bound + 4 * limit.price + 1e-6
    assert max(limit.price for limit in limits) > 0
