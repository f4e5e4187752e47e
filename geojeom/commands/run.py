"""Run the pipeline for one or more regions and print where their pages are."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import Annotated

import typer

from geojeom import cli
from geojeom.app import quiet, set_threads
from geojeom.catalogues import CATALOGUES
from geojeom.command import command_names
from geojeom.errors import GeojeomError
from geojeom.fingerprint import not_later_than_now
from geojeom.lock import LOCK, wait_for
from geojeom.pipeline import declared_in
from geojeom.results import configuration
from geojeom.warm import run as bring_up_to_date
from geojeom.workers import workers

log = logging.getLogger("geojeom")


def run(
    regions: Annotated[list[str], typer.Argument(help="Region files (YAML), folders or tables (CSV) of them.")],
    results: Annotated[Path, typer.Option(help="Folder that holds the results of all regions.")] = Path("results"),
) -> None:
    """Run the pipeline for one or more regions and print where their pages are.

    All region files are checked before anything runs. Where a source of one region fails, the others are finished.
    """
    # On the terminal the steps and their times are enough; all that is logged is in the region's folder `logs`.
    quiet()
    threads = os.cpu_count() or 1
    set_threads(threads)
    wait_for(results / LOCK, lambda who: typer.echo(f"Another run is under way here ({who}): waiting.", err=True))
    commands = declared_in({room: command_names(room) for room in cli.ROOMS})
    failed = []
    with workers(threads) as carrying_out:
        # Steps need the libraries that it imports, which this process does not.
        folders = carrying_out.call(cli.dotted(*cli.RESOLVE), regions, results)
        for folder in folders:
            not_later_than_now(folder)
            try:
                resolved = configuration(folder)
                ran = bring_up_to_date(folder, resolved, commands, CATALOGUES, workers=carrying_out, say=typer.echo)
            except GeojeomError as error:
                failed.append(f"{folder.name}: {error}")
                continue
            if not ran:
                typer.echo(f"{folder.name}: nothing has changed")
    for folder in folders:
        for page in sorted(folder.glob("*.html")):
            typer.echo(page)
    if failed:
        log.error("%s", "\n".join(failed))
        raise typer.Exit(1)
