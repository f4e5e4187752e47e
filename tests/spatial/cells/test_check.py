"""``geojeom spatial check``: everything read, nothing written, every fault told."""

from pathlib import Path
from typing import Any

import geopandas as gpd
import pyogrio
import pytest
import shapely
import yaml
from pydantic import ValidationError
from typer.testing import CliRunner

from geojeom.cli import room_app
from spatial.config.region import Sources
from spatial.reading.provenance import Account, Ledger, covers
from tests.spatial.files import X0, Y0, osm_file

CODES = ["1111053000", "1111054000"]


@pytest.fixture
def region(tmp_path: Path) -> dict[str, Any]:
    """Two zones of 300 x 300 m, a street through both, a table of residents, one candidate."""
    boxes = [shapely.box(X0 + 300 * at, Y0, X0 + 300 * at + 300, Y0 + 300) for at in range(2)]
    zones = gpd.GeoDataFrame({"code": CODES, "name": ["서동", "동동"]}, geometry=boxes, crs=5179)
    pyogrio.write_dataframe(zones, tmp_path / "dong.gpkg")
    hub = {"district_id": ["A"], "name": ["가"], "kind": ["new"]}
    pyogrio.write_dataframe(gpd.GeoDataFrame(hub, geometry=[boxes[0]], crs=5179), tmp_path / "hub.gpkg")
    (tmp_path / "people.csv").write_text(f"code,n\n{CODES[0]},40\n{CODES[1]},30\n", encoding="utf-8")
    osm_file(tmp_path / "city.osm", {1: (50, 150), 2: (550, 150)}, [([1, 2], {"highway": "residential"})])
    return {
        "region": "small",
        "name": {"ko": "소", "en": "Small"},
        "boundary": {"path": "dong.gpkg"},
        "sources": {
            "zones": {"path": "dong.gpkg", "code": "code", "name": "name", "vintage": "2025", "licence": "공공누리"},
            "streets": {"path": "city.osm"},
            "counts": [{"kind": "zone_table", "path": "people.csv", "code": "code", "columns": {"population": "n"}}],
        },
        "candidates": {"path": "hub.gpkg"},
    }


def run(region: dict[str, Any], folder: Path) -> tuple[int, str]:
    (folder / "region.yaml").write_text(yaml.safe_dump(region, allow_unicode=True), encoding="utf-8")
    before = sorted(folder.iterdir())
    result = CliRunner().invoke(room_app("spatial"), ["check", str(folder / "region.yaml")])
    assert sorted(folder.iterdir()) == before
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.output


def row(output: str, key: str) -> list[str]:
    return next(line for line in output.splitlines() if line.startswith(key)).split()


def test_a_sound_region_has_a_row_for_every_source_and_exits_with_0(region: dict[str, Any], tmp_path: Path) -> None:
    code, output = run(region, tmp_path)
    assert code == 0
    assert output.rstrip().endswith("0 faults.")
    assert row(output, "zones")[:7] == ["zones", "2", "2", "0", "0", "100%", "2025"]
    assert row(output, "counts[0]")[:6] == ["counts[0]", "2", "2", "0", "0", "-"]
    assert row(output, "streets")[:3] == ["streets", "1", "1"]
    assert row(output, "candidates")[:6] == ["candidates", "1", "1", "0", "0", "50%"]
    assert "note: population: 70 in the units read, 70 inside the region, 0 beyond its border" in output


