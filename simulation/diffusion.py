"""The diffusion model over months: mean field and stochastic worlds. Symbols and units: docs/model.md.

Order of one step, month t to t + 1; everything on the right is the state at the start of the month:

1. share: y = A / M in every cell (0 where M = 0), and y_z = Σ A / Σ M in every zone
2. pulls: Σ_j K_ij y_j between cells, Σ_z' H_zz' y_z' between zones (a cell in no zone: its own share)
3. hazard: λΔt = a·g · (p·v + q·[(1 - θc - θh)·y + θc·pull + θh·zone pull]) / 12, availability of the month's epoch
4. gain: Binomial(M - A, 1 - exp(-λΔt)), or its mean
5. all cells at once: A += gain; then totals inside and outside, and the record, of month t + 1

Months run one after another; within a month, ranges of cells of fixed size run on as many threads as numba is given.
Every number is either computed within one cell or added up range by range in a fixed order, and chance is a function of
(seed, world, service, month, cell): results have the same bits for any number of threads and for any grouping of lanes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Executor, ThreadPoolExecutor
from functools import partial
from typing import Any, NamedTuple

import numba
import numpy as np
from numpy.typing import DTypeLike, NDArray

from simulation import month as kernel
from simulation.problem import Lanes, Outcome, Problem, check
from simulation.product import LANE_STEP, product

__all__ = ["Lanes", "Outcome", "Problem", "mean_field", "stochastic"]

MONTHS_PER_YEAR = 12
# Part of the result, not of the machine: totals of a mean field are added up range by range.
CELLS_PER_RANGE = 512
ZONES_PER_RANGE = 16
CACHE_LINE = 64

Months = Callable[[range], Iterable[int]]
Step = Callable[[int, slice, NDArray[Any], NDArray[Any]], None]


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
    months are 0. ``progress`` wraps the months (tqdm does). Raises PlanError with every fault of the input.
    """
    run = _Run(problem, lanes, record, start, first_month, np.dtype(np.float64))

    def month(_: int, cells: slice, inside: NDArray[Any], outside: NDArray[Any]) -> None:
        places, rates, state = run.places, run.rates, run.state
        kernel.expected_month(places, rates, state, run.available, cells.start, cells.stop, inside, outside)

    return run.outcome(month, progress, np.dtype(np.float32))


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
    run = _Run(problem, lanes, record, start, first_month, np.dtype(np.int32))
    key = np.array([seed & 0xFFFFFFFF, seed >> 32], np.uint64)
    world = run.padded(lanes.world).astype(np.uint64)

    def month(t: int, cells: slice, inside: NDArray[Any], outside: NDArray[Any]) -> None:
        places, rates, state, available = run.places, run.rates, run.state, run.available
        kernel.drawn_month(places, rates, state, available, cells.start, cells.stop, inside, outside, key, world, t)

    return run.outcome(month, progress, np.dtype(np.int32))


class _Zones(NamedTuple):
    """The cells of each zone, H as sparse rows, and the zones' shares (S, Z, L)."""

    start: NDArray[np.int64]
    cell: NDArray[np.int64]
    indptr: NDArray[np.int64]
    indices: NDArray[np.int32]
    weight: NDArray[np.float32]
    share: NDArray[np.float32]


