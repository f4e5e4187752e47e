"""Whom to win first so that most are reached: the classic case of influence maximisation, by our search and by others.

    python benchmarks/influence.py

The model is the independent cascade: who is won wins each neighbour once, with the probability of the edge. Ours is the
lazy greedy of the roll-out search (``decisions.rollout.greedy``), asked of 1,000 worlds drawn before, in each of which
an edge leads on or not; and a bound on what any set of as many people reaches in these worlds, as the reach of a set is
submodular: its own reach and the most that so many others would each add. Peers are CELF and IMM of pynetim. CyNetDiff,
which has no part in any of them, counts whom each set reaches on average, in 10,000 runs of its own.
"""

import time
from collections.abc import Callable

import networkx as nx
import numpy as np
from cynetdiff.utils import networkx_to_ic_model
from numba import njit
from numpy.typing import NDArray
from pynetim.algorithms import CELFAlgorithm, IMMAlgorithm
from pynetim.graph import IMGraph

from decisions.rollout.greedy import greedy
from decisions.rollout.instance import Instance, Stream

WORLDS, SEEDS, RUNS = 1000, 10, 10_000
Nodes = NDArray[np.int64]


@njit(cache=True)
def reached(start, head, opened):  # type: ignore[no-untyped-def]
    """How many are reached on average (L,) from ``opened`` (n, L); the edges of world w start at ``start[w]``."""
    worlds, n = start.shape[0], start.shape[1] - 1
    total = np.zeros(opened.shape[1])
    seen, stack = np.full(n, -1), np.empty(n, np.int64)
    turn = 0
    for w in range(worlds):
        for lane in range(opened.shape[1]):
            depth = 0
            for i in range(n):
                if opened[i, lane]:
                    seen[i] = turn
                    stack[depth] = i
                    depth += 1
            count = 0
            while depth:
                depth -= 1
                count += 1
                i = stack[depth]
                for k in range(start[w, i], start[w, i + 1]):
                    if seen[head[k]] != turn:
                        seen[head[k]] = turn
                        stack[depth] = head[k]
                        depth += 1
            total[lane] += count
            turn += 1
    return total / worlds


def drawn(graph: nx.DiGraph, seed: int) -> tuple[Nodes, Nodes]:
    """The edges that lead on in each world: where those of a node start (worlds, n + 1), and where they lead."""
    rng, n = np.random.default_rng(seed), len(graph)
    tail, head = np.array(sorted(graph.edges)).T
    p = np.array([graph[a][b]["activation_prob"] for a, b in zip(tail, head, strict=True)])
    starts, heads, before = [], [], 0
    for _ in range(WORLDS):
        kept = rng.random(p.size) < p
        starts.append(before + np.searchsorted(tail[kept], np.arange(n + 1)))
        heads.append(head[kept])
        before += int(kept.sum())
    return np.array(starts), np.concatenate(heads)


def ours(graph: nx.DiGraph, seed: int = 1) -> tuple[list[int], float]:
    """The set found, and by how much at most another reaches more in the same worlds, as a part of the bound."""
    n, (start, head) = len(graph), drawn(graph, seed)
    # Of a stream the search reads here which options are its own; the score knows the rest.
    nothing = np.zeros((n, 1))
    stream = Stream("people", np.arange(n), *[nothing] * 11)  # type: ignore[arg-type]
    one = np.ones((n, 1, 1))
    instance = Instance([""] * n, np.array([0]), one[:, 0] > 0, one, np.array([float(SEEDS)]), ["people"], (), [stream])
    when = greedy(instance, np.ones(n, np.int64), lambda _, plans: reached(start, head, plans == 0), lambda: True)
    chosen = np.flatnonzero(when == 0)
    more = np.repeat((when == 0)[:, None], n, axis=1) | np.eye(n, dtype=bool)
    each = reached(start, head, more)
    here = each[chosen[0]]
    bound = here + np.sort(each - here)[-SEEDS:].sum()
    return chosen.tolist(), 1 - here / bound


def of_pynetim(graph: nx.DiGraph) -> IMGraph:
    """The graph as the peers take it."""
    edges = sorted(graph.edges)
    return IMGraph(edges, [graph[a][b]["activation_prob"] for a, b in edges], directed=True, renumber=False)


def judged(graph: nx.DiGraph, chosen: list[int]) -> tuple[float, float]:
    """Whom a set reaches on average, and the standard error."""
    model, _ = networkx_to_ic_model(graph, rng=7)
    model.set_seeds(chosen)
    counts = np.empty(RUNS)
    for run in range(RUNS):
        model.reset_model()
        model.advance_until_completion()
        counts[run] = model.get_num_activated_nodes()
    return float(counts.mean()), float(counts.std() / np.sqrt(RUNS))


def weighted(graph: nx.Graph) -> nx.DiGraph:
    """Both ways of each edge, each with one over how many neighbours its end has (weighted cascade)."""
    both = nx.convert_node_labels_to_integers(graph).to_directed()
    for _, b, edge in both.edges(data=True):
        edge["activation_prob"] = 1 / both.in_degree(b)
    return both


def main() -> None:
    graphs = {
        "Les Misérables": weighted(nx.les_miserables_graph()),
        "preferential attachment, 500 people": weighted(nx.barabasi_albert_graph(500, 3, seed=1)),
        "small world, 500 people": weighted(nx.watts_strogatz_graph(500, 6, 0.1, seed=1)),
    }
    reached(np.zeros((1, 2), np.int64), np.zeros(0, np.int64), np.ones((1, 1), np.bool_))  # compiles
    ours(graphs["Les Misérables"])
    for name, graph in graphs.items():
        peers: dict[str, Callable[[], list[int]]] = {
            "CELF (pynetim, 1,000 runs)": lambda graph=graph: list(
                CELFAlgorithm(of_pynetim(graph), "IC").run(SEEDS, WORLDS, show_progress=False, random_seed=1)
            ),
            "IMM (pynetim, ε 0.1)": lambda graph=graph: list(
                IMMAlgorithm(of_pynetim(graph), "IC", 0.1, 1, 1).run(SEEDS)
            ),
        }
        began = time.perf_counter()
        chosen, gap = ours(graph)
        rows = [(f"ours, 1,000 worlds, gap {gap:.1%}", chosen, time.perf_counter() - began)]
        for peer, work in peers.items():
            began = time.perf_counter()
            rows.append((peer, work(), time.perf_counter() - began))
        print(f"{name}: {len(graph):,} people, {graph.number_of_edges():,} edges, {SEEDS} first")
        print(f"{'':34}{'reached':>9}{'±':>6}{'seconds':>9}")
        for row, people, seconds in rows:
            assert len(set(people)) == SEEDS
            mean, error = judged(graph, people)
            print(f"{row:34}{mean:>9.1f}{2 * error:>6.1f}{seconds:>9.2f}")


if __name__ == "__main__":
    main()
