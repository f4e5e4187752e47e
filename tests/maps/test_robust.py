from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from geojeom.tables import read_table
from maps.embed import plain
from maps.robust import profiles_content, robust_content
from spatial.config.resolved import stored_region


def robust(folder: Path, reasons: pd.DataFrame | None = None) -> dict:
    tables = [read_table(folder / f"{name}.parquet", name) for name in ("robustness", "acceptability", "pairs")]
    told = pd.read_csv(folder / "reasons.csv", encoding="utf-8-sig") if reasons is None else reasons
    return plain(robust_content(*tables, told).config)


def test_profiles_for_other_criteria_are_left_out_and_weights_sum_to_one(toy_folder: Path) -> None:
    region = stored_region(toy_folder)
    contributions = read_table(toy_folder / "contributions.parquet", "contributions")
    vetoed = {"D1": False, "D2": False, "D3": False, "D4": False, "D5": True}
    found = profiles_content(region.criteria, region.profiles, contributions, vetoed).config["profiles"]
    assert [profile["id"] for profile in found] == ["balanced", "land"]
    assert found[0]["weights"] == pytest.approx([0.24, 0.1, 0.18, 0.14, 0.1, 0.08, 0.16])
    assert found[1]["weights"] == [0, 0, 0, 0, 1, 0, 0]


def test_what_is_sent_of_a_district(toy_folder: Path) -> None:
    found = robust(toy_folder)
    assert found["weightings"] == ["uniform", "profile", "ordinal"]
    assert set(found["robust"]) == {"D1", "D2", "D3", "D4"}
    last = found["robust"]["D4"]
    assert (last["best"], last["worst"], last["settling"]) == (2, 4, "public_land")
    assert last["acceptability"]["uniform"] == [0.1, 0.1, 0.1, 0.7]
    assert last["least"] == {"criterion": None, "from": None, "to": None, "rival": None}
    assert found["winning"]["D2>D3"] == [0.7, 0.9, 1]


def test_many_ranks_are_summed_up(toy_folder: Path) -> None:
    names = ("robustness", "acceptability", "pairs")
    robustness, acceptability, pairs = (read_table(toy_folder / f"{name}.parquet", name) for name in names)
    acceptability["rank_acceptability"] = [[0.05] * 20] * len(acceptability)
    reasons = pd.read_csv(toy_folder / "reasons.csv", encoding="utf-8-sig")
    found = plain(robust_content(robustness, acceptability, pairs, reasons).config)
    assert found["robust"]["D1"]["acceptability"]["uniform"] == [*[0.05] * 12, 0.4]


def test_a_few_draws_are_not_none_and_all_but_a_few_not_all(toy_folder: Path) -> None:
    names = ("robustness", "acceptability", "pairs")
    robustness, acceptability, pairs = (read_table(toy_folder / f"{name}.parquet", name) for name in names)
    # 40 and 99,960 of 100,000 draws, and none.
    acceptability["rank_acceptability"] = [[0.9996, 0.0004, 0.0]] * len(acceptability)
    reasons = pd.read_csv(toy_folder / "reasons.csv", encoding="utf-8-sig")
    found = plain(robust_content(robustness, acceptability, pairs, reasons).config)
    assert found["robust"]["D1"]["acceptability"]["uniform"] == [0.9996, 0.0004, 0]


def test_a_sentence_loses_the_apostrophe_for_spreadsheets(toy_folder: Path) -> None:
    reasons = pd.DataFrame(
        {
            "district_id": ["D1", "D2"],
            "other_id": [None, None],
            "reason_ko": ["'=A1은 1위", "2위"],
            "reason_en": ["'Tis No. 1", "No. 2"],
            "unknown_ko": [None, "땅값"],
            "unknown_en": [None, "Land price"],
        }
    )
    assert robust(toy_folder, reasons)["reasons"] == {
        "D1": {"text": {"ko": "=A1은 1위", "en": "'Tis No. 1"}, "unknown": None},
        "D2": {"text": {"ko": "2위", "en": "No. 2"}, "unknown": {"ko": "땅값", "en": "Land price"}},
    }