def test_a_fault_in_one_source_hides_none_in_the_next(region: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text(f"code,n\n{CODES[0]},many\n", encoding="utf-8")
    (tmp_path / "city.osm").write_text("no xml", encoding="utf-8")
    (tmp_path / "hub.gpkg").unlink()
    region["sources"]["zones"]["name"] = "dong"
    region["sources"]["dem"] = {"path": "none.tif"}
    region["sources"]["facilities"] = [{"kind": "table", "path": "none.csv", "facility": "library"}]
    code, output = run(region, tmp_path)
    assert code == 1
    assert "6 faults:" in output
    for text in (
        "dong.gpkg, dong: expected a column 'dong'",
        "people.csv, row 1, n: expected a number, found 'many'",
        "city.osm: expected an OpenStreetMap file",
        "none.tif: expected a raster GDAL can read",
        "none.csv: expected a CSV file or spreadsheet, found no such file",
        "hub.gpkg: expected a vector file, found no such file",
    ):
        assert text in output


def test_sources_of_another_place_are_refused_and_say_not_that_there_is_nothing(
    region: dict[str, Any], tmp_path: Path
) -> None:
    # 50 km east of the region: read as they are, no land would be protected and no building stand.
    far = gpd.GeoDataFrame({"what": ["park"]}, geometry=[shapely.box(X0 + 50_000, Y0, X0 + 51_000, Y0 + 900)], crs=5179)
    pyogrio.write_dataframe(far, tmp_path / "protected.gpkg")
    nodes = {1: (50_000, 0), 2: (50_100, 0), 3: (50_100, 100)}
    osm_file(tmp_path / "far.osm", nodes, [([1, 2, 3, 1], {"building": "yes"})])
    region["sources"]["protected"] = {"path": "protected.gpkg", "column": "what"}
    region["sources"]["buildings"] = {"kind": "osm", "path": "far.osm"}
    (tmp_path / "wifi.csv").write_text("lon,lat\n129.5,37.1\n129.6,37.2\n", encoding="utf-8")
    region["sources"]["facilities"] = [{"kind": "table", "path": "wifi.csv", "facility": "wifi"}]
    code, output = run(region, tmp_path)
    assert code == 1
    assert "3 faults:" in output
    assert "protected.gpkg, protected: expected something in the region (longitude 127.5 to" in output
    assert "far.osm, buildings: expected something in the region" in output
    assert "wifi.csv, facilities[0]: expected something in the region" in output
    assert "found all of it in longitude 129.5 to 129.6, latitude 37.1 to 37.2. Name the file of this region" in output


def test_sources_that_disagree_are_told(region: dict[str, Any], tmp_path: Path) -> None:
    region["sources"]["cross_checks"] = [{"kind": "total", "columns": {"population": 100}, "attribution": "ministry"}]
    code, output = run(region, tmp_path)
    assert code == 1
    assert "cross_checks[0], population: expected population within 5% of the 70 of the source used" in output
    assert "found 100 in the region, 43% away" in output


def test_a_total_that_no_place_holds_is_refused_with_the_rest(region: dict[str, Any], tmp_path: Path) -> None:
    region["sources"]["counts"].append({"kind": "total", "columns": {"jobs": 900_000_000}, "attribution": "ministry"})
    region["sources"]["cross_checks"] = [{"kind": "total", "columns": {"population": 100}, "attribution": "ministry"}]
    code, output = run(region, tmp_path)
    assert code == 1
    assert "2 faults:" in output
    assert "region file, counts[1], jobs: expected at most 500,000 of jobs in a square kilometre" in output


def test_two_sources_of_one_column_are_told_with_their_totals(region: dict[str, Any], tmp_path: Path) -> None:
    region["sources"]["counts"].append({"kind": "total", "columns": {"population": 100}, "attribution": "ministry"})
    code, output = run(region, tmp_path)
    assert code == 1
    assert "expected one source of population" in output
    assert "70 in its units" in output
    assert "100 in its units" in output


def test_a_boundary_that_cannot_be_read_ends_it(region: dict[str, Any], tmp_path: Path) -> None:
    region["boundary"] = {"path": "none.gpkg"}
    code, output = run(region, tmp_path)
    assert code == 1
    assert "none.gpkg: expected a vector file, found no such file" in output


def test_an_extent_is_compared_with_the_regions_box() -> None:
    assert covers((0, 0, 1, 1), (0, 0, 2, 2)) == pytest.approx(0.25)
    assert covers((-5, -5, 5, 5), (0, 0, 2, 2)) == 1
    assert covers((3, 3, 4, 4), (0, 0, 2, 2)) == 0
    assert covers(None, (0, 0, 2, 2)) is None
    ledger = Ledger("x")
    ledger.reach([1, float("nan"), 3], [5, 9, 4])
    ledger.reach([2], [7])
    assert ledger.extent == (1, 4, 3, 7)
    account = Account([ledger], box=(1, 4, 3, 10))
    assert account.as_dict()["sources"][0]["covers"] == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ({"kind": "zone_table", "path": "t.csv", "columns": {"jobs": "n"}}, "give either code"),
        (
            {"kind": "zone_table", "path": "t.csv", "names": {"name": "동"}, "columns": {"jobs": "n"}},
            "sido and sigungu",
        ),
        (
            {"kind": "zone_table", "path": "t", "names": {"name": "동", "sido": "도"}, "columns": {"jobs": "n"}},
            "sido and sigungu",
        ),
        (
            {
                "kind": "zone_table",
                "path": "t",
                "names": {"name": "동", "within": ["가", "나"]},
                "zone_column": "gu",
                "columns": {"jobs": "n"},
            },
            "zone_column goes with code",
        ),
        (
            {"kind": "total", "columns": {"population": -1}, "attribution": "x"},
            "0 to 1,000,000,000 in the whole region",
        ),
        ({"kind": "total", "columns": {"population": 5}}, "Field required"),
        ({"kind": "polygons", "path": "t.csv", "columns": {}}, "at least 1 item"),
        ({"kind": "sgis_grid", "path": "t.csv", "columns": {"population": "to_in_001"}}, "valid list"),
        ({"kind": "grid", "path": "t.csv"}, "does not match any of the expected tags"),
    ],
)
def test_region_files_that_ask_for_what_cannot_be(source: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        Sources.model_validate({"counts": [source]})


def test_judgements_that_contradict_each_other_are_a_warning(region: dict[str, Any], tmp_path: Path) -> None:
    names = ["transit_stops", "land_price", "operator_secured"]
    # A is 9 times B, B 9 times C, and C as important as A.
    values = [[1, 9, 1], ["1/9", 1, 9], [1, "1/9", 1]]
    both = {"ko": "자체", "en": "own"}
    profile = {"id": "own", "label": both, "provenance": both, "pairwise": {"criteria": names, "values": values}}
    (tmp_path / "own.yaml").write_text(yaml.safe_dump(profile, allow_unicode=True), encoding="utf-8")
    code, output = run(region | {"profile": "own.yaml"}, tmp_path)
    assert code == 0
    assert "own.yaml: the judgements in pairs contradict each other (consistency ratio" in output
    code, output = run(region | {"profile": "judged"}, tmp_path)
    assert "contradict" not in output
