"""axe-core on every page, in both languages and in the states people use; and what the keyboard alone can do."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.waiting import until

pytestmark = pytest.mark.browser
Opener = Callable[..., Page]
STATES = [
    ("compare", "&sel=D2&with=D3&layer=drive"),
    ("compare", "&sel=D4&layer=slope"),
    ("diffusion", "&month=60&mode=swipe"),
    ("report", ""),
]


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize(("name", "state"), STATES)
def test_axe_finds_nothing_serious(visit: Opener, name: str, state: str, language: str) -> None:
    page = visit(name, f"#lang={language}{state}")
    for summary in page.locator("summary").all():
        summary.click()
    found = Axe().run(page).response["violations"]
    grave = [
        f"{violation['id']}: {node['target']} {node['any'][0]['message'] if node['any'] else node['html'][:120]}"
        for violation in found
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
    ]
    assert grave == []


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("name", ["compare", "diffusion", "report"])
def test_axe_finds_nothing_serious_in_the_dialogs(visit: Opener, name: str, language: str) -> None:
    page = visit(name, f"#lang={language}")
    openers = page.evaluate("(G.headButtons ?? []).flatMap(([key], at) => (key.endsWith('.open') ? [at] : []))")
    for at in [*openers, "data"]:
        page.evaluate("(at) => (at === 'data' ? G.openData() : G.headButtons[at][1]())", at)
        assert page.locator("dialog[open]").count() == 1
        found = Axe().run(page).response["violations"]
        assert [v["id"] for v in found if v["impact"] in ("serious", "critical")] == []
        page.keyboard.press("Escape")
        assert page.locator("dialog[open]").count() == 0


# Everything a reader can work, and what of it the Tab key has not stood on with a visible outline. Of radio-like groups
# there are none; a panel that scrolls is reached too, as its text cannot be read otherwise.
CONTROLS = """() => {
  const all = document.querySelectorAll("button, select, input, summary, a[href], [tabindex='0']");
  const seen = [...all].filter((one) => one.checkVisibility() && !one.disabled);
  seen.forEach((one, at) => (one.dataset.control = at));
  return seen.length;
}"""
STANDING = """() => {
  const one = document.activeElement, style = getComputedStyle(one);
  const lit = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  return [one.dataset.control ?? null, lit, one.outerHTML.slice(0, 80)];
}"""


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("compare", "#sel=D2&layer=drive&w=9_1_1_1_1_1_1"),
        ("compare", "#sel=D2&with=D3"),
        ("diffusion", "#month=60&mode=swipe"),
        ("report", ""),
    ],
)
def test_every_control_is_reached_by_tab_with_its_focus_seen(visit: Opener, name: str, state: str) -> None:
    page = visit(name, state)
    until(page, "typeof drawing === 'undefined' || !drawing()")  # what is drawn again would lose its number
    count = page.evaluate(CONTROLS)
    assert count > 8 or name == "report"
    reached, unlit = set(), []
    for _ in range(count + 12):  # the browser's own scrollers may be stops too
        page.keyboard.press("Tab")
        at, lit, html = page.evaluate(STANDING)
        if at is not None:
            reached.add(int(at))
            if not lit:
                unlit.append(html)
    left = sorted(set(range(count)) - reached)
    assert [page.locator(f"[data-control='{at}']").evaluate("one => one.outerHTML.slice(0, 80)") for at in left] == []
    assert unlit == []


def test_a_ranking_is_reached_and_changed_by_keyboard_alone(visit: Opener) -> None:
    page = visit("compare", "#lang=en")
    reached = []
    for _ in range(40):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.id || document.activeElement.dataset.id || ''"))
        if reached[-1] == "D1":
            break
    assert {"open-data", "method", "profile", "D2", "D1"} <= set(reached)
    page.keyboard.press("Enter")
    assert page.text_content("#card h2") != "원도심 시장지구"
    assert "sel=D1" in page.url
    page.focus("#method")
    page.keyboard.press("ArrowDown")
    assert "method=topsis" in page.url
    page.focus("#weights summary")
    page.keyboard.press("Enter")
    page.focus("#w-0")
    before = page.text_content("output[for=w-0]")
    page.keyboard.press("ArrowRight")
    assert page.text_content("output[for=w-0]") != before


def test_focus_is_seen(visit: Opener) -> None:
    page = visit("compare")
    page.keyboard.press("Tab")
    width = page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)")
    assert width >= 2
