"""Kernels of the stochastic acceptability analysis: rank all candidates once per draw of weights and values, and count.

Arrays only. Everything counted is a whole number (weights too, in steps of 2^-40), so that sums do not depend on
their order: any number of threads, and any cutting of the draws, gives the same bits.
Scores are compared as whole multiples of about 1e-9, the difference that ``aggregate`` calls a tie; equal ones
share the better rank.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from geojeom.kernels import kernel

F8 = NDArray[np.float64]
I8 = NDArray[np.int64]
I4 = NDArray[np.int32]
LEVELS = 2**30 - 1
WEIGHT_UNIT = 2.0**-40
# A radix sort in three passes of ten bits: with many candidates several times quicker than sorting by comparison.
BITS = 10
BUCKETS = 1 << BITS


class Values(NamedTuple):
    """Utilities of D candidates in J criteria, and the U of them that are drawn."""

    low: F8  # (J, D) the utility, or the least one it may have
    row: I8  # (U,) candidate of each uncertain utility, ascending
    column: I8  # (U,) its criterion
    span: F8  # (U,) how far above the least it may lie


class Counts(NamedTuple):
    """What is counted over the draws."""

    ranks: I8  # (D, D) draws in which the candidate has rank 1, 2, ...
    wins: I8  # (D, D) draws in which the row's candidate is strictly ahead of the column's
    central: I8  # (D, J) sum of the weights of the draws with rank 1, in units of WEIGHT_UNIT


@kernel
def tally(weights: F8, chance: F8, values: Values, counts: Counts) -> None:
    """Add draws to ``counts``: ``weights`` (B, J) sum to 1 per draw, ``chance`` (B, U) lies in 0 to 1.

    B is at most 32,767.
    """
    draws, criteria = weights.shape
    candidates = values.low.shape[1]
    ranks = np.empty((draws, candidates), np.int16)
    score = np.empty(candidates)
    level = np.empty(candidates, np.uint32)
    order = np.empty((2, candidates), np.int32)
    start = np.empty(BUCKETS + 1, np.int32)
    for b in range(draws):
        _set_known(weights[b], values, score)
        for u in range(values.row.size):
            score[values.row[u]] += weights[b, values.column[u]] * values.span[u] * chance[b, u]
        for d in range(candidates):
            level[d] = _level(score[d])
        _sort(level, order, start)
        rank = 0
        for k in range(candidates):
            d = int(order[1, k])
            if k > 0 and level[d] != level[order[1, k - 1]]:
                rank = k
            ranks[b, d] = rank
            counts.ranks[d, rank] += 1
            if rank == 0:
                for j in range(criteria):
                    counts.central[d, j] += np.int64(weights[b, j] / WEIGHT_UNIT + 0.5)
    _add_wins(ranks, counts.wins)


@kernel
def favoured(  # noqa: PLR0917 -- compiled kernels are called by position
    favourite: F8, who: I8, chance: F8, values: Values, start: I8, won: I8
) -> None:
    """Add to ``won`` (F,) the draws in which candidate ``who[f]`` is first with the weights ``favourite[f]`` (F, J).

    What is drawn of candidate d is ``start[d]:start[d + 1]`` of ``values``.
    """
    known = np.empty(values.low.shape[1])
    for f in range(who.size):
        own, weights = who[f], favourite[f]
        _set_known(weights, values, known)
        reach = weights[values.column] * values.span
        middle = known.copy()
        for u in range(reach.size):
            middle[values.row[u]] += reach[u] / 2
        # The likeliest winners first: most draws are then lost after a glance. Whoever stays behind at its best need
        # not be asked at all; a tie's width is left for rounding.
        rivals = np.argsort(-middle)
        rivals = rivals[(2 * middle - known)[rivals] >= known[own] - 1e-9]
        for b in range(chance.shape[0]):
            level = _level(_drawn(known[own], reach, chance[b], start[own], start[own + 1]))
            first = True
            for d in rivals:
                if _level(_drawn(known[d], reach, chance[b], start[d], start[d + 1])) < level:
                    first = False
                    break
            won[f] += first


@kernel
def _drawn(score: float, reach: F8, chance: F8, begin: int, end: int) -> float:
    for u in range(begin, end):
        score += reach[u] * chance[u]
    return score


@kernel
def _set_known(weights: F8, values: Values, score: F8) -> None:
    score[:] = 0.0
    for j in range(weights.size):
        for d in range(score.size):
            score[d] += weights[j] * values.low[j, d]


@kernel
def _level(score: float) -> np.uint32:
    """Return the score's place on a scale of LEVELS steps, 0 for the best."""
    return np.uint32(LEVELS - np.int64(min(score, 1.0) * LEVELS + 0.5))


@kernel
def _sort(level: NDArray[np.uint32], order: I4, start: I4) -> None:
    """Fill ``order[1]`` with the candidates by rising level; ``order[0]`` and ``start`` are working space."""
    size = level.size
    for d in range(size):
        order[1, d] = d
    for step in range(3):
        shift = np.uint32(step * BITS)
        source, target = order[(step + 1) % 2], order[step % 2]
        start[:] = 0
        for d in range(size):
            start[((level[d] >> shift) & np.uint32(BUCKETS - 1)) + 1] += 1
        for k in range(1, BUCKETS):
            start[k] += start[k - 1]
        for k in range(size):
            d = source[k]
            bucket = (level[d] >> shift) & np.uint32(BUCKETS - 1)
            target[start[bucket]] = d
            start[bucket] += 1
    # One by one: of two slices numba would compile what it says where their lengths differ, for several seconds.
    for k in range(size):
        order[1, k] = order[0, k]


@kernel
def _add_wins(ranks: NDArray[np.int16], wins: I8) -> None:
    draws, candidates = ranks.shape
    # Sixteen-bit counts: the comparisons of a row then run in the widest vectors the processor has.
    ahead = np.empty(candidates, np.int16)
    for a in range(candidates):
        ahead[:] = 0
        for b in range(draws):
            own = ranks[b, a]
            for d in range(candidates):
                ahead[d] += np.int16(own < ranks[b, d])
        for d in range(candidates):
            wins[a, d] += ahead[d]
