from __future__ import annotations

import numpy as np
import pandas as pd

from simulation.outcomes.adopters import criterion, totals
from spatial.tables import check


def table(months: int = 120) -> pd.DataFrame:
    """Two services, two districts, two cells; adopters at the end: outside 3 + 4 for east and 5 + 6 for west."""
    outside = np.zeros((2, months + 1, 2))
    outside[:, -1] = [[5, 3], [6, 4]]
    inside = np.ones((2, months + 1, 2))
    return totals(
        ["west", "east"],
        ["a", "b"],
        inside=inside,
        outside=outside,
        potential=np.array([[10, 20], [1, 2]], np.int32),
        in_hub=np.array([[True, False], [False, False]]),
    )


def test_totals_has_a_row_for_every_district_service_and_month() -> None:
    frame = table()
    check(frame, "totals", "totals")
    assert len(frame) == 2 * 2 * 121
    last = frame[frame["month"] == 120].set_index(["district_id", "service"])
    assert last["adopters_outside"].to_dict() == {
        ("west", "a"): 5,
        ("west", "b"): 6,
        ("east", "a"): 3,
        ("east", "b"): 4,
    }
    # West holds the first cell, east none.
    assert last["potential_inside"].tolist() == [10, 1, 0, 0]
    assert last["potential_outside"].tolist() == [20, 2, 30, 3]


def test_the_criterion_sums_services_outside_after_ten_years() -> None:
    frame = criterion(table(), ["west", "east"], 120, {}, opens=True)
    check(frame, "criteria", "criteria")
    assert frame["value"].tolist() == [11, 7]
    assert set(frame["unit"]) == {"adoptions"}
    assert frame["missing"].isna().all()


def test_services_left_out_are_named() -> None:
    frame = criterion(table(), ["west", "east"], 120, {"c": "no data"}, opens=True)
    assert frame["note"].str.endswith("left out: c").all()


def test_fewer_than_ten_years_is_missing_not_zero() -> None:
    frame = criterion(table(60), ["west"], 60, {}, opens=True)
    check(frame, "criteria", "criteria")
    assert frame["value"].isna().all()
    assert frame["missing"].tolist() == ["모의 기간 60개월(120개월 필요) / 60 months simulated, 120 needed"]


def test_nothing_could_be_simulated_is_missing() -> None:
    frame = criterion(table().iloc[:0], ["west"], 120, {"c": "no data"}, opens=True)
    assert frame["value"].isna().all()
    assert frame["missing"].tolist() == ["이용자 자료가 없어 모의 불가(c) / not simulated, no data on users (c)"]


def test_a_plan_that_opens_nothing_reaches_nobody() -> None:
    frame = criterion(table().iloc[:0], ["west"], 120, {}, opens=False)
    assert frame["value"].tolist() == [0]
    assert frame["missing"].isna().all()
