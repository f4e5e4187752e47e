"""The money of a plan's sheets laid on its openings: nothing lost, the earliest money for what opens first."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.plans.payers import COLUMNS as PAYER_COLUMNS
from simulation.workbook.money import commitments_of, funding_of, operation_of, steps_of


def openings(*rows: tuple[str, str, int, int, int]) -> pd.DataFrame:
    """Rows of id, service, month, national and city money."""
    frame = pd.DataFrame(rows, columns=["opening_id", "service", "month", "national_krw", "city_krw"])
    frame["number"] = frame["opening_id"]
    return frame.assign(**{column: 0 for column in PAYER_COLUMNS if column not in frame})


def spending(item: str, year: int, cost_item: str | None = None, **paid: int) -> dict[str, Any]:
    row: dict[str, Any] = dict.fromkeys(PAYER_COLUMNS)
    return row | {"row": "spend", "item": item, "year": year, "cost_item": cost_item} | paid


def test_a_service_is_paid_for_in_the_order_in_which_it_opens() -> None:
    plan = openings(("b", "bus", 20, 100, 0), ("a", "bus", 5, 60, 40))
    rows = [spending("bus", 2028, national_krw=90), spending("bus", 2027, national_krw=70, city_krw=40)]
    held = funding_of(plan, rows)
    assert held is not None
    paid = {(row.opening_id, row.year): (row.national_krw, row.city_krw) for row in held.itertuples()}
    # 70 national won of 2027: 60 for the one that opens first, 10 for the other, which has 90 more the year after.
    assert paid == {("a", 2027): (60, 40), ("b", 2027): (10, 0), ("b", 2028): (90, 0)}


def test_commitments_are_no_spending() -> None:
    row = spending("bus", 2027, national_krw=5) | {"row": "commitment", "item": None}
    assert funding_of(openings(("a", "bus", 5, 5, 0)), [row]) is None
    held = commitments_of([row])
    assert held is not None
    assert held[["year", "national_krw", "city_krw"]].to_numpy().tolist() == [[2027, 5, 0]]
    assert commitments_of([spending("bus", 2027, national_krw=5)]) is None


def test_who_pays_for_running_is_that_of_the_first_year_stated() -> None:
    rows = [
        dict.fromkeys(PAYER_COLUMNS) | {"item": "bus", "year_after": 2, "operator_krw": 10},
        dict.fromkeys(PAYER_COLUMNS) | {"item": "bus", "year_after": 1, "city_krw": 7},
        dict.fromkeys(PAYER_COLUMNS) | {"item": "a", "year_after": 1, "other_krw": 3},
    ]
    held = operation_of(openings(("a", "bus", 5, 1, 0)), rows)
    assert held is not None
    assert sorted(zip(held["service"].fillna(""), held["city_krw"], held["other_krw"], strict=True)) == [
        ("", 0, 3),
        ("bus", 7, 0),
    ]


def test_a_step_is_in_the_month_it_was_done() -> None:
    rows = [
        {"step": "agreement", "planned": "2027-01", "actual": "2027-03"},
        {"step": "groundbreaking", "planned": "2026-11", "actual": None},
        {"step": "completion", "planned": None, "actual": None},
        {"step": None, "planned": "2027-05", "actual": None},
    ]
    assert steps_of(rows, "2027-01") == {"agreement": 2, "groundbreaking": -2}


@pytest.mark.slow
@given(
    st.lists(st.tuples(st.integers(0, 100), st.integers(0, 10**12), st.integers(0, 10**12)), min_size=1, max_size=8),
    st.lists(st.integers(1, 100), min_size=1, max_size=5),
)
def test_no_won_is_lost_whatever_the_years(rows: list[tuple[int, int, int]], weights: list[int]) -> None:
    plan = openings(*((f"o{k}", "bus", month, national, city) for k, (month, national, city) in enumerate(rows)))
    years = []
    for column in ("national_krw", "city_krw"):
        total, told = int(plan[column].sum()), 0
        for number, weight in enumerate(weights):
            last = number == len(weights) - 1
            part = total - told if last else total * weight // sum(weights)
            told += part
            years.append(spending("bus", 2027 + number, **{column: part}))
    held = funding_of(plan, years)
    if held is None:
        assert plan[["national_krw", "city_krw"]].to_numpy().sum() == 0
        return
    for column in ("national_krw", "city_krw"):
        by_opening = held.groupby("opening_id")[column].sum()
        assert all(by_opening.get(name, 0) == krw for name, krw in zip(plan["opening_id"], plan[column], strict=True))
        by_year = held.groupby("year")[column].sum()
        said = {row["year"]: 0 for row in years}
        for row in years:
            said[row["year"]] += row[column] or 0
        assert all(by_year.get(year, 0) == krw for year, krw in said.items())
