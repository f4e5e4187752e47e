"""Polygon files: encodings without a code page, broken rings, codes, and what is refused."""

import zipfile
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pytest
import shapely

from geojeom.errors import Fault, SourceError
from spatial.config.region import Sourced
from spatial.reading.boundary import read_area
from spatial.reading.projection import expected
from spatial.reading.provenance import Account, Ledger
from spatial.reading.vector import codes, read_polygons, unique
from spatial.sources.zones import read_zones
from tests.spatial.files import X0, Y0, area, region_of, source_of

KOREA = expected("KR")
BOWTIE = shapely.Polygon([(0, 0), (100, 100), (100, 0), (0, 100)])


def squares(number: int, **columns: list) -> gpd.GeoDataFrame:
    boxes = [shapely.box(X0 + 100 * at, Y0, X0 + 100 * at + 100, Y0 + 100) for at in range(number)]
    return gpd.GeoDataFrame(columns, geometry=boxes, crs="EPSG:5179")


def write(frame: gpd.GeoDataFrame, path: Path, **options: str) -> str:
    pyogrio.write_dataframe(frame, path, **options)
    return str(path)


def read(path: str, crs: str | None = None, **needed: str) -> tuple[gpd.GeoDataFrame, Ledger]:
    ledger = Ledger("zones", path)
    return read_polygons(path, crs, KOREA, ledger, needed), ledger


@pytest.mark.parametrize("encoding", ["CP949", "UTF-8"])
def test_a_shapefile_without_code_page_and_projection_is_read_right(tmp_path: Path, encoding: str) -> None:
    path = write(squares(2, ADM_NM=["사직동", "청운효자동"]), tmp_path / "dong.shp", encoding=encoding)
    for suffix in (".cpg", ".prj"):
        (tmp_path / "dong").with_suffix(suffix).unlink()
    frame, ledger = read(path)
    assert frame["ADM_NM"].tolist() == ["사직동", "청운효자동"]
    assert frame.crs.to_epsg() == 4326
    assert np.allclose(frame.total_bounds[:2], (127.5, 38.0), atol=1e-6)
    assert ledger.notes == ["the file names no CRS; its coordinate range is that of EPSG:5179, which was used"]


def test_a_wrong_code_page_does_not_matter(tmp_path: Path) -> None:
    path = write(squares(1, ADM_NM=["사직동"]), tmp_path / "dong.shp", encoding="CP949")
    (tmp_path / "dong.cpg").write_text("UTF-8")
    assert read(path)[0]["ADM_NM"].tolist() == ["사직동"]


def zipped(folder: Path, *stems: str) -> str:
    with zipfile.ZipFile(folder / "z.zip", "w") as archive:
        for stem in stems:
            for suffix in (".shp", ".shx", ".dbf", ".prj"):
                archive.write(folder / f"{stem}{suffix}", f"{stem}{suffix}")
    return str(folder / "z.zip")


@pytest.mark.parametrize("encoding", ["CP949", "UTF-8"])
def test_a_zipped_shapefile_without_code_page_keeps_its_letters(tmp_path: Path, encoding: str) -> None:
    write(squares(1, ADM_NM=["사직동"]), tmp_path / "dong.shp", encoding=encoding)
    assert read(zipped(tmp_path, "dong"))[0]["ADM_NM"].tolist() == ["사직동"]


def test_geojson_in_cp949_is_read(tmp_path: Path) -> None:
    path = Path(write(squares(1, ADM_NM=["사직동"]).to_crs(4326), tmp_path / "z.geojson"))
    path.write_bytes(path.read_text(encoding="utf-8").encode("cp949"))
    assert read(str(path))[0]["ADM_NM"].tolist() == ["사직동"]


def test_of_several_layers_none_is_guessed(tmp_path: Path) -> None:
    write(squares(1, a=["x"]), tmp_path / "one.shp")
    write(squares(2, a=["y", "z"]), tmp_path / "two.shp")
    with pytest.raises(SourceError, match=r"expected one layer of polygons, found 2: one, two\. Export the one"):
        read(zipped(tmp_path, "one", "two"))


def test_the_one_layer_of_polygons_is_read_wherever_it_stands(tmp_path: Path) -> None:
    points = squares(3)
    points["geometry"] = points.centroid
    pyogrio.write_dataframe(points, tmp_path / "z.gpkg", layer="stops")
    pyogrio.write_dataframe(squares(2), tmp_path / "z.gpkg", layer="districts", append=True)
    assert len(read(str(tmp_path / "z.gpkg"))[0]) == 2


