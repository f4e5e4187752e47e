"""Links to the street network of ``streets.npz``: one CSR, its largest connected part, and where each cell joins it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from spatial.errors import Fault, SourceError
from spatial.lattice import Lattice
from spatial.network import Network
from spatial.provenance import Ledger
from spatial.streets import Links
from spatial.tags import SpeedTable

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def build(links: Links, cell_x_m: Floats, cell_y_m: Floats, table: SpeedTable, kind: str, ledger: Ledger) -> Network:
    """The network of links: of parallel streets the quickest counts, separate bits are left out and counted.

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
    indptr, indices, quickest = _csr(tail, head, int(kept.sum()), length, walk, drive)
    x, y = links.node_x_m[kept], links.node_y_m[kept]
    cell_node, access = _join(x, y, indptr, indices, quickest[1], quickest[2], cell_x_m, cell_y_m)
    ledger.note(
        f"{len(x):,} nodes and {len(indices):,} directed links; farthest cell {access.max(initial=0):,.0f} m off"
    )
    return Network(
        x,
        y,
        indptr,
        indices,
        *(values.astype(np.float32) for values in quickest),
        cell_node=cell_node.astype(np.int32),
        cell_access_m=access.astype(np.float32),
        kind=kind,
        circuity=1.0,
        walk_kmh=table.walk_kmh,
        access_kmh=table.walk_kmh,
    )


def straight_lines(lattice: Lattice, cell: Ints, table: SpeedTable, country: str) -> Network:
    """What stands in for streets where a region has none: each cell linked to its eight neighbours.

    ``cell`` are the squares of ``lattice`` that are cells, in cell order. Lengths are straight lines times the stated
    circuity; walking at the walking speed, driving at the country's straight-line speed.
    """
    x, y = (values[cell] for values in lattice.centres())
    position = np.full(len(lattice), -1, dtype=np.int64)
    position[cell] = np.arange(len(cell))
    row, column = np.divmod(cell, lattice.columns)
    tails, heads, lengths = [], [], []
    for down in (-1, 0, 1):
        for right in (-1, 0, 1):
            if down == right == 0:
                continue
            r, c = row + down, column + right
            held = (r >= 0) & (r < lattice.rows) & (c >= 0) & (c < lattice.columns)
            neighbour = np.where(held, position[np.where(held, r * lattice.columns + c, 0)], -1)
            tail = np.flatnonzero(neighbour >= 0)
            tails.append(tail)
            heads.append(neighbour[tail])
            lengths.append(np.full(len(tail), lattice.size_m * np.hypot(down, right) * table.circuity))
    length = np.concatenate(lengths)
    walk = length / (table.walk_kmh / 3.6)
    drive = length / (table.of(country).straight_line_kmh / 3.6)
    indptr, indices, values = _csr(np.concatenate(tails), np.concatenate(heads), len(cell), length, walk, drive)
    return Network(
        x,
        y,
        indptr,
        indices,
        *(value.astype(np.float32) for value in values),
        cell_node=np.arange(len(cell), dtype=np.int32),
        cell_access_m=np.zeros(len(cell), dtype=np.float32),
        kind="straight_line",
        circuity=table.circuity,
        walk_kmh=table.walk_kmh,
        access_kmh=table.walk_kmh,
    )


def _csr(
    tail: Ints, head: Ints, nodes: int, length: Floats, walk: Floats, drive: Floats
) -> tuple[NDArray[np.int64], NDArray[np.int32], tuple[Floats, Floats, Floats]]:
    """Directed pairs in row order, each once with the least of every measure."""
    order = np.lexsort((head, tail))
    tail, head = tail[order], head[order]
    first = np.flatnonzero(np.concatenate([[True], (np.diff(tail) != 0) | (np.diff(head) != 0)])[: len(tail)])
    least = tuple(
        np.minimum.reduceat(values[order], first) if len(first) else values for values in (length, walk, drive)
    )
    indptr = np.concatenate([[0], np.cumsum(np.bincount(tail[first], minlength=nodes))]).astype(np.int64)
    return indptr, head[first].astype(np.int32), (least[0], least[1], least[2])


def _join(
    x: Floats,
    y: Floats,
    indptr: NDArray[np.int64],
    indices: NDArray[np.int32],
    walk: Floats,
    drive: Floats,
    cell_x_m: Floats,
    cell_y_m: Floats,
) -> tuple[NDArray[np.intp], Floats]:
    nodes = len(x)
    tail = np.repeat(np.arange(nodes), np.diff(indptr))
    walkers = np.zeros(nodes, dtype=bool)
    walkers[tail[np.isfinite(walk)]] = True
    driven = np.isfinite(drive)
    graph = coo_array((np.ones(int(driven.sum())), (tail[driven], indices[driven])), shape=(nodes, nodes))
    _, part = connected_components(graph, directed=True, connection="strong")
    drivers = part == int(np.argmax(np.bincount(part))) if driven.any() else np.zeros(nodes, dtype=bool)
    candidates = next(mask for mask in (walkers & drivers, walkers, np.ones(nodes, dtype=bool)) if mask.any())
    at = np.flatnonzero(candidates)
    access, nearest = cKDTree(np.column_stack([x[at], y[at]])).query(np.column_stack([cell_x_m, cell_y_m]))
    return at[nearest], np.asarray(access, float)
