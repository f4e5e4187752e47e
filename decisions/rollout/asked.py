"""The better roll-out that a region file asks for: of the city's first own plan, else of the template."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from decisions.choice import simulated
from decisions.rollout import building, improving
from decisions.rollout.account import SAID_KRW, SUMS, frontier_table, limits_table, rollout_table
from decisions.rollout.building import Built
from decisions.rollout.frontier import frontier
from decisions.rollout.improving import Found
from decisions.rollout.lanes import by_core
from decisions.rollout.reasons import Reason, priced, reasons
from geojeom.results import stored
from geojeom.tables import read_table
from simulation.folder import checked, gather
from simulation.plans.settings import read
from simulation.plans.siting import month_name
from simulation.runs.inputs import from_table
from simulation.workbook.money import commitments_of
from spatial.config.own_plans import PlanFile, Rollout
from spatial.config.resolved import Resolved


def asked(folder: Path, region: Resolved, how: Rollout) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """The tables of the roll-out that a region asks for.

    Parameters
    ----------
    folder : Path
        The region's results folder.
    region : Resolved
        The region.
    how : Rollout
        How it asks for it.

    Returns
    -------
    rollout, limits, frontier : DataFrame
        ``rollout``, whose ``attrs`` say what holds in all, ``rollout_limits`` and ``rollout_frontier``.

    Raises
    ------
    PlanError
        Where nothing of the plan can move.
    """
    services = stored(folder, "plans.json")["services"]
    scheme = read(region.plain | {"services": services}, str(folder / "region.json"))
    data, known = gather(folder)
    data = checked(folder, data, scheme, known)
    scenario, hub, openings, committed = _plan(folder, region)
    built = building.build(data, scheme, hub, from_table(openings, data.cells, hub), committed=committed)
    score = by_core(built.instance, built.problems, built.lanes)

    def find(of: Built, start: NDArray[np.int64]) -> Found:
        end = time.monotonic() + how.seconds
        return improving.find(of.instance, start, score, seconds_left=lambda: end - time.monotonic())

    found = find(built, built.when)
    why = {reason.option: reason for reason in reasons(built.instance, found.when, score)}
    rollout = rollout_table(
        _row(built, option, int(date), why.get(option), scheme.settings.start)
        | {"cell_id": str(data.cells["cell_id"].iloc[int(built.packages[option]["cell"].iloc[0])])}
        for option, date in enumerate(found.when)
        if min(int(date), int(built.when[option])) < built.instance.never
    )
    rollout.attrs |= {"scenario": scenario, "hub": hub} | _whole(built, found)
    return (
        rollout,
        limits_table(_limits(built, found)),
        frontier_table(frontier(built, found, find) if how.frontier else ()),
    )


def _plan(folder: Path, region: Resolved) -> tuple[str, str, pd.DataFrame, pd.DataFrame | None]:
    """The scenario to improve, its hub, its openings, and what payers commit to it by year, where it says so."""
    if any(isinstance(plan, PlanFile) for plan in region.region.plans):
        first = stored(folder, "plans.json")["plans"][0]
        table: pd.DataFrame = read_table(folder / "plans.parquet", "plans")
        own = table[table["plan_id"] == first["id"]].drop(columns="plan_id")
        return first["id"], first["hub"], own, commitments_of(first["sheets"].get("funding", []))
    (best, *_), _ = simulated(folder / "scores.parquet", region.plain)
    return best, best, read_table(folder / "plan.parquet", "plan"), None


def _row(built: Built, option: int, date: int, reason: Reason | None, start: str) -> dict[str, Any]:
    """An option that opens before or after, and what the plan loses without it."""
    package, dates = built.packages[option], built.instance.dates
    before, after = package["month"].min(), None if date == dates.size else int(dates[date])
    row: dict[str, Any] = {
        "service": str(package["service"].iloc[0]),
        "zone_id": str(package["zone_id"].iloc[0]),
        "month_before": before,
        "last_before": package["month"].max(),
        "month_after": after,
        "date_before": None if pd.isna(before) else month_name(start, int(before)),
        "date_after": None if after is None else month_name(start, after),
        **{name: int(package[name].sum()) for name in SUMS},
    }
    if reason is None:
        return row
    cost_krw = sum(int(built.packages[o]["capex_krw"].sum()) for o in (option, *reason.lacking))
    per = reason.users / cost_krw * SAID_KRW if cost_krw else None
    return row | {"users_lost": reason.users, "lacking": len(reason.lacking), "users_per_100m_krw": per}


def _limits(built: Built, found: Found) -> Iterator[dict[str, Any]]:
    for limit in priced(built.instance, found.when, found.solved):
        year, payer = limit.name.split(" ")
        yield {
            "year": int(year),
            "payer": payer,
            "limit_krw": round(limit.limit),
            "used_krw": round(limit.used),
            "users_per_100m_krw": limit.price * SAID_KRW,
        }


def _whole(built: Built, found: Found) -> dict[str, Any]:
    """Users at the horizon before and after, in all and by service, and the bound that no plan exceeds."""
    after = improving.worth(built.instance, found.when)
    return {
        "before": sum(built.own),
        "value": found.value,
        "bound": found.bound,
        "gap": found.gap,
        "services": [
            {"service": stream.service, "before": old, "after": new}
            for stream, old, new in zip(built.instance.streams, built.own, after, strict=True)
        ],
        "left_out": [remark.as_data() for remark in built.left_out.values()],
    }
