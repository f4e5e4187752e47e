"""The arrays of a certificate, as its checker reads them: all there, of the shapes and ranges that they must have."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zipfile import BadZipFile
from zlib import error as damaged

import numpy as np
from numpy.typing import NDArray

from geojeom.errors import Fault, SourceError, raise_if_any

FORMAT = 2
# Of each array its kind, its shape, and for an index what it stays below. Kinds: U text, b yes or no, f finite,
# + not below 0 either, i index, ! index or -1, s where parts start among so many. ``K+1`` of dates: never.
FORMS = {
    "value": "f",
    "bound": "f",
    "dates": "i K months",
    "when": "i m K+1",
    "names": "U m",
    "allowed": "b m K",
    "usage": "f m K R",
    "limit": "f R",
    "limit_names": "U R",
    "need_option": "i N m",
    "need_supplier": "i Q m",
    "need_start": "s N+1 Q",
    "prices": "f P",
    "services": "U S",
}
SERVICE_FORMS = {
    "options": "i o m",
    "reach": "+ o n",
    "base": "+ E n",
    "epoch": "i T E",
    "people": "+ n",
    "worth": "+ n",
    "timing": "+ T+1",
    "seed": "+ n",
    "contact_indices": "i C n",
    "contact_indptr": "s n+1 C",
    "contact_data": "+ C",
    "zone_weight": "+ Z Z",
    "zone": "! n Z",
    "zone_share": "+ n",
    "earliest": "i o K+1",
    "tangent": "i o K+1",
    "pull": "+ B K+1 B K+1",
    "block": "i n B",
    "tier_option": "i O o",
    "tier_option_start": "s M+1 O",
    "tier_start": "s B+1 M",
    "fixed": "f F",
    "highest": "+ T n",
    "state_start": "s B+1 F",
}


def read(path: Path) -> dict[str, Any]:
    """All arrays of a certificate."""
    remedy = "Name a file that geojeom wrote as a certificate, or have it written again."
    try:
        with np.load(path, allow_pickle=False) as stored:
            arrays = dict(stored)
    except (BadZipFile, damaged, EOFError, KeyError, ValueError, TypeError, OSError) as error:
        found = error.strerror.lower() if isinstance(error, OSError) and error.strerror else "something else"
        raise SourceError(Fault(str(path), "a certificate (.npz)", found, remedy)) from None
    count = np.size(arrays.get("services", ()))
    names = ["format", *FORMS, *(f"{name}_{number}" for number in range(count) for name in SERVICE_FORMS)]
    lacking = [Fault(str(path), "an array", "none", remedy, column=name) for name in names if name not in arrays]
    raise_if_any(SourceError, lacking)
    if arrays["format"].shape != () or arrays["format"] != FORMAT:
        found = str(arrays["format"])
        raise SourceError(Fault(str(path), str(FORMAT), found, remedy, column="format"))
    return arrays


def misshapen(arrays: Mapping[str, Any]) -> list[str]:
    """Arrays that have another kind, shape or range than ``FORMS`` says."""
    sizes = {"months": 2**31}
    wrong = [name for name, form in FORMS.items() if not _fits(arrays[name], form, sizes)]
    for number in range(arrays["services"].size):
        own = dict(sizes)
        named = ((f"{name}_{number}", form) for name, form in SERVICE_FORMS.items())
        wrong += [name for name, form in named if not _fits(arrays[name], form, own)]
    return wrong if wrong or (np.diff(arrays["dates"]) > 0).all() else ["dates"]


def _fits(array: NDArray[Any], form: str, sizes: dict[str, int]) -> bool:
    """Whether an array is of a form; ``sizes`` of letters are added to where they are met first."""
    kind, *letters = form.split()
    *letters, below = letters if kind in "i!s" else [*letters, ""]
    return _shaped(array, letters, sizes) and _ranged(array, kind, below, sizes)


def _shaped(array: NDArray[Any], letters: list[str], sizes: dict[str, int]) -> bool:
    if array.ndim != len(letters):
        return False
    for length, letter in zip(array.shape, letters, strict=True):
        more = letter.endswith("+1")
        if sizes.setdefault(letter.removesuffix("+1"), length - more) != length - more or length < more:
            return False
    return True


def _ranged(array: NDArray[Any], kind: str, below: str, sizes: dict[str, int]) -> bool:
    if kind in "Ub":
        return array.dtype.kind == kind
    if kind in "f+":
        return array.dtype.kind == "f" and bool(np.isfinite(array).all() and (kind == "f" or (array >= 0).all()))
    if array.dtype.kind != "i":
        return False
    size = sizes[below.removesuffix("+1")] + below.endswith("+1")
    if kind == "s":
        return bool(array[0] == 0 and array[-1] == size and (np.diff(array) >= 0).all())
    return not array.size or bool(-(kind == "!") <= array.min() and array.max() < size)
