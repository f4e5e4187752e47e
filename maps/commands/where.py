"""Print where the pages of some regions are."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Annotated

import typer

from spatial.config.resolve import resolve
from spatial.regions import region_files

log = logging.getLogger("geojeom.maps")


def run(
    regions: Annotated[list[str], typer.Argument(help="Region files (YAML), folders or tables (CSV) of them.")],
    results: Annotated[Path, typer.Option(help="Folder that holds the results of all regions.")] = Path("results"),
) -> None:
    """Print where the pages of some regions are."""
    for region in (file for text in regions for file in region_files(text)):
        name = resolve(Path(region)).region.region
        for page in sorted((results / name).glob("*.html")):
            typer.echo(page)
