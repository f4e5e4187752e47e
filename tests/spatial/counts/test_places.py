"""Counts on polygons, stated totals, finer counts as proportions, and tables without codes: reckoned by hand."""

from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from geojeom.errors import SourceError
from spatial.counts.people import lay_out
from spatial.counts.plausible import cross_check
from spatial.counts.units import Units
from spatial.reading.provenance import Account
from spatial.reading.square_grid import SquareGrid
from spatial.sources.codes import CodeAliases, full_names
from tests.spatial.files import X0, Y0, area, source_of
from tests.spatial.whole import read_counts

REGION = area(400, 100)  # four cells in a row
LATTICE = SquareGrid.over((X0, Y0, X0 + 399, Y0 + 99), 100)
INSIDE = np.ones(4, dtype=bool)
OWNER = np.array([0, 0, 1, 1])
NAMES = ["강원도 춘천시 동면", "강원도 춘천시 서면"]


def zones() -> gpd.GeoDataFrame:
    boxes = [shapely.box(X0 + 200 * at, Y0, X0 + 200 * at + 200, Y0 + 100) for at in range(2)]
    frame = gpd.GeoDataFrame({"zone_id": ["1", "2"], "name": NAMES}, geometry=boxes, crs=5179)
    return frame.assign(place=full_names(frame["name"]))


def read(given: dict[str, Any], account: Account | None = None, key: str = "counts[0]") -> Units:
    return read_counts(
        source_of("counts", **given),
        key,
        REGION,
        zones(),
        aliases=CodeAliases(changes=[]),
        account=account if account is not None else Account(),
    )


def wkt(at: float, width: float = 100) -> str:
    return f'"{shapely.box(X0 + at, Y0, X0 + at + width, Y0 + 100).wkt}"'


def polygons(folder: Path, rows: list[str], **changes: Any) -> dict[str, Any]:
    path = folder / "grid.csv"
    path.write_text("\n".join(["gid,n,dong,geometry", *rows]), encoding="utf-8")
    spec = {"kind": "polygons", "path": str(path), "crs": "EPSG:5179", "id": "gid", "columns": {"population": "n"}}
    return spec | changes


def by_name(folder: Path, text: str, **changes: Any) -> dict[str, Any]:
    (folder / "t.csv").write_text(text, encoding="cp949")
    names = {"name": "동", "sido": None, "sigungu": None, "within": ["강원도", "춘천시"]}
    spec = {"kind": "zone_table", "path": str(folder / "t.csv"), "code": None, "names": names, "zone_column": None}
    return spec | {"header_rows": 1, "columns": {"population": "n"}} | changes


def lay(source: Units, weights: dict[str, list[float]] | None = None, account: Account | None = None) -> list[int]:
    levels = {name: np.array(values, float) for name, values in (weights or {}).items()}
    found = lay_out([source], LATTICE, owner=OWNER, inside=INSIDE, weights=levels, account=account or Account())
    return found["population"].value.tolist()


def test_a_unit_that_touches_two_zones_counts_once(tmp_path: Path) -> None:
    rows = [f"a,7,동면,{wkt(0)}", f"b,4,동면,{wkt(100, 200)}", f"b,4,서면,{wkt(100, 200)}"]
    source = read(polygons(tmp_path, rows))
    assert lay(source) == [7, 2, 2, 0]
    assert (source.ledger.read, source.ledger.kept) == (3, 2)
    assert source.ledger.dropped == {"the same unit again": 1}


def test_polygons_may_come_from_any_vector_file(tmp_path: Path) -> None:
    frame = gpd.GeoDataFrame({"n": [7.0, None]}, geometry=zones().geometry.to_numpy(), crs=5179)
    frame.to_file(tmp_path / "grid.gpkg")
    source = read(polygons(tmp_path, []) | {"path": str(tmp_path / "grid.gpkg"), "id": None})
    assert source.totals["population"].tolist()[:1] == [7]
    assert pd.isna(source.totals["population"].iloc[1])


def test_a_polygon_without_a_cell_centre_gives_to_the_cell_around_it(tmp_path: Path) -> None:
    assert lay(read(polygons(tmp_path, [f"a,5,x,{wkt(310, 20)}"]))) == [0, 0, 0, 5]


