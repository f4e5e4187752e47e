"""The template laid on every candidate of a region, and the criteria of each by its own plan where it has one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geojeom.messages import Remark, column_data, from_column
from simulation.outcomes import adopters, burden
from simulation.outcomes.own_plans import OwnPlan
from simulation.plans.people import Potential
from simulation.plans.settings import Scheme
from simulation.runs import inputs, scenario
from simulation.runs.scenario import City, Hub
from simulation.runs.worlds import central
from simulation.spread.diffusion import mean_field

# Shows how far something is: what is gone through, what it is, and the unit it is counted in.
Watch = Callable[[Iterable[Any], str, str], Iterable[Any]]


@dataclass(frozen=True)
class Candidate:
    """What is computed of one candidate, whatever others there are.

    The template's openings on it (cells by row number), its rows of the table ``totals``, and its adoptions outside in
    each world of chance, by its own plan where it has one: empty where none were run.
    """

    openings: pd.DataFrame
    totals: pd.DataFrame
    adoptions: NDArray[np.int64]


@dataclass(frozen=True)
class Candidates:
    """Tables of all candidates (docs/files.md), the openings of each that never work, and whose plan is scaled down.

    ``adoptions`` are those of each candidate, by district.
    """

    plan: pd.DataFrame
    totals: pd.DataFrame
    criteria: pd.DataFrame
    adoptions: dict[str, NDArray[np.int64]]
    idle: dict[str, list[str]]
    scaled_down: dict[str, Remark]


def candidates(
    data: inputs.Inputs,
    scheme: Scheme,
    people: Potential,
    *,
    seed: int,
    budget_krw_year: int | None,
    own: Mapping[str, OwnPlan],
    before: Mapping[str, Candidate],
    watch: Watch,
) -> Candidates:
    """Lay the plan on every candidate and run it: totals in the mean field, adopters outside in worlds of chance.

    Parameters
    ----------
    data, scheme, people : Inputs, Scheme, Potential
        The region, what is simulated, and who may adopt it.
    seed : int
        Of the random stream.
    budget_krw_year : int or None
        What the applicant spends in a year (won), where it is known.
    own : mapping
        The own plans of districts that have one: their criteria are those of these plans.
    before : mapping
        Candidates of an earlier run that need not be computed again, by district.
    watch : callable
        Shows how far something is.

    Returns
    -------
    Candidates
        The same, whatever is known ``before``.
    """
    district_ids = [str(name) for name in data.district_travel["district_id"]]
    new = [name for name in district_ids if name not in before]
    known = dict(before) | _computed(data, scheme, people, own, new, seed, watch)
    every = {name: known[name] for name in district_ids}
    adoptions = {name: computed.adoptions for name, computed in every.items() if computed.adoptions.size}
    plan = inputs.as_table({name: computed.openings for name, computed in every.items()}, data.cells)
    scored = _scored(plan, own, data.cells)
    remark, small = data.network.remark, inputs.scaled_down(data, scheme, district_ids)
    opens = bool(people.services or people.not_simulated or adoptions)
    left_out = [scheme.services[name].name.model_dump() for name in people.not_simulated]
    rows = [
        adopters.criterion(adoptions, district_ids, scheme.months, left_out, opens=opens, remark=remark),
        burden.capex_per_resident(scored, inputs.residents_near(data), inputs.NEAR_WALK_S, remark),
        burden.opex_budget_share(scored, district_ids, budget_krw_year),
    ]
    return Candidates(
        plan=plan,
        totals=pd.concat([computed.totals for computed in every.values()], ignore_index=True),
        criteria=_told(pd.concat(rows, ignore_index=True), small, by_plan(scheme, own, district_ids)),
        adoptions=adoptions,
        idle={name: idle for name, computed in every.items() if (idle := _idle(computed.openings))},
        scaled_down=small,
    )


def by_plan(scheme: Scheme, own: Mapping[str, OwnPlan], district_ids: Iterable[str]) -> dict[str, Remark]:
    """Which plan the criteria of each district are of.

    Parameters
    ----------
    scheme : Scheme
        With the template.
    own : mapping of OwnPlan
        The own plans, by district.
    district_ids : iterable of str
        Districts.

    Returns
    -------
    dict of Remark
        By district, in their order.
    """
    template = Remark("candidate.plan.template", plan=scheme.plan.label.model_dump())
    return {name: own[name].told if name in own else template for name in district_ids}


def _scored(plan: pd.DataFrame, own: Mapping[str, OwnPlan], cells: pd.DataFrame) -> pd.DataFrame:
    """The openings that each district is scored by."""
    others = plan[~plan["district_id"].isin(list(own))]
    opened = {name: given.openings for name, given in own.items() if len(given.openings)}
    return pd.concat([others, inputs.as_table(opened, cells)], ignore_index=True) if opened else others


def _computed(  # noqa: PLR0917 -- private, in the order of candidates
    data: inputs.Inputs,
    scheme: Scheme,
    people: Potential,
    own: Mapping[str, OwnPlan],
    district_ids: list[str],
    seed: int,
    watch: Watch,
) -> dict[str, Candidate]:
    """Some candidates, side by side in the lanes of one mean field."""
    if not district_ids:
        return {}
    city = inputs.city_of(data, scheme, people)
    plans, hubs = {}, []
    for name in watch(district_ids, "plans", "district"):
        plans[name], reached = inputs.plan_of(data, scheme, name)
        hubs.append(inputs.hub_of(data, scheme, city, name, openings=plans[name], reached=reached))
    problem = scenario.problem(city, hubs, scheme.months)
    lanes = central(scheme.services, city.services, scheme.settings.mixing, len(hubs))
    outcome = mean_field(
        problem, lanes, np.empty(0, np.int64), progress=lambda months: watch(months, "months", "month")
    )
    totals = adopters.totals(
        district_ids,
        city.services,
        inside=outcome.inside,
        outside=outcome.outside,
        potential=city.potential,
        in_hub=problem.inside,
    )
    of_district = dict(list(totals.groupby("district_id", sort=False)))
    adoptions = dict.fromkeys(district_ids, np.empty(0, np.int64))
    if scheme.months >= adopters.CRITERION_MONTH:
        theirs = {hub.district_id: (scheme, city, hub) for hub in hubs if people.services}
        for name, (services, where, hub) in watch(
            (theirs | _own_runs(data, own, district_ids)).items(), "worlds", "district"
        ):
            adoptions[name] = adopters.in_worlds(services, where, hub, seed)
    return {
        name: Candidate(plans[name], of_district.get(name, totals.head(0)), adoptions[name]) for name in district_ids
    }


def _own_runs(
    data: inputs.Inputs, own: Mapping[str, OwnPlan], district_ids: Iterable[str]
) -> dict[str, tuple[Scheme, City, Hub]]:
    """What the worlds of the own plans among some districts are run of, by district."""
    mine = {name: own[name] for name in district_ids if name in own}
    if not mine:
        return {}
    # The plans mean the same by a service, so that one city serves them all.
    scheme = next(iter(mine.values())).scheme
    opened = {service for plan in mine.values() for service in plan.openings["service"]}
    city = inputs.city_of(data, scheme, inputs.potential_of(data, scheme, opened))
    runs = {}
    for name, plan in mine.items():
        openings, reached = inputs.working(data, scheme, name, plan.openings)
        runs[name] = (scheme, city, inputs.hub_of(data, scheme, city, name, openings=openings, reached=reached))
    return runs


def _idle(openings: pd.DataFrame) -> list[str]:
    """The openings that never work."""
    return list(openings.loc[openings["works_from"].isna(), "opening_id"])


def _told(criteria: pd.DataFrame, small: Mapping[str, Remark], plans: Mapping[str, Remark]) -> pd.DataFrame:
    """The criteria with what they owe to the plan: its name as a source, and in the notes where it was scaled down."""
    notes = [
        note
        if name not in small or pd.isna(value) or plans[name].code != "candidate.plan.template"
        else column_data([*from_column(note), small[name]])
        for name, note, value in zip(criteria["district_id"], criteria["note"], criteria["value"], strict=True)
    ]
    named = [
        column_data([*from_column(source), Remark("source.plan", plan=plans[name])])
        for name, source in zip(criteria["district_id"], criteria["source"], strict=True)
    ]
    texts = {"note": notes, "source": named}
    return criteria.assign(**{name: pd.Series(held, criteria.index, dtype="str") for name, held in texts.items()})
