"""Streets as links between junctions: from OpenStreetMap ways, or from an osmnx GraphML.

Walking ignores one-way signs and driving keeps them. Where a street has no posted limit its class and country give the
speed (``data/speeds.yaml``); times are those of an empty road.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pyproj import CRS

from spatial.reading.osm import Ways
from spatial.reading.osm_rules import Rules
from spatial.reading.projection import project
from spatial.reading.provenance import Ledger
from spatial.reading.tags import SpeedTable
from spatial.streets.access import closing_barriers, passage, usable_classes
from spatial.streets.turns import Drawn, banned

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

# A long street gets nodes in between, so that a cell joins it where it passes and not at the next junction.
NODE_SPACING_M = 200.0


@dataclass(frozen=True)
class Links:
    """Pieces of street between nodes ``u`` and ``v``: metres, whether one may walk, and the speed each way.

    Speeds are km/h, NaN where driving that way is not allowed. ``node_id`` is the source's number of each node (below 0
    beyond a barrier); ``boat_kmh`` the speed of a ferry, which carries all who may board, NaN on land. ``bans`` are
    sequences of links that cars may not drive one after the other, each link by its number, or that plus the number of
    links where it is driven from v to u.
    """

    node_x_m: Floats
    node_y_m: Floats
    u: Ints
    v: Ints
    length_m: Floats
    walk_forward: Bools
    walk_backward: Bools
    forward_kmh: Floats
    backward_kmh: Floats
    node_id: Ints
    boat_kmh: Floats
    bans: list[tuple[int, ...]] = field(default_factory=list)


@dataclass(frozen=True)
class Pieces:
    """Lines cut into pieces between nodes: ``line`` (E,) is the row of ``Ways.tags`` each piece belongs to."""

    node_id: Ints
    node_x_m: Floats
    node_y_m: Floats
    u: Ints
    v: Ints
    length_m: Floats
    line: Ints


def cut_where_they_meet(
    ways: Ways, crs: CRS, *, lines: Bools | None = None, also: Ints | None = None, spacing_m: float = np.inf
) -> Pieces:
    """Cut ``lines`` (a mask over the rows of ``ways``; else all) where they meet, at nodes ``also``, and by spacing."""
    number = np.repeat(np.arange(len(ways.tags)), np.diff(ways.first))
    kept = np.ones(len(number), bool) if lines is None else lines[number]
    number = number[kept]
    ids, node = np.unique(ways.node[kept], return_inverse=True)
    x, y = project(ways.lon[kept], ways.lat[kept], crs)
    same = number[1:] == number[:-1]
    step = np.where(same, np.hypot(np.diff(x), np.diff(y)), 0.0)
    along = np.concatenate([[0.0], np.cumsum(step)])
    start = np.concatenate([[True], ~same])
    end = np.concatenate([~same, [True]])
    since = along - along[np.flatnonzero(start)][np.cumsum(start) - 1]
    spaced = np.concatenate([[False], np.diff(np.floor(since / spacing_m)) > 0])
    cut = start | end | spaced | (np.bincount(node, minlength=len(ids)) > 1)[node]
    if also is not None:
        cut |= np.isin(ids, also)[node]
    at = np.flatnonzero(cut)
    pair = number[at[1:]] == number[at[:-1]]
    one, other = at[:-1][pair], at[1:][pair]
    node_x, node_y = np.empty(len(ids)), np.empty(len(ids))
    node_x[node], node_y[node] = x, y
    return Pieces(
        ids,
        node_x,
        node_y,
        node[one].astype(np.int64),
        node[other].astype(np.int64),
        along[other] - along[one],
        number[one],
    )


def links_of_ways(
    ways: Ways,
    rules: Rules,
    table: SpeedTable,
    country: str,
    *,
    crs: CRS,
    ledger: Ledger,
    landings: Ints | None = None,
) -> tuple[Links, pd.DataFrame]:
    """Split ways where they meet, at barriers, at ``landings`` (nodes of ferries) and every 200 m along.

    Returns the links, and the barriers by node as ``cut_at_barriers`` takes them. Unknown classes are dropped and
    counted by class.
    """
    usable = usable_classes(ways.tags["highway"], table, country, ledger)
    ledger.kept += len(np.unique(ways.way[usable]))
    allowed = passage(ways.tags[usable], table, country, ledger)
    on_streets = ways.node[np.repeat(usable, np.diff(ways.first))]
    barriers = closing_barriers(rules.nodes[rules.nodes.index.isin(on_streets)], table.access, ledger)
    also = barriers.index.to_numpy(np.int64)
    if landings is not None:
        also = np.concatenate([also, landings])
    pieces = cut_where_they_meet(ways, crs, lines=usable, also=also, spacing_m=NODE_SPACING_M)
    barriers.index = pd.Index(np.searchsorted(pieces.node_id, barriers.index.to_numpy(np.int64)))
    row = (np.cumsum(usable) - 1)[pieces.line]
    forward, backward = allowed.forward_kmh[row], allowed.backward_kmh[row]
    drivable = np.isfinite(np.concatenate([forward, backward]))
    ends = barriers.index[~barriers["drive"]].to_numpy(np.int64)
    xy = np.column_stack([pieces.node_x_m, pieces.node_y_m])
    drawn = Drawn(pieces.u, pieces.v, ways.way[pieces.line], pieces.line, drivable, ends, xy)
    links = Links(
        pieces.node_x_m,
        pieces.node_y_m,
        pieces.u,
        pieces.v,
        pieces.length_m,
        allowed.walk_forward[row],
        allowed.walk_backward[row],
        forward,
        backward,
        node_id=pieces.node_id,
        boat_kmh=np.full(len(row), np.nan),
        bans=banned(rules.turns, table.access.turns, drawn, pieces.node_id, ledger),
    )
    return links, barriers


def links_of_edges(
    nodes: pd.DataFrame, edges: pd.DataFrame, table: SpeedTable, country: str, *, crs: CRS, ledger: Ledger
) -> tuple[Links, pd.DataFrame]:
    """Links of a directed edge list (osmnx), driving only as the edge points, walking both ways; barriers by node.

    ``nodes`` and ``edges`` are as ``graphml.read_graphml`` gives them.
    """
    usable = usable_classes(edges["highway"], table, country, ledger)
    ledger.kept += int(usable.sum())
    edges = edges[usable].reset_index(drop=True)
    if len(edges) and not edges["oneway"].any():
        ledger.note("walking")
    # Which way one may drive is what the edges are, and no longer a matter of their tags.
    tags = edges.drop(columns=table.access.oneways, errors="ignore").assign(oneway="no")
    allowed = passage(tags, table, country, ledger)
    against = edges["reversed"].isin([True]).to_numpy()
    mixed = edges["reversed"].notna().to_numpy() & ~edges["reversed"].isin([True, False]).to_numpy()
    walk_forward = np.where(against, allowed.walk_backward, allowed.walk_forward)
    walk_backward = np.where(against, allowed.walk_forward, allowed.walk_backward)
    kmh = np.where(against, allowed.backward_kmh, allowed.forward_kmh)
    # A street merged of parts that run either way is open where all of them are.
    both = allowed.walk_forward & allowed.walk_backward
    x, y = project(nodes["x"].to_numpy(float), nodes["y"].to_numpy(float), crs)
    position = pd.Series(np.arange(len(nodes)), index=nodes.index)
    barriers = closing_barriers(nodes, table.access, ledger)
    barriers.index = pd.Index(position.loc[barriers.index])
    links = Links(
        x,
        y,
        position.loc[edges["u"]].to_numpy(np.int64),
        position.loc[edges["v"]].to_numpy(np.int64),
        edges["length"].to_numpy(float),
        np.where(mixed, both, walk_forward),
        np.where(mixed, both, walk_backward),
        np.where(mixed, np.minimum(allowed.forward_kmh, allowed.backward_kmh), kmh),
        np.full(len(edges), np.nan),
        node_id=np.arange(len(nodes)),
        boat_kmh=np.full(len(edges), np.nan),
    )
    return links, barriers
