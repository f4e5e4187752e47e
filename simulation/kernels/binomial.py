"""Exact binomial draws from the counter stream.

The chance of a trial is given as a hazard x, p = 1 - exp(-x), which is how the model makes it; then the chance of no
success in n trials is exp(-n·x), one evaluation away. Most cells gain nothing in most months, so most draws end there.

- n·x up to ``INVERSION_MAX``: inversion of the distribution function, by adding up the chances from 0.
- above: transformed rejection, algorithm BTRS of Hörmann (1993), "The generation of binomial random variates",
  J. Stat. Comput. Simul. 46, doi:10.1080/00949659308811496. It needs n·p >= 10 and p <= 1/2.
- p above 1/2: the failures are drawn, with the complement of the uniform number, so that a greater hazard never gives
  fewer successes where inversion is used on both sides.

Inversion reads the counter (cell, world // 2, place, 0), the first half of the block for even worlds and the second for
odd ones; rejection reads (cell, world, place, attempt), attempts 1, 2, …
"""

# ruff: noqa: PLR0917 -- compiled kernels are called by position.
from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from simulation.kernels.compiled import inlined, kernel
from simulation.kernels.counter import philox, unit
from simulation.kernels.exponential import decay, growth

LN2 = math.log(2.0)
# n·p is at least 0.72 n·x for p <= 1/2: above 16 it is over the 10 that rejection needs.
INVERSION_MAX = 16.0
# A chance this small is beyond the grid of the uniform number: the distribution function no longer grows.
NEGLIGIBLE = 2.0**-60
COUNT_MAX = 128
RECIPROCAL = 1.0 / np.arange(1.0, COUNT_MAX + 1)
LARGEST_UNIT = 1.0 - 2.0**-53
FIRST, ONE = np.uint32(0), np.uint32(1)
# Rows of the working space of ``binomial_lanes``. One array, its rows a fixed distance apart: so the compiler knows
# that they do not overlap and runs the lanes in the processor's vectors.
BLOCK = 64
ROWS = 7
LEFT, HAZARD, GAIN, U, BELOW, CHANCE, ODDS = range(0, ROWS * BLOCK, BLOCK)


@kernel
def binomial(n, hazard, k0, k1, cell, world, draw):  # type: ignore[no-untyped-def]
    """Successes among n trials of chance 1 - exp(-hazard); key (k0, k1) and counter words as uint32."""
    if n <= 0 or hazard <= 0.0:
        return 0
    kept, lost = decay(hazard)
    mostly = hazard > LN2
    rare_hazard, rare, odds = (-math.log1p(-kept), kept, kept / lost) if mostly else (hazard, lost, growth(hazard))
    if n * rare_hazard <= INVERSION_MAX:
        u = _uniform(k0, k1, cell, world, draw)
        count = _invert(n, decay(n * rare_hazard)[0], odds, LARGEST_UNIT - u if mostly else u)
    else:
        count = _reject(n, rare, odds, k0, k1, cell, world, draw)
    return n - count if mostly else count


@inlined
def _uniform(k0, k1, cell, world, draw):  # type: ignore[no-untyped-def]
    word = philox(k0, k1, cell, np.uint32(world >> ONE), draw, FIRST)
    return unit(word[2], word[3]) if world & ONE else unit(word[0], word[1])


@kernel
def _invert(n, none, odds, u):  # type: ignore[no-untyped-def]
    chance, below, count = none, none, 0
    while u >= below and chance > NEGLIGIBLE and count < COUNT_MAX:
        chance = chance * ((n - count) * odds * RECIPROCAL[count])
        below += chance
        count += 1
    return min(count, n)


@kernel
def _stirling(k):  # type: ignore[no-untyped-def]
    """Return ln k! less its approximation by (k + 1/2) ln(k + 1) - (k + 1) + ln(2π)/2."""
    if k < 10:
        return math.lgamma(k + 1.0) - ((k + 0.5) * math.log(k + 1.0) - (k + 1.0) + 0.5 * math.log(2.0 * math.pi))
    square = 1.0 / ((k + 1.0) * (k + 1.0))
    return (1.0 / 12.0 - (1.0 / 360.0 - (1.0 / 1260.0 - square / 1680.0) * square) * square) / (k + 1.0)


