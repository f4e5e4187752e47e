"""The legal decline rule at its edges, in whole numbers, and what a missing year leaves open."""

from __future__ import annotations

from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from geojeom.errors import SourceError
from geojeom.tables import check_schema
from spatial.config.region import YearlyTable
from spatial.measures.decline import fallen, falling, met, old_half, zone_conditions
from spatial.measures.planning import decline
from spatial.reading.provenance import Account, Ledger
from spatial.sources.codes import CodeAliases
from spatial.sources.history import empty
from tests.spatial.files import X0, Y0, area
from tests.spatial.whole import read_histories, read_history

ALIASES = CodeAliases(changes=[])
CHANGE = {"old": "42", "new": "51", "since": "2023-06-11", "old_name": "강원도", "new_name": "강원특별자치도"}
CHANGE |= {"source": "test", "evidence": "read"}

unknown = pytest.approx(np.nan, nan_ok=True)


def years(first: int, *values: int | None) -> dict[int, int]:
    return {first + at: value for at, value in enumerate(values) if value is not None}


@pytest.mark.parametrize(("now", "answer"), [(800, 1), (801, 0), (0, 1)])
def test_a_fall_of_exactly_a_fifth_meets_the_rule(now: int, answer: int) -> None:
    # Domain reference 2.1: 1000 to 800 is exactly 20 per cent and passes, 801 fails.
    assert fallen(years(2020, 1000, 900, now), 2022, 2, 80) == answer


def test_five_per_cent_of_businesses() -> None:
    assert fallen(years(2020, 1000, 950), 2021, 1, 95) == 1
    assert fallen(years(2020, 1000, 951), 2021, 1, 95) == 0


def test_the_highest_year_may_be_the_first_of_the_window_but_not_earlier() -> None:
    figures = years(2020, 1000, 700, 700, 700)
    assert fallen(figures, 2023, 3, 80) == 1
    assert fallen(figures, 2023, 2, 80) == 0


def test_missing_years_leave_open_only_what_they_could_change() -> None:
    # A known high proves the fall; without one the missing year might have been higher.
    assert fallen(years(2020, 1000, None, 800), 2022, 2, 80) == 1
    assert fallen(years(2020, 900, None, 800), 2022, 2, 80) == unknown
    assert fallen(years(2020, 900, 850, None), 2022, 2, 80) == unknown


def test_three_consecutive_falls_within_the_last_five_years() -> None:
    # Six figures, five changes: down down down up up.
    assert falling(years(2015, 10, 9, 8, 7, 8, 9), 2020) == 1
    # Two falls, a standstill, two falls: standing still is no fall.
    assert falling(years(2015, 10, 9, 8, 8, 7, 6), 2020) == 0
    # The third fall lies before the five years.
    assert falling(years(2014, 11, 10, 9, 8, 8, 8, 8), 2020) == 0
    # Three falls that the missing year decides; three that it does not; none possible.
    assert falling(years(2015, 10, 9, None, 7, 8, 9), 2020) == unknown
    assert falling(years(2015, None, 9, 8, 7, 6, 9), 2020) == 1
    assert falling(years(2015, None, 9, 10, 11, 12, 13), 2020) == 0


def test_half_the_buildings_counting_the_undated_apart() -> None:
    assert old_half(10, 5, 0) == 1
    assert old_half(10, 4, 0) == 0
    assert old_half(10, 4, 1) == unknown
    assert old_half(10, 5, 5) == 1
    assert old_half(0, 0, 0) == 0


def history(*rows: tuple[str, str, int, int | None]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["zone_id", "column", "year", "value"])
    return frame.astype({"zone_id": "str", "column": "str", "year": "Int64", "value": "Int64"})


def test_conditions_of_zones(place) -> None:
    # Zone 1 halved its people since the year before, which proves a fall whatever came earlier; zone 2 grew, which
    # years unknown leave open. Businesses: eleven years known in zone 1, level. Buildings: 9 of 20 old, 2 undated.
    table = history(
        ("1", "population", 2024, 900),
        ("1", "population", 2025, 450),
        ("2", "population", 2024, 50),
        ("2", "population", 2025, 60),
        *(("1", "businesses", year, 100) for year in range(2015, 2026)),
    )
    found = zone_conditions(table, place.cells)
    assert found.loc["1"].tolist() == [1, 0, unknown]
    assert found.loc["2"].tolist() == [unknown, unknown, 0]
    dated = place.cells.assign(undated_buildings=0)
    assert met(zone_conditions(table, dated)).tolist() == [1, unknown]


def test_decline_of_districts(place) -> None:
    # Zone 1, where A lies: people fell by exactly a fifth in the last year, firms stood, 9 of 20 buildings are old.
    people = [("1", "population", year, 100 if year < 2025 else 80) for year in range(1995, 2026)]
    firms = [("1", "businesses", year, 100) for year in range(2015, 2026)]
    known = replace(place, history=history(*people, *firms), cells=place.cells.assign(undated_buildings=0))
    out = decline(known)
    assert out.value[0] == 1
    assert np.isnan(out.value[1])
    assert out.missing[1].en == "cannot be judged: population, businesses (zones 2)"
    # Of a district with one of its two cells in a zone that meets two conditions, half counts.
    moved = known.cells.assign(zone_id=pd.array(["1", "2", "2", "2", "2"], "str"))
    both = [(zone, *row[1:]) for row in [*people, *firms] for zone in "12"]
    # Zone 2 now holds b (5 of 10 buildings old): people and buildings; zone 1 holds a (4 of 10): people.
    assert decline(replace(known, history=history(*both), cells=moved)).value.tolist() == [1.5, 2]
    assert np.isnan(decline(place).value).all()


