"""Writing the dataset of some scenarios, going on from what a run that was cut off has left.

``code`` is the fingerprint of the code that runs them: blocks of other code are not gone on from.
"""

from __future__ import annotations

import json
import logging
import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path

from tqdm import tqdm

from geojeom.between import command_for
from geojeom.errors import PlanError
from geojeom.files import atomic
from geojeom.messages import Remark
from simulation.folder import hashes
from simulation.plans.people import Potential
from simulation.plans.settings import Scheme, without_users
from simulation.runs import earlier, keys
from simulation.runs.checkpoint import Checkpoint
from simulation.runs.dataset import encoding
from simulation.runs.ensemble import months_run
from simulation.runs.experiment import attributes, simulate
from simulation.runs.inputs import Inputs, Laid

log = logging.getLogger("geojeom.simulation")


def write_scenarios(
    out: Path,
    folder: Path,
    code: str,
    *,
    scheme: Scheme,
    city_inputs: Inputs,
    people: Potential,
    seed: int,
    laid: Mapping[str, Laid],
    plan_files: Sequence[Path],
    notes: list[Remark],
) -> None:
    """Simulate plans (by the name of their scenario) and write the dataset.

    Scenarios that the dataset at ``out`` has already, of the same plan in the same city, are taken over from it, and a
    run that was cut off is gone on with.

    Parameters
    ----------
    out : Path
        The dataset (NetCDF); blocks of worlds of a run that is going on lie beside it.
    folder : Path
        The region's results folder.
    code : str
        Fingerprint of the code: results of other code are not taken over.
    scheme, city_inputs, people : Scheme, Inputs, Potential
        What is simulated, the region, and who may adopt it.
    seed : int
        Of the random stream, 0 to 2**64 - 1.
    laid : mapping of Laid
        The plans by the names of their scenarios.
    plan_files : sequence of Path
        The files the plans were read from: the dataset has their fingerprints.
    notes : list of Remark
        What the dataset says of its scenarios.

    Raises
    ------
    PlanError
        Where no service that is opened is one that people adopt.
    FolderError
        Where the dataset cannot be written.
    """
    # Services without users are named in the dataset with the reason, be it all of them; a plan that opens none is not.
    if not people.services and not people.not_simulated:
        raise PlanError(without_users(str(next(iter(plan_files), folder / "region.json")), scheme.services.values()))
    files = hashes(folder, city_inputs, *plan_files)
    region = keys.of_region(scheme, seed, files, code)
    wanted = {name: keys.of_district(region, city_inputs, own.district_id, own.openings) for name, own in laid.items()}
    attrs = attributes(scheme, city_inputs, people, seed=seed, files=files, notes=notes) | {earlier.KEYS: wanted}
    attrs["hubs"] = {name: own.district_id for name, own in laid.items()}
    stored = earlier.keys(out)
    if list(stored.items()) == list(wanted.items()):
        log.info("%s: all %d scenarios are as they were", out, len(wanted))
        earlier.renew(out, attrs)
        return
    before = earlier.scenarios(out, [name for name, key in wanted.items() if stored.get(name) == key])
    if before:
        log.info("%s: %d of %d scenarios are as they were: %s", out, len(before), len(wanted), ", ".join(before))
    total = (len(laid) - len(before)) * months_run(scheme.settings.worlds, scheme.months)
    by = command_for(out) or f"geojeom simulation run {shlex.quote(str(folder))}"
    with Checkpoint(out.with_name(f".{out.name}.blocks"), json.dumps([attrs, code], sort_keys=True), by) as kept:
        if kept.blocks:
            log.info("going on with %d blocks of worlds of a run that was cut off", kept.blocks)
        with tqdm(total=total, desc="months", unit="month", delay=3) as progress:
            data = simulate(city_inputs, scheme, people, laid, attrs, before=before, kept=kept, done=progress.update)
        with atomic(out) as partial:
            data.to_netcdf(partial, engine="h5netcdf", encoding=encoding(data))
        kept.clear()
    sizes = [data.sizes[name] for name in ("scenario", "service", "cell", "world")]
    log.info("%s: %d scenarios, %d services, %d cells, %d worlds", out, *sizes)
