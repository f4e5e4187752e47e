from __future__ import annotations

from pathlib import Path

import pytest

from geojeom.tables import read_table
from maps.embed import plain
from maps.robust import profiles_content, robust_content
from spatial.config.resolved import stored_region

NAMES = ("robustness", "acceptability", "pairs", "reasons")


def robust(folder: Path) -> dict:
    return plain(robust_content(*(read_table(folder / f"{name}.parquet", name) for name in NAMES)).config)


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
    robustness, acceptability, pairs, reasons = (read_table(toy_folder / f"{name}.parquet", name) for name in NAMES)
    acceptability["rank_acceptability"] = [[0.05] * 20] * len(acceptability)
    found = plain(robust_content(robustness, acceptability, pairs, reasons).config)
    assert found["robust"]["D1"]["acceptability"]["uniform"] == [*[0.05] * 12, 0.4]


def test_a_few_draws_are_not_none_and_all_but_a_few_not_all(toy_folder: Path) -> None:
    robustness, acceptability, pairs, reasons = (read_table(toy_folder / f"{name}.parquet", name) for name in NAMES)
    # 40 and 99,960 of 100,000 draws, and none.
    acceptability["rank_acceptability"] = [[0.9996, 0.0004, 0.0]] * len(acceptability)
    found = plain(robust_content(robustness, acceptability, pairs, reasons).config)
    assert found["robust"]["D1"]["acceptability"]["uniform"] == [0.9996, 0.0004, 0]


def test_sentences_are_sent_as_remarks(toy_folder: Path) -> None:
    found = robust(toy_folder)["reasons"]
    assert set(found) == {"D2", "D2>D3"}
    [remark] = found["D2>D3"]["text"]
    assert (remark["code"], remark["values"]["head"]["values"]["gap"]) == ("reason.plain", 0.374)
    assert found["D2>D3"]["unknown"] is None
