"""Check every candidate against the rules of a round: met, not met or unknown, each with its figure."""

from __future__ import annotations

import logging
from typing import Annotated

import pandas as pd
import typer

from decisions.programme import check_rules, nothing, readable
from geojeom.catalogues import CATALOGUES
from geojeom.checked_yaml import read_catalogue
from geojeom.command import Command
from geojeom.results import Folder
from geojeom.tables import read_table, write_table
from spatial.config.catalogue import Programme
from spatial.config.resolved import stored_region

log = logging.getLogger("geojeom.decisions")
COMMAND = Command(
    reads=("districts.parquet", "plan.parquet"),
    writes=("programme.parquet",),
    settings=("programme", "region.applicant", "region.budget_krw_year"),
)


def run(
    folder: Folder,
    rounds: Annotated[
        list[str] | None, typer.Option("--round", help="A round of data/programme; the region's own where left out.")
    ] = None,
) -> None:
    """Check every candidate against the rules of a round: met, not met or unknown, each with its figure.

    Outside Korea, where the region file names no round, there are no rules: the table is empty.
    """
    stored = stored_region(folder)
    chosen = [read_catalogue(CATALOGUES / "programme" / f"{name}.yaml", Programme) for name in rounds or []]
    own = [] if stored.programme is None else [stored.programme]
    plan = folder / "plan.parquet"
    findings = [
        check_rules(
            each,
            read_table(folder / "districts.parquet", "districts"),
            read_table(plan, "plan") if plan.is_file() else None,
            stored.region.applicant,
            stored.region.budget_krw_year,
        )
        for each in chosen or own
    ]
    table = pd.concat([nothing(), *findings], ignore_index=True)
    write_table(table, folder / "programme.parquet", "programme")
    typer.echo(readable(table))
