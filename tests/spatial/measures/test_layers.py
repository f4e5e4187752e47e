"""Which sources of a region file tell a layer."""

from __future__ import annotations

from typing import Any

from spatial.config.region import Region, path_of
from spatial.measures.layers import facilities_of, sources

BASE: dict[str, Any] = {
    "region": "r",
    "name": {"ko": "시험", "en": "test"},
    "country": "KR",
    "boundary": {"bbox": [127.0, 37.0, 127.1, 37.1]},
    "candidates": {"path": "c.geojson"},
}
FACILITIES = [
    {"kind": "table", "path": "wifi.csv", "facility": "wifi"},
    {"kind": "table", "path": "all.csv", "kind_column": "type"},
    {"kind": "osm", "path": "stops.pbf", "kinds": ["transit_stop"]},
    {"kind": "osm", "path": "map.pbf"},
]
COUNTED = {"kind": "zone_table", "path": "stops.csv", "code": "c", "columns": {"transit_stops": "n"}}


def region(*counts: dict[str, Any]) -> Region:
    return Region.model_validate({**BASE, "sources": {"facilities": FACILITIES, "counts": list(counts)}})


def test_a_kind_of_facility_is_told_by_the_sources_that_may_have_it() -> None:
    assert [path_of(each) for each in facilities_of("wifi", region())] == ["wifi.csv", "all.csv", "map.pbf"]
    assert [path_of(each) for each in facilities_of("transit_stop", region())] == ["all.csv", "stops.pbf", "map.pbf"]


def test_stops_are_told_by_the_facilities_where_no_table_counts_them() -> None:
    assert [path_of(each) for each in sources("transit_stops", region(COUNTED))] == ["stops.csv"]
    assert [path_of(each) for each in sources("transit_stops", region())] == ["all.csv", "stops.pbf", "map.pbf"]
    assert sources("households", region(COUNTED)) == []
