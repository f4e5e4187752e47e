from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import xarray as xr
from playwright.sync_api import Page

from tests.browser.waiting import until

pytestmark = pytest.mark.browser
Opener = Callable[..., Page]


def picture(page: Page) -> str:
    return page.eval_on_selector(".leaflet-cells-pane canvas", "canvas => canvas.toDataURL()")


def painted(page: Page) -> int:
    return page.eval_on_selector(
        ".leaflet-cells-pane canvas",
        """canvas => canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data
            .reduce((sum, value, at) => sum + (at % 4 === 3 && value > 0), 0)""",
    )


def test_the_slider_moves_the_picture_and_the_figures(visit: Opener) -> None:
    page = visit("diffusion", "#month=0")
    assert painted(page) == 0  # nobody has adopted at the start
    page.locator("#month").fill("60")
    middle, figures = picture(page), page.text_content("#totals")
    assert painted(page) > 1000
    assert page.text_content(".month") == "2031년 12월"
    page.locator("#month").fill("120")
    assert picture(page) != middle
    assert page.text_content("#totals") != figures


def test_keys_step_and_play(visit: Opener) -> None:
    page = visit("diffusion", "#month=24")
    page.keyboard.press("ArrowRight")
    assert page.text_content(".month") == "2029년 1월"
    page.keyboard.press("Shift+ArrowLeft")
    assert page.text_content(".month") == "2028년 1월"
    page.keyboard.press("Space")
    until(page, "store.month > 16")
    page.keyboard.press("Space")
    stopped = page.evaluate("store.month")
    page.wait_for_timeout(350)
    assert page.evaluate("store.month") == stopped
    page.focus("#month")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("store.month") == stopped + 1


SLOWLY = """(() => {
  const read = Response.prototype.arrayBuffer;
  Response.prototype.arrayBuffer = async function () {
    const bytes = await read.call(this);
    await new Promise((done) => setTimeout(done, 120));
    return bytes;
  };
})()"""


def test_choices_made_while_data_are_decoded_leave_the_page_whole(visit: Opener) -> None:
    """Chosen faster than a slow machine decodes: the last choice is shown, and no part of another in between."""
    page = visit("diffusion", "#lang=en&month=24")
    page.evaluate(SLOWLY)
    for picker, value in (("mode", "swipe"), ("service", "1"), ("measure", "adopters")):
        page.select_option(f"#{picker}", value)
        page.locator("#month").fill("36")  # draws the month at once, with what is there
        page.locator("#month").fill("60")
    assert page.evaluate("store.monthly.length === store.scenarios.length")
    until(page, "store.mode === 'swipe' && store.service === 1 && store.measure === 'adopters'")
    assert page.evaluate("[store.monthly, store.yearly, store.zones].every((part) => part.length === 2)")
    # The month is kept in the address once the slider has stood still.
    until(page, "new URLSearchParams(location.hash.slice(1)).get('month') === '60'")
    fresh = visit("diffusion", "#" + page.url.split("#", 1)[1])
    for part in ("#settings", "#openings", "#chart", "#now", "#legend"):
        assert page.text_content(part) == fresh.text_content(part)


def test_decoded_frames_equal_the_dataset(visit: Opener, pages: Path) -> None:
    page = visit("diffusion")
    random = np.random.default_rng(2)
    with xr.open_dataset(pages / "diffusion.nc", engine="h5netcdf") as opened:
        data = opened.load()
    picks = [
        [int(random.integers(data.sizes[d])) for d in ("scenario", "service", "month", "cell")] for _ in range(1000)
    ]
    found = page.evaluate(
        """async (picks) => {
            const out = [];
            for (const [k, s, m, c] of picks)
                out.push([G.SHARE[(await G.monthly(k, s))[m][c]], (await G.potential(s))[c]]);
            return out;
        }""",
        picks,
    )
    for (k, s, m, c), (share, potential) in zip(picks, found, strict=True):
        assert potential == int(data["potential"][s, c])
        want = float(data["adopters"][k, s, m, c]) / potential if potential else 0.0
        assert share == pytest.approx(want, abs=np.sqrt(want) / 255 + 1e-5)


