"""Read each source file once, what has changed of them, into tables that all other steps read."""

from __future__ import annotations

import logging

from geojeom.catalogues import CATALOGUES
from geojeom.command import Command
from geojeom.errors import SourceError
from geojeom.results import Folder
from spatial.config.resolved import stored_region
from spatial.folder import tables
from spatial.store.files import bring_up_to_date

log = logging.getLogger("geojeom.spatial")
COMMAND = Command(
    sources=("boundary", "sources", "candidates"),
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
    writes=("sources/index.json", "sources/*.parquet"),
    settings=(
        "region.boundary",
        "region.crs",
        "region.country",
        "region.cell_size_m",
        "region.cells_max",
        "region.sources",
        "region.candidates",
    ),
)


def run(folder: Folder) -> None:
    """Read each source file once, what has changed of them, into tables that all other steps read."""
    region, facts = stored_region(folder).region, tables()
    collected, written = bring_up_to_date(folder, region, facts, CATALOGUES)
    if collected.faults:
        # What lays sources on cells is imported for its faults alone.
        from spatial.cells.check import judge  # noqa: PLC0415

        # Whoever has one file to mend should hear of all others at the same time.
        raise SourceError(judge(region, facts, collected)[1])
    log.info("sources: wrote the tables of %s", ", ".join(written) or "none, nothing has changed")
