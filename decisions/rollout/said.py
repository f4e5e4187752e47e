"""What is said of a better roll-out: users and goal before and after, the bound, and what more of a limit brings."""

from __future__ import annotations

from decisions.rollout.account import SAID_KRW
from decisions.rollout.building import Built
from decisions.rollout.chance import problems_under
from decisions.rollout.goal import Goal
from decisions.rollout.improving import Found
from decisions.rollout.program import prices
from decisions.rollout.streams import users
from geojeom.messages import Remark
from simulation.plans.settings import Scheme

PRICES = 5
# A limit of all years up to one is named so.
SO_FAR = "to "


def said(built: Built, found: Found, scheme: Scheme, goal: Goal) -> list[Remark]:
    """Users at the end of the years, all alike; the goal, where it is another; its bound; and prices of limits."""
    names = {name: service.name.model_dump() for name, service in scheme.services.items()}
    before, after = (
        [users(problem, lane) for problem, lane in zip(problems, built.lanes, strict=True)]
        for problems in (built.own_problems, problems_under(built, found.when))
    )
    lines = [
        Remark("rollout.service", service=names[stream.service], before=old, after=new)
        for stream, old, new in zip(built.instance.streams, before, after, strict=True)
    ]
    lines.append(Remark("rollout.value", goal=Goal().remark, before=sum(before), after=sum(after)))
    if not goal.plain:
        lines.append(Remark("rollout.value", goal=goal.remark, before=sum(built.own), after=found.value))
    lines.append(Remark("rollout.bound", bound=found.bound, gap=found.gap, unit=goal.unit))
    lines += [
        _price(built.instance.limit_names[r], more, goal.unit)
        for r, more in prices(built.instance, found.solved)[:PRICES]
    ]
    return lines


def _price(name: str, more: float, unit: Remark) -> Remark:
    """What 100 million won more of a limit bring, by its name: ``2030 city``, ``2030 running``, ``to 2030 city``."""
    year, what = name.removeprefix(SO_FAR).split(" ")
    said_of = {"year": year, "what": f"{what}_krw", "more": more * SAID_KRW, "unit": unit}
    return Remark("rollout.price_so_far", **said_of) if name.startswith(SO_FAR) else Remark("rollout.price", **said_of)
