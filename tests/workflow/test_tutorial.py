"""Tutorial and how-to pages are true: their files are written, their commands run and the outputs held."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

import geojeom
from tests.command import geojeom as type_in

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


@dataclass(frozen=True)
class Reader:
    """Follows pages in ``here``; ``printed`` holds what commands run before printed."""

    here: Path
    printed: dict[str, str]

    def run(self, lines: str) -> str:
        """What the commands of a block print, both streams."""
        if lines in self.printed:
            return self.printed[lines]
        printed = ""
        for line in lines.splitlines():
            program, *words = shlex.split(line)
            assert program == "geojeom", line
            ran = type_in(*words, folder=self.here)
            # A page shows a fault only where it means to: what `check` prints of it then stands in the page.
            assert ran.code == (1 if "\n1 fault:\n" in ran.printed else 0), ran.told
            printed += ran.text
        return printed

    def follow(self, page: Path) -> None:
        """Do what a page says."""
        printed = ""
        for block in blocks(page):
            file = self.here / str(block.name)
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
                printed = self.run(block.text)
            elif block.language == "python":
                subprocess.run([sys.executable, "-P", "-c", block.text], cwd=self.here, check=True)
            else:
                assert block.language == "text"
                assert [line for line in block.text.splitlines() if line not in printed] == [], printed


@pytest.fixture(scope="module")
def reader(haemil: tuple[Path, list[str]], tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """One reader for all pages: each goes on where the one before it ended, and the sample city has been run."""
    sample = "geojeom sample haemil\ngeojeom run haemil/haemil.yaml\n"
    return Reader(tmp_path_factory.mktemp("우리 시"), {sample: "\n".join(haemil[1])})


def test_the_tutorial(reader: Reader) -> None:
    assert set(reader.printed) <= {block.text for block in blocks(DOCS / "tutorial.md")}
    reader.follow(DOCS / "tutorial.md")
    assert (reader.here / "mycity.gpkg").stat().st_size > 0


def test_how_to_add_a_criterion(reader: Reader) -> None:
    reader.follow(DOCS / "how-to/criterion.md")


def test_how_to_add_a_service(reader: Reader) -> None:
    reader.follow(DOCS / "how-to/service.md")
    openings = geojeom.open(reader.here / "results/mycity").plan
    # Two sites in each of the two hubs in month 6, then one in a zone in months 18 and 24.
    assert openings.groupby("month")["units"].sum().to_dict() == {6: 4, 18: 2, 24: 2}


@pytest.mark.parametrize("page", ["tutorial.md", "how-to/criterion.md", "how-to/service.md"])
def test_korean_and_english_show_the_same(page: str) -> None:
    assert blocks(DOCS / page) == blocks(DOCS / "ko" / page)
    assert len(blocks(DOCS / page)) > 3
