"""What all tests share: no clock for hypothesis, and one browser, as Playwright allows one at a time in a process."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

# Kernels compile in the first example, and a busy machine may pause in any: how long one takes says nothing.
settings.register_profile("geojeom", deadline=None)
settings.load_profile("geojeom")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        reason = "no Chromium on this machine: install chromium to run the browser tests"
        # Continuous integration installs a browser: there, not finding one is a failure.
        (pytest.fail if os.environ.get("GEOJEOM_REQUIRE_BROWSER") else pytest.skip)(reason)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()
