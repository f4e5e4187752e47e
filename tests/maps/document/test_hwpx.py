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

H = "{http://www.hancom.co.kr/hwpml/2011/head}"
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


def test_headings_are_the_outline_that_hangul_numbers(tmp_path: Path) -> None:
    made = document(tmp_path)
    write_hwpx(made, tmp_path / "plan.hwpx")
    with zipfile.ZipFile(tmp_path / "plan.hwpx") as archive:
        head = ET.fromstring(archive.read("Contents/header.xml"))
    levels = {
        form.get("id"): int(heading.get("level", ""))
        for form in head.iter(f"{H}paraPr")
        if (heading := form.find(f"{H}heading")) is not None and heading.get("type") == "OUTLINE"
    }
    styles = {style.get("id"): style.get("name") for style in head.iter(f"{H}style")}
    read = [
        (levels[form], styles[paragraph.get("styleIDRef")], text_of(paragraph))
        for paragraph in section_of(tmp_path / "plan.hwpx").findall(f"{P}p")
        if (form := paragraph.get("paraPrIDRef")) in levels
    ]
    told = []
    for chapter in made.chapters:
        told.append((0, "개요 1", chapter.title))
        told += [(1, "개요 2", section.title) for section in chapter.sections]
    assert read == told
    # 1. and 1.1, as the list of contents above them counts.
    heads = {one.get("level"): (one.text, one.get("numFormat")) for one in head.iter(f"{H}paraHead")}
    assert (heads["1"], heads["2"]) == (("^1.", "DIGIT"), ("^1.^2", "DIGIT"))


def test_heads_and_sums_are_shaded_and_nothing_else(tmp_path: Path) -> None:
    made = document(tmp_path)
    write_hwpx(made, tmp_path / "plan.hwpx")
    with zipfile.ZipFile(tmp_path / "plan.hwpx") as archive:
        head = ET.fromstring(archive.read("Contents/header.xml"))
    fills = {
        fill.get("id"): brush.get("faceColor", "")
        for fill in head.iter(f"{H}borderFill")
        for brush in fill.iter("{http://www.hancom.co.kr/hwpml/2011/core}winBrush")
    }
    written = [table for table in made.blocks(Table) if table.rows]
    for table, element in zip(written, section_of(tmp_path / "plan.hwpx").iter(f"{P}tbl"), strict=True):
        shown = [
            {fills.get(cell.get("borderFillIDRef"), "none") for cell in row.findall(f"{P}tc")}
            for row in element.findall(f"{P}tr")
        ]
        last = [{"#F1F0EC"}] if table.totals() is not None else []
        assert shown == [{"#D9E2EC"}, *([{"none"}] * len(table.rows)), *last]


def test_the_library_is_handed_no_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Through its own cells 359 openings took minutes.
    handed = []

    def counted(made: hwpx.HwpxDocument, rows: int, *args: int, **more: int) -> object:
        handed.append(rows)
        return added(made, rows, *args, **more)

    added = hwpx.HwpxDocument.add_table
    monkeypatch.setattr(hwpx.HwpxDocument, "add_table", counted)
    write_hwpx(document(tmp_path), tmp_path / "plan.hwpx")
    assert set(handed) == {1}


def test_lines_of_a_cell_are_broken(tmp_path: Path) -> None:
    made = document(tmp_path, risks=[{"risk": "지연\n<둘째> 줄", "likelihood": "low", "answer": "예비"}])
    write_hwpx(made, tmp_path / "plan.hwpx")
    (place,) = [node for node in section_of(tmp_path / "plan.hwpx").iter(f"{P}t") if node.text == "지연"]
    assert [(node.tag, node.tail) for node in place] == [(f"{P}lineBreak", "<둘째> 줄")]
    assert hwpx.validate_package(tmp_path / "plan.hwpx").ok


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
        assert section.title in text
    assert read.page_count >= 5
    assert read.render_png(0).startswith(b"\x89PNG")
