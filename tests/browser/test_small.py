"""Small screens, a map without a size, and a legend that leaves the region to be seen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.waiting import until

pytestmark = pytest.mark.browser
Opener = Callable[..., Page]
BOXES = """() => {
  const at = (id) => document.getElementById(id).getBoundingClientRect();
  const [west, south, east, north] = G.config.bounds;
  const stage = G.map.getContainer().getBoundingClientRect(), legend = at("legend");
  const corner = (x, y) => G.map.latLngToContainerPoint(G.toLatLng(x, y));
  const low = corner(west, south), high = corner(east, north);
  const { left: x, top: y } = stage;
  return { stage: stage.toJSON(), legend: legend.toJSON(), left: at("left").toJSON(), right: at("right").toJSON(),
    region: { left: x + low.x, right: x + high.x, top: y + high.y, bottom: y + low.y } };
}"""


@pytest.mark.parametrize("name", ["compare", "diffusion"])
@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1024, 768), (820, 1180), (390, 844), (360, 640)])
def test_the_legend_leaves_the_region_clear(visit: Opener, name: str, width: int, height: int) -> None:
    found = visit(name, "#layer=population", width, height).evaluate(BOXES)
    region, legend, stage = found["region"], found["legend"], found["stage"]
    assert region["left"] >= stage["left"]
    assert region["right"] <= stage["right"]
    assert region["top"] >= stage["top"]
    assert region["bottom"] <= stage["bottom"]
    assert legend["right"] <= region["left"] or legend["top"] >= region["bottom"]


@pytest.mark.parametrize("name", ["compare", "diffusion"])
@pytest.mark.parametrize("language", ["ko", "en"])
def test_on_a_phone_the_map_comes_first_and_panels_stack(
    visit: Opener, artefacts: Path, name: str, language: str
) -> None:
    page = visit(name, f"#lang={language}", 390, 844)
    found = page.evaluate(BOXES)
    assert found["stage"]["height"] >= 422
    assert found["left"]["top"] >= found["stage"]["bottom"]
    assert found["right"]["top"] >= found["left"]["bottom"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.screenshot(path=artefacts / f"{name}-390-{language}.png", full_page=True)


@pytest.mark.parametrize("name", ["compare", "diffusion"])
def test_a_map_without_a_size_is_drawn_once_it_has_one(visit: Opener, name: str) -> None:
    page = visit(name, "#layer=population")
    page.evaluate("document.getElementById('stage').style.display = 'none'")
    until(page, "G.map.getSize().x === 0")
    page.evaluate("G.home(); G.render()")
    page.evaluate("document.getElementById('stage').style.display = ''")
    until(page, "G.map.getSize().x > 0")
    canvas = "document.querySelector('.leaflet-cells-pane canvas')"
    until(page, f"{canvas} && {canvas}.width > 0 && !{canvas}.hidden")
