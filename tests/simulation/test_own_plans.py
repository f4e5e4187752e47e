"""Candidates scored by their own plans: the template under another name scores the same, another plan as it is."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from geojeom.messages import from_column, from_data
from geojeom.tables import read_table, write_table
from simulation.commands.candidates import run as candidates

pytestmark = pytest.mark.slow
Writer = Callable[..., Path]


def give(folder: Path, plans: dict[str, pd.DataFrame]) -> None:
    """Put plans of the district east into the region, in their order."""
    written = json.loads((folder / "region.json").read_text("utf-8"))
    written["region"]["plans"] = [{"path": f"{name}.xlsx"} for name in plans]
    (folder / "region.json").write_text(json.dumps(written, ensure_ascii=False), "utf-8")
    frames = [own.assign(plan_id=name, number="1") for name, own in plans.items()]
    write_table(pd.concat(frames, ignore_index=True).astype({"number": "str"}), folder / "plans.parquet", "plans")
    told = [{"id": name, "hub": "east", "overview": {"title": f"Plan {name}"}} for name in plans]
    own = {"plans": told, "services": written["services"]}
    (folder / "plans.json").write_text(json.dumps(own, ensure_ascii=False), "utf-8")


def values(folder: Path) -> pd.DataFrame:
    criteria: pd.DataFrame = read_table(folder / "criteria_diffusion.parquet", "criteria")
    return criteria.pivot_table(index="district_id", columns="criterion", values="value")


@pytest.fixture
def given(write_folder: Writer, resolved: dict[str, Any]) -> tuple[Path, pd.DataFrame, pd.DataFrame]:
    """A region without plans of its own, scored; its template on the east, and the criteria."""
    (adopted,) = resolved["criteria"]["criteria"]
    resolved["criteria"]["criteria"].append(adopted | {"id": "capex_per_resident", "unit": "KRW/person"})
    folder = write_folder(resolved=resolved)
    candidates(folder)
    plan = read_table(folder / "plan.parquet", "plan")
    plan.attrs = {}
    return folder, plan[plan["district_id"] == "east"].reset_index(drop=True), values(folder)


def test_the_template_as_a_plan_of_its_own_scores_as_the_template(
    given: tuple[Path, pd.DataFrame, pd.DataFrame],
) -> None:
    folder, east, before = given
    give(folder, {"same": east})
    candidates(folder)
    pd.testing.assert_frame_equal(values(folder), before, check_exact=True)


def test_the_first_plan_of_a_district_counts_and_both_are_said(
    given: tuple[Path, pd.DataFrame, pd.DataFrame],
) -> None:
    folder, east, before = given
    dear = east.assign(capex_krw=2 * east["capex_krw"])
    inside = dear[dear["part"] == "in_district"].reset_index(drop=True)
    give(folder, {"first": inside, "second": east})
    candidates(folder)
    after = values(folder)
    pd.testing.assert_series_equal(after.loc["west"], before.loc["west"], check_exact=True)
    # Twice the cost for the same residents; nothing outside, so fewer come to use it there.
    assert after.loc["east", "capex_per_resident"] == pytest.approx(2 * before.loc["east", "capex_per_resident"])
    assert after.loc["east", "adopters_outside_10y"] < before.loc["east", "adopters_outside_10y"]
    criteria = read_table(folder / "criteria_diffusion.parquet", "criteria")
    plans = {name: from_data(told).en for name, told in criteria.attrs["plans"].items()}
    said = "the city's own plan ‘Plan first’ (first); other plans of this district do not count: second"
    assert plans["east"] == said
    assert "the same plan laid on each" in plans["west"]
    sources = criteria.set_index("district_id")["source"].map(lambda text: from_column(text)[-1].en)
    assert set(sources["east"]) == {f"plan: {said}"}
    # What is drawn and costed beside it stays the template laid on each.
    plan = read_table(folder / "plan.parquet", "plan")
    assert (plan["district_id"] == "east").sum() == len(east)


def test_another_plan_of_a_district_is_run_again(given: tuple[Path, pd.DataFrame, pd.DataFrame]) -> None:
    folder, east, _ = given
    give(folder, {"own": east})
    candidates(folder)
    before = values(folder)
    give(folder, {"own": east[east["part"] == "in_district"].reset_index(drop=True)})
    candidates(folder)
    assert values(folder).loc["east", "adopters_outside_10y"] < before.loc["east", "adopters_outside_10y"]
