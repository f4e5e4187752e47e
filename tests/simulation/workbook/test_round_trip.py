"""What is written into a workbook is what is read from it: any plan, in either language, unit and format."""

from __future__ import annotations

import string
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from simulation.plans.payers import PAYERS
from simulation.workbook.city import City
from simulation.workbook.drafting import draft, form_of
from simulation.workbook.grids import read_grids
from simulation.workbook.layout import Column, Sheet, layout
from simulation.workbook.plan import Plan
from simulation.workbook.together import table_of
from simulation.workbook.values import WON
from simulation.workbook.writing import write_book
from tests.simulation.workbook.formats import write_folder, write_ods
from tests.simulation.workbook.toy import NAMES, checked, good_plan, read, told

# Letters of a team's texts: Hangul, Latin, signs, and what begins a formula elsewhere.
LETTERS = "가나다라마바사아자차카타파하각힣ABCxyz0123456789 =+-@'\"<>&,;·()[]%/\n₩㎡①"
TEXTS = st.text(LETTERS, min_size=1, max_size=40).map(str.strip).filter(bool)
IDS = st.text(string.ascii_letters + string.digits, max_size=6).map(lambda text: f"k{text}")
LISTS = st.lists(st.sampled_from(["net", "shelter", "쉼터"]), min_size=1, max_size=3, unique=True).map(", ".join)
KINDS: dict[str, st.SearchStrategy[Any]] = {
    "text": TEXTS,
    "id": IDS,
    "whole": st.integers(0, 10**9 - 1),
    "number": st.integers(-(10**12), 10**12).map(lambda value: value / 1000),
    "share": st.integers(0, 1000).map(lambda value: value / 1000),
    "krw": st.integers(0, 9 * 10**14),
    "year": st.integers(2000, 2099),
    "month": st.dates(min_value=pd.Timestamp("1990-01-01").date(), max_value=pd.Timestamp("2099-12-31").date()).map(
        lambda day: f"{day:%Y-%m}"
    ),
    "date": st.dates(min_value=pd.Timestamp("1990-01-01").date(), max_value=pd.Timestamp("2099-12-31").date()).map(
        lambda day: day.isoformat()
    ),
    "service": st.sampled_from([*NAMES, *(ko for ko, _ in NAMES.values())]),
    "services": LISTS,
    "items": LISTS,
    "item": IDS,
    "zone": st.sampled_from(["A", "가람동"]),
    "site": st.sampled_from(["c0_00", "auto", "127.5, 38.0", "가람 보건소"]),
    "hub": st.sampled_from(["west", "동부"]),
}


def of_column(column: Column) -> st.SearchStrategy[Any]:
    """What a column's cell may hold; None where it may be blank."""
    if column.kind == "choice":
        values: st.SearchStrategy[Any] = st.sampled_from(sorted(layout().choices[column.choices]))
    else:
        values = KINDS[column.kind]
    return values if column.required else st.none() | values


