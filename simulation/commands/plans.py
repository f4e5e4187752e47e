"""Read the city's own plans, check them by their cells, and write their openings and other sheets."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pandas as pd

from geojeom.command import Command
from geojeom.errors import raise_if_any
from geojeom.files import atomic
from geojeom.results import Folder
from geojeom.tables import write_table
from simulation.city_folder import read_city
from simulation.plans.settings import read
from simulation.workbook.addresses import workbook_of
from simulation.workbook.book import language_of, read_book
from simulation.workbook.faults import CellFault, Ledger, WorkbookError, in_order
from simulation.workbook.grids import read_grids
from simulation.workbook.layout import layout
from simulation.workbook.openings import COLUMNS
from simulation.workbook.plan import Plan, plan_of
from simulation.workbook.together import as_data, named, services_of, table_of
from spatial.config.own_plans import TEMPLATE, PlanFile
from spatial.config.resolved import stored_region

log = logging.getLogger("geojeom.simulation")
COMMAND = Command(
    # Of a region without a plan of its own none is read.
    reads_where={
        "cells.parquet": "region.plans",
        "zones.parquet": "region.plans",
        "facilities.parquet": "region.plans",
        "history.parquet": "region.plans",
        "streets.npz": "region.plans",
        "travel.npz": "region.plans",
        "districts.parquet": "region.plans",
        "district_travel.npz": "region.plans",
        "zoning.parquet": "region.plans",
        "parcels.parquet": "region.plans",
        "backdrop.parquet": "simulation.barriers",
    },
    sources=("plans",),
    catalogues=("plan_sheets", "zoning"),
    writes=("plans.parquet", "plans.json"),
    settings=("services", "plan", "simulation", "programme", "region"),
    threads=8,
)


def run(folder: Folder) -> None:
    """Read the city's own plans, check them by their cells, and write their openings and other sheets.

    Of a region that names none the table is empty. Every fault of every plan is told at once.
    """
    region = stored_region(folder)
    files = [plan.path for plan in region.region.plans if isinstance(plan, PlanFile)]
    if not files:
        _write(folder, _no_openings(), {"services": region.services, "plans": []})
        return
    city, sheets = read_city(folder), layout()
    names = named(files, set(city.districts["district_id"]))
    plans: dict[str, Plan] = {}
    workbooks = {}
    faults: list[CellFault] = []
    for name, file in names.items():
        grids = read_grids(Path(file))
        ledger = Ledger(file, language_of(grids, sheets))
        try:
            book = read_book(grids, sheets, ledger)
            plans[name] = plan_of(book, city)
            workbooks[name] = workbook_of(book, plans[name], city, Path(file))
        except WorkbookError:
            faults += in_order(ledger.binding)
        if others := len(ledger.faults) - len(ledger.binding):
            log.warning("%s: %d places worth a look: geojeom plan check", file, others)
    raise_if_any(WorkbookError, list(faults))
    beside = read(region.plain, str(folder / "region.json")).opened if TEMPLATE in region.region.plans else ()
    services = services_of(plans, names, region.services, beside)
    # The kernels that travel times need are loaded where there is a plan.
    from simulation.planned import working  # noqa: PLC0415

    table = working(folder, region, services, table_of(plans, city.cells))
    written = [
        as_data(plan, name, names[name], workbook=workbooks[name], catalogue=region.services)
        for name, plan in plans.items()
    ]
    _write(folder, table, {"services": services, "plans": written})
    for name, plan in plans.items():
        log.info("plan %s: %d openings in and around %s", name, len(plan.openings), plan.hub)


def _no_openings() -> pd.DataFrame:
    kinds = {"plan_id": "str", "district_id": "str", "cell_id": "str", **COLUMNS, "zone_id": "str"}
    kinds.pop("cell")
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in kinds.items()})


def _write(folder: Path, table: pd.DataFrame, content: dict[str, object]) -> None:
    write_table(table, folder / "plans.parquet", "plans")
    with atomic(folder / "plans.json") as partial:
        partial.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
