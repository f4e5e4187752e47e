"""Up to 64 lanes of a run: their arrays laid out for the kernels, advanced a month at a time.

Services do not touch each other, so a mean field sets service beside service in the lanes of one pass over K; worlds
keep them apart, as 64 worlds fill the lanes by themselves and share their potential.

Within a month, ranges of cells of a fixed size run on as many threads as numba is given. Totals are added up range by
range, in order, so the number of threads leaves no trace.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import Any, NamedTuple

import numba
import numpy as np
from numpy.typing import DTypeLike, NDArray

from simulation.kernels import month as kernel
from simulation.kernels.product import product
from simulation.kernels.vectors import VECTOR
from simulation.spread.problem import Lanes, Problem

MONTHS_PER_YEAR = 12
# Part of the result, not of the machine: a mean field's totals are rounded range by range.
CELLS_PER_RANGE = 1024
ZONES_PER_RANGE = 16
CACHE_LINE = 64


class _Zones(NamedTuple):
    """The cells of each zone, H as sparse rows, potential adopters, and room for the zones' shares (S, Z, L)."""

    start: NDArray[np.int64]
    cell: NDArray[np.int64]
    indptr: NDArray[np.int64]
    indices: NDArray[np.int32]
    weight: NDArray[np.float32]
    people: NDArray[np.float64]  # (S, Z, 1 or L)
    share: NDArray[np.float32]


