"""The roll-out problem of a city's plan: what of it stays, what may move, what it costs and what it needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from decisions.rollout import quotas
from decisions.rollout.budgets import Budgets
from decisions.rollout.goal import Goal
from decisions.rollout.instance import Instance, Need
from decisions.rollout.lanes import in_mean_field
from decisions.rollout.streams import of_service, streams_of
from decisions.rollout.terms import Terms
from decisions.rollout.within import has_minima, nearest
from geojeom.errors import Fault, PlanError, raise_if_any
from geojeom.messages import Remark
from simulation.plans.availability import on_streets, reach
from simulation.plans.catalogue import Service
from simulation.plans.money import year_of
from simulation.plans.payers import COLUMNS
from simulation.plans.people import present
from simulation.plans.settings import Scheme
from simulation.plans.sites import spread
from simulation.plans.siting import placed
from simulation.runs import inputs, scenario
from simulation.runs.inputs import Inputs
from simulation.spread.diffusion import Lanes, Problem


@dataclass(frozen=True)
class Built:
    """The problem, its parts in the core, and what an option stands for.

    ``fixed`` are the openings that stay; ``packages`` the openings of each option, whatever their month; ``when`` the
    plan's own dates of the options, which need not keep the needs: an opening may wait for what comes later. ``own``
    is what the plan itself is worth in each stream, by the core, and ``own_problems`` the core's problems under it.
    ``left_out`` says of services why the search does not count their users.
    """

    instance: Instance
    problems: Sequence[Problem]
    lanes: Sequence[Lanes]
    fixed: pd.DataFrame
    packages: Sequence[pd.DataFrame]
    when: NDArray[np.int64]
    own: Sequence[float]
    own_problems: Sequence[Problem]
    left_out: dict[str, Remark]


def build(
    data: Inputs,
    scheme: Scheme,
    district_id: str,
    openings: pd.DataFrame,
    *,
    committed: pd.DataFrame | None = None,
    terms: Terms | None = None,
) -> Built:
    """The problem of one plan.

    Money: that of the ``terms`` by year, of all payers together; else what the payers have committed by year, less what
    the fixed openings cost them; else what the plan itself spends. Running cost of a year is held to the plan's own
    unless the ``terms`` have money.

    What opens outside the hub in a zone and never closes may move: to another year of those in which the plan opens
    something outside, or to another zone. An option is all that the plan opens of a service in one zone, or, where it
    opens none there, what it opens in a zone on average.

    Parameters
    ----------
    data, scheme : Inputs, Scheme
        The region, and what is simulated.
    district_id : str
        The hub.
    openings : DataFrame
        The plan's, as ``inputs.from_table`` gives them.
    committed : DataFrame, optional
        ``year`` and a column for each payer (won), as ``decisions.money.room`` takes it.
    terms : Terms, optional
        What is asked for beside the plan.

    Returns
    -------
    Built
        Of m options.

    Raises
    ------
    PlanError
        Where nothing can move, and where the region does not tell what the goal needs.
    """
    terms = terms or Terms()
    raise_if_any(PlanError, terms.goal.faults(data.cells, data.history))
    fixed, moved = _parted(openings, terms.zones)
    dates = _dates(moved, scheme.settings.start)
    inside = data.district_travel["inside"][data.row(district_id)]
    packages = _packages(data, moved, scheme.services, inside, terms.zones)
    working, fixed_reach = inputs.working(data, scheme, district_id, fixed)
    reached = _reach(data, scheme, district_id, packages)
    people = inputs.potential_of(data, scheme, set(openings["service"]))
    city = inputs.city_of(data, scheme, people)
    allowed, needs = _needs(packages, scheme.services, reached, working, fixed_reach, dates)
    hub = inputs.hub_of(data, scheme, city, district_id, openings=working, reached=fixed_reach)
    streams, problems, lanes, left_out = streams_of(
        scheme,
        city,
        hub,
        goal=terms.goal,
        counts=_counts(data, scheme, terms.goal),
        packages=packages,
        reached=reached,
        fixed=(working, fixed_reach),
        first=int(dates[0]),
    )
    if not streams:
        remedy = "Open services with users outside the hub, or leave the plan as it is."
        raise PlanError(Fault("the plan", "openings outside the hub that bring a service users", "none", remedy))
    when = np.array([_date_of(package, dates) for package in packages])
    rows = Budgets(packages, dates, scheme.settings.start, scheme.months).limits(when, fixed, committed, terms)
    rows += quotas.limits(packages, dates, fixed, scheme.settings.start, terms)
    names, usage, limit = zip(*rows, strict=True)
    labels = [f"{package['service'].iloc[0]} {package['zone_id'].iloc[0]}" for package in packages]
    limits = np.stack(usage, axis=2), np.array(limit, float)
    instance = Instance(labels, dates, allowed, *limits, names, needs, streams)
    _can_open(instance)
    working, reached_all = inputs.working(data, scheme, district_id, openings)
    plan_hub = inputs.hub_of(data, scheme, city, district_id, openings=working, reached=reached_all)
    under_plan = scenario.problem(city, [plan_hub], scheme.months)
    own_problems = [of_service(under_plan, city.services.index(stream.service)) for stream in streams]
    own = in_mean_field(instance, own_problems, lanes)
    return Built(instance, problems, lanes, fixed, packages, when, own, own_problems, left_out)


def _parted(openings: pd.DataFrame, zones: frozenset[str] | None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What stays, and what may move; PlanError where nothing may."""
    closes = openings["closes"].notna() if "closes" in openings else pd.Series(False, index=openings.index)
    moves = (openings["part"] == "diffusion") & openings["zone_id"].notna() & ~closes
    if not moves.any():
        remedy = "Write what opens outside the hub, by zone, into the sheet 지구외."
        raise PlanError(Fault("the plan", "openings outside the hub that may move", "none", remedy))
    if zones is not None:
        moves &= openings["zone_id"].isin(zones)
        if not moves.any():
            expected = f"openings outside the hub in {', '.join(sorted(zones))} that may move"
            raise PlanError(Fault("--zones", expected, "none", "Name zones in which the plan opens something as well."))
    return openings[~moves].reset_index(drop=True), openings[moves]


