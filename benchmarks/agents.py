"""Agents on a graph beside NDlib, EoN and CyNetDiff, on 1,000,000 nodes and 5,000,000 edges; about two minutes.

An edge-step is one direction of one edge carried through one step of one world. SI runs a whole S-curve: 120 steps in
which an agent tries a neighbour with chance 0.01. NDlib and EoN walk graphs of Python objects; a million nodes of them
take minutes to build, so they run on fewer nodes with as many edges each, which is in their favour (it fits the cache),
and NDlib some steps of the curve only. CyNetDiff runs on the whole graph, its cascade; there a rate is that of the arcs
tried: those of the agents reached.
"""

import statistics
import time
import warnings
from collections.abc import Callable
from typing import Any

import cynetdiff.models
import networkx as nx
import numba
import numpy as np
from scipy import sparse

from simulation.spread.agents import NEVER, Graph, independent_cascade, susceptible_infected

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    import EoN
    from ndlib.models import ModelConfig
    from ndlib.models.epidemics import SIModel

NODES, EDGES, PEER_NODES = 1_000_000, 5_000_000, 100_000
CHANCE, STEPS, STARTS_PER = 0.01, 120, 1_000
CASCADES = (0.15, 0.3)
TIMES, WORLDS = 3, 4
ALL_THREADS = numba.get_num_threads()


def graph(nodes: int, edges: int) -> Graph:
    rng = np.random.default_rng(1)
    a, b = rng.integers(0, nodes, (2, edges))
    both = sparse.csr_array((np.ones(2 * edges, np.int8), (np.r_[a, b], np.r_[b, a])), shape=(nodes, nodes))
    return Graph(both.indptr.astype(np.int64), both.indices.astype(np.int32))


def as_networkx(one: Graph) -> nx.Graph:
    source = np.repeat(np.arange(one.indptr.size - 1), np.diff(one.indptr))
    result = nx.empty_graph(one.indptr.size - 1)
    result.add_edges_from(zip(source.tolist(), one.indices.tolist(), strict=True))
    return result


def starts(nodes: int) -> np.ndarray:
    return np.random.default_rng(2).choice(nodes, nodes // STARTS_PER, replace=False)


def seconds(work: Callable[[], Any]) -> tuple[float, Any]:
    begin = time.perf_counter()
    result = work()
    return time.perf_counter() - begin, result


def ours(process: Callable[..., Any], one: Graph, chance: float, threads: int) -> tuple[float, Any]:
    """Median seconds per world, and the worlds."""
    numba.set_num_threads(threads)
    given = one, chance, starts(one.indptr.size - 1)
    process(*given, np.arange(threads), 1, STEPS)
    runs = [seconds(lambda: process(*given, np.arange(WORLDS), 1, STEPS)) for _ in range(TIMES)]
    numba.set_num_threads(ALL_THREADS)
    return statistics.median(taken for taken, _ in runs) / WORLDS, runs[0][1]


def both_threads(
    process: Callable[..., Any], one: Graph, chance: float, work: Callable[[Any], float]
) -> dict[int, float]:
    rates = {}
    for threads in sorted({1, ALL_THREADS}):
        taken, worlds = ours(process, one, chance, threads)
        rates[threads] = work(worlds) / taken
        print(
            f"  {process.__name__}, chance {chance}, {threads} thread(s): {taken:.3f} s a world, {rates[threads]:.2e}/s"
        )
    return rates


def against(name: str, rate: float, rates: dict[int, float], note: str) -> None:
    ratios = ", ".join(f"{mine / rate:,.0f} x on {threads}" for threads, mine in rates.items())
    print(f"    {name:<10} {rate:.2e}/s: ours is {ratios} thread(s); {note}", flush=True)


def si(whole: Graph) -> None:
    rates = both_threads(susceptible_infected, whole, CHANCE, lambda _: whole.indices.size * STEPS)
    small = graph(PEER_NODES, PEER_NODES * EDGES // NODES)
    peer, arcs, first = as_networkx(small), small.indices.size, starts(PEER_NODES).tolist()
    expected = susceptible_infected(small, CHANCE, np.array(first), np.arange(64), 1, STEPS).reached

    model, config = SIModel(peer), ModelConfig.Configuration()
    config.add_model_parameter("beta", CHANCE)
    config.add_model_initial_configuration("Infected", first)
    model.set_initial_status(config)
    model.iteration(node_status=False)
    part = 20
    taken, states = seconds(lambda: [model.iteration(node_status=False) for _ in range(part)])
    check("NDlib", states[-1]["node_count"][1], expected[:, part])
    against("NDlib", arcs * part / taken, rates, f"{PEER_NODES:,} nodes, the first {part} steps")

    # The rate at which continuous tries come to the same chance in a step.
    rate = -np.log1p(-CHANCE)
    rng = np.random.default_rng(1)
    taken, curve = seconds(lambda: EoN.fast_SIR(peer, rate, 0, initial_infecteds=first, tmax=STEPS, rng=rng))
    print(f"    EoN, continuous time: {curve[2][-1]:,} reached, ours {expected[:, -1].mean():,.0f} on the same graph")
    against("EoN", arcs * STEPS / taken, rates, f"{PEER_NODES:,} nodes, fast_SIR over the same time")


def cascade(whole: Graph) -> None:
    first, degree = starts(NODES), np.diff(whole.indptr)
    for chance in CASCADES:
        rates = both_threads(
            independent_cascade,
            whole,
            chance,
            lambda worlds: np.mean([degree[step != NEVER].sum() for step in worlds.step]),
        )
        worlds = independent_cascade(whole, chance, first, np.arange(8), 2, STEPS)
        runs = []
        for run in range(TIMES):
            model = cynetdiff.models.IndependentCascadeModel(
                whole.indptr[:-1].astype(np.uint32), whole.indices.astype(np.uint32), activation_prob=chance, rng=run
            )
            model.set_seeds(first.tolist())
            taken, _ = seconds(model.advance_until_completion)
            reached = list(model.get_activated_nodes())
            check("CyNetDiff", len(reached), worlds.reached[:, -1])
            runs.append(degree[reached].sum() / taken)
        against("CyNetDiff", statistics.median(runs), rates, "the whole graph, arcs tried")


def check(name: str, found: float, worlds: np.ndarray) -> None:
    """Whether a peer's number reached may be one of our worlds': within six of their standard deviations."""
    apart = (found - worlds.mean()) / worlds.std(ddof=1)
    print(f"    {name} reaches {found:,}, our worlds {worlds.mean():,.0f}: {apart:+.1f} standard deviations")
    assert abs(apart) < 6, "the processes differ"


def main() -> None:
    whole = graph(NODES, EDGES)
    print(f"{NODES:,} nodes, {whole.indices.size:,} arcs, {STEPS} steps, {NODES // STARTS_PER:,} agents at the start")
    si(whole)
    cascade(whole)


if __name__ == "__main__":
    main()
