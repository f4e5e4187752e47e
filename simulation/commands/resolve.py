"""Check region files with everything they name, and write each, defaults filled in, to its region.json."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Annotated

import typer

from simulation.regions import read_regions, unusual_settings
from spatial.config.resolve import write
from spatial.regions import region_files

log = logging.getLogger("geojeom.simulation")


def run(
    regions: Annotated[list[str], typer.Argument(help="Region files (YAML), folders or tables (CSV) of them.")],
    results: Annotated[Path, typer.Option(help="Folder that holds the results of all regions.")] = Path("results"),
) -> list[Path]:
    """Check region files with everything they name, and write each, defaults filled in, to its region.json.

    Returns the results folders, in the order of the files. Nothing is written where any file has a fault.
    """
    resolved = read_regions([Path(file) for text in regions for file in region_files(text)])
    for name, region in resolved.items():
        for warning in unusual_settings(region):
            log.warning("%s", warning)
        write(region, results / name)
    return [results / name for name in resolved]
