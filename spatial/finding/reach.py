"""How many people a set of areas reaches, and the set that reaches most: the yardstick for areas found greedily."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from spatial.streets.network import Network
from spatial.streets.travel import Mode, from_groups

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
AREAS_AT_ONCE = 64


def reached(network: Network, areas: list[NDArray[np.int32]], limit_s: float, mode: Mode) -> Bools:
    """Which cells lie within ``limit_s`` of each area (A, C); an area is row numbers of cells.parquet."""
    within = np.zeros((len(areas), network.cell_node.size), bool)
    for first in range(0, len(areas), AREAS_AT_ONCE):
        part = slice(first, first + AREAS_AT_ONCE)
        within[part] = np.isfinite(from_groups(network, areas[part], limit_s, mode))
    return within


def best_cover(reach: Bools, people: Floats, number: int) -> list[int]:
    """The ``number`` areas (rows of ``reach``, (A, C)) that together reach most ``people`` (C,), solved exactly.

    The maximal covering location problem (Church & ReVelle 1974), by HiGHS as SciPy brings it. Cells reached by the
    same areas are one client, which changes nothing but the time it takes.
    """
    inhabited = (people > 0) & reach.any(axis=0)
    if not inhabited.any():
        return []
    packed = np.packbits(reach[:, inhabited], axis=0)
    _, first, client = np.unique(packed, axis=1, return_index=True, return_inverse=True)
    clients = reach[:, inhabited][:, first].T
    weights = np.bincount(client.ravel(), weights=people[inhabited])
    count, areas = clients.shape
    # One variable per area, whether it is chosen, then one per client, whether it is reached: by a chosen area only.
    covered = sparse.hstack([sparse.csr_array(-clients.astype(float)), sparse.eye_array(count)])
    chosen = np.concatenate([np.ones(areas), np.zeros(count)])
    most = min(number, areas)
    solution = milp(
        np.concatenate([np.zeros(areas), -weights]),
        constraints=[LinearConstraint(covered, ub=0.0), LinearConstraint(chosen[None], most, most)],
        integrality=chosen,
        bounds=Bounds(0, 1),
        options={"mip_rel_gap": 0.0},
    )
    return [int(at) for at in np.flatnonzero(solution.x[:areas] > 0.5)]


def people_reached(reach: Bools, people: Floats, areas: list[int]) -> float:
    """People within reach of at least one of some areas."""
    return float(people[reach[areas].any(axis=0)].sum()) if areas else 0.0
