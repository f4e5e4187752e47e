"""The better roll-out beside a plan: users and bound, what moves with its place on the map, and the years' limits."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from typer.testing import CliRunner

from decisions.rollout.account import frontier_table, limits_table, rollout_table
from geojeom.cli import room_app
from geojeom.schemas import PAYERS
from geojeom.tables import read_table, write_table
from tests.maps import toy

pytestmark = pytest.mark.browser
Opener = Callable[..., Page]


def moves(zones: pd.DataFrame, cells: pd.DataFrame) -> pd.DataFrame:
    """Twelve rows: an earlier one, two months drawn together, one dropped, one new, one as planned, and others."""
    dated = [((36, 36), 24), ((36, 60), 36), ((48, 48), None), (None, 36), ((24, 24), 24)] + [((36, 36), 48)] * 7
    rows = []
    for n, (before, after) in enumerate(dated):
        zone = zones["zone_id"].iloc[n % len(zones)]
        money = dict.fromkeys((f"{payer}_krw" for payer in PAYERS), 0)
        rows.append(
            money
            | {
                "service": toy.SERVICES[n // len(zones)][0],
                "zone_id": zone,
                "cell_id": cells.loc[cells["zone_id"] == zone, "cell_id"].iloc[0],
                "units": 2,
                "month_before": before and before[0],
                "last_before": before and before[1],
                "month_after": after,
                "capex_krw": 600_000_000,
                "local_krw": 600_000_000,
                "opex_krw_year": 60_000_000,
                "users_lost": None if after is None else 1000.0 - 10 * n,
                "lacking": None if after is None else 2 * (n == 0),
            }
        )
    return rollout_table(rows)


@pytest.fixture(scope="module")
def improved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The toy region with a better roll-out of the plan shown second (D1)."""
    folder = toy.write(tmp_path_factory.mktemp("rollout"))
    stored = json.loads((folder / "region.json").read_text("utf-8"))
    stored["region"]["rollout"] = {"seconds": 5}
    (folder / "region.json").write_text(json.dumps(stored, ensure_ascii=False), "utf-8")
    table = moves(read_table(folder / "zones.parquet", "zones"), read_table(folder / "cells.parquet", "cells"))
    users = [("health_kiosk", 1000.0, 1500.0), ("smart_shelter", 2000.0, 2500.5)]
    table.attrs = {
        "scenario": "D1",
        "hub": "D1",
        "before": 3000.0,
        "value": 4000.5,
        "bound": 4123.2,
        "gap": (4123.2 - 4000.5) / 4123.2,
        "services": [{"service": name, "before": old, "after": new} for name, old, new in users],
        "left_out": [],
    }
    write_table(table, folder / "rollout.parquet", "rollout")
    limits = [(2029, "local", 2_400_000_000, 1_800_000_000, 0.0), (2030, "local", 600_000_000, 600_000_000, 41.6)]
    # A third of the money of 2030 is national, and is worth nothing by itself.
    limits += [(2030, "national", 300_000_000, 300_000_000, 0.0)]
    limits += [(2030, "running", 60_000_000, 30_000_000, 0.0), (2031, "running", 60_000_000, 60_000_000, 3.25)]
    names = ("year", "payer", "limit_krw", "used_krw", "users_per_100m_krw")
    write_table(
        limits_table(dict(zip(names, row, strict=True)) for row in limits),
        folder / "rollout_limits.parquet",
        "rollout_limits",
    )
    points = [(0.7, 2_100_000_000, 3000.0, 3300.0), (1.0, 3_000_000_000, 4000.5, 4123.2)]
    names = ("share", "capital_krw", "users", "bound")
    write_table(
        frontier_table(dict(zip(names, row, strict=True)) for row in points),
        folder / "rollout_frontier.parquet",
        "rollout_frontier",
    )
    result = CliRunner().invoke(room_app("maps"), ["diffusion", str(folder)], catch_exceptions=False)
    assert result.exit_code == 0
    return folder


