from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from simulation.plans.payers import COLUMNS
from simulation.plans.people import present
from simulation.plans.settings import read
from simulation.plans.siting import CityCells, lay, month_name, scaled, scaling, zones_in_order


def ground(cells: pd.DataFrame) -> CityCells:
    return CityCells(cells[["x_m", "y_m"]].to_numpy(), present(cells), cells["zone_id"])


def laid(resolved: dict[str, Any], cells: pd.DataFrame, inside: np.ndarray) -> pd.DataFrame:
    scheme = read(resolved)
    drive_s = np.where(inside, 0, cells["x_m"] / 100 * 12).astype(np.float32)
    return lay(scheme.plan, scheme.services, ground(cells), inside, hub_drive_s=drive_s, start="2027-11")


def test_openings_of_the_toy_city(resolved: dict[str, Any], cells: pd.DataFrame, hub_inside: np.ndarray) -> None:
    resolved["plan"]["in_district"][2]["units"] = 2
    plan = laid(resolved, cells, hub_inside)
    # Inside, 2 x 2 cells of equal people: all four are as good as a first site, so cell 0, where the net and whatever
    # serves the city stand. As a second site for shelters, the far corner 13 saves its own 141.4 m, cell 1 its own
    # 100 m and 41.4 m of the corner: a tie, for the lower index.
    inside = plan[plan["part"] == "in_district"]
    assert inside[["service", "cell", "units", "month"]].to_numpy().tolist() == [
        ["net", 0, 2, 2],
        ["hub", 0, 1, 1],
        ["shelter", 0, 1, 0],
        ["shelter", 1, 1, 0],
        ["app", 0, 1, 6],
    ]
    # Outside, nearest zone first, one more each year. The site with least summed distance lies in the middle row, where
    # 300 people live: of A without the hub cell 14, of B 17, of C 21.
    outside = plan[plan["part"] == "diffusion"]
    assert outside[["service", "cell", "zone_id", "month"]].to_numpy().tolist() == [
        ["net", 14, "A", 24],
        ["net", 17, "B", 36],
        ["shelter", 14, "A", 12],
        ["shelter", 17, "B", 24],
        ["shelter", 21, "C", 36],
    ]
    assert plan["opening_id"].is_unique
    assert plan.loc[plan["month"] == 2, "date"].tolist() == ["2028-01"]


def test_payers_sum_to_the_cost_of_every_opening(
    resolved: dict[str, Any], cells: pd.DataFrame, hub_inside: np.ndarray
) -> None:
    plan = laid(resolved, cells, hub_inside)
    paid = plan[COLUMNS].sum(axis="columns")
    assert (paid == plan["capex_krw"]).all()
    hub = plan[plan["service"] == "hub"].iloc[0]
    # 101,000,001 won: the local purse takes the odd one; a tenth of it a year to run.
    assert (hub["national_krw"], hub["local_krw"], hub["opex_krw_year"]) == (50_500_000, 50_500_001, 10_100_000)


def test_more_units_than_cells_share_cells(
    resolved: dict[str, Any], cells: pd.DataFrame, hub_inside: np.ndarray
) -> None:
    resolved["plan"]["in_district"][2]["units"] = 6
    plan = laid(resolved, cells, hub_inside)
    shelters = plan[(plan["service"] == "shelter") & (plan["part"] == "in_district")]
    assert sorted(shelters["cell"]) == [0, 1, 12, 13]
    assert shelters["units"].tolist() == [2, 2, 1, 1]


def test_a_new_district_without_people_is_filled_by_area(
    resolved: dict[str, Any], cells: pd.DataFrame, hub_inside: np.ndarray
) -> None:
    cells.loc[hub_inside, "population"] = 0
    resolved["plan"]["in_district"][2]["units"] = 2
    plan = laid(resolved, cells, hub_inside)
    assert set(plan.loc[plan["part"] == "in_district", "cell"]) == {0, 1}


