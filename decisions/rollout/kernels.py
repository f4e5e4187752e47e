"""The mean field of one stream in double precision: plans side by side, and blocks of cells forward and backward.

Lanes (plans, labels, states) are the last axis. ``simulation.kernels.month`` runs the same model faster and in single
precision; a bound needs the whole path of every cell and its gradient. Sums run in the order of the rows.
"""

# ruff: noqa: PLR0917 -- compiled kernels are called by position.
from __future__ import annotations

import numpy as np

from geojeom.kernels import kernel


@kernel
def places(cells, n):  # type: ignore[no-untyped-def]
    """Where each of ``n`` cells stands in ``cells``; -1: nowhere."""
    here = np.full(n, -1)
    for c in range(cells.size):
        here[cells[c]] = c
    return here


@kernel
def path(available, seed, rows, zones):  # type: ignore[no-untyped-def]
    """Shares (T + 1, n) under ``available`` (T, n)."""
    indptr, indices, weight = rows
    zone, zone_share, zone_weight = zones
    months, n = available.shape
    y, u = np.zeros((months + 1, n)), np.zeros(n)
    total, pull = np.zeros(zone_weight.shape[0]), np.zeros(zone_weight.shape[0])
    for t in range(months):
        total[:] = 0.0
        for j in range(n):
            if zone[j] >= 0:
                total[zone[j]] += zone_share[j] * y[t, j]
        for z in range(pull.size):
            pull[z] = 0.0
            for other in range(pull.size):
                pull[z] += zone_weight[z, other] * total[other]
        for i in range(n):
            hazard = seed[i]
            for k in range(indptr[i], indptr[i + 1]):
                hazard += weight[k] * y[t, indices[k]]
            if zone[i] >= 0:
                hazard += pull[zone[i]]
            u[i] += available[t, i] * hazard
            y[t + 1, i] = 1.0 - np.exp(-u[i])
    return y


@kernel
def labels(there, base, epoch, own_reach, opens, seed, rows, blocks, zone_weight):  # type: ignore[no-untyped-def]  # noqa: C901, PLR0912
    """Shares (T + 1, n, L) of every block in L labels, all outside the block as in ``there`` (T + 1, n).

    In label l a cell has ``own_reach`` (n,) from month ``opens[l]`` on, and its base. ``blocks`` = (block of each cell,
    part of each cell, zone share, zone of each part, first part of each block): a part is what a block has of a zone.
    """
    indptr, indices, weight = rows
    block, part, zone_share, part_zone, part_start = blocks
    n, months, lanes, parts = seed.size, epoch.size, opens.size, part_zone.size
    y, u, pull = np.zeros((months + 1, n, lanes)), np.zeros((n, lanes)), np.zeros(lanes)
    held, outside, zonal = np.zeros((parts, lanes)), np.zeros(parts), np.zeros((parts, lanes))
    total = np.zeros(zone_weight.shape[0])
    for t in range(months):
        held[:], outside[:], total[:] = 0.0, 0.0, 0.0
        for j in range(n):
            if part[j] >= 0:
                outside[part[j]] += zone_share[j] * there[t, j]
                for lane in range(lanes):
                    held[part[j], lane] += zone_share[j] * y[t, j, lane]
        for p in range(parts):
            total[part_zone[p]] += outside[p]
        for b in range(part_start.size - 1):
            for p in range(part_start[b], part_start[b + 1]):
                everyone = 0.0
                for z in range(total.size):
                    everyone += zone_weight[part_zone[p], z] * total[z]
                zonal[p] = everyone
                for q in range(part_start[b], part_start[b + 1]):
                    for lane in range(lanes):
                        zonal[p, lane] += zone_weight[part_zone[p], part_zone[q]] * (held[q, lane] - outside[q])
        for i in range(n):
            pull[:] = seed[i]
            for k in range(indptr[i], indptr[i + 1]):
                j = indices[k]
                if block[j] == block[i]:
                    for lane in range(lanes):
                        pull[lane] += weight[k] * y[t, j, lane]
                else:
                    pull += weight[k] * there[t, j]
            if part[i] >= 0:
                pull += zonal[part[i]]
            for lane in range(lanes):
                available = base[epoch[t], i]
                if t >= opens[lane]:
                    available = max(available, own_reach[i])
                u[i, lane] += available * pull[lane]
                y[t + 1, i, lane] = 1.0 - np.exp(-u[i, lane])
    return y


