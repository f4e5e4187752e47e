"""Spread between single agents on a graph: susceptible-infected, and independent cascade.

In both, an agent reached in step t tries each neighbour from step t + 1 on, each time with the same chance: in every
step (SI), or once (cascade). With one person per cell the diffusion model is an SI process too; this is the same for
graphs of people instead of cells.

A try's luck is a function of (seed, world, agent, place of the neighbour in the agent's row): worlds are the same for
any number of threads and in any company.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import numba
import numpy as np
from numpy.typing import NDArray

from geojeom.errors import Fault, PlanError, raise_if_any
from simulation.kernels.agents import GROUP, GUIDE_BITS, NEVER, room, spread

__all__ = ["NEVER", "Graph", "Spread", "independent_cascade", "susceptible_infected"]

WORD = 1 << 32
MOST_STEPS = int(NEVER) - 1
# Worlds differ in length: several parts even that out.
PARTS_PER_THREAD = 4


class Graph(NamedTuple):
    """Whom each of n agents tries: ``indices[indptr[i]:indptr[i + 1]]``; both directions for an undirected graph."""

    indptr: NDArray[np.int64]  # (n + 1,)
    indices: NDArray[np.int32]


class Spread(NamedTuple):
    """Per world: the step in which each agent was reached, and how many were by each step."""

    step: NDArray[np.uint16]  # (W, n); NEVER: not by the last step
    reached: NDArray[np.int64]  # (W, T + 1)


def susceptible_infected(  # noqa: PLR0917 -- graph, law, start, worlds, seed, horizon
    graph: Graph, chance: float, first: NDArray[Any], worlds: NDArray[Any], seed: int, steps: int
) -> Spread:
    """SI: every agent reached tries every neighbour not yet reached in every step, with ``chance``.

    ``first`` are the agents reached in step 0, the same in all ``worlds`` (numbers 0 … 2**32 - 1); ``steps`` at most
    65534. Chances are kept to 2**-32. Raises PlanError with every fault of the input.
    """
    _check(graph, chance, first, worlds, seed, steps)
    law = -np.expm1(np.arange(1, max(steps, 1) + 1) * np.log1p(-chance)) if chance < 1 else np.ones(1)
    return _run(graph, law, first, worlds, seed, steps)


def independent_cascade(  # noqa: PLR0917 -- as above
    graph: Graph, chance: float, first: NDArray[Any], worlds: NDArray[Any], seed: int, steps: int
) -> Spread:
    """Cascade: every agent reached tries every neighbour once, in the step that follows, with ``chance``.

    Other arguments as in ``susceptible_infected``. Source of the process: Kempe, Kleinberg & Tardos (2003),
    "Maximizing the spread of influence through a social network", doi:10.1145/956750.956769.
    """
    _check(graph, chance, first, worlds, seed, steps)
    return _run(graph, np.array([chance]), first, worlds, seed, steps)


def _run(  # noqa: PLR0917 -- private, in the order of the two above
    graph: Graph, law: NDArray[np.float64], first: NDArray[Any], worlds: NDArray[Any], seed: int, steps: int
) -> Spread:
    """Worlds side by side on as many threads as numba is given; ``law`` (D,) is the chance of success by each step."""
    agents = graph.indptr.size - 1
    chance = np.rint(law * WORD).astype(np.uint64)
    begins = np.arange(1 << GUIDE_BITS, dtype=np.uint64) << np.uint64(32 - GUIDE_BITS)
    guide = np.searchsorted(chance, begins, side="right").astype(np.int32)
    key = np.uint32(seed & 0xFFFFFFFF), np.uint32(seed >> 32)
    indptr, indices = np.ascontiguousarray(graph.indptr, np.int64), np.ascontiguousarray(graph.indices, np.int32)
    step = np.full((len(worlds), agents), NEVER)
    step[:, first] = 0
    reached = np.zeros((len(worlds), steps + 1), np.int64)

    def run(part: NDArray[np.intp]) -> None:
        space = room()
        for w in part:
            due = np.zeros((steps + 1, -(-agents // GROUP)), np.bool_)
            due[0, np.asarray(first, np.int64) // GROUP] = True
            spread(indptr, indices, chance, guide, *key, np.uint32(worlds[w]), space, step[w], due, reached[w])

    threads = numba.get_num_threads()
    with ThreadPoolExecutor(threads) as pool:
        for _ in pool.map(run, np.array_split(np.arange(len(worlds)), PARTS_PER_THREAD * threads)):
            pass
    return Spread(step, reached.cumsum(axis=1))


def _check(  # noqa: PLR0917 -- private, in the order of the callers
    graph: Graph, chance: float, first: NDArray[Any], worlds: NDArray[Any], seed: int, steps: int
) -> None:
    agents = graph.indptr.size - 1
    faults: list[Fault] = []

    def need(holds: Any, name: str, expected: str, found: Any) -> None:
        if not holds:
            faults.append(Fault("the agents' input", expected, str(found), f"Correct {name}.", column=name))

    def between(name: str, values: Any, low: float, high: float) -> None:
        array = np.atleast_1d(values)
        wrong = array[~((array >= low) & (array <= high))]
        need(wrong.size == 0, name, f"values of {low} to {high}", f"{wrong.size} others, the first {wrong[:1]}")

    ends = np.asarray(graph.indptr[[0, -1]]) if graph.indptr.size else np.empty(0)
    rising = agents >= 0 and (np.diff(graph.indptr) >= 0).all() and (ends == (0, graph.indices.size)).all()
    need(rising, "indptr", f"ascending from 0 to {graph.indices.size}", ends)
    between("indices", graph.indices, 0, agents - 1)
    between("chance", chance, 0, 1)
    between("first", first, 0, agents - 1)
    between("worlds", worlds, 0, WORD - 1)
    between("seed", seed, 0, WORD**2 - 1)
    between("steps", steps, 0, MOST_STEPS)
    raise_if_any(PlanError, faults)
