"""Facilities and buildings as points: kinds, days, counts, repeats, places; and what maps draw under them."""

from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from geojeom.catalogues import CATALOGUES
from geojeom.checked_yaml import read_catalogue
from geojeom.errors import SourceError
from spatial.folder import table as table_of
from spatial.reading.provenance import Account, Ledger
from spatial.reading.square_grid import SquareGrid
from spatial.reading.tags import BuildingUses, SpeedTable, TagTable
from spatial.sources.backdrop import make_backdrop, read_land
from spatial.sources.buildings import on_squares, read_buildings, tell_cells
from spatial.streets.files import lines_of
from spatial.streets.read import read_streets
from tests.spatial.files import X0, Y0, area, degrees, osm_file, source_of
from tests.spatial.whole import read_facilities

KINDS = read_catalogue(CATALOGUES / "osm_kinds.yaml", TagTable)
LAYERS = read_catalogue(CATALOGUES / "osm_layers.yaml", TagTable)
USES = read_catalogue(CATALOGUES / "building_uses.yaml", BuildingUses)
REGION = area(1_000, 1_000)


def table(folder: Path, rows: list[str], header: str = "kind,name,lon,lat,opened,n", **keys: str | None) -> dict:
    (folder / "f.csv").write_text("\n".join([header, *rows]), encoding="utf-8")
    of = "facilities" if {"facility", "kind_column"} & set(keys) else "buildings"
    return source_of(of, kind="table", path=str(folder / "f.csv"), **keys)


def at(east: float, north: float) -> str:
    lon, lat = degrees(east, north)
    return f"{lon:.8f},{lat:.8f}"


def test_facilities_of_a_table(tmp_path: Path) -> None:
    rows = [
        f"library,중앙도서관,{at(10, 20)},2011-05,1",
        f"clinic,,{at(30, 40)},,3",
        f"clinic,,{at(30, 40)},,3",
        f"park,없는 공원,{at(50, 60)},,0",
        f"park,모르는 공원,{at(50, 60)},,",
        f"park,먼 공원,{at(5_000, 60)},,1",
    ]
    spec = table(tmp_path, rows, kind_column="kind", name="name", opened="opened", count="n")
    account = Account()
    found = read_facilities([spec], REGION, KINDS, account)
    assert found.drop(columns="geometry").astype(object).where(
        found.drop(columns="geometry").notna(), None
    ).to_numpy().tolist() == [
        ["library", "중앙도서관", "2011-05-01", 1],
        ["clinic", None, None, 3],
    ]
    assert shapely.get_coordinates(found.geometry).round(2).tolist() == [[X0 + 10, Y0 + 20], [X0 + 30, Y0 + 40]]
    ledger = account.ledgers[0]
    assert (ledger.read, ledger.kept) == (6, 2)
    assert ledger.dropped == {
        "the same row again": 1,
        "number of facilities unknown": 1,
        "no facility there (count 0)": 1,
        "outside the region": 1,
    }


def test_unknown_kinds_are_refused_with_those_there_are(tmp_path: Path) -> None:
    spec = table(tmp_path, [f"libary,x,{at(1, 1)},,1"], kind_column="kind")
    with pytest.raises(SourceError, match=r"expected a facility kind: kindergarten, .*, found 'libary' in 1 rows"):
        read_facilities([spec], REGION, KINDS, Account())


def test_no_facilities_is_missing_and_said(tmp_path: Path) -> None:
    account = Account()
    assert read_facilities([], REGION, KINDS, account).empty
    assert account.as_dict()["missing"][0]["key"] == "facilities"


def test_facilities_of_osm_by_tag(tmp_path: Path) -> None:
    nodes = {1: (10, 10), 2: (20, 10), 3: (100, 100), 4: (200, 100), 5: (200, 200), 6: (100, 200), 7: (5_000, 10)}
    tagged = {
        1: {"amenity": "pharmacy", "name": "약국"},
        2: {"highway": "bus_stop"},
        3: {"amenity": "bench"},
        7: {"amenity": "pharmacy"},
    }
    path = osm_file(tmp_path / "f.osm", nodes, [([3, 4, 5, 6, 3], {"leisure": "park"})], tagged)
    account = Account()
    found = read_facilities([source_of("facilities", kind="osm", path=path, kinds=[])], REGION, KINDS, account)
    assert found["kind"].tolist() == ["pharmacy", "transit_stop", "park"]
    assert found["name"].tolist()[0] == "약국"
    assert shapely.box(X0 + 100, Y0 + 100, X0 + 200, Y0 + 200).contains(found.geometry[2])
    assert (account.ledgers[0].read, account.ledgers[0].kept) == (4, 3)
    only = read_facilities([source_of("facilities", kind="osm", path=path, kinds=["park"])], REGION, KINDS, Account())
    assert only["kind"].tolist() == ["park"]
    with pytest.raises(SourceError, match=r"sources.facilities\[0\].kinds: expected facility kinds: .*, found parc"):
        read_facilities([source_of("facilities", kind="osm", path=path, kinds=["parc"])], REGION, KINDS, Account())


