"""SMAA-2: how sure a ranking is when weights, and values nobody knows, are drawn instead of fixed.

Lahdelma and Salminen 2001: the share of draws in which a candidate has each rank, the weights that typically put it
first, and how surely those would. The score is the weighted sum of utilities.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

import numba
import numpy as np

from decisions.ranking.aggregate import Floats
from decisions.ranking.smaa_kernel import WEIGHT_UNIT, Counts, Values, favoured, tally

T = TypeVar("T")
Draw = Callable[[np.random.Generator, int], Floats]
# Draws made at once: few enough for the processor's cache, many enough to be worth a call.
BLOCK = 256
# Confidence factors need every favourite's own weights in every draw; so many keep their standard error below 0.005.
CONFIDENCE_DRAWS = 40 * BLOCK


@dataclass(frozen=True)
class Acceptability:
    """Results over all draws for D candidates and J criteria; shares of draws, 0 to 1."""

    ranks: Floats  # (D, D) share with rank 1, 2, ...; rows sum to 1, equal candidates share the better rank
    central: Floats  # (D, J) mean weights of the draws with rank 1; NaN for a candidate that is never first
    confidence: Floats  # (D,) share of draws of the values in which it is first with its central weights; NaN likewise
    winning: Floats  # (D, D) share in which the row's candidate is strictly ahead of the column's


def smaa(low: Floats, high: Floats, draw: Draw, draws: int, seed: int) -> Acceptability:
    """Rank D candidates by the weighted sum in ``draws`` draws of weights and of uncertain utilities.

    ``low``, ``high`` (D, J): the ends between which each utility is drawn evenly; equal where it is known. ``draw``
    makes weights (n, J). Each block of draws has its own random stream, named by ``seed`` and its number, and one more
    for the values, the same for every ``draw``. Runs on as many threads as numba is set to, with the same result for
    any number of them. Memory is O(D²) per thread. The standard error of a share is at most 1/(2·√draws).
    """
    # In one piece each, however many there are: numba compiles for arrays in one piece and for others separately.
    row, column = map(np.ascontiguousarray, np.nonzero(high > low))
    values = Values(np.ascontiguousarray(low.T), row, column, (high - low)[row, column])
    blocks = [(start // BLOCK, min(BLOCK, draws - start)) for start in range(0, draws, BLOCK)]

    def count(part: list[tuple[int, int]]) -> Counts:
        size, criteria = low.shape
        square = (size, size)
        counts = Counts(np.zeros(square, np.int64), np.zeros(square, np.int64), np.zeros((size, criteria), np.int64))
        for block, rows in part:
            weights = draw(np.random.default_rng([seed, block, 0]), rows)
            tally(weights, _chance(seed, block, rows, row.size), values, counts)
        return counts

    parts = _run(count, blocks)
    ranks, wins, central = (sum(arrays[1:], arrays[0]) for arrays in zip(*parts, strict=True))
    first = ranks[:, 0]
    mean = np.full(central.shape, np.nan)
    np.divide(central * WEIGHT_UNIT, first[:, None], out=mean, where=first[:, None] > 0)
    confidence = _confidence(values, mean, blocks if row.size else [(0, 1)], seed)
    return Acceptability(ranks / draws, mean, confidence, wins / draws)


def prepare() -> None:
    """Have the kernels compiled, on two candidates in one criterion, of which one has an unknown value."""
    smaa(np.zeros((2, 1)), np.array([[0.0], [1.0]]), dirichlet(np.ones(1)), 1, 0)


def dirichlet(concentration: Floats) -> Draw:
    """Weights scattered around ``concentration`` / its sum (J,), the less the larger it is; 0 stays 0.

    All 1 is evenly over every possible weighting. A weight of mean m has the standard deviation
    √(m·(1 - m) / (1 + sum)).
    """

    def draw(stream: np.random.Generator, count: int) -> Floats:
        gamma = stream.standard_gamma(concentration, (count, concentration.size))
        return np.asarray(gamma / gamma.sum(axis=1, keepdims=True), float)

    return draw


def ordinal(weights: Floats) -> Draw:
    """Weights drawn evenly among all that keep the order of ``weights`` (J,); equal ones in any order, 0 stays 0."""
    used = np.flatnonzero(weights > 0)
    _, group = np.unique(-weights[used], return_inverse=True)

    def draw(stream: np.random.Generator, count: int) -> Floats:
        sizes = stream.standard_exponential((count, used.size))
        sizes = -np.sort(-sizes / sizes.sum(axis=1, keepdims=True), axis=1)
        order = np.argsort(group + stream.random((count, used.size)), axis=1)
        drawn = np.zeros((count, weights.size))
        np.put_along_axis(drawn, used[order], sizes, axis=1)
        return drawn

    return draw


def _chance(seed: int, block: int, rows: int, uncertain: int) -> Floats:
    return np.random.default_rng([seed, block, 1]).random((rows, uncertain))


def _confidence(values: Values, central: Floats, blocks: list[tuple[int, int]], seed: int) -> Floats:
    who = np.flatnonzero(~np.isnan(central[:, 0]))
    blocks = blocks[: CONFIDENCE_DRAWS // BLOCK]
    start = np.searchsorted(values.row, np.arange(values.low.shape[1] + 1))

    def count(part: list[tuple[int, int]]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        won = np.zeros(who.size, np.int64)
        for block, rows in part:
            favoured(central[who], who, _chance(seed, block, rows, values.row.size), values, start, won)
        return won

    confidence = np.full(len(central), np.nan)
    confidence[who] = sum(_run(count, blocks)) / sum(rows for _, rows in blocks)
    return confidence


def _run(count: Callable[[list[tuple[int, int]]], T], blocks: list[tuple[int, int]]) -> list[T]:
    threads = min(numba.get_num_threads(), len(blocks))
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(count, [blocks[number::threads] for number in range(threads)]))
