"""Check the candidate districts and measure travel from each to every cell."""

from __future__ import annotations

import logging

from geojeom.command import Command
from geojeom.results import Folder
from geojeom.tables import read_table, write_table
from spatial.config.resolved import stored_region
from spatial.districts.candidates import check_districts, with_zones
from spatial.districts.travel import district_travel
from spatial.folder import write_account
from spatial.reading.provenance import Account
from spatial.store.files import load
from spatial.streets.network import Network
from spatial.streets.travel import prepare_groups

log = logging.getLogger("geojeom.spatial")
COMMAND = Command(
    reads=("sources/boundary.parquet", "sources/candidates.parquet", "cells.parquet", "zones.parquet", "streets.npz"),
    writes=("districts.parquet", "district_travel.npz", "candidates.json"),
    settings=("region.country", "region.cell_size_m", "region.cells_max", "region.candidates"),
)


def prepare() -> None:
    """Have the kernels compiled that the command calls."""
    prepare_groups()


def run(folder: Folder) -> None:
    """Check the candidate districts and measure travel from each to every cell."""
    region = stored_region(folder).region
    collected = load(folder, region, "candidates")
    area, source = collected.area, collected.sources["candidates"]
    assert area is not None
    account = Account(box=area.degrees)
    account.take(source.account)
    table = check_districts(
        source.table, area.polygon, area.crs, source.ledger.path, cell_size_m=area.cell_size_m, ledger=source.ledger
    )
    zones = read_table(folder / "zones.parquet", "zones")
    table = with_zones(table, zones, region.candidates.zones, str(folder / "region.json"))
    cells = read_table(folder / "cells.parquet", "cells")
    reach = district_travel(
        table, cells["x_m"].to_numpy(), cells["y_m"].to_numpy(), Network.load(folder / "streets.npz")
    )
    reach.save(folder / "district_travel.npz")
    write_table(table, folder / "districts.parquet", "districts")
    write_account(account, folder / "candidates.json")
    account.tell()
