"""Who sees whom: contagious weights between cells, hierarchical weights between zones.

Every row of every result sums to 1, at the border too: what lies outside the region is not lost contact.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from geojeom.kernels import kernel


class Rows(NamedTuple):
    """Sparse rows (CSR) that each sum to 1: ``indptr`` int64 (n+1,), ``indices`` int32, ``weight`` float32."""

    indptr: NDArray[np.int64]
    indices: NDArray[np.int32]
    weight: NDArray[np.float32]


def contagious(  # noqa: PLR0917 -- the arrays of a CSR come first, as everywhere
    indptr: NDArray[np.int64],
    indices: NDArray[np.int32],
    travel_s: NDArray[np.float32],
    people: NDArray[Any],
    decay_s: float,
    max_neighbours: int,
) -> Rows:
    """K_ij ∝ people_j · exp(-travel_s_ij / decay_s) over the pairs given, own cell left out.

    A cell that reaches nobody gets its own cell with weight 1: its contagious share then is its own share, and it stays
    reachable by adoption from outside the kernel.

    Parameters
    ----------
    indptr, indices, travel_s : int64 (n + 1,), int32 (E,), float32 (E,)
        Seconds between the cells, as CSR with ascending indices.
    people : array (n,)
        People of each cell.
    decay_s : float
        Seconds over which contact falls to 1/e, above 0.
    max_neighbours : int
        Of each row so many strongest are kept, equal ones by lower index.

    Returns
    -------
    Rows
        Each sums to 1.
    """
    kept, column, weight = _strongest(
        indptr, indices, travel_s, np.asarray(people, np.float64), float(decay_s), int(max_neighbours)
    )
    starts = np.concatenate([[0], np.cumsum(kept)]).astype(np.int64)
    return Rows(starts, column[: starts[-1]], weight[: starts[-1]])


def gravity(zone_people: NDArray[Any], travel_s: NDArray[Any], decay_s: float) -> NDArray[np.float32]:
    """H_ab ∝ people_b · exp(-travel_s_ab / decay_s) for b ≠ a.

    The form constrained at the origin. A zone that reaches nobody gets itself with weight 1.

    Parameters
    ----------
    zone_people : array (Z,)
        People of each zone.
    travel_s : array (Z, Z)
        Seconds from each zone to each; infinite means out of reach.
    decay_s : float
        Seconds over which the pull falls to 1/e, above 0.

    Returns
    -------
    float32 (Z, Z)
        Rows that sum to 1.

    References
    ----------
    Huff 1964, Defining and estimating a trading area, Journal of Marketing 28(3).
    """
    pull = np.asarray(zone_people, float)[None, :] * np.exp(-np.asarray(travel_s, float) / decay_s)
    return _rows_to_one(pull)


def radiation(zone_people: NDArray[Any], distance: NDArray[Any]) -> NDArray[np.float32]:
    """H_ab ∝ m_a·n_b / ((m_a + s_ab)·(m_a + n_b + s_ab)) for b ≠ a.

    s_ab is the population within the distance of b from a, without a and b; zones exactly as far as b count as within.
    A zone without people takes the limit m_a → 0; zones at infinite distance get nothing. A zone that reaches nobody
    gets itself with weight 1.

    Parameters
    ----------
    zone_people : array (Z,)
        People of each zone: m and n.
    distance : array (Z, Z)
        From each zone to each, in any unit.

    Returns
    -------
    float32 (Z, Z)
        Rows scaled to sum 1.

    References
    ----------
    Simini, González, Maritan and Barabási 2012, A universal model for mobility and migration patterns, Nature 484,
    doi:10.1038/nature10856.
    """
    people, far = np.asarray(zone_people, float), np.asarray(distance, float)
    weight = np.zeros(far.shape)
    for a, own in enumerate(people):
        others = np.flatnonzero(np.isfinite(far[a]) & (people > 0) & (np.arange(people.size) != a))
        order = others[np.argsort(far[a, others], kind="stable")]
        within = np.concatenate([[0.0], np.cumsum(people[order])])
        last_as_far = np.searchsorted(far[a, order], far[a, order], side="right")
        target = people[order]
        between = within[last_as_far] - target
        if own == 0 and order.size and (between == 0).any():
            weight[a, order] = between == 0
        else:
            weight[a, order] = target / ((own + between) * (own + target + between))
    return _rows_to_one(weight)


def _rows_to_one(weight: NDArray[np.float64]) -> NDArray[np.float32]:
    np.fill_diagonal(weight, 0.0)
    total = weight.sum(axis=1)
    alone = np.flatnonzero(total == 0)
    weight[alone, alone] = 1.0
    total[alone] = 1.0
    return np.asarray(weight / total[:, None], np.float32)


@kernel
def _least_of_strongest(pull, heap):  # type: ignore[no-untyped-def]
    """The ``heap.size``-th largest of ``pull``, or 0 where fewer are above it; ``heap`` is working space.

    The largest so far are held as a heap, the least of them at its top: sorting all takes longer, and numba's sort as
    long to compile as all the rest.
    """
    heap[:] = 0.0
    for value in pull:
        if value <= heap[0]:
            continue
        at, below = 0, 1
        while below < heap.size:
            if below + 1 < heap.size and heap[below + 1] < heap[below]:
                below += 1
            if heap[below] >= value:
                break
            heap[at] = heap[below]
            at, below = below, 2 * below + 1
        heap[at] = value
    return heap[0]


@kernel
def _strongest(  # type: ignore[no-untyped-def]  # noqa: PLR0917 -- compiled kernels are called by position
    indptr, indices, travel_s, people, decay_s, most
):
    n = indptr.size - 1
    kept = np.zeros(n, np.int64)
    room = n + indices.size
    column, weight = np.empty(room, np.int32), np.empty(room, np.float32)
    heap = np.empty(most)
    at = 0
    for i in range(n):
        begin, end = indptr[i], indptr[i + 1]
        pull = np.empty(end - begin)
        for k in range(begin, end):
            j = indices[k]
            pull[k - begin] = 0.0 if j == i else people[j] * np.exp(-travel_s[k] / decay_s)
        least = _least_of_strongest(pull, heap)
        # Of those as strong as the least of them the first ones; who pulls not at all is none of them.
        as_least = most
        for c in range(pull.size):
            as_least -= pull[c] > least
        total = 0.0
        for c in range(pull.size):
            if pull[c] == least:
                pull[c] = least if as_least > 0 else 0.0
                as_least -= 1
            elif pull[c] < least:
                pull[c] = 0.0
            total += pull[c]
        if total == 0.0:
            column[at], weight[at], kept[i] = i, 1.0, 1
            at += 1
            continue
        for c in range(pull.size):
            if pull[c] > 0.0:
                column[at], weight[at] = indices[begin + c], pull[c] / total
                kept[i] += 1
                at += 1
    return kept, column, weight
