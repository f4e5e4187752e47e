"""Plans a move away from a plan: an option at another date or never, or two that change dates, with what they need."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from decisions.rollout.instance import Instance
from decisions.rollout.ranking import Ranking

# Moves whose money is added up at once.
TOGETHER = 1024


class Neighbours:
    """The plans near one that keep all limits and needs, those first that the tables think most of."""

    def __init__(self, instance: Instance, rankings: Sequence[Ranking]) -> None:
        self._instance, self._rankings = instance, rankings
        count = len(instance.names)
        # What is used when an option opens at each date, and nothing where it never does.
        self._usage = np.concatenate([instance.usage, np.zeros((count, 1, instance.limit.size))], axis=1)
        self._may = np.concatenate([instance.allowed, np.ones((count, 1), np.bool_)], axis=1)
        self._row = []
        for stream in instance.streams:
            row = np.full(count, -1)
            row[stream.options] = np.arange(stream.options.size)
            self._row.append(row)
        self._needs: list[list[tuple[int, tuple[int, ...]]]] = [[] for _ in range(count)]
        for need in instance.needs:
            for option in {need.option, *need.suppliers}:
                self._needs[option].append((need.option, need.suppliers))

    def ranked(self, when: NDArray[np.int64], most: int) -> list[NDArray[np.int64]]:
        """Up to ``most`` plans near ``when`` (m,), those first of which the tables think best."""
        moves, gains = self._moves(when)
        order = np.argsort(-gains, kind="stable")
        plans: dict[bytes, NDArray[np.int64]] = {}
        for plan in self._feasible(when, moves[order]):
            plans.setdefault(plan.tobytes(), plan)
            if len(plans) == most:
                break
        return list(plans.values())

    def _moves(self, when: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """All moves (M, 4) whose dates are allowed, and what the tables say that each adds (M,)."""
        never = self._instance.never
        option, date = np.nonzero(self._may & (np.arange(never + 1) != when[:, None]))
        single = np.stack([option, date, np.full(option.size, -1), np.zeros(option.size, np.int64)], axis=1)
        alone = np.zeros((len(self._rankings), *self._may.shape))
        for number, (ranking, row) in enumerate(zip(self._rankings, self._row, strict=True)):
            of_stream = single[row[option] >= 0]
            gains = ranking.gains(self._own(when, number), _renamed(of_stream, row))
            alone[number, of_stream[:, 0], of_stream[:, 1]] = gains
        every = alone.sum(axis=0)
        early, late = np.nonzero((when[:, None] < when) & (when[:, None] < never))
        fits = self._may[early, when[late]] & self._may[late, when[early]]
        early, late = early[fits], late[fits]
        pairs = np.stack([early, when[late], late, when[early]], axis=1)
        gains = every[pairs[:, 0], pairs[:, 1]] + every[pairs[:, 2], pairs[:, 3]]
        for number, (ranking, row) in enumerate(zip(self._rankings, self._row, strict=True)):
            both = np.flatnonzero((row[early] >= 0) & (row[late] >= 0))
            together = ranking.gains(self._own(when, number), _renamed(pairs[both], row))
            apart = alone[number, pairs[both, 0], pairs[both, 1]] + alone[number, pairs[both, 2], pairs[both, 3]]
            gains[both] += together - apart
        return np.concatenate([single, pairs]), np.concatenate([every[option, date], gains])

    def _own(self, when: NDArray[np.int64], number: int) -> NDArray[np.int64]:
        return when[self._instance.streams[number].options]

    def _feasible(self, when: NDArray[np.int64], moves: NDArray[np.int64]) -> Iterator[NDArray[np.int64]]:
        """Yield the plans of those moves that keep the limits, with what an earlier opening needs opened as early."""
        used, limit = self._instance.used(when), self._instance.limit
        for first in range(0, len(moves), TOGETHER):
            some = moves[first : first + TOGETHER]
            change = np.zeros((len(some), limit.size))
            for side in (0, 2):
                there = some[:, side] >= 0
                option, date = some[there, side], some[there, side + 1]
                change[there] += self._usage[option, date] - self._usage[option, when[option]]
            for move in some[(used + change <= limit).all(axis=1)]:
                yield from self._supplied(when, move)

    def _supplied(self, when: NDArray[np.int64], move: NDArray[np.int64]) -> Iterator[NDArray[np.int64]]:
        """Yield the plan of a move if it keeps all needs, else those in which one supplier of each opens as early."""
        plan = when.copy()
        plan[move[0]] = move[1]
        if move[2] >= 0:
            plan[move[2]] = move[3]
        short = [
            (option, suppliers)
            for moved in (move[0], move[2])
            if moved >= 0
            for option, suppliers in self._needs[moved]
            if plan[option] < plan[list(suppliers)].min() and plan[option] < self._instance.never
        ]
        for option, suppliers in short:
            # What opened later takes its supplier along; what lost its supplier is not helped.
            if option not in (move[0], move[2]):
                return
            cheapest = min(suppliers, key=lambda supplier: (self._usage[supplier, plan[option]].sum(), supplier))
            plan[cheapest] = plan[option]
        if not short or self._instance.feasible(plan):
            yield plan


def _renamed(moves: NDArray[np.int64], row: NDArray[np.int64]) -> NDArray[np.int64]:
    """Moves with options by their rows of a stream's."""
    other = np.where(moves[:, 2] >= 0, row[moves[:, 2]], -1)
    return np.stack([row[moves[:, 0]], moves[:, 1], other, moves[:, 3]], axis=1).astype(np.int64)
