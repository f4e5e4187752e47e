"""Sentences on scores, in Korean and English: why a candidate scores what it does, and why one is ahead of another.

They count in whole thousandths, and what they do not name is "the rest": the figures of a sentence add up.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from decisions.ranking.aggregate import Floats
from geojeom.formats import percent
from geojeom.models import Text

# Criteria named for and against; the others are the rest.
FOR, AGAINST = 3, 2
# Digits whose Korean reading ends in a consonant.
CLOSED_DIGITS = "013678"


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


class Reason(NamedTuple):
    """A sentence, and the criteria whose values are unknown as far as they bear on it."""

    text: Text
    unknown: Text | None


def difference(ahead: Case, behind: Case) -> Floats:
    """Return the contributions (J,) of the first less those of the second; an unknown one contributes nothing."""
    return np.asarray(np.nan_to_num(ahead.contribution) - np.nan_to_num(behind.contribution), float)


def compare(ahead: Case, behind: Case, labels: list[Text]) -> Reason:
    """Why ``ahead`` is ahead of ``behind`` (or level with it), criterion by criterion."""
    total = _thousandths(ahead.score - behind.score)
    parts = _thousandths(difference(ahead, behind))
    # What either does not know is no fact to argue with: it stays in the rest.
    open_to_doubt = {*ahead.unknown, *behind.unknown}
    order = [int(j) for j in np.argsort(-parts, kind="stable") if j not in open_to_doubt]
    named = [j for j in order[:FOR] if parts[j] > 0] + [j for j in order[-AGAINST:] if parts[j] < 0]
    rest = total - sum(parts[j] for j in named)
    ko = [f"{labels[j].ko} {_signed(parts[j])}" for j in named] + ([f"나머지 {_signed(rest)}"] if rest else [])
    en = [f"{_signed(parts[j])} from {labels[j].en}" for j in named]
    en += [f"{_signed(rest)} from the rest"] if rest else []
    # Criteria that neither knows are counted: named twice each, they would bury the rest.
    shared = {*ahead.unknown} & {*behind.unknown}
    unknown = [(case, j) for case in (ahead, behind) for j in case.unknown if j not in shared]
    gap_ko = ", ".join(f"{case.ko}의 {labels[j].ko}" for case, j in unknown)
    gap_en = ", ".join(f"{labels[j].en} of {case.en}" for case, j in unknown)
    both_ko = f"{len(shared)}개 지표는 두 지구 모두 자료 없음" if shared else ""
    both_en = f"{len(shared)} criteri{'a' if len(shared) > 1 else 'on'} unknown for both" if shared else ""
    if ahead.level and behind.level:
        least, most = (percent(known) for known in sorted((ahead.known, behind.known)))
        span = least if least == most else f"{least}–{most}"
        head_ko = (
            f"가중치의 {span}만 알려져 {ahead.ko}, {behind.ko} 두 곳을 구분할 수 없습니다(점수 차이 {total / 1000:.3f})"
        )
        head_en = (
            f"With {span} of the weight known, {ahead.en} and {behind.en} cannot be told apart "
            f"(difference in score {total / 1000:.3f})"
        )
    elif total:
        head_ko = f"{ahead.ko}{topic(ahead.ko)} {behind.ko}보다 {total / 1000:.3f} 앞섭니다"
        head_en = f"{ahead.en} is ahead of {behind.en} by {total / 1000:.3f}"
    else:
        head_ko = f"{ahead.ko}{topic(ahead.ko)} {behind.ko}와(과) 점수가 같습니다"
        head_en = f"{ahead.en} and {behind.en} are level"
    return Reason(
        Text(ko=_sentence(head_ko, ko, both_ko), en=_sentence(head_en, en, both_en)),
        Text(ko=gap_ko, en=gap_en) if unknown else None,
    )


def topic(name: str) -> str:
    """Return the Korean topic particle: 은 after a consonant, 는 after a vowel, both where the reading is not known."""
    last = name.rstrip(" )\"'")[-1:]
    if "가" <= last <= "힣":
        return "은" if (ord(last) - ord("가")) % 28 else "는"
    if last.isdecimal() and last.isascii():
        return "은" if last in CLOSED_DIGITS else "는"
    return "은(는)"


def alone(case: Case, labels: list[Text], among: int) -> Reason:
    """Where a candidate stands, what its score is made of, and what is unknown; ``among`` counts the ranked."""
    parts = _thousandths(case.contribution)
    named = [j for j in np.argsort(-parts, kind="stable")[:FOR] if parts[j] > 0]
    rest = _thousandths(case.score) - sum(parts[j] for j in named) if not np.isnan(case.score) else 0
    ko = [f"{labels[j].ko} {parts[j] / 1000:.3f}" for j in named] + ([f"나머지 {rest / 1000:.3f}"] if rest else [])
    en = [f"{parts[j] / 1000:.3f} from {labels[j].en}" for j in named]
    en += [f"{rest / 1000:.3f} from the rest"] if rest else []
    subject = f"{case.ko}{topic(case.ko)}"
    if np.isnan(case.score):
        head_ko, head_en = f"{subject} 알려진 값이 없어 점수가 없습니다", f"{case.en} has no score, as nothing is known"
    elif case.rank is None:
        why_ko, why_en = ", ".join(v.ko for v in case.vetoed), ", ".join(v.en for v in case.vetoed)
        head_ko = f"{subject} 배제 대상이라 순위가 없습니다({why_ko}). 점수 {case.score:.3f}"
        head_en = f"{case.en} is excluded and has no rank ({why_en}). Its score is {case.score:.3f}"
    elif case.level:
        share = percent(case.known)
        head_ko = (
            f"{subject} 가중치의 {share}만 알려져 {among}곳 중 1~{case.level}위의 다른 후보지구와 구분할 수 없습니다. "
            f"점수 {case.score:.3f}"
        )
        head_en = (
            f"With {share} of the weight known, {case.en} cannot be told apart from the others of ranks "
            f"1 to {case.level} of {among}. Its score is {case.score:.3f}"
        )
    else:
        head_ko = f"{subject} {among}곳 중 {case.rank}위, 점수 {case.score:.3f}입니다"
        head_en = f"{case.en} ranks {case.rank} of {among} with a score of {case.score:.3f}"
    span = f"{case.low:.3f}–{case.high:.3f}"
    gap_ko, gap_en = (
        ", ".join(texts) for texts in ([labels[j].ko for j in case.unknown], [labels[j].en for j in case.unknown])
    )
    return Reason(
        Text(ko=_sentence(head_ko, ko), en=_sentence(head_en, en)),
        Text(ko=f"{gap_ko} (점수 {span})", en=f"{gap_en} (score {span})") if case.unknown else None,
    )


def _sentence(head: str, parts: list[str], *after: str) -> str:
    told = f"{head}: {', '.join(parts)}." if parts else f"{head}."
    return " ".join([told, *(f"{each}." for each in after if each)])


def _thousandths(value: Floats | float) -> NDArray[np.int64]:
    return np.asarray(np.rint(np.nan_to_num(value) * 1000), np.int64)


def _signed(thousandths: int) -> str:
    return f"{thousandths / 1000:+.3f}"
