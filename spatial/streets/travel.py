"""Travel times between cells over the streets, bounded by a limit.

A trip is: from the centre of a cell to its street node on foot, along the streets by the mode, and from the last node
to the other cell's centre on foot. So two cells that share a node are the sum of their access
times apart. Where a region has no streets, ``spatial.streets.straight`` answers instead.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numba
import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from spatial.streets import kernel, straight
from spatial.streets.network import Mode, Network

__all__ = ["Mode", "cells_to_cells", "from_groups"]
# Large enough that a block costs far more than handing it to a thread, small enough that threads end together.
NODES_PER_BLOCK = 512


def cells_to_cells(
    network: Network, cell: NDArray[np.int32], limit_s: float, mode: Mode = "walk"
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.float32]]:
    """Seconds between all pairs of the given cells that lie within a limit. One search per distinct street node.

    Parameters
    ----------
    network
        Streets, or what stands in for them.
    cell
        (n,) row numbers of cells.parquet.
    limit_s
        Pairs farther apart are left out.
    mode
        On foot or by car.

    Returns
    -------
    indptr, indices, travel_s
        CSR over positions in ``cell``: (n + 1,), and per pair the other cell (ascending in each row) and the seconds.
        The pair (i, i) is left out.

    Raises
    ------
    ValueError
        For driving where turns are restricted: ``from_groups`` knows them.
    """
    if network.straight:
        return straight.between(network, cell, limit_s, mode)
    if mode == "drive" and network.copy_of.size:
        raise ValueError("driving between all pairs of cells is not computed where turns are restricted")
    graph = _graph(network, limit_s, mode)
    node, access = network.joins(mode)
    node, access = node[cell], access[cell]
    start = np.zeros(network.indptr.size, np.int64)
    np.cumsum(np.bincount(node, minlength=start.size - 1), out=start[1:])
    joined = kernel.CellJoins(start, np.argsort(node, kind="stable").astype(np.int32), access)
    sources = _side_by_side(network, np.unique(node).astype(np.int32))
    blocks = [sources[i : i + NODES_PER_BLOCK] for i in range(0, sources.size, NODES_PER_BLOCK)]
    with ThreadPoolExecutor(numba.get_num_threads()) as pool:
        done = pool.map(partial(kernel.between, graph, joined), blocks)
        blocks_done = list(tqdm(done, total=len(blocks), desc="travel", unit="block", delay=3, file=sys.stderr))

    indptr = np.zeros(cell.size + 1, np.int64)
    for rows, counts, _, _ in blocks_done:
        indptr[rows + 1] = counts
    np.cumsum(indptr, out=indptr)
    indices, travel_s = np.empty(indptr[-1], np.int32), np.empty(indptr[-1], np.float32)
    for block in blocks_done:
        kernel.place(block, indptr, indices, travel_s)
    return indptr, indices, travel_s


def from_groups(
    network: Network, groups: Sequence[NDArray[np.int32]], limit_s: float, mode: Mode = "walk"
) -> NDArray[np.float32]:
    """Fewest seconds from any cell of each group to every cell.

    Parameters
    ----------
    network
        Streets, or what stands in for them.
    groups
        G arrays of row numbers of cells.parquet; an empty one reaches nothing.
    limit_s
        How far to search.
    mode
        On foot or by car.

    Returns
    -------
    NDArray[np.float32]
        (G, C) seconds: 0 inside the group, infinite beyond the limit.
    """
    graph, (node, access) = _graph(network, limit_s, mode), network.joins(mode)

    def run(group: NDArray[np.int32]) -> NDArray[np.float32]:
        reach: NDArray[np.float32] = (
            straight.from_group(network, group, limit_s, mode)
            if network.straight
            else kernel.from_seeds(graph, node[group], access[group], node, access)
        )
        reach[group] = 0.0
        return reach

    result = np.empty((len(groups), network.cell_node.size), np.float32)
    with ThreadPoolExecutor(numba.get_num_threads()) as pool:
        for row, reach in enumerate(pool.map(run, [np.asarray(group, np.int32) for group in groups])):
            result[row] = reach
    return result


def prepare_groups() -> None:
    """Have the kernel of ``from_groups`` compiled, on a graph of one cell."""
    from_groups(_one_cell(), [np.zeros(1, np.int32)], 1.0)


def prepare_pairs() -> None:
    """Have the kernels of ``cells_to_cells`` compiled, on a graph of one cell."""
    cells_to_cells(_one_cell(), np.zeros(1, np.int32), 1.0)


def _one_cell() -> Network:
    return Network(
        node_x_m=np.zeros(1),
        node_y_m=np.zeros(1),
        indptr=np.zeros(2, np.int64),
        indices=np.empty(0, np.int32),
        length_m=np.empty(0, np.float32),
        walk_s=np.empty(0, np.float32),
        drive_s=np.empty(0, np.float32),
        cell_node=np.zeros(1, np.int32),
        cell_access_m=np.zeros(1, np.float32),
        kind="osm",
        circuity=1.0,
        walk_kmh=1.0,
        access_kmh=1.0,
    )


def _graph(network: Network, limit_s: float, mode: Mode) -> kernel.Graph:
    seconds = network.walk_s if mode == "walk" else network.drive_s
    width = _bucket_s(seconds, limit_s)
    return kernel.Graph(network.indptr, network.indices, seconds, float(limit_s), width, network.copy_of)


def _bucket_s(seconds: NDArray[np.float32], limit_s: float) -> float:
    # Half an edge per bucket: narrower ones are mostly empty, wider ones settle nodes in a worse order
    # (benchmarks/travel.py). At most 65,536 buckets, whatever the data. Results do not depend on the width.
    passable = seconds[np.isfinite(seconds)]
    typical = float(np.median(passable)) if passable.size else limit_s
    return max(typical / 2, limit_s / 65536, 1e-3)


def _side_by_side(network: Network, node: NDArray[np.int32]) -> NDArray[np.int32]:
    """Put nodes in the order of a Morton curve, so that neighbours in the list are neighbours on the ground."""
    code = np.zeros(node.size, np.int64)
    for axis, metres in enumerate((network.node_x_m[node], network.node_y_m[node])):
        step = ((metres - metres.min(initial=np.inf)) / 50).astype(np.int64) if node.size else code
        for bit in range(16):
            code |= (step >> bit & 1) << (2 * bit + axis)
    return node[np.argsort(code, kind="stable")]