def test_a_part_that_opens_nothing_has_no_rows(
    resolved: dict[str, Any], cells: pd.DataFrame, hub_inside: np.ndarray
) -> None:
    resolved["plan"]["diffusion"] = []
    assert set(laid(resolved, cells, hub_inside)["part"]) == {"in_district"}
    scheme = read(resolved)
    nothing = scheme.plan.model_copy(update={"in_district": []})
    drive_s = np.zeros(len(cells), np.float32)
    plan = lay(nothing, scheme.services, ground(cells), hub_inside, hub_drive_s=drive_s, start="2027-11")
    assert plan.empty
    assert "works_from" in plan


def shelters(resolved: dict[str, Any], *tranches: tuple[int, int]) -> None:
    """Let the hub's shelters open in tranches of (units, month)."""
    one = resolved["plan"]["in_district"].pop(2)
    resolved["plan"]["in_district"] += [one | {"units": units, "month": month} for units, month in tranches]


def test_a_second_tranche_goes_on_where_the_first_ended(
    resolved: dict[str, Any], cells: pd.DataFrame, hub_inside: np.ndarray
) -> None:
    # The order of the hub's cells: 0, 1 (see above), then 12 and 13 save 100 m of their own each: the lower index.
    # Month 12 comes before month 24 though the plan names it last, and has the better sites.
    shelters(resolved, (2, 24), (2, 12))
    plan = laid(resolved, cells, hub_inside)
    inside = plan[(plan["service"] == "shelter") & (plan["part"] == "in_district")]
    assert inside[["month", "cell", "units"]].to_numpy().tolist() == [[24, 12, 1], [24, 13, 1], [12, 0, 1], [12, 1, 1]]
    assert inside["opening_id"].is_unique


def test_tranches_beyond_the_cells_start_over(
    resolved: dict[str, Any], cells: pd.DataFrame, hub_inside: np.ndarray
) -> None:
    # Four cells, 3 + 3 + 6 units: three of them, the fourth and the first two again, then from the third on one each
    # and a second for the first two of that round.
    shelters(resolved, (3, 0), (3, 12), (6, 24))
    plan = laid(resolved, cells, hub_inside)
    inside = plan[(plan["service"] == "shelter") & (plan["part"] == "in_district")]
    found = {month: part[["cell", "units"]].to_numpy().tolist() for month, part in inside.groupby("month")}
    assert found == {
        0: [[0, 1], [1, 1], [12, 1]],
        12: [[13, 1], [0, 1], [1, 1]],
        24: [[12, 2], [13, 2], [0, 1], [1, 1]],
    }
    # As if all had opened at once.
    assert inside.groupby("cell")["units"].sum().tolist() == [3, 3, 3, 3]


def test_a_second_roll_out_goes_to_other_cells_of_a_zone(
    resolved: dict[str, Any], cells: pd.DataFrame, hub_inside: np.ndarray
) -> None:
    again = resolved["plan"]["diffusion"][1] | {"first_month": 30, "rounds": 1}
    resolved["plan"]["diffusion"].append(again)
    plan = laid(resolved, cells, hub_inside)
    in_a = plan[(plan["part"] == "diffusion") & (plan["service"] == "shelter") & (plan["zone_id"] == "A")]
    # After cell 14, where 300 people live: cell 24, 223.6 m away, saves its own way and 41.4 m of cell 25's, and cell
    # 25 its own 141.4 m and 123.6 m of cell 24's. The same: the lower index.
    assert in_a[["month", "cell"]].to_numpy().tolist() == [[12, 14], [30, 24]]


def test_services_do_not_take_each_others_sites(
    resolved: dict[str, Any], cells: pd.DataFrame, hub_inside: np.ndarray
) -> None:
    resolved["services"]["services"].append(resolved["services"]["services"][2] | {"id": "stop"})
    resolved["plan"]["in_district"].append(resolved["plan"]["in_district"][2] | {"service": "stop", "month": 12})
    plan = laid(resolved, cells, hub_inside)
    inside = plan[plan["part"] == "in_district"].set_index("service")["cell"]
    assert (inside["shelter"], inside["stop"]) == (0, 0)


