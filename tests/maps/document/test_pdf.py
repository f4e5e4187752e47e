"""The PDF of a plan: made by LibreOffice, and an exact message where there is none."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from maps.document import pdf
from maps.pdf import PdfError
from tests.maps.document.small import document


def test_without_libreoffice_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf.shutil, "which", lambda _: None)
    with pytest.raises(PdfError, match="LibreOffice to lay it out, found none of soffice, libreoffice"):
        pdf.write_pdf(document(tmp_path), tmp_path / "plan.pdf")
    assert not (tmp_path / "plan.pdf").exists()


@pytest.mark.slow
def test_a_pdf_of_many_pages(tmp_path: Path) -> None:
    if not any(map(shutil.which, pdf.OFFICES)):
        pytest.skip("no LibreOffice on this machine")
    pdf.write_pdf(document(tmp_path), tmp_path / "plan.pdf")
    content = (tmp_path / "plan.pdf").read_bytes()
    assert content.startswith(b"%PDF-")
    # Its fonts are embedded, so that it prints anywhere.
    assert b"/FontFile" in content
