"""OpenStreetMap files (.osm.pbf, .osm, .osm.gz, .osm.bz2) read as a stream: only what touches the region is kept.

pyosmium filters and locates in C++; Python sees just the tagged objects asked for, so a country's file needs no more
memory than its node locations. Objects that lie wholly outside the box are counted, not kept.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import osmium
import pandas as pd
import shapely
from numpy.typing import NDArray

from geojeom.errors import Fault, SourceError
from spatial.reading.boundary import Box
from spatial.reading.formats import hold_file
from spatial.reading.osm_edited import TORN, needs_rewriting, rewrite, unpacked
from spatial.reading.projection import DEGREES
from spatial.reading.provenance import Ledger
from spatial.reading.tabular import last_day
from spatial.reading.tags import TagTable

SUFFIXES = (".pbf", ".osm", ".gz", ".bz2", ".xml")


@dataclass(frozen=True)
class Ways:
    """Lines and their nodes, in degrees: a row of ``tags`` per line; line i owns nodes ``first[i]:first[i + 1]``.

    A way is one line, or several where nodes in its middle are not in the file; ``way`` is the way's number.
    """

    tags: pd.DataFrame
    first: NDArray[np.int64]
    node: NDArray[np.int64]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    way: NDArray[np.int64]

    def lines(self) -> gpd.GeoDataFrame:
        """The ways as linestrings in degrees with their tags."""
        number = np.repeat(np.arange(len(self.tags)), np.diff(self.first))
        shapes = shapely.linestrings(np.column_stack([self.lon, self.lat]), indices=number)
        return gpd.GeoDataFrame(self.tags.copy(), geometry=shapes, crs=DEGREES)

    def table(self) -> gpd.GeoDataFrame:
        """The ways as one table: ``lines``, with the number of each ``way`` and the list of its nodes (``node``)."""
        lines = self.lines()
        lines.insert(0, "way", self.way)
        lines.insert(1, "node", np.split(self.node, self.first[1:-1]) if len(lines) else [])
        return lines

    @staticmethod
    def of(table: gpd.GeoDataFrame) -> Ways:
        """The ways that ``table`` wrote; tags they lack are null."""
        points, line = shapely.get_coordinates(table.geometry.to_numpy(), return_index=True)
        tags = pd.DataFrame(table.drop(columns=["way", "node", "geometry"])).astype(object)
        return Ways(
            tags=tags.where(tags.notna(), None),
            first=np.concatenate([[0], np.cumsum(np.bincount(line, minlength=len(table)))]).astype(np.int64),
            node=np.concatenate([np.empty(0, np.int64), *table["node"]]).astype(np.int64),
            lon=points[:, 0],
            lat=points[:, 1],
            way=table["way"].to_numpy(np.int64),
        )


def is_osm(path: str) -> bool:
    """Whether a file's name says it is an OpenStreetMap file."""
    return path.lower().endswith(SUFFIXES)


def read_ways(path: str, key: str, wanted: list[str], box: Box, ledger: Ledger) -> Ways:
    """All ways tagged ``key`` whose own box meets ``box`` (degrees), with the ``wanted`` tags (null where untagged)."""
    rows: list[list[str | None]] = []
    place = {name: column for column, name in enumerate(wanted)}
    first: list[int] = [0]
    node: list[int] = []
    lon: list[float] = []
    lat: list[float] = []
    number: list[int] = []
    seen = outside = broken = torn = 0
    newest = 0
    with reading(path, ledger) as file:
        stream = osmium.FileProcessor(file, osmium.osm.NODE | osmium.osm.WAY).with_locations()
        for way in stream.with_filter(osmium.filter.EntityFilter(osmium.osm.WAY)).with_filter(
            osmium.filter.KeyFilter(key)
        ):
            assert isinstance(way, osmium.osm.Way)
            # A ferry is no street, whichever road its ends belong to (spatial/reading/osm_ferries.py).
            if way.tags.get("route") == "ferry":
                continue
            seen += 1
            newest = max(newest, int(way.timestamp.timestamp()))
            runs = located(way)
            if not runs:
                broken += 1
                continue
            if not any(overlaps(xs, ys, box) for _, xs, ys in runs):
                outside += 1
                continue
            torn += sum(len(refs) for refs, _, _ in runs) < len(way.nodes)
            row = tag_row(way.tags, place)
            for refs, xs, ys in runs:
                rows.append(row)
                node.extend(refs)
                lon.extend(xs)
                lat.extend(ys)
                first.append(len(node))
                number.append(way.id)
    if seen and broken == seen:
        raise SourceError(
            Fault(
                path,
                "ways after the nodes they run through",
                "nodes of none of them before it",
                "Sort the file (`osmium sort`), or end the Overpass query with `(._;>;); out;`.",
            )
        )
    ledger.read += seen
    ledger.drop("drop.wholly", outside)
    ledger.drop("drop.nodes", broken)
    ledger.repair("torn", torn)
    ledger.reach(lon, lat)
    dated = _date(path, ledger)
    if newest:
        edited = datetime.fromtimestamp(newest, UTC).date().isoformat()
        if not dated:
            ledger.note("newest", when=edited)
        if (given := last_day(ledger.vintage)) and edited > given:
            ledger.note("toonew", vintage=ledger.vintage, when=edited)
    return Ways(
        pd.DataFrame(rows, columns=wanted, dtype=object),
        np.array(first, dtype=np.int64),
        np.array(node, dtype=np.int64),
        np.array(lon),
        np.array(lat),
        np.array(number, dtype=np.int64),
    )


