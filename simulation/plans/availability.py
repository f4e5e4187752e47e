"""From openings to where a service can be used, and from which month (a and g of the model)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulation.plans.catalogue import Service
from simulation.plans.prerequisites import in_order
from spatial.streets.network import Network
from spatial.streets.travel import from_groups

# Fewest seconds from each given cell to every cell, (G, C), infinite beyond the limit.
Seconds = Callable[[list[int], float, str], NDArray[np.float32]]


def fade(travel_s: NDArray[np.float32], full_s: float) -> NDArray[np.float32]:
    """Availability 0-1 by travel time: 1 up to ``full_s``, 0 from twice that on, between them 1 - 3u² + 2u³.

    u is the way gone from one to the other. Smooth at both ends, so that no cell's fate hangs on one second. A design
    choice, as is the factor two.
    """
    u = np.clip(travel_s / np.float32(full_s) - np.float32(1), 0, 1)
    return np.asarray(1 - u * u * (3 - 2 * u), np.float32)


def reach(
    openings: pd.DataFrame,
    services: Mapping[str, Service],
    inside: NDArray[np.bool_],
    zone_id: pd.Series,
    seconds: Seconds,
) -> NDArray[np.float32]:
    """Availability that each opening gives each cell once it works, by its service's reach.

    Parameters
    ----------
    openings : DataFrame
        O rows as ``plans.siting`` lays them: ``part``, ``zone_id``, ``service`` and ``cell`` (row number) are used.
    services : mapping of Service
        By id.
    inside : bool (C,)
        The hub's cells, which are the area of its openings; that of an opening outside is its zone.
    zone_id : Series (C,)
        The zone of each cell, null for none.
    seconds : callable
        ``(sites, limit_s, mode)`` -> float32 (G, C): fewest seconds from each of G sites to every cell, infinite beyond
        the limit.

    Returns
    -------
    float32 (O, C)
        0 to 1; docs/model.md has the equations.
    """
    result = np.zeros((len(openings), len(inside)), np.float32)
    in_hub = (openings["part"] == "in_district").to_numpy(dtype=bool)
    zone, names = pd.factorize(zone_id)
    at = names.get_indexer(pd.Index(openings["zone_id"]))
    for name, service in services.items():
        rows = np.flatnonzero(openings["service"] == name)
        kind, full_s = service.reach.kind, service.reach.travel_s
        if kind == "citywide":
            result[rows] = 1
        elif full_s is None:
            result[rows[in_hub[rows]]] = inside
            outside = rows[~in_hub[rows]]
            # Of a cell in no zone, and of an opening in none, the number is -1.
            result[outside] = (zone == at[outside, None]) & (zone >= 0)
        elif rows.size:
            sites, which = np.unique(openings["cell"].to_numpy()[rows], return_inverse=True)
            result[rows] = fade(seconds([int(site) for site in sites], 2 * full_s, kind), full_s)[which]
    return result


def works_from(
    openings: pd.DataFrame, services: Mapping[str, Service], reached: NDArray[np.float32], months: int
) -> pd.Series:
    """First month in which each opening works: its own, or when all prerequisites work where it stands.

    A prerequisite works at a site when one of its own openings that works reaches the site in full (availability 1).

    Parameters
    ----------
    openings : DataFrame
        O rows: ``service``, ``month`` (from 0), ``cell`` (row number).
    services : mapping of Service
        By id.
    reached : float32 (O, C)
        What each opening gives each cell, 0 to 1.
    months : int
        The months simulated.

    Returns
    -------
    Series (O,)
        Int64, months from 0; null where that never happens within ``months``.
    """
    never = np.iinfo(np.int64).max
    month = openings["month"].to_numpy(dtype=np.int64)
    cell = openings["cell"].to_numpy()
    rows_of = {name: np.flatnonzero(openings["service"] == name) for name in services}
    first = np.full(len(openings), never)
    for name in in_order({service.id: service.prerequisites for service in services.values()}):
        rows = rows_of[name]
        ready = month[rows]
        for needed in services[name].prerequisites:
            supply = rows_of[needed]
            serves = reached[np.ix_(supply, cell[rows])] >= 1
            ready = np.maximum(ready, np.where(serves, first[supply, None], never).min(axis=0, initial=never))
        first[rows] = ready
    known = first < months
    return pd.Series(np.where(known, first, 0), index=openings.index, dtype="Int64").where(pd.Series(known), pd.NA)


def works_until(openings: pd.DataFrame, services: Mapping[str, Service], reached: NDArray[np.float32]) -> pd.Series:
    """First month in which each opening works no more: it closes, or the last of a prerequisite does there.

    Parameters
    ----------
    openings : DataFrame
        O rows: ``service``, ``cell`` (row number) and ``closes`` (month from 0); without that column none ever closes.
    services : mapping of Service
        By id.
    reached : float32 (O, C)
        What each opening gives each cell, 0 to 1.

    Returns
    -------
    Series (O,)
        Int64, months from 0; null where that never happens.
    """
    never = np.iinfo(np.int64).max
    column = openings.get("closes", pd.Series(pd.NA, index=openings.index, dtype="Int64"))
    last = column.fillna(never).to_numpy(dtype=np.int64)
    cell = openings["cell"].to_numpy()
    rows_of = {name: np.flatnonzero(openings["service"] == name) for name in services}
    for name in in_order({service.id: service.prerequisites for service in services.values()}):
        rows = rows_of[name]
        for needed in services[name].prerequisites:
            supply = rows_of[needed]
            serves = reached[np.ix_(supply, cell[rows])] >= 1
            last[rows] = np.minimum(last[rows], np.where(serves, last[supply, None], 0).max(axis=0, initial=0))
    ends = last < never
    return pd.Series(np.where(ends, last, 0), index=openings.index, dtype="Int64").where(pd.Series(ends), pd.NA)


def in_month(
    openings: pd.DataFrame,
    reached: NDArray[np.float32],
    names: Sequence[str],
    month: int,
    covered_by: Mapping[str, Sequence[str]],
) -> NDArray[np.float32]:
    """Availability of some services in a month: of all openings that work, the one that serves best.

    Parameters
    ----------
    openings : DataFrame
        O rows with ``works_from`` (and ``works_until``, where any ends), months from 0.
    reached : float32 (O, C)
        What each opening gives each cell, 0 to 1.
    names : sequence of str
        S services, by id.
    month : int
        The month, from 0.
    covered_by : mapping
        Service -> the services that must reach its users: it is no more available than each of them is.

    Returns
    -------
    float32 (S, C)
        0 to 1; 0 for a service of which nothing works.
    """
    works = (openings["works_from"] <= month).to_numpy(dtype=bool, na_value=False)
    service = openings["service"].to_numpy(dtype=object)
    if "works_until" in openings:
        works &= (openings["works_until"] > month).to_numpy(dtype=bool, na_value=True)

    def available(name: str) -> NDArray[np.float32]:
        rows = np.flatnonzero(works & (service == name))
        own = reached[rows].max(axis=0, initial=0)
        return np.asarray(np.minimum.reduce([own, *map(available, covered_by.get(name, ()))]), np.float32)

    return np.array([available(name) for name in names], np.float32).reshape(len(names), reached.shape[1])


def epochs(openings: pd.DataFrame, months: int) -> tuple[list[int], NDArray[np.int32]]:
    """The epochs within which nothing opens or closes.

    Parameters
    ----------
    openings : DataFrame
        With ``works_from`` (and ``works_until``, where any ends), months from 0, null for never.
    months : int
        T, the months simulated.

    Returns
    -------
    starts : list of int
        The first month of each epoch; the first one's is 0.
    epoch : int32 (T,)
        The epoch of each month.
    """
    changes = [openings[name].dropna() for name in ("works_from", "works_until") if name in openings]
    starts = sorted({0, *(int(month) for column in changes for month in column if month < months)})
    epoch = np.searchsorted(starts, np.arange(months), side="right") - 1
    return starts, epoch.astype(np.int32)


def on_streets(network: Network) -> Seconds:
    """Travel times over a network as ``reach`` wants them.

    Parameters
    ----------
    network : Network
        Streets, or what stands in for them.

    Returns
    -------
    callable
        ``(sites, limit_s, mode)`` -> float32 (G, C) seconds, infinite beyond the limit; any mode but ``drive`` is
        on foot.
    """

    def seconds(sites: list[int], limit_s: float, mode: str) -> NDArray[np.float32]:
        groups = [np.array([site], np.int32) for site in sites]
        return from_groups(network, groups, limit_s, "drive" if mode == "drive" else "walk")

    return seconds
