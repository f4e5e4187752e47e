"""Links to the street network of ``streets.npz``: one CSR of islands and ferries, and where each cell joins it."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree

from geojeom.errors import Fault, SourceError
from spatial.reading.provenance import Ledger
from spatial.reading.tags import SpeedTable
from spatial.streets.islands import ACCESS_LIMIT_M, APART_M, islands, roundabout
from spatial.streets.links import Links
from spatial.streets.network import Network
from spatial.streets.turns import keeping_bans

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


class Streets(NamedTuple):
    """Links (E) between nodes: metres, seconds each way on foot and by car, and which are boats and their landings.

    ``number`` (E, 2) tells directed links apart, along and against their drawing, as bans of turns name them.
    """

    pair: Ints
    length_m: Floats
    walk_s: Floats
    walk_back_s: Floats
    there_s: Floats
    back_s: Floats
    boat: Bools
    number: Ints

    @property
    def cars(self) -> Bools:
        """Links that cars use, one way at least."""
        return np.isfinite(np.minimum(self.there_s, self.back_s))

    def only(self, kept: Bools) -> Streets:
        """The links of a mask."""
        pair, length, walk, walk_back, there, back, boat, number = self
        return Streets(
            pair[kept],
            length[kept],
            walk[kept],
            walk_back[kept],
            there[kept],
            back[kept],
            boat[kept],
            number[kept],
        )


class Arcs(NamedTuple):
    """Directed links (A) of one mode: nodes, and the row of ``Streets`` and the seconds of each."""

    tail: Ints
    head: Ints
    row: Ints
    seconds: Floats

    def only(self, kept: Bools) -> Arcs:
        """The arcs of a mask."""
        return Arcs(self.tail[kept], self.head[kept], self.row[kept], self.seconds[kept])


def build(
    links: Links, cells: tuple[Floats, Floats], size_m: float, table: SpeedTable, *, kind: str, ledger: Ledger
) -> Network:
    """The network of links, joined to the centres (x, y) of cells of a size.

    Of parallel streets the quickest counts; bits of street that are no island are left out and counted.

    Cells join at the nearest node that walkers use and cars can both reach and leave (its straight distance is walked),
    so that no cell ends up on a footpath or a motorway that the other mode cannot enter. Where walkers are much nearer
    to the streets than cars, they join there, and from there walk to the nearest such node for a trip by car. No cell
    joins at sea, and none joins where no street is within a kilometre. Raises SourceError where no street is left.
    """
    xy = np.column_stack([links.node_x_m, links.node_y_m])
    streets = _usable(links, table)
    if streets.boat.all():
        raise SourceError(
            Fault(ledger.path, "streets inside the region", "none", "Check that the file covers the region.")
        )
    centres = np.column_stack(cells)
    land = islands(xy, streets.pair, streets.length_m, boat=streets.boat, cars=streets.cars, cells=(centres, size_m))
    if land.left_out:
        ledger.note("bits", n=land.left_out, km=land.left_out_m / 1000)
    if len(land.landings):
        streets = _landed(streets, xy, land.landings, table, ledger)
    streets = streets.only(streets.boat | (land.part[streets.pair[:, 0]] >= 0))
    nodes, pair = np.unique(streets.pair, return_inverse=True)
    streets = streets._replace(pair=pair.reshape(-1, 2))
    xy, part = xy[nodes], land.part[nodes]
    walk = _arcs(streets, streets.walk_s, streets.walk_back_s)
    drive, copy_of = _keeping_bans(_arcs(streets, streets.there_s, streets.back_s), streets, links.bans, len(nodes))
    joins = _joins(xy, part, streets, (walk, drive, copy_of), centres)
    indptr, indices, (length, walk_s, drive_s, boat) = _both(walk, drive, streets, len(nodes) + len(copy_of))
    ledger.note("network", nodes=len(nodes), links=len(indices), bits=part.max() + 1, m=joins.farthest_m)
    if off := int(np.isinf(joins.access_m).sum()):
        ledger.note("beyondstreets", n=off, m=ACCESS_LIMIT_M)
    return Network(
        np.concatenate([xy[:, 0], xy[copy_of, 0]]),
        np.concatenate([xy[:, 1], xy[copy_of, 1]]),
        indptr,
        indices,
        length.astype(np.float32),
        walk_s.astype(np.float32),
        drive_s.astype(np.float32),
        joins.node.astype(np.int32),
        joins.access_m.astype(np.float32),
        kind,
        1.0,
        table.walk_kmh,
        table.walk_kmh,
        ferry=boat.astype(np.bool_),
        cell_part=np.where(np.isinf(joins.access_m), -1, part[joins.node]).astype(np.int32),
        cell_drive_node=joins.drive_node.astype(np.int32),
        cell_drive_access_m=joins.drive_access_m.astype(np.float32),
        copy_of=copy_of.astype(np.int32),
    )


def _usable(links: Links, table: SpeedTable) -> Streets:
    boat = np.isfinite(links.boat_kmh)
    on_foot = links.length_m / (np.where(boat, links.boat_kmh, table.walk_kmh) / 3.6)
    walk, walk_back = (np.where(may, on_foot, np.inf) for may in (links.walk_forward, links.walk_backward))
    there = np.nan_to_num(links.length_m / (links.forward_kmh / 3.6), nan=np.inf)
    back = np.nan_to_num(links.length_m / (links.backward_kmh / 3.6), nan=np.inf)
    used = (links.u != links.v) & np.isfinite(np.minimum.reduce([walk, walk_back, there, back]))
    number = np.arange(2 * len(links.u)).reshape(2, -1).T
    pair = np.column_stack([links.u, links.v])
    return Streets(pair, links.length_m, walk, walk_back, there, back, boat, number).only(used)


def _arcs(streets: Streets, there_s: Floats, back_s: Floats) -> Arcs:
    """The directed links that a mode may go."""
    there, back = np.flatnonzero(np.isfinite(there_s)), np.flatnonzero(np.isfinite(back_s))
    tail, head = np.concatenate([streets.pair[there], streets.pair[back][:, ::-1]]).T
    return Arcs(tail, head, np.concatenate([there, back]), np.concatenate([there_s[there], back_s[back]]))


def _keeping_bans(cars: Arcs, streets: Streets, bans: list[tuple[int, ...]], nodes: int) -> tuple[Arcs, Ints]:
    """Arcs on which no ban can be driven, and the node each copy is of; copies are numbered after the nodes."""
    against = cars.tail != streets.pair[cars.row, 0]
    number = streets.number[cars.row, against.astype(np.int64)]
    tail, head, at, copy_of = keeping_bans(bans, number, cars.tail, cars.head, nodes=nodes)
    return Arcs(tail, head, cars.row[at], cars.seconds[at]), copy_of


def _landed(streets: Streets, xy: Floats, landings: Ints, table: SpeedTable, ledger: Ledger) -> Streets:
    """Streets with a way from each landing to its street: at walking speed for whoever lands there."""
    at, to = landings.T
    step = np.hypot(*(xy[at] - xy[to]).T)
    slow = step / (table.walk_kmh / 3.6)
    by_car = np.where(np.isin(at, streets.pair[streets.boat & streets.cars]), slow, np.inf)
    ledger.note("landings", n=len(step), m=step.max())
    # No ban names a landing: its numbers lie beyond those of all links.
    number = streets.number.max(initial=0) + 1 + np.arange(landings.size).reshape(-1, 2)
    more = Streets(landings, step, slow, slow, by_car, by_car, np.ones(len(step), bool), number)
    return Streets(*(np.concatenate(pieces) for pieces in zip(streets, more, strict=True)))


class Joins(NamedTuple):
    """Each cell's node and metres on foot to it (infinite out of reach), for trips on foot and by car."""

    node: Ints
    access_m: Floats
    drive_node: Ints
    drive_access_m: Floats
    farthest_m: float