def located(way: osmium.osm.Way) -> list[tuple[list[int], list[float], list[float]]]:
    """Runs of two or more nodes in a row whose place is known: what lies between two runs is not a straight line."""
    runs: list[tuple[list[int], list[float], list[float]]] = [([], [], [])]
    for ref in way.nodes:
        if ref.location.valid():
            refs, xs, ys = runs[-1]
            refs.append(ref.ref)
            xs.append(ref.lon)
            ys.append(ref.lat)
        elif runs[-1][0]:
            runs.append(([], [], []))
    return [run for run in runs if len(run[0]) > 1]


def read_areas(path: str, table: TagTable, wanted: list[str], box: Box, ledger: Ledger) -> gpd.GeoDataFrame:
    """Closed ways and multipolygons that are an entry of ``table``, one row per entry, in degrees.

    Columns ``entry``, the ``wanted`` tags (null where untagged) and geometry. Outlines that do not close, or lack a
    part, are no areas and counted as dropped; invalid ones are repaired and counted. An object that is two entries
    counts twice.
    """
    rows: list[list[Any]] = []
    shapes: list[bytes] = []
    factory = osmium.geom.WKBFactory()
    seen = outside = outlined = 0
    keys = osmium.filter.KeyFilter(*table.keys)
    with reading(path, ledger) as file:
        stream = osmium.FileProcessor(file).with_areas(keys).with_filter(keys)
        for area in stream.with_filter(osmium.filter.EntityFilter(~osmium.osm.NODE)):
            entries = table.entries(_tags(area, table.keys))
            if not entries:
                continue
            if not isinstance(area, osmium.osm.Area):
                # Each of these comes back as an area, unless it cannot be one.
                outlined += len(entries) * _outlines(area)
                continue
            seen += len(entries)
            if not _touches(area, box):
                outside += len(entries)
                continue
            shape = bytes.fromhex(factory.create_multipolygon(area))
            for entry in entries:
                rows.append([entry, *(area.tags.get(name) for name in wanted)])
                shapes.append(shape)
    geometry = shapely.from_wkb(np.array(shapes, dtype=object))
    broken = ~shapely.is_valid(geometry)
    geometry[broken] = shapely.make_valid(geometry[broken])
    ledger.read += outlined
    ledger.drop("drop.wholly", outside)
    ledger.drop("drop.outlines", outlined - seen)
    ledger.repair("mend.polygons", int(broken.sum()))
    bounds = shapely.bounds(geometry).reshape(-1, 4)
    ledger.reach(bounds[:, ::2], bounds[:, 1::2])
    _date(path, ledger)
    frame = pd.DataFrame(rows, columns=["entry", *wanted], dtype=object)
    return gpd.GeoDataFrame(frame, geometry=geometry, crs=DEGREES)