def first_letters(cells: pd.DataFrame, zones: list[np.ndarray]) -> str:
    return "".join(cells["zone_id"][zone[0]] for zone in zones)


def test_units_of_a_zone_are_spread_over_it(
    resolved: dict[str, Any], cells: pd.DataFrame, hub_inside: np.ndarray
) -> None:
    resolved["plan"]["diffusion"][1]["units"] = 3
    plan = laid(resolved, cells, hub_inside)
    in_a = plan[(plan["part"] == "diffusion") & (plan["service"] == "shelter") & (plan["zone_id"] == "A")]
    assert in_a["cell"].nunique() == 3
    assert in_a["cell"].iloc[0] == 14
    assert in_a["units"].tolist() == [1, 1, 1]


def test_zones_by_people_and_ties_by_name(cells: pd.DataFrame, hub_inside: np.ndarray) -> None:
    # Outside the hub: A has 8 cells and 1,000 people, B and C 12 cells and 1,400 each.
    drive_s = np.zeros(len(cells), np.float32)
    assert first_letters(cells, zones_in_order("most_people", ground(cells), hub_inside, drive_s)) == "BCA"


def test_zones_beyond_the_drive_come_last_by_straight_line(cells: pd.DataFrame, hub_inside: np.ndarray) -> None:
    drive_s = np.full(len(cells), np.inf, np.float32)
    drive_s[21] = 500
    assert first_letters(cells, zones_in_order("nearest", ground(cells), hub_inside, drive_s)) == "CAB"


def test_zones_without_people_or_without_name_are_left_out(cells: pd.DataFrame, hub_inside: np.ndarray) -> None:
    cells.loc[cells["zone_id"] == "B", "population"] = 0
    cells.loc[cells["zone_id"] == "C", "zone_id"] = None
    drive_s = np.zeros(len(cells), np.float32)
    found = zones_in_order("nearest", ground(cells), hub_inside, drive_s)
    # A without the hub's four cells.
    assert [zone.tolist() for zone in found] == [[2, 3, 14, 15, 24, 25, 26, 27]]


def test_months_run_over_years() -> None:
    assert [month_name("2027-11", month) for month in (0, 1, 2, 14)] == ["2027-11", "2027-12", "2028-01", "2029-01"]


def test_a_small_district_gets_its_part_of_the_units_inside(resolved: dict[str, Any]) -> None:
    resolved["plan"]["hub_area_m2"] = 1_000_000
    for item, units in zip(resolved["plan"]["in_district"], [20, 1, 8, 10], strict=False):
        item["units"] = units
    resolved["programme"]["ceiling_krw"] = 1_000_000_000_000
    template = read(resolved).plan
    outside = [item.units for item in template.diffusion]

    def inside(area_m2: float) -> list[int]:
        smaller = scaled(template, area_m2)
        assert [item.units for item in smaller.diffusion] == outside
        return [item.units for item in smaller.in_district]

    # A quarter, halves up: 5, 1 (a quarter of one is one all the same), 2, 2.5.
    assert inside(250_000) == [5, 1, 2, 3]
    # Never under one of each, and never above the template.
    assert inside(1_000) == [1, 1, 1, 1]
    assert inside(1_000_000) == inside(9_000_000) == [20, 1, 8, 10]
    how = scaling(1_000_000, 50_000)
    assert how is not None
    assert "meant for 1 km²: this one (0.05 km²) gets 5%, one of each at least" in how.remark.en
    assert "1 km² 지구 기준이어서 이 지구(0.05 km²)에는 5%만" in how.remark.ko
    assert scaling(1_000_000, 1_000_000) is None
    assert scaling(None, 1_000) is None
    assert scaled(template.model_copy(update={"hub_area_m2": None}), 1_000).in_district == template.in_district
