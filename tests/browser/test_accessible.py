"""axe-core on every page, in both languages and in the states people use; and what the keyboard alone can do."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

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


def test_axe_finds_nothing_serious_in_the_dialogs(visit: Opener) -> None:
    page = visit("compare")
    for opener, dialog in (("text=평가표", "#table"), ("#open-data", "#data")):
        page.click(opener)
        found = Axe().run(page).response["violations"]
        assert [v["id"] for v in found if v["impact"] in ("serious", "critical")] == []
        page.click(f"{dialog} .close")


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
