"""The toy city and its good workbook, made once."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulation.workbook.city import City
from simulation.workbook.drafting import form_of
from simulation.workbook.grids import Grid, read_grids
from simulation.workbook.plan import Plan
from simulation.workbook.writing import write_book
from tests.simulation.workbook.toy import checked, good_plan, toy_city


@pytest.fixture(scope="session")
def city() -> City:
    return toy_city()


@pytest.fixture(scope="session")
def good_grids(good: Path) -> list[Grid]:
    """The cells of the good workbook."""
    return read_grids(good)


@pytest.fixture(scope="session")
def good(city: City, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The good plan as a Korean workbook in won; to be read only."""
    path = tmp_path_factory.mktemp("good") / "plan.xlsx"
    write_book(path, *good_plan(), form_of(city, "ko"))
    return path


@pytest.fixture(scope="session")
def good_read(good: Path, city: City) -> Plan:
    """The plan of the good workbook; to be looked at only."""
    plan, _ = checked(good, city)
    assert plan is not None
    return plan
