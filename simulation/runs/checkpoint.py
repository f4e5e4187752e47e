"""Finished blocks of an unfinished run, kept on disk so that a run that was cut off goes on where it stopped."""

from __future__ import annotations

import hashlib
import shutil
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geojeom.between import damaged
from geojeom.errors import Fault, FolderError
from geojeom.files import atomic
from geojeom.lock import owner, release, take

LOCK = "lock"


class Checkpoint:
    """Named blocks of arrays in ``folder``; ``key`` says all that they depend on, ``by`` which command keeps them.

    Blocks of another key are never given back, and are removed when the folder is opened: their run will not go on.
    A block is there whole or not at all, however the process ends. Only one process at a time may have the folder open:
    FolderError for the second. The system lets go of it when the process ends, however that comes.
    """

    def __init__(self, folder: Path, key: str, by: str = "") -> None:
        self.by = by
        self.folder = folder / hashlib.sha256(key.encode()).hexdigest()[:32]
        self._lock: int | None = _locked(folder)
        for old in folder.iterdir():
            if old != self.folder and old.name != LOCK:
                shutil.rmtree(old)

    def __enter__(self) -> Checkpoint:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let others have the folder; what is kept stays."""
        if self._lock is not None:
            release(self._lock)
            self._lock = None

    @property
    def blocks(self) -> int:
        """How many blocks are kept."""
        return sum(not path.name.startswith(".") for path in self.folder.glob("*.npz"))

    def has(self, name: str) -> bool:
        """Whether arrays were put under ``name``.

        Parameters
        ----------
        name : str
            The block's name.

        Returns
        -------
        bool
            Whether they are whole is seen when they are read.
        """
        return self._path(name).is_file()

    def get(self, name: str, array: str) -> NDArray[Any]:
        """Return one of the arrays put under ``name``, without reading the others.

        Parameters
        ----------
        name : str
            The block's name.
        array : str
            The array's.

        Returns
        -------
        array
            As it was put.

        Raises
        ------
        SourceError
            Where the file is not there or damaged.
        """
        path = self._path(name)
        try:
            with np.load(path) as stored:
                return np.asarray(stored[array])
        except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, OSError) as error:
            raise damaged(path, error, self.by) from None

    def put(self, name: str, arrays: Mapping[str, NDArray[Any]]) -> None:
        """Keep arrays under ``name``.

        Parameters
        ----------
        name : str
            The block's name.
        arrays : mapping of array
            By name.

        Raises
        ------
        FolderError
            Where they cannot be written.
        """
        with atomic(self._path(name)) as partial:
            np.savez(partial, allow_pickle=False, **arrays)

    def clear(self) -> None:
        """Forget everything: the result is written."""
        # The lock goes with the folder: whoever waits at its old place finds that out (see geojeom.lock.take).
        shutil.rmtree(self.folder.parent, ignore_errors=True)
        self.close()

    def _path(self, name: str) -> Path:
        # District ids are users' text: hashed, they cannot name a file elsewhere.
        return self.folder / f"{hashlib.sha256(name.encode()).hexdigest()[:32]}.npz"


def _locked(folder: Path) -> int:
    """Make the folder and hold its lock, as an open file; FolderError where another process holds it."""
    held = take(folder / LOCK)
    if held is None:
        who = owner(folder / LOCK)
        raise FolderError(
            Fault(
                str(folder),
                "one run at a time for a result",
                f"another that is under way{f' ({who})' if who else ''}",
                "Wait until it has ended, end it, or name another result with --out.",
            )
        )
    return held
