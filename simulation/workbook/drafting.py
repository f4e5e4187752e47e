"""A first plan for a hub to edit: the region's template laid on it, with the sheets that a proposal needs."""

from __future__ import annotations

from typing import Any

import pandas as pd

from geojeom.messages import Remark
from simulation.plans.payers import COLUMNS as PAYER_COLUMNS
from simulation.workbook.checks import STEPS
from simulation.workbook.city import City
from simulation.workbook.layout import VERSION, Layout, layout
from simulation.workbook.openings import PARTS
from simulation.workbook.services import Names
from simulation.workbook.writing import Form

# Problems are named for the zones that stand out most.
MOST_ZONES = 5
# What the press release of 2021-11-08 gives each party to do.
ROLES = {
    "government": Remark("draft.role.government"),
    "local_government": Remark("draft.role.local_government"),
    "operator": Remark("draft.role.operator"),
    "company": Remark("draft.role.company"),
    "residents": Remark("draft.role.residents"),
}


def draft(
    city: City, hub: str, openings: pd.DataFrame, language: str
) -> tuple[dict[str, Any], dict[str, list[dict[str, Any]]]]:
    """Overview and rows by sheet of a plan that opens ``openings`` (rows of plan.parquet) on a hub.

    Services and zones are written by their names in ``language``; the schedule's dates are left to fill in.
    """
    named = str(city.districts.set_index("district_id").loc[hub, "name"])
    title = Remark("draft.title", name=city.name.model_dump(), hub=named)
    names = Names(city.services)
    overview = {
        "version": VERSION,
        "region": city.region,
        "fingerprint": city.fingerprint,
        "title": getattr(title, language),
        "hub": hub,
        "round": None if city.programme is None else city.programme.id,
        "start": city.settings.start,
        "money_unit": "won",
    }
    zones = city.zones.set_index("zone_id")["name"]
    unique = set(zones[~zones.duplicated(keep=False)].index)
    laid = openings.assign(
        service=[names.word(service, language) for service in openings["service"]],
        zone=[zones[code] if code in unique else code for code in openings["zone_id"]],
        site=openings["cell_id"],
        opens=openings["date"],
    )
    laid["zone"] = laid["zone"].where(openings["zone_id"].notna(), None)
    # Who pays nothing is left blank.
    laid[PAYER_COLUMNS] = laid[PAYER_COLUMNS].astype(object).where(laid[PAYER_COLUMNS] != 0, None)
    opened = list(dict.fromkeys(openings["service"]))
    rows = [{str(name): value for name, value in row.items()} for row in laid.to_dict("records")]
    sheets = {part: [row for row in rows if row["part"] == part] for part in PARTS}
    sheets |= {
        "funding": _spending(openings, names, language),
        "operation": _running(openings, names, language),
        "roles": _roles(layout(), language),
        "schedule": [{"step": step} for step in STEPS],
        "indicators": _indicators(city, opened, names, language),
        "problems": _problems(city, zones, language),
    }
    return overview, sheets


def form_of(city: City, language: str) -> Form:
    """How a workbook of a region is written: its services, zones and candidates are the lists to choose from."""
    names = Names(city.services)
    lists = {
        "service": [names.word(service, language) for service in names.words],
        "zone": list(city.zones["name"]),
        "hub": list(city.districts["district_id"]),
    }
    return Form(layout(), language, lists)


def _spending(openings: pd.DataFrame, names: Names, language: str) -> list[dict[str, Any]]:
    """The capital of each service by the year in which it opens."""
    year = openings["date"].str[:4].astype(int)
    sums = openings.assign(year=year).groupby(["service", "year"], sort=False)[PAYER_COLUMNS].sum()
    return [
        {
            "row": "spend",
            "item": names.word(service, language),
            "year": year,
            **{column: int(krw) or None for column, krw in zip(PAYER_COLUMNS, paid, strict=True)},
        }
        for (service, year), paid in zip(sums.index, sums.to_numpy(), strict=True)
    ]


def _running(openings: pd.DataFrame, names: Names, language: str) -> list[dict[str, Any]]:
    """The running cost of each service, a year of all its units; the city pays until somebody else is named."""
    sums = openings.groupby("service", sort=False)["opex_krw_year"].sum()
    return [
        {"item": names.word(str(service), language), "year_after": 1, "city_krw": int(krw)}
        for service, krw in sums.items()
        if krw
    ]


def _roles(layout: Layout, language: str) -> list[dict[str, Any]]:
    return [
        {
            "party": party,
            "name": layout.word("party", party, language),
            "role": getattr(role, language),
            "responsible": "yes" if party == "local_government" else "no",
        }
        for party, role in ROLES.items()
    ]


def _indicators(city: City, opened: list[str], names: Names, language: str) -> list[dict[str, Any]]:
    """The users of each service that people adopt, as the simulation computes them; targets are the city's to set."""
    adopted = [each.id for each in city.catalogue.services if each.adoption is not None and each.id in opened]
    people = {"ko": "명", "en": "people"}[language]
    return [
        {
            "indicator_id": f"K-{number}",
            "name": getattr(Remark("draft.users", name=names.words[service]), language),
            "unit": people,
            "service": names.word(service, language),
            "modelled": "users",
        }
        for number, service in enumerate(adopted, 1)
    ]


def _problems(city: City, zones: pd.Series, language: str) -> list[dict[str, Any]]:
    """The zones with the largest share of people of 65 and over, and what of people and buildings is in decline."""
    cells = city.cells
    sums = cells.groupby("zone_id")[["population", "elderly", "buildings", "old_buildings"]].sum(min_count=1)
    found = [
        *_largest(Remark("draft.problem.elderly"), sums["elderly"] / sums["population"]),
        *_largest(Remark("draft.problem.old_buildings"), sums["old_buildings"] / sums["buildings"]),
    ]
    return [
        {
            "problem_id": f"P-{number}",
            "problem": getattr(remark, language),
            "zone": zone,
            "measure": getattr(remark, language),
            "value": percent,
            "unit": "%",
            "source": "cells.parquet",
        }
        for number, (remark, zone, percent) in enumerate(found, 1)
        if zone in zones.index
    ]


def _largest(remark: Remark, share: pd.Series) -> list[tuple[Remark, str, float]]:
    """The zones that stand out most, with their per cent; none where the share is not known."""
    known = share.dropna().astype(float)
    top = known[known > known.mean()].sort_values(ascending=False, kind="stable").head(MOST_ZONES)
    return [(remark, str(zone), round(100 * float(value), 1)) for zone, value in top.items()]
