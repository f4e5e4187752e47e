"""Plans side by side in the core: what each is worth by the mean field, and in worlds of chance common to all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from decisions.rollout.instance import Instance
from decisions.rollout.search import Score
from simulation.spread.diffusion import Lanes, Problem, mean_field, stochastic

# Users of so many cells, months and plans are held at once.
RECORDED = 50_000_000


def by_core(instance: Instance, problems: Sequence[Problem], lanes: Sequence[Lanes]) -> Score:
    """A score that runs the core.

    Parameters
    ----------
    instance : Instance
        The problem.
    problems : sequence of Problem
        Of one service each, in the order of the instance's streams and over their cells; their availability and epochs
        are replaced by those of the plans asked for.
    lanes : sequence of Lanes
        Of one lane each.

    Returns
    -------
    callable
        ``(number of the stream, when (m, L))`` -> float64 (L,): what each of L plans is worth.
    """

    def score(number: int, when: NDArray[np.int64]) -> NDArray[np.float64]:
        record = np.flatnonzero(instance.streams[number].timing)
        # A goal of all months keeps them all: few plans at a time where there are many cells.
        parts = -(-record.size * instance.streams[number].people.size * when.shape[1] // RECORDED)
        worth = []
        for part in np.array_split(when, max(parts, 1), axis=1):
            every = Lanes(*(np.repeat(value, part.shape[1], axis=-1) for value in vars(lanes[number]).values()))
            users = mean_field(opened(instance, number, problems[number], part), every, record).adopters
            worth.append(_worth(instance, number, users))
        return np.concatenate(worth)

    return score


def in_mean_field(instance: Instance, problems: Sequence[Problem], lanes: Sequence[Lanes]) -> list[float]:
    """What a plan is worth in each stream: ``problems`` under the plan, ``lanes`` of one lane each."""
    values = []
    for number, stream in enumerate(instance.streams):
        users = mean_field(problems[number], lanes[number], np.flatnonzero(stream.timing)).adopters
        values.append(float(_worth(instance, number, users)[0]))
    return values


def in_worlds(
    instance: Instance, problems: Sequence[Problem], drawn: Sequence[Lanes], seed: int
) -> NDArray[np.float64]:
    """What a plan is worth in each of W worlds (W,): ``problems`` under the plan, ``drawn`` by stream."""
    total = np.zeros(drawn[0].world.size)
    for number, stream in enumerate(instance.streams):
        record = np.flatnonzero(stream.timing)
        total += _worth(instance, number, stochastic(problems[number], drawn[number], seed, record).adopters)
    return total


def opened(instance: Instance, number: int, problem: Problem, when: NDArray[np.int64]) -> Problem:
    """The problem of a stream under plans (m, L) of its options, a lane each."""
    stream = instance.streams[number]
    months = np.append(instance.dates, stream.months)
    changes = np.flatnonzero(np.diff(stream.epoch)) + 1
    starts = np.unique(np.concatenate([[0], changes, instance.dates]))
    open_by = months[when][None] <= starts[:, None, None]  # (E, m, L)
    available = np.repeat(stream.base[stream.epoch[starts]][:, :, None], when.shape[1], axis=2)
    for o, reach in enumerate(stream.reach):
        cells = np.flatnonzero(reach)
        available[:, cells] = np.maximum(available[:, cells], reach[cells, None] * open_by[:, o, None, :])
    epoch = np.searchsorted(starts, np.arange(stream.months), side="right") - 1
    return replace(problem, availability=available[:, None].astype(np.float32), epoch=epoch.astype(np.int32))


def _worth(instance: Instance, number: int, users: NDArray[np.float32]) -> NDArray[np.float64]:
    """Goal (L,) of users (1, R, n, L) in the months that count."""
    stream = instance.streams[number]
    weight = np.where(stream.people > 0, stream.worth / np.maximum(stream.people, 1), 0.0)
    return np.asarray(np.einsum("r,rnl,n->l", stream.timing[stream.timing != 0], users[0], weight), np.float64)
