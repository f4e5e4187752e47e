"""Bounded shortest paths over a CSR graph: array-only kernels behind ``spatial.travel``.

The queue is a row of buckets, each ``width`` seconds wide, holding nodes in doubly linked lists. Within a bucket nodes
come in any order and may be corrected: a node's time is the smallest of ``time[u] + seconds`` over its in-edges, and
as rounding never turns a smaller sum into a larger one, that smallest value is the same for every order of work,
every width and every number of threads. Times are float64 sums of the float32 seconds of the edges.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

F8 = NDArray[np.float64]
F4 = NDArray[np.float32]
I8 = NDArray[np.int64]
I4 = NDArray[np.int32]


class Graph(NamedTuple):
    """Directed edges in CSR form (N nodes) with the seconds each takes; how far to search, and in what steps."""

    indptr: I8
    indices: I4
    seconds: F4
    limit: float
    width: float


class Joined(NamedTuple):
    """Cells by street node: ``cell[start[v]:start[v + 1]]``, ascending, join node v after ``access`` (n,) seconds."""

    start: I8
    cell: I4
    access: F8


class Work(NamedTuple):
    """What one search needs, made once per thread's block and left clean by every search."""

    time: F8  # (N,) infinite between searches
    reached: I4  # (N,)
    head: I4  # (buckets,) first node of each bucket, -1 for none
    after: I4  # (N,) next and previous node in the same bucket
    before: I4
    bucket: I4  # (N,) the bucket a node waits in, -1 for none


@njit(cache=True, nogil=True)
def work_for(graph: Graph) -> Work:
    """Clean working arrays for searches on ``graph``."""
    nodes = graph.indptr.size - 1
    return Work(
        np.full(nodes, np.inf),
        np.empty(nodes, np.int32),
        np.full(int(graph.limit / graph.width) + 2, -1, np.int32),
        np.empty(nodes, np.int32),
        np.empty(nodes, np.int32),
        np.full(nodes, -1, np.int32),
    )


@njit(cache=True, nogil=True)
def _push(work: Work, node: int, bucket: int) -> None:
    first = work.head[bucket]
    work.after[node] = first
    work.before[node] = -1
    if first >= 0:
        work.before[first] = node
    work.head[bucket] = node
    work.bucket[node] = bucket


@njit(cache=True, nogil=True)
def _take(work: Work, node: int) -> None:
    after, before = work.after[node], work.before[node]
    if before >= 0:
        work.after[before] = after
    else:
        work.head[work.bucket[node]] = after
    if after >= 0:
        work.before[after] = before
    work.bucket[node] = -1


@njit(cache=True, nogil=True)
def search(graph: Graph, work: Work, count: int, bound: float) -> int:
    """Settle every node within ``bound`` seconds (at most ``graph.limit``); returns how many were reached.

    ``work.reached[:count]`` are the seeds, with their times in ``work.time``; on return it lists all nodes reached.
    Whoever reads the times sets them back to infinity.
    """
    time, reached, bucket_of, width = work.time, work.reached, work.bucket, graph.width
    last = 0
    for k in range(count):
        bucket = int(time[reached[k]] / width)
        last = max(last, bucket)
        _push(work, reached[k], bucket)
    bucket = 0
    while bucket <= last:
        while work.head[bucket] >= 0:
            u = work.head[bucket]
            _take(work, u)
            start = time[u]
            for e in range(graph.indptr[u], graph.indptr[u + 1]):
                t = start + graph.seconds[e]
                v = graph.indices[e]
                if t <= bound and t < time[v]:
                    if time[v] == np.inf:
                        reached[count] = v
                        count += 1
                    time[v] = t
                    b = int(t / width)
                    if bucket_of[v] != b:
                        if bucket_of[v] >= 0:
                            _take(work, v)
                        _push(work, v, b)
                        last = max(last, b)
        bucket += 1
    return count


