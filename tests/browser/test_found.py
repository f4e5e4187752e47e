"""The surface on which districts were looked for, and the areas found, where somebody ran `spatial locate`."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from playwright.sync_api import Page
from typer.testing import CliRunner

from geojeom.cli import room_app
from geojeom.messages import Remark
from geojeom.tables import read_table, write_table
from spatial.reading.provenance import sha256

pytestmark = pytest.mark.browser
Opener = Callable[..., Page]
HOW = {"ko": "신규: 손으로 만든 면.", "en": "new: a surface made by hand."}


@pytest.fixture(scope="module")
def searched(pages: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The toy region after a search: the west is unknown, the east closed, the middle open, with one area found."""
    folder = shutil.copytree(pages, tmp_path_factory.mktemp("found") / "copy")
    cells = read_table(folder / "cells.parquet", "cells")
    column = ((cells["x_m"] - cells["x_m"].min()) / 100).round().to_numpy()
    surface = pd.DataFrame(
        {
            "cell_id": cells["cell_id"],
            "suitability": np.where(column < 5, np.nan, column / 40),
            "closed": pd.Series(
                np.where(column < 5, "unknown", np.where(column > 30, "barred.water_m2;above.steep", None)), dtype="str"
            ),
        }
    )
    write_table(surface, folder / "suitability_new.parquet", "suitability")
    report = {
        "how": [Remark("stated", text=HOW).as_file()],
        "closed": {
            "unknown": Remark("locate.unknown").as_file(),
            "barred.water_m2": Remark("stated", text={"ko": "수역", "en": "water"}).as_file(),
            "above.steep": Remark("locate.above", what={"ko": "경사", "en": "slope"}).as_file(),
        },
        "told": [Remark("locate.reach", minutes=15, own=10, best=20, ratio=0.5).as_file()],
        "compared": [
            {"district": "found-new-1", "kind": "found", "area_km2": 0.25, "suitability": 0.55, "compactness": 0.7}
            | {"rating": 0.61, "open": 1.0, "barred": 0.0, "unknown": 0.0},
            {"district": "D2", "kind": "redevelopment", "area_km2": 0.3, "suitability": None, "compactness": 0.5}
            | {"rating": None, "open": 0.125, "barred": 0.5, "unknown": 1.0},
        ],
        "cells_sha256": sha256(folder / "cells.parquet"),
    }
    (folder / "found_new.json").write_text(json.dumps(report), encoding="utf-8")
    x, y = cells["x_m"].min() + 2000, cells["y_m"].min() + 1000
    areas = gpd.GeoDataFrame(
        {
            "district_id": ["found-new-1"],
            "name": ["<b>해밀 일대</b>"],
            "name_en": [None],
            "area_m2": [250_000.0],
            "suitability": [0.55],
        }
        | {"compactness": [0.7], "rating": [0.61]},
        geometry=[shapely.box(x, y, x + 500, y + 500)],
        crs=cells.crs,
    )
    (folder / "found_new.geojson").write_text(areas.to_crs(4326).to_json(), encoding="utf-8")
    assert CliRunner().invoke(room_app("maps"), ["compare", str(folder)], catch_exceptions=False).exit_code == 0
    return folder


def test_the_surface_is_offered_drawn_and_read(visit: Opener, searched: Path) -> None:
    page = visit("compare", "#lang=en", folder=searched)
    options = page.locator("#layer option").all_text_contents()
    assert [text for text in options if text.startswith("Fit")] == ["Fit for new development"]
    outlines = "document.querySelectorAll('path[stroke=\"#d81b72\"]').length"
    assert page.evaluate(outlines) == 0
    page.select_option("#layer", "fit-new")
    assert page.evaluate(outlines) == 1
    cells = read_table(searched / "cells.parquet", "cells")
    column = ((cells["x_m"] - cells["x_m"].min()) / 100).round().astype(int).tolist()
    shown = page.evaluate("[...store.colours]")
    # Unknown grey, closed pale (alpha 70), open full (215).
    assert {shown[at] >> 24 for at, c in enumerate(column) if c < 5} == {150}
    assert {shown[at] >> 24 for at, c in enumerate(column) if 5 <= c <= 30} == {215}
    assert {shown[at] >> 24 for at, c in enumerate(column) if c > 30} == {70}
    legend = page.text_content("#legend")
    for word in ("Fit for new development", "0.35", "no district here", "areas found", "no data"):
        assert word in legend
    told = page.evaluate("(cell) => whyClosed(cell)", column.index(35))
    assert told == "No district here: water, above its limit: slope"
    assert page.evaluate("(cell) => whyClosed(cell)", column.index(20)) == "A district may lie here"
    page.click("#layers summary")
    assert "a surface made by hand" in page.text_content("#layers")
    page.select_option("#layer", "slope")
    assert page.evaluate(outlines) == 0
    again = visit("compare", "#layer=fit-new", folder=searched)
    assert again.evaluate(outlines) == 1
    tip = again.evaluate("G.areaTip(G.config.found[0].areas[0]).textContent")
    assert "<b>해밀 일대</b>" in tip
    assert "적합도 0.55" in tip


def test_areas_found_are_held_beside_the_candidates(visit: Opener, searched: Path) -> None:
    page = visit("compare", "#lang=en&layer=fit-new", folder=searched)
    page.focus("#open-found")
    page.keyboard.press("Enter")
    rows = page.locator("#found tbody tr")
    assert rows.nth(0).locator("th, td").all_text_contents() == [
        "<b>해밀 일대</b>", "found", "0.25 km²", "0.550", "0.700", "0.610", "100%", "0%", "0%",
    ]  # fmt: skip
    assert rows.nth(1).locator("th, td").all_text_contents() == [
        "원도심 시장지구", "Redevelopment", "0.3 km²", "–", "0.500", "–", "12.5%", "50%", "100%",
    ]  # fmt: skip
    assert "10 people within 15 minutes on foot" in page.text_content("#found")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "open-found"


def test_without_a_search_nothing_is_offered(visit: Opener) -> None:
    page = visit("compare", "#layer=fit-new")
    assert page.input_value("#layer") == ""
    assert page.locator("#layer option[value^=fit]").count() == 0


def test_a_surface_of_other_cells_is_not_shown(
    visit: Opener, searched: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = shutil.copytree(searched, tmp_path / "stale")
    cells = read_table(folder / "cells.parquet", "cells")
    cells.loc[0, "population"] += 1
    write_table(cells, folder / "cells.parquet", "cells")
    with caplog.at_level("WARNING"):
        assert CliRunner().invoke(room_app("maps"), ["compare", str(folder)], catch_exceptions=False).exit_code == 0
    assert f"run `geojeom spatial locate {folder} --kind new` again" in caplog.text
    assert visit("compare", folder=folder).locator("#layer option[value^=fit]").count() == 0


def test_a_damaged_outline_is_told(searched: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(searched, tmp_path / "damaged")
    (folder / "found_new.geojson").write_text("{", encoding="utf-8")
    result = CliRunner().invoke(room_app("maps"), ["compare", str(folder)])
    assert "found_new.geojson: expected a whole file" in str(result.exception)
