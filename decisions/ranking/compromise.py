"""VIKOR: the compromise between the greatest benefit to all criteria and the least regret of any one.

Arrays as in ``aggregate``. pymcdm's VIKOR, to which the tests hold this one, refuses a column in which all
agree, divides by zero where all candidates do equally well, and knows neither missing values nor candidates that are
scored without moving the others; hence this function.
"""

from __future__ import annotations

import numpy as np

from decisions.ranking.aggregate import Bools, Floats, raised

# Weight of the many criteria against the worst single one: the even compromise of Opricovic and Tzeng 2004.
COMPROMISE = 0.5


def vikor(utilities: Floats, weights: Floats, reference: Bools, compromise: float = COMPROMISE) -> Floats:
    """1 - Q (D,) of VIKOR, so that 1 is best as in every other method; NaN where nothing is known.

    Ends of every column and of S and R come from the candidates in ``reference``; others are held between them.
    A candidate's missing criteria are left out and its other weights raised in proportion. A column in which all agree
    adds no regret; where all agree in S or in R the other decides alone, and where they agree in both all get 0.5.
    """
    group, worst = regrets(utilities, weights, reference)
    terms = [(compromise, _scaled(group, reference)), (1 - compromise, _scaled(worst, reference))]
    known = [(share, term) for share, term in terms if term is not None and share > 0]
    if not known:
        return np.where(np.isnan(group), np.nan, 0.5)
    q = sum(share * term for share, term in known) / sum(share for share, _ in known)
    return np.asarray(1 - q, float)


def regrets(utilities: Floats, weights: Floats, reference: Bools) -> tuple[Floats, Floats]:
    """S and R of VIKOR (D,), (D,): the sum and the largest of the weighted shares of each criterion's range lost."""
    weighed = losses(utilities, weights, reference)
    return np.asarray(weighed.sum(axis=1), float), np.asarray(weighed.max(axis=1), float)


def losses(utilities: Floats, weights: Floats, reference: Bools) -> Floats:
    """Weighted shares (D, J) of each criterion's range that a candidate loses to the best."""
    known = ~np.isnan(utilities)
    judged = known & reference[:, None]
    best = np.max(utilities, axis=0, where=judged, initial=-np.inf)
    least = np.min(utilities, axis=0, where=judged, initial=np.inf)
    span = np.where(judged.any(axis=0), best - least, 0.0)
    lost = np.divide(best - utilities, span, out=np.zeros_like(utilities), where=known & (span > 0))
    return np.asarray(raised(utilities, weights) * np.clip(lost, 0, 1), float)


def _scaled(value: Floats, reference: Bools) -> Floats | None:
    judged = value[reference & ~np.isnan(value)]
    if not judged.size or not np.ptp(judged) > 0:
        return None
    return np.asarray(np.clip((value - judged.min()) / np.ptp(judged), 0, 1), float)
