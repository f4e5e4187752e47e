"""What the document says of the plan itself: overview, goals, services and their sheets, problems, prices, steps."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pandas as pd

from geojeom.formats import stated
from maps.document.amounts import Rows
from maps.document.materials import Materials
from simulation.plans.catalogue import Service
from simulation.plans.payers import COLUMNS
from simulation.workbook.book import Row
from simulation.workbook.openings import PARTS

# Places of a service that are named; of more the number is told.
PLACES = 8


def _items(made: Materials, values: dict[str, Any]) -> Rows:
    """Rows of item and value for fields of the overview; what is not told is unknown."""
    fields = {field.id: field.header(made.language) for field in made.book.layout.sheet("overview").fields}
    return [{"item": fields.get(name, name), "value": value} for name, value in values.items()]


def overview(made: Materials) -> Rows:
    """Place, area, period, operator, cost: what a reader looks for first."""
    told, openings = made.plan.overview, made.plan.openings
    hub = made.districts.set_index("district_id").loc[made.plan.hub]
    steps = {row["step"]: row["planned"] for row in made.rows("schedule") if row["step"]}
    last = steps.get("completion") or openings["date"].max()
    operators = [row["name"] for row in made.rows("roles") if row["party"] == "operator"]
    words = made.lines("overview")
    values = {
        "title": told.get("title"),
        "applicant": told.get("applicant"),
        words["region"]: getattr(made.city.name, made.language),
        "hub": f"{made.city.called(made.plan.hub, made.language)} ({made.word(hub['kind'])})",
        words["area"]: f"{float(hub['area_m2']) / 1e6:,.3f} km²",
        "round": told.get("round"),
        words["period"]: f"{steps.get('agreement') or told.get('start')} ~ {last}",
        words["operator"]: ", ".join(dict.fromkeys(operators)) or None,
        words["cost"]: made.money(int(openings["capex_krw"].sum())),
        words["running"]: made.money(int(openings["opex_krw_year"].sum())),
        words["services"]: ", ".join(str(made.service(code)) for code in made.services),
    }
    return _items(made, values)


def basis(made: Materials) -> Rows:
    """What the prices hold: VAT, year of the prices, contingency, rate of discount."""
    told = made.plan.overview
    shares = {name: told.get(name) for name in ("contingency_share", "discount_rate")}
    values: dict[str, Any] = {
        "vat": made.choice("vat", told.get("vat")),
        "price_base_year": None if told.get("price_base_year") is None else str(told["price_base_year"]),
        **{name: None if share is None else f"{100 * share:g}%" for name, share in shares.items()},
    }
    return [{**row, "value": row["value"] or made.said("unknown")} for row in _items(made, values)]


def targets(indicator: Row) -> dict[int, float]:
    """The targets of an indicator by year after the start."""
    years = {int(name.removeprefix("target_")): name for name in indicator if name.startswith("target_")}
    return {year: indicator[name] for year, name in sorted(years.items()) if indicator[name] is not None}


def goals(made: Materials) -> Rows:
    """Each pillar with its goal and the services that the workbook's sheet of services puts there."""
    rows = []
    for pillar, word in made.book.layout.choices["pillar"].items():
        own = [made.service(row["service"]) for row in made.book.rows("services") if row["pillar"] == pillar]
        goal = made.plan.overview.get(f"goal_{pillar}")
        rows.append(
            {"pillar": getattr(word, made.language), "goal": goal, "services": ", ".join(map(str, own)) or None}
        )
    return rows


def services(made: Materials) -> Rows:
    """A row per service that opens."""
    rows = []
    for code, service in made.services.items():
        own = made.plan.openings[made.plan.openings["service"] == code]
        inside, outside = (int(own.loc[own["part"] == part, "units"].sum()) for part in PARTS)
        rows.append(
            {
                "name": made.service(code),
                "field": made.choice("field", service.field),
                "inside": inside,
                "outside": outside,
                "unit": getattr(service.unit, made.language),
                "opens": str(own["date"].min()),
                "krw": int(own["capex_krw"].sum()),
                "running": int(own["opex_krw_year"].sum()),
            }
        )
    return rows


