"""The counter generator under a standard battery, in the orders in which the model draws from it."""

from __future__ import annotations

import numpy as np
import pytest
from numba import njit
from numpy.typing import NDArray
from scipy import stats

from simulation.kernels.counter import philox
from tests.simulation.kernels.sp800_22 import NINE_ONES_PRINTED, battery, overlapping

# For the first 1,000,000 binary digits of e, as printed in appendix B of the publication.
PUBLISHED_E = {
    "frequency": [0.953749],
    "frequency in blocks": [0.211072],
    "cumulative sums": [0.669887, 0.724266],
    "runs": [0.561917],
    "longest run": [0.718945],
    "rank": [0.306156],
    "spectrum": [0.847187],
    "universal": [0.282568],
    "linear complexity": [0.826335],
    "serial": [0.766182, 0.462921],
    "approximate entropy": [0.700073],
}
BITS = 1 << 20
SEQUENCES = 2
# Which word of the counter (cell, pair of worlds, place, attempt) or of the key runs from one block to the next.
ALONG = {"cells": 0, "worlds": 1, "places": 2, "attempts": 3, "seeds": 4, "a run": 5}


def digits_of_e(count: int) -> NDArray[np.uint8]:
    """The first binary digits of e, 10.1011 …, from the sum of 1/k!, by splitting the sum in halves."""

    def halves(first: int, last: int) -> tuple[int, int]:
        if last - first == 1:
            return 1, last
        middle = (first + last) // 2
        (p, q), (more_p, more_q) = halves(first, middle), halves(middle, last)
        return p * more_q + more_p, q * more_q

    p, q = halves(0, count // 12)
    number = ((p + q) << (count - 2 + 64)) // q >> 64
    return np.unpackbits(np.frombuffer(number.to_bytes(count // 8, "big"), np.uint8))


@pytest.mark.slow
def test_the_battery_gives_the_published_values_for_e() -> None:
    digits = digits_of_e(1_000_000)
    found = battery(digits)
    for name, values in PUBLISHED_E.items():
        assert found[name] == pytest.approx(values, abs=1e-6), name
    assert overlapping(digits, NINE_ONES_PRINTED) == pytest.approx(0.110434, abs=5e-6)
    # Printed for one template of the 148, one state of the eight and one of the eighteen.
    assert len(found["templates"]) == 148
    assert found["templates"][0] == pytest.approx(0.078790, abs=1e-6)
    assert found["excursions"][4] == pytest.approx(0.786868, abs=1e-6)
    assert found["visits"][8] == pytest.approx(0.826009, abs=1e-6)


@njit
def _blocks(along, sequence, count):  # type: ignore[no-untyped-def]
    words = np.empty((count, 4), np.uint32)
    for number in range(count):
        counter = np.array([3, 5, 7, 0, 11], np.uint32)
        counter[4] += sequence
        if along < 5:
            counter[along] = number if along < 4 else sequence * count + number
        else:
            # As the kernel goes: 32 pairs of worlds side by side, cell after cell, and then the next month.
            counter[0], counter[1], counter[2] = number // 32 % 64, number % 32, number // 2048
        a, b, c, d = philox(counter[4], np.uint32(13), counter[0], counter[1], counter[2], counter[3])
        words[number, 0], words[number, 1], words[number, 2], words[number, 3] = a, b, c, d
    return words


def stream(along: int, sequence: int) -> NDArray[np.uint8]:
    words = _blocks(along, np.uint32(sequence), BITS // 128)
    return np.unpackbits(words.ravel().byteswap().view(np.uint8))


def judged(sequences: list[NDArray[np.uint8]]) -> dict[str, tuple[float, float]]:
    """By test: how likely as many failures at 1 % are, and how even the P-values lie in ten classes."""
    found: dict[str, list[float]] = {}
    for bits in sequences:
        for name, values in battery(bits).items():
            found.setdefault(name, []).extend(values)
    result = {}
    for name, values in found.items():
        failures = int((np.array(values) < 0.01).sum())
        even = np.bincount(np.minimum((np.array(values) * 10).astype(int), 9), minlength=10)
        chance = stats.binomtest(failures, len(values), 0.01, alternative="greater").pvalue
        result[name] = float(chance), float(stats.chisquare(even).pvalue)
    return result


@pytest.mark.slow
def test_the_counter_generator_passes() -> None:
    """12 sequences of 2**20 bits, two in each order; studies/test_counter.py has eight times as many."""
    holds(judged([stream(along, k) for along in ALONG.values() for k in range(SEQUENCES)]))


def holds(found: dict[str, tuple[float, float]]) -> None:
    """The publication's two criteria over each test's P-values."""
    assert len(found) == 15
    for name, (chance, even) in found.items():
        assert chance > 1e-3, name
        assert even > 1e-4, name


@pytest.mark.slow
def test_a_weak_generator_fails() -> None:
    """Marsaglia's xorshift of 32 bits: 32 words on end are always independent, so every matrix has full rank."""
    state, words = 1, []
    for _ in range(BITS // 32):
        state ^= state << 13 & 0xFFFFFFFF
        state ^= state >> 17
        state ^= state << 5 & 0xFFFFFFFF
        words.append(state)
    assert battery(np.unpackbits(np.array(words, ">u4").view(np.uint8)))["rank"][0] < 1e-6
