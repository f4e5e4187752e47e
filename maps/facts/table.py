"""The table ``facts``: every number that more than one page shows, once."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from maps.facts.text import Shown

SCORE_DIGITS = 3
SHARE_DIGITS = 3  # a tenth of a per cent
MONEY_DIGITS = -6  # a million won: a hundredth of 100 million, a thousandth of a billion
KM2_DIGITS = -4  # a hundredth of a square kilometre
# From here on areas are said in square kilometres.
KM2_FROM_M2 = 1e5


class Fact(NamedTuple):
    """A number: what it is, its unit, how it is rounded, and the rows of a table that it is made of.

    ``shown`` is the rounded number; parts of a sum are rounded so that they add up to the shown sum.
    """

    id: str
    value: float
    unit: str
    digits: int
    source: str
    row: str
    shown: float
    fixed: bool = False


def fact(
    name: str, value: float, unit: str, source: str, row: str, *, digits: int | None = None, fixed: bool = False
) -> Fact:
    """A number rounded by itself; its digits are those usual for its unit and size where none are given."""
    number = float(value)
    places = usual_digits(number, unit) if digits is None else digits
    shown = nearest(number, places)
    # Only nothing reads as 0 %, and only the whole as 100 %: the text says which side it is.
    if unit == "share" and shown in (0.0, 1.0):
        shown = number
    return Fact(name, number, unit, places, source, row, shown, fixed)


def nearest(value: float, digits: int) -> float:
    """A number to so many digits behind the point (before it: negative), halves away from 0, as browsers round."""
    return float(Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP))


def usual_digits(value: float, unit: str) -> int:
    """Digits behind the point: by the unit, else three that count or all before the point."""
    size = abs(value)
    if unit == "share":
        return SHARE_DIGITS if size >= 0.01 or size == 0 else SHARE_DIGITS + 1
    if unit == "KRW":
        return MONEY_DIGITS
    if unit == "m2":
        return KM2_DIGITS if size >= KM2_FROM_M2 else 0
    return 0 if size >= 100 else 1 if size >= 10 else 2 if size >= 1 else 3


def told(one: Fact) -> Shown:
    """What a page or document is told of a fact."""
    return Shown(one.shown, one.unit, one.digits, one.fixed)


def rows_of(**keys: object) -> str:
    """Which rows of the source table: their keys."""
    return ", ".join(f"{name}={value}" for name, value in keys.items())


def facts_table(facts: Iterable[Fact]) -> pd.DataFrame:
    """The facts as the table ``facts``; a number that is not known is no fact."""
    known = [one for one in facts if np.isfinite(one.value)]
    return pd.DataFrame(known, columns=Fact._fields).astype(
        {"digits": "Int64", "fixed": bool, **dict.fromkeys(("id", "unit", "source", "row"), "str")}
    )


def facts_content(table: pd.DataFrame, kinds: Collection[str]) -> dict[str, list[Any]]:
    """The facts of these kinds (the first word of their names): id -> [number, unit, digits, fixed]."""
    return {
        str(row["id"]): [row["shown"], row["unit"], int(row["digits"]), bool(row["fixed"])]
        for row in table.to_dict("records")
        if str(row["id"]).split("/", 1)[0] in kinds
    }
