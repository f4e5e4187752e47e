"""Why a candidate is where it is: figures that add up, what is unknown, Korean particles, excluded candidates."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest

from decisions.ranking.reasons import readable, reasons
from decisions.ranking.score import score
from decisions.ranking.sentences import Case, compare
from geojeom.formats import topic
from spatial.config.catalogue import CriteriaSet
from tests.decisions.ranking.test_score import CRITERIA, DISTRICTS, NONE, PROFILE, VALUES, values, vetoes

NAMES = pd.DataFrame(
    {"district_id": DISTRICTS, "name": ["가람", "나루", "다솜 2"], "name_en": ["Garam", None, "Dasom"]}
)
LABELS = {"people": ("주민", "People"), "price": ("땅값", "Land price"), "unweighed": ("기타", "Other")}


def labelled() -> CriteriaSet:
    plain = CRITERIA.model_dump()
    for criterion in plain["criteria"]:
        criterion["label"] = dict(zip(("ko", "en"), LABELS[criterion["id"]], strict=True))
    plain["vetoes"][0]["label"] = {"ko": "침수", "en": "Flood"}
    return CriteriaSet.model_validate(plain)


def told(found: pd.DataFrame = VALUES, judged: pd.DataFrame = NONE) -> pd.DataFrame:
    scores, contributions = score(DISTRICTS, found, judged, CRITERIA, PROFILE)
    return readable(reasons(NAMES, scores, contributions, judged, labelled()))


def test_by_hand() -> None:
    # Contributions of people and price: a 0 and 0.25, b 0.75 and 0, c 0.375 and 0.25.
    table = told()
    alone, pairs = table[table["other_id"].isna()], table[table["other_id"].notna()]
    assert alone["district_id"].tolist() == ["b", "c", "a"]
    assert alone["reason_ko"].tolist() == [
        "나루는 3곳 중 1위, 점수 0.750입니다: 주민 0.750.",
        "다솜 2는 3곳 중 2위, 점수 0.625입니다: 주민 0.375, 땅값 0.250.",
        "가람은 3곳 중 3위, 점수 0.250입니다: 땅값 0.250.",
    ]
    assert (
        alone["reason_en"].iloc[1]
        == "Dasom ranks 2 of 3 with a score of 0.625: 0.375 from People, 0.250 from Land price."
    )
    assert list(zip(pairs["district_id"], pairs["other_id"], strict=True)) == [("b", "c"), ("b", "a"), ("c", "a")]
    assert pairs["reason_ko"].iloc[0] == "나루는 다솜 2보다 0.125 앞섭니다: 주민 +0.375, 땅값 −0.250."
    # Where there is no English name the Korean one stands.
    assert pairs["reason_en"].iloc[0] == "나루 is ahead of Dasom by 0.125: +0.375 from People, −0.250 from Land price."
    assert pairs["people"].tolist() == pytest.approx([0.375, 0.75, 0.375])
    assert pairs["difference"].tolist() == pytest.approx([0.125, 0.5, 0.375])
    assert pairs["other_rank"].tolist() == [2, 3, 3]


def test_the_parts_add_up_and_the_unknown_is_said() -> None:
    # b knows its price only; its score is 0, and from 0 to 0.75.
    table = told(values(people=[100, None, 200], price=[10, 30, 20], unweighed=[1, 2, 3]))
    b = table[(table["district_id"] == "b") & table["other_id"].isna()].iloc[0]
    assert b["reason_ko"] == "나루는 3곳 중 3위, 점수 0.000입니다."
    assert b["unknown_ko"] == "주민 (점수 0.000–0.750)"
    assert pd.isna(b["people"])
    assert b["price"] == 0
    # c 0.75 + 0.125 against b: people, which b does not know, is in the rest.
    pair = table[(table["district_id"] == "c") & (table["other_id"] == "b")].iloc[0]
    assert pair["reason_en"] == ("Dasom is ahead of 나루 by 0.875: +0.125 from Land price, +0.750 from the rest.")
    assert pair["unknown_en"] == "People of 나루"
    for row in table[table["other_id"].notna()].itertuples():
        total, *parts = (float(number) for number in re.findall(r"[+-]?\d\.\d{3}", row.reason_en.replace("−", "-")))
        assert sum(parts) == pytest.approx(total)


def test_on_less_than_half_of_the_weight_no_first_rank_is_read_out() -> None:
    # People weigh 0.75 and are unknown: 25 % known, scores 1, 0 and 0.5 by price alone, each open by 0.75.
    table = told(values(people=[None, None, None], price=[10, 30, 20], unweighed=[1, 2, 3]))
    a = table[(table["district_id"] == "a") & table["other_id"].isna()].iloc[0]
    assert a["reason_ko"].startswith(
        "가람은 가중치의 25%만 알려져 3곳 중 1~3위의 다른 후보지구와 구분할 수 없습니다. 점수 1.000: 땅값 1.000."
    )
    assert a["reason_en"].startswith(
        "With 25% of the weight known, Garam cannot be told apart from the others of ranks 1 to 3 of 3."
    )
    pair = table[(table["district_id"] == "a") & (table["other_id"] == "c")].iloc[0]
    assert pair["reason_ko"].startswith(
        "가중치의 25%만 알려져 가람, 다솜 2 두 곳을 구분할 수 없습니다(점수 차이 0.500)"
    )
    assert pair["reason_en"].startswith("With 25% of the weight known, Garam and Dasom cannot be told apart")


def test_level_candidates() -> None:
    table = told(values(people=[100, 100, 200], price=[20, 20, 30], unweighed=[1, 2, 3]))
    pair = table[(table["district_id"] == "a") & (table["other_id"] == "b")].iloc[0]
    assert pair["reason_ko"] == "가람, 나루 두 곳의 점수가 같습니다."
    assert pair["reason_en"] == "Garam and 나루 are level."


def case(name: str, *contributions: float) -> Case:
    score = sum(contributions)
    return Case(name, name, name, 1, 0, 1.0, score, score, score, np.array(contributions), (), ())


def test_the_lead_is_that_of_the_scores_as_they_read() -> None:
    labels = [criterion.label for criterion in labelled().criteria[:2]]
    # 0.6216 reads as 0.622 and 0.6214 as 0.621: 0.001 apart, though 0.0002 is next to nothing.
    ahead = compare(case("가람", 0.3, 0.3216), case("나루", 0.3, 0.3214), labels).text
    assert ahead.ko.startswith("가람은 나루보다 0.001 앞섭니다")
    # Both read as 0.679, and one is ahead.
    near = compare(case("가람", 0.3, 0.3794), case("나루", 0.3, 0.3791), labels).text
    assert near.ko.startswith("가람, 나루 두 곳은 점수가 소수 셋째 자리까지 같아 사실상 동점입니다")
    level = compare(case("가람", 0.3, 0.3794), case("나루", 0.3, 0.3794), labels).text
    assert level.en.startswith("가람 and 나루 are level")


def test_what_neither_knows_is_counted_once() -> None:
    # Neither a nor c knows the price: a 0, c 1 by people alone. b knows both.
    table = told(values(people=[100, 150, 200], price=[None, 10, None], unweighed=[1, 2, 3]))
    pair = table[(table["district_id"] == "c") & (table["other_id"] == "a")].iloc[0]
    assert pair["reason_ko"] == "다솜 2는 가람보다 1.000 앞섭니다: 주민 +1.000. 1개 지표는 두 지구 모두 자료 없음."
    assert pair["reason_en"] == "Dasom is ahead of Garam by 1.000: +1.000 from People. Criteria unknown for both: 1."
    mixed = table[(table["district_id"] == "c") & (table["other_id"] == "b")].iloc[0]
    assert mixed["unknown_ko"] == "다솜 2의 땅값"


def test_an_excluded_candidate_says_why_and_is_in_no_pair() -> None:
    table = told(judged=vetoes(False, True, False))
    b = table[table["district_id"] == "b"]
    assert len(b) == 1
    assert b["reason_ko"].iloc[0].startswith("나루는 배제 대상이라 순위가 없습니다(침수). 점수 0.750")
    assert b["reason_en"].iloc[0].startswith("나루 is excluded and has no rank (Flood). Its score is 0.750")
    assert "b" not in set(table["other_id"])


def test_nothing_known() -> None:
    table = told(values(people=[100, None, 200], price=[10, None, 20], unweighed=[1, 2, 3]))
    b = table[table["district_id"] == "b"].iloc[0]
    assert b["reason_en"] == "나루 has no score, as nothing is known."
    assert b["unknown_en"] == "People, Land price (score 0.000–1.000)"


@pytest.mark.parametrize(
    ("name", "particle"),
    [
        ("지구", "는"),
        ("생활권", "은"),
        ("3지구(가람)", "은"),
        ("A-1", "은"),
        ("A-2", "는"),
        ("BIFC", "은(는)"),
        ("", "은(는)"),
    ],
)
def test_the_particle_follows_the_last_sound(name, particle) -> None:
    assert topic(name) == particle
