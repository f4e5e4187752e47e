"""Suitability, found districts and their reach, on towns small enough to reckon with by hand."""

from __future__ import annotations

from itertools import combinations

import geopandas as gpd
import numpy as np
import pandas as pd
import pulp
import pytest
import shapely
from spopt.locate import MCLP

from geojeom.catalogues import CATALOGUES
from geojeom.checked_yaml import read_catalogue
from geojeom.errors import SourceError
from geojeom.messages import Remark
from geojeom.tables import check_schema
from spatial.districts.candidates import check_districts
from spatial.finding import locate, reach
from spatial.finding.suitability import Exclusion, Locate, SuitabilityRecipe, as_table, reasons, surface
from spatial.reading.provenance import Ledger

BOTH = {"ko": "가", "en": "a"}
WISH = locate.SearchRequest(
    kind="new", number=2, min_km2=0.01, max_km2=0.02, spacing_m=100.0, reach_min=15.0, mode="walk"
)


def recipe(*ingredients: dict, least: float = 0.0) -> SuitabilityRecipe:
    base = {"label": BOTH, "weight": 1, "source": "by hand", "evidence": "own_choice"}
    return SuitabilityRecipe.model_validate(
        {
            "label": BOTH,
            "provenance": BOTH,
            "compactness": 0.0,
            "least": least,
            "ingredients": [base | one for one in ingredients],
        }
    )


DENSE = {"id": "dense", "columns": ["population"], "worst": 0, "best": 300}


def test_density_alone_and_around(place) -> None:
    # Cells of 1 ha hold 100, 300, 50, 0, 50 people.
    alone = surface(place.cells, 100, recipe(DENSE), [], "cells")
    assert alone.suitability.tolist() == pytest.approx([1 / 3, 1, 1 / 6, 0, 1 / 6])
    # Within 100 m: (100 + 300) / 2, (100 + 300 + 50) / 3, (300 + 50 + 0) / 3, (50 + 0 + 50) / 3, (0 + 50) / 2.
    around = surface(place.cells, 100, recipe(DENSE | {"within_m": 100}), [], "cells")
    assert around.suitability.tolist() == pytest.approx([200 / 300, 150 / 300, 350 / 900, 100 / 900, 25 / 300])


def test_a_share_without_a_whole_is_unknown_and_closed(place) -> None:
    old = {"id": "old", "columns": ["old_buildings"], "per": "buildings", "less": "undated_buildings"}
    found = surface(place.cells, 100, recipe(old | {"worst": 0, "best": 1}), [], "cells")
    # 4 of 10 - 2, 5 of 10; the others have no building.
    assert found.suitability[:2].tolist() == [0.5, 0.5]
    assert np.isnan(found.suitability[2:]).all()
    assert found.open.tolist() == [True, True, False, False, False]


def test_less_is_better_and_limits_close(place) -> None:
    flat = {"id": "flat", "columns": ["slope_deg"], "mean": True, "worst": 20, "best": 0}
    found = surface(place.cells, 100, recipe(flat | {"most": 18}), [], "cells")
    assert found.suitability[[0, 1, 3, 4]].tolist() == pytest.approx([0.9, 0.8, 0, 0.1])
    # Cell c's slope is unknown, d's too steep, e's just allowed.
    assert found.open.tolist() == [True, True, False, False, True]
    assert surface(place.cells, 100, recipe(flat, least=0.85), [], "cells").open.tolist() == [True] + [False] * 4


def test_missing_layers_are_left_out_or_stop_the_search(place) -> None:
    young = {"id": "young", "columns": ["youth"], "worst": 0, "best": 1, "weight": 9}
    found = surface(place.cells, 100, recipe(DENSE, young), [], "cells")
    assert (found.used, found.left_out) == (["dense"], ["young"])
    assert found.suitability[1] == 1
    with pytest.raises(SourceError, match=r"young: expected data on youth, found none"):
        surface(place.cells, 100, recipe(DENSE, young | {"required": True}), [], "cells")


def test_barred_land_is_closed_and_a_bar_without_data_is_told(place) -> None:
    bars = [Exclusion(column=name, over=0, label=BOTH) for name in ("protected_m2", "water_m2")]
    found = surface(place.cells, 100, recipe(DENSE), bars, "cells")
    assert found.barred.tolist() == [False, True, False, False, False]
    assert not found.open[1]
    assert found.unjudged == ["water_m2"]


