"""Plans in worlds of chance that they share: one beside another, and the best of a few."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from decisions.rollout.building import Built
from decisions.rollout.improving import Found
from decisions.rollout.lanes import in_worlds, opened
from geojeom.messages import Remark
from simulation.plans.settings import Scheme
from simulation.runs.quantiles import has_range, no_range, over_worlds
from simulation.runs.worlds import drawn
from simulation.spread.diffusion import Lanes, Problem

MEAN, WORST_FIFTH = "mean", "worst-fifth"
WORST_PART = 5


class Chance:
    """Worlds of a seed, drawn once for every plan of a problem; ``number`` are the worlds' own (W,)."""

    def __init__(self, built: Built, scheme: Scheme, number: NDArray[np.int64], seed: int) -> None:
        self._built, self._seed = built, seed
        self._lanes: list[Lanes] = [
            drawn(scheme.services, [stream.service], scheme.settings.mixing, number, seed)
            for stream in built.instance.streams
        ]

    def own(self) -> NDArray[np.float64]:
        """What the plan itself is worth in each world.

        Returns
        -------
        float64 (W,)
            In the goal's unit.
        """
        return self._of(self._built.own_problems)

    def of(self, when: NDArray[np.int64]) -> NDArray[np.float64]:
        """What a plan is worth in each world.

        Parameters
        ----------
        when : int64 (m,)
            Its dates.

        Returns
        -------
        float64 (W,)
            In the goal's unit.
        """
        return self._of(problems_under(self._built, when))

    def _of(self, problems: Sequence[Problem]) -> NDArray[np.float64]:
        return in_worlds(self._built.instance, problems, self._lanes, self._seed)


def problems_under(built: Built, when: NDArray[np.int64]) -> list[Problem]:
    """The core's problem of each stream under a plan of dates (m,)."""
    streams = zip(built.instance.streams, built.problems, strict=True)
    return [
        opened(built.instance, n, problem, when[stream.options][:, None]) for n, (stream, problem) in enumerate(streams)
    ]


def judged(values: NDArray[np.float64], risk: str) -> float:
    """What a plan of those values by world (W,) is judged by: their mean, or that of the worst fifth (at least one)."""
    if risk == MEAN:
        return float(values.mean())
    return float(np.sort(values)[: -(-values.size // WORST_PART)].mean())


def chosen(found: Found, chance: Chance, risk: str) -> Found:
    """The same bound with that of the plans found which is best in worlds of chance; of equal ones the first found.

    Parameters
    ----------
    found : Found
        With its candidates.
    chance : Chance
        The worlds.
    risk : str
        What a plan is judged by, as in ``judged``.

    Returns
    -------
    Found
        With that plan and what it is worth in the mean field.
    """
    judgements = [judged(chance.of(plan), risk) for plan, _ in found.candidates]
    when, value = found.candidates[int(np.argmax(judgements))]
    return replace(found, when=when, value=value)


def beside(before: NDArray[np.float64], after: NDArray[np.float64], unit: Remark) -> Remark:
    """Two plans in the same worlds (W,): the difference, world by world.

    Parameters
    ----------
    before, after : float64 (W,)
        What each plan is worth in each world.
    unit : Remark
        What of.

    Returns
    -------
    Remark
        In how many worlds the second is better, and the quantiles of the difference: of few worlds the median alone.
    """
    low, middle, high = over_worlds(after - before).tolist()
    n, better = before.size, int((after > before).sum())
    if not has_range(n):
        return Remark("rollout.few_worlds", n=n, better=better, middle=middle, unit=unit, why=no_range(n))
    return Remark("rollout.worlds", n=n, better=better, low=low, middle=middle, high=high, unit=unit)