def service_sheet(made: Materials, service: Service) -> dict[str, str | None]:
    """What the sheet of a service says, by line; what the workbook does not tell is None."""
    own = made.plan.openings[made.plan.openings["service"] == service.id]
    row: dict[str, Any] = next(
        (row for row in made.book.rows("services") if made.names.id_of(row["service"] or "") == service.id), {}
    )
    groups = {group.id: getattr(group.name, made.language) for group in made.plan.services.groups}
    units, cost = int(own["units"].sum()), int(own["capex_krw"].sum())
    paid = {column: int(own[column].sum()) for column in COLUMNS}
    runs = [part["operator_name"] for part in _rows_of(made, service.id) if part["operator_name"]]
    parts = {part: int(own.loc[own["part"] == part, "units"].sum()) for part in PARTS}
    said_units = ", ".join(f"{made.word(part)} {n:,}" for part, n in parts.items() if n)
    return {
        "content": row.get("content"),
        "field": made.choice("field", service.field),
        "pillar": made.choice("pillar", row.get("pillar")),
        "users": None if service.adoption is None else groups[service.adoption.group],
        "reach": _reach(made, service),
        "units": f"{said_units} ({getattr(service.unit, made.language)})",
        "places": _places(made, own),
        "opens": " ~ ".join(dict.fromkeys([str(own["date"].min()), str(own["date"].max())])),
        "cost": made.money(cost),
        "price": made.money(int(Fraction(cost, units) + Fraction(1, 2))),
        "running": made.money(int(own["opex_krw_year"].sum())),
        "payers": ", ".join(f"{made.payer(column)} {made.money(krw)}" for column, krw in paid.items() if krw) or None,
        "prerequisites": ", ".join(str(made.service(code)) for code in service.prerequisites) or None,
        "department": row.get("department"),
        "operator": row.get("operator") or ", ".join(dict.fromkeys(runs)) or None,
        "data": row.get("data"),
        "source": made.own_text(service.source),
    }


def _rows_of(made: Materials, service: str) -> list[Row]:
    rows = [row for part in PARTS for row in made.book.rows(part)]
    return [row for row in rows if made.names.id_of(row["service"] or "") == service]


def _reach(made: Materials, service: Service) -> str | None:
    said = made.choice("reach", service.reach.kind)
    if service.reach.travel_s is None:
        return said
    return f"{said} {stated(round(service.reach.travel_s / 60, 1))}{'분' if made.language == 'ko' else ' min'}"


def _places(made: Materials, own: pd.DataFrame) -> str:
    """The zones that the units stand in, with how many places each has."""
    counts = own.assign(zone=own["zone_id"].map(made.zone)).groupby("zone", sort=False)["cell"].nunique()
    named = [f"{zone} {made.said('at_site', n=n)}" for zone, n in counts.head(PLACES).items()]
    return ", ".join([*named, *(["…"] if len(counts) > PLACES else [])]) or made.said(
        "at_site", n=own["cell"].nunique()
    )


def sheet_rows(made: Materials, sheet: str) -> list[dict[str, Any]]:
    """The rows of a sheet as the document shows them: zones of openings filled in, amounts of the estimate reckoned."""
    fields = {field.id: field for field in made.book.layout.sheet(sheet).columns}
    rows = []
    for row in made.rows(sheet):
        shown = {name: made.cell(row.get(name), field) for name, field in fields.items()}
        if sheet in PARTS and row["zone"] is None:
            own = made.plan.openings[made.plan.openings["number"] == row["opening_id"]]
            shown["zone"] = ", ".join(str(made.zone(code)) for code in dict.fromkeys(own["zone_id"].dropna())) or None
        if sheet == "estimate":
            exact = Fraction(repr(row["quantity"])) * row["price_krw"]
            shown["amount"] = int(exact + Fraction(1, 2))
        rows.append(shown)
    return rows


def open_points(made: Materials) -> Rows:
    """What the check of the workbook found that does not forbid the plan."""
    return [
        {"place": fault.place, "remark": made.remark(fault.remark)}
        for fault in made.book.ledger.faults
        if not fault.binding and fault.remark is not None
    ]
