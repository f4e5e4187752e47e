"""Run a plan on chosen districts in many worlds and write a dataset like diffusion.nc."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Annotated, Any

import pandas as pd
import typer

from geojeom.checked_yaml import read_yaml
from geojeom.errors import Fault, PlanError, TableError, raise_if_any
from geojeom.fingerprint import command_digest
from geojeom.results import Folder
from geojeom.tables import write_table
from simulation.city_folder import read_workbook
from simulation.datasets import write_scenarios
from simulation.folder import checked, gather
from simulation.plans.given import form_of, of_file, of_template, read_plan
from simulation.plans.openings import district_faults
from simulation.plans.settings import Draft, check_settings, read
from simulation.runs import inputs
from simulation.runs.dated import opening_faults
from spatial.config.resolved import stored_region

log = logging.getLogger("geojeom.simulation")


def run(
    folder: Folder,
    district: Annotated[list[str] | None, typer.Option(help="District to build in; all where left out.")] = None,
    worlds: Annotated[int | None, typer.Option(min=1, help="Worlds, instead of the region's number.")] = None,
    plan: Annotated[
        Path | None,
        typer.Option(help="Another plan: a workbook, a template (.yaml), or openings like plan.parquet (.parquet)."),
    ] = None,
    out: Annotated[Path | None, typer.Option(help="The dataset; run.nc in the results folder where left out.")] = None,
) -> None:
    """Run a plan on chosen districts in many worlds and write a dataset like diffusion.nc.

    Beside it, under the same name with the ending ``.plan.parquet``, its openings as they were run: with the month from
    which each works.
    """
    region, where = stored_region(folder), str(folder / "region.json")
    resolved = region.plain
    if worlds is not None:
        resolved["simulation"]["worlds"] = worlds
    faults: list[Fault] = []
    table = None if plan is None else _table(plan, folder, resolved, faults)
    if plan is not None and resolved["files"].get("plan") is None:
        where = f"{where} with {plan}"
    data, district_ids = gather(folder)
    faults = [*check_settings(resolved, where), *faults]
    chosen = list(dict.fromkeys(district or (district_ids if table is None else table["district_id"].unique())))
    faults += district_faults(chosen, district_ids, str(folder / "districts.parquet"))
    if table is not None:
        faults += opening_faults(table, data, Draft(resolved), region.programme, chosen, file=str(plan))
    raise_if_any(PlanError, faults)
    scheme = read(resolved, where)
    data = checked(folder, data, scheme, district_ids)
    laid = {}
    for name in chosen:
        openings = inputs.laid(data, scheme, name) if table is None else inputs.from_table(table, data.cells, name)
        laid[name] = inputs.Laid(name, inputs.working(data, scheme, name, openings)[0])
    out = out or folder / "run.nc"
    opened = scheme.opened if table is None else set(table.loc[table["district_id"].isin(chosen), "service"])
    write_scenarios(
        out,
        folder,
        command_digest("simulation", "run"),
        scheme=scheme,
        city_inputs=data,
        people=inputs.potential_of(data, scheme, opened),
        seed=region.region.seed,
        laid=laid,
        plan_files=[] if plan is None else sorted(plan.glob("*.csv")) if plan.is_dir() else [plan],
        notes=inputs.scaled_notes(data, scheme, chosen) if table is None else [],
    )
    ran = inputs.as_table({name: own.openings for name, own in laid.items()}, data.cells)
    ran.attrs = of_template(scheme.plan) if plan is None or table is None else of_file(plan)
    write_table(ran, out.with_suffix(".plan.parquet"), "plan")


def _table(plan: Path, folder: Path, resolved: dict[str, Any], faults: list[Fault]) -> pd.DataFrame | None:
    """The openings of a plan file; None for a template, which takes the place of the region's in ``resolved``.

    A workbook's services take the place of the region's. Faults of another form and of a table of openings are added to
    ``faults``.
    """
    try:
        form = form_of(plan, "workbook", "openings", "template")
        if form == "openings":
            return read_plan(plan)
    except (PlanError, TableError) as error:
        faults += error.faults
        return None
    if form == "workbook":
        own, table = read_workbook(plan, folder)
        resolved["services"] = own.services.model_dump(mode="json")
        return table.drop(columns=["plan_id", "number"])
    resolved["plan"] = read_yaml(plan)
    # A fault of this plan is none of the region's own.
    resolved["files"].pop("plan", None)
    return None
