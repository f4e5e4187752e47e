"""Files of a region's results folder that are no tables: JSON between the steps, and the resolved configuration."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from geojeom.errors import Fault, SourceError, damaged

Folder = Annotated[Path, typer.Argument(help="The region's results folder (holds region.json).")]


def stored(folder: Path, name: str, step: str) -> dict[str, Any]:
    """A JSON file of a region's results folder; SourceError naming the ``step`` that writes it where there is none."""
    path = folder / name
    if not path.is_file():
        raise SourceError(Fault(str(path), "a file of the step before", "no such file", f"Run `{step}` first."))
    try:
        content = json.loads(path.read_text(encoding="utf-8"), object_hook=lambda held: _Held(held, path, step))
    except (ValueError, OSError, RecursionError) as error:
        raise damaged(path, error, f"run `{step}`") from None
    if not isinstance(content, dict):
        raise damaged(path, ValueError("no keys and values"), f"run `{step}`")
    return content


class _Held(dict[str, Any]):
    """Keys and values of a file of the results: a key that is not there is one that another version did not write."""

    def __init__(self, held: dict[str, Any], path: Path, step: str) -> None:
        super().__init__(held)
        self._fault = path, step

    def __missing__(self, key: str) -> Any:
        path, step = self._fault
        remedy = f"Run `{step}` again, or `make`."
        raise SourceError(Fault(str(path), f"a key {key}", "none: another version of Geojeom wrote it", remedy))


def configuration(folder: Path) -> dict[str, Any]:
    """The resolved configuration of a region's results folder."""
    return stored(folder, "region.json", "geojeom spatial resolve REGION.yaml")
