"""Streets as editors leave them and as their tags bar them; each expected value is the case's own."""

import re

import numpy as np
import pytest


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


def drive_to_the_far_corner_s(town) -> float:
    """Seconds by car from the district to the north-eastern corner beyond the gap, 100 m east of its node."""
    town.steps("cells", "streets", "districts")
    cells, travel = town.table("cells"), town.arrays("district_travel")
    north = cells[cells["y_m"] == cells["y_m"].max()]
    corner = north.index[(north["x_m"] - cells["x_m"].min()) == 1_700][0]
    return float(travel["drive_s"][0, corner])


def test_cars_go_round_a_busway(case) -> None:
    assert abs(drive_to_the_far_corner_s(case("busway")) - 631) < 1


BOLLARD = '<node id="9001" lat="{lat}" lon="{lon}" version="1"><tag k="barrier" v="bollard"/></node>'
NO_ENTRY = (
    '<relation id="1" version="1">'
    '<member type="way" ref="1022" role="from"/><member type="way" ref="1044" role="from"/>'
    '<member type="node" ref="248" role="via"/><member type="way" ref="1047" role="to"/>'
    '<tag k="type" v="restriction"/><tag k="restriction" v="no_entry"/></relation>'
)


@pytest.mark.parametrize("bar", ["bollard", "no entry", "permit"])
def test_cars_go_round_what_bars_them(case, bar: str) -> None:
    # The same gap with a street over it, which cars may not drive for another reason: the same way round is right.
    town = case("busway")
    path = town.folder / "streets.osm"
    text = path.read_text(encoding="utf-8").replace('v="busway"', 'v="residential"')
    if bar == "bollard":
        ends = [re.search(rf'<node id="{n}"[^>]*?lat="([\d.]+)"[^>]*?lon="([\d.]+)"', text) for n in (248, 249)]
        lat, lon = (sum(float(end[axis]) for end in ends) / 2 for axis in (1, 2))
        text = text.replace('<way id="1000"', BOLLARD.format(lat=lat, lon=lon) + '<way id="1000"', 1)
        text = text.replace('<nd ref="248"/><nd ref="249"/>', '<nd ref="248"/><nd ref="9001"/><nd ref="249"/>')
    elif bar == "no entry":
        text = text.replace("</osm>", NO_ENTRY + "</osm>")
    else:
        text = re.sub(r'(<way id="1047".*?)(</way>)', r'\1<tag k="motor_vehicle" v="permit"/>\2', text, flags=re.DOTALL)
    path.write_text(text, encoding="utf-8")
    assert abs(drive_to_the_far_corner_s(town) - 631) < 1


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
