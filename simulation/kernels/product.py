"""The mixing product: one row of K times the shares of its neighbours, for many lanes at once.

This is where a simulation spends its memory traffic, so it is written with the processor's vectors in hand
(``vectors``): the sums of 64 (or, at the end, 16) lanes stay in registers while the row's neighbours stream past. Sums
run over the neighbours in the order of the row, multiplying and adding apart, so the result has the bits of the plain
loop

    for k in range(begin, end):
        out[lane] += weight[k] * share[indices[k], lane]        # float32

on any machine, for any grouping of lanes, and where plain loops have to stand in for the vectors.
"""

# ruff: noqa: PLR0917 -- compiled kernels are called by position.
from __future__ import annotations

from simulation.kernels.compiled import VECTORS, inlined, kernel
from simulation.kernels.vectors import VECTOR, WIDE, prefetch, sum_one, sum_wide

# How many rows before its turn along the curve a row of shares is called for: far enough for memory to answer, near
# enough to be still in the second-level cache. Between 500 and 2,000 it makes no difference.
AHEAD = 1000


@inlined
def _call_for_vectors(share, row):  # type: ignore[no-untyped-def]
    if row < share.shape[0]:
        for lane in range(0, share.shape[1], VECTOR):
            prefetch(share, row, lane)


@inlined
def _call_for_nothing(share, row):  # type: ignore[no-untyped-def]
    pass


@inlined
def row_in_vectors(indices, weight, share, begin, end, out):  # type: ignore[no-untyped-def]
    """``row_product`` with the sums in registers."""
    lane = 0
    while lane + WIDE * VECTOR <= out.size:
        sum_wide(indices, weight, share, out, begin, end, lane)
        lane += WIDE * VECTOR
    while lane < out.size:
        sum_one(indices, weight, share, out, begin, end, lane)
        lane += VECTOR


@inlined
def row_in_loops(indices, weight, share, begin, end, out):  # type: ignore[no-untyped-def]
    """``row_product`` as numba compiles it by itself: the same sums in the same order, through memory."""
    for lane in range(out.size):
        out[lane] = 0
    for k in range(begin, end):
        neighbour, factor = indices[k], weight[k]
        for lane in range(out.size):
            out[lane] += factor * share[neighbour, lane]


# call_for(share, row): ask memory for a row of ``share`` (n, L) that will be needed soon; nothing where there is none
# such. Cells are the neighbours of those near them on the curve, so that the rows of shares first met are about those
# ``AHEAD`` later. The processor cannot guess that from the scattered rows it sees asked for.
call_for = _call_for_vectors if VECTORS else _call_for_nothing
# row_product(indices, weight, share, begin, end, out): out[l] = Σ_k weight[k] · share[indices[k], l], k in begin …
# end-1. indices int32, weight float32, share (n, L) and out (L,) float32, C-contiguous; L a multiple of ``VECTOR``.
row_product = row_in_vectors if VECTORS else row_in_loops


@kernel
def product(indptr, indices, weight, share, first, last, out):  # type: ignore[no-untyped-def]
    """Rows ``first`` … ``last``-1 of K · ``share``; types as in ``row_product``.

    Parameters
    ----------
    indptr, indices, weight : int64 (n + 1,), int32 (E,), float32 (E,)
        K, as CSR.
    share : float32 (m, L)
        L a multiple of ``VECTOR``.
    first, last : int
        The rows.
    out : float32 (n, L)
        Gets them.
    """
    for i in range(first, last):
        call_for(share, i + AHEAD)
        row_product(indices, weight, share, indptr[i], indptr[i + 1], out[i])
