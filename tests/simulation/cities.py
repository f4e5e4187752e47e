"""Small cities for the diffusion core: every part of a Problem stated, so that a test changes only what it is about."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.spread.diffusion import Lanes, Problem
from simulation.spread.mixing import Rows

ALONE = "each cell its own neighbour"


def rows(weights: NDArray[Any]) -> Rows:
    """CSR of a dense matrix."""
    row, column = np.nonzero(weights)
    indptr = np.concatenate([[0], np.cumsum(np.bincount(row, minlength=len(weights)))])
    return Rows(indptr.astype(np.int64), column.astype(np.int32), weights[row, column].astype(np.float32))


def city(
    potential: Any,
    *,
    months: int = 12,
    contact: Rows | str = ALONE,
    availability: Any = None,
    epoch: Any = None,
    hub_travel_s: Any = None,
    inside: Any = None,
    zone: Any = None,
    zone_weight: Any = None,
    number: Any = None,
) -> Problem:
    """A problem of (S, n) potential; everywhere available, nothing inside, no hub in reach, no zones unless given."""
    potential = np.asarray(potential, np.int32)
    services, cells = potential.shape
    return Problem(
        potential=potential,
        availability=np.ones((1, services, cells, 1), np.float32)
        if availability is None
        else np.asarray(availability, np.float32),
        epoch=np.zeros(months, np.int32) if epoch is None else np.asarray(epoch, np.int32),
        hub_travel_s=np.full((cells, 1), np.inf, np.float32)
        if hub_travel_s is None
        else np.asarray(hub_travel_s, np.float32),
        inside=np.zeros((cells, 1), bool) if inside is None else np.asarray(inside, bool),
        contact=rows(np.eye(cells)) if isinstance(contact, str) else contact,
        zone=np.full(cells, -1, np.int32) if zone is None else np.asarray(zone, np.int32),
        zone_weight=np.zeros((0, 0), np.float32) if zone_weight is None else np.asarray(zone_weight, np.float32),
        number=number,
    )


def lanes(
    services: int = 1,
    world: Any = (0,),
    *,
    p: Any = 0.03,
    q: Any = 0.38,
    near: Any = 0.0,
    far: Any = 0.0,
    strength: Any = 0.0,
    decay_s: Any = 900.0,
) -> Lanes:
    """Parameters broadcast to all services and lanes."""
    world = np.asarray(world, np.int64)

    def each(value: Any) -> NDArray[np.float64]:
        return np.broadcast_to(np.asarray(value, float), world.shape).copy()

    return Lanes(
        p=np.broadcast_to(np.asarray(p, float), (services, world.size)).copy(),
        q=np.broadcast_to(np.asarray(q, float), (services, world.size)).copy(),
        theta_contagious=each(near),
        theta_hierarchical=each(far),
        demonstration=each(strength),
        demonstration_decay_s=each(decay_s),
        world=world,
    )


def random_city(cells: int, services: int, epochs: int, count: int, *, months: int, seed: int = 1) -> Problem:
    """A city with everything in it: zones (some cells in none), epochs, a hub, availability by lane."""
    rng = np.random.default_rng(seed)
    weights = rng.random((cells, cells)) * (rng.random((cells, cells)) < 0.2)
    np.fill_diagonal(weights, 0)
    empty = weights.sum(axis=1) == 0
    weights[empty, np.flatnonzero(empty)] = 1
    zones = max(cells // 6, 1)
    between = rng.random((zones, zones))
    return city(
        rng.integers(0, 60, (services, cells)),
        contact=rows(weights / weights.sum(axis=1, keepdims=True)),
        availability=rng.random((epochs, services, cells, count)) * (rng.random((epochs, services, cells, 1)) < 0.7),
        epoch=np.sort(rng.integers(0, epochs, months)),
        hub_travel_s=np.where(rng.random((cells, count)) < 0.2, np.inf, 3000 * rng.random((cells, count))),
        inside=rng.random((cells, count)) < 0.3,
        zone=rng.integers(-1, zones, cells),
        zone_weight=between / between.sum(axis=1, keepdims=True),
    )