class Block(ABC):
    """Places, rates and state of the lanes given, padded to a multiple of the vector.

    ``service`` (G, count) and ``lane`` (count,) say what each lane of each group is. Padded lanes have rates of 0, so
    nothing happens in them. The problem is as ``simulation.spread.order.arranged`` gives it; what goes in and out by
    ``set`` and ``record`` is in the order it had before.
    """

    adopters_kind: type[np.generic]
    totals_kind: type[np.generic]
    record_kind: type[np.generic]

    def __init__(self, problem: Problem, lanes: Lanes, service: NDArray[np.intp], lane: NDArray[np.intp]) -> None:
        self.problem, self.service, self.lane = problem, service, lane
        self.count = lane.size
        self.lanes = -(-self.count // VECTOR) * VECTOR
        cells, zones = problem.zone.size, problem.zone_weight.shape[0]
        self.ranges = _ranges(cells, CELLS_PER_RANGE)
        # Rows of the cells as they were given, in the order in which they are kept here.
        self.given = np.arange(cells) if problem.order is None else problem.order
        self.places = kernel.Constants(
            np.ascontiguousarray(self._potential(), np.int32),
            np.ascontiguousarray(problem.contact.indptr, np.int64),
            np.ascontiguousarray(problem.contact.indices, np.int32),
            np.ascontiguousarray(problem.contact.weight, np.float32),
            np.ascontiguousarray(problem.zone, np.int32),
            self._shared(self._of_lanes(problem.inside), np.bool_),
            np.asarray(np.arange(cells) if problem.number is None else problem.number, np.uint32),
        )
        theta_c, theta_h = lanes.theta_contagious[lane], lanes.theta_hierarchical[lane]
        monthly = lanes.q[service, lane] / MONTHS_PER_YEAR
        self.rates = kernel.Rates(
            self.padded(lanes.p[service, lane] / MONTHS_PER_YEAR),
            # Where the two θ sum to 1, their rounding must not leave a negative rest.
            self.padded(monthly * np.maximum(1 - theta_c - theta_h, 0)),
            self.padded(monthly * theta_c),
            self.padded(monthly * theta_h),
            self._demonstration(lanes),
        )
        shape = (service.shape[0], cells, self.lanes)
        self.state = kernel.State(
            _aligned(shape, self.adopters_kind),
            _aligned(shape, np.float32),
            _aligned(shape, np.float32),
            _aligned((service.shape[0], zones, self.lanes), np.float32),
        )
        self.zones = self._by_zone() if theta_h.any() and zones else None
        self.epoch, self.available = -1, np.empty(0, np.float32)
        self.parts = np.zeros((2, len(self.ranges), service.shape[0], self.lanes), self.totals_kind)

    @abstractmethod
    def _potential(self) -> NDArray[Any]:
        """Potential adopters as the kernel wants them: (G, n, 1) or (G, n, padded lanes)."""

    @abstractmethod
    def _of_groups(self, array: NDArray[Any]) -> NDArray[Any]:
        """What is (S, n, 1 or L) in the problem, as (G, n, 1 or count)."""

    @abstractmethod
    def _step(self, arrays: tuple[Any, ...], month: int) -> None:
        """Run the month's kernel with what all kernels are given."""

    @abstractmethod
    def record(self, adopters: NDArray[Any]) -> None:
        """Copy the state into these lanes of ``adopters`` (S, n, L)."""

    def threads(self) -> ThreadPoolExecutor:
        """The threads to hand to ``advance``."""
        return ThreadPoolExecutor(numba.get_num_threads())

    def set(self, adopters: NDArray[Any]) -> None:
        """Begin with ``adopters`` (S, n, 1 or L)."""
        self.state.adopters[..., : self.count] = self._of_groups(adopters[:, self.given])
        people = np.maximum(self.places.potential, 1).astype(np.float32)
        self.state.share[:] = self.state.adopters.astype(np.float32) / people

    def totals(self) -> NDArray[Any]:
        """Adopters inside and outside now (2, G, count)."""
        adopters, inside = self.state.adopters[..., : self.count], self.places.inside[:, : self.count]
        return np.stack([np.where(inside, adopters, 0).sum(axis=1), np.where(inside, 0, adopters).sum(axis=1)])

    def advance(self, month: int, pool: Executor) -> NDArray[Any]:
        """One month; returns the totals at its end (2, G, count)."""
        epoch = int(self.problem.epoch[month])
        if epoch != self.epoch:
            self.epoch = epoch
            self.available = self._shared(self._of_groups(self.problem.availability[epoch]), np.float32)
        self._pull_zones(pool)
        self.parts[:] = 0

        def step(r: int) -> None:
            span = self.ranges[r].start, self.ranges[r].stop
            totals = self.parts[0, r], self.parts[1, r]
            space = kernel.space(self.lanes)
            self._step((self.places, self.rates, self.state, self.available, *span, *totals, *space), month)

        _each(pool, step, range(len(self.ranges)))
        self.state = self.state._replace(share=self.state.following, following=self.state.share)
        return np.asarray(self.parts.sum(axis=1)[..., : self.count])

    def _pull_zones(self, pool: Executor) -> None:
        if (zones := self.zones) is None:
            return

        def share(part: slice) -> None:
            arrays = self.state.adopters, zones.people, zones.start, zones.cell
            kernel.zone_share(*arrays, part.start, part.stop, np.empty(self.lanes), zones.share)

        def pull(part: slice) -> None:
            for shares, result in zip(zones.share, self.state.zone_pull, strict=True):
                product(zones.indptr, zones.indices, zones.weight, shares, part.start, part.stop, result)

        parts = _ranges(zones.start.size - 1, ZONES_PER_RANGE)
        _each(pool, share, parts)
        _each(pool, pull, parts)

    def _demonstration(self, lanes: Lanes) -> NDArray[np.float32]:
        effect = _aligned((self.problem.zone.size, self.lanes), np.float32)
        travel_s = self._shared(self._of_lanes(self.problem.hub_travel_s), np.float32)
        strength = self.padded(lanes.demonstration[self.lane])
        kernel.demonstration(travel_s, strength, self.padded(lanes.demonstration_decay_s[self.lane], 1.0), effect)
        return effect

    def _by_zone(self) -> _Zones:
        zone, weight = self.problem.zone, self.problem.zone_weight
        order = np.argsort(zone, kind="stable")
        source, target = np.nonzero(weight)
        bounds = np.arange(weight.shape[0] + 1)
        groups, _, width = self.places.potential.shape
        people = np.zeros((groups, weight.shape[0], width))
        start = np.searchsorted(zone[order], bounds)
        for z in range(weight.shape[0]):
            people[:, z] = self.places.potential[:, order[start[z] : start[z + 1]]].sum(axis=1)
        return _Zones(
            start,
            order,
            np.searchsorted(source, bounds),
            target.astype(np.int32),
            weight[source, target].astype(np.float32),
            people,
            _aligned((groups, weight.shape[0], self.lanes), np.float32),
        )

    def _of_lanes(self, array: NDArray[Any]) -> NDArray[Any]:
        return array if array.shape[-1] == 1 else array[..., self.lane]

    def padded(self, array: NDArray[Any], value: float = 0) -> NDArray[Any]:
        """``array`` (…, count) with ``value`` in the padded lanes."""
        missing = [(0, 0)] * (array.ndim - 1) + [(0, self.lanes - self.count)]
        return np.pad(array, missing, constant_values=value)

    def _shared(self, array: NDArray[Any], kind: DTypeLike) -> NDArray[Any]:
        """An array whose one column may serve all lanes."""
        return np.ascontiguousarray(array if array.shape[-1] == 1 else self.padded(array), kind)


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
