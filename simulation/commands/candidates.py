"""Lay the plan on every candidate and run it: plan, totals (mean field) and criteria (worlds of chance, costs)."""

from __future__ import annotations

import logging

from geojeom.command import Command
from geojeom.results import Folder
from geojeom.tables import write_table
from simulation.folder import checked, gather, hashes, watched
from simulation.outcomes import candidates as side_by_side
from simulation.plans.settings import read
from simulation.runs import inputs
from simulation.runs.experiment import origin
from spatial.config.resolved import stored_region

log = logging.getLogger("geojeom.simulation")
COMMAND = Command(
    reads=("cells.parquet", "history.parquet", "streets.npz", "travel.npz", "districts.parquet", "district_travel.npz"),
    reads_where={"backdrop.parquet": "simulation.barriers"},
    writes=("plan.parquet", "totals.parquet", "criteria_diffusion.parquet"),
    settings=("services", "plan", "simulation", "programme", "criteria", "region.seed", "region.budget_krw_year"),
    threads=8,
)


def run(folder: Folder) -> None:
    """Lay the plan on every candidate and run it: plan, totals (mean field) and criteria (worlds of chance, costs)."""
    region = stored_region(folder)
    scheme = read(region.plain, str(folder / "region.json"))
    found, known = gather(folder)
    found = checked(folder, found, scheme, known)
    people = inputs.potential_of(found, scheme, scheme.opened)
    for name, why in people.not_simulated.items():
        log.warning("%s is not simulated: %s", name, why)
    for note in people.notes:
        log.warning("%s", note)
    told = side_by_side.candidates(
        found,
        scheme,
        people,
        seed=region.region.seed,
        budget_krw_year=region.region.budget_krw_year,
        watch=watched,
    )
    for name, remark in told.scaled_down.items():
        log.warning("%s: %s", name, remark.en)
    for name, openings in told.idle.items():
        log.warning("%s: never work, for want of a prerequisite where they stand: %s", name, ", ".join(openings))
    log.info("%d candidates, %d services, %d months", len(known), len(people.services), scheme.months)
    asked = {item.id for item in region.criteria.criteria if item.measure == "from_simulation"}
    tables = {
        "plan": ("plan", told.plan),
        "totals": ("totals", told.totals),
        "criteria_diffusion": ("criteria", told.criteria[told.criteria["criterion"].isin(asked)]),
    }
    made = origin(scheme, region.region.seed, hashes(folder, found)) | {
        "scaled_down": {name: f"{remark.ko} / {remark.en}" for name, remark in told.scaled_down.items()}
    }
    for name, (schema, table) in tables.items():
        table.attrs.update(made)
        write_table(table, folder / f"{name}.parquet", schema)
