"""The docs' links lead somewhere, and the files and names they mention exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
# Written by a run, a user or a test; not part of the checkout.
MADE = ("results/", "artefacts/", "data/cache", "path/to/")


def test_there_are_pages() -> None:
    assert len(PAGES) > 15


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_to_files(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#\s]+)(?:#[^)]*)?\)", page.read_text("utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", sorted((ROOT / "docs").rglob("how-to/*.md")), ids=lambda page: str(page.name))
def test_how_to_pages_name_what_there_is(page: Path) -> None:
    rooms = "geojeom|data|spatial|simulation|decisions|maps|tests|docs"
    named = re.findall(rf"`((?:{rooms})/[\w./-]*\w)`|(?<![\w/`])(docs/[\w-]+\.md)", page.read_text("utf-8"))
    paths = {path for pair in named for path in pair if path}
    assert [path for path in sorted(paths) if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("page", sorted((ROOT / "docs/how-to").glob("*.md")), ids=lambda page: page.name)
def test_how_to_pages_are_in_both_languages(page: Path) -> None:
    korean = (ROOT / "docs/ko/how-to" / page.name).read_text("utf-8")
    assert re.search("[가-힣]", korean.splitlines()[0])
    steps = [len(re.findall(r"^(?:\d+\.|##|\|)", text, re.MULTILINE)) for text in (page.read_text("utf-8"), korean)]
    assert steps[0] == steps[1]


def test_the_glossary_says_each_word_once_in_both_languages_and_where_it_stands() -> None:
    lines = (ROOT / "docs/glossary.md").read_text("utf-8").partition("## How sure")[0].splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")]
    rows = [row for row in rows if row[0] != "term"]
    terms = [term for row in rows for term in row[0].split(", ")]
    assert len(terms) > 45
    assert sorted(terms) == sorted(set(terms))
    assert [row[0] for row in rows if len(row) != 4 or not all(row)] == []
    assert [row[0] for row in rows if not re.search("[가-힣]", row[1])] == []
    places = {place for row in rows for place in re.findall(r"`([a-z]\w*/[\w./-]+)`", row[3])}
    assert [place for place in sorted(places) if not (ROOT / place).exists()] == []
    # There is no second list of words that could say otherwise.
    assert [page for page in PAGES if "| term |" in page.read_text("utf-8")] == [ROOT / "docs/glossary.md"]
