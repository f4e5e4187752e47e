"""A region cut out of a country's file reads as from the country's; without a network a download says so."""

import bz2
import gzip
from pathlib import Path

import networkx as nx
import osmium
import osmnx as ox
import pytest
import requests

from geojeom.catalogues import CATALOGUES
from geojeom.checked_yaml import read_catalogue
from geojeom.errors import SourceError
from spatial.reading.osm import PointQuery, WayQuery
from spatial.reading.osm_extract import cut, download
from spatial.reading.osm_ferries import FerryQuery
from spatial.reading.osm_file import OsmFile, snapshot
from spatial.reading.osm_rules import RuleQuery
from spatial.reading.projection import expected
from spatial.reading.provenance import Ledger
from spatial.reading.tags import SpeedTable, TagTable
from spatial.streets.graphml import read_graphml
from tests.spatial.files import degrees, osm_file

ACCESS = read_catalogue(CATALOGUES / "speeds.yaml", SpeedTable).access
STOPS = TagTable.model_validate({"stop": {"label": {"ko": "정류장", "en": "Stop"}, "match": [{"highway": "bus_stop"}]}})
BOX = (*degrees(-50, -50), *degrees(350, 50))


@pytest.fixture
def country(tmp_path: Path) -> str:
    """A street across the box's east side, one inside it, one across its corner between two nodes, one far away."""
    nodes = {
        1: (0, 0),
        2: (300, 0),
        3: (900, 0),
        4: (0, 40),
        5: (90_000, 0),
        6: (91_000, 0),
        7: (200, 250),
        8: (500, -150),
    }
    ways = [([1, 2, 3], {"highway": "primary"}), ([1, 4], {"highway": "service"}), ([5, 6], {"highway": "primary"})]
    ways.append(([7, 8], {"highway": "motorway"}))
    return osm_file(tmp_path / "country.osm", nodes, ways, {3: {"name": "outside"}, 4: {"highway": "bus_stop"}})


def test_streets_of_the_extract_are_those_of_the_country(country: str, tmp_path: Path) -> None:
    assert cut(country, tmp_path / "city.osm.pbf", BOX) == 3
    whole, part = Ledger("country"), Ledger("city")
    ways = OsmFile(country).ask(WayQuery("highway", ["highway"], BOX)).take(whole)
    cut_out = OsmFile(str(tmp_path / "city.osm.pbf")).ask(WayQuery("highway", ["highway"], BOX)).take(part)
    assert cut_out.tags["highway"].tolist() == ways.tags["highway"].tolist() == ["primary", "service", "motorway"]
    assert cut_out.node.tolist() == ways.node.tolist() == [1, 2, 3, 1, 4, 7, 8]
    assert cut_out.lon.tolist() == ways.lon.tolist()
    assert (whole.read, part.read) == (4, 3)


def test_barriers_and_turn_restrictions_are_in_the_extract(tmp_path: Path) -> None:
    nodes = {1: (0, 0), 2: (100, 0), 3: (200, 0), 4: (100, 40), 5: (90_000, 0), 6: (91_000, 0)}
    streets = [([1, 2], {"highway": "service"}), ([2, 3], {"highway": "service"}), ([2, 4], {"highway": "service"})]
    members = [("way", 1, "from"), ("node", 2, "via"), ("way", 3, "to")]
    relations = [({"type": "restriction", "restriction": "no_left_turn"}, members)]
    path = osm_file(tmp_path / "land.osm", nodes, streets, {4: {"barrier": "bollard"}}, relations)
    cut(path, tmp_path / "city.osm.pbf", BOX)
    for file in (path, str(tmp_path / "city.osm.pbf")):
        found = (
            OsmFile(file)
            .ask(RuleQuery(ACCESS))
            .take(OsmFile(file).ask(WayQuery("highway", ["highway"], BOX)).take(Ledger("s")))
        )
        assert found.nodes["barrier"].to_dict() == {4: "bollard"}
        assert [(turn.start, turn.node, turn.end) for turn in found.turns] == [([1], [2], [3])]


def test_the_day_of_the_country_is_that_of_the_extract(country: str, tmp_path: Path) -> None:
    dated = tmp_path / "dated.osm.pbf"
    header = osmium.io.Header()
    header.set("osmosis_replication_timestamp", "2026-06-30T20:21:00Z")
    with osmium.SimpleWriter(str(dated), header=header) as writer:
        for item in osmium.FileProcessor(country):
            writer.add(item)
    cut(str(dated), tmp_path / "city.osm.pbf", BOX)
    for query in (WayQuery("highway", ["highway"], BOX), PointQuery(STOPS, ["highway"], BOX)):
        ledger = Ledger("city")
        OsmFile(str(tmp_path / "city.osm.pbf")).ask(query).take(ledger)
        assert ledger.vintage == "2026-06-30"
        assert ledger.notes == ["snapshot of OpenStreetMap taken 2026-06-30"]


@pytest.mark.parametrize("kind", [".osm", ".osm.gz", ".osm.bz2"])
def test_the_day_at_the_top_of_an_xml_file_is_read(country: str, tmp_path: Path, kind: str) -> None:
    text = Path(country).read_text(encoding="utf-8")
    head, rest = text.split('<osm version="0.6">', 1)
    for at, top in enumerate(
        (
            '<osm version="0.6" timestamp="2026-06-30T01:00:00Z">',
            '<osm version="0.6">\n<meta osm_base="2026-06-30T01:00:00Z"/>',
        )
    ):
        path = tmp_path / f"{at}{kind}"
        pack = {".osm.gz": gzip.compress, ".osm.bz2": bz2.compress}.get(kind, bytes)
        path.write_bytes(pack((head + top + rest).encode()))
        assert snapshot(str(path)) == "2026-06-30"
    assert snapshot(country) == ""


