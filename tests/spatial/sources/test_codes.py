"""Codes that changed and names that stand for codes: joins that must find the right zone or none."""

from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from geojeom.catalogues import CATALOGUES
from geojeom.checked_yaml import read_catalogue
from geojeom.errors import SourceError
from spatial.config.region import Zones
from spatial.counts.zone_join import to_codes
from spatial.reading.provenance import Ledger
from spatial.sources.codes import CodeAliases, full_names, place_key, plain_codes
from spatial.sources.zones import read_zones
from tests.spatial.files import X0, Y0, area, source_of

FULL_WIDTH = "".join(chr(ord(digit) + 0xFEE0) for digit in "4211051000")
ALIASES = read_catalogue(CATALOGUES / "code_aliases.yaml", CodeAliases)


def zones(codes: list[str], names: list[str]) -> gpd.GeoDataFrame:
    frame = gpd.GeoDataFrame({"zone_id": codes, "name": names}, geometry=[shapely.box(0, 0, 1, 1)] * len(codes))
    return frame.assign(place=full_names(frame["name"]))


def join(codes: list[str], names: list[str | None], to: gpd.GeoDataFrame) -> tuple[list[str], dict[str, int]]:
    ledger = Ledger("t", "t.csv")
    place = full_names(pd.Series(names, dtype="str"))
    return to_codes(pd.Series(codes), place, to, "zone_id", aliases=ALIASES, ledger=ledger).tolist(), ledger.repaired


@pytest.mark.parametrize(
    ("table", "zone", "change"),
    [
        ("4211025000", "5111025000", "42 to 51, 2023-06-11"),
        ("5111025000", "4211025000", "42 to 51, 2023-06-11"),
        ("4511125000", "5211125000", "45 to 52, 2024-01-18"),
        ("4772025000", "2772025000", "47720 to 27720, 2023-07-01"),
    ],
)
def test_codes_that_changed_join_both_ways_and_are_counted(table: str, zone: str, change: str) -> None:
    got, repaired = join([table], [None], zones([zone], ["이름"]))
    assert got == [zone]
    assert repaired == {f"joined by a code that changed ({change})": 1}


def test_a_code_that_a_zone_has_is_never_changed() -> None:
    got, repaired = join(["4211025000", "5111025000"], [None, None], zones(["4211025000", "5111025000"], ["가", "나"]))
    assert got == ["4211025000", "5111025000"]
    assert repaired == {}


def test_full_names_join_what_codes_do_not_whatever_the_province_was_called() -> None:
    to = zones(["1", "2"], ["강원특별자치도 춘천시 신북읍", "강원특별자치도 춘천시 동면"])
    got, repaired = join(["99", "2"], ["강원도 춘천시 신북읍", "강원도 춘천시 동면"], to)
    assert got == ["1", "2"]
    assert repaired == {"joined by (sido, sigungu, name)": 1}


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ({"within": ("강원도", "춘천시")}, "강원도|춘천시|신북읍"),
        ({"sido": "province", "sigungu": "city"}, "강원도|춘천시|신북읍"),
        ({}, None),
    ],
)
def test_zones_of_bare_names_have_a_full_one_once_it_is_said_where_they_lie(
    tmp_path: Path, given: dict, place: str | None
) -> None:
    file = tmp_path / "dong.geojson"
    frame = gpd.GeoDataFrame(
        {"adm_dr_cd": ["3201011"], "adm_dr_nm": ["신북읍"], "province": ["강원도"], "city": ["춘천시"]},
        geometry=[shapely.box(X0, Y0, X0 + 100, Y0 + 100)],
        crs=5179,
    )
    frame.to_crs(4326).to_file(file)
    spec = source_of("zones", path=str(file), code="adm_dr_cd", name="adm_dr_nm", **given)
    found = read_zones(spec, area(100, 100), Ledger("zones", str(file)))["place"].iloc[0]
    assert found == place or (place is None and pd.isna(found))


@pytest.mark.parametrize(
    "given", [{"sido": "a"}, {"sigungu": "b"}, {"sido": "a", "sigungu": "b", "within": ["강원도", "춘천시"]}]
)
def test_zones_that_say_half_of_where_they_lie_are_refused(given: dict) -> None:
    with pytest.raises(
        ValueError, match=r"give the columns sido and sigungu, or within: \[sido, sigungu\], or neither"
    ):
        Zones.model_validate({"path": "z.shp", "code": "c", "name": "n"} | given)


