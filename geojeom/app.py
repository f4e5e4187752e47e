"""How a command starts and ends: logging, threads, and how an error is shown."""

from __future__ import annotations

import errno
import logging
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from geojeom.errors import GeojeomError, cannot_write

# Whoever sets it before the start has decided.
NUMBA_THREADS_GIVEN = "NUMBA_NUM_THREADS" in os.environ
DISK = (errno.ENOSPC, errno.EDQUOT, errno.EIO)
BUG = "this is a fault of Geojeom, not of your input: please report it with the lines below"


def start(log: Path | None, threads: int) -> None:
    """Set up logging to the terminal (and to a file), and the number of threads of the numerical kernels.

    Parameters
    ----------
    log : Path or None
        The file to log to; with one the terminal shows warnings and faults alone.
    threads : int
        At least 1.

    Raises
    ------
    FolderError
        Where the log cannot be written.
    """
    # Where a log cannot be written (a full disk) the fault itself is told, not the failure to log it.
    logging.raiseExceptions = False
    terminal = logging.StreamHandler(sys.stderr)
    handlers: list[logging.Handler] = [terminal]
    if log is not None:
        # Details are in the file then; what is missing or wrong is still said on the terminal.
        terminal.setLevel(logging.WARNING)
        try:
            log.parent.mkdir(parents=True, exist_ok=True)
            handlers.append(logging.FileHandler(log, mode="w", encoding="utf-8"))
        except OSError as error:
            raise cannot_write(log, error) from None
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s", handlers=handlers)
    # It tells of every file it writes, which the commands do in their own words.
    logging.getLogger("pyogrio").setLevel(logging.WARNING)
    # Pandas' helper announces its threads on every start.
    logging.getLogger("numexpr").setLevel(logging.WARNING)
    set_threads(threads)


def quiet() -> None:
    """Show warnings and faults alone on the terminal."""
    for handler in logging.getLogger().handlers:
        handler.setLevel(logging.WARNING)


def set_threads(threads: int) -> None:
    """Let the kernels use this many threads; results do not depend on the number.

    Parameters
    ----------
    threads : int
        At least 1; no more are used than the machine has, or numba was started with.
    """
    if "numba" in sys.modules:
        import numba  # noqa: PLC0415  # half a second that most commands can do without

        # More threads than numba was started with cannot be had.
        numba.set_num_threads(min(threads, numba.get_num_threads()))
    elif not NUMBA_THREADS_GIVEN:
        # Numba reads it when it is imported; until then the last word counts, as `run` has it after the command line's.
        os.environ["NUMBA_NUM_THREADS"] = str(min(threads, os.cpu_count() or 1))


def run_app(app: Callable[[], object]) -> None:
    """Run the app, and say how it ended.

    Parameters
    ----------
    app : callable
        Runs a command; takes nothing.

    Raises
    ------
    SystemExit
        With 1 for faults of the input, whose message is printed, and where what is printed cannot be written; with 2
        for any other exception, which is a bug.
    """
    log = logging.getLogger("geojeom")
    try:
        try:
            app()
        finally:
            # What is still to be written is written here, and not where nobody hears that it could not be.
            sys.stdout.flush()
    except BrokenPipeError:
        # Who reads what is printed has had enough (`| head`): an end without a word, as click makes it.
        _close_output()
        raise SystemExit(1) from None
    except GeojeomError as error:
        log.error("%s", error)
        raise SystemExit(1) from None
    except OSError as error:
        if error.errno not in DISK:
            log.exception(BUG)
            raise SystemExit(2) from None
        _close_output()
        log.error("what is printed cannot be written: %s", (error.strerror or str(error)).lower())
        raise SystemExit(1) from None
    except Exception:
        log.exception(BUG)
        raise SystemExit(2) from None


def _close_output() -> None:
    """Let nothing more be written: Python would try again at its end, and say that it could not."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    with suppress(OSError, ValueError):
        os.dup2(nowhere, sys.stdout.fileno())
