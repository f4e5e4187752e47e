"""How this room's kernels are compiled.

- Without reference counts (``_nrt``): kernels make no arrays, and counting the views they take would cost more than the
  arithmetic, most of all when threads count the same array. What working space they need is handed in.
- A division by zero is an infinity, as in NumPy, not an error: the check would keep loops out of the vector unit.
- No fast-math: sums keep their order, so results have the same bits for any lanes, threads and processors.
- Without the interpreter's lock, so that plain threads run them side by side.
- Stored on disk once compiled, and compiled anew when any module of this folder has changed, or when the vectors
  written by hand cannot be used any more (geojeom/kernels.py).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from numba import njit

from geojeom.kernels import kept
from simulation.kernels.vectors import usable

_OPTIONS: dict[str, Any] = {"cache": True, "nogil": True, "_nrt": False, "error_model": "numpy"}
_SOURCES = sorted(Path(__file__).parent.glob("*.py"))
# Whether kernels use the instructions of vectors.py, or plain loops.
VECTORS = usable()


def kernel(function: Callable[..., Any]) -> Any:
    """Compile a function that is called from Python or is large."""
    return kept(njit(**_OPTIONS)(function), _SOURCES, besides=bytes([VECTORS]))


def inlined(function: Callable[..., Any]) -> Any:
    """Compile a function into the loops that call it; a loop with a call in it would not be run in vectors."""
    return kept(njit(forceinline=True, **_OPTIONS)(function), _SOURCES, besides=bytes([VECTORS]))
