"""One scenario as a mean field and as many worlds, block by block so that memory stays bounded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.plans.catalogue import Mixing, Service
from simulation.runs.checkpoint import Checkpoint
from simulation.runs.dataset import Run
from simulation.runs.quantiles import QUANTILES, over_worlds
from simulation.runs.scenario import City, Hub, problem
from simulation.runs.worlds import central, drawn
from simulation.spread.diffusion import Outcome, mean_field, stochastic

# Worlds advanced together: one pass over the neighbours serves them all, so few large blocks are quicker than many
# small ones, and 64 of a large city still fit in memory. Results do not depend on it.
WORLDS_PER_BLOCK = 64
PLACES = ("inside", "outside")


def months_run(worlds: int, months: int) -> int:
    """How many months ``run`` goes through in all: once for the mean field, once for each block of worlds.

    Parameters
    ----------
    worlds, months : int
        How many of each.

    Returns
    -------
    int
        Months.
    """
    return months * (1 + -(-worlds // WORLDS_PER_BLOCK))


def run(
    scenario: str,
    city: City,
    hub: Hub,
    services: Mapping[str, Service],
    mixing: Mixing,
    *,
    years: int,
    worlds: int,
    seed: int,
    kept: Checkpoint,
    done: Callable[[int], object],
) -> Run:
    """Mean field month by month and quantiles over ``worlds`` year by year; ``done(1)`` is told after every month run.

    Worlds 0, 1, ... draw the same parameters and the same chance in every scenario of one ``seed``, so a difference
    between scenarios is the plan's doing. Blocks of worlds found in ``kept`` are not run again; others are
    put there.
    """
    months = 12 * years

    def counted(some: Iterable[int]) -> Iterator[int]:
        for month in some:
            yield month
            done(1)

    posed = problem(city, [hub], months)
    field = mean_field(posed, central(services, city.services, mixing, 1), np.arange(months + 1), progress=counted)
    blocks = []
    for first in range(0, worlds, WORLDS_PER_BLOCK):
        block = np.arange(first, min(first + WORLDS_PER_BLOCK, worlds))
        blocks.append(f"{scenario} {first} {first + block.size}")
        if kept.has(blocks[-1]):
            done(months)
            continue
        lanes = drawn(services, city.services, mixing, block, seed)
        kept.put(blocks[-1], _parts(stochastic(posed, lanes, seed, 12 * np.arange(years + 1), progress=counted)))
    inside, outside = (np.concatenate([kept.get(block, where) for block in blocks], axis=-1) for where in PLACES)
    count, cells = city.potential.shape
    by_year = np.empty((count, years + 1, cells, len(QUANTILES)), np.float32)
    # All worlds of one service and year at a time: memory does not grow with years and services times worlds.
    for at in np.ndindex(count, years + 1):
        by_year[at] = over_worlds(np.concatenate([kept.get(block, _part(*at)) for block in blocks], axis=-1))
    return Run(
        scenario=scenario,
        inside=hub.inside,
        adopters=np.asarray(field.adopters[..., 0], np.float32),
        adopters_quantile=by_year,
        total_inside=inside,
        total_outside=outside,
    )


def _parts(outcome: Outcome) -> dict[str, NDArray[Any]]:
    """What is kept of a block of worlds: both totals, and the adopters of each service and year by themselves."""
    # Two bytes hold a cell's adopters in all but the most crowded places.
    kind = np.uint16 if outcome.adopters.max(initial=0) < 2**16 else np.int32
    adopters = {_part(*at): outcome.adopters[at].astype(kind) for at in np.ndindex(outcome.adopters.shape[:2])}
    return adopters | {where: getattr(outcome, where) for where in PLACES}


def _part(service: int, year: int) -> str:
    return f"adopters {service} {year}"
