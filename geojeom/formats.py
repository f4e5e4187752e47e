"""Figures in words, as texts, tables and notes have them. The scripts of the pages round in the same way."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

# More digits than this tell nothing apart but rounding.
DIGITS_MAX = 9
# Digits whose Korean reading ends in a consonant.
CLOSED_DIGITS = "013678"
# Shares that are sums miss 0 and 1 by less than this.
NOISE = 1e-9


def figure(value: float, digits: int = 0, unlike: float | None = None) -> str:
    """A number in figures, halves away from 0, and thousands apart: ``1,234.5``.

    Parameters
    ----------
    value : float
        The number, finite.
    digits : int
        Digits behind the point.
    unlike : float, optional
        A limit that the number is held against: where the two differ but would read the same, the number gets digits
        until they do not (``DIGITS_MAX`` at most), so that no 61.2 breaks a limit of 61.2.

    Returns
    -------
    str
        With no unit.
    """
    return f"{_rounded(value, _digits(value, digits, unlike)):,f}"


def trimmed(text: str) -> str:
    """A figure without the zeros at its end that say nothing: ``12.50`` is ``12.5``.

    Parameters
    ----------
    text : str
        A number in figures, as ``figure`` writes it.

    Returns
    -------
    str
        The same number; one without a point as it is.
    """
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(share: float, digits: int = 0, unlike: float | None = None) -> str:
    """A share of 1 as per cent: ``12%``, ``0.4%``.

    Only nothing reads as 0 and only the whole as 100: what lies between and would round to either is ``< 1%`` or
    ``> 99%`` (``< 0.1%``, ``> 99.9%`` with one digit). A sum of parts that misses 1 in its last bits is the whole.

    Parameters
    ----------
    share : float
        The share of 1, finite.
    digits : int
        Digits behind the point.
    unlike : float, optional
        A share that must not read the same, as in ``figure``.

    Returns
    -------
    str
        With its per cent sign.
    """
    digits = _digits(share * 100, digits, None if unlike is None else unlike * 100)
    shown, step = _rounded(share * 100, digits), Decimal(1).scaleb(-digits)
    if share > NOISE and shown == 0:
        return f"< {step}%"
    if share < 1 - NOISE and shown == 100:
        return f"> {100 - step}%"
    return f"{shown:,f}%"


def stated_percent(share: float) -> str:
    """A share that a rule or setting states, as per cent with all its digits: ``50%``, ``12.5%``.

    Parameters
    ----------
    share : float
        The share of 1, finite.

    Returns
    -------
    str
        With its per cent sign; ten significant digits at most.
    """
    return f"{written(share * 100)}%"


def stated(value: float) -> str:
    """A number that a rule, setting or file states, with all its digits and thousands apart: ``1,234.5``, ``0.7``.

    Parameters
    ----------
    value : float
        The number, finite.

    Returns
    -------
    str
        With no unit; ten significant digits at most, where it is not whole.
    """
    return f"{Decimal(written(value)):,f}"


def written(value: float) -> str:
    """A number as a code or a year is written, without marks between thousands: ``2021``, ``0.7``.

    Parameters
    ----------
    value : float
        The number, finite.

    Returns
    -------
    str
        Ten significant digits at most, where it is not whole.
    """
    return str(int(value)) if float(value).is_integer() else f"{Decimal(f'{value:.10g}'):f}"


def signed(value: float, digits: int) -> str:
    """A difference with its sign (a minus, no hyphen); what rounds to nothing has none.

    Parameters
    ----------
    value : float
        The difference, finite.
    digits : int
        Digits behind the point.

    Returns
    -------
    str
        With no unit.
    """
    size = figure(abs(value), digits)
    return size if not float(size.replace(",", "")) else ("+" if value > 0 else "−") + size


def topic(name: str) -> str:
    """The Korean topic particle of a name: 은 after a consonant, 는 after a vowel, both where that is not known.

    Parameters
    ----------
    name : str
        The name, in any script; brackets and quotes at its end do not count.

    Returns
    -------
    str
        The particle alone.
    """
    last = name.rstrip(" )\"'")[-1:]
    if "가" <= last <= "힣":
        return "은" if (ord(last) - ord("가")) % 28 else "는"
    if last.isdecimal() and last.isascii():
        return "은" if last in CLOSED_DIGITS else "는"
    return "은(는)"


def _digits(value: float, digits: int, unlike: float | None) -> int:
    if unlike is not None and value != unlike:
        while digits < DIGITS_MAX and _rounded(value, digits) == _rounded(unlike, digits):
            digits += 1
    return digits


def _rounded(value: float, digits: int) -> Decimal:
    # By its shortest digits, as browsers do: 0.15 is a half to them, though in binary it is a hair less.
    return Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
