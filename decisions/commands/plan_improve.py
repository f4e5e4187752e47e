"""Find a better roll-out for a plan's money, say how far from the best possible it is, and write it as a workbook."""

from __future__ import annotations

import logging
import os
import time
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from decisions.rollout import building, certificate, chance, improving, wishes
from decisions.rollout.building import Built
from decisions.rollout.chance import Chance
from decisions.rollout.goal import Goal
from decisions.rollout.improving import Found
from decisions.rollout.lanes import by_core
from decisions.rollout.plan_read import PlanRead, read_plan
from decisions.rollout.said import said
from decisions.rollout.terms import Terms
from geojeom.errors import PlanError, raise_if_any
from geojeom.messages import Remark
from simulation.city_folder import FOR_PLANS, results_of
from simulation.plans.payers import COLUMNS as PAYER_COLUMNS
from simulation.plans.people import zones_in_decline
from simulation.plans.settings import Scheme
from simulation.plans.siting import month_name
from simulation.workbook.revised import Revision
from simulation.workbook.writing import refused, write_book

log = logging.getLogger("geojeom.decisions")
NEEDED = (*FOR_PLANS, "streets.npz", "travel.npz", "history.parquet", "backdrop.parquet")
# What a new row of the sheet of diffusion says besides who pays.
NEW = ("service", "zone", "site", "units", "opens", "capex_krw", "opex_krw_year")

# What a planner may ask for besides.
CarryOver = Annotated[bool, typer.Option("--carry-over", help="Capital that a year leaves may be spent in later ones.")]
Zones = Annotated[
    str | None, typer.Option(help="Only these may change, by name or code: 매화동,산수동. All others stay.")
]
UnitsAYear = Annotated[int | None, typer.Option(min=1, help="Units that open outside the hub in a year, at most.")]
AtLeast = Annotated[
    list[str] | None,
    typer.Option(help="Units a zone gets by the end: 1 (each zone), 매화동=3, declining=2 (zones in decline by law)."),
]
GoalName = Annotated[str, typer.Option(help="users (at the end of the years) or user-years (of all months).")]
Discount = Annotated[float, typer.Option(help="With user-years: by how much a year later ones count less.")]
Weights = Annotated[
    list[str] | None,
    typer.Option(help="How often a user counts: elderly=2 (65 and over), declining=2 (zones in decline by law)."),
]
Risk = Annotated[
    str | None,
    typer.Option(help="Choose among the plans found by worlds of chance: by their mean, or by the worst-fifth."),
]
Seed = Annotated[int | None, typer.Option(min=0, max=2**64 - 1, help="Of these worlds; else the region's.")]


def run(  # noqa: PLR0917 -- the options of a command
    region: Annotated[Path, typer.Argument(help="The region file (YAML).")],
    plan: Annotated[Path, typer.Argument(help="The plan to improve: a workbook (.xlsx, .ods).")],
    out: Annotated[Path, typer.Option("--output", "-o", help="The workbook to write (.xlsx).")],
    budget: Annotated[
        list[str] | None,
        typer.Option(help="Money of a year, all payers together: 2030=5000000000; as often as needed."),
    ] = None,
    carry_over: CarryOver = False,
    zones: Zones = None,
    units_a_year: UnitsAYear = None,
    at_least: AtLeast = None,
    goal: GoalName = wishes.USERS,
    discount: Discount = 0.0,
    weight: Weights = None,
    risk: Risk = None,
    seconds: Annotated[float, typer.Option(min=1, help="Time for the search; the bound takes its own.")] = 120.0,
    worlds: Annotated[int, typer.Option(min=2, help="Worlds of chance in which both plans are compared.")] = 32,
    seed: Seed = None,
    lang: Annotated[
        str, typer.Option(help="Language of what is said: ko or en; the workbook stays in its own.")
    ] = "ko",
    results: Annotated[Path, typer.Option(help="Folder that holds the results of all regions.")] = Path("results"),
) -> None:
    """Find a better roll-out for a plan's money, say how far from the best possible it is, and write it as a workbook.

    Openings inside the hub stay. Those outside may move to other years and zones, within the money that the payers
    commit by year (the sheet 재원), else within what the plan spends, or within --budget. Beside the workbook a
    certificate (.npz) is written with which anybody can check the bound: ``geojeom decisions certificate``.
    """
    sought, faults = wishes.goal(goal, discount, weight or ())
    money, wrong = wishes.budget(budget or ())
    least, short = wishes.at_least(at_least or ())
    known = [] if risk is None else wishes.one_of("--risk", risk, chance.MEAN, chance.WORST_FIFTH)
    raise_if_any(PlanError, [*refused(out, lang), *wrong, *faults, *short, *known])
    read = read_plan(plan, results_of(region, results, NEEDED))
    only, unknown = wishes.zones(zones, read.city.zone)
    decline = zones_in_decline(read.data.cells, read.data.history)
    minima, short = wishes.minima(least, read.city.zone, decline)
    raise_if_any(PlanError, [*unknown, *short])
    terms = Terms(sought, money, carry_over, only, units_a_year, minima)
    built = building.build(read.data, read.scheme, read.plan.hub, read.openings, committed=read.committed, terms=terms)
    for remark in built.left_out.values():
        log.warning("%s", getattr(remark, lang))
    found = _found(built, seconds)
    found, by_chance = _in_worlds(built, found, read.scheme, risk, worlds, read.seed if seed is None else seed, sought)
    for remark in (
        *said(built, found, read.scheme, sought, _names(read)),
        *by_chance,
        *_written(built, found, read, region, out),
    ):
        typer.echo(getattr(remark, lang))


