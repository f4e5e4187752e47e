"""A fact as a text, in Korean or English: maps/web/lib/facts.js says it in the same letters."""

from __future__ import annotations

from typing import NamedTuple

from geojeom.formats import figure, percent, trimmed
from maps.texts import page_text

# Where a sum of won (power of ten) and an area (likewise, of square metres) are counted in another unit.
MONEY = {"ko": 8, "en": 9}
KM2 = 6
YES_NO = "yes (1) / no (0)"


class Shown(NamedTuple):
    """What a page is told of a fact: the rounded number, its unit, its digits behind the point (before it: negative).

    ``fixed``: zeros at the end are said.
    """

    value: float
    unit: str
    digits: int
    fixed: bool = False


def figure_text(fact: Shown, language: str) -> str:
    """The figure alone, for a table that says the unit of its column."""
    if fact.unit == YES_NO:
        return page_text("yes" if fact.value else "no", language)
    if fact.unit == "share":
        return trimmed(percent(fact.value, max(fact.digits - 2, 0)).removesuffix("%"))
    power = _power(fact, language)
    text = figure(fact.value / 10**power, max(fact.digits + power, 0))
    return text if fact.fixed else trimmed(text)


def fact_text(fact: Shown, language: str) -> str:
    """The figure with its unit, as the pages' script writes it: Python's own tables name the unit of a column."""
    text = figure_text(fact, language)
    if fact.unit == "KRW":
        return f"{text}억원" if language == "ko" else f"KRW {text} bn"
    if fact.unit in ("share", YES_NO):
        return text + "%" * (fact.unit == "share")
    label = unit_text(fact, language)
    tight = language == "ko" and "가" <= label[:1] <= "힣"
    return text + ("" if not label or tight else " ") + label


def figure_number(fact: Shown) -> float:
    """The number that ``figure_text`` writes of anything but money, for a cell that holds numbers."""
    if fact.unit == "share":
        return round(100 * fact.value, max(fact.digits - 2, 0))
    return float(fact.value / 10 ** _power(fact, "en"))


def unit_text(fact: Shown, language: str) -> str:
    """The unit of a fact's figure in words; empty for what has none."""
    unit = "km2" if fact.unit == "m2" and fact.digits < 0 else fact.unit
    return page_text(f"unit.{unit}", language) or ("" if unit == "1" else unit)


def _power(fact: Shown, language: str) -> int:
    if fact.unit == "KRW":
        return MONEY[language]
    return KM2 if fact.unit == "m2" and fact.digits < 0 else 0
