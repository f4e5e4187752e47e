"""The formats that a document is written in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from maps.document.docx import write_docx
from maps.document.model import Document

WRITERS: dict[str, Callable[[Document, Path], None]] = {"docx": write_docx}
