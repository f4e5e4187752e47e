"""A plan: what a workbook says, followed to the region's cells, zones and services, every fault by its cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from geojeom.messages import Remark
from simulation.plans.catalogue import ServiceCatalogue
from simulation.workbook.book import Row, Workbook
from simulation.workbook.checks import check
from simulation.workbook.city import City
from simulation.workbook.layout import VERSION
from simulation.workbook.openings import PARTS, Rows
from simulation.workbook.references import followed
from simulation.workbook.running import check_running
from simulation.workbook.said import Said
from simulation.workbook.services import merged
from simulation.workbook.space import check_space
from simulation.workbook.values import NoValueError
from spatial.config.catalogue import Programme
from spatial.config.rounds import round_of, shipped


@dataclass(frozen=True)
class Plan:
    """A plan of a region.

    ``hub`` is the district it builds in; ``services`` the catalogue with its changes; ``openings`` as
    ``openings.COLUMNS``; ``sheets`` the rows of the other sheets, services and zones by their ids.
    """

    overview: Mapping[str, Any]
    hub: str
    services: ServiceCatalogue
    openings: pd.DataFrame
    sheets: Mapping[str, list[Row]]


def plan_of(book: Workbook, city: City) -> Plan:
    """The plan of a workbook, followed to the region's cells, zones and services.

    Parameters
    ----------
    book : Workbook
        What the workbook says; its ledger gets what is wrong with it, binding or not.
    city : City
        What it is held against.

    Returns
    -------
    Plan
        It can be simulated.

    Raises
    ------
    WorkbookError
        With all binding faults of all sheets.
    """
    hub = _overview(book, city)
    services, names = merged(book, city.services)
    opening_rows = Rows(book, city, hub, services=services, names=names)
    openings = opening_rows.openings()
    rows = [str(row["opening_id"]) for part in PARTS for row in book.rows(part) if row["opening_id"] is not None]
    _twice(book)
    sheets = followed(book, city, names, rows)
    known = {service.id: service for service in services.services}
    said = Said(book, sheets, openings, known, names, opening_rows.unsure, city.name)
    check(said, _programme(book, city))
    check_running(said, start=city.settings.start, months=city.months, budget_krw_year=city.budget_krw_year)
    if hub is not None and said.rows("space"):
        check_space(said, city.land(hub))
    if not rows and set(PARTS) <= set(book.sheets):
        book.fault(PARTS[0], None, "", Remark("workbook.no_openings"))
    book.ledger.raise_if_any()
    assert hub is not None
    return Plan(book.overview, hub, services, openings, sheets)


def _overview(book: Workbook, city: City) -> str | None:
    """The hub; notes whether the workbook is one of this region and of this version."""
    held = book.overview
    if held.get("version") not in (None, VERSION):
        book.fault("overview", None, "version", Remark("workbook.version", found=held["version"]))
    if held.get("region") not in (None, city.region):
        remark = Remark("workbook.other_region", found=held["region"], region=city.region)
        book.fault("overview", None, "region", remark)
    if held.get("fingerprint") not in (None, city.fingerprint):
        book.fault("overview", None, "fingerprint", Remark("workbook.other_fingerprint"), binding=False)
    if held.get("start") not in (None, city.settings.start):
        remark = Remark("workbook.other_start", found=held["start"], start=city.settings.start)
        book.fault("overview", None, "start", remark, binding=False)
    _round(book, city)
    if held.get("hub") is None:
        return None
    try:
        return city.hub(held["hub"])
    except NoValueError as error:
        book.fault("overview", None, "hub", error.remark)
        return None


def _round(book: Workbook, city: City) -> None:
    """The round is one there is; another than the region's is noted, as the region's own rules are what pages show."""
    found, own = book.overview.get("round"), _id(city.programme)
    if found in (None, own):
        return
    known = shipped()
    if found not in known:
        remark = Remark("workbook.no_round", found=found, names=[*known, *({own} - {None, *known})])
        book.fault("overview", None, "round", remark)
        return
    remark = Remark("workbook.other_round.none", found=found)
    if own is not None:
        remark = Remark("workbook.other_round", found=found, round=own)
    book.fault("overview", None, "round", remark, binding=False)


def _programme(book: Workbook, city: City) -> Programme | None:
    """The round that the plan names, else the region's; None where it names one that there is not."""
    found = book.overview.get("round")
    if found in (None, _id(city.programme)):
        return city.programme
    return round_of(found) if found in shipped() else None


def _id(programme: Programme | None) -> str | None:
    return None if programme is None else programme.id


def _twice(book: Workbook) -> None:
    """Numbers that both opening sheets have; within one sheet they are told there."""
    first, second = (book.rows(part) for part in PARTS)
    rows_of = {row["opening_id"]: row.number for row in reversed(first) if row["opening_id"] is not None}
    for row in second:
        if row["opening_id"] in rows_of:
            remark = Remark("workbook.key_twice", found=row["opening_id"], row=rows_of[row["opening_id"]])
            book.fault(PARTS[1], row, "opening_id", remark)
