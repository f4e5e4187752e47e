from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from simulation.outcomes.sensitivity import LEVELS, PARAMETERS, adopters_outside, at, faults, indices, scaled
from simulation.plans.settings import read
from simulation.runs.scenario import City, Hub
from tests.simulation.cities import rows
from tests.simulation.test_commands import bass


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
    middle, ends = np.zeros(len(PARAMETERS)), np.array([1, -1, -1, 1, -1, 0.0, 0.0])
    lanes = at(scheme, ["shelter", "app"], np.stack([middle, ends]))
    assert lanes.p == pytest.approx(np.array([[0.05, 0.06]] * 2))
    assert lanes.q == pytest.approx(np.array([[0.4, 0.32]] * 2))
    assert lanes.theta_contagious == pytest.approx([0.3, 0.21])
    assert lanes.theta_hierarchical == pytest.approx([0.1, 0.13])
    assert lanes.demonstration_decay_s == pytest.approx([900, 630])


def test_catchments_and_contact_take_five_levels_around_the_stated_ones(resolved: dict[str, Any]) -> None:
    scheme = read(resolved)
    levels = [scaled(scheme, level).services["shelter"].reach.travel_s for level in range(LEVELS)]
    # 90 s, spread 0.3: middles of fifths of 63 ... 117.
    assert levels == pytest.approx([68.4, 79.2, 90, 100.8, 111.6])
    assert scaled(scheme, 0).services["app"] == scheme.services["app"]
    # 480 s likewise: middles of fifths of 336 ... 624.
    decays = [scaled(scheme, level).settings.mixing.contact_decay_s for level in range(LEVELS)]
    assert decays == pytest.approx([364.8, 422.4, 480, 537.6, 595.2])


def test_each_sample_runs_at_its_own_levels(resolved: dict[str, Any]) -> None:
    # Three cells, the first in the hub; the third has no service. By the contact of the highest level the second sees
    # the third only, by all others itself; from the middle level of catchments on it has the service.
    scheme = read(resolved)
    itself, elsewhere = np.eye(3), np.array([[1.0, 0, 0], [0, 0, 1], [0, 0, 1]])
    city = City(
        cell=np.arange(3, dtype=np.int32),
        services=["app"],
        stream=np.array([0]),
        potential=np.full((1, 3), 100, np.int32),
        contact=rows(itself),
        zone=np.full(3, -1, np.int32),
        zone_weight=np.zeros((0, 0), np.float32),
        order=np.arange(3),
    )

    def hub(*available: float) -> Hub:
        stage = np.array([[available]], np.float32)
        return Hub("x", np.array([True, False, False]), np.full(3, np.inf, np.float32), [0], stage)

    hubs = [hub(1, 0, 0)] * 2 + [hub(1, 1, 0)] * 3
    model = adopters_outside(scheme, city, [rows(itself)] * 4 + [rows(elsewhere)], hubs, lambda some, *_: some)
    place = np.zeros((4, len(PARAMETERS)))
    place[:, -2:] = [(1, -1), (-1, 0), (1, 0), (0, 1)]
    # Nobody outside; Bass with p = 0.05 and q = 0.4; without the contagious 30 % of q; Bass again.
    expected = [0, 100 * bass(0.05, 0.4, 120), 100 * bass(0.05, 0.7 * 0.4, 120), 100 * bass(0.05, 0.4, 120)]
    assert model(place) == pytest.approx(expected, rel=1e-5)


def test_too_few_years_and_no_power_of_two(resolved: dict[str, Any]) -> None:
    assert faults(read(resolved), 64, "f") == []
    resolved["simulation"]["years"] = 5
    found = [str(fault) for fault in faults(read(resolved), 100, "f")]
    assert len(found) == 2
    assert "Try 128." in found[1]
