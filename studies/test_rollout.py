"""Bounds of roll-outs beside every plan.

300 random towns of about 18 cells with overlapping catchments, two services of which one needs the other, three zones
and three dates each, little money a year: the bound that is tangent at the best plan, at no plan and at a random one,
beside the best of all 4,096 plans. Among the tests: six towns, in `tests/decisions/rollout/test_bound.py`.
"""

from __future__ import annotations

import numpy as np

from decisions.rollout import program, tables
from tests.decisions.rollout.test_bound import best_of, values
from tests.decisions.rollout.towns import town

TOWNS = 300


def test_random_towns(tell) -> None:
    gaps, tried = [], 0
    for seed in range(1000, 1000 + TOWNS):
        instance = town(seed, options=3)
        best, plan, count = best_of(instance, values(instance))
        tried += count
        earliest = instance.allowed.argmax(axis=1)
        rng, size = np.random.default_rng(seed), len(instance.names)
        of_town = []
        for tangent in (plan, np.full(size, instance.never), rng.integers(0, instance.never + 1, size)):
            made = [tables.tables(s, instance.dates, earliest[s.options], tangent[s.options]) for s in instance.streams]
            bound = program.solve(instance, program.programme(instance, made)).bound
            assert bound >= best * (1 - 1e-9), seed
            of_town.append((bound - best) / bound)
        gaps.append(of_town)
    at_best, at_none, at_random = np.quantile(gaps, [0.5, 0.9], axis=0).T
    tell(
        [
            {"what": "towns, no plan of any above its three bounds", "figure": f"{TOWNS:,}"},
            {"what": "plans within the limits", "figure": f"{tried:,}"},
            {"what": "gap, tangent at the best plan: median, nine tenths below", "figure": shares(at_best)},
            {"what": "the same, tangent at no plan", "figure": shares(at_none)},
            {"what": "the same, tangent at a random plan", "figure": shares(at_random)},
        ]
    )


def shares(pair: np.ndarray) -> str:
    """Two parts in per cent."""
    return ", ".join(f"{value:.1%}" for value in pair)
