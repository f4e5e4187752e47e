"""Results that a command needs and that are not there, or no longer hold: the steps that make them are run before."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from geojeom.catalogues import CATALOGUES
from geojeom.command import command_names
from geojeom.pipeline import declared_in, needed
from geojeom.results import configuration
from geojeom.warm import run
from geojeom.workers import workers

log = logging.getLogger("geojeom")


def bring(folder: Path, files: Iterable[str], rooms: Sequence[str]) -> None:
    """Bring some files of a region's results up to date, and say which steps that took.

    Parameters
    ----------
    folder : Path
        The region's results folder; it holds ``region.json``.
    files : iterable of str
        Names of files below it.
    rooms : sequence of str
        The rooms whose steps may be needed.

    Raises
    ------
    GeojeomError
        What the steps raise.
    """
    commands = declared_in({room: command_names(room) for room in rooms})
    # In this process: it is to go on with what they import.
    with _quiet(rooms), workers(1) as here:
        run(
            folder,
            configuration(folder),
            needed(files, commands),
            CATALOGUES,
            workers=here,
            say=lambda step: log.info("%s (needed for this)", step),
        )


@contextmanager
def _quiet(rooms: Sequence[str]) -> Iterator[None]:
    """Of what steps of these rooms say only warnings: the rest is in the region's folder of logs."""
    loggers = {each: each.level for each in (logging.getLogger(f"geojeom.{room}") for room in rooms)}
    for each in loggers:
        each.setLevel(logging.WARNING)
    try:
        yield
    finally:
        for each, level in loggers.items():
            each.setLevel(level)
