"""Hägerstrand's model: every adopter tells one person per step, near ones more often, by the mean information field.

The oldest model of spatial diffusion, and the plainest: what the contagious part of ours does on average must be what
its people do one by one. Source: Hägerstrand (1967), "On Monte Carlo simulation of diffusion", in Quantitative
Geography I; the field's figures also in Bergin's NetLogo model (CoMSES, 2012).
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import numba
import numpy as np
from numpy.typing import NDArray

from simulation.kernels.telling import tell

# Chances that the person told lives so many cells away, in north-south and east-west direction; cells of 5 km.
MEAN_INFORMATION_FIELD = np.array([
    [0.0096, 0.0140, 0.0168, 0.0140, 0.0096],
    [0.0140, 0.0301, 0.0547, 0.0301, 0.0140],
    [0.0168, 0.0547, 0.4432, 0.0547, 0.0168],
    [0.0140, 0.0301, 0.0547, 0.0301, 0.0140],
    [0.0096, 0.0140, 0.0168, 0.0140, 0.0096],
])  # fmt: skip


class Contacts(NamedTuple):
    """Chance that whom a cell's adopter tells lives in another (or the own) cell; CSR whose rows sum to at most 1."""

    indptr: NDArray[np.int64]  # (n + 1,)
    indices: NDArray[np.int32]
    chance: NDArray[np.float64]


def contacts(rows: int, columns: int, people: NDArray[Any] | None = None) -> Contacts:
    """Lay the field on every cell of a grid; cell numbers run along the rows.

    Without ``people`` a contact off the map is lost. With ``people`` (rows · columns,) chances are weighted by how many
    live there, p_i·n_i / Σ p·n, and none is lost; a cell that reaches nobody tells nobody.
    """
    row, column = np.divmod(np.arange(rows * columns), columns)
    reach = MEAN_INFORMATION_FIELD.shape[0] // 2
    down, right = (part.ravel() - reach for part in np.indices(MEAN_INFORMATION_FIELD.shape))
    to_row, to_column = row[:, None] + down, column[:, None] + right
    on_map = (to_row >= 0) & (to_row < rows) & (to_column >= 0) & (to_column < columns)
    indices = (to_row * columns + to_column)[on_map].astype(np.int32)
    chance = np.broadcast_to(MEAN_INFORMATION_FIELD.ravel(), on_map.shape)[on_map]
    indptr = np.concatenate([[0], np.cumsum(on_map.sum(axis=1))])
    if people is not None:
        source = np.repeat(np.arange(rows * columns), np.diff(indptr))
        chance = chance * np.asarray(people)[indices]
        total = np.bincount(source, chance, minlength=rows * columns)[source]
        chance = np.divide(chance, total, out=np.zeros(chance.size), where=total > 0)
    return Contacts(indptr, indices, chance)


def telling(  # noqa: PLR0917 -- contacts, people, start, worlds, seed, horizon
    whom: Contacts, people: NDArray[Any], start: NDArray[Any], worlds: NDArray[Any], seed: int, steps: int
) -> NDArray[np.int32]:
    """Adopters (W, T + 1, n) from ``start`` (n,) among ``people`` (n,), in every one of ``worlds``.

    Each adopter at the start of a step tells one person, anyone of the cell it falls on with the same chance; who is
    told and has not adopted adopts at once, and tells from the next step on. Telling an adopter changes nothing.
    Barriers: lower ``whom.chance`` by ``simulation.spread.barriers.crossing``; contacts they stop are lost.
    """
    indptr, indices, chance = whom
    before = np.concatenate([[0.0], np.cumsum(chance)])
    reach = before[1:] - np.repeat(before[indptr[:-1]], np.diff(indptr))
    adopters = np.zeros((len(worlds), steps + 1, people.size), np.int32)
    adopters[:, 0] = start
    key = np.uint32(seed & 0xFFFFFFFF), np.uint32(seed >> 32)
    rows = np.asarray(indptr, np.int64), np.asarray(indices, np.int32), reach, np.asarray(people, np.int32)

    def run(w: int) -> None:
        tell(*rows, *key, np.uint32(worlds[w]), adopters[w])

    with ThreadPoolExecutor(numba.get_num_threads()) as pool:
        for _ in pool.map(run, range(len(worlds))):
            pass
    return adopters
