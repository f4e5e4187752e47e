"""What OpenStreetMap files hold and what of it is lost: every outline and street in the account."""

from __future__ import annotations

import bz2
import gzip
from pathlib import Path

import pytest

from geojeom.errors import SourceError
from spatial.reading.osm import AreaQuery, PointQuery, WayQuery
from spatial.reading.osm_file import OsmFile
from spatial.reading.provenance import Ledger
from spatial.reading.tags import TagTable
from tests.spatial.files import degrees, osm_file

BOX = (*degrees(-50, -50), *degrees(350, 350))
TABLE = TagTable.model_validate(
    {
        "building": {"label": {"ko": "건물", "en": "Building"}, "match": [{"building": "*"}]},
        "school": {"label": {"ko": "학교", "en": "School"}, "match": [{"amenity": "school"}]},
    }
)


@pytest.fixture
def town(tmp_path: Path) -> str:
    """A closed house that is a school too, one that does not close, one far away, a yard of a way the file lacks."""
    nodes = {1: (0, 0), 2: (20, 0), 3: (20, 20), 4: (0, 20), 5: (90_000, 0), 6: (90_020, 0), 7: (90_020, 20)}
    ways = [
        ([1, 2, 3, 4, 1], {"building": "yes", "amenity": "school"}),
        ([1, 2, 3], {"building": "house"}),
        ([5, 6, 7, 5], {"building": "yes"}),
        ([1, 3], {"highway": "service"}),
    ]
    path = Path(osm_file(tmp_path / "town.osm", nodes, ways, {4: {"amenity": "school"}}))
    yard = (
        '<relation id="9" version="1"><member type="way" ref="77" role="outer"/>'
        '<tag k="type" v="multipolygon"/><tag k="building" v="yes"/></relation>'
        '<relation id="10" version="1"><member type="way" ref="1" role=""/>'
        '<tag k="type" v="site"/><tag k="amenity" v="school"/></relation>'
    )
    path.write_text(path.read_text("utf-8").replace("</osm>", yard + "</osm>"), encoding="utf-8")
    return str(path)


def test_outlines_that_are_no_areas_are_counted(town: str) -> None:
    ledger = Ledger("buildings")
    areas = OsmFile(town).ask(AreaQuery(TABLE, ["building"], BOX)).take(ledger)
    assert areas["entry"].tolist() == ["building", "school"]
    assert areas.to_crs(5179).area.to_numpy() == pytest.approx([400, 400], rel=1e-3)
    assert ledger.read == 5
    assert ledger.dropped == {"wholly outside the region's box": 1, "outlines that do not close or lack a part": 2}


def test_points_are_nodes_and_areas_with_the_same_account(town: str) -> None:
    ledger = Ledger("facilities")
    found = OsmFile(town).ask(PointQuery(TABLE.only(["school"]), [], BOX)).take(ledger)
    assert len(found) == ledger.read == 2
    assert ledger.dropped == {}


@pytest.mark.parametrize("ending", [".osm", ".osm.gz", ".osm.bz2", ".xml"])
def test_ways_before_their_nodes_are_refused_not_read_as_none(town: str, tmp_path: Path, ending: str) -> None:
    lines = Path(town).read_text("utf-8").splitlines()
    nodes = [line for line in lines if line.startswith("<node")]
    ways = [line for line in lines if line.startswith("<way")]
    text = "\n".join([*lines[:2], *ways, *nodes, "</osm>"]).encode()
    path = tmp_path / f"overpass{ending}"
    path.write_bytes({".osm.gz": gzip.compress, ".osm.bz2": bz2.compress}.get(ending, bytes)(text))
    with pytest.raises(SourceError, match=r"expected ways after the nodes they run through, .* Sort the file"):
        OsmFile(str(path)).ask(WayQuery("highway", ["highway"], BOX)).take(Ledger("streets"))


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("cut.osm", b'<?xml version="1.0"?><osm version="0.6"><node id="1"', "XML parsing error"),
        ("cut.osm.gz", gzip.compress(b"<osm version='0.6'>" + bytes(range(256)) * 400, mtime=0)[:60], "gzip error"),
        ("page.osm.pbf", b"<html>404 Not Found</html>", "PBF error"),
        ("empty.osm.pbf", b"", "PBF error"),
        ("map.osm", b"\x00\x00\x00\x0dPBF", "XML parsing error"),
        ("map.gz", b"hello", "Could not detect file format"),
    ],
)
def test_files_that_are_broken_or_of_another_format_are_refused(
    tmp_path: Path, name: str, content: bytes, says: str
) -> None:
    (tmp_path / name).write_bytes(content)
    for read in (lambda path: OsmFile(path).ask(WayQuery("highway", [], BOX)).take(Ledger("s")), _points, _areas):
        with pytest.raises(SourceError) as error:
            read(str(tmp_path / name))
        (fault,) = error.value.faults
        assert fault.file == str(tmp_path / name)
        assert says in str(fault.found)
        assert "Check that the download is complete" in fault.remedy


