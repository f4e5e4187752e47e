"""Bring every source onto the cells, and write the account of all rows: the tables of cells, zones and land."""

from __future__ import annotations

import logging

from geojeom.command import Command
from geojeom.errors import SourceError, raise_if_any
from geojeom.results import Folder, stored
from geojeom.tables import read_table, write_table
from spatial.cells.gather import JoinTables, join
from spatial.cells.survey import assemble
from spatial.config.resolved import stored_region
from spatial.counts.plausible import Densest
from spatial.folder import table, write_account
from spatial.reading.provenance import Account
from spatial.reading.tags import SpeedTable
from spatial.sources.codes import CodeAliases
from spatial.store.entries import ORDER
from spatial.store.files import load
from spatial.streets.network import Network

log = logging.getLogger("geojeom.spatial")
COMMAND = Command(
    reads=("sources/boundary.parquet", "facilities.parquet", "facilities.json", "streets.npz", "streets.json"),
    reads_where={
        "sources/zones.parquet": "region.sources.zones",
        "sources/counts-*.parquet": "region.sources.counts",
        "sources/cross_checks-*.parquet": "region.sources.cross_checks",
        "sources/density.parquet": "region.sources.density",
        "sources/buildings.parquet": "region.sources.buildings",
        "sources/land.parquet": "region.sources.land",
        "sources/protected.parquet": "region.sources.protected",
        "sources/dem.parquet": "region.sources.dem",
        "sources/zoning.parquet": "region.sources.zoning",
        "sources/parcels.parquet": "region.sources.parcels",
        "sources/parcel_tables-*.parquet": "region.sources.parcel_tables",
        "sources/history-*.parquet": "region.sources.history",
        "sources/streets*.parquet": "region.sources.streets",
    },
    catalogues=("speeds", "code_aliases", "plausible"),
    writes=("cells.parquet", "zones.parquet", "zoning.parquet", "parcels.parquet", "history.parquet", "sources.json"),
    settings=("region.country", "region.cell_size_m", "region.cells_max", "region.sources"),
)


def run(folder: Folder) -> None:
    """Bring every source onto the cells, and write the account of all rows: the tables of cells, zones and land."""
    region = stored_region(folder).region
    gathered = join(
        region,
        JoinTables(table("speeds", SpeedTable), table("code_aliases", CodeAliases), table("plausible", Densest)),
        load(folder, region, *(kind for kind in ORDER if kind not in ("facilities", "candidates"))),
        facilities=(
            read_table(folder / "facilities.parquet", "facilities"),
            Account.of(stored(folder, "facilities.json")),
        ),
        streets=(
            Network.load(folder / "streets.npz"),
            Account.of(stored(folder, "streets.json")),
        ),
    )
    raise_if_any(SourceError, gathered.faults)
    survey = assemble(gathered)
    survey.account.tell()
    write_table(survey.cells, folder / "cells.parquet", "cells")
    write_table(survey.zones, folder / "zones.parquet", "zones")
    write_table(survey.zoning, folder / "zoning.parquet", "zoning")
    write_table(survey.parcels, folder / "parcels.parquet", "parcels")
    write_table(survey.history, folder / "history.parquet", "history")
    write_account(survey.account, folder / "sources.json")
