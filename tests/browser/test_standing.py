"""Candidates that have no rank: nothing known, all excluded, or only one that could be ranked."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from playwright.sync_api import Page
from typer.testing import CliRunner

from geojeom.cli import room_app
from geojeom.tables import read_table, write_table

pytestmark = pytest.mark.browser
Opener = Callable[..., Page]
SURE = ("robustness", "acceptability", "pairs")


def altered(pages: Path, folder: Path, *, vetoed: list[str], unknown: list[str]) -> Path:
    """The toy region with other vetoes, and candidates of which nothing is known."""
    copy = shutil.copytree(pages, folder / "copy")
    scores, parts, vetoes = (
        read_table(copy / f"{name}.parquet", name) for name in ("scores", "contributions", "vetoes")
    )
    blank = scores["district_id"].isin(unknown)
    scores.loc[blank, "score"] = np.nan
    scores["vetoed"] = scores["district_id"].isin(vetoed)
    vetoes["vetoed"] = pd.array(vetoes["district_id"].isin(vetoed), dtype="boolean")
    free = scores["score"].where(~scores["vetoed"])
    scores["rank"] = free.groupby(scores["method"]).rank(ascending=False, method="min").astype("Int64")
    parts.loc[parts["district_id"].isin(unknown), ["utility", "contribution"]] = np.nan
    for name, table in (("scores", scores), ("contributions", parts), ("vetoes", vetoes)):
        write_table(table, copy / f"{name}.parquet", name)
    for name in SURE:
        table = read_table(copy / f"{name}.parquet", name)
        codes = [column for column in ("district_id", "other_id") if column in table]
        kept = ~table[codes].isin([*vetoed, *unknown]).any(axis=1)
        write_table(table[kept].reset_index(drop=True), copy / f"{name}.parquet", name)
    for command in ("facts", "compare", "report"):
        assert CliRunner().invoke(room_app("maps"), [command, str(copy)], catch_exceptions=False).exit_code == 0
    return copy


def test_nothing_known_is_no_exclusion(visit: Opener, pages: Path, tmp_path: Path) -> None:
    folder = altered(pages, tmp_path, vetoed=["D5"], unknown=["D4"])
    page = visit("compare", "#sel=D4", folder=folder)
    row = page.text_content('.ranking button[data-id="D4"]')
    assert "순위 없음 (자료 없음)" in row
    assert "자료 0/7 · 가중치 0%" in row
    assert "배제" not in row
    assert "순위 없음 (자료 없음)" in page.text_content("#card .headline")
    assert page.locator("path.leaflet-interactive[fill='url(#hatch)']").count() == 1  # D5
    assert page.locator("#legend .strip").first.locator("rect").count() == 3
    assert page.locator("#legend li").all_text_contents() == ["배제", "순위 없음 (자료 없음)"]
    # 0.24 and the others but land price, 8 %: 92 % of the weight of D3 is known.
    assert "자료 6/7 · 가중치 92%" in page.text_content('.ranking button[data-id="D3"]')
    report = visit("report", folder=folder)
    table = report.locator("#candidates table.ranks").first
    assert "순위 없음 (자료 없음)" in table.locator("tr", has_text="=HYPERLINK(1)").text_content()
    assert "배제" in table.locator("tr", has_text="보전산지 개발안").text_content()


def test_the_only_ranked_candidate_is_not_said_to_be_safe(visit: Opener, pages: Path, tmp_path: Path) -> None:
    folder = altered(pages, tmp_path, vetoed=["D1", "D3", "D4", "D5"], unknown=[])
    page = visit("compare", "#sel=D2&lang=en", folder=folder)
    assert "There is only one ranked candidate" in page.text_content("#card")
    assert "The rank holds" not in page.text_content("#card")
    report = visit("report", "#lang=en", folder=folder)
    assert "There is only one ranked candidate" in report.text_content("#candidates")
    assert "No change of a single weight" not in report.text_content("#candidates")


def test_a_report_on_an_excluded_district_says_so_first(visit: Opener, pages: Path, tmp_path: Path) -> None:
    folder = altered(pages, tmp_path, vetoed=["D1", "D2", "D3", "D4", "D5"], unknown=[])
    report = visit("report", "#lang=en", folder=folder)
    for section in ("#cover", "#candidates"):
        banner = report.locator(f"{section} .excluded").text_content()
        assert "This district is excluded." in banner
        assert "Every candidate is excluded" in banner
        assert "0.0% of the area (limit 50%)" in banner  # what the table of vetoes found
    page = visit("compare", "#lang=en", folder=folder)
    assert page.locator("#legend li").all_text_contents() == ["Excluded"]
    assert "Every candidate is excluded" in page.text_content("#order")
    assert visit("report").locator(".excluded").count() == 0
