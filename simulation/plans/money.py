"""Money in whole won, split so that nothing is lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from typing import TypeVar

from simulation.plans.catalogue import Split
from simulation.plans.payers import ODD_WON, PAYERS

K = TypeVar("K")


def whole_won(exact: Mapping[K, Fraction]) -> dict[K, int]:
    """Whole won that sum to the sum of ``exact`` (its halves up): largest remainder, of equal ones the first named.

    A part that is whole already stays what it is.

    Parameters
    ----------
    exact : mapping of Fraction
        Won by part, none below 0; of equal remainders the part named first takes the odd won.

    Returns
    -------
    dict of int
        The same parts.
    """
    whole = {part: int(amount) for part, amount in exact.items()}
    left = int(sum(exact.values()) + Fraction(1, 2)) - sum(whole.values())
    for part in sorted(exact, key=lambda part: whole[part] - exact[part])[:left]:
        whole[part] += 1
    return whole


def split_krw(capex_krw: int, split: Split) -> dict[str, int]:
    """Whole won by payer (``PAYERS``) that sum to ``capex_krw`` exactly.

    Of equal remainders the local purses take the odd won first and the national last, so that rounding never lifts
    the national share over a limit it just keeps.
    """
    # The decimals as written, exactly: in binary 0.3 of a sum is a hair off, and the hair would decide who pays.
    whole = _split_krw(capex_krw, tuple(str(getattr(split, payer)) for payer in ODD_WON))
    return {payer: whole[payer] for payer in PAYERS}


# A plan has a few prices and many openings.
@cache
def _split_krw(capex_krw: int, decimals: tuple[str, ...]) -> Mapping[str, int]:
    shares = dict(zip(ODD_WON, map(Fraction, decimals), strict=True))
    return whole_won({payer: capex_krw * share / sum(shares.values()) for payer, share in shares.items()})


def year_of(start: str, month: int) -> int:
    """The calendar year of the month that many months after ``start`` (``YYYY-MM``).

    Parameters
    ----------
    start : str
        Month 0 (``YYYY-MM``).
    month : int
        Months after it.

    Returns
    -------
    int
        The year.
    """
    year, first = (int(part) for part in start.split("-"))
    return year + (first - 1 + month) // 12


@cache
def running_krw(krw_year: int, start: str, first: int, end: int) -> Mapping[int, int]:
    """Running cost by calendar year of what runs from month ``first`` on and no longer in month ``end``.

    A twelfth of the yearly sum a month, in whole won: a whole year costs the yearly sum, and all years together what
    the months cost, the odd won in the year with the largest remainder.

    Parameters
    ----------
    krw_year : int
        Won a year.
    start : str
        Month 0 (``YYYY-MM``).
    first, end : int
        Months after ``start``.

    Returns
    -------
    mapping of int
        Year -> won; empty where it never runs. It is kept and must not be changed.
    """
    months = Counter(year_of(start, month) for month in range(first, end))
    return whole_won({year: Fraction(krw_year * count, 12) for year, count in months.items()})
