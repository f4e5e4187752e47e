"""A plan of dated openings is held to the bounds of a template; the toy city's own plan keeps them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from geojeom.errors import TableError
from geojeom.tables import read_table
from simulation.commands.candidates import run as candidates
from simulation.folder import gather
from simulation.plans.given import read_plan
from simulation.plans.payers import COLUMNS
from simulation.plans.settings import Draft
from simulation.runs.dated import opening_faults
from spatial.config.catalogue import Programme

APP = "in_district-app-1"


@pytest.fixture
def told(write_folder: Callable[..., Path], resolved: dict[str, Any]) -> Callable[[pd.DataFrame], str]:
    folder = write_folder()
    found, _ = gather(folder)
    programme = Programme.model_validate(resolved["programme"])

    def faults(plan: pd.DataFrame) -> str:
        return "\n".join(map(str, opening_faults(plan, found, Draft(resolved), programme, ["west"], file="p.parquet")))

    return faults


@pytest.fixture
def plan(write_folder: Callable[..., Path], made_once: Callable[..., Path]) -> pd.DataFrame:
    """What opens inside west: one app of 50 million won, half of it national; 218,000,001 won in all."""
    folder = made_once("candidates", lambda: candidates(write_folder()))
    table = read_table(folder / "plan.parquet", "plan")
    return table[(table["district_id"] == "west") & (table["part"] == "in_district")].reset_index(drop=True)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"units": 100_001}, f"p.parquet, west {APP}, units: expected 1 to 100,000 units, found 100001"),
        ({"capex_krw": 50, "local_krw": 25, "national_krw": 25}, "capex_krw: expected 0, or 100,000 to"),
        ({"opex_krw_year": 100_000_001}, "opex_krw_year: expected at most 2 of the capital a year"),
        # 50 million won that nobody pays, and 9 billion of one payer for them.
        ({"national_krw": 0, "local_krw": 0}, "capex_krw: expected what all payers pay together, found 50000000"),
        ({"national_krw": 9 * 10**9}, "capex_krw: expected what all payers pay together, found 50000000"),
        ({"zone_id": "elsewhere"}, "zone_id: expected the zone of the cell in cells.parquet, found 'elsewhere'"),
        ({"zone_id": None}, "zone_id: expected the zone of the cell in cells.parquet"),
        ({"date": "2029-01"}, "date: expected the month that `month` says, as YYYY-MM (month 0 is 2027-01)"),
        ({"date": "2026.3"}, "found '2026.3'. Correct date or month."),
        ({"private_in_kind_krw": 1}, "capex_krw: expected what all payers pay together"),
        ({"capex_krw": 10**18 + 25_000_000, "local_krw": 10**18}, "at most 1,000,000,000,000,000 KRW for all openings"),
        ({"capex_krw": 10**9, "local_krw": 975_000_000}, "at most 1,000,000,000 KRW of public money inside"),
        ({"national_krw": 50_000_000, "local_krw": 0}, "a national share of at most 50%"),
    ],
)
def test_what_a_template_may_not_say_dated_openings_may_not(
    plan: pd.DataFrame, told: Callable[[pd.DataFrame], str], changed: dict[str, Any], said: str
) -> None:
    assert told(plan) == ""
    plan.loc[plan["opening_id"] == APP, list(changed)] = list(changed.values())
    assert said in told(plan)


def test_a_prerequisite_that_opens_nowhere_is_named(plan: pd.DataFrame, told: Callable[[pd.DataFrame], str]) -> None:
    assert "west app, service: expected the prerequisite hub opened" in told(plan[plan["service"] != "hub"])


def test_an_opening_twice_is_refused_as_it_is_read(plan: pd.DataFrame, tmp_path: Path) -> None:
    path = tmp_path / "own.parquet"
    pd.concat([plan, plan.head(1)]).to_parquet(path)
    with pytest.raises(TableError) as caught:
        read_plan(path)
    assert plan["opening_id"].iloc[0] in str(caught.value)


def test_a_plan_of_three_payers_is_read(
    plan: pd.DataFrame, told: Callable[[pd.DataFrame], str], tmp_path: Path
) -> None:
    path = tmp_path / "own.parquet"
    three = plan.assign(private_krw=pd.array([7] * len(plan), dtype="Int64"), capex_krw=plan["capex_krw"] + 7)
    old = three.drop(columns=[column for column in COLUMNS if column not in ("national_krw", "local_krw")])
    old.to_parquet(path)
    read = read_plan(path)
    assert read["private_cash_krw"].tolist() == [7] * len(plan)
    assert "all payers" not in told(read)
