"""The plans of one region side by side: one catalogue of services, one table of openings."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from geojeom.errors import Fault, PlanError, raise_if_any
from simulation.plans.catalogue import Service
from simulation.workbook.plan import Plan
from spatial.config.own_plans import TEMPLATE

# What decides who uses a service: two plans that are to be compared must mean the same by it.
OF_USE = ("reach", "adoption", "prerequisites", "covered_by")


def named(files: list[str], district_ids: Collection[str]) -> dict[str, str]:
    """The files of plans by the plans' ids, the names of the files.

    Parameters
    ----------
    files : list of str
        Workbooks.
    district_ids : collection of str
        Those of the region, by which the template's scenarios go.

    Returns
    -------
    dict of str
        Id -> file, in the order of the files.

    Raises
    ------
    PlanError
        Where two have one name, or one has that of a district.
    """
    ids = [Path(file).stem for file in files]
    other = "Name one of the files otherwise."
    twice = [
        Fault(file, "a name of its own", f"that of {files[ids.index(name)]}", other)
        for at, (name, file) in enumerate(zip(ids, files, strict=True))
        if ids.index(name) != at
    ]
    taken = [
        Fault(file, f"a name that no district has as its id, and not {TEMPLATE}", name, "Name the file otherwise.")
        for name, file in zip(ids, files, strict=True)
        if name in {*district_ids, TEMPLATE}
    ]
    raise_if_any(PlanError, [*twice, *taken])
    return dict(zip(ids, files, strict=True))


def services_of(
    plans: Mapping[str, Plan],
    files: Mapping[str, str],
    catalogue: Mapping[str, Any],
    template: Collection[str] = (),
) -> dict[str, Any]:
    """The region's catalogue with what its plans change and add.

    Parameters
    ----------
    plans : Mapping
        The city's own plans by their ids.
    files : Mapping
        Their files.
    catalogue : Mapping
        The region's services.
    template : Collection
        What the template opens, where it stands beside the plans: it means the catalogue's by that.

    Returns
    -------
    dict
        Of a service that several plans change, as the first has it.

    Raises
    ------
    PlanError
        Where two of them differ in who uses a service.
    """
    written = _written(catalogue)
    meant: dict[str, tuple[str, Service]] = {}
    faults = []
    for name, plan in plans.items():
        opened = set(plan.openings["service"])
        for service in plan.services.services:
            # A plan means the catalogue's by what it opens and does not change.
            if service == written.get(service.id) and service.id not in opened:
                continue
            other, before = meant.setdefault(service.id, (name, service))
            faults += _differing(files[name], service, files[other], before)
            if service.id in template:
                faults += _differing(files[name], service, f"the template ({TEMPLATE})", written[service.id])
    raise_if_any(PlanError, faults)
    merged = written | {name: service for name, (_, service) in meant.items()}
    return {**catalogue, "services": [service.model_dump(mode="json") for service in merged.values()]}


def _differing(file: str, service: Service, other: str, before: Service) -> list[Fault]:
    differing = [key for key in OF_USE if getattr(before, key) != getattr(service, key)]
    if not differing:
        return []
    expected = f"{service.id} used as in {other}: plans that are compared mean the same by a service"
    remedy = "Give it another id in one of the two, or the same values."
    return [Fault(file, expected, f"another {', '.join(differing)}", remedy, row=service.id)]


def changed_by(plan: Plan, catalogue: Mapping[str, Any]) -> list[Service]:
    """The services that a plan changes or adds."""
    written = _written(catalogue)
    return [service for service in plan.services.services if service != written.get(service.id)]


def _written(catalogue: Mapping[str, Any]) -> dict[str, Service]:
    return {service["id"]: Service.model_validate(service) for service in catalogue["services"]}


def table_of(plans: Mapping[str, Plan], cells: pd.DataFrame) -> pd.DataFrame:
    """The openings of all plans as the table ``plans``: rows of plan.parquet with the plan and the row's number.

    Parameters
    ----------
    plans : mapping of Plan
        By their names; at least one.
    cells : DataFrame
        The region's cells.

    Returns
    -------
    DataFrame
        ``plan_id``, ``district_id``, ``opening_id`` and ``number`` first, rows numbered from 0.
    """
    frames = []
    for name, plan in plans.items():
        own = plan.openings.assign(plan_id=name, district_id=plan.hub)
        own["cell_id"] = cells["cell_id"].to_numpy()[own.pop("cell").to_numpy()]
        frames.append(own)
    table: pd.DataFrame = pd.concat(frames, ignore_index=True)
    texts = ["plan_id", "district_id", "opening_id", "number", "part", "service", "cell_id", "zone_id", "date"]
    return table.astype(dict.fromkeys(texts, "str"))[[*texts[:4], *(name for name in table if name not in texts[:4])]]


def as_data(
    plan: Plan, name: str, file: str, *, workbook: Mapping[str, Any], catalogue: Mapping[str, Any]
) -> dict[str, Any]:
    """A plan but for its openings, as JSON has it.

    Parameters
    ----------
    plan : Plan
        The plan.
    name : str
        What it goes by.
    file : str
        The workbook as its user named it.
    workbook : mapping
        As ``addresses.workbook_of`` makes it.
    catalogue : mapping
        The region's services, as JSON has them.

    Returns
    -------
    dict
        ``id``, ``file``, ``hub``, ``overview``, ``sheets`` (rows of those that are no openings), ``workbook``, and
        ``services``: those that it changes or adds.
    """
    sheets = {sheet: [dict(row) for row in rows] for sheet, rows in plan.sheets.items()}
    held = {"overview": dict(plan.overview), "sheets": sheets, "workbook": dict(workbook)}
    services = [service.model_dump(mode="json") for service in changed_by(plan, catalogue)]
    return {"id": name, "file": file, "hub": plan.hub, "services": services, **held}
