"""Travel times between cells: ours, SciPy's dijkstra(limit=) and pandana's nodes_in_range; answers checked equal.

    python benchmarks/travel.py [results/<region>]   (the region's streets and cells; without it an invented town)

All answer one question: which cells lie within 1800 s on foot of which, and how far. SciPy and pandana answer it for
the cells' street nodes only, so their figures leave out the access of cells that ours includes. SciPy is asked in
blocks of 500 sources, its answer cut to the pairs within the limit, as ours is; the figure of its search alone is
given too. pandana's includes building its network, as its user has to, and uses all threads.
"""

import os
import statistics
import sys
import time
from collections import deque
from pathlib import Path

import numba
import numpy as np
import pandana
import pandas as pd
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree

from spatial.streets.network import Network
from spatial.streets.travel import cells_to_cells

LIMIT_S = 1800.0
RUNS = 3


def invented(side: int = 140, step_m: float = 90.0) -> tuple[Network, np.ndarray]:
    """A jittered grid of streets with a fifth of its pieces taken out, and 100 m cells all over it."""
    rng = np.random.default_rng(2021)
    x_m, y_m = (axis.ravel() * step_m for axis in np.meshgrid(np.arange(side), np.arange(side)))
    x_m, y_m = x_m + rng.uniform(-25, 25, x_m.size), y_m + rng.uniform(-25, 25, y_m.size)
    node = np.arange(side * side).reshape(side, side)
    piece = np.concatenate(
        [
            np.column_stack([node[:, :-1].ravel(), node[:, 1:].ravel()]),
            np.column_stack([node[:-1].ravel(), node[1:].ravel()]),
        ]
    )
    piece = piece[rng.random(len(piece)) < 0.8]
    length_m = 1.1 * np.hypot(x_m[piece[:, 0]] - x_m[piece[:, 1]], y_m[piece[:, 0]] - y_m[piece[:, 1]])
    both = np.concatenate([piece, piece[:, ::-1]])
    graph = csr_array((np.tile(length_m, 2), (both[:, 0], both[:, 1])), shape=(node.size, node.size))
    graph.sort_indices()
    walk_kmh = 4.0
    centre = np.arange(50.0, side * step_m, 100.0)
    cell_x, cell_y = (axis.ravel() for axis in np.meshgrid(centre, centre))
    access_m, nearest = cKDTree(np.column_stack([x_m, y_m])).query(np.column_stack([cell_x, cell_y]))
    network = Network(
        node_x_m=x_m,
        node_y_m=y_m,
        indptr=graph.indptr.astype(np.int64),
        indices=graph.indices.astype(np.int32),
        length_m=graph.data.astype(np.float32),
        walk_s=(graph.data * 3.6 / walk_kmh).astype(np.float32),
        drive_s=(graph.data * 3.6 / 30).astype(np.float32),
        cell_node=nearest.astype(np.int32),
        cell_access_m=access_m.astype(np.float32),
        kind="osm",
        circuity=1.0,
        walk_kmh=walk_kmh,
        access_kmh=walk_kmh,
    )
    return network, np.arange(cell_x.size, dtype=np.int32)


def of_region(folder: Path) -> tuple[Network, np.ndarray]:
    cells = pd.read_parquet(folder / "cells.parquet", columns=["population", "jobs"]).fillna(0)
    return Network.load(folder / "streets.npz"), np.flatnonzero((cells > 0).any(axis=1)).astype(np.int32)


def timed(questions: dict) -> tuple[dict[str, float], dict]:
    """Median seconds of some rounds, all asked in turn in each so that a busy machine is busy for all; last answers."""
    seconds, answers = {name: [] for name in questions}, {}
    for _ in range(RUNS):
        for name, ask in questions.items():
            begun = time.perf_counter()
            answers[name] = ask()
            seconds[name].append(time.perf_counter() - begun)
    return {name: statistics.median(runs) for name, runs in seconds.items()}, answers


def ours(network: Network, cell: np.ndarray, threads: int):
    numba.set_num_threads(threads)
    return cells_to_cells(network, cell, LIMIT_S)


