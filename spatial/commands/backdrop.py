"""Cut and simplify what maps draw under everything: backdrop.parquet."""

from __future__ import annotations

import logging

from geojeom.command import Command
from geojeom.results import Folder, configuration
from geojeom.tables import write_table
from spatial.folder import table
from spatial.reading.boundary import read_area
from spatial.reading.provenance import Account
from spatial.reading.tags import TagTable
from spatial.sources.backdrop import make_backdrop

log = logging.getLogger("geojeom.spatial")
COMMAND = Command(
    sources=("boundary", "sources.land", "sources.streets"),
    catalogues=("osm_layers",),
    writes=("backdrop.parquet",),
    settings=(
        "region.boundary",
        "region.crs",
        "region.country",
        "region.cell_size_m",
        "region.sources.land",
        "region.sources.streets",
    ),
)


def run(folder: Folder) -> None:
    """Cut and simplify what maps draw under everything: backdrop.parquet."""
    region = configuration(folder)["region"]
    sources = region["sources"]
    area = read_area(region, Account())
    frame = make_backdrop(sources["land"], sources["streets"], area, table("osm_layers", TagTable))
    write_table(frame, folder / "backdrop.parquet", "backdrop")
