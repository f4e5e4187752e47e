"""Check a region file and write it, with every default filled in, to region.json."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Annotated

import typer

from geojeom.errors import RegionError, raise_if_any
from spatial.config import resolve as regions
from spatial.config.resolved import unusual

log = logging.getLogger("geojeom.spatial")


def run(
    region: Annotated[Path, typer.Argument(help="The region file (YAML).")],
    folder: Annotated[Path | None, typer.Option(help="Results folder; results/<region> where left out.")] = None,
) -> None:
    """Check a region file and write it, with every default filled in, to region.json."""
    resolved = regions.resolve(region)
    raise_if_any(RegionError, regions.missing_files(resolved.region, str(region), set()))
    for warning in unusual(resolved):
        log.warning("%s", warning)
    regions.write(resolved, folder or Path("results") / resolved.region.region)
