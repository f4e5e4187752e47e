"""Reads every source of a region, each on its own, into tables: a fault in one hides none in the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from geojeom.errors import Fault, GeojeomError
from geojeom.messages import Remark
from spatial.config.region import BuildingTable, FacilityTable, Sourced
from spatial.counts.plausible import Densest
from spatial.counts.readers import ByZone, read_placed, read_zone_rows
from spatial.counts.stored import as_table
from spatial.reading.boundary import Area, area_of, area_table, read_area
from spatial.reading.osm_file import OsmFile, is_osm
from spatial.reading.provenance import Account, Ledger
from spatial.reading.shared import shared
from spatial.reading.square_grid import SquareGrid
from spatial.reading.tags import BuildingUses, SpeedTable, TagTable
from spatial.reading.vector import read_polygons
from spatial.sources.backdrop import ask_land, read_land
from spatial.sources.buildings import ask_buildings, read_buildings
from spatial.sources.codes import CodeAliases
from spatial.sources.facilities import ask_places, read_places
from spatial.sources.history import read_years
from spatial.sources.parcels import LandOwners, read_figures, read_map
from spatial.sources.zones import read_zones
from spatial.sources.zoning import ZoningTable, read_zoning
from spatial.store.entries import Entry, entries
from spatial.streets.read import ask_streets, read_streets

Parts = dict[str, pd.DataFrame]
# What readers of OSM files call objects that lie elsewhere.
WHOLLY = Remark("drop.wholly")


@dataclass(frozen=True)
class Tables:
    """The tables under ``data/`` that say what tags and words mean."""

    kinds: TagTable
    layers: TagTable
    uses: BuildingUses
    speeds: SpeedTable
    zoning: ZoningTable
    aliases: CodeAliases
    owners: LandOwners
    densest: Densest


@dataclass(frozen=True)
class Source:
    """One entry as it was read: its tables by part ("" is the main one), and the account of its rows.

    One that is at fault has no tables.
    """

    parts: Parts
    account: Account

    @property
    def table(self) -> Any:
        """The main table."""
        return self.parts[""]

    @property
    def ledger(self) -> Ledger:
        """The account of its rows."""
        return self.account.ledgers[0]


@dataclass(frozen=True)
class Collected:
    """All that could be read, by key, and every fault met. There is an ``area`` unless the boundary is at fault."""

    area: Area | None
    sources: dict[str, Source] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


@dataclass(frozen=True)
class Reading:
    """What a reader of an entry has at hand; ``asked`` is what was asked of its OpenStreetMap file ahead of it."""

    entry: Entry
    area: Area
    tables: Tables
    account: Account
    asked: Any = None

    @property
    def spec(self) -> Any:
        """What the region file says of the entry."""
        return self.entry.spec

    @cached_property
    def ledger(self) -> Ledger:
        """The ledger of the entry, opened when it is first asked for."""
        return self.account.open(self.entry.key, self.spec)


def collect(region: Sourced, tables: Tables) -> Collected:
    """Read all entries of a resolved region.

    Parameters
    ----------
    region, tables : Sourced, Tables
        The region, and the tables of facts.

    Returns
    -------
    Collected
        With every fault; without an area where the boundary is at fault.
    """
    boundary, *others = entries(region)
    with shared_by([boundary, *others]):
        try:
            source = read_boundary(region)
        except GeojeomError as error:
            return Collected(None, faults=list(error.faults))
        collected = Collected(area_of(source.table, region), {boundary.key: source})
        read_all(collected, others, tables)
    return collected


def shared_by(wanted: Sequence[Entry]) -> AbstractContextManager[None]:
    """Parse each file that several of the entries name once, until the end of the block."""
    return shared(entry.path for entry in wanted if entry.path)


def read_all(collected: Collected, wanted: Iterable[Entry], tables: Tables) -> None:
    """Read some entries, none of them the boundary, and add them to what was collected, with all their faults."""
    assert collected.area is not None
    area, files = collected.area, dict[str, OsmFile]()
    readings = [Reading(entry, area, tables, Account(box=area.degrees)) for entry in wanted]
    # Everybody asks before anybody reads: a file of OpenStreetMap answers all that was asked of it at once.
    readings = [replace(reading, asked=_ask(reading, files)) for reading in readings]
    for reading in readings:
        collected.sources[reading.entry.key] = read(reading, collected.faults)
    collected.faults.extend(_elsewhere(collected))


def read(reading: Reading, faults: list[Fault]) -> Source:
    """Read one entry, not the boundary; every fault of its file is added to ``faults``."""
    reader, _ = READERS[reading.entry.kind]
    try:
        parts = reader(reading)
    except GeojeomError as error:
        faults += error.faults
        return Source({}, reading.account)
    return Source(parts if isinstance(parts, dict) else {"": parts}, reading.account)


def _ask(reading: Reading, files: dict[str, OsmFile]) -> Any:
    """What the reader of an entry asks of an OpenStreetMap file, which is one for all; None of another file."""
    path = reading.entry.path
    if reading.entry.kind not in ASKING or isinstance(reading.spec, BuildingTable | FacilityTable) or not is_osm(path):
        return None
    return ASKING[reading.entry.kind](reading, files.setdefault(path, OsmFile(path)))


def read_boundary(region: Sourced) -> Source:
    """The boundary as a source. Raises SourceError with every fault of its file."""
    account = Account()
    area = read_area(region, account)
    account.box = area.degrees
    return Source({"": area_table(area)}, account)


def _zones(reading: Reading) -> Any:
    return _plain(read_zones(reading.spec, reading.area, reading.ledger))


def _counts(reading: Reading) -> Any:
    if isinstance(reading.spec, ByZone):
        return read_zone_rows(reading.spec, reading.ledger, reading.account)
    return as_table(read_placed(reading.spec, reading.area, reading.ledger, reading.account), reading.area.crs)


def _buildings(reading: Reading) -> Any:
    buildings = read_buildings(reading.spec, reading.area, reading.tables.uses, reading.account, reading.asked)
    frame = buildings.frame
    frame.attrs["old_before"] = buildings.old_before
    return frame


def _protected(reading: Reading) -> Any:
    area, column = reading.area, reading.spec.column
    frame = read_polygons(reading.spec.path, reading.spec.crs, area.extent, reading.ledger, {"column": column})
    frame = frame.to_crs(area.crs)
    # Cells at the border reach beyond it.
    touching = frame.dwithin(area.polygon, 1.5 * area.cell_size_m)
    reading.ledger.drop("drop.outside", int((~touching).sum()))
    reading.ledger.kept = int(touching.sum())
    return _plain(frame.loc[touching, [column, "geometry"]])


def _dem(reading: Reading) -> Any:
    lattice = SquareGrid.over(reading.area.metres, reading.area.cell_size_m)
    from spatial.sources.terrain import read_terrain  # noqa: PLC0415  # only rasters need its library

    terrain = read_terrain(reading.spec.path, lattice, reading.area.crs, reading.ledger)
    off = int(np.isnan(terrain.slope_deg[lattice.within(reading.area.polygon)]).sum())
    if off:
        reading.ledger.note("offdem", n=off)
    return pd.DataFrame(asdict(terrain))


def _candidates(reading: Reading) -> Any:
    spec = reading.spec
    return _plain(read_polygons(spec.path, spec.crs, reading.area.extent, reading.ledger, {}, carries=["district_id"]))


# How each kind of entry is read, and the tables under ``data/`` that this depends on.
READERS: dict[str, tuple[Callable[[Reading], Any], tuple[str, ...]]] = {
    "zones": (_zones, ()),
    "counts": (_counts, ()),
    "cross_checks": (_counts, ()),
    "density": (_counts, ()),
    "buildings": (_buildings, ("building_uses",)),
    "land": (lambda one: read_land(one.spec, one.area, one.tables.layers, one.ledger, one.asked), ("osm_layers",)),
    "protected": (_protected, ()),
    "dem": (_dem, ()),
    "zoning": (lambda one: read_zoning(one.spec, one.area, one.tables.zoning, one.ledger), ("zoning",)),
    "parcels": (lambda one: read_map(one.spec, one.area, one.tables.owners, one.ledger), ("land_owners",)),
    "parcel_tables": (lambda one: read_figures(one.spec, one.tables.owners, one.ledger), ("land_owners",)),
    "history": (lambda one: read_years(one.spec, one.ledger), ()),
    "facilities": (
        lambda one: read_places(one.spec, one.area, one.tables.kinds, one.ledger, one.asked),
        ("osm_kinds",),
    ),
    "streets": (lambda one: read_streets(one.spec, one.area, one.tables.speeds, one.ledger, one.asked), ("speeds",)),
    "candidates": (_candidates, ()),
}
# What readers ask of an OpenStreetMap file before they read.
ASKING: dict[str, Callable[[Reading, OsmFile], Any]] = {
    "buildings": lambda one, file: ask_buildings(one.area, file),
    "land": lambda one, file: ask_land(one.area, one.tables.layers, file),
    "facilities": lambda one, file: ask_places(one.spec, one.area, one.tables.kinds, file),
    "streets": lambda one, file: ask_streets(one.area, one.tables.speeds, file),
}


def _plain(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """A file's own columns as a table may hold them: each name once, and of anything but numbers and texts its text."""
    frame = frame.loc[:, ~frame.columns.duplicated()].reset_index(drop=True)
    for name, kind in frame.dtypes.items():
        if pd.api.types.is_object_dtype(kind):
            held = frame[name].map(
                lambda value: value if isinstance(value, str | bool) or value is None else str(value)
            )
            frame[name] = held if held.dropna().map(type).nunique() < 2 else held.map(str, na_action="ignore")
    return frame


def _elsewhere(collected: Collected) -> list[Fault]:
    """Faults for sources of another place: read as they are they would say that there is nothing here."""
    assert collected.area is not None
    west, south, east, north = collected.area.degrees
    known = {fault.file for fault in collected.faults}
    faults = []
    for key, source in collected.sources.items():
        # The boundary is here, and candidates say for each district that it lies elsewhere.
        if key in ("boundary", "candidates"):
            continue
        ledger = source.ledger
        if ledger.extent is None:
            off = key == "buildings" and ledger.dropped.get(WHOLLY) == ledger.read > 0
            where = "all elsewhere"
        else:
            x0, y0, x1, y1 = ledger.extent
            off = x0 > east or x1 < west or y0 > north or y1 < south
            where = f"all of it in longitude {x0:g} to {x1:g}, latitude {y0:g} to {y1:g}"
        if off and ledger.path not in known:
            remedy = "Name the file of this region, or leave the source out: it is missing then, not zero."
            expected = f"something in the region (longitude {west:g} to {east:g}, latitude {south:g} to {north:g})"
            faults.append(Fault(ledger.path, expected, where, remedy, column=key))
    return faults