@njit(cache=True, nogil=True)
def _arrive(graph: Graph, joined: Joined, work: Work, source: int, arrival: F8) -> tuple[int, int]:
    """Lay the seconds from a node to each cell into ``arrival``; returns the first and last cell that may be within.

    Laid out by cell they can be read back in ascending order, which is cheaper than sorting every row.
    """
    bound = graph.limit - joined.access[joined.cell[joined.start[source] : joined.start[source + 1]]].min()
    first, last = arrival.size, -1
    if bound < 0:
        return first, last
    work.time[source] = 0.0
    work.reached[0] = source
    for k in range(search(graph, work, 1, bound)):
        u = work.reached[k]
        for m in range(joined.start[u], joined.start[u + 1]):
            j = joined.cell[m]
            arrival[j] = work.time[u] + joined.access[j]
            first = min(first, j)
            last = max(last, j)
        work.time[u] = np.inf
    return first, last


@njit(cache=True, nogil=True)
def _with_room(other: I4, travel: F4, filled: int, more: int) -> tuple[I4, F4]:
    if filled + more <= other.size:
        return other, travel
    size = max(filled + more, 2 * other.size)
    wider_other, wider_travel = np.empty(size, np.int32), np.empty(size, np.float32)
    wider_other[:filled] = other[:filled]
    wider_travel[:filled] = travel[:filled]
    return wider_other, wider_travel


@njit(cache=True, nogil=True)
def between(graph: Graph, joined: Joined, sources: I4) -> tuple[I8, I4, F4]:
    """Pairs of cells within the limit, for the cells joined to each node of ``sources``.

    Returns, for those cells in that order, the number of their pairs, and per pair the other cell (ascending within a
    row) and the seconds, access at both ends included. The pair of a cell with itself is left out.
    """
    work = work_for(graph)
    arrival = np.full(joined.access.size, np.inf)
    counts = np.zeros((joined.start[sources + 1] - joined.start[sources]).sum(), np.int64)
    other, travel = np.empty(1024, np.int32), np.empty(1024, np.float32)
    row = filled = 0
    for source in sources:
        first, last = _arrive(graph, joined, work, source, arrival)
        for m in range(joined.start[source], joined.start[source + 1]):
            i = joined.cell[m]
            other, travel = _with_room(other, travel, filled, max(last - first + 1, 0))
            begun = filled
            for j in range(first, last + 1):
                s = joined.access[i] + arrival[j]
                if s <= graph.limit and j != i:
                    other[filled] = j
                    travel[filled] = s
                    filled += 1
            counts[row] = filled - begun
            row += 1
        arrival[first : last + 1] = np.inf
    return counts, other[:filled].copy(), travel[:filled].copy()


@njit(cache=True, nogil=True)
def from_seeds(graph: Graph, seed: I4, seed_s: F8, cell_node: I4, access: F8) -> F4:
    """Fewest seconds from the seed nodes, entered after ``seed_s``, to each cell; infinite beyond the limit."""
    work = work_for(graph)
    count = 0
    for k in range(seed.size):
        if seed_s[k] <= graph.limit and seed_s[k] < work.time[seed[k]]:
            if work.time[seed[k]] == np.inf:
                work.reached[count] = seed[k]
                count += 1
            work.time[seed[k]] = seed_s[k]
    search(graph, work, count, graph.limit)
    cells = np.full(cell_node.size, np.inf, np.float32)
    for j in range(cell_node.size):
        s = work.time[cell_node[j]] + access[j]
        if s <= graph.limit:
            cells[j] = s
    return cells


@njit(cache=True, nogil=True)
def place(block: tuple[I8, I4, F4], rows: I4, indptr: I8, indices: I4, travel_s: F4) -> None:
    """Copy the rows of a block of ``between`` to their places in the whole matrix."""
    counts, other, travel = block
    begun = 0
    for k in range(rows.size):
        to = indptr[rows[k]]
        for m in range(counts[k]):
            indices[to + m] = other[begun + m]
            travel_s[to + m] = travel[begun + m]
        begun += counts[k]
