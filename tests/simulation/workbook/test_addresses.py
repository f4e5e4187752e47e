"""Where a plan's openings stand in its workbook: the addresses say what the cells hold."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from simulation.workbook.addresses import workbook_of
from simulation.workbook.book import read_book
from simulation.workbook.city import City
from simulation.workbook.drafting import form_of
from simulation.workbook.faults import Ledger
from simulation.workbook.grids import read_grids
from simulation.workbook.layout import layout
from simulation.workbook.plan import plan_of
from simulation.workbook.writing import write_book
from tests.simulation.workbook.formats import write_ods
from tests.simulation.workbook.toy import good_plan


def placed(path: Path, city: City, language: str = "ko") -> dict[str, Any]:
    book = read_book(read_grids(path), layout(), Ledger(str(path), language))
    return workbook_of(book, plan_of(book, city), city, path)


def test_each_address_holds_what_it_is_said_to(city: City, tmp_path: Path) -> None:
    overview, sheets = good_plan()
    path = tmp_path / "plan.xlsx"
    write_book(path, overview | {"money_unit": "million"}, sheets, form_of(city, "en"))
    said = placed(path, city, "en")
    assert base64.b64decode(said["bytes"]) == path.read_bytes()
    assert said["unit"] == 10**6
    book = load_workbook(path)
    written = {row["opening_id"]: row for part in ("in_district", "diffusion") for row in sheets[part]}
    assert [row["number"] for row in said["rows"]] == list(written)
    for row in said["rows"]:
        page, held = book[said["names"][row["part"]]], written[row["number"]]
        for column, letter in said["letters"][row["part"]].items():
            shown, value = page[f"{letter}{row['row']}"].value, held.get(column)
            money = column.endswith(("_krw", "_year"))
            assert shown == (value / 10**6 if money and value is not None else value), (row["number"], column)
        assert {name: held[name] for name in row["won"]} == row["won"]
        # Nothing that is written is without an address.
        left = {column for column, value in held.items() if value is not None} - set(said["letters"][row["part"]])
        assert left <= {"opening_id", "service", "closes"}
    spends = [row for row in sheets["funding"] if row["row"] == "spend"]
    for row, held in zip(said["spending"], spends, strict=True):
        assert row["year"] == held["year"]
        assert row["won"] == {name: krw for name, krw in held.items() if name.endswith("_krw")}
        page = book[said["names"]["funding"]]
        for column, krw in row["won"].items():
            assert page[f"{said['letters']['funding'][column]}{row['row']}"].value == krw / 10**6


def test_a_row_says_what_goes_with_it(good: Path, city: City) -> None:
    said = placed(good, city)
    rows = {row["number"]: row for row in said["rows"]}
    # 1 and 3 are spent for by their numbers, 2 and 4 by their service.
    items = said["items"]
    assert {name: item["spent"] for name, item in items.items() if item["spent"]} == {
        "1": [0],
        "3": [1],
        "shelter": [2, 3],
    }
    assert items["3"]["named"] == {"funding": [7], "estimate": [6]}
    assert items["net"]["named"] == {"operation": [6]}
    assert items["shelter"]["named"]["funding"] == [8, 9]
    # Inside the hub until the completion of 2029-12, outside as long as is simulated, and before it closes in 2030-12.
    assert [rows[number]["last"] for number in "1234"] == [35, 35, 119, 46]
    assert [rows[number]["month"] for number in "1234"] == [2, 5, 12, 13]
    assert said["read"]["지구외"] == [6, 7]
    # Two zones are called 다솜동, of which one has no cell: the other goes by its code.
    assert said["zones"] == [
        {"id": "A", "written": "가람동"},
        {"id": "B", "written": "나래동"},
        {"id": "C", "written": "C"},
    ]


@pytest.mark.parametrize(("zone", "coded"), [("나래동", False), ("B", True)])
def test_a_row_by_zone_can_be_moved_and_keeps_its_way_of_writing(
    zone: str, coded: bool, city: City, tmp_path: Path
) -> None:
    overview, sheets = good_plan()
    sheets["diffusion"][1] |= {"site": "auto", "zone": zone}
    path = tmp_path / "plan.xlsx"
    write_book(path, overview, sheets, form_of(city, "ko"))
    rows = placed(path, city)["rows"]
    assert [row["site"] for row in rows] == ["c0_00", "c1_01", "c0_04", None]
    assert (rows[3]["zone"], rows[3]["coded"], rows[3]["places"]) == ("B", coded, 2)


def test_a_row_that_names_no_zone_is_of_the_one_it_lies_in(city: City, tmp_path: Path) -> None:
    overview, sheets = good_plan()
    sheets["diffusion"][0]["zone"] = None
    path = tmp_path / "plan.xlsx"
    write_book(path, overview, sheets, form_of(city, "ko"))
    row = placed(path, city)["rows"][2]
    assert (row["number"], row["zone"], row["coded"]) == ("3", "B", False)


def test_of_another_format_the_file_is_not_carried(good: Path, city: City, tmp_path: Path) -> None:
    write_ods(path := tmp_path / "plan.ods", read_grids(good))
    said = placed(path, city)
    assert (said["file"], said["bytes"]) == ("plan.ods", None)
    assert [row["number"] for row in said["rows"]] == ["1", "2", "3", "4"]