@pytest.mark.parametrize(
    ("vintage", "right"), [("2025-03", False), ("2026-01", True), ("2026-01-30", True), ("", True)]
)
def test_a_vintage_before_the_newest_street_is_told(tmp_path: Path, vintage: str, right: bool) -> None:
    path = Path(osm_file(tmp_path / "c.osm", {1: (0, 0), 2: (100, 0)}, [([1, 2], {"highway": "residential"})]))
    text = path.read_text(encoding="utf-8").replace('<way id="1"', '<way id="1" timestamp="2026-01-30T09:00:00Z"')
    path.write_text(text, encoding="utf-8")
    ledger = Ledger("streets", str(path), vintage=vintage)
    OsmFile(str(path)).ask(WayQuery("highway", ["highway"], (-180, -90, 180, 90))).take(ledger)
    told = f"the vintage {vintage} cannot be right: a street was edited 2026-01-30"
    assert (told in ledger.notes) is not right


def test_an_extract_without_anything_is_refused_and_not_written(country: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="expected objects in the region's box, found none"):
        cut(country, tmp_path / "city.osm.pbf", (0, 0, 1, 1))
    with pytest.raises(SourceError, match="no such file"):
        cut(str(tmp_path / "none.osm.pbf"), tmp_path / "city.osm.pbf", BOX)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["country.osm"]


def test_a_download_keeps_its_day_and_what_says_who_may_pass(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # A street over five nodes: 2 is a bollard, 4 but a bend.
    def answer(place: str, *, simplify: bool, **_: object) -> nx.MultiDiGraph:
        assert (place, simplify) == ("Suwon, South Korea", False)
        assert "motor_vehicle:backward" in ox.settings.useful_tags_way
        assert {"barrier", "foot"} <= set(ox.settings.useful_tags_node)
        graph = nx.MultiDiGraph(
            crs="epsg:4326", created_date="2026-05-04 03:02:01", created_with="OSMnx", simplified=False
        )
        for node in range(1, 6):
            lon, lat = degrees(50 * node, 10 * (node == 4))
            graph.add_node(node, x=lon, y=lat)
        graph.nodes[2]["barrier"] = "bollard"
        for node in range(1, 5):
            graph.add_edge(node, node + 1, osmid=7, highway="residential", oneway=True, reversed=False, length=50.0)
        return graph

    monkeypatch.setattr(ox, "graph_from_place", answer)
    monkeypatch.setattr(ox.settings, "useful_tags_way", ["highway"])
    monkeypatch.setattr(ox.settings, "useful_tags_node", ["highway"])
    assert download("Suwon, South Korea", tmp_path / "suwon.graphml", ACCESS) == "2026-05-04"
    ledger = Ledger("streets")
    nodes, edges = read_graphml(
        str(tmp_path / "suwon.graphml"), ["highway"], ["barrier"], box=BOX, extent=expected("KR"), ledger=ledger
    )
    assert nodes["barrier"].dropna().to_dict() == {2: "bollard"}
    assert edges[["u", "v", "length"]].to_numpy().tolist() == [[1, 2, 50], [2, 5, 150]]
    assert ledger.vintage == "2026-05-04"
    assert ox.settings.cache_folder == tmp_path / "osmnx"


def test_without_a_network_a_download_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def offline(*_: object, **__: object) -> None:
        raise requests.exceptions.ConnectionError

    monkeypatch.setattr(ox, "graph_from_place", offline)
    with pytest.raises(
        SourceError, match=r"a network connection .* found ConnectionError\. Download on a machine with"
    ):
        download("Suwon, South Korea", tmp_path / "suwon.graphml", ACCESS)
    assert list(tmp_path.iterdir()) == []


def test_a_place_nobody_knows_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise ox._errors.InsufficientResponseError("no results")

    monkeypatch.setattr(ox, "graph_from_place", unknown)
    with pytest.raises(SourceError, match="Nowhere: expected a place OpenStreetMap knows by an area, found no results"):
        download("Nowhere", tmp_path / "nowhere.graphml", ACCESS)


def test_a_ferry_is_whole_in_the_extract_with_its_route(tmp_path: Path) -> None:
    # The route leaves the box by a first way and lands 80 km off by a second, which has no node near the box.
    nodes = {1: (0, 0), 2: (300, 0), 3: (40_000, 0), 4: (80_000, 0)}
    ways = [([1, 2], {"highway": "primary"}), ([2, 3], {"route": "ferry"}), ([3, 4], {})]
    path = Path(osm_file(tmp_path / "country.osm", nodes, ways))
    members = "".join(f'<member type="way" ref="{at}" role=""/>' for at in (2, 3))
    tags = '<tag k="type" v="route"/><tag k="route" v="ferry"/><tag k="duration" v="02:00"/>'
    relation = f'<relation id="1" version="1">{members}{tags}</relation></osm>'
    path.write_text(path.read_text(encoding="utf-8").replace("</osm>", relation), encoding="utf-8")
    cut(str(path), tmp_path / "city.osm.pbf", BOX)
    found = OsmFile(str(tmp_path / "city.osm.pbf")).ask(FerryQuery(BOX)).take(Ledger("streets"))
    assert found.ways.node.tolist() == [2, 3, 3, 4]
    assert found.routes == [({"type": "route", "route": "ferry", "duration": "02:00"}, [2, 3])]
