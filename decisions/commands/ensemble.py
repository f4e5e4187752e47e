"""Run the best candidates in many worlds and write diffusion.nc: month by month, cell by cell, with bands."""

from __future__ import annotations

import logging

from decisions.choice import simulated
from geojeom.command import Command
from geojeom.fingerprint import command_digest
from geojeom.results import Folder
from geojeom.tables import read_table
from simulation.datasets import write_scenarios
from simulation.folder import checked, gather
from simulation.plans.settings import read
from simulation.runs import inputs
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
        "scores.parquet",
    ),
    reads_where={"backdrop.parquet": "simulation.barriers"},
    writes=("diffusion.nc",),
    settings=("services", "plan", "simulation", "programme", "region.seed"),
    # A new weight that leaves the same ones best changes nothing here.
    only={"scores.parquet": "decisions.choice.simulated"},
    threads=8,
)


def run(folder: Folder) -> None:
    """Run the best candidates in many worlds and write diffusion.nc: month by month, cell by cell, with bands."""
    region = stored_region(folder)
    scheme = read(region.plain, str(folder / "region.json"))
    data, known = gather(folder)
    data = checked(folder, data, scheme, known)
    chosen, note = simulated(folder / "scores.parquet", region.plain)
    if note:
        log.warning("%s", note)
    plan = read_table(folder / "plan.parquet", "plan")
    write_scenarios(
        folder / "diffusion.nc",
        folder,
        command_digest("decisions", "ensemble"),
        scheme=scheme,
        city_inputs=data,
        people=inputs.potential_of(data, scheme, scheme.opened),
        seed=region.region.seed,
        laid={name: inputs.from_table(plan, data.cells, name) for name in chosen},
        plan_file=folder / "plan.parquet",
        notes=[*([note] if note else []), *inputs.scaled_notes(data, scheme, chosen)],
    )
