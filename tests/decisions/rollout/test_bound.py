"""The bound is above every plan within the limits: all plans of small random towns are tried."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from decisions.rollout import program, tables
from decisions.rollout.instance import Instance
from tests.decisions.rollout.towns import plain_goal, town


def values(instance: Instance) -> list[np.ndarray]:
    """The goal of each stream under every combination of dates of its options."""
    months = np.append(instance.dates, instance.streams[0].months)
    shape = (instance.never + 1,) * len(instance.streams[0].options)
    return [
        np.array([tables.goal(s, tables.path(s, months[list(when)])) for when in product(*map(range, shape))]).reshape(
            shape
        )
        for s in instance.streams
    ]


@pytest.mark.parametrize("seed", range(6))
def test_no_plan_within_the_limits_is_worth_more_than_the_bound(seed: int) -> None:
    instance = town(seed, options=3)
    of_streams = values(instance)
    size = len(instance.names)
    best, best_plan = -1.0, np.full(size, instance.never)
    for plan in product(range(instance.never + 1), repeat=size):
        when = np.array(plan)
        value = sum(v[tuple(when[s.options])] for s, v in zip(instance.streams, of_streams, strict=True))
        if value > best and instance.feasible(when):
            best, best_plan = value, when
    earliest = np.zeros(size, np.int64)
    rng = np.random.default_rng(seed)
    for tangent in (best_plan, np.full(size, instance.never), rng.integers(0, instance.never + 1, size)):
        made = [tables.tables(s, instance.dates, earliest[s.options], tangent[s.options]) for s in instance.streams]
        solved = program.solve(instance, program.programme(instance, made))
        assert solved.bound >= best * (1 - 1e-9)
        assert solved.bound < 3 * best + 1


def test_the_mean_field_is_that_of_the_equations() -> None:
    for seed in range(4):
        instance = town(seed)
        months = np.append(instance.dates, instance.streams[0].months)
        rng = np.random.default_rng(seed)
        for stream in instance.streams:
            when = months[rng.integers(0, instance.never + 1, stream.options.size)]
            assert tables.goal(stream, tables.path(stream, when)) == pytest.approx(
                plain_goal(stream, list(when)), rel=1e-12
            )
