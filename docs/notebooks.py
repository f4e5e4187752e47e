"""Run the notebooks and store what they show: ``python docs/notebooks.py``, where ``results/haemil`` lies.

Each is run from its first cell to its last in this process, no kernel needed. Beside each notebook stands the same as a
page of the documentation.
"""

from __future__ import annotations

import ast
import io
import re
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
from nbformat import NotebookNode, v4

NOTEBOOKS = Path(__file__).resolve().parent / "notebooks"
# Of HTML that is longer (a map holds Leaflet and its data) the text alone is stored: running the cell shows it.
MOST_HTML = 20_000
COLUMNS = 110


def executed(notebook: NotebookNode) -> NotebookNode:
    """The notebook with the outputs of its cells, run in order in one namespace of their own."""
    names: dict[str, Any] = {"__name__": "__main__"}
    count, cells = 0, []
    for cell in notebook.cells:
        if cell.cell_type == "code":
            count += 1
            cells.append(v4.new_code_cell(cell.source, id=cell.id, execution_count=count))
            cells[-1].outputs = _outputs(cell.source, f"cell {count}", count, names)
        else:
            cells.append(v4.new_markdown_cell(cell.source, id=cell.id))
    return v4.new_notebook(cells=cells, metadata=notebook.metadata)


def _outputs(source: str, where: str, count: int, names: dict[str, Any]) -> list[NotebookNode]:
    """What a cell prints, and the value of the expression that it ends with."""
    tree, printed, value = ast.parse(source), io.StringIO(), None
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    # What it prints is as wide here as on any terminal.
    with redirect_stdout(printed), pd.option_context("display.width", COLUMNS, "display.max_columns", 12):
        exec(compile(tree, where, "exec"), names)  # noqa: S102  # the notebooks are ours
        if isinstance(last, ast.Expr):
            value = eval(compile(ast.Expression(last.value), where, "eval"), names)  # noqa: S307
        shown = None if value is None else _data(value)
    outputs = [v4.new_output("stream", name="stdout", text=printed.getvalue())] if printed.getvalue() else []
    if shown is not None:
        outputs.append(v4.new_output("execute_result", data=shown, execution_count=count))
    return outputs


def _data(value: Any) -> dict[str, str]:
    """A value as text, and as HTML where it has a short one."""
    # Where an object lies in memory is another place each time.
    data = {"text/plain": re.sub(r" at 0x[0-9a-f]+", "", repr(value))}
    as_html = getattr(value, "_repr_html_", None)
    html = as_html() if as_html is not None else None
    if html is not None and len(html) <= MOST_HTML:
        data["text/html"] = html
    return data


def page(notebook: NotebookNode, name: str) -> str:
    """The notebook as a page: its texts, its code, and what that shows."""
    note = f"This page is the notebook [{name}]({name}), with what it shows of the sample city."
    return "\n\n".join([*map(_part, notebook.cells), note]) + "\n"


def _part(cell: NotebookNode) -> str:
    if cell.cell_type == "markdown":
        return str(cell.source)
    shown = [output.text if output.output_type == "stream" else output.data["text/plain"] for output in cell.outputs]
    return "\n\n".join([f"```python\n{cell.source}\n```", *(f"```text\n{_trimmed(text)}\n```" for text in shown)])


def _trimmed(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.rstrip().splitlines())


def main() -> None:
    """Run every notebook; write it, and its page, where all of it ran."""
    for path in sorted(NOTEBOOKS.glob("*.ipynb")):
        done = executed(nbformat.read(path, as_version=4))
        nbformat.write(done, path)
        path.with_suffix(".md").write_text(page(done, path.name), encoding="utf-8")


if __name__ == "__main__":
    main()
