"""Workbooks with one slip each: the fault is told at its cell, by what it is, and nothing else is."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils.cell import coordinate_to_tuple
from shapely import box

from geojeom.models import Text
from simulation.workbook.city import City
from simulation.workbook.grids import Grid
from simulation.workbook.running import budget_of, running_by_year
from spatial.config.catalogue import Programme
from tests.simulation.conftest import RESOLVED
from tests.simulation.workbook.toy import FAR_PARCEL, PARCEL, checked, land, told, toy_city
from tests.tables import table

Edit = Callable[[Workbook], None]


class Slip(NamedTuple):
    """A cell that is written over, and where which fault is told: at that cell, unless ``at`` names another.

    ``more`` are the other cells that do not hold for it: what named a number that is gone, money paid twice.
    """

    cell: str
    value: Any
    code: str
    at: str = ""
    more: tuple[tuple[str, str], ...] = ()


def edited(good: Path, out: Path, *slips: tuple[str, Any]) -> Path:
    """A copy of a workbook with other values in some cells."""
    book = load_workbook(good)
    for place, value in slips:
        sheet, at = place.split("!")
        book[sheet][at].value = value
    book.save(out)
    return out


def with_cell(grid: Grid, at: str, value: Any) -> Grid:
    """A sheet with another value in one cell, as its file would give it."""
    row, column = coordinate_to_tuple(at)
    cells = {place: held for place, held in grid.cells.items() if place != (row, column)}
    return replace(grid, cells=cells if value is None or not str(value).strip() else cells | {(row, column): value})


CEREMONY = ("일정!C17", "workbook.milestone_late")
# The good plan (toy.good_plan): 지구내 rows 6-7, 지구외 6-7, 재원 6-9, 운영 6-7, 일정 6-17, the others from row 6 on.
SLIPS = [
    # Months and days that are none, or another program's.
    Slip("지구내!F6", "봄", "workbook.no_month"),
    Slip("지구내!F6", "2027년 3월", "workbook.no_month.meant"),
    Slip("지구내!F6", "'26.3월", "workbook.no_month.meant"),
    Slip("지구내!F6", 2027.3, "workbook.no_month.meant"),
    Slip("지구내!F6", 46461, "workbook.no_month.meant"),
    Slip("지구내!F6", "2027-13", "workbook.no_month"),
    Slip("지구내!F6", "2027-3", "workbook.no_month.meant"),
    Slip("지구내!F6", "2026-12", "workbook.before_start"),
    Slip("지구내!F6", "2037-01", "workbook.after_end"),
    Slip("지구내!F6", dt.datetime(1899, 12, 31), "workbook.no_month"),
    Slip("지구내!F6", None, "workbook.cell_missing"),
    Slip("지구외!G7", "2028-02", "workbook.closes_early"),
    Slip("성과지표!E6", "2026.3.1", "workbook.no_date.meant"),
    Slip("성과지표!E6", 46082, "workbook.no_date.meant"),
    Slip("성과지표!E6", "2026-02-30", "workbook.no_date"),
    Slip("재원!C6", "2027년", "workbook.no_year"),
    Slip("재원!C6", 27, "workbook.no_year"),
    # Numbers and money.
    Slip("지구내!E6", -1, "workbook.no_whole"),
    Slip("지구내!E6", 1.5, "workbook.no_whole"),
    Slip("지구내!E6", "한 곳", "workbook.no_whole"),
    Slip("지구내!E6", 0, "workbook.out_of_range"),
    Slip("지구내!E6", True, "workbook.no_whole"),
    Slip("지구내!E6", "9" * 5000, "workbook.no_whole"),
    Slip("지구내!H6", "2억", "workbook.no_money"),
    Slip("지구내!H6", -20_000_000, "workbook.negative_money"),
    Slip("지구내!H6", 20_000_000.5, "workbook.no_whole_won"),
    Slip("지구내!H6", "NaN", "workbook.no_money"),
    Slip("지구내!H6", "#REF!", "workbook.error_value"),
    Slip("지구내!H6", 21_000_000, "workbook.payers"),
    Slip("지구내!I6", 20_000_000_000, "workbook.opex"),
    Slip("개요!B13", "만원", "workbook.no_choice"),
    Slip("개요!B14", "반반", "workbook.no_choice"),
    Slip("개요!B16", 50, "workbook.no_share"),
    Slip("공간계획!D6", "넓음", "workbook.no_number"),
    # Texts.
    Slip("지구내!T6", "가" * 5001, "workbook.long_text"),
    Slip("추진체계!C6", " \n ", "workbook.cell_missing"),
    # Places.
    Slip("지구내!D6", "c9_99", "workbook.no_site"),
    Slip("지구내!D6", "c0_02", "workbook.not_inside"),
    Slip("지구내!D6", "126.9, 37.5", "workbook.site_outside"),
    Slip("지구내!D6", "38.0005, 127.5005", "workbook.site_swapped"),
    Slip("지구내!D6", "경로당", "workbook.site_several"),
    Slip("지구내!D6", "나래도서관", "workbook.site_several"),
    Slip("지구내!D6", "먼 병원", "workbook.site_outside"),
    Slip("지구외!D6", "c1_01", "workbook.inside", more=(("지구외!C6", "workbook.other_zone"),)),
    Slip("지구내!C6", "역삼1동", "workbook.no_zone"),
    Slip("지구내!C6", "11680640", "workbook.no_zone"),
    Slip("지구내!C6", "다솜동", "workbook.several"),
    Slip("지구내!C6", "나래동", "workbook.other_zone"),
    Slip("개요!B10", "남부", "workbook.no_hub"),
    Slip("개요!B10", "나래동", "workbook.hub_zone"),
    # Services.
    Slip("지구내!B7", "무인 경전철", "workbook.no_service"),
    Slip("서비스!P6", "통신망, 없는 것", "workbook.no_service"),
    Slip("서비스!P6", "쉼터", "workbook.circle"),
    Slip("서비스!K6", "거인", "workbook.no_group"),
    Slip("서비스!G6", 5, "workbook.service_range"),
    Slip("서비스!M6", 3, "workbook.service_range"),
    Slip("추진체계!A6", "경전철", "workbook.no_service"),
    # What other sheets name.
    Slip("재원!B6", "9", "workbook.no_item"),
    Slip("민간제안!H6", "2, 9", "workbook.no_item"),
    Slip("도시문제!K6", "K-9", "workbook.no_indicator"),
    # Money that does not add up.
    Slip("재원!D7", "공사비", "workbook.no_choice"),
    Slip("재원!G7", 11_000_000, "workbook.spending", "재원!B7"),
    Slip("재원!B7", None, "workbook.spending_of_nothing"),
    Slip("재원!B7", "통신망", "workbook.spending", more=(("재원!B7", "workbook.spent_twice"),)),
    Slip("산출내역!D6", 2, "workbook.estimate", "산출내역!A6"),
    Slip("민간제안!C6", 4_000_000, "workbook.proposal_money"),
    Slip("민간제안!H6", None, "workbook.not_reflected"),
    # 갑 is the one firm that has a proposal.
    Slip("지구내!S6", "을", "workbook.proposer"),
    Slip("지구외!S7", "시; 갑, 을", "workbook.proposer"),
    # Twice.
    Slip("지구내!A7", "1", "workbook.key_twice", more=(("민간제안!H6", "workbook.no_item"),)),
    Slip(
        *("지구외!A6", "1", "workbook.key_twice"),
        more=(("재원!B7", "workbook.no_item"), ("산출내역!A6", "workbook.no_item")),
    ),
    Slip("도시문제!A7", "P-1", "workbook.key_twice"),
    Slip("일정!A7", "설명회", "workbook.step_twice", more=(("일정", "workbook.step_missing"),)),
    # Steps.
    Slip("일정!C14", "2026-08", "workbook.step_order"),
    Slip("일정!C16", "2028-10", "workbook.smart_city_plan"),
    Slip("일정!C16", "2026-08", "workbook.smart_city_plan"),
    Slip("일정!D16", "2028-10", "workbook.smart_city_plan"),
    # The opening ceremony, a milestone of the plan's own, is in June 2027 as the last opening inside.
    *(Slip(at, "2027-05", "workbook.after_completion", more=(CEREMONY,)) for at in ("일정!C15", "일정!D15")),
    # A call planned for February 2026 after a briefing that was held in March; a step that was done too early.
    Slip("일정!D6", "2026-03", "workbook.step_order", "일정!C7"),
    Slip("일정!D14", "2026-09", "workbook.step_order"),
    *(Slip(f"일정!{column}17", "2025-12", "workbook.milestone_early") for column in "CD"),
    *(Slip(f"일정!{column}17", "2030-01", "workbook.milestone_late") for column in "CD"),
    # Three years: December 2029 is in month 36 from groundbreaking; from the agreement January 2030 is beyond them too.
    Slip("일정!C15", "2030-01", "workbook.completion_late"),
    Slip("일정!D15", "2030-01", "workbook.completion_late"),
    # Of a step whose month cannot be read nothing is said but that.
    Slip("일정!D14", "봄", "workbook.no_month"),
    Slip("일정!B17", None, "workbook.step_unnamed"),
    Slip("일정!C9", None, "workbook.step_missing"),
    Slip("추진체계!E6", "아니오", "workbook.not_responsible", "추진체계"),
    # Running cost: the network costs 3 million won a year to run, the shelters 2.4, of which 0.4 come in.
    Slip("운영!B6", 2, "workbook.running_late"),
    Slip("운영!E6", 2_900_000, "workbook.running_cost", "운영!A6"),
    Slip("운영!K7", 500_000, "workbook.running_cost", "운영!A7"),
    Slip("운영!A6", "1", "workbook.running_cost", more=(("운영", "workbook.not_run"),)),
    # Money of a year: the city pays 17 million in 2027, when what opens costs 2.1 million to run.
    Slip("중기재정·투자심사!F6", 2_100_000, "workbook.running_budget"),
    Slip("중기재정·투자심사!E6", 16_999_999, "workbook.burden"),
    Slip(
        *("재원!A6", "확약", "workbook.commitment", "재원!G6"),
        more=(("재원!J6", "workbook.commitment"), ("재원", "workbook.not_committed")),
    ),
    # Land of the hub: 40 000 m2, of which 30 000 can be built on and half is public; at most 60 % and 250 % of a plot.
    Slip("공간계획!D6", 41_000, "workbook.land"),
    Slip("공간계획!D6", 31_000, "workbook.land_developable", more=(("공간계획!D6", "workbook.land_public"),)),
    Slip("공간계획!D6", 21_000, "workbook.land_public"),
    Slip("공간계획!E6", 2_501, "workbook.floor_area_max_pct"),
    Slip("공간계획!F6", 601, "workbook.coverage_max_pct"),
    Slip("공간계획!F6", 1_001, "workbook.footprint"),
    Slip("공간계획!G6", "UQA999", "workbook.no_land_use"),
    Slip(
        *("공간계획!G6", "자연녹지지역", "workbook.land_use_elsewhere"),
        more=(("공간계획!E6", "workbook.floor_area_max_pct"),),
    ),
    Slip("공간계획!B6", "9" * 19, "workbook.no_parcel"),
    Slip(
        *("공간계획!B6", FAR_PARCEL, "workbook.parcel_outside"),
        more=(("공간계획!E6", "workbook.floor_area_max_pct"),),
    ),
    Slip("공간계획!B6", PARCEL, "workbook.parcel_area", "공간계획!D6"),
    # Problems and indicators.
    Slip(
        *("도시문제!J6", None, "workbook.problem_unanswered"),
        more=(("도시문제", "workbook.service_without_problem"),),
    ),
    Slip("도시문제!K6", None, "workbook.problem_unmeasured"),
    Slip("도시문제!D6", "c9_99", "workbook.no_site"),
    Slip(
        *("성과지표!L6", None, "workbook.indicator_of_no_service"),
        more=(("성과지표", "workbook.service_unmeasured"),),
    ),
    Slip(
        *("성과지표!L6", "주민 앱", "workbook.indicator_unopened"),
        more=(("성과지표", "workbook.service_unmeasured"),),
    ),
    # The overview.
    Slip("개요!B4", "0", "workbook.version"),
    Slip("개요!B5", "seoul", "workbook.other_region"),
    Slip("개요!B7", "000000000000", "workbook.other_fingerprint"),
    Slip("개요!B8", None, "workbook.field_missing"),
    Slip("개요!B11", "2031", "workbook.no_round"),
    Slip("개요!B11", 2021.0, "workbook.other_round"),
    Slip("개요!B12", "2027-02", "workbook.other_start"),
    Slip("개요!A8", "지역", "workbook.field_twice", more=(("개요", "workbook.field_missing"),)),
    # Headers and rows.
    Slip("지구내!H4", "사업바", "workbook.header_near"),
    Slip("지구내!U4", "내부 메모", "workbook.header_unknown"),
    Slip("지구내!U4", "수량", "workbook.header_twice"),
    Slip("지구내!H4", "사업비(억원)", "workbook.header_unit"),
    Slip("지구내!A8", "다음 주에 더 적음", "workbook.lone_cell"),
    Slip("지구내!A8", "합계", "workbook.total_row"),
    Slip("지구내!A9", "※ 부가세 포함", "workbook.note_row"),
]


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: f"{slip.cell}={str(slip.value)[:20]}:{slip.code}")
def test_a_slip_is_told_at_its_cell(slip: Slip, good_grids: list[Grid], city: City) -> None:
    sheet, at = slip.cell.split("!")
    _, faults = checked([with_cell(grid, at, slip.value) if grid.name == sheet else grid for grid in good_grids], city)
    assert told(faults) == {(slip.at or slip.cell, slip.code), *slip.more}


def test_there_are_at_least_sixty_slips() -> None:
    assert len(SLIPS) >= 60


SHEET, OPENING = "지구내", "지구외"


def _merged(book: Workbook) -> None:
    book[SHEET].merge_cells("B6:C6")


def _merged_down(book: Workbook) -> None:
    book[SHEET].merge_cells("C6:C7")


def _hidden(book: Workbook) -> None:
    book[SHEET].row_dimensions[7].hidden = True


def _hidden_column(book: Workbook) -> None:
    book[SHEET].column_dimensions["H"].hidden = True


def _hidden_notes(book: Workbook) -> None:
    book[SHEET].column_dimensions["G"].hidden = book[SHEET].column_dimensions["Y"].hidden = True


def _hidden_sheet(book: Workbook) -> None:
    book["재원"].sheet_state = "hidden"


def _korean_id(book: Workbook) -> None:
    page = book["서비스"]
    for letter, value in {
        "A": "놀이터",
        "B": "놀이터",
        "D": "행정",
        "F": "곳",
        "G": 50_000_000,
        "I": "도시 전체",
    }.items():
        page[f"{letter}7"].value = value
    book[SHEET]["B6"].value = "놀이터"
    book["민간제안"]["H6"].value = "놀이터"


def _formula(book: Workbook) -> None:
    book[SHEET]["H6"].value = "=G6*2"


def _no_sheet(book: Workbook) -> None:
    del book["추진체계"]


def _no_openings_sheet(book: Workbook) -> None:
    del book[SHEET]


def _twice(book: Workbook) -> None:
    book.copy_worksheet(book[SHEET]).title = "지구내 (2)"


def _strange_sheet(book: Workbook) -> None:
    book.create_sheet("회의록")["A1"].value = "3월 회의"


def _no_header(book: Workbook) -> None:
    book[OPENING].delete_rows(4)


def _header_gone(book: Workbook) -> None:
    book[OPENING]["E4"].value = None


def _unit_above(book: Workbook) -> None:
    book["재원"]["H2"].value = "(단위: 백만원)"


def _prerequisite(book: Workbook) -> None:
    book[OPENING].delete_rows(6)


def _nothing_opens(book: Workbook) -> None:
    for name in (SHEET, OPENING):
        book[name].delete_rows(6, 2)


# What is no slip of one cell: what is done, and all that is told.
SHAPES: list[tuple[Edit, set[tuple[str, str]]]] = [
    (_merged, {("지구내!B6", "workbook.merged")}),
    (_merged_down, {("지구내!C6", "workbook.merged")}),
    (_hidden, {("지구내!A7", "workbook.hidden_row")}),
    (_hidden_column, {("지구내!H6", "workbook.hidden_column")}),
    # Nothing is read of what is blank.
    (_hidden_notes, set()),
    (_hidden_sheet, {("재원!A6", "workbook.hidden_sheet")}),
    (_korean_id, {("서비스!A7", "workbook.service_id")}),
    (_formula, {("지구내!H6", "workbook.no_value")}),
    (_no_sheet, {("추진체계", "workbook.sheet_missing"), ("추진체계", "workbook.not_responsible")}),
    (_twice, {("지구내 (2)", "workbook.sheet_twice")}),
    (_strange_sheet, {("회의록", "workbook.sheet_unknown")}),
    (_header_gone, {("지구외", "workbook.header_missing")}),
    (_unit_above, {("재원!H2", "workbook.header_unit")}),
]


@pytest.mark.parametrize(("edit", "expected"), SHAPES, ids=[edit.__name__[1:] for edit, _ in SHAPES])
def test_a_sheet_of_another_shape_is_told(
    edit: Edit, expected: set[tuple[str, str]], good: Path, city: City, tmp_path: Path
) -> None:
    book = load_workbook(good)
    edit(book)
    book.save(tmp_path / "plan.xlsx")
    _, faults = checked(tmp_path / "plan.xlsx", city)
    assert told(faults) == expected


@pytest.mark.parametrize(
    ("edit", "place", "code"),
    [
        (_no_openings_sheet, "지구내", "workbook.sheet_missing"),
        (_no_header, "지구외", "workbook.no_header"),
        (_prerequisite, "지구외!B6", "workbook.prerequisite"),
        (_nothing_opens, "지구내", "workbook.no_openings"),
    ],
)
def test_what_takes_openings_away_is_told_where_it_was_done(
    edit: Edit, place: str, code: str, good: Path, city: City, tmp_path: Path
) -> None:
    book = load_workbook(good)
    edit(book)
    book.save(tmp_path / "plan.xlsx")
    plan, faults = checked(tmp_path / "plan.xlsx", city)
    assert plan is None
    assert (place, code) in told(faults)


def test_a_plan_in_another_unit_than_it_states_says_so_at_each_cost(good: Path, city: City, tmp_path: Path) -> None:
    path = edited(good, tmp_path / "plan.xlsx", ("개요!B13", "억원"))
    _, faults = checked(path, city)
    costs = {("지구내!H6", "workbook.much_money"), ("지구외!H7", "workbook.much_money")}
    assert costs <= told(faults)
    # 20, meant for 20 million won in a plan of won.
    path = edited(good, tmp_path / "short.xlsx", ("지구내!H6", 20), ("지구내!J6", 8), ("지구내!L6", 12))
    _, faults = checked(path, city)
    said = {fault.place: fault.remark for fault in faults if fault.remark is not None}
    assert said["지구내!H6"].code == "workbook.price.meant"
    assert "백만원" in said["지구내!H6"].ko


def test_all_slips_at_once_are_all_told(good: Path, city: City, tmp_path: Path) -> None:
    cells = {
        "개요!B10": ("남부", "workbook.no_hub"),
        "지구내!F6": ("'26.3월", "workbook.no_month.meant"),
        "지구내!H7": ("8백만", "workbook.no_money"),
        "지구내!D7": ("없는 곳", "workbook.no_site"),
        "지구외!C6": ("역삼1동", "workbook.no_zone"),
        "재원!C9": ("내년", "workbook.no_year"),
        "추진체계!B6": ("외계인", "workbook.no_choice"),
        "일정!C14": ("2026-08", "workbook.step_order"),
        "산출내역!E6": ("비쌈", "workbook.no_money"),
        "민간제안!H6": ("9", "workbook.no_item"),
    }
    path = edited(good, tmp_path / "plan.xlsx", *((cell, value) for cell, (value, _) in cells.items()))
    _, faults = checked(path, city)
    assert {(cell, code) for cell, (_, code) in cells.items()} <= told(faults)


def test_a_copy_of_the_good_plan_has_no_fault(good: Path, city: City, tmp_path: Path) -> None:
    plan, faults = checked(Path(shutil.copy(good, tmp_path / "plan.xlsx")), city)
    assert not faults
    assert plan is not None


@pytest.mark.parametrize(
    ("proposer", "state", "known"),
    [
        *(
            (name, "협약(MOU)", True)
            for name in ("갑", "(주)갑", "시", "City", "가람시", "지자체", "residents", "갑, 시")
        ),
        # The applicant, the department of a service, and the region by its name.
        *((name, "협약(MOU)", True) for name in ("가람광역시", "교통과", "나루")),
        ("갑", "미채택", False),
        ("병", "협약(MOU)", False),
    ],
)
def test_a_firm_that_proposes_an_opening_has_a_proposal(
    proposer: str, state: str, known: bool, good_grids: list[Grid]
) -> None:
    cells = {"지구내!S6": proposer, "민간제안!E6": state, "개요!B9": "가람광역시", "서비스!U6": "교통과"}
    grids = good_grids
    for place, value in cells.items():
        sheet, at = place.split("!")
        grids = [with_cell(grid, at, value) if grid.name == sheet else grid for grid in grids]
    _, faults = checked(grids, toy_city(name=Text(ko="나루", en="Naru")), "en")
    assert told(faults) == (set() if known else {("지구내!S6", "workbook.proposer")})
    assert not any(fault.binding for fault in faults)
    assert all(f"no proposal of '{proposer}'" in fault.remark.en for fault in faults if fault.remark is not None)


def test_a_rule_of_the_schedule_is_told_with_its_source(good_grids: list[Grid]) -> None:
    """The years by the round that the plan names, else the region's, and from the step that it counts from."""
    release = "press release of the Ministry of Land, Infrastructure and Transport of 2021-11-08"

    def said(city: City, **cells: str) -> dict[str, str]:
        grids = good_grids
        for at, value in cells.items():
            sheet = "개요" if at == "B11" else "일정"
            grids = [with_cell(grid, at, value) if grid.name == sheet else grid for grid in grids]
        _, faults = checked(grids, city, "en")
        return {fault.place: fault.remark.en for fault in faults if fault.remark is not None}

    region = toy_city()
    for at, value in {"C14": "2026-08", "C16": "2028-10", "D15": "2027-05", "C17": "2030-01"}.items():
        assert release in said(region, **{at: value})[f"일정!{at}"]
    assert "beyond the 3 years of the round test (t)" in said(region, C15="2030-01")["일정!C15"]
    told = said(region, C15="2030-01", B11="2021")["일정!C15"]
    assert "the round 2021 (Press release of the Ministry of Land, Infrastructure and Transport, 2021-11-08)" in told
    # December 2029 is in month 44 from the agreement of May 2026.
    rules = RESOLVED["programme"]
    counted = toy_city(programme=Programme.model_validate({**rules, "years_from": "agreement"}))
    assert "lies in month 44 from 'agreement', beyond the 3 years" in said(counted)["일정!C15"]
    assert not said(toy_city(programme=Programme.model_validate({**rules, "years_from": "groundbreaking"})))
    assert not said(toy_city(programme=Programme.model_validate({**rules, "years_from": "agreement", "years": 4})))


