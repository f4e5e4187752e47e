"""Sentences on scores, as remarks: why a candidate scores what it does, and why one is ahead of another.

They count in whole thousandths, and what they do not name is "the rest": the figures of a sentence add up.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from decisions.ranking.aggregate import TIE, Floats
from geojeom.formats import percent
from geojeom.messages import Remark
from geojeom.models import Text

# Criteria named for and against; the others are the rest.
FOR, AGAINST = 3, 2


class Case(NamedTuple):
    """One candidate as the sentences speak of it."""

    district_id: str
    ko: str
    en: str
    rank: int | None
    level: int  # how many cannot be told apart from the first, itself one of them (ranking/groups.py); else 0
    known: float  # share of the weight that is known
    score: float
    low: float
    high: float
    contribution: Floats  # (J,), NaN where unknown
    unknown: tuple[int, ...]  # criteria without a value that weigh something
    vetoed: tuple[Text, ...]

    @property
    def name(self) -> dict[str, str]:
        """The name in both languages."""
        return {"ko": self.ko, "en": self.en}


class Reason(NamedTuple):
    """A sentence, and the criteria whose values are unknown as far as they bear on it."""

    text: Remark
    unknown: Remark | None


def difference(ahead: Case, behind: Case) -> Floats:
    """Return the contributions (J,) of the first less those of the second; an unknown one contributes nothing."""
    return np.asarray(np.nan_to_num(ahead.contribution) - np.nan_to_num(behind.contribution), float)


def compare(ahead: Case, behind: Case, labels: list[Text]) -> Reason:
    """Why ``ahead`` is ahead of ``behind`` (or level with it), criterion by criterion."""
    # Of the scores as they are read.
    total = _thousandths(ahead.score) - _thousandths(behind.score)
    parts = _thousandths(difference(ahead, behind))
    # What either does not know is no fact to argue with: it stays in the rest.
    open_to_doubt = {*ahead.unknown, *behind.unknown}
    order = [int(j) for j in np.argsort(-parts, kind="stable") if j not in open_to_doubt]
    named = [j for j in order[:FOR] if parts[j] > 0] + [j for j in order[-AGAINST:] if parts[j] < 0]
    rest = total - sum(parts[j] for j in named)
    summands = [Remark("reason.gap", what=labels[j].model_dump(), gap=parts[j] / 1000) for j in named]
    summands += [Remark("reason.gap.rest", gap=rest / 1000)] if rest else []
    text = _sentence(_standing(ahead, behind, float(total / 1000)), summands)
    # Criteria that neither knows are counted: named twice each, they would bury the rest.
    shared = {*ahead.unknown} & {*behind.unknown}
    if shared:
        text = Remark("reason.neither", sentence=text, n=len(shared))
    unknown = [
        Remark("reason.unknown.of", name=case.name, what=labels[j].model_dump())
        for case in (ahead, behind)
        for j in case.unknown
        if j not in shared
    ]
    return Reason(text, Remark("reason.unknown.each", each=unknown) if unknown else None)


def _standing(ahead: Case, behind: Case, gap: float) -> Remark:
    """How two candidates stand to one another."""
    names = {"ahead": ahead.name, "behind": behind.name}
    if ahead.level and behind.level:
        least, most = sorted((ahead.known, behind.known))
        if percent(least) == percent(most):
            return Remark("reason.apart", known=least, gap=gap, **names)
        return Remark("reason.apart.range", least=least, most=most, gap=gap, **names)
    if gap:
        return Remark("reason.ahead", gap=gap, **names)
    return Remark("reason.even" if abs(ahead.score - behind.score) <= TIE else "reason.near", **names)


def alone(case: Case, labels: list[Text], among: int) -> Reason:
    """Where a candidate stands, what its score is made of, and what is unknown; ``among`` counts the ranked."""
    parts = _thousandths(case.contribution)
    named = [j for j in np.argsort(-parts, kind="stable")[:FOR] if parts[j] > 0]
    rest = _thousandths(case.score) - sum(parts[j] for j in named) if not np.isnan(case.score) else 0
    summands = [Remark("reason.part", what=labels[j].model_dump(), score=parts[j] / 1000) for j in named]
    summands += [Remark("reason.part.rest", score=rest / 1000)] if rest else []
    what = [labels[j].model_dump() for j in case.unknown]
    return Reason(
        _sentence(_place(case, among), summands),
        Remark("reason.unknown", what=what, low=case.low, high=case.high) if what else None,
    )


def _place(case: Case, among: int) -> Remark:
    """Where a candidate stands among the ranked."""
    if np.isnan(case.score):
        return Remark("reason.no_score", name=case.name)
    if case.rank is None:
        why = [veto.model_dump() for veto in case.vetoed]
        return Remark("reason.excluded", name=case.name, why=why, score=case.score)
    if case.level:
        ranks = {"level": case.level, "among": among}
        return Remark("reason.level", name=case.name, known=case.known, score=case.score, **ranks)
    return Remark("reason.ranked", name=case.name, rank=case.rank, among=among, score=case.score)


def _sentence(head: Remark, summands: Sequence[Remark]) -> Remark:
    return Remark("reason.sum", head=head, summands=summands) if summands else Remark("reason.plain", head=head)


def _thousandths(value: Floats | float) -> NDArray[np.int64]:
    return np.asarray(np.rint(np.nan_to_num(value) * 1000), np.int64)
