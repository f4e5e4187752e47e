"""What the scripts of the pages do with the bytes that Python wrote into them, once more in Python."""

from __future__ import annotations

import base64
import zlib

import numpy as np
from numpy.typing import NDArray

from maps.frames import LEVELS


def unpack(text: str) -> bytes:
    """The inverse of ``pack``."""
    return zlib.decompress(base64.b64decode(text), -15)


def from_varints(data: bytes) -> NDArray[np.int64]:
    """The inverse of ``varints``."""
    raw = np.frombuffer(data, dtype=np.uint8)
    last = raw < 128
    number = np.concatenate([[0], np.cumsum(last)[:-1]]).astype(np.int64) if len(raw) else np.zeros(0, dtype=np.int64)
    starts = np.flatnonzero(np.concatenate([[True], last[:-1]])) if len(raw) else np.zeros(0, dtype=np.int64)
    shift = (np.arange(len(raw)) - starts[number]) * 7
    unsigned = np.zeros(int(last.sum()), dtype=np.uint64)
    np.add.at(unsigned, number, (raw & 127).astype(np.uint64) << shift.astype(np.uint64))
    return (unsigned >> np.uint64(1)).astype(np.int64) ^ -(unsigned & np.uint64(1)).astype(np.int64)


def share_of(code: NDArray[np.uint8]) -> NDArray[np.float64]:
    """The share a byte stands for."""
    return (code.astype(np.float64) / LEVELS) ** 2


def decode(data: bytes, times: int) -> NDArray[np.uint8]:
    """The inverse of ``encode``: frames (time, cell)."""
    steps = np.frombuffer(data, dtype=np.uint8).reshape(-1, times)
    return np.cumsum(steps, axis=1, dtype=np.uint8).T
