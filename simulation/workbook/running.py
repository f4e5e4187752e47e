"""Running cost in the sheets of a plan: a row for all that opens, as much as openings say, and the city's budget."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

import pandas as pd

from geojeom.messages import Remark
from simulation.plans.payers import COLUMNS as PAYER_COLUMNS
from simulation.workbook.book import Row
from simulation.workbook.openings import of_item
from simulation.workbook.said import Said


def running_by_year(openings: pd.DataFrame, start: str, months: int) -> dict[int, int]:
    """What running costs in each year of ``months`` from ``start`` on, by the months that each opening runs.

    Parameters
    ----------
    openings : DataFrame
        One plan's, with ``month``, ``closes`` (null for never) and ``opex_krw_year`` (won a year).
    start : str
        Month 0 (``YYYY-MM``).
    months : int
        How many are looked at.

    Returns
    -------
    dict of int
        Year -> won, a twelfth of the yearly sum a month, rounded once a year; 0 where nothing runs.
    """
    first = pd.Period(start, freq="M")
    years = [int((first + month).year) for month in range(months)]
    sums = dict.fromkeys(years, Fraction(0))
    for row in openings.to_dict("records"):
        end = months if pd.isna(row["closes"]) else int(row["closes"])
        for year, count in Counter(years[int(row["month"]) : end]).items():
            sums[year] += Fraction(int(row["opex_krw_year"]) * count, 12)
    return {year: round(krw) for year, krw in sums.items()}


def budget_of(finance: Iterable[Mapping[str, Any]], year: int, budget_krw_year: int | None) -> int | None:
    """The city's budget of a year: as the sheet of finance has it, else that of the region; None where neither does.

    Parameters
    ----------
    finance : iterable of mapping
        Rows of the sheet of finance.
    year : int
        The year.
    budget_krw_year : int or None
        The region's (won), where it is known.

    Returns
    -------
    int or None
        Won.
    """
    stated = [row["budget_krw"] for row in finance if row["year"] == year and row["budget_krw"] is not None]
    return int(stated[0]) if stated else budget_krw_year


def check_running(said: Said, *, start: str, months: int, budget_krw_year: int | None) -> None:
    """Note openings that nobody is to run, sums that differ from theirs, and years that cost more than the budget."""
    if "operation" in said.book.sheets:
        _operation(said)
    running = running_by_year(said.openings, start, months)
    stated: dict[int, Row] = {}
    for row in said.rows("finance"):
        if row["year"] is not None:
            stated.setdefault(row["year"], row)
    for year, krw in running.items():
        own, budget = stated.get(year), budget_of(said.rows("finance"), year, budget_krw_year)
        if budget is not None and krw > budget:
            remark = Remark("workbook.running_budget", year=str(year), found=krw, budget=budget)
            said.book.fault("finance", own, "budget_krw", remark, binding=False)
            break


def _operation(said: Said) -> None:
    """Each opening that costs something to run has a row from its first year on, of as much as it costs."""
    items: dict[str, list[Row]] = {}
    for row in said.rows("operation"):
        if row["item"] is not None and row["year_after"] is not None:
            items.setdefault(row["item"], []).append(row)
    told: set[str] = set()
    for item, rows in items.items():
        own = of_item(said.openings, item)
        told |= set(own["opening_id"])
        if own.empty or said.unsure(item):
            continue
        first = min(rows, key=lambda row: row["year_after"])
        if first["year_after"] > 1:
            remark = Remark("workbook.running_late", year=first["year_after"])
            said.book.fault("operation", first, "year_after", remark, binding=False)
        same = [row for row in rows if row["year_after"] == first["year_after"]]
        if any(row.unread for row in same):
            continue
        paid, revenue = sum(map(_paid, same)), sum(row["revenue_krw"] or 0 for row in same)
        cost = int(own["opex_krw_year"].sum())
        # Payers may bear the whole cost, or what revenue leaves of it.
        if cost not in (paid, paid + revenue):
            remark = Remark("workbook.running_cost", name=said.item(item), paid=paid, revenue=revenue, cost=cost)
            said.book.fault("operation", first, "item", remark, binding=False)
    costly = said.openings[(said.openings["opex_krw_year"] > 0) & ~said.openings["opening_id"].isin(told)]
    for service in dict.fromkeys(costly["service"]):
        remark = Remark("workbook.not_run", name=said.word(service))
        said.book.fault("operation", None, "", remark, binding=False)


def _paid(row: Mapping[str, int | None]) -> int:
    return sum(row[column] or 0 for column in PAYER_COLUMNS)
