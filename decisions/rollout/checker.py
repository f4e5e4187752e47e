"""Whether a certificate of a plan holds, found out anew from the file alone (its arrays: ``certificate``).

Nothing here is shared with the search. That no plan is worth more than the bound rests on this, which is checked:

- Prices of rows, none below 0, bound a linear programme: prices · b + Σ most · max(0, gain - Aᵀ prices).
- Every plan within the limits is a point of the programme whose gain is at least the plan's worth (docs/model.md, the
  best roll-out). For a block of cells in a state has at most the availability that the state is made with; its goal is
  concave in what enters from other blocks, so that a tangent at what another plan sends in lies above it; and by how
  much other blocks have more than in that plan is bounded in the same way: by what each has in its own state beside the
  plan, and by what it feels of others, with weights that no state exceeds (``highest``), swept back in time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import numpy as np

from decisions.rollout.checker_file import misshapen, read
from decisions.rollout.checker_service import Floats, Ints, Service

# Sums in another order differ by less than this part.
ROUNDING = 1e-9
# The bound may be this part above what its prices give: where it is the plan's own worth.
SLACK = 1e-6
SAMPLE = 100
# States of a block that are looked at side by side.
LANES = 8


@dataclass(frozen=True)
class Check:
    """One thing found out anew, and what it should be."""

    name: str
    holds: bool
    found: str
    expected: str


def check(path: Path, *, sample: int = SAMPLE, seed: int = 0, every: bool = False) -> list[Check]:
    """Check a certificate.

    Parameters
    ----------
    path : Path
        The file.
    sample : int
        How many of its table entries are looked at, drawn at random.
    seed : int
        Of that draw.
    every : bool
        Whether all of them are looked at.

    Returns
    -------
    list of Check
        Where its arrays do not fit one another, that is all it says.

    Raises
    ------
    SourceError
        Where the file is no certificate.
    """
    arrays = read(path)
    services = []
    checks = [_none_wrong("arrays that fit one another", misshapen(arrays))]
    if checks[0].holds:
        services = [Service(arrays, number) for number in range(arrays["services"].size)]
        checks.append(_none_wrong("a table entry for each state of each block", _unlike_states(services)))
    if not checks[-1].holds:
        return checks
    worth, stated = sum(s.goal(arrays["when"][s.options]) for s in services), float(arrays["value"])
    least, bound = _bound(arrays, services), float(arrays["bound"])
    top = max(least, worth)
    gap = (top - worth) / top if top else 0.0
    stated_gap = (bound - stated) / bound if bound else 0.0
    low = int((arrays["prices"] < 0).sum())
    checks += [
        Check("worth of the plan", _near(worth, stated), f"{worth:.9g}", f"{stated:.9g}"),
        _none_wrong("limits kept", _over_limits(arrays)),
        _none_wrong("dates allowed", _at_wrong_dates(arrays)),
        _none_wrong("needs met", _unmet(arrays)),
        Check(
            "prices",
            not low and not np.isnan(least),
            f"{arrays['prices'].size:,}, {low} below 0",
            "one of each row, none below 0",
        ),
        Check(
            "bound from the prices",
            bound * (1 - SLACK) <= least <= bound + ROUNDING * abs(bound),
            f"{least:.9g}",
            f"{bound:.9g}",
        ),
        Check("bound not below the worth", worth <= bound * (1 + ROUNDING), f"{bound:.9g}", f"{worth:.9g} or more"),
        _none_wrong("tables for every plan within the limits", _uncovered(arrays, services)),
        _entries(services, sample, seed, every=every),
    ]
    best = gap <= ROUNDING and all(each.holds for each in checks)
    found = "none: no plan is better" if best else f"{gap:.2%}"
    return [*checks, Check("gap", gap <= stated_gap + SLACK, found, f"{stated_gap:.2%}")]


def _near(one: float, other: float) -> bool:
    return abs(one - other) <= ROUNDING * max(abs(one), abs(other))


def _none_wrong(name: str, wrong: list[str]) -> Check:
    more = f" and {len(wrong) - 3} more" if len(wrong) > 3 else ""
    return Check(name, not wrong, "; ".join(wrong[:3]) + more if wrong else "all", "all")


def _over_limits(arrays: Mapping[str, Any]) -> list[str]:
    opened = np.flatnonzero(arrays["when"] < arrays["dates"].size)
    used, limit = arrays["usage"][opened, arrays["when"][opened]].sum(axis=0), arrays["limit"]
    over = np.flatnonzero(used > limit + ROUNDING * np.abs(limit))
    return [f"{arrays['limit_names'][r]}: {used[r]:.9g} of {limit[r]:.9g}" for r in over]


def _at_wrong_dates(arrays: Mapping[str, Any]) -> list[str]:
    when, never = arrays["when"], arrays["dates"].size
    return [str(arrays["names"][o]) for o in np.flatnonzero(when < never) if not arrays["allowed"][o, when[o]]]


def _needs(arrays: Mapping[str, Any]) -> Iterator[tuple[int, Ints]]:
    """Each option that needs another, and the options of which one must be open."""
    for option, (first, end) in zip(arrays["need_option"], pairwise(arrays["need_start"]), strict=True):
        yield int(option), arrays["need_supplier"][first:end]


def _unmet(arrays: Mapping[str, Any]) -> list[str]:
    when, never = arrays["when"], arrays["dates"].size
    return [
        str(arrays["names"][option])
        for option, suppliers in _needs(arrays)
        if when[option] < never and when[suppliers].min(initial=never) > when[option]
    ]


class _Rows:
    """The prices of the programme's rows, taken in the order of the rows."""

    def __init__(self, prices: Floats) -> None:
        self.prices, self.at = prices, 0

    def take(self, *shape: int) -> Floats:
        size = int(np.prod(shape))
        self.at += size
        part = self.prices[self.at - size : self.at]
        return (part if part.size == size else np.full(size, np.nan)).reshape(shape)


