"""The diffusion model over months: mean field and stochastic worlds. Symbols and units: docs/model.md.

Order of one step, month t to t + 1; everything on the right is the state at the start of the month:

1. share: y = A / M in every cell (0 where M = 0), and y_z = Σ A / Σ M in every zone
2. pulls: Σ_j K_ij y_j between cells, Σ_z' H_zz' y_z' between zones (a cell in no zone: its own share)
3. hazard: λΔt = a·g · (p·v + q·[(1 - θc - θh)·y + θc·pull + θh·zone pull]) / 12, availability of the month's epoch
4. gain: Binomial(M - A, 1 - exp(-λΔt)), or its mean
5. all cells at once: A += gain; then totals inside and outside, and the record, of month t + 1

Every number is computed within one cell or added up in a fixed order, and chance is a function of (seed, world,
service, month, cell): results have the same bits for any number of threads and for any grouping of lanes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.binomial import BLOCK
from simulation.block import Block
from simulation.problem import Lanes, Outcome, Problem, check

__all__ = ["Lanes", "Outcome", "Problem", "mean_field", "stochastic"]

Months = Callable[[range], Iterable[int]]


def mean_field(
    problem: Problem,
    lanes: Lanes,
    record: NDArray[Any],
    *,
    start: NDArray[Any] | None = None,
    first_month: int = 0,
    progress: Months = iter,
) -> Outcome:
    """Expected adopters: ΔA = (M - A)·(1 - exp(-λΔt)), in float64.

    ``record`` are the months (0 … T) whose adopters per cell are returned, as float32 (S, R, n, L). ``start`` (S, n,
    1 or L) are the adopters at ``first_month`` (none where left out); totals then begin there, and earlier recorded
    months stay 0. ``progress`` wraps the months (tqdm does), once for every 64 lanes. Raises PlanError with every fault
    of the input.
    """
    return _run(problem, lanes, record, start=start, first_month=first_month, progress=progress, seed=None)


def stochastic(
    problem: Problem,
    lanes: Lanes,
    seed: int,
    record: NDArray[Any],
    *,
    start: NDArray[Any] | None = None,
    first_month: int = 0,
    progress: Months = iter,
) -> Outcome:
    """Worlds of chance: ΔA ~ Binomial(M - A, 1 - exp(-λΔt)), whole persons; ``seed`` 0 … 2**64 - 1.

    A lane's result depends on its parameters, its ``world``, the seed and the problem only. Run on from a stored month
    with ``start`` and ``first_month``, it is what the uninterrupted run gives. Other arguments as in ``mean_field``;
    adopters are int32, totals int64.
    """
    return _run(problem, lanes, record, start=start, first_month=first_month, progress=progress, seed=seed)


def _run(
    problem: Problem,
    lanes: Lanes,
    record: NDArray[Any],
    *,
    start: NDArray[Any] | None,
    first_month: int,
    progress: Months,
    seed: int | None,
) -> Outcome:
    record = np.asarray(record)
    check(problem, lanes, record, start, first_month, seed)
    services, cells = problem.potential.shape
    months, count = range(first_month, problem.epoch.size), lanes.world.size
    totals = np.zeros((2, services, len(months) + 1, count), np.float64 if seed is None else np.int64)
    adopters = np.zeros((services, record.size, cells, count), np.float32 if seed is None else np.int32)
    for first in range(0, count, BLOCK):
        part = slice(first, min(first + BLOCK, count))
        block = Block(*_only(problem, lanes, part), seed)
        if start is not None:
            block.set(start if start.shape[-1] == 1 else start[..., part])
        block.keep(first_month, record, adopters[..., part])
        totals[:, :, 0, part] = block.totals()
        with block.threads() as pool:
            for row, month in enumerate(progress(months), 1):
                totals[:, :, row, part] = block.advance(month, pool)
                block.keep(month + 1, record, adopters[..., part])
    return Outcome(totals[0], totals[1], adopters)


def _only(problem: Problem, lanes: Lanes, part: slice) -> tuple[Problem, Lanes]:
    """The lanes of ``part``; what has one value for all lanes stays as it is."""
    by_lane = {name: getattr(problem, name) for name in ("availability", "hub_travel_s", "inside")}
    cut = {name: array if array.shape[-1] == 1 else array[..., part] for name, array in by_lane.items()}
    return replace(problem, **cut), Lanes(**{name: array[..., part] for name, array in vars(lanes).items()})
