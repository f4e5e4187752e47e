"""People on squares: whole, kept by source unit, parts within the whole, borders by area, unknown left unknown."""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import rasterio
import shapely
from rasterio.transform import from_origin

from geojeom.errors import SourceError
from spatial.counts.people import as_column, lay_out
from spatial.counts.units import ZoneUnits
from spatial.reading.provenance import Account, Ledger
from spatial.reading.square_grid import SquareGrid
from spatial.sources.codes import CodeAliases
from tests.spatial.files import X0, Y0, area, degrees, source_of
from tests.spatial.whole import read_counts

UNCHANGED = CodeAliases(changes=[])
REGION = area(400, 100)
LATTICE = SquareGrid.over((X0, Y0, X0 + 599, Y0 + 99), 100)
INSIDE = np.array([True] * 4 + [False] * 2)


def zones() -> gpd.GeoDataFrame:
    """A: squares 0 and 1. B: squares 2 to 5, half of it beyond the region. Both of gu 11."""
    boxes = [shapely.box(X0, Y0, X0 + 200, Y0 + 100), shapely.box(X0 + 200, Y0, X0 + 600, Y0 + 100)]
    columns = {"zone_id": ["1100000100", "1100000200"], "name": ["가동", "나동"], "gu": ["11", "11"]}
    columns["place"] = pd.array([None, None], "str")
    return gpd.GeoDataFrame(columns, geometry=boxes, crs=5179)


def table(
    folder: Path, text: str, columns: dict[str, str], zone_column: str | None = None, name: str = "t.csv"
) -> dict:
    (folder / name).write_text(text, encoding="utf-8")
    return {
        "kind": "zone_table",
        "path": str(folder / name),
        "code": "code",
        "names": None,
        "header_rows": 1,
        "zone_column": zone_column,
        "columns": columns,
    }


def lay(specs: list[dict], account: Account | None = None, **weights: list[float]) -> dict[str, list]:
    account = account or Account()
    found = zones()
    sources = [
        read_counts(
            source_of("counts", **spec),
            f"counts[{at}]",
            REGION,
            found,
            aliases=UNCHANGED,
            account=account,
        )
        for at, spec in enumerate(specs)
    ]
    levels = {name: np.array(values, float) for name, values in weights.items()} | {"dry": np.ones(6)}
    out = lay_out(
        sources,
        LATTICE,
        owner=LATTICE.owner(found.geometry),
        inside=INSIDE,
        weights=levels,
        account=account,
    )
    return {
        name: as_column(counted, INSIDE).astype(object).where(lambda s: s.notna(), None).tolist()
        for name, counted in out.items()
    }


def test_people_go_by_floor_area_and_the_border_cuts_by_area(tmp_path: Path) -> None:
    account = Account()
    spec = table(tmp_path, "code,n\n1100000100,10\n1100000200,100\n", {"population": "n"})
    got = lay([spec], account, lived=[1, 3, 1, 4, 0, 0])
    # A: 10 over 1:3 is 2.5 and 7.5, a tie. B: half inside (50), there 1:4.
    assert got["population"] in ([3, 7, 10, 40], [2, 8, 10, 40])
    ledger = account.ledgers[0]
    assert (ledger.read, ledger.kept) == (2, 2)
    assert "population: 110 in the units read, 60 inside the region, 50 beyond its border" in ledger.notes


def test_parts_never_exceed_the_whole(tmp_path: Path) -> None:
    text = "code,n,old,young\n1100000100,10,6,4\n1100000200,8,8,0\n"
    got = lay(
        [table(tmp_path, text, {"population": "n", "elderly": "old", "youth": "young"})], lived=[1, 9, 1, 1, 0, 0]
    )
    assert got["population"] == [1, 9, 2, 2]
    assert got["elderly"] == [1, 5, 2, 2]
    assert got["youth"] == [0, 4, 0, 0]


