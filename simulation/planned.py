"""The openings of a region's own plans, with the month from which each works."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from simulation.folder import checked, gather
from simulation.plans.settings import read
from simulation.runs import inputs
from spatial.config.resolved import Resolved


def working(folder: Path, region: Resolved, services: Mapping[str, Any], table: pd.DataFrame) -> pd.DataFrame:
    """The table ``plans`` with ``works_from``, for the services as the plans have them.

    Parameters
    ----------
    folder : Path
        The region's results folder.
    region : Resolved
        The region.
    services : mapping
        The catalogue of services, as JSON has it.
    table : DataFrame
        The table ``plans``, of at least one plan.

    Returns
    -------
    DataFrame
        ``works_from`` is Int64, months from 0, null for never; rows plan by plan, numbered from 0.

    Raises
    ------
    PlanError
        Where the services do not hold.
    SourceError
        Where the files of the folder do not belong together, or an opening stands on a cell that is not of this region.
    """
    scheme = read(region.plain | {"services": dict(services)}, str(folder / "region.json"))
    data, known = gather(folder)
    data = checked(folder, data, scheme, known)
    frames = []
    for _, own in table.groupby("plan_id", sort=False):
        district_id = str(own["district_id"].iloc[0])
        opened, _ = inputs.working(data, scheme, district_id, inputs.from_table(own, data.cells, district_id))
        frames.append(own.reset_index(drop=True).assign(works_from=opened["works_from"]))
    return pd.concat(frames, ignore_index=True)
