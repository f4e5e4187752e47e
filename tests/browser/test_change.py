"""The plan changed on the page, saved by it as a workbook, and read again: those changes and nothing else."""

from __future__ import annotations

import base64
import json
import random
import zipfile
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe
from openpyxl import load_workbook
from playwright.sync_api import Page
from typer.testing import CliRunner

from geojeom.cli import room_app
from simulation.plans.payers import PAYERS
from simulation.workbook.book import Row, Workbook
from simulation.workbook.faults import WorkbookError
from tests.browser import planned
from tests.browser.waiting import until

pytestmark = pytest.mark.browser
Opener = Callable[..., Page]
PAYING = [f"{payer}_krw" for payer in PAYERS]
MONEY = ["capex_krw", "opex_krw_year", *PAYING]
PARTS = ("in_district", "diffusion")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A region with two plans of its own and its diffusion page."""
    made = planned.write(tmp_path_factory.mktemp("planned"))
    for command in ("facts", "diffusion"):
        assert CliRunner().invoke(room_app("maps"), [command, str(made)], catch_exceptions=False).exit_code == 0
    return made


def opened(visit: Opener, folder: Path, state: str = "#lang=ko") -> Page:
    page = visit("diffusion", state, folder=folder)
    page.get_by_role("button", name="계획 바꾸기").click()
    until(page, "document.getElementById('change')?.open === true")
    return page


def saved(page: Page, path: Path) -> Path:
    with page.expect_download() as download:
        page.click("#save-0")
    download.value.save_as(path)
    return path


def rows_of(book: Workbook) -> dict[str, Row]:
    return {row["opening_id"]: row for part in PARTS for row in book.rows(part)}


def parts_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def differing(before: Workbook, after: Workbook) -> dict[tuple[str, int, str], tuple[Any, Any]]:
    """Every cell that reads otherwise, by sheet, row and column."""
    assert {name: len(rows) for name, rows in before.sheets.items()} == {
        name: len(rows) for name, rows in after.sheets.items()
    }
    return {
        (name, row.number, column): (row[column], other[column])
        for name, rows in before.sheets.items()
        for row, other in zip(rows, after.sheets[name], strict=True)
        for column in row
        if row[column] != other[column]
    }


def test_three_changes_are_read_back_and_nothing_else(visit: Opener, folder: Path, tmp_path: Path) -> None:
    page = opened(visit, folder)
    page.select_option("[id='opens-0-health_kiosk-out-0-year']", "2031")
    page.select_option("[id='zone-0-smart_shelter-out-2']", label="강변동")
    page.fill("[id='units-0-shared_mobility-out-3']", "1")
    page.keyboard.press("Tab")
    assert "3" in str(page.text_content("#change [role=status]"))
    path = saved(page, tmp_path / "changed.xlsx")
    before, plan = planned.read(folder / "our.xlsx", folder)
    after, changed = planned.read(path, folder)
    rows = rows_of(before)
    kiosk, shelter, mobility = (
        ("diffusion", rows[name].number)
        for name in ("health_kiosk-out-0", "smart_shelter-out-2", "shared_mobility-out-3")
    )
    spent = next(r for r in before.rows("funding") if (r["item"], r["year"]) == ("공유 모빌리티", 2033))
    assert differing(before, after) == {
        (*kiosk, "opens"): ("2030-01", "2031-01"),
        (*shelter, "zone"): ("산수면", "강변동"),
        (*mobility, "units"): (2, 1),
        (*mobility, "capex_krw"): (300_000_000, 150_000_000),
        (*mobility, "opex_krw_year"): (30_000_000, 15_000_000),
        (*mobility, "local_krw"): (300_000_000, 150_000_000),
        ("funding", spent.number, "local_krw"): (300_000_000, 150_000_000),
    }
    # As openings: what was not changed stands where it stood.
    others = ~plan.openings["number"].isin(["health_kiosk-out-0", "smart_shelter-out-2", "shared_mobility-out-3"])
    same = ~changed.openings["number"].isin(["health_kiosk-out-0", "smart_shelter-out-2", "shared_mobility-out-3"])
    pd.testing.assert_frame_equal(
        plan.openings[others].reset_index(drop=True), changed.openings[same].reset_index(drop=True)
    )
    moved = changed.openings[changed.openings["number"] == "smart_shelter-out-2"]
    assert set(moved["zone_id"]) == {"99003"}
    assert set(changed.openings.loc[changed.openings["number"] == "health_kiosk-out-0", "month"]) == {48}


def test_lists_notes_styles_and_texts_stay(visit: Opener, folder: Path, tmp_path: Path) -> None:
    page = opened(visit, folder)
    page.select_option("[id='opens-0-health_kiosk-out-0-month']", "2")
    page.fill("[id='units-0-health_kiosk-out-0']", "5")
    page.keyboard.press("Tab")
    path = saved(page, tmp_path / "changed.xlsx")
    before, after = parts_of(folder / "our.xlsx"), parts_of(path)
    assert list(before) == list(after)
    sheets = load_workbook(folder / "our.xlsx").sheetnames
    changed = {name for name in before if before[name] != after[name]}
    # A formula in the sheet of space reads the cost: its value is left to be worked out.
    assert changed == {f"xl/worksheets/sheet{sheets.index(name) + 1}.xml" for name in ("지구외", "재원", "공간계획")}
    old, new = load_workbook(folder / "our.xlsx"), load_workbook(path)
    for name in sheets:
        for cells, others in zip(old[name].iter_rows(), new[name].iter_rows(), strict=True):
            for cell, other in zip(cells, others, strict=True):
                assert (cell.style_id, cell.has_style) == (other.style_id, other.has_style)
                assert getattr(cell.comment, "text", None) == getattr(other.comment, "text", None)
        rules, others_ = (book[name].data_validations.dataValidation for book in (old, new))
        assert [(rule.sqref, rule.formula1) for rule in rules] == [(rule.sqref, rule.formula1) for rule in others_]
    sheet = new["지구외"]
    assert sheet.cell(6, sheet.max_column).value == "직접 쓴 글 & <6>"
    # The day that stood for the month is kept.
    assert [cell.value.isoformat() for cell in sheet[6] if hasattr(cell.value, "isoformat")] == ["2030-02-28T00:00:00"]


def test_changes_taken_back_leave_the_file_as_it_was(visit: Opener, folder: Path, tmp_path: Path) -> None:
    page = opened(visit, folder)
    page.select_option("[id='opens-0-health_kiosk-in-0-year']", "2029")
    page.select_option("[id='zone-0-health_kiosk-out-1']", label="산수면")
    page.click("#undo-0")
    assert page.input_value("[id='zone-0-health_kiosk-out-1']") == "99001"
    page.get_by_role("button", name="health_kiosk-in-0: 되돌리기").click()
    assert page.input_value("[id='opens-0-health_kiosk-in-0-year']") == "2027"
    assert page.is_disabled("#reset-0")
    assert "plan=" not in page.url
    assert saved(page, tmp_path / "same.xlsx").read_bytes() == (folder / "our.xlsx").read_bytes()


def test_an_address_brings_changes_that_hold_and_no_others(visit: Opener, folder: Path) -> None:
    asked = {
        "our": {
            "health_kiosk-out-0": {"month": 40, "units": 0, "zone": "nowhere"},
            "health_kiosk-in-0": {"month": 9999, "zone": "99001", "units": 1.5},
            "smart_shelter-out-0": {"units": 7},  # its cost is a formula
            "none": {"units": 1},
        },
        "other": {"health_kiosk-out-0": {"month": 40}},
        "nobody's": 3,
    }
    page = opened(visit, folder, f"#lang=ko&plan={quote(json.dumps(asked))}")
    assert page.input_value("[id='opens-0-health_kiosk-out-0-month']") == "5"
    assert page.locator("#change td.changed").count() == 1
    assert page.evaluate("JSON.parse(G.state.plan)") == {"our": {"health_kiosk-out-0": {"month": 40}}}
    assert "1건" in str(page.text_content("#openings .strong"))
    broken = visit("diffusion", "#plan=%7B", folder=folder)
    assert broken.evaluate("G.state.plan") is None


def test_the_page_says_what_it_cannot_do(visit: Opener, folder: Path) -> None:
    page = opened(visit, folder)
    # A formula is named and has no field; the answer to a change is a run's.
    assert page.locator("[id='units-0-smart_shelter-out-0']").count() == 0
    assert "지구외!H10" in str(page.text_content("#change"))
    assert "geojeom run" not in str(page.text_content("#change"))
    page.select_option("[id='opens-0-health_kiosk-out-0-year']", "2031")
    assert "geojeom run" in str(page.text_content("#change"))
    page.keyboard.press("Escape")
    for scenario, said in (("1", ".xlsx"), ("2", "geojeom plan new")):
        page.select_option("#scenario", scenario)
        until(page, f"store.scenario === {scenario}")
        page.get_by_role("button", name="계획 바꾸기").click()
        until(page, f"document.getElementById('change').textContent.includes({said!r})")
        assert page.locator("#change input, #change .buttons").count() == 0
        page.keyboard.press("Escape")


@pytest.mark.parametrize("language", ["ko", "en"])
def test_axe_finds_nothing_serious_in_a_changed_plan(visit: Opener, folder: Path, language: str) -> None:
    asked = {"our": {"health_kiosk-out-0": {"month": 40, "units": 1, "zone": "99003"}}}
    page = visit(
        "diffusion", f"#lang={language}&mode=swipe&second=other&plan={quote(json.dumps(asked))}", folder=folder
    )
    page.get_by_role("button", name={"ko": "계획 바꾸기", "en": "Change the plan"}[language]).click()
    until(page, "document.getElementById('change')?.open === true")
    found = Axe().run(page).response["violations"]
    assert [v["id"] for v in found if v["impact"] in ("serious", "critical")] == []


def test_the_keyboard_alone_changes_and_takes_back(visit: Opener, folder: Path) -> None:
    page = opened(visit, folder)
    page.focus("[id='units-0-health_kiosk-in-0']")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    # The field is drawn anew with each change and keeps the keyboard.
    assert page.evaluate("document.activeElement.id") == "units-0-health_kiosk-in-0"
    assert page.evaluate("JSON.parse(G.state.plan)") == {"our": {"health_kiosk-in-0": {"units": 6}}}
    page.focus("#undo-0")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert page.input_value("[id='units-0-health_kiosk-in-0']") == "4"
    assert page.evaluate("document.getElementById('change').contains(document.activeElement)")


def test_what_a_formula_says_of_a_change_is_never_an_old_value(visit: Opener, folder: Path, tmp_path: Path) -> None:
    page = opened(visit, folder)
    assert "운영!E7" not in str(page.text_content("#change"))
    page.select_option("[id='opens-0-smart_shelter-out-0-month']", "3")
    assert "운영!E7" in str(page.text_content("#change .steps"))
    # Until a spreadsheet has worked it out the reader refuses that cell, and no other.
    with pytest.raises(WorkbookError) as caught:
        planned.read(saved(page, tmp_path / "changed.xlsx"), folder)
    assert [fault.place for fault in caught.value.faults] == ["운영!E7"]


def any_edit(random_: random.Random, row: dict[str, Any], zones: list[str]) -> dict[str, Any]:
    """A change of a row as the page allows it."""
    edit: dict[str, Any] = {}
    if row["number"] == "smart_shelter-out-0":
        return edit  # formulas stand in it and read it
    if random_.random() < 0.5:
        edit["month"] = random_.randint(0, row["last"])
    if row["part"] == "diffusion" and random_.random() < 0.5:
        edit["zone"] = random_.choice(zones)
    if random_.random() < 0.5:
        edit["units"] = random_.choice([1, 2, 3, 5, 7, 97])
    return edit


WORKBOOK = "G.readBlob('rows-0').then((bytes) => JSON.parse(new TextDecoder().decode(bytes)))"
SAVED = f"""async (cases) => {{
  const workbook = await {WORKBOOK};
  const book = G.openBook(await G.readBlob("book-0"));
  return cases.map((edits) => {{
    const bytes = G.bookWith(book, G.changesFor(book, workbook, edits, G.config.start));
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  }});
}}"""


def test_any_changes_are_read_back_to_the_won(visit: Opener, folder: Path, tmp_path: Path) -> None:
    """Whatever is changed at once, the plan holds and has these changes: money in proportion, its sums kept."""
    page = visit("diffusion", folder=folder)
    workbook = page.evaluate(WORKBOOK)
    zones = [zone["id"] for zone in workbook["zones"]]
    row_zone = {row["number"]: row["zone"] for row in workbook["rows"]}
    names = {zone["id"]: zone["written"] for zone in workbook["zones"]}
    random_ = random.Random(14)
    cases = [{row["number"]: any_edit(random_, row, zones) for row in workbook["rows"]} for _ in range(8)]
    before, _ = planned.read(folder / "our.xlsx", folder)
    for number, (edits, packed) in enumerate(zip(cases, page.evaluate(SAVED, cases), strict=True)):
        (path := tmp_path / f"{number}.xlsx").write_bytes(base64.b64decode(packed))
        # The reader holds the spending against the costs, the payers against each cost.
        after, _ = planned.read(path, folder)
        rows, changed = rows_of(before), rows_of(after)
        for name, row in rows.items():
            edit, other = edits[name], changed[name]
            month = edit.get("month")
            expected = row["opens"] if month is None else str(pd.Period("2027-01", freq="M") + month)
            assert other["opens"] == expected
            assert other["zone"] == names.get(edit.get("zone"), row["zone"])
            moved = edit.get("zone", row_zone[name]) != row_zone[name]
            assert other["site"] == ("auto" if moved else row["site"])
            assert other["units"] == edit.get("units", row["units"])
            for column in MONEY:
                exact = Fraction(other["units"], row["units"]) * (row[column] or 0)
                assert abs((other[column] or 0) - exact) < 1
        left = {cell for cell in differing(before, after) if cell[0] not in PARTS and cell[0] != "funding"}
        assert left == set()
        assert {column for sheet, _, column in differing(before, after) if sheet == "funding"} <= set(PAYING)