def test_invalid_polygons_are_mended_and_counted(tmp_path: Path) -> None:
    frame = squares(2, code=["1", "2"])
    frame.loc[0, "geometry"] = shapely.transform(BOWTIE, lambda xy: xy + np.array([X0, Y0]))
    found, ledger = read(write(frame, tmp_path / "z.gpkg"))
    assert ledger.repaired == {"invalid polygons made valid": 1}
    assert found.geometry.is_valid.all()
    # The two triangles of the bow tie: half of its square.
    assert found.to_crs(5179).area.round().tolist() == [5_000, 10_000]


def test_lines_among_polygons_are_dropped_and_counted(tmp_path: Path) -> None:
    frame = squares(2)
    frame.loc[1, "geometry"] = shapely.LineString([(X0, Y0), (X0 + 9, Y0)])
    found, ledger = read(write(frame, tmp_path / "z.gpkg"))
    assert (ledger.read, ledger.kept, ledger.dropped) == (2, 1, {"not polygons": 1})
    assert len(found) == 1


def test_a_gap_hides_no_swapped_coordinates(tmp_path: Path) -> None:
    frame = squares(3).to_crs(4326)
    frame.loc[0, "geometry"] = shapely.transform(frame.geometry[0], lambda xy: xy[:, ::-1])
    frame.loc[1, "geometry"] = None
    with pytest.raises(SourceError) as caught:
        read(write(frame, tmp_path / "z.geojson"))
    gap, swapped = caught.value.faults
    assert (gap.row, gap.found) == (2, "an empty geometry")
    assert swapped.row == 1
    assert "lat/lon swapped" in swapped.found


def test_empty_geometry_is_refused_with_its_row(tmp_path: Path) -> None:
    frame = squares(3)
    frame.loc[1, "geometry"] = None
    with pytest.raises(SourceError, match=r"row 2: expected a polygon, found an empty geometry. Draw the polygon"):
        read(write(frame, tmp_path / "z.gpkg"))


def test_missing_columns_name_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"expected a column 'adm_cd2', found columns ADM_CD. Correct `code:`"):
        read(write(squares(1, ADM_CD=["1"]), tmp_path / "z.gpkg"), code="adm_cd2")


def test_points_are_no_zones(tmp_path: Path) -> None:
    frame = squares(1)
    frame["geometry"] = frame.centroid
    with pytest.raises(SourceError, match="expected polygons, found Point"):
        read(write(frame, tmp_path / "z.gpkg"))


FORMATS = (
    "expected polygons as GeoJSON, GeoPackage, shapefile or TopoJSON, or a CSV with WKT in a column geometry, "
    "found a file that can be read as none of them"
)


@pytest.mark.parametrize("content", [b'{"type":"FeatureCollection", "features":[', bytes(range(256)) * 10, b"[]", b""])
def test_a_damaged_file_is_told_the_formats(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "z.geojson").write_bytes(content)
    with pytest.raises(SourceError, match=FORMATS):
        read(str(tmp_path / "z.geojson"))


def test_mended_districts_are_named(tmp_path: Path) -> None:
    frame = squares(2, district_id=["D1", "D2"])
    west, south, east, north = frame.geometry[1].bounds
    bow = shapely.Polygon([(west, south), (east, north), (east, south), (west, north)])
    frame.geometry = [frame.geometry[0], bow]
    _, ledger = read(write(frame, tmp_path / "z.geojson"))
    assert "made valid, so its outline may differ from what was meant: district D2" in ledger.notes


def test_a_file_that_is_no_map_is_refused(tmp_path: Path) -> None:
    (tmp_path / "z.geojson").write_text("hello")
    with pytest.raises(SourceError, match=FORMATS):
        read(str(tmp_path / "z.geojson"))


def test_half_a_shapefile_is_refused(tmp_path: Path) -> None:
    path = write(squares(1, a=["x"]), tmp_path / "z.shp")
    (tmp_path / "z.dbf").unlink()
    with pytest.raises(SourceError, match=r"expected its companions .shx and .dbf, found no .dbf"):
        read(path)


def test_codes_are_text_whatever_the_file_has() -> None:
    faults: list[Fault] = []
    assert codes(pd.Series([1111053000.0, 11.0]), "f", faults).tolist() == ["1111053000", "11"]
    assert codes(pd.Series(["0011", " 12 "]), "f", faults).tolist() == ["0011", "12"]
    assert faults == []
    codes(pd.Series([1.5, None, 2.0], name="code"), "f", faults)
    assert [fault.row for fault in faults] == [1, 2]


