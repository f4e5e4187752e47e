"""Islands and ferries: who walks and drives where, by hand on a mainland street and an island 2 km off."""

from pathlib import Path

import networkx as nx
import numpy as np
import osmnx as ox
import pytest

from geojeom.catalogues import CATALOGUES
from geojeom.checked_yaml import read_catalogue
from spatial.config.region import Source
from spatial.measures.facilities import toward_facilities
from spatial.reading.provenance import Ledger
from spatial.reading.tags import SpeedTable
from spatial.streets.cut_off import cut_off
from spatial.streets.files import lines_of
from spatial.streets.network import Network
from spatial.streets.read import read_streets
from spatial.streets.travel import from_groups
from tests.spatial.files import X0, Y0, area, degrees, osm_file
from tests.spatial.whole import read_network

SPEEDS = read_catalogue(CATALOGUES / "speeds.yaml", SpeedTable)
REGION = area(6_000, 1_000)
# The mainland's street runs 1 km east, the island's from 3 km to 4 km; a quay stands off each shore.
NODES = {
    **{at: (at * 100.0, 100.0) for at in range(11)},
    **{20 + at: (3_000 + at * 100.0, 100.0) for at in range(11)},
    40: (1_100.0, 100.0),
    41: (2_900.0, 100.0),
    42: (2_000.0, 100.0),
    50: (1_000.0, 50.0),
}
MAINLAND = (list(range(11)), {"highway": "residential"})
ISLAND = (list(range(20, 31)), {"highway": "residential"})
# So that the mainland has the longer streets.
LANE = ([10, 50], {"highway": "residential"})
# One cell at the west end of either street, one out at sea, one on the island's far end.
CELLS = np.array([[0.0, 100.0], [3_000.0, 100.0], [5_500.0, 100.0], [4_000.0, 100.0]]) + np.array([X0, Y0])
WALK_KM_S, DRIVE_KM_S = 900.0, 120.0


def network(
    path: Path, ways: list[tuple], relation: dict | None = None, ledger: Ledger | None = None, more: dict | None = None
) -> Network:
    """``relation`` are the tags of a route of all ways after the two streets; ``more`` are further nodes."""
    osm_file(path, NODES | (more or {}), [LANE, *ways])
    if relation:
        members = "".join(f'<member type="way" ref="{at}" role=""/>' for at in range(4, len(ways) + 2))
        tags = "".join(f'<tag k="{k}" v="{v}"/>' for k, v in relation.items())
        text = path.read_text(encoding="utf-8")
        text = text.replace("</osm>", f'<relation id="1" version="1">{members}{tags}</relation></osm>')
        path.write_text(text, encoding="utf-8")
    cells = CELLS[:, 0], CELLS[:, 1]
    return read_network(
        Source(path=str(path)),
        REGION,
        "KR",
        SPEEDS,
        cells=cells,
        ledger=ledger or Ledger("streets", str(path)),
    )


def seconds(found: Network, mode: str, to: int = 1) -> float:
    """From the mainland's west end to a cell: the street's kilometre, the crossing, then the island's."""
    return float(from_groups(found, [np.array([0])], 36_000.0, mode)[0, to])


def ferry(**tags: str) -> tuple:
    return [10, 20], {"route": "ferry"} | tags


def test_an_island_without_a_link_is_reached_from_within_only(tmp_path: Path) -> None:
    found = network(tmp_path / "a.osm", [MAINLAND, ISLAND])
    assert found.cell_part.tolist() == [0, 1, -1, 1]
    assert found.cell_access_m.tolist() == pytest.approx([0, 0, np.inf, 0], abs=0.2)
    own = from_groups(found, [np.array([1])], 36_000.0)[0]
    # A kilometre on foot; not over the sea, and not to the cell 1.5 km off any street.
    assert own.tolist() == pytest.approx([np.inf, 0, np.inf, WALK_KM_S], rel=1e-3)
    said = cut_off(found, np.array([100.0, 20.0, 3.0, 4.0]))
    assert said == [
        "Over 1,000 m from any street, so that they reach nothing: 3 people.",
        "On streets joined to no others (1 such, islands for instance), within reach of one another only: 24 people.",
    ]
    assert ["3명" in said[0].ko, "24명" in said[1].ko] == [True, True]


