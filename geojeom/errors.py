"""Errors a planner can act on: every fault of an input at once, each saying where, what and what to do."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

# Letters of a word, and of each part of a fault, that are shown; the longest list of names in use has 1,200.
WORD_MAX = 200
PART_MAX = 2000
FAULTS_MAX = 500


@dataclass(frozen=True)
class Fault:
    """One thing wrong with an input.

    ``file`` is the file as the user named it; ``row`` counts data rows from 1 (or names a key or id);
    ``column`` is a column, key or layer. Whatever is not known stays empty and is left out of the text.
    """

    file: str
    expected: str
    found: str
    remedy: str
    row: str | int = ""
    column: str = ""

    def __str__(self) -> str:
        where = brief(self.file)
        if self.row != "":
            where += f", row {self.row}" if isinstance(self.row, int) else f", {brief(self.row)}"
        if self.column:
            where += f", {brief(self.column)}"
        return f"{where}: expected {brief(self.expected)}, found {brief(self.found)}. {brief(self.remedy)}"


def brief(text: str) -> str:
    """A text as a fault shows it: what is long without end (a path, a number, a list) is cut in the middle."""
    return _cut(re.sub(rf"\S{{{WORD_MAX + 1},}}", lambda word: _cut(word[0], WORD_MAX), text), PART_MAX)


def _cut(text: str, most: int) -> str:
    left = (most - 1) // 2
    return text if len(text) <= most else f"{text[: most - 1 - left]}…{text[-left:]}"


class GeojeomError(Exception):
    """Base of every error Geojeom raises about its inputs; carries all faults found."""

    title = "the input cannot be used"

    def __init__(self, faults: Fault | Iterable[Fault]) -> None:
        self.faults = [faults] if isinstance(faults, Fault) else list(faults)
        count = len(self.faults)
        lines = [f"{self.title} ({count} fault{'s' if count != 1 else ''})"]
        lines += [f"  {number}. {fault}" for number, fault in enumerate(self.faults[:FAULTS_MAX], 1)]
        if count > FAULTS_MAX:
            lines.append(f"  … and {count - FAULTS_MAX:,} more")
        super().__init__("\n".join(lines))

    def __reduce__(self) -> tuple[type[GeojeomError], tuple[list[Fault]]]:
        """Go from one process to another with all faults."""
        return type(self), (self.faults,)


class RegionError(GeojeomError):
    """The region file, or a catalogue it names, does not hold."""

    title = "the region file cannot be used"


class SourceError(GeojeomError):
    """A source file (streets, boundary, table, raster) does not hold what it should."""

    title = "a source file cannot be used"


class TableError(GeojeomError):
    """A table that flows between the rooms breaks its schema."""

    title = "a table does not keep its schema"


class FolderError(GeojeomError):
    """The results cannot be written where they should be."""

    title = "the results cannot be written"


class LibraryError(GeojeomError):
    """A command needs a library that is not installed with the rest."""

    title = "something is not installed"


class PlanError(GeojeomError):
    """A plan breaks the rules of the round or of the service catalogue."""

    title = "the plan cannot be simulated"


def raise_if_any(kind: type[GeojeomError], faults: list[Fault]) -> None:
    """Raise ``kind`` with all ``faults``, or return when there are none.

    Parameters
    ----------
    kind : type of GeojeomError
        The class that is raised.
    faults : list of Fault
        What it is raised with.

    Raises
    ------
    GeojeomError
        ``kind``, with all faults, where there is one.
    """
    if faults:
        raise kind(faults)


def cannot_write(path: Path, error: OSError) -> FolderError:
    """What an error of the operating system means for the folder ``path`` should be written to.

    Parameters
    ----------
    path : Path
        The file that should be written.
    error : OSError
        What the operating system said.

    Returns
    -------
    FolderError
        One fault, for the caller to raise.
    """
    in_place = isinstance(error, FileExistsError | NotADirectoryError)
    return FolderError(
        Fault(
            str(path.parent),
            f"a folder where {path.name} can be written",
            "a file in its place" if in_place else (error.strerror or str(error)).lower(),
            "Check its permissions and the space on its disk, or choose another folder.",
        )
    )
