"""Read facilities from tables and OpenStreetMap: facilities.parquet."""

from __future__ import annotations

import logging

from geojeom.command import Command
from geojeom.results import Folder, configuration
from geojeom.tables import write_table
from spatial.folder import table
from spatial.reading.boundary import read_area
from spatial.reading.provenance import Account
from spatial.reading.tags import TagTable
from spatial.sources.facilities import read_facilities

log = logging.getLogger("geojeom.spatial")
COMMAND = Command(
    sources=("boundary", "sources.facilities"),
    catalogues=("osm_kinds",),
    writes=("facilities.parquet",),
    settings=("region.boundary", "region.crs", "region.country", "region.cell_size_m", "region.sources.facilities"),
)


def run(folder: Folder) -> None:
    """Read facilities from tables and OpenStreetMap: facilities.parquet."""
    region, account = configuration(folder)["region"], Account()
    area = read_area(region, account)
    frame = read_facilities(region["sources"]["facilities"], area, table("osm_kinds", TagTable), account)
    account.tell()
    write_table(frame, folder / "facilities.parquet", "facilities")
