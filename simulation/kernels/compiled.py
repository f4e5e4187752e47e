"""How this room's kernels are compiled.

- Without reference counts (``_nrt``): kernels make no arrays, and counting the views they take would cost more than the
  arithmetic, most of all when threads count the same array. What working space they need is handed in.
- A division by zero is an infinity, as in NumPy, not an error: the check would keep loops out of the vector unit.
- No fast-math: sums keep their order, so results have the same bits for any lanes, threads and processors.
- Without the interpreter's lock, so that plain threads run them side by side.
- Stored on disk once compiled, and compiled anew when any module of this folder has changed, or when the vectors
  written by hand cannot be used any more: numba itself looks only at the file of the function stored, though the
  functions it calls are part of its code.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from numba import njit

from simulation.kernels.vectors import usable

_OPTIONS: dict[str, Any] = {"cache": True, "nogil": True, "_nrt": False, "error_model": "numpy"}
_SOURCES = b"".join(path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py")))
# Whether kernels use the instructions of vectors.py, or plain loops.
VECTORS = usable()
_STAMP = hashlib.sha256(_SOURCES + bytes([VECTORS])).digest()


def kernel(function: Callable[..., Any]) -> Any:
    """Compile a function that is called from Python or is large."""
    return _stamped(njit(**_OPTIONS)(function))


def inlined(function: Callable[..., Any]) -> Any:
    """Compile a function into the loops that call it; a loop with a call in it would not be run in vectors."""
    return _stamped(njit(forceinline=True, **_OPTIONS)(function))


def _stamped(compiled: Any) -> Any:
    # The one private name of numba's that is used: it has no other way to say what a stored function depends on.
    compiled._cache._cache_file._source_stamp = _STAMP  # noqa: SLF001
    return compiled
