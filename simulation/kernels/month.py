"""One month of the model for a range of cells: the kernels. ``simulation.spread.diffusion`` says the order of a step.

Lanes are the last, contiguous axis: a multiple of ``product.VECTOR``, at most ``binomial.BLOCK``.
Each kernel reads the month's opening state of all cells and writes the closing state of its own cells only, so ranges
may run in any order or at once.
"""

# ruff: noqa: PLR0917 -- compiled kernels are called by position.
from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.kernels.binomial import BLOCK, GAIN, HAZARD, LEFT, ROWS, binomial_lanes
from simulation.kernels.compiled import inlined, kernel
from simulation.kernels.exponential import decay
from simulation.kernels.product import AHEAD, call_for, row_product


class Rates(NamedTuple):
    """Parameters per lane, rates per month; (S, L) float64, and the demonstration effect v (n, L) float32."""

    innovation: NDArray[np.float64]  # p·Δt
    own: NDArray[np.float64]  # q·(1 - θc - θh)·Δt
    near: NDArray[np.float64]  # q·θc·Δt
    far: NDArray[np.float64]  # q·θh·Δt
    demonstration: NDArray[np.float32]


class Constants(NamedTuple):
    """What does not change."""

    potential: NDArray[np.int32]  # (S, n, 1 or L)
    indptr: NDArray[np.int64]  # K as CSR
    indices: NDArray[np.int32]
    weight: NDArray[np.float32]
    zone: NDArray[np.int32]  # (n,)
    inside: NDArray[np.bool_]  # (n, 1 or L)
    number: NDArray[np.uint32]  # (n,)


class State(NamedTuple):
    """adopters (S, n, L) int32 or float64; share at the month's opening and closing (S, n, L) float32."""

    adopters: NDArray[Any]
    share: NDArray[np.float32]
    following: NDArray[np.float32]
    zone_pull: NDArray[np.float32]  # (S, Z, L): Σ_z' H_zz' y_z'


def space(lanes: int) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float64]]:
    """Working space of one call: ``mine``, ``pull`` and ``work``.

    Parameters
    ----------
    lanes : int
        L.

    Returns
    -------
    mine, pull : float32 (L,)
        Not filled.
    work : float64 (ROWS · BLOCK,)
        Not filled.
    """
    return np.empty(lanes, np.float32), np.empty(lanes, np.float32), np.empty(ROWS * BLOCK)


@kernel
def demonstration(hub_travel_s, strength, decay_s, effect):  # type: ignore[no-untyped-def]
    """Demonstration effect v = 1 + β·exp(-c / τ_v); 1 where the hub is out of reach.

    Parameters
    ----------
    hub_travel_s : float32 (n, 1 or L)
        c: seconds to the hub.
    strength : float64 (L,)
        β.
    decay_s : float64 (L,)
        τ_v: seconds.
    effect : float32 (n, L)
        Gets v.
    """
    for i in range(effect.shape[0]):
        for lane in range(effect.shape[1]):
            travel_s = hub_travel_s[i, lane if hub_travel_s.shape[1] > 1 else 0]
            seen = decay(travel_s / decay_s[lane])[0] if np.isfinite(travel_s) else 0.0
            effect[i, lane] = 1.0 + strength[lane] * seen


@kernel
def zone_share(adopters, people, start, cell, first, last, total, share):  # type: ignore[no-untyped-def]
    """Adopters over people of zones ``first`` … ``last``-1; 0 where nobody is.

    Parameters
    ----------
    adopters : array (S, n, L)
        Of each cell.
    people : array (S, Z, 1 or L)
        Of each zone.
    start, cell : array (Z + 1,), (n,)
        The cells of zone z are ``cell[start[z]:start[z + 1]]``; they are added in that order.
    first, last : int
        The zones.
    total : float64 (L,)
        Working space.
    share : array (S, Z, L)
        Gets the shares.
    """
    for s in range(adopters.shape[0]):
        for z in range(first, last):
            total[:] = 0.0
            for k in range(start[z], start[z + 1]):
                row = adopters[s, cell[k]]
                for lane in range(total.size):
                    total[lane] += row[lane]
            result = share[s, z]
            for lane in range(total.size):
                all_people = people[s, z, lane if people.shape[2] > 1 else 0]
                result[lane] = total[lane] / all_people if all_people > 0 else 0.0


@inlined
def _available(availability, mine):  # type: ignore[no-untyped-def]
    """Spread availability (1 or L,) over the lanes of ``mine``; whether there is any."""
    most = np.float32(0)
    if availability.size == 1:
        most = availability[0]
        for lane in range(mine.size):
            mine[lane] = most
    else:
        for lane in range(mine.size):
            mine[lane] = availability[lane]
            most = max(most, mine[lane])
    return most > 0


@inlined
def _hazard(innovation, own, near, far, effect, share, pull, zone_pull, mine, work):  # type: ignore[no-untyped-def]
    """λ·Δt of every lane of a cell into the row HAZARD of ``work``; ``pull`` = Σ K y, ``zone_pull`` = Σ H y."""
    for lane in range(mine.size):
        work[HAZARD + lane] = innovation[lane] * effect[lane] + own[lane] * share[lane]
    for lane in range(mine.size):
        work[HAZARD + lane] += near[lane] * pull[lane] + far[lane] * zone_pull[lane]
    for lane in range(mine.size):
        work[HAZARD + lane] *= mine[lane]


