from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from geojeom.messages import Remark
from geojeom.tables import read_table
from maps.compare import BEYOND, compare_content, drive_content, layer_content
from maps.embed import plain
from spatial.config.resolved import stored_region


@pytest.fixture(scope="module")
def config(toy_folder: Path) -> dict:
    tables = {
        name: read_table(toy_folder / f"{name}.parquet", name)
        for name in ("districts", "criteria", "vetoes", "scores", "contributions")
    }
    late = read_table(toy_folder / "criteria_diffusion.parquet", "criteria")
    region = stored_region(toy_folder)
    content = compare_content(
        region.criteria,
        region.profile,
        tables["districts"],
        values=pd.concat([tables["criteria"], late], ignore_index=True),
        vetoes=tables["vetoes"],
        scores=tables["scores"],
        contributions=tables["contributions"],
        plans={"D1": Remark("candidate.plan.own", title="Quay", name="quay")},
    )
    return plain(content.config)


def test_every_candidate_has_every_criterion_in_order(config: dict) -> None:
    assert [district["id"] for district in config["districts"]] == ["D1", "D2", "D3", "D4", "D5"]
    assert [criterion["id"] for criterion in config["criteria"]][-1] == "adopters_outside_10y"
    assert all(len(d["utilities"]) == len(d["values"]) == 7 for d in config["districts"])
    assert config["districts"][1]["values"][2]["value"] == 43_900


def test_what_is_missing_is_null_with_its_reason(config: dict) -> None:
    land = config["districts"][2]["values"][5]
    assert land["value"] is None
    assert land["missing"] == [{"code": "proposal.silent", "values": {}}]
    assert config["districts"][2]["utilities"][5] is None
    assert config["districts"][2]["fields"]["land_price_krw_m2"] is None
    assert config["districts"][2]["fields"]["operator_secured"] is None


def test_a_veto_is_no_rank_and_an_unjudged_one_stays_open(config: dict) -> None:
    vetoed, open_one = config["districts"][4], config["districts"][3]
    assert vetoed["vetoed"]
    assert vetoed["scores"]["weighted_sum"]["rank"] is None
    assert open_one["vetoes"][0]["vetoed"] is None
    assert not open_one["vetoed"]


def test_weights_sum_to_one_and_pillars_keep_their_order(config: dict) -> None:
    assert sum(criterion["weight"] for criterion in config["criteria"]) == pytest.approx(1)
    assert config["pillars"] == ["space", "operations", "innovation", "governance", "diffusion", "feasibility"]


def test_geometry_is_in_degrees_near_the_yellow_sea(config: dict) -> None:
    longitude, latitude = config["districts"][0]["geometry"]["coordinates"][0][0]
    assert 124 < longitude < 125
    assert 32 < latitude < 34


def test_minutes_are_begun_ones_and_beyond_is_marked() -> None:
    seconds = np.array([[0, 1, 60, 61, np.inf], [600, 20_000, 0, 0, 0]], dtype=np.float32)
    content = drive_content(["b", "a"], np.array(["a", "b"]), seconds, 7200.0)
    minutes = np.frombuffer(content.blobs["drive"], dtype=np.uint8).reshape(2, 5)
    assert minutes.tolist() == [[10, BEYOND, 0, 0, 0], [0, 1, 1, 2, BEYOND]]
    # What is beyond is said to be further than the drives were followed, as far as a byte tells minutes.
    assert content.config["driveLimitMin"] == 120
    assert drive_content(["a"], np.array(["a"]), seconds[:1], 36_000.0).config["driveLimitMin"] == 254


def test_a_layer_nobody_knows_is_offered_as_unknown_without_values(toy_folder: Path) -> None:
    cells = read_table(toy_folder / "cells.parquet", "cells")
    cells["jobs"] = pd.array([pd.NA] * len(cells), dtype="Int64")
    content = layer_content(cells, 100)
    known = {layer["key"]: layer["known"] for layer in content.config["layers"]}
    assert known == {
        "population": True,
        "elderly": True,
        "youth": True,
        "jobs": False,
        "old_buildings": True,
        "developable": True,
        "protected": True,
        "slope": True,
    }
    assert "layer-jobs" not in content.blobs
    slope = np.frombuffer(content.blobs["layer-slope"], dtype="<f4")
    np.testing.assert_array_equal(np.isnan(slope), cells["slope_deg"].isna())


def test_a_candidate_says_which_plan_its_criteria_are_of(config: dict) -> None:
    told = [district["plan"] for district in config["districts"]]
    assert told[0] == {"code": "candidate.plan.own", "values": {"title": "Quay", "name": "quay"}}
    assert set(told[1:]) == {None}