def of_sheet(sheet: Sheet) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Rows of a sheet, each number once."""
    # A row of which nothing, or one cell alone, is filled in is none: all of the schedule's may be left blank.
    row = st.fixed_dictionaries({column.id: of_column(column) for column in sheet.columns}).filter(
        lambda values: sum(value is not None for value in values.values()) > 1
    )
    keys = sheet.keys
    unique = (lambda values: tuple(values[key] for key in keys)) if keys else None
    return st.lists(row, max_size=2, unique_by=unique)


OVERVIEW = st.fixed_dictionaries({field.id: of_column(field) for field in layout().sheet("overview").fields})
SHEETS = st.fixed_dictionaries({sheet.id: of_sheet(sheet) for sheet in layout().sheets if sheet.columns})
ONCE = settings(max_examples=8, suppress_health_check=list(HealthCheck))


@pytest.mark.slow
@ONCE
@given(overview=OVERVIEW, sheets=SHEETS, language=st.sampled_from(["ko", "en"]))
def test_every_sheet_reads_as_it_was_written(
    overview: dict[str, Any],
    sheets: dict[str, Any],
    language: str,
    city: City,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    path = tmp_path_factory.mktemp("trip") / "plan.xlsx"
    write_book(path, overview, sheets, form_of(city, language))
    book, ledger = read(path, language)
    assert told(ledger.faults) == set()
    assert book.overview == {name: value for name, value in overview.items() if value is not None}
    assert {name: [dict(row) for row in rows] for name, rows in book.sheets.items()} == sheets


# Openings that hold: inside the hub or in zone B, in months simulated, paid for to the last won.
MONEY = st.integers(100_000, 10**9)


@st.composite
def openings(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Rows of both opening sheets, with the part, the cell and the month that each is of."""
    rows = []
    for number in range(draw(st.integers(1, 6))):
        part = draw(st.sampled_from(["in_district", "diffusion"]))
        cell = draw(st.sampled_from([0, 1, 12, 13] if part == "in_district" else [4, 17, 30]))
        month = draw(st.integers(0, 118))
        paid = draw(st.lists(MONEY | st.just(0), min_size=len(PAYERS), max_size=len(PAYERS)))
        assume(sum(paid) >= 100_000)
        rows.append(
            {
                "opening_id": f"n{number}",
                "service": "net",
                "zone": draw(st.sampled_from([None, "가람동" if cell in (0, 1, 12, 13) else "B"])),
                "site": f"c{cell // 12}_{cell % 12:02d}",
                "units": 1,
                "opens": str(pd.Period("2027-01", freq="M") + month),
                "closes": None,
                "capex_krw": sum(paid),
                "opex_krw_year": draw(st.integers(0, sum(paid) // 2)),
                **{f"{payer}_krw": krw for payer, krw in zip(PAYERS, paid, strict=True)},
                "part": part,
                "cell": cell,
                "month": month,
            }
        )
    return rows


@pytest.mark.slow
@ONCE
@given(rows=openings(), language=st.sampled_from(["ko", "en"]), unit=st.sampled_from(sorted(WON)))
def test_openings_are_those_written(
    rows: list[dict[str, Any]], language: str, unit: str, city: City, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("openings")
    overview, _ = good_plan()
    sheets = {part: [row for row in rows if row["part"] == part] for part in ("in_district", "diffusion")}
    write_book(folder / "plan.xlsx", overview | {"money_unit": unit}, sheets, form_of(city, language))
    plan, faults = checked(folder / "plan.xlsx", city, language)
    assert plan is not None, told(faults)
    wanted = ["opening_id", "part", "service", "cell", "month", "units", "capex_krw", "opex_krw_year"]
    wanted += [f"{payer}_krw" for payer in PAYERS]
    in_order = sorted(rows, key=lambda row: row["part"] == "diffusion")
    assert plan.openings[wanted].to_numpy(object).tolist() == [[row[name] for name in wanted] for row in in_order]


@st.composite
def tables(draw: st.DrawFn) -> pd.DataFrame:
    """Openings as a plan's table has them: several services, inside the hub and in two zones, paid to the last won."""
    rows = []
    for number in range(draw(st.integers(1, 6))):
        part = draw(st.sampled_from(["in_district", "diffusion"]))
        cell = draw(st.sampled_from([0, 1, 12, 13] if part == "in_district" else [2, 4, 17, 30]))
        month, units = draw(st.integers(0, 118)), draw(st.integers(1, 4))
        paid = draw(st.lists(MONEY | st.just(0), min_size=len(PAYERS), max_size=len(PAYERS)))
        assume(sum(paid) >= 100_000 * units)
        # The others need the network in the same part of the plan.
        others = ["net", "hub", "shelter"] if any(row["part"] == part for row in rows) else ["net"]
        rows.append(
            {
                "district_id": "west",
                "opening_id": f"{part}-{number}",
                "part": part,
                "service": draw(st.sampled_from(others)),
                "cell_id": f"c{cell // 12}_{cell % 12:02d}",
                "zone_id": "AB"[cell % 12 // 4],
                "month": month,
                "date": str(pd.Period("2027-01", freq="M") + month),
                "units": units,
                "capex_krw": sum(paid),
                "opex_krw_year": draw(st.integers(0, sum(paid) // 2)),
                **{f"{payer}_krw": krw for payer, krw in zip(PAYERS, paid, strict=True)},
            }
        )
    # A workbook has a sheet for each part.
    return pd.DataFrame(sorted(rows, key=lambda row: row["part"] == "diffusion"))


@settings(ONCE, max_examples=4)
@given(openings=tables(), language=st.sampled_from(["ko", "en"]))
def test_a_plan_drafted_and_read_twice_is_the_same(
    openings: pd.DataFrame, language: str, city: City, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder, drafted = tmp_path_factory.mktemp("drafted"), openings
    for turn in range(2):
        path = folder / f"plan{turn}.xlsx"
        overview, sheets = draft(city, "west", drafted, language)
        write_book(path, overview | {"region_file": "toy.yaml"}, sheets, form_of(city, language))
        plan, faults = checked(path, city, language)
        assert plan is not None, told(faults)
        drafted = table_of({"plan": plan}, city.cells)
        assert drafted[list(openings)].to_numpy(object).tolist() == openings.to_numpy(object).tolist()


@pytest.mark.parametrize(
    ("kind", "language", "unit"),
    [
        *(("xlsx", "en", "hundred_million"), ("xlsx", "ko", "thousand"), ("ods", "ko", "hundred_million")),
        *(("csv", "ko", "million"), ("cp949", "ko", "won"), ("semicolons", "en", "hundred_million")),
    ],
)
def test_the_good_plan_is_the_same_in_every_format(
    kind: str, language: str, unit: str, good_read: Plan, city: City, tmp_path: Path
) -> None:
    overview, sheets = good_plan()
    path = tmp_path / "plan.xlsx"
    write_book(path, overview | {"money_unit": unit}, sheets, form_of(city, language))
    grids = read_grids(path)
    if kind == "ods":
        write_ods(path := tmp_path / "plan.ods", grids)
    elif kind != "xlsx":
        encoding = "cp949" if kind == "cp949" else "utf-8-sig"
        write_folder(path := tmp_path / "plan", grids, encoding, ";" if kind == "semicolons" else ",")
    plan, faults = checked(path, city, language)
    assert told(faults) == set()
    assert plan is not None
    pd.testing.assert_frame_equal(plan.openings, good_read.openings)
    assert plan.sheets == good_read.sheets
    assert plan.services == good_read.services
    assert dict(plan.overview) == {**good_read.overview, "money_unit": unit}