def test_buildings_of_a_table(tmp_path: Path) -> None:
    rows = [
        f"{at(10, 10)},20051231,120.5,단독주택",
        f'{at(20, 10)},20060101,"1,000",업무시설',
        f"{at(30, 10)},,300,주상복합",
        f"{at(150, 10)},19850000,,공동주택",
        f"{at(150, 20)},1999-05,200,우주선",
        f"{at(9_000, 10)},20000101,50,공장",
    ]
    spec = table(
        tmp_path, rows, "lon,lat,day,floor,use", approved="day", floor_area_m2="floor", use="use", vintage="2025-12-31"
    )
    account = Account()
    found = read_buildings(spec, REGION, USES, account)
    got = on_squares(found, SquareGrid.over((X0, Y0, X0 + 199, Y0 + 99), 100))
    assert got["buildings"].tolist() == [3, 2]
    # 20 years before 2025-12-31 is 2005-12-31: that day is old, the next is not; unreadable and blank are undated.
    assert got["old_buildings"].tolist() == [1, 1]
    assert got["undated_buildings"].tolist() == [1, 1]
    assert got["floor_area_m2"].tolist() == [1420.5, 200]
    # Homes: the house, the mixed building, and what is unknown; the flat of unknown floor area with the median of all.
    assert got["lived"].tolist() == [420.5, 200 + 250]
    assert got["worked"].tolist() == [1300, 200]
    ledger = account.ledgers[0]
    assert ledger.dropped == {"outside the region's box": 1}
    assert "1 buildings of a use in no list count as homes and workplaces: 우주선 (1)" in ledger.notes


def test_buildings_approved_after_the_vintage_are_undated(tmp_path: Path) -> None:
    rows = [f"{at(10, 10)},20251231", f"{at(20, 10)},20260101", f"{at(30, 10)},2999-01-01", f"{at(40, 10)},"]
    account = Account()
    spec = table(tmp_path, rows, "lon,lat,day", approved="day", vintage="2025")
    found = read_buildings(spec, REGION, USES, account)
    assert found.frame["approved"].tolist() == ["2025-12-31", None, None, None]
    says = "2 dates after the vintage (2025-12-31) are unknown: 2999-01-01, 2026-01-01"
    assert says in account.ledgers[0].notes
    # Undated they are counted so, and neither old nor new.
    got = on_squares(found, SquareGrid.over((X0, Y0, X0 + 99, Y0 + 99), 100))
    assert (got["undated_buildings"].tolist(), got["old_buildings"].tolist()) == ([3], [0])


@pytest.mark.parametrize(("vintage", "old"), [("2025-12-30", 0), ("2025-12", 1), ("2025", 1), ("2025-11", 0)])
def test_a_vintage_of_a_month_or_year_is_its_last_day(tmp_path: Path, vintage: str, old: int) -> None:
    spec = table(tmp_path, [f"{at(10, 10)},20051231"], "lon,lat,day", approved="day", vintage=vintage)
    account = Account()
    got = on_squares(read_buildings(spec, REGION, USES, account), SquareGrid.over((X0, Y0, X0 + 99, Y0 + 99), 100))
    assert got["old_buildings"].tolist() == [old]
    note = f"the age of buildings is counted to 2025-12-31, the last day of the vintage {vintage}"
    assert (note in account.ledgers[0].notes) == bool(old)


def test_buildings_that_no_cell_counts_are_in_the_account(tmp_path: Path) -> None:
    # A region 250 m wide: the third square's centre is on its border, so no cell holds it. One building lies there,
    # one in a cell, one beyond the border in the region's box.
    rows = [f"{at(50, 50)}", f"{at(240, 50)}", f"{at(50, 150)}"]
    narrow = area(250, 200)
    corner = shapely.box(X0 + 5, Y0, X0 + 245, Y0 + 100)
    account = Account()
    found = read_buildings(table(tmp_path, rows, "lon,lat"), narrow, USES, account)
    assert account.ledgers[0].kept == 3
    lattice = SquareGrid.over(narrow.metres, 100)
    tell_cells(found, lattice, lattice.within(corner), corner)
    assert account.ledgers[0].kept == 1
    assert account.ledgers[0].dropped == {"outside the region": 1, "in the region, but in no cell of it": 1}


def test_buildings_with_days_need_the_day_of_the_source(tmp_path: Path) -> None:
    spec = table(tmp_path, [f"{at(10, 10)},20051231"], "lon,lat,day", approved="day")
    with pytest.raises(SourceError, match=r"sources.buildings.vintage: expected the day or year of the buildings"):
        read_buildings(spec, REGION, USES, Account())


def test_negative_floor_area_is_refused(tmp_path: Path) -> None:
    spec = table(tmp_path, [f"{at(10, 10)},-5"], "lon,lat,floor", floor_area_m2="floor")
    with pytest.raises(SourceError, match=r"row 1, floor: expected a floor area, 0 or more, found -5.0"):
        read_buildings(spec, REGION, USES, Account())


