"""Who is cut off: people whom streets do not bring to the rest of the region, or only by ferry or by car."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from spatial.streets.islands import ACCESS_LIMIT_M, components
from spatial.streets.network import Mode, Network

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


def cut_off(network: Network, people: Floats) -> list[tuple[str, str]]:
    """Say who is cut off: sentences in Korean and English with their number, and none of what concerns nobody.

    The rest of the region is where most people are joined to one another.

    Parameters
    ----------
    network
        The streets, as cells join them.
    people : float64 (C,)
        Who live in each cell, NaN where unknown; where they are known of no cell, cells are counted instead.

    Returns
    -------
    list of (Korean, English)
    """
    known = not np.isnan(people).all()
    count = np.nan_to_num(people) if known else np.ones(len(people))
    beyond = network.cell_part < 0
    joined = _joined_to_most(network, count, "any") & ~beyond
    on_foot, by_car = (_joined_to_most(network, count, mode) for mode in ("walk", "drive"))
    main = np.argmax(np.bincount(network.cell_part[joined], count[joined])) if joined.any() else -1
    alone = ~beyond & ~joined
    places = len(np.unique(network.cell_part[alone & (count > 0)]))
    sentences = [
        (
            beyond,
            f"도로에서 {ACCESS_LIMIT_M:,.0f} m 넘게 떨어져 어디에도 이르지 못함",
            f"over {ACCESS_LIMIT_M:,.0f} m from any street, so that they reach nothing",
        ),
        (
            alone,
            f"나머지 도로와 이어지지 않은 {places:,}곳(섬 등)에 있어 그 안에서만 서로 이름",
            f"on streets joined to no others ({places:,} such, islands for instance), within reach of one another only",
        ),
        (
            joined & (network.cell_part != main),
            "배로만 나머지와 이어짐(타고 가는 시간만 세고 기다리는 시간은 세지 않음)",
            "joined to the rest by ferry only (the crossing is counted, the wait is not)",
        ),
        (joined & ~on_foot, "걸어서는 나머지와 이어지지 않음", "not joined to the rest on foot"),
        (joined & ~by_car, "차로는 나머지와 이어지지 않음", "not joined to the rest by car"),
    ]
    out = []
    for cells, ko, en in sentences:
        number = count[cells].sum()
        if number > 0:
            out.append(
                (
                    f"{ko}: {number:,.0f}{'명' if known else '개 격자'}.",
                    f"{en[0].upper()}{en[1:]}: {number:,.0f} {'people' if known else 'cells'}.",
                )
            )
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
