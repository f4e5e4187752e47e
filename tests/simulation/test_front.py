"""Imitation alone, p = 0, on a line of cells: adoption moves as a front whose speed is known."""

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import optimize

from simulation.spread.diffusion import mean_field
from simulation.spread.mixing import Rows
from tests.simulation.cities import city, lanes

CELLS, REACH, MONTHS = 700, 25, 4500
DISTANCE = np.arange(1, REACH + 1)
GAUSSIAN, EXPONENTIAL = np.exp(-(DISTANCE**2) / (2 * 3.0**2)), np.exp(-DISTANCE / 2.0)


def on_a_line(kernel: NDArray[np.float64]) -> Rows:
    """Each cell sees both sides alike; rows sum to 1 at the ends too."""
    offset = np.concatenate([-DISTANCE[::-1], DISTANCE])
    weight = np.concatenate([kernel[::-1], kernel])
    row, k = np.nonzero((np.arange(CELLS)[:, None] + offset >= 0) & (np.arange(CELLS)[:, None] + offset < CELLS))
    value = weight[k] / np.bincount(row, weight[k])[row]
    indptr = np.concatenate([[0], np.cumsum(np.bincount(row, minlength=CELLS))])
    return Rows(indptr, (row + offset[k]).astype(np.int32), value.astype(np.float32))


def moments(kernel: NDArray[np.float64], mu: float) -> float:
    """m_K(μ) = Σ_d K(d)·e^{μd} over both sides."""
    return float((kernel * np.cosh(mu * DISTANCE)).sum() / kernel.sum())


def measured(kernel: NDArray[np.float64], q: float, mu: float) -> float:
    """Cells per month, from where half have adopted, between two thirds of the way and the end.

    A front from a start of finite width lags by 3/(2μ*)·ln t behind its final speed (Bramson); that is added back.
    """
    people = 10**9
    start = np.zeros((1, CELLS, 1))
    start[:, :REACH] = people
    record = np.array([MONTHS * 2 // 3, MONTHS])
    problem = city([[people] * CELLS], months=MONTHS, contact=on_a_line(kernel))
    share = mean_field(problem, lanes(p=0, q=q, near=1), record, start=start).adopters[0, :, :, 0] / people
    at = []
    for row in share:
        last = np.flatnonzero(row >= 0.5)[-1]
        at.append(last + (row[last] - 0.5) / (row[last] - row[last + 1]))
    lag = 1.5 / mu * np.log(record[1] / record[0])
    assert at[1] < CELLS - 2 * REACH
    return float((at[1] - at[0] + lag) / (record[1] - record[0]))


@pytest.mark.parametrize("kernel", [GAUSSIAN, EXPONENTIAL], ids=["gaussian", "exponential"])
def test_speed_of_the_front(kernel: NDArray[np.float64]) -> None:
    """Within 0.3 % of the monthly scheme's speed and 1 % of c* = min q·m_K(μ)/μ, to which it tends for small qΔt."""
    step = 0.01  # q·Δt
    scheme = optimize.minimize_scalar(
        lambda mu: np.log1p(step * moments(kernel, mu)) / mu, bounds=(0.01, 2), method="bounded"
    )
    continuous = optimize.minimize_scalar(
        lambda mu: step * moments(kernel, mu) / mu, bounds=(0.01, 2), method="bounded"
    )
    found = measured(kernel, 12 * step, scheme.x)
    assert found == pytest.approx(scheme.fun, rel=0.003)
    assert found == pytest.approx(continuous.fun, rel=0.01)
