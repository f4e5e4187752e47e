"""Check every candidate against the rules of a round: met, not met or unknown, each with its figure."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Annotated

import pandas as pd
import typer

from decisions.funds import Terms
from decisions.money import readable as by_year
from decisions.programme import check_rules, nothing, readable
from geojeom.catalogues import CATALOGUES
from geojeom.checked_yaml import read_catalogue
from geojeom.command import Command
from geojeom.errors import PlanError, raise_if_any
from geojeom.results import Folder
from geojeom.tables import read_table, write_table
from simulation.city_folder import is_workbook, read_workbook
from simulation.plans.given import read_plan
from simulation.plans.openings import district_faults, table_faults
from simulation.plans.settings import Draft, read_settings
from spatial.config.catalogue import Programme
from spatial.config.resolved import stored_region

log = logging.getLogger("geojeom.decisions")
COMMAND = Command(
    reads=("districts.parquet", "plan.parquet"),
    writes=("programme.parquet",),
    settings=("programme", "region.applicant", "region.budget_krw_year", "simulation.start", "simulation.years"),
)


def run(
    folder: Folder,
    rounds: Annotated[
        list[str] | None, typer.Option("--round", help="A round of data/programme; the region's own where left out.")
    ] = None,
    plan: Annotated[
        Path | None,
        typer.Option(help="The city's own plan, a workbook or openings like plan.parquet; nothing is written."),
    ] = None,
    discount: Annotated[
        float | None, typer.Option(min=0, max=1, help="Rate a year (0.045) to say the worth of the plan's money by.")
    ] = None,
) -> None:
    """Check every candidate against the rules of a round: met, not met or unknown, each with its figure.

    Outside Korea, where the region file names no round, there are no rules: the table is empty. With ``--plan`` the
    districts of that plan are checked and shown with their money by year; programme.parquet stays that of the region's
    own plan.
    """
    stored = stored_region(folder)
    chosen = [read_catalogue(CATALOGUES / "programme" / f"{name}.yaml", Programme) for name in rounds or []]
    own = [] if stored.programme is None else [stored.programme]
    settings = read_settings(stored.plain, str(folder / "region.json"))
    terms = Terms(settings.start, 12 * settings.years)
    openings: pd.DataFrame | None
    if plan is not None and is_workbook(plan):
        districts, openings, terms = _of_workbook(folder, plan, terms)
    else:
        districts, openings = _laid(folder, plan, Draft(stored.plain))
    findings = [
        check_rules(
            each,
            districts,
            openings,
            applicant=stored.region.applicant,
            budget_krw_year=stored.region.budget_krw_year,
            terms=terms,
        )
        for each in chosen or own
    ]
    table = pd.concat([nothing(), *findings], ignore_index=True)
    if plan is None:
        write_table(table, folder / "programme.parquet", "programme")
    typer.echo(readable(table))
    if plan is not None and openings is not None:
        for name, laid in openings.groupby("district_id", sort=False):
            typer.echo(f"\n{name}\n{by_year(terms.money(laid), discount)}")


def _of_workbook(folder: Path, path: Path, terms: Terms) -> tuple[pd.DataFrame, pd.DataFrame, Terms]:
    """The hub of a workbook, its openings, and what its sheets say of money and dates."""
    plan, openings = read_workbook(path, folder)
    districts: pd.DataFrame = read_table(folder / "districts.parquet", "districts")
    return districts[districts["district_id"] == plan.hub], openings, terms.of_sheets(openings, plan.sheets)


def _laid(folder: Path, plan: Path | None, draft: Draft) -> tuple[pd.DataFrame, pd.DataFrame | None]:
    """The districts to check and the openings laid on them, if any: those of ``plan``, or of the results folder."""
    districts: pd.DataFrame = read_table(folder / "districts.parquet", "districts")
    if plan is None:
        laid = folder / "plan.parquet"
        return districts, read_table(laid, "plan") if laid.is_file() else None
    openings = read_plan(plan)
    named, known = list(openings["district_id"].unique()), list(districts["district_id"])
    faults = [*district_faults(named, known, str(plan)), *table_faults(openings, draft, file=str(plan))]
    raise_if_any(PlanError, faults)
    return districts[districts["district_id"].isin(named)], openings
