"""The city's own plans that candidates are scored by: of each district the first one named."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import geopandas as gpd
import pandas as pd

from geojeom.messages import Remark
from geojeom.results import stored
from geojeom.tables import read_table
from simulation.plans.settings import Scheme, read
from simulation.runs import inputs
from spatial.config.own_plans import PlanFile
from spatial.config.resolved import Resolved


class OwnPlan(NamedTuple):
    """A district's own plan: its openings (cells by row number), the services as it has them, and what it is called."""

    openings: pd.DataFrame
    scheme: Scheme
    told: Remark


def own_plans(folder: Path, region: Resolved, cells: gpd.GeoDataFrame) -> dict[str, OwnPlan]:
    """The own plan of each district that has one, by district.

    Parameters
    ----------
    folder : Path
        The region's results folder.
    region : Resolved
        The region.
    cells : GeoDataFrame
        The table of that name.

    Returns
    -------
    dict of OwnPlan
        Empty where the region names no plan's file.

    Raises
    ------
    SourceError
        Where plans.json is missing or damaged, or an opening stands on a cell that is not of this region.
    TableError
        Where plans.parquet is missing or not as its schema has it.
    PlanError
        Where the services as the plans have them do not hold.
    """
    if not any(isinstance(plan, PlanFile) for plan in region.region.plans):
        return {}
    given, table = stored(folder, "plans.json"), read_table(folder / "plans.parquet", "plans")
    scheme = read(region.plain | {"services": given["services"]}, str(folder / "region.json"))
    names: dict[str, list[str]] = {}
    for plan in given["plans"]:
        names.setdefault(plan["hub"], []).append(plan["id"])
    titles = {plan["id"]: str(plan["overview"]["title"]) for plan in given["plans"]}
    return {
        hub: OwnPlan(
            inputs.from_table(table[table["plan_id"] == first], cells, hub),
            scheme,
            _told(titles[first], first, others),
        )
        for hub, (first, *others) in names.items()
    }


def _told(title: str, name: str, others: list[str]) -> Remark:
    plan = Remark("candidate.plan.own", title=title, name=name)
    return Remark("candidate.plan.first", plan=plan, others=others) if others else plan
