"""The better roll-out that a region file asks for: its tables are what the simulation says of the plan they tell."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from decisions.commands import rollout
from decisions.rollout import building
from geojeom.errors import TableError
from geojeom.tables import read_table, write_table
from simulation.folder import checked, gather
from simulation.plans.settings import read
from simulation.runs import inputs
from spatial.config.resolved import stored_region
from tests.decisions.rollout.test_building import City, best_of_all, planned, simulated
from tests.simulation.conftest import cells, hub_inside, network, resolved, scores, write_folder

__all__ = ["cells", "hub_inside", "network", "resolved", "scores", "write_folder"]
Folder = Callable[..., Path]


def laid(folder: Path, district_id: str) -> City:
    """The toy city of a folder, and the template laid on a district, written as plan.parquet."""
    scheme = read(stored_region(folder).plain, "region.json")
    data, known = gather(folder)
    data = checked(folder, data, scheme, known)
    openings, _ = inputs.plan_of(data, scheme, district_id)
    write_table(inputs.as_table({district_id: openings}, data.cells), folder / "plan.parquet", "plan")
    return data, scheme, inputs.from_table(read_table(folder / "plan.parquet", "plan"), data.cells, district_id)


def earlier_network(resolved: dict[str, Any]) -> dict[str, Any]:
    """Outside the network opens a year earlier, so that what needs it may open in each year."""
    resolved["plan"]["diffusion"][0].update(first_month=12, rounds=3)
    return resolved


def test_a_region_that_asks_for_none_has_empty_tables_and_nothing_is_read(
    tmp_path: Path, resolved: dict[str, Any]
) -> None:
    (tmp_path / "region.json").write_text(json.dumps(resolved), encoding="utf-8")
    rollout.run(tmp_path)
    assert read_table(tmp_path / "rollout.parquet", "rollout").empty
    assert read_table(tmp_path / "rollout_limits.parquet", "rollout_limits").empty
    assert read_table(tmp_path / "rollout_frontier.parquet", "rollout_frontier").empty


def test_the_template_is_improved_on_the_best_candidate(
    write_folder: Folder, resolved: dict[str, Any], scores: pd.DataFrame
) -> None:
    resolved["region"]["rollout"] = {"seconds": 30}
    folder = write_folder(resolved=earlier_network(resolved))
    write_table(scores, folder / "scores.parquet", "scores")
    with pytest.raises(TableError, match=r"plan\.parquet"):
        rollout.run(folder)
    laid(folder, "east")
    rollout.run(folder)
    table = read_table(folder / "rollout.parquet", "rollout")
    assert table.attrs["scenario"] == "east"
    assert table.attrs["hub"] == "east"
    assert table.attrs["value"] <= table.attrs["bound"]
    assert table.attrs["before"] <= table.attrs["value"] * (1 + 1e-6)


def test_less_money_and_more_each_have_a_plan_below_its_bound(
    write_folder: Folder, resolved: dict[str, Any], scores: pd.DataFrame
) -> None:
    resolved["region"]["rollout"] = {"seconds": 30, "frontier": True}
    folder = write_folder(resolved=earlier_network(resolved))
    write_table(scores, folder / "scores.parquet", "scores")
    data, scheme, openings = laid(folder, "east")
    rollout.run(folder)
    table = read_table(folder / "rollout_frontier.parquet", "rollout_frontier")
    whole = read_table(folder / "rollout.parquet", "rollout").attrs
    limits = read_table(folder / "rollout_limits.parquet", "rollout_limits")
    own = table.set_index("share").loc[1.0]
    assert (own["users"], own["bound"]) == (whole["value"], whole["bound"])
    assert own["capital_krw"] == limits.loc[limits["payer"] != "running", "limit_krw"].sum()
    assert table["share"].tolist() == [0.7, 0.85, 1.0, 1.15, 1.3]
    assert table["users"].is_monotonic_increasing
    assert table["users"].iloc[0] < table["users"].iloc[-1]
    # Of all plans within a part of the limits none is above its bound, and the one found is among them.
    built = building.build(data, scheme, "east", openings)
    for row in table.itertuples():
        scaled = replace(built, instance=replace(built.instance, limit=built.instance.limit * row.share))
        best = best_of_all(scaled)
        assert row.users <= best * (1 + 1e-9)
        assert best <= row.bound * (1 + 1e-9)


def test_what_is_said_of_a_plan_is_what_the_simulation_says_of_it(
    write_folder: Folder, resolved: dict[str, Any], scores: pd.DataFrame
) -> None:
    resolved["region"]["rollout"] = {}
    resolved["region"]["plans"] = [{"path": "own.xlsx"}, "default"]
    folder = write_folder(resolved=earlier_network(resolved))
    city = laid(folder, "west")
    data, scheme, openings = city
    own = read_table(folder / "plan.parquet", "plan").assign(plan_id="own", number="1")
    write_table(own.astype({"plan_id": "str", "number": "str"}), folder / "plans.parquet", "plans")
    # 24 million a year outside: three shelters of 7 million, or two and a network's extension of 10 million.
    hub_krw = openings.loc[openings["part"] == "in_district"].groupby(openings["month"] // 12)["local_krw"].sum()
    funding = [
        {"row": "commitment", "year": 2027 + year, **dict.fromkeys(payers(), 0)}
        | {"local_krw": 24_000_000 + int(hub_krw.get(year, 0))}
        for year in range(4)
    ]
    plan = {"id": "own", "hub": "west", "sheets": {"funding": funding}}
    held = {"plans": [plan], "services": resolved["services"]}
    (folder / "plans.json").write_text(json.dumps(held, ensure_ascii=False), encoding="utf-8")
    rollout.run(folder)
    table = read_table(folder / "rollout.parquet", "rollout")
    limits = read_table(folder / "rollout_limits.parquet", "rollout_limits")
    assert table.attrs["scenario"] == "own"
    assert table.attrs["before"] == pytest.approx(simulated(city, openings, "shelter"), rel=1e-5)

    # The plan that the table tells, run by the simulation: with all, and without what each row opens.
    committed = pd.DataFrame(funding).drop(columns="row")
    built = building.build(data, scheme, "west", openings, committed=committed)
    month_of = {(row.service, row.zone_id): row.month_after for row in table.itertuples()}
    keys = [(package["service"].iloc[0], package["zone_id"].iloc[0]) for package in built.packages]
    when = np.array([date_of(month_of.get(key), built.instance.dates) for key in keys])
    value = simulated(city, planned(built, when, "2027-01"), "shelter")
    assert table.attrs["value"] == pytest.approx(value, rel=1e-5)
    assert table.attrs["before"] < value <= table.attrs["bound"]
    opened = table[table["month_after"].notna()]
    assert set(opened["service"]) == {"net", "shelter"}
    for row in opened.itertuples():
        fewer = when.copy()
        fewer[keys.index((row.service, row.zone_id))] = built.instance.never
        lost = value - simulated(city, planned(built, fewer, "2027-01"), "shelter")
        assert row.users_lost == pytest.approx(lost, abs=1e-4 * value), (row.service, row.zone_id)
    assert table.loc[table["month_after"].isna(), "users_lost"].isna().all()

    city_of = limits[limits["payer"] == "local"].set_index("year")
    for year, of_year in opened.groupby((opened["month_after"] // 12 + 2027).astype(int)):
        assert city_of.loc[year, "used_krw"] == of_year["local_krw"].sum()
        assert city_of.loc[year, "limit_krw"] == 24_000_000


def payers() -> list[str]:
    names = ("national", "province", "city", "local", "operator", "private_cash", "private_in_kind", "other")
    return [f"{name}_krw" for name in names]


def date_of(month: object, dates: np.ndarray) -> int:
    return len(dates) if month is None or pd.isna(month) else int(np.searchsorted(dates, int(month)))
