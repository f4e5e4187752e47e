"""Lay the template on every candidate and run it; criteria are of its own plan where it has one."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from geojeom.command import Command
from geojeom.errors import SourceError, TableError
from geojeom.fingerprint import command_digest
from geojeom.results import Folder
from geojeom.tables import read_table, write_table
from simulation.folder import checked, gather, hashes, watched
from simulation.outcomes import candidates as side_by_side
from simulation.outcomes.own_plans import OwnPlan, own_plans
from simulation.plans.given import of_template
from simulation.plans.settings import read
from simulation.runs import inputs, keys
from simulation.runs.experiment import in_file, origin
from simulation.spread.prepare import prepare as prepare_spread
from spatial.config.resolved import stored_region

log = logging.getLogger("geojeom.simulation")
# Attributes of the tables: a key for each candidate, the adoptions outside its hub in each world of chance, and the
# plan that its criteria are of.
KEYS = "candidate_sha256"
ADOPTIONS = "adoptions_outside"
PLANS = "plans"
COMMAND = Command(
    reads=("cells.parquet", "history.parquet", "streets.npz", "travel.npz", "districts.parquet", "district_travel.npz"),
    reads_where={
        "backdrop.parquet": "simulation.barriers",
        "plans.parquet": "region.plans",
        "plans.json": "region.plans",
    },
    writes=("plan.parquet", "totals.parquet", "criteria_diffusion.parquet"),
    settings=(
        "services",
        "plan",
        "simulation",
        "programme",
        "criteria",
        "region.seed",
        "region.budget_krw_year",
        "region.plans",
    ),
    threads=8,
)


def prepare() -> None:
    """Have the kernels compiled that the command calls."""
    prepare_spread()


def run(folder: Folder) -> None:
    """Lay the template on every candidate and run it; criteria are of its own plan where it has one."""
    region = stored_region(folder)
    scheme = read(region.plain, str(folder / "region.json"))
    data, known = gather(folder)
    data = checked(folder, data, scheme, known)
    people = inputs.potential_of(data, scheme, scheme.opened)
    for name, why in people.not_simulated.items():
        log.warning("%s is not simulated: %s", name, why)
    for note in people.notes:
        log.warning("%s", note)
    files = hashes(folder, data)
    of_region = keys.of_region(scheme, region.region.seed, files, command_digest("simulation", "candidates"))
    own = own_plans(folder, region, data.cells)
    wanted = {name: _key(of_region, data, name, own.get(name)) for name in known}
    before = _before(folder, data, wanted)
    criteria = side_by_side.candidates(
        data,
        scheme,
        people,
        seed=region.region.seed,
        budget_krw_year=region.region.budget_krw_year,
        own=own,
        before=before,
        watch=watched,
    )
    for name, remark in criteria.scaled_down.items():
        log.warning("%s: %s", name, remark)
    for name, openings in criteria.idle.items():
        log.warning("%s: never work, for want of a prerequisite where they stand: %s", name, ", ".join(openings))
    log.info(
        "%d candidates, %d of them as they were, %d services, %d months",
        *(len(known), len(before), len(people.services), scheme.months),
    )
    asked = {item.id for item in region.criteria.criteria if item.measure == "from_simulation"}
    tables = {
        "plan": ("plan", criteria.plan),
        "totals": ("totals", criteria.totals),
        "criteria_diffusion": ("criteria", criteria.criteria[criteria.criteria["criterion"].isin(asked)]),
    }
    made: dict[Any, Any] = origin(scheme, region.region.seed, files) | {
        "scaled_down": in_file(criteria.scaled_down),
        KEYS: wanted,
        **of_template(scheme.plan),
    }
    more = {
        "criteria_diffusion": {
            ADOPTIONS: {name: adopted.tolist() for name, adopted in criteria.adoptions.items()},
            PLANS: in_file(side_by_side.by_plan(scheme, own, known)),
        }
    }
    for name, (schema, table) in tables.items():
        # In place of those that a table which was read back brings along.
        table.attrs = made | more.get(name, {})
        write_table(table, folder / f"{name}.parquet", schema)


def _key(of_region: str, data: inputs.Inputs, name: str, own: OwnPlan | None) -> str:
    if own is None:
        return keys.of_district(of_region, data, name)
    # What the plan changes of the services counts too.
    services = json.dumps(own.scheme.written["services"], sort_keys=True)
    return keys.of_district(of_region + services, data, name, own.openings)


def _before(folder: Path, data: inputs.Inputs, wanted: Mapping[str, str]) -> dict[str, side_by_side.Candidate]:
    """The candidates whose results stand in the folder already, by the keys written with them."""
    names = {"plan": "plan", "totals": "totals", "criteria_diffusion": "criteria"}
    try:
        plan, totals, criteria = (read_table(folder / f"{name}.parquet", schema) for name, schema in names.items())
    except (TableError, SourceError):
        # There is none yet, or it is damaged: it is written anew.
        return {}
    stored = [table.attrs.get(KEYS, {}) for table in (plan, totals, criteria)]
    adoptions = criteria.attrs.get(ADOPTIONS, {})
    for table in (plan, totals, criteria):
        # Pandas would copy them with every step.
        table.attrs = {}
    return {
        name: side_by_side.Candidate(
            inputs.from_table(plan, data.cells, name),
            totals[totals["district_id"] == name],
            np.array(adoptions.get(name, []), np.int64),
        )
        for name, key in wanted.items()
        # A run that was cut off may have written one table and not another.
        if all(keys_of.get(name) == key for keys_of in stored)
    }