def _joins(xy: Floats, part: Ints, streets: Streets, arcs: tuple[Arcs, Arcs, Ints], centres: Floats) -> Joins:
    walk, drive, copy_of = arcs
    own = np.arange(len(xy))
    walkers, drivers = (
        _roundabout(xy, part, arcs.only(~streets.boat[arcs.row]), streets.length_m, np.concatenate([own, copies]))
        for arcs, copies in ((walk, own[:0]), (drive, copy_of))
    )
    land = streets.only(~streets.boat)
    on_foot = np.flatnonzero(walkers if walkers.any() else part >= 0)
    both = np.flatnonzero(walkers & drivers) if (walkers & drivers).any() else on_foot
    near, at = cKDTree(xy[on_foot]).query(centres)
    far, drive_at = cKDTree(xy[both]).query(centres)
    apart = far > near + APART_M
    node, access = np.where(apart, on_foot[at], both[drive_at]), np.where(apart, near, far)
    drive_node, drive_access = node, access
    if apart.any():
        paths = land.only(np.isfinite(np.maximum(land.walk_s, land.walk_back_s)))
        graph = coo_array((np.maximum(paths.length_m, 0.01), paths.pair.T), shape=(len(xy), len(xy))).tocsr()
        walked, _, source = dijkstra(graph, directed=False, indices=both, min_only=True, return_predecessors=True)
        reached = np.isfinite(walked[node])
        drive_node = np.where(apart & reached, source[node], node)
        drive_access = np.where(apart, access + walked[node], access)
    # Along paths one may walk any distance to the car; the ground beside the map's streets may be the sea.
    drive_access = np.where(access > ACCESS_LIMIT_M, np.inf, drive_access)
    out = np.where(access > ACCESS_LIMIT_M, np.inf, access)
    return Joins(node, out, drive_node, drive_access, float(access.max(initial=0)))


