"""Files to read and files to write, before any library opens them.

Whether there is an ordinary file to read: a pipe or a device never ends. And a file written whole or not at all.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from geojeom.errors import cannot_write

KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)
NO_FILE = "no such file"
DISK = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)


def why_no_file(path: Path | str) -> str:
    """Why there is no ordinary file that may be read at ``path``, in words; empty where there is one.

    Links are followed. Never raises, and never waits for a pipe or a device.

    Parameters
    ----------
    path : Path or str
        The file that is asked for.

    Returns
    -------
    str
        ``no such file``, ``a folder``, ``a pipe``, ..., or what the operating system says, in lower case.
    """
    try:
        kind = os.stat(path).st_mode  # noqa: PTH116 (pathlib hides some of its errors)
        for is_kind, name in KINDS:
            if is_kind(kind):
                return name
        with Path(path).open("rb"):
            return ""
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else str(error)
        return NO_FILE if error.errno == errno.ENOENT else reason.lower()
    except ValueError:
        # A zero in the name.
        return NO_FILE


def endless_beside(path: Path) -> Path | None:
    """A pipe, socket or device beside ``path`` that a library would open along with it; None where there is none.

    Those are files of the same name with another ending, such as ``dem.tfw``, ``dem.tif.aux.xml`` or ``z.gpkg-wal``.

    Parameters
    ----------
    path : Path
        A file in a folder that there is.

    Returns
    -------
    Path or None
        The first one, in the order of the folder.

    Raises
    ------
    OSError
        Where the folder cannot be listed.
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


@contextmanager
def atomic(path: Path) -> Iterator[Path]:
    """Hand out a temporary path beside ``path`` and rename it there only when the block has succeeded.

    Parameters
    ----------
    path : Path
        The file to be written; its folder is made where there is none.

    Yields
    ------
    Path
        The temporary path, with the ending of ``path``. It is gone after the block, whatever comes.

    Raises
    ------
    FolderError
        Where the folder cannot be made or written in, or its disk is full.
    OSError
        Any other error of the block's own.
    """
    partial = path.with_name(f".{path.stem}.{os.getpid()}.partial{path.suffix}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Tried before the block runs: not every library says of a folder it may not write in that this was it.
        partial.touch()
        partial.unlink()
    except OSError as error:
        raise cannot_write(path, error) from None
    try:
        yield partial
    except OSError as error:
        # Any other may be of a file the block reads.
        raise (cannot_write(path, error) if error.errno in DISK else error) from None
    else:
        try:
            partial.replace(path)
        except OSError as error:
            raise cannot_write(path, error) from None
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
