"""``geojeom decisions programme`` on the region's plan, and on one of the city's own."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from decisions.commands.programme import run
from geojeom.errors import PlanError, TableError
from geojeom.tables import read_table
from tests.maps import toy


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return toy.write(tmp_path)


def own_plan(folder: Path, **changes: object) -> Path:
    """One opening of 2 billion won by version 0.2.0: half national, a fifth private."""
    plan = read_table(folder / "plan.parquet", "plan").head(1)
    plan["date"] = "2027-07"  # as a city's own plan has it, to the month
    plan = plan.assign(national_krw=1_000_000_000, local_krw=600_000_000, private_krw=400_000_000, **changes)
    old = plan.drop(
        columns=[f"{p}_krw" for p in ("province", "city", "operator", "private_cash", "private_in_kind", "other")]
    )
    path = folder.parent / "own.parquet"
    old.astype({"national_krw": "Int64", "local_krw": "Int64", "private_krw": "Int64"}).to_parquet(path)
    return path


def test_a_plan_given_by_name_is_checked_and_nothing_is_written(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (folder / "programme.parquet").read_bytes()
    run(folder, plan=own_plan(folder), discount=0.0)
    assert (folder / "programme.parquet").read_bytes() == before
    said = capsys.readouterr().out
    # The plan's own district alone, with the money of the plan: 1.6 of 24 billion.
    assert said.count(" · 2021") == 1
    assert "KRW 1.60 bn of KRW 24 bn used, KRW 22.40 bn left" in said
    # Half a year of a tenth in the first of ten years, and no interest: 2 billion and 9.5 times 0.2.
    assert "200,000,000" in said
    assert "3,900,000,000 KRW in all at the end of 2027, at 0.00% a year" in said
    run(folder)
    table = read_table(folder / "programme.parquet", "programme")
    assert table["district_id"].nunique() == len(read_table(folder / "districts.parquet", "districts"))


def test_a_plan_that_nobody_pays_for_does_not_pass_the_ceiling(folder: Path) -> None:
    path = own_plan(folder)
    plan = pd.read_parquet(path)
    plan[["national_krw", "local_krw", "private_krw"]] = 0
    plan.astype({"national_krw": "Int64", "local_krw": "Int64", "private_krw": "Int64"}).to_parquet(path)
    with pytest.raises(PlanError, match="capex_krw: expected what all payers pay together, found 2000000000"):
        run(folder, plan=path)


def test_a_plan_for_no_district_of_the_region_is_refused(folder: Path) -> None:
    with pytest.raises(PlanError, match="district_id: expected a district of the region, found 'elsewhere'"):
        run(folder, plan=own_plan(folder, district_id="elsewhere"))


def test_a_plan_with_both_words_for_private_money_is_refused(folder: Path) -> None:
    path = own_plan(folder)
    pd.read_parquet(path).assign(private_cash_krw=0).to_parquet(path)
    with pytest.raises(TableError, match="province_krw"):
        run(folder, plan=path)
