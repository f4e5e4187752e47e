"""One world of telling, person by person: the kernel behind ``simulation.spread.information_field``."""

# ruff: noqa: PLR0917 -- compiled kernels are called by position.
from __future__ import annotations

import numpy as np

from simulation.kernels.compiled import kernel
from simulation.kernels.counter import HALF, philox, unit


@kernel
def tell(indptr, indices, reach, people, k0, k1, world, adopters):  # type: ignore[no-untyped-def]
    """Fill ``adopters`` (T + 1, n) int32 from its first row on.

    ``reach`` (E,) float64 are running sums of each row's chances; what they lack of 1 is contact lost. ``people`` (n,)
    int32. The counter of an adopter's word is (cell, world, step, adopter of the cell).
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