def zones() -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame({"zone_id": ["1", "2"]}, geometry=[shapely.box(0, 0, 1, 1)] * 2, crs="EPSG:5179")


def spec(path: object, **columns: str) -> YearlyTable:
    return YearlyTable(path=str(path), code="code", year="year", columns=columns or {"population": "people"})


def test_yearly_figures_of_codes_that_changed_join_and_a_year_under_both_is_refused(tmp_path) -> None:
    path = tmp_path / "h.csv"
    changed = CodeAliases.model_validate({"changes": [CHANGE]})
    own = zones().assign(zone_id=["5111051000", "5111052000"])
    path.write_text("code,year,people\n4211051000,2022,9\n5111051000,2023,8\n4211052000.0,2022,7\n", "utf-8")
    table = read_history(spec(path), own, area(1, 1), changed, Ledger("history"))
    assert table[["zone_id", "year", "value"]].to_numpy().tolist() == [
        ["5111051000", 2022, 9],
        ["5111051000", 2023, 8],
        ["5111052000", 2022, 7],
    ]
    path.write_text("code,year,people\n4211051000,2022,9\n5111051000,2022,8\n", "utf-8")
    with pytest.raises(SourceError, match="row 2: expected each zone and year once"):
        read_history(spec(path), own, area(1, 1), changed, Ledger("history"))


def test_yearly_figures_are_read_with_blanks_as_unknown(tmp_path) -> None:
    path = tmp_path / "h.csv"
    path.write_text('code,year,people\n1,2024,"1,200"\n1,2025,\n2,2025,7\n3,2025,9\n', "utf-8")
    ledger = Ledger("history")
    table = read_history(spec(path), zones(), area(1, 1), ALIASES, ledger)
    check_schema(table, "history", "history")
    assert table["value"].tolist() == [1200, pd.NA, 7]
    assert (ledger.read, ledger.kept) == (4, 3)
    assert ledger.dropped == {"codes that no zone of the region has": 1}
    assert ledger.notes == ["population: 1 zone-years without a figure stay unknown"]


def test_every_fault_of_yearly_figures_is_told(tmp_path) -> None:
    path = tmp_path / "h.csv"
    path.write_text("code,year,people\n1,2024,5\n1,2024,6\n2,last,7\n2,2025,-1\n", "utf-8")
    with pytest.raises(SourceError) as error:
        read_history(spec(path), zones(), area(1, 1), ALIASES, Ledger("history"))
    text = str(error.value)
    assert "row 2: expected each zone and year once" in text
    assert "row 3, year" in text
    assert "row 4, people" in text
    path.write_text("code,year,people\n8,2024,5\n", "utf-8")
    with pytest.raises(SourceError, match="codes of the zones, such as 1"):
        read_history(spec(path), zones(), area(1, 1), ALIASES, Ledger("history"))


def test_two_sources_may_not_say_the_same(tmp_path) -> None:
    path = tmp_path / "h.csv"
    path.write_text("code,year,people\n1,2024,5\n", "utf-8")
    with pytest.raises(SourceError, match="1 2024 population"):
        read_histories([spec(path), spec(path)], zones(), area(1, 1), ALIASES, Account())
    with pytest.raises(SourceError, match=r"no `sources.zones`"):
        read_histories([spec(path)], None, area(1, 1), ALIASES, Account())


def test_without_sources_the_table_is_empty_and_said() -> None:
    account = Account()
    table = read_histories([], zones(), area(1, 1), ALIASES, account)
    check_schema(table, "history", "history")
    assert table.equals(empty())
    assert "history" in account.missing


def test_a_place_of_the_region_in_the_last_year_that_no_zone_has_is_a_fault_and_one_given_up_is_not(tmp_path) -> None:
    path = tmp_path / "h.csv"
    own = zones().assign(zone_id=["4311010100", "4311010200"], geometry=[shapely.box(X0, Y0, X0 + 1, Y0 + 1)] * 2)
    rows = "4311010100,2024,5\n4311010100,2025,5\n4311010900,2024,8\n2611010900,2025,9\n"
    path.write_text(f"code,year,people\n{rows}", "utf-8")
    ledger = Ledger("history")
    read_history(spec(path), own, area(1, 1), ALIASES, ledger)
    assert ledger.dropped == {"codes that no zone of the region has": 2}
    path.write_text(f"code,year,people\n{rows}4311010900,2025,7\n", "utf-8")
    with pytest.raises(SourceError, match=r"row 5: .* none for 4311010900, with population 7"):
        read_history(spec(path), own, area(1, 1), ALIASES, Ledger("history"))
