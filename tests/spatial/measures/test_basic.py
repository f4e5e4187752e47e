"""Measures and vetoes on a street of five cells (conftest), each reckoned by hand."""

from __future__ import annotations

from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from geojeom.messages import Remark
from spatial.measures import basic, facilities, vetoes
from spatial.streets.travel import from_groups


def test_totals_inside_and_within_minutes(place) -> None:
    assert basic.total(place, column="population").value.tolist() == [400, 50]
    # 200 s on foot from A reaches cells c and d, from B cells d and c; 5 minutes reach all from A, and b from B.
    within = basic.total(place, column="population", walk_min=200 / 60)
    assert within.value.tolist() == [450, 100]
    assert within.layers == ("population", "streets")
    assert basic.total(place, column="population", drive_min=0.5).value.tolist() == [500, 400]


def test_share_of_the_region_reached(place) -> None:
    assert basic.reached_share(place, column="population").value.tolist() == [0.8, 0.1]
    assert basic.reached_share(place, column="population", walk_min=200 / 60).value.tolist() == [0.9, 0.2]
    assert np.isnan(basic.reached_share(place, column="youth").value).all()


def test_a_cell_without_a_figure_is_left_out_and_said(place) -> None:
    out = basic.total(place, column="jobs")
    assert out.value[0] == 10
    assert out.notes[0][0].en == "1 of 2 cells have no data on jobs and are left out"
    assert np.isnan(out.value[1])
    assert out.missing[1].en == "no data on jobs"


def test_mean_and_area_share(place) -> None:
    assert basic.mean(place, column="slope_deg").value.tolist() == [3, 18]
    assert basic.area_share(place, column="developable_m2").value.tolist() == [0.75, 0.25]


def test_share_leaves_out_the_undated_and_has_no_value_without_a_whole(place) -> None:
    out = basic.share(place, part="old_buildings", whole="buildings", less="undated_buildings")
    assert out.value[0] == 9 / 18
    assert np.isnan(out.value[1])
    assert out.missing[1].en == "no buildings there to take a share of"
    assert basic.share(place, part="elderly", whole="population").value.tolist() == [0.25, 0.2]


def test_a_layer_that_is_missing_is_missing_not_zero(place) -> None:
    for out in (
        basic.share(place, part="youth", whole="population"),
        basic.total(place, column="youth", drive_min=10),
        basic.mean_travel(place, column="youth", mode="drive"),
    ):
        assert np.isnan(out.value).all()
        assert all(out.missing)


def test_proposal_fields(place) -> None:
    price = basic.proposal(place, field="land_price_krw_m2")
    assert price.value[0] == 1e6
    assert np.isnan(price.value[1])
    assert price.missing == [None, Remark("proposal.silent")]
    assert basic.proposal(place, field="operator_secured").value[0] == 1
    assert basic.district_area(place).value.tolist() == [0.02, 0.01]


def test_mean_travel_weighs_people(place) -> None:
    # From A: c and e outside, 50 people at 100 s and 50 at 300 s. From B: 100 at 400, 300 at 300, 50 at 200 s.
    out = basic.mean_travel(place, column="population", mode="walk")
    assert out.value.tolist() == pytest.approx([20_000 / 500 / 60, 140_000 / 500 / 60])
    near = replace(place.travel, walk_s=np.where(place.travel.walk_s > 250, np.inf, place.travel.walk_s))
    cut = basic.mean_travel(replace(place, travel=near), column="population", mode="walk")
    # The 50 people of e (from A), the 400 of a and b (from B) count as an hour away: B is the worse, not the better.
    assert cut.value.tolist() == pytest.approx([185_000 / 500 / 60, 1_450_000 / 500 / 60])
    assert cut.notes[0][0].en == "counts the 10.0% not reached within 60 minutes as 60 minutes away"
    alone = replace(place.travel, walk_s=np.full_like(place.travel.walk_s, np.inf))
    assert basic.mean_travel(replace(place, travel=alone), column="population", mode="walk").value.tolist() == [60, 60]


def test_facilities_near_a_district(place) -> None:
    # Straight from the border: A is 10 m and 190 m from the clinics, B 190 m and 10 m.
    assert facilities.facility_count(place, kinds=["clinic"], within_m=10).value.tolist() == [1, 2]
    assert facilities.facility_count(place, kinds=["clinic"], within_m=200).value.tolist() == [3, 3]
    density = facilities.facility_density(place, kinds=["clinic"], within_m=0)
    assert density.value.tolist() == [0, 0]
    # 50 m around B, the last of a row of cells: only its own and half of its neighbour lie in the region.
    ring = facilities.facility_density(place, kinds=["clinic"], within_m=50)
    assert ring.value[1] == pytest.approx(2 / 15_000 * 1e6)


def test_a_kind_no_source_has_is_missing_or_estimated_where_told(place) -> None:
    out = facilities.facility_count(place, kinds=["transit_stop"], within_m=60)
    assert np.isnan(out.value).all()
    assert out.missing[0].en == "no data on facilities: Public transport stop"
    # 60 m around A reaches the centres of a, b and c (50 m off).
    stops = facilities.facility_count(place, kinds=["transit_stop"], within_m=60, or_cells="transit_stops")
    assert stops.value.tolist() == [3, 0]
    assert "estimated" in stops.notes[0][0].en
    assert np.isnan(facilities.facility_count(place, kinds=["x"], within_m=60, or_cells="youth").value).all()