def test_a_part_larger_than_its_whole_is_refused(tmp_path: Path) -> None:
    spec = table(tmp_path, "code,n,old\n1100000100,5,6\n", {"population": "n", "elderly": "old"})
    with pytest.raises(
        SourceError, match=r"unit 1100000100, elderly: expected no more elderly than people \(5\), found 6"
    ):
        lay([spec])


def test_a_zone_without_a_row_and_a_blank_value_are_unknown(tmp_path: Path) -> None:
    account = Account()
    got = lay([table(tmp_path, "code,n,m\n1100000100,8,\n", {"population": "n", "jobs": "m"})], account)
    assert got["population"] == [4, 4, None, None]
    assert got["jobs"] == [None] * 4
    assert "1 zones of the region have no row and are unknown: 1100000200" in account.ledgers[0].notes


def test_a_blank_population_leaves_the_unit_and_its_parts_unknown_and_says_which(tmp_path: Path) -> None:
    account = Account()
    text = "code,n,old\n1100000100,,6\n1100000200,8,8\n"
    got = lay([table(tmp_path, text, {"population": "n", "elderly": "old"})], account)
    assert got["population"] == [None, None, 2, 2]
    assert got["elderly"] == [None, None, 2, 2]
    note = "population is blank in row 1 (1100000100): unknown there: population, elderly"
    assert note in account.ledgers[0].notes
    told = [one for one in account.as_dict()["estimates"] if "unknown" in one["note"]["en"]]
    ko = "읍면동 2곳 가운데 1곳의 값만 있고 1곳은 알 수 없습니다: 가동."
    assert [(one["column"], one["note"]["ko"]) for one in told] == [
        ("population", f"인구: {ko}"),
        ("elderly", f"65세 이상 인구: {ko}"),
    ]
    assert told[0]["note"]["en"] == "population: 1 of 2 units, 1 unknown: 가동."


def test_the_row_of_a_zone_missing_is_told_where_pages_show_it(tmp_path: Path) -> None:
    account = Account()
    lay([table(tmp_path, "code,n\n1100000100,8\n", {"population": "n"})], account)
    assert ("population", "population: 1 of 2 units, 1 unknown: 나동.") in account.estimates


def test_parts_of_another_source_are_unknown_where_the_population_is(tmp_path: Path) -> None:
    account = Account()
    people = table(tmp_path, "code,n\n1100000100,\n1100000200,8\n", {"population": "n"}, name="a.csv")
    parts = table(tmp_path, "code,old\n1100000100,6\n1100000200,8\n", {"elderly": "old"}, name="b.csv")
    assert lay([people, parts], account)["elderly"] == [None, None, 2, 2]
    note = "elderly: unknown in 1 units whose population is unknown: 1100000100"
    assert note in account.ledgers[1].notes


def test_a_blank_total_in_the_register_is_unknown_not_none(tmp_path: Path) -> None:
    account = Account()
    lines = ["행정구역,총인구수,계_0~64세,계_65세 이상", "가동(1100000100),,4,6", "나동(1100000200),8,4,4"]
    (tmp_path / "r.csv").write_text("\n".join(lines), encoding="cp949")
    got = lay([{"kind": "resident_register", "path": str(tmp_path / "r.csv")}], account)
    assert (got["population"], got["elderly"]) == ([None, None, 2, 2], [None, None, 1, 1])
    assert any("row 1 (1100000100): unknown there: population" in note for note in account.ledgers[0].notes)


def test_rows_of_a_coarser_unit_are_added_up_and_spread_over_its_zones(tmp_path: Path) -> None:
    account = Account()
    text = "code,n\n11,5\n11,7\n26,9\n"
    got = lay([table(tmp_path, text, {"transit_stops": "n"}, "gu")], account, streets=[1, 1, 1, 1, 0, 0])
    # 12 stops over six squares, four of them in the region.
    assert got["transit_stops"] == [2, 2, 2, 2]
    ledger = account.ledgers[0]
    assert (ledger.read, ledger.kept, ledger.dropped) == (3, 2, {"places that no zone has": 1})
    assert "3 rows added up to 2 units by code" in ledger.notes