def _from(prices: Floats) -> Floats:
    """What a date costs in rows that count all dates up to theirs: the sum of their prices from it on."""
    return np.cumsum(prices[..., ::-1], axis=-1)[..., ::-1]


def _bound(arrays: Mapping[str, Any], services: list[Service]) -> float:
    """What no plan is worth more than, by the prices: prices · b + Σ most · max(0, gain - Aᵀ prices).

    Rows: each option opens once; each limit, scaled to 1; each need at each date. Then of each service: of each block,
    one state and, by tier and date, no state whose tier is open before an option of it is; of each pair of blocks with
    any pull, by label, no more pairs than states of the one, and of the other.
    """
    never, rows = arrays["dates"].size, _Rows(arrays["prices"])
    once, limit = rows.take(len(arrays["when"])), arrays["limit"]
    scale = 1 / np.maximum(np.abs(limit), 1)
    of_limits = rows.take(limit.size) * scale
    opening = once[:, None] + arrays["usage"] @ of_limits
    bound = once.sum() + of_limits @ limit
    for option, suppliers in _needs(arrays):
        needed = _from(rows.take(never))
        opening[option] += needed
        np.subtract.at(opening, suppliers, needed)
    for service in services:
        count, costs = len(service.states), []
        for b, states in enumerate(service.states):
            one = rows.take(1)[0]
            of_tiers = _from(rows.take(len(service.tiers[b]), never))
            bound += one
            for tier, price in zip(service.tiers[b], of_tiers, strict=True):
                np.subtract.at(opening, service.options[tier], price)
            from_date = np.hstack([of_tiers, np.zeros((len(of_tiers), 1))])
            costs.append(one + from_date[np.arange(len(of_tiers)), states].sum(axis=1))
        both = service.pull + service.pull.transpose(2, 3, 0, 1)
        for b, other in combinations(range(count), 2):
            if both[b, :, other].any():
                one, two = rows.take(never + 1, 2).T
                bound += np.maximum(both[b, :, other] - one[:, None] - two, 0).sum()
                costs[b] -= one[service.label[b]]
                costs[other] -= two[service.label[other]]
        bound += sum(np.maximum(service.fixed_of(b) - cost, 0).sum() for b, cost in enumerate(costs))
    bound += np.maximum(-opening, 0)[arrays["allowed"]].sum()
    return float(bound) if rows.at == arrays["prices"].size else np.nan


def _unlike_states(services: list[Service]) -> list[str]:
    """Blocks that have not an entry for each state there is."""
    return [
        f"{service.name}, block {b}: {size} of {len(service.states[b])}"
        for service in services
        for b, size in enumerate(np.diff(service.state_start))
        if size != len(service.states[b])
    ]


def _uncovered(arrays: Mapping[str, Any], services: list[Service]) -> list[str]:
    """Options that may open before a table reckons with them, or bring a block something and are in no tier of it."""
    first = np.where(arrays["allowed"].any(axis=1), arrays["allowed"].argmax(axis=1), arrays["dates"].size)
    wrong = []
    for service in services:
        for o in range(service.options.size):
            name = f"{service.name}, {arrays['names'][service.options[o]]}"
            if service.earliest[o] > first[service.options[o]]:
                wrong.append(f"{name}: opens earlier")
            later = service.epoch[service.months[service.earliest[o]] :]
            brings = (service.reach[o] > service.base[np.unique(later)]).any(axis=0)
            wrong += [
                f"{name}: in no tier of block {b}"
                for b in np.unique(service.block[brings])
                if not any(o in tier for tier in service.tiers[b])
            ]
    return wrong


def _entries(services: list[Service], sample: int, seed: int, *, every: bool) -> Check:
    """Table entries made anew: none may be below what a tangent of the block's goal in its state gives."""
    blocks = [(service, b) for service in services for b in range(len(service.states))]
    start = np.cumsum([0, *(len(service.states[b]) for service, b in blocks)])
    count = int(start[-1])
    looked_at = count if every else min(sample, count)
    chosen = np.sort(np.random.default_rng(seed).choice(count, looked_at, replace=False))
    low = []
    for (service, b), first, end in zip(blocks, start, start[1:], strict=False):
        rows = chosen[(chosen >= first) & (chosen < end)] - first
        for part in range(0, rows.size, LANES):
            low += _too_low(service, b, rows[part : part + LANES])
    found = f"{looked_at:,} of {count:,} looked at, {len(low):,} too low{': ' * bool(low)}{'; '.join(low[:3])}"
    return Check("table entries", not low, found, "none too low")


def _too_low(service: Service, b: int, rows: Ints) -> list[str]:
    """Of some states of a block, those of which an entry of the file is below what it must be."""
    goal, fixed, pull, highest = service.tangent_of(b, rows)
    # What is next to nothing may differ by more than a part of itself.
    nothing = ROUNDING * service.worth.sum() / len(service.states)
    low = service.fixed_of(b)[rows] < fixed - ROUNDING * goal - nothing
    low |= (service.pull[b, service.label[b][rows]] < pull * (1 - ROUNDING) - nothing).any(axis=(1, 2))
    low |= (service.highest[:, service.cells[b]] < highest * (1 - ROUNDING) - ROUNDING).any()
    return [f"{service.name}, block {b}, state {row}" for row in rows[low]]