def read_points(path: str, table: TagTable, wanted: list[str], box: Box, ledger: Ledger) -> gpd.GeoDataFrame:
    """Tagged nodes, and areas by a point inside them, that are an entry of ``table``; columns as ``read_areas``.

    And ``outline``, the area itself (null for a node).
    """
    rows: list[list[Any]] = []
    xs, ys = [], []
    seen = outside = 0
    with reading(path, ledger) as file:
        stream = osmium.FileProcessor(file, osmium.osm.NODE).with_filter(osmium.filter.KeyFilter(*table.keys))
        for node in stream:
            assert isinstance(node, osmium.osm.Node)
            entries = table.entries(_tags(node, table.keys))
            if not entries:
                continue
            seen += len(entries)
            if not (box[0] <= node.lon <= box[2] and box[1] <= node.lat <= box[3]):
                outside += len(entries)
                continue
            for entry in entries:
                rows.append([entry, *(node.tags.get(name) for name in wanted)])
                xs.append(node.lon)
                ys.append(node.lat)
    ledger.read += seen
    ledger.drop("drop.wholly", outside)
    ledger.reach(xs, ys)
    frame = pd.DataFrame(rows, columns=["entry", *wanted], dtype=object)
    points = gpd.GeoDataFrame(frame, geometry=shapely.points(np.array(xs, float), np.array(ys, float)), crs=DEGREES)
    areas = read_areas(path, table, wanted, box, ledger)
    inner = gpd.GeoSeries(shapely.point_on_surface(areas.geometry.to_numpy()), areas.index, crs=DEGREES)
    areas = areas.assign(outline=areas.geometry).set_geometry(inner)
    return (
        pd.concat([points.assign(outline=None), areas], ignore_index=True)
        if len(areas)
        else points.assign(outline=None)
    )


def snapshot(path: str) -> str:
    """The ISO day on which a file was taken from OpenStreetMap, by its header; "" where it does not say."""
    with osmium.io.Reader(path) as reader:
        header = reader.header()
    if day := header.get("osmosis_replication_timestamp") or header.get("timestamp"):
        return day[:10]
    # What Overpass and osmconvert write at the top of their XML, which osmium passes over.
    try:
        with unpacked(path) as stream:
            first = stream.read(2500)
    except TORN:
        # Reading on says where it breaks off.
        return ""
    top = re.match(rb".{0,2000}?<(?:osm|meta)\b[^>]*\b(?:timestamp|osm_base)=[\"'](\d{4}-\d\d-\d\d)", first, re.DOTALL)
    return top[1].decode() if top else ""


def _date(path: str, ledger: Ledger) -> str:
    """Make the day of the snapshot the source's vintage, unless the region file gives one."""
    day = snapshot(path)
    if day:
        ledger.note("snapshot", when=day)
        ledger.vintage = ledger.vintage or day
    return day


def tag_row(tags: Any, place: dict[str, int]) -> list[str | None]:
    """Values by the place of their key; objects have few tags, and many keys are asked for."""
    row: list[str | None] = [None] * len(place)
    for tag in tags:
        if (column := place.get(tag.k)) is not None:
            row[column] = tag.v
    return row


def _tags(item: Any, keys: list[str]) -> dict[str, str]:
    tags = item.tags
    return {key: tags[key] for key in keys if key in tags}


def _outlines(item: Any) -> bool:
    """Whether a way or relation means an area: a way does by its tags, a relation by its type."""
    return isinstance(item, osmium.osm.Way) or item.tags.get("type") in ("multipolygon", "boundary")


def _touches(area: Any, box: Box) -> bool:
    return any(overlaps([node.lon for node in ring], [node.lat for node in ring], box) for ring in area.outer_rings())


def overlaps(xs: Sequence[float], ys: Sequence[float], box: Box) -> bool:
    """Whether the box around some points meets ``box``."""
    # Boxes, not nodes: a lake around the whole region has no node in it and must stay.
    return min(xs) <= box[2] and max(xs) >= box[0] and min(ys) <= box[3] and max(ys) >= box[1]


@contextmanager
def reading(path: str, ledger: Ledger | None = None) -> Iterator[str]:
    """The file to read for the present state of ``path``; what osmium says of a broken one becomes a SourceError."""
    hold_file(path, "an OpenStreetMap file")
    try:
        with tempfile.TemporaryDirectory() as folder:
            file = path
            # What is no XML at all is left to osmium, which says so.
            with osmium.io.Reader(path, osmium.osm.NOTHING):
                pass
            if needs_rewriting(path):
                file = str(Path(folder) / "now.osm")
                if (gone := rewrite(path, Path(file))) and ledger is not None:
                    ledger.note("gone", n=gone)
            yield file
    except (RuntimeError, osmium.InvalidLocationError) as error:
        raise SourceError(
            Fault(
                path,
                "an OpenStreetMap file (.osm.pbf, .osm, .osm.gz, .osm.bz2)",
                str(error),
                "Check that the download is complete and the file's ending is right.",
            )
        ) from None
