"""Streets from OpenStreetMap and GraphML: junctions, speeds, one-way streets, loose bits; lengths by hand."""

from pathlib import Path

import networkx as nx
import numpy as np
import osmnx as ox
import pytest

from geojeom.catalogues import CATALOGUES
from geojeom.checked_yaml import read_catalogue
from geojeom.errors import SourceError
from spatial.config.region import Source
from spatial.reading.osm import WayQuery
from spatial.reading.osm_file import OsmFile
from spatial.reading.osm_rules import RuleQuery
from spatial.reading.provenance import Ledger
from spatial.reading.tags import SpeedTable
from spatial.streets.graph import build
from spatial.streets.links import links_of_ways
from spatial.streets.network import Network
from tests.spatial.files import area, degrees, osm_file
from tests.spatial.whole import read_network

SPEEDS = read_catalogue(CATALOGUES / "speeds.yaml", SpeedTable)
REGION = area(1_000, 1_000)
AT = (np.array([1_000_050.0]), np.array([2_000_050.0]))


def network(path: str, ledger: Ledger | None = None) -> Network:
    return read_network(Source(path=path), REGION, "KR", SPEEDS, cells=AT, ledger=ledger or Ledger("streets", path))


def edges(found: Network) -> dict[tuple[tuple[int, int], tuple[int, int]], tuple[float, float, float]]:
    """(east, north) of both ends, rounded to metres -> length, walking and driving seconds."""
    place = [(round(x - 1_000_000), round(y - 2_000_000)) for x, y in zip(found.node_x_m, found.node_y_m, strict=True)]
    out = {}
    for tail in range(len(place)):
        for at in range(found.indptr[tail], found.indptr[tail + 1]):
            measures = (found.length_m[at], found.walk_s[at], found.drive_s[at])
            out[place[tail], place[found.indices[at]]] = tuple(float(value) for value in measures)
    return out


def test_ways_are_split_where_they_meet(tmp_path: Path) -> None:
    # A residential street of 180 m, crossed in its middle by a footpath; node 5 only bends the footpath.
    nodes = {1: (0, 0), 2: (90, 0), 3: (180, 0), 4: (90, -50), 5: (90, 40), 6: (120, 80)}
    ways = [([1, 2, 3], {"highway": "residential"}), ([4, 2, 5, 6], {"highway": "footway"})]
    found = edges(network(osm_file(tmp_path / "a.osm", nodes, ways)))
    assert set(found) == {
        ((0, 0), (90, 0)),
        ((90, 0), (0, 0)),
        ((90, 0), (180, 0)),
        ((180, 0), (90, 0)),
        ((90, -50), (90, 0)),
        ((90, 0), (90, -50)),
        ((90, 0), (120, 80)),
        ((120, 80), (90, 0)),
    }
    # 90 m at 4 km/h is 81 s, at the 30 km/h of a Korean residential street 10.8 s.
    assert found[(0, 0), (90, 0)] == pytest.approx((90, 81, 10.8), rel=1e-4)
    # Round the bend 40 + 50 m, and no driving on a footpath.
    length, walk, drive = found[(90, 0), (120, 80)]
    assert (length, walk) == pytest.approx((90, 81), rel=1e-4)
    assert drive == np.inf


def test_long_streets_get_nodes_in_between(tmp_path: Path) -> None:
    nodes = {at: (at * 90.0, 0) for at in range(8)}
    found = network(osm_file(tmp_path / "a.osm", nodes, [(list(nodes), {"highway": "residential"})]))
    # Nodes stand at 0, 90 … 630 m; those first past 200, 400 and 600 m become nodes of the network.
    assert sorted(np.round(found.node_x_m - 1_000_000).astype(int).tolist()) == [0, 270, 450, 630]


def test_one_way_streets_bind_cars_only(tmp_path: Path) -> None:
    nodes = {1: (0, 0), 2: (100, 0), 3: (100, 100), 4: (0, 100)}
    ways = [
        ([1, 2], {"highway": "residential", "oneway": "yes"}),
        ([2, 3], {"highway": "residential", "oneway": "-1"}),
        ([3, 4, 1], {"highway": "residential"}),
    ]
    found = edges(network(osm_file(tmp_path / "a.osm", nodes, ways)))
    drive = {pair: values[2] < np.inf for pair, values in found.items()}
    assert drive[(0, 0), (100, 0)]
    assert not drive[(100, 0), (0, 0)]
    assert drive[(100, 100), (100, 0)]
    assert not drive[(100, 0), (100, 100)]
    assert all(values[1] < np.inf for values in found.values())


