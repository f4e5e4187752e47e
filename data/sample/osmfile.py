"""The OpenStreetMap file: streets, railway, water, parks, land use and a few amenities."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import osmium
import shapely
from blocks import Street
from layout import LAKE_NAME, RIVER_NAME, STATION
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
WAY_NODES = 900


class Extract:
    """Collects objects and writes them; coordinates are EPSG:5179 metres until then."""

    def __init__(self) -> None:
        # Nodes are told apart to the centimetre, so that streets that meet share one.
        self._number: dict[tuple[int, int], int] = {}
        self._xy: list[tuple[float, float]] = []
        self._node_tags: dict[int, dict[str, str]] = {}
        self._ways: list[Way] = []
        self._relations: list[Relation] = []

    def add_streets(self, town: Town) -> None:
        """Streets and railway."""
        for street, line in _ways(town):
            self._way(np.asarray(line.coords), _street_tags(street))
        for name, line in town.rail:
            self._way(np.asarray(line.coords), {"railway": "rail", "name": name})

    def add_land(self, terrain: Terrain, town: Town, parks: list[tuple[str, Polygon]]) -> None:
        """Water, parks and land use."""
        for name, line in terrain.streams.items():
            self._way(np.asarray(line.coords), {"waterway": "stream", "name": name})
        self._way(np.asarray(terrain.river_line.coords), {"waterway": "river", "name": RIVER_NAME})
        for shape, tags in _areas(terrain, town, parks):
            self._area(shape, tags)

    def add_amenities(self, facilities: Facilities) -> None:
        """Some of the facilities, as volunteers map them."""
        for kind, name, xy in zip(facilities.kind, facilities.name, facilities.xy, strict=True):
            if kind in AMENITIES:
                key, value = ("railway", "station") if name == STATION[0] else AMENITIES[kind]
                self._node_tags[self._refs(np.array([xy]))[0]] = {key: value, "name": str(name)}

    def write(self, path: Path, to_degrees: Transformer) -> None:
        """Write the .osm.pbf; the same objects give the same bytes (no times, no users)."""
        lon, lat = to_degrees.transform(*np.array(self._xy).T)
        lon, lat = np.round(lon, DEGREE_DIGITS), np.round(lat, DEGREE_DIGITS)
        header = osmium.io.Header()
        header.set("generator", "geojeom sample city")
        header.add_box(osmium.osm.Box(float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max())))
        with osmium.SimpleWriter(str(path), header=header, overwrite=True) as writer:
            for number, place in enumerate(zip(lon.tolist(), lat.tolist(), strict=True), 1):
                writer.add_node(Node(id=number, location=place, tags=self._node_tags.get(number, {})))
            for way in self._ways:
                writer.add_way(way)
            for relation in self._relations:
                writer.add_relation(relation)

    def _refs(self, coords: np.ndarray) -> list[int]:
        found: list[int] = []
        for x, y in coords.tolist():
            key = (round(x * 100), round(y * 100))
            number = self._number.get(key)
            if number is None:
                number = self._number[key] = len(self._xy) + 1
                self._xy.append((x, y))
            if not found or found[-1] != number:
                found.append(number)
        return found

    def _way(self, coords: np.ndarray, tags: dict[str, str]) -> int:
        refs = self._refs(coords)
        if len(refs) > 1:
            self._ways.append(Way(id=len(self._ways) + 1, nodes=refs, tags=tags))
        return len(self._ways)

    def _area(self, shape: Polygon, tags: dict[str, str]) -> None:
        if not shape.interiors and len(shape.exterior.coords) < WAY_NODES:
            self._way(np.asarray(shape.exterior.coords), tags)
            return
        members = []
        for role, ring in [("outer", shape.exterior), *(("inner", hole) for hole in shape.interiors)]:
            members += [("w", self._way(part, {}), role) for part in _cut(np.asarray(ring.coords))]
        self._relations.append(
            Relation(id=len(self._relations) + 1, members=members, tags={"type": "multipolygon", **tags})
        )


def _cut(coords: np.ndarray) -> list[np.ndarray]:
    """A long line in pieces: a way may have no more than 2,000 nodes."""
    return [coords[start : start + WAY_NODES + 1] for start in range(0, len(coords) - 1, WAY_NODES)]


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
            found += [(pieces[0], LineString(part)) for part in _cut(np.asarray(line.coords))]
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