def test_the_cell_under_each_cells_centre_is_that_cell(visit: Opener, pages: Path) -> None:
    page = visit("diffusion")
    cells = gpd.read_parquet(pages / "cells.parquet")
    centres = gpd.points_from_xy(cells["x_m"], cells["y_m"], crs=cells.crs).to_crs(4326)
    points = [[point.y, point.x] for point in centres]
    found = page.evaluate("(points) => points.map((point) => G.cellUnder(L.latLng(point)))", points)
    assert found == list(range(len(cells)))


def test_openings_appear_on_their_date(visit: Opener) -> None:
    page = visit("diffusion", "#month=5")
    sites = page.locator(".leaflet-map-pane .site")
    assert sites.count() == 0
    page.locator("#month").fill("6")
    assert sites.count() == 2
    assert page.locator(".leaflet-map-pane .site.waiting").count() == 2  # they work from month 8 on
    page.locator("#month").fill("8")
    assert page.locator(".leaflet-map-pane .site.inside").count() == 2
    page.locator("#month").fill("120")
    assert sites.count() == 6
    assert page.locator(".leaflet-map-pane .site.waiting").count() == 1  # its prerequisite never opens
    page.hover(".leaflet-map-pane .site.outside >> nth=0")
    assert "3억원" in page.text_content(".leaflet-tooltip")
    assert "지방비" in page.text_content(".leaflet-tooltip")


def test_pickers_change_what_is_shown(visit: Opener) -> None:
    page = visit("diffusion", "#month=60")
    seen = {picture(page)}
    for picker, value in (
        ("service", "2"),
        ("measure", "adopters"),
        ("statistic", "0.9"),
        ("scenario", "1"),
        ("mode", "difference"),
        ("mode", "swipe"),
    ):
        page.select_option(f"#{picker}", value)
        until(page, lambda: picture(page) not in seen)
        seen.add(picture(page))
    assert len(seen) == 7
    before = picture(page)
    page.locator(".swipe-input").fill("20")
    assert picture(page) != before
    assert page.locator("#chart .keys span").count() == 2
    # Two hubs: two lists of openings, two tables of money, each under its name.
    assert page.locator("#openings ol").count() == 2
    assert page.locator("#money table").count() == 3  # of either and of their difference
    assert page.locator("#money h3").count() == 3


def test_a_cell_is_read_under_the_pointer(visit: Opener, pages: Path) -> None:
    page = visit("diffusion", "#month=90&lang=en")
    cells = gpd.read_parquet(pages / "cells.parquet")
    crowded = cells.iloc[[cells["population"].astype(int).argmax()]]
    (centre,) = gpd.points_from_xy(crowded["x_m"], crowded["y_m"], crs=cells.crs).to_crs(4326)
    box = page.locator(".folium-map").bounding_box()
    at = page.evaluate("([lat, lng]) => G.map.latLngToContainerPoint([lat, lng])", [centre.y, centre.x])
    page.mouse.move(box["x"] + at["x"], box["y"] + at["y"])
    text = page.text_content("#hover")
    assert crowded["cell_id"].iloc[0] in text
    assert "Potential" in text
    assert "Year-end 10–90 %" in text


