"""The formats that a document is written in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from maps.document.docx import write_docx
from maps.document.hwpx import write_hwpx
from maps.document.model import Document
from maps.document.pdf import write_pdf
from maps.document.xlsx import write_xlsx

WRITERS: dict[str, Callable[[Document, Path], None]] = {
    "docx": write_docx,
    "hwpx": write_hwpx,
    "xlsx": write_xlsx,
    "pdf": write_pdf,
}
