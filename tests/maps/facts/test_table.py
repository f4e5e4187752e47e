"""The facts of the toy region: what its plain formulas say, and sums that hold as they are shown."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from geojeom.tables import read_table
from maps.facts.table import facts_content
from maps.facts.text import Shown, fact_text, figure_number, figure_text


@pytest.fixture(scope="module")
def facts(toy_folder: Path) -> pd.DataFrame:
    return read_table(toy_folder / "facts.parquet", "facts").set_index("id", drop=False)


def test_money_of_a_plan_by_part_payer_and_year(facts: pd.DataFrame) -> None:
    # 6 openings of 2 billion inside, half of it national; 12 of 0.3 outside, all of it local.
    shown = facts["shown"]
    assert shown["plan/D2/in_district/capital/all/all"] == 12_000_000_000
    assert shown["plan/D2/in_district/capital/all/national"] == 6_000_000_000
    assert shown["plan/D2/in_district/capital/2027/all"] == 4_000_000_000
    assert shown["plan/D2/diffusion/capital/all/local"] == 3_600_000_000
    assert shown["plan/D2/in_district/openings"] == 6
    assert shown["plan/D2/in_district/services"] == 3
    # A tenth of the capital a year.
    assert shown["plan/D2/running_year"] == 1_560_000_000
    assert facts.loc["plan/D2/in_district/capital/all/national", ["source", "row"]].to_list() == [
        "money.parquet",
        "plan_id=default, district_id=D2, part=in_district, kind=capital, payer=national",
    ]


def test_shown_years_and_payers_add_up(facts: pd.DataFrame) -> None:
    shown = facts["shown"].to_dict()
    for part in ("in_district", "diffusion"):
        at = f"plan/D2/{part}/capital/"
        years = {name.split("/")[4] for name in shown if name.startswith(at)} - {"all"}
        payers = {name.split("/")[5] for name in shown if name.startswith(f"{at}all/")} - {"all", "public"}
        assert years
        assert payers
        for year in years:
            assert sum(shown.get(f"{at}{year}/{payer}", 0) for payer in payers) == shown[f"{at}{year}/all"]
        assert sum(shown[f"{at}{year}/all"] for year in years) == shown[f"{at}all/all"]


def test_users_are_the_median_of_worlds_in_which_services_are_added(facts: pd.DataFrame, toy_folder: Path) -> None:
    with xr.open_dataset(toy_folder / "diffusion.nc", engine="h5netcdf") as data:
        worlds = data["total_outside"].sel(scenario="D2", month=120).sum("service").to_numpy()
    expected = np.quantile(worlds, [0.1, 0.5, 0.9], method="inverted_cdf")
    names = [f"plan/D2/users/outside/10/{name}" for name in ("low", "median", "high")]
    assert facts.loc[names, "shown"].to_list() == expected.tolist()


def test_what_nobody_knows_is_no_fact(facts: pd.DataFrame, toy_folder: Path) -> None:
    assert "candidate/D3/value/land_price" not in facts.index
    assert "candidate/D5/rank/weighted_sum" not in facts.index
    # All but 8 % and 10 + 14 % of the weight.
    assert facts["value"]["candidate/D3/known"] == pytest.approx(0.92)
    assert facts["value"]["candidate/D4/known"] == pytest.approx(0.76)
    people = read_table(toy_folder / "cells.parquet", "cells")["population"]
    assert facts["shown"]["region/population"] == int(people.sum())


def test_areas_of_a_criterion_share_a_unit_and_small_shares_have_two_digits() -> None:
    assert fact_text(Shown(90_000.0, "m2", -4), "en") == "0.09 km²"
    assert fact_text(Shown(2100.0, "m2", 0), "ko") == "2,100 m²"
    assert fact_text(Shown(0.0065, "share", 4), "ko") == "0.65%"
    assert figure_text(Shown(0.61, "share", 3), "ko") == "61"
    assert fact_text(Shown(0.66, "1", 3, True), "en") == "0.660"
    assert [fact_text(Shown(1.272e10, "KRW", -6), language) for language in ("ko", "en")] == [
        "127.2억원",
        "KRW 12.72 bn",
    ]


def test_a_page_is_given_the_kinds_it_asks_for(facts: pd.DataFrame) -> None:
    given = facts_content(facts, ["criterion"])
    assert given["criterion/mean_slope/weight"] == [0.1, "share", 3, False]
    assert {name.split("/")[0] for name in given} == {"criterion"}


def test_a_document_has_the_figures_of_the_pages() -> None:
    # By hand; numbers, as a cell of a spreadsheet holds them.
    shown = [
        Shown(0.0065, "share", 4),
        Shown(0.61, "share", 3),
        Shown(4_420_000.0, "m2", -4),
        Shown(45_637.0, "adoptions", 0),
    ]
    assert [figure_number(one) for one in shown] == [0.65, 61.0, 4.42, 45_637.0]
