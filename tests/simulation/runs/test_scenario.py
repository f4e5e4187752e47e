from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from simulation.plans.people import potential, present
from simulation.plans.settings import read
from simulation.runs import scenario
from spatial.streets.network import Network


def test_walks_among_some_cells_only() -> None:
    # Cells 2, 5, 7 of the file; 2 <-> 5 in 60 s, 2 <-> 7 in 90 s, 5 <-> 7 in 200 s.
    indptr = np.array([0, 2, 4, 6], np.int64)
    indices = np.array([1, 2, 0, 2, 0, 1], np.int32)
    travel_s = np.array([60, 90, 60, 200, 90, 200], np.float32)
    rows = (indptr, indices, travel_s)
    file_cells = np.array([2, 5, 7], np.int32)
    all_three = scenario.within(file_cells, rows, file_cells, 1000.0)
    assert [part.tolist() for part in all_three[:3]] == [part.tolist() for part in rows]
    # Cell 4 is not in the file: an empty row. Cell 5 falls out.
    some = scenario.within(file_cells, rows, np.array([2, 4, 7], np.int32), 1000.0)
    assert [part.tolist() for part in some[:3]] == [[0, 1, 1, 2], [2, 0], [90, 90]]
    near = scenario.within(file_cells, rows, file_cells, 100.0)
    assert [part.tolist() for part in near[:3]] == [[0, 2, 3, 4], [1, 2, 0, 0], [60, 90, 60, 90]]


def gravity_by_hand() -> np.ndarray:
    """Zones A, B, C of 1400, 1400 and 1300 people, in drives of 36, 84 and 48 s; decay 900 s."""
    people = np.array([1400, 1400, 1300])
    pull = people * np.exp(-np.array([[np.inf, 36, 84], [36, np.inf, 48], [84, 48, np.inf]]) / 900)
    return np.asarray(pull / pull.sum(axis=1, keepdims=True))


def radiation_by_hand() -> np.ndarray:
    """The nearer zone has nobody between; between A and C (and C and A, B and C) lie the 1400 of the third."""
    near, far = 1400 / (1400 * 2800), 1300 / (2800 * 4100)
    back, beyond = 1400 / (1300 * 2700), 1400 / (2700 * 4100)
    pull = np.array([[0, near, far], [near, 0, far], [beyond, back, 0]])
    return np.asarray(pull / pull.sum(axis=1, keepdims=True))


@pytest.mark.parametrize(("model", "by_hand"), [("gravity", gravity_by_hand), ("radiation", radiation_by_hand)])
def test_the_city_mixes_by_streets_and_zones(
    resolved: dict[str, Any], cells: pd.DataFrame, network: Network, model: str, by_hand: Callable[[], np.ndarray]
) -> None:
    resolved["simulation"]["mixing"] = {"zone_model": model}
    scheme = read(resolved)
    cells.loc[35, ["population", "elderly"]] = 0
    people = potential(cells, [scheme.services["shelter"], scheme.services["app"]], scheme.groups)
    cell = scenario.inhabited(people)
    assert cell.tolist() == list(range(35))
    empty = scenario.Walks(np.zeros(36, np.int64), np.empty(0, np.int32), np.empty(0, np.float32))
    city = scenario.mix(
        people,
        cell,
        empty,
        xy_m=cells[["x_m", "y_m"]].to_numpy(),
        stream=np.array([2, 3]),
        present=present(cells),
        zone_id=cells["zone_id"],
        network=network,
        mixing=scheme.settings.mixing,
    )
    assert city.services == ["shelter", "app"]
    assert city.potential[0, [0, 14]].tolist() == [50, 150]
    assert city.zone[[0, 4, 11]].tolist() == [0, 1, 2]
    # Centres are 14, 17, 21: A and B 3 columns (36 s) apart, B and C 4 (48 s), A and C 7 (84 s); B is nearer to A.
    np.testing.assert_allclose(city.zone_weight, by_hand(), rtol=1e-5)


def hub(name: str, starts: list[int], value: list[float]) -> scenario.Hub:
    available = np.array(value, np.float32).reshape(len(starts), 1, 1)
    return scenario.Hub(name, np.array([True]), np.zeros(1, np.float32), starts, available)


def test_hubs_with_different_dates_share_the_epochs(
    resolved: dict[str, Any], cells: pd.DataFrame, network: Network
) -> None:
    city = scenario.City(
        cell=np.array([3], np.int32),
        services=["a"],
        stream=np.array([5]),
        potential=np.ones((1, 1), np.int32),
        contact=None,  # type: ignore[arg-type]  # not looked at here
        zone=np.zeros(1, np.int32),
        zone_weight=np.ones((1, 1), np.float32),
        order=np.zeros(1, np.int64),
    )
    found = scenario.problem(city, [hub("x", [0, 2], [0, 0.5]), hub("y", [0, 3], [0, 1])], 5)
    assert found.epoch.tolist() == [0, 0, 1, 2, 2]
    assert found.number is not None
    assert found.number.tolist() == [3]
    assert found.stream is not None
    assert found.stream.tolist() == [5]
    assert found.availability[:, 0, 0].tolist() == [[0, 0], [0.5, 0], [0.5, 1]]
