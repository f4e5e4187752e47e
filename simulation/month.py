"""One month of the model for a range of cells: the kernels. ``simulation.diffusion`` says the order of a step.

Lanes are the last, contiguous axis, padded to a multiple of ``simulation.product.LANE_STEP`` with lanes in which
nothing is available. Each kernel reads the month's opening state of all cells and writes the closing state of its own
cells only, so ranges may run in any order or at once.
"""

# ruff: noqa: PLR0917 -- compiled kernels are called by position.
from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from simulation.binomial import binomial_lanes
from simulation.exponential import decay
from simulation.product import row_product


class Rates(NamedTuple):
    """Parameters per lane, rates per month; (S, L) float64, and the demonstration effect v (n, L) float32."""

    innovation: NDArray[np.float64]  # p·Δt
    own: NDArray[np.float64]  # q·(1 - θc - θh)·Δt
    near: NDArray[np.float64]  # q·θc·Δt
    far: NDArray[np.float64]  # q·θh·Δt
    demonstration: NDArray[np.float32]


class Places(NamedTuple):
    """What does not change: potential (S, n) int32, K as CSR, zone (n,) int32, inside (n, 1 or L), cell number (n,)."""

    potential: NDArray[np.int32]
    indptr: NDArray[np.int64]
    indices: NDArray[np.int32]
    weight: NDArray[np.float32]
    zone: NDArray[np.int32]
    inside: NDArray[np.bool_]
    number: NDArray[np.uint64]


class State(NamedTuple):
    """adopters (S, n, L) int32 or float64; share at the month's opening and closing (S, n, L) float32."""

    adopters: NDArray[Any]
    share: NDArray[np.float32]
    following: NDArray[np.float32]
    zone_pull: NDArray[np.float32]  # (S, Z, L): Σ_z' H_zz' y_z'


@njit(cache=True, nogil=True)
def demonstration(hub_travel_s, strength, decay_s, first, last, effect):  # type: ignore[no-untyped-def]
    """Demonstration effect v = 1 + β·exp(-c / τ_v) into ``effect`` (n, L) for cells first … last-1.

    ``hub_travel_s`` (n, 1 or L), infinite where the hub is out of reach: 1 there.
    """
    for i in range(first, last):
        for lane in range(strength.size):
            travel_s = hub_travel_s[i, lane if hub_travel_s.shape[1] > 1 else 0]
            effect[i, lane] = (
                1.0 + strength[lane] * decay(travel_s / decay_s[lane])[0] if np.isfinite(travel_s) else 1.0
            )


@njit(cache=True, nogil=True)
def zone_share(adopters, potential, start, cell, first, last, share):  # type: ignore[no-untyped-def]
    """Adopters over potential of zones first … last-1 into ``share`` (S, Z, L); 0 where a zone has no potential.

    The cells of zone z are ``cell[start[z]:start[z + 1]]``; they are added in that order.
    """
    services, _, lanes = adopters.shape
    total = np.empty(lanes)
    for s in range(services):
        for z in range(first, last):
            total[:] = 0.0
            people = 0.0
            for k in range(start[z], start[z + 1]):
                row = adopters[s, cell[k]]
                people += potential[s, cell[k]]
                for lane in range(lanes):
                    total[lane] += row[lane]
            row_share = share[s, z]
            for lane in range(lanes):
                row_share[lane] = total[lane] / people if people > 0 else 0.0


@njit(cache=True, nogil=True)
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


@njit(cache=True, nogil=True)
def _hazard(rates, s, i, mine, share, pull, zone_pull, hazard):  # type: ignore[no-untyped-def]
    """λ·Δt of every lane; with ``pull`` = Σ K y and ``zone_pull`` = Σ H y."""
    innovation, own, near, far = rates.innovation[s], rates.own[s], rates.near[s], rates.far[s]
    effect = rates.demonstration[i]
    for lane in range(hazard.size):
        hazard[lane] = innovation[lane] * effect[lane] + own[lane] * share[lane]
    for lane in range(hazard.size):
        hazard[lane] = (hazard[lane] + near[lane] * pull[lane] + far[lane] * zone_pull[lane]) * mine[lane]


