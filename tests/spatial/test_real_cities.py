"""Chuncheon, Liechtenstein and the whole of Korea through the readers; expected figures are the files' SOURCE.md."""

import os
from pathlib import Path
from typing import Any

import pytest
import yaml

from geojeom.catalogues import CATALOGUES
from geojeom.checked_yaml import read_catalogue
from spatial.cells.check import check_sources
from spatial.cells.gather import gather
from spatial.cells.survey import assemble
from spatial.config.region import Region
from spatial.config.resolve import resolve
from spatial.counts.plausible import Densest
from spatial.counts.register import read_register
from spatial.reading.osm import WayQuery
from spatial.reading.osm_file import OsmFile
from spatial.reading.projection import expected
from spatial.reading.provenance import Account, Ledger
from spatial.reading.tabular import read_rows
from spatial.reading.tags import BuildingUses, SpeedTable, TagTable
from spatial.reading.vector import read_polygons
from spatial.sources.codes import CodeAliases
from spatial.sources.parcels import LandOwners
from spatial.sources.zoning import ZoningTable
from spatial.store.read import Tables

REAL = os.environ.get("GEOJEOM_REAL_DATA")
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(REAL is None, reason="GEOJEOM_REAL_DATA names no folder of real data"),
]
HERE = Path(REAL or ".") / "regions"
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


def region(name: str, folder: Path, **sources: Any) -> Region:
    """A region of data/regions with some of its sources replaced."""
    raw = yaml.safe_load((CATALOGUES / "regions" / f"{name}.yaml").read_text(encoding="utf-8"))
    raw["sources"] |= sources
    raw["candidates"]["path"] = str(CATALOGUES / "regions" / raw["candidates"]["path"])
    (folder / "region.yaml").write_text(yaml.safe_dump(raw, allow_unicode=True), encoding="utf-8")
    return resolve(folder / "region.yaml").region


def test_chuncheon_joins_everything_and_keeps_every_resident_and_job(tmp_path: Path) -> None:
    given = region("chuncheon", tmp_path)
    found = gather(given, TABLES)
    assert found.faults == []
    cells = assemble(found).cells
    assert cells["population"].sum() == 282_765
    assert cells["zone_id"].nunique() == 25
    ledger = {one.key: one for one in found.account.ledgers}
    assert (ledger["counts[0]"].read, ledger["counts[0]"].kept) == (26, 25)
    # The table of businesses has no codes: all 25 eup, myeon and dong join by name, its first row is the sum.
    assert ledger["counts[1]"].repaired == {"joined by (sido, sigungu, name)": 25}
    total = read_rows(ledger["counts[1]"].path, {}, 4)["2016 / 합계 / 종사자 / 계"]
    assert cells["jobs"].sum() == int(total.iloc[0]) == sum(int(one) for one in total.iloc[1:])
    grid = ledger["density"]
    assert grid.read == 5_399
    assert grid.dropped["the same unit again"] == 5_399 - 4_741
    assert "population: 1,067 units with any, 0 unknown" in grid.notes
    (laid,) = (note for note in grid.notes if "in the units read" in note)
    # The people of the 1,067 squares as their publisher counts them; those that the border cuts stay with the city.
    assert laid.startswith("population: 284,978 in the units read")
    assert int(laid.split(", ")[-1].split()[0].replace(",", "")) < 0.0005 * 284_978


def test_the_register_joins_the_statistics_offices_boundaries_by_name(tmp_path: Path) -> None:
    # Codes of seven digits and bare names, no .prj, CP949: only that all lie in Chuncheon lets the register join.
    sgis = {
        "path": "${GEOJEOM_REAL_DATA}/regions/chuncheon/sgis_bnd_dong_2018_noprj_cp949/bnd_dong_32010_2018_2018_2Q.shp",
        "code": "adm_dr_cd",
        "name": "adm_dr_nm",
        "within": ["강원도", "춘천시"],
    }
    found = gather(region("chuncheon", tmp_path, zones=sgis), TABLES)
    assert found.faults == []
    (register,) = (one for one in found.account.ledgers if one.key == "counts[0]")
    assert (register.kept, register.repaired) == (25, {"joined by (sido, sigungu, name)": 25})
    cells = assemble(found).cells
    inside = int(cells["population"].sum())
    # The boundary of 2021 stands in for the region; at its edge the two drawings differ by some metres.
    assert 282_765 * 0.999 < inside <= 282_765


