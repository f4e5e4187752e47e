"""Find a better roll-out for a plan's money, say how far from the best possible it is, and write it as a workbook."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import pandas as pd
import typer

from decisions.rollout import building, certificate, improving
from decisions.rollout.building import Built
from decisions.rollout.improving import Found
from decisions.rollout.lanes import by_core, in_worlds, opened
from decisions.rollout.program import prices
from geojeom.errors import Fault, PlanError, raise_if_any
from geojeom.messages import Remark
from simulation.city_folder import FOR_PLANS, read_city, read_workbook, results_of
from simulation.folder import checked, gather
from simulation.plans.settings import Scheme, read
from simulation.runs import inputs
from simulation.runs.worlds import drawn
from simulation.workbook.drafting import draft, form_of
from simulation.workbook.money import commitments_of
from simulation.workbook.openings import PARTS
from simulation.workbook.plan import Plan
from simulation.workbook.writing import write_book
from spatial.config.resolved import stored_region

log = logging.getLogger("geojeom.decisions")
NEEDED = (*FOR_PLANS, "streets.npz", "travel.npz", "history.parquet", "backdrop.parquet")
# What a better roll-out changes of a workbook; every other sheet stays as the team wrote it.
REWRITTEN = (*PARTS, "funding", "operation")
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
    lang: Annotated[str, typer.Option(help="Language of the workbook and of what is said: ko or en.")] = "ko",
    results: Annotated[Path, typer.Option(help="Folder that holds the results of all regions.")] = Path("results"),
) -> None:
    """Find a better roll-out for a plan's money, say how far from the best possible it is, and write it as a workbook.

    Openings inside the hub stay. Those outside may move to other years and zones, within the money that the payers
    commit by year (the sheet 재원), else within what the plan spends, or within --budget. Beside the workbook a
    certificate (.npz) is written with which anybody can check the bound: ``geojeom decisions certificate``.
    """
    raise_if_any(PlanError, _refused(out, lang))
    money = _budget(budget)
    folder = results_of(region, results, NEEDED)
    own, table = read_workbook(plan, folder)
    stored = stored_region(folder)
    services = own.services.model_dump(mode="json")
    scheme = read(stored.plain | {"services": services}, str(folder / "region.json"))
    data, known = gather(folder)
    data = checked(folder, data, scheme, known)
    openings = inputs.from_table(table.drop(columns=["plan_id", "number"]), data.cells, own.hub)
    built = building.build(
        data,
        scheme,
        own.hub,
        openings,
        committed=commitments_of(own.sheets.get("funding", [])),
        budget_krw=money,
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
    better = inputs.as_table({own.hub: building.planned(built, found.when, scheme.settings.start)}, data.cells)
    _write(out, region, own, folder, better=better, lang=lang)
    proof = out.with_suffix(".certificate.npz")
    certificate.write(proof, built.instance, found)
    seed = stored.region.seed
    for remark in (
        *_said(built, found, scheme),
        _in_worlds(built, found, scheme, worlds=worlds, seed=seed),
        Remark("rollout.written", file=str(out), certificate=str(proof)),
    ):
        typer.echo(getattr(remark, lang))


def _refused(out: Path, lang: str) -> list[Fault]:
    faults = []
    if lang not in ("ko", "en"):
        faults.append(Fault("--lang", "ko or en", repr(lang), "Write one of them."))
    if out.suffix.lower() != ".xlsx":
        faults.append(Fault(str(out), "a name that ends in .xlsx", out.name, "Name the workbook better.xlsx."))
    if out.exists():
        faults.append(Fault(str(out), "no such file yet", "one that would be written over", "Choose another name."))
    return faults


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
        Remark("rollout.price", limit=built.instance.limit_names[r], users=users * PRICED_KRW)
        for r, users in prices(built.instance, found.solved)[:PRICES]
    ]
    return lines


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


def _write(out: Path, region: Path, own: Plan, folder: Path, *, better: pd.DataFrame, lang: str) -> None:
    """The plan's workbook with its openings replaced; spending and operation follow them, commitments stay."""
    city = replace(read_city(folder), services=own.services.model_dump(mode="json"))
    overview, sheets = draft(city, own.hub, better, lang)
    kept: Mapping[str, Any] = {name: rows for name, rows in own.sheets.items() if name not in REWRITTEN}
    sheets = {**sheets, **kept}
    sheets["funding"] += [row for row in own.sheets.get("funding", []) if row["row"] == "commitment"]
    overview |= {name: value for name, value in own.overview.items() if value is not None and name != "fingerprint"}
    overview["region_file"] = Path(os.path.relpath(region.resolve(), out.resolve().parent)).as_posix()
    write_book(out, overview, sheets, form_of(city, lang))