def test_nearest_facility(place) -> None:
    # Clinics stand in cells c and d, the library in e (B's own).
    clinic = facilities.nearest_facility(place, kinds=["clinic"], mode="walk")
    assert clinic.value.tolist() == pytest.approx([100 / 60, 100 / 60])
    library = facilities.nearest_facility(place, kinds=["library", "clinic"], mode="drive")
    assert library.value.tolist() == pytest.approx([10 / 60, 0])
    assert np.isnan(facilities.nearest_facility(place, kinds=["university"], mode="drive").value).all()
    # Cut off from all of them, by the sea for instance: at least as far as travel is known, an hour on foot.
    alone = replace(place, travel=replace(place.travel, walk_s=np.full_like(place.travel.walk_s, np.inf)))
    far = facilities.nearest_facility(alone, kinds=["clinic"], mode="walk")
    assert (far.value == place.travel.walk_limit_s / 60).all()
    assert all("counted as" in note.en for [note] in far.notes)
    # The only Wi-Fi lies outside every cell: known, but not to be reached.
    assert np.isnan(facilities.nearest_facility(place, kinds=["wifi"], mode="drive").value).all()


def test_people_travel_to_the_facility_not_from_it(street) -> None:
    # Close the street from c to b, leaving b to c open: people of b still reach a facility in c.
    drive_s = street.drive_s.copy()
    edge = street.indptr[2] + street.indices[street.indptr[2] : street.indptr[3]].tolist().index(1)
    drive_s[edge] = np.inf
    towards = facilities.toward_facilities(replace(street, drive_s=drive_s), 3.6, 36.0)
    found = from_groups(towards, [np.array([2], np.int32)], 1000, "drive")[0]
    assert found.tolist() == [20, 10, 0, 10, 20]
    other = from_groups(towards, [np.array([1], np.int32)], 1000, "drive")[0]
    assert np.isinf(other[2:]).all()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda place: basic.total(place, column="cats"), "no column of numbers 'cats'"),
        (lambda place: basic.total(place, column="cell_id"), "no column of numbers 'cell_id'"),
        (lambda place: basic.total(place, column="jobs", walk_min=1, drive_min=1), "not both"),
        (lambda place: basic.total(place, column="jobs", walk_min=61), "61 minutes: travel is known up to 60"),
        (lambda place: basic.mean_travel(place, column="jobs", mode="fly"), "mode is walk or drive"),
        (lambda place: basic.proposal(place, field="colour"), "no proposal field 'colour'"),
    ],
)
def test_impossible_arguments(place, call, message) -> None:
    with pytest.raises(ValueError, match=message):
        call(place)


def test_veto_by_protected_area_and_slope(place) -> None:
    land = vetoes.area_share_over(place, column="protected_m2", limit=0.1)
    # 1,500 of 20,000 m² is 7.5 %; nothing is known about B.
    assert land.out == [False, None]
    assert land.excluded_m2[0] == 1500
    assert np.isnan(land.excluded_m2[1])
    assert land.found[0].en == "7.5% of the area (limit 10%)"
    assert vetoes.area_share_over(place, column="protected_m2", limit=0.07).out == [True, None]
    steep = vetoes.cells_over(place, column="slope_deg", over=15, limit=0.5)
    assert steep.out == [False, True]
    assert steep.excluded_m2.tolist() == [0, 10_000]


def test_veto_by_the_round(place) -> None:
    assert vetoes.kind_not_eligible(place).out == [False, True]
    found = vetoes.kind_not_eligible(place).found[1]
    assert (found.ko, found.en) == ("기존 시가지 (허용: 신규 개발)", "existing area (allowed: new development)")
    assert vetoes.kind_not_eligible(place).excluded_m2.tolist() == [0, 10_000]
    free = vetoes.area_limits(place)
    assert free.out == [False, False]
    assert free.found[0].en == "0.02 km², the round sets no limit"
    bounded = replace(place, programme=place.programme.model_copy(update={"area_min_m2": 15_000}))
    assert vetoes.area_limits(bounded).out == [False, True]
    assert vetoes.area_limits(bounded).found[1].en == "0.01 km², allowed from 0.015 km²"


def test_without_a_round_nobody_is_out_by_its_rules(place) -> None:
    abroad = replace(place, programme=None)
    assert vetoes.kind_not_eligible(abroad).out == [False, False]
    found = vetoes.kind_not_eligible(abroad).found[1]
    assert (found.ko, found.en) == ("기존 시가지, 적용하는 사업 차수 없음", "existing area, held against no round")
    assert vetoes.area_limits(abroad).out == [False, False]
    assert vetoes.area_limits(abroad).found[0].en == "0.02 km², held against no round"


def test_no_facilities_at_all(place) -> None:
    empty = gpd.GeoDataFrame(
        {"kind": pd.Series([], dtype=str), "count": pd.array([], "Int64")}, geometry=[], crs=place.cells.crs
    )
    bare = replace(place, facilities=empty)
    assert np.isnan(facilities.facility_count(bare, kinds=["clinic"], within_m=100).value).all()
    assert np.isnan(facilities.nearest_facility(bare, kinds=["clinic"], mode="walk").value).all()


def test_a_part_of_the_district_never_exceeds_it(place) -> None:
    # Shares of the cells inside are .75 and .25 (above); a district half its cells' area has half their square metres.
    place = replace(place, districts=place.districts.assign(area_m2=[10_000.0, 4_000.0]))
    assert basic.district_part(place, column="developable_m2").value.tolist() == [7_500, 1_000]