def test_every_closed_cell_says_why(place) -> None:
    # People 100, 300, 50, 0, 50; slopes 2, 4, unknown, 20, 18; b alone holds protected land.
    flat = {"id": "flat", "columns": ["slope_deg"], "mean": True, "worst": 20, "best": 0, "most": 18}
    bars = [Exclusion(column="protected_m2", over=0, label={"ko": "보전", "en": "protected"})]
    wanted = recipe(DENSE | {"least": 60}, flat, least=0.3)
    table = as_table(place.cells["cell_id"], surface(place.cells, 100, wanted, bars, "cells"))
    assert table["cell_id"].tolist() == place.cells["cell_id"].tolist()
    assert table["suitability"].tolist() == pytest.approx(
        [(1 / 3 + 0.9) / 2, (1 + 0.8) / 2, np.nan, 0, (1 / 6 + 0.1) / 2], nan_ok=True
    )
    closed = table["closed"]
    assert pd.isna(closed[0])
    assert closed[1:].tolist() == [
        "barred.protected_m2",
        "unknown;below.dense",
        "below.dense;above.flat;unfit",
        "below.dense;unfit",
    ]
    told = reasons(wanted, bars)
    assert {reason for line in closed.dropna() for reason in line.split(";")} <= set(told)
    assert (told["barred.protected_m2"].ko, told["barred.protected_m2"].en) == ("보전", "protected")
    assert (told["unfit"].ko, told["unfit"].en) == ("적합도 0.3 미만", "suitability below 0.3")
    check_schema(table, "suitability", "suitability")


@pytest.fixture
def zones() -> pd.DataFrame:
    return pd.DataFrame({"zone_id": ["1", "2"], "name": ["첫동", "둘째동"]})


def test_found_districts_are_candidates_that_can_be_read_back(place, zones, tmp_path) -> None:
    cells = place.cells.assign(zone_id=pd.array(["1", "1", "2", "2", "2"], "str"))
    ground = surface(cells, 100, recipe(DENSE), [], "cells")
    found = locate.find(cells, 100, ground, recipe(DENSE), WISH, block_m=100)
    # The best pair is a-b, and 100 m on only d and e are left.
    assert [sorted(area.cells.tolist()) for area in found.chosen] == [[0, 1], [3, 4]]
    frame = locate.as_candidates(found, cells, zones, WISH, [Remark("locate.unknown"), Remark("locate.nobody")])
    assert frame["name"].tolist() == ["첫동 일대 신규 개발 후보 1", "둘째동 일대 신규 개발 후보 2"]
    assert frame["name_en"][0] == "Found candidate 1 near 첫동 (new development)"
    assert frame["how"][0] == (
        "자료 없음; 도달 범위에 알려진 인구가 없음 / no data; nobody is known to live within reach"
    )
    assert frame["suitability"].tolist() == pytest.approx([2 / 3, 1 / 12], abs=1e-4)
    path = tmp_path / "found.geojson"
    path.write_text(frame.to_crs(4326).to_json(drop_id=True), "utf-8")
    ledger = Ledger("candidates")
    read = check_districts(
        gpd.read_file(path), shapely.box(0, 0, 500, 100), cells.crs, "found.geojson", cell_size_m=100, ledger=ledger
    )
    assert read["district_id"].tolist() == ["found-new-1", "found-new-2"]
    assert read["area_m2"].to_numpy() == pytest.approx([20_000, 20_000], rel=1e-6)
    assert read["land_price_krw_m2"].isna().all()
    assert read["control_centre"].isna().all()


def test_drawn_districts_are_rated_on_the_same_surface(place) -> None:
    ground = surface(place.cells, 100, recipe(DENSE, least=0.5), [], "cells")
    found = locate.find(place.cells, 100, ground, recipe(DENSE), WISH, block_m=100)
    table = locate.compare(found, ground, place.districts, WISH).set_index("district")
    # A holds a and b (1/3 and 1), of which b alone is open; B holds e.
    assert table.loc["A", "suitability"] == pytest.approx(2 / 3)
    assert table.loc["A", "open"] == 0.5
    assert table.loc["B", "suitability"] == pytest.approx(1 / 6)
    assert table.index[0] == "found-new-1"
    assert table.loc["found-new-1", "suitability"] == 1


def test_reach_of_areas_on_the_street(place) -> None:
    # 100 m take 100 s on foot: from a within 150 s a and b, from d and e all but a and b.
    within = reach.reached(place.network, [np.array([0], np.int32), np.array([3, 4], np.int32)], 150, "walk")
    assert within.tolist() == [[True, True, False, False, False], [False, False, True, True, True]]
    people = np.array([100.0, 300, 50, 0, 50])
    assert reach.people_reached(within, people, [0]) == 400
    assert reach.people_reached(within, people, [0, 1]) == 500
    assert reach.best_cover(within, people, 1) == [0]


