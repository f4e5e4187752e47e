"""Commands of Geojeom as they are typed, run in this process: how they start and end, and all that they print.

A process of its own takes two seconds to import what this one has; tests that are about the process start one.
"""

from __future__ import annotations

import io
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import numba
import pytest

from geojeom import cli


@dataclass(frozen=True)
class Ran:
    """How a command ended: its exit code, and what it printed on both streams, one after the other."""

    code: int
    printed: str
    told: str

    @property
    def text(self) -> str:
        return self.printed + self.told


def geojeom(*words: str | Path, folder: Path | None = None) -> Ran:
    """``geojeom WORDS``, typed in ``folder``; nothing that it sets for its process stays."""
    printed, told = io.StringIO(), io.StringIO()
    with _as_a_new_process(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["geojeom", *map(str, words)])
        if folder is not None:
            patch.chdir(folder)
        with redirect_stdout(printed), redirect_stderr(told):
            try:
                cli.main()
                code = 0
            except SystemExit as end:
                code = int(end.code or 0)
    return Ran(code, printed.getvalue(), told.getvalue())


@contextmanager
def _as_a_new_process() -> Iterator[None]:
    """No logging set up yet, as where a command starts; afterwards logging, threads and environment as they were."""
    root, threads, environment = logging.getLogger(), numba.get_num_threads(), dict(os.environ)
    before, level, raising = root.handlers[:], root.level, logging.raiseExceptions
    root.handlers[:] = []
    try:
        yield
    finally:
        for handler in root.handlers:
            handler.close()
        root.handlers[:] = before
        root.setLevel(level)
        logging.raiseExceptions = raising
        numba.set_num_threads(threads)
        os.environ.clear()
        os.environ.update(environment)