def texts(page: Page, table: str) -> list[list[str]]:
    rows = page.locator(f"#rollout {table} tbody tr").all()
    return [[" ".join(cell.split()) for cell in row.locator("th, td").all_inner_texts()] for row in rows]


def test_a_better_roll_out_is_told_with_its_bound_and_places(visit: Opener, improved: Path, artefacts: Path) -> None:
    page = visit("diffusion", "#lang=en&hub=D2", folder=improved)
    expect(page.locator("#rollout")).to_be_hidden()
    page.select_option("#scenario", label="2 · 해밀역 일원")
    expect(page.locator("#rollout h2")).to_have_text("Best roll-out found")
    assert texts(page, ".users") == [
        ["Health kiosk", "1,000", "1,500 +500"],
        ["Smart shelter", "2,000", "2,501 +501"],
        ["All", "3,000", "4,001 +1,001"],
    ]
    # Never less than is proven: 4,123.2 is rounded up.
    expect(page.locator("#rollout")).to_contain_text("can reach more than 4,124 users")
    expect(page.locator("#rollout")).to_contain_text("is 3% below that")
    found = texts(page, ".moves")
    assert len(found) == 8
    assert "Jan 2030 → Jan 2029" in found[0][0]
    assert found[0][1:] == ["KRW 0.6 bn", "1,000 with 2 that need it"]
    assert "Jan 2030–Jan 2032 → Jan 2030" in found[1][0]
    assert "not planned → Jan 2030" in found[2][0]
    page.click("#rollout-more")
    found = texts(page, ".moves")
    assert len(found) == 11
    assert "Jan 2031 → not opened" in found[-1][0]
    assert found[-1][2] == "–"
    assert texts(page, ".limits") == [
        ["2029 Capital", "1.8 / 2.4", "–"],
        ["2030 Capital", "0.9 / 0.9", "at most +28"],
        ["2031 Operating", "0.06 / 0.06", "at most +3.3"],
    ]
    assert texts(page, "table.frontier") == [
        ["70% · KRW 2.1 bn", "3,000", "3,300"],
        ["100% · KRW 3 bn", "4,001", "4,124"],
    ]
    found_y, bound_y = (
        [float(pair.split(",")[1]) for pair in page.locator(f"#rollout polyline.{key}").get_attribute("points").split()]
        for key in ("users", "bound")
    )
    # The chart starts at nobody: heights are as the figures are.
    floor = float(page.locator("#rollout .grid").first.get_attribute("y1"))
    assert (floor - found_y[0]) / (floor - bound_y[1]) == pytest.approx(3000 / 4123.2)
    assert found_y[0] > bound_y[0]
    page.locator("#rollout .place").first.click()
    tip = page.locator(".leaflet-tooltip", has_text="Jan 2030 → Jan 2029")
    expect(tip).to_be_visible()
    stage, at = page.locator(".leaflet-container").bounding_box(), tip.bounding_box()
    assert stage is not None
    assert at is not None
    assert abs(at["x"] + at["width"] / 2 - stage["x"] - stage["width"] / 2) < 3
    page.screenshot(path=artefacts / "rollout.png")
    page.select_option("#scenario", label="1 · 원도심 시장지구")
    expect(page.locator("#rollout")).to_be_hidden()
    expect(tip).to_have_count(0)


def test_a_region_that_asks_for_none_shows_none(visit: Opener) -> None:
    page = visit("diffusion", "#lang=en")
    expect(page.locator("#rollout")).to_be_hidden()


@pytest.mark.parametrize("language", ["ko", "en"])
def test_axe_finds_nothing_serious_in_it(visit: Opener, improved: Path, language: str) -> None:
    page = visit("diffusion", f"#lang={language}&hub=D1", folder=improved)
    expect(page.locator("#rollout")).to_be_visible()
    found = Axe().run(page, context="#rollout").response
    assert len(found["passes"]) > 5
    assert [v["id"] for v in found["violations"] if v["impact"] in ("serious", "critical")] == []
