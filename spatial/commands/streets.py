"""Build the street network and join every cell to it: streets.npz."""

from __future__ import annotations

import logging

from geojeom.command import Command
from geojeom.results import Folder, configuration
from geojeom.tables import read_table
from spatial.folder import table
from spatial.reading.boundary import read_area
from spatial.reading.provenance import Account
from spatial.reading.tags import SpeedTable
from spatial.streets.files import read_network
from spatial.streets.straight import straight_lines

log = logging.getLogger("geojeom.spatial")
COMMAND = Command(
    reads=("cells.parquet",),
    sources=("boundary", "sources.streets"),
    catalogues=("speeds",),
    writes=("streets.npz",),
    settings=("region.boundary", "region.crs", "region.country", "region.cell_size_m", "region.sources.streets"),
)


def run(folder: Folder) -> None:
    """Build the street network and join every cell to it: streets.npz."""
    region, account = configuration(folder)["region"], Account()
    area, speeds = read_area(region, account), table("speeds", SpeedTable)
    source = region["sources"]["streets"]
    frame = read_table(folder / "cells.parquet", "cells")
    x, y = frame["x_m"].to_numpy(), frame["y_m"].to_numpy()
    if source is None:
        network = straight_lines(x, y, speeds, region["country"])
        log.warning("no street source: straight lines times a circuity of %g stand in for streets", network.circuity)
    else:
        network = read_network(
            source, area, region["country"], speeds, cells=(x, y), ledger=account.open("streets", source)
        )
    account.tell()
    network.save(folder / "streets.npz")
