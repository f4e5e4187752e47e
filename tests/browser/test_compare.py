from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Page

from decisions.ranking import aggregate
from decisions.ranking.compromise import vikor
from decisions.ranking.outranking import promethee

pytestmark = pytest.mark.browser
Opener = Callable[..., Page]
# The band drawn of each cell, and the minutes to it from the candidate chosen.
BANDS = """[...store.bands].map((band, cell) =>
  [band, store.minutes[store.selected * store.bands.length + cell]])"""


def ranking(page: Page) -> list[str]:
    return page.eval_on_selector_all(".ranking button", "rows => rows.map((row) => row.dataset.id)")


def test_the_best_candidate_is_first_and_explained(visit: Opener) -> None:
    page = visit("compare")
    assert ranking(page) == ["D2", "D1", "D3", "D4", "D5"]
    assert page.text_content("#card h2") == "원도심 시장지구"
    assert page.locator("#card .criterion").count() == 7
    assert page.locator(".synthetic").is_visible()
    assert "공식 배점이 아닙니다" in page.text_content("#ranking")


def test_a_click_shows_why_with_what_is_missing(visit: Opener) -> None:
    page = visit("compare")
    page.click('.ranking button[data-id="D3"]')
    card = page.locator("#card")
    assert card.locator("h2").text_content() == "강변 신도시"
    assert card.locator(".track.lacking").count() == 1
    assert "제안서에 값이 없음" in card.text_content()
    # 0.346 with the range of the missing 8 % at 0 and 1: 0.3182 (of weights) by hand 0.31839 to 0.39839.
    assert "0.318–0.398" in card.text_content()
    page.click('.ranking button[data-id="D5"]')
    assert "보전 지역" in card.text_content()
    assert "배제" in card.locator(".headline").text_content()
    assert page.locator("path.leaflet-interactive[fill='url(#hatch)']").count() == 1


def test_language_switches_in_place(visit: Opener) -> None:
    page = visit("compare")
    page.click("text=English")
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.text_content("#ranking h2") == "Ranking of candidates"
    assert "Share of old buildings" in page.text_content("#card")
    assert "lang=en" in page.url
    page.click("text=한국어")
    assert page.text_content("#ranking h2") == "후보지구 순위"


def test_scores_equal_the_pipeline_after_50_random_weightings(visit: Opener) -> None:
    page = visit("compare")
    utilities = page.evaluate("G.config.districts.map((d) => d.utilities)")
    matrix = np.array([[np.nan if value is None else value for value in row] for row in utilities])
    reference = np.array([True, True, True, True, False])
    random = np.random.default_rng(5)
    methods = {
        "weighted_sum": aggregate.weighted_sum,
        "topsis": lambda u, w: aggregate.topsis(u, w, reference),
        "vikor": lambda u, w: vikor(u, w, reference),
        "promethee": lambda u, w: promethee(u, w, reference),
    }
    for _ in range(50):
        weights = random.dirichlet(np.full(7, 0.7))
        for name, method in methods.items():
            expected = method(matrix, weights)
            low, high = aggregate.interval(matrix, weights, method, expected)
            ranks = aggregate.ranks(expected, reference)
            found = page.evaluate(
                "([m, w, r]) => G.score(m, G.config.districts.map((d) => d.utilities), w, r)",
                [name, weights.tolist(), reference.tolist()],
            )
            for row, want, least, most, rank in zip(found, expected, low, high, ranks, strict=True):
                assert row["score"] == pytest.approx(want, abs=1e-9)
                assert row["low"] == pytest.approx(least, abs=1e-9)
                assert row["high"] == pytest.approx(most, abs=1e-9)
                assert (row["rank"] or 0) == rank


@pytest.mark.parametrize("method", ["weighted_sum", "topsis", "vikor", "promethee"])
def test_blanks_that_move_the_ends_of_a_column_score_as_in_the_pipeline(visit: Opener, method: str) -> None:
    page = visit("compare")
    random = np.random.default_rng(11)
    for _ in range(20):
        # Nothing reaches 0 or 1: a filled blank is a new end. The last column nobody knows; two rows are vetoed.
        matrix = np.where(random.random((12, 6)) < 0.25, np.nan, random.uniform(0.2, 0.8, (12, 6)))
        matrix[:, 5] = np.nan
        reference = np.arange(12) < 10
        weights = random.dirichlet(np.ones(6))
        ways = {"weighted_sum": aggregate.weighted_sum}
        ways |= {"topsis": lambda u, w, r=reference: aggregate.topsis(u, w, r)}
        ways |= {"vikor": lambda u, w, r=reference: vikor(u, w, r)}
        ways |= {"promethee": lambda u, w, r=reference: promethee(u, w, r)}
        expected = ways[method](matrix, weights)
        low, high = aggregate.interval(matrix, weights, ways[method], expected)
        rows = [[None if np.isnan(value) else value for value in row] for row in matrix.tolist()]
        found = page.evaluate("(given) => G.score(...given)", [method, rows, weights.tolist(), reference.tolist()])
        for key, want in (("score", expected), ("low", low), ("high", high)):
            shown = [np.nan if row[key] is None else row[key] for row in found]
            np.testing.assert_allclose(shown, want, atol=1e-9)


