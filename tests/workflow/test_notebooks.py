"""Every notebook of the docs runs on the sample city as it is now, and shows what is stored of it, in kind."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import nbformat
import pytest

from tests.test_notebooks import STORED, notebooks


def kinds(notebook: Any) -> list[list[tuple[str, list[str], list[str]]]]:
    """Of every output of every cell: how it is shown, as what, and the columns where it is a table."""
    return [
        [
            (
                output["output_type"],
                sorted(data := output.get("data", {})),
                re.findall(r"<th>(.*?)</th>", data.get("text/html", "").partition("</thead>")[0]),
            )
            for output in cell.get("outputs", [])
        ]
        for cell in notebook.cells
    ]


@pytest.mark.parametrize("path", STORED, ids=lambda path: path.stem)
def test_a_notebook_runs_and_shows_what_is_stored(
    path: Path, haemil: tuple[Path, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(haemil[0].parents[1])
    stored = nbformat.read(path, as_version=4)
    assert kinds(notebooks.executed(stored)) == kinds(stored), "run make notebooks"
    assert any("text/html" in names for cell in kinds(stored) for _, names, _ in cell)
