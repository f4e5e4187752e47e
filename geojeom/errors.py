"""Errors a planner can act on: every fault of an input at once, each saying where, what and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


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
        place = self.file
        if self.row != "":
            place += f", row {self.row}" if isinstance(self.row, int) else f", {self.row}"
        if self.column:
            place += f", {self.column}"
        return f"{place}: expected {self.expected}, found {self.found}. {self.remedy}"


class GeojeomError(Exception):
    """Base of every error Geojeom raises about its inputs; carries all faults found."""

    title = "the input cannot be used"

    def __init__(self, faults: Fault | Iterable[Fault]) -> None:
        self.faults = [faults] if isinstance(faults, Fault) else list(faults)
        count = len(self.faults)
        lines = [f"{self.title} ({count} fault{'s' if count != 1 else ''})"]
        lines += [f"  {number}. {fault}" for number, fault in enumerate(self.faults, 1)]
        super().__init__("\n".join(lines))


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


class PlanError(GeojeomError):
    """A plan breaks the rules of the round or of the service catalogue."""

    title = "the plan cannot be simulated"


def raise_if_any(kind: type[GeojeomError], faults: list[Fault]) -> None:
    """Raise ``kind`` with all ``faults``, or return when there are none."""
    if faults:
        raise kind(faults)


def cannot_write(path: Path, error: OSError) -> FolderError:
    """What an error of the operating system means for the folder ``path`` should be written to."""
    in_place = isinstance(error, FileExistsError | NotADirectoryError)
    return FolderError(
        Fault(
            str(path.parent),
            f"a folder where {path.name} can be written",
            "a file in its place" if in_place else (error.strerror or str(error)).lower(),
            "Check its permissions and the space on its disk, or choose another folder.",
        )
    )


def damaged(path: Path, error: Exception, remedy: str) -> SourceError:
    """The error of a file between the steps that cannot be read: cut off while written, or changed by hand."""
    first = (str(error).splitlines() or [type(error).__name__])[0]
    return SourceError(
        Fault(str(path), "a whole file", f"a damaged one ({first[:100]})", f"Delete it and {remedy} again.")
    )
