"""What the tables say of a move is what they say of the plan after it, less what they say of the plan before."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from decisions.rollout.instance import Instance, Stream
from decisions.rollout.moves import Neighbours
from decisions.rollout.ranking import Ranking
from decisions.rollout.tables import Tables, state_of, tables
from tests.decisions.rollout.towns import town


def made(instance: Instance, stream: Stream, rng: np.random.Generator) -> Tables:
    earliest = instance.allowed.argmax(axis=1)
    tangent = rng.integers(0, instance.never + 1, len(instance.names))
    return tables(stream, instance.dates, earliest[stream.options], tangent[stream.options])


def worth(table: Tables, when: NDArray[np.int64], never: int) -> float:
    """The tables' value of a plan, as ``Tables`` says it is made."""
    states = [state_of(tiers, when, never) for tiers in table.blocks.tiers]
    labels = [state[0] if state.size else never for state in states]
    total = 0.0
    for b, state in enumerate(states):
        row = [tuple(held) for held in table.states[b]].index(tuple(state))
        total += table.fixed[b][row] + sum(table.pull[b, labels[b], c, labels[c]] for c in range(len(states)))
    return float(total)


@pytest.mark.parametrize("seed", range(4))
def test_a_move_adds_what_the_tables_say_of_both_plans(seed: int) -> None:
    rng = np.random.default_rng(seed)
    instance = town(seed)
    for stream in instance.streams:
        table = made(instance, stream, rng)
        when = rng.integers(0, instance.never + 1, stream.options.size)
        moves = []
        for _ in range(60):
            one, other = rng.choice(stream.options.size, 2, replace=False)
            two = other if rng.random() < 0.7 else -1
            moves.append([one, rng.integers(0, instance.never + 1), two, rng.integers(0, instance.never + 1)])
        gains = Ranking(table, instance.never).gains(when, np.array(moves))
        before, changed = worth(table, when, instance.never), 0
        for (one, date, two, other_date), gain in zip(moves, gains, strict=True):
            plan = when.copy()
            plan[one] = date
            if two >= 0:
                plan[two] = other_date
            expected = worth(table, plan, instance.never) - before
            changed += abs(expected) > 1
            assert gain == pytest.approx(expected, abs=1e-7 * (1 + before))
        assert changed > 10


@pytest.mark.parametrize("seed", range(4))
def test_plans_near_are_feasible_and_the_best_are_first(seed: int) -> None:
    rng = np.random.default_rng(seed)
    instance = town(seed)
    held = [made(instance, stream, rng) for stream in instance.streams]
    near = Neighbours(instance, [Ranking(table, instance.never) for table in held])
    when = np.full(len(instance.names), instance.never)

    def of_tables(plan: NDArray[np.int64]) -> float:
        return sum(
            worth(table, plan[s.options], instance.never) for table, s in zip(held, instance.streams, strict=True)
        )

    supplied = 0
    for _ in range(3):
        plans = near.ranked(when, 20)
        assert len(plans) > 0
        assert len({plan.tobytes() for plan in plans}) == len(plans)
        gains = [of_tables(plan) - of_tables(when) for plan in plans if (plan != when).sum() == 1]
        assert gains == sorted(gains, reverse=True)
        assert all(instance.feasible(plan) for plan in plans)
        supplied += sum((plan != when).sum() > 2 or (plan != when)[5:].any() for plan in plans)
        when = plans[0]
    # Options of the second service open with what they need.
    assert supplied > 0
