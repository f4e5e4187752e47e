"""A workbook with other dates and openings outside holds, and says what the team must look at."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from simulation.workbook.city import City
from simulation.workbook.drafting import form_of
from simulation.workbook.revised import Revision, revised
from simulation.workbook.services import Names
from simulation.workbook.writing import write_book
from tests.simulation.workbook.toy import checked, opening, read, told

NEW = {"service": "shelter", "zone": "C", "site": "c1_09", "units": 3, "opens": "2029-05"}
NEW |= {"capex_krw": 24_000_000, "opex_krw_year": 2_400_000, "city_krw": 20_000_000, "private_cash_krw": 4_000_000}


def rewritten(good: Path, city: City, revision: Revision, path: Path) -> tuple[dict[str, Any], list[str]]:
    """The sheets of the good workbook after a revision, written and read, and the codes of what is said of them."""
    book, _ = read(good)
    sheets, notes = revised(book, revision, Names(city.services), "ko")
    write_book(path, book.overview, sheets, form_of(city, "ko"))
    again, ledger = read(path)
    assert told(ledger.faults) == set()
    return {name: list(rows) for name, rows in again.sheets.items()}, [note.code for note in notes]


def paid(sheets: dict[str, Any], item: str) -> dict[int, int]:
    """Won by year of an item's spending."""
    return {
        row["year"]: sum(value for name, value in row.items() if name.endswith("_krw") and value)
        for row in sheets["funding"]
        if row["item"] == item
    }


def test_nothing_changed_is_the_same_workbook(good: Path, city: City, tmp_path: Path) -> None:
    book, _ = read(good)
    sheets, notes = rewritten(good, city, Revision({}, []), tmp_path / "same.xlsx")
    assert (sheets, notes) == ({name: list(rows) for name, rows in book.sheets.items()}, [])


def test_dates_move_with_their_spending(good: Path, city: City, tmp_path: Path) -> None:
    revision = Revision({"3": "2029-01", "4": "2029-07"}, [])
    sheets, notes = rewritten(good, city, revision, path := tmp_path / "later.xlsx")
    plan, faults = checked(path, city)
    assert plan is not None
    assert (faults, notes) == ([], [])
    months = dict(zip(plan.openings["number"], plan.openings["month"], strict=True))
    # Months from January 2027, counted from 0; what is inside stays.
    assert months == {"1": 2, "2": 5, "3": 24, "4": 30}
    assert paid(sheets, "3") == {2029: 10_000_000}
    assert paid(sheets, "쉼터") == {2027: 8_000_000, 2029: 16_000_000}


def test_what_no_longer_opens_is_named_nowhere(good: Path, city: City, tmp_path: Path) -> None:
    sheets, notes = rewritten(good, city, Revision({"3": None, "4": None}, []), path := tmp_path / "fewer.xlsx")
    plan, faults = checked(path, city)
    assert plan is not None
    assert not any(fault.binding for fault in faults)
    assert sorted(plan.openings["number"]) == ["1", "2"]
    assert paid(sheets, "3") == {}
    assert paid(sheets, "쉼터") == {2027: 8_000_000}
    assert sheets["estimate"] == []
    assert notes == ["rollout.rows_left_out"]


def test_a_proposal_whose_opening_goes_is_said(good: Path, city: City) -> None:
    book, _ = read(good)
    book.sheets["proposals"][0]["reflected_in"] = "2, 4"
    sheets, notes = revised(book, Revision({"4": None}, []), Names(city.services), "ko")
    assert sheets["proposals"][0]["reflected_in"] == "2"
    assert [note.code for note in notes] == ["rollout.proposal"]
    assert book.sheets["proposals"][0]["reflected_in"] == "2, 4"


def test_what_is_new_has_a_number_of_its_own(good: Path, city: City, tmp_path: Path) -> None:
    book, _ = read(good)
    rows = book.sheets["diffusion"]
    rows.append({**dict.fromkeys(rows[0]), **opening("N-01", "쉼터", "c2_05", "2028-03", 8_000_000)})
    sheets, notes = revised(book, Revision({}, [NEW, NEW | {"zone": "B", "site": "c1_07"}]), Names(city.services), "ko")
    assert [row["opening_id"] for row in sheets["diffusion"]] == ["3", "4", "N-01", "N-02", "N-03"]
    assert notes == []
    assert paid(sheets, "쉼터") == {2027: 8_000_000, 2028: 16_000_000 + 8_000_000, 2029: 2 * 24_000_000}
    write_book(path := tmp_path / "more.xlsx", book.overview, sheets, form_of(city, "ko"))
    plan, faults = checked(path, city)
    assert plan is not None
    assert not any(fault.binding for fault in faults)
    new = plan.openings.set_index("number").loc["N-02"]
    # The 11th cell of the second row of twelve; May 2029.
    assert (new["cell"], new["month"], new["units"], new["capex_krw"]) == (12 + 9, 28, 3, 24_000_000)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_service_is_written_by_its_name(language: str, good: Path, city: City) -> None:
    book, _ = read(good)
    sheets, _ = revised(book, Revision({}, [NEW]), Names(city.services), language)
    assert sheets["diffusion"][-1]["service"] == {"ko": "쉼터", "en": "Shelter"}[language]
