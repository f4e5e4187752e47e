"""The bound is above every plan within the limits: all plans of small random towns are tried."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from scipy import sparse

from decisions.rollout import program, tables
from decisions.rollout.instance import Instance, Stream
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


def best_of(instance: Instance, of_streams: list[np.ndarray]) -> tuple[float, np.ndarray, int]:
    """The best worth of all plans within the limits, that plan, and how many there are."""
    size = len(instance.names)
    best, best_plan, count = -1.0, np.full(size, instance.never), 0
    for plan in product(range(instance.never + 1), repeat=size):
        when = np.array(plan)
        if instance.feasible(when):
            count += 1
            value = sum(v[tuple(when[s.options])] for s, v in zip(instance.streams, of_streams, strict=True))
            if value > best:
                best, best_plan = value, when
    return best, best_plan, count


@pytest.mark.parametrize("seed", range(6))
def test_no_plan_within_the_limits_is_worth_more_than_the_bound(seed: int) -> None:
    instance = town(seed, options=3)
    best, best_plan, count = best_of(instance, values(instance))
    assert count > 1
    size = len(instance.names)
    earliest = instance.allowed.argmax(axis=1)
    rng = np.random.default_rng(seed)
    for tangent in (best_plan, np.full(size, instance.never), rng.integers(0, instance.never + 1, size)):
        made = [tables.tables(s, instance.dates, earliest[s.options], tangent[s.options]) for s in instance.streams]
        bounds = []
        for pairs in (program.PAIRS, 2, 0):
            solved = program.solve(instance, program.programme(instance, made, pairs))
            assert solved.bound >= best * (1 - 1e-9)
            # Far from the plan at which it is tangent it may be loose.
            assert solved.bound < 3 * best + 1 or tangent is not best_plan
            bounds.append(solved.bound)
        # What is left out costs little, and nothing that is left out brings the bound down.
        assert all(few >= more * (1 - 1e-9) for more, few in pairwise(bounds))


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


def one_service(reach: list[list[float]], base: list[list[float]], dates: list[list[bool]]) -> Instance:
    """Ten cells of 100 people who hardly imitate, over 30 months; the base is the second row from month 20 on."""
    stream = Stream(
        service="service",
        options=np.arange(len(reach)),
        reach=np.array(reach),
        base=np.array(base),
        epoch=np.repeat([0, 1], [20, 10]),
        people=np.full(10, 100.0),
        worth=np.full(10, 100.0),
        timing=np.append(np.zeros(30), 1.0),
        seed=np.full(10, 0.05),
        contact=sparse.csr_matrix(np.eye(10) * 0.01),
        zone=np.full(10, -1),
        zone_share=np.zeros(10),
        zone_weight=np.zeros((1, 1)),
    )
    names, allowed = [f"option {o}" for o in range(len(reach))], np.array(dates)
    usage = np.zeros((*allowed.shape, 0))
    return Instance(names, np.array([0, 5, 25])[: allowed.shape[1]], allowed, usage, np.zeros(0), [], (), [stream])


# The best option comes last, and the third reaches cells that the second, open before, does not.
THREE = [[1.0] * 10, [1.0] * 7 + [0.0] * 3, [0.0] * 7 + [1.0, 1.0, 0.0]]
ONE_DATE_EACH = [[False, False, True], [True, False, False], [False, True, False]]


@pytest.mark.parametrize(
    ("instance", "plan"),
    [
        (one_service(THREE, [[0.0] * 10] * 2, ONE_DATE_EACH), [2, 0, 1]),
        # What is fixed serves all from month 20 on, but the option has served them since month 0.
        (one_service([[1.0] * 10], [[0.0] * 10, [1.0] * 10], [[True]]), [0]),
    ],
    ids=["a lower tier after a better one", "a base that comes later"],
)
def test_the_bound_counts_all_that_a_plan_opens(instance: Instance, plan: list[int]) -> None:
    stream, when = instance.streams[0], np.array(plan)
    assert instance.feasible(when)
    value = plain_goal(stream, [int(instance.dates[k]) for k in plan])
    earliest = instance.allowed.argmax(axis=1)
    made = [tables.tables(stream, instance.dates, earliest, when)]
    assert program.solve(instance, program.programme(instance, made)).bound >= value * (1 - 1e-9)
