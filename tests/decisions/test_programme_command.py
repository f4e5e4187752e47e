"""``geojeom decisions programme`` on the region's plan, and on one of the city's own."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from decisions.commands import programme
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


def test_a_plan_stands_where_it_says(folder: Path) -> None:
    """On cells of the region, in their zone, and inside the district what is of its part: as a run holds it."""
    cells = read_table(folder / "cells.parquet", "cells").set_index("cell_id")["zone_id"]
    plan = read_table(folder / "plan.parquet", "plan")
    far = plan[(plan["district_id"] == "D3") & (plan["part"] == "in_district")]["cell_id"].iloc[0]
    for changes, said in (
        ({"cell_id": "nowhere"}, "cell_id: expected a cell of the region, found 'nowhere'"),
        ({"cell_id": far, "zone_id": cells[far]}, f"cell_id: expected a cell inside the district, found '{far}'"),
        ({"zone_id": "1"}, "zone_id: expected the zone of the cell in cells.parquet, found '1'"),
    ):
        with pytest.raises(PlanError, match="1 fault") as raised:
            run(folder, plan=own_plan(folder, **changes))
        assert said in str(raised.value)


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_the_money_of_a_plan_is_written_where_asked_for(folder: Path, ending: str) -> None:
    before = {path: path.read_bytes() for path in folder.iterdir()}
    out = folder.parent / f"money-of-ours.{ending}"
    run(folder, plan=own_plan(folder), out=out)
    table = pd.read_csv(out, encoding="utf-8-sig") if ending == "csv" else read_table(out, "money")
    capital = table[table["kind"] == "capital"].set_index("payer")["krw"]
    assert capital.to_dict() == {"national": 10**9, "local": 600_000_000, "private_cash": 400_000_000}
    # Half a year of 200 million, then nine whole ones.
    assert int(table[table["kind"] == "running"]["krw"].sum()) == 1_900_000_000
    assert set(table["plan_id"]) == {"own"}
    # A file that is there stays, whatever it is; so does every table of the results.
    for taken in (out, folder / "districts.parquet", own_plan(folder)):
        with pytest.raises(PlanError, match="expected no such file yet"):
            run(folder, plan=own_plan(folder), out=taken)
    with pytest.raises(PlanError, match=r"expected a name that ends in .csv or .parquet, found money.xlsx"):
        run(folder, plan=own_plan(folder), out=folder / "money.xlsx")
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def a_workbook(folder: Path, monkeypatch: pytest.MonkeyPatch, overview: dict[str, str]) -> Path:
    """A workbook of D2 that opens one unit for 1 billion won of the city's in July 2027, of which it commits 0.9."""
    openings = read_table(folder / "plan.parquet", "plan")
    one = openings[(openings["district_id"] == "D2") & (openings["part"] == "in_district")].head(1)
    one = one.assign(**dict.fromkeys(COLUMNS, 0) | {"city_krw": 10**9}, capex_krw=10**9, number="1")
    promised = {"row": "commitment", "item": None, "cost_item": None, **dict.fromkeys(COLUMNS)}
    rows = [promised | {"year": year, "city_krw": krw} for year, krw in ((2027, 900_000_000), (2028, 100_000_000))]
    read = SimpleNamespace(hub="D2", sheets={"funding": rows}, overview=overview)
    monkeypatch.setattr(programme, "read_workbook", lambda *_: (read, one))
    return folder / "ours.xlsx"


def test_what_is_left_of_the_commitments_is_shown_by_year_and_payer(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run(folder, plan=a_workbook(folder, monkeypatch, {}))
    lines = [line.split() for line in capsys.readouterr().out.partition("room left")[2].splitlines()[1:]]
    assert lines == [
        ["year", "payer", "needed", "committed", "room"],
        ["2027", "city", "1,000,000,000", "900,000,000", "-100,000,000"],
        ["2028", "city", "0", "100,000,000", "100,000,000"],
    ]
    # A plan that states no commitments has none to be held against.
    run(folder, plan=own_plan(folder))
    assert "room left" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("named", "option", "judged"), [(None, None, "2021"), ("2024", None, "2024"), ("2024", "2023", "2023")]
)
def test_a_workbook_is_held_against_the_round_it_names(
    folder: Path,
    named: str | None,
    option: str | None,
    judged: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    plan = a_workbook(folder, monkeypatch, {} if named is None else {"round": named})
    run(folder, plan=plan, rounds=None if option is None else [option])
    said = capsys.readouterr().out
    assert [line for line in said.splitlines() if line.startswith("D2 · ")] == [f"D2 · ours · {judged}"]
    # Public money of 24, 40 and 32 billion won (data/programme).
    left = {"2021": "KRW 23 bn", "2023": "KRW 39 bn", "2024": "KRW 31 bn"}[judged]
    assert f"{left} left" in said


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
