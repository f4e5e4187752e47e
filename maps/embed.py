"""Data inside a page: JSON that no parser of HTML can take for markup, and binary blobs as deflated base64."""

from __future__ import annotations

import base64
import json
import math
import re
import zlib
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

# Inside a script element these could end it, open a comment or break a line of JavaScript.
_RISKY = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}
_ELEMENT_ID = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*")


def plain(value: Any) -> Any:
    """``value`` with NumPy, pandas and date scalars as plain ones, and every NaN, NA or infinity as None (unknown)."""
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [plain(item) for item in value]
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if value is None or isinstance(value, (str, bool, int)):
        return value
    return None if pd.isna(value) else str(value)


def json_text(value: Any) -> str:
    """``value`` as JSON that may stand in a script element whatever texts it holds."""
    text = json.dumps(plain(value), ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.translate(_RISKY)


def json_script(element: str, value: Any) -> str:
    """A script element of type application/json with the id ``element``."""
    return f'<script type="application/json" id="{_checked(element)}">{json_text(value)}</script>'


def blob_script(element: str, data: bytes) -> str:
    """A script element holding ``data`` as raw deflate in base64 (read by ``readBlob`` in web/lib/data.js)."""
    return f'<script type="application/octet-stream" id="{_checked(element)}">{pack(data)}</script>'


def pack(data: bytes) -> str:
    """Raw deflate, then base64."""
    # Higher levels take several times as long on frames, long runs that are nearly alike, and gain a few percent.
    squeeze = zlib.compressobj(7, zlib.DEFLATED, -15)
    return base64.b64encode(squeeze.compress(data) + squeeze.flush()).decode("ascii")


def varints(values: NDArray[np.int64]) -> bytes:
    """Whole numbers as zigzag variable-length integers: 7 bits a byte, lowest first, high bit set while more follow.

    Small numbers of either sign take one byte. Values must fit 62 bits.
    """
    values = np.asarray(values, dtype=np.int64)
    rest = ((values << 1) ^ (values >> 63)).astype(np.uint64)
    lengths = np.ones(len(rest), dtype=np.int64)
    for bits in range(7, 63, 7):
        lengths += rest >= (np.uint64(1) << np.uint64(bits))
    ends = np.cumsum(lengths)
    out = np.zeros(int(ends[-1]) if len(ends) else 0, dtype=np.uint8)
    offset = ends - lengths
    for step in range(int(lengths.max(initial=0))):
        on = lengths > step
        byte = (rest[on] >> np.uint64(7 * step)) & np.uint64(127)
        byte |= np.where(lengths[on] > step + 1, np.uint64(128), np.uint64(0))
        out[offset[on] + step] = byte.astype(np.uint8)
    return out.tobytes()


def _checked(element: str) -> str:
    if not _ELEMENT_ID.fullmatch(element):
        raise ValueError(f"not an element id: {element!r}")
    return element
