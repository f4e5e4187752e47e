"""Candidate districts: one right set, and every way a proposal goes wrong, with its message."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from geojeom.errors import SourceError
from geojeom.tables import check_schema
from spatial.districts.candidates import check_districts, with_zones
from spatial.districts.travel import DistrictTravel, cells_inside, district_travel
from spatial.reading.provenance import Ledger
from tests.tables import table

STREET_CRS = "EPSG:5179"
REGION = shapely.box(0, 0, 1000, 1000)


def candidates(**columns) -> gpd.GeoDataFrame:
    base = {"district_id": ["D1", "D2"], "name": ["물빛", "성안"], "kind": ["new", "existing"]} | columns
    shapes = base.pop("geometry", [shapely.box(0, 0, 200, 100), shapely.box(300, 300, 400, 500)])
    return gpd.GeoDataFrame(pd.DataFrame(base), geometry=shapes, crs=STREET_CRS)


def checked(frame: gpd.GeoDataFrame, ledger: Ledger | None = None) -> gpd.GeoDataFrame:
    return check_districts(
        frame, REGION, STREET_CRS, "candidates.geojson", cell_size_m=100, ledger=ledger or Ledger("candidates")
    )


def refused(**columns) -> str:
    with pytest.raises(SourceError) as error:
        checked(candidates(**columns))
    return str(error.value)


def test_a_district_smaller_than_a_cell_is_told() -> None:
    ledger = Ledger("candidates")
    checked(candidates(geometry=[shapely.box(0, 0, 100, 100), shapely.box(300, 300, 399, 400)]), ledger)
    small = [note for note in ledger.notes if "smaller" in note]
    assert small == ["district D2: smaller than a cell of 100 m, so one cell stands for it"]


def test_a_right_set_keeps_what_the_proposal_does_not_say_as_null() -> None:
    ledger = Ledger("candidates")
    table = checked(
        candidates(
            land_price_krw_m2=["1,200,000", None],
            public_land_share=[0.0, np.nan],
            operator_secured=[True, None],
            control_centre=["false", 1],
        ),
        ledger,
    )
    check_schema(table, "districts", "districts")
    assert table["area_m2"].tolist() == [20_000, 20_000]
    assert table["land_price_krw_m2"].tolist()[0] == 1_200_000
    assert table["public_land_share"].tolist()[0] == 0
    assert table["operator_secured"].tolist() == [True, pd.NA]
    assert table["control_centre"].tolist() == [False, True]
    assert table[["land_price_krw_m2", "public_land_share"]].iloc[1].isna().all()
    assert table["private_share"].isna().all()
    assert ledger.notes == [
        "no column name_en: unknown for every district",
        "no column private_share: unknown for every district",
    ]


def test_columns_of_a_shapefile_go_by_their_full_names() -> None:
    ledger = Ledger("candidates")
    frame = candidates(public_land_share=[0.3, None], operator_secured=["y", "n"]).rename(
        columns=lambda name: name[:10]
    )
    table = checked(frame, ledger)
    assert table["district_id"].tolist() == ["D1", "D2"]
    assert table["public_land_share"].tolist()[0] == 0.3
    assert table["operator_secured"].tolist() == [True, False]
    assert "column public_lan read as public_land_share: shapefiles cut names to ten letters" in ledger.notes


def test_districts_on_the_same_land_are_told() -> None:
    ledger = Ledger("candidates")
    # 150 of 200 m by 100 m: 15,000 of the smaller one's 20,000 m2. The third only touches.
    checked(
        candidates(
            district_id=["D1", "D2", "D3"],
            name=["가", "나", "다"],
            kind=["new"] * 3,
            geometry=[shapely.box(0, 0, 200, 100), shapely.box(50, 0, 350, 100), shapely.box(350, 0, 450, 100)],
        ),
        ledger,
    )
    assert [note for note in ledger.notes if "share" in note and "column" not in note] == [
        "districts D1 and D2 share 75.0% of the smaller one's land"
    ]


def test_districts_of_one_name_are_told() -> None:
    ledger = Ledger("candidates")
    checked(candidates(name=["물빛", "물빛"]), ledger)
    assert "the name 물빛 is that of 2 districts, told apart by their ids only" in ledger.notes


def test_numbers_as_ids_become_text() -> None:
    assert checked(candidates(district_id=[1, 2]))["district_id"].tolist() == ["1", "2"]


def test_a_district_over_the_border_is_cut_and_said() -> None:
    ledger = Ledger("candidates")
    table = checked(candidates(geometry=[shapely.box(-50, 0, 150, 100), shapely.box(300, 300, 400, 500)]), ledger)
    assert table["area_m2"].tolist() == [15_000, 20_000]
    assert "district D1: 25.0% of it lies outside the region and was cut off" in ledger.notes


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"district_id": ["D1", "D1"]}, "expected each code once, found 'D1' in rows 1, 2"),
        ({"district_id": ["D1", None]}, "row 2, district_id: expected a code, found"),
        ({"name": ["물빛", " "]}, "row 2, name: expected a name, found nothing"),
        ({"kind": ["new", "신규"]}, "row 2, kind: expected one of new, redevelopment, existing, found '신규'"),
        ({"public_land_share": [35, 0.1]}, "row 1, public_land_share: expected a share of 0 to 1, found 35.0"),
        ({"private_share": [-0.1, 0.1]}, "row 1, private_share: expected a number of 0 or more, found -0.1"),
        (
            {"land_price_krw_m2": ["비쌈", None]},
            "row 1, land_price_krw_m2: expected a number of 0 or more, found '비쌈'",
        ),
        ({"land_price_krw_m2": [np.inf, 1]}, "row 1, land_price_krw_m2: expected a number of 0 or more, found inf"),
        ({"operator_secured": ["maybe", None]}, "row 1, operator_secured: expected true or false, found 'maybe'"),
        ({"control_centre": [2, None]}, "row 1, control_centre: expected true or false, found 2.0"),
        (
            {"geometry": [shapely.box(2000, 0, 2100, 100), shapely.box(300, 300, 400, 500)]},
            "row 1, geometry: expected a district inside the region, found 100% of D1 outside",
        ),
    ],
)
def test_faults_are_named(columns, message) -> None:
    assert message in refused(**columns)


def test_all_faults_come_at_once() -> None:
    text = refused(kind=["x", "y"], name=["", "b"], private_share=[2, 3])
    assert "5 faults" in text


def test_missing_columns_and_lines_are_faults() -> None:
    ledger = Ledger("candidates")
    ledger.drop("drop.polygons", 3)
    with pytest.raises(SourceError) as error:
        checked(candidates().drop(columns=["kind", "name"]), ledger)
    text = str(error.value)
    assert "expected polygons only, found 3 rows not polygons" in text
    assert "kind: expected a column kind, found columns district_id" in text
    assert "name: expected a column name" in text


def test_degrees_are_brought_to_the_regions_metres() -> None:
    frame = candidates().to_crs(4326)
    np.testing.assert_allclose(checked(frame)["area_m2"], [20_000, 20_000], rtol=1e-6)


def test_cells_belong_by_their_centre_and_a_tiny_district_gets_the_nearest() -> None:
    shapes = np.array([shapely.box(0, 0, 200, 100), shapely.box(301, 1, 303, 3)], dtype=object)
    inside = cells_inside(shapes, np.array([50.0, 150, 250, 350, 450]), np.full(5, 50.0))
    assert inside.tolist() == [[True, True, False, False, False], [False, False, False, True, False]]


def test_travel_from_districts_by_hand(tmp_path, street) -> None:
    table = checked(candidates(geometry=[shapely.box(0, 0, 200, 100), shapely.box(400, 0, 500, 100)]))
    travel = district_travel(table, np.array([50.0, 150, 250, 350, 450]), np.full(5, 50.0), street)
    assert travel.walk_s.tolist() == [[0, 0, 100, 200, 300], [400, 300, 200, 100, 0]]
    assert travel.drive_s.tolist() == [[0, 0, 10, 20, 30], [40, 30, 20, 10, 0]]
    travel.save(tmp_path / "district_travel.npz")
    again = DistrictTravel.load(tmp_path / "district_travel.npz")
    assert again.district_id.tolist() == ["D1", "D2"]
    assert np.array_equal(again.inside, travel.inside)
    assert again.drive_limit_s == 7200
    with pytest.raises(SourceError, match="no such file"):
        DistrictTravel.load(tmp_path / "other.npz")


def test_one_outline_under_two_ids_is_refused_naming_both() -> None:
    # The same square, its ring begun at another corner.
    turned = shapely.Polygon([(200, 100), (0, 100), (0, 0), (200, 0)])
    says = (
        "row 2, geometry: expected each district with an outline of its own, found the same one in D1 and D2. Keep one"
    )
    assert says in refused(geometry=[shapely.box(0, 0, 200, 100), turned])


@pytest.mark.parametrize("name", ["물\n빛", "물\t빛", "\u202e빛물"])
def test_names_that_would_tear_a_table_are_refused(name: str) -> None:
    for column in ("district_id", "name", "name_en"):
        says = f"row 2, {column}: expected a name on one line, found {name!r}. Take line breaks, tabs and control"
        assert says in refused(**{column: ["D1", name]})


def test_zones_are_candidates_beside_those_of_the_file() -> None:
    held = checked(candidates())
    shapes = [shapely.box(0, 0, 300, 200), shapely.box(300, 0, 900, 200)]
    zones = table("zones", geometry=shapes, crs=held.crs, zone_id=["11", "12"], name=["가동", held["name"].iloc[0]])
    joined = with_zones(held, zones, ["12", "11"], "region.yaml")
    check_schema(joined, "districts", "by hand")
    assert list(joined["district_id"]) == [*held["district_id"], "12", "11"]
    # A zone that has the name of a candidate is told from it by its code.
    assert list(joined["name"])[-2:] == [f"{held['name'].iloc[0]} (12)", "가동"]
    assert list(joined["area_m2"])[-2:] == [120_000, 60_000]
    assert list(joined["kind"])[-2:] == ["existing", "existing"]
    assert joined.geometry.iloc[-1].equals(shapes[0])
    assert with_zones(held, zones, [], "region.yaml") is held
    with pytest.raises(SourceError) as e:
        with_zones(held, zones, ["11", "11", "13"], "region.yaml")
    assert [fault.found for fault in e.value.faults] == ["'11'", "'13'"]