def test_of_parallel_streets_the_quickest_counts_for_each_mode(tmp_path: Path) -> None:
    # A straight footpath of 100 m and a round road of 200 m between the same nodes.
    nodes = {1: (0, 0), 2: (100, 0), 3: (0, 50), 4: (100, 50)}
    ways = [([1, 2], {"highway": "footway"}), ([1, 3, 4, 2], {"highway": "residential"})]
    found = edges(network(osm_file(tmp_path / "a.osm", nodes, ways)))
    assert found[(0, 0), (100, 0)] == pytest.approx((100, 90, 24), rel=1e-4)


def test_separate_bits_are_left_out_and_counted(tmp_path: Path) -> None:
    nodes = {1: (0, 0), 2: (100, 0), 3: (100, 90), 8: (500, 500), 9: (500, 600)}
    ways = [([1, 2, 3], {"highway": "residential"}), ([2, 1], {"highway": "service"}), ([8, 9], {"highway": "track"})]
    ledger = Ledger("streets")
    found = network(osm_file(tmp_path / "a.osm", nodes, ways), ledger)
    assert len(found.node_x_m) == 3
    assert "1 separate bits of street left out, 0.1 km" in ledger.notes


def test_a_cell_joins_where_both_modes_can_go_on(tmp_path: Path) -> None:
    # The nearest node of the cell at (50, 50) is on a footpath (30, 50); the next on a motorway; the road is farther.
    nodes = {1: (30, 50), 2: (30, 200), 3: (70, 60), 4: (300, 60), 5: (30, 300), 6: (300, 300)}
    ways = [
        ([1, 2, 5], {"highway": "footway"}),
        ([3, 4], {"highway": "motorway_link", "oneway": "no"}),
        ([4, 6], {"highway": "primary"}),
        ([5, 6], {"highway": "residential"}),
    ]
    found = network(osm_file(tmp_path / "a.osm", nodes, ways))
    x, y = found.node_x_m[found.cell_node[0]] - 1_000_000, found.node_y_m[found.cell_node[0]] - 2_000_000
    assert (round(x), round(y)) == (300, 60)
    assert found.cell_access_m[0] == pytest.approx(np.hypot(250, 10), abs=0.01)


def test_classes_not_in_use_and_streets_outside_are_counted(tmp_path: Path) -> None:
    nodes = {1: (10, 10), 2: (100, 10), 3: (100, 90), 8: (9_000, 9_000), 9: (9_100, 9_000)}
    ways = [
        ([1, 2], {"highway": "residential"}),
        ([2, 3], {"highway": "construction"}),
        ([8, 9], {"highway": "residential"}),
        ([1, 77], {"highway": "residential"}),
    ]
    ledger = Ledger("streets")
    network(osm_file(tmp_path / "a.osm", nodes, ways), ledger)
    assert (ledger.read, ledger.kept) == (4, 1)
    assert ledger.dropped == {
        "wholly outside the region's box": 1,
        "with fewer than two located nodes": 1,
        "class construction, not a street in use": 1,
    }


def test_a_file_without_streets_here_is_refused(tmp_path: Path) -> None:
    path = osm_file(tmp_path / "a.osm", {1: (0, 0), 2: (50, 0)}, [([1, 2], {"highway": "proposed"})])
    with pytest.raises(SourceError, match="expected streets inside the region, found none"):
        network(path)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.osm.pbf", "not a pbf", "expected an OpenStreetMap file"),
        ("a.graphml", "<not xml", "expected a GraphML file saved by osmnx"),
        ("a.shp", "", "expected a street file (.graphml, .osm.pbf"),
    ],
)
def test_files_that_are_no_streets_are_refused(tmp_path: Path, name: str, content: str, says: str) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(SourceError) as error:
        network(str(tmp_path / name))
    assert says in str(error.value)


def junctions(**about: str) -> nx.MultiDiGraph:
    """An osmnx graph of three nodes 100 m apart, without streets."""
    graph = nx.MultiDiGraph(crs="epsg:4326", created_with="test", simplified=True, **about)
    for node, (east, north) in {1: (10, 10), 2: (110, 10), 3: (210, 10)}.items():
        lon, lat = degrees(east, north)
        graph.add_node(node, x=lon, y=lat, street_count=1)
    return graph


