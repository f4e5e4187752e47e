"""Named scenarios on the toy city: run, cut off, run again, compared, and refused."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import xarray as xr
import yaml

import simulation.runs.ensemble
from decisions.commands.ensemble import run as ensemble
from geojeom.errors import PlanError, SourceError
from geojeom.tables import read_table, write_table
from simulation.commands.candidates import run as candidates
from simulation.commands.compare import run as compare
from simulation.commands.run import run
from simulation.commands.sensitivity import run as sensitivity
from simulation.plans.catalogue import PlanTemplate
from simulation.plans.given import plan_of
from simulation.spread.diffusion import stochastic
from spatial.config.resolved import stored_region

Writer = Callable[..., Path]

# Each block is followed by a rest, so that the kill surely comes before the end.
CUT_OFF = """
import time
import simulation.runs.ensemble
from simulation.runs.checkpoint import Checkpoint
simulation.runs.ensemble.WORLDS_PER_BLOCK = 8
put = Checkpoint.put
def stopped_after_four(self, name, arrays):
    put(self, name, arrays)
    stopped_after_four.blocks += 1
    if stopped_after_four.blocks == 4:
        time.sleep(600)  # until it is killed
stopped_after_four.blocks = 0
Checkpoint.put = stopped_after_four
from geojeom.cli import run_room
run_room("simulation")
"""


def opened(path: Path) -> xr.Dataset:
    with xr.open_dataset(path, engine="h5netcdf") as data:
        return data.load()


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_plan_of_a_run_is_written_with_the_months_from_which_it_works(write_folder: Writer) -> None:
    folder = write_folder()
    candidates(folder)
    plan = read_table(folder / "plan.parquet", "plan")
    own = plan[plan["district_id"] == "west"].assign(works_from=pd.NA)
    write_table(own.astype({"works_from": "Int64"}), folder / "own.parquet", "plan")
    run(folder, worlds=1, plan=folder / "own.parquet", out=folder / "own.nc")
    ran = read_table(folder / "own.plan.parquet", "plan")
    before = plan[plan["district_id"] == "west"].reset_index(drop=True)
    pd.testing.assert_series_equal(ran["works_from"], before["works_from"])
    assert ran["works_from"].notna().any()
    # Its own name, not that of the template; a plan laid from the template keeps that.
    template = PlanTemplate.model_validate(stored_region(folder).plan)
    assert plan_of(ran, template).label.en == "The city's own plan (own.parquet)"
    assert plan_of(ran, template).hub_area_m2 is None
    assert plan_of(plan, template) == template
    # A table that says nothing of its plan is none of the template's.
    ran.attrs = {}
    assert plan_of(ran, template).label.ko == "지자체 자체 계획"


@pytest.mark.slow
def test_killed_and_started_again_gives_the_same_bytes(write_folder: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write_folder()
    cut, whole = folder / "cut.nc", folder / "whole.nc"
    command = [sys.executable, "-c", CUT_OFF, "run", str(folder), "--district", "west", "--worlds", "64"]
    child = subprocess.Popen([*command, "--out", str(cut)], cwd=Path(__file__).parents[2])
    blocks = folder / ".cut.nc.blocks"
    while len(list(blocks.glob("*/[!.]*.npz"))) < 4 and child.poll() is None:
        time.sleep(0.01)
    os.kill(child.pid, signal.SIGKILL)
    assert child.wait() == -signal.SIGKILL
    finished = len(list(blocks.glob("*/[!.]*.npz")))
    assert finished == 4
    assert not cut.exists()

    worlds_run = []

    def counted(problem: Any, lanes: Any, *rest: Any, **more: Any) -> Any:
        worlds_run.extend(lanes.world.tolist())
        return stochastic(problem, lanes, *rest, **more)

    monkeypatch.setattr(simulation.runs.ensemble, "stochastic", counted)
    monkeypatch.setattr(simulation.runs.ensemble, "WORLDS_PER_BLOCK", 8)
    run(folder, district=["west"], worlds=64, out=cut)
    assert worlds_run == list(range(8 * finished, 64))
    assert not blocks.exists()
    # Nothing was kept of the finished run, so this is one from the start, 64 worlds in one block.
    monkeypatch.setattr(simulation.runs.ensemble, "WORLDS_PER_BLOCK", 64)
    run(folder, district=["west"], worlds=64, out=whole)
    assert sha256(cut) == sha256(whole)


def test_blocks_of_another_configuration_are_not_used(
    write_folder: Writer, resolved: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_folder()

    def stop(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(simulation.runs.ensemble, "over_worlds", stop)
        with pytest.raises(KeyboardInterrupt):
            run(folder, district=["west"])
    assert len(list((folder / ".run.nc.blocks").glob("*/*.npz"))) == 1
    resolved["services"]["services"][3]["adoption"]["p"] = 0.2
    write_folder(resolved=resolved)
    run(folder, district=["west"])
    run(folder, district=["west"], out=folder / "fresh.nc")
    assert sha256(folder / "run.nc") == sha256(folder / "fresh.nc")


@pytest.mark.slow
def test_a_run_of_the_regions_plan_is_the_ensemble(write_folder: Writer, scores: pd.DataFrame) -> None:
    folder = write_folder()
    candidates(folder)
    write_table(scores, folder / "scores.parquet", "scores")
    ensemble(folder)
    run(folder, district=["east", "west"])
    run(folder, district=["east", "west"], plan=folder / "plan.parquet", out=folder / "dated.nc")
    three = [opened(folder / name) for name in ("diffusion.nc", "run.nc", "dated.nc")]
    for data in three[1:]:
        for name in three[0].data_vars:
            assert data[name].equals(three[0][name]), name
    assert set(json.loads(three[1].attrs["not_measured"])) == {"coverage_declining"}
    assert "cells.parquet" in json.loads(three[1].attrs["input_sha256"])


@pytest.fixture
def without_shelters(resolved: dict[str, Any], tmp_path: Path) -> Path:
    """A plan that opens the app as before and no shelter anywhere."""
    plan = resolved["plan"]
    kept = {
        part: [item for item in plan[part] if item["service"] != "shelter"] for part in ("in_district", "diffusion")
    }
    path = tmp_path / "without_shelters.yaml"
    path.write_text(yaml.safe_dump(plan | kept, allow_unicode=True), encoding="utf-8")
    return path


@pytest.mark.slow
def test_plans_of_different_services_share_their_chance(
    write_folder: Writer, without_shelters: Path, cells: pd.DataFrame
) -> None:
    # Nobody old, so no user of the app, in some cells: they stay between the others when no shelter opens.
    cells.loc[[2, 3, 14], "elderly"] = 0
    folder = write_folder(cells=cells)
    run(folder, district=["west"], worlds=10, out=folder / "a.nc")
    run(folder, district=["west"], worlds=10, plan=without_shelters, out=folder / "b.nc")
    ours, theirs = opened(folder / "a.nc"), opened(folder / "b.nc")
    assert theirs["service"].values.tolist() == ["app"]
    for name in ("total_inside", "total_outside", "adopters_quantile"):
        assert (ours[name].sel(service="app") == theirs[name].sel(service="app")).all()
    compare(folder / "a.nc", folder / "b.nc", out=folder / "ab.csv")
    compare(folder / "a.nc", folder / "b.nc")
    table = read_table(folder / "difference.parquet", "difference")
    assert table.attrs["a"]["seed"] == table.attrs["b"]["seed"]
    assert table.attrs["a"]["config_sha256"] != table.attrs["b"]["config_sha256"]
    app, shelter = (table[table["service"] == name] for name in ("app", "shelter"))
    # The plans do the same for the app: no difference at all, in any world. What is lost is every user of a shelter.
    assert (app[["difference", "low", "high", "q10", "q90"]] == 0).all(axis=None)
    assert (shelter["mean_b"] == 0).all()
    lost = ours["total_outside"].sel(service="shelter", scenario="west").isel(month=-1).mean()
    last = shelter[(shelter["where"] == "outside") & (shelter["month"] == 120)]
    assert last["difference"].item() == pytest.approx(-float(lost))
    assert len(pd.read_csv(folder / "ab.csv")) == len(table) == 2 * 3 * 121
    assert json.loads((folder / "ab.csv.json").read_text(encoding="utf-8")) == table.attrs


def test_a_fault_of_another_plan_names_that_plan(
    write_folder: Writer, resolved: dict[str, Any], without_shelters: Path
) -> None:
    resolved["files"] = {"region": "city.yaml", "plan": "own.yaml", "simulation": "city.yaml"}
    resolved["simulation"]["years"] = 0
    folder = write_folder(resolved=resolved)
    plan = yaml.safe_load(without_shelters.read_text(encoding="utf-8"))
    plan["in_district"][0]["units"] = 0
    without_shelters.write_text(yaml.safe_dump(plan, allow_unicode=True), encoding="utf-8")
    with pytest.raises(PlanError) as raised:
        run(folder, district=["west"], plan=without_shelters)
    assert [fault.file for fault in raised.value.faults] == [
        f"{folder / 'region.json'} with {without_shelters}",
        f"{folder / 'region.json'} with {without_shelters} (copied from city.yaml)",
    ]


@pytest.mark.parametrize("ending", [".csv", ".xls", ".json", ""])
def test_a_plan_of_another_form_is_told_which_forms_are_read(write_folder: Writer, ending: str) -> None:
    folder = write_folder()
    path = folder / f"own{ending}"
    path.write_text("opening_id,service\n1,net\n", encoding="utf-8")
    before = sorted(folder.iterdir())
    with pytest.raises(PlanError) as raised:
        run(folder, district=["north"], plan=path)
    # Beside what else is wrong, and with no word of a region file.
    form, district = raised.value.faults
    assert (form.file, form.found) == (str(path), f"a file {ending or 'without an ending'}")
    named = (".xlsx", ".xlsm", ".ods", "a folder with a CSV file per sheet", ".parquet", ".yaml", "geojeom plan new")
    assert all(word in f"{form.expected} {form.remedy}" for word in named)
    assert "region" not in str(form).replace(str(folder), "")
    assert district.found == "'north'"
    assert sorted(folder.iterdir()) == before
    with pytest.raises(PlanError, match="found no such file"):
        run(folder, plan=folder / "nowhere")


def test_datasets_of_other_chance_are_not_compared(write_folder: Writer, resolved: dict[str, Any]) -> None:
    folder = write_folder()
    run(folder, district=["west"], out=folder / "a.nc")
    resolved["region"]["seed"] = 8
    resolved["simulation"]["years"] = 9
    write_folder(resolved=resolved)
    run(folder, district=["west"], worlds=5, out=folder / "b.nc")
    with pytest.raises(SourceError) as raised:
        compare(folder / "a.nc", folder / "b.nc")
    assert [fault.column for fault in raised.value.faults] == ["seed", "worlds", "months"]
    with pytest.raises(SourceError, match="2 faults"):
        compare(folder / "c.nc", folder / "d.nc")
    assert not (folder / "difference.parquet").exists()


def test_every_bad_parameter_is_named_at_once_and_nothing_written(
    write_folder: Writer, resolved: dict[str, Any]
) -> None:
    folder = write_folder()
    candidates(folder)
    plan = read_table(folder / "plan.parquet", "plan")
    plan = plan[plan["district_id"] == "west"].reset_index(drop=True)
    plan.loc[0, "service"] = "flying_cars"
    plan.loc[1, "month"] = 500
    plan.loc[2, "cell_id"] = "c9_99"
    plan.loc[3, "cell_id"] = "c2_11"
    plan.loc[4, "zone_id"] = "Z"
    write_table(plan, folder / "bad.parquet", "plan")
    services = resolved["services"]["services"]
    services[0]["prerequisites"] = ["app"]
    services[2]["adoption"]["p"] = -0.1
    resolved["simulation"]["mixing"] = {"theta_contagious": 1.2}
    resolved["plan"]["in_district"][3]["month"] = 300
    resolved["plan"]["diffusion"].append(resolved["plan"]["diffusion"][0] | {"service": "tunnel"})
    write_folder(resolved=resolved)
    before = sorted(folder.iterdir())
    with pytest.raises(PlanError) as raised:
        run(folder, district=["west", "north"], plan=folder / "bad.parquet")
    said = [f"{fault.row} {fault.column} {fault.found}" for fault in raised.value.faults]
    assert said == [
        " services.services[2].adoption.p -0.1",
        " simulation.mixing.theta_contagious 1.2",
        " services app -> hub -> net -> app",
        " plan.diffusion[2].service 'tunnel'",
        "app plan.in_district[3].month 300",
        " district_id 'north'",
        " district_id none",
        "west in_district-net-1 service 'flying_cars'",
        "west in_district-hub-1 month 500",
        f"west in_district-hub-1 date '{plan.loc[1, 'date']}'",
        "west in_district-shelter-1 cell_id 'c9_99'",
        "west in_district-app-1 cell_id 'c2_11'",
        "west in_district-app-1 zone_id 'A'",
        f"west {plan.loc[4, 'opening_id']} zone_id 'Z'",
    ]
    assert sorted(folder.iterdir()) == before


def test_sensitivity_on_the_toy_city(write_folder: Writer, resolved: dict[str, Any]) -> None:
    # Without shelters the app is citywide: no catchment to stretch; an even city, so mixing decides next to nothing.
    resolved["plan"] = resolved["plan"] | {
        "in_district": [item for item in resolved["plan"]["in_district"] if item["service"] != "shelter"],
        "diffusion": [],
    }
    folder = write_folder(resolved=resolved)
    sensitivity(folder, district="west", samples=64)
    table = read_table(folder / "sensitivity.parquet", "sensitivity").set_index("parameter")
    assert {"seed", "config_sha256", "input_sha256", "versions", "samples"} <= set(table.attrs)
    assert table.loc["catchment", "total"] == 0
    assert table.loc[["theta_contagious", "theta_hierarchical"], "total"].max() < 0.02
    # Bass with p = 0.05, q = 0.4 after 9.5 years: both matter, and together they are nearly all.
    assert table.loc[["p", "q"], "first_order"].min() > 0.2
    assert table.loc[["p", "q"], "first_order"].sum() == pytest.approx(1, abs=0.1)
    assert np.isfinite(table["total_half"]).all()
    with pytest.raises(PlanError, match="a district of the region, found 'north'"):
        sensitivity(folder, district="north", samples=64)


def test_sensitivity_stretches_catchments_and_contact(write_folder: Writer) -> None:
    # Shelters have a catchment, and who is near the hub adopts first. What decides nothing has an index of exactly 0.
    folder = write_folder()
    sensitivity(folder, district="west", samples=16)
    table = read_table(folder / "sensitivity.parquet", "sensitivity").set_index("parameter")
    assert table.loc["catchment", "total"] > 0.05
    assert table.loc["contact_decay_s", "total"] > 0
