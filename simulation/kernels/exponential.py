"""exp(-x), 1 - exp(-x) and, for small x, exp(x) - 1 in plain arithmetic.

Own code for two reasons: the compiler can run it over all lanes at once, which a call into the C library forbids, and
it gives the same bits on every processor. All results are good to about one unit in the last place; the second is
not computed from the first, so it keeps its digits for small x.
"""

from __future__ import annotations

import math

import numpy as np

from simulation.kernels.compiled import inlined

LOG2_E = 1.0 / math.log(2.0)
# ln 2 in two parts; the first has zeros at its end, so that its product with a small whole number is exact.
LN2_HIGH = float.fromhex("0x1.62e42feep-1")
LN2_LOW = float.fromhex("0x1.a39ef35793c76p-33")
# Beyond this exp(-x) is below 1e-304: far under anything a probability is compared with.
X_MAX = 700.0
BIAS = np.int64(1023)
MANTISSA = np.int64(52)
C2, C3, C4, C5, C6, C7, C8, C9, C10, C11, C12, C13 = (1.0 / math.factorial(k) for k in range(2, 14))
C14, C15, C16, C17 = (1.0 / math.factorial(k) for k in range(14, 18))


@inlined
def decay(x):  # type: ignore[no-untyped-def]
    """(exp(-x), 1 - exp(-x)) for x >= 0."""
    x = min(x, X_MAX)
    halvings = np.floor(x * LOG2_E + 0.5)
    r = halvings * LN2_LOW - (x - halvings * LN2_HIGH)
    square = r * r
    # (e^r - 1 - r) / r², even and odd terms apart: two short chains of operations instead of one long one.
    even = C2 + square * (C4 + square * (C6 + square * (C8 + square * (C10 + square * C12))))
    odd = C3 + square * (C5 + square * (C7 + square * (C9 + square * (C11 + square * C13))))
    change = r + square * (even + r * odd)
    scale = np.int64((BIAS - np.int64(halvings)) << MANTISSA).view(np.float64)
    return scale + scale * change, (1.0 - scale) - scale * change


@inlined
def growth(x):  # type: ignore[no-untyped-def]
    """exp(x) - 1 for 0 <= x <= ln 2: the odds of a chance 1 - exp(-x), without a division."""
    square = x * x
    even = C2 + square * (
        C4 + square * (C6 + square * (C8 + square * (C10 + square * (C12 + square * (C14 + square * C16)))))
    )
    odd = C3 + square * (
        C5 + square * (C7 + square * (C9 + square * (C11 + square * (C13 + square * (C15 + square * C17)))))
    )
    return x + square * (even + x * odd)
