"""Access to facilities as a measure of districts: supply per person by G2SFCA."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from geojeom.messages import Remark
from spatial.measures.context import Context, Floats, Measured
from spatial.measures.facilities import LAYER, cells_of, none_of, toward_facilities
from spatial.measures.floating_catchment import g2sfca
from spatial.streets.travel import Mode, from_groups

PER_PEOPLE = 10_000
SITES_AT_ONCE = 64


def access(
    context: Context, *, kinds: list[str], beta: float, limit_min: float, mode: Mode, walk_min: float
) -> Measured:
    """Facilities per 10,000 people, mean over the people within ``walk_min`` of the district (its own included).

    Walking is at the network's speed, driving at the standard's (data/minimum.yaml). A facility counts as many as its
    ``count``: capacities are not known. People out of reach of every facility have none, which is a value.
    """
    site, supply = _supply(context, kinds)
    if not site.size:
        return none_of(context, kinds, "population", "streets")
    people = context.column("population")
    if np.isnan(people).all():
        out = none_of(context, kinds, "population", "streets")
        out.missing = [Remark("measure.no_data", columns=["population"])] * len(out.missing)
        return out
    people = np.nan_to_num(people)
    offered = _offered(context, site, supply, people, beta=beta, limit_min=limit_min, mode=mode)
    scope = context.scope(walk_min, None)
    result = Measured(np.full(len(scope), np.nan), ("population", LAYER, "streets"))
    for row, cells in enumerate(scope):
        among = people[cells].sum()
        if among > 0:
            result.value[row] = PER_PEOPLE * (people[cells] * offered[cells]).sum() / among
        else:
            result.missing[row] = Remark("measure.nobody")
    return result


def _supply(context: Context, kinds: list[str]) -> tuple[NDArray[np.int32], Floats]:
    """Cells that hold such facilities, and how many each."""
    chosen = context.facilities[context.facilities["kind"].isin(kinds)]
    cell = cells_of(context, shapely.get_coordinates(chosen.geometry.to_numpy()))
    held = cell >= 0
    site, which = np.unique(cell[held], return_inverse=True)
    return site.astype(np.int32), np.bincount(which, weights=chosen["count"].to_numpy(float)[held]).astype(float)


def _offered(
    context: Context,
    site: NDArray[np.int32],
    supply: Floats,
    people: Floats,
    *,
    beta: float,
    limit_min: float,
    mode: Mode,
) -> Floats:
    towards = toward_facilities(context.network, context.network.walk_kmh, context.minimum.drive_kmh)
    counts, cells, minutes = [np.zeros(1, np.int64)], [np.empty(0, np.int32)], [np.empty(0, np.float32)]
    for first in range(0, site.size, SITES_AT_ONCE):
        groups = [np.array([at], np.int32) for at in site[first : first + SITES_AT_ONCE]]
        seconds = from_groups(towards, groups, limit_min * 60, mode)
        row, cell = np.nonzero(np.isfinite(seconds))
        counts.append(np.bincount(row, minlength=len(groups)))
        cells.append(cell.astype(np.int32))
        minutes.append((seconds[row, cell] / 60).astype(np.float32))
    return g2sfca(
        np.cumsum(np.concatenate(counts)),
        np.concatenate(cells),
        np.concatenate(minutes),
        people=people,
        supply=supply,
        beta=beta,
    )
