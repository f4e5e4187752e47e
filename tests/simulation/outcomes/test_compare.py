from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
import xarray as xr

from geojeom.errors import SourceError
from geojeom.messages import Remark
from simulation.outcomes.compare import difference, summary

FILES = {"cells.parquet": "1", "streets.npz": "2", "travel.npz": "3"}


def dataset(
    totals: dict[str, tuple[list[list[int]], list[list[int]]]], scenario: str = "west", **attributes: Any
) -> xr.Dataset:
    """Service -> totals inside and outside, each month by world."""
    places = {
        f"total_{where}": (("scenario", "service", "month", "world"), np.array([[one[k] for one in totals.values()]]))
        for k, where in enumerate(("inside", "outside"))
    }
    told = {
        "seed": "7",
        "start": "2027-01",
        "input_sha256": json.dumps(FILES),
        "sections_sha256": json.dumps({"plan": "x"}),
        "not_simulated": "{}",
        "versions": "{}",
    }
    return xr.Dataset(
        {
            **places,
            "cell_id": ("cell", np.array(["c1", "c2"], object)),
            "stream": ("service", [len(name) for name in totals]),
            "potential": (("service", "cell"), [[9, 9]] * len(totals)),
        },
        {"scenario": [scenario], "service": list(totals)},
        told | attributes,
    )


A = {"app": ([[0, 0, 0], [1, 2, 3]], [[0, 0, 0], [10, 20, 30]])}
B = {"app": ([[0, 0, 0], [1, 2, 3]], [[0, 0, 0], [12, 21, 33]])}


def test_differences_are_paired_world_by_world() -> None:
    table, notes = difference(dataset(A), dataset(B), ("a.nc", "b.nc"))
    assert notes == [Remark("worlds.few", worlds=3, least=10)]
    row = table[(table["where"] == "outside") & (table["month"] == 1)].iloc[0]
    assert (row["mean_a"], row["mean_b"], row["difference"], row["share_higher"]) == (20, 22, 2, 1)
    # 2, 1, 3: standard deviation 1, so 4.3027 (Student, 2 degrees of freedom, from tables) / sqrt(3) either side.
    assert row["high"] - 2 == pytest.approx(4.3027 / 3**0.5, abs=1e-4)
    assert 2 - row["low"] == pytest.approx(4.3027 / 3**0.5, abs=1e-4)
    assert row["q50"] == 2
    assert row[["q10", "q90"]].isna().all()
    inside = table[(table["where"] == "inside") & (table["month"] == 1)].iloc[0]
    assert (inside["difference"], inside["low"], inside["high"], inside["share_higher"]) == (0, 0, 0, 0)
    assert len(table) == 3 * 2
    assert "app, outside: +2.0 (-0.5 to +4.5), higher in 3 of 3 worlds" in summary(table, 3)


def test_a_service_of_one_plan_only_has_nobody_in_the_other_unless_unknown() -> None:
    more = B | {"kiosk": ([[0] * 3, [5] * 3], [[0] * 3, [7] * 3])}
    table, _ = difference(dataset(A), dataset(more), ("a.nc", "b.nc"))
    kiosk = table[(table["service"] == "kiosk") & (table["month"] == 1)].set_index("where")["difference"]
    assert kiosk.to_dict() == {"inside": 5, "outside": 7, "total": 12}
    unknown = dataset(A, not_simulated=json.dumps({"kiosk": Remark("users.none", group="u").as_file()}))
    table, notes = difference(unknown, dataset(more), ("a.nc", "b.nc"))
    assert set(table["service"]) == {"app"}
    assert notes[0] == "kiosk: left out, not simulated in a.nc: no potential adopters (u) in the region"


def test_one_scenario_each_is_a_pair_and_what_differs_is_said() -> None:
    east = dataset(B, scenario="east", sections_sha256=json.dumps({"plan": "y"}))
    table, notes = difference(dataset(A), east, ("a.nc", "b.nc"))
    assert set(table["scenario_b"]) == {"east"}
    assert notes[0] == "plan: not the same in both"
    assert "west -> east, app" in summary(table, 3)


def test_a_single_world_has_no_interval() -> None:
    one = {"app": ([[0], [1]], [[0], [10]])}
    table, _ = difference(dataset(one), dataset(one), ("a.nc", "b.nc"))
    assert table[["low", "high", "q10", "q90"]].isna().all(axis=None)
    told = summary(table, 1)
    assert "one world: no interval" in told
    assert "nan" not in told
    assert "higher in 0 of 1 world" in told


def test_quantiles_of_differences_take_enough_worlds() -> None:
    # Differences 0, 1, ..., 9: the 1st, 5th and 9th.
    none, some = [[0] * 10, [0] * 10], [[0] * 10, list(range(10))]
    table, notes = difference(dataset({"app": (none, none)}), dataset({"app": (none, some)}), ("a.nc", "b.nc"))
    row = table[(table["where"] == "outside") & (table["month"] == 1)].iloc[0]
    assert (row["q10"], row["q50"], row["q90"]) == (0, 4, 8)
    assert notes == []


def test_every_difference_in_chance_or_place_is_named() -> None:
    other = dataset(
        {"app": ([[0, 0], [1, 2], [1, 2]],) * 2}, seed="8", input_sha256=json.dumps(FILES | {"travel.npz": "4"})
    )
    other["cell_id"] = ("cell", np.array(["c1", "c3"], object))
    other["stream"] = ("service", [5])
    other["potential"] = other["potential"] + 1
    with pytest.raises(SourceError) as raised:
        difference(dataset(A), other, ("a.nc", "b.nc"))
    assert [fault.column for fault in raised.value.faults] == [
        "seed",
        "worlds",
        "months",
        "cells",
        "travel.npz",
        "stream",
        "potential",
    ]
    both = xr.concat([dataset(A), dataset(A, scenario="east")], dim="scenario", data_vars="minimal")
    with pytest.raises(SourceError, match=r"a scenario of a\.nc"):
        difference(both, dataset(A, scenario="north"), ("a.nc", "b.nc"))
