"""The call's table of points: own points are changed on the page, stay in its address, and are held against 100."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
Opener = Callable[..., Page]


def test_own_points_stay_in_the_address_and_are_summed(visit: Opener) -> None:
    page = visit("compare", "#lang=en")
    page.click("#points summary")
    # The region file says 60 and 40.
    expect(page.locator("#points-sum")).to_have_text("Own points come to 100")
    page.fill("#points input >> nth=0", "65")
    expect(page.locator("#points-sum")).to_have_text("Own points come to 105, not to 100")
    assert "p=65_40" in page.url
    again = visit("compare", "#" + page.url.split("#", 1)[1])
    expect(again.locator("#points-sum")).to_have_text("Own points come to 105, not to 100")
    assert again.input_value("#points input >> nth=0") == "65"


def test_points_of_an_address_that_do_not_fit_are_passed_over(visit: Opener) -> None:
    page = visit("compare", "#lang=en&p=1_2_3")
    page.click("#points summary")
    expect(page.locator("#points-sum")).to_have_text("Own points come to 100")
