"""Finished blocks of an unfinished run, kept on disk so that a run that was cut off goes on where it stopped."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from spatial.tables import atomic


class Checkpoint:
    """Named blocks of arrays in ``folder``; ``key`` says all that they depend on.

    Blocks of another key are never given back, and are removed when the folder is opened: their run will not go on.
    A block is there whole or not at all, however the process ends.
    """

    def __init__(self, folder: Path, key: str) -> None:
        self.folder = folder / hashlib.sha256(key.encode()).hexdigest()[:32]
        if folder.is_dir():
            for old in folder.iterdir():
                if old != self.folder:
                    shutil.rmtree(old)

    @property
    def blocks(self) -> int:
        """How many blocks are kept."""
        return sum(not path.name.startswith(".") for path in self.folder.glob("*.npz"))

    def get(self, name: str) -> dict[str, NDArray[Any]] | None:
        """Return the arrays put under ``name``, or None."""
        path = self._path(name)
        if not path.is_file():
            return None
        with np.load(path) as stored:
            return dict(stored)

    def put(self, name: str, arrays: Mapping[str, NDArray[Any]]) -> None:
        """Keep arrays under ``name``."""
        with atomic(self._path(name)) as partial:
            np.savez(partial, allow_pickle=False, **arrays)

    def clear(self) -> None:
        """Forget everything: the result is written."""
        shutil.rmtree(self.folder.parent, ignore_errors=True)

    def _path(self, name: str) -> Path:
        # District ids are users' text: hashed, they cannot name a file elsewhere.
        return self.folder / f"{hashlib.sha256(name.encode()).hexdigest()[:32]}.npz"