@kernel
def _reject(n, p, odds, k0, k1, cell, world, draw):  # type: ignore[no-untyped-def]
    deviation = math.sqrt(n * p * (1.0 - p))
    b = 1.15 + 2.53 * deviation
    a = -0.0873 + 0.0248 * b + 0.01 * p
    centre = n * p + 0.5
    inner = 0.92 - 4.2 / b
    alpha = (2.83 + 5.1 / b) * deviation
    mode = math.floor((n + 1) * p)
    attempt = FIRST
    while True:
        attempt = np.uint32(attempt + ONE)
        word = philox(k0, k1, cell, world, draw, attempt)
        u, v = unit(word[0], word[1]) - 0.5, 1.0 - unit(word[2], word[3])
        edge = 0.5 - abs(u)
        if edge <= 0.0:
            continue
        count = math.floor((2.0 * a / edge + b) * u + centre)
        if count < 0 or count > n:
            continue
        if edge >= 0.07 and v <= inner:
            return np.int64(count)
        bound = (
            (mode + 0.5) * math.log((mode + 1) / (odds * (n - mode + 1)))
            + (n + 1) * math.log((n - mode + 1) / (n - count + 1))
            + (count + 0.5) * math.log(odds * (n - count + 1) / (count + 1))
            + _stirling(mode)
            + _stirling(n - mode)
            - _stirling(count)
            - _stirling(n - count)
        )
        if math.log(v * alpha / (a / (edge * edge) + b)) <= bound:
            return np.int64(count)


def pairs(world: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """World // 2 of each two lanes, where all lanes are pairs of an even world and the next.

    Parameters
    ----------
    world : uint32 (L,)
        The lanes' worlds.

    Returns
    -------
    uint32 (L/2,)
        Empty where they are no such pairs.
    """
    even = world[::2]
    paired = world.size % 2 == 0 and bool((even % 2 == 0).all() and (world[1::2] == even + 1).all())
    return np.ascontiguousarray(even // 2 if paired else even[:0])


@kernel
def binomial_lanes(work, k0, k1, cell, world, pair, draw):  # type: ignore[no-untyped-def]
    """Draw for every lane of ``world`` (L,) uint32, L at most ``BLOCK``, each bit for bit as ``binomial`` draws it.

    ``pair`` is ``pairs(world)``. ``work`` (ROWS · BLOCK,) float64 holds the numbers of trials from LEFT on and the
    hazards from HAZARD on, and gets the successes from GAIN on; the rest of it is overwritten.
    """
    for k in range(pair.size):
        word = philox(k0, k1, cell, pair[k], draw, FIRST)
        work[U + 2 * k] = unit(word[0], word[1])
        work[U + 2 * k + 1] = unit(word[2], word[3])
    if pair.size == 0:
        for lane in range(world.size):
            work[U + lane] = _uniform(k0, k1, cell, world[lane], draw)
    apart, some = 0, 0
    for lane in range(world.size):
        expected = work[LEFT + lane] * work[HAZARD + lane]
        easy = (work[HAZARD + lane] <= LN2) & (expected <= INVERSION_MAX)
        none = decay(expected)[0] if easy else 2.0
        work[BELOW + lane] = none
        work[GAIN + lane] = 0.0
        apart += 0 if easy else 1
        some += 1 if work[U + lane] >= none else 0
    if some > 0:
        _invert_lanes(work, world.size)
    if apart > 0:
        for lane in range(world.size):
            hazard, left = work[HAZARD + lane], work[LEFT + lane]
            if hazard > LN2 or left * hazard > INVERSION_MAX:
                work[GAIN + lane] = binomial(np.int64(left), hazard, k0, k1, cell, world[lane], draw)


@inlined
def _invert_lanes(work, width):  # type: ignore[no-untyped-def]
    """``_invert`` in all lanes at once; the row BELOW starts as the chance of none, or above 1 to be left alone."""
    for lane in range(width):
        # Beyond ln 2 it is left alone.
        work[ODDS + lane] = growth(work[HAZARD + lane])
        work[CHANCE + lane] = work[BELOW + lane]
    some, step = 1, 0
    while some > 0 and step < COUNT_MAX:
        some = 0
        share = RECIPROCAL[step]
        for lane in range(width):
            more = (work[U + lane] >= work[BELOW + lane]) & (work[CHANCE + lane] > NEGLIGIBLE)
            work[GAIN + lane] += 1.0 if more else 0.0
            some += 1 if more else 0
            chance = work[CHANCE + lane] * ((work[LEFT + lane] - step) * work[ODDS + lane] * share)
            work[CHANCE + lane] = chance
            work[BELOW + lane] += chance
        step += 1
    for lane in range(width):
        work[GAIN + lane] = min(work[GAIN + lane], work[LEFT + lane])
