"""A plan of dated openings is held to the bounds of a template; the toy city's own plan keeps them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from geojeom.tables import read_table
from simulation.commands.candidates import run as candidates
from simulation.folder import gather
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