def scipy_search(network: Network, node: np.ndarray):
    nodes = network.indptr.size - 1
    graph = csr_array((network.walk_s.astype(float), network.indices, network.indptr), shape=(nodes, nodes))
    return (dijkstra(graph, indices=node[at : at + 500], limit=LIMIT_S) for at in range(0, node.size, 500))


def by_scipy(network: Network, node: np.ndarray) -> list[np.ndarray]:
    """Rows of seconds between the nodes of the cells, block by block as memory allows; all others are never kept."""
    rows = []
    for block in scipy_search(network, node):
        reach = block[:, node]
        rows += [np.column_stack([np.flatnonzero(np.isfinite(row)), row[np.isfinite(row)]]) for row in reach]
    return rows


def by_pandana(network: Network, node: np.ndarray) -> pd.DataFrame:
    start = np.repeat(np.arange(network.indptr.size - 1), np.diff(network.indptr))
    passable = np.isfinite(network.walk_s)
    edges = pd.DataFrame({"from": start, "to": network.indices, "s": network.walk_s.astype(float)})[passable]
    place = pd.DataFrame({"x": network.node_x_m, "y": network.node_y_m})
    built = pandana.Network(place["x"], place["y"], edges["from"], edges["to"], edges[["s"]], twoway=False)
    return built.nodes_in_range(node.tolist(), LIMIT_S)


def check(network: Network, node: np.ndarray, rows: list[np.ndarray], found: pd.DataFrame) -> None:
    """Ours, on cells that lie on their nodes, gives the answers of both peers."""
    on_nodes = Network(**(network.__dict__ | {"cell_node": node, "cell_access_m": np.zeros(node.size, np.float32)}))
    indptr, indices, travel_s = cells_to_cells(on_nodes, np.arange(node.size, dtype=np.int32), LIMIT_S)
    for i, whole in enumerate(rows):
        row = whole[whole[:, 0] != i]
        assert np.array_equal(indices[indptr[i] : indptr[i + 1]], row[:, 0])
        assert np.array_equal(travel_s[indptr[i] : indptr[i + 1]], row[:, 1].astype(np.float32))
    # pandana rounds the weights of its edges, so a pair near the limit may fall on either side of it.
    position = np.full(network.indptr.size - 1, -1)
    position[node] = np.arange(node.size)
    source, target = position[found["source"]], position[found["destination"]]
    wanted = (target >= 0) & (source != target)
    theirs = csr_array((found["s"].to_numpy()[wanted], (source[wanted], target[wanted])), shape=(node.size, node.size))
    mine = csr_array((travel_s.astype(float), indices, indptr), shape=theirs.shape)
    apart = abs(mine - theirs)
    # Where only one of the two has a pair, the difference is its whole time: it must be at the limit.
    assert ((apart.data < 1) | (apart.data > LIMIT_S - 1)).all()
    assert (apart.data > LIMIT_S - 1).sum() < 1e-3 * mine.nnz


def main() -> None:
    network, cell = of_region(Path(sys.argv[1])) if len(sys.argv) > 1 else invented()
    node = np.unique(network.cell_node[cell]).astype(np.int32)
    cells_to_cells(network, cell[:1], LIMIT_S)  # compiled, or read from the cache, before the clock runs
    threads = numba.config.NUMBA_NUM_THREADS
    one, search, pairs, built = "ours, 1 thread", "scipy dijkstra(limit=), search only", "scipy, the pairs", "pandana"
    seconds, answers = timed(
        {
            one: lambda: ours(network, cell, 1),
            f"ours, {threads} threads": lambda: ours(network, cell, threads),
            search: lambda: deque(scipy_search(network, node), maxlen=0),
            pairs: lambda: by_scipy(network, node),
            built: lambda: by_pandana(network, node),
        }
    )
    check(network, node, answers[pairs], answers[built])
    print(
        f"\n{network.indptr.size - 1:,} nodes, {network.indices.size:,} edges, {cell.size:,} cells on {node.size:,} "
        f"nodes; {answers[one][1].size:,} pairs within {LIMIT_S:g} s on foot; medians of {RUNS}; answers equal"
    )
    print(f"{'':38}{'seconds':>9}{'times ours (1 thread)':>24}")
    for name, median in seconds.items():
        print(f"{name:38}{median:9.3f}{median / seconds[one]:24.1f}")


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUTF8", "1")
    main()
