"""Travel times: by hand on a street of four nodes, against SciPy and NetworkX, and against a plain-Python twin."""

from __future__ import annotations

import heapq

import networkx as nx
import numba
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from spatial.streets import travel
from spatial.streets.network import Network


def network(nodes: int, edges: list[tuple[int, int, float]], cell_node: list[int], access_m: list[float]) -> Network:
    """Walking seconds as given; driving takes half; 3.6 km/h on foot to the street, so a metre is a second."""
    edges = sorted({(u, v): s for u, v, s in edges}.items())
    indptr = np.zeros(nodes + 1, np.int64)
    for (u, _), _s in edges:
        indptr[u + 1] += 1
    seconds = np.array([s for _, s in edges], np.float32)
    return Network(
        node_x_m=np.arange(nodes) % 7 * 60.0,
        node_y_m=np.arange(nodes) // 7 * 60.0,
        indptr=np.cumsum(indptr),
        indices=np.array([v for (_, v), _s in edges], np.int32),
        length_m=seconds,
        walk_s=seconds,
        drive_s=(seconds / 2).astype(np.float32),
        cell_node=np.array(cell_node, np.int32),
        cell_access_m=np.array(access_m, np.float32),
        kind="osm",
        circuity=1.0,
        walk_kmh=3.6,
        access_kmh=3.6,
    )


def both_ways(*edges: tuple[int, int, float]) -> list[tuple[int, int, float]]:
    return [*edges, *[(v, u, s) for u, v, s in edges]]


def dense(indptr, indices, travel_s) -> np.ndarray:
    out = np.full((indptr.size - 1, indptr.size - 1), np.inf, np.float32)
    for i in range(indptr.size - 1):
        out[i, indices[indptr[i] : indptr[i + 1]]] = travel_s[indptr[i] : indptr[i + 1]]
    return out


# Street 0 -100- 1 -60- 2 -inf- 3 (the last piece may not be walked). Cells a, b join node 0, c node 1, d node 2, e 3.
STREET = network(4, both_ways((0, 1, 100.0), (1, 2, 60.0), (2, 3, np.inf)), [0, 0, 1, 2, 3], [10, 20, 5, 40, 0])


def test_by_hand_all_pairs() -> None:
    indptr, indices, travel_s = travel.cells_to_cells(STREET, np.arange(5, dtype=np.int32), 210.0)
    # a-b 10+20; a-c 10+100+5; a-d 10+160+40 = 210 exactly at the limit; b-c 20+100+5; b-d 220 beyond; c-d 5+60+40.
    assert indptr.tolist() == [0, 3, 5, 8, 10, 10]
    assert indices.tolist() == [1, 2, 3, 0, 2, 0, 1, 3, 0, 2]
    assert travel_s.tolist() == [30, 115, 210, 30, 125, 115, 125, 105, 210, 105]


def test_by_hand_subset_counts_positions() -> None:
    indptr, indices, travel_s = travel.cells_to_cells(STREET, np.array([1, 3], np.int32), 1000.0)
    assert indptr.tolist() == [0, 1, 2]
    assert indices.tolist() == [1, 0]
    assert travel_s.tolist() == [220, 220]


def test_by_hand_groups() -> None:
    reach = travel.from_groups(STREET, [np.array([0, 3]), np.array([4]), np.array([], np.int32)], 100.0, "walk")
    # From {a, d}: b is 30 from a; c is 105 from d and 115 from a, both beyond 100; e cannot be reached.
    assert reach[0].tolist() == [0, 30, np.inf, 0, np.inf]
    assert reach[1].tolist() == [np.inf, np.inf, np.inf, np.inf, 0]
    assert np.isinf(reach[2]).all()
    assert reach.dtype == np.float32
    # Driving halves the street but not the walk to it: c is 40 + 60/2 + 5 from d, 10 + 100/2 + 5 from a.
    assert travel.from_groups(STREET, [np.array([0, 3])], 100.0, "drive")[0].tolist() == [0, 30, 65, 0, np.inf]


def test_one_way_is_one_way() -> None:
    loop = network(3, [(0, 1, 10.0), (1, 2, 10.0), (2, 0, 10.0)], [0, 1, 2], [0, 0, 0])
    times = dense(*travel.cells_to_cells(loop, np.arange(3, dtype=np.int32), 100.0))
    assert times[0, 1] == 10
    assert times[1, 0] == 20


def test_a_cell_farther_from_the_street_than_the_limit_reaches_nothing() -> None:
    far = network(2, both_ways((0, 1, 1.0)), [0, 1], [500.0, 0.0])
    indptr, _, _ = travel.cells_to_cells(far, np.arange(2, dtype=np.int32), 300.0)
    assert indptr.tolist() == [0, 0, 0]


def test_no_cells() -> None:
    indptr, indices, travel_s = travel.cells_to_cells(STREET, np.array([], np.int32), 300.0)
    assert (indptr.tolist(), indices.size, travel_s.size) == ([0], 0, 0)
    assert travel.from_groups(STREET, [], 300.0).shape == (0, 5)


def random_city(seed: int, nodes: int = 60, cells: int = 80) -> Network:
    rng = np.random.default_rng(seed)
    edges = {
        (int(u), int(v)): float(np.float32(rng.choice([0.0, 0.25, 7.5, rng.uniform(1, 60), np.inf])))
        for u, v in rng.integers(0, nodes, (nodes * 3, 2))
        if u != v
    }
    return network(
        nodes,
        [(u, v, s) for (u, v), s in edges.items()],
        rng.integers(0, nodes, cells).tolist(),
        rng.uniform(0, 50, cells).tolist(),
    )


