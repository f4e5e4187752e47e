"""A map page printed by the browser: the map as on the screen on the first sheet, then all that the panels say."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser
Opener = Callable[..., Page]


@pytest.mark.parametrize(("name", "state"), [("compare", "#sel=D2&with=D3"), ("diffusion", "#month=90")])
@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1920, 1080), (820, 1180)])
def test_the_map_is_whole_and_nothing_is_cut(visit: Opener, name: str, state: str, width: int, height: int) -> None:
    page = visit(name, state, width, height)
    window = "[G.map.getCenter().lat, G.map.getCenter().lng, G.map.getZoom()]"
    shown = page.evaluate(window)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    parts = ["stage", "foot", "left", "right"]
    boxes = {part: page.eval_on_selector(f"#{part}", "one => one.getBoundingClientRect().toJSON()") for part in parts}
    assert page.evaluate(window) == shown
    stage = boxes["stage"]
    assert stage["right"] <= 1040 + 1
    assert stage["bottom"] <= 690  # 190 mm of a sheet are 718 pixels
    if name == "diffusion":
        assert boxes["foot"]["bottom"] <= 718
    assert stage["top"] < boxes["left"]["top"] < boxes["right"]["top"]
    for panel in ("left", "right"):
        assert page.eval_on_selector(f"#{panel}", "panel => panel.scrollHeight <= panel.clientHeight + 1")
    assert not page.locator(".zoom").is_visible()
    sheets = re.findall(rb"/MediaBox\s*\[([^\]]+)\]", page.pdf(prefer_css_page_size=True))
    assert len(sheets) >= 2
    for sheet in sheets:
        assert [float(side) for side in sheet.split()] == pytest.approx([0, 0, 841.9, 595.3], abs=1)  # A4 across