def _roundabout(xy: Floats, part: Ints, arcs: Arcs, length_m: Floats, of: Ints) -> Bools:
    """Nodes (N,) that a mode can go round, where ``of`` is the node that each node or copy of one is."""
    inside = np.zeros(len(xy), bool)
    pair = np.column_stack([arcs.tail, arcs.head])
    inside[of[roundabout(xy[of], part[of], pair, length_m[arcs.row])]] = True
    return inside & (part >= 0)


def _both(
    walk: Arcs, drive: Arcs, streets: Streets, nodes: int
) -> tuple[Ints, NDArray[np.int32], tuple[NDArray[Any], ...]]:
    """The arcs of both modes as one CSR: metres, seconds on foot and by car (infinite for the other's), boats."""
    row = np.concatenate([walk.row, drive.row])
    return _csr(
        np.concatenate([walk.tail, drive.tail]),
        np.concatenate([walk.head, drive.head]),
        nodes,
        (
            streets.length_m[row],
            np.concatenate([walk.seconds, np.full(len(drive.row), np.inf)]),
            np.concatenate([np.full(len(walk.row), np.inf), drive.seconds]),
            streets.boat[row],
        ),
    )


def _csr(
    tail: Ints, head: Ints, nodes: int, measures: tuple[NDArray[Any], ...]
) -> tuple[Ints, NDArray[np.int32], tuple[NDArray[Any], ...]]:
    """Directed pairs in row order, each once with the least of every measure."""
    order = np.lexsort((head, tail))
    tail, head = tail[order], head[order]
    first = np.flatnonzero(np.concatenate([[True], (np.diff(tail) != 0) | (np.diff(head) != 0)])[: len(tail)])
    least = tuple(np.minimum.reduceat(values[order], first) if len(first) else values for values in measures)
    indptr = np.concatenate([[0], np.cumsum(np.bincount(tail[first], minlength=nodes))]).astype(np.int64)
    return indptr, head[first].astype(np.int32), least
