"""The sampler is the exact binomial: against scipy's distribution, against a plain twin, and lane by lane."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numba import njit
from scipy import stats

from simulation.kernels.binomial import BLOCK, GAIN, HAZARD, INVERSION_MAX, LEFT, ROWS, binomial, binomial_lanes, pairs
from tests.simulation.kernels.test_counter import plain as philox

DRAWS = 40_000
KEY = (np.uint32(11), np.uint32(12))


@njit
def draw(n, hazard, count, place):  # type: ignore[no-untyped-def]
    out = np.empty(count, np.int64)
    for cell in range(count):
        out[cell] = binomial(n, hazard, np.uint32(11), np.uint32(12), np.uint32(cell), np.uint32(3), np.uint32(place))
    return out


def chi_square(draws: np.ndarray, n: int, p: float) -> float:
    """Chance of a deviation as great as this one; neighbouring counts joined until 10 are expected in each class."""
    law = stats.binom(n, p)
    low, high = int(law.ppf(1e-12)), int(law.ppf(1 - 1e-12))
    step = max((high - low) // 400, 1)
    edges = np.arange(low - 1, high + step, step)
    expected = np.diff(law.cdf(edges)) * draws.size
    found = np.histogram(draws, edges + 0.5)[0]
    assert found.sum() == draws.size
    classes, e, f = [], 0.0, 0
    for more, seen in zip(expected, found, strict=True):
        e, f = e + more, f + seen
        if e >= 10:
            classes.append((e, f))
            e, f = 0.0, 0
    if not classes:
        return 1.0
    classes[-1] = (classes[-1][0] + e, classes[-1][1] + f)
    if len(classes) == 1:
        return 1.0
    statistic = sum((seen - more) ** 2 / more for more, seen in classes)
    return float(stats.chi2.sf(statistic, len(classes) - 1))


@pytest.mark.parametrize("n", [1, 2, 7, 40, 1000, 10**5, 10**7])
@pytest.mark.parametrize("p", [1e-8, 1e-4, 0.01, 0.2, 0.45, 0.5, 0.55, 0.8, 0.99, 1 - 1e-4, 1 - 1e-8])
def test_chi_square_against_scipy(n: int, p: float) -> None:
    hazard = -math.log1p(-p)
    draws = draw(n, hazard, DRAWS, n % 1000)
    assert draws.min() >= 0
    assert draws.max() <= n
    # 77 tables of fixed seed: a right sampler falls under 1e-5 in one of a thousand such sets.
    assert chi_square(draws, n, p) > 1e-5


def plain(n: int, hazard: float, cell: int, world: int, place: int) -> int:
    """Inversion with the C library's functions: the smallest count whose distribution function exceeds u."""
    words = philox([11, 12], [cell, world // 2, place, 0])[2 * (world % 2) :]
    u = ((words[0] << 21) | (words[1] >> 11)) * 2.0**-53
    p = -math.expm1(-hazard)
    mostly = hazard > math.log(2)
    if mostly:
        p, u = math.exp(-hazard), (1 - 2.0**-53) - u
    chance = below = math.exp(n * math.log1p(-p))
    count = 0
    while u >= below and count < n:
        chance *= (n - count) / (count + 1) * p / (1 - p)
        below += chance
        count += 1
    return n - count if mostly else count


@settings(deadline=None)  # the first call compiles
@given(st.integers(0, 2000), st.floats(1e-9, 3), st.integers(0, 2**32 - 1), st.integers(0, 2**32 - 1))
def test_inversion_as_the_plain_twin(n: int, hazard: float, cell: int, world: int) -> None:
    rare = min(hazard, -math.log1p(-math.exp(-hazard)))
    if n * rare > INVERSION_MAX:
        n = int(INVERSION_MAX / rare)
    found = binomial(n, hazard, *KEY, np.uint32(cell), np.uint32(world), np.uint32(5))
    assert found == plain(n, hazard, cell, world, 5)


@pytest.mark.parametrize("step", [1, 7])
@settings(deadline=None)  # the first call compiles
@given(st.lists(st.tuples(st.integers(0, 10**6), st.floats(0, 5)), min_size=1, max_size=BLOCK))
def test_lanes_draw_what_each_draws_alone(step: int, trials: list[tuple[int, float]]) -> None:
    world = np.arange(len(trials), dtype=np.uint32) * np.uint32(step)
    work = np.full(ROWS * BLOCK, np.nan)
    work[LEFT : LEFT + len(trials)] = [n for n, _ in trials]
    work[HAZARD : HAZARD + len(trials)] = [hazard for _, hazard in trials]
    binomial_lanes(work, *KEY, np.uint32(9), world, pairs(world), np.uint32(4))
    alone = [
        binomial(n, hazard, *KEY, np.uint32(9), lane, np.uint32(4))
        for (n, hazard), lane in zip(trials, world, strict=True)
    ]
    assert work[GAIN : GAIN + len(trials)].tolist() == alone


@settings(deadline=None)  # the first call compiles
@given(st.integers(1, 20), st.floats(0, 0.5), st.floats(0, 3))
def test_a_greater_hazard_never_gives_fewer(n: int, hazard: float, more: float) -> None:
    few = binomial(n, hazard, *KEY, np.uint32(1), np.uint32(2), np.uint32(3))
    many = binomial(n, hazard + more, *KEY, np.uint32(1), np.uint32(2), np.uint32(3))
    assert n * min(hazard, 1) <= INVERSION_MAX
    assert few <= many


def test_pairs_are_an_even_world_and_the_next() -> None:
    def paired(*world: int) -> list[int]:
        return list(pairs(np.array(world, np.uint32)))

    assert paired(4, 5, 0, 1) == [2, 0]
    assert paired(1, 2, 3, 4) == []
    assert paired(0, 1, 2) == []
    assert paired(0, 0) == []


def test_nothing_to_draw() -> None:
    counter = (*KEY, np.uint32(1), np.uint32(2), np.uint32(3))
    assert binomial(0, 1.0, *counter) == 0
    assert binomial(5, 0.0, *counter) == 0
    assert binomial(5, 1e9, *counter) == 5
