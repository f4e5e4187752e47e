"""What stands in for streets where a region has none: straight lines times a stated circuity, one speed per mode.

Such a network has a node for every cell and no edges: a trip between two cells is the straight line between their
centres, lengthened by the circuity, and nothing else.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from spatial.reading.tags import SpeedTable
from spatial.streets.network import Network

Floats = NDArray[np.float64]
# Rows searched at once: the pairs of one block are held in 24 bytes each.
CELLS_PER_BLOCK = 1024


def straight_lines(x_m: Floats, y_m: Floats, table: SpeedTable, country: str) -> Network:
    """Make the network that stands in for streets: a node for every cell, and no links.

    Parameters
    ----------
    x_m, y_m
        (C,) centres of the cells.
    table, country
        Walking speed, circuity, and the country's driving speed for this.

    Returns
    -------
    Network
        Of kind ``straight_line``.
    """
    cells = len(x_m)
    nothing = np.empty(0, np.float32)
    return Network(
        node_x_m=np.asarray(x_m, np.float64),
        node_y_m=np.asarray(y_m, np.float64),
        indptr=np.zeros(cells + 1, np.int64),
        indices=np.empty(0, np.int32),
        length_m=nothing,
        walk_s=nothing,
        drive_s=nothing,
        cell_node=np.arange(cells, dtype=np.int32),
        cell_access_m=np.zeros(cells, np.float32),
        kind="straight_line",
        circuity=table.circuity,
        walk_kmh=table.walk_kmh,
        access_kmh=table.walk_kmh,
        drive_kmh=table.of(country).straight_line_kmh,
        cell_part=np.zeros(cells, np.int32),
    )


def between(
    network: Network, cell: NDArray[np.int32], limit_s: float, mode: Literal["walk", "drive"]
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.float32]]:
    """Seconds between all pairs of cells, as ``spatial.streets.travel.cells_to_cells`` gives them.

    Parameters
    ----------
    network
        One of ``straight_lines``.
    cell
        (n,) row numbers of cells.
    limit_s
        Pairs farther apart are left out.
    mode
        Which speed counts.

    Returns
    -------
    indptr, indices, travel_s
        CSR over positions in ``cell``: (n + 1,), and per pair the other cell (ascending) and the seconds.
    """
    # A second to import, and only regions without streets need them.
    from scipy.sparse import coo_array  # noqa: PLC0415
    from scipy.spatial import cKDTree  # noqa: PLC0415

    seconds_per_m = _seconds_per_m(network, mode)
    centre = _centres(network)[cell]
    everywhere = cKDTree(centre)
    counts, indices, travel_s = [np.zeros(1, np.int64)], [np.empty(0, np.int32)], [np.empty(0, np.float32)]
    for first in range(0, len(centre), CELLS_PER_BLOCK):
        block = centre[first : first + CELLS_PER_BLOCK]
        pairs = cKDTree(block).sparse_distance_matrix(
            everywhere, _radius_m(limit_s, seconds_per_m), output_type="ndarray"
        )
        seconds = pairs["v"] * seconds_per_m
        held = (seconds <= limit_s) & (pairs["i"] + first != pairs["j"])
        rows = coo_array((seconds[held], (pairs["i"][held], pairs["j"][held])), (len(block), len(centre))).tocsr()
        rows.sort_indices()
        counts.append(np.diff(rows.indptr).astype(np.int64))
        indices.append(rows.indices.astype(np.int32))
        travel_s.append(rows.data.astype(np.float32))
    return np.cumsum(np.concatenate(counts)), np.concatenate(indices), np.concatenate(travel_s)


def from_group(
    network: Network, group: NDArray[np.int32], limit_s: float, mode: Literal["walk", "drive"]
) -> NDArray[np.float32]:
    """Fewest seconds from any cell of a group to every cell.

    Parameters
    ----------
    network
        One of ``straight_lines``.
    group
        Row numbers of cells.
    limit_s, mode
        As in ``between``.

    Returns
    -------
    NDArray[np.float32]
        (C,) seconds, infinite beyond the limit.
    """
    from scipy.spatial import cKDTree  # noqa: PLC0415  # as above

    seconds_per_m = _seconds_per_m(network, mode)
    centre, radius_m = _centres(network), _radius_m(limit_s, seconds_per_m)
    reached = np.full(len(centre), np.inf, np.float32)
    if not group.size:
        return reached
    # Most cells lie far from a group: they are not even looked for.
    own = centre[group]
    around = (centre >= own.min(axis=0) - radius_m) & (centre <= own.max(axis=0) + radius_m)
    near = np.flatnonzero(around[:, 0] & around[:, 1])
    distance, _ = cKDTree(own).query(centre[near], distance_upper_bound=radius_m)
    seconds = distance * seconds_per_m
    reached[near] = np.where(seconds <= limit_s, seconds, np.inf)
    return reached


def _seconds_per_m(network: Network, mode: Literal["walk", "drive"]) -> float:
    return network.circuity / ((network.walk_kmh if mode == "walk" else network.drive_kmh) / 3.6)


def _radius_m(limit_s: float, seconds_per_m: float) -> float:
    # A little more than the limit, which is then held to exactly.
    return limit_s / seconds_per_m * (1 + 1e-9)


def _centres(network: Network) -> Floats:
    return np.column_stack([network.node_x_m, network.node_y_m])
