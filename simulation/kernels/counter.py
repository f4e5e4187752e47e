"""Philox4x32-10: random numbers as a pure function of a key and a counter.

There is no state to share or to order, so a draw is the same in any thread, chunk, block of worlds or machine, and two
plans under one seed meet the same chance at the same cell, world, service and month.

Source: Salmon, Moraes, Dror & Shaw (2011), "Parallel random numbers: as easy as 1, 2, 3", SC'11; the constants are
theirs, and the tests hold the known answers published with their Random123 library.
"""

# ruff: noqa: PLR0917 -- compiled kernels are called by position.
from __future__ import annotations

import numpy as np

from simulation.kernels.compiled import inlined

HALF = np.uint64(32)
MULTIPLY_0 = np.uint64(0xD2511F53)
MULTIPLY_1 = np.uint64(0xCD9E8D57)
WEYL_0 = np.uint32(0x9E3779B9)
WEYL_1 = np.uint32(0xBB67AE85)
ROUNDS = 10
KEEP_HIGH = np.uint64(21)
DROP_LOW = np.uint64(11)
UNIT = 2.0**-53


@inlined
def philox(k0, k1, c0, c1, c2, c3):  # type: ignore[no-untyped-def]
    """Four random uint32 for key (k0, k1) and counter (c0, c1, c2, c3), all uint32.

    Widened only to multiply: in this form the compiler sees 32 × 32 → 64 bits and runs many counters at once.
    """
    for _ in range(ROUNDS):
        product_0 = MULTIPLY_0 * np.uint64(c0)
        product_1 = MULTIPLY_1 * np.uint64(c2)
        c0 = np.uint32(np.uint32(product_1 >> HALF) ^ c1 ^ k0)
        c1 = np.uint32(product_1)
        c2 = np.uint32(np.uint32(product_0 >> HALF) ^ c3 ^ k1)
        c3 = np.uint32(product_0)
        k0 = np.uint32(k0 + WEYL_0)
        k1 = np.uint32(k1 + WEYL_1)
    return c0, c1, c2, c3


@inlined
def unit(high, low):  # type: ignore[no-untyped-def]
    """A number in [0, 1) on the grid of 2**-53, from two uint32."""
    return np.float64(np.int64((np.uint64(high) << KEEP_HIGH) | (np.uint64(low) >> DROP_LOW))) * UNIT
