"""Read every source of a region file, write nothing, and tell what was found and every fault; 1 when any."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Annotated

import typer

from spatial.cells import check as sources
from spatial.config.ahp import contradiction
from spatial.config.resolve import resolve
from spatial.config.resolved import unusual
from spatial.folder import tables

log = logging.getLogger("geojeom.spatial")


def run(region: Annotated[Path, typer.Argument(help="The region file (YAML).")]) -> None:
    """Read every source of a region file, write nothing, and tell what was found and every fault; 1 when any."""
    resolved = resolve(region)
    account, faults = sources.check_sources(resolved.region, tables())
    labels = {criterion.id: criterion.label for criterion in resolved.criteria.criteria}
    if (contradicted := contradiction(resolved.profile, labels)) is not None:
        account.warn("ahp.file", file=resolved.files["profile"], said=contradicted)
    typer.echo(sources.report(account, faults, unusual(resolved)))
    raise typer.Exit(1 if faults else 0)
