"""Bits of street that hang together: which are islands and no gaps in the map, and how ferries land on them.

A bit that lies beside a larger one is a gap in the map and is left out. One that lies apart, or is large, is an
island, whose people use its own streets and reach what a ferry takes them to. What no ferry joins is reached from
within only.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

# Design choices: a bit of streets this long, and this far from all larger ones, is an island and no gap in the map.
# Footpaths alone are mountain trails more often than islands, and are one only where no other street is within a
# walk. Of so many kilometres as LARGE_M a gap is out of the question: a river parts it from the rest, or a fence.
ISLAND_M, APART_M = 500.0, 250.0
LARGE_M = 5000.0
# A boat's landing is led to streets this near, where the map does not join the two.
LANDING_M = 300.0
# Farther than this from any street nobody is said to walk to one: what lies between may be the sea.
ACCESS_LIMIT_M = 1000.0


@dataclass(frozen=True)
class Land:
    """Islands by size: ``part`` (N,) of each node, 0 the largest, -1 for nodes of none that is kept.

    ``landings`` (L, 2) are pairs of a node where boats land and the node of a kept part to which it is led.
    """

    part: Ints
    landings: Ints
    left_out: int
    left_out_m: float


def islands(
    xy_m: Floats, pair: Ints, length_m: Floats, *, boat: Bools, cars: Bools, cells: tuple[Floats, float]
) -> Land:
    """Sort the streets between ``pair`` (E, 2) of nodes at ``xy_m`` (N, 2) into islands.

    ``boat`` (E,) are the links that are no land, ``cars`` (E,) those that cars use; ``cells`` are the centres (C, 2)
    and the size of the region's cells. A bit through no cell is nobody's and is left out, unless a boat calls.
    """
    land, at = np.unique(np.sort(pair[~boat], axis=1), axis=0, return_index=True)
    part, sizes = by_length(components(land, len(xy_m)), land, length_m[~boat][at])
    driven = np.zeros(len(xy_m), bool)
    driven[pair[cars & ~boat].ravel()] = True
    apart_m = np.full(len(sizes), ACCESS_LIMIT_M)
    apart_m[np.unique(part[driven])] = APART_M
    island = apart(xy_m, land, part, sizes, apart_m)
    centres, size_m = cells
    touched = np.flatnonzero(part > 0)
    near, _ = cKDTree(centres).query(xy_m[touched], p=np.inf, distance_upper_bound=size_m)
    island[1:] &= np.isin(np.arange(1, len(sizes)), part[touched[near <= size_m / 2]])
    streets = (part >= 0) & island[part]
    landings = _landings(xy_m, np.unique(pair[boat]), [streets & driven, streets])
    # An islet too small to be told from a gap is one all the same where a boat calls and no street is near.
    called = np.unique(part[pair[boat].ravel()])
    led = part[landings[:, 0]]
    kept = island.copy()
    kept[np.setdiff1d(called[called >= 0], led)] = True
    number = np.where(kept, np.cumsum(kept) - 1, -1)
    # A scrap that a landing leads through stays as part of what it is led to.
    for scrap, to in zip(led, landings[:, 1], strict=True):
        if scrap >= 0:
            number[scrap] = number[part[to]]
    lost = number < 0
    return Land(np.where(part >= 0, number[part], -1), landings, int(lost.sum()), float(sizes[lost].sum()))


def roundabout(xy_m: Floats, part: Ints, pair: Ints, length_m: Floats) -> Bools:
    """Nodes from which one reaches, and is reached from, most of their part, or a piece of it that is an island.

    ``pair`` (E, 2) are the links by which one goes from the first node to the second. A piece that lies beside a larger
    one is the work of a sign that is missing from the map more often than a place one cannot leave.
    """
    label = components(pair, len(xy_m), connection="strong")
    within = label[pair[:, 0]] == label[pair[:, 1]]
    if not within.any():
        return np.zeros(len(xy_m), bool)
    pair, at = np.unique(np.sort(pair[within], axis=1), axis=0, return_index=True)
    piece, sizes = by_length(label, pair, length_m[within][at])
    kept = apart(xy_m, pair, piece, sizes, np.full(len(sizes), APART_M))
    # The first of each part is its largest.
    held = np.flatnonzero(piece >= 0)
    order = held[np.argsort(piece[held], kind="stable")]
    kept[piece[order[np.unique(part[order], return_index=True)[1]]]] = True
    return np.asarray((piece >= 0) & kept[piece], np.bool_)


def by_length(label: Ints, pair: Ints, length_m: Floats) -> tuple[Ints, Floats]:
    """Number components from the longest, the first of equals first; -1 for nodes on none of the links ``pair``."""
    on = np.zeros(len(label), bool)
    on[pair.ravel()] = True
    sizes = np.bincount(label[pair[:, 0]], length_m, minlength=label.max() + 1).astype(np.float64)
    sizes[np.setdiff1d(label, label[on])] = -1
    order = np.argsort(-sizes, kind="stable")
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    return np.where(on, rank[label], -1).astype(np.int64), sizes[order][: len(np.unique(label[on]))]


def apart(xy_m: Floats, pair: Ints, part: Ints, sizes: Floats, apart_m: Floats) -> Bools:
    """Which parts are islands: the largest, large ones, and those of some size with nothing larger within reach.

    ``apart_m`` is how far each must lie, street to street, from all larger ones (lower numbers).
    """
    kept = sizes >= LARGE_M
    kept[0] = True
    asked = (sizes >= ISLAND_M) & ~kept
    of = part[pair[:, 0]]
    small = np.flatnonzero(asked[of])
    beside = np.zeros(len(sizes), bool)
    if small.size:
        drawn = np.asarray(shapely.linestrings(xy_m[pair]), object)
        one, other = shapely.STRtree(drawn).query(drawn[small], predicate="dwithin", distance=apart_m[of[small]])
        beside[of[small][one[of[other] < of[small][one]]]] = True
    return np.asarray(kept | (asked & ~beside), np.bool_)


def components(pair: Ints, nodes: int, connection: str = "weak") -> Ints:
    """The component of each node, numbered from 0."""
    graph = coo_array((np.ones(len(pair)), (pair[:, 0], pair[:, 1])), shape=(nodes, nodes))
    label: Ints = connected_components(graph, directed=True, connection=connection)[1].astype(np.int64)
    return label


def _landings(xy_m: Floats, boats: Ints, streets: list[Bools]) -> Ints:
    """Where boats call off the islands' streets (at no street, or on a scrap), and the nearest node of the streets.

    ``streets`` are masks of nodes, the first that has one near enough counts.
    """
    boats = boats[~streets[-1][boats]]
    to = np.full(len(boats), -1, np.int64)
    for mask in streets:
        nodes = np.flatnonzero(mask)
        distance, nearest = cKDTree(xy_m[nodes]).query(xy_m[boats], distance_upper_bound=LANDING_M)
        near = np.isfinite(distance) & (to < 0)
        to[near] = nodes[nearest[near]]
    return np.column_stack([boats, to])[to >= 0]
