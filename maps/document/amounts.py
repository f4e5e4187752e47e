"""The money of a plan as its document shows it: who pays what for which service in which year, to the won."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from decisions.money import capital, room
from geojeom.formats import percent
from maps.document.materials import Materials
from simulation.plans.payers import COLUMNS, PAYERS
from simulation.workbook.money import funding_of
from simulation.workbook.openings import PARTS
from simulation.workbook.running import budget_of, running_by_year

Rows = list[dict[str, Any]]


def spending(made: Materials) -> pd.DataFrame:
    """Capital by year, part, service, cost item (empty where not told) and payer, as ``decisions.money`` counts it."""
    plan = made.plan
    funded = funding_of(plan.openings, plan.sheets.get("funding", ()))
    return capital(plan.openings, made.city.settings.start, funded)


def _table(money: pd.DataFrame, key: str, across: str, first: Mapping[Any, Any]) -> Rows:
    """Rows by ``key``, named by ``first``, with a column by ``across`` (years as ``y2027``) and the sum in ``krw``."""
    rows = []
    for value, name in first.items():
        own = money[money[key] == value]
        if own.empty:
            continue
        by = {
            f"y{at}" if across == "year" else f"{at}_krw": int(krw)
            for at, krw in own.groupby(across)["krw"].sum().items()
        }
        rows.append({key: name, **by, "krw": int(own["krw"].sum())})
    return rows


def investment(made: Materials) -> Rows:
    """Cost by service and year."""
    names = {code: made.service(code) for code in made.services}
    return _table(spending(made), "service", "year", names)


def cost_items(made: Materials) -> Rows:
    """Cost by cost item and year; what no item is told of comes last."""
    items = {item: made.choice("cost_item", item) for item in made.book.layout.choices["cost_item"]}
    return _table(spending(made), "cost_item", "year", {**items, "": made.word("unsplit")})


def funding(made: Materials) -> Rows:
    """Cost by year and payer."""
    money = spending(made)
    return _table(money, "year", "payer", {year: str(year) for year in sorted(set(money["year"]))})


def service_payers(made: Materials) -> Rows:
    """Cost by service and payer."""
    return _table(spending(made), "service", "payer", {code: made.service(code) for code in made.services})


def payers(made: Materials) -> Rows:
    """Cost of what opens inside and outside by payer."""
    openings = made.plan.openings
    rows = []
    for part in PARTS:
        own = openings[openings["part"] == part]
        paid = {column: int(own[column].sum()) for column in COLUMNS}
        rows += [{"part": made.word(part), **paid, "krw": int(own["capex_krw"].sum())}] if len(own) else []
    return rows


def commitments(made: Materials) -> Rows:
    """What the payers commit beside what the plan needs of them, by year."""
    told = [row for row in made.rows("funding") if row["row"] == "commitment"]
    if not told:
        return []
    left = room(spending(made).assign(kind="capital"), pd.DataFrame(told)[["year", *COLUMNS]])
    column = dict(zip(PAYERS, COLUMNS, strict=True))
    return [
        {
            "year": str(row["year"]),
            "payer": made.payer(column[row["payer"]]),
            "needed": int(row["needed_krw"]),
            "committed": int(row["committed_krw"]),
            "room": int(row["room_krw"]),
        }
        for row in left.to_dict("records")
    ]


def running(made: Materials) -> Rows:
    """What the plan costs to run in each year simulated, beside the city's budget of that year where it is known."""
    city = made.city
    rows: Rows = []
    for year, krw in running_by_year(made.plan.openings, city.settings.start, city.months).items():
        budget = budget_of(made.rows("finance"), year, city.budget_krw_year)
        share = None if not budget else percent(krw / budget, 2)
        rows.append({"year": str(year), "krw": krw, "budget": budget, "share": share})
    return rows


def spread(made: Materials) -> Rows:
    """What opens outside by zone, year and service, with its payers."""
    own = made.plan.openings[made.plan.openings["part"] == "diffusion"]
    own = own.assign(year=own["date"].str[:4], zone=own["zone_id"].map(made.zone))
    sums = own.groupby(["year", "zone", "service"], dropna=False, sort=True)[["units", "capex_krw", *COLUMNS]].sum()
    rows = []
    for (year, zone, service), row in zip(sums.index, sums.to_dict("records"), strict=True):
        paid = {column: int(row[column]) for column in COLUMNS}
        named = {"zone": None if pd.isna(zone) else zone, "year": year, "service": made.service(service)}
        rows.append({**named, "units": int(row["units"]), **paid, "krw": int(row["capex_krw"])})
    return rows
