"""What readers want of OpenStreetMap files: ways, areas and points by their tags, where they touch a box.

Objects that lie wholly outside the box are counted, not kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import geopandas as gpd
import numpy as np
import osmium
import pandas as pd
import shapely
from numpy.typing import NDArray

from geojeom.errors import Fault, SourceError
from spatial.reading.boundary import Box
from spatial.reading.osm_file import Query, Tags
from spatial.reading.projection import DEGREES
from spatial.reading.provenance import Ledger
from spatial.reading.tabular import last_day
from spatial.reading.tags import TagTable


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
        """The ways as linestrings in degrees with their tags.

        Returns
        -------
        GeoDataFrame
            A row per line; tags are null where untagged.
        """
        number = np.repeat(np.arange(len(self.tags)), np.diff(self.first))
        shapes = shapely.linestrings(np.column_stack([self.lon, self.lat]), indices=number)
        return gpd.GeoDataFrame(self.tags.copy(), geometry=shapes, crs=DEGREES)

    def table(self) -> gpd.GeoDataFrame:
        """The ways as one table: ``lines``, with the number of each ``way`` and the list of its nodes (``node``).

        Returns
        -------
        GeoDataFrame
            For ``Ways.of``.
        """
        lines = self.lines()
        lines.insert(0, "way", self.way)
        lines.insert(1, "node", np.split(self.node, self.first[1:-1]) if len(lines) else [])
        return lines

    @staticmethod
    def of(table: gpd.GeoDataFrame) -> Ways:
        """The ways that ``table`` wrote; tags they lack are null.

        Parameters
        ----------
        table : GeoDataFrame
            The table.

        Returns
        -------
        Ways
            The same.
        """
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


class WayQuery(Query):
    """All ways tagged ``key`` whose own box meets a box.

    Parameters
    ----------
    key
        The key they have.
    wanted
        Keys of the tags to keep (null where untagged).
    box
        West, south, east, north in degrees.
    """

    def __init__(self, key: str, wanted: Sequence[str], box: Box) -> None:
        self.of_ways = (key,)
        self._wanted, self._box = list(wanted), box
        self._rows: list[list[str | None]] = []
        self._first: list[int] = [0]
        self._node: list[int] = []
        self._lon: list[float] = []
        self._lat: list[float] = []
        self._number: list[int] = []
        self._seen = self._outside = self._broken = self._torn = self._newest = 0

    def way(self, way: osmium.osm.Way, tags: Tags) -> None:
        """Keep a way that meets the box.

        Parameters
        ----------
        way, tags : osmium.osm.Way, dict of str
            A way of the file.
        """
        # A ferry is no street, whichever road its ends belong to (spatial/reading/osm_ferries.py).
        if tags.get("route") == "ferry":
            return
        self._seen += 1
        self._newest = max(self._newest, int(way.timestamp.timestamp()))
        runs = located(way)
        if not runs:
            self._broken += 1
            return
        if not any(overlaps(xs, ys, self._box) for _, xs, ys in runs):
            self._outside += 1
            return
        self._torn += sum(len(refs) for refs, _, _ in runs) < len(way.nodes)
        row = [tags.get(name) for name in self._wanted]
        for refs, xs, ys in runs:
            self._rows.append(row)
            self._node.extend(refs)
            self._lon.extend(xs)
            self._lat.extend(ys)
            self._first.append(len(self._node))
            self._number.append(way.id)

    def take(self, ledger: Ledger) -> Ways:
        """The ways, with every loss in a ledger.

        Parameters
        ----------
        ledger : Ledger
            Gets the losses, the extent and the day of the file.

        Returns
        -------
        Ways
            In the order of the file.

        Raises
        ------
        SourceError
            For a file that cannot be read, and one whose ways stand before their nodes.
        """
        self.file.answer(self, ledger)
        if self._seen and self._broken == self._seen:
            raise SourceError(
                Fault(
                    self.file.path,
                    "ways after the nodes they run through",
                    "nodes of none of them before it",
                    "Sort the file (`osmium sort`), or end the Overpass query with `(._;>;); out;`.",
                )
            )
        ledger.read += self._seen
        ledger.drop("drop.wholly", self._outside)
        ledger.drop("drop.nodes", self._broken)
        ledger.repair("torn", self._torn)
        ledger.reach(self._lon, self._lat)
        dated = _date(self.file.day, ledger)
        if self._newest:
            edited = datetime.fromtimestamp(self._newest, UTC).date().isoformat()
            if not dated:
                ledger.note("newest", when=edited)
            if (last := last_day(ledger.vintage)) and edited > last:
                ledger.note("toonew", vintage=ledger.vintage, when=edited)
        return Ways(
            pd.DataFrame(self._rows, columns=self._wanted, dtype=object),
            np.array(self._first, dtype=np.int64),
            np.array(self._node, dtype=np.int64),
            np.array(self._lon),
            np.array(self._lat),
            np.array(self._number, dtype=np.int64),
        )


def located(way: osmium.osm.Way) -> list[tuple[list[int], list[float], list[float]]]:
    """Runs of two or more nodes in a row whose place is known: what lies between two runs is not a straight line."""
    runs: list[tuple[list[int], list[float], list[float]]] = [([], [], [])]
    for ref in way.nodes:
        location = ref.location
        if location.valid():
            refs, xs, ys = runs[-1]
            refs.append(ref.ref)
            xs.append(location.lon)
            ys.append(location.lat)
        elif runs[-1][0]:
            runs.append(([], [], []))
    return [run for run in runs if len(run[0]) > 1]


class AreaQuery(Query):
    """Closed ways and multipolygons that are an entry of a table.

    Outlines that do not close, or lack a part, are no areas and counted as dropped; invalid ones are repaired and
    counted. An object that is two entries counts twice.

    Parameters
    ----------
    table
        Which tags make an entry.
    wanted
        Keys of the tags to keep (null where untagged).
    box
        West, south, east, north in degrees.
    """

    def __init__(self, table: TagTable, wanted: Sequence[str], box: Box) -> None:
        self.of_areas = tuple(table.keys)
        self._table, self._wanted, self._box = table, list(wanted), box
        self._rows: list[list[Any]] = []
        self._shapes: list[bytes] = []
        self._factory = osmium.geom.WKBFactory()
        self._seen = self._outside = self._outlined = 0

    def way(self, _: osmium.osm.Way, tags: Tags) -> None:
        """Count a way that means an area: it comes back as one, unless it cannot be one.

        Parameters
        ----------
        _, tags : osmium.osm.Way, dict of str
            A way of the file.
        """
        self._outlined += len(self._table.entries(tags))

    def relation(self, _: osmium.osm.Relation, tags: Tags) -> None:
        """Count a relation that means an area by its type.

        Parameters
        ----------
        _, tags : osmium.osm.Relation, dict of str
            A relation of the file.
        """
        if tags.get("type") in ("multipolygon", "boundary"):
            self._outlined += len(self._table.entries(tags))

    def area(self, area: osmium.osm.Area, tags: Tags) -> None:
        """Keep an area that meets the box.

        Parameters
        ----------
        area, tags : osmium.osm.Area, dict of str
            An area of the file.
        """
        entries = self._table.entries(tags)
        if not entries:
            return
        self._seen += len(entries)
        if not _touches(area, self._box):
            self._outside += len(entries)
            return
        shape = bytes.fromhex(self._factory.create_multipolygon(area))
        for entry in entries:
            self._rows.append([entry, *(tags.get(name) for name in self._wanted)])
            self._shapes.append(shape)

    def take(self, ledger: Ledger) -> gpd.GeoDataFrame:
        """The areas, one row per entry.

        Parameters
        ----------
        ledger : Ledger
            Gets the losses, the extent and the day of the file.

        Returns
        -------
        GeoDataFrame
            ``entry``, the wanted tags, geometry in degrees.

        Raises
        ------
        SourceError
            For a file that cannot be read.
        """
        self.file.answer(self, ledger)
        geometry = shapely.from_wkb(np.array(self._shapes, dtype=object))
        broken = ~shapely.is_valid(geometry)
        geometry[broken] = shapely.make_valid(geometry[broken])
        ledger.read += self._outlined
        ledger.drop("drop.wholly", self._outside)
        ledger.drop("drop.outlines", self._outlined - self._seen)
        ledger.repair("mend.polygons", int(broken.sum()))
        bounds = shapely.bounds(geometry).reshape(-1, 4)
        ledger.reach(bounds[:, ::2], bounds[:, 1::2])
        _date(self.file.day, ledger)
        frame = pd.DataFrame(self._rows, columns=["entry", *self._wanted], dtype=object)
        return gpd.GeoDataFrame(frame, geometry=geometry, crs=DEGREES)


class PointQuery(AreaQuery):
    """Tagged nodes, and areas by a point inside them, that are an entry of a table."""

    def __init__(self, table: TagTable, wanted: Sequence[str], box: Box) -> None:
        super().__init__(table, wanted, box)
        self.of_nodes = self.of_areas
        self._points: list[list[Any]] = []
        self._xs: list[float] = []
        self._ys: list[float] = []
        self._nodes_seen = self._nodes_outside = 0

    def node(self, node: osmium.osm.Node, tags: Tags) -> None:
        """Keep a node that is in the box.

        Parameters
        ----------
        node, tags : osmium.osm.Node, dict of str
            A node of the file.
        """
        entries = self._table.entries(tags)
        if not entries:
            return
        self._nodes_seen += len(entries)
        box = self._box
        if not (box[0] <= node.lon <= box[2] and box[1] <= node.lat <= box[3]):
            self._nodes_outside += len(entries)
            return
        for entry in entries:
            self._points.append([entry, *(tags.get(name) for name in self._wanted)])
            self._xs.append(node.lon)
            self._ys.append(node.lat)

    def take(self, ledger: Ledger) -> gpd.GeoDataFrame:
        """The nodes, and areas by a point inside them, one row per entry.

        Parameters
        ----------
        ledger : Ledger
            Gets the losses, the extent and the day of the file.

        Returns
        -------
        GeoDataFrame
            ``entry``, the wanted tags, a point in degrees, and ``outline``, the area itself (null for a node).

        Raises
        ------
        SourceError
            For a file that cannot be read.
        """
        self.file.answer(self, ledger)
        ledger.read += self._nodes_seen
        ledger.drop("drop.wholly", self._nodes_outside)
        ledger.reach(self._xs, self._ys)
        frame = pd.DataFrame(self._points, columns=["entry", *self._wanted], dtype=object)
        shapes = shapely.points(np.array(self._xs, float), np.array(self._ys, float))
        points = gpd.GeoDataFrame(frame, geometry=shapes, crs=DEGREES).assign(outline=None)
        areas = super().take(ledger)
        inner = gpd.GeoSeries(shapely.point_on_surface(areas.geometry.to_numpy()), areas.index, crs=DEGREES)
        areas = areas.assign(outline=areas.geometry).set_geometry(inner)
        return pd.concat([points, areas], ignore_index=True) if len(areas) else points


def _date(day: str, ledger: Ledger) -> str:
    """Make the day of the snapshot the source's vintage, unless the region file gives one."""
    if day:
        ledger.note("snapshot", when=day)
        ledger.vintage = ledger.vintage or day
    return day


def _touches(area: osmium.osm.Area, box: Box) -> bool:
    return any(overlaps([node.lon for node in ring], [node.lat for node in ring], box) for ring in area.outer_rings())


def overlaps(xs: Sequence[float], ys: Sequence[float], box: Box) -> bool:
    """Whether the box around some points meets ``box``."""
    # Boxes, not nodes: a lake around the whole region has no node in it and must stay.
    return min(xs) <= box[2] and max(xs) >= box[0] and min(ys) <= box[3] and max(ys) >= box[1]
