"""Ferries and piers of an OpenStreetMap file: how long is said to take what, and which lines belong together."""

from pathlib import Path

import pytest

from spatial.reading.osm_ferries import Ferries, FerryQuery, seconds
from spatial.reading.osm_file import OsmFile
from spatial.reading.provenance import Ledger
from tests.spatial.files import degrees, osm_file

NODES = {1: (0, 0), 2: (500, 0), 3: (3_000, 0), 4: (6_000, 0), 5: (-50, 0), 8: (90_000, 0), 9: (91_000, 0)}


def read(path: Path, ways: list[tuple], relations: list[tuple] = ()) -> Ferries:
    """``relations``: (way numbers, tags), all members without a role but the last, which is a platform."""
    osm_file(path, NODES, ways)
    text = ""
    for number, (members, tags) in enumerate(relations, 1):
        text += f'<relation id="{number}" version="1">'
        for at, ref in enumerate(members, 1):
            text += f'<member type="way" ref="{ref}" role="{"platform" if at == len(members) else ""}"/>'
        text += "".join(f'<tag k="{k}" v="{v}"/>' for k, v in tags.items()) + "</relation>"
    path.write_text(path.read_text(encoding="utf-8").replace("</osm>", text + "</osm>"), encoding="utf-8")
    west, south = degrees(-100, -100)
    east, north = degrees(1_000, 1_000)
    return OsmFile(str(path)).ask(FerryQuery((west, south, east, north))).take(Ledger("streets"))


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("00:40", 2400),
        ("1:15", 4500),
        ("0:05:30", 330),
        ("48:00", 172_800),
        ("40", 2400),
        ("7.5", 450),
        ("PT1H30M", 5400),
        ("PT45M", 2700),
        ("P1DT2H", 93_600),
        ("PT90S", 90),
        ("40 min", 2400),
        ("1 h 20 min", 4800),
        ("2 hours", 7200),
        ("1h05", 3900),
        ("1시간 30분", 5400),
        ("", None),
        ("00:00", None),
        ("P", None),
        ("00:40;00:50", None),
        ("30-40 min", None),
        ("daily", None),
        ("-40", None),
    ],
)
def test_durations_as_written(written: str, found: float | None) -> None:
    assert seconds(written) == found


def test_a_way_a_relation_and_a_pier(tmp_path: Path) -> None:
    found = read(
        tmp_path / "a.osm",
        [
            ([1, 2], {"man_made": "pier"}),
            ([2, 3], {"route": "ferry", "foot": "yes"}),
            ([3, 4], {}),
            ([5, 1], {"highway": "service"}),
            ([1, 5], {"man_made": "pier", "highway": "footway"}),
            ([8, 9], {"route": "ferry"}),
            ([2, 4], {"route": "ferry", "ferry": "no"}),
        ],
        [([2, 3, 4, 1], {"type": "route", "route": "ferry", "duration": "01:00"})],
    )
    # The part that says nothing is a ferry by its relation, the platform and the street on land are none; what lies
    # elsewhere is not read, but a route that begins here is read to its end.
    tags = found.ways.tags.assign(way=found.ways.way).set_index("way")
    assert tags["route"].to_dict() == {1: None, 2: "ferry", 3: "ferry"}
    assert tags.loc[2, "foot"] == "yes"
    assert [members for _, members in found.routes] == [[2, 3]]
    assert found.routes[0][0]["duration"] == "01:00"


def test_piers_alone_are_of_no_use(tmp_path: Path) -> None:
    assert read(tmp_path / "a.osm", [([1, 2], {"man_made": "pier"}), ([1, 5], {"highway": "path"})]).numbers == set()


def test_a_ferry_cut_off_keeps_no_duration(tmp_path: Path) -> None:
    found = read(tmp_path / "a.osm", [([1, 2, 77], {"route": "ferry", "duration": "00:40"})])
    assert found.ways.tags["duration"].tolist() == [None]