def _counts(data: Inputs, scheme: Scheme, goal: Goal) -> dict[str, NDArray[np.float64]]:
    """What a user of each service counts in each cell (C,)."""
    counts = {}
    for name, service in scheme.services.items():
        if service.adoption is not None:
            group = scheme.groups[service.adoption.group].of
            counts[name] = goal.of_cells(data.cells, data.history, group)
    return counts


def _can_open(instance: Instance) -> None:
    """PlanError where nothing can be opened, for want of a prerequisite or of money, or less than must be."""
    if not instance.allowed.any():
        needed = "prerequisites that work where the units stand"
        remedy = "Open them in the hub earlier, or outside by the same plan."
        raise PlanError(Fault("the plan", needed, "none by the last date on which the plan opens anything", remedy))
    # A minimum is not for one option to meet.
    most = np.where(instance.limit < 0, np.inf, instance.limit)
    within = (instance.usage <= most).all(axis=2) & instance.allowed
    if within.any():
        if has_minima(instance):
            nearest(instance, np.zeros(instance.allowed.shape))
        return
    faults = []
    for o, name in enumerate(instance.names):
        for k in np.flatnonzero(instance.allowed[o])[:1]:
            short = int(np.argmax((instance.usage[o, k] - most) / np.maximum(most, 1)))
            unit = "units" if instance.limit_names[short].endswith(quotas.UNITS) else "won"
            expected = f"{instance.usage[o, k, short]:,.0f} {unit} in {instance.limit_names[short]} for {name}"
            found = f"{instance.limit[short]:,.0f} {unit}"
            faults.append(Fault("the plan's money", expected, found, "Raise it: nothing else can be opened either."))
    # The cheapest says what would be needed least.
    raise PlanError(min(faults, key=lambda fault: float(fault.expected.split(" ")[0].replace(",", ""))))


def _dates(moved: pd.DataFrame, start: str) -> NDArray[np.int64]:
    """The first month of each calendar year in which the plan opens something that may move."""
    months = moved["month"].astype(int)
    return np.array(sorted(months.groupby([year_of(start, month) for month in months]).min()), np.int64)


def _date_of(package: pd.DataFrame, dates: NDArray[np.int64]) -> int:
    """The date of a package as the plan has it: that of its first opening; never for what is new."""
    month = package["month"].min()
    return dates.size if pd.isna(month) else int(np.searchsorted(dates, int(month), side="right") - 1)