@pytest.mark.parametrize(
    ("tags", "walks", "drives"),
    [
        ({}, True, True),
        ({"motor_vehicle": "yes"}, True, True),
        ({"motor_vehicle": "no"}, True, False),
        ({"motorcar": "no", "foot": "yes"}, True, False),
        ({"foot": "yes"}, True, False),
        ({"foot": "yes", "bicycle": "yes", "vehicle": "yes"}, True, True),
        ({"foot": "yes", "ferry": "secondary"}, True, True),
        ({"foot": "no", "motor_vehicle": "yes"}, False, True),
        ({"foot": "no"}, False, True),
        ({"access": "private"}, False, False),
        ({"access": "no", "foot": "yes"}, True, False),
        ({"access": "yes"}, True, True),
    ],
)
def test_who_may_board(tmp_path: Path, tags: dict[str, str], walks: bool, drives: bool) -> None:
    found = network(tmp_path / "a.osm", [MAINLAND, ISLAND, ferry(duration="00:40", **tags)])
    crossed = [WALK_KM_S + 2_400, DRIVE_KM_S + 2_400]
    wanted = [time if may else np.inf for time, may in zip(crossed, (walks, drives), strict=True)]
    assert [seconds(found, "walk"), seconds(found, "drive")] == pytest.approx(wanted, rel=1e-3)


def test_people_who_need_the_ferry_are_said(tmp_path: Path) -> None:
    ledger = Ledger("streets")
    found = network(tmp_path / "a.osm", [MAINLAND, ISLAND, ferry(duration="00:40")], ledger=ledger)
    said = cut_off(found, np.array([100.0, 20.0, 0.0, 4.0]))
    assert said == ["Joined to the rest by ferry only (the crossing is counted, the wait is not): 24 people."]
    assert any(note.startswith("1 ways of ferries, 2.0 km: 1 at the duration they name, 0 at") for note in ledger.notes)


@pytest.mark.parametrize("duration", [None, "daily", "00:00:10", "99:00"])
def test_without_a_duration_that_can_be_the_stated_speed_counts(tmp_path: Path, duration: str | None) -> None:
    found = network(tmp_path / "a.osm", [MAINLAND, ISLAND, ferry(**({"duration": duration} if duration else {}))])
    # 2 km at 15 km/h.
    assert seconds(found, "walk") == pytest.approx(WALK_KM_S + 480, rel=1e-3)


def test_the_duration_of_a_route_is_shared_by_length(tmp_path: Path) -> None:
    ways = [MAINLAND, ISLAND, ([10, 42], {}), ([42, 20], {"route": "ferry"})]
    route = {"type": "route", "route": "ferry", "duration": "PT40M", "motor_vehicle": "no"}
    found = network(tmp_path / "a.osm", ways, route)
    assert seconds(found, "walk") == pytest.approx(WALK_KM_S + 2_400, rel=1e-3)
    assert seconds(found, "drive") == np.inf
    # A part that names its own time keeps it: 10 minutes and half of forty.
    ways[3] = ([42, 20], {"route": "ferry", "duration": "10"})
    assert seconds(network(tmp_path / "b.osm", ways, route), "walk") == pytest.approx(WALK_KM_S + 1_800, rel=1e-3)


def test_boats_land_at_piers_or_near_a_street(tmp_path: Path) -> None:
    # A pier reaches the mainland's quay; nothing joins the island's, 100 m off its street.
    ways = [MAINLAND, ISLAND, ([40, 42, 41], {"route": "ferry", "duration": "00:40"}), ([10, 40], {"man_made": "pier"})]
    found = network(tmp_path / "a.osm", ways)
    assert seconds(found, "walk") == pytest.approx(WALK_KM_S + 90 + 2_400 + 90, rel=1e-3)
    # No car gets down a pier that is no street.
    assert seconds(found, "drive") == np.inf
    ways[3] = ([10, 40], {"man_made": "pier", "highway": "service"})
    assert seconds(network(tmp_path / "b.osm", ways), "drive") == pytest.approx(120 + 18 + 2_400 + 90, rel=1e-3)


def test_a_ferry_with_a_class_of_road_is_no_street(tmp_path: Path) -> None:
    found = network(tmp_path / "a.osm", [MAINLAND, ISLAND, ferry(duration="00:40", highway="secondary")])
    assert seconds(found, "drive") == pytest.approx(DRIVE_KM_S + 2_400, rel=1e-3)
    assert (
        len(
            lines_of(
                read_streets(Source(path=str(tmp_path / "a.osm")), REGION, SPEEDS, Ledger("streets")),
                REGION,
            )
        )
        == 3
    )


