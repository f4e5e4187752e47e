"""Two candidates side by side: their cards, the steps from one score to the other, and the sentence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.test_standing import altered

pytestmark = pytest.mark.browser
Opener = Callable[..., Page]
# Weights times utilities of the toy region, by hand; land price is unknown of D3, whose other weights are over 0.92.
GAPS = {
    "Share of old buildings": 0.24 * 1 - 0,
    "Jobs within 30 minutes": 0.14 * 1 - 0,
    "People within 20 minutes": 0.18 * 1 - 0.18 / 0.92 * 0.3525,
    "Public land": 0 - 0.1 / 0.92 * 1,
    "Mean slope": 0 - 0.1 / 0.92 * 0.8571,
    "Users outside after 10 years": 0.16 * 1 - 0.16 / 0.92 * 0.4333,
    "Land price": 0,
}
STEPS = """() => [...document.querySelectorAll("#card .waterfall li")].map((row) => {
  const box = row.querySelector("rect").getBoundingClientRect();
  return { kind: row.className, label: row.querySelector(".label bdi").textContent,
    figure: row.querySelector(".figure").textContent, lacking: row.querySelector(".label small")?.textContent ?? null,
    left: box.left, right: box.right,
    fill: getComputedStyle(row.querySelector("rect")).fill };
})"""


def test_the_cards_stand_side_by_side(visit: Opener) -> None:
    page = visit("compare", "#sel=D2&with=D3&lang=en")
    cards = page.locator("#card article")
    assert cards.locator("h2").all_text_contents() == ["원도심 시장지구", "강변 신도시"]
    assert [text.startswith(f"RankNo. {rank}") for rank, text in zip((1, 3), facts(page), strict=True)] == [True, True]
    boxes = [cards.nth(at).bounding_box() for at in (0, 1)]
    assert boxes[0]["y"] == boxes[1]["y"]
    assert boxes[0]["x"] + boxes[0]["width"] < boxes[1]["x"]
    assert page.locator("#card .ranks").count() == 2
    said = page.locator("#card .said tbody tr")
    assert said.nth(1).locator("td").all_text_contents() == ["12%", "60%"]
    assert said.nth(0).locator("td").all_text_contents() == ["3,400,000 KRW/m²", "not stated"]
    # How the weights are drawn is asked once and holds for both cards.
    before = page.locator("#card .ranks small").all_text_contents()
    page.focus("#draw")
    page.select_option("#draw", "uniform")
    assert page.locator("#card .ranks small").all_text_contents() != before
    assert page.evaluate("document.activeElement.id") == "draw"


def facts(page: Page) -> list[str]:
    return page.locator("#card .headline").all_text_contents()


def test_the_steps_lead_from_the_seconds_score_to_the_firsts(visit: Opener) -> None:
    page = visit("compare", "#sel=D2&with=D3&lang=en")
    first, *steps, last = page.evaluate(STEPS)
    assert (first["label"], first["figure"]) == ("강변 신도시", "0.346")
    assert (last["label"], last["figure"]) == ("원도심 시장지구", "0.720")
    signed = {name: f"{gap:+.3f}".replace("-", "−") if gap else "0.000" for name, gap in GAPS.items()}
    assert {row["label"]: row["figure"] for row in steps} == signed
    assert [row["label"] for row in steps] == list(GAPS)  # the largest first
    assert [row["lacking"] for row in steps] == [None] * 6 + ["no data: 강변 신도시"]
    at = first["right"]
    unit = (last["right"] - first["right"]) / sum(GAPS.values())
    for row in steps[:-1]:
        gap = GAPS[row["label"]]
        start, end = (row["left"], row["right"]) if gap > 0 else (row["right"], row["left"])
        assert start == pytest.approx(at, abs=0.6)
        assert end - start == pytest.approx(gap * unit, abs=0.6)
        assert row["kind"] == ("ahead" if gap > 0 else "behind")
        # Blue and orange, which colour-blind readers tell apart; the sign says it too.
        assert row["fill"] == ("rgb(31, 78, 140)" if gap > 0 else "rgb(204, 117, 38)")
        at = end
    assert at == pytest.approx(last["right"], abs=0.6)
    assert page.locator("#card .differences tbody tr").count() == 7
    assert "+0.374" in page.text_content("#card")


def test_the_sentence_is_of_the_pipelines_weights_and_the_steps_of_the_pages(visit: Opener) -> None:
    page = visit("compare", "#sel=D2&with=D3")
    assert "원도심 시장지구는 강변 신도시보다 0.374 앞섭니다." in page.text_content("#card .sentence")
    assert "묶음 부근 90%" in page.text_content("#card")
    page.select_option("#profile", "land")  # public land alone: 0 against 1
    assert page.locator("#card .sentence").count() == 0
    first, *_, last = page.evaluate(STEPS)
    assert (first["figure"], last["figure"]) == ("1.000", "0.000")


def test_with_no_score_there_are_no_steps(visit: Opener, pages: Path, tmp_path: Path) -> None:
    folder = altered(pages, tmp_path, vetoed=["D5"], unknown=["D4"])
    page = visit("compare", "#sel=D4&with=D5&lang=en", folder=folder)
    assert page.locator("#card .waterfall").count() == 0
    assert "there is no difference to divide" in page.text_content("#card")
    assert page.locator("#card article").count() == 2


def test_a_pair_is_left_again(visit: Opener) -> None:
    page = visit("compare", "#sel=D2&with=D3")
    page.select_option("#with", "")
    assert page.locator("#card article").count() == 0
    assert page.locator("#card .criterion").count() == 7
    assert "with=" not in page.url
