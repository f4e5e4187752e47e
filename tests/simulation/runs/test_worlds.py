from __future__ import annotations

from typing import Any

import numpy as np

from simulation.plans.settings import read
from simulation.runs.worlds import central, drawn

NAMES = ["shelter", "app"]


def test_central_parameters_are_the_stated_ones(resolved: dict[str, Any]) -> None:
    scheme = read(resolved)
    lanes = central(scheme.services, NAMES, scheme.settings.mixing, 3)
    assert lanes.p.tolist() == [[0.05] * 3] * 2
    assert lanes.q.tolist() == [[0.4] * 3] * 2
    assert lanes.theta_contagious.tolist() == [0.3] * 3
    assert lanes.demonstration_decay_s.tolist() == [900.0] * 3


def test_draws_stay_in_their_declared_ranges_and_fill_them(resolved: dict[str, Any]) -> None:
    scheme = read(resolved)
    lanes = drawn(scheme.services, NAMES, scheme.settings.mixing, np.arange(400), 7)
    for values, middle, spread in (
        (lanes.p, 0.05, 0.2),
        (lanes.q, 0.4, 0.2),
        (lanes.theta_contagious, 0.3, 0.3),
        (lanes.theta_hierarchical, 0.1, 0.3),
        (lanes.demonstration_decay_s, 900.0, 0.3),
    ):
        relative = values / middle - 1
        assert np.abs(relative).max() <= spread + 1e-12
        # Uniform: mean within 4 standard errors (spread / sqrt(3 * 400)), extremes near the ends.
        assert np.abs(relative.mean(axis=-1)).max() < 4 * spread / np.sqrt(1200)
        assert relative.max(axis=-1).min() > 0.97 * spread
        assert relative.min(axis=-1).max() < -0.97 * spread
    assert not np.allclose(lanes.p[0] / 0.05, lanes.q[0] / 0.4)
    assert not np.allclose(lanes.p[0], lanes.p[1])


def test_a_world_draws_the_same_in_any_block_and_beside_any_other_service(resolved: dict[str, Any]) -> None:
    scheme = read(resolved)
    mixing = scheme.settings.mixing
    whole = drawn(scheme.services, NAMES, mixing, np.arange(8), 7)
    part = drawn(scheme.services, ["app"], mixing, np.arange(4, 8), 7)
    assert (part.p[0] == whole.p[1, 4:]).all()
    assert (part.theta_contagious == whole.theta_contagious[4:]).all()
    other = drawn(scheme.services, NAMES, mixing, np.arange(8), 8)
    assert (other.p != whole.p).all()


def test_no_spread_is_no_draw(resolved: dict[str, Any]) -> None:
    for service in resolved["services"]["services"]:
        if service["adoption"]:
            service["adoption"]["spread"] = 0
    resolved["simulation"]["mixing"] = {"spread": 0}
    scheme = read(resolved)
    lanes = drawn(scheme.services, NAMES, scheme.settings.mixing, np.arange(5), 7)
    assert np.unique(lanes.p) == 0.05
    assert np.unique(lanes.theta_hierarchical) == 0.1
