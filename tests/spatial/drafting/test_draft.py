"""A first region file: every file of a folder is named, what is used passes the check, what is not has its reason."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import rasterio
import yaml
from shapely import box
from typer.testing import CliRunner

from geojeom.cli import room_app
from geojeom.errors import RegionError, SourceError
from spatial.commands.draft import run as draft
from tests.spatial.files import X0, Y0, degrees, osm_file

ROUNDS = ("counts", "cross_checks", "facilities", "parcel_tables", "history")


def checked(region: Path) -> str:
    """What ``geojeom spatial check`` prints of a region file."""
    return CliRunner().invoke(room_app("spatial"), ["check", str(region)], catch_exceptions=False).output


def drafted(folder: Path, output: Path | None = None) -> dict:
    draft(folder, output)
    return yaml.safe_load((output or folder / "region.yaml").read_text("utf-8"))


def polygons(path: Path, shapes: list, **columns: list) -> None:
    gpd.GeoDataFrame(columns, geometry=shapes, crs="EPSG:5179").to_crs(4326).to_file(path)


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """A town of two zones of 1 km², each file as some office gives it out; names of files say nothing."""
    folder = tmp_path / "작은 도시"
    folder.mkdir()
    halves = [box(X0, Y0, X0 + 1000, Y0 + 1000), box(X0 + 1000, Y0, X0 + 2000, Y0 + 1000)]
    names = ["강원도 춘천시 신북읍", "강원도 춘천시 동면"]
    polygons(folder / "a.geojson", halves, adm_cd2=["4211025000", "4211031000"], adm_nm=names)
    head = "행정구역,총인구수,연령구간인구수,2020년12월_계_0~59세,2020년12월_계_60세 이상\n"
    rows = ["강원도 춘천시 신북읍 (4211025000),300,300,200,100\n", "강원도 춘천시 동면 (4211031000),500,500,450,50\n"]
    (folder / "b_202012.csv").write_bytes((head + "".join(rows)).encode("cp949"))
    (folder / "c.csv").write_text("읍면동,총_직장_인구_수,남성_직장_인구_수\n신북읍,70,40\n동면,90,30\n", "utf-8")
    points = pd.DataFrame([degrees(500, 500), degrees(1500, 500)], columns=["경도", "위도"])
    points.assign(설치장소명=["가", "나"], 와이파이SSID="x", 설치년월=["2013-12", "2015-02"]).to_csv(
        folder / "d.csv", index=False, encoding="cp949"
    )
    points.assign(사용승인일=["19951224", "20200301"], 연면적=[630.6, 80]).to_csv(folder / "e.csv", index=False)
    polygons(folder / "f.geojson", [halves[0].buffer(-300)], reason=["자연환경보전지역"])
    polygons(folder / "g.geojson", halves, code=["UQA111", "UQA430"])
    plots = [box(X0 + at, Y0, X0 + at + 90, Y0 + 90) for at in (100, 300)]
    polygons(folder / "h.geojson", plots, A1=["4211025000100010000", "4211025000100020000"])
    prices = "고유번호,법정동코드,기준연도,기준월,공시지가\n4211025000100010000,4211025000,2024,01,3690\n"
    (folder / "i.csv").write_bytes(prices.encode("cp949"))
    polygons(folder / "j.geojson", [halves[1].buffer(-200)], district_id=["D1"], name=["가"], kind=["new"])
    nodes = {1: (100, 500), 2: (1000, 500), 3: (1900, 500)}
    osm_file(folder / "k.osm", nodes, [([1, 2, 3], {"highway": "residential"})])
    # Heights of a hill; the number of the pixel's column and row is no part of them.
    x, y = np.meshgrid(np.arange(60), np.arange(40))
    heights = (80 + 40 * np.sin(x / 15) + 30 * np.cos(y / 11)).astype("float32")
    place = rasterio.transform.from_origin(X0 - 500, Y0 + 1500, 50, 50)
    shape = {"width": 60, "height": 40, "count": 1, "dtype": "float32", "crs": "EPSG:5179", "transform": place}
    with rasterio.open(folder / "l.tif", "w", driver="GTiff", **shape) as file:
        file.write(heights, 1)
    (folder / "m.csv").write_text("안내\n이 표는 아무것도 아닙니다\n", "utf-8")
    (folder / "n.shx").write_bytes(b"beside a shapefile")
    return folder


@pytest.mark.slow
def test_each_file_of_a_town_is_told_by_what_is_in_it(town: Path) -> None:
    region = drafted(town)
    assert region["name"] == {"ko": "작은 도시", "en": "작은 도시"}
    assert region["country"] == "KR"
    assert region["boundary"] == {"path": "a.geojson"}
    assert region["candidates"]["path"] == "j.geojson"
    sources = region["sources"]
    single = {key: value["path"] for key, value in sources.items() if key not in ROUNDS}
    assert single == {
        "streets": "k.osm",
        "zones": "a.geojson",
        "buildings": "e.csv",
        "land": "k.osm",
        "dem": "l.tif",
        "protected": "f.geojson",
        "zoning": "g.geojson",
        "parcels": "h.geojson",
    }
    assert (sources["zones"]["code"], sources["zones"]["name"]) == ("adm_cd2", "adm_nm")
    register, jobs = sources["counts"]
    assert (register["kind"], register["path"], register["vintage"]) == ("resident_register", "b_202012.csv", "2020-12")
    assert jobs["names"] == {"name": "읍면동", "within": ["강원도", "춘천시"]}
    # All who work there, not the men alone; and no people, though the name says 인구.
    assert jobs["columns"] == {"jobs": "총_직장_인구_수"}
    assert sources["facilities"][0]["facility"] == "wifi"
    assert sources["buildings"]["vintage"] == "2020-03-01"
    assert sources["parcel_tables"][0]["price"] == "공시지가"


@pytest.mark.slow
def test_what_is_written_passes_the_check_and_names_every_file_in_both_languages(town: Path) -> None:
    drafted(town)
    text = (town / "region.yaml").read_text("utf-8")
    assert "0 faults." in checked(town / "region.yaml")
    for name in "abcdefghijklm":
        assert f"{name}." in text or f"{name}_" in text
    assert "n.shx" not in text
    assert "# m.csv" not in text
    assert "- m.csv: 무엇인지 알 수 없습니다 / cannot be told what it is" in text
    assert "필지로 보입니다 / looks like parcels" in text


def test_what_is_missing_is_said_and_the_check_asks_for_nothing_else(
    town: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("j.geojson", "k.osm", "l.tif"):
        (town / name).unlink()
    drafted(town)
    assert "still to be said: the candidate districts" in capsys.readouterr().out
    text = (town / "region.yaml").read_text("utf-8")
    assert "# Must be given: no file of candidate districts" in text
    assert "No streets: travel times are straight lines" in text
    assert "No DEM" in text
    said = checked(town / "region.yaml")
    assert "1 fault:" in said
    assert "districts.geojson" in said


@pytest.mark.slow
def test_a_source_that_its_reader_refuses_stays_out_with_the_readers_words(town: Path) -> None:
    path = town / "b_202012.csv"
    path.write_bytes(path.read_bytes().replace(b",300,300,200,100", b",300,300,200,99"))
    region = drafted(town)
    assert [one["path"] for one in region["sources"]["counts"]] == ["c.csv"]
    text = (town / "region.yaml").read_text("utf-8")
    assert "expected age bands that add up to 총인구수 = 300, found 299" in text
    assert "#     kind: resident_register" in text
    assert "0 faults." in checked(town / "region.yaml")


@pytest.mark.slow
def test_of_two_files_of_people_one_is_counted_and_the_other_compared_or_left_out(town: Path) -> None:
    for name, people in (("x.csv", (310, 495)), ("y.csv", (31, 49))):
        rows = [f"4211025000,{people[0]}", f"4211031000,{people[1]}"]
        (town / name).write_text("행정동코드,인구수\n" + "\n".join(rows) + "\n", "utf-8")
    region = drafted(town)
    # 805 people are within 5 % of the register's 800, and 80 are not.
    assert [one["path"] for one in region["sources"]["cross_checks"]] == ["x.csv"]
    assert "expected population within 5% of the 800" in (town / "region.yaml").read_text("utf-8")
    assert "0 faults." in checked(town / "region.yaml")


def test_without_an_outline_a_box_around_the_people_is_the_region(tmp_path: Path) -> None:
    pd.DataFrame({"lon": [-51.2, -51.18], "lat": [-30.05, -30.03], "population": [10, 20]}).to_csv(
        tmp_path / "grid.csv", index=False
    )
    region = drafted(tmp_path)
    west, south, east, north = region["boundary"]["bbox"]
    assert west < -51.2 < -51.18 < east
    assert south < -30.05 < -30.03 < north
    assert region["country"] == "ZZ"
    assert region["sources"]["counts"][0]["columns"] == {"population": "population"}


def test_grid_statistics_without_a_header_are_known_by_their_codes(town: Path) -> None:
    rows = [
        f"2024,다바{east:03d}{north:03d},{code},5"
        for east in (0, 1)
        for north in (0, 1)
        for code in ("to_in_001", "to_ga_001")
    ]
    (town / "z.csv").write_text("\n".join(rows) + "\n", "cp949")
    drafted(town)
    text = (town / "region.yaml").read_text("utf-8")
    assert "통계청 격자 통계로 보입니다" in text
    assert "to_in_001" in text


@pytest.mark.slow
def test_nothing_is_overwritten_and_an_empty_folder_refused(town: Path, tmp_path: Path) -> None:
    drafted(town)
    before = (town / "region.yaml").read_bytes()
    with pytest.raises(RegionError, match="none is overwritten"):
        draft(town)
    assert (town / "region.yaml").read_bytes() == before
    drafted(town, tmp_path / "other.yaml")
    assert "0 faults." in checked(tmp_path / "other.yaml")
    (tmp_path / "empty").mkdir()
    with pytest.raises(SourceError, match="files that may be sources"):
        draft(tmp_path / "empty")
    with pytest.raises(SourceError, match="a folder with the files"):
        draft(tmp_path / "nowhere")


@pytest.mark.slow
def test_the_sample_citys_files_are_all_used_for_what_they_are(
    sample_city: Callable[[float], Path], tmp_path: Path
) -> None:
    region = drafted(sample_city(0.1), tmp_path / "region.yaml")
    shipped = yaml.safe_load((Path(__file__).parents[3] / "data/regions/haemil.yaml").read_text("utf-8"))

    def named(sources: dict) -> dict[str, list[str]]:
        each = {key: value if isinstance(value, list) else [value] for key, value in sources.items()}
        return {key: sorted(Path(one["path"]).name for one in entries) for key, entries in each.items()}

    assert named(region["sources"]) == named(shipped["sources"])
    assert Path(region["candidates"]["path"]).name == "candidates.geojson"
    assert "0 faults." in checked(tmp_path / "region.yaml")


@pytest.mark.real
@pytest.mark.slow
@pytest.mark.parametrize(
    ("city", "keys"),
    [
        ("monaco", {"streets", "buildings", "facilities", "land", "dem"}),
        ("liechtenstein", {"streets", "buildings", "facilities", "land"}),
        ("porto_alegre", {"streets", "counts", "buildings", "facilities", "land", "dem"}),
        ("chuncheon", {"zones", "counts", "cross_checks", "facilities"}),
    ],
)
def test_a_real_citys_draft_lacks_its_candidates_alone(city: str, keys: set[str], tmp_path: Path) -> None:
    real = os.environ.get("GEOJEOM_REAL_DATA")
    if not real:
        pytest.skip("GEOJEOM_REAL_DATA names no folder of real data")
    region = drafted(Path(real, "regions", city), tmp_path / "region.yaml")
    assert keys <= set(region["sources"])
    said = checked(tmp_path / "region.yaml")
    assert "1 fault:" in said
    assert "districts.geojson" in said
