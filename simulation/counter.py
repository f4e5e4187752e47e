"""Philox4x32-10: random numbers as a pure function of a key and a counter.

There is no state to share or to order, so a draw is the same in any thread, chunk, block of worlds or machine, and two
plans under one seed meet the same chance at the same cell, world, service and month.

Source: Salmon, Moraes, Dror & Shaw (2011), "Parallel random numbers: as easy as 1, 2, 3", SC'11; the constants are
theirs, and the tests hold the known answers published with their Random123 library.
"""

# ruff: noqa: PLR0917 -- compiled kernels are called by position.
from __future__ import annotations

import numpy as np
from numba import njit

LOW = np.uint64(0xFFFFFFFF)
HALF = np.uint64(32)
MULTIPLY_0 = np.uint64(0xD2511F53)
MULTIPLY_1 = np.uint64(0xCD9E8D57)
WEYL_0 = np.uint64(0x9E3779B9)
WEYL_1 = np.uint64(0xBB67AE85)
KEEP_HIGH = np.uint64(21)
DROP_LOW = np.uint64(11)
UNIT = 2.0**-53


@njit(cache=True)
def philox(k0, k1, c0, c1, c2, c3):  # type: ignore[no-untyped-def]
    """Four random words for key (k0, k1) and counter (c0, c1, c2, c3): 32-bit words, each held in a uint64."""
    for _ in range(10):
        product_0 = MULTIPLY_0 * c0
        product_1 = MULTIPLY_1 * c2
        c0 = (product_1 >> HALF) ^ c1 ^ k0
        c1 = product_1 & LOW
        c2 = (product_0 >> HALF) ^ c3 ^ k1
        c3 = product_0 & LOW
        k0 = (k0 + WEYL_0) & LOW
        k1 = (k1 + WEYL_1) & LOW
    return c0, c1, c2, c3


@njit(cache=True)
def unit(high, low):  # type: ignore[no-untyped-def]
    """A number in [0, 1) on the grid of 2**-53, from two 32-bit words."""
    return np.float64(np.int64((high << KEEP_HIGH) | (low >> DROP_LOW))) * UNIT