def test_chuncheons_wrong_table_of_people_is_refused(tmp_path: Path) -> None:
    wrong = {
        "kind": "zone_table",
        "path": "${GEOJEOM_REAL_DATA}/regions/chuncheon/ev_by_eupmyeondong/population.xlsx",
        "names": {"name": "읍면동별", "within": ["강원도", "춘천시"]},
        "columns": {"population": "인구수"},
    }
    _, faults = check_sources(region("chuncheon", tmp_path, cross_checks=[wrong]), TABLES)
    assert [str(fault.found) for fault in faults] == ["183,322 in the region, 35% away"]
    assert "282,765" in faults[0].expected


def test_the_published_raster_of_the_same_people_agrees(tmp_path: Path) -> None:
    account, faults = check_sources(region("chuncheon", tmp_path), TABLES)
    assert faults == []
    (worldpop,) = (one for one in account.ledgers if one.key == "cross_checks[1]")
    (text,) = (note for note in worldpop.notes if "by the source used" in note)
    # Zonal sum by another program: 291,131 people; whole pixels at the border are cut by area here.
    inside = int(text.split()[1].replace(",", ""))
    assert inside == pytest.approx(291_131, rel=0.001)


def test_liechtensteins_total_goes_to_its_buildings(tmp_path: Path) -> None:
    given = region("liechtenstein", tmp_path)
    found = gather(given, TABLES)
    assert found.faults == []
    cells = assemble(found).cells
    assert cells["population"].sum() == 37_622
    assert cells.loc[cells["population"] > 0, "buildings"].min() > 0
    assert cells["zone_id"].nunique() == 11
    assert len(cells) / 100 == pytest.approx(160.37, rel=0.002)  # km2 of the country, in cells of one hectare
    ledger = {one.key: one for one in found.account.ledgers}
    assert ledger["streets"].read == 4_660
    assert abs(ledger["buildings"].read - 8_992) <= 8


@pytest.mark.parametrize(
    ("file", "read", "invalid"),
    [
        ("skorea-municipalities-2018-topo-simple.json", 250, 18),
        ("skorea-submunicipalities-2018-topo-simple.json", 3_504, 29),
    ],
)
def test_topojson_of_korea_is_placed_and_mended(file: str, read: int, invalid: int) -> None:
    ledger = Ledger("zones")
    frame = read_polygons(str(HERE / "korea" / file), None, expected("KR"), ledger, {"code": "code", "name": "name"})
    assert (ledger.read, ledger.kept) == (read, read)
    assert ledger.repaired == {"invalid polygons made valid": invalid}
    assert frame.geometry.is_valid.all()
    placed, mended = ledger.notes
    assert placed == "the file names no CRS; its coordinate range is that of EPSG:4326, which was used"
    assert mended.startswith("made valid, so its outline may differ from what was meant: row ")


def test_the_register_of_korea_holds_every_resident() -> None:
    ledger = Ledger("people")
    table = read_register(str(HERE / "korea/age10_hangjeongdong_202012_cp949.csv"), ledger, Account())
    # Codes end in five zeros for si, gun and gu; ten digits below them are eup, myeon and dong.
    dongs = table[~table.index.str.endswith("00000")]
    provinces = table[table.index.str.endswith("00000000")]
    assert (ledger.read, len(dongs), len(provinces)) == (3_847, 3_554, 17)
    assert dongs["population"].sum() == provinces["population"].sum() == 51_829_023


@pytest.mark.parametrize(
    ("file", "vintage", "note"),
    [
        ("liechtenstein/liechtenstein-latest.osm.pbf", "2015-07-27", "snapshot of OpenStreetMap taken 2015-07-27"),
        ("monaco/monaco.osm.gz", "", "the file does not say when it was taken; its newest street was edited 2012-0"),
        ("osm_small/suwon_ajou.osm", "", "the file does not say when it was taken; its newest street was edited 202"),
    ],
)
def test_the_day_of_an_osm_file_is_told(file: str, vintage: str, note: str) -> None:
    ledger = Ledger("streets")
    OsmFile(str(HERE / file)).ask(WayQuery("highway", ["highway"], (-180, -90, 180, 90))).take(ledger)
    assert ledger.vintage == vintage
    assert any(text.startswith(note) for text in ledger.notes)
