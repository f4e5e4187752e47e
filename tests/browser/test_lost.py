"""People left out of every sum are told where a reader looks first, in both languages, on screen and on paper."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page
from typer.testing import CliRunner

from geojeom.cli import room_app
from spatial.reading.provenance import Account
from tests.browser.language import foreign_texts

pytestmark = pytest.mark.browser
Opener = Callable[..., Page]
SAID = {
    "ko": "인구: 849 (8.5%) – 격자를 찾지 못해 빠졌습니다. 합계가 그만큼 작습니다.",
    "en": "population: 849 (8.5%) found no cell and are left out: every sum is smaller by as much.",
}
BUTTON = {"ko": "주의: 합계에서 빠진 값 있음", "en": "Beware: totals lack some"}
HEADING = {"ko": "주의", "en": "Beware"}


@pytest.fixture(scope="module")
def lossy(pages: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The toy region, whose counts lost 849 of 10,000 people at the border."""
    folder = shutil.copytree(pages, tmp_path_factory.mktemp("lossy") / "region")
    account = Account()
    account.lost("population", 849, 9_151, "lost.nowhere")
    path = folder / "sources.json"
    told = json.loads(path.read_text(encoding="utf-8"))
    told["warnings"] = account.as_dict()["warnings"]
    path.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    for command in ("facts", "compare", "report"):
        assert CliRunner().invoke(room_app("maps"), [command, str(folder)], catch_exceptions=False).exit_code == 0
    return folder


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_comparison_warns_in_its_head_and_says_it_in_full(
    visit: Opener, lossy: Path, artefacts: Path, language: str
) -> None:
    page = visit("compare", f"#lang={language}", folder=lossy)
    warned = page.locator("#warned")
    assert warned.is_visible()
    assert warned.text_content() == BUTTON[language]
    assert warned.get_attribute("title") == SAID[language]
    page.screenshot(path=artefacts / f"lost-compare-{language}.png")
    warned.click()
    panel = page.locator("dialog[open]")
    assert panel.locator("h3").first.text_content() == HEADING[language]
    assert panel.locator("ul.warnings li").all_text_contents() == [SAID[language]]
    page.screenshot(path=artefacts / f"lost-panel-{language}.png")


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_report_warns_on_its_cover_on_paper_too(visit: Opener, lossy: Path, artefacts: Path, language: str) -> None:
    page = visit("report", f"#lang={language}", folder=lossy)
    for medium in ("screen", "print"):
        page.emulate_media(media=medium)
        note = page.locator("#cover .note.strong", has_text="849")
        assert note.is_visible()
        assert note.text_content() == f"{HEADING[language]}: {SAID[language]}"
    page.emulate_media(media="screen")
    page.screenshot(path=artefacts / f"lost-report-{language}.png")
    assert foreign_texts(page) == []


@pytest.mark.parametrize("name", ["compare", "report"])
def test_nothing_is_warned_of_where_nobody_is_lost(visit: Opener, name: str) -> None:
    page = visit(name)
    assert page.locator("#warned").count() == 0
    assert page.locator("#cover .note.strong", has_text=HEADING["ko"]).count() == 0
