"""Parcels with price and kind of owner: read, joined by number, every row accounted for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pytest
import shapely

from geojeom.catalogues import CATALOGUES
from geojeom.checked_yaml import read_catalogue
from geojeom.errors import SourceError
from geojeom.tables import check_schema
from spatial.config.region import Sources
from spatial.reading.provenance import Account
from spatial.sources.codes import CodeAliases
from spatial.sources.parcels import LandOwners, no_parcels
from tests.spatial.files import X0, Y0, area
from tests.spatial.whole import read_parcels

OWNERS = read_catalogue(CATALOGUES / "land_owners.yaml", LandOwners)
ALIASES = read_catalogue(CATALOGUES / "code_aliases.yaml", CodeAliases)
# Plots of 100 x 100 m side by side; 5111010100 is a legal dong of Chuncheon since its province's code changed.
A, B, C, D = (f"51110101001024{at}0001" for at in range(1, 5))
HEADER = "고유번호,법정동코드,기준연도,기준월,공시지가,소유구분명"


def plots(folder: Path, numbers: list[Any], **columns: list[Any]) -> str:
    """A shapefile in the cadastre's CRS, plot by plot from west to east; ``at`` moves them."""
    at = columns.pop("at", list(range(len(numbers))))
    shapes = [shapely.box(X0 + 100 * n, Y0, X0 + 100 * n + 100, Y0 + 100) for n in at]
    frame = gpd.GeoDataFrame({"PNU": numbers, **columns}, geometry=shapes, crs=5179).to_crs(5186)
    pyogrio.write_dataframe(frame, folder / "plots.gpkg")
    return str(folder / "plots.gpkg")


def table(folder: Path, rows: list[str], encoding: str = "cp949") -> str:
    (folder / "prices.csv").write_bytes("\r\n".join([HEADER, *rows]).encode(encoding))
    return str(folder / "prices.csv")


def read(parcels: dict[str, Any], *tables: dict[str, Any], width_m: float = 1000):
    given = Sources.model_validate({"parcels": parcels, "parcel_tables": list(tables)})
    assert given.parcels is not None
    account = Account()
    out = read_parcels(given.parcels, given.parcel_tables, area(width_m, 500), OWNERS, aliases=ALIASES, account=account)
    check_schema(out, "parcels", "parcels")
    return out, {ledger.key: ledger for ledger in account.ledgers}


def price(path: str) -> dict[str, Any]:
    return {"path": path, "price": "공시지가", "year": "기준연도", "month": "기준월"}


def refused(parcels: dict[str, Any], *tables: dict[str, Any]) -> SourceError:
    with pytest.raises(SourceError) as error:
        read(parcels, *tables)
    return error.value


@pytest.mark.parametrize("encoding", ["cp949", "utf-8-sig"])
def test_prices_join_by_number_and_the_latest_counts(tmp_path, encoding) -> None:
    rows = [
        f'{A},5111010100,2024,01,"900,000",개인',
        f'{A},5111010100,2025,01,"1,000,000",개인',
        f"{B},5111010100,2025,01,2000000,개인",
        f"{B},5111010100,2025,07,2500000,개인",
        f"{B},5111010100,2025,07,2500000,개인",
        f"{C},5111010100,2025,01,0,개인",
        "1.17401E+18,5111010100,2025,01,5,개인",
        "5111010100102490001,5111010100,2025,01,5,개인",
    ]
    out, told = read({"path": plots(tmp_path, [A, B, C, D]), "pnu": "PNU"}, price(table(tmp_path, rows, encoding)))
    assert out.set_index("pnu")["land_price_krw_m2"].dropna().to_dict() == {A: 1_000_000, B: 2_500_000}
    assert out["public"].isna().all()
    assert out.area.to_numpy() == pytest.approx(np.full(4, 10_000), rel=1e-3)
    ledger = told["parcel_tables[0]"]
    assert (ledger.read, ledger.kept) == (8, 3)
    assert ledger.dropped == {
        "the parcel number is not one of 19 digits": 1,
        "of parcels that are not on the map of the region": 1,
        "of an earlier year or month": 2,
        "the same row again": 1,
    }
    assert "prices left unknown: 0 blank, 1 of 0, 0 negative" in ledger.notes
    assert "parcel numbers that are none: '1.17401E+18'" in ledger.notes
    assert "land_price_krw_m2: known for 2 of 4 parcels, 50.0% of their area" in told["parcels"].notes


