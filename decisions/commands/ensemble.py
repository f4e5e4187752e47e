"""Run the best candidates in many worlds and write diffusion.nc: month by month, cell by cell, with bands."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from decisions.choice import simulated
from geojeom.command import Command
from geojeom.fingerprint import command_digest
from geojeom.results import Folder, stored
from geojeom.tables import read_table
from simulation.datasets import write_scenarios
from simulation.folder import checked, gather
from simulation.plans.settings import read
from simulation.runs import inputs
from simulation.runs.inputs import Laid
from spatial.config.own_plans import TEMPLATE, PlanFile
from spatial.config.resolved import stored_region

log = logging.getLogger("geojeom.decisions")
COMMAND = Command(
    reads=(
        "cells.parquet",
        "history.parquet",
        "streets.npz",
        "travel.npz",
        "districts.parquet",
        "district_travel.npz",
        "plan.parquet",
        "plans.parquet",
        "plans.json",
        "scores.parquet",
    ),
    reads_where={"backdrop.parquet": "simulation.barriers"},
    writes=("diffusion.nc",),
    settings=("services", "plan", "simulation", "programme", "region.seed", "region.plans"),
    # A new weight that leaves the same ones best changes nothing here.
    only={"scores.parquet": "decisions.choice.simulated"},
    threads=8,
)


def run(folder: Folder) -> None:
    """Run the best candidates in many worlds and write diffusion.nc: month by month, cell by cell, with bands."""
    region = stored_region(folder)
    own = stored(folder, "plans.json")
    # The services as the city's plans have them, for all that is compared.
    scheme = read(region.plain | {"services": own["services"]}, str(folder / "region.json"))
    data, known = gather(folder)
    data = checked(folder, data, scheme, known)
    asked: list[PlanFile | str] = [*region.region.plans] or [TEMPLATE]
    chosen, note = simulated(folder / "scores.parquet", region.plain) if TEMPLATE in asked else ([], None)
    if note:
        log.warning("%s", note)
    plan = read_table(folder / "plan.parquet", "plan")
    laid = _laid(asked, chosen, plan, read_table(folder / "plans.parquet", "plans"), data.cells)
    opened = {service for plan in laid.values() for service in plan.openings["service"]}
    write_scenarios(
        folder / "diffusion.nc",
        folder,
        command_digest("decisions", "ensemble"),
        scheme=scheme,
        city_inputs=data,
        people=inputs.potential_of(data, scheme, opened),
        seed=region.region.seed,
        laid=laid,
        plan_files=[folder / "plan.parquet", folder / "plans.parquet"],
        notes=[*([note] if note else []), *inputs.scaled_notes(data, scheme, chosen)],
    )


def _laid(
    asked: Sequence[PlanFile | str],
    chosen: Sequence[str],
    template: pd.DataFrame,
    plans: pd.DataFrame,
    cells: pd.DataFrame,
) -> dict[str, Laid]:
    """The scenarios in the order asked for: each plan on its hub, the template on the candidates ``chosen``."""
    laid = {}
    for each in asked:
        if isinstance(each, PlanFile):
            name = Path(each.path).stem
            own = plans[plans["plan_id"] == name]
            hub = str(own["district_id"].iloc[0])
            laid[name] = Laid(hub, inputs.from_table(own, cells, hub))
        else:
            laid |= {name: Laid(name, inputs.from_table(template, cells, name)) for name in chosen}
    return laid
