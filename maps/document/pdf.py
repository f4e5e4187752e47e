"""A document as PDF: its .docx, laid out by the LibreOffice on this machine."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from geojeom.errors import Fault
from geojeom.files import atomic
from maps.document.docx import write_docx
from maps.document.model import Document
from maps.pdf import PdfError

OFFICES = ("soffice", "libreoffice")
SECONDS = 300


def write_pdf(document: Document, path: Path) -> None:
    """Write the document, whole or not at all; PdfError where there is no LibreOffice, or it fails."""
    office = next(filter(None, map(shutil.which, OFFICES)), None)
    remedy = "Install LibreOffice, or write --format docx and print it from Word or Hangul."
    if office is None:
        raise PdfError(Fault(str(path), "LibreOffice to lay it out", f"none of {', '.join(OFFICES)}", remedy))
    with atomic(path) as partial, tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "plan.docx"
        write_docx(document, source)
        # A profile of its own: an office program that is open already would take the call and answer nothing.
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, str(source)]
        try:
            # The program found on the path, and arguments that are all ours.
            done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)  # noqa: S603
            message = done.stderr.strip().splitlines()[-1:] or [f"exit code {done.returncode}"]
        except subprocess.TimeoutExpired:
            message = [f"no end after {SECONDS} seconds"]
        made = source.with_suffix(".pdf")
        if not made.is_file() or made.read_bytes()[:5] != b"%PDF-":
            raise PdfError(Fault(str(path), f"a PDF from {office}", message[0], remedy))
        shutil.copyfile(made, partial)
