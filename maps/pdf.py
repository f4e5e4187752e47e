"""A page as PDF, by the Chromium found on this machine: the one browser that numbers printed pages by CSS."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from geojeom.errors import Fault, GeojeomError
from geojeom.files import atomic

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")
SECONDS = 180


class PdfError(GeojeomError):
    """No PDF can be made here."""

    title = "the PDF cannot be made"


def find_browser() -> str | None:
    """The command of a Chromium on this machine, or None."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def print_pdf(page: Path, language: str, path: Path) -> None:
    """Print ``page`` in ``language`` (ko or en) to ``path``, whole or not at all; PdfError where that fails."""
    browser = find_browser()
    if browser is None:
        raise PdfError(
            Fault(
                str(path),
                "a Chromium to print with",
                f"none of {', '.join(BROWSERS)}",
                f"Install Chromium, or open {page} in any browser and print it from there.",
            )
        )
    with atomic(path) as partial, tempfile.TemporaryDirectory() as profile:
        command = [
            browser,
            "--headless",
            "--disable-gpu",
            "--no-first-run",
            f"--user-data-dir={profile}",
            "--no-pdf-header-footer",
            # The page builds itself before it can be printed: let its own clock run that long.
            "--virtual-time-budget=60000",
            f"--print-to-pdf={partial.resolve()}",
            f"{page.resolve().as_uri()}#lang={language}",
        ]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            command.insert(1, "--no-sandbox")  # Chromium refuses to sandbox for root, as in a container
        try:
            # The browser found on the path, and arguments that are all ours.
            done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)  # noqa: S603
            message = done.stderr.strip().splitlines()[-1:] or [f"exit code {done.returncode}"]
        except subprocess.TimeoutExpired:
            message = [f"no end after {SECONDS} seconds"]
        if not partial.is_file() or not partial.read_bytes()[:5] == b"%PDF-":
            raise PdfError(
                Fault(
                    str(path), f"a PDF from {browser}", message[0], f"Open {page} in a browser and print it from there."
                )
            )
