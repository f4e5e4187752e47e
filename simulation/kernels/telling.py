"""One world of telling, person by person: the kernel behind ``simulation.spread.information_field``."""

# ruff: noqa: PLR0917 -- compiled kernels are called by position.
from __future__ import annotations

import numpy as np

from simulation.kernels.compiled import kernel
from simulation.kernels.counter import HALF, philox, unit


@kernel
def tell(indptr, indices, reach, people, k0, k1, world, adopters):  # type: ignore[no-untyped-def]
    """One world of telling, from the first row of ``adopters`` on.

    Parameters
    ----------
    indptr, indices : int64 (n + 1,), int32 (E,)
        Whom those of each of n cells may tell, as CSR.
    reach : float64 (E,)
        Running sums of each row's chances; what they lack of 1 is contact lost.
    people : int32 (n,)
        Of each cell.
    k0, k1, world : uint32
        Key and counter of the random stream: (cell, world, step, adopter of the cell).
    adopters : int32 (T + 1, n)
        Its first row is the start; gets the others.
    """
    for step in range(adopters.shape[0] - 1):
        before, after = adopters[step], adopters[step + 1]
        for cell in range(people.size):
            after[cell] = before[cell]
        for cell in range(people.size):
            for adopter in range(before[cell]):
                word = philox(k0, k1, np.uint32(cell), world, np.uint32(step), np.uint32(adopter))
                position, k = unit(word[0], word[1]), indptr[cell]
                while k < indptr[cell + 1] and position >= reach[k]:
                    k += 1
                if k == indptr[cell + 1]:
                    continue
                hearer = indices[k]
                # Everybody there is as likely to be told, those who adopt in this very step among them.
                person = np.int64((np.uint64(word[2]) * np.uint64(people[hearer])) >> HALF)
                if person >= after[hearer]:
                    after[hearer] += 1
