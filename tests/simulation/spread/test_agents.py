"""Agents on a graph: the twin, hand-worked chances, and published simulators of the same processes."""

from __future__ import annotations

import math
from collections.abc import Iterator

import cynetdiff.models
import EoN
import networkx as nx
import numba
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from geojeom.errors import PlanError
from simulation.spread.agents import NEVER, Graph, independent_cascade, susceptible_infected
from tests.simulation.kernels.test_counter import plain

RUNS = 500
CASCADE, SI = independent_cascade, susceptible_infected


def csr(graph: nx.Graph) -> Graph:
    nodes = range(graph.number_of_nodes())
    rows = [sorted(graph.neighbors(node)) for node in nodes]
    indptr = np.concatenate([[0], np.cumsum([len(row) for row in rows])])
    return Graph(indptr.astype(np.int64), np.array([v for row in rows for v in row], np.int32))


def twin(
    graph: Graph, chance: float, first: list[int], world: int, *, seed: int, steps: int, once: bool
) -> list[int | None]:
    """Step by step: whoever was reached tries every neighbour, and the pair's word says at which try it succeeds."""
    when: list[int | None] = [0 if agent in first else None for agent in range(graph.indptr.size - 1)]
    for step in range(1, steps + 1):
        reached = []
        for agent, since in enumerate(when):
            if since is None:
                continue
            tries = step - since
            row = graph.indices[graph.indptr[agent] : graph.indptr[agent + 1]]
            for place, neighbour in enumerate(row):
                key, counter = [seed % 2**32, seed >> 32], [agent, world, place // 4, 2**32 - 1]
                word = plain(key, counter)[place % 4]
                if once:
                    low, high = (0.0, chance) if tries == 1 else (1.0, 1.0)
                else:
                    low, high = (1 - (1 - chance) ** k for k in (tries - 1, tries))
                succeeds = round(low * 2**32) <= word < round(high * 2**32)
                if succeeds and when[neighbour] is None:
                    reached.append(neighbour)
        for neighbour in reached:
            when[neighbour] = step
    return when


@pytest.mark.parametrize("once", [True, False])
@pytest.mark.parametrize("chance", [0.0, 0.11, 0.5, 1.0])
def test_as_the_plain_twin(once: bool, chance: float) -> None:
    """A directed graph with rows of 0 to 11 neighbours, some doubled, two starts, a seed beyond 32 bits."""
    rng = np.random.default_rng(4)
    degree = rng.integers(0, 12, 60)
    degree[7] = 0
    graph = Graph(np.concatenate([[0], np.cumsum(degree)]), rng.integers(0, 60, degree.sum()).astype(np.int32))
    seed, steps, first = 2**40 + 17, 6, [3, 11]
    found = (CASCADE if once else SI)(graph, chance, np.array(first), np.array([0, 5]), seed, steps)
    for w, world in enumerate((0, 5)):
        expected = twin(graph, chance, first, world, seed=seed, steps=steps, once=once)
        assert found.step[w].tolist() == [NEVER if step is None else step for step in expected]
        assert found.reached[w].tolist() == [
            sum(step is not None and step <= by for step in expected) for by in range(steps + 1)
        ]


def many_agents() -> Graph:
    """More agents than one group and one batch hold."""
    rng = np.random.default_rng(2)
    return Graph(np.arange(5001) * 6, rng.integers(0, 5000, 30_000).astype(np.int32))


@pytest.fixture
def threads() -> Iterator[None]:
    yield
    numba.set_num_threads(numba.config.NUMBA_NUM_THREADS)


@pytest.mark.usefixtures("threads")
@pytest.mark.parametrize("process", [CASCADE, SI])
def test_worlds_are_the_same_on_any_threads_and_in_any_company(process) -> None:  # type: ignore[no-untyped-def]
    graph, first = many_agents(), np.array([1, 2])
    numba.set_num_threads(1)
    one = process(graph, 0.3, first, np.arange(4), 1, 40)
    numba.set_num_threads(min(2, numba.config.NUMBA_NUM_THREADS))
    two = process(graph, 0.3, first, np.arange(4), 1, 40)
    last = process(graph, 0.3, first, np.array([3]), 1, 40)
    assert (one.step == two.step).all()
    assert (one.reached == two.reached).all()
    assert (last.step[0] == one.step[3]).all()
    assert (one.step[0] != one.step[1]).any()
    assert (one.reached[:, -1] == (one.step != NEVER).sum(axis=1)).all()


@settings(deadline=None, max_examples=40)
@given(st.floats(0, 1), st.floats(0, 1), st.integers(0, 2**32 - 1))
def test_a_better_chance_reaches_nobody_later(a: float, b: float, world: int) -> None:
    graph, first, worlds = many_agents(), np.array([0]), np.array([world])
    low, high = sorted([a, b])
    for process in (CASCADE, SI):
        slow, fast = (process(graph, chance, first, worlds, 9, 15) for chance in (low, high))
        assert (fast.step <= slow.step).all()
        assert (np.diff(slow.reached[0]) >= 0).all()
    # And who tries again reaches whom one try reached.
    assert (
        susceptible_infected(graph, low, first, worlds, 9, 15).step <= CASCADE(graph, low, first, worlds, 9, 15).step
    ).all()


def test_chances_on_a_triangle_and_along_an_edge() -> None:
    """Cascade from one corner: all three are reached with p² + 2p(1 - p)·p, one with (1 - p)².

    SI along an edge: reached in step t with p(1 - p)^(t - 1).
    """
    p, worlds = 0.3, np.arange(20_000)
    size = CASCADE(csr(nx.complete_graph(3)), p, np.array([0]), worlds, 2, 3).reached[:, -1]
    law = np.array([(1 - p) ** 2, 2 * p * (1 - p) ** 2, p**2 + 2 * p**2 * (1 - p)])
    assert stats.chisquare(np.bincount(size, minlength=4)[1:], law * worlds.size).pvalue > 1e-3
    step = SI(csr(nx.path_graph(2)), p, np.array([0]), worlds, 3, 8).step[:, 1]
    chances = p * (1 - p) ** np.arange(8)
    counts = np.append(np.bincount(step[step != NEVER], minlength=9)[1:], (step == NEVER).sum())
    assert stats.chisquare(counts, np.append(chances, 1 - chances.sum()) * worlds.size).pvalue > 1e-3


def test_si_as_eon() -> None:
    """EoN's event-driven SIR without recovery and with geometric times to transmit: reached by step 8, and half-way."""
    graph, p, steps = nx.gnm_random_graph(200, 500, seed=3), 0.15, 30
    ours = SI(csr(graph), p, np.array([0]), np.arange(RUNS), 5, steps)
    by_8, half = [], []
    for run in range(RUNS):
        rng = np.random.default_rng(run)
        times, _, infected, _ = EoN.fast_nonMarkov_SIR(
            graph,
            trans_time_fxn=lambda _u, _v, rng: float(rng.geometric(p)),
            trans_time_args=(rng,),
            rec_time_fxn=lambda _u: math.inf,
            initial_infecteds=[0],
            tmax=steps,
        )
        by_8.append(infected[times <= 8][-1])
        half.append(times[infected >= 100].min(initial=steps + 1))
    assert stats.ks_2samp(ours.reached[:, 8], by_8).pvalue > 0.01
    assert stats.ks_2samp((ours.reached < 100).sum(axis=1), half).pvalue > 0.01
    # Nobody in another component, everybody in this one given time: 1 - p per step is long gone after 300.
    whole = SI(csr(graph), p, np.array([0]), np.arange(3), 5, 300).reached[:, -1]
    assert (whole == len(nx.node_connected_component(graph, 0))).all()


def test_si_as_tries_in_every_step() -> None:
    """The process as it is told, one draw per try: agents reached by step 10."""
    graph, p = csr(nx.gnm_random_graph(200, 500, seed=6)), 0.08
    source = np.repeat(np.arange(200), np.diff(graph.indptr))
    rng, theirs = np.random.default_rng(1), []
    for _ in range(RUNS):
        reached = np.arange(200) < 3
        for _ in range(10):
            success = reached[source] & (rng.random(source.size) < p)
            reached[graph.indices[success]] = True
        theirs.append(reached.sum())
    ours = SI(graph, p, np.arange(3), np.arange(RUNS), 8, 10).reached[:, -1]
    assert stats.ks_2samp(ours, theirs).pvalue > 0.01


def test_cascade_as_cynetdiff_and_eon() -> None:
    """How many are reached in the end, on a directed graph (CyNetDiff) and an undirected one (EoN), and by step 3."""
    p, worlds = 0.25, np.arange(RUNS)
    directed = csr(nx.gnm_random_graph(300, 1200, seed=7, directed=True))
    model = cynetdiff.models.IndependentCascadeModel(
        directed.indptr[:-1].astype(np.uint32), directed.indices.astype(np.uint32), activation_prob=p, rng=1
    )
    theirs = []
    for _ in worlds:
        model.set_seeds([0, 1])
        model.advance_until_completion()
        theirs.append(model.get_num_activated_nodes())
    ours = CASCADE(directed, p, np.array([0, 1]), worlds, 4, 300).reached[:, -1]
    assert stats.ks_2samp(ours, theirs).pvalue > 0.01

    graph, by_3, ends = nx.gnm_random_graph(300, 700, seed=8), [], []
    for run in range(RUNS):
        # EoN's people are infectious for one step: a cascade.
        infected, gone = EoN.basic_discrete_SIR(graph, p, [0, 1], rng=np.random.default_rng(run))[2:]
        by_3.append((infected + gone)[min(3, infected.size - 1)])
        ends.append(gone[-1])
    found = CASCADE(csr(graph), p, np.array([0, 1]), worlds, 6, 300).reached
    assert stats.ks_2samp(found[:, 3], by_3).pvalue > 0.01
    assert stats.ks_2samp(found[:, -1], ends).pvalue > 0.01


def test_all_faults_are_named_at_once() -> None:
    graph = Graph(np.array([0, 2, 1]), np.array([1, 2], np.int32))
    with pytest.raises(PlanError) as caught:
        SI(graph, 1.5, np.array([2]), np.array([-1]), -1, 70_000)
    said = str(caught.value)
    for name in ("indptr", "indices", "chance", "first", "worlds", "seed", "steps"):
        assert f"{name}:" in said
