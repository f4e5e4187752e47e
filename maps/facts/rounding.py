"""Rounding that keeps sums: shown parts add up to the shown whole.

A whole is rounded to the nearest; each part to one of its two neighbours, so that all sums hold. In a table with sums
both ways that is controlled rounding (Cox 1987, doi:10.1080/01621459.1987.10478456): rows and columns are two families
of nested groups, so that the linear programme below has whole numbers at its corners.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

import numpy as np
from scipy.optimize import linprog

K = TypeVar("K", bound=Hashable)


def controlled(
    exact: Mapping[K, int], step: int, groups: Iterable[Sequence[K]], whole: Iterable[Sequence[K]]
) -> dict[K, int]:
    """Multiples of ``step`` beside ``exact``: groups sum to a neighbour of their sum, ``whole`` to the nearest.

    Where no rounding keeps all of ``whole`` at their nearest, only the first of them (the sum of all) is kept there.
    """
    keys, nearest_of = list(exact), list(whole)
    for kept in (nearest_of, nearest_of[:1]):
        found = _solved(exact, keys, step, [*groups, *nearest_of[len(kept) :]], kept)
        if found is not None:
            return {key: step * int(count) for key, count in zip(keys, found, strict=True)}
    raise AssertionError("the sum of all is at its nearest in some rounding")


def _solved(
    exact: Mapping[K, int], keys: list[K], step: int, groups: list[Sequence[K]], kept: list[Sequence[K]]
) -> list[float] | None:
    """How many steps each takes; None where there is no such rounding."""
    if not keys:
        return []
    place = {key: at for at, key in enumerate(keys)}
    rows, below, above = [], [], []
    for group, to_nearest in [*((group, False) for group in groups), *((group, True) for group in kept)]:
        sum_of = sum(exact[key] for key in group)
        down, up = sum_of // step, -(-sum_of // step)
        if to_nearest:
            down = up = (2 * sum_of + step) // (2 * step)
        row = np.zeros(len(keys))
        row[[place[key] for key in group]] = 1
        rows.append(row)
        below.append(down)
        above.append(up)
    ends = [(value // step, -(-value // step)) for value in exact.values()]
    # What it costs to go up instead of down, in steps of error.
    cost = [1 - 2 * (value % step) / step for value in exact.values()]
    matrix = np.vstack([np.array(rows), -np.array(rows)])
    result = linprog(cost, A_ub=matrix, b_ub=[*above, *(-down for down in below)], bounds=ends, method="highs-ds")
    return [round(count) for count in result.x] if result.success else None
