"""How figures read in words."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geojeom.formats import figure, percent, stated_percent


@pytest.mark.parametrize(
    ("share", "digits", "text"),
    [
        (0, 0, "0%"),
        (0.0015, 0, "< 1%"),
        (0.0049, 0, "< 1%"),
        (0.005, 0, "1%"),
        (0.125, 0, "13%"),
        (0.994, 0, "99%"),
        (0.996, 0, "> 99%"),
        (1, 0, "100%"),
        (0, 1, "0.0%"),
        (0.0004, 1, "< 0.1%"),
        (0.0015, 1, "0.2%"),
        (0.9996, 1, "> 99.9%"),
        (1, 1, "100.0%"),
        (12.5, 0, "1,250%"),
    ],
)
def test_only_nothing_reads_as_0_and_only_the_whole_as_100(share: float, digits: int, text: str) -> None:
    assert percent(share, digits) == text


@given(st.floats(0, 1), st.integers(0, 2))
def test_a_share_never_reads_as_what_it_is_not(share: float, digits: int) -> None:
    number = float(re.sub("[<> %]", "", percent(share, digits)))
    assert abs(number / 100 - share) <= 10.0 ** (-digits - 2)
    assert (percent(share, digits)[0] in "<>") or (number == 0) == (share <= 1e-9)
    assert (percent(share, digits)[0] in "<>") or (number == 100) == (share >= 1 - 1e-9)


def test_parts_that_sum_to_the_whole_but_for_the_last_bits_are_the_whole() -> None:
    parts = sum([0.1] * 10)
    assert parts < 1
    assert percent(parts) == "100%"
    assert percent(1 - parts) == "0%"


def test_what_breaks_a_limit_does_not_read_as_the_limit() -> None:
    assert percent(0.5004, unlike=0.5) == "50.04%"
    assert percent(0.5, unlike=0.5) == "50%"
    assert percent(0.62, unlike=0.5) == "62%"
    assert figure(240.0000001, 1, 240) == "240.0000001"
    assert figure(0.49996, 3, 0.5) == "0.49996"


def test_halves_go_up_and_thousands_stand_apart() -> None:
    assert figure(61.25, 1) == "61.3"
    assert figure(1234567.5) == "1,234,568"


def test_a_stated_share_keeps_its_digits() -> None:
    assert [stated_percent(share) for share in (0.5, 0.125, 0.07, 1)] == ["50%", "12.5%", "7%", "100%"]
