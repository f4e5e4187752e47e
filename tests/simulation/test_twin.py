"""The model once more in plain Python, cell by cell and lane by lane: equal in every draw."""

import math
from typing import Any

import numba
import numpy as np
import pytest
from numpy.typing import NDArray

from simulation.spread.diffusion import Lanes, Problem, mean_field, stochastic
from tests.simulation.cities import lanes, random_city
from tests.simulation.kernels.test_counter import plain as philox

SEED = 0x1234_5678_9ABC_DEF0
SINGLE = np.float32


def inverse(n: int, hazard: float, counter: list[int]) -> int:
    cell, world, place, attempt = counter
    words = philox([SEED % 2**32, SEED >> 32], [cell, world // 2, place, attempt])[2 * (world % 2) :]
    u = ((words[0] << 21) | (words[1] >> 11)) * 2.0**-53
    p = -math.expm1(-hazard)
    chance = below = math.exp(-n * hazard)
    count = 0
    while u >= below and count < n:
        chance *= (n - count) / (count + 1) * p / (1 - p)
        below += chance
        count += 1
    return count


def of_lane(array: NDArray[Any], lane: int) -> Any:
    return array[..., lane if array.shape[-1] > 1 else 0]


def zone_shares(problem: Problem, people: NDArray[Any], before: NDArray[Any]) -> NDArray[np.float32]:
    share = np.zeros(len(problem.zone_weight), SINGLE)
    for z in range(share.size):
        there = problem.zone == z
        if people[there].sum() > 0:
            share[z] = before[there].sum() / people[there].sum()
    return share


def total(weights: Any, shares: Any) -> np.float32:
    result = SINGLE(0)
    for weight, share in zip(weights, shares, strict=True):
        result += weight * share
    return result


def hazards(problem: Problem, given: Lanes, s: int, t: int, lane: int, before: NDArray[Any]) -> list[float]:
    """λΔt of every cell from the adopters of one service in one lane."""
    theta_c, theta_h = given.theta_contagious[lane], given.theta_hierarchical[lane]
    reach = of_lane(problem.hub_travel_s, lane) / given.demonstration_decay_s[lane]
    effect = SINGLE(1 + given.demonstration[lane] * np.exp(-reach.astype(float)))
    people, contact = problem.potential[s], problem.contact
    share = SINGLE(before) / SINGLE(np.maximum(people, 1))
    in_zones = zone_shares(problem, people, before)
    result = []
    for i, zone in enumerate(problem.zone):
        row = slice(contact.indptr[i], contact.indptr[i + 1])
        pull = total(contact.weight[row], share[contact.indices[row]])
        zone_pull = total(problem.zone_weight[zone], in_zones) if zone >= 0 else share[i]
        imitation = (1 - theta_c - theta_h) * share[i] + theta_c * pull + theta_h * zone_pull
        available = of_lane(problem.availability[problem.epoch[t], s, i], lane)
        result.append(float(available * (given.p[s, lane] / 12 * effect[i] + given.q[s, lane] / 12 * imitation)))
    return result


def twin(problem: Problem, given: Lanes, seed: bool) -> NDArray[Any]:
    """Adopters (S, T+1, n, L), step by step as docs/model.md orders it; shares and pulls in single precision."""
    services, cells = problem.potential.shape
    adopters = np.zeros((services, problem.epoch.size + 1, cells, given.world.size))
    for lane, t, s in np.ndindex(given.world.size, problem.epoch.size, services):
        before = adopters[s, t, :, lane]
        for i, hazard in enumerate(hazards(problem, given, s, t, lane, before)):
            left = problem.potential[s, i] - before[i]
            if seed:
                gain = inverse(int(left), hazard, [i, int(given.world[lane]), s * 65536 + t, 0])
            else:
                gain = -left * math.expm1(-hazard)
            adopters[s, t + 1, i, lane] = before[i] + gain
    return adopters


MONTHS = 15
LANES = 3


@pytest.fixture
def problem() -> Problem:
    return random_city(25, 2, 3, LANES, months=MONTHS)


@pytest.fixture
def given() -> Lanes:
    return lanes(
        2,
        [4, 9, 2],
        p=[[0.3, 0.2, 0.1], [0.05, 0.1, 0.6]],
        q=[[2.0, 0.4, 1.0], [0.9, 3.0, 0.5]],
        near=[0.3, 0.0, 0.7],
        far=[0.2, 0.6, 0.3],
        strength=[1.0, 0.0, 2.5],
        decay_s=[600.0, 900.0, 300.0],
    )


def test_worlds_draw_for_draw(problem: Problem, given: Lanes) -> None:
    expected = twin(problem, given, seed=True)
    outcome = stochastic(problem, given, SEED, np.arange(MONTHS + 1))
    np.testing.assert_array_equal(outcome.adopters, expected)
    assert expected[:, -1].sum() > 100
    inside = np.where(problem.inside, expected, 0).sum(axis=2)
    np.testing.assert_array_equal(outcome.inside, inside)
    np.testing.assert_array_equal(outcome.outside, expected.sum(axis=2) - inside)


def test_mean_field(problem: Problem, given: Lanes) -> None:
    expected = twin(problem, given, seed=False)
    outcome = mean_field(problem, given, np.arange(MONTHS + 1))
    np.testing.assert_allclose(outcome.adopters, expected, rtol=2e-6)
    np.testing.assert_allclose(outcome.inside, np.where(problem.inside, expected, 0).sum(axis=2), rtol=2e-6)


def test_one_person_per_cell_is_an_si_process_on_a_graph(given: Lanes) -> None:
    base = random_city(30, 2, 1, 1, months=MONTHS, seed=4)
    ones = Problem(**{**vars(base), "potential": np.ones_like(base.potential)})
    outcome = stochastic(ones, given, SEED, np.arange(MONTHS + 1))
    np.testing.assert_array_equal(outcome.adopters, twin(ones, given, seed=True))
    assert set(np.unique(outcome.adopters)) == {0, 1}


@pytest.mark.skipif(numba.config.NUMBA_NUM_THREADS < 2, reason="numba was started with one thread")
def test_one_thread_or_two() -> None:
    """Over several ranges of cells, to the last bit; world lanes over more than one block."""
    big = random_city(1300, 2, 2, 1, months=6, seed=8)
    given = lanes(2, np.arange(70), near=0.3, far=0.2, strength=1.0)
    before = numba.get_num_threads()
    results = []
    try:
        for threads in (1, 2):
            numba.set_num_threads(threads)
            results.append([stochastic(big, given, 3, np.array([6])), mean_field(big, given, np.array([6]))])
    finally:
        numba.set_num_threads(before)
    for one, two in zip(*results, strict=True):
        for name in ("inside", "outside", "adopters"):
            np.testing.assert_array_equal(getattr(one, name), getattr(two, name))


@pytest.mark.parametrize("run", ["worlds", "mean field"])
def test_lanes_at_once_or_one_by_one(run: str) -> None:
    """70 lanes, each with its own plan and parameters, in one run and in runs of 7."""
    months, count = 8, 70
    problem = random_city(40, 2, 2, count, months=months, seed=2)
    rng = np.random.default_rng(5)
    given = lanes(
        2, rng.permutation(count), p=rng.random((2, count)), q=rng.random((2, count)), near=rng.random(count) / 2
    )

    def outcome(part: slice) -> Any:
        cut = {name: getattr(problem, name)[..., part] for name in ("availability", "hub_travel_s", "inside")}
        few = Problem(**{**vars(problem), **cut})
        some = Lanes(**{name: values[..., part] for name, values in vars(given).items()})
        record = np.array([3, months])
        return stochastic(few, some, 77, record) if run == "worlds" else mean_field(few, some, record)

    whole = outcome(slice(None))
    for first in range(0, count, 7):
        part = slice(first, first + 7)
        some = outcome(part)
        for name in ("inside", "outside", "adopters"):
            np.testing.assert_array_equal(getattr(some, name), getattr(whole, name)[..., part])


def test_one_value_for_all_lanes_is_that_value_in_each() -> None:
    narrow = random_city(40, 2, 2, 1, months=8)
    wide = Problem(
        **{
            **vars(narrow),
            **{name: np.repeat(getattr(narrow, name), 5, -1) for name in ("availability", "hub_travel_s", "inside")},
        }
    )
    given = lanes(2, np.arange(5), near=0.4, far=0.1, strength=1.0)
    one, other = (stochastic(problem, given, 1, np.array([8])) for problem in (narrow, wide))
    np.testing.assert_array_equal(one.adopters, other.adopters)
    np.testing.assert_array_equal(one.inside, other.inside)