def _packages(
    data: Inputs,
    moved: pd.DataFrame,
    services: dict[str, Service],
    inside: NDArray[np.bool_],
    only: frozenset[str] | None,
) -> list[pd.DataFrame]:
    """Openings of every service and zone, those of the plan as they are; of ``only`` some zones where told."""
    cells = data.cells
    outside = pd.DataFrame({"zone_id": cells["zone_id"].array, "present": present(cells)})[~inside]
    outside = outside[outside["present"] > 0].dropna(subset="zone_id")
    zones = {str(zone): part.index.to_numpy(np.int64) for zone, part in outside.groupby("zone_id")}
    zones = {zone: rows for zone, rows in zones.items() if only is None or zone in only}
    xy_m = cells[["x_m", "y_m"]].to_numpy()
    packages = []
    for service, own in moved.groupby("service", sort=True):
        of_zone = {str(zone): rows for zone, rows in own.groupby("zone_id")}
        units = max(round(own["units"].sum() / len(of_zone)), 1)
        for zone in sorted({*zones, *of_zone}):
            if zone in of_zone:
                packages.append(of_zone[zone].reset_index(drop=True))
                continue
            weight = outside["present"].reindex(zones[zone]).to_numpy(float)
            sited = units if services[str(service)].reach.travel_s else 1
            sites = zones[zone][np.array(spread(xy_m[zones[zone]], weight, sited), np.int64)]
            packages.append(_package(own, str(service), zone, list(placed(sites, 0, units))))
    return packages


def _package(own: pd.DataFrame, service: str, zone: str, places: Sequence[tuple[int, int]]) -> pd.DataFrame:
    """New openings of a service in a zone, at what a unit costs in the plan, by its payers."""
    all_units = int(own["units"].sum())
    rows = []
    for number, (cell, units) in enumerate(places, 1):
        money = {column: round(int(own[column].sum()) * units / all_units) for column in (*COLUMNS, "opex_krw_year")}
        capex_krw = sum(money[column] for column in COLUMNS)
        rows.append(
            {
                "opening_id": f"{service}-{zone}-{number}",
                "part": "diffusion",
                "service": service,
                "cell": cell,
                "zone_id": zone,
                "month": pd.NA,
                "units": units,
                "capex_krw": capex_krw,
                **money,
            }
        )
    frame = pd.DataFrame(rows)
    kinds = {name: own[name].dtype for name in frame if name in own}
    return frame.astype(kinds)


def _reach(
    data: Inputs, scheme: Scheme, district_id: str, packages: Sequence[pd.DataFrame]
) -> list[NDArray[np.float32]]:
    """What the openings of each package reach (O, C)."""
    every = pd.concat(packages, ignore_index=True)
    inside = data.district_travel["inside"][data.row(district_id)]
    reached = reach(every, scheme.services, inside, data.cells["zone_id"], on_streets(data.network))
    return np.split(reached, np.cumsum([len(package) for package in packages])[:-1])


def _needs(  # noqa: PLR0917 -- two sides of a need, each with what it reaches
    packages: Sequence[pd.DataFrame],
    services: dict[str, Service],
    reached: Sequence[NDArray[np.float32]],
    working: pd.DataFrame,
    fixed_reach: NDArray[np.float32],
    dates: NDArray[np.int64],
) -> tuple[NDArray[np.bool_], list[Need]]:
    """At which dates options may open for what stays fixed, and which need another option to be open.

    A prerequisite must work where each unit stands, at once: an option waits for nothing that comes later.
    """
    allowed = np.ones((len(packages), dates.size), np.bool_)
    needs = []
    service_of = [str(package["service"].iloc[0]) for package in packages]
    for o, package in enumerate(packages):
        for needed in services[service_of[o]].prerequisites:
            rows = np.flatnonzero(working["service"] == needed)
            for cell in sorted(set(package["cell"])):
                serving = rows[fixed_reach[rows, cell] >= 1]
                ready = working["works_from"].iloc[serving].dropna()
                suppliers = tuple(
                    other
                    for other, name in enumerate(service_of)
                    if name == needed and reached[other][:, cell].max() >= 1
                )
                if not ready.empty and (int(ready.min()) <= dates[0] or not suppliers):
                    allowed[o] &= dates >= int(ready.min())
                elif suppliers:
                    needs.append(Need(o, suppliers))
                else:
                    allowed[o] = False
    return allowed, sorted(set(needs), key=lambda need: (need.option, need.suppliers))
