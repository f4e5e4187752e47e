"""Build the street network and join every cell to it: streets.npz."""

from __future__ import annotations

import logging

from geojeom.command import Command
from geojeom.results import Folder
from spatial.config.resolved import stored_region
from spatial.folder import table, write_account
from spatial.reading.provenance import Account
from spatial.reading.square_grid import cell_centres
from spatial.reading.tags import SpeedTable
from spatial.store.files import load
from spatial.streets.files import network_of
from spatial.streets.straight import straight_lines

log = logging.getLogger("geojeom.spatial")
COMMAND = Command(
    reads=("sources/boundary.parquet",),
    reads_where={"sources/streets*.parquet": "region.sources.streets"},
    catalogues=("speeds",),
    writes=("streets.npz", "streets.json"),
    settings=("region.country", "region.cell_size_m", "region.cells_max"),
)


def run(folder: Folder) -> None:
    """Build the street network and join every cell to it: streets.npz."""
    region, speeds, account = stored_region(folder).region, table("speeds", SpeedTable), Account()
    collected = load(folder, region, "streets")
    assert collected.area is not None
    account.box = collected.area.degrees
    x, y = cell_centres(collected.area)
    source = collected.sources.get("streets")
    if source is None:
        network = straight_lines(x, y, speeds, region.country)
        log.warning("no street source: straight lines times a circuity of %g stand in for streets", network.circuity)
    else:
        account.take(source.account)
        network = network_of(source.parts, collected.area, region.country, speeds, cells=(x, y), ledger=source.ledger)
    account.tell()
    network.save(folder / "streets.npz")
    write_account(account, folder / "streets.json")
