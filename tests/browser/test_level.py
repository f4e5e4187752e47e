"""Less than half of the weight known: no bare No. 1 on any page, but who cannot be told apart."""

from __future__ import annotations

import csv
import io
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
TURNED = "가람\u202e지구\u2069 \u05d0\u05d1"  # an override, a stray end of an isolate, Hebrew letters


@pytest.fixture(scope="module")
def little_known(pages: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The toy region with 0.24 + 0.18 = 42 % of the weight known of every candidate; D4 surely behind the leader."""
    copy = shutil.copytree(pages, tmp_path_factory.mktemp("level") / "copy")
    parts = read_table(copy / "contributions.parquet", "contributions")
    kept = parts["profile_weight"].round(6).isin([0.24, 0.18])
    parts.loc[~kept, ["utility", "contribution"]] = np.nan
    write_table(parts, copy / "contributions.parquet", "contributions")
    scores = read_table(copy / "scores.parquet", "scores")
    ends = {"D1": (0.3, 0.88), "D2": (0.29, 0.87), "D3": (0.25, 0.83), "D4": (0.02, 0.25)}
    order = {"D1": 1, "D2": 2, "D3": 3, "D4": 4}
    for column, number in (("score_low", 0), ("score_high", 1)):
        scores[column] = scores["district_id"].map({code: end[number] for code, end in ends.items()}).fillna(0.5)
    scores["score"] = (scores["score_low"] + scores["score_high"]) / 2
    scores["rank"] = pd.array(scores["district_id"].map(order), dtype="Int64")
    write_table(scores, copy / "scores.parquet", "scores")
    districts = read_table(copy / "districts.parquet", "districts")
    districts.loc[districts["district_id"] == "D2", ["name", "name_en"]] = TURNED
    districts.loc[districts["district_id"] == "D3", ["name", "name_en"]] = "＝SUM(1)"
    write_table(districts, copy / "districts.parquet", "districts")
    for command in ("facts", "compare", "report"):
        assert CliRunner().invoke(room_app("maps"), [command, str(copy)], catch_exceptions=False).exit_code == 0
    return copy


def test_the_comparison_shows_a_group_and_the_share_known_first(
    visit: Opener, little_known: Path, artefacts: Path, tmp_path: Path
) -> None:
    page = visit("compare", "#sel=D3", folder=little_known)
    assert page.locator("#order .badge").all_text_contents() == ["1–3", "1–3", "1–3", "4", "×"]
    note = page.text_content("#order p.level")
    assert note.startswith("자료가 있는 가중치는 42%뿐입니다.")
    assert "3곳을 서로 구분할 수 없습니다" in note
    card = page.text_content("#card")
    assert card.index("가중치 42%") < card.index("1~3위, 구분 안 됨") < card.index("점수")
    assert "구분할 수 없는 후보지구" in page.text_content("#card p.level")
    # Leaflet's badges as in the list; none of the group is darker than the others.
    assert sorted(page.locator(".leaflet-marker-pane .badge").all_text_contents()) == ["1–3", "1–3", "1–3", "4", "×"]
    page.screenshot(path=artefacts / "level-compare.png")
    with page.expect_download() as download:
        page.click("#head button:has-text('CSV')")
    path = tmp_path / "ranking.csv"
    download.value.save_as(path)
    rows = {row["district_id"]: row for row in csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig")))}
    assert rows["D3"]["level_with"] == "D1;D2"
    assert rows["D4"]["level_with"] == ""
    # A full-width sign begins a formula in some spreadsheets too.
    assert rows["D3"]["name"] == "'＝SUM(1)"
    # A name in a file stands as it was written.
    assert rows["D2"]["name"] == TURNED


def test_in_english_too_and_other_weights_on_more_of_the_data_bring_the_order_back(
    visit: Opener, little_known: Path
) -> None:
    page = visit("compare", "#sel=D1&lang=en", folder=little_known)
    assert page.text_content("#order p.level").startswith("Only 42% of the weight is known.")
    assert "No. 1–3, not told apart" in page.text_content("#card .headline")
    known = page.evaluate("G.config.districts[0].utilities.map((u) => (u === null ? 0 : 10)).join('_')")
    page = visit("compare", f"#sel=D1&lang=en&w={known}", folder=little_known)
    assert page.locator("#order p.level").count() == 0
    assert "1" in page.locator("#order .badge").all_text_contents()


def test_the_report_agrees(visit: Opener, little_known: Path, artefacts: Path) -> None:
    page = visit("report", folder=little_known)
    table = page.locator("#candidates table.ranks tbody tr")
    assert [text.strip() for text in table.locator("td:first-child").all_text_contents()] == ["1–3"] * 3 + ["4", "배제"]
    section = page.text_content("#candidates")
    assert section.index("자료가 있는 가중치는 42%뿐입니다.") < section.index("1–3")
    page.locator("#candidates").screenshot(path=artefacts / "level-report.png")


def test_a_name_with_marks_of_direction_turns_nothing_but_itself(visit: Opener, little_known: Path) -> None:
    page = visit("compare", "#sel=D3", folder=little_known)
    note = page.text_content("#order p.level")
    begin, end = note.index("\u2068"), note.index("\u2069")
    # Between our marks, and without the one that would end them early.
    assert note[begin + 1 : end] == TURNED.replace("\u2069", "")
    for option in page.locator("#with option").all_text_contents():
        assert option.count("\u2068") == option.count("\u2069")
