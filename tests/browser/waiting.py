"""Waits for something in a page: Playwright's own wait makes code out of a text there, which the page's policy bars."""

from __future__ import annotations

import time

from playwright.sync_api import Page

READY = "document.documentElement.dataset.ready === 'true'"


def until(page: Page, condition: str = READY, timeout_s: float = 20) -> None:
    """Return as soon as ``condition``, an expression of JavaScript, holds; TimeoutError where it does not in time."""
    end = time.monotonic() + timeout_s
    while not page.evaluate(condition):
        if time.monotonic() > end:
            raise TimeoutError(f"never true within {timeout_s:g} s: {condition}")
        page.wait_for_timeout(20)
