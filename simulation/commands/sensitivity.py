"""Write sensitivity.parquet: Sobol indices of the ten-year adopters outside, per uncertain parameter."""

from __future__ import annotations

import logging
from importlib.metadata import version
from typing import Annotated

import numpy as np
import typer

from geojeom.errors import PlanError, raise_if_any
from geojeom.results import Folder
from geojeom.tables import write_table
from simulation.folder import checked, gather, hashes, watched
from simulation.outcomes import sensitivity
from simulation.plans.openings import district_faults
from simulation.plans.settings import read
from simulation.runs.experiment import origin
from spatial.config.resolved import stored_region

log = logging.getLogger("geojeom.simulation")


def run(
    folder: Folder,
    district: Annotated[str, typer.Option(help="District the plan is laid on.")],
    samples: Annotated[int, typer.Option(min=2, help="A power of two; the model runs nine times as often.")] = 256,
) -> None:
    """Write sensitivity.parquet: Sobol indices of the ten-year adopters outside, per uncertain parameter."""
    region, where = stored_region(folder), str(folder / "region.json")
    scheme = read(region.plain, where)
    data, district_ids = gather(folder)
    faults = district_faults([district], district_ids, str(folder / "districts.parquet"))
    raise_if_any(PlanError, [*faults, *sensitivity.faults(scheme, samples, where)])
    data = checked(folder, data, scheme, district_ids)
    seed = int(np.uint32(region.region.seed & 0xFFFFFFFF))
    table = sensitivity.of_plan(data, scheme, district, samples=samples, seed=seed, watch=watched)
    table.insert(0, "district_id", district)
    attributes = origin(scheme, region.region.seed, hashes(folder, data))
    table.attrs.update(attributes | {"versions": attributes["versions"] | {"SALib": version("SALib")}}, samples=samples)
    write_table(table.astype({"district_id": "str"}), folder / "sensitivity.parquet", "sensitivity")
    typer.echo(table.to_string(index=False, float_format="%.3f"))
