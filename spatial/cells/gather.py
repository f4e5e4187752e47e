"""Reads every source of a region, each on its own: a fault in one hides none in the others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

import geopandas as gpd
import numpy as np
import pandas as pd

from geojeom.errors import Fault, GeojeomError
from spatial.counts.plausible import Densest
from spatial.counts.readers import BY_ZONE, read_counts, read_zone_totals
from spatial.counts.units import Units
from spatial.reading.boundary import Area, read_area
from spatial.reading.lacking import LACKING
from spatial.reading.lattice import Lattice
from spatial.reading.provenance import Account
from spatial.reading.tags import BuildingUses, SpeedTable, TagTable
from spatial.reading.vector import read_polygons
from spatial.sources.backdrop import read_land
from spatial.sources.buildings import Buildings, read_buildings
from spatial.sources.codes import CodeAliases
from spatial.sources.facilities import read_facilities
from spatial.sources.history import read_all
from spatial.sources.land import Terrain, read_terrain
from spatial.sources.parcels import LandOwners, no_parcels, read_parcels
from spatial.sources.zones import read_zones
from spatial.sources.zoning import ZoningTable, no_zoning, read_zoning
from spatial.streets.files import read_lines, read_network
from spatial.streets.network import Network

Found = TypeVar("Found")
# What readers of OSM files call objects that lie elsewhere.
WHOLLY = "wholly outside the region's box"


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
class Gathered:
    """Everything read, and every fault met: what is null where ``faults`` is empty is not in the region file."""

    area: Area
    zones: gpd.GeoDataFrame | None
    counts: list[Units]
    cross_checks: list[Units]
    density: Units | None
    buildings: Buildings | None
    land: gpd.GeoDataFrame | None
    protected: gpd.GeoDataFrame | None
    terrain: Terrain | None
    zoning: gpd.GeoDataFrame | None
    parcels: gpd.GeoDataFrame | None
    history: pd.DataFrame | None
    facilities: gpd.GeoDataFrame | None
    streets: tuple[gpd.GeoDataFrame, Network] | None
    account: Account
    densest: Densest
    faults: list[Fault] = field(default_factory=list)


def gather(region: dict[str, Any], tables: Tables, account: Account | None = None) -> Gathered:
    """Read every source of a resolved region into an account.

    Raises SourceError only where the boundary itself does not hold: nothing else can be judged without it.
    """
    account = account or Account()
    area = read_area(region, account)
    account.box = area.degrees
    given = region["sources"]
    faults: list[Fault] = []

    def attempt(work: Callable[[], Found]) -> Found | None:
        try:
            return work()
        except GeojeomError as error:
            faults.extend(error.faults)
            return None

    def optional(key: str, work: Callable[[dict[str, Any]], Found]) -> Found | None:
        return attempt(lambda: work(given[key])) if given[key] else None

    if not given["streets"]:
        ko, en = (text.format(circuity=tables.speeds.circuity) for text in LACKING["streets"])
        account.lack("streets", ko, en)
    zones = optional("zones", lambda spec: read_zones(spec, area, account.open("zones", spec)))

    # What no figure is made of is in the account with its rows, and has no part in the list of estimates.
    aside = Account(ledgers=account.ledgers)

    def count(spec: dict[str, Any], key: str, account: Account) -> Units | None:
        if zones is None and given["zones"] and spec["kind"] in BY_ZONE:
            # The zones are at fault, and have said so; the table can still be read for its own.
            read_zone_totals(spec, account.open(key, spec), account)
            return None
        return read_counts(spec, key, area, zones, aliases=tables.aliases, account=account)

    def read_land_parcels(spec: dict[str, Any]) -> gpd.GeoDataFrame:
        return read_parcels(spec, given["parcel_tables"], area, tables.owners, aliases=tables.aliases, account=account)

    units = {
        name: [
            attempt(lambda spec=spec, key=f"{name}[{at}]", told=told: count(spec, key, told))  # type: ignore[misc]
            for at, spec in enumerate(given[name])
        ]
        for name, told in (("counts", account), ("cross_checks", aside))
    }
    found = Gathered(
        area=area,
        zones=zones,
        counts=[one for one in units["counts"] if one is not None],
        cross_checks=[one for one in units["cross_checks"] if one is not None],
        density=optional("density", lambda spec: count(spec, "density", aside)),
        buildings=optional("buildings", lambda spec: read_buildings(spec, area, tables.uses, account)),
        land=optional("land", lambda spec: _read_land(spec, area, tables.layers, account)),
        protected=optional("protected", lambda spec: _read_protected(spec, area, account)),
        terrain=optional("dem", lambda spec: _read_terrain(spec, area, account)),
        zoning=(
            optional("zoning", lambda spec: read_zoning(spec, area, tables.zoning, account.open("zoning", spec)))
            if given["zoning"]
            else no_zoning(area.crs, account)
        ),
        parcels=optional("parcels", read_land_parcels) if given["parcels"] else no_parcels(area.crs, account),
        history=attempt(lambda: read_all(given["history"], zones, area, tables.aliases, account)),
        facilities=attempt(lambda: read_facilities(given["facilities"], area, tables.kinds, account)),
        streets=optional("streets", lambda spec: _read_streets(spec, area, region["country"], tables.speeds, account)),
        account=account,
        densest=tables.densest,
        faults=faults,
    )
    faults += _elsewhere(account, {fault.file for fault in faults})
    return found


def _elsewhere(account: Account, told: set[str]) -> list[Fault]:
    """Faults for sources of another place: read as they are they would say that there is nothing here."""
    assert account.box is not None
    west, south, east, north = account.box
    faults = []
    for ledger in account.ledgers:
        if ledger.extent is None:
            off = ledger.key == "buildings" and ledger.dropped.get(WHOLLY) == ledger.read > 0
            where = "all elsewhere"
        else:
            x0, y0, x1, y1 = ledger.extent
            off = x0 > east or x1 < west or y0 > north or y1 < south
            where = f"all of it in longitude {x0:g} to {x1:g}, latitude {y0:g} to {y1:g}"
        if off and ledger.path not in told:
            remedy = "Name the file of this region, or leave the source out: it is missing then, not zero."
            expected = f"something in the region (longitude {west:g} to {east:g}, latitude {south:g} to {north:g})"
            faults.append(Fault(ledger.path, expected, where, remedy, column=ledger.key))
    return faults


def _read_land(spec: dict[str, Any], area: Area, layers: TagTable, account: Account) -> gpd.GeoDataFrame:
    ledger = account.open("land", spec)
    land = read_land(spec, area, layers, ledger)
    if "open_coast" in set(land["entry"]):
        ledger.note("the coastline breaks off inside the region: the sea cannot be told from land, so water is unknown")
    elif not land["entry"].isin(["water", "sea"]).any():
        ledger.note(
            "no water area in the file: whether there is none or it is not mapped cannot be told, so water is unknown"
        )
    return land


def _read_protected(spec: dict[str, Any], area: Area, account: Account) -> gpd.GeoDataFrame:
    ledger = account.open("protected", spec)
    frame = read_polygons(spec["path"], spec["crs"], area.extent, ledger, {"column": spec["column"]}).to_crs(area.crs)
    # Cells at the border reach beyond it.
    touching = frame.dwithin(area.polygon, 1.5 * area.cell_size_m)
    ledger.drop("outside the region", int((~touching).sum()))
    ledger.kept = int(touching.sum())
    return frame[touching]


def _read_terrain(spec: dict[str, Any], area: Area, account: Account) -> Terrain:
    ledger = account.open("dem", spec)
    lattice = Lattice.over(area.metres, area.cell_size_m)
    terrain = read_terrain(spec["path"], lattice, area.crs, ledger)
    off = int(np.isnan(terrain.slope_deg[lattice.within(area.polygon)]).sum())
    if off:
        ledger.note(f"{off:,} cells lie off the DEM; their slope is unknown")
    return terrain


def _read_streets(
    spec: dict[str, Any], area: Area, country: str, speeds: SpeedTable, account: Account
) -> tuple[gpd.GeoDataFrame, Network]:
    """The streets as lines, and the network they make, for its account and its faults."""
    ledger = account.open("streets", spec)
    lattice = Lattice.over(area.metres, area.cell_size_m)
    inside = lattice.within(area.polygon)
    x, y = (values[inside] for values in lattice.centres())
    network = read_network(spec, area, country, speeds, cells=(x, y), ledger=ledger)
    return read_lines(spec, area), network
