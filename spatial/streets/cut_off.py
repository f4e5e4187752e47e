"""Who is cut off: people whom streets do not bring to the rest of the region, or only by ferry or by car."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from geojeom.messages import Remark
from spatial.streets.islands import ACCESS_LIMIT_M, components
from spatial.streets.network import Mode, Network

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


def cut_off(network: Network, people: Floats) -> list[Remark]:
    """Say who is cut off, with their number, and none of what concerns nobody.

    The rest of the region is where most people are joined to one another.

    Parameters
    ----------
    network
        The streets, as cells join them.
    people : float64 (C,)
        Who live in each cell, NaN where unknown; where they are known of no cell, cells are counted instead.

    Returns
    -------
    list of Remark
    """
    known = not np.isnan(people).all()
    count = np.nan_to_num(people) if known else np.ones(len(people))
    beyond = network.cell_part < 0
    joined = _joined_to_most(network, count, "any") & ~beyond
    on_foot, by_car = (_joined_to_most(network, count, mode) for mode in ("walk", "drive"))
    main = np.argmax(np.bincount(network.cell_part[joined], count[joined])) if joined.any() else -1
    alone = ~beyond & ~joined
    places = len(np.unique(network.cell_part[alone & (count > 0)]))
    sentences: list[tuple[Any, str, dict[str, float]]] = [
        (
            beyond,
            "cutoff.beyond",
            {"m": ACCESS_LIMIT_M},
        ),
        (
            alone,
            "cutoff.alone",
            {"places": places},
        ),
        (
            joined & (network.cell_part != main),
            "cutoff.ferry",
            {},
        ),
        (joined & ~on_foot, "cutoff.walk", {}),
        (joined & ~by_car, "cutoff.drive", {}),
    ]
    out = []
    for cells, code, values in sentences:
        number = count[cells].sum()
        if number > 0:
            counted = Remark("count.people" if known else "count.cells", n=number)
            out.append(Remark(code, **values, count=counted))
    return out


def _joined_to_most(network: Network, count: Floats, by: str) -> Bools:
    """Cells from which the largest number is reached and reaches back."""
    nodes = network.indptr.size - 1
    pair = np.column_stack([np.repeat(np.arange(nodes), np.diff(network.indptr)), network.indices])
    mode: Mode = "drive" if by == "drive" else "walk"
    if by != "any":
        pair = pair[np.isfinite(network.walk_s if by == "walk" else network.drive_s)]
    node, access_s = network.joins(mode)
    label: Ints = components(pair, nodes, "weak" if by == "any" else "strong")[node]
    reached = np.isfinite(access_s)
    if not reached.any():
        return reached
    return np.asarray(reached & (label == np.argmax(np.bincount(label[reached], count[reached]))), np.bool_)
