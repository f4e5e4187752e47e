"""Streets as editors leave them and as their tags bar them; each expected value is the case's own."""

import re

import numpy as np


def kept(text: str) -> int:
    found = re.search(r"^streets\s+([\d,]+)\s+([\d,]+)", text, re.MULTILINE)
    assert found, text
    return int(found[2])


def test_deleted_streets_are_left_out_and_said(case) -> None:
    ran = case("josm-deleted").check()
    assert ran.code == 0, ran.text
    assert kept(ran.text) == 17
    assert "deleted" in ran.text


def test_a_new_street_keeps_its_length(case) -> None:
    town = case("josm-mixed")
    town.steps("cells", "streets")
    streets = town.arrays("streets")
    # The nodes 4.5 km north of the town are on the street, so that it is 9.2 km and no straight line of 200 m.
    far = streets["node_y_m"] > streets["node_y_m"].min() + 4_000
    assert far.any()
    tail = np.repeat(np.arange(len(far)), np.diff(streets["indptr"]))
    detour = far[tail] | far[streets["indices"]]
    assert abs(streets["length_m"][detour].sum() / 2 - 9_200) < 100


def test_cars_go_round_a_busway(case) -> None:
    town = case("busway")
    town.steps("cells", "streets", "districts")
    cells, travel = town.table("cells"), town.arrays("district_travel")
    # The north-eastern corner beyond the gap, 100 m east of its node.
    north = cells[cells["y_m"] == cells["y_m"].max()]
    corner = north.index[(north["x_m"] - cells["x_m"].min()) == 1_700][0]
    assert abs(travel["drive_s"][0, corner] - 631) < 1


def test_an_island_has_its_own_streets_and_a_ferry(case) -> None:
    town = case("island")
    town.steps("cells", "streets", "districts")
    cells, travel = town.table("cells"), town.arrays("district_travel")
    # The island is 1 km wide, 2 km east of the mainland, and crossed by streets 200 m apart.
    island = (cells["x_m"] > cells["x_m"].min() + 4_000).to_numpy()
    assert island.sum() > 90
    assert town.arrays("streets")["cell_access_m"][island].max() < 150
    mainland, own = 0, 1
    # At 4 km/h and 30 km/h no two places of it are more than 45 and 15 minutes apart.
    assert travel["walk_s"][own, island].max() < 2_700
    assert travel["drive_s"][own, island].max() < 900
    # Nobody crosses in less than the 40 minutes of the ferry, on foot or by car, and by car everybody within two hours.
    assert travel["drive_s"][mainland, island].min() >= 2_400
    assert travel["walk_s"][mainland, island].min() >= 2_400
    assert travel["drive_s"][mainland, island].max() < 2_400 + 2 * 900 + 600
    told = [one["note"]["en"] for one in town.sources()["estimates"] if one["column"] == "streets"]
    assert any("1,000" in text and "ferry" in text for text in told)
