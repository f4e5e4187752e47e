"""Why each opening of a plan is there: the users that would be lost without it, and what more money would bring."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from decisions.rollout.instance import Instance
from decisions.rollout.program import Solved, prices
from decisions.rollout.search import LANES, Score


@dataclass(frozen=True)
class Reason:
    """What a plan loses without ``option``: users at the horizon, and openings that then lack what they need.

    ``users`` counts what is lost with all of ``lacking`` too: none of them opens.
    """

    option: int
    users: float
    lacking: tuple[int, ...]


@dataclass(frozen=True)
class Priced:
    """A limit, what the plan uses of it, and what the bound on all plans rises by at most with each unit more."""

    name: str
    limit: float
    used: float
    price: float


def reasons(instance: Instance, when: NDArray[np.int64], score: Score) -> list[Reason]:
    """Why each opened option of a plan (m,) that keeps the needs is there; in the order of the options."""
    opened = np.flatnonzero(when < instance.never)
    plans = [without(instance, when, int(option)) for option in opened]
    if not plans:
        return []
    lost = _lost(instance, when, np.stack(plans, axis=1), score)
    return [
        Reason(int(option), float(users), tuple(int(o) for o in np.flatnonzero(plan != when) if o != option))
        for option, plan, users in zip(opened, plans, lost, strict=True)
    ]


def without(instance: Instance, when: NDArray[np.int64], option: int) -> NDArray[np.int64]:
    """The plan without an option, nor what then lacks what it needs, nor what lacks that."""
    plan = when.copy()
    plan[option] = instance.never
    lacking = True
    while lacking:
        lacking = False
        for need in instance.needs:
            if plan[need.option] < min(instance.never, *plan[list(need.suppliers)]):
                plan[need.option], lacking = instance.never, True
    return plan


def priced(instance: Instance, when: NDArray[np.int64], solved: Solved) -> list[Priced]:
    """All limits of an instance as a plan uses them; the price of one that does not bind is 0."""
    price = dict(prices(instance, solved))
    return [
        Priced(name, float(limit), float(used), price.get(row, 0.0))
        for row, (name, limit, used) in enumerate(
            zip(instance.limit_names, instance.limit, instance.used(when), strict=True)
        )
    ]


def _lost(instance: Instance, when: NDArray[np.int64], plans: NDArray[np.int64], score: Score) -> NDArray[np.float64]:
    """What each of the plans (m, L) is worth less than ``when``, over all streams."""
    lost = np.zeros(plans.shape[1])
    for number, stream in enumerate(instance.streams):
        # Most plans leave most streams as they are.
        every = np.column_stack([when, plans])[stream.options]
        different, back = np.unique(every, axis=1, return_inverse=True)
        worth = np.concatenate([score(number, part) for part in _parts(different)])[back.ravel()]
        lost += worth[0] - worth[1:]
    return lost


def _parts(plans: NDArray[np.int64]) -> Sequence[NDArray[np.int64]]:
    return [plans[:, first : first + LANES] for first in range(0, plans.shape[1], LANES)]
