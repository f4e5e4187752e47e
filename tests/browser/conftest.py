from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route
from typer.testing import CliRunner

from geojeom.cli import room_app
from tests.browser.parts import PARTS
from tests.browser.waiting import context, until
from tests.conftest import Once
from tests.maps import toy

TESTS = Path(__file__).resolve().parents[1]
HOSTILE = "<script>window.broken=1</script><img src=x onerror=window.broken=1>\"'&lt;\u202ebidi 🏙️" + "긴이름" * 150
NAMES = {"D1": HOSTILE, "D4": "=HYPERLINK(1)"}


@pytest.fixture(scope="session")
def pages(once: Once) -> Path:
    """A toy region's folder with all pages; one candidate's name tries to break out, another is a formula."""

    def make(folder: Path) -> None:
        toy.write(folder, NAMES)
        for command in ("compare", "diffusion", "report"):
            result = CliRunner().invoke(room_app("maps"), [command, str(folder)], catch_exceptions=False)
            assert result.exit_code == 0

    return once("pages", make)


@pytest.fixture(scope="session")
def names() -> dict[str, str]:
    return NAMES


@pytest.fixture(scope="session")
def artefacts() -> Path:
    """Where screenshots go, to be looked at; ignored by git."""
    folder = Path(os.environ.get("GEOJEOM_ARTEFACTS", TESTS.parent / "artefacts"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def window(browser: Browser) -> Iterator[BrowserContext]:
    """Where all pages are opened, with the network cut: opening one anew for each costs more than most tests do."""
    opened = context(browser, offline=True, accept_downloads=True)
    opened.add_init_script(PARTS)
    # A page that stays open keeps the browser's process for pages.
    opened.new_page()
    yield opened
    opened.close()


@pytest.fixture
def visit(window: BrowserContext, pages: Path) -> Iterator[Callable[..., Page]]:
    """Opens a page with the network cut; after the test nothing may have been asked for and no error said."""
    problems: list[str] = []

    def allow(route: Route) -> None:
        if route.request.url.startswith("file:"):
            route.continue_()
        else:
            problems.append(f"asked for {route.request.url}")
            route.abort()

    def opener(name: str, state: str = "", width: int = 1280, height: int = 720, folder: Path | None = None) -> Page:
        page = window.new_page()
        page.set_viewport_size({"width": width, "height": height})
        page.on("console", lambda message: message.type == "error" and problems.append(message.text))
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.goto(f"file://{(folder or pages) / f'{name}.html'}{state}")
        until(page)
        return page

    window.route("**/*", allow)
    yield opener
    # Pages keep nothing but in their address, so that the next one begins as in a window of its own.
    for page in window.pages[1:]:
        page.close()
    window.unroute("**/*", allow)
    assert problems == []