@pytest.mark.parametrize(
    ("rows", "changes", "message"),
    [
        ([f"a,1,x,{wkt(0)}", f"a,2,x,{wkt(0)}"], {}, "expected one set of figures per unit, found 'a' again"),
        (["a,1,x,POLYGON oops"], {}, "row 1, geometry: expected a polygon as WKT, found 'POLYGON oops'"),
        (["a,1,x,"], {}, "row 1: expected a polygon, found an empty geometry"),
        ([f"a,x,x,{wkt(0)}"], {}, "row 1, n: expected a number, found 'x'"),
        ([f"a,1.5,x,{wkt(0)}"], {}, "expected a whole number, 0 or more, found '1.5'"),
        ([f"a,1,x,{wkt(0)}"], {"id": "cell"}, "expected a column 'cell'"),
        ([f"a,1,x,{wkt(0)}"], {"crs": "EPSG:4326"}, "these look like metres"),
        ([f"a,1,x,{wkt(0)}"], {"crs": "5179 please"}, "expected a CRS such as EPSG:5179"),
        (['a,1,x,"POINT (1 2)"'], {}, "expected polygons, found Point"),
    ],
)
def test_polygons_that_cannot_be_used(tmp_path: Path, rows: list[str], changes: dict, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        read(polygons(tmp_path, rows, **changes))


def test_a_stated_total_goes_by_buildings_and_is_called_an_estimate() -> None:
    account = Account()
    spec = {"kind": "total", "columns": {"population": 100}, "attribution": "Office", "vintage": "", "licence": ""}
    assert lay(read(spec, account), {"lived": [1, 0, 3, 0]}, account) == [25, 0, 75, 0]
    assert [text for _, text in account.estimates] == [
        "Only the region's total of 100 is known; every cell's figure is an estimate.",
        "Values of 1 source units were laid on cells by floor area of homes, keeping each unit's total.",
    ]


def test_finer_counts_place_people_within_their_zone_and_change_no_total(tmp_path: Path) -> None:
    source = read(by_name(tmp_path, "동,n\n동면,10\n서면,8\n"))
    # The finer counts put one in five in the first cell of the first zone, and nobody into the second zone.
    assert lay(source, {"density": [10, 40, 0, 0], "dry": [1, 1, 1, 1]}) == [2, 8, 4, 4]


def test_a_table_of_names_joins_within_its_city_and_its_subtotal_joins_nothing(tmp_path: Path) -> None:
    source = read(by_name(tmp_path, "동,n\n합계,18\n동면,10\n서면,8\n"))
    assert source.totals["population"].tolist() == [10, 8]
    assert source.ledger.repaired == {"joined by (sido, sigungu, name)": 2}
    assert source.ledger.dropped == {"places that no zone has": 1}


def test_names_with_their_own_columns(tmp_path: Path) -> None:
    names = {"name": "동", "sido": "도", "sigungu": "시", "within": None}
    text = "도,시,동,n\n강원도,춘천시,동면,10\n전라남도,화순군,동면,99\n"
    source = read(by_name(tmp_path, text, names=names))
    assert source.totals["population"].tolist() == [10]


def test_the_same_name_in_another_city_is_refused(tmp_path: Path) -> None:
    spec = by_name(tmp_path, "동,n\n동면,10\n")
    spec["names"]["within"] = ["전라남도", "화순군"]
    with pytest.raises(SourceError, match=r"found none of them; the table has 전라남도\|화순군\|동면"):
        read(spec)


@pytest.mark.parametrize(("other", "refused"), [(190, False), (189, True), (210, False), (211, True)])
def test_totals_more_than_five_percent_apart_are_refused(tmp_path: Path, other: int, refused: bool) -> None:
    used = lay_out(
        [read({"kind": "total", "columns": {"population": 200}, "attribution": "Office"})],
        LATTICE,
        owner=OWNER,
        inside=INSIDE,
        weights={},
        account=Account(),
    )
    check = read({"kind": "total", "columns": {"population": other}, "attribution": "Office"}, key="cross_checks[0]")
    faults = [str(one) for one in cross_check(used, [check], LATTICE, owner=OWNER, inside=INSIDE, weights={})]
    assert len(faults) == int(refused)
    if refused:
        assert "cross_checks[0], population: expected population within 5% of the 200 of the source used" in faults[0]
        assert f"found {other} in the region" in faults[0]
    assert (
        f"population: {other} in the region, 200 by the source used ({abs(other - 200) / 200:.1%} apart)"
        in check.ledger.notes
    )
