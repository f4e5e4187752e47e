"""A view is sent on by its address alone: what the reader chose, month and bar, and the part of the map looked at."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.waiting import until

pytestmark = pytest.mark.browser
Opener = Callable[..., Page]
WINDOW = "[G.map.getCenter().lat, G.map.getCenter().lng, G.map.getZoom()]"
# The address names the part of the map that is shown: it follows when a movement has ended.
NAMED = f"""(() => {{
  const at = /at=([^&]*)/.exec(location.hash)?.[1].split('_').map(Number);
  return Boolean(at) && {WINDOW}.every((value, i) => Math.abs(value - at[i]) < 2e-5);
}})()"""


def sent(visit: Opener, name: str, page: Page) -> Page:
    return visit(name, "#" + page.url.split("#", 1)[1])


@pytest.mark.parametrize("name", ["compare", "diffusion"])
def test_the_part_of_the_map_is_kept_and_the_whole_needs_no_word(visit: Opener, name: str) -> None:
    page = visit(name, "#lang=en")
    assert "at=" not in page.url
    whole = page.evaluate(WINDOW)
    for _ in range(2):
        zoom = page.evaluate("G.map.getZoom()")
        page.click(".zoom button >> nth=0")
        until(page, f"G.map.getZoom() > {zoom} && {NAMED}")
    page.evaluate("G.map.panBy([90, -40], { animate: false })")
    until(page, NAMED)
    shown = page.evaluate(WINDOW)
    assert shown[2] > whole[2]
    again = sent(visit, name, page)
    assert again.evaluate(WINDOW) == pytest.approx(shown, abs=2e-5)
    again.wait_for_timeout(300)  # nothing that settles later takes it away
    assert again.evaluate(WINDOW) == pytest.approx(shown, abs=2e-5)
    again.click(".zoom button >> nth=2")
    assert again.evaluate(WINDOW) == pytest.approx(whole, abs=1e-4)  # fitted anew, to a pixel
    assert "at=" not in again.url


def test_nonsense_in_the_address_is_passed_over(visit: Opener) -> None:
    whole = visit("compare").evaluate(WINDOW)
    for state in (
        "#at=1_2",
        "#at=a_b_c",
        "#at=0_0_9",
        "#at=__",
        "#w=x_y&sel=nobody&with=nobody&method=none&layer=none&draw=no",
    ):
        assert visit("compare", state).evaluate(WINDOW) == pytest.approx(whole, abs=2e-5)
    page = visit("diffusion", "#month=-5&service=none&hub=none&mode=none&stat=9&bar=300")
    assert page.text_content(".month") == "2027년 1월"


def test_two_candidates_weights_method_and_layer_are_kept(visit: Opener) -> None:
    page = visit("compare", "#lang=en&sel=D1")
    page.select_option("#with", "D3")
    page.select_option("#method", "vikor")
    page.select_option("#draw", "ordinal")
    page.select_option("#layer", "drive")
    page.select_option("#reach", "20")
    page.click("#weights summary")
    page.locator("#w-2").fill("55")
    until(page, "!drawing()")
    again = sent(visit, "compare", page)
    until(again, "!drawing()")
    for part in ("#ranking", "#order", "#card", "#legend"):
        assert again.text_content(part) == page.text_content(part)
    assert again.input_value("#reach") == "20"


def test_service_statistic_month_pair_and_bar_are_kept(visit: Opener) -> None:
    page = visit("diffusion", "#lang=en")
    for picker, value in (("service", "1"), ("measure", "adopters"), ("statistic", "0.9"), ("mode", "swipe")):
        page.select_option(f"#{picker}", value)
    page.locator("#month").fill("84")
    page.locator(".swipe-input").fill("30")
    until(page, "location.hash.includes('month=84')")
    again = sent(visit, "diffusion", page)
    assert again.evaluate("store.split") == 0.3
    # Either page may still be decoding what was chosen.
    for part in ("#settings", "#openings", "#totals", "#legend", ".month"):
        until(again, lambda part=part: again.text_content(part) == page.text_content(part))
    for picker in ("service", "measure", "statistic", "mode"):
        assert again.input_value(f"#{picker}") == page.input_value(f"#{picker}")
