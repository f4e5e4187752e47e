"""Check every plan against the rules of a round, each with its figure, and add up its money by year and payer."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Annotated

import pandas as pd
import typer

from decisions.funds import Terms
from decisions.laid import Laid, laid, money_table
from decisions.money import readable as by_year
from decisions.money import readable_room, room
from decisions.programme import check_rules, nothing, readable
from geojeom.command import Command
from geojeom.errors import Fault, PlanError, raise_if_any
from geojeom.results import Folder
from geojeom.spreadsheet import write_csv
from geojeom.tables import read_arrays, read_table, write_table
from simulation.city_folder import read_workbook
from simulation.plans.given import form_of, read_plan
from simulation.plans.openings import district_faults, of_breaches, places, table_faults
from simulation.plans.settings import Draft, read_settings
from spatial.config.resolved import stored_region
from spatial.config.rounds import round_of

log = logging.getLogger("geojeom.decisions")
COMMAND = Command(
    reads=("districts.parquet", "plan.parquet"),
    reads_where={"plans.parquet": "region.plans", "plans.json": "region.plans"},
    writes=("programme.parquet", "money.parquet"),
    settings=(
        "programme",
        "region.applicant",
        "region.budget_krw_year",
        "region.plans",
        "simulation.start",
        "simulation.years",
    ),
)


def run(
    folder: Folder,
    rounds: Annotated[
        list[str] | None,
        typer.Option("--round", help="A round of data/programme; the workbook's or the region's own if left out."),
    ] = None,
    plan: Annotated[
        Path | None,
        typer.Option(help="The city's own plan, a workbook or openings like plan.parquet; no result is written."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Also write the money by year and payer to this .csv or .parquet."),
    ] = None,
    discount: Annotated[
        float | None, typer.Option(min=0, max=1, help="Rate a year (0.045) to say the worth of the plan's money by.")
    ] = None,
) -> None:
    """Check every plan against the rules of a round: met, not met or unknown, each with its figure; add up its money.

    The plans are the city's own on their hubs, and the template on every other candidate (on all where the region file
    lists ``default``). Outside Korea, where the region file names no round, there are no rules: that table is empty.
    With ``--plan`` the districts of that plan are checked and shown with their money by year, and with what is left of
    what the payers commit; no table of the results is written.
    """
    raise_if_any(PlanError, _refused(out))
    stored = stored_region(folder)
    chosen = [round_of(name) for name in rounds or []]
    settings = read_settings(stored.plain, str(folder / "region.json"))
    terms = Terms(settings.start, 12 * settings.years)
    own = stored.programme
    if plan is None:
        plans = laid(folder, stored, terms)
    else:
        given, named = _given(folder, plan, terms, Draft(stored.plain))
        plans = [given]
        if named is not None and (own is None or named != own.id):
            own = round_of(named)
    findings = [
        check_rules(
            each,
            held.districts,
            held.openings,
            plan_id=held.plan_id,
            applicant=stored.region.applicant,
            budget_krw_year=stored.region.budget_krw_year,
            terms=held.terms,
        )
        for each in chosen or ([] if own is None else [own])
        for held in plans
    ]
    table, money = pd.concat([nothing(), *findings], ignore_index=True), money_table(plans)
    if plan is None:
        write_table(table, folder / "programme.parquet", "programme")
        write_table(money, folder / "money.parquet", "money")
    typer.echo(readable(table))
    if plan is not None:
        _tell_money(money, plans[0].terms, discount)
    if out is not None and out.suffix.lower() == ".csv":
        write_csv(money, out)
    elif out is not None:
        write_table(money, out, "money")


def _refused(out: Path | None) -> list[Fault]:
    """Why the money is not written there: the file may be the plan itself, or a table of the results."""
    faults = []
    if out is not None and out.suffix.lower() not in (".csv", ".parquet"):
        faults.append(Fault(str(out), "a name that ends in .csv or .parquet", out.name, "Name it money.csv."))
    if out is not None and out.exists():
        faults.append(Fault(str(out), "no such file yet", "one that would be written over", "Choose another -o."))
    return faults


def _tell_money(money: pd.DataFrame, terms: Terms, discount: float | None) -> None:
    for name, paid in money.groupby("district_id", sort=False):
        typer.echo(f"\n{name}\n{by_year(paid, discount)}")
        if terms.commitments is not None:
            typer.echo(f"\n{readable_room(room(paid, terms.commitments))}")


def _given(folder: Path, path: Path, terms: Terms, draft: Draft) -> tuple[Laid, str | None]:
    """The plan of a file, and the round it names: a workbook with all that its sheets say, or openings alone."""
    districts = read_table(folder / "districts.parquet", "districts")
    if form_of(path, "workbook", "openings") == "workbook":
        plan, openings = read_workbook(path, folder)
        hub = districts[districts["district_id"] == plan.hub]
        own = Laid(path.stem, hub, openings, terms.of_sheets(openings, plan.sheets))
        return own, plan.overview.get("round")
    openings = read_plan(path)
    named, known = list(openings["district_id"].unique()), list(districts["district_id"])
    travel = read_arrays(folder / "district_travel.npz", ("district_id", "inside"))
    stood = places(openings, read_table(folder / "cells.parquet", "cells"), travel)
    faults = [
        *district_faults(named, known, str(path)),
        *table_faults(openings, draft, file=str(path)),
        *of_breaches(openings, stood, str(path)),
    ]
    raise_if_any(PlanError, faults)
    return Laid(path.stem, districts[districts["district_id"].isin(named)], openings, terms), None