@inlined
def _count(adopters, is_inside, inside, outside):  # type: ignore[no-untyped-def]
    """Add a cell's adopters to the totals; all (L,), ``is_inside`` (1 or L,)."""
    if is_inside.size > 1:
        for lane in range(adopters.size):
            if is_inside[lane]:
                inside[lane] += adopters[lane]
            else:
                outside[lane] += adopters[lane]
    elif is_inside[0]:
        for lane in range(adopters.size):
            inside[lane] += adopters[lane]
    else:
        for lane in range(adopters.size):
            outside[lane] += adopters[lane]


@kernel
def expected_month(  # type: ignore[no-untyped-def]
    places, rates, state, availability, first, last, inside, outside, mine, pull, work
):
    """Mean field: ΔA = (M - A)·(1 - exp(-λΔt)), with a potential of its own in every lane.

    Parameters
    ----------
    places, rates, state : Constants, Rates, State
        The city, the month's rates and its opening state; the closing state of the range is written into ``state``.
    availability : float32 (S, n, 1 or L)
        a·g of this month.
    first, last : int
        The cells, ``first`` … ``last``-1.
    inside, outside : array (S, L)
        Zero; get the closing totals of the range.
    mine, pull, work : array
        Working space (``space``).
    """
    for s in range(places.potential.shape[0]):
        innovation, own, near, far = rates.innovation[s], rates.own[s], rates.near[s], rates.far[s]
        for i in range(first, last):
            people, adopters, share = places.potential[s, i], state.adopters[s, i], state.share[s, i]
            zone, following = places.zone[i], state.following[s, i]
            if _available(availability[s, i], mine):
                begin, end = places.indptr[i], places.indptr[i + 1]
                call_for(state.share[s], i + AHEAD)
                row_product(places.indices, places.weight, state.share[s], begin, end, pull)
                zone_pull = state.zone_pull[s, zone] if zone >= 0 else share
                _hazard(innovation, own, near, far, rates.demonstration[i], share, pull, zone_pull, mine, work)
                for lane in range(mine.size):
                    before = adopters[lane]
                    gain = (people[lane] - before) * decay(work[HAZARD + lane])[1]
                    adopters[lane] = min(before + gain, np.float64(people[lane]))
            for lane in range(mine.size):
                following[lane] = np.float32(adopters[lane]) / np.float32(max(people[lane], 1))
            _count(adopters, places.inside[i], inside[s], outside[s])


@kernel
def drawn_month(  # type: ignore[no-untyped-def]
    places, rates, state, availability, first, last, inside, outside, mine, pull, work, key, world, pair, stream, month
):
    """Stochastic: ΔA ~ Binomial(M - A, 1 - exp(-λΔt)), with one potential for all lanes.

    Parameters
    ----------
    places, rates, state : Constants, Rates, State
        The city, the month's rates and its opening state; the closing state of the range is written into ``state``.
    availability : float32 (S, n, 1 or L)
        a·g of this month.
    first, last : int
        The cells, ``first`` … ``last``-1.
    inside, outside : array (S, L)
        Zero; get the closing totals of the range.
    mine, pull, work : array
        Working space (``space``).
    key, world, pair, stream : uint32 (2,), (L,), (L/2,), (S,)
        Of the random stream: its key, the lanes' worlds, ``binomial.pairs(world)``, the services' numbers.
    month : int
        The place of a draw is number of the service · 2**16 + month.
    """
    k0, k1 = key
    for s in range(places.potential.shape[0]):
        draw = np.uint32(stream[s] * 65536 + month)
        innovation, own, near, far = rates.innovation[s], rates.own[s], rates.near[s], rates.far[s]
        for i in range(first, last):
            people = places.potential[s, i, 0]
            adopters, share, zone = state.adopters[s, i], state.share[s, i], places.zone[i]
            remaining = 0
            for lane in range(mine.size):
                work[LEFT + lane] = people - adopters[lane]
                remaining += people - adopters[lane]
            available = _available(availability[s, i], mine)
            if not available and remaining == people * mine.size:
                # Nobody yet and nobody now: both shares are still the zeros they began as.
                continue
            if available and remaining > 0:
                begin, end = places.indptr[i], places.indptr[i + 1]
                call_for(state.share[s], i + AHEAD)
                row_product(places.indices, places.weight, state.share[s], begin, end, pull)
                zone_pull = state.zone_pull[s, zone] if zone >= 0 else share
                _hazard(innovation, own, near, far, rates.demonstration[i], share, pull, zone_pull, mine, work)
                binomial_lanes(work, k0, k1, places.number[i], world, pair, draw)
                for lane in range(mine.size):
                    adopters[lane] += np.int32(work[GAIN + lane])
            following, all_people = state.following[s, i], np.float32(max(people, 1))
            for lane in range(mine.size):
                following[lane] = np.float32(adopters[lane]) / all_people
            _count(adopters, places.inside[i], inside[s], outside[s])
