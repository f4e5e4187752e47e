"""The money of a plan: figures added up by hand, and no won lost whatever the plan."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisions.money import discounted, money, readable, room
from geojeom.tables import check_schema
from simulation.plans.payers import COLUMNS, PAYERS


def opening(name: str, month: int, opex: int = 0, closes: int | None = None, **krw: int) -> dict[str, Any]:
    paid = {f"{payer}_krw": krw.get(payer, 0) for payer in PAYERS}
    return {
        "opening_id": name,
        "part": "in_district" if name.startswith("in") else "diffusion",
        "service": name.split("-")[1],
        "month": month,
        "closes": closes,
        "capex_krw": sum(paid.values()),
        "opex_krw_year": opex,
        **paid,
    }


def told(table: pd.DataFrame) -> dict[tuple[Any, ...], int]:
    """Won by year, part, service, kind and payer."""
    check_schema(table.assign(plan_id="ours", district_id="A"), "money", "by hand")
    return {tuple(row[:-1]): row[-1] for row in table.itertuples(index=False)}


PLAN = pd.DataFrame(
    [
        # From July 2027: month 5 is December 2027, month 6 January 2028.
        opening("in-bus-1", 5, 120, national=50, province=12, city=38),
        opening("in-bus-2", 6, 100, closes=13, city=7),
        opening("out-lamp-1", 8, 0, private_cash=9),
    ]
)


def test_money_by_hand() -> None:
    # bus-1 runs from December 2027 to December 2028: 10 a month. bus-2 for seven months of 2028: 58.33.
    assert told(money(PLAN, "2027-07", 18)) == {
        (2027, "in_district", "bus", "capital", "national"): 50,
        (2027, "in_district", "bus", "capital", "province"): 12,
        (2027, "in_district", "bus", "capital", "city"): 38,
        (2027, "in_district", "bus", "running", "unstated"): 10,
        (2028, "in_district", "bus", "capital", "city"): 7,
        (2028, "in_district", "bus", "running", "unstated"): 120 + 58,
        (2028, "diffusion", "lamp", "capital", "private_cash"): 9,
    }


def test_what_opens_after_the_end_is_left_out() -> None:
    table = told(money(PLAN, "2027-07", 6))
    assert sum(table.values()) == 100 + 10


def test_funding_replaces_year_and_payers_of_the_capital() -> None:
    # Designed in 2026, a year before it opens.
    funding = pd.DataFrame(
        [
            {"opening_id": "in-bus-1", "year": 2026, "cost_item": "design", "city_krw": 20},
            {"opening_id": "in-bus-1", "year": 2027, "cost_item": "works", "national_krw": 55, "city_krw": 20},
            {"opening_id": "in-bus-1", "year": 2027, "cost_item": "software", "operator_krw": 5},
        ]
    )
    table = told(money(PLAN, "2027-07", 18, funding=funding))
    assert {key: krw for key, krw in table.items() if key[0] < 2028 and key[3] == "capital"} == {
        (2026, "in_district", "bus", "capital", "city"): 20,
        (2027, "in_district", "bus", "capital", "national"): 55,
        (2027, "in_district", "bus", "capital", "city"): 20,
        (2027, "in_district", "bus", "capital", "operator"): 5,
    }


def test_who_pays_running_cost() -> None:
    # Of the buses the city and the operator half each, the odd won to the city; of the first bus the province all.
    operation = pd.DataFrame(
        [
            {"opening_id": None, "service": "bus", "city_krw": 0.5, "operator_krw": 0.5, "province_krw": None},
            {"opening_id": "in-bus-1", "service": "bus", "city_krw": None, "operator_krw": 0, "province_krw": 3},
        ]
    )
    plan = pd.DataFrame([opening("in-bus-1", 0, 12), opening("in-bus-2", 0, 13), opening("in-lamp-1", 0, 14)])
    assert told(money(plan, "2027-01", 12, operation=operation)) == {
        (2027, "in_district", "bus", "running", "province"): 12,
        (2027, "in_district", "bus", "running", "city"): 7,
        (2027, "in_district", "bus", "running", "operator"): 6,
        (2027, "in_district", "lamp", "running", "unstated"): 14,
    }


def test_room_left_by_year_and_payer() -> None:
    commitments = pd.DataFrame({"year": [2027, 2029], "national_krw": [60, 5], "city_krw": [30, None]})
    left = room(money(PLAN, "2027-07", 18), commitments)
    assert [tuple(row) for row in left.itertuples(index=False)] == [
        (2027, "national", 50, 60, 10),
        (2027, "province", 12, 0, -12),
        (2027, "city", 38, 30, -8),
        (2028, "city", 7, 0, -7),
        (2028, "private_cash", 9, 0, -9),
        (2029, "national", 0, 5, 5),
    ]


def test_discounted_to_the_end_of_a_year() -> None:
    # 121 won two years after the stated one are 100 at 10 % a year; 10 won a year before it are 11.
    table = pd.DataFrame({"year": pd.array([2029, 2027, 2026], dtype="Int64"), "krw": pd.array([121, 50, 10], "Int64")})
    assert discounted(table, 0.1, 2027)["present_krw"].tolist() == pytest.approx([100, 50, 11])
    assert discounted(table, 0.0, 2027)["present_krw"].tolist() == [121, 50, 10]


def test_money_for_a_terminal() -> None:
    text = readable(money(PLAN, "2027-07", 18), 0.0)
    lines = [line.split() for line in text.splitlines()]
    assert lines[0] == ["KRW", "national", "province", "city", "private_cash", "running", "cost"]
    assert lines[1] == ["2027", "50", "12", "38", "0", "10"]
    assert lines[2] == ["2028", "0", "0", "7", "9", "178"]
    assert lines[3] == ["in", "all", "50", "12", "45", "9", "188"]
    assert text.endswith("304 KRW in all at the end of 2027, at 0.00% a year")
    assert readable(money(PLAN.head(0), "2027-07", 18)) == "no money"


amounts = st.integers(0, 10**12)
openings = st.builds(
    lambda number, month, opex, lasts, krw: opening(f"in-bus-{number}", month, opex, month + lasts, **krw),
    st.integers(1, 9),
    st.integers(0, 60),
    amounts,
    st.integers(1, 99),
    st.dictionaries(st.sampled_from(PAYERS), amounts),
)


@pytest.mark.slow
@given(st.lists(openings, max_size=5), st.dictionaries(st.sampled_from(PAYERS), st.integers(0, 100)))
def test_no_won_is_lost(plan: list[dict[str, Any]], parts: dict[str, int]) -> None:
    frame = pd.DataFrame(plan, columns=list(opening("in-bus-1", 0)))
    operation = pd.DataFrame([{"service": "bus", **{f"{payer}_krw": part for payer, part in parts.items()}}])
    table = money(frame, "2027-04", 72, operation=operation)
    check_schema(table.assign(plan_id="ours", district_id="A"), "money", "by hand")
    capital = table[table["kind"] == "capital"].groupby("payer")["krw"].sum().to_dict()
    assert capital == {
        payer: krw for payer, column in zip(PAYERS, COLUMNS, strict=True) if (krw := sum(each[column] for each in plan))
    }
    # Twelfths of won are rounded once for each opening.
    exact = sum(each["opex_krw_year"] * (min(each["closes"], 72) - each["month"]) for each in plan)
    assert abs(12 * int(table.loc[table["kind"] == "running", "krw"].sum()) - exact) <= 6 * len(plan)
    who = {payer for payer, part in parts.items() if part} or {"unstated"}
    assert set(table.loc[table["kind"] == "running", "payer"]) <= who
