"""A good plan: rounded from the programme, then changed move by move while the true mean field gains.

Moves are ranked by the tables of the bound, which cost next to nothing to ask, and the best of them are run side by
side in the core. The order of everything is fixed: the same instance gives the same plan, whatever the threads.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from decisions.rollout.instance import Instance
from decisions.rollout.moves import Neighbours
from decisions.rollout.ranking import Ranking
from decisions.rollout.tables import Tables

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


def improved(
    instance: Instance,
    tables: Sequence[Tables],
    when: NDArray[np.int64],
    score: Score,
    go_on: Callable[[], bool],
) -> tuple[NDArray[np.int64], float]:
    """The plan after all moves that gain, and what it is worth; ``go_on`` is asked before every pass of the core."""
    near = Neighbours(instance, [Ranking(table, instance.never) for table in tables])
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
        moves = near.ranked(when, 4 * LANES)
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


def _with(when: NDArray[np.int64], *changes: tuple[int, int]) -> NDArray[np.int64]:
    plan = when.copy()
    for option, date in changes:
        plan[option] = date
    return plan
