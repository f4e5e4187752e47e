"""Of too few worlds the pages state a median and no range, and say why."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import xarray as xr
from playwright.sync_api import Page
from typer.testing import CliRunner

from geojeom.cli import room_app

Opener = Callable[..., Page]
# 874–874, 2028.12–2029.06, 1.5–2.5.
RANGE = re.compile(r"\d\s*[–~]\s*\d")


@pytest.fixture(scope="module")
def one_world(pages: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The toy region's pages from one world: the quantiles 0.1 and 0.9 are then missing."""
    folder = tmp_path_factory.mktemp("one") / "toy"
    shutil.copytree(pages, folder)
    with xr.open_dataset(pages / "diffusion.nc", engine="h5netcdf") as opened:
        data = opened.load().isel(world=[0])
    for name in [name for name in data.data_vars if "quantile" in data[name].dims]:
        data[name] = data[name].where(data["quantile"] == 0.5)
    data.to_netcdf(folder / "diffusion.nc", engine="h5netcdf")
    for command in ("facts", "diffusion", "report"):
        assert CliRunner().invoke(room_app("maps"), [command, str(folder)], catch_exceptions=False).exit_code == 0
    return folder


@pytest.mark.parametrize(
    ("language", "why"),
    [("ko", "범위를 말하기에는 적어 범위를 비워 둡니다(최소 10회)"), ("en", "too few for a 10–90 % range")],
)
def test_the_diffusion_page_has_no_range_of_one_world(visit: Opener, one_world: Path, language: str, why: str) -> None:
    page = visit("diffusion", f"#lang={language}", folder=one_world)
    assert page.locator("#totals tbody td:nth-child(3)").all_text_contents() == ["–", "–"]
    assert why in page.text_content("#chart")
    assert page.locator("#statistic option").count() == 2  # mean field and median
    assert page.locator("#chart path[fill-opacity]").count() == 0
    page.mouse.move(640, 330)
    assert [text for text in page.locator("#hover dd").all_text_contents() if RANGE.search(text)] == []


@pytest.mark.parametrize(
    ("language", "why"), [("ko", "범위를 말하기에는 모의가 적습니다"), ("en", "too few to state a range")]
)
def test_the_report_has_no_range_of_one_world(visit: Opener, one_world: Path, language: str, why: str) -> None:
    page = visit("report", f"#lang={language}", folder=one_world)
    effects = page.locator("#effects")
    assert why in effects.text_content()
    cells = effects.locator("tbody td").all_text_contents()
    assert len(cells) > 10
    assert [cell for cell in cells if RANGE.search(cell)] == []
    users = page.locator("#sheets td", has_text=re.compile(r"\(–\)"))
    assert users.count() > 0
