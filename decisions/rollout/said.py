"""What is said of a better roll-out: users and goal before and after, the bound, and what more of a limit brings."""

from __future__ import annotations

from collections.abc import Mapping

from decisions.rollout.account import SAID_KRW
from decisions.rollout.building import Built
from decisions.rollout.chance import problems_under
from decisions.rollout.goal import Goal
from decisions.rollout.improving import Found
from decisions.rollout.program import prices
from decisions.rollout.quotas import LEAST, UNITS
from decisions.rollout.streams import users
from geojeom.messages import Remark
from simulation.plans.settings import Scheme

PRICES = 5
# A limit of all years up to one is named so.
SO_FAR = "to "


def said(built: Built, found: Found, scheme: Scheme, goal: Goal, zones: Mapping[str, str]) -> list[Remark]:
    """Users at the end of the years, all alike; the goal, where it is another; its bound; and prices of limits.

    ``zones`` are their names by code.

    Parameters
    ----------
    built, found : Built, Found
        The problem, and what was found of it.
    scheme : Scheme
        What is simulated.
    goal : Goal
        What was looked for.
    zones : mapping of str
        Their names by code.

    Returns
    -------
    list of Remark
        In that order; at most ``PRICES`` prices.
    """
    service_names = {name: service.name.model_dump() for name, service in scheme.services.items()}
    before, after = (
        [users(problem, lane) for problem, lane in zip(problems, built.lanes, strict=True)]
        for problems in (built.own_problems, problems_under(built, found.when))
    )
    lines = [
        Remark("rollout.service", service=service_names[stream.service], before=old, after=new)
        for stream, old, new in zip(built.instance.streams, before, after, strict=True)
    ]
    lines.append(Remark("rollout.value", goal=Goal().remark, before=sum(before), after=sum(after)))
    if not goal.plain:
        lines.append(Remark("rollout.value", goal=goal.remark, before=sum(built.own), after=found.value))
    lines.append(Remark("rollout.bound", bound=found.bound, gap=found.gap, unit=goal.unit))
    names = built.instance.limit_names
    priced = [_price(names[r], more, goal.unit, zones) for r, more in prices(built.instance, found.solved)]
    return lines + sorted(priced, key=lambda line: -line.values["more"])[:PRICES]


def _price(name: str, more: float, unit: Remark, zones: Mapping[str, str]) -> Remark:
    """What 100 million won more of a limit bring, or one unit; its name is as ``budgets`` and ``quotas`` give it."""
    of, what = name.removeprefix(SO_FAR).rsplit(" ", 1)
    if what == LEAST:
        return Remark("rollout.price_least", zone=zones.get(of, of), more=more, unit=unit)
    if what == UNITS:
        return Remark("rollout.price_units", year=of, more=more, unit=unit)
    money = {"year": of, "what": f"{what}_krw", "more": more * SAID_KRW, "unit": unit}
    return Remark("rollout.price_so_far", **money) if name.startswith(SO_FAR) else Remark("rollout.price", **money)
