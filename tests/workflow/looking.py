"""What every page of a whole run must bear: to be opened with the network cut, in every size and both languages."""

from __future__ import annotations

import os
from pathlib import Path

from playwright.sync_api import Page
from playwright.sync_api import TimeoutError as Stalled

from tests.browser.language import foreign_texts
from tests.browser.parts import PARTS
from tests.browser.waiting import until

NAMES = ("compare", "diffusion", "report")
SIZES = [(1280, 720), (1920, 1080), (3840, 2160)]
# Two pictures later all that follows a new size has been drawn.
PAINTING = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
PAINTED = "() => [...document.querySelectorAll('canvas')].map(canvas => canvas.toDataURL()).join('')"


def look(page: Page, path: Path) -> None:
    """Open a page; fail on any request that is not for the file itself, and on any error in its console."""
    asked, wrong = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(path.as_uri())
    page.wait_for_timeout(800)
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    assert wrong == []


def looks_right(page: Page, path: Path) -> None:
    """Opened once in each language: one language alone, nothing sticking out at any size, no error said.

    A window of each size is what a reader drags the page to; tests/browser opens pages in sizes of their own.
    """
    wrong = []
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.add_init_script(PARTS)
    for language in ("ko", "en"):
        fresh(page, path, language)
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            sticking_out = page.evaluate("document.documentElement.scrollWidth") - width
            assert sticking_out <= 0, f"{path.name}, {width} x {height}, {language}"
            # A picture of one size, to be looked at; one of the largest takes seconds.
            if width == 1920 and (folder := os.environ.get("GEOJEOM_ARTEFACTS")):
                name = f"{path.parent.name}-{path.stem}-{width}-{language}.png"
                picture(page, Path(folder) / "workflow" / name)
        page.set_viewport_size({"width": 1280, "height": 800})
        assert foreign_texts(page) == []
    assert wrong == []


def picture(page: Page, path: Path) -> None:
    """A picture of a page to be looked at; taken anew once, as a browser without a GPU may stall on one."""
    page.evaluate(PAINTING)
    try:
        page.screenshot(path=path, timeout=30_000)
    except Stalled:
        page.bring_to_front()
        page.evaluate(PAINTING)
        page.screenshot(path=path)


def fresh(page: Page, path: Path, language: str) -> None:
    page.goto("about:blank")  # an address that differs by its # alone is no new page
    page.goto(f"{path.as_uri()}#lang={language}")
    until(page)


def slider_moves_the_picture(page: Page, path: Path) -> None:
    fresh(page, path, "ko")
    slider = page.locator("input[type=range]").last
    slider.focus()
    slider.press("Home")
    page.wait_for_timeout(300)
    first = page.evaluate(PAINTED)
    slider.press("End")
    until(page, lambda: page.evaluate(PAINTED) != first)
