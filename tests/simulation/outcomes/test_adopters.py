from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geojeom.messages import Remark, from_column
from geojeom.tables import check_schema
from simulation.outcomes.adopters import criterion, totals
from tests.tables import said


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
    check_schema(frame, "totals", "totals")
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


def in_worlds(*worlds: int) -> NDArray[np.int64]:
    return np.array(worlds, np.int64)


def test_the_criterion_is_the_mean_of_worlds_with_its_interval() -> None:
    # Mean 12, standard deviation 2 over 4 worlds: half-width 3.182 · 2 / 2 (Student's t of 3 degrees of freedom).
    frame = criterion({"west": in_worlds(10, 14, 12, 12)}, ["west"], 120, [], opens=True)
    check_schema(frame, "criteria", "criteria")
    assert frame["value"].tolist() == [12]
    assert frame["unit"].tolist() == ["adoptions"]
    deviation = np.sqrt((4 + 4) / 3)
    assert f"(95% interval ±{3.182 * deviation / 2:.0f})" in said(frame["note"])[0]
    assert frame["missing"].isna().all()


def test_travel_that_no_street_was_measured_for_is_flagged() -> None:
    remark = Remark("straight_line", circuity=1.3)
    (note,) = criterion({"west": in_worlds(10, 14)}, ["west"], 120, [], opens=True, remark=remark)["note"]
    assert from_column(note)[-1] == remark


def test_who_cannot_be_told_apart_is_named() -> None:
    # Worlds vary by hundreds, but east is 5 above west in every one, give or take 1; north differs by 0 ± 1.
    west = in_worlds(1000, 1300, 900, 1200)
    adoptions = {"west": west, "east": west + in_worlds(5, 6, 4, 5), "north": west + in_worlds(1, -1, 1, -1)}
    frame = criterion(adoptions, ["west", "east", "north"], 120, [], opens=True)
    note = dict(zip(frame["district_id"], said(frame["note"]), strict=True))
    assert note["west"].endswith("not told apart from: north")
    assert note["north"].endswith("not told apart from: west")
    assert "told apart" not in note["east"]


def test_services_left_out_are_named() -> None:
    frame = criterion({"west": in_worlds(1, 2)}, ["west"], 120, [{"ko": "씨", "en": "c"}], opens=True)
    [note] = said(frame["note"])
    assert "제외한 서비스: 씨 / " in note
    assert note.endswith("services left out: c")


def test_fewer_than_ten_years_is_missing_not_zero() -> None:
    frame = criterion({}, ["west"], 60, [], opens=True)
    check_schema(frame, "criteria", "criteria")
    assert frame["value"].isna().all()
    assert said(frame["missing"]) == ["모의 기간 60개월(120개월 필요) / 60 months simulated, 120 needed"]


def test_nothing_could_be_simulated_is_missing() -> None:
    frame = criterion({}, ["west"], 120, [{"ko": "씨", "en": "c"}], opens=True)
    assert frame["value"].isna().all()
    assert said(frame["missing"]) == ["이용자 자료가 없어 모의 불가: 씨 / not simulated, no data on users: c"]


def test_a_plan_that_opens_nothing_reaches_nobody() -> None:
    frame = criterion({}, ["west"], 120, [], opens=False)
    assert frame["value"].tolist() == [0]
    assert frame["missing"].isna().all()
