"""Wrong coordinates are refused in one place, and the message says what they look like."""

import geopandas as gpd
import numpy as np
import pytest
import shapely

from spatial.errors import SourceError
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
