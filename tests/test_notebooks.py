"""The notebooks are stored as they were run, small and with their pages; how they are run."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat import v4

DOCS = Path(__file__).resolve().parents[1] / "docs"
_spec = importlib.util.spec_from_file_location("notebooks", DOCS / "notebooks.py")
assert _spec is not None
assert _spec.loader is not None
notebooks: Any = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(notebooks)
STORED = sorted(notebooks.NOTEBOOKS.glob("*.ipynb"))


def test_there_is_one_for_each_room() -> None:
    assert [path.stem for path in STORED] == ["decisions", "maps", "simulation", "spatial"]


@pytest.mark.parametrize("path", STORED, ids=lambda path: path.stem)
def test_a_notebook_is_stored_whole_and_small(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert 8 <= len(notebook.cells) <= 18
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    assert all(cell.outputs for cell in code)
    assert path.stat().st_size < 50_000
    # Where an object lay in memory, or a file on somebody's disk, says nothing to others.
    text = path.read_text("utf-8")
    assert [word for word in (" at 0x", "/tmp", "/home", "Traceback") if word in text] == []


@pytest.mark.parametrize("path", STORED, ids=lambda path: path.stem)
def test_its_page_is_the_notebook(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    assert path.with_suffix(".md").read_text("utf-8") == notebooks.page(notebook, path.name), "run make notebooks"


def run(*cells: str) -> list[list[dict[str, Any]]]:
    done = notebooks.executed(v4.new_notebook(cells=[v4.new_code_cell(cell) for cell in cells]))
    nbformat.validate(done)
    return [cell.outputs for cell in done.cells]


def test_a_cell_shows_what_it_prints_and_the_value_it_ends_with() -> None:
    nothing, both = run("x = 2", "print('two')\nx + 1")
    assert nothing == []
    assert both == [
        {"output_type": "stream", "name": "stdout", "text": "two\n"},
        {"output_type": "execute_result", "execution_count": 2, "metadata": {}, "data": {"text/plain": "3"}},
    ]


def test_a_table_is_shown_as_text_and_html_and_what_is_large_as_text_alone() -> None:
    ((table,), (large,)) = run(
        "import pandas as pd\npd.DataFrame({'a': [1]})",
        "class Map:\n    def _repr_html_(self):\n        return 'x' * 50_000\nMap()",
    )
    assert table["data"]["text/plain"] == "   a\n0  1"
    assert "<th>a</th>" in table["data"]["text/html"]
    assert large["data"] == {"text/plain": "<__main__.Map object>"}


def test_a_cell_that_fails_ends_the_run() -> None:
    with pytest.raises(ZeroDivisionError):
        run("1 / 0", "1")
