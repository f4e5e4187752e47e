"""Candidates against a round, on two districts and a plan small enough to add up by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from decisions.programme import check_rules, nothing, readable
from geojeom.catalogues import CATALOGUES
from geojeom.checked_yaml import read_catalogue
from geojeom.tables import check_schema as check_table
from spatial.config.catalogue import Programme
from tests.tables import said

DISTRICTS = pd.DataFrame(
    {
        "district_id": ["A", "B"],
        "kind": ["new", "existing"],
        "area_m2": [1_000_000.0, 5_000_000.0],
        "private_share": [0.1, None],
    }
)


def rules(**changes: object) -> Programme:
    base = {
        "id": "r",
        "label": {"ko": "차수", "en": "round"},
        "ceiling_krw": 1_000_000_000,
        "national_share_max": 0.5,
        "years": 1,
        "kinds": ["new"],
        "applicants": ["city"],
        "requires": ["in_district_plan", "diffusion_plan", "private_proposals"],
        "source": "by hand",
        "evidence": "own_choice",
    }
    # The rules are checked on small figures, which no round would name.
    return Programme.model_validate(base | changes).model_copy(update={"ceiling_krw": 1_000})


def opening(district: str, part: str, month: int, national: int, local: int, opex: int = 0, private: int = 0) -> dict:
    return {
        "district_id": district,
        "part": part,
        "month": month,
        "national_krw": national,
        "local_krw": local,
        **dict.fromkeys([f"{payer}_krw" for payer in ("province", "city", "operator", "private_in_kind", "other")], 0),
        "private_cash_krw": private,
        "capex_krw": national + local + private,
        "opex_krw_year": opex,
    }


PLAN = pd.DataFrame(
    [
        # A keeps every limit to the won: 1,000 in all, 500 national, open in the twelfth month.
        opening("A", "in_district", 11, 500, 400, 10),
        opening("A", "in_district", 0, 0, 100),
        opening("A", "diffusion", 40, 0, 9_000, 30),
        # B is one won over each, one month late, and spreads nothing.
        opening("B", "in_district", 12, 501, 500),
    ]
)


def outcomes(table: pd.DataFrame, district: str) -> dict[str, str]:
    rows = table[table["district_id"] == district]
    return dict(zip(rows["rule"], rows["outcome"], strict=True))


def test_a_region_without_a_round_has_an_empty_table() -> None:
    table = nothing()
    check_table(table, "programme", "by hand")
    assert table.empty
    assert "no round" in readable(table)


def test_every_rule_at_and_beyond_its_limit() -> None:
    table = check_rules(rules(area_max_m2=1_000_000), DISTRICTS, PLAN, "city", 4_000)
    check_table(table, "programme", "by hand")
    assert outcomes(table, "A") == {
        "applicant": "met",
        "kind": "met",
        "area_max": "met",
        "ceiling": "met",
        "national_money": "met",
        "national_share": "met",
        "years": "met",
        "in_district_plan": "met",
        "diffusion_plan": "met",
        "private_proposals": "met",
        "private_part": "not_met",
        "running_cost": "unknown",
    }
    assert outcomes(table, "B") == {
        "applicant": "met",
        "kind": "not_met",
        "area_max": "not_met",
        "ceiling": "not_met",
        "national_money": "not_met",
        "national_share": "not_met",
        "years": "not_met",
        "in_district_plan": "met",
        "diffusion_plan": "not_met",
        "private_proposals": "unknown",
        "running_cost": "unknown",
    }
    a = table[table["district_id"] == "A"].set_index("rule")
    # What the diffusion costs is the city's own and stays out of the ceiling, but runs at a cost like the rest.
    assert a.loc["ceiling", "value"] == 1_000
    assert a.loc["running_cost", "value"] == 40
    assert "(1.00% of the budget)" in said([a.loc["running_cost", "found"]])[0]
    assert not a.loc["running_cost", "binding"]
    assert a.loc["years", "value"] == 12


def test_the_plans_private_part_is_held_to_the_proposals() -> None:
    # The proposal of A says a tenth: 100 of 1,000 is that, 109 of 1,009 nearly, 130 of 1,030 is not. B says nothing.
    for private, outcome in ((100, "met"), (109, "met"), (130, "not_met")):
        plan = pd.DataFrame(
            [
                opening("A", "in_district", 0, 450, 450, private=private),
                opening("A", "diffusion", 40, 0, 1, private=9_999),
                opening("B", "in_district", 0, 1, 1, private=1),
            ]
        )
        table = check_rules(rules(), DISTRICTS, plan, "city", None)
        found = table[table["rule"] == "private_part"].set_index("district_id")
        assert found["outcome"].to_dict() == {"A": outcome}
        assert not found["binding"].any()
    assert said([found.loc["A", "found"]])[0] == "계획의 민간 부담 12.6% / private part of the plan 12.6%"


def test_without_a_plan_money_is_unknown_not_met() -> None:
    found = outcomes(check_rules(rules(), DISTRICTS, None, None, None), "A")
    money = ["ceiling", "national_money", "national_share", "years", "in_district_plan", "diffusion_plan", "applicant"]
    assert {found[rule] for rule in money} == {"unknown"}
    assert found["kind"] == "met"


def test_a_plan_without_this_district_opens_nothing_there() -> None:
    found = outcomes(check_rules(rules(), DISTRICTS, PLAN[PLAN["district_id"] == "B"], "city", None), "A")
    assert found["in_district_plan"] == "not_met"
    assert found["national_share"] == found["years"] == "unknown"


def test_what_a_round_does_not_say_is_not_judged() -> None:
    found = outcomes(check_rules(rules(applicants=[], requires=[]), DISTRICTS, PLAN, "city", None), "A")
    assert not {"applicant", "area_max", "area_min", "diffusion_plan", "private_proposals", "awarded_area"} & set(found)


@pytest.mark.parametrize(
    ("name", "ceiling", "national"),
    # Press release of 2021-11-08; awards of 2023 (20 + 20 billion); rules of 2024 (16 billion national, matched).
    [("2021", 24e9, 12e9), ("2023", 40e9, 20e9), ("2024", 32e9, 16e9)],
)
def test_the_rounds_of_the_reference(name: str, ceiling: float, national: float) -> None:
    programme = read_catalogue(CATALOGUES / "programme" / f"{name}.yaml", Programme)
    table = check_rules(programme, DISTRICTS, PLAN, "city", None)
    a = table[table["district_id"] == "A"].set_index("rule")
    assert a.loc["ceiling", "limit"] == ceiling
    assert a.loc["national_money", "limit"] == national
    # 1 km² lies between Haenam's 0.695 and Ulsan's 4.49, 5 km² does not; neither is a rule.
    assert outcomes(table, "A")["awarded_area"] == "met"
    assert outcomes(table, "B")["awarded_area"] == "not_met"


def test_the_terminal_shows_what_fails_first() -> None:
    text = readable(check_rules(rules(), DISTRICTS, PLAN, "city", None))
    of_b = text[text.index("B · r") :]
    assert (
        of_b.index("✗ kind") < of_b.index("? private_proposals") < of_b.index("✓ applicant") < of_b.index("· running")
    )
    assert "1 by hand (own choice)" in text
