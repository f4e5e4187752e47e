"""The pages of the small city, in headless Chromium with the network cut."""

import hashlib
import json
import re

import pytest

from tests.workflow.looking import NAMES, look, looks_right, slider_moves_the_picture


@pytest.mark.browser
@pytest.mark.parametrize("name", NAMES)
def test_the_small_citys_pages_in_every_size_and_language(built, page, name):
    looks_right(page, built.folder / "results" / "small" / f"{name}.html")


@pytest.mark.browser
def test_the_small_citys_pages(built, page):
    for name in NAMES:
        look(page, built.folder / "results" / "small" / f"{name}.html")
    slider_moves_the_picture(page, built.folder / "results" / "small" / "diffusion.html")


@pytest.mark.parametrize("name", NAMES)
def test_the_candidates_file_is_among_the_sources_of_every_page(built, name):
    text = (built.folder / "results" / "small" / f"{name}.html").read_text("utf-8")
    config = json.loads(re.search(r'id="config">(.*?)</script>', text, re.DOTALL)[1])
    (found,) = [one for one in config["sources"]["sources"] if one["key"] == "candidates"]
    file = built.folder / "city" / "candidates.geojson"
    assert found["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    assert found["kept"] == len(json.loads(file.read_text("utf-8"))["features"])
