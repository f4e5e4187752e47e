"""The pages of a whole run, in headless Chromium with the network cut: the small city, and real ones where they are."""

import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Page

from tests.browser.language import foreign_texts
from tests.browser.waiting import until

ROOT = Path(__file__).resolve().parents[2]
REAL = os.environ.get("GEOJEOM_REAL_DATA")
CITIES = ["porto_alegre", "seoul_center", "chuncheon", "liechtenstein"]
NAMES = ("compare", "diffusion", "report")
SIZES = [(1280, 720), (1920, 1080), (3840, 2160)]
PAINTED = "() => [...document.querySelectorAll('canvas')].map(canvas => canvas.toDataURL()).join('')"


@pytest.fixture(scope="module")
def page(browser):
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 800})
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def real(tmp_path_factory) -> Path:
    """Run the pipeline on the real cities, in a folder of its own, with the project's own Snakefile."""
    if REAL is None:
        pytest.skip("GEOJEOM_REAL_DATA names no folder of real data")
    folder = tmp_path_factory.mktemp("real")
    regions = " ".join(str(ROOT / "data" / "regions" / f"{city}.yaml") for city in CITIES)
    command = [sys.executable, "-m", "snakemake", "--snakefile", ROOT / "Snakefile", "--directory", folder]
    done = subprocess.run(
        [*command, "--cores", "2", "--config", f"region={regions}"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-4000:]
    return folder / "results"


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


def looks_right_in_every_size(page: Page, path: Path) -> None:
    """Nothing sticks out in both languages and three sizes, and no error is said; the pictures are kept to be seen."""
    wrong = []
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        for language in ("ko", "en"):
            fresh(page, path, language)
            sticking_out = page.evaluate("document.documentElement.scrollWidth") - width
            assert sticking_out <= 0, f"{path.name}, {width} x {height}, {language}"
            if folder := os.environ.get("GEOJEOM_ARTEFACTS"):
                name = f"{path.parent.name}-{path.stem}-{width}-{language}.png"
                page.screenshot(path=Path(folder) / "workflow" / name)
    assert wrong == []
    page.set_viewport_size({"width": 1280, "height": 800})


def fresh(page: Page, path: Path, language: str) -> None:
    page.goto("about:blank")  # an address that differs by its # alone is no new page
    page.goto(f"{path.as_uri()}#lang={language}")
    until(page)


def slider_moves_the_picture(page: Page) -> None:
    slider = page.locator("input[type=range]").last
    slider.focus()
    slider.press("Home")
    page.wait_for_timeout(300)
    first = page.evaluate(PAINTED)
    slider.press("End")
    page.wait_for_timeout(300)
    assert page.evaluate(PAINTED) != first


def speaks_one_language(page: Page, path: Path, language: str) -> None:
    fresh(page, path, language)
    assert foreign_texts(page) == []


@pytest.mark.browser
@pytest.mark.parametrize("name", NAMES)
def test_the_small_citys_pages_in_every_size(built, page, name):
    looks_right_in_every_size(page, built.folder / "results" / "small" / f"{name}.html")


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_haemils_pages_in_every_size(page, name):
    path = ROOT / "results" / "haemil" / f"{name}.html"
    if not path.is_file():
        # Where a browser is required the pictures are, too.
        stop = pytest.fail if os.environ.get("GEOJEOM_REQUIRE_BROWSER") else pytest.skip
        stop("the sample city has not been made: run `make` first")
    looks_right_in_every_size(page, path)


@pytest.mark.browser
def test_the_small_citys_pages(built, page):
    for name in ("compare", "report", "diffusion"):
        look(page, built.folder / "results" / "small" / f"{name}.html")
    slider_moves_the_picture(page)


@pytest.mark.parametrize("name", ["compare", "report", "diffusion"])
def test_the_candidates_file_is_among_the_sources_of_every_page(built, name):
    text = (built.folder / "results" / "small" / f"{name}.html").read_text("utf-8")
    config = json.loads(re.search(r'id="config">(.*?)</script>', text, re.DOTALL)[1])
    (found,) = [one for one in config["sources"]["sources"] if one["key"] == "candidates"]
    file = built.folder / "city" / "candidates.geojson"
    assert found["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    assert found["kept"] == len(json.loads(file.read_text("utf-8"))["features"])


@pytest.mark.browser
@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("name", ["compare", "diffusion", "report"])
def test_the_small_citys_pages_keep_to_one_language(built, page, name, language):
    speaks_one_language(page, built.folder / "results" / "small" / f"{name}.html", language)


@pytest.mark.real
@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("city", CITIES)
def test_a_real_citys_pages(real, page, city):
    for name in ("compare", "report", "diffusion"):
        look(page, real / city / f"{name}.html")
    slider_moves_the_picture(page)
    for name in ("compare", "report", "diffusion"):
        for language in ("ko", "en"):
            speaks_one_language(page, real / city / f"{name}.html", language)
        looks_right_in_every_size(page, real / city / f"{name}.html")


@pytest.mark.real
@pytest.mark.slow
@pytest.mark.parametrize(
    ("city", "people"),
    [("porto_alegre", 812_935), ("chuncheon", 282_765)],  # as each folder's SOURCE.md counts them
)
def test_a_real_citys_people_are_all_on_its_cells(real, city, people):
    assert pd.read_parquet(real / city / "cells.parquet", columns=["population"])["population"].sum() == people


@pytest.mark.real
@pytest.mark.slow
def test_what_a_real_city_lacks_is_missing_not_zero(real):
    criteria = pd.read_parquet(real / "seoul_center" / "criteria.parquet").set_index("criterion")
    for name in ("slope", "old_buildings"):
        assert criteria.loc[name, "value"].isna().all()
        assert criteria.loc[name, "missing"].notna().all()
