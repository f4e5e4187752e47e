"""Weights of the criteria by a profile: given, judged in pairs, equal, or from how much a criterion tells apart."""

from __future__ import annotations

import numpy as np

from decisions.ranking.aggregate import Floats
from spatial.config.ahp import judged
from spatial.config.catalogue import CriteriaSet, Profile


def weights_of(profile: Profile, criteria: CriteriaSet, utilities: Floats) -> Floats:
    """Weights of the criteria by a profile; a criterion the profile does not name weighs 0.

    Parameters
    ----------
    profile : Profile
        Weights, judgements in pairs, or a rule (``equal``, ``entropy``).
    criteria : CriteriaSet
        J criteria.
    utilities : float64 (D, J)
        Those of the candidates that may win, 0 to 1, NaN where unknown; only the rule ``entropy`` looks at them.

    Returns
    -------
    float64 (J,)
        In the order of the criteria, summing to 1.

    References
    ----------
    Judgements in pairs: Saaty 1977, 1980 (``spatial.config.ahp``); entropy: Hwang and Yoon 1981.
    """
    ids = [criterion.id for criterion in criteria.criteria]
    if profile.rule == "equal":
        return np.full(len(ids), 1 / len(ids))
    if profile.rule == "entropy":
        return entropy(utilities)
    if profile.pairwise is not None:
        weight_of = dict(zip(profile.pairwise.criteria, judged(profile).weights, strict=True))
    else:
        assert profile.weights is not None
        weight_of = profile.weights
    weights = np.array([weight_of.get(name, 0.0) for name in ids])
    return np.asarray(weights / weights.sum(), float)


def entropy(utilities: Floats) -> Floats:
    """Weights (J,) by Shannon's entropy of each column's shares: the more a criterion tells apart, the more it weighs.

    With p the shares of a column's sum and m its known values, E = -Σ p·ln p / ln m (0·ln 0 = 0) and weights are
    1 - E over their sum (Hwang and Yoon 1981, with m counted per column). A column with fewer than two known values, or
    none above 0, tells nothing apart and weighs 0; where no column does, all weigh the same. pymcdm, to which the tests
    hold this function, refuses a column that holds a 0, as utilities do.
    """
    known = ~np.isnan(utilities)
    count = known.sum(axis=0)
    total = np.nansum(utilities, axis=0)
    telling = (count > 1) & (total > 0)
    shares = np.divide(np.nan_to_num(utilities), total, out=np.zeros_like(utilities), where=telling)
    logs = np.log(shares, out=np.zeros_like(shares), where=shares > 0)
    most = np.log(np.maximum(count, 2))
    apart = np.where(telling, np.clip(1 + (shares * logs).sum(axis=0) / most, 0, 1), 0.0)
    # Equal columns differ from full entropy by rounding only.
    apart = np.where(apart < 1e-12, 0.0, apart)
    if not apart.any():
        return np.full(utilities.shape[1], 1 / utilities.shape[1])
    return np.asarray(apart / apart.sum(), float)
