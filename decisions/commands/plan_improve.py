"""Find a better roll-out for a plan's money, say how far from the best possible it is, and write it as a workbook."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from decisions.rollout import building, certificate, improving
from decisions.rollout.building import Built
from decisions.rollout.improving import Found
from decisions.rollout.lanes import by_core, in_worlds, opened
from decisions.rollout.plan_read import PlanRead, read_plan
from decisions.rollout.program import prices
from geojeom.errors import Fault, PlanError, raise_if_any
from geojeom.messages import Remark
from simulation.city_folder import FOR_PLANS, results_of
from simulation.plans.payers import COLUMNS as PAYER_COLUMNS
from simulation.plans.settings import Scheme
from simulation.plans.siting import month_name
from simulation.runs.worlds import drawn
from simulation.workbook.revised import Revision
from simulation.workbook.writing import refused, write_book

log = logging.getLogger("geojeom.decisions")
NEEDED = (*FOR_PLANS, "streets.npz", "travel.npz", "history.parquet", "backdrop.parquet")
# What a new row of the sheet of diffusion says besides who pays.
NEW = ("service", "zone", "site", "units", "opens", "capex_krw", "opex_krw_year")
ROUNDS = 3
# Prices of limits are said for so much more.
PRICED_KRW = 100_000_000
PRICES = 5


def run(  # noqa: PLR0917 -- the options of a command
    region: Annotated[Path, typer.Argument(help="The region file (YAML).")],
    plan: Annotated[Path, typer.Argument(help="The plan to improve: a workbook (.xlsx, .ods).")],
    out: Annotated[Path, typer.Option("--output", "-o", help="The workbook to write (.xlsx).")],
    budget: Annotated[
        list[str] | None,
        typer.Option(help="Money of a year, all payers together: 2030=5000000000; as often as needed."),
    ] = None,
    seconds: Annotated[float, typer.Option(min=1, help="Time for the search; the bound takes its own.")] = 120.0,
    worlds: Annotated[int, typer.Option(min=2, help="Worlds of chance in which both plans are compared.")] = 32,
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
    raise_if_any(PlanError, refused(out, lang))
    money = _budget(budget)
    read = read_plan(plan, results_of(region, results, NEEDED))
    built = building.build(
        read.data, read.scheme, read.plan.hub, read.openings, committed=read.committed, budget_krw=money
    )
    for remark in built.left_out.values():
        log.warning("%s", getattr(remark, lang))
    end = time.monotonic() + seconds
    found = improving.find(
        built.instance,
        built.when,
        by_core(built.instance, built.problems, built.lanes),
        rounds=ROUNDS,
        go_on=lambda: time.monotonic() < end,
    )
    sheets, notes = read.revised(_revision(built, found, read))
    here = Path(os.path.relpath(region.resolve(), out.resolve().parent)).as_posix()
    write_book(out, {**read.book.overview, "region_file": here}, sheets, read.form)
    proof = out.with_suffix(".certificate.npz")
    certificate.write(proof, built.instance, found)
    for remark in (
        *_said(built, found, read.scheme),
        _in_worlds(built, found, read.scheme, worlds=worlds, seed=read.seed),
        Remark("rollout.written", file=str(out), certificate=str(proof)),
        *notes,
    ):
        typer.echo(getattr(remark, lang))


def _budget(told: Sequence[str] | None) -> dict[int, int] | None:
    """Won by year; None where nothing is told. PlanError with every entry that is none."""
    faults, money = [], {}
    for entry in told or ():
        year, _, krw = entry.partition("=")
        amount = krw.replace(",", "").replace("_", "")
        if not (year.strip().isdigit() and amount.strip().isdigit()):
            expected = "a year and whole won, 2030=5000000000"
            faults.append(Fault("--budget", expected, repr(entry), "Write it so, once for each year."))
        elif int(year) in money:
            faults.append(Fault("--budget", "each year once", f"{year} again", "Leave out one of the two."))
        else:
            money[int(year)] = int(amount)
    raise_if_any(PlanError, faults)
    return money or None


def _said(built: Built, found: Found, scheme: Scheme) -> list[Remark]:
    """What the search found, beside the plan as it was, and what a little more money of each limit would bring."""
    after = improving.worth(built.instance, found.when)
    names = {name: service.name.model_dump() for name, service in scheme.services.items()}
    lines = [
        Remark("rollout.service", service=names[stream.service], before=old, after=new)
        for stream, old, new in zip(built.instance.streams, built.own, after, strict=True)
    ]
    lines.append(Remark("rollout.value", before=sum(built.own), after=found.value))
    lines.append(Remark("rollout.bound", bound=found.bound, gap=found.gap))
    lines += [
        Remark("rollout.price", users=users * PRICED_KRW, **_limit(built.instance.limit_names[r]))
        for r, users in prices(built.instance, found.solved)[:PRICES]
    ]
    return lines


def _limit(name: str) -> dict[str, str]:
    """A limit's year, and whose money it is or that it is running cost, as a term."""
    year, what = name.split(" ")
    return {"year": year, "what": f"{what}_krw"}


def _in_worlds(built: Built, found: Found, scheme: Scheme, *, worlds: int, seed: int) -> Remark:
    """Both plans in worlds of chance that are common to them: the difference, world by world."""
    number = np.arange(worlds)
    lanes = [
        drawn(scheme.services, [stream.service], scheme.settings.mixing, number, seed)
        for stream in built.instance.streams
    ]
    better_problems = [
        opened(built.instance, n, problem, found.when[stream.options][:, None])
        for n, (stream, problem) in enumerate(zip(built.instance.streams, built.problems, strict=True))
    ]
    before, after = (in_worlds(built.instance, each, lanes, seed) for each in (built.own_problems, better_problems))
    low, middle, high = np.quantile(after - before, [0.1, 0.5, 0.9])
    better = int((after > before).sum())
    return Remark("rollout.worlds", n=worlds, better=better, low=float(low), middle=float(middle), high=float(high))


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
