"""Plan A beside plan B: the first less the second with its range, and what is the same in every world."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import xarray as xr
from numpy.typing import NDArray
from playwright.sync_api import Page
from typer.testing import CliRunner

from geojeom.cli import room_app
from geojeom.tables import read_table, write_table

pytestmark = pytest.mark.browser
Opener = Callable[..., Page]
YEAR = 5
# The users of the toy region's two hubs stand in its dataset; the first spends 300 million won a year, the second 100.
SPENT_KRW = (300_000_000 * YEAR, 100_000_000 * YEAR)


def rows(page: Page) -> list[list[str]]:
    return page.evaluate(
        "[...document.querySelectorAll('#beside tbody tr')].map(row => [...row.children].map(cell => "
        "[cell.childNodes[0].textContent, cell.querySelector('small')?.textContent].filter(Boolean).join(' | ')))"
    )


def worlds_of(folder: Path) -> NDArray[np.int64]:
    """Users of the first service at the year's end: hub, place (inside, outside) and world."""
    with xr.open_dataset(folder / "diffusion.nc", engine="h5netcdf") as data:
        totals = [data[f"total_{where}"].isel(service=0, month=12 * YEAR).to_numpy() for where in ("inside", "outside")]
    return np.stack(totals, axis=1)


def signed(value: float) -> str:
    return f"{'+' if value > 0 else '−' if value < 0 else ''}{abs(value):,.0f}"


def test_the_difference_is_taken_world_by_world(visit: Opener, pages: Path) -> None:
    page = visit("diffusion", f"#mode=difference&month={12 * YEAR + 7}&lang=en")
    assert page.text_content("#beside h2") == "The two plans at Dec 2031"  # the last year that has ended
    shown = {row[0]: row[1:] for row in rows(page)}
    users = worlds_of(pages)
    users = np.concatenate([users, users.sum(axis=1, keepdims=True)], axis=1)
    # Of 16 worlds in order the second, eighth and fifteenth.
    for name, (a, b) in zip(("Users inside", "Users outside", "Users in all"), users.transpose(1, 0, 2), strict=True):
        for text, worlds in zip(shown[name], (a, b), strict=False):
            low, middle, high = np.sort(worlds)[[1, 7, 14]]
            assert text == f"{middle:,} | {low:,}–{high:,}"
        low, middle, high = map(signed, np.sort(a - b)[[1, 7, 14]])
        assert shown[name][2] == f"{middle} | {low} to {high}"
    a, b = (spent / worlds / 1000 for spent, worlds in zip(SPENT_KRW, users[:, 2], strict=True))
    low, middle, high = map(signed, np.sort(a - b)[[1, 7, 14]])
    assert shown["Cost per user (KRW thousand)"][2] == f"{middle} | {low} to {high}"


def test_the_capital_of_the_two_differs_by_year(visit: Opener, pages: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(pages, tmp_path / "dearer")
    with xr.open_dataset(pages / "diffusion.nc", engine="h5netcdf") as data:
        hubs = [str(name) for name in data["scenario"].to_numpy()]
    plan = read_table(pages / "plan.parquet", "plan")
    # Whatever opens in the second hub costs three times as much.
    paid = [name for name in plan if name.endswith("_krw")]
    plan.loc[plan["district_id"] == hubs[1], paid] *= 3
    write_table(plan, folder / "plan.parquet", "plan")
    money = read_table(pages / "money.parquet", "money")
    money.loc[money["district_id"] == hubs[1], "krw"] *= 3
    write_table(money, folder / "money.parquet", "money")
    for command in ("facts", "diffusion"):
        assert CliRunner().invoke(room_app("maps"), [command, str(folder)], catch_exceptions=False).exit_code == 0
    page = visit("diffusion", "#mode=difference&lang=en", folder=folder)
    built = [plan[plan["district_id"] == hub].groupby(plan["date"].str[:4])["capex_krw"].sum() for hub in hubs]
    gaps = built[0].sub(built[1], fill_value=0)
    shown = dict(
        page.eval_on_selector_all(
            "#gaps tbody tr", "rows => rows.map(row => [...row.children].slice(0, 2).map(cell => cell.textContent))"
        )
    )
    figures = {year: float(text.replace("−", "-")) for year, text in shown.items()}
    assert {year: figures[year] for year in gaps.index} == pytest.approx(dict(gaps / 1e9), abs=0.0051)
    assert figures["Total"] == pytest.approx(gaps.sum() / 1e9, abs=0.0051)
    assert figures["2027"] < 0


@pytest.mark.parametrize(
    ("language", "lacking", "certain"),
    [
        ("ko", "자료 없음: 쇠퇴 여부를 판단할 자료 없음", "모든 모의에서 같으므로 범위가 없습니다"),
        ("en", "no data: no data to judge decline by", "the same in every world: it has no range"),
    ],
)
def test_coverage_has_words_and_no_range(visit: Opener, language: str, lacking: str, certain: str) -> None:
    page = visit("diffusion", f"#mode=swipe&month=60&lang={language}")
    *_, elderly, declining = rows(page)
    assert elderly[1:3] == ["25%", "25%"]
    assert re.fullmatch(r"0(%p| points)", elderly[3])
    assert [text.strip("\u2068\u2069") for text in declining[1:]] == [lacking]
    assert certain in page.text_content("#beside")


def test_one_plan_alone_has_no_difference_and_no_users_no_cost(visit: Opener) -> None:
    page = visit("diffusion", "#month=0&lang=en")
    assert not page.is_visible("#beside")
    page.select_option("#mode", "difference")
    page.wait_for_selector("#beside table")
    assert rows(page)[3][1:] == ["1,500 | 1,200–2,000"] * 2 + ["–"]
    assert "Where a world has no user" in page.text_content("#beside")
    page.select_option("#mode", "single")
    page.wait_for_selector("#beside", state="hidden")
    assert page.locator("#gaps").count() == 0
