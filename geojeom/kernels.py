"""Kernels kept on disk once compiled, and compiled anew when what they are made of has changed.

Numba looks only at the file of the function it keeps, though the functions it calls are part of its code, and it reads
what it kept before it looks: a class among the arguments that has another name since would end the program.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numba
from numba import njit


def kernel(function: Callable[..., Any]) -> Any:
    """Compile a function whose code, with all that it calls, stands in one file; it runs without Python's lock.

    Parameters
    ----------
    function : callable
        A function that numba can compile.

    Returns
    -------
    numba dispatcher
        Compiled for the types it is called with, when it first is, and kept on disk.
    """
    return kept(njit(cache=True, nogil=True)(function), [Path(function.__code__.co_filename)])


def kept(compiled: Any, sources: Iterable[Path], *, besides: bytes = b"") -> Any:
    """Let what numba keeps of a compiled function hold as long as ``sources`` and ``besides`` are the same.

    Parameters
    ----------
    compiled : numba dispatcher
        A function compiled with ``cache=True``.
    sources : iterable of Path
        Every file that its code, with all that it calls, stands in.
    besides : bytes
        What else it is made of, such as generated code.

    Returns
    -------
    numba dispatcher
        ``compiled`` itself.
    """
    text = b"".join(path.read_bytes() for path in sources) + besides
    # Private names of numba's, here and in no other module: it has no other way to say what a stored function depends
    # on. The version is compared before anything else is read, of a file of another version nothing is.
    file = compiled._cache._cache_file  # noqa: SLF001
    file._version = f"{numba.__version__} {hashlib.sha256(text).hexdigest()}"  # noqa: SLF001
    # Dates of files say nothing more.
    file._source_stamp = None  # noqa: SLF001
    return compiled
