"""What a planner asks for on the command line, read: every fault of it at once, by the option it stands in."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

import pandas as pd

from decisions.rollout.goal import DECLINING, ELDERLY, Goal
from geojeom.errors import Fault
from simulation.workbook.values import NoValueError

USERS, USER_YEARS = "users", "user-years"
MOST_TIMES = 1000.0
# A number that stands alone is for each zone.
EACH = "each"
T = TypeVar("T", int, float)


def goal(what: str, discount: float, weights: Sequence[str]) -> tuple[Goal, list[Fault]]:
    """The goal of ``--goal``, ``--discount`` and ``--weight``, and their faults.

    Parameters
    ----------
    what : str
        ``users`` or ``user-years``.
    discount : float
        A share a year.
    weights : sequence of str
        ``elderly=2``, each.

    Returns
    -------
    goal : Goal
        To be used where there are no faults.
    faults : list of Fault
        Each names its option.
    """
    faults = [*one_of("--goal", what, USERS, USER_YEARS)]
    if not 0 <= discount < 1:
        faults.append(Fault("--discount", "a share a year from 0 to below 1, 0.045", str(discount), "Write it so."))
    elif discount and what == USERS:
        expected = "none: users at the end of the years are of one month"
        faults.append(Fault("--discount", expected, str(discount), "Add --goal user-years, or leave it out."))
    told, wrong = _by_name("--weight", weights, _times, "elderly=2, above 0")
    faults += [
        Fault("--weight", f"{ELDERLY} or {DECLINING}", repr(name), "Weigh one of these.")
        for name in told
        if name not in {ELDERLY, DECLINING}
    ]
    return Goal(what == USER_YEARS, discount, told), [*faults, *wrong]


def one_of(option: str, told: str, *known: str) -> list[Fault]:
    """The fault of an option that is none of the words it may be.

    Parameters
    ----------
    option : str
        Its name, as it is typed.
    told : str
        What was said.
    *known : str
        The words it may be.

    Returns
    -------
    list of Fault
        One, or none.
    """
    return [] if told in known else [Fault(option, " or ".join(known), repr(told), "Write one of these.")]


def budget(told: Sequence[str]) -> tuple[dict[int, int] | None, list[Fault]]:
    """Won by year; None where nothing is told. And the faults.

    Parameters
    ----------
    told : sequence of str
        ``2030=5000000000``, each.

    Returns
    -------
    krw : dict of int or None
        Year -> won.
    faults : list of Fault
        Each names its option.
    """
    money, faults = _by_name("--budget", told, _whole, "2030=5000000000")
    faults += [
        Fault("--budget", "a year", repr(year), "Write it so: 2030=5000000000.") for year in money if not year.isdigit()
    ]
    return {int(year): krw for year, krw in money.items() if year.isdigit()} or None, faults


def zones(told: str | None, code_of: Callable[[str], str]) -> tuple[frozenset[str] | None, list[Fault]]:
    """The codes of zones named with commas between; None where none are told. And the faults of those unknown.

    Parameters
    ----------
    told : str or None
        Codes or names, with commas between.
    code_of : callable
        The code of a zone by code or name; raises NoValueError.

    Returns
    -------
    codes : frozenset of str or None
        Without those unknown.
    faults : list of Fault
        Each names its option.
    """
    if told is None:
        return None, []
    codes: set[str] = set()
    faults = []
    for name in map(str.strip, told.split(",")):
        try:
            codes.add(code_of(name))
        except NoValueError as error:
            faults.append(_unknown("--zones", name, error))
    return frozenset(codes), faults


def _unknown(option: str, name: str, error: NoValueError) -> Fault:
    """The fault of a name that no zone has, or several have."""
    codes = ", ".join(error.remark.values.get("ids", ()))
    found = f"{name!r}, the name of {codes}" if codes else repr(name)
    return Fault(option, "one zone of the region, by its code or name", found, "Write the code or name of one.")


def at_least(told: Sequence[str]) -> tuple[dict[str, int], list[Fault]]:
    """Units by zone as they are asked for (``EACH``: a number alone), and the faults.

    Parameters
    ----------
    told : sequence of str
        ``1``, or a zone and its units (``매화동=3``), each.

    Returns
    -------
    units : dict of int
        By zone as it was named.
    faults : list of Fault
        Each names its option.
    """
    return _by_name("--at-least", told, _some, "1 for each zone, or a zone and its units, 매화동=3", alone=EACH)


def minima(
    told: Mapping[str, int], code_of: Callable[[str], str], decline: pd.Series
) -> tuple[dict[str | None, int], list[Fault]]:
    """The same by code, None for each zone; ``decline`` is 1 for zones in decline. And the faults.

    Parameters
    ----------
    told : mapping of int
        As ``at_least`` gives it.
    code_of : callable
        The code of a zone by code or name; raises NoValueError.
    decline : Series
        By code of the zone, 1 for those in decline.

    Returns
    -------
    units : dict of int
        By code, None for each zone; of several for one zone the most.
    faults : list of Fault
        Each names its option.
    """
    asked: dict[str | None, int] = {}
    faults = []
    for name, units in told.items():
        codes: list[str | None] = [None]
        if name == DECLINING:
            codes = [str(zone) for zone in decline.index[decline == 1]]
            if not codes:
                expected = "zones in decline by law, as far as the region's yearly figures and buildings tell"
                faults.append(Fault("--at-least", expected, "none", "Name the zones."))
        elif name != EACH:
            try:
                codes = [code_of(name)]
            except NoValueError as error:
                faults.append(_unknown("--at-least", name, error))
                continue
        for code in codes:
            asked[code] = max(asked.get(code, 0), units)
    return asked, faults


def _by_name(
    option: str, told: Sequence[str], read: Callable[[str], T | None], example: str, *, alone: str = ""
) -> tuple[dict[str, T], list[Fault]]:
    """Entries ``NAME=VALUE`` (a bare value: of ``alone``), and the faults of those that are none or come twice."""
    values: dict[str, T] = {}
    faults = []
    for entry in told:
        name, _, text = (part.strip() for part in (entry if "=" in entry else f"{alone}={entry}").partition("="))
        value = read(text.replace(",", "").replace("_", ""))
        if not name or value is None:
            faults.append(Fault(option, example, repr(entry), "Write it so."))
        elif name in values:
            faults.append(Fault(option, "each once", f"{name} again", "Leave out one of the two."))
        else:
            values[name] = value
    return values, faults


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() else None


def _some(text: str) -> int | None:
    return _whole(text) or None


def _times(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) and 0 < value <= MOST_TIMES else None
