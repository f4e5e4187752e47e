"""Files between the steps: what is said of one that is absent, cut off or of another version, and how it is made again.

The remedy names the command that writes the file, from what the commands declare.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from geojeom import ROOMS
from geojeom.command import commands_folder, declared
from geojeom.errors import Fault, GeojeomError, SourceError
from geojeom.files import why_no_file

if TYPE_CHECKING:
    import xarray as xr

# What every dataset of simulated plans has for those who show it: variables, coordinates and attributes.
DATASET = (
    *("scenario", "service", "cell_id", "cell_index", "month", "year", "quantile", "world", "where", "reached"),
    *("inside", "potential", "adopters", "adopters_quantile", "total_inside", "total_outside"),
    *("months_to", "worlds_reached", "spillover", "coverage_elderly", "cost_per_adopter_krw"),
    *("start", "seed", "config_sha256"),
)
RESOLVE = "geojeom spatial resolve REGION.yaml"


def command_for(path: Path) -> str:
    """How the file ``path`` of a results folder is made, as it is typed; empty where no step of the pipeline does.

    Parameters
    ----------
    path : Path
        A file of a results folder, or of its folder ``sources``.

    Returns
    -------
    str
        ``geojeom ROOM COMMAND FOLDER``, quoted as a shell takes it.
    """
    if path.name == "region.json":
        return RESOLVE
    # A table of a source lies one folder deeper, and may have the name of one that does not.
    for folder in (path.parent.parent, path.parent):
        name = path.relative_to(folder).as_posix()
        for written, step in _writers().items():
            if fnmatchcase(name, written):
                return f"geojeom {step} {shlex.quote(str(folder))}"
    return ""


def hold(path: Path, what: str, by: str = "", kind: type[GeojeomError] = SourceError) -> None:
    """Raise ``kind`` unless the file ``path`` is there and can be read.

    Parameters
    ----------
    path : Path
        The file.
    what : str
        What it holds, as the fault says what was expected.
    by : str
        Which command writes it, where no step of the pipeline does.
    kind : type of GeojeomError
        The class that is raised.

    Raises
    ------
    GeojeomError
        ``kind``, where there is no ordinary file that may be read; it names the command that writes it.
    """
    if found := why_no_file(path):
        by = by or command_for(path)
        remedy = f"Run `{by}` first." if by else "Check its name, and run the command that writes it."
        raise kind(Fault(str(path), what, found, remedy))


def damaged(path: Path, error: Exception, by: str = "") -> SourceError:
    """The error of a file between the steps that cannot be read: cut off while written, or changed by hand.

    Parameters
    ----------
    path : Path
        The file.
    error : Exception
        What the library that reads it said; the first 100 letters of its first line are shown.
    by : str
        Which command writes it, where no step of the pipeline does.

    Returns
    -------
    SourceError
        One fault, for the caller to raise.
    """
    first = (str(error).splitlines() or [type(error).__name__])[0]
    return SourceError(Fault(str(path), "a whole file", f"a damaged one ({first[:100]})", _again(path, by)))


def outdated(path: Path, lacking: Iterable[str], by: str = "") -> SourceError:
    """The error of a file that can be read but lacks keys, arrays or columns.

    Parameters
    ----------
    path : Path
        The file.
    lacking : iterable of str
        What it lacks.
    by : str
        Which command writes it, where no step of the pipeline does.

    Returns
    -------
    SourceError
        A fault for each, for the caller to raise.
    """
    found = "none: another version of Geojeom wrote it, or it is another file"
    return SourceError([Fault(str(path), f"a key {name}", found, _again(path, by)) for name in lacking])


def remedy_of(path: Path, by: str = "") -> str:
    """What to do about a file between the steps that does not hold what it should.

    Parameters
    ----------
    path : Path
        The file.
    by : str
        Which command writes it, where no step of the pipeline does.

    Returns
    -------
    str
        A sentence.
    """
    by = by or command_for(path)
    return f"Run `{by}` again." if by else "Run the command that wrote it again."


def _again(path: Path, by: str) -> str:
    return remedy_of(path, by).replace("Run", "Delete it and run", 1)


@contextmanager
def open_dataset(path: Path, by: str = "", needs: Iterable[str] = DATASET) -> Iterator[xr.Dataset]:
    """Open a dataset of simulated plans (NetCDF) for as long as the block runs.

    Parameters
    ----------
    path : Path
        The file, of format HDF5.
    by : str
        Which command writes it, where no step of the pipeline does.
    needs : iterable of str
        Variables, coordinates and attributes that it must have.

    Yields
    ------
    xarray.Dataset
        Open; its values are read when they are asked for.

    Raises
    ------
    SourceError
        Where it is not there, is broken (also when its values are read inside the block) or lacks one of ``needs``.
    """
    import xarray  # noqa: PLC0415  # most commands read none

    hold(path, "a dataset", by)
    try:
        data = xarray.open_dataset(path, engine="h5netcdf")
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise damaged(path, error, by) from None
    with data:
        lacking = [name for name in needs if name not in data.variables and name not in data.attrs]
        if lacking:
            raise outdated(path, lacking, by)
        try:
            yield data
        except OSError as error:
            # Its values are read when they are asked for.
            raise damaged(path, error, by) from None


@cache
def _writers() -> dict[str, str]:
    """Room and command by the file that it writes."""
    writers: dict[str, str] = {}
    for room in ROOMS:
        for module in sorted(commands_folder(room).glob("[!_]*.py")):
            command = declared(room, module.stem)
            writers |= dict.fromkeys(command.writes if command else (), f"{room} {module.stem}")
    return writers
