"""Sources read and brought together in one call, where the commands do it in two steps with tables between them."""

from __future__ import annotations

from collections.abc import Sequence

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geojeom.errors import Fault, SourceError, raise_if_any
from spatial.cells.gather import gather
from spatial.cells.survey import Survey, assemble
from spatial.config.region import Counts, Facilities, Parcels, ParcelTable, Source, Sourced, YearlyTable
from spatial.counts.readers import ByZone, join_zone_rows, read_placed, read_zone_rows
from spatial.counts.units import Units
from spatial.reading.boundary import Area
from spatial.reading.provenance import Account, Ledger
from spatial.reading.tags import SpeedTable, TagTable
from spatial.sources.codes import CodeAliases
from spatial.sources.facilities import one_list, read_places
from spatial.sources.history import join_all, join_years, read_years
from spatial.sources.parcels import LandOwners, join_figures, read_figures, read_map
from spatial.store.read import Tables
from spatial.streets.files import network_of
from spatial.streets.network import Network
from spatial.streets.read import read_streets

Floats = NDArray[np.float64]


def survey(region: Sourced, tables: Tables) -> Survey:
    """All sources of a region, brought onto its cells."""
    collected = gather(region, tables)
    raise_if_any(SourceError, collected.faults)
    return assemble(collected)


def read_network(
    source: Source, area: Area, country: str, table: SpeedTable, *, cells: tuple[Floats, Floats], ledger: Ledger
) -> Network:
    """The network of a street file, joined to cells whose centres are x and y (C,) in metres."""
    return network_of(read_streets(source, area, table, ledger), area, country, table, cells=cells, ledger=ledger)


def read_counts(
    spec: Counts, key: str, area: Area, zones: gpd.GeoDataFrame | None, *, aliases: CodeAliases, account: Account
) -> Units:
    """An entry of ``sources.counts`` or ``sources.cross_checks`` as units, named ``key`` in the account."""
    ledger = account.open(key, spec)
    if isinstance(spec, ByZone):
        rows = read_zone_rows(spec, ledger, account)
        return join_zone_rows(rows, spec, area, zones, aliases=aliases, ledger=ledger, account=account)
    return read_placed(spec, area, ledger, account)


def read_facilities(sources: Sequence[Facilities], area: Area, kinds: TagTable, account: Account) -> gpd.GeoDataFrame:
    """The table ``facilities`` from all its sources."""
    ledgers = [account.open(f"facilities[{number}]", spec) for number, spec in enumerate(sources)]
    frames = [read_places(spec, area, kinds, ledger) for spec, ledger in zip(sources, ledgers, strict=True)]
    return one_list(frames, ledgers, area, account)


def read_history(
    spec: YearlyTable, zones: gpd.GeoDataFrame, area: Area, aliases: CodeAliases, ledger: Ledger
) -> pd.DataFrame:
    """Rows of the table ``history`` from one source."""
    return join_years(read_years(spec, ledger), spec, ledger, zones, area=area, aliases=aliases)


def read_histories(
    specs: Sequence[YearlyTable], zones: gpd.GeoDataFrame | None, area: Area, aliases: CodeAliases, account: Account
) -> pd.DataFrame:
    """The table ``history`` from all its sources."""
    ledgers = [account.open(f"history[{at}]", spec) for at, spec in enumerate(specs)]
    rows = [read_years(spec, ledger) for spec, ledger in zip(specs, ledgers, strict=True)]
    return join_all(rows, specs, ledgers, zones, area=area, aliases=aliases, account=account)


def read_parcels(
    spec: Parcels,
    tables: Sequence[ParcelTable],
    area: Area,
    owners: LandOwners,
    *,
    aliases: CodeAliases,
    account: Account,
) -> gpd.GeoDataFrame:
    """The table ``parcels`` from the map and all tables of parcels; SourceError with the faults of every file."""
    faults: list[Fault] = []
    ledger = account.open("parcels", spec)
    ledgers = [account.open(f"parcel_tables[{at}]", table) for at, table in enumerate(tables)]
    parcels, figures = None, []
    try:
        parcels = read_map(spec, area, owners, ledger)
    except SourceError as error:
        faults += error.faults
    for table, own in zip(tables, ledgers, strict=True):
        try:
            figures.append(read_figures(table, owners, own))
        except SourceError as error:
            faults += error.faults
    raise_if_any(SourceError, faults)
    assert parcels is not None
    return join_figures(parcels, figures, tables, aliases=aliases, ledgers=[ledger, *ledgers])
