"""What the tables of a stream say of plans a move away: of many moves at once, each in next to no time."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from decisions.rollout.tables import Tables
from geojeom.kernels import kernel

# ruff: noqa: PLR0917 -- compiled kernels are called by position.


class Ranking:
    """The tables of one stream, asked for what moves from a plan add to what the plan is worth.

    A move is a row of (option, date, other option or -1, its date), options by their rows of the stream's.
    """

    def __init__(self, table: Tables, never: int) -> None:
        tiers = table.blocks.tiers
        flat = [tier for of_block in tiers for tier in of_block]
        self._tiers = (
            _starts([len(of_block) for of_block in tiers]),
            _starts([tier.size for tier in flat]),
            np.concatenate([*flat, np.zeros(0, np.int64)]).astype(np.int64),
        )
        options = len(table.earliest)
        blocks_of: list[list[int]] = [[] for _ in range(options)]
        for b, of_block in enumerate(tiers):
            for option in sorted({int(o) for tier in of_block for o in tier}):
                blocks_of[option].append(b)
        held = np.array([b for blocks in blocks_of for b in blocks], np.int64)
        self._blocks_of = _starts([len(blocks) for blocks in blocks_of]), held
        self._fixed = np.concatenate(table.fixed)
        self._state_start = _starts([len(states) for states in table.states])
        self._row_of = _rows(table, never)
        self._both = table.pull + table.pull.transpose(2, 3, 0, 1)
        self._never = never

    def gains(self, when: NDArray[np.int64], moves: NDArray[np.int64]) -> NDArray[np.float64]:
        """What each of ``moves`` (M, 4) adds to the plan ``when`` (m,), by the tables: (M,)."""
        worth = self._fixed, self._state_start, self._row_of, self._both
        gains: NDArray[np.float64] = _gains(
            moves, when.astype(np.int64), self._blocks_of, self._tiers, worth, self._never
        )
        return gains


def _starts(sizes: list[int]) -> NDArray[np.int64]:
    return np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)


def _rows(table: Tables, never: int) -> NDArray[np.int64]:
    """The row of a state among a block's: (tiers of the block, its dates as the digits of a number)."""
    most = max((states.shape[1] for states in table.states), default=0)
    rows = np.full((most + 1, (never + 1) ** most), -1)
    for states in table.states:
        digits = (never + 1) ** np.arange(states.shape[1])
        rows[states.shape[1], states @ digits] = np.arange(len(states))
    return rows


@kernel
def _state(b, when, tiers, rows, never):  # type: ignore[no-untyped-def]
    """The label of block b under a plan, and the row of its state."""
    tier_start, option_start, option = tiers
    label, first_open, code, digit = never, never, 0, 1
    for tier in range(tier_start[b], tier_start[b + 1]):
        date = never
        for x in range(option_start[tier], option_start[tier + 1]):
            date = min(date, when[option[x]])
        if tier == tier_start[b]:
            label = date
        # A lower tier counts only where it opens before all better ones.
        code += digit * (date if date < first_open else never)
        first_open = min(first_open, date)
        digit *= never + 1
    return label, rows[tier_start[b + 1] - tier_start[b], code]


@kernel
def _gains(moves, when, blocks_of, tiers, worth, never):  # type: ignore[no-untyped-def]  # noqa: C901, PLR0912
    """What moves (M, 4) add to a plan (m,)."""
    block_start, block = blocks_of
    fixed, state_start, row_of, both = worth
    blocks, labels = both.shape[0], both.shape[1]
    label, row = np.empty(blocks, np.int64), np.empty(blocks, np.int64)
    for b in range(blocks):
        label[b], row[b] = _state(b, when, tiers, row_of, never)
    pulled = np.zeros((blocks, labels))
    for b in range(blocks):
        for at in range(labels):
            for c in range(blocks):
                pulled[b, at] += both[b, at, c, label[c]]
    out, plan = np.zeros(len(moves)), when.copy()
    changed, turned, seen = np.empty(blocks, np.int64), np.empty(blocks, np.int64), np.full(blocks, -1)
    for v in range(len(moves)):
        count = 0
        for side in (0, 2):
            if moves[v, side] >= 0:
                plan[moves[v, side]] = moves[v, side + 1]
        for side in (0, 2):
            if moves[v, side] < 0:
                continue
            for x in range(block_start[moves[v, side]], block_start[moves[v, side] + 1]):
                b = block[x]
                if seen[b] == v:
                    continue
                seen[b] = v
                at, state = _state(b, plan, tiers, row_of, never)
                out[v] += fixed[state_start[b] + state] - fixed[state_start[b] + row[b]]
                if at != label[b]:
                    out[v] += pulled[b, at] - pulled[b, label[b]]
                    changed[count], turned[count] = b, at
                    count += 1
        # Two blocks that both change pull each other otherwise than each by itself.
        for x in range(count):
            for y in range(x):
                b, c, at, there = changed[x], changed[y], turned[x], turned[y]
                out[v] += both[b, at, c, there] - both[b, at, c, label[c]]
                out[v] += both[b, label[b], c, label[c]] - both[b, label[b], c, there]
        for side in (0, 2):
            if moves[v, side] >= 0:
                plan[moves[v, side]] = when[moves[v, side]]
    return out