@kernel
def entering(there, rows, blocks, zone_weight):  # type: ignore[no-untyped-def]  # noqa: C901
    """What enters each cell from other blocks (T, n), where all cells have the shares ``there`` (T + 1, n)."""
    indptr, indices, weight = rows
    block, part, zone_share, part_zone, part_start = blocks
    months, n = there.shape[0] - 1, there.shape[1]
    out, held, zonal = np.zeros((months, n)), np.zeros(part_zone.size), np.zeros(part_zone.size)
    total = np.zeros(zone_weight.shape[0])
    for t in range(months):
        held[:], total[:] = 0.0, 0.0
        for j in range(n):
            if part[j] >= 0:
                held[part[j]] += zone_share[j] * there[t, j]
        for p in range(held.size):
            total[part_zone[p]] += held[p]
        for b in range(part_start.size - 1):
            for p in range(part_start[b], part_start[b + 1]):
                zonal[p] = 0.0
                for z in range(total.size):
                    zonal[p] += zone_weight[part_zone[p], z] * total[z]
                for q in range(part_start[b], part_start[b + 1]):
                    zonal[p] -= zone_weight[part_zone[p], part_zone[q]] * held[q]
        for i in range(n):
            for k in range(indptr[i], indptr[i + 1]):
                if block[indices[k]] != block[i]:
                    out[t, i] += weight[k] * there[t, indices[k]]
            if part[i] >= 0:
                out[t, i] += max(zonal[part[i]], 0.0)
    return out


@kernel
def forward(cells, available, entered, seed, rows, blocks, zone_weight):  # type: ignore[no-untyped-def]  # noqa: C901
    """Shares (T + 1, c, S) of one block in S states.

    ``cells`` (c,) are the block's, ``available`` (T, c, S) its states, ``entered`` (T, n) what enters from the others:
    times ``available`` it is the hazard added.
    """
    indptr, indices, weight = rows
    block, part, zone_share, part_zone, part_start = blocks
    months, size, states = available.shape
    first_part = part_start[block[cells[0]]]
    parts = part_start[block[cells[0]] + 1] - first_part
    here = places(cells, block.size)
    share, u, pull = np.zeros((months + 1, size, states)), np.zeros((size, states)), np.zeros(states)
    held = np.zeros((parts, states))
    for t in range(months):
        held[:] = 0.0
        for c in range(size):
            if part[cells[c]] >= 0:
                for s in range(states):
                    held[part[cells[c]] - first_part, s] += zone_share[cells[c]] * share[t, c, s]
        for c in range(size):
            i = cells[c]
            pull[:] = seed[i] + entered[t, i]
            for k in range(indptr[i], indptr[i + 1]):
                d = here[indices[k]]
                if d >= 0:
                    for s in range(states):
                        pull[s] += weight[k] * share[t, d, s]
            if part[i] >= 0:
                for q in range(parts):
                    for s in range(states):
                        pull[s] += zone_weight[part_zone[part[i]], part_zone[first_part + q]] * held[q, s]
            for s in range(states):
                u[c, s] += available[t, c, s] * pull[s]
                share[t + 1, c, s] = 1.0 - np.exp(-u[c, s])
    return share


@kernel
def _turn_back(cells, here, turned, received, share, pressure):  # type: ignore[no-untyped-def]
    """Add to ``pressure`` (c, S) what the block's own cells felt of each of them a month later."""
    start, index, weight = turned
    for c in range(cells.size):
        for k in range(start[cells[c]], start[cells[c] + 1]):
            d = here[index[k]]
            if d >= 0:
                for s in range(pressure.shape[1]):
                    pressure[c, s] += weight[k] * received[d, s] * (1.0 - share[c, s])