@njit(cache=True, nogil=True)
def _prepare(places, rates, state, s, i, mine, pull, hazard):  # type: ignore[no-untyped-def]
    begin, end = places.indptr[i], places.indptr[i + 1]
    row_product(places.indices, places.weight, state.share[s], begin, end, pull)
    zone = places.zone[i]
    share = state.share[s, i]
    _hazard(rates, s, i, mine, share, pull, state.zone_pull[s, zone] if zone >= 0 else share, hazard)


@njit(cache=True, nogil=True)
def _settle(places, state, s, i, inside, outside):  # type: ignore[no-untyped-def]
    """The closing share of one cell, and its adopters added to the totals."""
    adopters, following = state.adopters[s, i], state.following[s, i]
    people = np.float32(places.potential[s, i])
    for lane in range(following.size):
        following[lane] = np.float32(adopters[lane]) / people
    if places.inside.shape[1] == 1:
        total = inside[s] if places.inside[i, 0] else outside[s]
        for lane in range(following.size):
            total[lane] += adopters[lane]
    else:
        row_inside, row_outside = inside[s], outside[s]
        for lane in range(following.size):
            if places.inside[i, lane]:
                row_inside[lane] += adopters[lane]
            else:
                row_outside[lane] += adopters[lane]


@njit(cache=True, nogil=True)
def expected_month(places, rates, state, availability, first, last, inside, outside):  # type: ignore[no-untyped-def]
    """Mean field: ΔA = (M - A)·(1 - exp(-λΔt)).

    ``availability`` (S, n, 1 or L) of this month; ``inside``, ``outside`` (S, L) get the closing totals of the range.
    """
    services, _, lanes = state.adopters.shape
    mine, pull, hazard = np.empty(lanes, np.float32), np.empty(lanes, np.float32), np.empty(lanes)
    inside[:], outside[:] = 0, 0
    for s in range(services):
        for i in range(first, last):
            people = np.float64(places.potential[s, i])
            if people == 0:
                continue
            if _available(availability[s, i], mine):
                _prepare(places, rates, state, s, i, mine, pull, hazard)
                adopters = state.adopters[s, i]
                for lane in range(lanes):
                    gain = (people - adopters[lane]) * decay(hazard[lane])[1]
                    adopters[lane] = min(adopters[lane] + gain, people)
            _settle(places, state, s, i, inside, outside)


@njit(cache=True, nogil=True)
def drawn_month(  # type: ignore[no-untyped-def]
    places, rates, state, availability, first, last, inside, outside, key, world, month
):
    """Stochastic: ΔA ~ Binomial(M - A, 1 - exp(-λΔt)); as ``expected_month``, with key (2,) and world (L,) uint64.

    The counter of a draw is (cell number, world, service · 2**16 + month, attempt).
    """
    services, _, lanes = state.adopters.shape
    mine, pull, hazard = np.empty(lanes, np.float32), np.empty(lanes, np.float32), np.empty(lanes)
    left, gain, work = np.empty(lanes, np.int32), np.empty(lanes, np.int32), np.empty((5, lanes))
    inside[:], outside[:] = 0, 0
    for s in range(services):
        place = np.uint64(s * 65536 + month)
        for i in range(first, last):
            people = places.potential[s, i]
            if people == 0:
                continue
            adopters = state.adopters[s, i]
            remaining = 0
            for lane in range(lanes):
                left[lane] = people - adopters[lane]
                remaining += left[lane]
            if remaining > 0 and _available(availability[s, i], mine):
                _prepare(places, rates, state, s, i, mine, pull, hazard)
                binomial_lanes(left, hazard, key[0], key[1], places.number[i], world, place, work, gain)
                for lane in range(lanes):
                    adopters[lane] += gain[lane]
            _settle(places, state, s, i, inside, outside)
