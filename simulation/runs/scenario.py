"""A region and its hubs as the arrays the diffusion core runs on: hubs are lanes side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulation.plans import availability
from simulation.plans.catalogue import Mixing
from simulation.plans.people import Potential
from simulation.spread.barriers import hindered_s
from simulation.spread.diffusion import Problem
from simulation.spread.mixing import Rows, contagious, gravity, radiation
from simulation.spread.order import along_hilbert
from spatial.streets.network import Network
from spatial.streets.travel import from_groups

# Zones further apart than this on the road (4 hours) do not imitate each other; no region is that wide.
ZONE_LIMIT_S = 14400.0


class Walks(NamedTuple):
    """Walking times between n cells (CSR), and the share of contact that gets across the barriers of each way."""

    indptr: NDArray[np.int64]  # (n + 1,)
    indices: NDArray[np.int32]
    travel_s: NDArray[np.float32]
    passes: NDArray[np.float64] | None = None  # None: there are no barriers


@dataclass(frozen=True)
class City:
    """What no plan changes: the n cells with any potential adopter of any service, and how they mix.

    ``cell`` (n,) are row numbers of the cells table; ``potential`` (S, n); ``contact`` is K, ``zone`` (n,) with
    ``zone_weight`` (Z, Z) is H; zone -1 is none. ``stream`` (S,) numbers the services in the random stream, ``order``
    (n,) is the order in which a run keeps the cells in memory.
    """

    cell: NDArray[np.int32]
    services: list[str]
    stream: NDArray[np.int64]
    potential: NDArray[np.int32]
    contact: Rows
    zone: NDArray[np.int32]
    zone_weight: NDArray[np.float32]
    order: NDArray[np.int64]


@dataclass(frozen=True)
class Hub:
    """One plan on one district, over the n cells of a City.

    ``starts`` are the first months of its epochs, ``available`` (E, S, n) the availability in each.
    """

    district_id: str
    inside: NDArray[np.bool_]
    travel_s: NDArray[np.float32]
    starts: list[int]
    available: NDArray[np.float32]


def inhabited(potential: Potential) -> NDArray[np.int32]:
    """Row numbers of the cells with any potential adopter (n,)."""
    return np.flatnonzero(potential.count.any(axis=0)).astype(np.int32)


def within(
    travel_cell: NDArray[np.int32],
    rows: tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.float32]],
    cell: NDArray[np.int32],
    limit_s: float,
) -> Walks:
    """Walking times (CSR ``rows`` over ``travel_cell``) among ``cell`` only, up to ``limit_s``; no barriers.

    Indices of the result are positions in ``cell``. A cell that ``travel_cell`` lacks has an empty row. Both cell
    arrays ascend.
    """
    indptr, indices, travel_s = rows
    position = np.full(max(travel_cell.max(initial=-1), cell.max(initial=-1)) + 1, -1, np.int32)
    position[cell] = np.arange(cell.size, dtype=np.int32)
    new = position[travel_cell]
    keep = (travel_s <= limit_s) & (new[indices] >= 0) & np.repeat(new >= 0, np.diff(indptr))
    before = np.concatenate([[0], np.cumsum(keep, dtype=np.int64)])
    count = np.zeros(cell.size, np.int64)
    kept = new >= 0
    count[new[kept]] = np.diff(before[indptr])[kept]
    return Walks(np.concatenate([[0], np.cumsum(count)]), new[indices[keep]], travel_s[keep])


def contact(walks: Walks, people: NDArray[np.float64], mixing: Mixing) -> Rows:
    """K between some cells.

    Parameters
    ----------
    walks : Walks
        Seconds between n cells, and what barriers let through.
    people : float64 (n,)
        Present in each.
    mixing : Mixing
        The city's times of contact.

    Returns
    -------
    Rows
        Each sums to 1.
    """
    travel_s = walks.travel_s
    if walks.passes is not None:
        travel_s = hindered_s(travel_s, walks.passes, mixing.contact_decay_s)
    return contagious(walks.indptr, walks.indices, travel_s, people, mixing.contact_decay_s, mixing.max_neighbours)


def mix(
    potential: Potential,
    cell: NDArray[np.int32],
    walks: Walks,
    *,
    xy_m: NDArray[np.float64],
    stream: NDArray[np.int64],
    present: NDArray[np.float64],
    zone_id: pd.Series,
    network: Network,
    mixing: Mixing,
) -> City:
    """Put the city together: K from walking times between the cells, H from drives between zone centres.

    A zone's centre is its cell with most people ``present`` (C,); zones without people do not take part. ``stream``
    (S,) numbers the services of ``potential`` in the random stream; ``xy_m`` (C, 2) are the cells' centres.
    """
    peopled = pd.DataFrame({"zone_id": zone_id.array, "present": present}).dropna(subset="zone_id")
    peopled = peopled[peopled["present"] > 0]
    zones = peopled.groupby("zone_id")["present"].agg(["idxmax", "sum"]).sort_index()
    centre = zones["idxmax"].to_numpy(dtype=np.int32)
    drive_s = from_groups(network, [centre[[i]] for i in range(centre.size)], ZONE_LIMIT_S, "drive")[:, centre]
    people = zones["sum"].to_numpy(dtype=np.float64)
    weight = (
        radiation(people, drive_s)
        if mixing.zone_model == "radiation"
        else gravity(people, drive_s, mixing.zone_decay_s)
    )
    zone = pd.Categorical(zone_id.iloc[cell], categories=zones.index).codes.astype(np.int32)
    return City(
        cell=cell,
        services=potential.services,
        stream=stream,
        potential=potential.count[:, cell],
        contact=contact(walks, present[cell], mixing),
        zone=zone,
        zone_weight=np.asarray(weight, np.float32),
        order=along_hilbert(xy_m[cell]),
    )


def hub(
    district_id: str,
    openings: pd.DataFrame,
    reached: NDArray[np.float32],
    *,
    inside: NDArray[np.bool_],
    travel_s: NDArray[np.float32],
    city: City,
    covered_by: Mapping[str, Sequence[str]],
    months: int,
) -> Hub:
    """One plan's availability over the city's cells.

    ``openings`` with ``works_from``, ``covered_by`` as in ``plans.availability.in_month``; ``reached`` (O, C),
    ``inside`` (C,) and the drive from the hub ``travel_s`` (C,) run over all cells of the table.
    """
    starts, _ = availability.epochs(openings, months)
    at_cells = reached.take(city.cell, axis=1)
    stages = [availability.in_month(openings, at_cells, city.services, start, covered_by) for start in starts]
    return Hub(district_id, inside[city.cell], travel_s[city.cell], starts, np.stack(stages))


def problem(city: City, hubs: Sequence[Hub], months: int) -> Problem:
    """The diffusion problem with one lane per hub.

    Parameters
    ----------
    city : City
        S services over n cells.
    hubs : sequence of Hub
        L plans on this city; a single one serves every lane.
    months : int
        T, the months simulated.

    Returns
    -------
    Problem
        Its epochs begin wherever one of a hub's does.
    """
    starts = sorted({start for each in hubs for start in each.starts})
    lanes = []
    for each in hubs:
        stage = np.searchsorted(each.starts, starts, side="right") - 1
        lanes.append(each.available[stage])
    epoch = np.searchsorted(starts, np.arange(months), side="right") - 1
    return Problem(
        potential=city.potential,
        availability=np.stack(lanes, axis=-1),
        epoch=epoch.astype(np.int32),
        hub_travel_s=np.stack([each.travel_s for each in hubs], axis=-1),
        inside=np.stack([each.inside for each in hubs], axis=-1),
        contact=city.contact,
        zone=city.zone,
        zone_weight=city.zone_weight,
        # The region's and the catalogue's own numbers: cells and services keep their luck when a plan opens others.
        number=city.cell.astype(np.int64),
        stream=city.stream,
        order=city.order,
    )
