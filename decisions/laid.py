"""The plans that are held against a round and whose money is added up: the city's own, and the template."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import geopandas as gpd
import pandas as pd

from decisions.funds import Terms
from decisions.money import KEYS
from geojeom.results import stored
from geojeom.tables import read_table
from spatial.config.own_plans import TEMPLATE, PlanFile
from spatial.config.resolved import Resolved

WHOSE = ["plan_id", "district_id"]


class Laid(NamedTuple):
    """A plan, the districts that it is laid on, its openings there (None where none were laid), and its terms."""

    plan_id: str
    districts: gpd.GeoDataFrame
    openings: pd.DataFrame | None
    terms: Terms


def laid(folder: Path, region: Resolved, terms: Terms) -> list[Laid]:
    """The city's own plans on their hubs, in their order, then the template.

    The template is laid on every candidate where the region file lists it or no plan of the city's own, else on those
    for which there is none.

    Parameters
    ----------
    folder : Path
        The region's results folder.
    region : Resolved
        The region.
    terms : Terms
        Those of a plan without sheets.

    Returns
    -------
    list of Laid
        The template last, on no district where every candidate has a plan of its own.

    Raises
    ------
    TableError
        Where a table is missing or not as its schema has it.
    SourceError
        Where a file is damaged, or plans.json missing.
    """
    districts = read_table(folder / "districts.parquet", "districts")
    path = folder / "plan.parquet"
    template = read_table(path, "plan") if path.is_file() else None
    own = []
    if any(isinstance(plan, PlanFile) for plan in region.region.plans):
        openings = read_table(folder / "plans.parquet", "plans")
        for plan in stored(folder, "plans.json")["plans"]:
            mine = openings[openings["plan_id"] == plan["id"]]
            hub = districts[districts["district_id"] == plan["hub"]]
            own.append(Laid(plan["id"], hub, mine, terms.of_sheets(mine, plan["sheets"])))
    if TEMPLATE not in region.region.plans:
        hubs = {str(name) for plan in own for name in plan.districts["district_id"]}
        districts = districts[~districts["district_id"].isin(hubs)]
    return [*own, Laid(TEMPLATE, districts, template, terms)]


def money_table(plans: Iterable[Laid]) -> pd.DataFrame:
    """The table ``money``: what decisions.money.money says of each plan on each district.

    Parameters
    ----------
    plans : iterable of Laid
        As ``laid`` gives them; those without openings are passed over.

    Returns
    -------
    DataFrame
        ``plan_id``, ``district_id``, ``KEYS`` and ``krw`` (won).
    """
    frames = [
        plan.terms.money(plan.openings[plan.openings["district_id"] == name]).assign(
            plan_id=plan.plan_id, district_id=str(name)
        )
        for plan in plans
        if plan.openings is not None
        for name in plan.districts["district_id"]
    ]
    table = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=[*WHOSE, *KEYS, "krw"])
    texts = dict.fromkeys([*WHOSE, *KEYS[1:]], "str")
    return table.astype({**texts, "year": "Int64", "krw": "Int64"})[[*WHOSE, *KEYS, "krw"]]