def test_hundreds_of_candidates_follow_a_slider(visit: Opener) -> None:
    took = visit("compare").evaluate(
        """() => {
          const value = (i, j) => (i * j) % 11 === 3 ? null : ((i * 37 + j * 61) % 101) / 100;
          const rows = Array.from({ length: 400 }, (_, i) => Array.from({ length: 35 }, (_, j) => value(i, j)));
          const free = rows.map((_, i) => i % 9 > 0);
          const took = (method) => {
            const start = performance.now();
            G.score(method, rows, Array(35).fill(1 / 35), free);
            return performance.now() - start;
          };
          return G.METHODS.map((method) => Math.min(...Array.from({ length: 5 }, () => took(method))));
        }"""
    )
    assert max(took) < 1000  # some 120 ms where nothing else runs; the best of five, as a test has neighbours


def test_a_slider_reranks_and_the_address_keeps_it(visit: Opener) -> None:
    page = visit("compare")
    page.click("#weights summary")
    # Public land alone: D3 (1.0) before D1 (0.479) and D2 (0); D4 does not say, so nothing about it is known.
    for number in (0, 1, 2, 3, 5, 6):
        page.locator(f"#w-{number}").fill("0")
    assert ranking(page)[:3] == ["D3", "D1", "D2"]
    assert page.text_content("output[for=w-4]") == "100%"
    page.locator("#w-4").fill("0")
    assert page.text_content("output[for=w-4]") == "100%"
    state = "#" + page.url.split("#", 1)[1]
    again = visit("compare", state)
    assert ranking(again)[:3] == ["D3", "D1", "D2"]
    page.click("#weights button")
    assert ranking(page) == ["D2", "D1", "D3", "D4", "D5"]


def test_profiles_and_methods_rank_at_once_and_the_address_keeps_both(visit: Opener) -> None:
    page = visit("compare")
    # The profile for other criteria is not offered.
    assert page.locator("#profile option").count() == 2
    page.select_option("#profile", "land")
    assert ranking(page)[:3] == ["D3", "D1", "D2"]  # public land: 1.0, 0.479, 0
    assert page.text_content("output[for=w-4]") == "100%"
    for method in ("topsis", "vikor", "promethee"):
        page.select_option("#method", method)
        assert ranking(page)[0] == "D3"
    again = visit("compare", "#" + page.url.split("#", 1)[1])
    assert again.input_value("#profile") == "land"
    assert again.input_value("#method") == "promethee"
    assert ranking(again)[0] == "D3"


def test_the_card_says_how_sure_the_rank_is(visit: Opener) -> None:
    page = visit("compare", "#sel=D4")
    card = page.locator("#card")
    assert "2~4위" in card.text_content()
    assert "가장 먼저 채울 자료: 국공유지 비율" in card.text_content()
    assert card.locator(".ranks small").all_text_contents() == ["3%", "3%", "3%", "90%"]
    page.select_option("#draw", "uniform")
    assert card.locator(".ranks small").all_text_contents() == ["10%", "10%", "10%", "70%"]
    assert page.locator(".ranking .accept").count() == 4  # the vetoed one has no rank to be sure of
    page.click('.ranking button[data-id="D5"]')
    assert card.locator(".ranks").count() == 0


