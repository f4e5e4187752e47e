"""Ferries as links of the street network: how long they take, and who may board.

Time is the ``duration`` of the way or of the relation it is part of, shared by length; the wait is not in it. Walkers
may board unless they are barred. Cars may where it is said of them, or of all; where nothing is said of anybody; and
where the ferry is part of a road (``ferry=primary``); not where only walkers or bicycles are named. This is how
GraphHopper reads ferries.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pyproj import CRS

from spatial.reading.osm_ferries import Ferries, seconds
from spatial.reading.provenance import Ledger
from spatial.reading.tags import SpeedTable
from spatial.streets.access import Mode
from spatial.streets.links import Links, cut_where_they_meet

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Tags = Mapping[str, str]
# What boats reach: beyond these a duration is a slip, and the stated speed stands in.
SLOWEST_KMH, FASTEST_KMH = 0.5, 100.0


def links_of_ferries(ferries: Ferries, streets: Ints, table: SpeedTable, crs: CRS, ledger: Ledger) -> Links:
    """Ferries and piers as links, cut where they meet each other and at nodes of ``streets`` (numbers of nodes)."""
    ways = ferries.ways
    pieces = cut_where_they_meet(ways, crs, also=streets)
    number = ways.way[pieces.line]
    metres = dict(pd.Series(pieces.length_m).groupby(number).sum())
    route_of = {way: at for at, (_, members) in reversed(list(enumerate(ferries.routes))) for way in members}
    kmh, walk, drive = np.full(len(ways.tags), np.nan), np.zeros(len(ways.tags), bool), np.zeros(len(ways.tags), bool)
    timed: dict[int, bool] = {}
    for row, (way, tags) in enumerate(zip(ways.way.tolist(), _stated(ways.tags), strict=True)):
        whole, members = ferries.routes[route_of[way]] if way in route_of else ({}, [])
        walk[row], drive[row] = may_board(whole | tags, table)
        if tags.get("route") != "ferry":
            drive[row] = False
            continue
        speed = _speed_kmh(tags, metres[way], ledger) or _speed_kmh(
            whole, sum(metres[member] for member in members), ledger
        )
        timed[way] = speed is not None
        kmh[row] = speed or table.ferry_kmh
    _tell(len(timed), sum(timed.values()), sum(metres[way] for way in timed), table, ledger)
    driven = np.where(drive, kmh, np.nan)[pieces.line]
    return Links(
        pieces.node_x_m,
        pieces.node_y_m,
        pieces.u,
        pieces.v,
        pieces.length_m,
        walk[pieces.line],
        walk[pieces.line],
        driven,
        driven,
        node_id=pieces.node_id,
        boat_kmh=kmh[pieces.line],
    )


def links_of_ferry_edges(
    nodes: pd.DataFrame, edges: pd.DataFrame, streets: Links, table: SpeedTable, ledger: Ledger
) -> Links:
    """Edges of an edge list that are ferries (as ``links_of_edges`` takes them), between the nodes of ``streets``."""
    boards = np.array([may_board(tags, table) for tags in _stated(edges)], bool).reshape(len(edges), 2)
    length = edges["length"].to_numpy(float)
    stated = [_speed_kmh(tags, metres, ledger) for tags, metres in zip(_stated(edges), length, strict=True)]
    _tell(len(edges), sum(speed is not None for speed in stated), length.sum(), table, ledger)
    kmh = np.array([speed or table.ferry_kmh for speed in stated], float)
    position = pd.Series(np.arange(len(nodes)), index=nodes.index)
    return Links(
        streets.node_x_m,
        streets.node_y_m,
        position.loc[edges["u"]].to_numpy(np.int64),
        position.loc[edges["v"]].to_numpy(np.int64),
        length,
        boards[:, 0],
        boards[:, 0],
        np.where(boards[:, 1], kmh, np.nan),
        np.full(len(edges), np.nan),
        node_id=streets.node_id,
        boat_kmh=kmh,
    )


def joined(streets: Links, ferries: Links) -> Links:
    """Streets and ferries as one: nodes of one number are one node."""
    ids, first, node = np.unique(
        np.concatenate([streets.node_id, ferries.node_id]), return_index=True, return_inverse=True
    )
    of_streets, of_ferries = node[: len(streets.node_id)], node[len(streets.node_id) :]

    def both(name: str) -> Any:
        return np.concatenate([getattr(streets, name), getattr(ferries, name)])

    return Links(
        both("node_x_m")[first],
        both("node_y_m")[first],
        np.concatenate([of_streets[streets.u], of_ferries[ferries.u]]),
        np.concatenate([of_streets[streets.v], of_ferries[ferries.v]]),
        both("length_m"),
        both("walk_forward"),
        both("walk_backward"),
        both("forward_kmh"),
        both("backward_kmh"),
        node_id=ids,
        boat_kmh=both("boat_kmh"),
        bans=[tuple(link + len(ferries.u) * (link >= len(streets.u)) for link in ban) for ban in streets.bans],
    )


def may_board(tags: Tags, table: SpeedTable) -> tuple[bool, bool]:
    """Whether walkers and cars may go aboard."""
    access = table.access

    def said(mode: Mode) -> bool | None:
        verdicts = (access.lets(tags[key], mode) for key in (*access.own(mode), access.everybody) if key in tags)
        return next((lets for lets in verdicts if lets is not None), None)

    walk = said("walk") is not False
    if (drive := said("drive")) is not None:
        return walk, drive
    named = any(access.lets(tags[key], "walk") is not False for key in ("foot", "bicycle") if key in tags)
    return walk, tags.get("ferry") in table.countries["default"].kmh or not named


def _stated(frame: pd.DataFrame) -> list[dict[str, str]]:
    return [
        {str(name): value for name, value in row.items() if isinstance(value, str)} for row in frame.to_dict("records")
    ]


def _speed_kmh(tags: Tags, length_m: float, ledger: Ledger) -> float | None:
    if "duration" not in tags:
        return None
    time_s = seconds(tags["duration"])
    if time_s is None:
        ledger.note("ferrytime", text=repr(tags["duration"][:30]))
        return None
    kmh = length_m / time_s * 3.6
    if SLOWEST_KMH <= kmh <= FASTEST_KMH:
        return kmh
    ledger.note("ferryspeed", text=repr(tags["duration"][:30]), km=length_m / 1000, kmh=kmh)
    return None


def _tell(ferries: int, timed: int, metres: float, table: SpeedTable, ledger: Ledger) -> None:
    ledger.note("ferries", n=ferries, km=metres / 1000, timed=timed, rest=ferries - timed, kmh=table.ferry_kmh)
