"""A plan by the programme that is tangent at the best plan known, improved move by move, in turns; then the bound."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from decisions.rollout.greedy import greedy
from decisions.rollout.instance import Instance
from decisions.rollout.program import Solved, programme, solve, whole
from decisions.rollout.search import Score, improved, rounded
from decisions.rollout.tables import Tables, goal, path, tables
from decisions.rollout.within import has_minima, nearest

# Sums in another order differ by less than this part.
ROUNDING = 1e-9
# Seconds that the programme has for a plan where all time is gone.
LEAST_S = 1.0
# Programme and search take turns so often at most.
ROUNDS = 8
# Of the plans that a round begins with so many are improved, the best: moves from a poor one end at a poor one.
IMPROVED = 2


@dataclass(frozen=True)
class Found:
    """The best plan found, what it is worth by the mean field in double precision, and a bound on all plans.

    ``candidates`` are the different plans at which a round ended, with what they are worth, the best first.
    """

    when: NDArray[np.int64]
    value: float
    bound: float
    solved: Solved
    tables: Sequence[Tables]
    candidates: Sequence[tuple[NDArray[np.int64], float]] = ()

    @property
    def gap(self) -> float:
        """(bound - value) / bound: the most that any plan may be better, as a part of the bound."""
        return max(self.bound - self.value, 0.0) / self.bound if self.bound else 0.0


def worth(instance: Instance, when: NDArray[np.int64]) -> list[float]:
    """What a plan (m,) is worth in each stream."""
    months = np.append(instance.dates, instance.streams[0].months)
    return [goal(stream, path(stream, months[when[stream.options]])) for stream in instance.streams]


def find(
    instance: Instance,
    start: NDArray[np.int64],
    score: Score,
    *,
    rounds: int = ROUNDS,
    seconds_left: Callable[[], float] = lambda: math.inf,
) -> Found:
    """The best plan found within some rounds of programme and search, and a bound on all plans.

    Each round has its tables tangent at the best plan so far, where they are tightest; so has the bound.

    Parameters
    ----------
    instance : Instance
        The problem, of m options.
    start : int64 (m,)
        The plan it begins from.
    score : callable
        What plans are worth in a stream, as ``lanes.by_core`` gives it.
    rounds : int
        How many at most.
    seconds_left : callable
        How long it may still take.

    Returns
    -------
    Found
        At least as good as what of ``start`` can be kept.
    """
    earliest = np.argmax(np.hstack([instance.allowed, np.ones((len(start), 1), bool)]), axis=1)
    empty = np.full_like(start, instance.never)
    firsts = [
        _kept(instance, start, start[:, None] == np.arange(instance.never)),
        greedy(instance, _kept(instance, empty, np.zeros(instance.allowed.shape)), score, lambda: seconds_left() > 0),
    ]
    ends = {plan.tobytes(): (plan, sum(worth(instance, plan))) for plan in firsts}
    best, value = max(ends.values(), key=lambda end: end[1])
    made = _tables(instance, earliest, best)
    for _ in range(rounds):
        small, before = programme(instance, made, pairs=0), value
        plans = [best, *firsts, _opened(instance, whole(instance, small, max(seconds_left(), LEAST_S)))]
        if seconds_left() <= 0:
            # Cut short, it may have found nothing good; parts of openings are found at once.
            opens = solve(instance, small).opens
            plans.append(_kept(instance, rounded(instance, opens), opens))
        different = {plan.tobytes(): (plan, sum(worth(instance, plan))) for plan in plans}
        for plan, _ in sorted(different.values(), key=lambda end: -end[1])[:IMPROVED]:
            better, _ = improved(instance, made, plan, score, lambda: seconds_left() > 0)
            exact = sum(worth(instance, better))
            ends.setdefault(better.tobytes(), (better, exact))
            if exact > value:
                best, value = better, exact
        if value <= before:
            break
        firsts, made = [], _tables(instance, earliest, best)
        if seconds_left() <= 0:
            break
    solved = solve(instance, programme(instance, made))
    # A bound below a plan would be no bound: nothing is said then. They may differ by rounding where both are one.
    if solved.bound < value * (1 - ROUNDING):
        raise AssertionError(f"bound {solved.bound!r} below a plan worth {value!r}")
    candidates = sorted(ends.values(), key=lambda end: -end[1])
    return Found(best, value, max(solved.bound, value), solved, made, candidates)


def _opened(instance: Instance, opens: NDArray[np.float64]) -> NDArray[np.int64]:
    """The plan (m,) of what opens (m, K), 0 or 1; the solver keeps limits to a millionth, we keep them."""
    plan = np.where(opens.any(axis=1), opens.argmax(axis=1), instance.never)
    return plan if instance.feasible(plan) else _kept(instance, rounded(instance, opens), opens)


def _kept(instance: Instance, plan: NDArray[np.int64], wish: NDArray[Any]) -> NDArray[np.int64]:
    """The plan (m,), or where it breaks a limit or a need, one that does not.

    That opens nothing, or, where something must open, what is near the ``wish`` (m, K).
    """
    if instance.feasible(plan):
        return plan
    return nearest(instance, wish.astype(float)) if has_minima(instance) else np.full_like(plan, instance.never)


def _tables(instance: Instance, earliest: NDArray[np.int64], when: NDArray[np.int64]) -> list[Tables]:
    # Streams do not touch each other; the kernels run without Python's lock.
    with ThreadPoolExecutor() as pool:
        return list(
            pool.map(lambda s: tables(s, instance.dates, earliest[s.options], when[s.options]), instance.streams)
        )