def test_cell_layers_draw_and_read(visit: Opener) -> None:
    page = visit("compare")
    assert page.locator(".leaflet-cells-pane canvas").count() == 0
    page.select_option("#layer", "population")
    first = picture(page)
    page.select_option("#layer", "slope")
    assert picture(page) != first
    page.select_option("#layer", "drive")
    near = picture(page)
    page.select_option("#reach", "10")
    # The nearest cells of D2 (within 10 minutes) stay coloured, those beyond are left blank.
    assert picture(page) != near
    assert page.locator("#legend .strip").first.locator("rect").count() == 1
    bands = page.evaluate(BANDS)
    assert all((band == 1) == (minutes <= 10) for band, minutes in bands)
    page.select_option("#reach", "")
    bands = page.evaluate(BANDS)
    assert all(band == sum(minutes <= most for most in (10, 20, 30)) for band, minutes in bands)
    page.click('.ranking button[data-id="D4"]')
    assert picture(page) != near
    page.mouse.move(640, 360)
    assert "분" in page.text_content("#under") or "초과" in page.text_content("#under")
    page.select_option("#layer", "")
    assert page.locator(".leaflet-cells-pane canvas").count() == 0


def picture(page: Page) -> str:
    return page.eval_on_selector(".leaflet-cells-pane canvas", "canvas => canvas.toDataURL()")


def test_names_are_text_everywhere(visit: Opener, names: dict[str, str], tmp_path: Path) -> None:
    page = visit("compare", "#sel=D1")
    assert page.text_content("#card h2") == names["D1"]
    page.hover(".leaflet-marker-pane .badge >> nth=0")
    page.click("text=평가표")
    assert "<script>" in page.text_content("#table")
    page.click("#table .close")
    assert page.evaluate("window.broken") is None
    with page.expect_download() as download:
        page.click("text=순위 CSV")
    path = tmp_path / "ranking.csv"
    download.value.save_as(path)
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
    listed = [row[2] for row in rows]
    assert f"'{names['D4']}" in listed
    assert names["D1"] in listed
    assert rows[2][:3] == ["1", "D2", "원도심 시장지구"]


def test_dialogs_open_and_close_by_keyboard(visit: Opener) -> None:
    page = visit("compare", "#lang=en")
    page.focus("#open-data")
    page.keyboard.press("Enter")
    assert page.locator("#data").is_visible()
    assert "Station criteria cannot be computed." in page.text_content("#data")
    page.keyboard.press("Escape")
    assert not page.locator("#data").is_visible()


def test_every_source_is_listed_with_the_candidates_file(visit: Opener) -> None:
    page = visit("compare")
    page.click("#open-data")
    rows = page.locator("#data table.wide tbody tr")
    assert rows.count() == 2
    given = rows.nth(1)
    assert given.locator("th bdi").all_text_contents() == ["후보지구", "districts.geojson"]
    assert given.locator(".hash").get_attribute("title") == "SHA-256 c0ffee" + "0" * 58
    told = given.text_content()
    assert "5 / 6" in told
    assert "선택하지 않음: 1" in told
    assert "토지 가격 열이 없어 모든 지구에서 모름" in told
    assert "지구 D3: 지역 밖에 있는 면적 2.5%, 잘라 냄" in told


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1920, 1080), (3840, 2160), (1024, 768)])
@pytest.mark.parametrize("state", ["", "&sel=D2&with=D3&w=9_1_1_1_1_1_1"])
def test_nothing_sticks_out(visit: Opener, artefacts: Path, language: str, width: int, height: int, state: str) -> None:
    page = visit("compare", f"#lang={language}&layer=population{state}", width, height)
    assert page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]") == [
        width,
        height,
    ]
    for panel in ("left", "right"):
        assert page.eval_on_selector(f"#{panel}", "panel => panel.scrollWidth <= panel.clientWidth + 1")
    if width == 1920:  # of the largest size it takes seconds
        page.screenshot(path=artefacts / f"compare-{width}-{language}{'-pair' * bool(state)}.png")


def test_the_ranking_stays_in_view_under_the_sliders(visit: Opener) -> None:
    page = visit("compare")
    page.click("#weights summary")
    first = page.locator(".ranking button").first.bounding_box()
    slider = page.locator("#p-space").bounding_box()
    assert first is not None
    assert slider is not None
    assert slider["y"] < first["y"]
    assert first["y"] + first["height"] <= 720


def test_the_second_candidate_is_marked_on_the_map(visit: Opener) -> None:
    page = visit("compare", "#sel=D2")
    assert page.locator(".badge.second").count() == 0
    page.select_option("#with", "D3")
    assert page.locator(".leaflet-marker-pane .badge.second").text_content() == "3"
    # A difference that rounds to nothing has no sign.
    assert page.evaluate("[0.0301, -0.0301, 0.0002, -0.0002].map((gap) => G.signed(gap))") == [
        "+0.030", "−0.030", "0.000", "0.000",
    ]  # fmt: skip
