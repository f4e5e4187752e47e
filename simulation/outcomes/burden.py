"""What a plan weighs on a city: capital cost per resident served, and running cost against the city's budget."""

from __future__ import annotations

from typing import Any

import pandas as pd

from geojeom.messages import Remark
from simulation.outcomes.adopters import criterion_rows

CAPEX = "capex_per_resident"
OPEX = "opex_budget_share"


def capex_per_resident(
    plan: pd.DataFrame, residents: pd.Series, walk_s: float, remark: Remark | None = None
) -> pd.DataFrame:
    """Rows of the criterion ``capex_per_resident``: cost of the in-district plan over residents near.

    Parameters
    ----------
    plan : DataFrame
        Rows of plan.parquet.
    residents : Series
        Persons within a walk of ``walk_s`` of each district, by its id; null where unknown.
    walk_s : float
        Seconds.
    remark : Remark, optional
        What that walk is made of.

    Returns
    -------
    DataFrame
        Rows of the table ``criteria``, in KRW per person. Missing where residents are unknown or nobody lives there: a
        cost over no one is no number.
    """
    inside = plan[plan["part"] == "in_district"].groupby("district_id")["capex_krw"].sum()
    cost = inside.reindex(residents.index, fill_value=0).astype(float)
    near = residents.astype("Float64")
    minutes = walk_s / 60
    missing = {
        name: Remark("measure.no_data", columns=["population"])
        if pd.isna(count)
        else Remark("capex.nobody", minutes=minutes)
        for name, count in zip(map(str, near.index), near, strict=True)
        if pd.isna(count) or count == 0
    }
    value = (cost / near.where(near > 0)).astype("Float64").astype(float)
    remarks = [Remark("capex.note", minutes=minutes), *([remark] if remark else [])]
    notes = dict.fromkeys(residents.index, remarks)
    source = Remark("source.costs")
    return criterion_rows(CAPEX, value, unit="KRW/person", source=source, notes=notes, missing=missing)


def opex_budget_share(plan: pd.DataFrame, district_ids: list[str], budget_krw_year: int | None) -> pd.DataFrame:
    """Rows of the criterion ``opex_budget_share``: yearly running cost of all that opens, over the budget.

    Parameters
    ----------
    plan : DataFrame
        Rows of plan.parquet.
    district_ids : list of str
        Districts to have a row.
    budget_krw_year : int or None
        The city's budget (KRW a year); None where the region file does not say it.

    Returns
    -------
    DataFrame
        Rows of the table ``criteria``, values 0 to 1; missing without a budget.
    """
    cost = plan.groupby("district_id")["opex_krw_year"].sum().reindex(district_ids, fill_value=0).astype(float)
    stated: dict[str, Any] = {"unit": "share", "source": Remark("source.costs")}
    if budget_krw_year is None:
        missing = dict.fromkeys(district_ids, Remark("opex.no_budget"))
        return criterion_rows(OPEX, cost * float("nan"), notes={}, missing=missing, **stated)
    notes = {name: [Remark("opex.note")] for name in district_ids}
    return criterion_rows(OPEX, cost / budget_krw_year, notes=notes, missing={}, **stated)
