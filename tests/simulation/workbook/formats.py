"""A workbook's sheets as the other formats that are read: an OpenDocument spreadsheet, and a folder of CSV files."""

from __future__ import annotations

import csv
import datetime as dt
import zipfile
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from simulation.workbook.grids import Grid

NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)
NONE: Mapping[Any, str] = MappingProxyType({})
At = tuple[str, int, int]
MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
MANIFEST = f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">
<manifest:file-entry manifest:full-path="/" manifest:media-type="{MIMETYPE}"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>"""


def write_ods(
    path: Path, grids: list[Grid], rows: Mapping[tuple[str, int], str] = NONE, cells: Mapping[At, str] = NONE
) -> None:
    """Write grids as .ods (OpenDocument 1.3, part 3); ``rows`` and ``cells`` are further attributes of some of them."""
    tables = "".join(
        f"<table:table table:name={quoteattr(grid.name)}>{_rows(grid, rows, cells)}</table:table>" for grid in grids
    )
    body = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", MIMETYPE)
        archive.writestr("META-INF/manifest.xml", MANIFEST)
        archive.writestr("content.xml", f"<office:document-content {NAMES}>{body}</office:document-content>")


def _rows(grid: Grid, rows: Mapping[tuple[str, int], str], marks: Mapping[At, str]) -> str:
    out = ""
    for row in range(1, grid.rows + 1):
        cells = "".join(
            _cell(grid.cells.get((row, column)), marks.get((grid.name, row, column), ""))
            for column in range(1, grid.columns + 1)
        )
        out += f"<table:table-row {rows.get((grid.name, row), '')}>{cells}</table:table-row>"
    return out


def _cell(value: Any, mark: str) -> str:
    if value is None:
        return f"<table:table-cell {mark}/>"
    if isinstance(value, dt.date):
        return f'<table:table-cell {mark} office:value-type="date" office:date-value="{value.isoformat()}"/>'
    if isinstance(value, int | float):
        return f'<table:table-cell {mark} office:value-type="float" office:value="{value!r}"/>'
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(value).split("\n"))
    return f'<table:table-cell {mark} office:value-type="string">{lines}</table:table-cell>'


def write_folder(path: Path, grids: list[Grid], encoding: str = "utf-8-sig", delimiter: str = ",") -> None:
    """Write each grid as a CSV file, as a spreadsheet exports it."""
    path.mkdir()
    for number, grid in enumerate(grids, 1):
        with (path / f"{number:02d}_{grid.name}.csv").open("w", encoding=encoding, newline="") as stream:
            writer = csv.writer(stream, delimiter=delimiter)
            for row in range(1, grid.rows + 1):
                writer.writerow([grid.cells.get((row, column), "") for column in range(1, grid.columns + 1)])