def test_what_is_found_against_the_best_for_reach(place) -> None:
    # Districts of one cell, one wanted, a minute on foot: only its own people count. The surface likes steep land, so d
    # (20 degrees, nobody) is found; the best for reach is b with 300.
    steep = recipe({"id": "steep", "columns": ["slope_deg"], "mean": True, "worst": 0, "best": 20})
    wish = WISH.model_copy(update={"number": 1, "max_km2": 0.01, "reach_min": 1.0})
    ground = surface(place.cells, 100, steep, [], "cells")
    found = locate.find(place.cells, 100, ground, steep, wish, block_m=100)
    assert [area.cells.tolist() for area in found.chosen] == [[3]]
    people = np.array([100.0, 300, 50, 0, 50])
    measured = locate.yardstick(found, place.network, people, wish)
    # Cell c has no known slope and is never grown.
    assert measured == {"reached": 0, "best": 300, "ratio": 0, "areas": 4}
    # With 100 s d reaches c and e, 100 people, and b reaches a and c too, 450.
    further = locate.yardstick(found, place.network, people, wish.model_copy(update={"reach_min": 100 / 60}))
    assert further == {"reached": 100, "best": 450, "ratio": 100 / 450, "areas": 4}
    [told] = locate.told(further, wish)
    assert told.endswith(" alone has 450: 22.2%")
    assert told.ko.endswith(" 최적 조합은 450명: 22.2%")
    straight = Remark("straight_line", circuity=1.3)
    assert locate.told(further, wish, straight) == [told, straight]
    assert locate.yardstick(found, place.network, np.zeros(5), wish) is None
    assert locate.told(None, wish) == [Remark("locate.nobody")]


def test_the_story_names_what_was_left_out(place) -> None:
    young = {"id": "young", "columns": ["youth"], "worst": 0, "best": 1, "label": {"ko": "청년", "en": "youth"}}
    with_young = recipe(DENSE | {"label": {"ko": "밀도", "en": "density"}}, young)
    bars = [Exclusion(column="water_m2", over=0, label=BOTH)]
    told = locate.story(WISH, with_young, surface(place.cells, 100, with_young, bars, "cells"))
    assert "suitability (density 100%)" in told[0]
    assert [(one.ko, one.en) for one in told[1:3]] == [
        ("자료가 없어 제외: 청년", "left out for want of data: youth"),
        ("자료가 없어 배제 여부 모름: 수역", "could not be barred for want of data: water"),
    ]


def test_the_best_cover_is_the_best_of_all_covers() -> None:
    rng = np.random.default_rng(7)
    for _ in range(5):
        within, people = rng.random((9, 40)) < 0.25, rng.integers(0, 50, 40).astype(float)
        best = max(reach.people_reached(within, people, list(some)) for some in combinations(range(9), 3))
        chosen = reach.best_cover(within, people, 3)
        assert len(chosen) == 3
        assert reach.people_reached(within, people, chosen) == best


@pytest.mark.slow
def test_the_best_cover_is_as_good_as_that_of_spopt() -> None:
    rng = np.random.default_rng(11)
    within, people = rng.random((30, 400)) < 0.1, rng.integers(0, 50, 400).astype(float)
    peer = MCLP.from_cost_matrix(np.where(within.T, 0.0, 1.0), people, 0.5, p_facilities=6)
    peer.solve(pulp.HiGHS(msg=False, gapRel=0.0), results=False)
    theirs = [at for at, chosen in enumerate(peer.fac_vars) if chosen.value() > 0.5]
    ours = reach.best_cover(within, people, 6)
    assert reach.people_reached(within, people, ours) == reach.people_reached(within, people, theirs)


def test_max_cover_where_greedy_falls_short() -> None:
    # Domain reference 3.4: {a,b,c,d}, {a,b,e}, {c,d,f}; greedy takes the first and reaches 5, the best two reach 6.
    within = np.array([[1, 1, 1, 1, 0, 0], [1, 1, 0, 0, 1, 0], [0, 0, 1, 1, 0, 1]], bool)
    assert reach.best_cover(within, np.ones(6), 2) == [1, 2]
    assert reach.best_cover(within, np.zeros(6), 2) == []


def test_the_table_of_recipes_holds() -> None:
    table = read_catalogue(CATALOGUES / "locate.yaml", Locate)
    assert set(table.kinds) == {"new", "redevelopment", "existing"}
    assert {bar.column for bar in table.barred} == {"protected_m2", "water_m2", "slope_deg"}
