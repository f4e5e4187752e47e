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
    """Split each unit's total over its entries in proportion to weights, by largest remainder.

    Parameters
    ----------
    total : int64 (U,)
        The units' totals.
    unit : int64 (E,)
        The unit of each entry, ascending.
    weight : int64 or float64 (E,)
        Not negative. Whole numbers are apportioned in exact arithmetic: totals times weights must stay below 2**63.

    Returns
    -------
    int64 (E,)
        One count per entry. A unit without entries keeps its total; one whose weights are all 0 is split evenly.
    """
    size = len(total)
    flat = (_sums(unit, weight, size) <= 0)[unit]
    weight = np.where(flat, np.ones_like(weight), weight)
    whole = _sums(unit, weight, size)
    quota, rest = np.divmod(total[unit] * weight, whole[unit])
    allotted: Ints = quota.astype(np.int64)
    left = total - _sums(unit, allotted, size)
    if weight.dtype.kind == "f":
        rest = np.round(rest / whole[unit], EQUAL_DIGITS)
    order = np.lexsort((scattered(len(unit)), -rest, unit))
    start = np.searchsorted(unit, np.arange(size))
    rank = np.empty(len(unit), dtype=np.int64)
    rank[order] = np.arange(len(unit)) - start[unit]
    return allotted + (rank < left[unit])


def apportion_by_side(total: Ints, unit: Ints, side: NDArray[np.bool_], weight: Weights) -> Ints:
    """As ``apportion``, but first between the two sides of a border and then within each.

    A small total over many squares would otherwise go to the few heaviest of them, whichever side they are on.

    Parameters
    ----------
    total, unit, weight
        As for ``apportion``; every unit that has entries needs one of positive weight.
    side : bool (E,)
        On which side of the border each entry lies.

    Returns
    -------
    int64 (E,)
        One count per entry.
    """
    half = 2 * unit + side
    part = apportion(total, np.repeat(np.arange(len(total)), 2), _sums(half, weight, 2 * len(total)))
    order = np.argsort(half, kind="stable")
    allotted = np.empty(len(unit), dtype=np.int64)
    allotted[order] = apportion(part, half[order], weight[order])
    return allotted


def apportion_part(total: Ints, unit: Ints, side: NDArray[np.bool_], room: Ints) -> Ints:
    """Split a part of the people over entries by whose people they come; no entry gets more than it has.

    As ``apportion_by_side`` between the sides. Within one, the running sum of quotas is rounded down in a hashed order:
    the largest remainders would leave every square of few people without the part, and fill those of a few more.

    Parameters
    ----------
    total : int64 (U,)
        The units' totals, at most the people of each.
    unit : int64 (E,)
        The unit of each entry, ascending.
    side : bool (E,)
        On which side of the border each entry lies.
    room : int64 (E,)
        People of each entry who belong to no other part.

    Returns
    -------
    int64 (E,)
        One count per entry, at most ``room``.
    """
    half = 2 * unit + side
    held = _sums(half, room, 2 * len(total))
    part = apportion(total, np.repeat(np.arange(len(total)), 2), held)
    order = np.lexsort((scattered(len(unit)), half))
    of, number = half[order], room[order]
    before = np.concatenate([np.zeros(1, np.int64), np.cumsum(held)])[of]
    upto = np.cumsum(number) - before
    whole = np.maximum(held[of], 1)
    allotted = np.empty(len(unit), dtype=np.int64)
    allotted[order] = part[of] * upto // whole - part[of] * (upto - number) // whole
    return allotted


def scattered(size: int) -> NDArray[np.uint64]:
    """Give each of the positions 0, 1, ... a distinct number without any pattern.

    Parameters
    ----------
    size : int
        How many.

    Returns
    -------
    uint64 (size,)

    References
    ----------
    SplitMix64: Steele, Lea & Flood 2014, Fast splittable pseudorandom number generators, OOPSLA.
    """
    z = (np.arange(size, dtype=np.uint64) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


def choose_weights(
    unit: Ints, square: Ints, units: int, known: NDArray[np.bool_], levels: Sequence[Floats]
) -> tuple[Floats, Ints]:
    """A weight per entry from the first level that says anything about its unit.

    Levels are trusted only on known squares: sources end at the region's border. A unit's squares elsewhere get the
    mean weight of its known ones, so that the border cuts a unit by area.

    Parameters
    ----------
    unit, square : int64 (E,)
        The unit and the square of each entry, units ascending.
    units : int
        How many units there are.
    known : bool (squares,)
        Squares inside the region.
    levels
        One weight per square each, best first.

    Returns
    -------
    weight : float64 (E,)
        Equal where a unit has no known square.
    level : int64 (units,)
        The number of the level each unit used, -1 for none.
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
