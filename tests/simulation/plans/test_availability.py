from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from simulation.plans.availability import epochs, fade, in_month, on_streets, reach, works_from
from simulation.plans.settings import read
from spatial.streets.network import Network


def test_full_within_then_fading_to_nothing_at_twice() -> None:
    # Half way between, u = 1/2: 1 - 3/4 + 2/8 = 1/2. At a quarter: 1 - 3/16 + 2/64 = 27/32.
    travel_s = np.array([0, 100, 125, 150, 200, 300, np.inf], np.float32)
    assert fade(travel_s, 100).tolist() == [1, 1, 27 / 32, 0.5, 0, 0, 0]


def openings(*rows: tuple[str, str, int, str, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["part", "service", "cell", "zone_id", "month"])


@pytest.fixture
def services(resolved: dict[str, Any]) -> Any:
    return read(resolved).services


def test_reach_of_each_kind(services: Any, cells: pd.DataFrame, network: Network, hub_inside: np.ndarray) -> None:
    plan = openings(
        ("in_district", "net", 0, "A", 0),
        ("diffusion", "net", 17, "B", 0),
        ("in_district", "hub", 0, "A", 0),
        ("in_district", "shelter", 0, "A", 0),
    )
    reached = reach(plan, services, hub_inside, cells["zone_id"], on_streets(network))
    assert np.flatnonzero(reached[0]).tolist() == [0, 1, 12, 13]
    assert np.flatnonzero(reached[1]).tolist() == [4, 5, 6, 7, 16, 17, 18, 19, 28, 29, 30, 31]
    assert (reached[2] == 1).all()
    # 90 s to a neighbour in full, 180 s (two steps) not at all.
    assert np.flatnonzero(reached[3]).tolist() == [0, 1, 12]
    assert reached[3, [0, 1, 12]].tolist() == [1, 1, 1]


def test_a_cell_of_no_zone_is_in_no_zones_area(
    services: Any, cells: pd.DataFrame, network: Network, hub_inside: np.ndarray
) -> None:
    cells.loc[4, "zone_id"] = None
    plan = openings(("diffusion", "net", 17, "B", 0))
    reached = reach(plan, services, hub_inside, cells["zone_id"], on_streets(network))
    assert reached[0, 4] == 0
    assert reached[0].sum() == 11


def test_works_from_waits_for_prerequisites_where_the_opening_stands(
    services: Any, cells: pd.DataFrame, network: Network, hub_inside: np.ndarray
) -> None:
    plan = openings(
        ("in_district", "app", 0, "A", 3),  # needs hub, which needs net at cell 0: month 5
        ("in_district", "hub", 0, "A", 1),  # net works at cell 0 from month 5
        ("in_district", "net", 13, "A", 5),
        ("in_district", "shelter", 1, "A", 9),  # net has been there since 5: its own month
        ("diffusion", "shelter", 17, "B", 12),  # net comes to B in 30
        ("diffusion", "net", 18, "B", 30),
        ("diffusion", "shelter", 21, "C", 12),  # no net ever comes to C
        ("diffusion", "net", 22, "C", 130),  # after the horizon
    )
    reached = reach(plan, services, hub_inside, cells["zone_id"], on_streets(network))
    found = works_from(plan, services, reached, 120)
    assert [None if pd.isna(month) else int(month) for month in found] == [5, 5, 5, 9, 30, 30, None, None]


def test_a_prerequisite_with_a_catchment_must_reach_in_full(
    resolved: dict[str, Any], cells: pd.DataFrame, network: Network, hub_inside: np.ndarray
) -> None:
    resolved["services"]["services"][2]["reach"]["travel_s"] = 150
    resolved["services"]["services"][3]["prerequisites"] = ["shelter"]
    resolved["services"]["services"][2]["prerequisites"] = []
    services = read(resolved).services
    plan = openings(
        ("diffusion", "shelter", 0, "A", 4),
        ("diffusion", "app", 1, "A", 0),  # 90 s from the shelter: in full
        ("diffusion", "app", 2, "A", 0),  # 180 s: on the fading slope, not enough
    )
    reached = reach(plan, services, hub_inside, cells["zone_id"], on_streets(network))
    assert 0 < reached[0, 2] < 1
    assert works_from(plan, services, reached, 120).isna().tolist() == [False, False, True]


def test_months_and_epochs(services: Any, cells: pd.DataFrame, network: Network, hub_inside: np.ndarray) -> None:
    plan = openings(
        ("in_district", "net", 0, "A", 0), ("in_district", "shelter", 0, "A", 2), ("diffusion", "shelter", 17, "B", 4)
    ).assign(works_from=pd.array([0, 2, None], dtype="Int64"))
    reached = reach(plan, services, hub_inside, cells["zone_id"], on_streets(network))
    starts, epoch = epochs(plan, 6)
    assert starts == [0, 2]
    assert epoch.tolist() == [0, 0, 1, 1, 1, 1]
    assert in_month(plan, reached, ["shelter", "app"], 1, {}).sum() == 0
    later = in_month(plan, reached, ["shelter", "app"], 2, {})
    assert np.flatnonzero(later[0]).tolist() == [0, 1, 12]
    assert later[1].sum() == 0


def test_of_several_openings_the_best_counts(
    services: Any, cells: pd.DataFrame, network: Network, hub_inside: np.ndarray
) -> None:
    plan = openings(("in_district", "shelter", 0, "A", 0), ("in_district", "shelter", 1, "A", 0))
    plan["works_from"] = pd.array([0, 0], dtype="Int64")
    reached = reach(plan, services, hub_inside, cells["zone_id"], on_streets(network))
    assert in_month(plan, reached, ["shelter"], 0, {}).max() == 1
    assert np.flatnonzero(in_month(plan, reached, ["shelter"], 0, {})[0]).tolist() == [0, 1, 2, 12, 13]


def test_a_service_is_available_where_what_must_cover_it_is() -> None:
    plan = openings(
        ("in_district", "cctv", 0, "A", 0),
        ("diffusion", "cctv", 2, "B", 0),
        ("in_district", "dispatch", 0, "A", 0),
        ("in_district", "app", 0, "A", 0),
    ).assign(works_from=pd.array([0, 3, 1, 0], dtype="Int64"))
    # Cameras: the first cell, from month 3 on half of the third. Dispatch and app: everywhere.
    reached = np.array([[1, 0, 0], [0, 0, 0.5], [1, 1, 1], [1, 1, 1]], np.float32)
    covered_by = {"dispatch": ["cctv"], "app": ["dispatch"]}
    names = ["dispatch", "app", "cctv"]
    assert in_month(plan, reached, names, 0, covered_by).tolist() == [[0, 0, 0], [0, 0, 0], [1, 0, 0]]
    assert in_month(plan, reached, names, 1, covered_by).tolist() == [[1, 0, 0], [1, 0, 0], [1, 0, 0]]
    assert in_month(plan, reached, names, 3, covered_by).tolist() == [[1, 0, 0.5]] * 3
    assert in_month(plan, reached, names, 3, {}).tolist() == [[1, 1, 1], [1, 1, 1], [1, 0, 0.5]]
    assert in_month(plan, reached, [], 3, {}).shape == (0, 3)
