"""Compiling the kernels of a run before there is a city to run."""

from __future__ import annotations

import numpy as np

from simulation.spread.diffusion import Lanes, Problem, mean_field, stochastic
from simulation.spread.mixing import contagious


def prepare() -> None:
    """Have all kernels of a mean field and of worlds of chance compiled, on a city of two cells for one month."""
    ways = np.array([0, 1, 2]), np.array([1, 0], np.int32), np.ones(2, np.float32)
    problem = Problem(
        potential=np.ones((1, 2), np.int32),
        availability=np.ones((1, 1, 2, 1), np.float32),
        epoch=np.zeros(1, np.int32),
        hub_travel_s=np.ones((2, 1), np.float32),
        inside=np.zeros((2, 1), np.bool_),
        contact=contagious(*ways, np.ones(2), 1.0, 1),
        zone=np.zeros(2, np.int32),
        zone_weight=np.ones((1, 1), np.float32),
    )
    share, rate = np.full(1, 0.5), np.full((1, 1), 0.5)
    lanes = Lanes(rate, rate, share, share, share, np.ones(1), world=np.zeros(1, np.int64))
    nothing = np.empty(0, np.int64)
    mean_field(problem, lanes, nothing)
    stochastic(problem, lanes, 0, nothing)
