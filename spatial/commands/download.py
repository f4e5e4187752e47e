"""Download the streets of a place through osmnx, once; name the file in the region file. Needs a network."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Annotated

import typer

from spatial.folder import table
from spatial.reading import osm_extract
from spatial.reading.tags import SpeedTable

log = logging.getLogger("geojeom.spatial")


def run(
    place: Annotated[str, typer.Argument(help="A place as on openstreetmap.org, e.g. 'Suwon, South Korea'.")],
    file: Annotated[Path, typer.Argument(help="The file to write (.graphml).")],
) -> None:
    """Download the streets of a place through osmnx, once; name the file in the region file. Needs a network."""
    day = osm_extract.download(place, file, table("speeds", SpeedTable).access)
    log.info("%s: snapshot of %s, which maps show as its vintage unless the region file gives another", file, day)
