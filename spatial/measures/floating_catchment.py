"""Access to services where people compete for them: the generalised two-step floating catchment (G2SFCA).

Step one shares a facility's supply among the people in its catchment, near ones weighing more; step two adds up, for
each cell, what the facilities in reach offer:

    A_i = Σ_j S_j f(t_ij) / Σ_k P_k f(t_kj),   f(t) = exp(-t² / β)

so that Σ_i P_i A_i = Σ_j S_j over the facilities anybody reaches: nothing is lost, nothing counted twice.
β = 50 for a catchment of 15 minutes (kkyusik/G2SFCA, Seoul 2022): f(15) = 0.011.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Floats = NDArray[np.float64]


def g2sfca(
    indptr: NDArray[np.int64],
    cell: NDArray[np.int32],
    minutes: NDArray[np.float32],
    *,
    people: Floats,
    supply: Floats,
    beta: float,
) -> Floats:
    """Supply per person in each cell (C,).

    Facilities (F) by rows: facility j is reached from ``cell[indptr[j]:indptr[j + 1]]`` in so many ``minutes``.
    ``people`` (C,), ``supply`` (F,). A facility nobody reaches offers nothing to anybody.
    """
    near = csr_array((np.exp(-np.square(minutes, dtype=np.float64) / beta), cell, indptr), (supply.size, people.size))
    demand = near @ people
    offered: Floats = near.T @ np.divide(supply, demand, out=np.zeros(supply.size), where=demand > 0)
    return offered
