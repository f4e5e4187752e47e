"""One person per cell: the model is an SI process on the graph of K, distributed as published simulators have it."""

import EoN
import networkx as nx
import numpy as np
from scipy import stats

from simulation.spread.diffusion import stochastic
from simulation.spread.mixing import Rows
from tests.simulation.cities import city, lanes, rows

RUNS = 500


def test_time_to_infection_along_one_edge_is_geometric() -> None:
    """Cell 0 has adopted, cell 1 sees only it: adoption in month t has chance e^{-h(t-1)}(1 - e^{-h}), h = q/12."""
    months, q = 40, 1.2
    problem = city([[1, 1]], months=months, contact=rows(np.array([[1, 0], [1, 0]])))
    worlds = lanes(world=np.arange(20_000), p=0, q=q, near=1)
    start = np.array([[[1], [0]]])
    total = stochastic(problem, worlds, 8, np.array([]), start=start).outside[0]
    month = months + 1 - (total == 2).sum(axis=0)
    expected = np.diff(1 - np.exp(-q / 12 * np.arange(months)))
    found = np.bincount(month[month < months], minlength=months)[1:]
    law = np.append(expected, 1 - expected.sum()) * month.size
    counts = np.append(found, month.size - found.sum())
    assert stats.chisquare(counts, law).pvalue > 1e-3


def test_as_eon_on_a_random_graph() -> None:
    """Adopters after a fixed time over 500 runs against EoN's event-driven SI (Kolmogorov-Smirnov).

    On a graph of degree 4 every edge passes adoption at q/4 a year. With q·Δt = 0.02 the monthly step slows growth by
    about 1 % of its exponent, far under what 500 runs can tell.
    """
    nodes, q, months = 150, 0.24, 280
    graph = nx.random_regular_graph(4, nodes, seed=1)
    contact = nx.to_scipy_sparse_array(graph, nodelist=range(nodes), format="csr")
    contact.sort_indices()
    weight = np.full(contact.indices.size, 0.25, np.float32)
    start = np.zeros((1, nodes, 1))
    start[0, 0] = 1
    problem = city(
        [[1] * nodes],
        months=months,
        contact=Rows(contact.indptr.astype(np.int64), contact.indices.astype(np.int32), weight),
    )
    ours = stochastic(problem, lanes(world=np.arange(RUNS), p=0, q=q, near=1), 3, np.array([]), start=start)
    theirs = [
        EoN.fast_SIR(graph, q / 4, 0, initial_infecteds=[0], tmax=months / 12, rng=np.random.default_rng(run))
        for run in range(RUNS)
    ]
    assert stats.ks_2samp(ours.outside[0, -1], [run[2][-1] for run in theirs]).pvalue > 0.01