def test_a_coarser_unit_with_one_unknown_row_is_unknown(tmp_path: Path) -> None:
    assert lay([table(tmp_path, "code,n\n11,5\n11,\n", {"jobs": "n"}, "gu")])["jobs"] == [None] * 4


def test_codes_of_eight_digits_join_and_it_is_said(tmp_path: Path) -> None:
    account = Account()
    got = lay([table(tmp_path, "code,n\n11000001,10\n11000002,4\n", {"jobs": "n"})], account)
    assert got["jobs"] == [5, 5, 1, 1]
    assert "codes of eight digits were joined as ten-digit codes ending in 00" in account.ledgers[0].notes


def test_subtotal_rows_are_left_out_and_counted(tmp_path: Path) -> None:
    account = Account()
    lay([table(tmp_path, "code,n\n1100000000,14\n1100000100,10\n1100000200,4\n", {"jobs": "n"})], account)
    assert account.ledgers[0].dropped == {"subtotal rows (city, province)": 1}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("code,n\n99,1\n", "such as 1100000100, or its full names, found none of them; the table has 99"),
        ("code,n\n1100000100,1\n1100000100,2\n", "expected each zone once, found '1100000100' in several rows"),
        ("code,n\n,1\n", "row 1, code: expected a code or name, found a blank"),
        ("code,n\n1100000100,1.5\n", "row 1, n: expected a whole number, 0 or more, found '1.5'"),
        ("code,n\n1100000100,many\n", "row 1, n: expected a number, found 'many'"),
        ("code,m\n1100000100,1\n", "expected a column 'n', found columns code, m"),
    ],
)
def test_tables_that_cannot_be_used(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(SourceError) as error:
        lay([table(tmp_path, text, {"jobs": "n"})])
    assert says in str(error.value)


def test_a_table_by_zone_needs_zones(tmp_path: Path) -> None:
    spec = table(tmp_path, "code,n\n1,1\n", {"jobs": "n"})
    with pytest.raises(
        SourceError, match=r"counts\[0\]: expected zones to join the table to, found no `sources.zones`"
    ):
        read_counts(source_of("counts", **spec), "counts[0]", REGION, None, aliases=UNCHANGED, account=Account())


def test_two_sources_of_one_column_are_refused(tmp_path: Path) -> None:
    one = table(tmp_path, "code,n\n1100000100,1\n", {"jobs": "n"}, name="a.csv")
    other = table(tmp_path, "code,n\n1100000100,1\n", {"jobs": "n"}, name="b.csv")
    with pytest.raises(SourceError, match=r"expected one source of jobs, found counts\[0\] .* and counts\[1\]"):
        lay([one, other])


def points(folder: Path, rows: list[tuple[float, float, str]], swap: bool = False) -> dict:
    lines = ["lon,lat,n"]
    for east, north, value in rows:
        lon, lat = degrees(east, north)
        lines.append(f"{lat},{lon},{value}" if swap else f"{lon},{lat},{value}")
    (folder / "p.csv").write_text("\n".join(lines), encoding="utf-8")
    return {"kind": "points", "path": str(folder / "p.csv"), "lon": "lon", "lat": "lat", "columns": {"population": "n"}}


def test_points_give_to_the_squares_nearest_to_them(tmp_path: Path) -> None:
    # Centres 200 m apart: each reaches 115 m, so the first gives to squares 0 and 1, the second to 2 and 3.
    got = lay([points(tmp_path, [(100, 50, "7"), (300, 50, "5")])], streets=[0, 1, 1, 1, 0, 0])
    assert got["population"] == [0, 7, 3, 2]


def test_a_point_of_unknown_count_leaves_its_squares_unknown(tmp_path: Path) -> None:
    account = Account()
    found = lay([points(tmp_path, [(100, 50, ""), (300, 50, "5")])], account)["population"]
    assert found in ([None, None, 3, 2], [None, None, 2, 3])
    assert "population is unknown at 1 points" in account.ledgers[0].notes


def test_points_far_away_are_counted_not_kept(tmp_path: Path) -> None:
    account = Account()
    lay([points(tmp_path, [(100, 50, "1"), (300, 50, "5"), (9_000, 50, "3")])], account)
    assert (account.ledgers[0].kept, account.ledgers[0].dropped) == (2, {"outside the region's box": 1})


def test_points_swapped_or_twice_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="these look like lat/lon swapped"):
        lay([points(tmp_path, [(100, 50, "1"), (300, 50, "5")], swap=True)])
    with pytest.raises(SourceError, match=r"row 2: expected each point once, found .* again. Merge the rows"):
        lay([points(tmp_path, [(100, 50, "1"), (100, 50, "5")])])


