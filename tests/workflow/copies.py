"""Copies of the project that a test may change."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from geojeom.cli import ROOMS, command_names
from geojeom.pipeline import declared_in

ROOT = Path(__file__).resolve().parents[2]
TOWN = ROOT / "tests" / "cases" / "raster-scale"
# What a shell would take for commands, comments and lists of folders.
HOSTILE = "a $(touch hit) `touch hit`; touch hit & b'c #e:f"
COMMANDS = declared_in({room: command_names(room) for room in ROOMS})
SOURCES = ("geojeom", "spatial", "simulation", "decisions", "maps")
# Compiled kernels come along, as they do not care where they lie; files that another worker is just writing do not.
LEAVE = shutil.ignore_patterns("cache", "results", "node_modules", "*.tmp.*", "*.pyc.*")


def house(folder: Path) -> Path:
    """Copy all that runs a region into ``folder``, which is made: the rooms, the catalogues and the workflow."""
    for name in (*SOURCES, "data"):
        shutil.copytree(ROOT / name, folder / name, ignore=LEAVE)
    for name in ("Snakefile", "Makefile", "environment.yaml"):
        shutil.copy(ROOT / name, folder / name)
    return folder


def town(folder: Path, name: str = "region.yaml") -> str:
    """A copy of a small town in ``folder/towns``; its region file as seen from ``folder``."""
    shutil.copytree(TOWN, folder / "towns", dirs_exist_ok=True)
    (folder / "towns" / "region.yaml").rename(folder / "towns" / name)
    return f"towns/{name}"


@contextmanager
def as_they_were(folder: Path, *names: str) -> Iterator[None]:
    """Put parts of a folder back afterwards, with their times."""
    kept = folder.parent / f"{folder.name} kept"
    for name in names:
        shutil.copytree(folder / name, kept / name, symlinks=True)
    try:
        yield
    finally:
        for name in names:
            shutil.rmtree(folder / name)
            shutil.move(kept / name, folder / name)
        kept.rmdir()