def _points(path: str) -> None:
    OsmFile(path).ask(PointQuery(TABLE, [], BOX)).take(Ledger("s"))


def _areas(path: str) -> None:
    OsmFile(path).ask(AreaQuery(TABLE, [], BOX)).take(Ledger("s"))


@pytest.mark.parametrize("ending", [".osm", ".osm.gz"])
def test_what_an_editor_or_a_history_leaves_is_brought_to_its_present_state(tmp_path: Path, ending: str) -> None:
    # Way -5 runs over a new node; way 2 was deleted in the editor, way 3 is gone by its newest version, and of node 2
    # the newer place counts, whichever comes first.
    places = {1: degrees(0, 0), 2: degrees(100, 0), -1: degrees(50, 40)}
    old_lon, old_lat = degrees(300, 300)
    nodes = [f'<node id="2" version="1" lon="{old_lon}" lat="{old_lat}" visible="true"/>']
    nodes += [f'<node id="{at}" version="2" lon="{lon}" lat="{lat}"/>' for at, (lon, lat) in places.items()]
    street, line = '<tag k="highway" v="path"/>', '<nd ref="1"/><nd ref="2"/>'
    ways = [
        f'<way id="-5"><nd ref="1"/><nd ref="-1"/><nd ref="2"/>{street}</way>',
        f'<way id="2" version="1" action="delete" visible="true">{line}{street}</way>',
        f'<way id="3" version="1" visible="true">{line}{street}</way>',
        '<way id="3" version="2" visible="false"/>',
    ]
    text = '<osm version="0.6">' + "".join([*nodes, *ways]) + "</osm>"
    path = tmp_path / f"edited{ending}"
    path.write_bytes(gzip.compress(text.encode()) if ending.endswith("gz") else text.encode())
    ledger = Ledger("streets")
    found = OsmFile(str(path)).ask(WayQuery("highway", ["highway"], BOX)).take(ledger)
    # 2 · √(50² + 40²) m.
    assert found.lines().to_crs(5179).length.tolist() == pytest.approx([2 * (50**2 + 40**2) ** 0.5], rel=1e-3)
    assert "2 objects that the file marks as deleted are left out" in ledger.notes


def test_a_way_is_cut_where_the_file_lacks_its_nodes(tmp_path: Path) -> None:
    nodes = {1: (0, 0), 2: (30, 0), 4: (200, 0), 5: (240, 0)}
    path = osm_file(tmp_path / "a.osm", nodes, [([1, 2, 77, 4, 5], {"highway": "path"})])
    ledger = Ledger("streets")
    found = OsmFile(path).ask(WayQuery("highway", ["highway"], BOX)).take(ledger)
    assert found.lines().to_crs(5179).length.tolist() == pytest.approx([30, 40], rel=1e-3)
    assert found.way.tolist() == [1, 1]
    assert (ledger.read, ledger.repaired) == (1, {"cut where nodes are not in the file": 1})


def test_a_list_of_changes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "day.osm"
    path.write_text('<osmChange version="0.6"><create><node id="1" lat="1" lon="1" version="1"/></create></osmChange>')
    with pytest.raises(SourceError, match=r"found a list of changes \(osmChange\)"):
        OsmFile(str(path)).ask(WayQuery("highway", [], BOX)).take(Ledger("streets"))
