"""The sample city: municipal formats, totals that agree, a place that is nobody's, the same bytes every time."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import subprocess
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

import geopandas as gpd
import numpy as np
import openpyxl
import osmium
import pandas as pd
import pytest
import rasterio
import shapely
import yaml
from pyproj import Transformer
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from spatial.config.own_plans import PlanFile
from spatial.config.region import RegionFile

# The whole city is drawn for them.
pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
FILES = {
    "streets.osm.pbf", "dong.shp", "dong.shx", "dong.dbf", "dong.prj", "population_age.csv", "population_history.csv",
    "businesses_history.csv", "jobs.csv", "households.csv", "dem.tif", "buildings.csv", "facilities.csv",
    "protected.geojson", "zoning.geojson", "candidates.geojson", "parcels.shp", "parcels.shx", "parcels.dbf",
    "parcels.prj", "land_prices.csv", "land_owners.csv", "hub_first.xlsx", "corridor.xlsx",
}  # fmt: skip
KINDS = {
    "kindergarten", "childcare", "elementary_school", "library", "small_library", "senior_centre", "clinic", "pharmacy",
    "sports", "park", "welfare_centre", "public_health_centre", "emergency", "culture", "retail", "parking",
    "transit_stop", "university", "wifi", "cctv_centre",
}  # fmt: skip
BANDS = ["0~9", "10~19", "20~29", "30~39", "40~49", "50~59", "60~69", "70~79", "80~89", "90~99"]


def generate(folder: Path, *arguments: str) -> Path:
    subprocess.run([sys.executable, ROOT / "data" / "sample", folder, *arguments], check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def city(sample_city):
    return sample_city()


@pytest.fixture(scope="module")
def small(sample_city):
    return sample_city(0.1)


@pytest.fixture(scope="module")
def dongs(city):
    return gpd.read_file(city / "dong.shp", encoding="cp949")


@pytest.fixture(scope="module")
def boundary(dongs):
    return shapely.coverage_union_all(dongs.geometry.to_numpy())


@pytest.fixture(scope="module")
def ways(city):
    """(node ids, tags) of all streets."""
    processor = osmium.FileProcessor(city / "streets.osm.pbf", osmium.osm.WAY).with_filter(
        osmium.filter.KeyFilter("highway")
    )
    return [([node.ref for node in way.nodes], dict(way.tags)) for way in processor]


def rows(path: Path, encoding: str) -> list[list[str]]:
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.reader(file))


def metres(lon, lat) -> np.ndarray:
    return np.column_stack(Transformer.from_crs(4326, 5179, always_xy=True).transform(lon, lat))


def test_writes_the_files_a_municipality_has_and_no_cpg(city):
    assert {path.name for path in city.iterdir()} == FILES


@pytest.mark.parametrize(
    "name",
    ["population_age.csv", "jobs.csv", "households.csv", "buildings.csv", "land_prices.csv", "land_owners.csv"],
)
def test_these_tables_are_cp949_and_cannot_be_read_as_utf8(city, name):
    content = (city / name).read_bytes()
    assert re.search("[가-힣]", content.decode("cp949"))
    with pytest.raises(UnicodeDecodeError):
        content.decode("utf-8")


@pytest.mark.parametrize("name", ["facilities.csv", "population_history.csv", "businesses_history.csv"])
def test_these_tables_are_utf8_with_a_mark(city, name):
    content = (city / name).read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert re.search("[가-힣]", content.decode("utf-8-sig"))


def test_dbf_is_cp949_without_saying_so(city, dongs):
    content = (city / "dong.dbf").read_bytes()
    assert content[29] == 0  # language byte: unknown
    assert "성안동".encode("cp949") in content
    assert list(dongs.columns) == ["ADM_CD", "ADM_NM", "geometry"]
    assert dongs.ADM_CD.str.fullmatch("99110[0-9]{5}").all()
    assert dongs.ADM_CD.is_unique
    assert "성안동" in set(dongs.ADM_NM)
    assert dongs.crs.to_epsg() == 5179


def test_dongs_are_20_to_25_and_tile_the_city(dongs, boundary):
    assert 20 <= len(dongs) <= 25
    assert dongs.geometry.is_valid.all()
    assert set(dongs.geometry.geom_type) == {"Polygon"}
    assert boundary.geom_type == "Polygon"
    assert len(boundary.interiors) == 0
    # An overlap would make the sum larger than the union; a metre of 13 km would show.
    assert dongs.area.sum() == pytest.approx(dongs.geometry.union_all().area, abs=1.0)
    # Small in the old centre, large at the edges.
    area = dongs.set_index("ADM_NM").area / 1e6
    assert area["성안동"] < 3 < 8 < area["갈대면"]


def test_register_has_the_layout_of_the_ministry(city, dongs):
    header, *body = rows(city / "population_age.csv", "cp949")
    bands = [f"2025년12월_계_{band}세" for band in BANDS]
    assert header == ["행정구역", "총인구수", "연령구간인구수", *bands, "2025년12월_계_100세 이상"]
    assert (city / "population_age.csv").read_bytes().count(b"\r\n") == 1 + len(body)
    assert body[0][0] == "가람도 해밀시 (9911000000)"
    label = [re.fullmatch(r"가람도 해밀시 (\S+)\((\d{10})\)", row[0]) for row in body[1:]]
    assert {(match[2], match[1]) for match in label} == set(zip(dongs.ADM_CD, dongs.ADM_NM, strict=True))


def test_people_add_up(city):
    body = rows(city / "population_age.csv", "cp949")[1:]
    counts = np.array([[int(value) for value in row[1:]] for row in body])
    assert counts[1:].sum(axis=0).tolist() == counts[0].tolist()
    assert (counts[:, 0] == counts[:, 2:].sum(axis=1)).all()
    assert (counts[:, 0] == counts[:, 1]).all()
    assert counts[0, 0] == pytest.approx(280_000, rel=0.01)
    # The old centre is elderly, the new apartments young.
    old, young = (counts[next(i for i, row in enumerate(body) if name in row[0])] for name in ("성안동", "달빛동"))
    assert old[9:].sum() / old[0] > 0.25 > 0.10 > young[9:].sum() / young[0]


def test_histories_end_at_todays_figures_and_tell_of_decline(city):
    code = {"dtype": {"행정동코드": str}}
    register = {row[0][-11:-1]: int(row[1]) for row in rows(city / "population_age.csv", "cp949")[2:]}
    jobs = pd.read_csv(city / "jobs.csv", encoding="cp949", **code).set_index("행정동코드")
    people = pd.read_csv(city / "population_history.csv", **code).pivot_table(
        "인구수", "행정동코드", "연도", dropna=False
    )
    firms = pd.read_csv(city / "businesses_history.csv", **code).pivot_table("사업체수", "행정동코드", "연도")
    assert list(people.columns) == list(range(1995, 2026))
    assert list(firms.columns) == list(range(2015, 2026))
    assert people[2025].astype(int).to_dict() == register
    assert firms[2025].astype(int).to_dict() == jobs["사업체수"].to_dict()
    # The legal rule: a fifth below the highest of thirty years, a twentieth below that of ten.
    old = "9911051000"
    assert people.loc[old, 2025] < 0.8 * people.loc[old].max()
    assert firms.loc[old, 2025] < 0.95 * firms.loc[old].max()
    # A dong that did not exist yet has no figure, not zero.
    assert people.loc["9911066000"].isna().any()
    assert not (people == 0).any(axis=None)


def test_jobs_and_households_are_plausible(city, dongs):
    code = {"dtype": {"행정동코드": str}, "encoding": "cp949"}
    jobs, households = (pd.read_csv(city / f"{name}.csv", **code) for name in ("jobs", "households"))
    assert list(jobs["행정동코드"]) == list(households["행정동코드"]) == list(dongs.ADM_CD)
    assert (jobs["종사자수"] >= jobs["사업체수"]).all()
    assert 1.5 < 280_000 / households["세대수"].sum() < 3
    assert 0.25 < jobs["종사자수"].sum() / 280_000 < 0.6


def test_lies_in_the_open_sea(boundary):
    west, south, east, north = boundary.bounds
    assert 732_000 < west < east < 750_000
    assert 1_440_000 < south < north < 1_456_000
    assert 12_000 < east - west < 17_000
    # Block 가나 of the national grid: 700-800 km east, 1,400-1,500 km north.
    assert (west // 100_000, east // 100_000, south // 100_000, north // 100_000) == (7, 7, 14, 14)


def test_streets_meet_at_5000_junctions_of_one_network(ways):
    uses = Counter(node for nodes, _ in ways for node in nodes) + Counter(n for nodes, _ in ways for n in nodes[1:-1])
    assert sum(count > 2 for count in uses.values()) >= 5_000
    number = {node: i for i, node in enumerate(uses)}
    links = np.array([[number[a], number[b]] for nodes, _ in ways for a, b in pairwise(nodes)])
    graph = coo_matrix((np.ones(len(links)), links.T), shape=(len(uses), len(uses)))
    parts, part = connected_components(graph, directed=False)
    assert 1 < parts <= 6  # as in real life, a bit or two hang on nothing
    assert np.bincount(part).max() > 0.99 * len(uses)


def test_streets_carry_the_tags_of_real_ones(ways):
    tags = [tag for _, tag in ways]
    assert {tag["highway"] for tag in tags} >= {
        "motorway", "motorway_link", "trunk", "primary", "secondary", "tertiary", "residential", "service", "footway",
    }  # fmt: skip
    assert sum("name" in tag and bool(re.search("[가-힣]", tag["name"])) for tag in tags) > 5_000
    assert any(tag.get("oneway") == "yes" for tag in tags)
    assert {tag["maxspeed"] for tag in tags if "maxspeed" in tag} >= {"30", "50", "60", "80", "100"}
    assert 5 <= len({tag["bridge:name"] for tag in tags if "bridge:name" in tag}) <= 8
    assert max(len(nodes) for nodes, _ in ways) <= 2_000
    assert min(len(set(nodes)) for nodes, _ in ways) >= 2


def test_map_has_water_with_an_island_green_industry_and_rail(city):
    found = Counter()
    rings = {}
    for item in osmium.FileProcessor(city / "streets.osm.pbf").with_areas():
        if item.is_area():
            for key in ("natural", "leisure", "landuse"):
                if key in item.tags:
                    found[item.tags[key]] += 1
            if item.tags.get("name") == "가온강":
                rings = dict(zip(("outer", "inner"), item.num_rings(), strict=True))
        elif item.is_way() and "railway" in item.tags:
            found["rail"] += 1
        elif item.is_node() and "amenity" in item.tags:
            found["amenity"] += 1
    assert rings == {"outer": 1, "inner": 1}
    for what in ("water", "forest", "industrial", "residential", "park", "rail", "amenity"):
        assert found[what] > 0, what


def test_heights_have_hills_a_valley_and_nodata(city, boundary):
    with rasterio.open(city / "dem.tif") as dem:
        assert dem.crs.to_epsg() == 5179
        assert dem.res == (30, 30)
        heights = dem.read(1, masked=True)
        assert heights.mask.any()
        bounds = shapely.box(*dem.bounds)
        assert bounds.contains(boundary)
        inside = np.array([value[0] for value in dem.sample(boundary.segmentize(200).exterior.coords)])
        assert (inside != dem.nodata).all()
    assert heights.min() > 0
    assert 200 < heights.max() < 900


def test_buildings_stand_inside_and_some_have_no_date(city, boundary):
    table = pd.read_csv(city / "buildings.csv", encoding="cp949", dtype={"사용승인일": str})
    assert list(table.columns) == ["lon", "lat", "사용승인일", "주용도", "연면적", "층수"]
    assert 25_000 <= len(table) <= 42_000
    assert table["사용승인일"].isna().mean() == pytest.approx(0.03, abs=0.005)
    dates = pd.to_datetime(table["사용승인일"].dropna(), format="%Y%m%d", errors="raise")
    assert dates.dt.year.between(1940, 2025).all()
    assert (table[["연면적", "층수"]] > 0).all(axis=None)
    assert {"단독주택", "공동주택", "근린생활시설", "업무시설", "공장", "교육연구시설"} <= set(table["주용도"])
    shapely.prepare(boundary)
    assert shapely.contains_xy(boundary.buffer(0.5), *metres(table.lon, table.lat).T).all()


def test_facilities_are_of_all_kinds_inside_and_dated(city, boundary):
    table = pd.read_csv(city / "facilities.csv", encoding="utf-8-sig")
    assert list(table.columns) == ["kind", "name", "lon", "lat", "opened"]
    assert set(table.kind) == KINDS
    assert table.name.notna().all()
    assert shapely.contains_xy(boundary.buffer(0.5), *metres(table.lon, table.lat).T).all()
    assert table.opened.isna().any()
    opened = pd.to_datetime(table.opened.dropna(), format="%Y-%m-%d", errors="raise")
    assert opened.dt.year.between(1900, 2025).all()


def test_candidates_are_of_all_kinds_inside_and_one_is_on_protected_land(city, boundary):
    frame = gpd.read_file(city / "candidates.geojson").to_crs(5179)
    assert 8 <= len(frame) <= 10
    assert frame.district_id.is_unique
    assert set(frame.kind) == {"new", "redevelopment", "existing"}
    assert frame.geometry.is_valid.all()
    assert frame.within(boundary.buffer(0.5)).all()
    assert frame.area.between(0.4e6, 4.5e6).all()
    assert frame.area.sum() == pytest.approx(frame.union_all().area, abs=1.0)
    for field in ("land_price_krw_m2", "public_land_share", "private_share", "operator_secured", "control_centre"):
        assert frame[field].notna().any(), field
        assert frame[field].isna().any() or field == "control_centre", field
    protected = gpd.read_file(city / "protected.geojson").to_crs(5179)
    assert set(protected.reason) >= {"conservation", "military", "flood"}
    share = frame.intersection(protected.union_all()).area / frame.area
    assert (share > 0.1).sum() == 1


def test_zoning_covers_the_land_once_with_known_codes(city, boundary):
    zoning = gpd.read_file(city / "zoning.geojson").to_crs(5179)
    assert zoning.code.str.fullmatch("UQA(1[123][0-3]|2[234]0|3[123]0|4[123]0)").all()
    covered = zoning.union_all().area
    assert zoning.area.sum() == pytest.approx(covered, rel=1e-5)
    assert 0.95 < covered / boundary.area < 1  # the rest is water


def test_parcels_tile_the_city_and_say_price_and_owner(city, boundary):
    parcels = gpd.read_file(city / "parcels.shp", encoding="cp949")
    assert parcels.crs.to_epsg() == 5186
    assert parcels.PNU.str.fullmatch(r"99110\d{5}[12]\d{4}0000").all()
    assert parcels.PNU.is_unique
    area = parcels.to_crs(5179).area
    assert 0.99 < area.sum() / boundary.area <= 1.0001
    text = {"dtype": str, "encoding": "cp949"}
    prices = pd.read_csv(city / "land_prices.csv", **text)
    owners = pd.read_csv(city / "land_owners.csv", **text).set_index("고유번호")["소유구분코드"]
    assert set(owners) == {"01", "02", "04", "06"}
    assert set(owners.index) == set(parcels.PNU)
    assert set(prices["기준연도"]) == {"2024", "2025"}
    assert (prices["공시지가"].astype(int) > 0).all()
    # Water and a few others have no price; nobody's land costs nothing.
    priced = area[parcels.PNU.isin(prices["고유번호"])].sum() / area.sum()
    assert 0.85 < priced < 0.99


def test_same_seed_same_bytes_other_seed_other_city(small, tmp_path):
    def digests(folder: Path) -> dict[str, str]:
        return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}

    first = digests(small)
    assert digests(generate(tmp_path / "again", "--scale", "0.1")) == first
    other = digests(generate(tmp_path / "other", "--scale", "0.1", "--seed", "7"))
    assert set(other) == set(first) == FILES
    assert {name for name in FILES if other[name] == first[name]} == {
        "dong.prj", "dong.dbf", "parcels.prj",  # CRS, codes and names
        "hub_first.xlsx", "corridor.xlsx",  # plans of the city as it is drawn
    }  # fmt: skip


def sheet_rows(path: Path, name: str) -> list[dict[str, object]]:
    """The rows of a sheet of a plan's workbook by its headers, which stand in row 4."""
    page = openpyxl.load_workbook(path)[name]
    lines = list(page.iter_rows(min_row=4, values_only=True))
    return [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]