def test_the_same_name_elsewhere_is_another_place() -> None:
    to = zones(["1", "2"], ["부산광역시 중구 중앙동", "부산광역시 중구 대청동"])
    got, _ = join(["98", "2"], ["울산광역시 중구 중앙동", None], to)
    assert got == ["98", "2"]


def test_a_name_that_comes_twice_joins_nothing() -> None:
    to = zones(["1", "2", "3"], ["부산광역시 중구 중앙동"] * 2 + ["부산광역시 중구 대청동"])
    got, _ = join(["98", "3"], ["부산광역시 중구 중앙동", None], to)
    assert got == ["98", "3"]


def test_bare_names_are_no_full_names() -> None:
    names = full_names(pd.Series(["중앙동", "중구 중앙동", "경기도 수원시 장안구 파장동"], dtype="str"))
    assert names.isna().tolist() == [True, True, False]
    assert names[2] == place_key("경기도", "수원시 장안구", "파장동") == "경기도|수원시장안구|파장동"


def test_middle_dots_are_one() -> None:
    keys = {place_key("서울특별시", "종로구", f"종로1{dot}2가동") for dot in "·.ㆍ‧・,"}
    assert len(keys) == 1


def test_rows_that_find_no_zone_at_all_are_refused() -> None:
    with pytest.raises(SourceError, match="such as 1, or its full names, found none of them; the table has 98"):
        join(["98"], [None], zones(["1"], ["부산광역시 중구 중앙동"]))


@pytest.mark.parametrize(
    ("zone", "table", "says"),
    [
        ("0411151000", "411151000", "have lost their leading zeros: export it again with the column as text"),
        ("4111510000", "4.11E+09", "A spreadsheet has rounded the codes"),
        (
            "3201011",
            "4211025000",
            "codes of Statistics Korea (7 or 8 digits), the table those of the Ministry of the Interior",
        ),
        ("4111510000", "98", "Name the right code column"),
    ],
)
def test_codes_that_were_spoilt_or_are_the_other_office_s_are_told(zone: str, table: str, says: str) -> None:
    with pytest.raises(SourceError) as error:
        join([table], [None], zones([zone], ["부산광역시 중구 중앙동"]))
    assert says in str(error.value)


@pytest.mark.parametrize(
    "written",
    [
        "4211051000.0",
        "4211051000.00",
        "42110 51000",
        "42110-51000",
        "4,211,051,000",
        '="4211051000"',
        "４２１１０５１０００",
    ],
)
@pytest.mark.parametrize("zone", ["4211051000", "5111051000"])
def test_codes_are_the_same_with_marks_between_their_digits_also_where_they_changed(written: str, zone: str) -> None:
    assert join([written], [None], zones([zone], ["이름"]))[0] == [zone]


def test_marks_in_the_zones_own_codes_are_none_either_and_other_words_stay() -> None:
    assert join(["4311010100", "A-1"], [None, None], zones(["43110-10100", "A-1"], ["가", "나"]))[0] == [
        "43110-10100",
        "A-1",
    ]
    assert plain_codes(pd.Series(["A-1", "", "1.5", "E05000001"])).tolist() == ["A-1", "", "1.5", "E05000001"]


@pytest.mark.parametrize(
    ("spoilt", "says"),
    [("4.31101e9", "A spreadsheet has rounded"), ("4.31101E+09", "A spreadsheet has rounded")],
)
def test_one_spoilt_code_among_good_ones_is_refused_with_its_row(spoilt: str, says: str) -> None:
    with pytest.raises(SourceError) as error:
        join(["4311010100", spoilt], [None, None], zones(["4311010100", "4311010200"], ["가", "나"]))
    assert [fault.row for fault in error.value.faults] == [2]
    assert says in str(error.value)


def test_a_lost_zero_is_refused_also_where_other_codes_have_none_to_lose() -> None:
    with pytest.raises(SourceError, match="row 2: expected codes of 5 digits, found 1 such as 1001"):
        join(["12001", "1001"], [None, None], zones(["12001", "01001"], ["가", "나"]))
