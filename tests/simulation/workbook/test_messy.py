"""Workbooks as teams keep them: what can be read in one way only is read, and the plan is the same."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import Workbook, load_workbook

from simulation.workbook.city import City
from simulation.workbook.plan import Plan
from tests.simulation.workbook.toy import checked, told

Edit = Callable[[Workbook], None]
FIRST = "지구내"


def _blanks(book: Workbook) -> None:
    page = book[FIRST]
    page["A6"].value, page["B6"].value, page["C6"].value = " 1 ", "  통신망\u200b ", "가람동\xa0"
    page["D6"].value, page["F6"].value = " c0_00 ", "2027-03 "


def _full_width(book: Workbook) -> None:
    page = book[FIRST]
    page["E6"].value, page["F6"].value = "１", "２０２７－０３"
    page["H6"].value, page["D6"].value = "２０，０００，０００", "１２７．５００５，３８．０００５"


def _numbers_as_text(book: Workbook) -> None:
    page = book[FIRST]
    page["H6"].value, page["I6"].value, page["J6"].value = "20,000,000", "2000000", "8,000,000.0"


def _number_as_id(book: Workbook) -> None:
    book[FIRST]["A6"].value, book["재원"]["B6"].value = 1, 1.0


def _broken_headers(book: Workbook) -> None:
    page = book[FIRST]
    page["H4"].value, page["I4"].value, page["F4"].value = "사업비\n(원)", "연 운영비\n[원]", " 개시\n월 "


def _dates_for_months(book: Workbook) -> None:
    book[FIRST]["F6"].value, book[FIRST]["F7"].value = dt.datetime(2027, 3, 1), dt.date(2027, 6, 30)


def _reordered(book: Workbook) -> None:
    book[FIRST].move_range("D4:D7", cols=20)
    book[FIRST].move_range("A4:A7", cols=22)


def _own_column_in_front(book: Workbook) -> None:
    page = book["추진체계"]
    page.insert_cols(1)
    page["A4"].value, page["A6"].value = "연번", 1


def _renamed(book: Workbook) -> None:
    names = {"지구내": "3. 지구내", "지구외": "04_지구외", "재원": "⑤ 재원", "운영": "VI. 운영", "개요": "개요(최종)"}
    for name, other in names.items():
        book[name].title = other


def _formula_of_floats(book: Workbook) -> None:
    # What a spreadsheet stores for 1.1 * 3 and shows as 3.3.
    book["산출내역"]["D6"].value, book["산출내역"]["E6"].value = 0.1 + 0.2, 10_000_000
    row = ["3", "접속함", "개", 0.7, 10_000_000]
    for column, value in enumerate(row, 1):
        book["산출내역"].cell(7, column).value = value


def _overview_moved(book: Workbook) -> None:
    book["개요"].insert_cols(1)


def _zeros_below(book: Workbook) -> None:
    for letter in "HIJL":
        book[FIRST][f"{letter}8"].value = 0


def _group_header(book: Workbook) -> None:
    book[FIRST]["J3"].value = "재원별"
    book[FIRST].merge_cells("J3:Q3")


def _own_merge(book: Workbook) -> None:
    book[FIRST].merge_cells("V6:W7")


def _swapped_sheets(book: Workbook) -> None:
    book.move_sheet("지구외", -2)


def _english_words(book: Workbook) -> None:
    page = book[FIRST]
    page["B6"].value, page["B7"].value, page["C6"].value = "network", "Shelter", "A"
    book["재원"]["A6"].value = "Spending"


@pytest.mark.parametrize(
    "edit",
    [
        *(_blanks, _full_width, _numbers_as_text, _number_as_id, _broken_headers, _dates_for_months, _reordered),
        *(_renamed, _formula_of_floats, _overview_moved, _zeros_below, _group_header, _own_merge, _swapped_sheets),
        _english_words,
    ],
    ids=lambda edit: edit.__name__[1:],
)
def test_the_same_plan_is_read(edit: Edit, good: Path, good_read: Plan, city: City, tmp_path: Path) -> None:
    book = load_workbook(good)
    edit(book)
    book.save(tmp_path / "plan.xlsx")
    plan, faults = checked(tmp_path / "plan.xlsx", city)
    assert told(faults) == set()
    assert plan is not None
    pd.testing.assert_frame_equal(plan.openings, good_read.openings)
    assert plan.hub == good_read.hub


def test_an_own_column_is_noted_and_left_alone(good: Path, city: City, tmp_path: Path) -> None:
    book = load_workbook(good)
    _own_column_in_front(book)
    book.save(tmp_path / "plan.xlsx")
    plan, faults = checked(tmp_path / "plan.xlsx", city)
    assert plan is not None
    assert told(faults) == {("추진체계!A4", "workbook.header_unknown")}


def test_totals_and_notes_below_the_table_are_noted_and_left_out(good: Path, city: City, tmp_path: Path) -> None:
    book = load_workbook(good)
    page = book[FIRST]
    page["A8"].value, page["H8"].value = "합 계", 28_000_000
    page["A10"].value = "* 부가세 포함"
    book["재원"]["A10"].value, book["재원"]["G10"].value = "합계", 1
    book.save(tmp_path / "plan.xlsx")
    plan, faults = checked(tmp_path / "plan.xlsx", city)
    assert told(faults) == {
        ("지구내!A8", "workbook.total_row"),
        ("지구내!A10", "workbook.note_row"),
        ("재원!A10", "workbook.total_row"),
    }
    assert plan is not None
    assert int(plan.openings["capex_krw"].sum()) == 54_000_000


@pytest.mark.parametrize("written", ["elderly", "65세 이상", "65세이상"])
def test_a_group_is_found_by_id_or_name(written: str, good: Path, city: City, tmp_path: Path) -> None:
    book = load_workbook(good)
    book["서비스"]["K6"].value = written
    book.save(tmp_path / "plan.xlsx")
    plan, faults = checked(tmp_path / "plan.xlsx", city)
    assert plan is not None, told(faults)
    shelter = next(service for service in plan.services.services if service.id == "shelter")
    assert shelter.adoption is not None
    assert shelter.adoption.group == "elderly"
