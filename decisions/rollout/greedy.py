"""A plan opened date by date: always the option that adds most users, by the mean field, for its part of the limits."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from decisions.rollout.instance import Instance
from decisions.rollout.search import LANES, Score


def greedy(instance: Instance, start: NDArray[np.int64], score: Score, go_on: Callable[[], bool]) -> NDArray[np.int64]:
    """The plan (m,) ``start``, which keeps all limits, with all opened that still fits and adds users.

    What an option added when it was last asked stands for what it adds now until it comes first; then it is asked again
    (lazily: mostly, openings add less the more is open). ``go_on`` is asked before every pass of the core.
    """
    when, filling = start.copy(), _Filling(instance, score)
    for date in range(instance.never):
        while go_on():
            option = filling.first(when, date)
            if option is None:
                break
            stale = np.flatnonzero(~filling.fresh[:, option])
            if stale.size:
                filling.ask(int(stale[0]), when, option, date)
            else:
                before, when = when, filling.with_needs(when, option, date)
                filling.noted(before != when)
    return when


class _Filling:
    def __init__(self, instance: Instance, score: Score) -> None:
        self._instance, self._score = instance, score
        self._of = np.zeros((len(instance.streams), len(instance.names)), np.bool_)
        for number, stream in enumerate(instance.streams):
            self._of[number, stream.options] = True
        # Users that an option added to a stream, and whether nothing of the stream has opened since.
        self._added, self.fresh = np.where(self._of, np.inf, 0.0), ~self._of
        self._part = np.where(instance.limit > 0, 1 / np.maximum(instance.limit, 1e-9), 0.0)
        self._suppliers: list[list[list[int]]] = [[] for _ in instance.names]
        for need in instance.needs:
            self._suppliers[need.option].append(list(need.suppliers))

    def first(self, when: NDArray[np.int64], date: int) -> int | None:
        """The option that promises most for what it uses, of those that fit at a date; None: none adds anything."""
        instance, added = self._instance, self._added.sum(axis=0)
        may = instance.allowed[:, date] & (when == instance.never) & (added > 0)
        may &= (instance.used(when) + instance.usage[:, date] <= instance.limit).all(axis=1)
        options = np.flatnonzero(may)
        uses = np.maximum(instance.usage[options, date] @ self._part, 1e-9)
        for option in options[np.argsort(-added[options] / uses, kind="stable")]:
            if instance.feasible(self.with_needs(when, int(option), date)):
                return int(option)
        return None

    def with_needs(self, when: NDArray[np.int64], option: int, date: int) -> NDArray[np.int64]:
        """The plan with an option opened at a date, and with the cheapest of those that it needs and lacks."""
        plan = when.copy()
        plan[option] = date
        for suppliers in self._suppliers[option]:
            if plan[suppliers].min() > date:
                cheapest = min(suppliers, key=lambda o: (float(self._instance.usage[o, date] @ self._part), o))
                plan[cheapest] = date
        return plan

    def noted(self, changed: NDArray[np.bool_]) -> None:
        """Forget that options are fresh in the streams of those that have changed."""
        touched = self._of[:, changed].any(axis=1)
        self.fresh[touched] = ~self._of[touched]

    def ask(self, number: int, when: NDArray[np.int64], option: int, date: int) -> None:
        """What an option adds to a stream now, and beside it those that promised most."""
        own = self._instance.streams[number].options
        others = own[(when[own] == self._instance.never) & ~self.fresh[number, own] & (own != option)]
        asked = np.append(option, others[np.argsort(-self._added[number, others], kind="stable")][: LANES - 2])
        plans = np.repeat(when[own][:, None], asked.size + 1, axis=1)
        plans[:, 1:] = np.where(own[:, None] == asked, date, plans[:, 1:])
        worth = self._score(number, plans)
        self._added[number, asked] = worth[1:] - worth[0]
        self.fresh[number, asked] = True
