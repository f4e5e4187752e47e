"""The .docx of a plan, read back as the archive of XML that it is, and by LibreOffice where there is one."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from maps.document.docx import FONT, write_docx
from maps.document.model import Chapter, Column, Paragraph, Picture, Section, Table
from tests.maps.document.small import document, one_pixel

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def body_of(path: Path) -> ET.Element:
    with zipfile.ZipFile(path) as archive:
        body = ET.fromstring(archive.read("word/document.xml")).find(f"{W}body")
    assert body is not None
    return body


def text_of(element: ET.Element) -> str:
    said = {f"{W}t": lambda node: node.text or "", f"{W}noBreakHyphen": lambda _: "-"}
    return "".join(said[node.tag](node) for node in element.iter() if node.tag in said)


def test_texts_and_tables_read_back_as_they_were(tmp_path: Path) -> None:
    made = document(tmp_path)
    write_docx(made, tmp_path / "plan.docx")
    body = body_of(tmp_path / "plan.docx")
    paragraphs = [text_of(paragraph) for paragraph in body.findall(f"{W}p")]
    for block in made.blocks(Paragraph):
        assert block.text in paragraphs
    written = [table for table in made.blocks(Table) if table.rows]
    tables = body.findall(f"{W}tbl")
    assert len(tables) == len(written)
    for table, element in zip(written, tables, strict=True):
        cells = [[text_of(cell) for cell in row.findall(f"{W}tc")] for row in element.findall(f"{W}tr")]
        assert cells == [[column.title for column in table.columns], *made.lines(table)]


def test_a_sign_stays_with_its_number(tmp_path: Path) -> None:
    made = document(tmp_path)
    # A place west of Greenwich and south of the equator, a sum in brackets, and hyphens that are no signs.
    said = "-46.63331, -23.55052 (-5) 2027-03 A-1 가-2\n-.5 -"
    table = Table("t", "1-1", "표", [Column("위치")], [[said]])
    section = Section("s", "1.1", "절", [table])
    write_docx(replace(made, chapters=[Chapter("1", "장", [section])]), tmp_path / "plan.docx")
    cell = body_of(tmp_path / "plan.docx").findall(f"{W}tbl/{W}tr/{W}tc")[1]
    assert text_of(cell) == said.replace("\n", "")
    assert len(list(cell.iter(f"{W}noBreakHyphen"))) == 4
    assert [node.text for node in cell.iter(f"{W}t")] == [
        *("46.63331, ", "23.55052 (", "5) 2027-03 A-1 가-2"),
        ".5 -",
    ]


def test_heads_repeat_and_headings_are_numbered(tmp_path: Path) -> None:
    write_docx(document(tmp_path), tmp_path / "plan.docx")
    body = body_of(tmp_path / "plan.docx")
    assert all(table.find(f"{W}tr/{W}trPr/{W}tblHeader") is not None for table in body.findall(f"{W}tbl"))
    with zipfile.ZipFile(tmp_path / "plan.docx") as archive:
        styles = ET.fromstring(archive.read("word/styles.xml"))
        footer = archive.read("word/footer1.xml").decode()
    named = {style.get(f"{W}styleId"): style for style in styles.findall(f"{W}style")}
    for style in ("Heading1", "Heading2"):
        assert named[style].find(f"{W}pPr/{W}numPr/{W}numId") is not None
    for style in ("Normal", "Heading1", "Caption", "Title"):
        fonts = named[style].find(f"{W}rPr/{W}rFonts")
        assert fonts is not None
        assert fonts.get(f"{W}eastAsia") == FONT
    # Cells have the font of the text.
    based = named["TableText"].find(f"{W}basedOn")
    assert based is not None
    assert based.get(f"{W}val") == "Normal"
    assert " PAGE " in footer


def test_pictures_lie_in_the_file(tmp_path: Path) -> None:
    png = one_pixel()
    made = document(tmp_path, draw=lambda _: (png, b"<svg/>", 1.0))
    assert [picture.number for picture in made.blocks(Picture)] == ["3-1", "4-1", "4-2"]
    write_docx(made, tmp_path / "plan.docx")
    with zipfile.ZipFile(tmp_path / "plan.docx") as archive:
        assert [archive.read(name) for name in archive.namelist() if name.startswith("word/media/")] == [png]
    assert any(text_of(p) == "그림 3-1. 거점과 시설 위치도" for p in body_of(tmp_path / "plan.docx").findall(f"{W}p"))


@pytest.mark.slow
def test_libreoffice_opens_it(tmp_path: Path) -> None:
    if (office := shutil.which("soffice")) is None:
        pytest.skip("no LibreOffice on this machine")
    made = document(tmp_path)
    write_docx(made, tmp_path / "plan.docx")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "plan.docx")], check=True, capture_output=True, timeout=300)
    text = (tmp_path / "plan.txt").read_text("utf-8-sig")
    sections: list[Section] = list(made.sections())
    # Numbered by the office program itself, as the document numbers them.
    assert [f"{section.number} {section.title}" in text for section in sections] == [True] * len(sections)
    assert "둘째 <문단> & 끝." in text