def raster(folder: Path, values: list[list[float]], step_m: float = 200, nodata: float = -99) -> dict:
    array = np.array(values, "float32")
    shape = {"height": array.shape[0], "width": array.shape[1], "count": 1, "dtype": "float32", "nodata": nodata}
    transform = from_origin(X0, Y0 + step_m, step_m, step_m)
    with rasterio.open(folder / "r.tif", "w", driver="GTiff", crs="EPSG:5179", transform=transform, **shape) as out:
        out.write(array, 1)
    return {"kind": "raster", "path": str(folder / "r.tif"), "gives": "population"}


def test_pixels_are_rounded_together_and_give_to_their_squares(tmp_path: Path) -> None:
    # 3.6 + 4.8 people are 8 in all: floors 3 and 4, the one left to the larger remainder .8.
    got = lay([raster(tmp_path, [[3.6, 4.8]])], lived=[1, 2, 1, 1, 0, 0])
    assert got["population"] == [1, 2, 3, 2]


def test_a_pixel_without_data_is_unknown(tmp_path: Path) -> None:
    assert lay([raster(tmp_path, [[-99, 4.0]])])["population"] == [None, None, 2, 2]


def test_pixels_smaller_than_squares_add_up(tmp_path: Path) -> None:
    spec = raster(tmp_path, [[1, 2, 3, 4, 5, 6, 7, 8]] * 2, step_m=50)
    # The raster's top is 50 m above Y0 and its foot 50 m below: its upper row lies on the squares, two pixels on each.
    assert lay([spec])["population"] == [3, 7, 11, 15]


def test_negative_pixels_are_refused(tmp_path: Path) -> None:
    with pytest.raises(
        SourceError, match=r"expected counts, 0 or more, found 1 negative pixels. Set the raster's nodata"
    ):
        lay([raster(tmp_path, [[-5, 4.0]])])


def test_densities_become_counts_by_the_pixel(tmp_path: Path) -> None:
    # Pixels of 200 m are 0.04 km²: 100 and 200 people per km² are 4 and 8.
    spec = raster(tmp_path, [[100, 200]])
    with rasterio.open(spec["path"], "r+") as out:
        out.units = ("people/km²",)
    assert lay([spec])["population"] == [2, 2, 4, 4]
    with rasterio.open(spec["path"], "r+") as out:
        out.units = ("thousand people",)
    with pytest.raises(SourceError, match="expected counts per pixel, found the unit 'thousand people'"):
        lay([spec])


def test_a_marker_of_unknown_pixels_is_no_count(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"pixel \(column 1, row 0\): expected at most 50,000 in a hectare, found 1"):
        lay([raster(tmp_path, [[4.0, 1e38]])])


