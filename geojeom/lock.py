"""A lock on a folder that the operating system holds: it ends with the process that has it, however that comes.

A file that says "taken" would outlive a run that is killed; what the system locks is free again at that moment, so a
dead owner needs no finding out. The file stays and says who has it, for the words to whoever comes second.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from geojeom.errors import cannot_write

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

# The lock of all runs that write below one folder of results.
LOCK = ".lock"
# Windows locks bytes, and nobody else may read them: one far behind what the file says.
FAR = 1 << 30
_held: dict[Path, int] = {}


def take(path: Path) -> int | None:
    """Lock a file for this process.

    Parameters
    ----------
    path : Path
        The file; made, with its folder, where there is none.

    Returns
    -------
    int or None
        The open file, to be given to ``release``; None where another process has the lock.

    Raises
    ------
    FolderError
        Where no such file can be written or locked.
    """
    while True:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            held = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        except FileNotFoundError:
            # The folder has been taken away again by a run that has just ended.
            continue
        except OSError as error:
            raise cannot_write(path, error) from None
        try:
            free = _lock(held)
        except OSError as error:
            # Some network disks have no locks.
            os.close(held)
            raise cannot_write(path, error) from None
        if not free:
            os.close(held)
            return None
        # Its owner may have ended and taken the file away between opening and locking: then this lock is nobody's.
        if _is_there(held, path):
            os.ftruncate(held, 0)
            os.lseek(held, 0, os.SEEK_SET)
            os.write(held, str(os.getpid()).encode())
            return held
        os.close(held)


def release(held: int) -> None:
    """Let others have it.

    Parameters
    ----------
    held : int
        What ``take`` returned.
    """
    os.close(held)


def owner(path: Path) -> str:
    """Who has the lock, as far as the file says: "process 123", else an empty text.

    Parameters
    ----------
    path : Path
        The locked file.

    Returns
    -------
    str
        As it was when the file was read.
    """
    try:
        number = path.read_text(encoding="ascii", errors="replace")[:20].strip()
    except OSError:
        return ""
    return f"process {number}" if number else ""


def wait_for(path: Path, tell: Callable[[str], None]) -> None:
    """Lock ``path`` until this process ends; where another has it, tell so once and wait until that one has ended.

    Parameters
    ----------
    path : Path
        The file; made, with its folder, where there is none.
    tell : callable
        Is told who has it.

    Raises
    ------
    FolderError
        Where no such file can be written or locked.
    """
    location = path.absolute()
    if location in _held:
        return
    announced = False
    while (held := take(path)) is None:
        if not announced:
            tell(owner(path) or "another process")
            announced = True
        time.sleep(0.5)
    _held[location] = held


def _lock(held: int) -> bool:
    if sys.platform == "win32":
        os.lseek(held, FAR, os.SEEK_SET)
        try:
            msvcrt.locking(held, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_there(held: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(held), path.stat())
    except FileNotFoundError:
        return False
