"""Whether there is an ordinary file to read, asked before any library opens it: a pipe or a device never ends."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)
NO_FILE = "no such file"


def why_no_file(path: Path | str) -> str:
    """Why there is no ordinary file that may be read at ``path``, in words; empty where there is one.

    Links are followed. Never raises, and never waits for a pipe or a device.
    """
    try:
        kind = os.stat(path).st_mode  # noqa: PTH116 (pathlib hides some of its errors)
        for is_kind, name in KINDS:
            if is_kind(kind):
                return name
        with Path(path).open("rb"):
            return ""
    except OSError as error:
        told = os.strerror(error.errno) if error.errno else str(error)
        return NO_FILE if error.errno == errno.ENOENT else told.lower()
    except ValueError:
        # A zero in the name.
        return NO_FILE


def endless_beside(path: Path) -> Path | None:
    """A pipe, socket or device beside ``path`` that a library would open along with it; None where there is none.

    Those are files of the same name with another ending, such as ``dem.tfw``, ``dem.tif.aux.xml`` or ``z.gpkg-wal``.
    """
    beginnings = (f"{path.stem}.", f"{path.name}.", f"{path.name}-")
    with os.scandir(path.parent) as entries:
        for entry in entries:
            if entry.name.startswith(beginnings) and entry.name != path.name:
                try:
                    kind = entry.stat().st_mode
                except OSError:
                    continue
                if not stat.S_ISREG(kind) and not stat.S_ISDIR(kind):
                    return Path(entry.path)
    return None