def test_duplicate_codes_are_named_with_their_rows() -> None:
    faults: list[Fault] = []
    unique(pd.Series(["a", "b", "a"], name="code"), "f", faults)
    assert str(faults[0]) == "f, code: expected each code once, found 'a' in rows 1, 3. Merge or delete the duplicates."


def test_zones_need_codes_that_are_unique_and_a_place_in_the_region(tmp_path: Path) -> None:
    path = write(squares(2, c=["7", "7"], n=["a", "b"]), tmp_path / "z.gpkg")
    spec = source_of("zones", path=path, code="c", name="n")
    with pytest.raises(SourceError, match=r"expected each code once, found '7' in rows 1, 2"):
        read_zones(spec, area(1_000, 1_000), Ledger("zones"))
    far = squares(1, c=["7"], n=["a"])
    far["geometry"] = far.translate(50_000, 0)
    spec = source_of("zones", path=write(far, tmp_path / "far.gpkg"), code="c", name="n")
    with pytest.raises(SourceError, match="expected zones in the region, found none that touches it"):
        read_zones(spec, area(1_000, 1_000), Ledger("zones"))


def zones_of(path: str, ledger: Ledger) -> gpd.GeoDataFrame:
    return read_zones(source_of("zones", path=path, code="code", name="name"), area(1_000, 1_000), ledger)


def test_zones_without_a_name_go_by_their_code_and_are_counted(tmp_path: Path) -> None:
    ledger = Ledger("zones")
    path = write(squares(3, code=["1", "2", "3"], name=["가동", " ", None]), tmp_path / "z.gpkg")
    assert zones_of(path, ledger)["name"].tolist() == ["가동", "2", "3"]
    assert "2 zones without a name go by their code" in ledger.notes


def test_zones_on_the_same_land_are_refused(tmp_path: Path) -> None:
    frame = squares(3, code=["1", "2", "3"], name=["가동", "나동", "다동"])
    # The second covers 40 of the first one's 100 m; the third overlaps it by a sliver of 1 m.
    frame["geometry"] = [shapely.box(X0 + a, Y0, X0 + b, Y0 + 100) for a, b in ((0, 100), (60, 200), (199, 300))]
    with pytest.raises(SourceError) as error:
        zones_of(write(frame, tmp_path / "z.gpkg"), Ledger("zones"))
    assert [fault.found for fault in error.value.faults] == ["1 and 2 on the same land (40% of the smaller one)"]


def test_a_selected_name_of_two_far_places_is_told(tmp_path: Path) -> None:
    frame = squares(3, name=["고성군", "고성군", "속초시"])
    frame.loc[1, "geometry"] = shapely.box(X0, Y0 - 200_000, X0 + 100, Y0 - 199_900)
    account = Account()
    read_area(region(write(frame, tmp_path / "z.gpkg"), {"name": ["고성군", "속초시"]}), account)
    assert account.ledgers[0].notes == [
        "select name = 고성군 takes 2 rows in 2 places over 50 km apart: if they only share a name, select by code"
    ]


def region(path: str, select: dict[str, list[str]]) -> Sourced:
    return region_of(boundary={"path": path, "select": select})


def test_a_boundary_is_selected_and_dissolved(tmp_path: Path) -> None:
    path = write(squares(3, sgg=["1", "1", "2"]), tmp_path / "z.gpkg")
    account = Account()
    found = read_area(region(path, {"sgg": ["1"]}), account)
    assert found.polygon.area == pytest.approx(20_000, rel=1e-6)
    assert found.metres == pytest.approx((X0, Y0, X0 + 200, Y0 + 100))
    assert account.ledgers[0].dropped == {"not selected": 1}
    with pytest.raises(SourceError, match=r"expected rows with sgg = 9, found none; the values are 1, 2"):
        read_area(region(path, {"sgg": ["9"]}), Account())
    with pytest.raises(SourceError, match=r"expected a column 'sido', found"):
        read_area(region(path, {"sido": ["9"]}), Account())


def test_a_box_elsewhere_than_the_country_is_refused() -> None:
    spec = region_of(boundary={"bbox": (2.2, 48.8, 2.4, 48.9)})
    with pytest.raises(SourceError, match=r"expected a box \[west, south, east, north\] in Korea"):
        read_area(spec, Account())


