"""Links to the street network of ``streets.npz``: one CSR, its largest connected part, and where each cell joins it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from geojeom.errors import Fault, SourceError
from spatial.reading.provenance import Ledger
from spatial.reading.tags import SpeedTable
from spatial.streets.links import Links
from spatial.streets.network import Network

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
# Metres, walking seconds and driving seconds per directed link.
Measures = tuple[Floats, Floats, Floats]


def build(links: Links, cells: tuple[Floats, Floats], table: SpeedTable, kind: str, ledger: Ledger) -> Network:
    """The network of links, joined to cell centres (x, y).

    Of parallel streets the quickest counts; bits apart from the largest connected part are left out and counted.

    Cells join at the nearest node that walkers use and cars can both reach and leave (its straight distance is walked),
    so that no cell ends up on a footpath or a motorway that the other mode cannot enter.
    Raises SourceError where no street is left.
    """
    walk_s = np.where(links.walk, links.length_m / (table.walk_kmh / 3.6), np.inf)
    there = links.length_m / (links.forward_kmh / 3.6)
    back = links.length_m / (links.backward_kmh / 3.6)
    tail = np.concatenate([links.u, links.v])
    head = np.concatenate([links.v, links.u])
    length = np.tile(links.length_m, 2)
    walk = np.tile(walk_s, 2)
    drive = np.nan_to_num(np.concatenate([there, back]), nan=np.inf)
    used = (tail != head) & (np.isfinite(walk) | np.isfinite(drive))
    tail, head, length, walk, drive = (values[used] for values in (tail, head, length, walk, drive))
    nodes = len(links.node_x_m)
    if len(tail) == 0:
        raise SourceError(
            Fault(ledger.path, "streets inside the region", "none", "Check that the file covers the region.")
        )
    _, part = connected_components(coo_array((np.ones(len(tail)), (tail, head)), shape=(nodes, nodes)), directed=False)
    on_street = np.zeros(nodes, dtype=bool)
    on_street[tail] = on_street[head] = True
    sizes = np.bincount(part[on_street])
    kept = on_street & (part == int(np.argmax(sizes)))
    lost = int((sizes > 0).sum()) - 1
    if lost:
        cut = ~kept[tail]
        ledger.note(
            f"{lost:,} separate bits of street left out: {int(on_street.sum() - kept.sum()):,} of "
            f"{int(on_street.sum()):,} nodes, {length[cut].sum() / 2000:.1f} km"
        )
    new = np.cumsum(kept) - 1
    inside = kept[tail]
    tail, head = new[tail[inside]], new[head[inside]]
    length, walk, drive = length[inside], walk[inside], drive[inside]
    indptr, indices, measures = _csr(tail, head, int(kept.sum()), (length, walk, drive))
    x, y = links.node_x_m[kept], links.node_y_m[kept]
    open_nodes = _nodes_to_join(indptr, indices, walk=measures[1], drive=measures[2])
    access, nearest = cKDTree(np.column_stack([x, y])[open_nodes]).query(np.column_stack(cells))
    ledger.note(
        f"{len(x):,} nodes and {len(indices):,} directed links; farthest cell {access.max(initial=0):,.0f} m off"
    )
    return Network(
        x,
        y,
        indptr,
        indices,
        *_float32(measures),
        open_nodes[nearest].astype(np.int32),
        np.asarray(access, dtype=np.float32),
        kind,
        1.0,
        table.walk_kmh,
        table.walk_kmh,
    )


def _csr(tail: Ints, head: Ints, nodes: int, measures: Measures) -> tuple[Ints, NDArray[np.int32], Measures]:
    """Directed pairs in row order, each once with the least of every measure."""
    order = np.lexsort((head, tail))
    tail, head = tail[order], head[order]
    first = np.flatnonzero(np.concatenate([[True], (np.diff(tail) != 0) | (np.diff(head) != 0)])[: len(tail)])
    length, walk, drive = (np.minimum.reduceat(values[order], first) if len(first) else values for values in measures)
    indptr = np.concatenate([[0], np.cumsum(np.bincount(tail[first], minlength=nodes))]).astype(np.int64)
    return indptr, head[first].astype(np.int32), (length, walk, drive)


def _float32(measures: Measures) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
    length, walk, drive = (values.astype(np.float32) for values in measures)
    return length, walk, drive


def _nodes_to_join(indptr: Ints, indices: NDArray[np.int32], *, walk: Floats, drive: Floats) -> Ints:
    """Nodes that walkers use and that lie in the largest part cars can go round; without such, what walkers use."""
    nodes = len(indptr) - 1
    tail = np.repeat(np.arange(nodes), np.diff(indptr))
    walkers = np.zeros(nodes, dtype=bool)
    walkers[tail[np.isfinite(walk)]] = True
    driven = np.isfinite(drive)
    graph = coo_array((np.ones(int(driven.sum())), (tail[driven], indices[driven])), shape=(nodes, nodes))
    _, part = connected_components(graph, directed=True, connection="strong")
    drivers = part == int(np.argmax(np.bincount(part))) if driven.any() else np.zeros(nodes, dtype=bool)
    candidates = next(mask for mask in (walkers & drivers, walkers, np.ones(nodes, dtype=bool)) if mask.any())
    return np.flatnonzero(candidates)
