"""Base tiles where the region file asks for them: off until switched on, from that one address, never needed."""

from __future__ import annotations

import base64
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route
from typer.testing import CliRunner

from geojeom.cli import room_app
from tests.browser.waiting import context, until

pytestmark = pytest.mark.browser
Opener = Callable[..., Page]
URL = "https://tiles.example/base/{z}/{x}/{y}.png?key=a&b=1"
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@pytest.fixture(scope="module")
def asking(pages: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The toy region, whose region file asks for tiles."""
    folder = shutil.copytree(pages, tmp_path_factory.mktemp("tiles") / "copy")
    resolved = json.loads((folder / "region.json").read_text(encoding="utf-8"))
    resolved["region"]["map"] = {"tiles": {"url": URL, "attribution": "<i>타일 제공</i>", "max_zoom": 17}}
    (folder / "region.json").write_text(json.dumps(resolved, ensure_ascii=False), encoding="utf-8")
    for command in ("compare", "diffusion", "report"):
        assert CliRunner().invoke(room_app("maps"), [command, str(folder)], catch_exceptions=False).exit_code == 0
    return folder


def test_the_address_stands_in_one_place_of_the_maps_and_not_in_the_report(asking: Path, pages: Path) -> None:
    written = json.dumps(URL).replace("&", "\\u0026")
    for name in ("compare", "diffusion"):
        html = (asking / f"{name}.html").read_text(encoding="utf-8")
        assert html.count("{z}") == 1
        assert html.count(written) == 1
    for html in ((asking / "report.html"), *(pages / f"{name}.html" for name in ("compare", "diffusion", "report"))):
        text = html.read_text(encoding="utf-8")
        assert "{z}" not in text
        assert "tiles.example" not in text


@pytest.mark.parametrize("name", ["compare", "diffusion"])
def test_nothing_is_asked_for_until_switched_on_and_then_only_tiles(browser: Browser, asking: Path, name: str) -> None:
    asked: list[str] = []

    def serve(route: Route) -> None:
        if route.request.url.startswith("file:"):
            route.continue_()
        else:
            asked.append(route.request.url)
            route.fulfill(body=PIXEL, content_type="image/png")

    window = context(browser, viewport={"width": 1280, "height": 720})
    window.route("**/*", serve)
    page = window.new_page()
    page.goto((asking / f"{name}.html").as_uri() + "#lang=en&tiles=on")
    until(page)
    assert page.locator(".tiles").inner_text().strip().split("\n") == ["Base map", "needs a network when on"]
    page.click(".zoom button >> nth=0")
    page.wait_for_timeout(300)
    assert asked == []
    page.check("#tiles")
    until(page, "document.querySelectorAll('.leaflet-tile-loaded').length > 0")
    assert asked
    tile = re.compile(r"https://tiles\.example/base/\d+/\d+/\d+\.png\?key=a&b=1")
    assert [url for url in asked if not tile.fullmatch(url)] == []
    assert page.locator(".credit").inner_text().endswith("<i>타일 제공</i> · Leaflet")
    assert page.url.split("#")[1].count("tiles") == 1  # as it was opened: nothing is added
    page.uncheck("#tiles")
    assert page.locator(".leaflet-tile").count() == 0
    assert "타일 제공" not in page.locator(".credit").inner_text()
    window.close()


def test_with_the_network_cut_the_page_works_and_says_so(browser: Browser, asking: Path) -> None:
    window = context(browser, offline=True)
    page = window.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((asking / "compare.html").as_uri())
    until(page)
    assert [url for url in asked if url.startswith("http")] == []
    page.check("#tiles")
    until(page, "document.querySelector('.tiles small').textContent.includes('네트워크를 확인')")
    page.click('.ranking button[data-id="D3"]')
    assert page.text_content("#card h2") == "강변 신도시"
    window.close()


def test_a_page_cannot_be_made_to_load_anything_else(browser: Browser, asking: Path) -> None:
    asked: list[str] = []
    window = context(browser)
    window.route("http*://**/*", lambda route: (asked.append(route.request.url), route.abort()))
    page = window.new_page()
    page.goto((asking / "compare.html").as_uri())
    until(page)
    page.evaluate(
        """() => {
          new Image().src = "https://tiles.example/other/1.png";
          new Image().src = "https://elsewhere.example/1.png";
          const script = document.createElement("script");
          script.src = "https://elsewhere.example/1.js";
          document.head.append(script);
          fetch("https://tiles.example/base/1").catch(() => {});
          setTimeout("window.made = 1", 0);
          setTimeout(() => { window.run = 1; }, 0);
        }"""
    )
    until(page, "window.run === 1")
    assert asked == []
    # Nor to run a text as code.
    assert page.evaluate("[window.run, window.made]") == [1, None]
    page.evaluate("() => { new Image().src = 'https://tiles.example/base/1/1/1.png' }")
    until(page, lambda: bool(asked))
    assert asked == ["https://tiles.example/base/1/1/1.png"]
    window.close()
