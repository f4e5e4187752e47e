"""Cut and simplify what maps draw under everything: backdrop.parquet."""

from __future__ import annotations

import logging

from geojeom.command import Command
from geojeom.results import Folder
from geojeom.tables import write_table
from spatial.config.resolved import stored_region
from spatial.folder import table
from spatial.reading.tags import TagTable
from spatial.sources.backdrop import make_backdrop
from spatial.store.files import load
from spatial.streets.files import lines_of

log = logging.getLogger("geojeom.spatial")
COMMAND = Command(
    reads=("sources/boundary.parquet",),
    reads_where={
        "sources/land.parquet": "region.sources.land",
        "sources/streets*.parquet": "region.sources.streets",
    },
    catalogues=("osm_layers",),
    writes=("backdrop.parquet",),
    settings=("region.country", "region.cell_size_m", "region.cells_max"),
)


def run(folder: Folder) -> None:
    """Cut and simplify what maps draw under everything: backdrop.parquet."""
    collected = load(folder, stored_region(folder).region, "land", "streets")
    assert collected.area is not None
    land, streets = (collected.sources.get(key) for key in ("land", "streets"))
    frame = make_backdrop(
        land.table if land else None,
        lines_of(streets.parts, collected.area) if streets else None,
        collected.area,
        table("osm_layers", TagTable),
    )
    write_table(frame, folder / "backdrop.parquet", "backdrop")
