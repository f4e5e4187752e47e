"""What must hold of any run: bounds, gates, order of cells, resumption, and what is refused."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given as cases
from hypothesis import settings
from hypothesis import strategies as st

from geojeom.errors import PlanError
from simulation.spread.diffusion import mean_field, stochastic
from simulation.spread.mixing import Rows
from tests.simulation.cities import city, lanes, random_city, rows


def both(problem: Any, given: Any, record: Any, **more: Any) -> list[Any]:
    return [mean_field(problem, given, record, **more), stochastic(problem, given, 9, record, **more)]


@cases(st.integers(1, 12), st.integers(1, 2), st.integers(1, 3), st.integers(0, 999), st.floats(0, 30))
@settings(max_examples=40, deadline=None)
def test_between_nothing_and_the_potential_and_never_falling(
    cells: int, services: int, count: int, seed: int, q: float
) -> None:
    problem = random_city(cells, services, 2, count, months=10, seed=seed)
    for outcome in both(problem, lanes(services, np.arange(count), q=q, near=0.5, far=0.3), np.arange(11)):
        assert (outcome.adopters >= 0).all()
        assert (outcome.adopters <= problem.potential[:, None, :, None]).all()
        assert (np.diff(outcome.adopters, axis=1) >= 0).all()
        assert (np.diff(outcome.inside + outcome.outside, axis=1) >= 0).all()
        np.testing.assert_allclose(outcome.inside + outcome.outside, outcome.adopters.sum(axis=2), rtol=1e-5)


def test_no_adopters_before_the_opening_and_none_where_never_open() -> None:
    """Cell 0 opens in month 3, cell 1 never: its people see all of cell 0 adopt and still cannot."""
    contact = rows(np.array([[0, 1], [1, 0]]))
    problem = city(
        [[1000, 1000]], months=8, contact=contact, availability=[[[[0], [0]]], [[[1], [0]]]], epoch=[0] * 3 + [1] * 5
    )
    for outcome in both(problem, lanes(p=2.0, q=1.0, near=1.0), np.arange(9)):
        assert (outcome.adopters[0, :4, 0] == 0).all()
        assert (outcome.adopters[0, 4:, 0] > 0).all()
        assert (outcome.adopters[0, :, 1] == 0).all()


def test_contact_carries_adoption_over_a_step_and_no_further() -> None:
    """A line of four, each seeing its left neighbour only, cell 0 all adopters: q·Δt = 1.2/12 in a month."""
    weights = np.array([[1, 0, 0, 0], [1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0]])
    start = np.array([[[1000], [0], [0], [0]]])
    problem = city([[1000] * 4], months=2, contact=rows(weights))
    outcome = mean_field(problem, lanes(p=0, q=1.2, near=1), np.arange(3), start=start)
    one = 1 - np.exp(-0.1)
    two = one + (1 - one) * one
    np.testing.assert_allclose(outcome.adopters[0, :, 1, 0], [0, 1000 * one, 1000 * two], rtol=1e-6)
    np.testing.assert_allclose(outcome.adopters[0, :, 2, 0], [0, 0, 1000 * (1 - np.exp(-0.1 * one))], rtol=1e-6)
    assert (outcome.adopters[0, :, 3] == 0).all()


def test_zones_pull_by_their_share_of_people_not_of_cells() -> None:
    """Zone 0: 300 of 400 people adopted; zone 1 sees zone 0 only. A cell in no zone sees itself."""
    problem = city(
        [[300, 100, 200, 50]], months=1, zone=[0, 0, 1, -1], zone_weight=[[1, 0], [1, 0]], inside=[[1], [0], [0], [0]]
    )
    start = np.array([[[300], [0], [0], [0]]])
    outcome = mean_field(problem, lanes(p=0, q=12, far=1), np.array([1]), start=start)
    hit = 1 - np.exp(-0.75)
    np.testing.assert_allclose(outcome.adopters[0, 0, :, 0], [300, 100 * hit, 200 * hit, 0], rtol=1e-6)
    np.testing.assert_allclose(outcome.inside[0, :, 0], [300, 300])
    np.testing.assert_allclose(outcome.outside[0, :, 0], [0, 300 * hit], rtol=1e-6)


def test_an_isolated_cell_is_not_moved_by_imitation() -> None:
    weights = np.array([[0, 1, 0], [1, 0, 0], [0, 0, 1]])
    problem = city([[500, 500, 500]], months=60, contact=rows(weights))
    start = np.array([[[100], [0], [0]]])
    for outcome in both(problem, lanes(p=0, q=3, near=1), np.array([60]), start=start):
        assert outcome.adopters[0, 0, 1, 0] > 300
        assert outcome.adopters[0, 0, 2, 0] == 0


@cases(st.integers(0, 999), st.floats(0, 30), st.data())
@settings(max_examples=30, deadline=None)
def test_cut_off_or_without_availability_nothing_moves(seed: int, q: float, data: Any) -> None:
    """In any city, with p = 0: cells that contact does not join stay as they are, and so do cells without service."""
    base = random_city(12, 2, 2, 2, months=10, seed=seed)
    apart, shut = data.draw(st.sets(st.integers(0, 11))), data.draw(st.sets(st.integers(0, 11)))
    weights = np.zeros((12, 12))
    for cell in range(12):
        row = slice(base.contact.indptr[cell], base.contact.indptr[cell + 1])
        weights[cell, base.contact.indices[row]] = base.contact.weight[row]
    weights[sorted(apart)] = 0
    weights[:, sorted(apart)] = 0
    alone = weights.sum(axis=1) == 0
    weights[alone] = np.eye(12)[alone]
    problem = replace(
        base,
        contact=rows(weights / weights.sum(axis=1, keepdims=True)),
        availability=np.where(np.isin(np.arange(12), sorted(shut))[:, None], 0, base.availability),
    )
    start = np.minimum(np.where(np.isin(np.arange(12), sorted(apart)), 0, 20), problem.potential)[:, :, None]
    for outcome in both(problem, lanes(2, [0, 1], p=0, q=q, near=1), np.array([10]), start=start):
        assert (outcome.adopters[:, 0, sorted(apart)] == 0).all()
        assert (outcome.adopters[:, 0, sorted(shut)] == start[:, sorted(shut)]).all()


def test_relabelling_cells_permutes_the_result() -> None:
    """Rows keep the order of their neighbours, cells their numbers: then the same to the last bit."""
    problem = random_city(30, 2, 2, 1, months=10)
    order = np.random.default_rng(0).permutation(30)
    position = np.argsort(order)
    contact = problem.contact
    picked = [np.arange(contact.indptr[i], contact.indptr[i + 1]) for i in order]
    indptr = np.concatenate([[0], np.cumsum([k.size for k in picked])])
    entries = np.concatenate(picked)
    relabelled = replace(
        problem,
        potential=problem.potential[:, order],
        availability=problem.availability[:, :, order],
        hub_travel_s=problem.hub_travel_s[order],
        inside=problem.inside[order],
        contact=Rows(indptr, position[contact.indices[entries]].astype(np.int32), contact.weight[entries]),
        zone=problem.zone[order],
        number=order,
    )
    given = lanes(2, np.arange(4), near=0.4, far=0.2, strength=1.0)
    for one, other in zip(both(problem, given, np.array([10])), both(relabelled, given, np.array([10])), strict=True):
        # Zones add their cells in another order, which a mean field rounds differently.
        np.testing.assert_allclose(one.adopters[:, :, order], other.adopters, rtol=1e-6)
    np.testing.assert_array_equal(one.adopters[:, :, order], other.adopters)


def test_resumed_is_uninterrupted() -> None:
    problem = random_city(30, 2, 3, 1, months=12)
    given = lanes(2, np.arange(3), near=0.3, far=0.2, strength=1.0)
    whole = stochastic(problem, given, 4, np.array([5, 12]))
    resumed = stochastic(problem, given, 4, np.array([12]), start=whole.adopters[:, 0], first_month=5)
    np.testing.assert_array_equal(resumed.adopters[:, 0], whole.adopters[:, 1])
    np.testing.assert_array_equal(resumed.inside, whole.inside[:, 5:])
    np.testing.assert_array_equal(resumed.outside, whole.outside[:, 5:])


def test_plans_under_one_seed_share_their_chance() -> None:
    """More availability in one cell, no contact: every other cell draws what it drew."""
    problem = city([[40] * 6], months=12, availability=np.full((1, 1, 6, 1), 0.5))
    more = replace(problem, availability=np.where(np.arange(6)[:, None] == 2, 1, problem.availability))
    given = lanes(world=np.arange(20), p=0.2)
    one, other = (stochastic(plan, given, 6, np.arange(13)).adopters for plan in (problem, more))
    apart = (one != other).any(axis=(0, 1, 3))
    assert apart.tolist() == [False, False, True, False, False, False]


def test_other_worlds_months_services_cells_and_seeds_draw_anew() -> None:
    problem = city([[200] * 2] * 2, months=2)
    given = lanes(2, [0, 1], p=6.0, q=0.0)
    draws = stochastic(problem, given, 1, np.arange(3)).adopters
    gains = np.concatenate([np.diff(draws, axis=1).ravel(), stochastic(problem, given, 2, [1]).adopters.ravel()])
    # Each of the 24 draws has a standard deviation of about 7: sharing a counter would show as equal draws.
    assert np.unique(gains).size > 12


def test_the_mean_of_worlds_nears_the_mean_field_as_people_grow() -> None:
    """Few people adopt slower on average than the mean field says, which knows no bad luck; many do not."""
    gaps, error = [], 0.0
    for people in (5, 50, 500):
        problem = city([[people] * 20], months=96)
        worlds = stochastic(problem, lanes(world=np.arange(400), p=0.05, q=0.6), 3, np.array([])).outside[0, -1]
        field = mean_field(problem, lanes(p=0.05, q=0.6), np.array([])).outside[0, -1, 0]
        gaps.append((field - worlds.mean()) / field)
        error = worlds.std() / np.sqrt(worlds.size) / field
    assert gaps[0] > 2 * gaps[1] > 4 * error
    assert abs(gaps[2]) < 0.005


def test_every_fault_is_named_at_once() -> None:
    problem = city([[10, 10]], months=3)
    given = lanes(p=-0.1, q=np.nan, near=0.8, far=0.5, decay_s=0.0)
    with pytest.raises(PlanError) as caught:
        mean_field(replace(problem, availability=problem.availability * 2), given, np.array([4]), first_month=-1)
    named = {fault.column for fault in caught.value.faults}
    assert named == {
        "p",
        "q",
        "theta_contagious + theta_hierarchical",
        "demonstration_decay_s",
        "availability",
        "record",
        "first_month",
    }


def test_shapes_that_do_not_fit_are_named() -> None:
    problem = city([[10, 10]], months=3)
    with pytest.raises(PlanError) as caught:
        stochastic(replace(problem, zone=np.zeros(3, np.int32), inside=np.zeros((2, 4), bool)), lanes(2), 1, [0])
    assert {fault.column for fault in caught.value.faults} == {"zone", "inside", "p", "q"}


def test_rows_that_lose_people_and_starts_over_the_potential_are_refused() -> None:
    problem = city([[10, 10]], months=3, contact=rows(np.array([[0, 0.5], [1, 0]])))
    with pytest.raises(PlanError) as caught:
        stochastic(problem, lanes(), -1, [0], start=np.full((1, 2, 1), 11))
    assert {fault.column for fault in caught.value.faults} == {"sums of the rows of contact", "seed", "start"}


def test_the_months_can_be_watched() -> None:
    seen: list[int] = []

    def watch(months: range) -> Any:
        for month in months:
            seen.append(month)
            yield month

    stochastic(city([[10]], months=3), lanes(), 1, [3], progress=watch)
    assert seen == [0, 1, 2]
