"""The fifteen tests of NIST SP 800-22 rev. 1a, for about a million bits, at the parameters of its examples.

Written from the publication, as the packages there are of it have not been kept for years; ``test_battery`` holds all
tests to the P-values printed there for the first million binary digits of e. Source: Rukhin et al. (2010), "A
statistical test suite for random and pseudorandom number generators for cryptographic applications".
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray
from scipy.special import erfc, gammaincc
from scipy.stats import norm

Bits = NDArray[np.uint8]
MOST_CYCLES_OFF = 4
# Template tests look for words of nine bits.
WORD = 9
# Exact, by Hamano & Kaneko (2007), and as the publication's examples still have them.
NINE_ONES = (0.364091, 0.185659, 0.139381, 0.100571, 0.070432, 0.139866)
NINE_ONES_PRINTED = (0.367879, 0.183940, 0.137955, 0.099634, 0.069935, 0.140657)


def battery(bits: Bits) -> dict[str, list[float]]:
    """P-values of every test by its name; those of the excursions only where there are the 500 cycles they need."""
    walk = np.cumsum(2 * bits.astype(np.int64) - 1)
    found = {
        "frequency": [float(erfc(abs(walk[-1]) / np.sqrt(2 * bits.size)))],
        "frequency in blocks": [_block_frequency(bits, 128)],
        "cumulative sums": [_cumulative(walk), _cumulative(walk[-1] - np.concatenate([[0], walk[:-1]])[::-1])],
        "runs": [_runs(bits)],
        "longest run": [_longest_run(bits)],
        "rank": [_rank(bits)],
        "spectrum": [_spectrum(bits)],
        "templates": _templates(bits),
        "overlapping template": [overlapping(bits, NINE_ONES)],
        "universal": [_universal(bits)],
        "linear complexity": [_linear_complexity(bits, 500)],
        "serial": _serial(bits, 16),
        "approximate entropy": [_entropy(bits, 10)],
    }
    ends = np.flatnonzero(walk == 0)
    if ends.size + 1 >= 500:
        cycle = np.searchsorted(ends, np.arange(walk.size), side="left")
        found["excursions"], found["visits"] = _excursions(walk, cycle, ends.size + 1)
    return found


def chi_square(seen: NDArray[Any], law: NDArray[np.float64]) -> float:
    """P-value of counts in classes of chances ``law``."""
    expected = law * seen.sum()
    return float(gammaincc((seen.size - 1) / 2, ((seen - expected) ** 2 / expected).sum() / 2))


def _blocks(bits: Bits, size: int) -> Bits:
    return bits[: bits.size // size * size].reshape(-1, size)


def _words(bits: NDArray[Any], length: int, around: bool = True) -> NDArray[np.int64]:
    """Numbers of the words of ``length`` bits that begin at each place, along the last axis, in a ring or not."""
    ring = np.concatenate([bits, bits[..., : length - 1]], axis=-1) if around else bits
    count = ring.shape[-1] - length + 1
    return np.asarray(sum(ring[..., k : k + count].astype(np.int64) << (length - 1 - k) for k in range(length)))


def _block_frequency(bits: Bits, size: int) -> float:
    share = _blocks(bits, size).mean(axis=1)
    return float(gammaincc(share.size / 2, 2 * size * ((share - 0.5) ** 2).sum()))


def _cumulative(walk: NDArray[np.int64]) -> float:
    n, z = walk.size, int(abs(walk).max())

    def between(low: int, high: int, first: int) -> float:
        k = np.arange(int(np.floor(low / 4)), int(np.floor(high / 4)) + 1)
        ends = [norm.cdf((4 * k + more) * z / np.sqrt(n)) for more in (first + 2, first)]
        return float((ends[0] - ends[1]).sum())

    return 1 - between(-(n // z) + 1, n // z - 1, -1) + between(-(n // z) - 3, n // z - 1, 1)


def _runs(bits: Bits) -> float:
    n, share = bits.size, bits.mean()
    runs = np.count_nonzero(np.diff(bits)) + 1
    even = share * (1 - share)
    return float(erfc(abs(runs - 2 * n * even) / (2 * np.sqrt(2 * n) * even)))


def _longest_run(bits: Bits) -> float:
    longest = []
    for block in _blocks(bits, 10_000):
        zeros = np.flatnonzero(np.concatenate([[0], block, [0]]) == 0)
        longest.append(np.diff(zeros).max() - 1)
    seen = np.bincount(np.clip(longest, 10, 16) - 10, minlength=7)
    return chi_square(seen, np.array([0.0882, 0.2092, 0.2483, 0.1933, 0.1208, 0.0675, 0.0727]))


@njit
def _ranks(matrices):  # type: ignore[no-untyped-def]
    result = np.empty(len(matrices), np.int64)
    for m in range(len(matrices)):
        rows, rank = matrices[m].copy(), 0
        for bit in range(32):
            mask = np.int64(1) << bit
            pivot = rank
            while pivot < 32 and not rows[pivot] & mask:
                pivot += 1
            if pivot == 32:
                continue
            rows[rank], rows[pivot] = rows[pivot], rows[rank]
            for other in range(rank + 1, 32):
                if rows[other] & mask:
                    rows[other] ^= rows[rank]
            rank += 1
        result[m] = rank
    return result


def _rank(bits: Bits) -> float:
    rows = _words(_blocks(bits, 32), 32, around=False)[:, 0]
    ranks = _ranks(rows[: rows.size // 32 * 32].reshape(-1, 32))
    seen = np.array([(ranks == 32).sum(), (ranks == 31).sum(), (ranks < 31).sum()])
    full = np.prod(1 - 0.5 ** np.arange(1, 33))
    # One less: by the publication's product for rank 31.
    one_less = full * 2 * (1 - 0.5**32)
    return chi_square(seen, np.array([full, one_less, 1 - full - one_less]))


def _spectrum(bits: Bits) -> float:
    n = bits.size
    height = abs(np.fft.rfft(2.0 * bits - 1))[: n // 2]
    below = (height < np.sqrt(np.log(1 / 0.05) * n)).sum()
    return float(erfc(abs(below - 0.95 * n / 2) / np.sqrt(n * 0.95 * 0.05 / 4) / np.sqrt(2)))


def _aperiodic() -> list[int]:
    """Words that cannot overlap themselves, whose matches in a sequence need no skipping."""

    def overlaps(word: int) -> bool:
        return any(word >> shift == word & ((1 << (WORD - shift)) - 1) for shift in range(1, WORD))

    return [word for word in range(1 << WORD) if not overlaps(word)]


def _templates(bits: Bits) -> list[float]:
    blocks = bits[: bits.size // 8 * 8].reshape(8, -1)
    size = blocks.shape[1]
    counts = np.stack([np.bincount(row, minlength=1 << WORD) for row in _words(blocks, WORD, around=False)])
    mean = (size - WORD + 1) / 2**WORD
    variance = size * (1 / 2**WORD - (2 * WORD - 1) / 2 ** (2 * WORD))
    return [float(gammaincc(4, ((counts[:, word] - mean) ** 2).sum() / variance / 2)) for word in _aperiodic()]


def overlapping(bits: Bits, law: tuple[float, ...]) -> float:
    """P-value of how often nine ones come in blocks of 1032 bits, by the chances of 0, 1, … 5 or more times."""
    ones = (_words(_blocks(bits, 1032), WORD, around=False) == (1 << WORD) - 1).sum(axis=1)
    seen = np.bincount(np.minimum(ones, 5), minlength=6)
    return chi_square(seen, np.array(law))


def _universal(bits: Bits) -> float:
    length, first = 7, 1280
    word = _words(_blocks(bits, length), length, around=False)[:, 0]
    order = np.lexsort((np.arange(word.size), word))
    gap = np.empty(word.size, np.int64)
    same = np.concatenate([[False], word[order][1:] == word[order][:-1]])
    # A word met for the first time counts from the beginning.
    gap[order] = np.where(same, order - np.concatenate([[0], order[:-1]]), order + 1)
    count = word.size - first
    statistic = np.log2(gap[first:]).sum() / count
    c = 0.7 - 0.8 / length + (4 + 32 / length) * count ** (-3 / length) / 15
    return float(erfc(abs(statistic - 6.1962507) / (np.sqrt(2) * c * np.sqrt(3.125 / count))))


@njit
def _complexities(blocks):  # type: ignore[no-untyped-def]
    """Length of the shortest linear feedback register of each row (Berlekamp and Massey)."""
    n = blocks.shape[1]
    result = np.empty(len(blocks), np.int64)
    for row in range(len(blocks)):
        now, before = np.zeros(n + 1, np.uint8), np.zeros(n + 1, np.uint8)
        now[0] = before[0] = 1
        length, last = 0, -1
        for i in range(n):
            wrong = blocks[row, i]
            for j in range(1, length + 1):
                wrong ^= now[j] & blocks[row, i - j]
            if not wrong:
                continue
            kept, shift = now.copy(), i - last
            for j in range(n + 1 - shift):
                now[j + shift] ^= before[j]
            if 2 * length <= i:
                length, last, before = i + 1 - length, i, kept
        result[row] = length
    return result


def _linear_complexity(bits: Bits, size: int) -> float:
    mean = size / 2 + (9 + (-1) ** (size + 1)) / 36 - (size / 3 + 2 / 9) / 2.0**size
    statistic = (-1) ** size * (_complexities(_blocks(bits, size)) - mean) + 2 / 9
    seen = np.bincount(np.searchsorted(np.arange(-2.5, 3), statistic), minlength=7)
    # 0.010417 would be nearer; the examples have 0.01047.
    return chi_square(seen, np.array([0.01047, 0.03125, 0.125, 0.5, 0.25, 0.0625, 0.020833]))


def _counts(bits: Bits, length: int) -> NDArray[np.int64]:
    return np.bincount(_words(bits, length), minlength=1 << length)


def _serial(bits: Bits, length: int) -> list[float]:
    squares = [2.0**m / bits.size * (_counts(bits, m).astype(float) ** 2).sum() for m in range(length - 2, length + 1)]
    first, second = squares[2] - squares[1], squares[2] - 2 * squares[1] + squares[0]
    return [float(gammaincc(2 ** (length - 2), first / 2)), float(gammaincc(2 ** (length - 3), second / 2))]


def _entropy(bits: Bits, length: int) -> float:
    def phi(m: int) -> float:
        share = _counts(bits, m) / bits.size
        return float((share[share > 0] * np.log(share[share > 0])).sum())

    gap = np.log(2) - (phi(length) - phi(length + 1))
    return float(gammaincc(2 ** (length - 1), bits.size * gap))


def _excursions(walk: NDArray[np.int64], cycle: NDArray[np.int64], cycles: int) -> tuple[list[float], list[float]]:
    """By state: how often each cycle comes to it (-4 … 4), and how often the walk does in all (-9 … 9)."""
    by_cycle, in_all = [], []
    for state in [x for x in range(-9, 10) if x]:
        visits, away = np.bincount(cycle[walk == state], minlength=cycles), abs(state)
        in_all.append(float(erfc(abs(visits.sum() - cycles) / np.sqrt(2 * cycles * (4 * away - 2)))))
        if away <= MOST_CYCLES_OFF:
            none = 1 - 1 / (2 * away)
            law = [none, *(none ** (k - 1) / (4 * away**2) for k in range(1, 5)), none**4 / (2 * away)]
            by_cycle.append(chi_square(np.bincount(np.minimum(visits, 5), minlength=6), np.array(law)))
    return by_cycle, in_all
