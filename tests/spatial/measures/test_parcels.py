"""Land price and public land of districts: the proposal's figure, else the parcels', by the area they share."""

from __future__ import annotations

from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from geojeom.messages import Remark
from spatial.measures.criteria import measure
from spatial.measures.parcels import proposal_or_parcels
from spatial.reading.provenance import Account
from tests.spatial.files import region_of
from tests.spatial.measures.test_criteria import catalogue, entry
from tests.tables import said

PARCELS = {"path": "x/plots.shp", "pnu": "PNU", "owner": "own", "vintage": "2025-06", "attribution": "NSDI"}
PRICES = {"path": "x/prices.csv", "price": "공시지가", "vintage": "2025-01"}
WITH = region_of(
    sources={"parcels": PARCELS, "parcel_tables": [PRICES]},
    candidates={"path": "x/c.geojson", "vintage": "2026-01"},
)


@pytest.fixture
def surveyed(place):
    """A (0 to 200 m) holds 150 m of parcels; B (400 to 500 m) a quarter of a large one, and 40 m of unknown price."""
    parcels = gpd.GeoDataFrame(
        {
            "pnu": pd.array(["1", "2", "3", "4"], "str"),
            "land_price_krw_m2": [100.0, 400.0, 1000.0, np.nan],
            "public": pd.array([True, False, False, None], "boolean"),
        },
        geometry=[shapely.box(w, 0, e, 100) for w, e in ((0, 100), (100, 150), (440, 640), (400, 440))],
        crs=place.cells.crs,
    )
    districts = place.districts.assign(land_price_krw_m2=np.nan, public_land_share=[0.9, np.nan])
    return replace(place, parcels=parcels, districts=districts)


def test_means_by_the_area_shared(surveyed) -> None:
    price = proposal_or_parcels(surveyed, field="land_price_krw_m2")
    # A: (100 m at 100 + 50 m at 400) / 150 m, three quarters of it known. B: 60 of 100 m at 1000.
    assert price.value == pytest.approx([200, 1000])
    assert [note.en for [note] in price.notes] == [
        "mean official price of its parcels by area (known for 75.0% of the district)",
        "mean official price of its parcels by area (known for 60.0% of the district)",
    ]


def test_the_proposal_goes_before_and_is_marked(surveyed) -> None:
    values, _ = measure(
        surveyed, catalogue([entry("public", "proposal_or_parcels", field="public_land_share")]), WITH, Account()
    )
    assert values["value"].tolist() == [0.9, 0.0]
    assert said(values["source"]) == ["c.geojson; NSDI (plots.shp)", "NSDI (plots.shp)"]
    assert values["vintage"].tolist() == ["2026-01; 2025-06", "2025-06"]
    # A's parcels: 100 of 150 m public.
    assert said(values["note"])[0] == (
        "제안서 값. 참고: 필지별 소유구분에 따른 면적 비율 66.7%(지구 면적의 75.0%에서 소유구분을 앎) / "
        "the proposal's own figure; to compare: share of its parcels' area by kind of owner 66.7% "
        "(known for 75.0% of the district)"
    )


def test_a_price_is_written_in_the_words_of_each_language(surveyed) -> None:
    proposed = surveyed.districts.assign(land_price_krw_m2=[1e6, np.nan])
    price = proposal_or_parcels(replace(surveyed, districts=proposed), field="land_price_krw_m2")
    assert price.value.tolist() == [1e6, 1000]
    assert " 200원/m²(지구 면적의 75.0%에 가격 있음)" in price.notes[0][0].ko
    assert " 200 KRW/m² (known for 75.0% of the district)" in price.notes[0][0].en


def test_the_price_is_said_to_come_from_the_table(surveyed) -> None:
    wanted = catalogue([entry("price", "proposal_or_parcels", field="land_price_krw_m2")])
    values, _ = measure(surveyed, wanted, WITH, Account())
    assert said(values["source"]) == ["prices.csv"] * 2


def test_neither_says_anything(surveyed) -> None:
    far = surveyed.parcels.assign(geometry=surveyed.parcels.translate(5000))
    price = proposal_or_parcels(replace(surveyed, parcels=far), field="land_price_krw_m2")
    assert np.isnan(price.value).all()
    assert price.missing[0].ko == "제안서에 값이 없고 지구 안 필지의 개별공시지가도 모름"
    assert price.missing[0].en == "the proposal does not say, and the official price of no parcel there is known"
    none = proposal_or_parcels(replace(surveyed, parcels=far.iloc[:0]), field="public_land_share")
    assert none.missing == [None, Remark("proposal.silent")]
    assert none.notes[0] == [Remark("proposal.own")]


def test_parcels_on_one_another_are_said(surveyed) -> None:
    twice = pd.concat([surveyed.parcels] * 2, ignore_index=True)
    price = proposal_or_parcels(replace(surveyed, parcels=twice), field="land_price_krw_m2")
    assert price.value == pytest.approx([200, 1000])
    assert [note.en for note in price.notes[0]] == [
        "mean official price of its parcels by area (known for 100.0% of the district)",
        "parcels lie on one another over 50.0% of the district",
    ]


def test_only_what_parcels_say(surveyed) -> None:
    with pytest.raises(ValueError, match="parcels say nothing of 'private_share'"):
        proposal_or_parcels(surveyed, field="private_share")
