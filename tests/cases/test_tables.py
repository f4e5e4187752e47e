"""Tables, names, codes and coordinate systems as offices write them: the right figure, or the reason why not."""

from __future__ import annotations

import re

import geopandas as gpd
import pytest


def population(case) -> int:
    """The people that ``spatial check`` counts in the region."""
    ran = case.check()
    assert ran.code == 0, ran.text
    told = re.search(r"population: ([\d,]+) in the units read, ([\d,]+) inside the region", ran.text)
    assert told is not None, ran.text
    return int(told[2].replace(",", ""))


def test_a_bessel_map_without_its_shift_lies_where_it_should_or_is_refused(case) -> None:
    town = case("bessel-without-shift")
    ran = town.check()
    if ran.code == 0:
        assert "TM_Jungbu_Bessel names no shift to WGS 84" in ran.text
        town.steps("cells")
        # The same dongs, in degrees, as another office gives them.
        true = gpd.read_file(town.folder / "zones.geojson").set_index("code").to_crs(5179)
        read = town.table("zones").set_index("zone_id")
        assert read.centroid.distance(true.centroid).max() < 5
    else:
        assert "shift to WGS 84" in ran.text


def test_a_point_between_thousands_is_refused(case) -> None:
    ran = case("thousands-point").check()
    assert ran.code == 1
    assert len(re.findall(r"pop\.csv, row [1-4], 인구: expected a whole number, found '[1-4]\.000'", ran.text)) == 4


def test_of_two_columns_of_one_name_none_is_taken(case) -> None:
    ran = case("duplicate-column").check()
    assert ran.code == 1
    assert "expected one column '인구', found 2 of this name with different values (columns 3, 4)" in ran.text


@pytest.mark.parametrize("name", ["nfd-names", "nfd-file", "codes-float"])
def test_the_same_word_or_code_in_another_spelling_is_found(case, name: str) -> None:
    assert population(case(name)) == 10_000


def test_codes_that_changed_join_in_yearly_tables_too(case) -> None:
    town = case("history-changed-codes")
    town.steps("cells")
    table = town.table("history")
    # 21 years of four dongs.
    assert len(table) == 84
    assert table.groupby("zone_id")["year"].agg(["min", "max"]).to_numpy().tolist() == [[2004, 2024]] * 4
    assert table.set_index(["zone_id", "year"])["value"]["5111051000", 2004] == 9000
