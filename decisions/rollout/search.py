"""A good plan: rounded from the programme, then changed move by move while the true mean field gains.

Moves are ranked by the tables of the bound, which cost next to nothing to ask, and the best of them are run side by
side in the core. The order of everything is fixed: the same instance gives the same plan, whatever the threads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from decisions.rollout.instance import Instance
from decisions.rollout.tables import Tables, state_of

# Plans (m, L) of dates -> what they are worth (L,), for the stream of that number and the dates of its own options.
Score = Callable[[int, NDArray[np.int64]], NDArray[np.float64]]
# Plans run side by side in one pass of the core.
LANES = 32
# A move gains where it adds this part of what the plan is worth: less is the core's single precision.
LEAST = 1e-6
LEAST_PART = 0.25


def rounded(instance: Instance, opens: NDArray[np.float64]) -> NDArray[np.int64]:
    """A plan within the limits near the parts (m, K) that the programme opens: suppliers first, then the surest."""
    when = np.full(len(instance.names), instance.never)
    supplies = {supplier for need in instance.needs for supplier in need.suppliers}
    order = sorted(range(len(when)), key=lambda o: (o not in supplies, -opens[o].sum(), o))
    for o in order:
        # What is opened by less is opened by the moves, if it pays.
        if opens[o].sum() < LEAST_PART:
            continue
        for k in sorted(range(instance.never), key=lambda k: (-opens[o, k], k)):
            if instance.feasible(_with(when, (o, k))):
                when[o] = k
                break
    return when


class Ranking:
    """What a stream's tables say of plans."""

    def __init__(self, table: Tables, never: int) -> None:
        self._table, self._never = table, never
        self._row = [{tuple(state): row for row, state in enumerate(states)} for states in table.states]
        self._seen: dict[bytes, float] = {}

    def worth(self, when: NDArray[np.int64]) -> float:
        """The tables' value of a plan (m,) of the stream's options."""
        key = when.tobytes()
        if key not in self._seen:
            states = [state_of(tiers, when, self._never) for tiers in self._table.blocks.tiers]
            label = np.array([state[0] if state.size else self._never for state in states])
            fixed = sum(self._table.fixed[b][self._row[b][tuple(state)]] for b, state in enumerate(states))
            blocks = np.arange(label.size)
            pulled = self._table.pull[blocks[:, None], label[:, None], blocks[None], label[None]].sum()
            self._seen[key] = float(fixed + pulled)
        return self._seen[key]


def improved(
    instance: Instance,
    tables: Sequence[Tables],
    when: NDArray[np.int64],
    score: Score,
    go_on: Callable[[], bool],
) -> tuple[NDArray[np.int64], float]:
    """The plan after all moves that gain, and what it is worth; ``go_on`` is asked before every pass of the core."""
    rankings = [Ranking(table, instance.never) for table in tables]
    touched: list[list[int]] = [[] for _ in instance.names]
    for number, stream in enumerate(instance.streams):
        for option in stream.options:
            touched[option].append(number)

    def worth_of(plans: NDArray[np.int64], base: NDArray[np.int64], known: NDArray[np.float64]) -> NDArray[np.float64]:
        """Worth (streams, L) of plans (m, L); ``known`` is that of ``base``, which streams without a change keep."""
        worth = np.repeat(known[:, None], plans.shape[1], axis=1)
        for number in sorted(
            {n for o in np.flatnonzero((plans != base[:, None]).any(axis=1)) for n in touched[int(o)]}
        ):
            different, back = np.unique(plans[instance.streams[number].options], axis=1, return_inverse=True)
            worth[number] = score(number, different)[back.ravel()]
        return worth

    known = np.array([score(n, when[s.options][:, None])[0] for n, s in enumerate(instance.streams)])
    while go_on():
        moves = _ranked(instance, rankings, touched, when)
        for first in range(0, len(moves), LANES):
            if not go_on():
                return when, float(known.sum())
            plans = np.stack(moves[first : first + LANES], axis=1)
            gain = worth_of(plans, when, known).sum(axis=0) - known.sum()
            better = [plans[:, lane] for lane in np.argsort(-gain, kind="stable") if gain[lane] > known.sum() * LEAST]
            if better:
                together = np.stack(_together(instance, when, better), axis=1)
                worth = worth_of(together, when, known)
                best = int(worth.sum(axis=0).argmax())
                when, known = together[:, best], worth[:, best]
                break
        else:
            break
    return when, float(known.sum())


def _together(
    instance: Instance, when: NDArray[np.int64], better: Sequence[NDArray[np.int64]]
) -> list[NDArray[np.int64]]:
    """The first move, the first two that do not touch the same options, and so on, while they keep the limits."""
    plans, moved = [better[0]], better[0] != when
    for plan in better[1:]:
        changed = plan != when
        if (changed & moved).any():
            continue
        both = np.where(changed, plan, plans[-1])
        if instance.feasible(both):
            plans.append(both)
            moved = moved | changed
    return plans


def _ranked(
    instance: Instance, rankings: Sequence[Ranking], touched: Sequence[Sequence[int]], when: NDArray[np.int64]
) -> list[NDArray[np.int64]]:
    """Plans one feasible move away that the tables do not call a loss, the best first."""
    now = [ranking.worth(when[s.options]) for ranking, s in zip(rankings, instance.streams, strict=True)]
    found: dict[bytes, tuple[float, NDArray[np.int64]]] = {}
    for plan in _moves(instance, when):
        key = plan.tobytes()
        if key in found or not instance.feasible(plan):
            continue
        numbers = {number for o in np.flatnonzero(plan != when) for number in touched[int(o)]}
        gain = sum(rankings[n].worth(plan[instance.streams[n].options]) - now[n] for n in sorted(numbers))
        if gain > 0:
            found[key] = (gain, plan)
    return [plan for _, plan in sorted(found.values(), key=lambda pair: -pair[0])[: 4 * LANES]]


def _moves(instance: Instance, when: NDArray[np.int64]) -> Iterator[NDArray[np.int64]]:
    """Yield plans one move away: an option at another date or never, or two that change dates; with their suppliers."""
    suppliers: dict[int, list[int]] = {}
    for need in instance.needs:
        suppliers.setdefault(need.option, []).extend(need.suppliers)
    for option, date, plan in (*_redated(instance, when), *_exchanged(instance, when)):
        yield plan
        for needed in suppliers.get(option, ()):
            if date < instance.never and plan[needed] > date:
                yield _with(plan, (needed, date))


def _redated(instance: Instance, when: NDArray[np.int64]) -> Iterator[tuple[int, int, NDArray[np.int64]]]:
    """Yield an option, its new date, and the plan with it."""
    for option in range(len(when)):
        for date in range(instance.never + 1):
            if date != when[option]:
                yield option, date, _with(when, (option, date))


def _exchanged(instance: Instance, when: NDArray[np.int64]) -> Iterator[tuple[int, int, NDArray[np.int64]]]:
    """Yield an option that changes dates with an earlier one, its new date, and the plan."""
    at = [np.flatnonzero(when == date).tolist() for date in range(instance.never + 1)]
    for early in range(instance.never):
        for late in range(early + 1, instance.never + 1):
            for first in at[early]:
                for second in at[late]:
                    yield second, early, _with(when, (first, late), (second, early))


def _with(when: NDArray[np.int64], *changes: tuple[int, int]) -> NDArray[np.int64]:
    plan = when.copy()
    for option, date in changes:
        plan[option] = date
    return plan
