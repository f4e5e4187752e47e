"""On what terms a better roll-out is looked for: its goal, its money, what may change, and what there must be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from decisions.rollout.goal import Goal


@dataclass(frozen=True)
class Terms:
    """What a planner asks for beside the plan itself.

    ``budget_krw`` is the money of a year, of all payers together, in place of the payers' own; with ``carry_over``
    what a year leaves may be spent in later ones. Only ``zones`` may change (None: all). At most ``units_a_year`` open
    outside in a year, and ``at_least`` so many in a zone by the end (None: in each in which something may open).
    """

    goal: Goal = field(default_factory=Goal)
    budget_krw: Mapping[int, int] | None = None
    carry_over: bool = False
    zones: frozenset[str] | None = None
    units_a_year: int | None = None
    at_least: Mapping[str | None, int] = field(default_factory=dict)
