"""The linear programme over all plans within the limits whose value no plan can exceed.

Variables: x[o, k], option o opens at date k; X[s, b, state], block b of stream s is in that state; P[s, b, l, b', l'],
blocks b and b' of stream s have these labels. All are 0 to 1. Rows, in this order of kinds (all ``≤``):

    once    Σ_k x[o, k] ≤ 1
    limit   Σ usage[o, k, r] x[o, k] ≤ limit[r]                         scaled to a limit of 1
    need    Σ_{k ≤ d} (x[o, k] - Σ_{suppliers} x[o', k]) ≤ 0             for each date d
    state   Σ_state X[s, b, state] ≤ 1
    tier    Σ_{states with tier m open by d} X - Σ_{o in tier m} Σ_{k ≤ d} x[o, k] ≤ 0
    pair    Σ_{l'} P[s, b, l, b', l'] - Σ_{states of label l} X[s, b, state] ≤ 0, and the same the other way round
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import linprog

from decisions.rollout.instance import Instance
from decisions.rollout.tables import Tables

# A limit that is worth less than this, all of it together, does not bind.
LEAST_WORTH = 1.0


@dataclass(frozen=True)
class Programme:
    """Maximise ``gain`` · v over 0 ≤ v ≤ ``most`` with ``rows`` v ≤ ``bound``; the first m · K variables are x."""

    gain: NDArray[np.float64]
    rows: sparse.csr_matrix
    bound: NDArray[np.float64]
    most: NDArray[np.float64]


@dataclass(frozen=True)
class Solved:
    """``bound`` holds whatever the solver did: it is made from the ``prices`` of the rows alone.

    ``opens`` (m, K) are the parts of options opened at the dates; ``loss`` (m, K) is what the bound falls by at least
    where an option is made to open at that date.
    """

    bound: float
    prices: NDArray[np.float64]
    opens: NDArray[np.float64]
    loss: NDArray[np.float64]


class _Rows:
    def __init__(self) -> None:
        self.row: list[NDArray[np.int64]] = []
        self.column: list[NDArray[np.int64]] = []
        self.value: list[NDArray[np.float64]] = []
        self.bound: list[float] = []

    def add(self, bound: float, *terms: tuple[NDArray[np.int64], float | NDArray[np.float64]]) -> None:
        for column, value in terms:
            flat = np.ravel(column)
            self.row.append(np.full(flat.size, len(self.bound)))
            self.column.append(flat)
            self.value.append(np.broadcast_to(np.ravel(value) if np.ndim(value) else value, flat.shape).astype(float))
        self.bound.append(bound)

    def matrix(self, width: int) -> sparse.csr_matrix:
        parts = (np.concatenate(part) for part in (self.value, self.row, self.column))
        value, row, column = parts
        return sparse.csr_matrix((value, (row, column)), shape=(len(self.bound), width))


def programme(instance: Instance, tables: Sequence[Tables]) -> Programme:
    """The programme of the module's head, for the tables of each stream in turn."""
    count, dates = instance.allowed.shape
    x = np.arange(count * dates).reshape(count, dates)
    most = [instance.allowed.astype(float).ravel()]
    gain = [np.zeros(count * dates)]
    rows = _Rows()
    for o in range(count):
        rows.add(1.0, (x[o], 1.0))
    for r, limit in enumerate(instance.limit):
        scale = 1 / max(abs(limit), 1.0)
        used = instance.usage[:, :, r] * scale
        rows.add(limit * scale, (x[used != 0], used[used != 0]))
    for need in instance.needs:
        for d in range(dates):
            rows.add(0.0, (x[need.option, : d + 1], 1.0), (x[list(need.suppliers), : d + 1], -1.0))
    size = count * dates
    for stream, table in zip(instance.streams, tables, strict=True):
        size = _of_stream(rows, gain, x[stream.options], table, size)
    most.append(np.ones(size - count * dates))
    return Programme(np.concatenate(gain), rows.matrix(size), np.array(rows.bound), np.concatenate(most))


def _of_stream(rows: _Rows, gain: list[NDArray[np.float64]], x: NDArray[np.int64], table: Tables, size: int) -> int:
    """Add a stream's variables and rows; returns the number of variables so far."""
    dates = x.shape[1]
    blocks, labels = len(table.states), dates + 1
    by_label: list[list[NDArray[np.int64]]] = []
    for b, states in enumerate(table.states):
        own = size + np.arange(len(states))
        size += len(states)
        gain.append(table.fixed[b])
        rows.add(1.0, (own, 1.0))
        for m, tier in enumerate(table.blocks.tiers[b]):
            for d in range(dates):
                rows.add(0.0, (own[states[:, m] <= d], 1.0), (x[tier, : d + 1], -1.0))
        label = states[:, 0] if states.shape[1] else np.full(len(states), dates)
        by_label.append([own[label == each] for each in range(labels)])
    both = table.pull + table.pull.transpose(2, 3, 0, 1)
    for b in range(blocks):
        for other in range(b + 1, blocks):
            worth = both[b, :, other]
            if not worth.any():
                continue
            pair = size + np.arange(labels * labels).reshape(labels, labels)
            size += pair.size
            gain.append(worth.ravel())
            for each in range(labels):
                rows.add(0.0, (pair[each], 1.0), (by_label[b][each], -1.0))
                rows.add(0.0, (pair[:, each], 1.0), (by_label[other][each], -1.0))
    return size


def solve(instance: Instance, problem: Programme) -> Solved:
    """Solve by HiGHS's interior point; the bound is made from its prices anew, so that it holds as it stands."""
    result = linprog(
        -problem.gain,
        A_ub=problem.rows,
        b_ub=problem.bound,
        bounds=np.stack([np.zeros(problem.most.size), problem.most], axis=1),
        method="highs-ipm",
    )
    prices = np.maximum(-result.ineqlin.marginals, 0.0)
    left = problem.gain - problem.rows.T @ prices
    bound = float(prices @ problem.bound + np.maximum(left, 0.0) @ problem.most)
    shape = instance.allowed.shape
    own = left[: instance.allowed.size].reshape(shape)
    return Solved(bound, prices, result.x[: instance.allowed.size].reshape(shape), np.maximum(-own, 0.0))


def prices(instance: Instance, solved: Solved) -> list[tuple[int, float]]:
    """The limits that bind, the dearest first: their row and what one more of each (a won) adds to the bound."""
    first = len(instance.names)
    scale = 1 / np.maximum(np.abs(instance.limit), 1.0)
    of_limits = solved.prices[first : first + instance.limit.size] * scale
    order = np.argsort(-of_limits, kind="stable")
    return [(int(r), float(of_limits[r])) for r in order if of_limits[r] * abs(instance.limit[r]) > LEAST_WORTH]
