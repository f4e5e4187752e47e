"""What is computed again and what is taken over from an earlier run: the results are those of a run from scratch."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import xarray as xr

import simulation.outcomes.candidates
import simulation.runs.experiment
from decisions.commands.ensemble import run as ensemble
from geojeom.tables import read_table, write_table
from simulation.commands.candidates import run as candidates

pytestmark = pytest.mark.slow
Writer = Callable[..., Path]
TABLES = ("plan.parquet", "totals.parquet", "criteria_diffusion.parquet")


@pytest.fixture
def computed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The districts for which worlds are run, in their order: of the candidates and of the ensemble."""
    names: list[str] = []
    for module, function in (
        (simulation.outcomes.candidates.adopters, "in_worlds"),
        (simulation.runs.experiment, "run"),
    ):
        original = getattr(module, function)

        def told(*given: Any, original: Any = original, **others: Any) -> Any:
            names.append(next(one.district_id for one in given if hasattr(one, "district_id")))
            return original(*given, **others)

        monkeypatch.setattr(module, function, told)
    return names


def leave_out(folder: Path, name: str) -> None:
    """Take a district out of what is written of the districts."""
    districts = read_table(folder / "districts.parquet", "districts")
    write_table(
        districts[districts["district_id"] != name].reset_index(drop=True), folder / "districts.parquet", "districts"
    )
    with np.load(folder / "district_travel.npz") as stored:
        arrays = dict(stored)
    keep = arrays["district_id"] != name
    by_district = ("district_id", "walk_s", "drive_s", "inside")
    np.savez(folder / "district_travel.npz", **arrays | {part: arrays[part][keep] for part in by_district})


def ranked(folder: Path, **score: float) -> None:
    """Write scores of the weighted sum by district."""
    names, values = list(score), list(score.values())
    frame = pd.DataFrame({"district_id": names, "method": "weighted_sum", "score": values, "vetoed": False})
    rank = frame["score"].rank(ascending=False).astype("Int64")
    table = frame.assign(score_low=frame["score"], score_high=frame["score"], rank=rank, missing=None)
    write_table(table.astype({"district_id": "str", "method": "str"}), folder / "scores.parquet", "scores")


def the_same(folder: Path, other: Path) -> None:
    """Hold the results of two folders to each other, to the last bit."""
    for name in TABLES:
        assert (folder / name).read_bytes() == (other / name).read_bytes(), name
    pair = [xr.open_dataset(one / "diffusion.nc", engine="h5netcdf") for one in (folder, other)]
    with pair[0] as ours, pair[1] as theirs:
        xr.testing.assert_identical(ours.load(), theirs.load())
        for name, variable in ours.variables.items():
            assert variable.dtype == theirs[name].dtype
            for key in ("chunksizes", "zlib", "complevel", "shuffle"):
                assert variable.encoding.get(key) == theirs[name].encoding.get(key)


def from_scratch(folder: Path, other: Path) -> Path:
    """The region's files in another folder, where everything is computed."""
    shutil.copytree(folder, other)
    for name in (*TABLES, "diffusion.nc"):
        (other / name).unlink()
    candidates(other)
    ensemble(other)
    return other


@pytest.fixture
def ran(write_folder: Writer, computed: list[str], made_once: Callable[..., Path]) -> Path:
    """A region both of whose candidates have been run, the eastern one ahead; nothing counts as computed yet."""

    def make() -> None:
        folder = write_folder()
        candidates(folder)
        ranked(folder, west=0.4, east=0.6)
        ensemble(folder)

    folder = made_once("both candidates", make)
    computed.clear()
    return folder


