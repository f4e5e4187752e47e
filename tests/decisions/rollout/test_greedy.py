"""Opening one option after another: lazily it comes to the same as asking all of them each time."""

from __future__ import annotations

import numpy as np
import pytest

from decisions.rollout.greedy import greedy
from decisions.rollout.instance import Instance
from tests.decisions.rollout.towns import town


class Coverage:
    """People times the best that any option gives them, the sooner the more: the more is open, the less one adds."""

    def __init__(self, instance: Instance) -> None:
        self.instance, self.asked = instance, 0

    def __call__(self, number: int, when: np.ndarray) -> np.ndarray:
        self.asked += when.shape[1]
        stream, never = self.instance.streams[number], self.instance.never
        soon = (never - when) / never  # (m, L)
        return np.array([stream.people @ (stream.reach * soon[:, [lane]]).max(axis=0) for lane in range(when.shape[1])])

    def worth(self, when: np.ndarray) -> float:
        return sum(float(self(n, when[s.options][:, None])[0]) for n, s in enumerate(self.instance.streams))


def asking_all(instance: Instance, score: Coverage) -> np.ndarray:
    """At each date the best of all options that fit, until none adds anything."""
    when, part = np.full(len(instance.names), instance.never), 1 / instance.limit
    for date in range(instance.never):
        while True:
            found = []
            for option in np.flatnonzero(when == instance.never):
                plan = when.copy()
                plan[option] = date
                for need in instance.needs:
                    if need.option == option and plan[list(need.suppliers)].min() > date:
                        plan[min(need.suppliers, key=lambda o: (instance.usage[o, date] @ part, o))] = date
                alone = when.copy()
                alone[option] = date
                gain = score.worth(alone) - score.worth(when)
                if instance.feasible(plan) and gain > 1e-9:
                    found.append((-gain / (instance.usage[option, date] @ part), option, plan))
            if not found:
                break
            when = min(found, key=lambda each: each[:2])[2]
    return when


@pytest.mark.parametrize("seed", range(12))
def test_lazily_it_comes_to_the_same(seed: int) -> None:
    instance = town(seed)
    assert (instance.limit > 0).all()
    plain, lazy = Coverage(instance), Coverage(instance)
    expected = asking_all(instance, plain)
    plan = greedy(instance, np.full(len(instance.names), instance.never), lazy, lambda: True)
    assert instance.feasible(plan)
    assert plan.tolist() == expected.tolist()
    assert (plan < instance.never).any()
    assert lazy.asked < plain.asked


def test_what_it_begins_with_stays_and_no_time_is_no_opening() -> None:
    instance = town(2)
    start = np.full(len(instance.names), instance.never)
    first = greedy(instance, start, Coverage(instance), lambda: True)
    opened = np.flatnonzero(first < instance.never)[:1]
    start[opened] = first[opened]
    score = Coverage(instance)
    assert greedy(instance, start, score, lambda: False).tolist() == start.tolist()
    assert score.asked == 0
    more = greedy(instance, start, score, lambda: True)
    assert more[opened].tolist() == start[opened].tolist()
    assert (more < instance.never).sum() > 1
