"""How often each rank is reached, drawn in the page: held to the pipeline's own analysis within its sampling error."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from playwright.sync_api import Page

from decisions.ranking.robustness import CONCENTRATION
from decisions.ranking.smaa import dirichlet, ordinal, smaa
from tests.browser.waiting import until

pytestmark = pytest.mark.browser
Opener = Callable[..., Page]
PROFILE = [0.24, 0.1, 0.18, 0.14, 0.1, 0.08, 0.16]
ONE_SIDED = [0, 0, 0, 0.05, 0.9, 0.05, 0]
DRAWN = """([weights, weighting]) => {
  const work = G.smaa(G.config.districts.slice(0, 4).map((d) => d.utilities), weights, weighting);
  work.run(1e5);
  return work.shares();
}"""


def python_shares(page: Page, weights: list[float], weighting: str) -> np.ndarray:
    rows = page.evaluate("G.config.districts.slice(0, 4).map((d) => d.utilities)")
    utilities = np.array([[np.nan if value is None else value for value in row] for row in rows])
    given = np.array(weights)
    ways = {
        "uniform": lambda: dirichlet((given > 0).astype(float)),
        "profile": lambda: dirichlet(CONCENTRATION * given),
        "ordinal": lambda: ordinal(given),
    }
    low, high = np.nan_to_num(utilities, nan=0.0), np.nan_to_num(utilities, nan=1.0)
    return smaa(low, high, ways[weighting](), 100_000, 3).ranks


@pytest.mark.parametrize("weighting", ["uniform", "profile", "ordinal"])
@pytest.mark.parametrize("weights", [PROFILE, ONE_SIDED])
def test_draws_of_the_page_agree_with_the_pipeline(visit: Opener, weights: list[float], weighting: str) -> None:
    page = visit("compare")
    found = np.array(page.evaluate(DRAWN, [weights, weighting]))
    expected = python_shares(page, weights, weighting)
    assert found.sum(axis=1) == pytest.approx(1)
    # 4,000 draws here, 100,000 there: four standard errors of the difference, and a draw for shares next to none.
    error = np.sqrt(expected * (1 - expected) * (1 / 4_000 + 1 / 100_000))
    assert (np.abs(found - expected) <= 4 * error + 1 / 4_000).all()


def test_bars_follow_the_weights_and_return_to_the_pipelines(visit: Opener) -> None:
    page = visit("compare", "#sel=D3")
    bars = page.locator("#card .ranks small")
    untouched = bars.all_text_contents()
    assert "100,000번" in page.text_content("#card .drawn")
    page.select_option("#profile", "land")  # public land alone: D3 is ahead of D1 and D2 in every draw
    until(page, "!drawing()")
    assert "4,000번" in page.text_content("#card .drawn")
    # D4 does not say its public land: nothing that weighs is known of it, so it has no rank to be drawn.
    assert bars.all_text_contents() == ["100%", "", ""]
    assert page.locator(".ranking .accept").count() == 3
    assert page.text_content("#draw option:checked") == "지금 가중치 부근"
    page.select_option("#method", "topsis")
    assert "다른 평가 방법을 골라도 가중합" in page.text_content("#card .drawn")
    page.select_option("#method", "weighted_sum")
    page.select_option("#profile", "balanced")
    assert bars.all_text_contents() == untouched
    assert "100,000번" in page.text_content("#card .drawn")


def test_a_slider_is_not_held_up_and_the_draws_follow(visit: Opener) -> None:
    page = visit("compare", "#sel=D3&lang=en")
    page.click("#weights summary")
    before = page.locator("#card .ranks small").all_text_contents()
    # The score is there at once, the draws are being made and say so. Both are read in the turn of the change:
    # asked for one after the other, the draws may have been made in between.
    drawing, said = page.evaluate(
        """() => {
          const slider = document.getElementById("w-4");
          slider.value = 60;
          slider.dispatchEvent(new Event("input", { bubbles: true }));
          return [drawing(), document.querySelector("#card .drawn").textContent];
        }"""
    )
    assert drawing
    assert "Drawing again" in said
    until(page, "!drawing()")
    shown = page.evaluate("store.live.acceptability.D3")
    weights = page.evaluate("weights()")
    expected = python_shares(page, weights, "profile")[2]
    error = np.sqrt(expected * (1 - expected) / 4_000)
    assert (np.abs(np.array(shown) - expected) <= 4 * error + 2 / 4_000).all()
    assert page.locator("#card .ranks small").all_text_contents() != before
    # The same view opened again shows the same bars.
    again = visit("compare", "#" + page.url.split("#", 1)[1])
    until(again, "!drawing()")
    assert again.evaluate("store.live.acceptability.D3") == shown


def test_a_turn_ends_with_the_draw_in_which_its_time_is_up(visit: Opener) -> None:
    """A clock of our own, which a draw moves by 3 ms: how busy the machine is says nothing of the page."""
    turns = visit("compare").evaluate(
        """() => {
          const rows = [[0, 1], [1, 0]];
          let now = 0;
          performance.now = () => now;
          Object.defineProperty(rows[0], 0, { get: () => ((now += 3), 0) });
          const work = G.smaa(rows, [0.5, 0.5], "profile");
          const turns = [];
          for (let over = false; !over; ) {
            const start = now;
            over = work.run(TURN_MS);
            turns.push(now - start);
          }
          return { turns, limit: TURN_MS };
        }"""
    )
    assert turns["limit"] <= 16  # a picture of a screen of 60 a second
    whole = turns["turns"][:-1]
    assert len(whole) > 100
    assert all(turns["limit"] <= spent < turns["limit"] + 3 for spent in whole)


def test_the_keyboard_stays_where_it_was(visit: Opener) -> None:
    page = visit("compare")
    page.focus('.ranking button[data-id="D1"]')
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.dataset.id") == "D1"
    page.focus("#draw")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.id") == "draw"
