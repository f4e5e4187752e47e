"""What a block's users are worth through other blocks, and through those that these reach: one sweep back in time."""

# ruff: noqa: PLR0917 -- compiled kernels are called by position.
from __future__ import annotations

import numpy as np

from decisions.rollout.kernels import outer_of, places
from geojeom.kernels import kernel


@kernel
def _out_of_blocks(most, turned, blocks, zone, zone_weight):  # type: ignore[no-untyped-def]
    """What a share more of each cell's users (n,) is worth in all other blocks, where ``most`` (n,) is of what enters.

    ``turned`` are the rows of ``contact`` transposed.
    """
    start, index, weight = turned
    block, part, zone_share, part_zone, part_start = blocks
    by_part, by_zone = np.zeros(part_zone.size), np.zeros(zone_weight.shape[0])
    for i in range(most.size):
        if part[i] >= 0:
            by_part[part[i]] += most[i]
    for p in range(by_part.size):
        by_zone[part_zone[p]] += by_part[p]
    out = np.zeros(most.size)
    for j in range(most.size):
        for k in range(start[j], start[j + 1]):
            if block[index[k]] != block[j]:
                out[j] += weight[k] * most[index[k]]
        if part[j] >= 0:
            elsewhere = 0.0
            for z in range(by_zone.size):
                elsewhere += zone_weight[z, zone[j]] * by_zone[z]
            for q in range(part_start[block[j]], part_start[block[j] + 1]):
                elsewhere -= zone_weight[part_zone[q], zone[j]] * by_part[q]
            # By rounding alone it is below 0.
            out[j] += zone_share[j] * max(elsewhere, 0.0)
    return out


@kernel
def onward(highest, available, share, turned, blocks, zone, zone_weight):  # type: ignore[no-untyped-def]  # noqa: C901
    """What users are worth through other blocks at most, however many blocks on the way.

    Parameters
    ----------
    highest : (T, n)
        The most that any state of a cell's block makes, by its own goal, of a hazard that enters the cell.
    available, share : (T, n, L), (T + 1, n, L)
        Of every block in L labels: at least what is open, and at most the users there are.
    turned, blocks, zone, zone_weight
        Links among cells, as ``kernels.backward`` takes them, and the zone of each cell (n,).

    Returns
    -------
    worth : (T, n)
        Of a share more of a cell's users in all other blocks.
    received : (T, n, L)
        Of a hazard that enters a cell, by what its block's users are then worth in other blocks.
    """
    start, index, weight = turned
    block, part, zone_share, part_zone, part_start = blocks
    months, n, lanes = available.shape
    received, worth = np.zeros((months, n, lanes)), np.zeros((months, n))
    # pressure[i] = how what the block sends on changes with u_i at the month looked at
    pressure, own, back = np.zeros((n, lanes)), np.zeros((part_zone.size, lanes)), np.zeros(lanes)
    most = np.zeros(n)
    for t in range(months - 1, 0, -1):
        own[:] = 0.0
        for i in range(n):
            most[i] = highest[t, i] + received[t, i].max()
            if part[i] >= 0:
                own[part[i]] += received[t, i]
        worth[t] = _out_of_blocks(most, turned, blocks, zone, zone_weight)
        for j in range(n):
            back[:] = worth[t, j]
            if part[j] >= 0:
                for q in range(part_start[block[j]], part_start[block[j] + 1]):
                    sent = zone_share[j] * zone_weight[part_zone[q], zone[j]]
                    for lane in range(lanes):
                        back[lane] += sent * own[q, lane]
            for k in range(start[j], start[j + 1]):
                if block[index[k]] == block[j]:
                    for lane in range(lanes):
                        back[lane] += weight[k] * received[t, index[k], lane]
            for lane in range(lanes):
                pressure[j, lane] += back[lane] * (1.0 - share[t, j, lane])
                received[t - 1, j, lane] = pressure[j, lane] * available[t - 1, j, lane]
    return worth, received


@kernel
def sent_on(cells, received, more, rows, block, count):  # type: ignore[no-untyped-def]
    """Σ received (T, n, L) of a block's cells · contact · more (T, n, L) of other blocks' cells, as (L, B, L)."""
    indptr, indices, weight = rows
    months, n, lanes = received.shape
    outer, there = outer_of(cells, places(cells, n), rows)
    felt, out = np.zeros((outer.size, months, lanes)), np.zeros((lanes, count, lanes))
    for i in cells:
        for k in range(indptr[i], indptr[i + 1]):
            x = there[indices[k]]
            if x >= 0:
                for t in range(months):
                    for lane in range(lanes):
                        felt[x, t, lane] += weight[k] * received[t, i, lane]
    for x in range(outer.size):
        for t in range(months):
            for lane in range(lanes):
                for other in range(lanes):
                    out[lane, block[outer[x]], other] += felt[x, t, lane] * more[t, outer[x], other]
    return out
