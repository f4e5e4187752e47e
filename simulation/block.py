"""Up to 64 lanes of a run: their arrays laid out for the kernels, advanced a month at a time.

Within a month, ranges of cells of a fixed size run on as many threads as numba is given. Totals are added up range by
range, in order, so the number of threads leaves no trace.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import Any, NamedTuple

import numba
import numpy as np
from numpy.typing import DTypeLike, NDArray

from simulation import month as kernel
from simulation.problem import Lanes, Problem
from simulation.product import VECTOR, product

MONTHS_PER_YEAR = 12
# Part of the result, not of the machine: a mean field's totals are rounded range by range.
CELLS_PER_RANGE = 512
ZONES_PER_RANGE = 16
CACHE_LINE = 64


class _Zones(NamedTuple):
    """The cells of each zone, H as sparse rows, and room for the zones' shares (S, Z, L)."""

    start: NDArray[np.int64]
    cell: NDArray[np.int64]
    indptr: NDArray[np.int64]
    indices: NDArray[np.int32]
    weight: NDArray[np.float32]
    share: NDArray[np.float32]


class Block:
    """Places, rates and state of ``count`` lanes, padded to a multiple of the vector; mean field without ``seed``.

    Padded lanes have rates of 0, so nothing happens in them.
    """

    def __init__(self, problem: Problem, lanes: Lanes, seed: int | None) -> None:
        self.problem = problem
        self.count = lanes.world.size
        self.lanes = -(-self.count // VECTOR) * VECTOR
        services, cells = problem.potential.shape
        zones = problem.zone_weight.shape[0]
        self.ranges = _ranges(cells, CELLS_PER_RANGE)
        self.places = kernel.Places(
            np.ascontiguousarray(problem.potential, np.int32),
            np.ascontiguousarray(problem.contact.indptr, np.int64),
            np.ascontiguousarray(problem.contact.indices, np.int32),
            np.ascontiguousarray(problem.contact.weight, np.float32),
            np.ascontiguousarray(problem.zone, np.int32),
            self._shared(problem.inside, np.bool_),
            np.asarray(np.arange(cells) if problem.number is None else problem.number, np.uint32),
            np.asarray(np.arange(services) if problem.stream is None else problem.stream, np.uint32),
        )
        yearly = lanes.q / MONTHS_PER_YEAR
        # Where the two θ sum to 1, their rounding must not leave a negative rest.
        own = np.maximum(1 - lanes.theta_contagious - lanes.theta_hierarchical, 0)
        self.rates = kernel.Rates(
            self._padded(lanes.p / MONTHS_PER_YEAR),
            self._padded(yearly * own),
            self._padded(yearly * lanes.theta_contagious),
            self._padded(yearly * lanes.theta_hierarchical),
            self._demonstration(lanes),
        )
        shape = (services, cells, self.lanes)
        self.state = kernel.State(
            _aligned(shape, np.float64 if seed is None else np.int32),
            _aligned(shape, np.float32),
            _aligned(shape, np.float32),
            _aligned((services, zones, self.lanes), np.float32),
        )
        self.zones = self._by_zone() if lanes.theta_hierarchical.any() and zones else None
        self.chance = None if seed is None else (_key(seed), self._padded(lanes.world).astype(np.uint32))
        self.epoch, self.available = -1, np.empty(0, np.float32)
        self.parts = np.zeros((2, len(self.ranges), services, self.lanes), np.float64 if seed is None else np.int64)

    def threads(self) -> ThreadPoolExecutor:
        """The threads to hand to ``advance``."""
        return ThreadPoolExecutor(numba.get_num_threads())

    def set(self, adopters: NDArray[Any]) -> None:
        """Begin with ``adopters`` (S, n, 1 or count)."""
        self.state.adopters[..., : self.count] = adopters
        people = np.maximum(self.places.potential, 1).astype(np.float32)
        self.state.share[:] = self.state.adopters.astype(np.float32) / people[:, :, None]

    def keep(self, month: int, record: NDArray[Any], adopters: NDArray[Any]) -> None:
        """Copy the state into ``adopters`` (S, R, n, count) where ``month`` is to be recorded."""
        for r in np.flatnonzero(record == month):
            adopters[:, r] = self.state.adopters[..., : self.count]

    def totals(self) -> NDArray[Any]:
        """Adopters inside and outside now (2, S, count)."""
        adopters, inside = self.state.adopters[..., : self.count], self.places.inside[:, : self.count]
        return np.stack([np.where(inside, adopters, 0).sum(axis=1), np.where(inside, 0, adopters).sum(axis=1)])

    def advance(self, month: int, pool: Executor) -> NDArray[Any]:
        """One month; returns the totals at its end (2, S, count)."""
        epoch = int(self.problem.epoch[month])
        if epoch != self.epoch:
            self.epoch, self.available = epoch, self._shared(self.problem.availability[epoch], np.float32)
        self._pull_zones(pool)
        self.parts[:] = 0

        def step(r: int) -> None:
            cells, space = self.ranges[r], kernel.space(self.lanes)
            given = (self.places, self.rates, self.state, self.available, cells.start, cells.stop)
            if self.chance is None:
                kernel.expected_month(*given, self.parts[0, r], self.parts[1, r], *space)
            else:
                kernel.drawn_month(*given, self.parts[0, r], self.parts[1, r], *space, *self.chance, month)

        _each(pool, step, range(len(self.ranges)))
        self.state = self.state._replace(share=self.state.following, following=self.state.share)
        return np.asarray(self.parts.sum(axis=1)[..., : self.count])

    def _pull_zones(self, pool: Executor) -> None:
        if (zones := self.zones) is None:
            return
        adopters, potential = self.state.adopters, self.places.potential

        def share(part: slice) -> None:
            total = np.empty(self.lanes)
            kernel.zone_share(adopters, potential, zones.start, zones.cell, part.start, part.stop, total, zones.share)

        def pull(part: slice) -> None:
            for shares, result in zip(zones.share, self.state.zone_pull, strict=True):
                product(zones.indptr, zones.indices, zones.weight, shares, part.start, part.stop, result)

        parts = _ranges(zones.start.size - 1, ZONES_PER_RANGE)
        _each(pool, share, parts)
        _each(pool, pull, parts)

    def _demonstration(self, lanes: Lanes) -> NDArray[np.float32]:
        effect = _aligned((self.problem.zone.size, self.lanes), np.float32)
        strength, decay_s = self._padded(lanes.demonstration), self._padded(lanes.demonstration_decay_s, 1.0)
        kernel.demonstration(self._shared(self.problem.hub_travel_s, np.float32), strength, decay_s, effect)
        return effect

    def _by_zone(self) -> _Zones:
        zone, weight = self.problem.zone, self.problem.zone_weight
        order = np.argsort(zone, kind="stable")
        source, target = np.nonzero(weight)
        bounds = np.arange(weight.shape[0] + 1)
        return _Zones(
            np.searchsorted(zone[order], bounds),
            order,
            np.searchsorted(source, bounds),
            target.astype(np.int32),
            weight[source, target].astype(np.float32),
            _aligned((self.problem.potential.shape[0], weight.shape[0], self.lanes), np.float32),
        )

    def _padded(self, array: NDArray[Any], value: float = 0) -> NDArray[Any]:
        missing = [(0, 0)] * (array.ndim - 1) + [(0, self.lanes - self.count)]
        return np.pad(array, missing, constant_values=value)

    def _shared(self, array: NDArray[Any], kind: DTypeLike) -> NDArray[Any]:
        """An array whose one column may serve all lanes."""
        return np.ascontiguousarray(array if array.shape[-1] == 1 else self._padded(array), kind)


def _key(seed: int) -> tuple[np.uint32, np.uint32]:
    return np.uint32(seed & 0xFFFFFFFF), np.uint32(seed >> 32)


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
