"""Bounded shortest paths over a CSR graph: array-only kernels behind ``spatial.streets.travel``.

The queue is a row of buckets, each ``width`` seconds wide, holding nodes in doubly linked lists. Within a bucket nodes
come in any order and may be corrected: a node's time is the smallest of ``time[u] + seconds`` over its in-edges, and
as rounding never turns a smaller sum into a larger one, that smallest value is the same for every order of work,
every width and every number of threads. Times are float64 sums of the float32 seconds of the edges.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from geojeom.kernels import kernel

F8 = NDArray[np.float64]
F4 = NDArray[np.float32]
I8 = NDArray[np.int64]
I4 = NDArray[np.int32]
U1 = NDArray[np.uint8]
# Sources searched together. More share one ordering search and longer vector loops, but reach a larger union of nodes
# (benchmarks/travel.py). Results do not depend on it.
LANES = 64
# Where what a kernel counts and hands on begins. Of a plain 0 numba compiles the one that is called once for the number
# and once for any.
START = np.int64(0)


class Graph(NamedTuple):
    """Directed edges in CSR form (N nodes) with the seconds each takes; how far to search, and in what steps.

    The last K of the nodes are copies of ``copy_of`` (K,), on which cars drive that a turn restriction binds.
    """

    indptr: I8
    indices: I4
    seconds: F4
    limit: float
    width: float
    copy_of: I4


class CellJoins(NamedTuple):
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


@kernel
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


@kernel
def _push(work: Work, node: int, bucket: int) -> None:
    first = work.head[bucket]
    work.after[node] = first
    work.before[node] = -1
    if first >= 0:
        work.before[first] = node
    work.head[bucket] = node
    work.bucket[node] = bucket


@kernel
def _take(work: Work, node: int) -> None:
    after, before = work.after[node], work.before[node]
    if before >= 0:
        work.after[before] = after
    else:
        work.head[work.bucket[node]] = after
    if after >= 0:
        work.before[after] = before
    work.bucket[node] = -1


@kernel
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


@kernel
def _with_room(other: I4, travel: F4, filled: int, more: int, rows: int) -> tuple[I4, F4]:
    # One place more than needed, as a pair is written before it is known to count. When there is no room, make some
    # for all rows to come as if they were like this one: memory that is never touched costs nothing.
    if filled + more < other.size:
        return other, travel
    size = filled + more * rows + 1
    wider_other, wider_travel = np.empty(size, np.int32), np.empty(size, np.float32)
    # One by one: of two slices numba would compile what it says where their lengths differ, for several seconds.
    for k in range(filled):
        wider_other[k], wider_travel[k] = other[k], travel[k]
    return wider_other, wider_travel


@kernel
def _targets(joined: CellJoins, work: Work, count: int) -> tuple[I4, I4]:
    """List the cells of the reached nodes, ascending, and the row of each one's node."""
    number = 0
    for k in range(count):
        number += joined.start[work.reached[k] + 1] - joined.start[work.reached[k]]
    # Cell and row in one integer, so that sorting one array sorts both.
    both = np.empty(number, np.int64)
    number = 0
    for k in range(count):
        v = work.reached[k]
        for m in range(joined.start[v], joined.start[v + 1]):
            both[number] = np.int64(joined.cell[m]) << 32 | k
            number += 1
    both.sort()
    return (both >> 32).astype(np.int32), (both & 0xFFFFFFFF).astype(np.int32)


@kernel
def _part(graph: Graph, work: Work, count: int) -> tuple[I8, I4, F8]:
    """Cut the reached nodes and the edges between them out of the graph, numbered as they were reached."""
    number = work.after
    edges = 0
    for k in range(count):
        u = work.reached[k]
        number[u] = k
        edges += graph.indptr[u + 1] - graph.indptr[u]
    start, end, seconds = np.empty(count + 1, np.int64), np.empty(edges, np.int32), np.empty(edges, np.float64)
    edges = start[0] = 0
    for k in range(count):
        u = work.reached[k]
        for e in range(graph.indptr[u], graph.indptr[u + 1]):
            if work.time[graph.indices[e]] <= graph.limit and graph.seconds[e] <= graph.limit:
                end[edges] = number[graph.indices[e]]
                seconds[edges] = graph.seconds[e]
                edges += 1
        start[k + 1] = edges
    return start, end, seconds


@kernel
def _sweep(start: I8, end: I4, seconds: F8, times: F8, dirty: U1) -> None:
    """Settle ``times`` (nodes, LANES) for all lanes at once; ``dirty`` marks the nodes that have times to hand on.

    Swept forth and back in the order in which the nodes were reached, a path that first leads inwards and then
    outwards settles in two sweeps. A time beyond the limit is never handed on, as ``times`` starts just above it.
    """
    forth = waiting = True
    while waiting:
        waiting = False
        for k in range(dirty.size):
            u = k if forth else dirty.size - 1 - k
            if not dirty[u]:
                continue
            dirty[u] = 0
            for e in range(start[u], start[u + 1]):
                v, step, fallen = end[e], seconds[e], 0
                for lane in range(LANES):
                    t, old = times[u, lane] + step, times[v, lane]
                    fallen += t < old
                    times[v, lane] = min(t, old)
                if fallen:
                    dirty[v] = 1
                    waiting = True
        forth = not forth


