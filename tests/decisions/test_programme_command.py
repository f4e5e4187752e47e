"""``geojeom decisions programme`` on the region's plan, and on one of the city's own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from decisions.commands.programme import run
from geojeom.errors import PlanError, TableError
from geojeom.tables import read_table, write_table
from simulation.plans.payers import COLUMNS
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
    assert "KRW 1.6 bn of KRW 24 bn used, KRW 22.4 bn left" in said
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


@pytest.mark.parametrize("ending", [".csv", ".yaml"])
def test_a_plan_of_a_form_that_is_not_checked_is_refused(folder: Path, ending: str) -> None:
    path = own_plan(folder).rename(folder / f"own{ending}")
    with pytest.raises(PlanError, match=rf"or openings like plan.parquet \(.parquet\), found a file {ending}"):
        run(folder, plan=path)


PLANS = ["first", "second"]
# What each plan's only opening costs, all of it the city's: in July 2027, and its running cost is a tenth a year.
COST = {"first": 1_000_000_000, "second": 3_000_000_000}


def give(folder: Path, listed: list[Any], sheets: dict[str, Any]) -> None:
    """Put two plans of D2 into the region, of one opening inside each; the first has some sheets."""
    region = json.loads((folder / "region.json").read_text("utf-8"))
    region["region"]["plans"] = listed
    (folder / "region.json").write_text(json.dumps(region, ensure_ascii=False), "utf-8")
    plan = read_table(folder / "plan.parquet", "plan")
    one = plan[(plan["district_id"] == "D2") & (plan["part"] == "in_district")].head(1)
    own = [
        one.assign(**dict.fromkeys(COLUMNS, 0) | {"city_krw": COST[name]}, capex_krw=COST[name]).assign(
            plan_id=name, number="1", opex_krw_year=COST[name] // 10
        )
        for name in PLANS
    ]
    table = pd.concat(own, ignore_index=True)
    money = dict.fromkeys([*COLUMNS, "capex_krw", "opex_krw_year"], "Int64")
    write_table(table.astype({**money, "plan_id": "str", "number": "str"}), folder / "plans.parquet", "plans")
    held = [{"id": name, "hub": "D2", "sheets": sheets if name == "first" else {}} for name in PLANS]
    told = {"plans": held, "services": region["services"]}
    (folder / "plans.json").write_text(json.dumps(told, ensure_ascii=False), "utf-8")


FILES = [{"path": f"{name}.xlsx"} for name in PLANS]


@pytest.mark.parametrize("template", [False, True], ids=["own plans alone", "the template beside them"])
def test_a_hub_is_judged_by_its_own_plans_and_others_by_the_template(folder: Path, template: bool) -> None:
    give(folder, [*FILES, *(["default"] if template else [])], {})
    run(folder)
    rules = read_table(folder / "programme.parquet", "programme")
    ids = list(read_table(folder / "districts.parquet", "districts")["district_id"])
    of_template = ids if template else [name for name in ids if name != "D2"]
    rows = list(dict.fromkeys(zip(rules["plan_id"], rules["district_id"], strict=True)))
    # A hub's first row is of the first plan that is its own.
    assert rows == [("first", "D2"), ("second", "D2"), *(("default", name) for name in of_template)]
    spent = rules[rules["rule"] == "ceiling"].set_index(["plan_id", "district_id"])["value"]
    assert {name: spent[name, "D2"] for name in PLANS} == COST
    # The template's six openings inside are of 2 billion each, all public money.
    assert {spent["default", name] for name in of_template} == {12_000_000_000}


def test_money_of_each_plan_by_hand(folder: Path) -> None:
    # 400 million two years before the opening, the rest in its year; half of the running cost is the operator's.
    paid = {"row": "spend", "item": "1", "cost_item": "works", **dict.fromkeys(COLUMNS)}
    funding = [paid | {"year": year, "city_krw": krw} for year, krw in ((2025, 400_000_000), (2027, 600_000_000))]
    halves = {"item": "1", "year_after": 1, **dict.fromkeys(COLUMNS)} | {"city_krw": 50, "operator_krw": 50}
    give(folder, FILES, {"funding": funding, "operation": [halves]})
    run(folder)
    table = read_table(folder / "money.parquet", "money")
    own = table[table["plan_id"] == "first"].set_index(["kind", "payer", "year"])["krw"].sort_index()
    assert own["capital"].to_dict() == {("city", 2025): 400_000_000, ("city", 2027): 600_000_000}
    # July 2027 to December 2036: half of the first year, then nine whole ones, shared by two.
    running = {2027: 25_000_000, **dict.fromkeys(range(2028, 2037), 50_000_000)}
    assert own["running", "operator"].to_dict() == own["running", "city"].to_dict() == running
    assert set(zip(table["plan_id"], table["district_id"], strict=True)) >= {("second", "D2"), ("default", "D1")}
    assert not ((table["plan_id"] == "default") & (table["district_id"] == "D2")).any()
    # No won is lost: what the openings cost is what is paid.
    plan = read_table(folder / "plan.parquet", "plan")
    for (name, district), paid_krw in table[table["kind"] == "capital"].groupby(["plan_id", "district_id"])["krw"]:
        cost = COST.get(name) or int(plan.loc[plan["district_id"] == district, "capex_krw"].sum())
        assert int(paid_krw.sum()) == cost
