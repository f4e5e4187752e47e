"""How this room's kernels are compiled.

- Without reference counts (``_nrt``): kernels make no arrays, and counting the views they take would cost more than the
  arithmetic, most of all when threads count the same array. What working space they need is handed in.
- A division by zero is an infinity, as in NumPy, not an error: the check would keep loops out of the vector unit.
- No fast-math: sums keep their order, so results have the same bits for any lanes, threads and processors.
- Without the interpreter's lock, so that plain threads run them side by side; stored on disk once compiled.
"""

from __future__ import annotations

from typing import Any

from numba import njit

_OPTIONS: dict[str, Any] = {"cache": True, "nogil": True, "_nrt": False, "error_model": "numpy"}

kernel = njit(**_OPTIONS)
inlined = njit(forceinline=True, **_OPTIONS)
