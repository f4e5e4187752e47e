"""From utilities and weights to one score per candidate, with what is missing kept in view.

Arrays only: ``utilities`` (D candidates x J criteria) are larger-is-better numbers, NaN where unknown; ``weights`` (J,)
are at least 0 and sum to 1.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Method = Callable[[Floats, Floats], Floats]
# Scores that agree to this are a tie: they differ by the order of additions, not by the data.
TIE = 1e-9


def raised(utilities: Floats, weights: Floats) -> Floats:
    """Weights per candidate (D, J): those of unknown criteria 0, the others raised in proportion to sum to 1.

    A row is NaN where no criterion of any weight is known.
    """
    known = np.where(np.isnan(utilities), 0.0, weights)
    total = known.sum(axis=1, keepdims=True)
    share: Floats = np.divide(known, total, out=np.full_like(known, np.nan), where=total > 0)
    return share


def weighted_sum(utilities: Floats, weights: Floats) -> Floats:
    """Weighted mean of the known utilities (D,); NaN where none is known."""
    score: Floats = (raised(utilities, weights) * np.nan_to_num(utilities)).sum(axis=1)
    return score


def topsis(utilities: Floats, weights: Floats, reference: Bools) -> Floats:
    """Relative closeness to the ideal point (D,), Hwang and Yoon 1981, with vector normalisation.

    Norms, ideal and anti-ideal come from the candidates in ``reference``; others are held between the two. A
    candidate's distances leave out what it lacks (raising its other weights in proportion cancels in the ratio);
    libraries want complete matrices, hence this function, which the tests hold to pymcdm and to published tables.
    A column in which all agree adds nothing; 0.5 where nothing tells the candidates apart, NaN where nothing is known.
    A cost column of raw numbers is passed with its sign turned.
    """
    known = ~np.isnan(utilities)
    shown = np.where(known & reference[:, None], utilities, np.nan)
    norm = np.sqrt(np.nansum(shown**2, axis=0))
    scaled = np.divide(utilities, norm, out=np.zeros_like(utilities), where=norm > 0)
    judged = known & reference[:, None]
    best = np.max(scaled, axis=0, where=judged, initial=-np.inf)
    worst = np.min(scaled, axis=0, where=judged, initial=np.inf)
    some = judged.any(axis=0)
    best, worst = np.where(some, best, 0.0), np.where(some, worst, 0.0)
    scaled = np.where(known, np.clip(scaled, worst, best), 0.0)
    to_best = np.sqrt((np.where(known, weights * (best - scaled), 0.0) ** 2).sum(axis=1))
    to_worst = np.sqrt((np.where(known, weights * (scaled - worst), 0.0) ** 2).sum(axis=1))
    total = to_best + to_worst
    closeness = np.divide(to_worst, total, out=np.full(total.shape, 0.5), where=total > 0)
    return np.where((known & (weights > 0)).any(axis=1), closeness, np.nan)


def interval(utilities: Floats, weights: Floats, method: Method, score: Floats) -> tuple[Floats, Floats]:
    """Scores (D,), (D,) with every unknown utility of a candidate at 0 and at 1, the others as they are.

    The interval is widened to hold ``score`` itself: closeness to an ideal point need not rise with a utility that
    moves the ideal point.
    """
    low, high = score.copy(), score.copy()
    for row in np.flatnonzero(np.isnan(utilities).any(axis=1)):
        ends = []
        for end in (0.0, 1.0):
            filled = utilities.copy()
            filled[row] = np.where(np.isnan(filled[row]), end, filled[row])
            ends.append(method(filled, weights)[row])
        low[row] = np.nanmin([*ends, score[row]])
        high[row] = np.nanmax([*ends, score[row]])
    return low, high


def ranks(score: Floats, eligible: Bools) -> NDArray[np.int64]:
    """Ranks from 1 (highest) among the eligible; equal scores share the better rank; 0 where not ranked."""
    ranked = eligible & ~np.isnan(score)
    ahead = (score[None, :] > score[:, None] + TIE) & ranked[None, :]
    return np.where(ranked, 1 + ahead.sum(axis=1), 0)
