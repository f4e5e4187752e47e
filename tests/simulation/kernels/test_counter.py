import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.kernels.counter import philox, unit

WORD = st.integers(0, 2**32 - 1)


def plain(key: list[int], counter: list[int]) -> list[int]:
    """Philox4x32-10 in Python's whole numbers, as the paper states it."""
    (k0, k1), (c0, c1, c2, c3) = key, counter
    for _ in range(10):
        high0, low0 = divmod(0xD2511F53 * c0, 2**32)
        high1, low1 = divmod(0xCD9E8D57 * c2, 2**32)
        c0, c1, c2, c3 = high1 ^ c1 ^ k0, low1, high0 ^ c3 ^ k1, low0
        k0, k1 = (k0 + 0x9E3779B9) % 2**32, (k1 + 0xBB67AE85) % 2**32
    return [c0, c1, c2, c3]


@pytest.mark.parametrize(
    ("key", "counter", "words"),
    [
        # Known-answer vectors for philox4x32, 10 rounds, of the Random123 library (file kat_vectors).
        ([0, 0], [0, 0, 0, 0], "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
        ([0xFFFFFFFF] * 2, [0xFFFFFFFF] * 4, "408f276d 41c83b0e a20bc7c6 6d5451fd"),
        (
            [0xA4093822, 0x299F31D0],
            [0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344],
            "d16cfe09 94fdcceb 5001e420 24126ea1",
        ),
    ],
)
def test_known_answers(key: list[int], counter: list[int], words: str) -> None:
    expected = [int(word, 16) for word in words.split()]
    assert plain(key, counter) == expected
    assert [int(word) for word in philox(*map(np.uint32, key + counter))] == expected


@settings(deadline=None)  # the first call compiles
@given(st.tuples(WORD, WORD), st.tuples(WORD, WORD, WORD, WORD))
def test_as_the_plain_twin(key: tuple[int, int], counter: tuple[int, int, int, int]) -> None:
    assert [int(word) for word in philox(*map(np.uint32, key + counter))] == plain(list(key), list(counter))


def test_unit_is_in_the_half_open_interval_with_53_bits() -> None:
    full = np.uint32(0xFFFFFFFF)
    assert unit(np.uint32(0), np.uint32(0)) == 0.0
    assert unit(full, full) == 1 - 2.0**-53
    assert unit(np.uint32(1 << 31), np.uint32(0)) == 0.5
    assert unit(np.uint32(0), np.uint32(1 << 11)) == 2.0**-53


@pytest.mark.slow
def test_uniform_along_each_word_of_the_counter() -> None:
    """100,000 draws in 1000 bins along cells, worlds and months: chi-square with 999 degrees of freedom."""
    for word in range(3):
        bins = np.zeros(1000)
        for value in range(100_000):
            counter = [7, 7, 7, 0]
            counter[word] = value
            out = philox(np.uint32(1), np.uint32(2), *map(np.uint32, counter))
            bins[int(unit(out[0], out[1]) * 1000)] += 1
        statistic = ((bins - 100) ** 2 / 100).sum()
        # Mean 999, standard deviation sqrt(2 · 999) = 44.7; four of them on either side.
        assert 820 < statistic < 1178
