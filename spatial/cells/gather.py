"""Brings what was read of a region's sources together: what each says by code or name is joined to its zones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

import geopandas as gpd
import pandas as pd

from geojeom.errors import Fault, GeojeomError, SourceError
from spatial.config.region import Sourced
from spatial.counts.plausible import Densest
from spatial.counts.readers import ByZone, join_zone_rows
from spatial.counts.stored import as_units
from spatial.counts.units import Units
from spatial.reading.boundary import Area
from spatial.reading.provenance import Account
from spatial.reading.square_grid import cell_centres
from spatial.reading.tags import SpeedTable
from spatial.sources.buildings import Buildings
from spatial.sources.codes import CodeAliases
from spatial.sources.facilities import one_list
from spatial.sources.history import join_all
from spatial.sources.parcels import join_figures, no_parcels
from spatial.sources.terrain import Terrain
from spatial.sources.zoning import no_zoning
from spatial.store.entries import Entry, entries
from spatial.store.read import Collected, Source, Tables, collect
from spatial.streets.files import lines_of, network_of
from spatial.streets.network import Network

Found = TypeVar("Found")
# What is made before the cells are: a table, or the street network, with the account of the sources it was made of.
Facilities = tuple[gpd.GeoDataFrame, Account]
Streets = tuple[Network, Account]


class JoinTables(NamedTuple):
    """The tables under ``data/`` that joining needs, of those that reading does."""

    speeds: SpeedTable
    aliases: CodeAliases
    densest: Densest


@dataclass(frozen=True)
class SourceTables:
    """Everything joined, and every fault met: what is null where ``faults`` is empty is not in the region file."""

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


def gather(region: Sourced, tables: Tables, account: Account | None = None) -> SourceTables:
    """Read every source of a resolved region and join them, into an account.

    Parameters
    ----------
    region, tables : Sourced, Tables
        The region, and the tables of facts.
    account : Account, optional
        Gets what is said of the sources; a new one where left out.

    Returns
    -------
    SourceTables
        With all faults but those of the boundary.

    Raises
    ------
    SourceError
        Only where the boundary itself does not hold: nothing else can be judged without it.
    """
    collected = collect(region, tables)
    if collected.area is None:
        raise SourceError(collected.faults)
    return join(region, tables, collected, account)


def join(
    region: Sourced,
    tables: Tables | JoinTables,
    collected: Collected,
    account: Account | None = None,
    *,
    facilities: Facilities | None = None,
    streets: Streets | None = None,
) -> SourceTables:
    """Join the sources of a region that were read; what is at fault is left out, its faults are handed on.

    Parameters
    ----------
    region, tables : Sourced, Tables or JoinTables
        The region, and the tables of facts.
    collected : Collected
        What was read, the area with it.
    account : Account, optional
        Gets what is said of the sources; a new one where left out.
    facilities, streets : (GeoDataFrame, Account), (Network, Account), optional
        Where they have been made of their sources already.

    Returns
    -------
    SourceTables
        With all faults.
    """
    assert collected.area is not None
    account = account if account is not None else Account()
    account.box = collected.area.degrees
    parts = _Parts(region, tables, collected, account, list(collected.faults))
    if not region.sources.streets:
        account.lack("streets", circuity=tables.speeds.circuity)
    parts.source("boundary")
    zones = parts.table("zones")
    # What no figure is made of is in the account with its rows, and has no part in the list of estimates.
    aside = Account(ledgers=account.ledgers)
    units = {
        kind: [parts.units(entry, zones, ledger) for entry in parts.of(kind)]
        for kind, ledger in (("counts", account), ("cross_checks", aside), ("density", aside))
    }
    density = units.pop("density")
    return SourceTables(
        area=collected.area,
        zones=zones,
        counts=[unit for unit in units["counts"] if unit is not None],
        cross_checks=[unit for unit in units["cross_checks"] if unit is not None],
        density=density[0] if density else None,
        buildings=parts.buildings(),
        land=parts.table("land"),
        protected=parts.table("protected"),
        terrain=parts.terrain(),
        zoning=parts.table("zoning") if region.sources.zoning else no_zoning(collected.area.crs, account),
        parcels=parts.parcels() if region.sources.parcels else no_parcels(collected.area.crs, account),
        history=parts.history(zones),
        facilities=parts.facilities(facilities),
        streets=parts.streets(streets),
        account=account,
        densest=tables.densest,
        faults=parts.faults,
    )


@dataclass(frozen=True)
class _Parts:
    """The sources as they were read, taken up one after the other with their accounts."""

    region: Sourced
    tables_of_facts: Tables | JoinTables
    found: Collected
    account: Account
    faults: list[Fault]

    @property
    def area(self) -> Area:
        assert self.found.area is not None
        return self.found.area

    def of(self, kind: str) -> list[Entry]:
        return list(entries(self.region, kind))

    def source(self, key: str, account: Account | None = None) -> Source | None:
        """The source of that key, its account taken up; None where there is none, or it is at fault."""
        source = self.found.sources.get(key)
        if source is None:
            return None
        (account or self.account).take(source.account)
        return source if source.parts else None

    def sources(self, *kinds: str) -> list[Source] | None:
        """All sources of some kinds; None where one of them is at fault."""
        read = [self.source(entry.key) for kind in kinds for entry in self.of(kind)]
        whole = [source for source in read if source is not None]
        return whole if len(whole) == len(read) else None

    def attempt(self, work: Callable[[], Found]) -> Found | None:
        try:
            return work()
        except GeojeomError as error:
            self.faults.extend(error.faults)
            return None

    def table(self, key: str) -> Any:
        source = self.source(key)
        return source.table if source else None

    def units(self, entry: Entry, zones: gpd.GeoDataFrame | None, account: Account) -> Units | None:
        source = self.source(entry.key, account)
        if source is None:
            return None
        spec = entry.spec
        if not isinstance(spec, ByZone):
            return as_units(source.table, source.ledger, self.area)
        if zones is None and self.region.sources.zones:
            return None  # the zones are at fault, and have said so
        return self.attempt(
            lambda: join_zone_rows(
                source.table,
                spec,
                self.area,
                zones,
                aliases=self.tables_of_facts.aliases,
                ledger=source.ledger,
                account=account,
            )
        )

    def buildings(self) -> Buildings | None:
        source = self.source("buildings")
        return Buildings(source.table, source.table.attrs["old_before"], source.ledger) if source else None

    def terrain(self) -> Terrain | None:
        table = self.table("dem")
        return None if table is None else Terrain(**{name: table[name].to_numpy() for name in table.columns})

    def parcels(self) -> gpd.GeoDataFrame | None:
        parts = self.sources("parcels", "parcel_tables")
        if parts is None:
            return None
        parcels, *figures = (source.table for source in parts)
        specs, ledgers = self.region.sources.parcel_tables, [source.ledger for source in parts]
        aliases = self.tables_of_facts.aliases
        return self.attempt(lambda: join_figures(parcels, figures, specs, aliases=aliases, ledgers=ledgers))

    def history(self, zones: gpd.GeoDataFrame | None) -> pd.DataFrame | None:
        series, settings = self.sources("history"), self.region.sources
        if series is None or (zones is None and settings.zones):
            return None
        rows, ledgers = [source.table for source in series], [source.ledger for source in series]
        aliases = self.tables_of_facts.aliases
        return self.attempt(
            lambda: join_all(
                rows, settings.history, ledgers, zones, area=self.area, aliases=aliases, account=self.account
            )
        )

    def facilities(self, made: Facilities | None) -> gpd.GeoDataFrame | None:
        if made is not None:
            self.account.take(made[1])
            return made[0]
        parts = self.sources("facilities")
        if parts is None:
            return None
        frames, ledgers = [source.table for source in parts], [source.ledger for source in parts]
        return one_list(frames, ledgers, self.area, self.account)

    def streets(self, made: Streets | None) -> tuple[gpd.GeoDataFrame, Network] | None:
        """The streets as lines, and the network they make; it is built where it is not yet."""
        source = self.found.sources.get("streets")
        if source is None or not source.parts:
            self.source("streets")
            return None
        if made is not None:
            network: Network | None = made[0]
            self.account.take(made[1])
        else:
            self.source("streets")
            speeds, country, centres = self.tables_of_facts.speeds, self.region.country, cell_centres(self.area)
            network = self.attempt(
                lambda: network_of(source.parts, self.area, country, speeds, cells=centres, ledger=source.ledger)
            )
        return (lines_of(source.parts, self.area), network) if network is not None else None