PLANS = ("hub_first", "corridor")


@pytest.mark.parametrize("plan", PLANS)
def test_every_sheet_of_a_plan_says_that_it_is_invented(city, plan):
    book = openpyxl.load_workbook(city / f"{plan}.xlsx")
    assert len(book.sheetnames) > 20
    for page in book:
        assert "지어낸" in page["A2"].value
        assert "invented" in page["A2"].value


@pytest.mark.parametrize("plan", PLANS)
def test_the_payers_of_a_plan_add_up_and_the_state_pays_half_at_most(city, plan):
    payers = ("국비", "도비", "시비", "민간 현금", "민간 현물")
    inside = sheet_rows(city / f"{plan}.xlsx", "지구내")
    outside = sheet_rows(city / f"{plan}.xlsx", "지구외")
    for row in inside + outside:
        assert sum(row[payer] or 0 for payer in payers) == row["사업비"], row
    state = sum(row["국비"] for row in inside)
    public = state + sum(row["도비"] + row["시비"] for row in inside)
    assert 0 < state <= public / 2 <= 12_000
    assert not any(row["국비"] for row in outside)


def test_one_plan_builds_the_hub_first_and_the_other_along_its_corridor(city):
    def sums(plan: str) -> tuple[int, int, set[object]]:
        inside = sheet_rows(city / f"{plan}.xlsx", "지구내")
        first = sum(row["사업비"] for row in inside if row["개시 월"] < "2028")
        zones = {row["행정동"] for row in sheet_rows(city / f"{plan}.xlsx", "지구외")}
        return first, sum(row["사업비"] for row in inside), zones

    (first, whole, by_people), (_, smaller, along) = sums("hub_first"), sums("corridor")
    assert first > whole / 2
    assert smaller < 0.6 * whole
    counted = {
        line[0].split("(")[0].split()[-1]: int(line[1]) for line in rows(city / "population_age.csv", "cp949")[2:]
    }
    assert by_people == set(sorted(counted, key=lambda name: -counted[name])[:4])
    assert along == {"나루동", "성안동", "한빛1동", "한빛2동"}  # southwards from the station, on 해밀대로


