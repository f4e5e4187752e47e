"""Growing areas on a handful of cells, each step reckoned by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spatial.finding.growing import GrowthGrid, candidates, choose, grow, neighbours_of, polsby_popper, seeds


def ground(suitability, *, columns: int, k: float = 0.0, least: int = 1, most: int = 4) -> GrowthGrid:
    """Cells of 100 m, row by row from the south-west."""
    suitability = np.asarray(suitability, float)
    at = np.arange(suitability.size)
    x, y = (at % columns) * 100 + 50.0, (at // columns) * 100 + 50.0
    return GrowthGrid(x, y, 100, suitability, neighbours_of(x, y, 100), k, least, most)


def test_neighbours_west_east_south_north() -> None:
    # 2 x 2 without the last cell: 0 1 / 2.
    found = neighbours_of(np.array([50.0, 150, 50]), np.array([50.0, 50, 150]), 100)
    assert found.tolist() == [[-1, 1, -1, 2], [0, -1, -1, -1], [-1, -1, 0, -1]]


def test_the_most_suitable_neighbour_first() -> None:
    # A line: from cell 2, west 0.5 beats east 0.4; then cell 0 (0.9) behind it beats east.
    line = ground([0.9, 0.5, 1.0, 0.4, 1.0], columns=5, most=4)
    assert grow(line, 2, np.ones(5, bool)).tolist() == [2, 1, 0, 3]
    # Closed land is never crossed.
    assert grow(line, 2, np.array([True, False, True, True, True])).tolist() == [2, 3, 4]


def test_ties_go_to_the_lower_cell() -> None:
    assert grow(ground([1, 1, 1], columns=3, most=2), 1, np.ones(3, bool)).tolist() == [1, 0]


def test_compactness_pulls_toward_the_seed() -> None:
    # A line of six from cell 2. By suitability alone it runs west to the 0.9s; with k = 0.5 and a largest area of 3
    # cells, radius 97.7 m: cell 1 has .45 + .5·(1 - 100/97.7) = .438, then cell 0 .45 + .5·(1 - 200/97.7) = -.073
    # against cell 3 .4·.5 - .012 = .188.
    worth = [0.9, 0.9, 1.0, 0.4, 0.4, 0.4]
    assert grow(ground(worth, columns=6, most=3), 2, np.ones(6, bool)).tolist() == [2, 1, 0]
    assert grow(ground(worth, columns=6, most=3, k=0.5), 2, np.ones(6, bool)).tolist() == [2, 1, 3]


def test_polsby_popper_of_a_square_and_a_strip() -> None:
    four = ground(np.ones(8), columns=4)
    assert polsby_popper(four, np.array([0, 1, 4, 5], np.int32)) == pytest.approx(np.pi / 4)
    # 4 x 1: area 4, edge 10.
    assert polsby_popper(four, np.arange(4, dtype=np.int32)) == pytest.approx(16 * np.pi / 100)


def test_one_seed_a_block_the_best_open_cell() -> None:
    line = ground([0.1, 0.9, 0.9, 0.2, 0.3, 0.5], columns=6)
    # Blocks of 300 m: cells 0-2 and 3-5; of two equals the lower cell.
    assert seeds(line, np.ones(6, bool), 300).tolist() == [1, 5]
    assert seeds(line, np.array([True, False, True, True, True, False]), 300).tolist() == [2, 4]
    assert seeds(line, np.zeros(6, bool), 300).tolist() == []


def test_chosen_areas_keep_their_distance() -> None:
    # Best is cells 0-1 (0.95), then 8-9 (0.85) and 3-4 (0.8).
    line = ground([1, 0.9, 0.1, 0.8, 0.8, 0.1, 0.1, 0.1, 0.8, 0.9], columns=10, least=2, most=2)
    open_ = line.suitability > 0.5
    areas = candidates(line, open_, 100)
    near = choose(line, areas, open_, 3, 100)
    assert [sorted(a.cells.tolist()) for a in near] == [[0, 1], [8, 9], [3, 4]]
    assert [a.score for a in near] == pytest.approx([0.95, 0.85, 0.8])
    # Cell 3 starts 100 m from cell 1: at 150 m the middle pair is broken, and one cell is too small.
    assert [sorted(a.cells.tolist()) for a in choose(line, areas, open_, 3, 150)] == [[0, 1], [8, 9]]


def test_an_area_cut_off_by_another_is_grown_anew() -> None:
    # Room for two areas of 3 on a line of 6, though seeds grow over each other's land.
    line = ground([0.6, 0.7, 0.9, 1.0, 0.8, 0.5], columns=6, least=2, most=3)
    open_ = np.ones(6, bool)
    chosen = choose(line, candidates(line, open_, 100), open_, 2, 0)
    assert sorted(chosen[0].cells.tolist()) == [2, 3, 4]
    assert sorted(chosen[1].cells.tolist()) == [0, 1]
    assert len(choose(line, candidates(line, open_, 100), open_, 5, 0)) == 2


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.floats(0, 1), min_size=64, max_size=64),
    st.lists(st.booleans(), min_size=64, max_size=64),
    st.floats(0, 1),
    st.integers(1, 4),
    st.integers(4, 12),
    st.sampled_from([0.0, 100.0, 150.0, 250.0]),
)
def test_every_choice_is_whole_open_sized_and_apart(worth, free, k, least, most, spacing) -> None:
    town = ground(worth, columns=8, k=k, least=least, most=most)
    open_ = np.array(free)
    chosen = choose(town, candidates(town, open_, 200), open_, 3, spacing)
    taken: list[np.ndarray] = []
    for area in chosen:
        cells = area.cells
        assert least <= cells.size <= most
        assert open_[cells].all()
        assert np.unique(cells).size == cells.size
        # Every cell but the seed has a neighbour taken before it: one piece.
        for at in range(1, cells.size):
            assert np.isin(town.neighbours[cells[at]], cells[:at]).any()
        for other in taken:
            gap = [
                np.maximum(np.abs(values[cells][:, None] - values[other][None]) - 100, 0)
                for values in (town.x_m, town.y_m)
            ]
            assert not np.isin(cells, other).any()
            assert np.hypot(*gap).min() >= spacing
        taken.append(cells)
    again = choose(town, candidates(town, open_, 200), open_, 3, spacing)
    assert [a.cells.tolist() for a in again] == [a.cells.tolist() for a in chosen]
