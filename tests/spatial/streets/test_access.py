"""Who may pass by tags: the hierarchy of the wiki's Key:access, directions, one-way signs, sizes, limits, barriers."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import numpy as np
import osmnx as ox
import pandas as pd
import pytest

from geojeom.catalogues import CATALOGUES
from geojeom.checked_yaml import read_catalogue
from spatial.config.region import Source
from spatial.reading.provenance import Ledger
from spatial.reading.tags import SpeedTable
from spatial.streets.access import closing_barriers, passage
from spatial.streets.files import lines_of
from spatial.streets.limits import limit_kmh
from spatial.streets.network import Network
from spatial.streets.read import read_streets
from spatial.streets.travel import from_groups
from tests.spatial.files import area, degrees, osm_file
from tests.spatial.whole import read_network

SPEEDS = read_catalogue(CATALOGUES / "speeds.yaml", SpeedTable)
REGION = area(1_000, 1_000)
BOTH, NEITHER, AHEAD, BACK = (True, True), (False, False), (True, False), (False, True)


def passes(tags: dict[str, str], ledger: Ledger | None = None) -> tuple[tuple[bool, bool], tuple[bool, bool]]:
    """Walking and driving, each along and against the drawing of one street; beside it stands an untagged one."""
    frame = pd.DataFrame([tags, {"highway": "residential"}], columns=SPEEDS.access.of_ways, dtype=object)
    found = passage(frame.where(frame.notna(), None), SPEEDS, "KR", ledger or Ledger("streets"))
    walk, drive = (found.walk_forward, found.walk_backward), (found.forward_kmh, found.backward_kmh)
    assert all(way[1] for way in walk)
    assert all(way[1] == 30 for way in drive)
    return (bool(walk[0][0]), bool(walk[1][0])), (bool(np.isfinite(drive[0][0])), bool(np.isfinite(drive[1][0])))


@pytest.mark.parametrize(
    ("tags", "walk", "drive"),
    [
        # The narrower kind goes before the wider.
        ({"access": "no", "motor_vehicle": "destination"}, NEITHER, BOTH),
        ({"access": "yes", "motorcar": "no"}, BOTH, NEITHER),
        ({"motor_vehicle": "no", "motorcar": "yes"}, BOTH, BOTH),
        ({"vehicle": "no", "motor_vehicle": "designated"}, BOTH, BOTH),
        ({"vehicle": "yes", "motor_vehicle": "no"}, BOTH, NEITHER),
        ({"access": "private", "foot": "destination"}, BOTH, NEITHER),
        ({"access": "no", "psv": "yes", "bus": "yes"}, NEITHER, NEITHER),
        # What each word lets through.
        ({"access": "agricultural"}, BOTH, NEITHER),
        ({"access": "forestry", "foot": "private"}, NEITHER, NEITHER),
        ({"access": "agricultural;forestry"}, BOTH, NEITHER),
        ({"motor_vehicle": "agricultural;permissive"}, BOTH, BOTH),
        ({"motor_vehicle": "delivery"}, BOTH, NEITHER),
        ({"access": "customers"}, BOTH, BOTH),
        ({"motor_vehicle": "permit"}, BOTH, NEITHER),
        ({"access": "military"}, NEITHER, NEITHER),
        ({"foot": "use_sidepath"}, NEITHER, BOTH),
        ({"access": "No"}, NEITHER, NEITHER),
        ({"motor_vehicle": "unknown", "access": "no"}, NEITHER, NEITHER),
        ({"motor_vehicle": "unknown"}, BOTH, BOTH),
        # One way only, for a kind of traveller.
        ({"motor_vehicle:backward": "no"}, BOTH, AHEAD),
        ({"access:forward": "no"}, BACK, BACK),
        ({"access": "no", "access:forward": "yes"}, AHEAD, AHEAD),
        ({"access:forward": "no", "motorcar:forward": "yes"}, BACK, BOTH),
        ({"foot:backward": "no"}, AHEAD, BOTH),
        ({"oneway": "yes"}, BOTH, AHEAD),
        ({"oneway": "-1"}, BOTH, BACK),
        ({"oneway": "yes", "oneway:motor_vehicle": "no"}, BOTH, BOTH),
        ({"oneway": "no", "oneway:motorcar": "yes"}, BOTH, AHEAD),
        ({"oneway": "yes", "oneway:foot": "yes"}, AHEAD, AHEAD),
        ({"oneway:foot": "-1"}, BACK, BOTH),
        ({"oneway": "reversible"}, BOTH, NEITHER),
        ({"oneway": "alternating"}, BOTH, BOTH),
        ({"junction": "roundabout"}, BOTH, AHEAD),
        ({"junction": "roundabout", "oneway": "no"}, BOTH, BOTH),
        ({"junction": "roundabout", "oneway": "-1"}, BOTH, BACK),
        ({"highway": "motorway"}, NEITHER, AHEAD),
        # What a class is not made for is opened by a tag of that very traveller only.
        ({"highway": "pedestrian"}, BOTH, NEITHER),
        ({"highway": "pedestrian", "access": "yes"}, BOTH, NEITHER),
        ({"highway": "pedestrian", "motor_vehicle": "destination"}, BOTH, BOTH),
        ({"highway": "footway", "vehicle": "no"}, BOTH, NEITHER),
        ({"highway": "path", "access": "no"}, NEITHER, NEITHER),
        ({"highway": "motorway", "foot": "yes", "oneway": "no"}, BOTH, BOTH),
        ({"highway": "trunk", "motorroad": "yes"}, NEITHER, BOTH),
        ({"highway": "trunk", "motorroad": "yes", "foot": "yes"}, BOTH, BOTH),
        ({"highway": "busway"}, NEITHER, NEITHER),
        ({"highway": "busway", "access": "no", "bus": "designated", "foot": "yes"}, BOTH, NEITHER),
        ({"highway": "steps", "motor_vehicle": "yes"}, BOTH, NEITHER),
        ({"highway": "steps", "conveying": "forward"}, AHEAD, NEITHER),
        ({"highway": "steps", "conveying": "backward"}, BACK, NEITHER),
        ({"highway": "steps", "conveying": "reversible"}, BOTH, NEITHER),
        ({"highway": "pedestrian", "area": "yes", "motor_vehicle": "yes"}, BOTH, NEITHER),
        ({"highway": "service", "service": "emergency_access"}, BOTH, NEITHER),
        ({"highway": "track", "smoothness": "impassable"}, BOTH, NEITHER),
        # Not in use, whatever else is said.
        ({"construction": "yes", "foot": "yes"}, NEITHER, NEITHER),
        ({"construction": "residential"}, NEITHER, NEITHER),
        ({"construction": "minor"}, BOTH, BOTH),
        ({"abandoned": "yes"}, NEITHER, NEITHER),
        ({"disused": "no"}, BOTH, BOTH),
        ({"highway": "path", "proposed": "cycleway"}, BOTH, NEITHER),
        # Too small for a car.
        ({"maxwidth": "1.5"}, BOTH, NEITHER),
        ({"maxheight": "1.8 m"}, BOTH, NEITHER),
        ({"maxheight": "6'7\""}, BOTH, BOTH),
        ({"maxheight": "5'11\""}, BOTH, NEITHER),
        ({"maxheight": "2.3"}, BOTH, BOTH),
        ({"maxheight": "default"}, BOTH, BOTH),
        ({"maxweight": "1.5 t"}, BOTH, NEITHER),
        ({"maxweight": "3500 kg"}, BOTH, BOTH),
    ],
)
def test_who_may_pass(tags: dict[str, str], walk: tuple[bool, bool], drive: tuple[bool, bool]) -> None:
    assert passes({"highway": "residential"} | tags) == (walk, drive)


def test_what_is_not_applied_is_said() -> None:
    ledger = Ledger("streets")
    passes({"highway": "residential", "motor_vehicle": "maybe", "access:conditional": "no @ (22:00-06:00)"}, ledger)
    passes({"highway": "residential", "oneway": "reversible"}, ledger)
    passes({"highway": "residential", "disused": "yes"}, ledger)
    said = " / ".join(ledger.notes)
    assert "1 streets have rules for some times or loads" in said
    assert "values of access that say nothing of who may pass: motor_vehicle=maybe" in said
    assert "1 streets whose one way changes (oneway=reversible) are closed to cars" in said
    assert "1 streets that are not in use are closed" in said


def test_speeds_each_way_and_of_opened_streets() -> None:
    rows = [
        {"highway": "primary", "maxspeed": "50", "maxspeed:backward": "30"},
        {"highway": "pedestrian", "motor_vehicle": "yes"},
        {"highway": "pedestrian", "motor_vehicle": "yes", "maxspeed": "50"},
        {"highway": "footway", "motor_vehicle": "yes", "maxspeed": "5"},
    ]
    frame = pd.DataFrame(rows, columns=SPEEDS.access.of_ways, dtype=object)
    found = passage(frame.where(frame.notna(), None), SPEEDS, "KR", Ledger("streets"))
    # Cars go no faster among walkers than the 10 km/h of `opened_kmh`.
    assert found.forward_kmh.tolist() == [50, 10, 10, 5]
    assert found.backward_kmh.tolist() == [30, 10, 10, 5]


def test_speed_limits_as_written() -> None:
    texts = ["50", "30 mph", "60;40", "50|30", "walk", "KR:urban", "DE:zone:30"]
    # In a Korean town 50 km/h (Enforcement Rule, Art. 19).
    assert [limit_kmh(text, SPEEDS) for text in texts] == [50, pytest.approx(48.28032), 40, 30, 6, 50, 30]
    assert limit_kmh("none", SPEEDS) == 0
    assert [limit_kmh(text, SPEEDS) for text in ("500", "fast", "XX:moon")] == [None] * 3
    ledger = Ledger("streets")
    tags = pd.DataFrame([{"highway": "primary", "maxspeed": text} for text in ("none", "fast", "70")], dtype=object)
    assert passage(tags, SPEEDS, "KR", ledger).forward_kmh.tolist() == [60, 60, 70]
    assert "limits that could not be read, speed by class instead: fast" in ledger.notes


@pytest.mark.parametrize(
    ("tags", "walk", "drive"),
    [
        ({"barrier": "bollard"}, True, False),
        ({"barrier": "bollard", "bollard": "rising"}, True, True),
        ({"barrier": "bollard", "bollard": "removable"}, True, False),
        ({"barrier": "bollard", "motor_vehicle": "yes"}, True, True),
        ({"barrier": "gate"}, True, True),
        ({"barrier": "gate", "access": "private"}, False, False),
        ({"barrier": "gate", "access": "private", "foot": "yes"}, True, False),
        ({"barrier": "gate", "foot": "no", "motorcar": "yes"}, False, True),
        ({"barrier": "gate", "locked": "yes"}, False, False),
        ({"barrier": "gate", "locked": "yes", "foot": "permissive"}, True, False),
        ({"barrier": "lift_gate"}, True, True),
        ({"barrier": "lift_gate", "motor_vehicle": "private"}, True, False),
        ({"barrier": "block", "foot": "yes"}, True, False),
        ({"barrier": "cycle_barrier"}, True, False),
        ({"barrier": "kissing_gate"}, True, False),
        ({"barrier": "wall"}, False, False),
        ({"barrier": "fence", "foot": "yes"}, True, False),
        ({"barrier": "toll_booth"}, True, True),
        ({"barrier": "kerb"}, True, True),
        ({"barrier": "height_restrictor", "maxheight": "1.9"}, True, False),
        ({"barrier": "height_restrictor", "maxheight": "2.5"}, True, True),
        ({"barrier": "something_new"}, True, False),
        ({"highway": "gate", "access": "no"}, False, False),
        ({"access": "no"}, False, False),
        ({"motor_vehicle": "no"}, True, False),
        ({"foot": "yes"}, True, True),
        # Tags of access about a place on the street, not about passing it.
        ({"amenity": "parking_entrance", "access": "private"}, True, True),
        ({"entrance": "yes", "access": "private"}, True, True),
        ({"highway": "crossing", "motor_vehicle": "no"}, True, True),
    ],
)
def test_whom_a_barrier_stops(tags: dict[str, str], walk: bool, drive: bool) -> None:
    frame = pd.DataFrame([tags], index=[7], columns=SPEEDS.access.of_nodes, dtype=object)
    found = closing_barriers(frame.where(frame.notna(), None), SPEEDS.access, Ledger("streets"))
    expected = [] if walk and drive else [(7, walk, drive)]
    assert list(found.itertuples(name=None)) == expected


def network(path: str, cells: list[tuple[float, float]], ledger: Ledger | None = None) -> Network:
    x, y = np.array(cells, float).T
    at = (x + 1_000_000, y + 2_000_000)
    return read_network(Source(path=path), REGION, "KR", SPEEDS, cells=at, ledger=ledger or Ledger("streets", path))


# A street of 200 m with something in its middle, and a way round of 90 + 200 + 90 m.
RING = {1: (0, 10), 2: (100, 10), 3: (200, 10), 4: (200, 100), 5: (0, 100)}
STREETS = [([1, 2, 3], {"highway": "residential"}), ([3, 4, 5, 1], {"highway": "residential"})]
ENDS = [(0, 10), (200, 10)]


@pytest.mark.parametrize(
    ("tags", "walk_m", "drive_m"),
    [({"barrier": "bollard"}, 200, 380), ({"barrier": "wall"}, 380, 380), ({"barrier": "gate"}, 200, 200),
     ({"barrier": "gate", "foot": "no", "motorcar": "yes"}, 380, 200)],
)  # fmt: skip
def test_a_barrier_is_gone_round_by_whom_it_stops(
    tmp_path: Path, tags: dict[str, str], walk_m: float, drive_m: float
) -> None:
    town = network(osm_file(tmp_path / "a.osm", RING, STREETS, {2: tags}), ENDS)
    # 4 km/h on foot, 30 km/h by car on a Korean residential street.
    assert from_groups(town, [np.array([0])], 3_600.0, "walk")[0, 1] == pytest.approx(walk_m / (4 / 3.6), rel=1e-3)
    assert from_groups(town, [np.array([0])], 3_600.0, "drive")[0, 1] == pytest.approx(drive_m / (30 / 3.6), rel=1e-3)


def test_a_barrier_is_come_up_to_from_either_side(tmp_path: Path) -> None:
    # Cells at the ends and 10 m on either side of the bollard, where the street has nodes.
    nodes = RING | {6: (90, 10), 7: (110, 10), 8: (90, 0), 9: (110, 0)}
    ways = [([1, 6, 2, 7, 3], {"highway": "residential"}), STREETS[1]]
    ways += [([6, 8], {"highway": "residential"}), ([7, 9], {"highway": "residential"})]
    town = network(osm_file(tmp_path / "a.osm", nodes, ways, {2: {"barrier": "bollard"}}), [*ENDS, (90, 10), (110, 10)])
    seconds = from_groups(town, [np.array([0])], 3_600.0, "drive")[0]
    # 90 m to the near side; 380 m round and 90 m back to the far one.
    assert seconds[2:].tolist() == pytest.approx([90 / (30 / 3.6), 470 / (30 / 3.6)], rel=1e-3)


def test_a_barrier_at_a_junction_stops_nobody_and_is_counted(tmp_path: Path) -> None:
    nodes = RING | {6: (100, 0)}
    ledger = Ledger("streets")
    path = osm_file(
        tmp_path / "a.osm", nodes, [*STREETS, ([2, 6], {"highway": "footway"})], {2: {"barrier": "bollard"}}
    )
    town = network(path, ENDS, ledger)
    assert from_groups(town, [np.array([0])], 3_600.0, "drive")[0, 1] == pytest.approx(200 / (30 / 3.6), rel=1e-3)
    assert "1 barriers at junctions stop nobody: the street they stand on is not known" in ledger.notes


def graph(**about: str) -> nx.MultiDiGraph:
    """An osmnx graph of three nodes 100 m apart, without streets."""
    found = nx.MultiDiGraph(crs="epsg:4326", created_with="test", simplified=True, **about)
    for node, (east, north) in {1: (0, 10), 2: (100, 10), 3: (200, 10), 4: (100, 200)}.items():
        lon, lat = degrees(east, north)
        found.add_node(node, x=lon, y=lat, street_count=1)
    return found


def both_ways(found: nx.MultiDiGraph, u: int, v: int, **tags: object) -> None:
    found.add_edge(u, v, highway="residential", oneway=False, reversed=False, **tags)
    found.add_edge(v, u, highway="residential", oneway=False, reversed=True, **tags)


def test_barriers_that_a_graph_keeps_as_nodes(tmp_path: Path) -> None:
    town = graph()
    town.nodes[2]["barrier"] = "bollard"
    both_ways(town, 1, 2, osmid=1, length=100.0)
    both_ways(town, 2, 3, osmid=1, length=100.0)
    both_ways(town, 3, 4, osmid=2, length=150.0)
    both_ways(town, 4, 1, osmid=2, length=150.0)
    ox.save_graphml(town, tmp_path / "g.graphml")
    ledger = Ledger("streets")
    found = network(str(tmp_path / "g.graphml"), ENDS, ledger)
    assert from_groups(found, [np.array([0])], 3_600.0, "walk")[0, 1] == pytest.approx(200 / (4 / 3.6), rel=1e-4)
    assert from_groups(found, [np.array([0])], 3_600.0, "drive")[0, 1] == pytest.approx(300 / (30 / 3.6), rel=1e-4)
    assert "GraphML holds no turn restrictions, and of barriers only those that the graph kept as nodes" in ledger.notes
    assert "no street of the graph is one way: a graph made for walking does not know which are" in ledger.notes


def test_rules_for_one_direction_go_with_the_drawing_of_the_street(tmp_path: Path) -> None:
    # Drawn from 1 to 2: not driven backward, not walked forward, and slower backward from 2 to 3.
    town = graph()
    both_ways(town, 1, 2, osmid=1, length=100.0, **{"motor_vehicle:backward": "no", "foot:forward": "no"})
    both_ways(town, 2, 3, osmid=2, length=100.0, **{"maxspeed:forward": "60", "maxspeed:backward": "20"})
    both_ways(town, 3, 4, osmid=3, length=150.0)
    both_ways(town, 4, 1, osmid=4, length=150.0)
    ox.save_graphml(town, tmp_path / "g.graphml")
    found = network(str(tmp_path / "g.graphml"), [*ENDS, (100, 10)])
    drive = from_groups(found, [np.array([0]), np.array([1]), np.array([2])], 3_600.0, "drive")
    walk = from_groups(found, [np.array([0]), np.array([2])], 3_600.0, "walk")
    # 1 to 2: 100 m at 30 km/h is 12 s; back by 3 and 4: 100 m at 60 km/h and 300 m at 30 km/h, 6 + 36 s.
    assert (drive[0, 2], drive[2, 0]) == (pytest.approx(12, rel=1e-4), pytest.approx(42, rel=1e-4))
    # 3 to 2 at 20 km/h: 18 s.
    assert drive[1, 2] == pytest.approx(18, rel=1e-4)
    assert walk[0, 2] == pytest.approx(400 / (4 / 3.6), rel=1e-4)
    assert walk[1, 0] == pytest.approx(100 / (4 / 3.6), rel=1e-4)


def test_a_merged_street_is_as_its_worst_part(tmp_path: Path) -> None:
    town = graph()
    town.add_edge(1, 2, osmid=[1, 4], highway=["secondary", "primary"], oneway=True, reversed=False, length=100.0)
    town.add_edge(2, 3, osmid=5, highway=["residential", "pedestrian"], oneway=True, reversed=False, length=100.0)
    town.add_edge(3, 4, osmid=6, highway="residential", motor_vehicle=["yes", "permit"], oneway=True, length=100.0)
    town.add_edge(4, 1, osmid=7, highway=["residential", "construction"], oneway=True, length=100.0)
    ox.save_graphml(town, tmp_path / "g.graphml")
    ledger = Ledger("streets")
    found = network(str(tmp_path / "g.graphml"), [(0, 10)], ledger)
    # Only the first is driven, at the 50 km/h of a secondary street, and the last not in use.
    assert found.drive_s[np.isfinite(found.drive_s)].tolist() == pytest.approx([100 / (50 / 3.6)], rel=1e-5)
    assert ledger.dropped == {"class construction|residential, not a street in use": 1}
    lines = lines_of(read_streets(Source(path=str(tmp_path / "g.graphml")), REGION, SPEEDS, Ledger("streets")), REGION)
    assert lines["highway"].tolist()[0] == "primary"
