"""A region cut out of a country's file reads as from the country's; without a network a download says so."""

from pathlib import Path

import osmnx as ox
import pytest
import requests

from spatial.errors import SourceError
from spatial.reading.osm import read_ways
from spatial.reading.osm_extract import cut, download
from spatial.reading.provenance import Ledger
from tests.spatial.files import degrees, osm_file

BOX = (*degrees(-50, -50), *degrees(350, 50))


@pytest.fixture
def country(tmp_path: Path) -> str:
    """A street across the box's east side, one inside it, one far away."""
    nodes = {1: (0, 0), 2: (300, 0), 3: (900, 0), 4: (0, 40), 5: (90_000, 0), 6: (91_000, 0)}
    ways = [([1, 2, 3], {"highway": "primary"}), ([1, 4], {"highway": "service"}), ([5, 6], {"highway": "primary"})]
    return osm_file(tmp_path / "country.osm", nodes, ways, {3: {"name": "outside"}, 4: {"highway": "bus_stop"}})


def test_streets_of_the_extract_are_those_of_the_country(country: str, tmp_path: Path) -> None:
    assert cut(country, tmp_path / "city.osm.pbf", BOX) == 3
    whole, part = Ledger("country"), Ledger("city")
    ways = read_ways(country, "highway", ["highway"], BOX, whole)
    cut_out = read_ways(str(tmp_path / "city.osm.pbf"), "highway", ["highway"], BOX, part)
    assert cut_out.tags["highway"].tolist() == ways.tags["highway"].tolist() == ["primary", "service"]
    assert cut_out.node.tolist() == ways.node.tolist() == [1, 2, 3, 1, 4]
    assert cut_out.lon.tolist() == ways.lon.tolist()
    assert (whole.read, part.read) == (3, 2)


def test_an_extract_without_anything_is_refused_and_not_written(country: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="expected objects in the region's box, found none"):
        cut(country, tmp_path / "city.osm.pbf", (0, 0, 1, 1))
    with pytest.raises(SourceError, match="no such file"):
        cut(str(tmp_path / "none.osm.pbf"), tmp_path / "city.osm.pbf", BOX)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["country.osm"]


def test_without_a_network_a_download_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def offline(*_: object, **__: object) -> None:
        raise requests.exceptions.ConnectionError

    monkeypatch.setattr(ox, "graph_from_place", offline)
    with pytest.raises(
        SourceError, match=r"a network connection .* found ConnectionError\. Download on a machine with"
    ):
        download("Suwon, South Korea", tmp_path / "suwon.graphml")
    assert list(tmp_path.iterdir()) == []


def test_a_place_nobody_knows_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise ox._errors.InsufficientResponseError("no results")

    monkeypatch.setattr(ox, "graph_from_place", unknown)
    with pytest.raises(SourceError, match="Nowhere: expected a place OpenStreetMap knows by an area, found no results"):
        download("Nowhere", tmp_path / "nowhere.graphml")