def _names(read: PlanRead) -> dict[str, str]:
    zones = read.city.zones
    return dict(zip(zones["zone_id"].astype(str), zones["name"].astype(str), strict=True))


def _found(built: Built, seconds: float) -> Found:
    end = time.monotonic() + seconds
    score = by_core(built.instance, built.problems, built.lanes)
    return improving.find(built.instance, built.when, score, seconds_left=lambda: end - time.monotonic())


def _in_worlds(  # noqa: PLR0917 -- what worlds are of
    built: Built, found: Found, scheme: Scheme, risk: str | None, worlds: int, seed: int, goal: Goal
) -> tuple[Found, list[Remark]]:
    """The plan that ``risk`` prefers among those found, and how it stands beside the plan as it was."""
    notes = []
    if risk is not None:
        # In other worlds than those in which the plans are compared: who is chosen for luck shows it there.
        found = chance.chosen(found, Chance(built, scheme, np.arange(worlds, 2 * worlds), seed), risk)
        notes = [Remark("rollout.chosen", n=len(found.candidates), worlds=worlds, risk=risk.replace("-", "_"))]
    common = Chance(built, scheme, np.arange(worlds), seed)
    return found, [*notes, chance.beside(common.own(), common.of(found.when), goal.unit)]


def _written(built: Built, found: Found, read: PlanRead, region: Path, out: Path) -> list[Remark]:
    """Write workbook and certificate; what a team must look at."""
    sheets, notes = read.revised(_revision(built, found, read))
    here = Path(os.path.relpath(region.resolve(), out.resolve().parent)).as_posix()
    write_book(out, {**read.book.overview, "region_file": here}, sheets, read.form)
    proof = out.with_suffix(".certificate.npz")
    certificate.write(proof, built.instance, found)
    return [Remark("rollout.written", file=str(out), certificate=str(proof)), *notes]


def _revision(built: Built, found: Found, read: PlanRead) -> Revision:
    """What the better plan changes of the workbook's sheet of diffusion."""
    opens: dict[str, str | None] = {}
    added = []
    for package, old, new in zip(built.packages, built.when, found.when, strict=True):
        opened = None if new == built.instance.never else int(built.instance.dates[new])
        month = None if opened is None else month_name(read.scheme.settings.start, opened)
        if old < built.instance.never:
            # All that a plan opens of a service in a zone in one year opens with the first of the year.
            moved = package["number"][package["month"] != opened] if opened is not None else package["number"]
            opens |= dict.fromkeys(moved.astype(str), month)
        elif month is not None:
            rows = package.assign(
                zone=package["zone_id"], site=read.data.cells["cell_id"].to_numpy()[package["cell"]], opens=month
            )
            added += rows[[*NEW, *PAYER_COLUMNS]].astype(object).to_dict("records")
    return Revision(opens, [{str(name): value for name, value in row.items()} for row in added])
