"""Workbooks that are damaged or made to harm: refused before they are unpacked; what is text stays text."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from geojeom.errors import SourceError
from simulation.workbook.city import City
from simulation.workbook.faults import in_order
from simulation.workbook.grids import Grid, read_grids
from simulation.workbook.marking import FAULT, mark
from tests.simulation.workbook.test_faults import edited
from tests.simulation.workbook.toy import checked


def _with_member(good: Path, out: Path, name: str, change: bytes | None, old: bytes = b"", new: bytes = b"") -> Path:
    """A copy of a workbook whose member ``name`` is ``change``, or has ``new`` in place of ``old``."""
    with zipfile.ZipFile(good) as held, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for member in held.namelist():
            content = held.read(member)
            made.writestr(member, content if member != name else change or content.replace(old, new, 1))
    return out


@pytest.mark.slow
def test_a_bomb_and_a_merged_column_are_refused(good: Path, tmp_path: Path) -> None:
    sheet = "xl/worksheets/sheet3.xml"
    bomb = _with_member(good, tmp_path / "bomb.xlsx", sheet, b" " * (65 * 2**20))
    column = b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    merged = _with_member(good, tmp_path / "merged.xlsx", sheet, None, b"</sheetData>", column)
    for path in (bomb, merged):
        with pytest.raises(SourceError):
            read_grids(path)


@pytest.mark.parametrize("kept", [0, 100, 20_000])
def test_a_torn_file_is_refused(kept: int, good: Path, tmp_path: Path) -> None:
    (tmp_path / "torn.xlsx").write_bytes(good.read_bytes()[:kept])
    with pytest.raises(SourceError):
        read_grids(tmp_path / "torn.xlsx")


def test_the_marked_copy_has_the_faults_and_the_workbook_none_of_it(
    good: Path, good_grids: list[Grid], city: City, tmp_path: Path
) -> None:
    path = edited(good, tmp_path / "plan.xlsx", ("지구내!D6", "없는 곳"))
    before = path.read_bytes()
    _, faults = checked(path, city)
    mark(path, good_grids, in_order(faults), tmp_path / "copy.xlsx", "ko")
    cell = load_workbook(tmp_path / "copy.xlsx")["지구내"]["D6"]
    assert cell.fill.fgColor.rgb == FAULT.fgColor.rgb
    assert re.search("알 수 없는 위치", cell.comment.text)
    assert path.read_bytes() == before
