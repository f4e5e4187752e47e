"""Wrong coordinates are refused in one place, and the message says what they look like."""

import geopandas as gpd
import numpy as np
import pytest
import shapely
from pyproj import CRS, Transformer

from geojeom.errors import SourceError
from spatial.reading.projection import expected, lonlat, region_crs, settle
from spatial.reading.provenance import Ledger

KOREA = expected("KR")
SEOUL_DEGREES = (126.95, 37.54, 127.01, 37.59)
SEOUL_5179 = (951_000, 1_949_000, 956_000, 1_954_000)
SEOUL_5186 = (195_600, 549_000, 200_600, 554_000)


def frame(box: tuple[float, float, float, float], crs: str | None = None) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(geometry=[shapely.box(*box)], crs=crs)


def swapped(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    return (box[1], box[0], box[3], box[2])


BUSAN_DEGREES = (129.05, 35.15, 129.10, 35.20)
BUSAN_5187 = (204_556, 283_740, 209_112, 289_288)


@pytest.mark.parametrize(
    ("box", "region", "epsg"),
    [(SEOUL_5179, None, 5179), (SEOUL_5186, SEOUL_DEGREES, 5186), (BUSAN_5187, BUSAN_DEGREES, 5187)],
)
def test_a_file_without_a_crs_is_taken_by_an_unambiguous_range_and_it_says_so(
    box: tuple, region: tuple | None, epsg: int
) -> None:
    ledger = Ledger("zones")
    degrees = settle(frame(box), "dong.shp", None, expected("KR", region), ledger)
    assert np.allclose(degrees.total_bounds, region or SEOUL_DEGREES, atol=0.02)
    assert ledger.notes == [f"the file names no CRS; its coordinate range is that of EPSG:{epsg}, which was used"]


@pytest.mark.parametrize(
    ("box", "crs", "declared", "says"),
    [
        (swapped(SEOUL_DEGREES), "EPSG:4326", None, "these look like lat/lon swapped"),
        (SEOUL_5179, "EPSG:4326", None, "these look like metres"),
        (SEOUL_DEGREES, "EPSG:5179", None, "these look like degrees"),
        (SEOUL_DEGREES, None, "EPSG:5186", "these look like degrees"),
        (SEOUL_5179, "EPSG:5186", None, "which is elsewhere"),
        (swapped(SEOUL_5179), "EPSG:5179", None, "these look like x and y swapped"),
        (swapped(SEOUL_5179), None, None, "look like EPSG:5179 with x and y swapped"),
        (swapped(SEOUL_DEGREES), None, None, "look like lat/lon swapped"),
        ((3e6, 3e6, 3.1e6, 3.1e6), None, None, "fit no CRS without doubt"),
        (SEOUL_5179, None, "EPSG:nonsense", "expected a CRS such as EPSG:5179"),
        ((2.2, 48.8, 2.4, 48.9), "EPSG:4326", None, "which is elsewhere"),
    ],
)
def test_wrong_coordinates_are_refused_saying_what_they_look_like(
    box: tuple, crs: str | None, declared: str | None, says: str
) -> None:
    with pytest.raises(SourceError) as error:
        settle(frame(box, crs), "dong.shp", declared, KOREA, Ledger("zones"))
    assert says in str(error.value)
    assert "dong.shp" in str(error.value)


@pytest.mark.parametrize(
    ("box", "region", "says"),
    [
        # Busan's coordinates in the East Belt are those of a mountain 180 km west of it in the Central Belt.
        (BUSAN_5187, None, "may be of any of Korea's belts"),
        (SEOUL_5186, None, "may be of any of Korea's belts"),
        # 100 km too far south to be of today's Central Belt: the one before it, whose ellipsoid is unknown.
        (
            (195_600, 449_000, 200_600, 454_000),
            SEOUL_DEGREES,
            "may be EPSG:5181 or EPSG:5174, which lie some 300 m apart",
        ),
        (BUSAN_5187, (127.0, 35.9, 127.1, 36.0), "lie in the region by none of Korea's belts"),
        # A region 4 degrees high holds the place by the belts of both times.
        (SEOUL_5186, (126.0, 34.5, 128.0, 38.5), "by several of Korea's belts: EPSG:5186, EPSG:5181"),
    ],
)
def test_belts_that_cannot_be_told_apart_are_refused(box: tuple, region: tuple | None, says: str) -> None:
    with pytest.raises(SourceError) as error:
        settle(frame(box), "dong.shp", None, expected("KR", region), Ledger("zones"))
    assert says in str(error.value)
    assert "give `crs:`" in str(error.value)


def test_single_swapped_features_are_refused_with_their_rows() -> None:
    shapes = [shapely.box(*SEOUL_DEGREES), shapely.box(*swapped(SEOUL_DEGREES)), shapely.box(*SEOUL_DEGREES)]
    mixed = gpd.GeoDataFrame(geometry=shapes, crs="EPSG:4326")
    with pytest.raises(SourceError) as error:
        settle(mixed, "c.geojson", None, KOREA, Ledger("candidates"))
    assert [fault.row for fault in error.value.faults] == [2]
    assert "row 2, geometry: expected coordinates in Korea, found x 37.54 to 37.59" in str(error.value)


def test_the_declared_crs_wins_over_the_file() -> None:
    degrees = settle(frame(SEOUL_5179, "EPSG:5186"), "dong.shp", "EPSG:5179", KOREA, Ledger("zones"))
    assert np.allclose(degrees.total_bounds, SEOUL_DEGREES, atol=0.02)


def test_single_swapped_rows_are_mended_and_impossible_ones_dropped() -> None:
    ledger = Ledger("wifi")
    lon = np.array([127.0, 37.5, 127.1, 35.1, np.nan, 1_269_000.0])
    lat = np.array([37.5, 126.9, 37.6, 35.1, 37.5, 35.1])
    x, y = lonlat(lon, lat, "wifi.csv", KOREA, ledger)
    assert x[:3].tolist() == [127.0, 126.9, 127.1]
    assert y[:3].tolist() == [37.5, 37.5, 37.6]
    assert np.isnan(x[3:]).all()
    assert ledger.repaired == {"latitude and longitude exchanged back": 1}
    assert ledger.dropped == {"without coordinates": 1, "with coordinates outside Korea": 2}
    assert "row 4 (35.1, 35.1)" in ledger.notes[0]


def test_columns_named_the_wrong_way_round_are_refused() -> None:
    with pytest.raises(SourceError, match=r"3 of 3 rows like it: these look like lat/lon swapped. Exchange `lon:`"):
        lonlat(np.array([37.5, 37.6, 37.4]), np.array([127.0, 127.1, 126.9]), "t.csv", KOREA, Ledger("t"))


def test_metres_in_columns_of_degrees_are_refused() -> None:
    with pytest.raises(SourceError, match=r"\(953898, 1.95204e\+06\): these look like metres"):
        lonlat(np.array([953_898.0]), np.array([1_952_036.0]), "t.csv", KOREA, Ledger("t"))


def test_the_crs_of_a_region() -> None:
    assert region_crs("KR", None, SEOUL_DEGREES, "r").to_epsg() == 5179
    assert region_crs("BR", None, (-51.26, -30.11, -51.13, -29.99), "r").to_epsg() == 32722
    assert region_crs("LI", None, (9.47, 47.05, 9.64, 47.27), "r").to_epsg() == 32632
    with pytest.raises(SourceError, match="expected a projected CRS in metres, found WGS 84"):
        region_crs("BR", "EPSG:4326", (-51.26, -30.11, -51.13, -29.99), "r")


BESSEL = "+proj=tmerc +lat_0=38 +lon_0={lon} +k=1 +x_0=200000 +y_0={y} +ellps=bessel +units=m +no_defs"
MODIFIED = BESSEL.format(lon=127.0028902777778, y=500000)


def bounds(box: tuple, crs: str) -> tuple[float, ...]:
    """The box in another CRS, by pyproj alone."""
    return Transformer.from_crs(4326, crs, always_xy=True).transform_bounds(*box)


def middle(box: tuple | np.ndarray) -> list[float]:
    return [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2]


@pytest.mark.parametrize(
    ("text", "epsg", "place"),
    [
        (MODIFIED, 5174, SEOUL_DEGREES),
        (CRS(MODIFIED).to_wkt("WKT1_ESRI"), 5174, SEOUL_DEGREES),
        (MODIFIED.replace("+units", "+towgs84=0,0,0,0,0,0,0 +units"), 5174, SEOUL_DEGREES),
        (BESSEL.format(lon=129.0028902777778, y=500000), 5176, BUSAN_DEGREES),
        (BESSEL.format(lon=127.0028902777778, y=550000), 5175, (126.5, 33.45, 126.55, 33.5)),
    ],
)
def test_a_korean_belt_without_its_shift_is_read_with_it_and_said(text: str, epsg: int, place: tuple) -> None:
    ledger = Ledger("zones")
    degrees = settle(frame(bounds(place, f"EPSG:{epsg}"), text), "dong.shp", None, KOREA, ledger)
    # A box that was turned has a larger one, of the same middle within some 10 m; without the shift it is 300 m off.
    assert np.allclose(middle(degrees.total_bounds), middle(place), atol=2e-4)
    assert f"its projection is that of EPSG:{epsg}, which was used" in ledger.notes[0]


@pytest.mark.parametrize(
    "text",
    [
        "EPSG:4004",
        BESSEL.format(lon=127, y=500000),
        BESSEL.format(lon=127.0028902777778, y=600000),
        "+proj=longlat +ellps=bessel +no_defs",
        "+proj=longlat +ellps=intl +towgs84=0,0,0 +no_defs",
        "+proj=utm +zone=52 +ellps=krass +no_defs",
        "+proj=merc +R=6371000 +no_defs",
        "EPSG:4610",  # Xian 1980: no published shift
        'LOCAL_CS["site grid",UNIT["metre",1]]',
        "EPSG:4978",
    ],
)
def test_a_datum_that_nothing_ties_to_wgs_84_is_refused(text: str) -> None:
    box = SEOUL_DEGREES if CRS(text).is_geographic else SEOUL_5186
    for told, declared in ((text, None), (None, text)):
        with pytest.raises(SourceError, match="expected a CRS whose place on Earth is known"):
            settle(frame(box, told), "dong.shp", declared, KOREA, Ledger("zones"))


def test_a_region_is_not_analysed_in_such_a_crs() -> None:
    with pytest.raises(SourceError, match="without its shift to WGS 84"):
        region_crs("KR", BESSEL.format(lon=127, y=500000), SEOUL_DEGREES, "r")


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("EPSG:5186", None),
        ("EPSG:5186+5193", None),  # with heights
        ("EPSG:5174", None),
        (MODIFIED.replace("+units", "+towgs84=-115.80,474.99,674.11,1.16,-2.31,-1.63,6.43 +units"), None),
        ("EPSG:4737", None),
        ("EPSG:3857", None),
        ("+proj=tmerc +lat_0=38 +lon_0=127 +k=1 +x_0=200000 +y_0=600000 +ellps=GRS80", "was taken for it"),
    ],
)
def test_a_datum_that_is_tied_is_read_as_it_is(text: str, note: str | None) -> None:
    ledger = Ledger("zones")
    place = bounds(SEOUL_DEGREES, CRS(text).sub_crs_list[0] if CRS(text).is_compound else text)
    degrees = settle(frame(place, text), "dong.shp", None, KOREA, ledger)
    assert np.allclose(
        np.add(*np.split(degrees.total_bounds, 2)), np.add(*np.split(np.array(SEOUL_DEGREES), 2)), atol=4e-4
    )
    assert [note in one for one in ledger.notes] == ([True] if note else [])


def test_an_undefined_crs_is_none() -> None:
    ledger = Ledger("zones")
    settle(frame(SEOUL_5179, 'LOCAL_CS["Undefined Cartesian SRS",UNIT["metre",1]]'), "z.gpkg", None, KOREA, ledger)
    assert "the file names no CRS" in ledger.notes[0]


@pytest.mark.parametrize(
    ("box", "epsg", "says"),
    [
        # False northing 500,000 said to be 600,000: 100 km off, still in Korea.
        ((195_600, 449_000, 200_600, 454_000), 5186, "they would lie there by EPSG:5181"),
        (BUSAN_5187, 5186, "they would lie there by EPSG:5187"),
        (swapped(SEOUL_5186), 5186, "with x and y exchanged they would lie there"),
    ],
)
def test_coordinates_of_another_belt_than_the_file_says_are_refused(box: tuple, epsg: int, says: str) -> None:
    region = BUSAN_DEGREES if box == BUSAN_5187 else SEOUL_DEGREES
    with pytest.raises(SourceError, match=says):
        settle(frame(box, f"EPSG:{epsg}"), "dong.shp", None, expected("KR", region), Ledger("zones"))
