"""The .hwpx of a plan: the library's validator passes, texts read back equal, rows are high enough to be read."""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import hwpx
import pytest

from maps.document.hwpx import write_hwpx
from maps.document.model import Paragraph, Table
from tests.maps.document.small import document, one_pixel

P = "{http://www.hancom.co.kr/hwpml/2011/paragraph}"


def text_of(element: ET.Element) -> str:
    return "".join("".join(node.itertext()) for node in element.iter(f"{P}t"))


def section_of(path: Path) -> ET.Element:
    with zipfile.ZipFile(path) as archive:
        return ET.fromstring(archive.read("Contents/section0.xml"))


def test_valid_and_read_back_as_it_was(tmp_path: Path) -> None:
    made = document(tmp_path, draw=lambda _: (one_pixel(), b"", 1.0))
    write_hwpx(made, tmp_path / "plan.hwpx")
    report = hwpx.validate_package(tmp_path / "plan.hwpx")
    assert report.ok, report
    section = section_of(tmp_path / "plan.hwpx")
    lines = [text_of(paragraph) for paragraph in section.findall(f"{P}p")]
    for block in made.blocks(Paragraph):
        assert block.text in lines
    written = [table for table in made.blocks(Table) if table.rows]
    tables = list(section.iter(f"{P}tbl"))
    assert len(tables) == len(written)
    for table, element in zip(written, tables, strict=True):
        cells = [[text_of(cell) for cell in row.findall(f"{P}tc")] for row in element.findall(f"{P}tr")]
        assert cells == [[column.title for column in table.columns], *made.lines(table)]


def test_rows_are_higher_than_their_letters(tmp_path: Path) -> None:
    write_hwpx(document(tmp_path), tmp_path / "plan.hwpx")
    for table in section_of(tmp_path / "plan.hwpx").iter(f"{P}tbl"):
        heights = [int(size.get("height", 0)) for size in table.iter(f"{P}cellSz")]
        # 1/7200 of an inch: letters of 7 points are 700 high.
        assert min(heights) > 1.4 * 700
        assert table.get("repeatHeader") == "1"
        position = table.find(f"{P}pos")
        assert position is not None
        assert position.get("treatAsChar") == "0"


def test_a_second_program_reads_and_draws_it(tmp_path: Path) -> None:
    # Its wheel brings a FreeType that fails where another was loaded before.
    rhwp = pytest.importorskip("rhwp", exc_type=ImportError)
    made = document(tmp_path)
    write_hwpx(made, tmp_path / "plan.hwpx")
    read = rhwp.parse(str(tmp_path / "plan.hwpx"))
    text = read.extract_text()
    assert "둘째 <문단> & 끝." in text
    for section in made.sections():
        assert f"{section.number} {section.title}" in text
    assert read.page_count >= 5
    assert read.render_png(0).startswith(b"\x89PNG")
