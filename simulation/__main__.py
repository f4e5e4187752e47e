"""``python -m simulation COMMAND``: the simulation room's door, and its only code that knows paths.

Each command imports what it needs when it runs: starting is quick, and the pipeline can tell which modules a command
uses (spatial.fingerprint) and re-runs it when one of them changes.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from spatial.cli import Folder, configuration, door, enter

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from simulation.plans.people import Potential
    from simulation.plans.settings import Scheme
    from simulation.runs.inputs import Inputs

    Plans = dict[str, tuple[pd.DataFrame, NDArray[Any]]]

app = door("What happens: from services, plans and dates to who uses them, where and when.")
log = logging.getLogger("simulation")


def watched(some: Iterable[Any], what: str, unit: str) -> Iterable[Any]:
    """Show on the terminal how far ``some`` are gone through, and how long the rest will take."""
    from tqdm import tqdm

    return tqdm(some, desc=what, unit=unit, delay=3)


def arrays(path: Path, names: Sequence[str], step: str) -> dict[str, Any]:
    """Arrays of an ``.npz`` file; SourceError naming what is not there or broken."""
    from spatial.tables import read_arrays

    return read_arrays(path, names, f"python -m {step}")


def gather(folder: Path) -> tuple[Inputs, list[str]]:
    """Read everything the simulation needs of a region, and the ids of its districts."""
    from simulation.runs import inputs
    from spatial.streets.network import Network
    from spatial.tables import read_table

    found = inputs.Inputs(
        cells=read_table(folder / "cells.parquet", "cells"),
        network=Network.load(folder / "streets.npz"),
        travel=arrays(folder / "travel.npz", inputs.TRAVEL, "spatial travel"),
        district_travel=arrays(folder / "district_travel.npz", inputs.DISTRICT_TRAVEL, "spatial districts"),
        history=read_table(folder / "history.parquet", "history"),
    )
    return found, [str(name) for name in read_table(folder / "districts.parquet", "districts")["district_id"]]


def hashes(folder: Path, found: Inputs, *further: Path) -> dict[str, str]:
    """SHA-256 of the files that ``gather`` read, and of others, by name."""
    import hashlib

    names = ["cells.parquet", "history.parquet", "streets.npz", "travel.npz", "district_travel.npz"]
    names += ["backdrop.parquet"] if found.backdrop is not None else []
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (*(folder / n for n in names), *further)
    }


def checked(folder: Path, found: Inputs, scheme: Scheme, district_ids: list[str]) -> Inputs:
    """Check what was gathered against the scheme, and add the barriers it names."""
    from dataclasses import replace

    from simulation.runs import inputs
    from spatial.tables import read_table

    inputs.check(found, scheme, district_ids)
    if scheme.settings.barriers.hindering:
        found = replace(found, backdrop=read_table(folder / "backdrop.parquet", "backdrop"))
    for note in inputs.absent_barriers(found, scheme):
        log.warning("%s", note)
    return found


def write_scenarios(
    out: Path,
    folder: Path,
    command: str,
    *,
    resolved: dict[str, Any],
    scheme: Scheme,
    found: Inputs,
    people: Potential,
    plans: Plans,
    plan_file: Path | None,
    notes: list[str],
) -> None:
    """Simulate plans by district and write the dataset, going on from what a run that was cut off has left."""
    from tqdm import tqdm

    from simulation.plans.settings import without_users
    from simulation.runs.checkpoint import Checkpoint
    from simulation.runs.dataset import encoding
    from simulation.runs.ensemble import months_run
    from simulation.runs.experiment import attributes, simulate
    from spatial.errors import PlanError
    from spatial.fingerprint import command_digest
    from spatial.tables import atomic

    # Services without users are named in the dataset with the reason, be it all of them; a plan that opens none is not.
    if not people.services and not people.not_simulated:
        raise PlanError(without_users(str(plan_file or folder / "region.json"), scheme.services.values()))
    files = hashes(folder, found, *([plan_file] if plan_file else []))
    told = attributes(resolved, scheme, found, people, files=files, notes=notes)
    key = json.dumps([told, command_digest("simulation", command)], sort_keys=True)
    total = len(plans) * months_run(scheme.settings.worlds, scheme.months)
    with Checkpoint(out.with_name(f".{out.name}.blocks"), key) as kept:
        if kept.blocks:
            log.info("going on with %d blocks of worlds of a run that was cut off", kept.blocks)
        with tqdm(total=total, desc="months", unit="month", delay=3) as progress:
            data = simulate(found, scheme, people, plans, told, kept=kept, done=progress.update)
        with atomic(out) as partial:
            data.to_netcdf(partial, engine="h5netcdf", encoding=encoding(data))
        kept.clear()
    sizes = [data.sizes[name] for name in ("scenario", "service", "cell", "world")]
    log.info("%s: %d scenarios, %d services, %d cells, %d worlds", out, *sizes)


@app.command()
def check(region: Annotated[Path, typer.Argument(help="The region file (YAML).")]) -> None:
    """Check services, plan and simulation settings of a region file; every fault at once, nothing written."""
    from simulation.plans.settings import read
    from spatial.config.resolve import resolve

    scheme = read(resolve(region), str(region))
    typer.echo(f"0 faults: {len(scheme.opened)} services opened over {scheme.months} months")


@app.command()
def candidates(folder: Folder) -> None:
    """Lay the plan on every candidate and run it: plan, totals (mean field) and criteria (worlds of chance, costs)."""
    from simulation.outcomes import candidates as side_by_side
    from simulation.plans.settings import read
    from simulation.runs import inputs
    from simulation.runs.experiment import origin
    from spatial.tables import write_table

    resolved = configuration(folder)
    scheme = read(resolved, str(folder / "region.json"))
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
        seed=int(resolved["region"]["seed"]),
        budget_krw_year=resolved["region"]["budget_krw_year"],
        watch=watched,
    )
    for name, openings in told.idle.items():
        log.warning("%s: never work, for want of a prerequisite where they stand: %s", name, ", ".join(openings))
    log.info("%d candidates, %d services, %d months", len(known), len(people.services), scheme.months)
    asked = {item["id"] for item in resolved["criteria"]["criteria"] if item["measure"] == "from_simulation"}
    tables = {
        "plan": ("plan", told.plan),
        "totals": ("totals", told.totals),
        "criteria_diffusion": ("criteria", told.criteria[told.criteria["criterion"].isin(asked)]),
    }
    made = origin(resolved, hashes(folder, found))
    for name, (schema, table) in tables.items():
        table.attrs.update(made)
        write_table(table, folder / f"{name}.parquet", schema)


@app.command()
def ensemble(folder: Folder) -> None:
    """Run the best candidates in many worlds and write diffusion.nc: month by month, cell by cell, with bands."""
    from simulation.plans.settings import read
    from simulation.runs import inputs
    from simulation.runs.choice import best
    from spatial.tables import read_table

    resolved = configuration(folder)
    scheme = read(resolved, str(folder / "region.json"))
    found, known = gather(folder)
    found = checked(folder, found, scheme, known)
    chosen, note = best(read_table(folder / "scores.parquet", "scores"), scheme.settings.ensemble_candidates)
    if note:
        log.warning("%s", note)
    plan = read_table(folder / "plan.parquet", "plan")
    laid = {name: inputs.from_table(plan, found.cells, name) for name in chosen}
    write_scenarios(
        folder / "diffusion.nc",
        folder,
        "ensemble",
        resolved=resolved,
        scheme=scheme,
        found=found,
        people=inputs.potential_of(found, scheme, scheme.opened),
        plans={name: inputs.working(found, scheme, name, openings) for name, openings in laid.items()},
        plan_file=folder / "plan.parquet",
        notes=[note] if note else [],
    )


@app.command()
def run(
    folder: Folder,
    district: Annotated[list[str] | None, typer.Option(help="District to build in; all where left out.")] = None,
    worlds: Annotated[int | None, typer.Option(min=1, help="Worlds, instead of the region's number.")] = None,
    plan: Annotated[
        Path | None,
        typer.Option(help="Another plan: a template (.yaml), or openings like plan.parquet (.parquet)."),
    ] = None,
    out: Annotated[Path | None, typer.Option(help="The dataset; run.nc in the results folder where left out.")] = None,
) -> None:
    """Run a plan on chosen districts in many worlds and write a dataset like diffusion.nc."""
    from simulation.plans.settings import Draft, check, read
    from simulation.runs import inputs
    from spatial.config.checked_yaml import read_yaml
    from spatial.errors import PlanError, TableError, raise_if_any
    from spatial.tables import read_table

    resolved, where = configuration(folder), str(folder / "region.json")
    if worlds is not None:
        resolved["simulation"]["worlds"] = worlds
    dated = plan is not None and plan.suffix == ".parquet"
    if plan is not None and not dated:
        resolved["plan"], where = read_yaml(plan), f"{where} with {plan}"
        # A fault of this plan is none of the region's own.
        resolved.get("files", {}).pop("plan", None)
    found, district_ids = gather(folder)
    faults = check(resolved, where)
    table = None
    if plan is not None and dated:
        try:
            table = read_table(plan, "plan")
        except TableError as error:
            faults += error.faults
    chosen = list(dict.fromkeys(district or (district_ids if table is None else table["district_id"].unique())))
    faults += inputs.district_faults(chosen, district_ids, str(folder / "districts.parquet"))
    if table is not None:
        faults += inputs.opening_faults(table, found, Draft(resolved), chosen, str(plan))
    raise_if_any(PlanError, faults)
    scheme = read(resolved, where)
    found = checked(folder, found, scheme, district_ids)
    plans = {}
    for name in chosen:
        if table is None:
            plans[name] = inputs.plan_of(found, scheme, name)
        else:
            plans[name] = inputs.working(found, scheme, name, inputs.from_table(table, found.cells, name))
    opened = scheme.opened if table is None else set(table.loc[table["district_id"].isin(chosen), "service"])
    write_scenarios(
        out or folder / "run.nc",
        folder,
        "run",
        resolved=resolved,
        scheme=scheme,
        found=found,
        people=inputs.potential_of(found, scheme, opened),
        plans=plans,
        plan_file=plan,
        notes=[],
    )


@app.command()
def compare(
    a: Annotated[Path, typer.Argument(help="A dataset of `run` or `ensemble`.")],
    b: Annotated[Path, typer.Argument(help="Another, of the same region, seed, worlds and years.")],
    out: Annotated[
        Path | None,
        typer.Option(
            help="The table: .parquet, or .csv with its origin in a .json beside; difference.parquet beside B."
        ),
    ] = None,
) -> None:
    """Write what plan B does that plan A does not, service by service and month by month, in the same worlds."""
    import xarray as xr

    from simulation.outcomes.compare import difference, summary
    from spatial.errors import Fault, SourceError, raise_if_any
    from spatial.reading.spreadsheet import write_csv
    from spatial.tables import atomic, check, write_table

    remedy = "Run `python -m simulation run` first, or correct the name."
    lacking = [path for path in (a, b) if not path.is_file()]
    raise_if_any(SourceError, [Fault(str(path), "a dataset", "no such file", remedy) for path in lacking])
    with xr.open_dataset(a, engine="h5netcdf") as ours, xr.open_dataset(b, engine="h5netcdf") as theirs:
        table, notes = difference(ours, theirs, (str(a), str(b)))
        table.attrs.update(a=dict(ours.attrs), b=dict(theirs.attrs))
    path = out or b.with_name("difference.parquet")
    if path.suffix == ".csv":
        check(table, "difference", str(path))
        write_csv(table, path)
        # Text has no place for seed, configuration, inputs and versions.
        with atomic(path.with_name(f"{path.name}.json")) as partial:
            partial.write_text(json.dumps(table.attrs, ensure_ascii=False, indent=1), encoding="utf-8")
    else:
        write_table(table, path, "difference")
    for note in notes:
        log.warning("%s", note)
    typer.echo(summary(table))


@app.command()
def sensitivity(
    folder: Folder,
    district: Annotated[str, typer.Option(help="District the plan is laid on.")],
    samples: Annotated[int, typer.Option(min=2, help="A power of two; the model runs nine times as often.")] = 256,
) -> None:
    """Write sensitivity.parquet: Sobol indices of the ten-year adopters outside, per uncertain parameter."""
    import numpy as np

    from simulation.outcomes import sensitivity
    from simulation.plans.settings import read
    from simulation.runs import inputs
    from simulation.runs.experiment import origin
    from spatial.errors import PlanError, raise_if_any
    from spatial.tables import write_table

    resolved, where = configuration(folder), str(folder / "region.json")
    scheme = read(resolved, where)
    found, district_ids = gather(folder)
    faults = inputs.district_faults([district], district_ids, str(folder / "districts.parquet"))
    raise_if_any(PlanError, [*faults, *sensitivity.faults(scheme, samples, where)])
    found = checked(folder, found, scheme, district_ids)
    seed = int(np.uint32(resolved["region"]["seed"] & 0xFFFFFFFF))
    table = sensitivity.of_plan(found, scheme, district, samples=samples, seed=seed, watch=watched)
    table.insert(0, "district_id", district)
    table.attrs.update(origin(resolved, hashes(folder, found)), samples=samples)
    write_table(table.astype({"district_id": "str"}), folder / "sensitivity.parquet", "sensitivity")
    typer.echo(table.to_string(index=False, float_format="%.3f"))


if __name__ == "__main__":
    enter(app)
