"""Every number on the pages is a fact of facts.parquet or of a table that the page carries, and reads alike on all."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from geojeom.tables import read_table
from maps.facts.text import Shown, fact_text, figure_text

pytestmark = pytest.mark.browser
Opener = Callable[..., Page]
PAGES = ("compare", "diffusion", "report")
LANGUAGES = ("ko", "en")
# What stands on the page with all that folds opened: of facts their names, of the rest the text without facts.
READ = """() => {
  document.querySelectorAll("details").forEach((one) => (one.open = true));
  const facts = [...document.querySelectorAll("[data-fact]")].map((one) =>
    [one.dataset.fact, "figure" in one.dataset, one.textContent]);
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const part = node.parentElement.closest("script, style, noscript, bdi, [data-fact], #data, select, #stage, svg");
    if (!part && node.textContent.trim()) texts.push(node.textContent);
  }
  return { facts, texts, config: window.G.config };
}"""
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
# Months of plans and of the model, which test_report.py and test_diffusion.py hold.
MONTH = re.compile(r"\b20\d\d\.\d\d\b")
# How a number of the data is scaled before it is read: shares as per cent, money, areas, times, and won per user.
SCALES = (1, 100, 1e-3, 1e-4, 1e-6, 1e-8, 1e-9, 1 / 60)
# What is drawn and no table: outlines, places, colours, breaks of the map.
DRAWN = {"geometry", "at", "label", "origin", "drive", "breaks", "bounds"}


@pytest.fixture(scope="module")
def table(pages: Path) -> dict[str, Shown]:
    facts = read_table(pages / "facts.parquet", "facts")
    return {
        row["id"]: Shown(row["shown"], row["unit"], row["digits"], row["fixed"]) for row in facts.to_dict("records")
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_facts_read_as_in_the_table_and_alike_on_every_page(
    visit: Opener, table: dict[str, Shown], language: str
) -> None:
    where: dict[str, set[str]] = {}
    for name in PAGES:
        read = visit(name, f"#lang={language}").evaluate(READ)
        for fact, alone, text in read["facts"]:
            expected = (figure_text if alone else fact_text)(table[fact], language)
            assert text == expected, (name, fact)
            where.setdefault(fact, set()).add(name)
    assert len(where) > 100
    shared = {fact for fact, pages in where.items() if len(pages) > 1}
    # A candidate's value on two pages, the money of a plan on two.
    assert {"candidate/D2/value/people_20min", "plan/D2/in_district/capital/all/all"} <= shared


@pytest.mark.parametrize("name", PAGES)
def test_other_numbers_are_of_a_table_that_the_page_carries(visit: Opener, name: str) -> None:
    read = visit(name, "#lang=en").evaluate(READ)
    numbers = sorted({*carried(read["config"]), *made_of(read["config"])})
    texts = [MONTH.sub("", text).replace("SHA-256", "") for text in read["texts"]]
    shown = {number: text for text in texts for number in NUMBER.findall(text)}
    assert len(shown) > 20
    assert {number: text for number, text in shown.items() if not told(number, numbers)} == {}


def made_of(config: dict[str, Any]) -> Iterator[float]:
    """What a page makes of its tables: years, the part of its potential that a service reaches, a service's sums."""
    start = int(config.get("start", "0")[:4])
    yield from range(start, start + config.get("months", 0) // 12 + 1)
    for line in (line for plan in config.get("series", []) for service in plan for line in service.values()):
        yield from (users / line["potential"] for users in line["mid"][::12] if line["potential"])
    for rows in (plan for sheet in config.get("sheets", []) for plan in sheet["money"]):
        for year in (None, *{row["year"] for row in rows}):
            mine = [row for row in rows if year in (None, row["year"])]
            sums = Counter[str]()
            for row in mine:
                sums.update({key: krw for key, krw in row.items() if key.endswith("_krw")})
            yield from [*sums.values(), sum(krw for key, krw in sums.items() if key != "opex_krw")]


def carried(node: Any, name: str = "") -> Iterator[float]:
    """Every number of a page's data, of a list also how many it holds, and numbers in its texts."""
    if isinstance(node, dict):
        for key, inner in node.items():
            if key not in DRAWN:
                yield from carried(inner, key)
    elif isinstance(node, list):
        yield len(node)
        # Of a line of a chart what the tables show: the ends of years.
        yield from (one for inner in (node[::12] if name in ("low", "mid", "high") else node) for one in carried(inner))
    elif isinstance(node, str):
        yield from (float(number.replace(",", "")) for number in NUMBER.findall(node))
    elif isinstance(node, int | float) and not isinstance(node, bool):
        yield float(node)


def told(number: str, numbers: list[float]) -> bool:
    """Whether a number, as it reads, is one of the data once that is rounded as it is."""
    digits = len(number.partition(".")[2])
    wanted, place = Decimal(number.replace(",", "")), Decimal(1).scaleb(-digits)
    return any(
        abs(float(wanted) - one * scale) <= float(place)
        and Decimal(repr(one * scale)).quantize(place, ROUND_HALF_UP) == wanted
        for one in numbers
        for scale in SCALES
    )
