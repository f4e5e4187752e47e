"""``python -m simulation COMMAND``: the simulation room's door, and its only code that knows paths.

Each command imports what it needs when it runs: starting is quick, and the pipeline can tell which modules a command
uses (spatial.fingerprint) and re-runs it when one of them changes.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spatial.cli import Folder, door, enter

if TYPE_CHECKING:
    from simulation.inputs import Inputs
    from simulation.settings import Scheme

app = door("What happens: from services, plans and dates to who uses them, where and when.")
log = logging.getLogger("simulation")


def configuration(folder: Path) -> dict[str, Any]:
    """The resolved configuration of a region's results folder."""
    from spatial.errors import Fault, RegionError

    path = folder / "region.json"
    if not path.is_file():
        raise RegionError(
            Fault(
                str(path), "the resolved region", "no such file", "Run `python -m spatial resolve REGION.yaml` first."
            )
        )
    return json.loads(path.read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def arrays(path: Path, names: Sequence[str], step: str) -> dict[str, Any]:
    """Arrays of an ``.npz`` file; SourceError naming what is not there."""
    import numpy as np

    from spatial.errors import Fault, SourceError, raise_if_any

    remedy = f"Run `python -m {step}`, or `make`, first."
    if not path.is_file():
        raise SourceError(Fault(str(path), "the travel times", "no such file", remedy))
    with np.load(path) as stored:
        lacking = [name for name in names if name not in stored]
        raise_if_any(SourceError, [Fault(str(path), "this array", "none", remedy, column=name) for name in lacking])
        return {name: stored[name] for name in names}


def load(folder: Path, scheme: Scheme) -> Inputs:
    """Read and check everything the simulation needs of a region."""
    from simulation import inputs
    from spatial.network import Network
    from spatial.tables import read_table

    found = inputs.Inputs(
        cells=read_table(folder / "cells.parquet", "cells"),
        network=Network.load(folder / "streets.npz"),
        travel=arrays(folder / "travel.npz", inputs.TRAVEL, "spatial travel"),
        district_travel=arrays(folder / "district_travel.npz", inputs.DISTRICT_TRAVEL, "spatial districts"),
    )
    districts = read_table(folder / "districts.parquet", "districts")
    inputs.check(found, scheme, list(districts["district_id"]))
    return found


@app.command()
def candidates(folder: Folder) -> None:
    """Lay the plan on every candidate, run all in one mean field: plan, totals and the criterion made of them."""
    from functools import partial

    import numpy as np
    from tqdm import tqdm

    from simulation import inputs, outcomes, scenario
    from simulation.diffusion import mean_field
    from simulation.settings import read
    from simulation.worlds import central
    from spatial.tables import write_table

    scheme = read(configuration(folder), str(folder / "region.json"))
    found = load(folder, scheme)
    district_ids = [str(name) for name in found.district_travel["district_id"]]
    people = inputs.potential_of(found, scheme)
    for name, why in people.not_simulated.items():
        log.warning("%s is not simulated: %s", name, why)
    for note in people.notes:
        log.warning("%s", note)
    city = inputs.city_of(found, scheme, people)
    plans, hubs = {}, []
    for name in tqdm(district_ids, desc="plans", unit="district", delay=3):
        plans[name], reached = inputs.plan_of(found, scheme, name)
        hubs.append(inputs.hub_of(found, scheme, city, name, openings=plans[name], reached=reached))
        idle = plans[name].loc[plans[name]["works_from"].isna(), "opening_id"]
        if len(idle):
            log.warning("%s: never work, for want of a prerequisite where they stand: %s", name, ", ".join(idle))
    problem = scenario.problem(city, hubs, scheme.months)
    lanes = central(scheme.services, city.services, scheme.settings.mixing, len(hubs))
    outcome = mean_field(
        problem, lanes, np.empty(0, np.int64), progress=partial(tqdm, desc="months", unit="month", delay=3)
    )
    log.info("%d candidates, %d services, %d cells, %d months", len(hubs), *city.potential.shape, scheme.months)
    table = outcomes.totals(
        district_ids,
        city.services,
        inside=outcome.inside,
        outside=outcome.outside,
        potential=city.potential,
        in_hub=problem.inside,
    )
    opens = bool(people.services or people.not_simulated)
    criterion = outcomes.criterion(table, district_ids, scheme.months, people.not_simulated, opens)
    write_table(inputs.as_table(plans, found.cells), folder / "plan.parquet", "plan")
    write_table(table, folder / "totals.parquet", "totals")
    write_table(criterion, folder / "criteria_diffusion.parquet", "criteria")


@app.command()
def ensemble(folder: Folder) -> None:
    """Run the best candidates in many worlds and write diffusion.nc: month by month, cell by cell, with bands."""
    import hashlib

    from tqdm import tqdm

    from simulation import inputs
    from simulation.choice import best
    from simulation.dataset import dataset, encoding, versions
    from simulation.ensemble import months_run, run
    from simulation.settings import read
    from spatial.errors import Fault, SourceError
    from spatial.tables import atomic, read_table

    resolved = configuration(folder)
    scheme = read(resolved, str(folder / "region.json"))
    found = load(folder, scheme)
    chosen, note = best(read_table(folder / "scores.parquet", "scores"), scheme.settings.ensemble_candidates)
    if note:
        log.warning("%s", note)
    people = inputs.potential_of(found, scheme)
    if not people.services:
        reasons = "; ".join(f"{name}: {why}" for name, why in people.not_simulated.items())
        raise SourceError(
            Fault(
                str(folder / "cells.parquet"),
                "users of at least one service of the plan",
                reasons or "a plan that opens no service people adopt",
                "Add a source of population or jobs to the region file, or a service with users to the plan.",
            )
        )
    city = inputs.city_of(found, scheme, people)
    plan = read_table(folder / "plan.parquet", "plan")
    seed, worlds = int(resolved["region"]["seed"]), scheme.settings.worlds
    runs = []
    total = len(chosen) * months_run(worlds, scheme.months)
    with tqdm(total=total, desc="months", unit="month", delay=3) as progress:
        for name in chosen:
            openings = inputs.from_table(plan, found.cells, name)
            reached = inputs.reach_of(found, scheme, name, openings)
            hub = inputs.hub_of(found, scheme, city, name, openings=openings, reached=reached)
            runs.append(
                run(
                    city,
                    hub,
                    scheme.services,
                    scheme.settings.mixing,
                    years=scheme.settings.years,
                    worlds=worlds,
                    seed=seed,
                    done=progress.update,
                )
            )
    # What the numbers depend on and no more: another weight that leaves the same best candidates changes none of it.
    files = ("cells.parquet", "streets.npz", "travel.npz", "district_travel.npz", "plan.parquet")
    sections = {name: resolved[name] for name in ("services", "plan", "simulation", "programme")} | {"seed": seed}
    attributes = {
        "title": "Modelled adopters of the services of the best candidate districts",
        "seed": str(seed),
        "start": scheme.settings.start,
        "config_sha256": hashlib.sha256(json.dumps(sections, sort_keys=True).encode()).hexdigest(),
        "input_sha256": {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in files},
        "versions": versions(),
        "not_simulated": people.not_simulated,
        "notes": [*people.notes, *([note] if note else [])],
    }
    cell_id = found.cells["cell_id"].to_numpy()[city.cell]
    data = dataset(
        runs, city.services, cell_index=city.cell, cell_id=cell_id, potential=city.potential, attributes=attributes
    )
    with atomic(folder / "diffusion.nc") as partial:
        data.to_netcdf(partial, engine="h5netcdf", encoding=encoding(data))
    log.info("%d scenarios, %d services, %d cells, %d worlds", len(runs), *city.potential.shape, worlds)


if __name__ == "__main__":
    enter(app)
