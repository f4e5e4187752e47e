"""Whole persons from source units to squares: every unit's total arrives exactly, in proportion to weights.

Largest remainder (Hamilton): each square gets the floor of its quota, and what is left goes one by one to the largest
remainders. Equal remainders are the rule where a unit's squares are alike; taken by position they would fill a unit
row by row and draw bands over it, so they go by a fixed hash of the position. Deterministic, and no square gets more
than its quota rounded up.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Weights = NDArray[np.int64] | NDArray[np.float64]
# Shares that differ by less than this are equal: areas of like squares differ in their last digits from row to row.
EQUAL_DIGITS = 9


def apportion(total: Ints, unit: Ints, weight: Weights) -> Ints:
    """Split ``total[u]`` over the entries with ``unit == u`` in proportion to ``weight``; returns one count per entry.

    ``unit`` must be ascending. A unit without entries keeps its total (nothing returned for it); one whose weights are
    all zero is split evenly. Integer weights are apportioned in exact integer arithmetic (totals times weights must
    stay below 2**63).
    """
    size = len(total)
    flat = (_sums(unit, weight, size) <= 0)[unit]
    weight = np.where(flat, np.ones_like(weight), weight)
    whole = _sums(unit, weight, size)
    quota, rest = np.divmod(total[unit] * weight, whole[unit])
    given: Ints = quota.astype(np.int64)
    left = total - _sums(unit, given, size)
    if weight.dtype.kind == "f":
        rest = np.round(rest / whole[unit], EQUAL_DIGITS)
    order = np.lexsort((scattered(len(unit)), -rest, unit))
    start = np.searchsorted(unit, np.arange(size))
    rank = np.empty(len(unit), dtype=np.int64)
    rank[order] = np.arange(len(unit)) - start[unit]
    return given + (rank < left[unit])


def apportion_by_side(total: Ints, unit: Ints, side: NDArray[np.bool_], weight: Weights) -> Ints:
    """As ``apportion``, but first between the two sides of a border and then within each.

    A small total over many squares would otherwise go to the few heaviest of them, whichever side they are on.
    Every unit that has entries needs one of positive weight.
    """
    half = 2 * unit + side
    part = apportion(total, np.repeat(np.arange(len(total)), 2), _sums(half, weight, 2 * len(total)))
    order = np.argsort(half, kind="stable")
    given = np.empty(len(unit), dtype=np.int64)
    given[order] = apportion(part, half[order], weight[order])
    return given


def apportion_part(total: Ints, unit: Ints, side: NDArray[np.bool_], room: Ints) -> Ints:
    """Split a part of the people over entries by whose ``room`` (people, whole numbers) they come; no entry exceeds it.

    As ``apportion_by_side`` between the sides. Within one, the running sum of quotas is rounded down in a hashed
    order: the largest remainders would leave every square of few people without the part, and fill those of a few more.
    ``total[u]`` is at most the unit's room.
    """
    half = 2 * unit + side
    held = _sums(half, room, 2 * len(total))
    part = apportion(total, np.repeat(np.arange(len(total)), 2), held)
    order = np.lexsort((scattered(len(unit)), half))
    of, number = half[order], room[order]
    before = np.concatenate([np.zeros(1, np.int64), np.cumsum(held)])[of]
    upto = np.cumsum(number) - before
    whole = np.maximum(held[of], 1)
    given = np.empty(len(unit), dtype=np.int64)
    given[order] = part[of] * upto // whole - part[of] * (upto - number) // whole
    return given


def scattered(size: int) -> NDArray[np.uint64]:
    """A distinct number for each of the positions 0, 1, ..., without any pattern: SplitMix64 (Steele et al. 2014)."""
    z = (np.arange(size, dtype=np.uint64) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


def choose_weights(
    unit: Ints, square: Ints, units: int, known: NDArray[np.bool_], levels: Sequence[Floats]
) -> tuple[Floats, Ints]:
    """A weight per entry from the first level that says anything about its unit, and the level each unit used.

    ``levels`` hold one weight per square, best first; they are trusted only on ``known`` squares (inside the region:
    sources end at its border). A unit's squares elsewhere get the mean weight of its known ones, so that the border
    cuts a unit by area. Units without known squares use level -1 and equal weights.
    """
    weight = np.ones(len(unit))
    level = np.full(units, -1, dtype=np.int64)
    inside = known[square]
    number = np.bincount(unit[inside], minlength=units)
    for at, values in enumerate(levels):
        value = np.where(inside, values[square], 0.0)
        whole = np.bincount(unit, value, units)
        taken = (level < 0) & (whole > 0)
        mean = np.divide(whole, number, out=np.zeros(units), where=number > 0)
        weight = np.where(taken[unit], np.where(inside, value, mean[unit]), weight)
        level[taken] = at
    return weight, level


def _sums(group: Ints, value: Weights, size: int) -> Weights:
    """Sum of values per group, in their own type: whole numbers stay exact."""
    if value.dtype.kind == "f":
        return np.bincount(group, value, size).astype(np.float64)
    out = np.zeros(size, dtype=np.int64)
    np.add.at(out, group, value)
    return out
