"""What each block of cells is worth at most in each of its states, as a function of what the other blocks do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from decisions.rollout import kernels, onward
from decisions.rollout.instance import Stream

# Options that bring a block at least this part of what its best one brings count as its best: a state of the block is
# when the first of each tier opens.
TIERS = (0.8, 0.3)


@dataclass(frozen=True)
class Blocks:
    """A stream's cells by the option that serves them best; the last block's none serves better than the base.

    ``tiers[b]`` are the options (rows of the stream's) of block b by tier, best first.
    """

    block: NDArray[np.int64]  # (n,)
    cells: Sequence[NDArray[np.int64]]  # of each block
    part: NDArray[np.int64]  # (n,) the part of a zone that a cell is in; -1: in no zone
    part_zone: NDArray[np.int64]
    part_start: NDArray[np.int64]  # (blocks + 1,)
    tiers: Sequence[Sequence[NDArray[np.int64]]]

    def arrays(self, stream: Stream) -> tuple[Any, ...]:
        """As the kernels take them."""
        return self.block, self.part, stream.zone_share, self.part_zone, self.part_start


@dataclass(frozen=True)
class Tables:
    """What the goal of every block b is worth at most.

        Σ_s X_bs · fixed[b][s] + Σ_{b' ≠ b} Σ_{l, l'} P_{bl,b'l'} · pull[b, l, b', l']

    with X_bs 1 for the state s that b is in, and P_{bl,b'l'} 1 where b has label l and b' label l'. A state is a date
    for each tier (K: never, or not before a better tier's); its label is that of the best tier. It holds for plans that
    open no option before ``earliest``, and is tightest near the plan ``tangent``. ``highest`` is the most that any
    state of a cell's block makes, by its own goal, of a hazard that enters the cell.
    """

    earliest: NDArray[np.int64]  # (m,)
    tangent: NDArray[np.int64]  # (m,)
    blocks: Blocks
    states: Sequence[NDArray[np.int64]]  # (S_b, tiers of b)
    fixed: Sequence[NDArray[np.float64]]  # (S_b,)
    pull: NDArray[np.float64]  # (B, L, B, L)
    highest: NDArray[np.float64]  # (T, n)


def blocks_of(stream: Stream, first: int) -> Blocks:
    """Split the cells by the option that serves them best, and sort the options of each block into tiers.

    What an option brings counts against the base of every month from ``first`` on: where the base comes later than the
    option, the months between are the option's.
    """
    count, n = stream.reach.shape
    lasts = np.bincount(stream.epoch[first:], minlength=len(stream.base))
    best = stream.reach.argmax(axis=0) if count else np.zeros(n, np.int64)
    served = stream.reach.max(axis=0, initial=0) > stream.base[lasts > 0].min(axis=0, initial=np.inf)
    block = np.where(served, best, count).astype(np.int64)
    pairs = sorted({(int(b), int(z)) for b, z in zip(block, stream.zone, strict=True) if z >= 0})
    number = {pair: p for p, pair in enumerate(pairs)}
    part = [number.get((int(b), int(z)), -1) for b, z in zip(block, stream.zone, strict=True)]
    cells = [np.flatnonzero(block == b) for b in range(count + 1)]
    return Blocks(
        block=block,
        cells=cells,
        part=np.array(part, np.int64),
        part_zone=np.array([z for _, z in pairs], np.int64),
        part_start=np.searchsorted([b for b, _ in pairs], np.arange(count + 2)).astype(np.int64),
        tiers=[_tiers(stream, cells[b], lasts) for b in range(count + 1)],
    )


def _tiers(stream: Stream, cells: NDArray[np.int64], lasts: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    """Options that bring the cells more than a base that ``lasts`` (E,) months, by how much of what the best brings."""
    reach, people, more = stream.reach[:, cells], stream.people[cells] + 1e-9, np.zeros(len(stream.reach))
    for epoch in np.flatnonzero(lasts):
        more += lasts[epoch] * (np.maximum(reach - stream.base[epoch, cells], 0) @ people)
    if not (more > 0).any():
        return []
    bounds = [np.inf, *(share * more.max() for share in TIERS), 0.0]
    tiers = [np.flatnonzero((more < high) & (more >= low) & (more > 0)) for high, low in pairwise(bounds)]
    return [tier for tier in tiers if tier.size]


def states_of(tiers: int, dates: int) -> NDArray[np.int64]:
    """All states (S, tiers): a lower tier counts only where it opens before all better ones."""
    rows = product(range(dates + 1), repeat=tiers)
    kept = [row for row in rows if all(d == dates or d < min(row[:m], default=dates + 1) for m, d in enumerate(row))]
    return np.array(kept, np.int64).reshape(len(kept), tiers)


def state_of(tiers: Sequence[NDArray[np.int64]], when: NDArray[np.int64], never: int) -> NDArray[np.int64]:
    """The state of a block under a plan of its stream's options (m,)."""
    state = np.full(len(tiers), never)
    for m, tier in enumerate(tiers):
        first = int(when[tier].min())
        state[m] = first if first < min(state[:m], default=never) else never
    return state


def availability(stream: Stream, months: NDArray[np.int64]) -> NDArray[np.float64]:
    """(T, n) under a plan whose options open in ``months`` (m,), T or later: never."""
    result = stream.base[stream.epoch].copy()
    for o in np.flatnonzero(months < stream.months):
        np.maximum(result[months[o] :], stream.reach[o], out=result[months[o] :])
    return result


def path(stream: Stream, months: NDArray[np.int64]) -> NDArray[np.float64]:
    """Shares (T + 1, n) under that plan."""
    zones = stream.zone, stream.zone_share, stream.zone_weight
    shares: NDArray[np.float64] = kernels.path(
        availability(stream, months), stream.seed, rows_of(stream.contact), zones
    )
    return shares


def goal(stream: Stream, shares: NDArray[np.float64]) -> float:
    """What users count over the months."""
    return float(stream.timing @ (shares @ stream.worth))


def rows_of(matrix: Any) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """A sparse matrix as the kernels take it."""
    return matrix.indptr.astype(np.int64), matrix.indices.astype(np.int64), matrix.data


def tables(stream: Stream, dates: NDArray[np.int64], earliest: NDArray[np.int64], when: NDArray[np.int64]) -> Tables:
    """Tables for every plan that opens no option before ``earliest`` (m,), tangent at the plan ``when`` (m,)."""
    months = np.append(dates, stream.months)
    blocks = blocks_of(stream, int(months[earliest].min(initial=stream.months)))
    beside = _beside(stream, blocks, months, path(stream, months[when]))
    states = [states_of(len(tiers), dates.size) for tiers in blocks.tiers]
    highest = np.zeros((stream.months, stream.people.size))
    pull = np.zeros((len(states), months.size) * 2)
    fixed = [np.zeros(len(of_block)) for of_block in states]
    for b, cells in enumerate(blocks.cells):
        if cells.size:
            fixed[b], pull[b], highest[:, cells] = _block(beside, b, states[b])
    worth, more = _onward(beside, highest, earliest)
    for b, cells in enumerate(blocks.cells):
        if cells.size and states[b].shape[1] > 1:
            fixed[b] += _lower_tiers(beside, b, states[b], worth[:, cells])
    return Tables(earliest, when, blocks, states, fixed, pull + more, highest)


@dataclass(frozen=True)
class _Beside:
    """A plan, and the paths of each block beside it: the block in each label by its best tier alone, all else as is."""

    stream: Stream
    blocks: Blocks
    months: NDArray[np.int64]  # (L,) of the labels
    there: NDArray[np.float64]  # (T + 1, n) shares of the plan
    entered: NDArray[np.float64]  # (T, n) what then enters from other blocks
    own: NDArray[np.float64]  # (n,) what the best tier of its block gives a cell
    labels: NDArray[np.float64]  # (T + 1, n, L) shares
    sent: NDArray[np.float64]  # (parts, T, L) what each part then adds to its zone's share

    def shares(self, b: int, opened: NDArray[np.float64]) -> NDArray[np.float64]:
        """Shares (T + 1, c, S) of a block by what is open in it (T, c, S)."""
        arrays, stream = self.blocks.arrays(self.stream), self.stream
        shares: NDArray[np.float64] = kernels.forward(
            self.blocks.cells[b], opened, self.entered, stream.seed, rows_of(stream.contact), arrays, stream.zone_weight
        )
        return shares


def _beside(stream: Stream, blocks: Blocks, months: NDArray[np.int64], there: NDArray[np.float64]) -> _Beside:
    arrays, rows = blocks.arrays(stream), rows_of(stream.contact)
    own = np.zeros(stream.people.size)
    for cells, tiers in zip(blocks.cells, blocks.tiers, strict=True):
        if tiers:
            own[cells] = stream.reach[np.ix_(tiers[0], cells)].max(axis=0)
    labels = kernels.labels(
        there, stream.base, stream.epoch, own, months, stream.seed, rows, arrays, stream.zone_weight
    )
    entered = kernels.entering(there, rows, arrays, stream.zone_weight)
    sent = _by_part(blocks, stream.zone_share[:, None] * labels[:-1])
    return _Beside(stream, blocks, months, there, entered, own, labels, sent)


def _block(
    beside: _Beside, b: int, states: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Of a block's own goal: fixed part (S,), pull of other blocks' labels (L, B, L), and highest (T, c)."""
    stream, blocks, cells = beside.stream, beside.blocks, beside.blocks.cells[b]
    opened = _available(stream, blocks, b, beside.months[states])
    share = beside.shares(b, opened)
    slope, near, by_zone, highest = kernels.backward(
        cells,
        opened,
        beside.entered,
        share,
        beside.labels,
        rows_of(stream.transposed),
        rows_of(stream.contact),
        blocks.arrays(stream),
        stream.zone_weight,
        stream.worth,
        stream.timing,
    )
    near += _far(stream, blocks, b, by_zone, beside.sent)
    of_label, pull = _labels_of(states, beside.months.size - 1), np.zeros((beside.months.size, *near.shape[:2]))
    for label in np.unique(of_label):
        pull[label] = near[:, :, of_label == label].max(axis=2)
    pull[:, b] = 0.0
    return np.einsum("t,tcs,c->s", stream.timing, share, stream.worth[cells]) - slope, pull, highest


def _labels_of(states: NDArray[np.int64], never: int) -> NDArray[np.int64]:
    """The label of each state."""
    return states[:, 0] if states.shape[1] else np.full(len(states), never)


def _onward(
    beside: _Beside, highest: NDArray[np.float64], earliest: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """What users are worth through other blocks (T, n), and by label what blocks send on by others (B, L, B, L)."""
    stream, blocks = beside.stream, beside.blocks
    arrays, rows = blocks.arrays(stream), rows_of(stream.contact)
    month = np.arange(stream.months)[:, None]
    opened = np.maximum(
        stream.base[stream.epoch][:, :, None],
        np.where(month[:, None] >= beside.months, beside.own[None, :, None], 0.0),
    )
    for cells, tiers in zip(blocks.cells, blocks.tiers, strict=True):
        for o in np.concatenate(tiers[1:]) if len(tiers) > 1 else ():
            first = beside.months[earliest[o]]
            opened[first:, cells] = np.maximum(opened[first:, cells], stream.reach[o, cells][:, None])
    worth, received = onward.onward(
        highest, opened, beside.labels, rows_of(stream.transposed), arrays, stream.zone, stream.zone_weight
    )
    more = np.maximum(beside.labels[:-1] - beside.there[:-1, :, None], 0.0)
    sent = np.zeros((len(blocks.cells), beside.months.size) * 2)
    by_zone, more_by_part = _by_part(blocks, received), _by_part(blocks, stream.zone_share[:, None] * more)
    for b, cells in enumerate(blocks.cells):
        if cells.size:
            sent[b] = onward.sent_on(cells, received, more, rows, blocks.block, len(blocks.cells))
            sent[b] += _far(stream, blocks, b, by_zone[slice(*blocks.part_start[b : b + 2])], more_by_part).transpose(
                2, 0, 1
            )
        sent[b, :, b] = 0.0
    return worth, sent


def _lower_tiers(beside: _Beside, b: int, states: NDArray[np.int64], worth: NDArray[np.float64]) -> NDArray[np.float64]:
    """What more a block sends on in its states (S,) than by its best tier alone."""
    cells, label = beside.blocks.cells[b], _labels_of(states, beside.months.size - 1)
    shares = beside.shares(b, _available(beside.stream, beside.blocks, b, beside.months[states]))
    more = np.einsum("tc,tcs->s", worth, shares[:-1])
    alone = np.einsum("tc,tcl->l", worth, beside.labels[:-1, cells])
    return np.asarray(more - alone[label])


def _available(stream: Stream, blocks: Blocks, b: int, opens: NDArray[np.int64]) -> NDArray[np.float64]:
    """(T, c, S) of block b, whose tiers open in ``opens`` (S, tiers).

    From then on it is the best that any of the tier gives or of a lower one: a lower tier that opens later is in no
    state, and may reach a cell that this one does not.
    """
    cells = blocks.cells[b]
    result = np.repeat(stream.base[stream.epoch][:, cells, None], len(opens), axis=2)
    month = np.arange(stream.months)
    for m in range(len(blocks.tiers[b])):
        reach = stream.reach[np.ix_(np.concatenate(blocks.tiers[b][m:]), cells)].max(axis=0)
        np.maximum(result, reach[:, None] * (month[:, None] >= opens[:, m])[:, None, :], out=result)
    return result


def _by_part(blocks: Blocks, of_cells: NDArray[np.float64]) -> NDArray[np.float64]:
    """Sums (parts, T, L) of what cells have (T, n, L)."""
    months, n, lanes = of_cells.shape
    inside = np.flatnonzero(blocks.part >= 0)
    parts = blocks.part_zone.size
    into = sparse.csr_matrix((np.ones(inside.size), (blocks.part[inside], inside)), shape=(parts, n))
    flat = of_cells.transpose(1, 0, 2).reshape(n, months * lanes)
    return np.asarray(into @ flat).reshape(parts, months, lanes)


def _far(
    stream: Stream, blocks: Blocks, b: int, by_zone: NDArray[np.float64], zone_paths: NDArray[np.float64]
) -> NDArray[np.float64]:
    """(B, L, S): gradient times what other blocks' labels send to the zones of block b."""
    parts = np.arange(blocks.part_start[b], blocks.part_start[b + 1])
    weight = stream.zone_weight[np.ix_(blocks.part_zone[parts], blocks.part_zone)]
    felt = np.einsum("pts,pq->qts", by_zone, weight)
    sent = np.matmul(zone_paths.transpose(0, 2, 1), felt)  # (parts, L, S)
    result = np.zeros((len(blocks.cells), zone_paths.shape[2], by_zone.shape[2]))
    owner = np.repeat(np.arange(len(blocks.cells)), np.diff(blocks.part_start))
    np.add.at(result, owner, sent)
    return result