def test_a_ring_without_area_is_named_by_its_row_in_the_file_also_behind_a_point(tmp_path: Path) -> None:
    flat = shapely.Polygon([(127, 37), (127.1, 37.1), (127, 37), (127, 37)])
    shapes = [shapely.Point(127, 37), shapely.box(127, 37, 127.1, 37.1), flat]
    path = write(gpd.GeoDataFrame({"n": [1, 2, 3]}, geometry=shapes, crs=4326), tmp_path / "rings.geojson")
    with pytest.raises(SourceError, match=r"row 3: expected a polygon with an area, found a ring without one"):
        read(path)


def collection(*shapes: shapely.Geometry) -> shapely.Geometry:
    return shapely.GeometryCollection(list(shapes))


def test_collections_keep_their_areas(tmp_path: Path) -> None:
    area, line = shapely.box(127, 37, 127.01, 37.01), shapely.LineString([(127, 37), (127.5, 37)])
    part = shapely.box(127.1, 37, 127.11, 37.01)
    given = [collection(area, line), collection(line, collection(area, part)), shapely.force_3d(area, 5)]
    path = tmp_path / "overlay.csv"
    pd.DataFrame({"geometry": [shape.wkt for shape in given]}).to_csv(path, index=False)
    ledger = Ledger("zones")
    frame = read_polygons(str(path), "EPSG:4326", KOREA, ledger, {})
    assert frame.area.tolist() == pytest.approx([1e-4, 2e-4, 1e-4])
    assert not frame.has_z.any()
    assert ledger.repaired == {"collections of which the areas were kept": 2}


def test_a_row_of_figures_without_an_area_is_a_fault_and_a_label_is_not(tmp_path: Path) -> None:
    area, line = shapely.box(127, 37, 127.01, 37.01), shapely.LineString([(127, 37), (127.5, 37)])
    path = tmp_path / "zones.csv"
    rows = {"code": ["1", "2", "", "9"], "geometry": [area.wkt, line.wkt, "POINT (127 37)", "POINT (127 37)"]}
    pd.DataFrame(rows).to_csv(path, index=False)
    chosen = {"code": ["1", "2"]}
    with pytest.raises(SourceError) as caught:
        read_polygons(str(path), "EPSG:4326", KOREA, Ledger("z"), {}, carries=["code"], select=chosen)
    assert [(one.row, one.found) for one in caught.value.faults] == [(2, "a LineString with code 2")]
    ledger = Ledger("z")
    assert len(read_polygons(str(path), "EPSG:4326", KOREA, ledger, {})) == 1
    assert ledger.dropped == {"not polygons": 3}


def test_a_region_of_too_many_cells_is_refused_from_a_file_too(tmp_path: Path) -> None:
    # A square of 0.1 degrees at 37 north is about 8.9 x 11.1 km: some 9,900 cells of 100 m.
    shapes = [
        shapely.box(127, 37, 127.1, 37.1),
        shapely.box(127, 37, 127.1, 37.1),
        shapely.box(127.9, 37, 127.901, 37.1),
    ]
    path = tmp_path / "boundary.geojson"
    gpd.GeoDataFrame({"name": ["a", "again", "far"]}, geometry=shapes, crs=4326).to_file(path)
    chosen = {"path": str(path), "select": {"name": ["a", "again"]}}
    area = read_area(region_of(boundary=chosen, cells_max=10_000), Account())
    assert area.polygon.area / 100**2 == pytest.approx(9_870, rel=0.01)
    with pytest.raises(SourceError, match=r"boundary.geojson: .* at most 9,000 cells of 100 m, found one of 9,8"):
        read_area(region_of(boundary=chosen, cells_max=9_000), Account())
    far = region_of(boundary={"path": str(path)}, cells_max=10_000)
    with pytest.raises(SourceError, match=r"whose box holds at most 40,000 squares .* its parts lie far apart"):
        read_area(far, Account())


def test_what_border_cells_hold_is_read_beyond_a_box() -> None:
    area = read_area(region_of(boundary={"bbox": [127.0, 37.0, 127.01, 37.01]}, cells_max=10_000), Account())
    west, south, east, north = area.squares
    assert (west % 100, south % 100, east % 100, north % 100) == (0, 0, 0, 0)
    assert west <= area.metres[0] < west + 100
    assert east - 100 <= area.metres[2] < east
    box = area.squares_degrees
    assert box[0] < 127.0
    assert box[2] > 127.01
    # Never more than a cell and what the grid is turned by: 0.003 degrees are over 260 m.
    assert max(abs(one - other) for one, other in zip(box, (127.0, 37.0, 127.01, 37.01), strict=True)) < 0.003
