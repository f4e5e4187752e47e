"""Cut a region's box out of a country's OpenStreetMap file, once; name the extract in the region file."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Annotated

import typer

from spatial.config.resolve import resolve
from spatial.reading import osm_extract
from spatial.reading.boundary import read_area
from spatial.reading.provenance import Account

log = logging.getLogger("geojeom.spatial")


def run(
    region: Annotated[Path, typer.Argument(help="The region file (YAML).")],
    country: Annotated[Path, typer.Argument(help="A larger OpenStreetMap file (.osm.pbf).")],
    extract: Annotated[Path, typer.Argument(help="The file to write (.osm.pbf).")],
) -> None:
    """Cut a region's box out of a country's OpenStreetMap file, once; name the extract in the region file."""
    box = read_area(resolve(region).region, Account()).degrees
    nodes = osm_extract.cut(str(country), extract, box)
    log.info("%s: %s nodes in the region's box, with all they belong to", extract, f"{nodes:,}")
