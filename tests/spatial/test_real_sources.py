"""Real cities' files: figures counted by other programs (the SOURCE.md beside the files), not by this project."""

import os
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import osmnx as ox
import pandas as pd
import pytest
import shapely

from geojeom.catalogues import CATALOGUES
from geojeom.checked_yaml import read_catalogue
from spatial.config.resolve import resolve
from spatial.counts.people import lay_out
from spatial.counts.plausible import Densest
from spatial.reading import grid
from spatial.reading.boundary import read_area
from spatial.reading.osm import AreaQuery, WayQuery
from spatial.reading.osm_file import OsmFile
from spatial.reading.osm_rules import RuleQuery
from spatial.reading.projection import KOREA as KOREA_CRS
from spatial.reading.projection import expected, lonlat
from spatial.reading.provenance import Account, Ledger
from spatial.reading.square_grid import SquareGrid
from spatial.reading.tabular import days, numbers, read_rows
from spatial.reading.tags import BuildingUses, SpeedTable, TagTable
from spatial.reading.vector import read_polygons
from spatial.sources.codes import CodeAliases
from spatial.sources.parcels import LandOwners
from spatial.sources.zones import read_zones
from spatial.sources.zoning import ZoningTable
from spatial.store.read import Tables
from spatial.streets.links import links_of_ways
from tests.spatial.files import region_of, source_of
from tests.spatial.whole import read_counts, read_facilities, survey

REAL = os.environ.get("GEOJEOM_REAL_DATA")
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(REAL is None, reason="GEOJEOM_REAL_DATA names no folder of real data"),
]
HERE = Path(REAL or ".") / "regions"
WORLD = (-180.0, -90.0, 180.0, 90.0)
KOREA = expected("KR")
TABLES = Tables(
    read_catalogue(CATALOGUES / "osm_kinds.yaml", TagTable),
    read_catalogue(CATALOGUES / "osm_layers.yaml", TagTable),
    read_catalogue(CATALOGUES / "building_uses.yaml", BuildingUses),
    read_catalogue(CATALOGUES / "speeds.yaml", SpeedTable),
    read_catalogue(CATALOGUES / "zoning.yaml", ZoningTable),
    read_catalogue(CATALOGUES / "code_aliases.yaml", CodeAliases),
    read_catalogue(CATALOGUES / "land_owners.yaml", LandOwners),
    read_catalogue(CATALOGUES / "plausible.yaml", Densest),
)
BUILDING = TagTable.model_validate({"building": {"label": {"ko": "건물", "en": "b"}, "match": [{"building": "*"}]}})


def residents(city: str, boundary: str, register: str) -> tuple[dict[str, int], Account]:
    """Population, elderly and youth laid on the cells of a city from its dongs and its register."""
    path = str(HERE / city / boundary)
    region, spec = region_of(boundary={"path": path}), source_of("zones", path=path, code="adm_cd2", name="adm_nm")
    account = Account()
    area = read_area(region, account)
    zones = read_zones(spec, area, account.open("zones", spec))
    source = read_counts(
        source_of("counts", kind="resident_register", path=str(HERE / city / register)),
        "counts[0]",
        area,
        zones,
        aliases=TABLES.aliases,
        account=account,
    )
    lattice = SquareGrid.over(area.metres, 100)
    owner = lattice.owner(zones.geometry)
    found = lay_out(
        [source],
        lattice,
        owner=owner,
        inside=lattice.within(area.polygon),
        weights={"dry": np.ones(len(lattice))},
        account=account,
    )
    value = {name: counted.value for name, counted in found.items()}
    assert (value["elderly"] + value["youth"] <= value["population"]).all()
    for at, zone in enumerate(zones["zone_id"]):
        assert value["population"][owner == at].sum() == source.totals.loc[zone, "population"]
    return {name: int(values.sum()) for name, values in value.items()}, account


def test_chuncheon_joins_all_dongs_and_keeps_every_resident() -> None:
    total, account = residents(
        "chuncheon", "hangjeongdong_chuncheon_202104.geojson", "age10_hangjeongdong_202012_cp949.csv"
    )
    assert total["population"] == 282_765
    register = account.ledgers[-1]
    assert (register.read, register.kept) == (26, 25)


def test_the_whole_of_seoul_keeps_every_resident() -> None:
    total, account = residents(
        "seoul_center", "hangjeongdong_seoul_202104.geojson", "age10_hangjeongdong_202012_cp949.csv"
    )
    assert total["population"] == 9_668_465
    register = account.ledgers[-1]
    assert (register.read, register.kept) == (451, 425)


