"""Common random numbers between plans that open different services."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from geojeom.errors import PlanError
from simulation.spread.diffusion import Lanes, Problem, stochastic
from simulation.spread.mixing import Rows

CELLS, MONTHS, WORLDS = 5, 24, 3


def two_services() -> Problem:
    ring = Rows(
        np.arange(CELLS + 1, dtype=np.int64),
        np.roll(np.arange(CELLS, dtype=np.int32), -1),
        np.ones(CELLS, np.float32),
    )
    return Problem(
        potential=np.array([[40] * CELLS, [90] * CELLS], np.int32),
        availability=np.ones((1, 2, CELLS, 1), np.float32),
        epoch=np.zeros(MONTHS, np.int32),
        hub_travel_s=np.zeros((CELLS, 1), np.float32),
        inside=np.zeros((CELLS, 1), bool),
        contact=ring,
        zone=np.full(CELLS, -1, np.int32),
        zone_weight=np.empty((0, 0), np.float32),
        stream=np.array([4, 9]),
    )


def lanes(services: int) -> Lanes:
    return Lanes(
        p=np.full((services, WORLDS), 0.1),
        q=np.full((services, WORLDS), 0.3),
        theta_contagious=np.full(WORLDS, 0.3),
        theta_hierarchical=np.zeros(WORLDS),
        demonstration=np.zeros(WORLDS),
        demonstration_decay_s=np.ones(WORLDS),
        world=np.arange(WORLDS),
    )


def only(problem: Problem, service: int) -> Problem:
    row = slice(service, service + 1)
    assert problem.stream is not None
    return replace(
        problem,
        potential=problem.potential[row],
        availability=problem.availability[:, row],
        stream=problem.stream[row],
    )


def test_a_service_keeps_its_chance_when_another_leaves_the_plan() -> None:
    both = stochastic(two_services(), lanes(2), 7, np.arange(MONTHS + 1))
    second = stochastic(only(two_services(), 1), lanes(1), 7, np.arange(MONTHS + 1))
    assert (second.adopters[0] == both.adopters[1]).all()
    assert (both.adopters[1, -1] > 0).all()
    # Without numbers of their own, services are told apart by their place, and the second would draw as the first.
    by_place = stochastic(replace(only(two_services(), 1), stream=None), lanes(1), 7, np.arange(MONTHS + 1))
    assert (by_place.adopters[0] != both.adopters[1]).any()


def test_services_do_not_share_a_number() -> None:
    with pytest.raises(PlanError, match="a number of its own for each service"):
        stochastic(replace(two_services(), stream=np.array([4, 4])), lanes(2), 7, np.arange(1))
    with pytest.raises(PlanError, match="stream: expected values of 0 to 65535"):
        stochastic(replace(two_services(), stream=np.array([4, 65536])), lanes(2), 7, np.arange(1))
