"""Scores of three candidates by hand; vetoes, missing values, and tables that do not fit together."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decisions.ranking.score import score
from geojeom.errors import TableError
from geojeom.tables import check_schema
from spatial.config.catalogue import CriteriaSet, Profile

BOTH = {"ko": "가", "en": "a"}


def criterion(name: str, direction: str = "higher") -> dict:
    return {"id": name, "pillar": "space", "label": BOTH, "unit": "1", "direction": direction, "measure": "field"} | {
        "source": "by hand",
        "evidence": "own_choice",
        "missing": BOTH,
    }


CRITERIA = CriteriaSet.model_validate(
    {
        "criteria": [criterion("people"), criterion("price", "lower"), criterion("unweighed")],
        "vetoes": [{"id": "flood", "label": BOTH, "measure": "x", "source": "by hand", "evidence": "own_choice"}],
    }
)
PROFILE = Profile.model_validate({"id": "p", "label": BOTH, "provenance": BOTH, "weights": {"people": 3, "price": 1}})
DISTRICTS = ["a", "b", "c"]


def values(**columns: list[float | None]) -> pd.DataFrame:
    rows = [(d, name, v) for name, column in columns.items() for d, v in zip(DISTRICTS, column, strict=True)]
    frame = pd.DataFrame(rows, columns=["district_id", "criterion", "value"])
    return frame.astype({"value": float})


def vetoes(*found: bool | None) -> pd.DataFrame:
    return pd.DataFrame(
        {"district_id": DISTRICTS, "veto": "flood", "vetoed": pd.array(found, dtype="boolean"), "found": "0 %"}
    )


VALUES = values(people=[100, 300, 200], price=[10, 30, 10], unweighed=[1, 2, 3])
NONE = vetoes(False, False, None)


def of(table: pd.DataFrame, method: str, column: str) -> list:
    return table.loc[table["method"] == method, column].tolist()


def test_by_hand() -> None:
    scores, contributions = score(DISTRICTS, VALUES, NONE, CRITERIA, PROFILE)
    check_schema(scores, "scores", "scores")
    check_schema(contributions, "contributions", "contributions")
    # people -> 0, 1, 0.5 weighing 3/4; price, lower is better -> 1, 0, 1 weighing 1/4.
    assert of(scores, "weighted_sum", "score") == pytest.approx([0.25, 0.75, 0.625])
    assert of(scores, "weighted_sum", "rank") == [3, 1, 2]
    assert of(scores, "weighted_sum", "score_low") == pytest.approx([0.25, 0.75, 0.625])
    assert scores["missing"].isna().all()
    shown = contributions[contributions["district_id"] == "c"].set_index("criterion")
    assert shown["contribution"].to_dict() == pytest.approx({"people": 0.375, "price": 0.25, "unweighed": 0})
    assert shown["utility"].to_dict() == pytest.approx({"people": 0.5, "price": 1, "unweighed": 1})


def test_contributions_add_up_to_the_score_with_values_missing() -> None:
    holed = values(people=[100, None, 200], price=[10, 30, None], unweighed=[1, 2, None])
    scores, contributions = score(DISTRICTS, holed, NONE, CRITERIA, PROFILE)
    check_schema(contributions, "contributions", "contributions")
    totals = contributions.groupby("district_id")["contribution"].sum()
    assert totals.tolist() == pytest.approx(of(scores, "weighted_sum", "score"))
    # b knows only its price, the dearest: 0, and between 0 and 3/4. c knows people = the most: 1, at worst 3/4.
    assert of(scores, "weighted_sum", "score") == pytest.approx([0.25, 0, 1])
    assert of(scores, "weighted_sum", "score_low") == pytest.approx([0.25, 0, 0.75])
    assert of(scores, "weighted_sum", "score_high") == pytest.approx([0.25, 0.75, 1])
    assert of(scores, "weighted_sum", "missing") == [None, "people", "price;unweighed"]
    assert contributions["contribution"].isna().sum() == 3


def test_a_vetoed_candidate_is_scored_but_not_ranked_and_moves_nobody() -> None:
    scores, _ = score(DISTRICTS, VALUES, vetoes(False, True, False), CRITERIA, PROFILE)
    check_schema(scores, "scores", "scores")
    # Without b people run from 100 to 200 and every price is 10, 0.5 for both; b's own, dearer, is held to 0.
    assert of(scores, "weighted_sum", "score") == pytest.approx([0.125, 0.75, 0.875])
    assert of(scores, "weighted_sum", "vetoed") == [False, True, False]
    ranks = scores.loc[scores["method"] == "weighted_sum", "rank"]
    assert ranks.isna().tolist() == [False, True, False]
    assert ranks.dropna().tolist() == [2, 1]


def test_all_vetoed_is_scored_and_unranked() -> None:
    scores, _ = score(DISTRICTS, VALUES, vetoes(True, True, True), CRITERIA, PROFILE)
    check_schema(scores, "scores", "scores")
    assert scores["rank"].isna().all()
    assert of(scores, "weighted_sum", "score") == pytest.approx([0.25, 0.75, 0.625])


def test_the_unit_of_money_changes_no_score() -> None:
    won = score(DISTRICTS, VALUES, NONE, CRITERIA, PROFILE)[0]
    million = VALUES.assign(value=VALUES["value"].where(VALUES["criterion"] != "price", VALUES["value"] / 1e6))
    assert score(DISTRICTS, million, NONE, CRITERIA, PROFILE)[0]["score"].tolist() == pytest.approx(
        won["score"].tolist()
    )


@settings(max_examples=30, deadline=None)
@given(st.lists(st.floats(1e3, 1e9), min_size=3, max_size=3), st.sampled_from([1e-6, 1e-3, 1e3, 1400.0]))
def test_no_currency_changes_a_rank(prices, factor) -> None:
    table = values(people=[100, 300, 200], price=prices, unweighed=[1, 2, 3])
    other = values(people=[100, 300, 200], price=[price * factor for price in prices], unweighed=[1, 2, 3])
    ranks = [score(DISTRICTS, frame, NONE, CRITERIA, PROFILE)[0]["rank"].tolist() for frame in (table, other)]
    assert ranks[0] == ranks[1]


def test_judgements_and_rules_weigh_as_well() -> None:
    judged = {"criteria": ["people", "price"], "values": [[1, 3], ["1/3", 1]]}
    ways = {"weights": None, "pairwise": judged}, {"weights": None, "rule": "equal"}
    in_pairs, equal = (Profile.model_validate(PROFILE.model_dump() | way) for way in ways)
    given = score(DISTRICTS, VALUES, NONE, CRITERIA, PROFILE)
    assert score(DISTRICTS, VALUES, NONE, CRITERIA, in_pairs)[0]["score"].tolist() == pytest.approx(
        given[0]["score"].tolist()
    )
    scores, contributions = score(DISTRICTS, VALUES, NONE, CRITERIA, equal)
    assert contributions["profile_weight"].tolist() == pytest.approx([1 / 3] * 9)
    # a: 0, 1, 0; b: 1, 0, 1/2; c: 1/2, 1, 1.
    assert of(scores, "weighted_sum", "score") == pytest.approx([1 / 3, 1 / 2, 5 / 6])


def test_a_misspelt_criterion_among_the_judgements_is_a_fault() -> None:
    judged = {"criteria": ["pepole", "price"], "values": [[1, 3], ["1/3", 1]]}
    profile = Profile.model_validate(PROFILE.model_dump() | {"weights": None, "pairwise": judged})
    with pytest.raises(TableError, match="found 'pepole'"):
        score(DISTRICTS, VALUES, NONE, CRITERIA, profile)


def test_one_candidate_is_finite() -> None:
    scores, _ = score(["a"], VALUES[VALUES["district_id"] == "a"], NONE.head(1), CRITERIA, PROFILE)
    assert scores["score"].tolist() == [0.5] * 4
    assert scores["rank"].tolist() == [1] * 4


def test_nothing_known_is_null_between_zero_and_one() -> None:
    scores, contributions = score(
        DISTRICTS, values(people=[None] * 3, price=[None] * 3, unweighed=[1, 2, 3]), NONE, CRITERIA, PROFILE
    )
    check_schema(scores, "scores", "scores")
    check_schema(contributions, "contributions", "contributions")
    assert scores["score"].isna().all()
    assert scores["rank"].isna().all()
    assert (of(scores, "weighted_sum", "score_low"), of(scores, "weighted_sum", "score_high")) == ([0] * 3, [1] * 3)


def test_tables_that_do_not_fit_name_every_gap() -> None:
    wrong = VALUES[~((VALUES["criterion"] == "price") & (VALUES["district_id"] == "b"))]
    wrong = pd.concat([wrong, pd.DataFrame([("z", "people", 1.0)], columns=["district_id", "criterion", "value"])])
    profile = PROFILE.model_copy(update={"weights": {"people": 1, "pepole": 2}})
    with pytest.raises(TableError) as error:
        score(DISTRICTS, wrong, NONE.head(2), CRITERIA, profile)
    text = str(error.value)
    assert len(error.value.faults) == 4
    assert "b, criterion: expected a row for criterion price, found none" in text
    assert "expected only this region's districts and its criterion list, found a row for people" in text
    assert "expected a row for veto flood, found none" in text
    assert "found 'pepole'" in text


def test_a_profile_without_any_weight_left_is_a_fault() -> None:
    profile = PROFILE.model_copy(update={"weights": {"people": 0}})
    with pytest.raises(TableError, match="expected a weight above 0"):
        score(DISTRICTS, VALUES, NONE, CRITERIA, profile)