def test_grid_names_equal_the_polygons_of_the_published_500_m_grid() -> None:
    frame = read_rows(
        str(HERE / "chuncheon" / "grid500_chuncheon_wkt_epsg5179.csv"), {"gid": "gid", "geometry": "geometry"}
    )
    bounds = shapely.bounds(shapely.from_wkt(frame["geometry"].to_numpy()))
    x, y, size = grid.decode(frame["gid"])
    assert len(frame) == 5_399
    assert frame["gid"].nunique() == 4_741
    assert (size == 500).all()
    assert np.array_equal(x, bounds[:, 0])
    assert np.array_equal(y, bounds[:, 1])
    assert grid.encode(x + 250, y + 250, 500).tolist() == frame["gid"].tolist()


def test_the_old_spreadsheet_adds_up_to_its_own_total() -> None:
    frame = read_rows(str(HERE / "seoul_center" / "population_in_Seoul.xls"), {"name": "자치구"}, header_rows=3)
    people = numbers(frame["인구 / 합계 / 계"], "population_in_Seoul.xls", []).to_numpy()
    assert frame["자치구"].tolist()[0] == "합계"
    assert len(frame) == 26
    assert people[0] == people[1:].sum() == 10_197_604


def test_the_shapefile_without_prj_lands_on_the_dongs() -> None:
    ledger = Ledger("zones")
    (path,) = (HERE / "chuncheon" / "sgis_bnd_dong_2018_noprj_cp949").glob("*.shp")
    shape = read_polygons(str(path), None, KOREA, ledger, {})
    dongs = read_polygons(
        str(HERE / "chuncheon" / "hangjeongdong_chuncheon_202104.geojson"), None, KOREA, Ledger("zones"), {}
    )
    assert len(shape) == 25
    assert "EPSG:5179" in ledger.notes[0]
    one, other = (shapely.union_all(frame.to_crs(5179).geometry.to_numpy()) for frame in (shape, dongs))
    assert shapely.intersection(one, other).area / shapely.union(one, other).area > 0.99
    # Names are Korean, so the dbf was read as what it is.
    assert shape.select_dtypes("str").apply(lambda column: column.str.contains("동|면|읍")).any().any()


@pytest.mark.parametrize(
    ("file", "highways", "buildings"),
    [
        ("liechtenstein/liechtenstein-latest.osm.pbf", 4_660, 8_992),
        ("monaco/monaco.osm.gz", 866, 962),
        ("porto_alegre/poa_osm.pbf", 15_886, 12),
        ("osm_small/suwon_ajou.osm", 238, 230),
        ("osm_small/gunsan_knu.osm", 121, 124),
    ],
)
def test_streets_and_buildings_of_osm_files(file: str, highways: int, buildings: int) -> None:
    ledger = Ledger("streets")
    OsmFile(str(HERE / file)).ask(WayQuery("highway", ["highway"], WORLD)).take(ledger)
    assert ledger.read == highways
    areas = OsmFile(str(HERE / file)).ask(AreaQuery(BUILDING, ["building"], WORLD)).take(Ledger("buildings"))
    # The published count is of ways; areas add multipolygons and leave out what does not close.
    assert abs(len(areas) - buildings) <= max(8, 0.01 * buildings)


def test_monaco_drops_what_lies_outside_a_box_and_counts_it() -> None:
    box = (7.42, 43.73, 7.43, 43.74)
    ledger = Ledger("streets")
    ways = OsmFile(str(HERE / "monaco/monaco.osm.gz")).ask(WayQuery("highway", ["highway"], box)).take(ledger)
    bounds = ways.lines().bounds
    assert len(bounds) + ledger.dropped["wholly outside the region's box"] == 866
    assert ((bounds["minx"] <= box[2]) & (bounds["maxx"] >= box[0])).all()
    assert ((bounds["miny"] <= box[3]) & (bounds["maxy"] >= box[1])).all()


