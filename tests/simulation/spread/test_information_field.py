"""Hägerstrand's field: its published figures, telling by hand and by the twin, barriers, and the front it drives."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from numpy.typing import NDArray
from scipy import optimize

from simulation.spread.barriers import crossing
from simulation.spread.diffusion import mean_field, stochastic
from simulation.spread.information_field import MEAN_INFORMATION_FIELD as FIELD
from simulation.spread.information_field import Contacts, contacts, telling
from simulation.spread.mixing import Rows
from tests.simulation.cities import city, lanes
from tests.simulation.kernels.test_counter import plain

# Upper ends of the random numbers 0 … 9999 that fall on each cell, row by row, as printed with the model.
PRINTED = """95 235 403 543 639 779 1080 1627 1928 2068 2236 2783 7215 7762 7930 8070 8371 8918 9219 9359 9455 9595 9763
9903 9999"""
SIDE, CENTRE = 17, 17 * 8 + 8
AXIS_VARIANCE = 0.7978  # published; 2·(0.1429·1 + 0.0640·4)


def one_at_the_centre() -> NDArray[np.int64]:
    start = np.zeros(SIDE * SIDE, np.int64)
    start[CENTRE] = 1
    return start


def test_field_as_printed() -> None:
    bounds = np.round(10_000 * FIELD.ravel().cumsum() - 1).astype(int)
    assert bounds.tolist() == [int(word) for word in PRINTED.split()]
    along = FIELD.sum(axis=0)
    assert along == pytest.approx([0.0640, 0.1429, 0.5862, 0.1429, 0.0640])
    assert (along * np.arange(-2, 3) ** 2).sum() == pytest.approx(AXIS_VARIANCE)


def test_contacts_at_the_border_and_by_people() -> None:
    """Corner of a 3 × 4 map: the field's lower right quarter. Two cells of 10 and 30: p_i n_i over their sum."""
    indptr, indices, chance = contacts(3, 4)
    assert indices[: indptr[1]].tolist() == [0, 1, 2, 4, 5, 6, 8, 9, 10]
    quarter = [0.4432, 0.0547, 0.0168, 0.0547, 0.0301, 0.0140, 0.0168, 0.0140, 0.0096]
    assert chance[: indptr[1]] == pytest.approx(quarter)
    weighted = contacts(1, 2, np.array([10, 30])).chance
    assert weighted == pytest.approx([4.432 / 6.073, 1.641 / 6.073, 0.547 / 13.843, 13.296 / 13.843])
    assert contacts(1, 4, np.array([5, 0, 0, 0])).chance[-2:].tolist() == [0, 0]


def test_as_the_plain_twin() -> None:
    """Few people, so that many are told twice; contacts lost at the border."""
    rng = np.random.default_rng(3)
    people, seed, world, steps = rng.integers(1, 9, 12), 2**33 + 5, 7, 6
    start = np.minimum(people, np.arange(12) % 3)
    whom = contacts(3, 4)
    now, expected = start.tolist(), [start.tolist()]
    for step in range(steps):
        following = list(now)
        for cell in range(12):
            row = slice(whom.indptr[cell], whom.indptr[cell + 1])
            bounds = whom.chance[row].cumsum()
            for adopter in range(now[cell]):
                word = plain([seed % 2**32, seed >> 32], [cell, world, step, adopter])
                place = ((word[0] << 21) | (word[1] >> 11)) * 2.0**-53
                hit = [k for k, bound in enumerate(bounds) if place < bound]
                if hit:
                    told = int(whom.indices[row][hit[0]])
                    following[told] += word[2] * int(people[told]) // 2**32 >= following[told]
        now = following
        expected.append(now)
    found = telling(whom, people, start, np.array([2, world]), seed, steps)
    assert found[1].tolist() == expected
    assert (found <= people).all()
    assert (found[0] != found[1]).any()


def test_the_first_steps_double_and_spread_by_the_axis_variance() -> None:
    """With 1,000,000 people a cell, adopters are 2^t but for the one in some 10^4 worlds where somebody is told twice.

    Who is told is a field's step away from the teller, so squared distances along an axis, summed over the adopters,
    double and grow by the variance times the tellers: after t steps 2^t · variance · t / 2.
    """
    worlds = np.arange(4000)
    people = np.full(SIDE * SIDE, 1_000_000)
    adopters = telling(contacts(SIDE, SIDE), people, one_at_the_centre(), worlds, 1, 4)
    for t, total in enumerate(adopters.sum(axis=2).T):
        assert total.max() == 2**t
        assert (total < 2**t).sum() <= 3
    axis = np.arange(SIDE) - 8
    maps = adopters.reshape(len(worlds), 5, SIDE, SIDE)
    for across in (2, 3):
        squares = (maps.sum(axis=across) * axis**2).sum(axis=2)
        for t in range(1, 5):
            error = squares[:, t].std(ddof=1) / np.sqrt(len(worlds))
            assert abs(squares[:, t].mean() - 2**t * AXIS_VARIANCE * t / 2) < 3 * error