class _Run:
    """The padded arrays of one run and the loop over its months."""

    def __init__(  # noqa: PLR0917 -- the arguments of mean_field, in its order
        self,
        problem: Problem,
        lanes: Lanes,
        record: NDArray[Any],
        start: NDArray[Any] | None,
        first_month: int,
        kind: np.dtype[Any],
    ) -> None:
        record = np.asarray(record)
        check(problem, lanes, record, start)
        self.problem, self.record, self.first_month = problem, record, first_month
        self.services, self.cells = problem.potential.shape
        self.count = lanes.world.size
        self.lanes = -(-self.count // LANE_STEP) * LANE_STEP
        self.ranges = _ranges(self.cells, CELLS_PER_RANGE)
        self.places = kernel.Places(
            np.ascontiguousarray(problem.potential, np.int32),
            np.ascontiguousarray(problem.contact.indptr, np.int64),
            np.ascontiguousarray(problem.contact.indices, np.int32),
            np.ascontiguousarray(problem.contact.weight, np.float32),
            np.ascontiguousarray(problem.zone, np.int32),
            self.padded(problem.inside),
            np.arange(self.cells, dtype=np.uint64) if problem.number is None else problem.number.astype(np.uint64),
        )
        self.epoch, self.available = -1, np.empty(0, np.float32)
        rate = lanes.q / MONTHS_PER_YEAR
        own = np.maximum(1 - lanes.theta_contagious - lanes.theta_hierarchical, 0)
        self.rates = kernel.Rates(
            self.padded(lanes.p / MONTHS_PER_YEAR),
            self.padded(rate * own),
            self.padded(rate * lanes.theta_contagious),
            self.padded(rate * lanes.theta_hierarchical),
            _aligned((self.cells, self.lanes), np.float32),
        )
        self.hub = (
            self.padded(np.asarray(problem.hub_travel_s, np.float32)),
            self.padded(lanes.demonstration),
            self.padded(lanes.demonstration_decay_s, 1.0),
        )
        shape = (self.services, self.cells, self.lanes)
        zones = problem.zone_weight.shape[0]
        self.state = kernel.State(
            _aligned(shape, kind),
            _aligned(shape, np.float32),
            _aligned(shape, np.float32),
            _aligned((self.services, zones, self.lanes), np.float32),
        )
        self.zones = self._zones() if lanes.theta_hierarchical.any() and zones else None
        if start is not None:
            self.state.adopters[..., : self.count] = start
            people = np.maximum(self.places.potential, 1).astype(np.float32)
            self.state.share[:] = self.state.adopters.astype(np.float32) / people[:, :, None]

    def padded(self, array: NDArray[Any], value: float = 0) -> NDArray[Any]:
        """``array`` with its lanes filled up to the padded number; as it is when one value serves all lanes."""
        if array.shape[-1] == 1 and array.ndim > 1 and self.count > 1:
            return np.ascontiguousarray(array)
        missing = [(0, 0)] * (array.ndim - 1) + [(0, self.lanes - self.count)]
        return np.pad(array, missing, constant_values=value)

    def _open(self, month: int) -> None:
        epoch = int(self.problem.epoch[month])
        if epoch != self.epoch:
            self.epoch = epoch
            self.available = self.padded(np.asarray(self.problem.availability[epoch], np.float32))

    def _zones(self) -> _Zones:
        problem, count = self.problem, self.problem.zone_weight.shape[0]
        order = np.argsort(problem.zone, kind="stable")
        source, target = np.nonzero(problem.zone_weight)
        return _Zones(
            np.searchsorted(problem.zone[order], np.arange(count + 1)),
            order,
            np.searchsorted(source, np.arange(count + 1)),
            target.astype(np.int32),
            problem.zone_weight[source, target].astype(np.float32),
            _aligned((self.services, count, self.lanes), np.float32),
        )

    def _pull_zones(self, pool: Executor) -> None:
        if (zones := self.zones) is None:
            return
        parts = _ranges(zones.start.size - 1, ZONES_PER_RANGE)
        adopters, potential = self.state.adopters, self.places.potential

        def shares(part: slice) -> None:
            kernel.zone_share(adopters, potential, zones.start, zones.cell, part.start, part.stop, zones.share)

        def pulls(part: slice) -> None:
            for share, pull in zip(zones.share, self.state.zone_pull, strict=True):
                product(zones.indptr, zones.indices, zones.weight, share, part.start, part.stop, pull)

        _each(pool, shares, parts)
        _each(pool, pulls, parts)

    def outcome(self, step: Step, progress: Months, recorded: np.dtype[Any]) -> Outcome:
        months = self.problem.epoch.size
        kind = np.dtype(np.int64) if self.state.adopters.dtype == np.int32 else np.dtype(np.float64)
        totals = np.zeros((2, self.services, months - self.first_month + 1, self.count), kind)
        parts = np.zeros((2, len(self.ranges), self.services, self.lanes), kind)
        adopters = np.zeros((self.services, self.record.size, self.cells, self.count), recorded)

        def effect(part: slice) -> None:
            kernel.demonstration(*self.hub, part.start, part.stop, self.rates.demonstration)

        def step_range(month: int, r: int) -> None:
            step(month, self.ranges[r], parts[0, r], parts[1, r])

        def keep(month: int) -> None:
            for r in np.flatnonzero(self.record == month):
                adopters[:, r] = self.state.adopters[..., : self.count]

        with ThreadPoolExecutor(numba.get_num_threads()) as pool:
            _each(pool, effect, self.ranges)
            self._start_totals(totals)
            keep(self.first_month)
            for t in progress(range(self.first_month, months)):
                self._open(t)
                self._pull_zones(pool)
                _each(pool, partial(step_range, t), range(len(self.ranges)))
                self.state = self.state._replace(share=self.state.following, following=self.state.share)
                totals[:, :, t + 1 - self.first_month] = parts.sum(axis=1)[..., : self.count]
                keep(t + 1)
        return Outcome(totals[0], totals[1], adopters)

    def _start_totals(self, totals: NDArray[Any]) -> None:
        at_start = self.state.adopters[..., : self.count]
        inside = self.places.inside[:, : self.count]
        totals[0, :, 0] = np.where(inside, at_start, 0).sum(axis=1)
        totals[1, :, 0] = np.where(inside, 0, at_start).sum(axis=1)


def _ranges(count: int, size: int) -> list[slice]:
    return [slice(first, min(first + size, count)) for first in range(0, count, size)]


def _each(pool: Executor, work: Callable[[Any], None], parts: Iterable[Any]) -> None:
    for _ in pool.map(work, parts):
        pass


def _aligned(shape: tuple[int, ...], kind: DTypeLike) -> NDArray[Any]:
    """Zeros that begin on a cache line: a vector of lanes then never straddles two."""
    dtype = np.dtype(kind)
    size = int(np.prod(shape)) * dtype.itemsize
    raw = np.zeros(size + CACHE_LINE, np.uint8)
    first = -raw.ctypes.data % CACHE_LINE
    return raw[first : first + size].view(dtype).reshape(shape)