def twin(city: Network, cell: np.ndarray, limit_s: float) -> np.ndarray:
    """The same question answered with Python's own heap, one search for each cell."""
    access = city.joins("walk")[1]
    out = np.full((cell.size, cell.size), np.inf, np.float32)
    for row, i in enumerate(cell):
        time = {int(city.cell_node[i]): 0.0}
        heap = [(0.0, int(city.cell_node[i]))]
        while heap:
            t, u = heapq.heappop(heap)
            if t > time[u]:
                continue
            for e in range(city.indptr[u], city.indptr[u + 1]):
                v, s = int(city.indices[e]), t + float(city.walk_s[e])
                if s <= limit_s and s < time.get(v, np.inf):
                    time[v] = s
                    heapq.heappush(heap, (s, v))
        for column, j in enumerate(cell):
            s = access[i] + (time.get(int(city.cell_node[j]), np.inf) + access[j])
            if i != j and s <= limit_s:
                out[row, column] = s
    return out


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), limit_s=st.sampled_from([0.0, 5.0, 60.0, 150.0, 1e5]))
def test_equals_the_twin_bit_for_bit(seed: int, limit_s: float) -> None:
    city = random_city(seed)
    cell = np.sort(np.random.default_rng(seed).choice(80, 50, replace=False)).astype(np.int32)
    indptr, indices, travel_s = travel.cells_to_cells(city, cell, limit_s)
    assert (travel_s <= limit_s).all()
    assert np.array_equal(dense(indptr, indices, travel_s), twin(city, cell, limit_s))
    for i in range(cell.size):
        assert (np.diff(indices[indptr[i] : indptr[i + 1]]) > 0).all()


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), limit_s=st.sampled_from([20.0, 90.0, 1e5]))
def test_equals_scipy(seed: int, limit_s: float) -> None:
    city = random_city(seed)
    cell = np.arange(80, dtype=np.int32)
    times = dense(*travel.cells_to_cells(city, cell, limit_s))
    # SciPy reads a stored zero in a CSR array as an edge, and an infinite one as an edge that is never taken.
    graph = csr_array((city.walk_s.astype(float), city.indices, city.indptr), shape=(60, 60))
    between = dijkstra(graph, indices=city.cell_node)[:, city.cell_node]
    access = city.joins("walk")[1]
    expected = between + access[:, None] + access[None, :]
    np.fill_diagonal(expected, np.inf)
    sure = np.abs(expected - limit_s) > 1e-6
    expected[expected > limit_s] = np.inf
    np.testing.assert_allclose(times[sure], expected[sure].astype(np.float32), rtol=1e-6)


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_groups_equal_networkx(seed: int) -> None:
    city = random_city(seed)
    graph = nx.DiGraph()
    graph.add_nodes_from(range(60))
    access = city.joins("walk")[1]
    for u in range(60):
        for e in range(city.indptr[u], city.indptr[u + 1]):
            if np.isfinite(city.drive_s[e]):
                graph.add_edge(u, int(city.indices[e]), weight=float(city.drive_s[e]))
    group = np.array([3, 17, 17, 40], np.int32)
    for cell in group:
        graph.add_edge("hub", int(city.cell_node[cell]), weight=0.0)
    # NetworkX enters each node of the group with its own access by way of a node of its own.
    for cell in group:
        graph.add_edge("hub", ("cell", int(cell)), weight=float(access[cell]))
        graph.add_edge(("cell", int(cell)), int(city.cell_node[cell]), weight=0.0)
        graph.remove_edges_from([("hub", int(city.cell_node[cell]))])
    found = nx.single_source_dijkstra_path_length(graph, "hub", weight="weight")
    expected = np.array([found.get(int(node), np.inf) for node in city.cell_node]) + access
    expected[group] = 0
    sure = np.abs(expected - 120.0) > 1e-6
    expected[expected > 120.0] = np.inf
    reach = travel.from_groups(city, [group], 120.0, "drive")[0]
    np.testing.assert_allclose(reach[sure], expected[sure].astype(np.float32), rtol=1e-6)


@pytest.mark.skipif(numba.config.NUMBA_NUM_THREADS < 2, reason="needs two threads")
def test_threads_do_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    city = random_city(7, cells=300)
    cell = np.arange(300, dtype=np.int32)
    monkeypatch.setattr(travel, "NODES_PER_BLOCK", 5)
    results = []
    for threads in (1, 2):
        numba.set_num_threads(threads)
        results.append(travel.cells_to_cells(city, cell, 120.0))
    assert results[0][1].size > 300
    for one, two in zip(*results, strict=True):
        assert one.tobytes() == two.tobytes()


def test_who_is_searched_together_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    # 400 nodes fill several batches; blocks of 1 search every node alone.
    city = random_city(3, nodes=400, cells=600)
    cell = np.arange(600, dtype=np.int32)
    results = []
    for nodes in (1, 37, 512):
        monkeypatch.setattr(travel, "NODES_PER_BLOCK", nodes)
        results.append([array.tobytes() for array in travel.cells_to_cells(city, cell, 90.0)])
    assert results[0] == results[1] == results[2]
    assert np.array_equal(dense(*travel.cells_to_cells(city, cell, 90.0)), twin(city, cell, 90.0))


def test_bucket_width_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    city = random_city(11)
    cell = np.arange(80, dtype=np.int32)
    results = []
    for width in (0.01, 1.0, 37.0, 1e6):
        monkeypatch.setattr(travel, "_bucket_s", lambda seconds, limit_s, width=width: width)
        results.append(travel.cells_to_cells(city, cell, 100.0)[2].tobytes())
    assert len(set(results)) == 1