def test_cells_join_no_boat(tmp_path: Path) -> None:
    cells = CELLS.copy()
    cells[2] = [X0 + 2_000, Y0 + 100]
    osm_file(tmp_path / "a.osm", NODES, [MAINLAND, ISLAND, ([10, 42, 20], {"route": "ferry"})])
    source = Source(path=str(tmp_path / "a.osm"))
    found = read_network(source, REGION, "KR", SPEEDS, cells=(cells[:, 0], cells[:, 1]), ledger=Ledger("streets"))
    assert found.cell_access_m[2] == pytest.approx(1_000, abs=1)


def test_an_islet_counts_where_a_boat_calls(tmp_path: Path) -> None:
    islet = ([20, 21, 22], {"highway": "path"})
    assert network(tmp_path / "a.osm", [MAINLAND, islet]).cell_part.tolist() == [0, -1, -1, -1]
    found = network(tmp_path / "b.osm", [MAINLAND, islet, ferry(duration="00:40")])
    assert found.cell_part.tolist() == [0, 1, -1, 1]
    assert seconds(found, "walk") == pytest.approx(WALK_KM_S + 2_400, rel=1e-3)


def test_gaps_in_the_map_are_no_islands(tmp_path: Path) -> None:
    # 600 m of lane that begins 200 m north of the street, and a trail of 700 m that begins 500 m north of it.
    lane = {60: (50, 300), 61: (50, 600), 62: (50, 900)}
    trail = {70: (900, 600), 71: (900, 950), 72: (550, 950)}
    ways = [MAINLAND, ISLAND, (list(lane), {"highway": "track"}), (list(trail), {"highway": "path"})]
    ledger = Ledger("streets")
    found = network(tmp_path / "a.osm", ways, ledger=ledger, more=lane | trail)
    assert found.cell_part.max() == 1
    assert "2 separate bits of street left out, 1.3 km" in ledger.notes


def test_a_bit_through_no_cell_is_nobodys(tmp_path: Path) -> None:
    osm_file(tmp_path / "a.osm", NODES, [LANE, MAINLAND, ISLAND])
    cells = CELLS[:1, 0], CELLS[:1, 1]
    ledger = Ledger("streets")
    found = read_network(Source(path=str(tmp_path / "a.osm")), REGION, "KR", SPEEDS, cells=cells, ledger=ledger)
    assert found.node_x_m.max() < X0 + 1_100
    assert "1 separate bits of street left out, 1.0 km" in ledger.notes


def test_what_a_narrow_river_parts_stays_two(tmp_path: Path) -> None:
    # Two banks 60 m apart, each with a row of ten streets of 900 m, and no bridge in the file.
    bank = {north: {100 * int(north) + at: (50 + 100 * at, north) for at in range(10)} for north in range(0, 1_000, 50)}
    nodes = {number: place for row in bank.values() for number, place in row.items()}
    ways = [(list(row), {"highway": "residential"}) for row in bank.values()]
    south, north = [row for row in bank if row < 500], [row for row in bank if row >= 500]
    ways += [([100 * row for row in side], {"highway": "residential"}) for side in (south, north)]
    cells = np.array([[950.0, 450.0], [950.0, 500.0]]) + np.array([X0, Y0])
    osm_file(tmp_path / "a.osm", nodes, ways)
    source = Source(path=str(tmp_path / "a.osm"))
    found = read_network(source, REGION, "KR", SPEEDS, cells=(cells[:, 0], cells[:, 1]), ledger=Ledger("streets"))
    assert sorted(found.cell_part.tolist()) == [0, 1]
    assert seconds(found, "walk") == np.inf


FOOTBRIDGE = ([10, 42, 20], {"highway": "footway", "bridge": "yes"})


def test_over_a_footbridge_one_walks(tmp_path: Path) -> None:
    found = network(tmp_path / "a.osm", [MAINLAND, ISLAND, FOOTBRIDGE])
    assert found.cell_part.tolist() == [0, 0, -1, 0]
    assert seconds(found, "walk") == pytest.approx(WALK_KM_S + 1_800, rel=1e-3)
    assert seconds(found, "drive") == np.inf
    # Cars of the island drive on the island: a kilometre.
    own = from_groups(found, [np.array([1])], 36_000.0, "drive")[0]
    assert own.tolist() == pytest.approx([np.inf, 0, np.inf, DRIVE_KM_S], rel=1e-3)
    said = cut_off(found, np.array([100.0, 20.0, 0.0, 4.0]))
    assert said == ["Not joined to the rest by car: 24 people."]