def test_every_row_of_the_national_wifi_file_is_accounted_for() -> None:
    path = HERE / "korea" / "전국무료와이파이표준데이터.csv"
    frame = read_rows(str(path), {"lon": "경도", "lat": "위도"})
    faults: list[Any] = []
    lon, lat = (numbers(frame[name], path.name, faults).to_numpy(float) for name in ("경도", "위도"))
    ledger = Ledger("wifi")
    x, _ = lonlat(lon, lat, path.name, KOREA, ledger)
    assert len(frame) == 14_828
    assert faults == []
    # Eight rows swapped (Guro-gu) are mended; two with one value twice and one without its point cannot be.
    assert ledger.repaired == {"latitude and longitude exchanged back": 8}
    assert ledger.dropped["with coordinates outside Korea"] == 3
    assert np.isfinite(x).sum() + sum(ledger.dropped.values()) == 14_828


def test_seoul_bike_stations_open_on_their_days() -> None:
    region = region_of(boundary={"path": str(HERE / "seoul_center/hangjeongdong_seoul_202104.geojson")})
    spec = source_of(
        "facilities",
        kind="table",
        path=str(HERE / "seoul_center/public_bike_stations_opened_to_2019_cp949.csv"),
        facility="bike_station",
        lon="경도",
        lat="위도",
        opened="설치시기",
    )
    account = Account()
    found = read_facilities([spec], read_area(region, Account()), TABLES.kinds, account)
    ledger = account.ledgers[0]
    # Two stations stand just beyond the city's border; the years are those of all 1,466.
    assert (ledger.read, ledger.dropped) == (1_466, {"outside the region": 2})
    assert found["opened"].notna().all()
    opened = days(read_rows(spec.path, {})["설치시기"], Ledger("bikes"))
    assert opened.str[:4].value_counts().sort_index().tolist() == [130, 275, 729, 310, 22]


def test_porto_alegre_keeps_every_person_and_job(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GEOJEOM_REAL_DATA", str(REAL))
    found = survey(resolve(CATALOGUES / "regions" / "porto_alegre.yaml").region, TABLES)
    assert found.cells["population"].sum() == 812_935
    assert found.cells["jobs"].sum() == 337_921
    facilities = {ledger.key: ledger for ledger in found.account.ledgers}
    assert "facilities: school 194" in facilities["facilities[0]"].notes
    assert "facilities: healthcare 141" in facilities["facilities[1]"].notes
    assert facilities["facilities[1]"].dropped["number of facilities unknown"] == 5


def test_central_seoul_by_dong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GEOJEOM_REAL_DATA", str(REAL))
    region = resolve(CATALOGUES / "regions" / "seoul_center.yaml").region
    area_box = region.boundary.bbox
    assert area_box is not None
    found = survey(region, TABLES)
    ledger = {one.key: one for one in found.account.ledgers}
    assert (ledger["zones"].read, ledger["zones"].kept) == (425, 40)
    assert ledger["facilities[0]"].repaired["latitude and longitude exchanged back"] == 8
    inside = found.cells.groupby("zone_id")["population"].sum()
    raw = read_rows(str(HERE / "seoul_center/age10_hangjeongdong_202012_cp949.csv"), {})
    total = pd.Series(raw["총인구수"].str.replace(",", "").astype(int).to_numpy(), raw["행정구역"].str[-11:-1])
    box = shapely.box(*area_box)
    dongs = gpd.read_file(HERE / "seoul_center/hangjeongdong_seoul_202104.geojson")
    whole = dongs["adm_cd2"][dongs.within(box)]
    assert len(whole) == 12
    for code in whole:
        assert inside[code] == total[code], code
    assert inside.sum() < total[total.index.isin(inside.index)].sum()


def test_street_lengths_equal_osmnx() -> None:
    path = HERE / "osm_small" / "suwon_ajou.osm"
    edges = ox.graph_to_gdfs(ox.graph_from_xml(path, bidirectional=True, simplify=False, retain_all=True), nodes=False)
    classes = set(TABLES.speeds.of("KR").kmh) | set(TABLES.speeds.no_driving)
    theirs = edges["length"][edges["highway"].isin(classes)].sum() / 2
    ledger = Ledger("streets")
    access = TABLES.speeds.access
    ways = OsmFile(str(path)).ask(WayQuery("highway", access.of_ways, WORLD)).take(ledger)
    rules = OsmFile(str(path)).ask(RuleQuery(access)).take(ways)
    links, _ = links_of_ways(ways, rules, TABLES.speeds, "KR", crs=KOREA_CRS, ledger=ledger)
    ours = links.length_m.sum()
    # osmnx measures on a sphere, we in the plane of EPSG:5179 (scale 0.9996 to 1): a thousandth apart at most.
    assert ours == pytest.approx(theirs, rel=1e-3)