def test_small_city_has_everything_but_less_of_it(small):
    assert int(rows(small / "population_age.csv", "cp949")[1][1]) == pytest.approx(28_000, rel=0.01)
    assert len(gpd.read_file(small / "dong.shp", encoding="cp949")) >= 4
    candidates = json.loads((small / "candidates.geojson").read_text(encoding="utf-8"))["features"]
    assert len({feature["properties"]["kind"] for feature in candidates}) == 3
    assert set(pd.read_csv(small / "facilities.csv").kind) == KINDS


def test_a_scale_beyond_the_drawing_is_refused(tmp_path):
    done = subprocess.run(
        [sys.executable, ROOT / "data" / "sample", tmp_path / "x", "--scale", "5"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "--scale must be from 0.04 to 1" in done.stderr
    assert not (tmp_path / "x").exists()


def test_region_file_is_valid_says_synthetic_and_reads_only_what_is_written():
    path = ROOT / "data" / "regions" / "haemil.yaml"
    text = path.read_text(encoding="utf-8")
    region = RegionFile.model_validate(yaml.safe_load(text))
    assert region.synthetic
    named = re.findall(r"path: \.\./cache/haemil/(\S+)", text)
    plans = [plan.path.removeprefix("../cache/haemil/") for plan in region.plans if isinstance(plan, PlanFile)]
    assert len(named) == text.count("path:")
    assert {*named, *plans} <= FILES
    assert plans == ["hub_first.xlsx", "corridor.xlsx"]
    assert text.count("licence: synthetic, MIT") == len(named) - 1  # all but the boundary, which is the zones' file
