"""Contiguous areas grown on the cells from seeds: the most suitable land first, near the seed first.

Seeded region growing with a priority queue (after Brookes 1997, parameterised region growing, IJGIS 11(4)): an area
starts at one cell and takes, again and again, the open neighbour with the highest priority

    (1 - k) · suitability + k · (1 - distance from the seed / radius of a circle of the largest area allowed)

until it is as large as allowed or no open neighbour is left. Ties go to the lower cell number, so a result depends on
nothing but its inputs.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from spatial.reading.square_grid import squares

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int32]


@dataclass(frozen=True)
class GrowthGrid:
    """What areas grow on: cell centres (C,), suitability of 0 to 1 (C,), neighbours (C, 4), and the limits of an area.

    ``compactness`` is k above; ``least_cells`` and ``most_cells`` bound an area.
    """

    x_m: Floats
    y_m: Floats
    size_m: int
    suitability: Floats
    neighbours: Ints
    compactness: float
    least_cells: int
    most_cells: int


@dataclass(frozen=True)
class GrownArea:
    """An area: its cells in the order taken, and (1 - k) · mean suitability + k · Polsby-Popper compactness."""

    cells: Ints
    score: float


def neighbours_of(x_m: Floats, y_m: Floats, size_m: int) -> Ints:
    """The cells west, east, south and north of each (C, 4); -1 where there is none."""
    column = np.round((x_m - x_m.min()) / size_m).astype(np.int64) + 1
    row = np.round((y_m - y_m.min()) / size_m).astype(np.int64) + 1
    grid = np.full((row.max() + 2, column.max() + 2), -1, np.int32)
    grid[row, column] = np.arange(x_m.size)
    return np.column_stack([grid[row, column - 1], grid[row, column + 1], grid[row - 1, column], grid[row + 1, column]])


def grow(ground: GrowthGrid, seed: int, open_: Bools) -> Ints:
    """Cells of the area grown from ``seed`` over the cells that are ``open_`` (C,), in the order taken."""
    radius = np.sqrt(ground.most_cells / np.pi) * ground.size_m
    far = np.hypot(ground.x_m - ground.x_m[seed], ground.y_m - ground.y_m[seed]) / radius
    k = ground.compactness
    priority = (1 - k) * ground.suitability + k * (1 - far)
    taken: list[int] = []
    seen = {seed}
    waiting = [(-float(priority[seed]), seed)]
    while waiting and len(taken) < ground.most_cells:
        cell = heapq.heappop(waiting)[1]
        taken.append(cell)
        for neighbour in ground.neighbours[cell].tolist():
            if neighbour >= 0 and open_[neighbour] and neighbour not in seen:
                seen.add(neighbour)
                heapq.heappush(waiting, (-float(priority[neighbour]), neighbour))
    return np.array(taken, np.int32)


def polsby_popper(ground: GrowthGrid, cells: Ints) -> float:
    """4π · area / perimeter² of some cells: 1 for a circle, 0.785 for a square."""
    edges = int((~np.isin(ground.neighbours[cells], cells)).sum())
    return float(4 * np.pi * cells.size / edges**2)


def seeds(ground: GrowthGrid, open_: Bools, block_m: float) -> Ints:
    """The most suitable open cell of every block of ``block_m`` that has one, in block order."""
    block = np.column_stack([np.floor(ground.y_m / block_m), np.floor(ground.x_m / block_m)])
    open_cells = np.flatnonzero(open_)
    best = open_cells[np.lexsort([open_cells, -ground.suitability[open_cells]])]
    _, first = np.unique(block[best], axis=0, return_index=True)
    return best[first].astype(np.int32)


def candidates(ground: GrowthGrid, open_: Bools, block_m: float) -> list[GrownArea]:
    """An area from every seed that grows to the least size; areas overlap one another."""
    return [area for seed in seeds(ground, open_, block_m) if (area := _area(ground, int(seed), open_)) is not None]


def choose(ground: GrowthGrid, areas: list[GrownArea], open_: Bools, number: int, spacing_m: float) -> list[GrownArea]:
    """The best areas in the order chosen, ``number`` at most, none nearer to another than ``spacing_m``.

    Greedy: after each choice the land around it is closed and the areas that reached into it are grown anew, which may
    then be smaller or better. Fewer where land runs out.
    """
    shapes = squares(ground.x_m, ground.y_m, ground.size_m)
    left, free, chosen = list(areas), open_.copy(), list[GrownArea]()
    while left and len(chosen) < number:
        best = max(range(len(left)), key=lambda at: (left[at].score, -int(left[at].cells[0])))
        chosen.append(left[best])
        outline = shapely.union_all(shapes[chosen[-1].cells])
        shapely.prepare(outline)
        free[chosen[-1].cells] = False
        free &= shapely.distance(shapes, outline) >= spacing_m
        left = [again for area in left if (again := _fitted(ground, area, free)) is not None]
    return chosen


def _fitted(ground: GrowthGrid, area: GrownArea, free: Bools) -> GrownArea | None:
    if free[area.cells].all():
        return area
    return _area(ground, int(area.cells[0]), free)


def _area(ground: GrowthGrid, seed: int, open_: Bools) -> GrownArea | None:
    if not open_[seed]:
        return None
    cells = grow(ground, seed, open_)
    if cells.size < ground.least_cells:
        return None
    return GrownArea(cells, rating(ground, float(ground.suitability[cells].mean()), polsby_popper(ground, cells)))


def rating(ground: GrowthGrid, suitability: float, compactness: float) -> float:
    """What areas are compared by: mean suitability and compactness, weighed by k."""
    return (1 - ground.compactness) * suitability + ground.compactness * compactness
