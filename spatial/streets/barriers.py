"""Barriers on streets: the street is cut where they stand, and joined again for those who pass.

So a barrier is the end of a street for whom it stops: one may come up to it from either side, and turn back.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pandas as pd

from spatial.reading.provenance import Ledger
from spatial.streets.links import Links


def cut_at_barriers(links: Links, barriers: pd.DataFrame, ledger: Ledger) -> Links:
    """Cut links at barriers, and join the sides again for those who pass.

    A barrier where more than two streets meet cuts none, as nothing says on which it stands; such are counted.
    Sequences of links that are banned stay so.

    Parameters
    ----------
    links
        N nodes and E links.
    barriers
        Rows of nodes by position (0 to N - 1): ``walk`` and ``drive``, whether each mode passes.
    ledger
        Takes how many places are cut, and barriers at junctions.

    Returns
    -------
    Links
        One node and one link of no length more for each of K cuts: N + K nodes, E + K links.
    """
    ends = pd.DataFrame({"link": np.tile(np.arange(len(links.u)), 2), "side": np.repeat([0, 1], len(links.u))})
    ends["node"], ends["other"] = np.concatenate([links.u, links.v]), np.concatenate([links.v, links.u])
    ends = ends[ends["node"].isin(barriers.index) & (ends["node"] != ends["other"])]
    pair = np.column_stack([links.u, links.v])
    added: list[tuple[int, bool, bool]] = []
    junctions = 0
    passes = dict(zip(barriers.index, zip(barriers["walk"], barriers["drive"], strict=True), strict=True))
    for _, meeting in ends.groupby("node"):
        node = int(meeting["node"].iloc[0])
        sides = meeting["other"].unique()
        junctions += len(sides) > 2
        if len(sides) == 2:
            beyond = meeting[meeting["other"] == sides[1]]
            pair[beyond["link"], beyond["side"]] = len(links.node_x_m) + len(added)
            added.append((node, *passes[node]))
    if junctions:
        ledger.note("barriers.junctions", n=junctions)
    if not added:
        return links
    at, walk, drive = (np.array(values) for values in zip(*added, strict=True))
    ledger.note("barriers.cut", cars=int((~drive).sum()), walkers=int((~walk).sum()))
    # Who passes goes from one side to the other in no time; any speed does.
    kmh = np.where(drive, 1.0, np.nan)
    return replace(
        links,
        node_x_m=np.concatenate([links.node_x_m, links.node_x_m[at]]),
        node_y_m=np.concatenate([links.node_y_m, links.node_y_m[at]]),
        u=np.concatenate([pair[:, 0], at]),
        v=np.concatenate([pair[:, 1], len(links.node_x_m) + np.arange(len(at))]),
        length_m=np.concatenate([links.length_m, np.zeros(len(at))]),
        walk_forward=np.concatenate([links.walk_forward, walk]),
        walk_backward=np.concatenate([links.walk_backward, walk]),
        forward_kmh=np.concatenate([links.forward_kmh, kmh]),
        backward_kmh=np.concatenate([links.backward_kmh, kmh]),
        node_id=np.concatenate([links.node_id, -1 - np.arange(len(at))]),
        boat_kmh=np.concatenate([links.boat_kmh, np.full(len(at), np.nan)]),
        bans=_through(links, pair, at),
    )


def _through(links: Links, pair: np.ndarray, at: np.ndarray) -> list[tuple[int, ...]]:
    """Banned sequences with the passages through barriers on their way, in the numbers of the longer list of links.

    Nobody turns back within such a passage: it has no length, and who did so would get round the ban.
    """
    before, added, nodes = len(links.u), len(at), len(links.node_x_m)
    passage = {int(node): before + number for number, node in enumerate(at)}
    ways: dict[tuple[int, ...], None] = {}
    for ban in links.bans:
        now = [link if link < before else link + added for link in ban]
        longer = [now[0]]
        for one, other in pairwise(now):
            leaves = pair[one, 1] if one < before else pair[one - before - added, 0]
            enters = pair[other, 0] if other < before else pair[other - before - added, 1]
            if leaves != enters:
                there = passage[int(min(leaves, enters))]
                back = there + before + added
                ways |= dict.fromkeys([(there, back), (back, there)])
                longer.append(back if leaves >= nodes else there)
            longer.append(other)
        ways[tuple(longer)] = None
    return list(ways)