def test_a_round_is_one_there_is(good_grids: list[Grid]) -> None:
    """Also where the region is held against none; an unknown one is told with those there are."""

    def said(name: str | None) -> dict[str, bool]:
        grids = [with_cell(grid, "B11", name) if grid.name == "개요" else grid for grid in good_grids]
        _, faults = checked(grids, toy_city(programme=None), "en")
        assert all(fault.place == "개요!B11" for fault in faults)
        return {fault.remark.en: fault.binding for fault in faults if fault.remark is not None}

    assert said("2024") == {"the plan names the round 2024, but the region is held against none.": False}
    assert said("test") == {"expected a round, found 'test'. Choose one of these: 2021, 2023, 2024.": True}
    assert said(None) == {}


def test_a_region_without_records_of_land_says_so_once(good: Path, tmp_path: Path) -> None:
    hub = table("districts", geometry=[box(0, 0, 200, 200)], district_id=["west"])
    known = land(hub)
    bare = replace(known, zoning=known.zoning[:0], parcels=known.parcels[:0], developable_m2=None)
    _, faults = checked(good, toy_city(land=lambda _: bare))
    assert told(faults) == {("공간계획", "workbook.no_land")}
    remark = faults[0].remark
    assert remark is not None
    assert remark.values["layers"] == ["zoning", "developable_m2", "public_land_share"]
    # What the region does not know, a plan may say: 2 000 m2 of floor on 1 000 m2 of green land are too much anywhere.
    path = edited(good, tmp_path / "plan.xlsx", ("공간계획!G6", "UQA430"))
    _, faults = checked(path, toy_city(land=lambda _: bare))
    assert ("공간계획!E6", "workbook.floor_area_max_pct") in told(faults)


def test_running_cost_counts_the_months_that_openings_run(good: Path, city: City) -> None:
    plan, _ = checked(good, city)
    assert plan is not None
    # 2 million a year from March 2027, 0.8 from June; 1 from 2028 on, and 1.6 from February 2028 to November 2030.
    running = running_by_year(plan.openings, "2027-01", 60)
    full, later = 3_800_000, 1_600_000 * 11 // 12 + 1
    assert running == {2027: 2_133_333, 2028: full + later, 2029: full + 1_600_000, 2030: full + later, 2031: full}
    assert budget_of([{"year": 2028, "budget_krw": 7}, {"year": 2029, "budget_krw": None}], 2028, 5) == 7
    assert budget_of([{"year": 2029, "budget_krw": None}], 2029, 5) == 5
