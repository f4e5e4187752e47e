"""Counts denser than any place on earth are refused, whatever kind of source they come from."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from geojeom.catalogues import CATALOGUES
from geojeom.checked_yaml import read_catalogue
from spatial.counts.people import Counted
from spatial.counts.plausible import Densest, too_dense
from spatial.counts.units import TotalUnits
from spatial.reading.provenance import Ledger
from spatial.reading.square_grid import SquareGrid
from tests.spatial.files import X0, Y0, area

SHIPPED = read_catalogue(CATALOGUES / "plausible.yaml", Densest)
# Ten by ten squares of 1 km.
LATTICE = SquareGrid.over((X0, Y0, X0 + 9_999, Y0 + 9_999), 1000)
ALL = np.ones(100, bool)


def judge(column: str, value: np.ndarray, lattice: SquareGrid = LATTICE, inside: np.ndarray = ALL) -> list[str]:
    ledger = Ledger("counts[0]", "people.csv")
    units = TotalUnits(pd.DataFrame({column: [0]}), ledger, area(1, 1).polygon)
    counted = {column: Counted(value.astype(np.int64), np.ones(len(lattice), bool))}
    return [str(fault) for fault in too_dense(counted, [units], lattice, inside, SHIPPED)]


@pytest.mark.parametrize(("people", "refused"), [(300_000, False), (300_001, True)])
def test_no_square_kilometre_holds_more(people: int, refused: bool) -> None:
    value = np.zeros(100)
    value[23] = people
    told = judge("population", value)
    assert len(told) == int(refused)
    if refused:
        assert told[0].startswith(
            "people.csv, counts[0], population: expected at most 300,000 of population in a square kilometre"
        )
        assert "found 300,001 in the one whose corner is 1003000, 2002000. Check the unit" in told[0]


def test_small_squares_are_added_up_to_square_kilometres() -> None:
    fine = SquareGrid.over((X0, Y0, X0 + 1_999, Y0 + 999), 100)
    value = np.full(200, 3_000)  # a hundred of them are 300,000
    inside = np.ones(200, bool)
    assert judge("households", value, fine, inside) == []
    value[0] += 1
    assert len(judge("households", value, fine, inside)) == 1
    # What lies beyond the region is not the region's.
    inside[0] = False
    assert judge("households", value, fine, inside) == []


@pytest.mark.parametrize(
    ("squares", "each", "refused"), [(40, 100_000, False), (40, 100_001, True), (39, 100_001, False)]
)
def test_no_city_of_manilas_size_is_denser_in_the_mean(squares: int, each: int, refused: bool) -> None:
    value = np.zeros(100)
    value[:squares] = each
    told = judge("elderly", value)
    assert len(told) == int(refused)
    if refused:
        assert "found 100,001: 4,000,040 on 40 km² of cells that hold any" in told[0]


@pytest.mark.parametrize(("column", "limit"), [("jobs", 500_000), ("transit_stops", 1_000), ("subway_stations", 100)])
def test_other_things_have_limits_of_their_own(column: str, limit: int) -> None:
    value = np.zeros(100)
    value[0] = limit
    assert judge(column, value) == []
    assert len(judge(column, value + 1)) == 1