def test_each_side_of_the_swipe_bar_has_its_own_openings(visit: Opener) -> None:
    page = visit("diffusion", "#month=120&mode=swipe")
    # Both plans open six of this service; a pane holds each, and is cut where the bar stands.
    assert [page.locator(f".leaflet-sites-{which}-pane .site").count() for which in (0, 1)] == [6, 6]
    edges = """(which) => {
      const style = G.map.getPane(`sites-${which}`).style.clipPath;
      const xs = [...style.matchAll(/(-?[\\d.]+)px (-?[\\d.]+)px/g)].map((point) => Number(point[1]));
      const shift = L.DomUtil.getPosition(G.map.getPanes().mapPane).x;
      return [Math.min(...xs) + shift, Math.max(...xs) + shift];
    }"""
    width = page.evaluate("G.map.getSize().x")
    for share in (50, 20):
        page.locator(".swipe-input").fill(str(share))
        left, right = page.evaluate(edges, 0), page.evaluate(edges, 1)
        assert left == pytest.approx([0, width * share / 100], abs=1)
        assert right == pytest.approx([width * share / 100, width], abs=1)
    page.select_option("#mode", "difference")
    until(page, "G.map.getPane('sites-0').style.clipPath === ''")
    assert page.locator(".leaflet-sites-1-pane .site.second").count() == 6
    assert "테두리" in page.text_content("#legend")


def test_names_of_zones_keep_clear_of_openings_whatever_the_month(visit: Opener) -> None:
    page = visit("diffusion", "#month=0")
    shown = "document.querySelector('.leaflet-labels-pane canvas').toDataURL()"
    before = page.evaluate(shown)
    page.locator("#month").fill("120")
    assert page.evaluate(shown) == before
    assert page.evaluate("G.marked().length") == 6


def test_money_chart_zones_and_what_was_not_simulated(visit: Opener) -> None:
    page = visit("diffusion")
    # Inside: 6 openings of 2 billion, half national: 120 of at most 240 억원, 50 %.
    assert "120억원" in page.text_content("#money")
    assert "국비 비율 50%" in page.text_content("#money")
    assert page.locator("#chart svg.chart").count() == 2
    assert "수요응답 버스" in page.text_content("#settings")
    page.click("text=구역별 표")
    assert page.locator("#zones tbody tr").count() >= 6
    months = page.evaluate("[...document.querySelectorAll('#zones thead th')].slice(1).map((th) => th.textContent)")
    dates = [tuple(map(int, re.findall(r"\d+", month))) for month in months]
    assert dates == sorted(dates)
    page.keyboard.press("Escape")


def test_language_switches_in_place(visit: Opener) -> None:
    page = visit("diffusion", "#month=60")
    page.click("text=English")
    assert page.text_content("#settings h2") == "View"
    assert page.text_content(".month") == "Dec 2031"
    assert "KRW" in page.text_content("#money")
    assert page.locator("html").get_attribute("lang") == "en"


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1920, 1080), (1024, 768)])
def test_nothing_sticks_out(visit: Opener, artefacts: Path, language: str, width: int, height: int) -> None:
    page = visit("diffusion", f"#lang={language}&month=80&mode=swipe", width, height)
    assert page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]") == [
        width,
        height,
    ]
    for panel in ("left", "right"):
        assert page.eval_on_selector(f"#{panel}", "panel => panel.scrollWidth <= panel.clientWidth + 1")
    if width == 1920:  # of the largest size it takes seconds
        page.screenshot(path=artefacts / f"diffusion-{width}-{language}.png")


def test_names_are_text_in_pickers_legend_tables_and_file(visit: Opener, names: dict[str, str], tmp_path: Path) -> None:
    page = visit("diffusion", "#month=60&mode=swipe")
    assert "<script>" in page.text_content("#scenario option:nth-child(2)")
    for part in ("#legend", "#totals", "#openings", ".swipe-names"):
        assert "<script>" in page.text_content(part)
    page.click("text=구역별 표")
    page.keyboard.press("Escape")
    with page.expect_download() as download:
        page.click("text=추이 CSV")
    path = tmp_path / "series.csv"
    download.value.save_as(path)
    rows = list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"))))
    assert names["D1"] in {row[2] for row in rows}
    assert {len(row) for row in rows} == {11}
    assert page.evaluate("window.broken") is None
