"""One scenario as a mean field and as many worlds, block by block so that memory stays bounded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

import numpy as np

from simulation.plans.catalogue import Mixing, Service
from simulation.runs.checkpoint import Checkpoint
from simulation.runs.dataset import Run, quantiles
from simulation.runs.scenario import City, Hub, problem
from simulation.runs.worlds import central, drawn
from simulation.spread.diffusion import mean_field, stochastic

# Worlds advanced together: one pass over the neighbours serves them all, so few large blocks are quicker than many
# small ones, and 64 of a large city still fit in memory. Results do not depend on it.
WORLDS_PER_BLOCK = 64


def months_run(worlds: int, months: int) -> int:
    """How many months ``run`` goes through in all: once for the mean field, once for each block of worlds."""
    return months * (1 + -(-worlds // WORLDS_PER_BLOCK))


def run(
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

    one = problem(city, [hub], months)
    field = mean_field(one, central(services, city.services, mixing, 1), np.arange(months + 1), progress=counted)
    count, cells = city.potential.shape
    # Two bytes hold a cell's adopters in all but the most crowded places.
    kind = np.uint16 if city.potential.max(initial=0) < 2**16 else np.int32
    by_year = np.empty((count, years + 1, cells, worlds), kind)
    inside, outside = np.empty((2, count, months + 1, worlds), np.int64)
    for first in range(0, worlds, WORLDS_PER_BLOCK):
        last = min(first + WORLDS_PER_BLOCK, worlds)
        name = f"{hub.district_id} {first} {last}"
        if (block := kept.get(name)) is None:
            lanes = drawn(services, city.services, mixing, np.arange(first, last), seed)
            outcome = stochastic(one, lanes, seed, 12 * np.arange(years + 1), progress=counted)
            block = {
                "adopters": outcome.adopters.astype(kind),
                "inside": outcome.inside,
                "outside": outcome.outside,
            }
            kept.put(name, block)
        else:
            done(months)
        by_year[..., first:last] = block["adopters"]
        inside[..., first:last], outside[..., first:last] = block["inside"], block["outside"]
    return Run(
        district_id=hub.district_id,
        inside=hub.inside,
        adopters=np.asarray(field.adopters[..., 0], np.float32),
        adopters_quantile=quantiles(by_year),
        total_inside=inside,
        total_outside=outside,
    )
