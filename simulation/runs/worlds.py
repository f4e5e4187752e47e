"""The parameters of each lane: the central ones for comparing plans, one draw per world for an ensemble."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from simulation.plans.catalogue import Mixing, Service
from simulation.spread.diffusion import Lanes


def central(services: Mapping[str, Service], names: Sequence[str], mixing: Mixing, lanes: int) -> Lanes:
    """Stated parameters in every one of ``lanes`` lanes; rates (S, L) in the order of ``names``.

    Parameters
    ----------
    services : mapping of Service
        By id.
    names : sequence of str
        S of them, each with an adoption.
    mixing : Mixing
        The city's shares and times of contact.
    lanes : int
        L.

    Returns
    -------
    Lanes
        All of world 0.
    """
    p, q = _rates(services, names)
    return _lanes(
        mixing,
        p=np.repeat(p, lanes, axis=1),
        q=np.repeat(q, lanes, axis=1),
        theta=np.ones((2, lanes)),
        decay=np.ones(lanes),
        world=np.zeros(lanes, np.int64),
    )


def drawn(
    services: Mapping[str, Service], names: Sequence[str], mixing: Mixing, world: NDArray[np.int64], seed: int
) -> Lanes:
    """One draw per world of p, q (uniform within ± ``adoption.spread``), both θ and τ_v (within ± ``mixing.spread``).

    A draw is a function of (seed, world, name) only, so it is the same in every scenario, in any block of worlds and
    whatever other services are simulated. Uniform ranges and independence are design choices.

    Parameters
    ----------
    services : mapping of Service
        By id.
    names : sequence of str
        S of them, each with an adoption.
    mixing : Mixing
        The city's shares and times of contact.
    world : int64 (L,)
        Numbers of the worlds, from 0.
    seed : int
        0 to 2**64 - 1.

    Returns
    -------
    Lanes
        A lane per world; rates p and q (S, L) per year.

    References
    ----------
    Salmon et al. 2011, Parallel random numbers: as easy as 1, 2, 3, SC '11 (the stream, Philox).
    """

    def factors(name: str, spread: float, count: int) -> NDArray[np.float64]:
        return np.array([1 + spread * (2 * _uniform(seed, int(w), name, count) - 1) for w in world]).T

    rates = np.repeat(_rates(services, names), world.size, axis=2)
    for row, name in enumerate(names):
        adoption = services[name].adoption
        assert adoption is not None
        rates[:, row] *= factors(f"service {name}", adoption.spread, 2)
    shared = factors("mixing", mixing.spread, 3)
    return _lanes(mixing, p=rates[0], q=rates[1], theta=shared[:2], decay=shared[2], world=world)


def _rates(services: Mapping[str, Service], names: Sequence[str]) -> NDArray[np.float64]:
    """Stated p and q, (2, S, 1)."""
    adoption = [a for name in names if (a := services[name].adoption) is not None]
    return np.array([[a.p for a in adoption], [a.q for a in adoption]], np.float64)[:, :, None]


def _uniform(seed: int, world: int, name: str, count: int) -> NDArray[np.float64]:
    # The name chooses the stretch of a counter-based stream; 2**32 names of it never overlap.
    start = [0, zlib.crc32(name.encode()), 0, 0]
    return np.random.Generator(np.random.Philox(key=[seed, world], counter=start)).random(count)


def _lanes(
    mixing: Mixing,
    *,
    p: NDArray[np.float64],
    q: NDArray[np.float64],
    theta: NDArray[np.float64],
    decay: NDArray[np.float64],
    world: NDArray[np.int64],
) -> Lanes:
    return Lanes(
        p=p,
        q=q,
        theta_contagious=mixing.theta_contagious * theta[0],
        theta_hierarchical=mixing.theta_hierarchical * theta[1],
        demonstration=np.full(world.size, mixing.demonstration),
        demonstration_decay_s=mixing.demonstration_decay_s * decay,
        world=world,
    )