def test_from_where_no_car_goes_one_walks_to_the_car(tmp_path: Path) -> None:
    # A quarter of footpaths beyond the end of the street: its corners lie 800 m and 1,400 m from the next car.
    quarter = {60: (1_400.0, 100.0), 61: (1_400.0, 500.0), 62: (2_400.0, 100.0)}
    paths = [([10, 60, 61], {"highway": "pedestrian"}), ([60, 62], {"highway": "footway"})]
    osm_file(tmp_path / "a.osm", NODES | quarter, [LANE, MAINLAND, *paths])
    cells = np.array([[0.0, 100.0], [1_400.0, 500.0], [2_400.0, 100.0]]) + np.array([X0, Y0])
    source = Source(path=str(tmp_path / "a.osm"))
    found = read_network(source, REGION, "KR", SPEEDS, cells=(cells[:, 0], cells[:, 1]), ledger=Ledger("streets"))
    assert seconds(found, "walk") == pytest.approx(WALK_KM_S * 1.8, rel=1e-3)
    assert seconds(found, "drive") == pytest.approx(DRIVE_KM_S + 0.8 * WALK_KM_S, rel=1e-3)
    assert seconds(found, "walk", 2) == pytest.approx(WALK_KM_S * 2.4, rel=1e-3)
    assert seconds(found, "drive", 2) == pytest.approx(DRIVE_KM_S + 1.4 * WALK_KM_S, rel=1e-3)


def test_two_ferries_from_one_quay_off_the_street(tmp_path: Path) -> None:
    # Both call at nodes 40 and 41, 100 m off either street, on which nothing lies but ferries.
    ways = [([40, 42, 41], {"route": "ferry", "duration": "40"}), ([40, 41], {"route": "ferry", "duration": "30"})]
    found = network(tmp_path / "a.osm", [MAINLAND, ISLAND, *ways])
    assert seconds(found, "walk") == pytest.approx(WALK_KM_S + 90 + 1_800 + 90, rel=1e-3)


def test_a_ferry_over_water_outside_the_file(tmp_path: Path) -> None:
    # The nodes in the middle are not in the file: both landings are, and so the time of the whole holds.
    found = network(tmp_path / "a.osm", [MAINLAND, ISLAND, ([10, 77, 78, 20], {"route": "ferry", "duration": "40"})])
    assert seconds(found, "walk") == pytest.approx(WALK_KM_S + 2_400, rel=1e-3)


def test_a_ferry_to_somewhere_else_joins_nothing(tmp_path: Path) -> None:
    ledger = Ledger("streets")
    ways = [MAINLAND, ISLAND, ([10, 42, 77], {"route": "ferry", "duration": "40"})]
    found = network(tmp_path / "a.osm", ways, ledger=ledger)
    assert seconds(found, "walk") == np.inf
    assert any("1 ways of ferries are cut off in the file" in note for note in ledger.notes)


def test_ferries_of_a_graphml(tmp_path: Path) -> None:
    graph = nx.MultiDiGraph(crs="EPSG:4326")
    for number, (east, north) in NODES.items():
        lon, lat = degrees(east, north)
        graph.add_node(number, x=lon, y=lat)
    streets = [*zip(range(10), range(1, 11), strict=True), *zip(range(20, 30), range(21, 31), strict=True), (10, 50)]
    for one, other in streets:
        for u, v in ((one, other), (other, one)):
            graph.add_edge(u, v, highway="residential", length=100.0, oneway=False)
    for u, v in ((10, 20), (20, 10)):
        graph.add_edge(u, v, route="ferry", duration="00:40", motor_vehicle="no", length=2_000.0, oneway=False)
    ox.save_graphml(graph, tmp_path / "a.graphml")
    source, cells = Source(path=str(tmp_path / "a.graphml")), (CELLS[:, 0], CELLS[:, 1])
    found = read_network(source, REGION, "KR", SPEEDS, cells=cells, ledger=Ledger("streets"))
    assert seconds(found, "walk") == pytest.approx(WALK_KM_S + 2_400, rel=1e-3)
    assert seconds(found, "drive") == np.inf
    assert len(lines_of(read_streets(source, REGION, SPEEDS, Ledger("streets")), REGION)) == len(streets)


def test_a_ferry_keeps_its_time_at_other_speeds(tmp_path: Path) -> None:
    found = network(tmp_path / "a.osm", [MAINLAND, ISLAND, ferry(duration="00:40")])
    assert found.ferry.sum() == 2
    # The national minimum walks at 3 and drives at 20 km/h, and so takes 1,200 s and 180 s for the street's kilometre.
    towards = toward_facilities(found, 3.0, 20.0)
    assert seconds(towards, "walk") == pytest.approx(1_200 + 2_400, rel=1e-3)
    assert seconds(towards, "drive") == pytest.approx(180 + 2_400, rel=1e-3)
