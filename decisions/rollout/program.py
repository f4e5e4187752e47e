"""The linear programme over all plans within the limits whose value no plan can exceed.

Variables: x[o, k], option o opens at date k; X[s, b, state], block b of stream s is in that state; P[s, b, l, b', l'],
blocks b and b' of stream s have these labels. All are 0 to 1. Rows, in this order of kinds (all ``≤``):

    once    Σ_k x[o, k] ≤ 1
    limit   Σ usage[o, k, r] x[o, k] ≤ limit[r]                         scaled to a limit of 1
    need    Σ_{k ≤ d} (x[o, k] - Σ_{suppliers} x[o', k]) ≤ 0             for each date d
    state   Σ_state X[s, b, state] ≤ 1
    tier    Σ_{states with tier m open by d} X - Σ_{o in tier m} Σ_{k ≤ d} x[o, k] ≤ 0
    pair    Σ_{l'} P[s, b, l, b', l'] - Σ_{states of label l} X[s, b, state] ≤ 0, and the same the other way round

A pair that matters little is left out of what is solved: u[l] and v[l'] of at least 0 with u[l] + v[l'] no less than
what the pair adds in these labels are prices of its rows, so that u and v go to the states and the bound is one of the
whole programme.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from decisions.rollout.instance import Instance
from decisions.rollout.tables import Tables, state_of

# A limit that is worth less than this, all of it together, does not bind.
LEAST_WORTH = 1.0
# Pairs are left out, those that matter least first, while all they could make the bound too high by is this part of
# what all states are worth; and never are more kept than so many.
LEFT_OUT = 0.005
PAIRS = 1500
# The whole plan of the programme without pairs is looked for in so many nodes, and to this part of the best.
NODES = 300
NEAR = 0.005


@dataclass(frozen=True)
class Programme:
    """Maximise ``gain`` · v over 0 ≤ v ≤ ``most`` with ``rows`` v ≤ ``bound``; the first m · K variables are x.

    ``row`` are the numbers of the rows among those with all pairs, ``prices`` (of all these) what rows of pairs that
    are left out cost, 0 elsewhere.
    """

    gain: NDArray[np.float64]
    rows: sparse.csr_matrix
    bound: NDArray[np.float64]
    most: NDArray[np.float64]
    row: NDArray[np.int64]
    prices: NDArray[np.float64]


@dataclass(frozen=True)
class Solved:
    """``bound`` holds whatever the solver did: it is made from the ``prices`` of the rows alone, those of all pairs.

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
        self.number: list[int] = []
        self.prices: list[float] = []

    def leave_out(self, prices: NDArray[np.float64]) -> None:
        """Count rows that are not there, and what they cost."""
        self.prices += prices.tolist()

    def add(self, bound: float, *terms: tuple[NDArray[np.int64], float | NDArray[np.float64]]) -> None:
        for column, value in terms:
            flat = np.ravel(column)
            self.row.append(np.full(flat.size, len(self.bound)))
            self.column.append(flat)
            self.value.append(np.broadcast_to(np.ravel(value) if np.ndim(value) else value, flat.shape).astype(float))
        self.bound.append(bound)
        self.number.append(len(self.prices))
        self.prices.append(0.0)

    def matrix(self, width: int) -> sparse.csr_matrix:
        parts = (np.concatenate(part) for part in (self.value, self.row, self.column))
        value, row, column = parts
        return sparse.csr_matrix((value, (row, column)), shape=(len(self.bound), width))


def programme(instance: Instance, tables: Sequence[Tables], pairs: int = PAIRS) -> Programme:
    """The programme of the module's head, for the tables of each stream in turn, with no more than so many pairs."""
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
    every = [_pairs(table) for table in tables]
    left_out = _least(every, sum(float(fixed.max(initial=0)) for table in tables for fixed in table.fixed), pairs)
    for stream, table, of_stream, out in zip(instance.streams, tables, every, left_out, strict=True):
        size = _of_stream(rows, gain, x[stream.options], table, size, of_stream, out)
    most.append(np.ones(size - count * dates))
    return Programme(
        np.concatenate(gain),
        rows.matrix(size),
        np.array(rows.bound),
        np.concatenate(most),
        np.array(rows.number),
        np.array(rows.prices),
    )


@dataclass(frozen=True)
class _Pair:
    """What two blocks add in each two labels (L, L), beside ``one`` (L,) + ``two`` (L,), which are never less."""

    b: int
    other: int
    worth: NDArray[np.float64]
    one: NDArray[np.float64]
    two: NDArray[np.float64]

    @property
    def loss(self) -> float:
        """The most by which the sum is above."""
        return float((self.one[:, None] + self.two - self.worth).max())


