"""Whole persons from source units to squares: every unit's total arrives exactly, in proportion to weights.

Largest remainder (Hamilton): each square gets the floor of its quota, and what is left goes one by one to the largest
remainders, ties to the lower position. Deterministic, and no square gets more than its quota rounded up.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Weights = NDArray[np.int64] | NDArray[np.float64]


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
    order = np.lexsort((np.arange(len(unit)), -rest, unit))
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
