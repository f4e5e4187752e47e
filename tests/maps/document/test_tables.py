"""Each of the 25 tables that a plan is expected to hold: read from a sheet, checked at a cell, printed in the document.

The tables are those of the Smart City Act and its Decree, of the programme's press release of 2021-11-08, and of what
cities hand in; docs/workbook.md lists the same.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import pytest

from simulation.workbook.city import City
from simulation.workbook.drafting import form_of
from simulation.workbook.grids import Grid, read_grids
from simulation.workbook.layout import layout
from simulation.workbook.writing import write_book
from tests.maps.document.small import document, simulated
from tests.maps.document.test_building import table_of
from tests.simulation.workbook.test_faults import with_cell
from tests.simulation.workbook.toy import checked, good_plan, told, toy_city

MARK = "표에 적은 글"


class Expected(NamedTuple):
    """A table: the sheet it is read from, the cells of a slip and what is told where, and the table it is printed as.

    ``slip`` are cells of the sheet, ``fault`` the cell that is told and the code; ``row`` is written into the sheet of
    the plan that is printed, and ``mark`` must stand in the document's table.
    """

    topic: str
    sheet: str
    slip: dict[str, Any]
    fault: tuple[str, str]
    printed: str
    mark: str = MARK
    row: dict[str, Any] | None = None


TABLES = [
    Expected(
        "Project overview", "overview", {"B10": "남부"}, ("B10", "no_hub"), "overview", "작은시 거점 계획 <안> & 검토"
    ),
    Expected(
        *("Situation and problems", "problems", {"K6": "K-9"}, ("K6", "no_indicator"), "problems"),
        row={"problem_id": "P-9", "problem": MARK},
    ),
    Expected("Choice of the district", "overview", {"B10": "나래동"}, ("B10", "hub_zone"), "candidates", "역앞"),
    Expected("Goals and strategy", "services", {"E6": "기둥"}, ("E6", "no_choice"), "goals", "머무는 거리"),
    Expected(
        "Services and their sheets", "services", {"P6": "없는 것"}, ("P6", "no_service"), "services", "스마트 쉼터"
    ),
    Expected(
        *("Facilities, site map, permits", "permits", {"A6": "관제센터", "D6": "봄"}, ("D6", "no_month"), "permits"),
        row={"facility": MARK},
    ),
    Expected("Schedule", "schedule", {"C14": "2026-08"}, ("C14", "step_order"), "schedule", "개통"),
    Expected("Investment by year", "funding", {"C6": 27}, ("C6", "no_year"), "investment", "데이터허브"),
    Expected("Funding", "funding", {"G7": 11_000_000}, ("B7", "spending"), "funding", "2027"),
    Expected(
        *("Cost estimate", "estimate", {"D6": 2}, ("A6", "estimate"), "estimate"),
        row={"item": "A-1", "specification": MARK, "quantity": 1, "price_krw": 1_500_000_000},
    ),
    Expected(
        *("Operation", "operation", {"B6": 2}, ("B6", "running_late"), "operation"),
        row={"item": "A-1", "year_after": 1, "city_krw": 150_000_000, "remarks": MARK},
    ),
    Expected(
        "Organisation, roles, council", "roles", {"E6": "아니오"}, ("", "not_responsible"), "roles", "작은도시공사"
    ),
    Expected(
        *("Private proposals", "proposals", {"H6": None}, ("H6", "not_reflected"), "proposals"),
        row={"firm": MARK, "content": "쉼터"},
    ),
    Expected("Diffusion outside", "diffusion", {"D6": "c9_99"}, ("D6", "no_site"), "diffusion", "새터동"),
    Expected(
        *("Links to other plans", "links", {"B6": "내용", "C6": "관계"}, ("A6", "cell_missing"), "links"),
        row={"plan": MARK},
    ),
    Expected(
        *("Regulatory exemptions", "exemptions", {"A6": "규제", "C6": "경전철"}, ("C6", "no_service"), "exemptions"),
        row={"rule": MARK},
    ),
    Expected(
        *("Privacy and security", "privacy", {"A6": "영상", "B6": "매우"}, ("B6", "no_choice"), "privacy"),
        row={"data": MARK},
    ),
    Expected("Indicators", "indicators", {"L6": None}, ("L6", "indicator_of_no_service"), "indicators", "쉼터 이용자"),
    Expected("Effects", "indicators", {"M6": "경제성"}, ("M6", "no_choice"), "effects", "쉼터"),
    Expected("Risks and conflicts", "risks", {"A6": "지연", "B6": "매우"}, ("B6", "no_choice"), "risks", "지연"),
    Expected(
        *("Participation", "participation", {"A6": "설명회", "C6": "여럿"}, ("C6", "no_whole"), "participation"),
        row={"event": MARK},
    ),
    Expected(
        *("Specialised complex", "complex", {"A6": "지정", "B6": "고시", "C6": "봄"}, ("C6", "no_month"), "complex"),
        row={"subject": MARK, "content": "고시"},
    ),
    Expected(
        *("Mid-term finance and review", "finance", {"E6": 16_999_999}, ("E6", "burden"), "finance"),
        row={"review": MARK},
    ),
    Expected(
        *("Ownership and hand-over", "handover", {"A6": "관제센터", "C6": "봄"}, ("C6", "no_date"), "handover"),
        row={"facility": MARK},
    ),
    Expected(
        *("Changes", "changes", {"A6": "봄", "B6": "사업비"}, ("A6", "no_date"), "changes"),
        row={"date": "2027-05-01", "subject": MARK},
    ),
]
of_each = pytest.mark.parametrize("expected", TABLES, ids=lambda expected: expected.topic)


@pytest.fixture(scope="module")
def city() -> City:
    return toy_city()


@pytest.fixture(scope="module")
def grids(city: City, tmp_path_factory: pytest.TempPathFactory) -> list[Grid]:
    """A plan without a fault; sheets that it says nothing in have their headers."""
    path = tmp_path_factory.mktemp("good") / "plan.xlsx"
    write_book(path, *good_plan(), form_of(city, "ko"))
    return read_grids(path)


def test_there_are_twenty_five_tables() -> None:
    assert len({expected.topic for expected in TABLES}) == 25


@of_each
def test_a_slip_in_the_sheet_is_told_at_its_cell(expected: Expected, grids: list[Grid], city: City) -> None:
    name = layout().sheet(expected.sheet).name.ko
    changed = []
    for grid in grids:
        held = grid
        for cell, value in expected.slip.items() if grid.name == name else ():
            held = with_cell(held, cell, value)
        changed.append(held)
    assert told(checked(grids, city)[1]) == set()
    at, code = expected.fault
    assert (f"{name}!{at}" if at else name, f"workbook.{code}") in told(checked(changed, city)[1])


@of_each
def test_the_document_prints_it(expected: Expected, tmp_path: Path) -> None:
    rows = {} if expected.row is None else {expected.sheet: [expected.row]}
    printed = table_of(document(tmp_path, spread=simulated(), **rows), expected.printed)
    assert any(expected.mark in str(value) for row in printed.rows for value in row)


def test_the_docs_list_the_same_tables() -> None:
    page = Path(__file__).parents[3] / "docs" / "workbook.md"
    section = page.read_text("utf-8").split("## The tables of a plan\n")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    # Below the headers and the line under them.
    listed = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines[2:]]
    assert listed == [
        (each.topic, layout().sheet(each.sheet).name.en, f"`workbook.{each.fault[1]}`", f"`{each.printed}`")
        for each in TABLES
    ]
