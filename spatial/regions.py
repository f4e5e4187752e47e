"""Which region files are meant: by their names, by a folder that holds them, or by a table that lists them."""

from __future__ import annotations

import csv
import io
import re
import shlex
from pathlib import Path
from typing import Any

from geojeom.errors import Fault, RegionError, raise_if_any
from geojeom.files import NO_FILE, why_no_file
from geojeom.spelling import on_disk
from spatial.reading.text import decode, refuse_large

# The column of a table of regions that holds the paths.
COLUMN = "region"


def region_files(asked: Any) -> list[str]:
    """The region files a text names, in words as a shell reads them, or the one whose name all of it is.

    Parameters
    ----------
    asked : str or list
        The text, or its words. A folder stands for the region files in it, a table (.csv) for those in its column
        ``region``, which are read from the table's own folder.

    Returns
    -------
    list of str
        Their paths; those of a folder in alphabetical order, those of a table in the order of its rows.

    Raises
    ------
    RegionError
        Where quotes are left open, where words that are no files may be the parts of one name, for a folder that
        cannot be read or holds no region file, and with every fault of a table's rows.
    SourceError
        Where a table is no text.
    """
    words = [str(name) for name in asked] if isinstance(asked, list) else _words(str(asked))
    return [file for word in words for file in _meant_by(word)]


def _words(text: str) -> list[str]:
    """The files, folders and tables that a text names."""
    if _is_there(text):
        return [text]
    try:
        words = shlex.split(text)
    except ValueError:
        words = []
    if not words:
        found = "quotes that are not closed" if text.strip() else "nothing"
        remedy = "Name one file, or several with a blank between."
        raise RegionError(Fault(repr(text), "region files, in words as a shell reads them", found, remedy))
    if len(words) == 1 or all(_is_there(word) for word in words):
        return words
    remedy = "A path that has blanks is put in quotes of its own: make REGION=\"'my town.yaml' other.yaml\"."
    folder = Path(text).parent
    names = [path.name for path in folder.iterdir()] if _is_folder(folder) else []
    near = [name for name in names if name.split() == Path(text).name.split()]
    if near:
        remedy = f"Did you mean {str(folder / near[0])!r}? {remedy}"
    lacking = ", ".join(repr(word) for word in words if not _is_there(word))
    raise RegionError(Fault(repr(text), "region files, with a blank between", f"no such file: {lacking}", remedy))


def _meant_by(word: str) -> list[str]:
    if _is_folder(Path(word)):
        return _in_folder(Path(word))
    if word.lower().endswith(".csv") and _is_there(word):
        return _in_table(Path(word))
    return [word]


def _in_folder(folder: Path) -> list[str]:
    """The region files of a folder; catalogues may lie beside them."""
    try:
        files = sorted(path for path in folder.iterdir() if path.suffix in (".yaml", ".yml") and path.is_file())
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise RegionError(Fault(str(folder), "a folder that can be read", reason, "Check its permissions.")) from None
    regions = [str(path) for path in files if _is_of_region(path)]
    if not regions:
        remedy = "Name a region file, or a folder that holds some."
        raise RegionError(Fault(str(folder), "a folder with region files (.yaml with a key region)", "none", remedy))
    return regions


def _is_of_region(path: Path) -> bool:
    """Whether a file has a key region; one that cannot be read is taken for one, so that reading it says why."""
    try:
        return re.search(r"(?m)^region:", path.read_text("utf-8-sig", errors="replace")) is not None
    except OSError:
        return True


def _in_table(table: Path) -> list[str]:
    """The region files that a table names, a row each; blank rows are none."""
    if found := why_no_file(table):
        raise RegionError(Fault(str(table), "a table of regions", found, "Name a file that can be read."))
    refuse_large(str(table))
    rows = list(csv.reader(io.StringIO(decode(table.read_bytes(), str(table)), newline="")))
    names = [name.strip() for name in rows[0]] if rows else []
    if names.count(COLUMN) != 1:
        remedy = f"Write {COLUMN} above the paths of the region files, with commas between the columns."
        found = f"the columns {', '.join(names)}" if any(names) else "no columns"
        raise RegionError(Fault(str(table), f"one column {COLUMN}", found, remedy))
    at = names.index(COLUMN)
    filled = {row: cells for row, cells in enumerate(rows[1:], 1) if "".join(cells).strip()}
    said = {row: cells[at].strip() if at < len(cells) else "" for row, cells in filled.items()}
    if not said:
        raise RegionError(Fault(str(table), "a row for each region", "none", "Write the path of a region file."))
    faults, files = [], []
    for row, path in said.items():
        try:
            file = on_disk(table.parent / path)
        except RegionError as error:
            faults += error.faults
            continue
        files.append(str(file))
        if found := why_no_file(file) if path else "nothing":
            found = f"nothing at {file}" if found == NO_FILE else found
            remedy = "Write the path of a region file, as it is seen from the table's own folder."
            faults.append(Fault(str(table), "a region file", found, remedy, row=row, column=COLUMN))
    raise_if_any(RegionError, faults)
    return files


def _is_folder(folder: Path) -> bool:
    try:
        return folder.is_dir()
    except (OSError, ValueError):
        return False


def _is_there(path: str) -> bool:
    """Whether there is such a file or folder; a name longer than names may be, or with a zero in it, is none."""
    try:
        return Path(path).is_file() or Path(path).is_dir()
    except (OSError, ValueError):
        return False
