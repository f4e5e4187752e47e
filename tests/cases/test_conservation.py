"""People and places counted once and all of them; a region too large by a slip refused."""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.cases.conftest import Case

Cases = Callable[[str], Case]


def test_zones_of_the_city_keep_their_people_where_its_outline_is_drawn_again(case: Cases) -> None:
    town = case("boundary-of-another-file")
    town.steps("cells")
    cells = town.table("cells")
    assert int(cells["population"].sum()) == 10_000
    # By zone as the table has it (pop.csv), on cells that lie in the zone.
    told = [note["note"]["en"] for note in town.sources()["estimates"] if note["column"] == "population"]
    # 60 m of the western side (3 km) and of the southern one (3 km less the corner), in three zones.
    assert any(re.match(r"3 zones of the region reach 0\.3\d km² beyond its outline", text) for text in told), told


def test_a_zone_that_an_overlay_left_as_a_collection_keeps_its_people(case: Cases) -> None:
    town = case("zone-geometrycollection")
    town.steps("cells")
    cells = town.table("cells")
    assert int(cells["population"].sum()) == 10_000
    assert cells["zone_id"].nunique() == 4


def test_counts_on_polygons_that_lie_on_one_another_are_refused(case: Cases) -> None:
    ran = case("polygons-overlap").check()
    assert ran.code != 0
    assert "tracts.geojson" in ran.text
    assert "on the same land (100% of the smaller one)" in ran.text


def test_a_school_mapped_as_node_and_outline_is_one(case: Cases) -> None:
    town = case("facility-twice")
    town.steps("cells", "facilities")
    found = town.table("facilities")
    assert found["kind"].tolist() == ["school"]
    assert found["name"].tolist() == ["새솔초등학교"]


def test_a_box_of_ten_degrees_is_refused_with_its_number_of_cells(case: Cases) -> None:
    town = case("box-of-ten-degrees")
    # 10 degrees of longitude are 1,110 km at the equator, and cos 15 of that halfway: about 119 million squares.
    ran = town.run("spatial", "check", town.region)
    assert ran.code != 0
    cells = re.search(r"at most 2,000,000 cells of 100 m, found one of ([\d,]+)", ran.text)
    assert cells, ran.text
    assert abs(int(cells[1].replace(",", "")) / 119e6 - 1) < 0.01
    assert "cells_max" in ran.text
