"""Waits for something in a page: Playwright's own wait makes code out of a text there, which the page's policy bars."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

# Minutes and not seconds: how busy the machine is says nothing of the page.
PATIENCE_S = 180
READY = "document.documentElement.dataset.ready === 'true'"


def context(browser: Browser, **options: Any) -> BrowserContext:
    """A window's settings whose pages are waited for as long as here."""
    opened = browser.new_context(**options)
    opened.set_default_timeout(PATIENCE_S * 1000)
    return opened


def until(page: Page, condition: str | Callable[[], bool] = READY) -> None:
    """Return as soon as ``condition``, an expression of JavaScript or a function here, holds.

    TimeoutError where it never does.
    """
    end = time.monotonic() + PATIENCE_S
    while not (page.evaluate(condition) if isinstance(condition, str) else condition()):
        if time.monotonic() > end:
            raise TimeoutError(f"never true within {PATIENCE_S} s: {condition}")
        page.wait_for_timeout(20)