def test_graphml_of_osmnx(tmp_path: Path) -> None:
    graph = junctions(created_date="2023-12-18 09:30:00")
    graph.add_edge(1, 2, osmid=1, highway="residential", oneway=True, length=120.0, maxspeed="40")
    graph.add_edge(2, 3, osmid=2, highway=["primary", "secondary"], oneway=False, length=100.0)
    graph.add_edge(3, 2, osmid=2, highway=["primary", "secondary"], oneway=False, length=100.0)
    ox.save_graphml(graph, tmp_path / "g.graphml")
    ledger = Ledger("streets")
    found = network(str(tmp_path / "g.graphml"), ledger)
    assert found.kind == "graphml"
    assert "snapshot of OpenStreetMap taken 2023-12-18" in ledger.notes
    assert ledger.vintage == "2023-12-18"
    pairs = edges(found)
    # 120 m at 40 km/h along, not back; walking 120 m at 4 km/h both ways; a secondary street in Korea 50 km/h.
    assert pairs[(10, 10), (110, 10)] == pytest.approx((120, 108, 10.8), rel=1e-5)
    assert pairs[(110, 10), (10, 10)] == pytest.approx((120, 108, np.inf), rel=1e-5)
    assert pairs[(210, 10), (110, 10)] == pytest.approx((100, 90, 7.2), rel=1e-5)


def test_streets_that_osmnx_merged_go_at_their_lowest_limit_and_are_closed_where_a_part_is(tmp_path: Path) -> None:
    graph = junctions()
    graph.add_edge(1, 2, osmid=[1, 4], highway=["tertiary", "service"], maxspeed=["60", "30"], length=100.0)
    graph.add_edge(2, 3, osmid=[2, 3], highway="service", access=["yes", "private"], foot="yes", length=100.0)
    graph.add_edge(3, 2, osmid=[2, 3], highway="service", length=float("nan"))
    ox.save_graphml(graph, tmp_path / "g.graphml")
    ledger = Ledger("streets", vintage="2020")
    pairs = edges(network(str(tmp_path / "g.graphml"), ledger))
    # 100 m at 30 km/h; the yard is walked through only.
    assert pairs[(10, 10), (110, 10)] == pytest.approx((100, 90, 12), rel=1e-5)
    assert pairs[(110, 10), (210, 10)] == pytest.approx((100, 90, np.inf), rel=1e-5)
    assert (ledger.read, ledger.kept, ledger.dropped, ledger.vintage) == (3, 2, {"without a length": 1}, "2020")


@pytest.mark.parametrize(
    ("edge", "says"),
    [
        (None, "found Graph contains no edges"),
        ({"highway": "service"}, "found a graph without length"),
        ({"length": 5.0}, "found a graph without highway"),
    ],
)
def test_graphml_that_is_no_street_network_is_refused(tmp_path: Path, edge: dict | None, says: str) -> None:
    graph = junctions()
    if edge:
        graph.add_edge(1, 2, osmid=1, **edge)
    ox.save_graphml(graph, tmp_path / "g.graphml")
    with pytest.raises(SourceError, match=f"expected a GraphML file saved by osmnx, {says}"):
        network(str(tmp_path / "g.graphml"))


def test_a_graph_that_does_not_say_which_streets_are_one_way_is_refused(tmp_path: Path) -> None:
    graph = junctions()
    graph.add_edge(1, 2, osmid=1, highway="service", oneway=True, length=100.0)
    ox.save_graphml(ox.convert.to_undirected(graph), tmp_path / "g.graphml")
    with pytest.raises(SourceError, match="an undirected graph, which does not say which streets are one-way"):
        network(str(tmp_path / "g.graphml"))


def test_links_do_not_depend_on_the_order_of_ways(tmp_path: Path) -> None:
    nodes = {1: (0, 0), 2: (100, 0), 3: (100, 90), 4: (30, 60)}
    ways = [([1, 2], {"highway": "residential"}), ([2, 3], {"highway": "primary"}), ([1, 4, 3], {"highway": "path"})]
    one = edges(network(osm_file(tmp_path / "a.osm", nodes, ways)))
    other = edges(network(osm_file(tmp_path / "b.osm", nodes, ways[::-1])))
    assert one == other


def test_build_needs_no_cells(tmp_path: Path) -> None:
    path = osm_file(tmp_path / "a.osm", {1: (0, 0), 2: (50, 0)}, [([1, 2], {"highway": "residential"})])
    ledger = Ledger("streets")
    ways = OsmFile(path).ask(WayQuery("highway", SPEEDS.access.of_ways, REGION.degrees)).take(ledger)
    rules = OsmFile(path).ask(RuleQuery(SPEEDS.access)).take(ways)
    links, _ = links_of_ways(ways, rules, SPEEDS, "KR", crs=REGION.crs, ledger=ledger)
    found = build(links, (np.array([]), np.array([])), 100, SPEEDS, kind="osm", ledger=ledger)
    assert found.cell_node.shape == (0,)
