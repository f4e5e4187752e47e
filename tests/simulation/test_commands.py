"""The two commands on the toy city's folder."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import xarray as xr

import simulation.runs.ensemble
from decisions.commands.ensemble import run as ensemble
from geojeom.errors import PlanError, SourceError, TableError
from geojeom.messages import from_column
from geojeom.tables import read_table, write_table
from simulation.commands.candidates import run as candidates
from simulation.commands.run import run
from simulation.outcomes.adopters import WORLDS
from tests.tables import said

pytestmark = pytest.mark.slow
Writer = Callable[..., Path]


def without_demonstration(resolved: dict[str, Any]) -> dict[str, Any]:
    resolved["simulation"]["mixing"] = {"demonstration": 0}
    return resolved


def bass(p: float, q: float, months: int) -> float:
    """Share after some months of the discrete-time model of one cell, written out."""
    share = 0.0
    for _ in range(months):
        share += (1 - share) * (1 - math.exp(-(p + q * share) / 12))
    return share


def adopters(folder: Path, service: str, district: str = "west") -> pd.DataFrame:
    table = read_table(folder / "totals.parquet", "totals")
    return table[(table["service"] == service) & (table["district_id"] == district)].reset_index(drop=True)


def test_a_citywide_service_is_bass_from_the_month_its_prerequisites_work(
    write_folder: Writer, resolved: dict[str, Any]
) -> None:
    folder = write_folder(resolved=without_demonstration(resolved))
    candidates(folder)
    app = adopters(folder, "app")
    both = app["adopters_inside"] + app["adopters_outside"]
    # 10 potential users in each of 36 cells, all alike: mixing changes nothing. Opens in month 6.
    assert app["potential_inside"].unique().tolist() == [40]
    assert app["potential_outside"].unique().tolist() == [320]
    assert (both[:7] == 0).all()
    assert both[120] == pytest.approx(360 * bass(0.05, 0.4, 114), rel=1e-4)
    assert app["adopters_outside"][120] == pytest.approx(320 * bass(0.05, 0.4, 114), rel=1e-4)


def test_no_prerequisite_no_adoption(write_folder: Writer, resolved: dict[str, Any]) -> None:
    # The net opens in month 35, so the hub and the app open then, whatever their own dates.
    resolved["plan"]["in_district"][0]["month"] = 35
    resolved["plan"]["diffusion"] = []
    folder = write_folder(resolved=resolved)
    candidates(folder)
    plan = read_table(folder / "plan.parquet", "plan")
    west = plan[(plan["district_id"] == "west") & (plan["part"] == "in_district")]
    assert set(west["works_from"]) == {35}
    app = adopters(folder, "app")
    total = app["adopters_inside"] + app["adopters_outside"]
    assert (total[:36] == 0).all()
    assert total[36] > 0


def test_shelters_wait_for_the_net_of_their_zone(write_folder: Writer, caplog: pytest.LogCaptureFixture) -> None:
    folder = write_folder()
    candidates(folder)
    assert "west: never work, for want of a prerequisite where they stand: diffusion-shelter-3" in caplog.text
    plan = read_table(folder / "plan.parquet", "plan")
    out = plan[(plan["district_id"] == "west") & (plan["part"] == "diffusion")]
    # The net comes to A in 24 and to B in 36, never to C.
    assert out.loc[out["service"] == "shelter", "works_from"].fillna(-1).tolist() == [24, 36, -1]
    shelter = adopters(folder, "shelter")
    # Inside from month 2 on, on cell 0, which reaches cells 1 and 12, all inside; nobody outside until 24.
    assert (shelter["adopters_inside"][:3] == 0).all()
    assert shelter["adopters_inside"][3] > 0
    assert (shelter["adopters_outside"][:25] == 0).all()
    assert shelter["adopters_outside"][25] > 0


def test_the_two_corners_are_mirror_images(write_folder: Writer, resolved: dict[str, Any]) -> None:
    # Without roll-out, the app spreads from either corner of an even city with the same totals.
    resolved["plan"]["diffusion"] = []
    resolved["plan"]["in_district"].pop(2)
    folder = write_folder(resolved=resolved)
    candidates(folder)
    value = read_table(folder / "criteria_diffusion.parquet", "criteria").set_index("district_id")["value"]
    # Fullest cells lie not quite evenly, so people, and with them the mixing weights, differ a little.
    assert value["west"] == pytest.approx(value["east"], rel=0.01)
    assert value["west"] > 320 * bass(0.05, 0.4, 114)


def test_criteria_of_a_plan_say_which_plan_that_is(write_folder: Writer, resolved: dict[str, Any]) -> None:
    resolved["plan"]["label"] = {"ko": "회랑안", "en": "Corridor"}
    folder = write_folder(resolved=resolved)
    candidates(folder)
    criteria = read_table(folder / "criteria_diffusion.parquet", "criteria")
    assert len(criteria) > 0
    assert all("계획: 회랑안" in text and "plan: Corridor" in text for text in said(criteria["source"]))


def test_an_unknown_group_is_named_and_not_zero(write_folder: Writer, cells: pd.DataFrame) -> None:
    cells["elderly"] = pd.array([pd.NA] * len(cells), dtype="Int64")
    folder = write_folder(cells=cells)
    candidates(folder)
    totals = read_table(folder / "totals.parquet", "totals")
    assert set(totals["service"]) == {"shelter"}
    note = read_table(folder / "criteria_diffusion.parquet", "criteria")["note"]
    left_out = [remark for text in note for remark in from_column(text) if remark.code == "adopters.left_out"]
    assert [remark.values["services"] for remark in left_out] == [[{"ko": "시험", "en": "test"}]] * len(note)


def test_nobody_known_is_missing(write_folder: Writer, cells: pd.DataFrame, scores: pd.DataFrame) -> None:
    for column in ("population", "elderly", "youth"):
        cells[column] = pd.array([pd.NA] * len(cells), dtype="Int64")
    folder = write_folder(cells=cells)
    candidates(folder)
    criterion = read_table(folder / "criteria_diffusion.parquet", "criteria")
    assert criterion["value"].isna().all()
    assert all("not simulated" in remark for text in criterion["missing"] for remark in from_column(text))
    assert read_table(folder / "totals.parquet", "totals").empty
    write_table(scores, folder / "scores.parquet", "scores")
    ensemble(folder)
    with xr.open_dataset(folder / "diffusion.nc", engine="h5netcdf") as data:
        assert data.sizes["service"] == 0
        assert data.sizes["scenario"] > 0
        assert set(json.loads(data.attrs["not_simulated"])) == {"shelter", "app"}


@pytest.mark.parametrize("opened", [[], ["net"], ["net", "hub"]])
def test_a_plan_that_nobody_adopts_is_refused(
    opened: list[str], write_folder: Writer, resolved: dict[str, Any]
) -> None:
    kept = [item for item in resolved["plan"]["in_district"] if item["service"] in opened]
    resolved["plan"] |= {"in_district": kept, "diffusion": []}
    folder = write_folder(resolved=resolved)
    with pytest.raises(PlanError, match="1 fault") as raised:
        candidates(folder)
    assert "region.json, plan: expected at least one opened service that people adopt" in str(raised.value)
    assert "Open one of app, shelter." in str(raised.value)
    assert not (folder / "plan.parquet").exists()


def test_a_bad_plan_writes_nothing(write_folder: Writer, resolved: dict[str, Any]) -> None:
    resolved["plan"]["in_district"][0] |= {"units": 100, "month": 50}
    folder = write_folder(resolved=resolved)
    with pytest.raises(PlanError, match="2 faults"):
        candidates(folder)
    assert not (folder / "plan.parquet").exists()


def test_files_that_do_not_belong_together_are_refused(write_folder: Writer, resolved: dict[str, Any]) -> None:
    resolved["simulation"]["mixing"] = {"contact_limit_s": 3600}
    folder = write_folder(resolved=resolved)
    with np.load(folder / "district_travel.npz") as stored:
        np.savez(folder / "district_travel.npz", **{**stored, "district_id": np.array(["west", "north"])})
    with pytest.raises(SourceError) as raised:
        candidates(folder)
    assert "district_travel.npz, east: expected every district of districts.parquet" in str(raised.value)
    assert "expected times up to contact_limit_s = 3600 s, found up to 1800 s" in str(raised.value)


def test_missing_files_say_what_to_run(tmp_path: Path, write_folder: Writer) -> None:
    with pytest.raises(SourceError, match="geojeom spatial resolve"):
        candidates(tmp_path / "nowhere")
    folder = write_folder()
    (folder / "travel.npz").unlink()
    with pytest.raises(SourceError, match="geojeom spatial travel"):
        candidates(folder)
    with pytest.raises((SourceError, TableError)):
        ensemble(folder)


@pytest.fixture
def simulated(write_folder: Writer, scores: pd.DataFrame, made_once: Callable[..., Path]) -> Path:
    def make() -> None:
        folder = write_folder()
        candidates(folder)
        write_table(scores, folder / "scores.parquet", "scores")
        ensemble(folder)

    return made_once("simulated", make)


def test_the_ensemble_keeps_the_contract(simulated: Path) -> None:
    with xr.open_dataset(simulated / "diffusion.nc", engine="h5netcdf") as data:
        assert data["scenario"].values.tolist() == ["east", "west"]
        assert data["service"].values.tolist() == ["shelter", "app"]
        assert dict(data.sizes) == {
            "scenario": 2,
            "service": 2,
            "month": 121,
            "cell": 36,
            "world": 10,
            "quantile": 3,
            "year": 11,
            "where": 2,
            "reached": 3,
        }
        assert data["adopters"].dtype == np.float32
        assert data["potential"].dtype == np.int32
        assert data["total_inside"].dtype == np.int64
        assert data["cell_id"].values[14] == "c1_02"
        assert data["inside"].sel(scenario="west").values.sum() == 4
        assert data.attrs["seed"] == "7"
        assert data.attrs["start"] == "2027-01"
        assert len(data.attrs["config_sha256"]) == 64
        assert set(json.loads(data.attrs["input_sha256"])) >= {"cells.parquet", "plan.parquet"}
        assert json.loads(data.attrs["not_simulated"]) == {}
        totals = data["total_inside"] + data["total_outside"]
        potential = data["potential"].sum("cell")
        assert (totals <= potential).all()
        assert (totals.diff("month") >= 0).all()
        # No adopters before a dated opening works: the app from month 6, so none up to the start of month 6.
        assert (totals.sel(service="app", month=slice(0, 6)) == 0).all()
        assert (totals.sel(service="app", month=36) > 0).all()
        low, middle, high = (data["adopters_quantile"].isel(quantile=k) for k in range(3))
        assert ((low <= middle) & (middle <= high)).all()
        # The mean field runs inside the range of the worlds.
        field = data["adopters"].sum("cell").isel(month=-1)
        assert (field >= 0.8 * totals.isel(month=-1).min("world")).all()
        assert (field <= 1.25 * totals.isel(month=-1).max("world")).all()


def test_every_result_says_what_it_was_made_with(simulated: Path) -> None:
    with xr.open_dataset(simulated / "diffusion.nc", engine="h5netcdf") as data:
        told = dict(data.attrs)
    cells = hashlib.sha256((simulated / "cells.parquet").read_bytes()).hexdigest()
    for name in ("plan", "totals", "criteria_diffusion"):
        made = pd.read_parquet(simulated / f"{name}.parquet").attrs
        assert (made["seed"], made["config_sha256"]) == (told["seed"], told["config_sha256"])
        assert made["input_sha256"]["cells.parquet"] == cells
        assert made["versions"] == json.loads(told["versions"])


def test_the_ensembles_mean_field_is_the_candidates(simulated: Path) -> None:
    table = read_table(simulated / "totals.parquet", "totals")
    whole = table.assign(both=table["adopters_inside"] + table["adopters_outside"])
    expected = whole.set_index(["district_id", "service", "month"])["both"]
    with xr.open_dataset(simulated / "diffusion.nc", engine="h5netcdf") as data:
        found = data["adopters"].sum("cell").to_series()
    # Each of 36 cells is stored to 1/256 person.
    for key, value in found.items():
        assert value == pytest.approx(expected[key], abs=36 / 512 + 1e-3)


def test_the_same_again_and_in_other_blocks(simulated: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with xr.open_dataset(simulated / "diffusion.nc", engine="h5netcdf") as data:
        first = data.load()
    monkeypatch.setattr(simulation.runs.ensemble, "WORLDS_PER_BLOCK", 4)
    # Else its scenarios would be taken over.
    (simulated / "diffusion.nc").unlink()
    ensemble(simulated)
    with xr.open_dataset(simulated / "diffusion.nc", engine="h5netcdf") as data:
        xr.testing.assert_identical(first, data.load())


def test_scenarios_share_their_worlds(write_folder: Writer, scores: pd.DataFrame, resolved: dict[str, Any]) -> None:
    # One plan, two hubs, nothing that depends on where the hub is: world by world the same.
    resolved = without_demonstration(resolved)
    folder = write_folder(resolved=resolved)
    candidates(folder)
    write_table(scores, folder / "scores.parquet", "scores")
    ensemble(folder)
    with xr.open_dataset(folder / "diffusion.nc", engine="h5netcdf") as data:
        both = (data["total_inside"] + data["total_outside"]).sel(service="app")
        assert (both.sel(scenario="west") == both.sel(scenario="east")).all()
        assert np.unique(both.sel(scenario="west", month=60)).size > 1


def test_the_criterion_is_the_mean_of_an_ensemble_without_spread(
    write_folder: Writer, resolved: dict[str, Any]
) -> None:
    # Where every world draws the stated parameters, the candidates' worlds of chance are the first of the ensemble.
    for service in resolved["services"]["services"]:
        if service["adoption"]:
            service["adoption"]["spread"] = 0
    resolved["simulation"]["mixing"] = {"spread": 0}
    folder = write_folder(resolved=resolved)
    candidates(folder)
    run(folder, district=["west", "east"], worlds=WORLDS)
    value = read_table(folder / "criteria_diffusion.parquet", "criteria").set_index("district_id")["value"]
    with xr.open_dataset(folder / "run.nc", engine="h5netcdf") as data:
        found = data["total_outside"].sel(month=120).sum("service").mean("world").to_series()
    assert found.to_dict() == value.to_dict()


def test_all_vetoed_is_recorded(write_folder: Writer, scores: pd.DataFrame) -> None:
    folder = write_folder()
    candidates(folder)
    write_table(
        scores.assign(vetoed=True, rank=pd.array([None] * 4, dtype="Int64")), folder / "scores.parquet", "scores"
    )
    ensemble(folder)
    with xr.open_dataset(folder / "diffusion.nc", engine="h5netcdf") as data:
        assert "every candidate is vetoed" in data.attrs["notes"]
