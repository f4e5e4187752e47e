from __future__ import annotations

import contextlib
import re
import shutil
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page
from typer.testing import CliRunner

from geojeom.cli import room_app
from maps.pdf import print_pdf

pytestmark = pytest.mark.browser
Opener = Callable[..., Page]
SECTIONS = ["overview", "diagnosis", "candidates", "inside", "outside", "money", "sheets", "effects", "limits"]


def test_every_section_is_there_and_says_that_it_is_a_draft(visit: Opener) -> None:
    page = visit("report")
    assert page.eval_on_selector_all("#paper > section", "all => all.map((one) => one.id)") == ["cover", *SECTIONS]
    assert "초안" in page.text_content("#cover")
    assert "공식 배점이 아닙니다" in page.text_content("#candidates")
    assert "존재하지 않습니다" in page.text_content("#cover")
    # One map each: overview, candidates, inside; two for the diagnosis, three years; one for each of three services.
    assert page.locator("svg.map").count() == 3 + 2 + 3 + 3


def test_a_chart_is_printed_with_its_key(visit: Opener) -> None:
    page = visit("report")
    page.emulate_media(media="print")
    figure = page.locator("#money figure", has=page.locator("svg.chart"))
    assert figure.locator(".keys").count() == 1
    assert figure.evaluate("one => getComputedStyle(one).breakInside") == "avoid"


def test_figures_of_a_service_and_of_the_money(visit: Opener) -> None:
    page = visit("report", "#lang=en")
    sheet = page.locator("#sheets article").first
    assert sheet.locator("h3").text_content() == "Health kiosk"
    # 2 openings of 4 kiosks inside, 4 of 2 outside; 4 billion inside and 1.2 outside.
    assert "inside 8 × kiosk, outside 8 × kiosk" in sheet.text_content()
    # 2 billion for 4, 0.3 for 2; a kiosk of the catalogue, which the plan takes, costs 0.1.
    said = "KRW 0.15 bn–KRW 0.5 bn / kiosk in the plan (KRW 0.1 bn in its list of services)"
    assert said in sheet.text_content()
    capital = sheet.locator("table.years tr", has_text="Capital").locator("td").all_text_contents()
    assert capital[-1] == "5.2"
    assert capital[0] == "4"
    assert "a prerequisite is missing: 1" in sheet.text_content()
    second = page.locator("#sheets article").nth(1)
    assert "10 minutes on foot (only where these reach: Health kiosk)" in second.text_content()
    assert sheet.locator("tr", has_text="Users").first.text_content() == "Usersresidents"
    # 6 openings of 2 billion inside, half of it national.
    assert "capital KRW 12 bn (National KRW 6 bn, Local KRW 6 bn)" in page.text_content("#overview")


def test_rules_of_the_round_are_judged_in_words(visit: Opener) -> None:
    rules = visit("report").locator("#overview table").nth(1)
    assert rules.locator("tbody tr").count() == 4
    assert "신규 개발" in rules.text_content()
    assert "판단 불가" in rules.text_content()
    assert "참고" in rules.text_content()


def test_speed_spill_over_and_cost_are_said_with_their_bands(visit: Opener) -> None:
    row = visit("report").locator("#effects table").nth(1).locator("tbody tr").first
    # 24 months (20 to 30) after January 2027; half after 70, the latest worlds beyond the horizon; nine tenths hardly.
    assert row.locator("td").all_text_contents() == [
        "2028.12 (2028.08–2029.06)",
        "2032.10 (2031.12–…)",
        "미도달 (10%)",
        "2 (1.5–2.5)",
        "150 (120–200)",
        "25%",
    ]


@pytest.mark.parametrize(
    ("language", "says", "common"),
    [
        ("ko", "1종 평균. 자료 없는 시설: 의원, 보건소", "60~69세"),
        ("en", "mean of 1 kinds; no data on Clinic, Public health centre", "Half of those"),
    ],
)
def test_what_a_value_leaves_out_stands_beside_it(visit: Opener, language: str, says: str, common: str) -> None:
    page = visit("report", f"#lang={language}")
    basis = page.locator("#candidates td", has_text=says)
    assert basis.count() == 1
    # What is estimated for all values alike is said once, in the last section.
    assert common not in basis.text_content()
    assert common in page.text_content("#limits")


