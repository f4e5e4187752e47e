"""Weights from judgements in pairs: Saaty's analytic hierarchy process, and how consistent the judgements are.

It stands beside the shape of profiles because both the check of a region file and the ranking ask for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from geojeom.messages import Remark
from geojeom.models import Text
from spatial.config.catalogue import Profile

Floats = NDArray[np.float64]
# Saaty 1980: mean consistency index of random matrices with 1, 2, ... criteria. pymcdm has other, later means.
RANDOM_INDEX = (0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49)
ACCEPTED = 0.10


@dataclass(frozen=True)
class AhpResult:
    """Weights (n,) that sum to 1, how consistent the judgements are, and the three that fit together least.

    ``triple`` are the positions i < j < k whose judgements a_ij · a_jk and a_ik lie farthest apart, by the ratio
    ``triple_ratio`` of the larger to the smaller (1 where they agree); None with fewer than three criteria.
    """

    weights: Floats
    lambda_max: float
    ci: float
    cr: float
    triple: tuple[int, int, int] | None
    triple_ratio: float

    @property
    def consistent(self) -> bool:
        """Whether the consistency ratio is at most 0.10, as Saaty asks."""
        return self.cr <= ACCEPTED


def ahp(matrix: Floats) -> AhpResult:
    """Weights and consistency of a positive reciprocal ``matrix`` (n, n), n at most 10 (Saaty 1977, 1980).

    Weights are the principal eigenvector; CI = (λmax - n) / (n - 1); CR = CI / RI, 0 for n below 3.
    """
    n = len(matrix)
    values, vectors = np.linalg.eig(matrix)
    principal = int(np.argmax(values.real))
    weights = np.abs(vectors[:, principal].real)
    lambda_max = float(values[principal].real)
    # Rounding can leave λmax a hair below n, its least possible value.
    ci = max((lambda_max - n) / (n - 1), 0.0) if n > 1 else 0.0
    random = RANDOM_INDEX[n - 1]
    triple, ratio = _worst_triple(matrix)
    return AhpResult(weights / weights.sum(), lambda_max, ci, ci / random if random else 0.0, triple, ratio)


def judged(profile: Profile) -> AhpResult:
    """What the pairwise judgements of a profile that has them give, with their consistency.

    Parameters
    ----------
    profile : Profile
        One with ``pairwise``: a positive reciprocal matrix (n, n), n at most 10.

    Returns
    -------
    AhpResult
        As ``ahp`` gives it.

    References
    ----------
    Saaty 1977, 1980, as of ``ahp``.
    """
    assert profile.pairwise is not None
    return ahp(np.array(profile.pairwise.values))


def contradiction(profile: Profile, labels: Mapping[str, Text]) -> Remark | None:
    """What to say of judgements in pairs that contradict each other.

    Parameters
    ----------
    profile : Profile
        Any profile.
    labels : mapping of Text
        The names of the criteria by id.

    Returns
    -------
    Remark or None
        It names the three criteria that fit together least. None where the consistency ratio is at most ``ACCEPTED``,
        where fewer than three are judged, and where none are.
    """
    if profile.pairwise is None or (judgement := judged(profile)).consistent or judgement.triple is None:
        return None
    three = [labels[profile.pairwise.criteria[position]] for position in judgement.triple]
    names = [label.model_dump() for label in three]
    return Remark("ahp.contradiction", ratio=judgement.cr, most=ACCEPTED, criteria=names)


def provenance(profile: Profile, labels: Mapping[str, Text]) -> Text:
    """Where a profile's weights come from, who set them when, and how consistent judgements in pairs are.

    Parameters
    ----------
    profile : Profile
        Any profile.
    labels : mapping of Text
        The names of the criteria by id.

    Returns
    -------
    Text
        Sentences in both languages, the profile's own first.
    """
    said = [_set(profile)]
    if profile.pairwise is not None:
        said.append(Remark("profile.ratio", ratio=judged(profile).cr, most=ACCEPTED))
    ko, en = [profile.provenance.ko], [profile.provenance.en]
    for remark in said:
        ko.append(f"{remark.ko}.")
        en.append(f"{remark.en}.")
    if (contradicted := contradiction(profile, labels)) is not None:
        ko.append(f"{contradicted.ko}.")
        en.append(f"Note: {contradicted.en}.")
    return Text(ko=" ".join(ko), en=" ".join(en))


def _set(profile: Profile) -> Remark:
    """Who set the weights, and when; that nobody is named where nobody is."""
    if profile.set_by is None and profile.set_on is None:
        return Remark("profile.set.unsaid")
    by = Remark("profile.set.nobody") if profile.set_by is None else profile.set_by.model_dump()
    on = Remark("profile.set.never") if profile.set_on is None else profile.set_on
    return Remark("profile.set", by=by, on=on)


def _worst_triple(matrix: Floats) -> tuple[tuple[int, int, int] | None, float]:
    logs = np.log(matrix)
    gaps = {(i, j, k): abs(logs[i, j] + logs[j, k] - logs[i, k]) for i, j, k in combinations(range(len(matrix)), 3)}
    if not gaps:
        return None, 1.0
    worst = max(gaps, key=lambda triple: gaps[triple])
    return worst, float(np.exp(gaps[worst]))
