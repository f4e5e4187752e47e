"""A first plan for a hub to edit: the region's template laid on it, with the sheets that a proposal needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from geojeom.messages import Remark
from simulation.plans.payers import COLUMNS as PAYER_COLUMNS
from simulation.workbook.city import City
from simulation.workbook.layout import PEOPLE, VERSION, Layout, layout
from simulation.workbook.openings import PARTS
from simulation.workbook.problems import Kind, Problem
from simulation.workbook.schedule import STEPS
from simulation.workbook.services import Names
from simulation.workbook.writing import Form

# What the press release of 2021-11-08 gives each party to do.
ROLES = {
    "government": Remark("draft.role.government"),
    "local_government": Remark("draft.role.local_government"),
    "operator": Remark("draft.role.operator"),
    "company": Remark("draft.role.company"),
    "residents": Remark("draft.role.residents"),
}


def draft(
    city: City,
    hub: str,
    openings: pd.DataFrame,
    language: str,
    *,
    problems: Sequence[Problem] = (),
) -> tuple[dict[str, Any], dict[str, list[dict[str, Any]]]]:
    """Overview and rows by sheet of a plan that opens some units on a hub.

    Services and zones are written by their names; the schedule's dates are left to fill in.

    Parameters
    ----------
    city : City
        The region.
    hub : str
        The candidate's id.
    openings : DataFrame
        Rows of plan.parquet.
    language : str
        ``ko`` or ``en``.
    problems : sequence of Problem
        Those that the region's tables tell.

    Returns
    -------
    overview : dict
        Field -> value.
    sheets : dict of list of dict
        Sheet -> its rows, money in won.
    """
    title = Remark("draft.title", name=city.name.model_dump(), hub=city.called(hub, language))
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
    laid = openings.assign(
        service=[names.word(service, language) for service in openings["service"]],
        zone=pd.Series([city.zone_words.get(code) for code in openings["zone_id"]], openings.index, dtype=object),
        site=openings["cell_id"],
        opens=openings["date"],
    )
    # Who pays nothing is left blank.
    laid[PAYER_COLUMNS] = laid[PAYER_COLUMNS].astype(object).where(laid[PAYER_COLUMNS] != 0, None)
    opened = list(dict.fromkeys(openings["service"]))
    rows = [{str(name): value for name, value in row.items()} for row in laid.to_dict("records")]
    sheets = {part: [row for row in rows if row["part"] == part] for part in PARTS}
    indicators = _indicators(city, opened, problems, names, language)
    sheets |= {
        "funding": _spending(openings, names, language),
        "operation": _running(openings, names, language),
        "roles": _roles(layout(), language),
        "schedule": [{"step": step} for step in STEPS],
        "indicators": [row | {"service": names.word(row["service"], language)} for row in indicators],
        "problems": _problems(city, problems, indicators, names, language),
    }
    return overview, sheets


def form_of(city: City, language: str) -> Form:
    """How a workbook of a region is written: its services, zones and candidates are the lists to choose from.

    Parameters
    ----------
    city : City
        The region.
    language : str
        ``ko`` or ``en``.

    Returns
    -------
    Form
        Of the layout this version writes.
    """
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


def _indicators(
    city: City, opened: list[str], problems: Sequence[Problem], names: Names, language: str
) -> list[dict[str, Any]]:
    """The users of each service that people adopt, and what else the simulation computes that answers a problem.

    Targets are the city's to set.
    """
    adopted = [each.id for each in city.catalogue.services if each.adoption is not None and each.id in opened]
    asked = [(service, problem.kind.modelled) for problem in problems if (service := _answering(problem, adopted))]
    rows = dict.fromkeys([*((service, "users") for service in adopted), *asked])
    units = {"users": PEOPLE[language]}
    return [
        {
            "indicator_id": f"K-{number}",
            "name": getattr(Remark(f"draft.{modelled}", name=names.words[service]), language),
            "unit": units.get(modelled, "%"),
            "service": service,
            "modelled": modelled,
        }
        for number, (service, modelled) in enumerate(rows, 1)
    ]


def _answering(problem: Problem, services: Sequence[str]) -> str | None:
    """The first of some services that answers a problem."""
    return next((name for name in problem.kind.services if name in services), None)


def _source(city: City, kind: Kind, language: str) -> str | None:
    """The rule that a problem is held against, and whose figures tell it."""
    names = dict.fromkeys(getattr(name, language) for layer in kind.layers for name in city.sources.get(layer, ()))
    return ", ".join([kind.rule, *names] if kind.rule else names) or None


def _problems(
    city: City,
    problems: Sequence[Problem],
    indicators: Sequence[Mapping[str, Any]],
    names: Names,
    language: str,
) -> list[dict[str, Any]]:
    """A row per problem with the services of the catalogue that answer it, and the indicator of one that opens."""
    numbers = {(row["service"], row["modelled"]): row["indicator_id"] for row in indicators}
    measured = [row["service"] for row in indicators]
    rows = []
    for number, problem in enumerate(problems, 1):
        kind, known = problem.kind, [service for service in problem.kind.services if service in names.words]
        rows.append(
            {
                "problem_id": f"P-{number}",
                "problem": getattr(kind.problem, language),
                "zone": city.zone_words[problem.zone_id],
                "site": city.lon_lat(problem.cell),
                "measure": getattr(kind.measure, language),
                "value": problem.value,
                "unit": kind.unit[language],
                "source": _source(city, kind, language),
                "services": ", ".join(names.word(service, language) for service in known) or None,
                "indicator": numbers.get((_answering(problem, measured), kind.modelled)),
            }
        )
    return rows