def _pairs(table: Tables) -> list[_Pair]:
    """All pairs of blocks that add anything; the sums are exact where the second has the label of the tangent plan."""
    never = table.pull.shape[1] - 1
    label = [int(state_of(tiers, table.tangent, never)[0]) if tiers else never for tiers in table.blocks.tiers]
    both = table.pull + table.pull.transpose(2, 3, 0, 1)
    result = []
    for b in range(len(label)):
        for other in range(b + 1, len(label)):
            worth = both[b, :, other]
            if worth.any():
                one = worth[:, label[other]]
                result.append(_Pair(b, other, worth, one, np.maximum((worth - one[:, None]).max(axis=0), 0.0)))
    return result


def _least(every: Sequence[Sequence[_Pair]], worth: float, most: int) -> list[set[int]]:
    """The pairs of each stream that are left out."""
    loss = np.array([pair.loss for of_stream in every for pair in of_stream])
    order = np.argsort(loss, kind="stable")
    count = max(int((np.cumsum(loss[order]) <= LEFT_OUT * worth).sum()), loss.size - most)
    chosen = np.zeros(loss.size, np.bool_)
    chosen[order[:count]] = True
    ends = np.cumsum([len(of_stream) for of_stream in every])[:-1]
    return [set(np.flatnonzero(part).tolist()) for part in np.split(chosen, ends)]


def _of_stream(  # noqa: PLR0917 -- what is added to, and of what
    rows: _Rows,
    gain: list[NDArray[np.float64]],
    x: NDArray[np.int64],
    table: Tables,
    size: int,
    pairs: Sequence[_Pair],
    left_out: set[int],
) -> int:
    """Add a stream's variables and rows; returns the number of variables so far."""
    dates = x.shape[1]
    labels = dates + 1
    by_label: list[list[NDArray[np.int64]]] = []
    added = [fixed.copy() for fixed in table.fixed]
    for b, states in enumerate(table.states):
        own = size + np.arange(len(states))
        size += len(states)
        gain.append(added[b])
        rows.add(1.0, (own, 1.0))
        for m, tier in enumerate(table.blocks.tiers[b]):
            for d in range(dates):
                rows.add(0.0, (own[states[:, m] <= d], 1.0), (x[tier, : d + 1], -1.0))
        label = states[:, 0] if states.shape[1] else np.full(len(states), dates)
        by_label.append([own[label == each] for each in range(labels)])
    first = [int(np.concatenate(held).min()) for held in by_label]
    for number, pair in enumerate(pairs):
        if number in left_out:
            for b, price in ((pair.b, pair.one), (pair.other, pair.two)):
                for each in range(labels):
                    added[b][by_label[b][each] - first[b]] += price[each]
            rows.leave_out(np.stack([pair.one, pair.two], axis=1).ravel())
            continue
        both = size + np.arange(labels * labels).reshape(labels, labels)
        size += both.size
        gain.append(pair.worth.ravel())
        for each in range(labels):
            rows.add(0.0, (both[each], 1.0), (by_label[pair.b][each], -1.0))
            rows.add(0.0, (both[:, each], 1.0), (by_label[pair.other][each], -1.0))
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
    every = problem.prices.copy()
    every[problem.row] = prices
    return Solved(bound, every, result.x[: instance.allowed.size].reshape(shape), np.maximum(-own, 0.0))


def whole(instance: Instance, problem: Programme, seconds: float) -> NDArray[np.float64]:
    """What opens (m, K), 0 or 1, in a plan that is good by the programme, found by HiGHS's branch and bound.

    All 0 where it finds none. The same programme gives the same plan unless it runs out of ``seconds``.
    """
    size = instance.allowed.size
    result = milp(
        -problem.gain,
        constraints=LinearConstraint(problem.rows, -np.inf, problem.bound),
        integrality=np.arange(problem.gain.size) < size,
        bounds=Bounds(0, problem.most),
        options={"node_limit": NODES, "mip_rel_gap": NEAR, "time_limit": seconds},
    )
    opens = np.zeros(size) if result.x is None else np.round(result.x[:size])
    return opens.reshape(instance.allowed.shape)


def prices(instance: Instance, solved: Solved) -> list[tuple[int, float]]:
    """The limits that bind, the dearest first: their row and what one more of each (a won) adds to the bound."""
    first = len(instance.names)
    scale = 1 / np.maximum(np.abs(instance.limit), 1.0)
    of_limits = solved.prices[first : first + instance.limit.size] * scale
    order = np.argsort(-of_limits, kind="stable")
    return [(int(r), float(of_limits[r])) for r in order if of_limits[r] * abs(instance.limit[r]) > LEAST_WORTH]