def test_the_map_itself_may_say_price_and_owner(tmp_path) -> None:
    path = plots(tmp_path, [A, B, C, D], price=[1e6, np.nan, -5.0, 0.0], owner=["시, 도유지", "04", "2", None])
    out, told = read({"path": path, "price": "price", "owner": "owner"})
    assert out["pnu"].isna().all()
    np.testing.assert_array_equal(out["land_price_krw_m2"], [1e6, np.nan, np.nan, np.nan])
    assert out["public"].tolist()[:3] == [True, True, True]
    assert pd.isna(out["public"][3])
    notes = told["parcels"].notes
    assert "prices left unknown: 1 blank, 1 of 0, 1 negative" in notes
    assert "owners left unknown: 1 blank" in notes


def test_numbers_are_read_as_people_write_them(tmp_path) -> None:
    # 산 241-1: a lot of the mountains has another number than 241-1.
    hill = A[:10] + "2" + A[11:]
    rows = [f"{A[:10]}-1-0241-0001,,2025,01,100,", f"'{hill},,2025,01,7,", f'"=""{B}""",,2025,01,200,']
    path = plots(tmp_path, [f"{A[:10]} {A[10:]}", hill, B])
    out, told = read({"path": path, "pnu": "PNU"}, price(table(tmp_path, rows)))
    assert out.set_index("pnu")["land_price_krw_m2"].to_dict() == {A: 100, hill: 7, B: 200}
    freed = "parcel numbers freed of dashes, spaces and quotation marks"
    assert (told["parcels"].repaired, told["parcel_tables[0]"].repaired) == ({freed: 1}, {freed: 3})
    assert "prices from 7 to 200 won per m², half of them up to 100" in told["parcel_tables[0]"].notes


def test_a_parcel_drawn_twice_with_two_figures_is_unknown(tmp_path) -> None:
    path = plots(
        tmp_path, [A, A, B, B, C], at=[0, 0, 1, 1, 2], price=[100.0, 200.0, 5.0, None, 6.0], owner=list("11211")
    )
    out, told = read({"path": path, "pnu": "PNU", "price": "price", "owner": "owner"})
    assert out["pnu"].tolist() == [A, B, C]
    np.testing.assert_array_equal(out["land_price_krw_m2"], [np.nan, 5, 6])
    assert out["public"].isna().tolist() == [False, True, False]
    notes = told["parcels"].notes
    assert f"land_price_krw_m2: unknown for 1 parcels whose rows differ: {A}" in notes
    assert f"public_land_share: unknown for 1 parcels whose rows differ: {B}" in notes


def test_the_row_of_a_fault_is_that_of_the_file(tmp_path) -> None:
    path = plots(tmp_path, [A, B, C], at=[50, 60, 1], price=["1", "2", "비쌈"])
    assert "row 3, price: expected a number, found '비쌈'" in str(refused({"path": path, "price": "price"}))


def test_owners_of_both_kinds_leave_a_parcel_unknown_of_one_kind_do_not(tmp_path) -> None:
    rows = [f"{A},,,,,개인", f"{A},,,,,법인", f"{B},,,,,국유지", f"{B},,,,,개인", f'{C},,,,,"일본인, 창씨명등"']
    owner = {"path": table(tmp_path, rows), "owner": "소유구분명"}
    out, told = read({"path": plots(tmp_path, [A, B, C, D]), "pnu": "PNU"}, owner)
    assert not out["public"][0]
    assert out["public"].isna().tolist() == [False, True, True, True]
    assert f"public_land_share: unknown for 1 parcels whose rows differ: {B}" in told["parcel_tables[0]"].notes


def test_two_prices_of_one_day_leave_a_parcel_unknown(tmp_path) -> None:
    rows = [f"{A},,2025,01,100,", f"{A},,2025,01,200,", f"{B},,2025,01,300,"]
    out, told = read({"path": plots(tmp_path, [A, B]), "pnu": "PNU"}, price(table(tmp_path, rows)))
    np.testing.assert_array_equal(out["land_price_krw_m2"], [np.nan, 300])
    assert f"land_price_krw_m2: unknown for 1 parcels whose rows differ: {A}" in told["parcel_tables[0]"].notes


def test_numbers_of_before_a_change_of_codes_join(tmp_path) -> None:
    old = "42" + A[2:]
    out, told = read({"path": plots(tmp_path, [A]), "pnu": "PNU"}, price(table(tmp_path, [f"{old},,2022,01,700,"])))
    assert out["land_price_krw_m2"].tolist() == [700]
    assert told["parcel_tables[0]"].repaired == {"joined by a code that changed (42 to 51, 2023-06-11)": 1}


