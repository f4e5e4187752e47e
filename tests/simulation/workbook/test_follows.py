"""One slip is told once: what only follows from it is not, and nothing of it ends the check."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from simulation.workbook.city import City
from tests.simulation.workbook.toy import checked, told

Edit = Callable[[Workbook], None]


def _no_such_hub(book: Workbook) -> None:
    """Where to put what stands on ``auto`` is not known either."""
    book["개요"]["B10"].value, book["지구내"]["D6"].value, book["지구내"]["C6"].value = "남부", "auto", None


def _no_site(book: Workbook) -> None:
    book["지구내"]["D6"].value = None


def _no_such_zone(book: Workbook) -> None:
    book["지구외"]["C6"].value, book["지구외"]["D6"].value = "역삼1동", "auto"


def _network_misnamed(book: Workbook) -> None:
    """The network that the other services need may be what the row means."""
    book["지구외"]["B6"].value = "통신만"


def _no_diffusion(book: Workbook) -> None:
    """Other sheets name its openings by their numbers."""
    del book["지구외"]


def _circle(book: Workbook) -> None:
    """The sheet's own service stays known to the sheets that name it."""
    page = book["서비스"]
    own = {"A": "lamp", "B": "안심등", "D": "방범·방재", "F": "기", "G": 3_000_000, "I": "지구·동 안"}
    for letter, value in own.items():
        page[f"{letter}7"].value = value
    page["P6"].value = "쉼터"
    book["추진체계"]["A6"].value = "안심등"


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (_no_such_hub, {("개요!B10", "workbook.no_hub")}),
        (_no_site, {("지구내!D6", "workbook.cell_missing")}),
        (_no_such_zone, {("지구외!C6", "workbook.no_zone")}),
        (_network_misnamed, {("지구외!B6", "workbook.no_service")}),
        (_no_diffusion, {("지구외", "workbook.sheet_missing")}),
        (_circle, {("서비스!P6", "workbook.circle")}),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_what_follows_from_a_slip_is_not_told(
    edit: Edit, expected: set[tuple[str, str]], good: Path, city: City, tmp_path: Path
) -> None:
    book = load_workbook(good)
    edit(book)
    book.save(path := tmp_path / "plan.xlsx")
    plan, faults = checked(path, city)
    assert plan is None
    assert told([fault for fault in faults if fault.binding]) == expected
