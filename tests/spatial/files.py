"""Small source files near the origin of EPSG:5179, where a degree is easy to place, for the tests of the readers."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_origin

import shapely
from pydantic import TypeAdapter

from spatial.config.region import Sourced, Sources
from spatial.reading.boundary import Area
from spatial.reading.projection import KOREA, expected, unproject

X0, Y0 = 1_000_000.0, 2_000_000.0


def degrees(east_m: float, north_m: float) -> tuple[float, float]:
    """Lon, lat of a point so many metres east and north of (X0, Y0)."""
    lon, lat = unproject([X0 + east_m], [Y0 + north_m], KOREA)
    return float(lon[0]), float(lat[0])


def area(width_m: float, height_m: float, size_m: int = 100) -> Area:
    """A rectangle whose lower left corner is (X0, Y0)."""
    polygon = shapely.box(X0, Y0, X0 + width_m, Y0 + height_m)
    west, south = degrees(0, 0)
    east, north = degrees(width_m, height_m)
    return Area(polygon, KOREA, (west, south, east, north), expected("KR"), size_m)


def region_of(**keys: Any) -> Sourced:
    """A region by the keys of its file, with something for those that every file has."""
    needed = {"region": "town", "name": {"ko": "시", "en": "Town"}, "boundary": {"bbox": [127, 37, 127.1, 37.1]}}
    return Sourced.model_validate(needed | {"sources": {}} | keys)


def source_of(key: str, /, **spec: Any) -> Any:
    """What a region file says of one entry of its sources (``zones``, ``counts``), every default filled in."""
    kind = Sources.model_fields[key].annotation
    entry = TypeAdapter(kind).validate_python([spec] if get_origin(kind) is list else spec)
    return entry[0] if isinstance(entry, list) else entry


def osm_file(
    path: Path,
    nodes: dict[int, tuple[float, float]],
    ways: list[tuple],
    tagged: dict[int, dict] | None = None,
    relations: list[tuple[dict, list[tuple[str, int, str]]]] | None = None,
) -> str:
    """An .osm file: nodes by id in metres from (X0, Y0), ways as (node ids, tags), tags of nodes, relations.

    Ways are numbered from 1; a relation is its tags and its members, each a type, a number and a role.
    """
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<osm version="0.6">']
    for number, (east, north) in nodes.items():
        lon, lat = degrees(east, north)
        tags = "".join(f'<tag k="{k}" v="{v}"/>' for k, v in (tagged or {}).get(number, {}).items())
        lines.append(f'<node id="{number}" lon="{lon:.9f}" lat="{lat:.9f}" version="1">{tags}</node>')
    for number, (members, tags) in enumerate(ways, 1):
        inner = "".join(f'<nd ref="{ref}"/>' for ref in members)
        inner += "".join(f'<tag k="{k}" v="{v}"/>' for k, v in tags.items())
        lines.append(f'<way id="{number}" version="1">{inner}</way>')
    for number, (tags, members) in enumerate(relations or [], 1):
        inner = "".join(f'<member type="{kind}" ref="{ref}" role="{role}"/>' for kind, ref, role in members)
        inner += "".join(f'<tag k="{k}" v="{v}"/>' for k, v in tags.items())
        lines.append(f'<relation id="{number}" version="1">{inner}</relation>')
    path.write_text("\n".join([*lines, "</osm>"]), encoding="utf-8")
    return str(path)