def test_outlines_twice_in_pieces_and_far_away(tmp_path) -> None:
    # A twice the same, B in two places, C 3 km off, one number cut by a spreadsheet.
    path = plots(tmp_path, [A, A, B, B, C, "5.11E+18"], at=[0, 0, 1, 2, 30, 3])
    out, told = read({"path": path, "pnu": "PNU"}, price(table(tmp_path, [f"{B},,2025,01,300,"])))
    assert out["pnu"].tolist() == [A, B, B]
    np.testing.assert_array_equal(out["land_price_krw_m2"], [np.nan, 300, 300])
    ledger = told["parcels"]
    assert (ledger.read, ledger.kept) == (6, 3)
    assert ledger.dropped == {
        "outside the region": 1,
        "the parcel number is not one of 19 digits": 1,
        "the same parcel again": 1,
    }
    assert "1 parcels lie in several pieces, each of which counts" in ledger.notes


def test_faults_of_all_rows_at_once(tmp_path) -> None:
    rows = [f"{A},,2025,13,비쌈,왕실", f"{B},,25,01,2000000000,왕실", f"{C},,2025,01,5,개인"]
    both = price(table(tmp_path, rows)) | {"owner": "소유구분명"}
    error = refused({"path": plots(tmp_path, [A, B, C]), "pnu": "PNU"}, both)
    text = str(error)
    assert len(error.faults) == 5
    assert "prices.csv, row 1, 공시지가: expected a number, found '비쌈'" in text
    assert "row 2, 공시지가: expected a price below 1,000,000,000 won per m², found '2000000000'" in text
    assert "row 1, 기준월: expected a month, 1 to 12, found '13'" in text
    assert "row 2, 기준연도: expected a year, 1900 to " in text
    assert "소유구분명: expected a kind of owner of data/land_owners.yaml, found '왕실' in 2 rows" in text


@pytest.mark.parametrize(
    ("numbers", "rows", "message"),
    [
        ([5.111010100102401e18], [f"{A},,2025,01,5,"], "PNU: expected parcel numbers as text, found numbers with"),
        (["1", "2"], [f"{A},,2025,01,5,"], "PNU: expected parcel numbers of 19 digits .PNU., found '1', '2'"),
        ([A], ["1.17E+18,,2025,01,5,"], "고유번호: expected parcel numbers of 19 digits .PNU., found '1.17E.18'"),
        ([A], [f"{A[:10]}0{A[11:]},,2025,01,5,"], "expected parcel numbers of 19 digits"),
        ([A], [f"{B},,2025,01,5,"], f"expected numbers of the parcels, such as {A}, found none of them"),
        ([A[:15] + "0000"], [f"{A[:15]}0000,,2025,01,{n}," for n in (5, 6)], "only ones that end in 0000"),
    ],
)
def test_files_that_cannot_be_joined(tmp_path, numbers, rows, message) -> None:
    with pytest.raises(SourceError, match=message):
        read({"path": plots(tmp_path, numbers), "pnu": "PNU"}, price(table(tmp_path, rows)))


def test_a_map_of_elsewhere_is_refused(tmp_path) -> None:
    path = plots(tmp_path, [A], at=[30], price=[5.0])
    assert "expected parcels in the region, found none" in str(refused({"path": path, "price": "price"}))


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"parcel_tables": [{"path": "p.csv", "price": "x"}]}, "parcel_tables need parcels"),
        ({"parcels": {"path": "p.shp", "pnu": "PNU"}}, "say nothing: name a column"),
        (
            {"parcels": {"path": "p", "pnu": "PNU", "price": "x"}, "parcel_tables": [{"path": "p.csv", "price": "x"}]},
            "give the price of parcels in one source",
        ),
        ({"parcels": {"path": "p", "pnu": "N"}, "parcel_tables": [{"path": "p.csv"}]}, "name the column of price"),
    ],
)
def test_region_files_that_say_too_little_or_too_much(given, message) -> None:
    with pytest.raises(ValueError, match=message):
        Sources.model_validate(given)


def test_a_region_without_parcels_says_so() -> None:
    account = Account()
    check_schema(no_parcels("EPSG:5179", account), "parcels", "parcels")
    assert "parcels" in account.missing
