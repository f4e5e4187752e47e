"""People of what belongs to the region stay in it; what mostly lies outside is shared out."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from spatial.counts.home import home_squares, reaching_beyond
from spatial.counts.people import lay_out
from spatial.counts.units import PointUnits, ShapeUnits, ZoneUnits
from spatial.reading.provenance import Account, Ledger
from spatial.reading.square_grid import SquareGrid

# Ten squares in a row, the first six of them inside.
LATTICE = SquareGrid(100, 0, 0, 10, 1)
REGION = shapely.box(0, 0, 600, 100)
INSIDE = np.arange(10) < 6


def zones(*ends: tuple[float, float]) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        {"zone_id": [str(at) for at in range(len(ends))]},
        geometry=[shapely.box(west, 0, east, 100) for west, east in ends],
        crs=5179,
    )


def people(number: int) -> pd.DataFrame:
    return pd.DataFrame({"population": pd.array([number], dtype="Int64")})


def laid(source: object, of: gpd.GeoDataFrame | None, account: Account | None = None) -> list[int]:
    owner = LATTICE.owner(of.geometry) if of is not None else np.full(10, -1)
    home = home_squares(of, REGION, LATTICE, owner, INSIDE)
    out = lay_out(
        [source],  # type: ignore[list-item]
        LATTICE,
        owner=owner,
        inside=INSIDE,
        weights={"dry": np.ones(10)},
        account=account or Account(),
        home=home,
    )
    return out["population"].value.tolist()


def by_zone(number: int, of: gpd.GeoDataFrame) -> ZoneUnits:
    middle = of.geometry.representative_point()
    return ZoneUnits(people(number), Ledger("c"), np.zeros(len(of), np.int64), middle.x.to_numpy(), middle.y.to_numpy())


@pytest.mark.parametrize(
    ("ends", "expected"),
    [
        ((400, 700), [0, 0, 0, 0, 60, 60, 0, 0, 0, 0]),  # two thirds inside: all 120 stay
        ((500, 800), [0, 0, 0, 0, 0, 40, 40, 40, 0, 0]),  # mostly outside: shared by area
        ((580, 615), [0, 0, 0, 0, 0, 120, 0, 0, 0, 0]),  # too small for a cell, 20 of 35 m inside
        ((600, 800), [0, 0, 0, 0, 0, 0, 60, 60, 0, 0]),  # only shares a border
    ],
)
def test_a_zone_keeps_its_people_where_most_of_it_is_inside(ends: tuple[float, float], expected: list[int]) -> None:
    of = zones(ends)
    assert laid(by_zone(120, of), of) == expected


def test_a_zone_whose_cells_all_lie_beyond_gives_to_the_nearest_inside() -> None:
    # The strip between two outlines is of a zone of the city: a point there is the city's.
    of = zones((0, 800))
    point = PointUnits(people(7), Ledger("c"), np.array([750.0]), np.array([50.0]), 100.0)
    assert laid(point, of) == [0, 0, 0, 0, 0, 7, 0, 0, 0, 0]
    assert laid(point, zones((0, 600), (600, 1000))) == [0, 0, 0, 0, 0, 0, 0, 7, 0, 0]  # a neighbour's


def test_polygons_with_counts_belong_by_themselves() -> None:
    tract = ShapeUnits(people(90), Ledger("c"), np.array([shapely.box(300, 0, 700, 100)], dtype=object))
    assert laid(tract, None) == [0, 0, 0, 30, 30, 30, 0, 0, 0, 0]


def test_a_region_that_is_a_box_shares_its_zones_out() -> None:
    of = zones((400, 700))
    out = lay_out(
        [by_zone(120, of)],
        LATTICE,
        owner=LATTICE.owner(of.geometry),
        inside=INSIDE,
        weights={"dry": np.ones(10)},
        account=Account(),
    )
    assert out["population"].value.tolist() == [0, 0, 0, 0, 40, 40, 40, 0, 0, 0]


def test_how_far_zones_reach_beyond_is_told() -> None:
    assert reaching_beyond(zones((0, 400), (400, 700), (500, 1000)), REGION) == (1, pytest.approx(0.01))


def test_people_without_any_cell_are_a_warning_from_half_a_per_cent() -> None:
    for lost, warned in ((6, True), (4, False)):
        account = Account()
        totals = pd.DataFrame({"population": pd.array([1000, lost], dtype="Int64")})
        # The second point lies off every square.
        source = PointUnits(totals, Ledger("c"), np.array([250.0, 9e6]), np.array([50.0, 50.0]), 100.0)
        laid(source, None, account)
        assert bool(account.warnings) is warned
        assert bool(account.as_dict()["warnings"]) is warned


def test_nobody_of_a_unit_half_in_the_sea_is_left_there() -> None:
    sea = np.arange(10) >= 6

    def at_sea(west: float, east: float, is_box: bool) -> list[int]:
        source = ShapeUnits(people(90), Ledger("c"), np.array([shapely.box(west, 0, east, 100)], dtype=object))
        home = None if is_box else np.zeros(10, dtype=bool)
        out = lay_out(
            [source],
            LATTICE,
            owner=np.full(10, -1),
            inside=INSIDE,
            weights={"dry": np.ones(10)},
            account=Account(),
            home=home,
            sea=sea,
        )
        return out["population"].value.tolist()

    for is_box in (True, False):
        assert at_sea(500, 1000, is_box) == [0, 0, 0, 0, 0, 90, 0, 0, 0, 0]
        # All of it at sea: whose it is cannot be told, and it stays where the source has it.
        assert at_sea(700, 900, is_box) == [0, 0, 0, 0, 0, 0, 0, 45, 45, 0]


def test_a_source_of_the_region_alone_that_the_outline_cuts_is_a_warning() -> None:
    def warned(*boxes: tuple[float, float], share: int) -> bool:
        account = Account()
        totals = pd.DataFrame({"population": pd.array([share] * len(boxes), dtype="Int64")})
        shapes = np.array([shapely.box(west, 0, east, 100) for west, east in boxes], dtype=object)
        laid(ShapeUnits(totals, Ledger("c"), shapes), None, account)
        return bool(account.warnings)

    assert warned((0, 500), (500, 800), share=900)  # 600 of 1,800 beyond
    assert not warned((0, 500), (500, 600), share=900)
    assert not warned((0, 500), (500, 800), (800, 1000), share=900)  # a source of the neighbours too
