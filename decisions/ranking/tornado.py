"""How far one weight may move before a candidate loses its rank: exact, for the weighted sum of utilities.

One criterion's weight becomes t and the others are scaled by (1 - t) / (1 - w), so that all sum to 1. With
x = t·(1 - w) / (1 - t) the score of a candidate, its unknown criteria left out, is (a + x·b) / (k + x·c): a and k the
sums of w·u and of w over its other known criteria, b = u and c = 1 where this one is known, else both 0. Two
candidates change places where a quadratic in x has a root.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from decisions.ranking.aggregate import TIE, Floats

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Tornado:
    """For D candidates and J criteria, all (D, J): the weights between which the candidate keeps its rank.

    NaN where no weight, down to 0 or up to 1, costs it its rank; ``rival`` is who then overtakes it, -1 where nobody.
    """

    low: Floats
    high: Floats
    rival_low: Ints
    rival_high: Ints


def tornado(utilities: Floats, weights: Floats) -> Tornado:
    """Bounds on each weight within which a candidate keeps or betters its rank; ``weights`` (J,) sum to 1.

    All candidates compete; each must know a criterion that weighs something. A criterion that alone weighs anything
    has no bounds, as there are no others to scale.
    """
    known = ~np.isnan(utilities)
    b = np.nan_to_num(utilities)
    c = known.astype(float)
    weighed = np.where(known, weights, 0.0)
    a = (weighed * b).sum(axis=1, keepdims=True) - weighed * b
    k = weighed.sum(axis=1, keepdims=True) - weighed
    shape = utilities.shape
    bounds = Tornado(np.full(shape, np.nan), np.full(shape, np.nan), np.full(shape, -1), np.full(shape, -1))
    for i in range(len(utilities)):
        # Positive where the rival is ahead: x²·q2 + x·q1 + q0, (D, J).
        q2 = b * c[i] - b[i] * c
        q1 = b * k[i] + a * c[i] - b[i] * k - a[i] * c
        q0 = a * k[i] - a[i] * k
        for side, bound, rival in (("high", bounds.high, bounds.rival_high), ("low", bounds.low, bounds.rival_low)):
            x, who = _first_loss((q2, q1, q0), weights, upwards=side == "high")
            bound[i] = x / (x + 1 - weights)
            rival[i] = who
    return bounds


def _first_loss(quadratic: tuple[Floats, Floats, Floats], weights: Floats, *, upwards: bool) -> tuple[Floats, Ints]:
    """Nearest x (J,) beyond which more rivals are ahead than at x = w, and the rival that makes it so; NaN and -1."""
    now = np.broadcast_to(weights, quadratic[0].shape)
    end = np.full(now.shape, np.inf if upwards else 0.0)
    stops = [now, *_roots(quadratic, now, upwards=upwards), end]
    # Whether the rival is ahead now, and in each stretch from one stop to the next.
    ahead = [_ahead(quadratic, now)]
    for start, stop in pairwise(stops):
        middle = np.where(np.isinf(stop), 2 * start + 1, (start + stop) / 2)
        ahead.append(np.where(start == stop, ahead[-1], _ahead(quadratic, middle)))
    at = np.concatenate(stops[:-1])
    change = np.concatenate([after.astype(int) - before for before, after in pairwise(ahead)])
    far = np.where(change == 0, np.inf, np.abs(at - weights))
    # Of changes at one place those for the better count first: together they may cancel.
    order = np.lexsort((change, far), axis=0)
    lost = np.cumsum(np.take_along_axis(change, order, axis=0), axis=0) > 0
    event = order[lost.argmax(axis=0), np.arange(weights.size)]
    never = ~lost.any(axis=0) | ~(weights < 1)
    x = np.where(never, np.nan, at[event, np.arange(weights.size)])
    return x, np.where(never, -1, event % len(quadratic[0]))


def _roots(quadratic: tuple[Floats, Floats, Floats], now: Floats, *, upwards: bool) -> list[Floats]:
    """Both roots on one side of ``now``, nearer first; where there is none, the end of that side (infinity or 0)."""
    q2, q1, q0 = quadratic
    with np.errstate(divide="ignore", invalid="ignore"):
        # The stable form: no difference of near-equal numbers.
        half = -0.5 * (q1 + np.where(q1 < 0, -1.0, 1.0) * np.sqrt(q1 * q1 - 4 * q2 * q0))
        roots = np.stack([half / q2, q0 / half])
        beyond = (roots > now + TIE) if upwards else (roots > 0) & (roots < now - TIE)
    held = np.sort(np.where(beyond, roots, np.inf if upwards else 0.0), axis=0)
    return list(held if upwards else held[::-1])


def _ahead(quadratic: tuple[Floats, Floats, Floats], x: Floats) -> NDArray[np.bool_]:
    q2, q1, q0 = quadratic
    with np.errstate(invalid="ignore"):
        return np.asarray((q2 * x + q1) * x + q0 > TIE, bool)
