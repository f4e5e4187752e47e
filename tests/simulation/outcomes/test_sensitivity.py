from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from simulation.outcomes.sensitivity import LEVELS, PARAMETERS, at, faults, indices, scaled
from simulation.plans.settings import read


def ishigami(x: np.ndarray) -> np.ndarray:
    return np.asarray(np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0]))


def test_ishigamis_function_has_its_published_indices() -> None:
    # Closed form for a = 7, b = 0.1 (Ishigami & Homma 1990): S 0.3139, 0.4424, 0; total 0.5576, 0.4424, 0.2437.
    table = indices(ishigami, dict.fromkeys("abc", (-np.pi, np.pi)), 4096, 1)
    assert table["parameter"].tolist() == ["a", "b", "c"]
    assert table["first_order"].to_numpy() == pytest.approx([0.3139, 0.4424, 0.0], abs=0.02)
    assert table["total"].to_numpy() == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.02)
    assert (table["first_order_half"] < 0.06).all()


def test_an_outcome_that_never_varies_has_no_indices() -> None:
    table = indices(lambda x: np.full(len(x), 3.0), {"a": (0, 1), "b": (0, 1)}, 8, 1)
    assert table[["first_order", "total"]].isna().all(axis=None)


def test_places_in_the_ranges_are_parameters(resolved: dict[str, Any]) -> None:
    # Toy city: p 0.05, q 0.4 within 20 %; theta 0.3, 0.1 and 900 s within 30 %.
    scheme = read(resolved)
    middle, ends = np.zeros(len(PARAMETERS)), np.array([1, -1, -1, 1, -1, 0.0])
    lanes = at(scheme, ["shelter", "app"], np.stack([middle, ends]))
    assert lanes.p == pytest.approx(np.array([[0.05, 0.06]] * 2))
    assert lanes.q == pytest.approx(np.array([[0.4, 0.32]] * 2))
    assert lanes.theta_contagious == pytest.approx([0.3, 0.21])
    assert lanes.theta_hierarchical == pytest.approx([0.1, 0.13])
    assert lanes.demonstration_decay_s == pytest.approx([900, 630])


def test_catchments_take_five_levels_around_the_stated_one(resolved: dict[str, Any]) -> None:
    scheme = read(resolved)
    levels = [scaled(scheme, level).services["shelter"].reach.travel_s for level in range(LEVELS)]
    # 90 s, spread 0.3: middles of fifths of 63 ... 117.
    assert levels == pytest.approx([68.4, 79.2, 90, 100.8, 111.6])
    assert scaled(scheme, 0).services["app"] == scheme.services["app"]


def test_too_few_years_and_no_power_of_two(resolved: dict[str, Any]) -> None:
    assert faults(read(resolved), 64, "f") == []
    resolved["simulation"]["years"] = 5
    found = [str(fault) for fault in faults(read(resolved), 100, "f")]
    assert len(found) == 2
    assert "Try 128." in found[1]
