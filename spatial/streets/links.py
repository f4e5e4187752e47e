"""Streets as links between junctions: from OpenStreetMap ways, from an osmnx GraphML, or none at all.

Walking ignores one-way signs and driving keeps them. Where a street has no posted limit its class and country give the
speed (``data/speeds.yaml``); times are those of an empty road.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pyproj import CRS

from spatial.reading.osm import Ways
from spatial.reading.projection import project
from spatial.reading.provenance import Ledger
from spatial.reading.tags import SpeedTable

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

WAY_TAGS = [
    "highway",
    "oneway",
    "junction",
    "maxspeed",
    "access",
    "foot",
    "motorcar",
    "motor_vehicle",
    "vehicle",
    "motorroad",
    "name",
]
CLOSED = ["no", "private"]
CLOSED_TO_CARS = [*CLOSED, "agricultural", "forestry"]
# A long street gets nodes in between, so that a cell joins it where it passes and not at the next junction.
NODE_SPACING_M = 200.0
KMH_PER_MPH = 1.609344


@dataclass(frozen=True)
class Links:
    """Pieces of street between nodes ``u`` and ``v``: metres, whether one may walk, and the speed each way.

    Speeds are km/h, NaN where driving that way is not allowed. Walking is open both ways or not at all. ``node_id`` is
    the source's number of each node; ``boat_kmh`` the speed of a ferry, which carries all who may board, NaN on land.
    """

    node_x_m: Floats
    node_y_m: Floats
    u: Ints
    v: Ints
    length_m: Floats
    walk: Bools
    forward_kmh: Floats
    backward_kmh: Floats
    node_id: Ints
    boat_kmh: Floats


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
    ways: Ways, table: SpeedTable, country: str, crs: CRS, ledger: Ledger, *, landings: Ints | None = None
) -> Links:
    """Split ways where they meet, at ``landings`` (nodes of ferries) and every 200 m along.

    Unknown classes are dropped and counted by class.
    """
    tags = ways.tags
    usable = usable_classes(tags["highway"], table, country, ledger)
    ledger.kept += len(np.unique(ways.way[usable]))
    walk, forward, backward = rules(tags, table, country, ledger)
    pieces = cut_where_they_meet(ways, crs, lines=usable, also=landings, spacing_m=NODE_SPACING_M)
    return Links(
        pieces.node_x_m,
        pieces.node_y_m,
        pieces.u,
        pieces.v,
        pieces.length_m,
        walk[pieces.line],
        forward[pieces.line],
        backward[pieces.line],
        node_id=pieces.node_id,
        boat_kmh=np.full(len(pieces.line), np.nan),
    )


def links_of_edges(
    nodes: pd.DataFrame, edges: pd.DataFrame, table: SpeedTable, country: str, *, crs: CRS, ledger: Ledger
) -> Links:
    """Links of a directed edge list (osmnx): driving only as the edge points, walking both ways.

    ``nodes`` have ``x``, ``y`` in degrees and the id as index; ``edges`` have ``u``, ``v``, ``length`` (m) and tags.
    """
    usable = usable_classes(edges["highway"], table, country, ledger)
    ledger.kept += int(usable.sum())
    edges = edges[usable].reset_index(drop=True)
    directed = edges.assign(oneway="yes", junction=None)
    walk, forward, _ = rules(directed, table, country, ledger)
    x, y = project(nodes["x"].to_numpy(float), nodes["y"].to_numpy(float), crs)
    position = pd.Series(np.arange(len(nodes)), index=nodes.index)
    return Links(
        x,
        y,
        position.loc[edges["u"]].to_numpy(np.int64),
        position.loc[edges["v"]].to_numpy(np.int64),
        edges["length"].to_numpy(float),
        walk,
        forward,
        np.full(len(edges), np.nan),
        node_id=np.arange(len(nodes)),
        boat_kmh=np.full(len(edges), np.nan),
    )


def usable_classes(highway: pd.Series, table: SpeedTable, country: str, ledger: Ledger) -> Bools:
    """Which streets are of a class one walks or drives; the others are dropped and counted by class."""
    known = set(table.of(country).kmh) | set(table.no_driving)
    usable = highway.isin(known)
    for name, rows in highway[~usable].value_counts().items():
        ledger.drop(f"class {name}, not a street in use", int(rows))
    ledger.drop("without a class", int(highway.isna().sum()))
    return usable.to_numpy()


def rules(tags: pd.DataFrame, table: SpeedTable, country: str, ledger: Ledger) -> tuple[Bools, Floats, Floats]:
    """Per street: may one walk, and the driving speed along and against its drawing (km/h, NaN where not allowed)."""

    def tag(name: str) -> pd.Series:
        return tags[name] if name in tags else pd.Series([None] * len(tags), dtype=object, index=tags.index)

    highway = tag("highway")
    # What is said of the narrower kind of traveller goes before what is said of all.
    on_foot = tag("foot").combine_first(tag("access"))
    by_car = (
        tag("motorcar").combine_first(tag("motor_vehicle")).combine_first(tag("vehicle")).combine_first(tag("access"))
    )
    walk = ~highway.isin(table.no_walking) & ~tag("motorroad").isin(["yes"]) & ~on_foot.isin(CLOSED)
    barred = by_car.isin(CLOSED_TO_CARS)
    posted, unreadable = speed_limits(tag("maxspeed"))
    if unreadable:
        ledger.note("limits that could not be read, speed by class instead: " + ", ".join(unreadable[:10]))
    ledger.note(
        f"driving speed: {int(posted.notna().sum()):,} of {len(tags):,} streets by posted limit, "
        f"the rest by class ({table.of(country).source})"
    )
    kmh = posted.fillna(highway.map(table.of(country).kmh)).astype(float)
    kmh = kmh.mask(barred | highway.isin(table.no_driving))
    oneway = tag("oneway")
    implied = (tag("junction").isin(["roundabout", "circular"]) | highway.isin(["motorway"])) & ~oneway.isin(["no"])
    along_only = oneway.isin(["yes", "true", "1", "True"]) | (implied & ~oneway.isin(["-1", "reverse"]))
    against_only = oneway.isin(["-1", "reverse"])
    return (
        np.asarray(walk, dtype=np.bool_),
        np.asarray(kmh.mask(against_only), dtype=np.float64),
        np.asarray(kmh.mask(along_only), dtype=np.float64),
    )


def speed_limits(text: pd.Series) -> tuple[pd.Series, list[str]]:
    """``maxspeed`` to km/h (NaN where untagged or unreadable; the lowest of several), and what was unreadable."""
    read = {value: _limit(value) for value in text.dropna().unique()}
    unreadable = sorted(
        value for value, kmh in read.items() if kmh is None and value not in ("none", "signals", "variable")
    )
    return text.map({value: kmh for value, kmh in read.items() if kmh is not None}).astype(float), unreadable


def _limit(value: str) -> float | None:
    found = []
    for part in re.split(r"[;|,]", value):
        match = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*(km/h|kmh|kph|mph)?\s*", part)
        if match is None:
            return None
        kmh = float(match[1]) * (KMH_PER_MPH if match[2] == "mph" else 1.0)
        if not 3 <= kmh <= 150:
            return None
        found.append(kmh)
    return min(found)


def one_of(name: str, value: Any) -> Any:
    """An attribute of osmnx; of a list (merged edges) all speed limits, a bar if there is one, else the first."""
    if not isinstance(value, list):
        return value
    if name == "maxspeed":
        return ";".join(str(part) for part in value)
    return next((part for part in value if part in CLOSED_TO_CARS), value[0])
