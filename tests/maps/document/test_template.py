"""A city's own .docx: placeholders filled from the same document, and faults of the template named."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from geojeom.errors import PlanError
from maps.document.template import fill_template
from tests.maps.document.small import document
from tests.maps.document.test_docx import W, body_of, text_of


def template(folder: Path, *lines: str) -> Path:
    file = docx.Document()
    for line in lines:
        file.add_paragraph(line)
    file.save(str(folder / "own.docx"))
    return folder / "own.docx"


def test_filled_from_the_same_document(tmp_path: Path) -> None:
    own = template(tmp_path, "사업명: {{ title }}", "{{ risks }}", "{{ funding }}", "끝")
    fill_template(document(tmp_path), own, tmp_path / "plan.docx")
    body = body_of(tmp_path / "plan.docx")
    lines = [text_of(paragraph) for paragraph in body.findall(f"{W}p")]
    assert "사업명: 작은시 거점 계획 <안> & 검토" in lines
    assert "둘째 <문단> & 끝." in lines
    assert lines[-1] == "끝"
    # The tables of risks, and of the two of funding and the commitments.
    assert len(body.findall(f"{W}tbl")) == 4


def test_every_unknown_placeholder_is_named(tmp_path: Path) -> None:
    own = template(tmp_path, "{{ titel }}", "{{ riskz }}")
    with pytest.raises(PlanError, match=r"(?s)2 faults.*'riskz'.*'titel'"):
        fill_template(document(tmp_path), own, tmp_path / "plan.docx")
    assert not (tmp_path / "plan.docx").exists()


def test_misspelt_placeholders_and_other_files(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="placeholders such as"):
        fill_template(document(tmp_path), template(tmp_path, "{{ title"), tmp_path / "plan.docx")
    with pytest.raises(PlanError, match="paragraphs of their own"):
        fill_template(document(tmp_path), template(tmp_path, "위험: {{ risks }}"), tmp_path / "plan.docx")
    (tmp_path / "no.docx").write_text("no archive")
    with pytest.raises(PlanError, match=r"a \.docx"):
        fill_template(document(tmp_path), tmp_path / "no.docx", tmp_path / "plan.docx")
