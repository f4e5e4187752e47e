"""From a city's plan to the roll-out problem and back: what is optimised is what the simulation runs."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray

from decisions.money import money
from decisions.rollout import building, improving
from decisions.rollout.building import Built
from decisions.rollout.lanes import by_core
from decisions.rollout.terms import Terms
from geojeom.errors import PlanError
from simulation.folder import checked, gather
from simulation.plans.settings import Scheme, read
from simulation.plans.siting import month_name
from simulation.runs import inputs, scenario
from simulation.runs.inputs import Inputs
from simulation.runs.worlds import central
from simulation.spread.diffusion import mean_field
from spatial.config.resolved import stored_region
from tests.simulation.conftest import cells, hub_inside, network, resolved, write_folder

__all__ = ["cells", "hub_inside", "network", "resolved", "write_folder"]

City = tuple[Inputs, Scheme, pd.DataFrame]


@pytest.fixture
def city(write_folder: Callable[..., Path], resolved: dict[str, Any]) -> City:
    """The toy city, its scheme, and the template laid on its western district, the network a year earlier outside."""
    resolved["plan"]["diffusion"][0].update(first_month=12, rounds=3)
    folder = write_folder(resolved=resolved)
    scheme = read(stored_region(folder).plain, "region.json")
    data, known = gather(folder)
    data = checked(folder, data, scheme, known)
    return data, scheme, inputs.laid(data, scheme, "west")


def simulated(city: City, openings: pd.DataFrame, service: str) -> float:
    """Users of a service outside the hub at the horizon, as `simulation run` has them in the mean field."""
    data, scheme, _ = city
    working, reached = inputs.working(data, scheme, "west", openings)
    people = inputs.potential_of(data, scheme, set(openings["service"]))
    mixed = inputs.city_of(data, scheme, people)
    hub = inputs.hub_of(data, scheme, mixed, "west", openings=working, reached=reached)
    lanes = central(scheme.services, people.services, scheme.settings.mixing, 1)
    outcome = mean_field(scenario.problem(mixed, [hub], scheme.months), lanes, np.array([scheme.months]))
    return float(outcome.outside[people.services.index(service), -1, 0])


def planned(built: Built, when: NDArray[np.int64], start: str) -> pd.DataFrame:
    """The openings of a plan of the problem: those that stay, and those of the options that open, dated."""
    frames = [built.fixed]
    for package, date in zip(built.packages, when, strict=True):
        if date < built.instance.never:
            month = int(built.instance.dates[date])
            frames.append(package.assign(month=month, date=month_name(start, month)))
    table = pd.concat(frames, ignore_index=True)
    table["works_from"] = pd.array([pd.NA] * len(table), dtype="Int64")
    return table.sort_values(
        ["part", "month", "service", "zone_id"], kind="stable", ascending=[False, True, True, True]
    ).reset_index(drop=True)


def best_of_all(built: Built) -> float:
    """The most that any plan within the limits is worth, by trying each."""
    instance = built.instance
    best = 0.0
    for plan in product(range(instance.never + 1), repeat=len(instance.names)):
        when = np.array(plan)
        if instance.feasible(when):
            best = max(best, sum(improving.worth(instance, when)))
    return best


def test_the_plan_is_worth_what_the_simulation_says(city: City) -> None:
    data, scheme, openings = city
    built = building.build(data, scheme, "west", openings)
    assert built.instance.feasible(built.when)
    assert [stream.service for stream in built.instance.streams] == ["shelter"]
    assert improving.worth(built.instance, built.when)[0] == pytest.approx(
        simulated(city, openings, "shelter"), rel=1e-5
    )
    again = planned(built, built.when, scheme.settings.start)
    assert sorted(zip(again["service"], again["cell"], again["month"], strict=True)) == sorted(
        zip(openings["service"], openings["cell"], openings["month"], strict=True)
    )


def test_a_plan_whose_openings_wait_is_worth_what_it_brings_in_the_end(city: City) -> None:
    data, scheme, openings = city
    late = openings.assign(
        month=openings["month"].mask((openings["service"] == "net") & (openings["part"] == "diffusion"), 36)
    )
    built = building.build(data, scheme, "west", late)
    assert not built.instance.feasible(built.when)
    assert built.own[0] == pytest.approx(simulated(city, late, "shelter"), rel=1e-6)
    found = improving.find(built.instance, built.when, by_core(built.instance, built.problems, built.lanes), rounds=2)
    assert built.instance.feasible(found.when)


def test_any_plan_of_the_problem_is_simulated_as_it_is_counted(city: City) -> None:
    data, scheme, openings = city
    built = building.build(data, scheme, "west", openings)
    rng = np.random.default_rng(3)
    tried = 0
    for _ in range(400):
        when = rng.integers(0, built.instance.never + 1, len(built.instance.names))
        free = built.instance.__class__(**{**vars(built.instance), "limit": built.instance.limit + 1e12})
        if not free.feasible(when):
            continue
        tried += 1
        plan = planned(built, when, scheme.settings.start)
        assert improving.worth(built.instance, when)[0] == pytest.approx(simulated(city, plan, "shelter"), rel=1e-5)
        if tried == 12:
            break
    assert tried == 12


def test_the_best_plan_is_found_and_no_plan_is_above_the_bound(city: City) -> None:
    data, scheme, openings = city
    built = building.build(data, scheme, "west", openings, terms=Terms(budget_krw={2028: 20_000_000, 2029: 30_000_000}))
    best = best_of_all(built)
    score = by_core(built.instance, built.problems, built.lanes)
    found = improving.find(built.instance, built.when, score, rounds=3)
    assert built.instance.feasible(found.when)
    assert found.value == pytest.approx(best, rel=1e-6)
    assert found.bound >= best
    again = improving.find(built.instance, built.when, score, rounds=3)
    assert (again.when == found.when).all()
    assert again.bound == found.bound


def test_money_for_nothing_is_said_with_what_the_cheapest_would_need(city: City) -> None:
    data, scheme, openings = city
    with pytest.raises(PlanError, match="won in 2028 all for"):
        building.build(data, scheme, "west", openings, terms=Terms(budget_krw={2028: 1}))


def test_a_plan_that_opens_nothing_outside_cannot_be_improved(city: City) -> None:
    data, scheme, openings = city
    inside = openings[openings["part"] == "in_district"].reset_index(drop=True)
    with pytest.raises(PlanError, match="openings outside the hub"):
        building.build(data, scheme, "west", inside)


def test_what_the_payers_commit_is_the_limit(city: City) -> None:
    data, scheme, openings = city
    committed = pd.DataFrame({"year": [2028, 2029, 2030], "local_krw": [7_000_000, 0, 90_000_000]})
    committed = committed.reindex(columns=["year", *inputs_columns()], fill_value=0)
    built = building.build(data, scheme, "west", openings, committed=committed)
    limits = dict(zip(built.instance.limit_names, np.floor(built.instance.limit), strict=True))
    assert {year: limits[f"{year} local"] for year in (2028, 2029, 2030)} == {2028: 7e6, 2029: 0, 2030: 90e6}


def inputs_columns() -> list[str]:
    return [
        "national_krw",
        "province_krw",
        "city_krw",
        "local_krw",
        "operator_krw",
        "private_cash_krw",
        "private_in_kind_krw",
        "other_krw",
    ]


def test_money_for_a_year_without_openings_is_refused(city: City) -> None:
    data, scheme, openings = city
    with pytest.raises(PlanError, match="2028, 2029, 2030, found 2031"):
        building.build(data, scheme, "west", openings, terms=Terms(budget_krw={2028: 20_000_000, 2031: 1}))


def test_running_cost_is_what_the_money_of_the_plan_says(city: City) -> None:
    data, scheme, openings = city
    built = building.build(data, scheme, "west", openings)
    table = money(built.packages[0].assign(month=int(built.instance.dates[0])), scheme.settings.start, scheme.months)
    running = table[table["kind"] == "running"].groupby("year")["krw"].sum()
    for row, name in enumerate(built.instance.limit_names):
        year, what = name.split(" ")
        if what == "running":
            assert built.instance.usage[0, 0, row] == running.get(int(year), 0), name