def test_language_and_hub_switch_in_place(visit: Opener) -> None:
    page = visit("report")
    assert "원도심 시장지구" in page.text_content("#cover .title")
    page.click("text=English")
    assert "1. Overview" in page.text_content("#overview h2")
    page.select_option("#hub", "1")
    assert "<script>" in page.text_content("#cover .title")
    assert "hub=D1" in page.url
    assert page.evaluate("window.broken") is None


def test_the_panel_of_sources_speaks_both_languages(visit: Opener) -> None:
    page = visit("report", "#lang=en")
    page.click("#open-data")
    assert "stations" in page.text_content("#data")
    assert page.locator("#data tbody tr").count() == 2  # the streets, and the candidates
    page.keyboard.press("Escape")


A4 = (595.3, 841.9)  # points: 210 by 297 mm


def letters(pdf: bytes) -> set[str]:
    """Every letter for which the fonts inside a PDF have a glyph that is told as text (their ToUnicode tables)."""
    found = set()
    for packed in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        with contextlib.suppress(zlib.error):
            table = zlib.decompress(packed)
            if b"begincmap" not in table:
                continue
            for block in re.findall(rb"beginbfchar(.*?)endbfchar", table, re.DOTALL):
                found |= {one for _, code in re.findall(rb"<(\w+)>\s*<(\w+)>", block) for one in said(code)}
            for block in re.findall(rb"beginbfrange(.*?)endbfrange", table, re.DOTALL):
                for first, last, code in re.findall(rb"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
                    found |= {chr(ord(said(code)) + step) for step in range(int(last, 16) - int(first, 16) + 1)}
    return found


def said(code: bytes) -> str:
    return bytes.fromhex(code.decode()).decode("utf-16-be")


@pytest.mark.parametrize("language", ["ko", "en"])
def test_it_prints_on_numbered_pages(visit: Opener, pages: Path, tmp_path: Path, language: str) -> None:
    page = visit("report", f"#lang={language}")
    print_pdf(pages / "report.html", language, tmp_path / "report.pdf")
    raw = (tmp_path / "report.pdf").read_bytes()
    count = len(re.findall(rb"/Type\s*/Page\b", raw))
    # As many as the browser makes of the page by itself: nothing was printed before it had built itself.
    assert count == len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))
    assert count >= 6
    boxes = re.findall(rb"/MediaBox\s*\[([^\]]+)\]", raw)
    assert len(boxes) == count
    for box in boxes:
        assert [float(side) for side in box.split()] == pytest.approx([0, 0, *A4], abs=1)
    # The fonts are in the file, with every letter of the first page as text, not as outlines.
    assert re.search(rb"/FontFile[23]?\b|/Subtype\s*/Type3\b", raw)
    first = page.text_content("#cover .title") + page.text_content("#cover .contents")
    plain = {letter for letter in first if letter.isalnum()}
    assert len(plain) > 20
    assert plain - letters(raw) == set()


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1920, 1080), (820, 1180)])
def test_nothing_sticks_out(visit: Opener, artefacts: Path, language: str, width: int, height: int) -> None:
    page = visit("report", f"#lang={language}", width, height)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if width == 1920:  # of the largest size it takes seconds
        page.screenshot(path=artefacts / f"report-{width}-{language}.png")


def test_a_missing_ensemble_is_named(pages: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(pages, tmp_path / "copy")
    (copy / "diffusion.nc").unlink()
    result = CliRunner().invoke(room_app("maps"), ["report", str(copy)])
    assert "diffusion.nc" in str(result.exception)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_no_word_of_a_heading_is_broken(visit: Opener, language: str) -> None:
    page = visit("report", f"#lang={language}")
    page.emulate_media(media="print")
    broken = page.evaluate(
        """() => [...document.querySelectorAll("#paper thead th")].flatMap((th) => {
          const texts = document.createTreeWalker(th, NodeFilter.SHOW_TEXT), found = [];
          for (let node; (node = texts.nextNode());) for (const { 0: word, index } of node.data.matchAll(/\\S+/g)) {
            const range = document.createRange();
            range.setStart(node, index);
            range.setEnd(node, index + word.length);
            const lines = new Set([...range.getClientRects()].map((box) => Math.round(box.top)));
            if (lines.size > 1) found.push(word);
          }
          return found;
        })"""
    )
    assert broken == []
    wide = page.eval_on_selector_all(
        "#paper table", "all => all.filter((one) => one.scrollWidth > one.parentElement.clientWidth + 1).length"
    )
    assert wide == 0
