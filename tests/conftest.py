"""What all tests share: no clock for hypothesis, one browser a process, what is made once, and who works on what."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright
from xdist.scheduler import LoadScopeScheduling

ROOT = Path(__file__).resolve().parents[1]
# Files of tests/workflow whose tests share a city that takes a minute to run, and files each of whose cases has one.
SHARED = {
    "the sample city": ("test_baseline", "test_notebooks", "test_tutorial", "test_wheel"),
    "the small city": ("test_found", "test_pages", "test_pipeline"),
    "the city of the steps": ("test_changes", "test_declared", "test_improve", "test_prepared"),
}
TOGETHER = {f"tests/workflow/{name}.py": city for city, names in SHARED.items() for name in names}
APART = ("tests/workflow/test_real_pages.py", "tests/workflow/test_runs.py")
# What takes longest is begun first, so that no worker ends alone with it. The sample city compiles all kernels; the
# browser needs none meanwhile, and the copies of the project that come after both take them along.
FIRST = ("the sample city", "tests/browser", "the small city", "tests/workflow", "the city of the steps", "tests/cases")

# Kernels compile in the first example, and a busy machine may pause in any: how long one takes says nothing. The same
# examples every time, as a change is judged by what it changes; `--hypothesis-profile=default` draws others.
settings.register_profile("geojeom", deadline=None, derandomize=True)
settings.load_profile("geojeom")


def with_whom(test: str) -> str:
    """Which tests run in one worker: those of a file, as they share what it makes; see TOGETHER and APART."""
    file, _, name = test.partition("::")
    case = re.search(r"\[([^\]]*)", name)
    return f"{file} {case[1] if case else name}" if file in APART else TOGETHER.get(file, file)


class ByFile(LoadScopeScheduling):
    """Hands tests to workers as ``with_whom`` says. (xdist's own groups do not reach it with this pytest.)"""

    def _split_scope(self, nodeid: str) -> str:
        return with_whom(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFile:
    return ByFile(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    def turn(item: pytest.Item) -> int:
        whom = with_whom(item.nodeid)
        return next((place for place, first in enumerate(FIRST) if whom.startswith(first)), len(FIRST))

    items.sort(key=turn)


Once = Callable[[str, Callable[[Path], object]], Path]


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Once:
    """``once(name, make)`` calls ``make`` with an empty folder, once for all workers of a run, and returns the folder.

    Whoever gets it leaves it as it is.
    """
    base = tmp_path_factory.getbasetemp()
    # The folders of the workers lie side by side in that of the run.
    shared = base if worker_id == "master" else base.parent

    def folder(name: str, make: Callable[[Path], object]) -> Path:
        path, done = shared / name, shared / f"{name}.done"
        with FileLock(shared / f"{name}.lock"):
            if not done.exists():
                shutil.rmtree(path, ignore_errors=True)
                path.mkdir(parents=True)
                make(path)
                done.touch()
        return path

    return folder


@pytest.fixture(scope="session")
def sample_city(once: Once) -> Callable[[float], Path]:
    """The files of the sample city at a scale, to be read only."""

    def city(scale: float = 1.0) -> Path:
        generator = [sys.executable, str(ROOT / "data" / "sample")]
        return once(
            f"sample-{scale:g}",
            lambda folder: subprocess.run(
                [*generator, str(folder), "--scale", f"{scale:g}"], check=True, capture_output=True
            ),
        )

    return city


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
