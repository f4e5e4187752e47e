"""What a plan weighs on a city: capital cost per resident served, and running cost against the city's budget."""

from __future__ import annotations

import pandas as pd

from simulation.outcomes.adopters import criterion_rows

CAPEX = "capex_per_resident"
OPEX = "opex_budget_share"
SOURCE = "계획의 사업비 / costs of the plan"


def capex_per_resident(
    plan: pd.DataFrame, residents: pd.Series, walk_s: float, remark: tuple[str, str] | None = None
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
    remark : (str, str), optional
        What that walk is made of (Korean, English).

    Returns
    -------
    DataFrame
        Rows of the table ``criteria``, in KRW per person. Missing where residents are unknown or nobody lives there: a
        cost over no one is no number.
    """
    inside = plan[plan["part"] == "in_district"].groupby("district_id")["capex_krw"].sum()
    cost = inside.reindex(residents.index, fill_value=0).astype(float)
    near = residents.astype("Float64")
    missing = pd.Series(None, index=residents.index, dtype=object)
    missing[near.isna()] = "인구 자료 없음 / no data on residents"
    minutes = f"{walk_s / 60:g}"
    missing[(near == 0).fillna(False)] = (
        f"도보 {minutes}분 안에 거주자가 없음 / nobody lives within {minutes} minutes on foot"
    )
    value = (cost / near.where(near > 0)).astype("Float64").astype(float)
    korean = f"지구내 사업비 ÷ 도보 {minutes}분 내 거주자"
    english = f"in-district capital cost over residents within {minutes} minutes on foot"
    if remark:
        korean, english = f"{korean}, {remark[0]}", f"{english}, {remark[1]}"
    return criterion_rows(CAPEX, value, unit="KRW/person", source=SOURCE, note=f"{korean} / {english}", missing=missing)


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
    if budget_krw_year is None:
        reason = (
            "지역 파일에 연간 예산(budget_krw_year)이 없음 / the region file gives no yearly budget (budget_krw_year)"
        )
        return criterion_rows(OPEX, cost * float("nan"), unit="share", source=SOURCE, note=None, missing=reason)
    note = "모든 개설 후 연 운영비 ÷ 연간 예산 / running cost a year once all is open, over the yearly budget"
    return criterion_rows(OPEX, cost / budget_krw_year, unit="share", source=SOURCE, note=note, missing=None)