@kernel
def _from_all(graph: Graph, joined: CellJoins, work: Work, seeds: I4) -> tuple[I4, F8]:
    """Seconds from each of at most LANES nodes to the cells in reach: those cells (ascending), and (LANES, cells).

    Access at the cell is included. Whatever exceeds the limit is only known to.
    """
    # One search from all of them together finds every node any of them reaches, and a good order to sweep them in.
    for lane in range(seeds.size):
        work.time[seeds[lane]] = 0.0
        work.reached[lane] = seeds[lane]
    count = search(graph, work, seeds.size, graph.limit)
    start, end, seconds = _part(graph, work, count)
    times = np.full((count, LANES), np.nextafter(graph.limit, np.inf))
    dirty = np.zeros(count, np.uint8)
    for lane in range(seeds.size):
        times[lane, lane] = 0.0
        dirty[lane] = 1
    _sweep(start, end, seconds, times, dirty)
    target, node = _targets(joined, work, count)
    for k in range(count):
        work.time[work.reached[k]] = np.inf
    arrival = np.empty((LANES, target.size))
    for k in range(target.size):
        for lane in range(LANES):
            arrival[lane, k] = times[node[k], lane] + joined.access[target[k]]
    return target, arrival


@kernel
def between(graph: Graph, joined: CellJoins, sources: I4) -> tuple[I4, I8, I4, F4]:
    """Pairs of cells within the limit, for the cells joined to each node of ``sources``.

    Returns those cells, the number of pairs of each, and per pair the other cell (ascending within a row) and the
    seconds, access at both ends included. The pair of a cell with itself is left out. Sources that lie side by side
    should follow each other: LANES of them are searched together.
    """
    work = work_for(graph)
    rows = np.empty((joined.start[sources + 1] - joined.start[sources]).sum(), np.int32)
    counts = np.zeros(rows.size, np.int64)
    other, travel = np.empty(0, np.int32), np.empty(0, np.float32)
    row, filled = 0, START
    for begun in range(0, sources.size, LANES):
        seeds = sources[begun : begun + LANES]
        target, arrival = _from_all(graph, joined, work, seeds)
        for lane in range(seeds.size):
            for m in range(joined.start[seeds[lane]], joined.start[seeds[lane] + 1]):
                i = joined.cell[m]
                other, travel = _with_room(other, travel, filled, target.size, rows.size - row)
                first = filled
                for k in range(target.size):
                    s = joined.access[i] + arrival[lane, k]
                    other[filled] = target[k]
                    travel[filled] = s
                    filled += (s <= graph.limit) & (target[k] != i)
                rows[row] = i
                counts[row] = filled - first
                row += 1
    return rows, counts, other[:filled], travel[:filled]


@kernel
def from_seeds(graph: Graph, seed: I4, seed_s: F8, cell_node: I4, access: F8) -> F4:
    """Fewest seconds from the seed nodes, entered after ``seed_s``, to each cell; infinite beyond the limit.

    A copy of a node is a seed where its node is one, and reaching it reaches its node.
    """
    work, copy_of = work_for(graph), graph.copy_of
    own = graph.indptr.size - 1 - copy_of.size
    count = START
    for k in range(seed.size):
        if seed_s[k] <= graph.limit and seed_s[k] < work.time[seed[k]]:
            if work.time[seed[k]] == np.inf:
                work.reached[count] = seed[k]
                count += 1
            work.time[seed[k]] = seed_s[k]
    for k in range(copy_of.size):
        if work.time[copy_of[k]] < np.inf:
            work.time[own + k] = work.time[copy_of[k]]
            work.reached[count] = own + k
            count += 1
    search(graph, work, count, graph.limit)
    for k in range(copy_of.size):
        work.time[copy_of[k]] = min(work.time[copy_of[k]], work.time[own + k])
    cells = np.full(cell_node.size, np.inf, np.float32)
    for j in range(cell_node.size):
        s = work.time[cell_node[j]] + access[j]
        if s <= graph.limit:
            cells[j] = s
    return cells


@kernel
def place(block: tuple[I4, I8, I4, F4], indptr: I8, indices: I4, travel_s: F4) -> None:
    """Copy the rows of a block of ``between`` to their places in the whole matrix."""
    rows, counts, other, travel = block
    begun = 0
    for k in range(rows.size):
        to = indptr[rows[k]]
        for m in range(counts[k]):
            indices[to + m] = other[begun + m]
            travel_s[to + m] = travel[begun + m]
        begun += counts[k]