@kernel
def outer_of(cells, here, rows):  # type: ignore[no-untyped-def]
    """Cells of other blocks that touch the block (X,), and where each of all cells stands among them; -1: nowhere."""
    indptr, indices, _ = rows
    there = np.full(here.size, -1)
    outer = np.empty(here.size, np.int64)
    count = 0
    for i in cells:
        for k in range(indptr[i], indptr[i + 1]):
            if here[indices[k]] < 0 and there[indices[k]] < 0:
                there[indices[k]] = count
                outer[count] = indices[k]
                count += 1
    return outer[:count].copy(), there


@kernel
def _received_from(cells, outer, there, rows, block, y, received, felt, near):  # type: ignore[no-untyped-def]
    """Add to ``near`` what the cells receive from other blocks' labels ``y`` (n, L) in a month, times ``received``.

    ``felt`` (X, S) is room for the part of each outer cell, which all labels share.
    """
    indptr, indices, weight = rows
    felt[:] = 0.0
    for c in range(cells.size):
        for k in range(indptr[cells[c]], indptr[cells[c] + 1]):
            x = there[indices[k]]
            if x >= 0:
                for s in range(received.shape[1]):
                    felt[x, s] += weight[k] * received[c, s]
    for x in range(outer.size):
        for lane in range(y.shape[1]):
            sent = y[outer[x], lane]
            for s in range(received.shape[1]):
                near[block[outer[x]], lane, s] += sent * felt[x, s]


@kernel
def backward(cells, available, entered, share, y, turned, rows, blocks, zone_weight, worth, timing):  # type: ignore[no-untyped-def]  # noqa: C901
    """One block's goal in S states, and its gradient in what enters, contracted with the labels of all other blocks.

    Arguments as in ``forward``, whose result ``share`` is; ``y`` (T + 1, n, L) are the labels' shares, ``turned`` is
    ``contact`` transposed.

    Returns
    -------
    slope_there : (S,)
        Σ gradient · available · entered.
    near : (blocks, L, S)
        Σ gradient · available · what other blocks' labels send by ``contact``.
    by_zone : (the block's parts of zones, T, S)
        Σ over the part's cells of gradient · available, for what is sent by ``zone_weight``.
    highest : (T, c)
        The greatest gradient · available of any state.
    """
    block, part, zone_share, part_zone, part_start = blocks
    months, size, states = available.shape
    first_part = part_start[block[cells[0]]]
    parts = part_start[block[cells[0]] + 1] - first_part
    here = places(cells, block.size)
    slope_there, by_zone = np.zeros(states), np.zeros((parts, months, states))
    near = np.zeros((part_start.size - 1, y.shape[2], states))
    outer, there = outer_of(cells, here, rows)
    felt = np.zeros((outer.size, states))
    highest = np.zeros((months, size))
    # pressure[c] = dG / du_c at the month looked at
    pressure, received = np.zeros((size, states)), np.zeros((size, states))
    for t in range(months, -1, -1):
        for c in range(size):
            j = cells[c]
            for s in range(states):
                back = timing[t] * worth[j]
                if part[j] >= 0 and t < months:
                    for q in range(parts):
                        sent = zone_weight[part_zone[first_part + q], part_zone[part[j]]]
                        back += zone_share[j] * sent * by_zone[q, t, s]
                pressure[c, s] += back * (1.0 - share[t, c, s])
        if t < months:
            _turn_back(cells, here, turned, received, share[t], pressure)
        if t == 0:
            break
        for c in range(size):
            i = cells[c]
            for s in range(states):
                received[c, s] = pressure[c, s] * available[t - 1, c, s]
                slope_there[s] += received[c, s] * entered[t - 1, i]
                highest[t - 1, c] = max(highest[t - 1, c], received[c, s])
                if part[i] >= 0:
                    by_zone[part[i] - first_part, t - 1, s] += received[c, s]
        _received_from(cells, outer, there, rows, block, y[t - 1], received, felt, near)
    return slope_there, near, by_zone, highest
