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
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.kernels import month as kernel
from simulation.kernels.binomial import BLOCK, pairs
from simulation.spread.block import Block
from simulation.spread.order import arranged
from simulation.spread.problem import Lanes, Outcome, Problem, check_problem

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

    Parameters
    ----------
    problem, lanes : Problem, Lanes
        S services over n cells and T months; L lanes.
    record : int (R,)
        The months (0 … T) whose adopters per cell are returned.
    start : array (S, n, 1 or L), optional
        The adopters at ``first_month``, none where left out; totals then begin there, and earlier recorded months
        stay 0.
    first_month : int
        The month the run begins in.
    progress : callable
        Wraps the months (tqdm does), once for every 64 pairs of service and lane.

    Returns
    -------
    Outcome
        Adopters float32 (S, R, n, L); totals inside and outside float64 (S, T + 1, L).

    Raises
    ------
    PlanError
        With every fault of the input.

    References
    ----------
    Bass 1969, A new product growth for model consumer durables, Management Science 15(5); docs/model.md has what is
    added to it.
    """
    check_problem(problem, lanes, record, start, first_month, None)
    problem = arranged(problem)
    pairs = problem.potential.shape[0] * lanes.world.size
    blocks = (_Field(problem, lanes, np.arange(first, min(first + BLOCK, pairs))) for first in range(0, pairs, BLOCK))
    return _run(blocks, _empty(problem, lanes, record, first_month, _Field), record, start, first_month, progress)


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
    """Worlds of chance: ΔA ~ Binomial(M - A, 1 - exp(-λΔt)), whole persons.

    A lane's result depends on its parameters, its ``world``, the seed and the problem only. Run on from a stored month
    with ``start`` and ``first_month``, it is what the uninterrupted run gives.

    Parameters
    ----------
    problem, lanes : Problem, Lanes
        S services over n cells and T months; L lanes, a world each.
    seed : int
        0 … 2**64 - 1.
    record : int (R,)
        The months (0 … T) whose adopters per cell are returned.
    start : array (S, n, 1 or L), optional
        As in ``mean_field``, whole persons.
    first_month : int
        The month the run begins in.
    progress : callable
        Wraps the months (tqdm does), once for every 64 lanes.

    Returns
    -------
    Outcome
        Adopters int32 (S, R, n, L); totals inside and outside int64 (S, T + 1, L).

    Raises
    ------
    PlanError
        With every fault of the input.

    References
    ----------
    As of ``mean_field``.
    """
    check_problem(problem, lanes, record, start, first_month, seed)
    problem = arranged(problem)
    count = lanes.world.size
    blocks = (
        _Worlds(problem, lanes, slice(first, min(first + BLOCK, count)), seed) for first in range(0, count, BLOCK)
    )
    return _run(blocks, _empty(problem, lanes, record, first_month, _Worlds), record, start, first_month, progress)


class _Field(Block):
    """Pairs of service and lane, side by side in one group; ``pairs`` are numbers, service after service."""

    adopters_kind, totals_kind, record_kind = np.float64, np.float64, np.float32

    def __init__(self, problem: Problem, lanes: Lanes, pairs: NDArray[np.intp]) -> None:
        service, lane = np.divmod(pairs, lanes.world.size)
        super().__init__(problem, lanes, service[None], lane)

    def _potential(self) -> NDArray[Any]:
        return self.padded(self.problem.potential[self.service[0]].T)[None]

    def _of_groups(self, array: NDArray[Any]) -> NDArray[Any]:
        lane = self.lane if array.shape[-1] > 1 else 0
        return array[self.service[0], :, lane].T[None]

    def _step(self, arrays: tuple[Any, ...], month: int) -> None:  # noqa: ARG002 -- without chance, no month
        kernel.expected_month(*arrays)

    def record(self, adopters: NDArray[Any]) -> None:
        at = self.service[0][:, None], self.given, self.lane[:, None]
        adopters[at] = self.state.adopters[0, :, : self.count].T


class _Worlds(Block):
    """Every service a group of its own, with the lanes of ``part``."""

    adopters_kind, totals_kind, record_kind = np.int32, np.int64, np.int32

    def __init__(self, problem: Problem, lanes: Lanes, part: slice, seed: int) -> None:
        lane = np.arange(part.start, part.stop)
        service = np.arange(problem.potential.shape[0])
        self.part = part
        super().__init__(problem, lanes, np.repeat(service[:, None], lane.size, axis=1), lane)
        self.key = np.uint32(seed & 0xFFFFFFFF), np.uint32(seed >> 32)
        self.world = self.padded(lanes.world[part]).astype(np.uint32)
        self.pair = pairs(self.world)
        self.stream = np.asarray(service if problem.stream is None else problem.stream, np.uint32)

    def _potential(self) -> NDArray[Any]:
        return self.problem.potential[:, :, None]

    def _of_groups(self, array: NDArray[Any]) -> NDArray[Any]:
        return array if array.shape[-1] == 1 else array[..., self.part]

    def _step(self, arrays: tuple[Any, ...], month: int) -> None:
        kernel.drawn_month(*arrays, self.key, self.world, self.pair, self.stream, month)

    def record(self, adopters: NDArray[Any]) -> None:
        adopters[:, self.given, self.part] = self.state.adopters[..., : self.count]


def _empty(problem: Problem, lanes: Lanes, record: NDArray[Any], first_month: int, kind: type[Block]) -> Outcome:
    (services, cells), count = problem.potential.shape, lanes.world.size
    totals = np.zeros((2, services, problem.epoch.size - first_month + 1, count), kind.totals_kind)
    return Outcome(totals[0], totals[1], np.zeros((services, len(record), cells, count), kind.record_kind))


def _run(  # noqa: PLR0917 -- private, in the order of mean_field
    blocks: Iterable[Block],
    outcome: Outcome,
    record: NDArray[Any],
    start: NDArray[Any] | None,
    first_month: int,
    progress: Months,
) -> Outcome:
    """Fill ``outcome`` block by block; a block's arrays are gone before the next one's are made."""

    def keep(block: Block, month: int, totals: NDArray[Any]) -> None:
        at = block.service, month - first_month, block.lane
        outcome.inside[at], outcome.outside[at] = totals
        for r in np.flatnonzero(np.asarray(record) == month):
            block.record(outcome.adopters[:, r])

    months = range(first_month, first_month + outcome.inside.shape[1] - 1)
    for block in blocks:
        if start is not None:
            block.set(start)
        keep(block, first_month, block.totals())
        with block.threads() as pool:
            for month in progress(months):
                keep(block, month + 1, block.advance(month, pool))
    return outcome