def test_one_more_candidate_computes_exactly_one(
    write_folder: Writer, computed: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = write_folder()
    both = {name: (folder / name).read_bytes() for name in ("districts.parquet", "district_travel.npz")}
    leave_out(folder, "west")
    candidates(folder)
    ranked(folder, east=0.6)
    ensemble(folder)
    assert computed == ["east", "east"]
    for name, content in both.items():
        (folder / name).write_bytes(content)
    candidates(folder)
    ranked(folder, west=0.7, east=0.6)
    ensemble(folder)
    assert computed == ["east", "east", "west", "west"]
    the_same(folder, from_scratch(folder, tmp_path_factory.mktemp("scratch") / "toy"))


def test_one_candidate_less_computes_none(
    ran: Path, computed: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    leave_out(ran, "west")
    candidates(ran)
    ranked(ran, east=0.6)
    ensemble(ran)
    assert computed == []
    the_same(ran, from_scratch(ran, tmp_path_factory.mktemp("scratch") / "toy"))


def test_another_order_of_the_best_computes_none(
    ran: Path, computed: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    ranked(ran, west=0.7, east=0.6)
    ensemble(ran)
    assert computed == []
    the_same(ran, from_scratch(ran, tmp_path_factory.mktemp("scratch") / "toy"))


def test_the_same_plan_in_other_files_renews_what_is_said_of_them(ran: Path, computed: list[str]) -> None:
    districts = read_table(ran / "districts.parquet", "districts").assign(name="이름")
    write_table(districts.astype({"name": "str"}), ran / "districts.parquet", "districts")
    candidates(ran)
    ensemble(ran)
    assert computed == []
    made = pd.read_parquet(ran / "plan.parquet").attrs["input_sha256"]
    with xr.open_dataset(ran / "diffusion.nc", engine="h5netcdf") as data:
        told = json.loads(data.attrs["input_sha256"])
    assert made["districts.parquet"] == told["districts.parquet"]
    the_same(ran, from_scratch(ran, ran.with_name("scratch")))


def test_whatever_changes_the_worlds_computes_all(
    ran: Path, write_folder: Writer, computed: list[str], resolved: dict[str, Any], cells: gpd.GeoDataFrame
) -> None:
    folder = ran
    for change in ("seed", "setting", "people", "template"):
        if change == "seed":
            resolved["region"]["seed"] = 8
        elif change == "setting":
            resolved["simulation"]["mixing"] = {"demonstration": 0}
        elif change == "people":
            cells["elderly"] += 10
        else:
            resolved["plan"]["in_district"][3]["month"] = 12
        before = [(folder / name).read_bytes() for name in ("totals.parquet", "diffusion.nc")]
        write_folder(resolved=resolved, cells=cells)
        computed.clear()
        candidates(folder)
        ensemble(folder)
        assert computed == ["west", "east", "east", "west"], change
        assert all(
            a != (folder / b).read_bytes() for a, b in zip(before, ("totals.parquet", "diffusion.nc"), strict=True)
        )


def test_one_more_in_the_ensemble_computes_that_one(
    write_folder: Writer, computed: list[str], resolved: dict[str, Any], tmp_path_factory: pytest.TempPathFactory
) -> None:
    resolved["simulation"]["ensemble_candidates"] = 1
    folder = write_folder(resolved=resolved)
    candidates(folder)
    ranked(folder, west=0.4, east=0.6)
    ensemble(folder)
    computed.clear()
    resolved["simulation"]["ensemble_candidates"] = 2
    write_folder(resolved=resolved)
    candidates(folder)
    ensemble(folder)
    assert computed == ["west"]
    the_same(folder, from_scratch(folder, tmp_path_factory.mktemp("scratch") / "toy"))


@pytest.mark.parametrize("left", [0, 100, 0.5, 0.99])
def test_a_damaged_dataset_is_made_anew(ran: Path, left: float, tmp_path_factory: pytest.TempPathFactory) -> None:
    # What was run lies there from scratch, as nothing was computed before it.
    scratch = shutil.copytree(ran, tmp_path_factory.mktemp("scratch") / "toy")
    whole = (ran / "diffusion.nc").read_bytes()
    (ran / "diffusion.nc").write_bytes(whole[: int(left if left > 1 else left * len(whole))])
    ensemble(ran)
    the_same(ran, scratch)


@pytest.mark.parametrize("name", TABLES)
def test_a_lost_table_is_made_anew(ran: Path, computed: list[str], name: str) -> None:
    whole = (ran / name).read_bytes()
    (ran / name).unlink()
    candidates(ran)
    assert computed == ["west", "east"]
    assert (ran / name).read_bytes() == whole
