"""Worlds draw for draw in plain Python.

300 cities drawn at random, 25 cells, two services, three worlds and 15 months each: the kernels beside the model
written out in plain Python, adopter by adopter. Among the tests: one city, in `tests/simulation/test_twin.py`.
"""

from __future__ import annotations

import numpy as np

from simulation.spread.diffusion import mean_field, stochastic
from tests.simulation.cities import lanes, random_city
from tests.simulation.test_twin import LANES, MONTHS, SEED, twin

CITIES = 300


def test_random_cities(tell) -> None:
    every = np.arange(MONTHS + 1)
    adopters, furthest = 0, 0.0
    for seed in range(CITIES):
        rng = np.random.default_rng(seed)
        problem = random_city(25, 2, 3, LANES, months=MONTHS, seed=seed)
        near = rng.random(LANES)
        given = lanes(
            2,
            rng.permutation(1000)[:LANES],
            p=0.6 * rng.random((2, LANES)),
            q=3 * rng.random((2, LANES)),
            near=near,
            far=(1 - near) * rng.random(LANES),
            strength=3 * rng.random(LANES),
            decay_s=rng.uniform(200, 1200, LANES),
        )
        drawn = twin(problem, given, seed=True)
        np.testing.assert_array_equal(stochastic(problem, given, SEED, every).adopters, drawn, str(seed))
        adopters += int(drawn[:, -1].sum())
        field, found = twin(problem, given, seed=False), mean_field(problem, given, every).adopters
        np.testing.assert_allclose(found, field, rtol=2e-6, err_msg=str(seed))
        furthest = max(furthest, float(np.max(np.abs(found - field) / np.maximum(field, 1e-9))))
    tell(
        [
            {"what": "cities", "figure": f"{CITIES:,}"},
            {"what": "adopters drawn, none otherwise than in Python", "figure": f"{adopters:,}"},
            {"what": "furthest the mean field lies from Python's, relative", "figure": f"{furthest:.1e}"},
        ]
    )