def test_thirty_people_a_cell_run_out() -> None:
    """One cell of 30 with one adopter: a contact stays with 0.4432 and meets another with 29/30."""
    worlds = np.arange(20_000)
    after = telling(contacts(1, 1), np.array([30]), np.array([1]), worlds, 2, 1)[:, 1, 0]
    expected = 0.4432 * 29 / 30
    error = np.sqrt(expected * (1 - expected) / worlds.size)
    assert abs(after.mean() - 1 - expected) < 3 * error


@pytest.mark.parametrize(("passes", "crossed"), [(1.0, 0.2069), (0.5, 0.2069 / 2), (0.0, 0.0)])
def test_barriers(passes: float, crossed: float) -> None:
    """A river just east of the centre: the field lies beyond it with 0.1429 + 0.0640."""
    y, x = np.divmod(np.arange(SIDE * SIDE), SIDE)
    river = shapely.LineString([(8.5, -5), (8.5, SIDE + 5)])
    whom = contacts(SIDE, SIDE)
    share = crossing(np.stack([x, y], axis=1).astype(float), whom.indptr, whom.indices, [river], np.array([passes]))
    worlds = np.arange(20_000)
    people = np.full(SIDE * SIDE, 1_000_000)
    hindered = Contacts(whom.indptr, whom.indices, whom.chance * share)
    adopters = telling(hindered, people, one_at_the_centre(), worlds, 3, 1)[:, 1]
    beyond = adopters[:, x > 8].sum(axis=1).mean()
    assert abs(beyond - crossed) <= 3 * np.sqrt(crossed * (1 - crossed) / worlds.size)
    # What the barrier stops is lost, not told elsewhere.
    assert adopters.sum(axis=1).mean() == pytest.approx(2 - 0.2069 + crossed, abs=0.01)
    if passes == 0:
        later = telling(hindered, people, one_at_the_centre(), worlds[:50], 3, 8)
        assert later[:, :, x > 8].max() == 0
        assert later[:, 8].sum(axis=1).min() > 8


def on_a_band(length: int) -> Rows:
    """The field on a band five cells wide that closes upon itself; what lies beyond an end is left to the end cell."""
    x, y = np.divmod(np.arange(5 * length), 5)
    right, down = (part.ravel() - 2 for part in np.indices((5, 5)))
    target = np.clip(x[:, None] + right, 0, length - 1) * 5 + (y[:, None] + down) % 5
    weight = np.broadcast_to(FIELD.ravel().astype(np.float32), target.shape)
    return Rows(np.arange(x.size + 1) * 25, target.ravel().astype(np.int32), weight.ravel())


def test_the_model_doubles_too() -> None:
    """The diffusion model, told by the field and with q·Δt = 1: on average each adopter brings one, so 2^t.

    Its worlds draw how many are told, not that it is one: the mean is the field's, the spread is its own.
    """
    worlds, length = 500, 33
    problem = city([[1_000_000] * (5 * length)], months=4, contact=on_a_band(length))
    start = np.zeros((1, 5 * length, 1))
    start[0, 5 * (length // 2)] = 1
    run = stochastic(problem, lanes(world=np.arange(worlds), p=0, q=12, near=1), 4, np.array([]), start=start)
    for t in range(1, 5):
        total = run.outside[0, t]
        assert abs(total.mean() - 2**t) < 3 * total.std(ddof=1) / np.sqrt(worlds)


def test_speed_of_the_front() -> None:
    """min_θ ln(1 + M(θ))/θ = 0.8430 cells per step at θ = 1.4386 (published figures), within 0.3 %.

    The front lags behind its final speed by 3/(2θ)·ln t (Bramson), which is added back.
    """
    along = FIELD.sum(axis=0)
    best = optimize.minimize_scalar(
        lambda theta: np.log1p((along * np.exp(theta * np.arange(-2, 3))).sum()) / theta,
        bounds=(0.1, 5),
        method="bounded",
        options={"xatol": 1e-8},
    )
    assert (best.fun, best.x) == pytest.approx((0.8430, 1.4386), abs=5e-5)
    length, steps, people = 420, np.array([200, 400]), 10**9
    problem = city([[people] * (5 * length)], months=steps[1], contact=on_a_band(length))
    start = np.zeros((1, 5 * length, 1))
    start[0, :25] = people
    found = mean_field(problem, lanes(p=0, q=12, near=1), steps, start=start).adopters[0, :, :, 0] / people
    at = []
    for band in found.reshape(2, length, 5):
        assert (band == band[:, :1]).all()
        share = band[:, 0]
        last = np.flatnonzero(share >= 0.5)[-1]
        at.append(last + (share[last] - 0.5) / (share[last] - share[last + 1]))
    assert at[1] < length - 20
    speed = (at[1] - at[0] + 1.5 / best.x * np.log(2)) / (steps[1] - steps[0])
    assert speed == pytest.approx(0.8430, rel=0.003)
