"""A region that is held against no round, and a plan scaled down to a small district: what the pages say."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page
from typer.testing import CliRunner

from geojeom.cli import room_app
from geojeom.tables import read_table, write_table
from simulation.plans.catalogue import PlanTemplate
from simulation.plans.given import of_template

Opener = Callable[..., Page]


@pytest.fixture(scope="module")
def abroad(pages: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The toy region without a round, its plan meant for a district ten times the size of its own."""
    folder = tmp_path_factory.mktemp("abroad") / "toy"
    shutil.copytree(pages, folder)
    resolved = json.loads((folder / "region.json").read_text(encoding="utf-8"))
    largest = read_table(folder / "districts.parquet", "districts")["area_m2"].max()
    resolved["programme"] = None
    resolved["plan"]["hub_area_m2"] = float(10 * largest)
    (folder / "region.json").write_text(json.dumps(resolved), encoding="utf-8")
    plan = read_table(folder / "plan.parquet", "plan")
    plan.attrs = of_template(PlanTemplate.model_validate(resolved["plan"]))
    write_table(plan, folder / "plan.parquet", "plan")
    table = read_table(folder / "programme.parquet", "programme")
    write_table(table.iloc[:0], folder / "programme.parquet", "programme")
    for command in ("facts", "diffusion", "report"):
        assert CliRunner().invoke(room_app("maps"), [command, str(folder)], catch_exceptions=False).exit_code == 0
    return folder


@pytest.mark.parametrize(
    ("language", "none", "rules"),
    [
        ("ko", "적용한 사업 차수 없음", "어떤 공모의 요건에도 견주지 않았습니다"),
        ("en", "No programme's rules applied", "held against the rules of no programme"),
    ],
)
def test_the_report_says_that_no_rules_were_applied(
    visit: Opener, abroad: Path, language: str, none: str, rules: str
) -> None:
    page = visit("report", f"#lang={language}", folder=abroad)
    assert none in page.text_content("#cover")
    overview = page.text_content("#overview")
    assert none in overview
    assert rules in overview
    assert page.locator("#overview table").count() == 1
    assert none in visit("diffusion", f"#lang={language}", folder=abroad).text_content("#money")


@pytest.mark.parametrize(
    ("language", "says"), [("ko", "지구 기준이어서 이 지구"), ("en", "units in the district are meant for")]
)
def test_a_plan_scaled_down_is_said_beside_it(visit: Opener, abroad: Path, language: str, says: str) -> None:
    assert says in visit("report", f"#lang={language}", folder=abroad).text_content("#inside")
    assert says in visit("diffusion", f"#lang={language}", folder=abroad).text_content("#openings")


def test_the_whole_plan_needs_no_word(visit: Opener) -> None:
    assert "지구 기준이어서" not in visit("report").text_content("#inside")


@pytest.mark.parametrize(("language", "says"), [("ko", "0.5 쪽으로 줄어듭니다"), ("en", "shrink towards 0.5")])
def test_promethee_says_what_missing_values_do(visit: Opener, language: str, says: str) -> None:
    page = visit("compare", f"#lang={language}")
    assert page.locator("#promethee").count() == 0
    page.select_option("#method", "promethee")
    assert says in page.text_content("#promethee")
    assert says in visit("report", f"#lang={language}").text_content("#candidates")
