"""Files of a region's results folder that are no tables: JSON between the steps, and the resolved configuration."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from geojeom.between import damaged, hold, outdated

Folder = Annotated[Path, typer.Argument(help="The region's results folder (holds region.json).")]


def stored(folder: Path, name: str, by: str = "") -> dict[str, Any]:
    """A JSON file of a region's results folder.

    Parameters
    ----------
    folder : Path
        The region's results folder.
    name : str
        The file's name in it.
    by : str
        Which command writes it, where no step of the pipeline does.

    Returns
    -------
    dict
        Its content. To ask it, at any depth, for a key that it lacks raises SourceError too.

    Raises
    ------
    SourceError
        Where it is not there, broken, or holds no keys and values; it says which command makes it again.
    """
    path = folder / name
    hold(path, "a file of the step before", by)
    try:
        content = json.loads(path.read_text(encoding="utf-8"), object_hook=lambda held: _StoredMapping(held, path, by))
    except (ValueError, OSError, RecursionError) as error:
        raise damaged(path, error, by) from None
    if not isinstance(content, dict):
        raise damaged(path, ValueError("no keys and values"), by)
    return content


class _StoredMapping(dict[str, Any]):
    """Keys and values of a file of the results: a key that is not there is one that another version did not write."""

    def __init__(self, held: dict[str, Any], path: Path, by: str) -> None:
        super().__init__(held)
        self._fault = path, by

    def __missing__(self, key: str) -> Any:
        path, by = self._fault
        raise outdated(path, [key], by)


def configuration(folder: Path) -> dict[str, Any]:
    """The resolved configuration of a region's results folder.

    Parameters
    ----------
    folder : Path
        The region's results folder.

    Returns
    -------
    dict
        What ``region.json`` holds, as ``stored`` gives it.

    Raises
    ------
    SourceError
        As of ``stored``.
    """
    return stored(folder, "region.json")