@pytest.mark.slow
@pytest.mark.parametrize(("columns", "refused"), [(50_000, False), (50_001, True)])
def test_at_most_ten_million_pixels_are_read(tmp_path: Path, columns: int, refused: bool) -> None:
    # 200 rows of 8 mm pixels over the region's 400 m: the file is sparse, and a refusal reads none of it.
    shape = {"height": 200, "width": columns, "count": 1, "dtype": "uint8", "nodata": 0, "sparse_ok": True}
    transform = from_origin(X0, Y0 + 1.6, 400 / columns, 0.008)
    with rasterio.open(tmp_path / "r.tif", "w", driver="GTiff", crs="EPSG:5179", transform=transform, **shape):
        pass
    spec = {"kind": "raster", "path": str(tmp_path / "r.tif"), "gives": "population"}
    # One that is read holds nothing, which is the next fault.
    says = "at most 10,000,000 pixels in the region's box, found 10,000,2" if refused else "pixels inside the region"
    with pytest.raises(SourceError, match=says):
        lay([spec])


def test_a_zone_too_small_for_a_centre_gives_to_the_square_around_it() -> None:
    units = ZoneUnits(
        pd.DataFrame({"population": pd.array([4, 6], "Int64")}, index=["a", "b"]),
        Ledger("counts[0]"),
        np.array([0, 1]),
        np.array([X0 + 50, X0 + 190.0]),
        np.array([Y0 + 50, Y0 + 10.0]),
    )
    owner = np.array([0, -1, -1, -1, -1, -1])
    unit, square = units.entries(LATTICE, owner)
    assert (unit.tolist(), square.tolist()) == ([0, 1], [0, 1])


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ("1100000900,7\n", "none for 1100000900, with jobs 7"),
        ("1100000000,14\n1100000900,7\n", "none for 1100000900, with jobs 7"),  # beside a sum
        ("2600000900,7\n", None),  # another city's
        ("1100000900,0\n", None),  # nobody there
        ("1100000900,\n", None),
        ("합계,14\n", None),
    ],
)
def test_a_row_of_the_region_that_no_zone_has_is_a_fault_where_it_counts_any(
    tmp_path: Path, rows: str, found: str | None
) -> None:
    spec = table(tmp_path, f"code,n\n1100000100,10\n1100000200,4\n{rows}", {"jobs": "n"})
    if found is None:
        assert lay([spec])["jobs"] == [5, 5, 1, 1]
        return
    with pytest.raises(SourceError) as error:
        lay([spec])
    assert found in str(error.value)


def test_a_sum_whose_parts_have_no_rows_is_a_fault(tmp_path: Path) -> None:
    own = zones().assign(zone_id=["1111000100", "1114000100"])
    spec = table(tmp_path, "code,n\n1111000100,10\n1114000000,7\n", {"jobs": "n"})
    with pytest.raises(SourceError, match="none for 1114000000, with jobs 7"):
        read_counts(source_of("counts", **spec), "c", REGION, own, aliases=UNCHANGED, account=Account())


def test_rows_that_may_be_of_the_region_are_a_warning(tmp_path: Path) -> None:
    # The region holds the first zone of the city and not the second; where the third lies nobody says.
    account, own = Account(), zones().set_geometry([shapely.box(X0, Y0, X0 + 400, Y0 + 100), shapely.box(0, 0, 1, 1)])
    spec = table(tmp_path, "code,n\n1100000100,10\n1100000200,4\n1100000900,7\n", {"jobs": "n"})
    read_counts(source_of("counts", **spec), "c", REGION, own.set_crs(5179), aliases=UNCHANGED, account=account)
    (told,) = account.warnings
    ko, en = told.ko, told.en
    assert en.startswith("jobs: 7 (33.3%) are of 1 places that no zone has")
    assert "1곳" in ko


def test_people_of_points_without_coordinates_are_a_warning(tmp_path: Path) -> None:
    account = Account()
    spec = points(tmp_path, [(100, 50, "7"), (300, 50, "5")])
    with Path(spec["path"]).open("a", encoding="utf-8") as file:
        file.write("\n,,3")
    lay([spec], account)
    assert list(account.warnings) == [
        "population: 3 (20.0%) are of points without coordinates, or with impossible ones, and are left out."
    ]
