"""Files that were cut off or changed by accident: a named fault or a reading, and never anything else."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import openpyxl
import pandas as pd
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geojeom.errors import GeojeomError, SourceError
from spatial.reading import text, vector
from spatial.reading.projection import expected
from spatial.reading.provenance import Ledger
from spatial.reading.tabular import read_rows
from spatial.reading.vector import read_polygons

SQUARES = gpd.GeoDataFrame(
    {"code": ["4311010100", "4311010200"], "name": ["가람동", "나래동"], "people": [4, 5]},
    geometry=[shapely.box(127, 37, 127.01, 37.01), shapely.box(127.01, 37, 127.02, 37.01)],
    crs=4326,
)
TABLE = pd.DataFrame({"코드": ["4311010100", "4311010200"], "인구": ["1,234", "5"]})


def polygons(path: Path) -> None:
    read_polygons(str(path), None, expected("KR"), Ledger("zones", str(path)), {"code": "code"})


def rows(path: Path) -> None:
    read_rows(str(path), {"code": "코드"})


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a whole file of each format."""
    folder = tmp_path_factory.mktemp("whole")
    for name in ("z.geojson", "z.gpkg"):
        SQUARES.to_file(folder / name)
    SQUARES.to_file(folder / "z.shp", encoding="UTF-8")
    SQUARES.to_wkt().rename(columns={"code": "code"}).to_csv(folder / "z.csv", index=False)
    with zipfile.ZipFile(folder / "z.zip", "w") as archive:
        for suffix in ("shp", "shx", "dbf", "prj", "cpg"):
            archive.write(folder / f"z.{suffix}", f"z.{suffix}")
    TABLE.to_csv(folder / "t.csv", index=False)
    TABLE.to_excel(folder / "t.xlsx", index=False)
    return folder


DAMAGED: list[tuple[str, str, Callable[[Path], None]]] = [
    ("z.geojson", "z.geojson", polygons),
    ("z.gpkg", "z.gpkg", polygons),
    *((f"z.{suffix}", "z.shp", polygons) for suffix in ("shp", "shx", "dbf", "prj", "cpg")),
    ("z.zip", "z.zip", polygons),
    ("z.csv", "z.csv", polygons),
    ("t.csv", "t.csv", rows),
    ("t.xlsx", "t.xlsx", rows),
]


@pytest.mark.parametrize(("damaged", "named", "read"), DAMAGED)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    end=st.one_of(st.none(), st.floats(0, 1)),
    changes=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(min_size=1, max_size=8)), max_size=4),
)
def test_a_damaged_file_is_read_or_refused_by_name(
    whole: Path, damaged: str, named: str, read: Callable[[Path], None], end: float | None, changes: list
) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(shutil.copytree(whole, Path(place) / "copy"))
        raw = bytearray((folder / damaged).read_bytes())
        for at, patch in changes:
            start = int(at * len(raw))
            raw[start : start + len(patch)] = patch
        (folder / damaged).write_bytes(raw if end is None else raw[: int(end * len(raw))])
        with contextlib.suppress(GeojeomError):
            read(folder / named)


def test_a_spreadsheet_is_refused_by_what_it_unpacks_to(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    TABLE.to_excel(path, index=False)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/media.bin", "w") as member:
        for _ in range(300):
            member.write(bytes(2**20))
    assert path.stat().st_size < 2**20
    with pytest.raises(SourceError, match=r"expected a spreadsheet of at most 256 MB once unpacked, found at least 25"):
        rows(path)


def test_a_spreadsheet_with_two_cells_far_apart_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD1048576"] = "코드", 1
    book.save(path)
    with pytest.raises(SourceError, match=r"found 1,048,576 rows of 16,384 columns in xl/worksheets/sheet1\.xml"):
        rows(path)


def test_a_text_is_refused_by_its_size_its_lines_and_its_columns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(b"a" + b"," * 20_000 + b"\n1\n")
    with pytest.raises(SourceError, match="line 1: expected at most 16,384 columns, found 20,001"):
        rows(path)
    path.write_bytes(b"a,b\n" + b"," * (17 * 2**20))
    with pytest.raises(SourceError, match="expected lines of text, found one of more than 16 MB without an end"):
        rows(path)
    monkeypatch.setattr(text, "FILE_MAX", 2**20)
    with pytest.raises(SourceError, match="expected a file of at most 1 MB, found 17 MB"):
        rows(path)


def test_an_archive_is_refused_by_what_it_unpacks_to(whole: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vector, "FILE_MAX", 100)
    for name in ("z.zip", "z.shp", "z.geojson"):
        with pytest.raises(SourceError, match="expected at most 0 MB once unpacked"):
            polygons(whole / name)


@pytest.mark.parametrize(
    "ring", ["[[127,37],[127.1,37]]", "[[127,37],[127.1,37],[127,37]]", "[[NaN,37],[127.1,37],[127.1,37.1],[NaN,37]]"]
)
def test_a_ring_of_two_points_or_of_no_numbers_is_refused_with_its_row(tmp_path: Path, ring: str) -> None:
    path = tmp_path / "z.geojson"
    good = "[[127,37],[127.1,37],[127.1,37.1],[127,37]]"
    features = ",".join(
        f'{{"type":"Feature","properties":{{"code":"1"}},"geometry":{{"type":"Polygon","coordinates":[{one}]}}}}'
        for one in (good, ring)
    )
    path.write_text(f'{{"type":"FeatureCollection","features":[{features}]}}', encoding="utf-8")
    with pytest.raises(SourceError, match="row 2"):
        polygons(path)


@pytest.mark.parametrize(
    ("stated", "written", "told"),
    [
        ("949", "cp949", False),
        ("EUC-KR", "cp949", False),
        ("UTF-8", "utf-8", False),
        ("UTF-8", "cp949", True),
        ("ISO 8859-1", "cp949", True),
        ("ISO-8859-1", "utf-8", True),
        ("nonsense", "cp949", False),
    ],
)
def test_a_cpg_is_honoured_and_a_wrong_one_is_told(tmp_path: Path, stated: str, written: str, told: bool) -> None:
    path = tmp_path / "z.shp"
    SQUARES.to_file(path, encoding=written)
    (tmp_path / "z.cpg").write_text(stated, encoding="ascii")
    ledger = Ledger("zones", str(path))
    frame = read_polygons(str(path), None, expected("KR"), ledger, {"name": "name"})
    assert frame["name"].tolist() == ["가람동", "나래동"]
    assert ["the .cpg says" in note for note in ledger.notes] == ([True] if told else [])


def test_a_code_page_of_another_country_is_honoured(tmp_path: Path) -> None:
    path = tmp_path / "z.shp"
    SQUARES.assign(name=["\u00c1gua", "S\u00e3o Jos\u00e9"]).to_file(path, encoding="iso8859-1")
    (tmp_path / "z.cpg").write_text("88591", encoding="ascii")
    frame = read_polygons(str(path), None, expected("BR", (126, 36, 128, 38)), Ledger("zones"), {"name": "name"})
    assert frame["name"].tolist() == ["\u00c1gua", "S\u00e3o Jos\u00e9"]
