"""Bring every source onto the cells, and write the account of all rows: the tables of cells, zones and land."""

from __future__ import annotations

import json
import logging

from geojeom.command import Command
from geojeom.results import Folder, configuration
from geojeom.tables import atomic, write_table
from spatial.cells.survey import survey
from spatial.folder import tables

log = logging.getLogger("geojeom.spatial")
COMMAND = Command(
    sources=("boundary", "sources"),
    catalogues=(
        "osm_kinds",
        "osm_layers",
        "building_uses",
        "speeds",
        "zoning",
        "code_aliases",
        "land_owners",
        "plausible",
    ),
    writes=("cells.parquet", "zones.parquet", "zoning.parquet", "parcels.parquet", "history.parquet", "sources.json"),
    settings=("region.boundary", "region.crs", "region.country", "region.cell_size_m", "region.sources"),
)


def run(folder: Folder) -> None:
    """Bring every source onto the cells, and write the account of all rows: the tables of cells, zones and land."""
    found = survey(configuration(folder)["region"], tables())
    found.account.tell()
    write_table(found.cells, folder / "cells.parquet", "cells")
    write_table(found.zones, folder / "zones.parquet", "zones")
    write_table(found.zoning, folder / "zoning.parquet", "zoning")
    write_table(found.parcels, folder / "parcels.parquet", "parcels")
    write_table(found.history, folder / "history.parquet", "history")
    with atomic(folder / "sources.json") as partial:
        partial.write_text(json.dumps(found.account.as_dict(), ensure_ascii=False, indent=1), encoding="utf-8")
