"""What plans and their results say: a plan that nobody adopts, ranges over worlds, the table of a difference."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import xarray as xr
import yaml

from tests.cases.conftest import CASES, Case

TOWN = "busway"  # a small town with streets, people and two districts; the bus way does not matter here
STEPS = ("cells", "streets", "travel", "districts")


def told(town: Case, text: str) -> None:
    """Add lines to the town's region file."""
    with town.region.open("a", encoding="utf-8") as file:
        file.write(text)


def simulated(town: Case, *command: str | Path) -> None:
    ran = town.run("simulation", *command)
    assert ran.code == 0, ran.text


def test_a_plan_that_nobody_adopts_is_named_by_check(case: Callable[[str], Case]) -> None:
    town = case(TOWN)
    plan = (CASES / "settings" / "no-adoption" / "plan.yaml").read_text(encoding="utf-8")
    (town.folder / "plan.yaml").write_text(plan, encoding="utf-8")
    told(town, "plan: plan.yaml\n")
    ran = town.run("simulation", "check", town.region)
    assert ran.code != 0
    assert "plan.yaml, plan: " in ran.text
    assert "service" in ran.text
    assert "adopt" in ran.text
    assert "cells.parquet" not in ran.text


@pytest.fixture
def compared(case: Callable[[str], Case]) -> Path:
    """A difference as CSV, between a district in Korean letters and one that looks like a formula."""
    town = case(TOWN)
    drawn = town.folder / "candidates.geojson"
    content = json.loads(drawn.read_text(encoding="utf-8"))
    for feature, name in zip(content["features"], ("가-1", "＝A1"), strict=False):
        feature["properties"]["district_id"] = name
    drawn.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    town.steps(*STEPS)
    for name, out in (("가-1", "a.nc"), ("＝A1", "b.nc")):
        simulated(town, "run", town.results, "--district", name, "--worlds", "2", "--out", town.results / out)
    simulated(town, "compare", *(town.results / name for name in ("a.nc", "b.nc")), "--out", town.results / "d.csv")
    return town.results / "d.csv"


def test_a_difference_opens_in_a_spreadsheet(compared: Path) -> None:
    assert compared.read_bytes()[:3] == b"\xef\xbb\xbf"
    with compared.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["scenario_a"] for row in rows} == {"가-1"}
    assert {row["scenario_b"] for row in rows} == {"'＝A1"}


def test_one_world_has_no_range(case: Callable[[str], Case]) -> None:
    town = case(TOWN)
    told(town, yaml.safe_dump(yaml.safe_load((CASES / "settings" / "one-world" / "case.yaml").read_text())["region"]))
    town.steps(*STEPS)
    simulated(town, "run", town.results, "--out", town.results / "one.nc")
    with xr.open_dataset(town.results / "one.nc", engine="h5netcdf") as data:
        assert data.sizes["world"] == 1
        ranged = [name for name in data.data_vars if "quantile" in data[name].dims]
        assert len(ranged) > 3
        for name in ranged:
            assert data[name].sel(quantile=[0.1, 0.9]).isnull().all(), name
        # What the one world has is no range, and stays.
        median = data["adopters_quantile"].sel(quantile=0.5).isel(year=-1)
        assert np.isfinite(median).all()
        assert float(median.sum()) > 0
        assert json.loads(data.attrs["not_measured"])["quantile"]["code"] == "worlds.few"