def test_buildings_of_osm_have_floor_area_by_storeys(tmp_path: Path) -> None:
    nodes = {1: (10, 10), 2: (30, 10), 3: (30, 20), 4: (10, 20), 5: (60, 10), 6: (70, 10), 7: (70, 20), 8: (60, 20)}
    ways = [
        ([1, 2, 3, 4, 1], {"building": "apartments", "building:levels": "5"}),
        ([5, 6, 7, 8, 5], {"building": "office"}),
    ]
    account = Account()
    spec = source_of("buildings", kind="osm", path=osm_file(tmp_path / "b.osm", nodes, ways))
    found = read_buildings(spec, REGION, USES, account)
    got = on_squares(found, SquareGrid.over((X0, Y0, X0 + 99, Y0 + 99), 100))
    assert got["lived"][0] == pytest.approx(1_000, rel=2e-3)  # OSM keeps 7 decimals: a centimetre
    assert got["worked"][0] == pytest.approx(100, rel=2e-3)
    assert "old_buildings" not in got
    assert [column for column, _ in account.estimates] == ["floor_area_m2"]


def backdrop_of(source: dict[str, str]) -> gpd.GeoDataFrame:
    land = read_land(source, REGION, LAYERS, Ledger("land"))
    streets = read_streets(source, REGION, table_of("speeds", SpeedTable), Ledger("streets"))
    return make_backdrop(land, lines_of(streets, REGION), REGION, LAYERS)


def test_backdrop_is_cut_to_the_region_and_joined(tmp_path: Path) -> None:
    nodes = {1: (-500, 100), 2: (500, 100), 3: (500, 200), 4: (-500, 200), 5: (100, 500), 6: (300, 500), 7: (600, 500)}
    ways = [
        ([1, 2, 3, 4, 1], {"natural": "water", "name": "강"}),
        ([5, 6], {"highway": "primary", "name": "길"}),
        ([6, 7], {"highway": "primary", "name": "길"}),
        ([1, 5], {"highway": "footway"}),
        ([4, 7], {"railway": "rail"}),
    ]
    source = source_of("land", path=osm_file(tmp_path / "l.osm", nodes, ways))
    found = backdrop_of(source).set_index("layer")
    assert sorted(found.index) == ["boundary", "rail", "street_major", "water"]
    assert found.geometry["water"].area == pytest.approx(500 * 100, rel=1e-4)
    assert found.geometry["street_major"].geom_type == "LineString"
    assert found.geometry["street_major"].length == pytest.approx(500, rel=1e-4)
    assert found.geometry["boundary"].area == pytest.approx(1_000_000)
    assert make_backdrop(None, None, REGION, LAYERS)["layer"].tolist() == ["boundary"]


def test_motorways_have_a_layer_of_their_own_and_tunnels_are_told(tmp_path: Path) -> None:
    nodes = {1: (50, 100), 2: (550, 100), 3: (950, 100), 4: (50, 300), 5: (950, 300)}
    ways = [
        ([1, 2], {"highway": "motorway", "name": "고속"}),
        ([2, 3], {"highway": "motorway", "name": "고속", "tunnel": "yes"}),
        ([4, 5], {"railway": "subway", "tunnel": "yes"}),
        ([1, 4], {"railway": "rail", "tunnel": "no"}),
    ]
    source = source_of("land", path=osm_file(tmp_path / "l.osm", nodes, ways))
    found = backdrop_of(source)
    lines = found[found["layer"] != "boundary"]
    length = lines.geometry.length.groupby([lines["layer"], lines["tunnel"]]).sum()
    assert length.to_dict() == pytest.approx(
        {
            ("motorway", False): 500,
            ("motorway", True): 400,
            ("street_major", False): 500,
            ("street_major", True): 400,
            ("rail", False): 200,
            ("rail", True): 900,
        },
        rel=1e-3,
    )
    assert not found["tunnel"][found["layer"] == "boundary"].any()


def test_land_must_be_an_osm_file() -> None:
    with pytest.raises(SourceError, match="expected an OpenStreetMap file, found another kind of file"):
        read_land(source_of("land", path="land.shp"), REGION, LAYERS, Ledger("land"))


def test_the_day_a_place_opened_comes_from_whichever_source_has_it(tmp_path: Path) -> None:
    # One list has the library's name and no day, two others tell of the same one 40 m off with days of their own.
    lists = [
        [f"library,중앙도서관,{at(10, 20)},,1", f"library,북부도서관,{at(10, 800)},2020-01-01,1"],
        [f"library,중앙도서관,{at(50, 20)},2011-05-02,1", f"library,북부도서관,{at(10, 800)},1999-01-01,1"],
        [f"library,중앙도서관,{at(10, 60)},2009-03-01,1"],
    ]
    specs = []
    for number, rows in enumerate(lists):
        (tmp_path / str(number)).mkdir()
        specs.append(table(tmp_path / str(number), rows, kind_column="kind", name="name", opened="opened", count="n"))
    found = read_facilities(specs, REGION, KINDS, Account()).set_index("name")
    # Its own day goes before others'; of several the first.
    assert found["opened"].to_dict() == {"중앙도서관": "2009-03-01", "북부도서관": "2020-01-01"}
