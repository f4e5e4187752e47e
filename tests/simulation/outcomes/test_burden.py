"""What a plan weighs: by hand on two districts."""

import numpy as np
import pandas as pd

from geojeom.messages import Remark, column_text
from geojeom.tables import check_schema
from simulation.outcomes.burden import capex_per_resident, opex_budget_share
from tests.tables import said

PLAN = pd.DataFrame(
    {
        "district_id": ["west", "west", "west", "east"],
        "part": ["in_district", "in_district", "diffusion", "in_district"],
        "capex_krw": [600, 400, 9_000, 500],
        "opex_krw_year": [10, 20, 30, 5],
    }
)


def test_capital_cost_in_the_district_over_residents_near() -> None:
    rows = capex_per_resident(PLAN, pd.Series({"west": 10, "east": 4}, dtype="Int64"), 900)
    check_schema(rows, "criteria", "rows")
    assert rows["value"].tolist() == [100, 125]
    assert rows["missing"].isna().all()


def test_a_walk_that_no_street_was_measured_for_is_flagged() -> None:
    rows = capex_per_resident(PLAN, pd.Series({"west": 10}, dtype="Int64"), 900, Remark("straight_line", circuity=1.3))
    assert said(rows["note"])[0] == (
        "지구내 사업비 ÷ 도보 15분 안의 거주자 수; 도로망 없음: 직선거리 × 1.3 / "
        "in-district capital cost over residents within 15 minutes on foot; no streets: straight line × 1.3"
    )


def test_nobody_near_and_unknown_people_are_missing_not_zero() -> None:
    rows = capex_per_resident(PLAN, pd.Series({"west": 0, "east": pd.NA}, dtype="Int64"), 900)
    check_schema(rows, "criteria", "rows")
    assert rows["value"].isna().all()
    assert "nobody lives" in said(rows["missing"])[0]
    assert "no data" in said(rows["missing"])[1]
    assert rows["note"].isna().all()


def test_running_cost_of_all_that_opens_over_the_budget() -> None:
    rows = opex_budget_share(PLAN, ["west", "east", "none"], 1_000)
    check_schema(rows, "criteria", "rows")
    np.testing.assert_allclose(rows["value"], [0.06, 0.005, 0])


def test_without_a_budget_the_share_is_missing() -> None:
    rows = opex_budget_share(PLAN, ["west", "east"], None)
    check_schema(rows, "criteria", "rows")
    assert rows["value"].isna().all()
    assert said(rows["missing"]) == [column_text([Remark("opex.no_budget")])] * 2
