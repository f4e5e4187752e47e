"""Every text of every page is in the language chosen; names alone stay as they are."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.language import foreign_texts

pytestmark = pytest.mark.browser
Opener = Callable[..., Page]


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("name", ["compare", "diffusion", "report"])
def test_no_text_is_in_the_other_language(visit: Opener, name: str, language: str) -> None:
    assert foreign_texts(visit(name, f"#lang={language}")) == []


def test_a_text_in_the_other_language_is_found(visit: Opener) -> None:
    page = visit("diffusion", "#lang=en")
    page.evaluate("document.getElementById('settings').append(G.h('p', { title: '도움말' }, '보정 전 값', ' fine'))")
    assert foreign_texts(page)[:2] == ["settings: 보정 전 값", "settings: 도움말"]
    page = visit("diffusion", "#lang=ko")
    page.evaluate("document.getElementById('money').append('working figure, not verified (kwnews 2023)')")
    assert foreign_texts(page)[:1] == ["money: working figure, not verified (kwnews 2023)"]
