"""Check services, plan and simulation settings of a region file; every fault at once, nothing written."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Annotated

import typer

from simulation.plans.settings import read
from simulation.regions import unusual_settings
from spatial.config.resolve import resolve

log = logging.getLogger("geojeom.simulation")


def run(region: Annotated[Path, typer.Argument(help="The region file (YAML).")]) -> None:
    """Check services, plan and simulation settings of a region file; every fault at once, nothing written."""
    resolved = resolve(region)
    scheme = read(resolved.plain, str(region))
    for warning in unusual_settings(resolved):
        typer.echo(f"warning: {warning}")
    typer.echo(f"0 faults: {len(scheme.opened)} services opened over {scheme.months} months")
