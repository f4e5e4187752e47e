"""Tutorial and how-to pages are true: their files are written, their commands run and the outputs held."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

import geojeom

DOCS = Path(__file__).resolve().parents[2] / "docs"
FENCE = re.compile(
    r'^```(?P<language>\w+)(?: (?P<how>title|append|replace)="(?P<name>[^"]+)")?\n(?P<text>.*?)^```$',
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True)
class Block:
    """A fenced block: commands, Python, what is printed, or a file to write (``title``) or to add to (``append``), or
    lines to put in the place of those with the same key (``replace``).
    """

    language: str
    how: str | None
    name: str | None
    text: str


def blocks(page: Path) -> list[Block]:
    return [Block(**found.groupdict()) for found in FENCE.finditer(page.read_text("utf-8"))]


def run(lines: str, here: Path) -> str:
    """What the commands of a block print, both streams."""
    printed = ""
    environment = {**os.environ, "PYTHONUTF8": "1"}
    for line in lines.splitlines():
        program, *words = shlex.split(line)
        assert program == "geojeom", line
        command = [sys.executable, "-P", "-m", "geojeom.cli", *words]
        done = subprocess.run(command, cwd=here, env=environment, capture_output=True, encoding="utf-8", check=False)
        # A page shows a fault only where it means to: what `check` prints of it then stands in the page.
        assert done.returncode == (1 if "\n1 fault:\n" in done.stdout else 0), done.stderr
        printed += done.stdout + done.stderr
    return printed


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty folder, in which the pages follow one another as a reader would go through them."""
    folder = tmp_path_factory.mktemp("docs") / "빈 폴더"
    folder.mkdir()
    return folder


def follow(page: Path, here: Path) -> str:
    """Do what a page says, and return what its last commands printed."""
    printed = ""
    for block in blocks(page):
        file = here / str(block.name)
        if block.how == "title":
            file.write_text(block.text, "utf-8")
        elif block.how == "append":
            file.write_text(file.read_text("utf-8") + block.text, "utf-8")
        elif block.how == "replace":
            key = block.text.split(":")[0]
            lines, changed = re.subn(rf"^{key}:.*\n", block.text, file.read_text("utf-8"), flags=re.MULTILINE)
            assert changed == 1
            file.write_text(lines, "utf-8")
        elif block.language == "sh":
            printed = run(block.text, here)
        elif block.language == "python":
            subprocess.run([sys.executable, "-P", "-c", block.text], cwd=here, check=True)
        else:
            assert block.language == "text"
            assert [line for line in block.text.splitlines() if line not in printed] == [], printed
    return printed


# The pages stand in the order in which a reader would follow them: each goes on where the one before it ended.
def test_the_tutorial(here: Path) -> None:
    follow(DOCS / "tutorial.md", here)
    assert (here / "mycity.gpkg").stat().st_size > 0


def test_how_to_add_a_criterion(here: Path) -> None:
    follow(DOCS / "how-to/criterion.md", here)


def test_how_to_add_a_service(here: Path) -> None:
    follow(DOCS / "how-to/service.md", here)
    openings = geojeom.open(here / "results/mycity").plan
    # Two sites in each of the two hubs in month 6, then one in a zone in months 18 and 24.
    assert openings.groupby("month")["units"].sum().to_dict() == {6: 4, 18: 2, 24: 2}


@pytest.mark.parametrize("page", ["tutorial.md", "how-to/criterion.md", "how-to/service.md"])
def test_korean_and_english_show_the_same(page: str) -> None:
    assert blocks(DOCS / page) == blocks(DOCS / "ko" / page)
    assert len(blocks(DOCS / page)) > 3
