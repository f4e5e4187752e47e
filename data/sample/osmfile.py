"""The OpenStreetMap file: streets, railway, water, parks, land use and a few amenities."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np
import osmium
import shapely
from blocks import Street
from layout import LAKE_NAME, RIVER_NAME
from osmium.osm.mutable import Node, Relation, Way
from places import Facilities
from pyproj import Transformer
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry
from streets import Town
from terrain import Terrain

AMENITIES = {
    "kindergarten": ("amenity", "kindergarten"),
    "elementary_school": ("amenity", "school"),
    "library": ("amenity", "library"),
    "clinic": ("amenity", "clinic"),
    "pharmacy": ("amenity", "pharmacy"),
    "emergency": ("amenity", "hospital"),
    "culture": ("amenity", "arts_centre"),
    "transit_stop": ("highway", "bus_stop"),
}
LANDUSE = {"industry": "industrial", "market": "commercial", "farmland": "farmland"}
DEGREE_DIGITS = 7


class Feature(NamedTuple):
    """A line, or a ring of an area, with its tags."""

    coords: np.ndarray
    tags: dict[str, str]


class _Nodes:
    """Numbers coordinates (to the centimetre), so that streets that meet share a node."""

    def __init__(self) -> None:
        self.number: dict[tuple[int, int], int] = {}
        self.xy: list[tuple[float, float]] = []
        self.tags: dict[int, dict[str, str]] = {}

    def refs(self, coords: np.ndarray) -> list[int]:
        found = []
        for x, y in coords.tolist():
            key = (round(x * 100), round(y * 100))
            number = self.number.get(key)
            if number is None:
                number = self.number[key] = len(self.xy) + 1
                self.xy.append((x, y))
            if not found or found[-1] != number:
                found.append(number)
        return found


def write(
    path: Path,
    terrain: Terrain,
    town: Town,
    parks: list[tuple[str, Polygon]],
    facilities: Facilities,
    to_degrees: Transformer,
) -> None:
    """Write the .osm.pbf; the same input gives the same bytes (no times, no users)."""
    nodes = _Nodes()
    ways: list[Way] = []
    relations: list[Relation] = []

    def add(coords: np.ndarray, tags: dict[str, str]) -> int:
        refs = nodes.refs(coords)
        if len(refs) > 1:
            ways.append(Way(id=len(ways) + 1, nodes=refs, tags=tags))
        return len(ways)

    for street, line in _ways(town):
        add(np.asarray(line.coords), _street_tags(street))
    for name, line in town.rail:
        add(np.asarray(line.coords), {"railway": "rail", "name": name})
    for name, line in terrain.streams.items():
        add(np.asarray(line.coords), {"waterway": "stream", "name": name})
    add(np.asarray(terrain.river_line.coords), {"waterway": "river", "name": RIVER_NAME})
    for shape, tags in _areas(terrain, town, parks):
        rings = [shape.exterior, *shape.interiors]
        if len(rings) == 1 and len(rings[0].coords) < 1000:
            add(np.asarray(rings[0].coords), tags)
            continue
        members = []
        for role, ring in zip(["outer"] + ["inner"] * len(shape.interiors), rings, strict=True):
            coords = np.asarray(ring.coords)
            # Long rings come in pieces, as a way may have no more than 2,000 nodes.
            cuts = [*range(0, len(coords) - 1, 900), len(coords) - 1]
            members += [("w", add(coords[a : b + 1], {}), role) for a, b in zip(cuts[:-1], cuts[1:], strict=True)]
        relations.append(Relation(id=len(relations) + 1, members=members, tags={"type": "multipolygon", **tags}))
    for kind, name, xy in zip(facilities.kind, facilities.name, facilities.xy, strict=True):
        if kind in AMENITIES:
            key, value = AMENITIES[kind]
            number = nodes.refs(np.array([xy]))[0]
            station = kind == "transit_stop" and name.endswith("역")
            nodes.tags[number] = {"railway": "station", "name": name} if station else {key: value, "name": str(name)}

    lon, lat = to_degrees.transform(*np.array(nodes.xy).T)
    lon, lat = np.round(lon, DEGREE_DIGITS), np.round(lat, DEGREE_DIGITS)
    header = osmium.io.Header()
    header.set("generator", "geojeom sample city")
    header.add_box(osmium.osm.Box(float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max())))
    path.unlink(missing_ok=True)
    with osmium.SimpleWriter(str(path), header=header) as writer:
        for number, place in enumerate(zip(lon.tolist(), lat.tolist(), strict=True), 1):
            writer.add_node(Node(id=number, location=place, tags=nodes.tags.get(number, {})))
        for way in ways:
            writer.add_way(way)
        for relation in relations:
            writer.add_relation(relation)


def _street_tags(street: Street) -> dict[str, str]:
    tags = {"highway": street.highway}
    if street.name:
        tags["name"] = street.name
    if street.maxspeed:
        tags["maxspeed"] = str(street.maxspeed)
    if street.oneway:
        tags["oneway"] = "yes"
    if street.bridge is not None:
        tags |= {"bridge": "yes", "layer": "1"}
        if street.bridge:
            tags["bridge:name"] = street.bridge
    return tags


def _ways(town: Town) -> list[tuple[Street, LineString]]:
    """Pieces of one street joined again to longer ways: as in the real map, a way passes through its junctions."""
    groups: dict[tuple[object, ...], list[Street]] = {}
    for number, piece in enumerate(town.pieces):
        # A one-way piece keeps its own way: joining might turn it round.
        own = number if piece.oneway else -1
        groups.setdefault((piece.highway, piece.name, piece.maxspeed, piece.bridge, own), []).append(piece)
    found = []
    for pieces in groups.values():
        merged = (
            shapely.line_merge(shapely.MultiLineString([p.line for p in pieces])) if len(pieces) > 1 else pieces[0].line
        )
        for line in shapely.get_parts(merged):
            coords = np.asarray(line.coords)
            cuts = [*range(0, len(coords) - 1, 500), len(coords) - 1]
            found += [(pieces[0], LineString(coords[a : b + 1])) for a, b in zip(cuts[:-1], cuts[1:], strict=True)]
    return found + [(street, street.line) for street in town.motorway]


def _areas(terrain: Terrain, town: Town, parks: list[tuple[str, Polygon]]) -> list[tuple[Polygon, dict[str, str]]]:
    found: list[tuple[BaseGeometry, dict[str, str]]] = [
        (terrain.river, {"natural": "water", "water": "river", "name": RIVER_NAME}),
        (terrain.lake, {"natural": "water", "water": "reservoir", "name": LAKE_NAME}),
    ]
    extent = terrain.boundary.buffer(350)
    found += [(part, {"landuse": "forest"}) for part in shapely.get_parts(terrain.hills.intersection(extent))]
    found += [(shape, {"leisure": "park", "name": name}) for name, shape in parks]
    found += [
        (
            area,
            {"amenity": "university", "name": "해밀대학교"}
            if kind == "campus"
            else {"landuse": LANDUSE.get(kind, "residential")},
        )
        for kind, _, area in town.areas
    ]
    return [(shape, tags) for shape, tags in found if shape.geom_type == "Polygon" and not shape.is_empty]
