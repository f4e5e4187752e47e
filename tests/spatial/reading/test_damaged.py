"""Files that were cut off or changed by accident: a named fault or a reading, and never anything else."""

from __future__ import annotations

import bz2
import contextlib
import gzip
import json
import shutil
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import networkx as nx
import numpy as np
import openpyxl
import osmium
import osmnx as ox
import pandas as pd
import pytest
import rasterio
import shapely
from affine import Affine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rasterio.windows import Window

from geojeom.errors import GeojeomError, SourceError
from spatial.counts.sgis import read_sgis
from spatial.reading import text, vector
from spatial.reading.osm import WayQuery
from spatial.reading.osm_file import OsmFile
from spatial.reading.projection import expected
from spatial.reading.provenance import Account, Ledger
from spatial.reading.raster import open_raster
from spatial.reading.tabular import read_rows
from spatial.reading.vector import read_polygons
from spatial.streets.graphml import read_graphml
from tests.spatial.files import osm_file
from tests.spatial.reading.binary_sheet import xls

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


def sgis(path: Path) -> None:
    read_sgis(str(path), {"population": ["to_in_001"]}, None, Ledger("counts"), Account())


def graphml(path: Path) -> None:
    box = (126.0, 36.0, 128.0, 38.0)
    read_graphml(str(path), ["highway"], ["barrier"], box=box, extent=expected("KR"), ledger=Ledger("streets"))


def osm(path: Path) -> None:
    OsmFile(str(path)).ask(WayQuery("highway", ["name"], (126.0, 36.0, 128.0, 38.0))).take(Ledger("streets"))


def raster(path: Path) -> None:
    with open_raster(str(path)) as opened:
        opened.read(Window(0, 0, 8, 8))


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
    outlines = [[list(point) for point in shape.exterior.coords] for shape in SQUARES.geometry]
    areas = [{"type": "Polygon", "arcs": [[at]], "properties": {"code": str(at)}} for at in range(len(outlines))]
    topology = {"type": "Topology", "objects": {"z": {"type": "GeometryCollection", "geometries": areas}}}
    (folder / "z.topojson").write_text(json.dumps(topology | {"arcs": outlines}), encoding="utf-8")
    lines = [json.dumps(feature, ensure_ascii=False) for feature in SQUARES.iterfeatures()]
    (folder / "lines.geojson").write_text("\n".join(lines), encoding="utf-8")
    nodes = {1: (0.0, 0.0), 2: (100.0, 0.0), 3: (100.0, 100.0)}
    osm_file(folder / "s.osm", nodes, [((1, 2, 3), {"highway": "residential", "name": "길"})])
    (folder / "s.osm.gz").write_bytes(gzip.compress((folder / "s.osm").read_bytes()))
    (folder / "s.osm.bz2").write_bytes(bz2.compress((folder / "s.osm").read_bytes()))
    with osmium.SimpleWriter(str(folder / "s.osm.pbf")) as writer:
        for item in osmium.FileProcessor(str(folder / "s.osm")):
            writer.add(item)
    streets = nx.MultiDiGraph(crs="epsg:4326", created_date="2026-05-04")
    streets.add_nodes_from([(1, {"x": 127.0, "y": 37.0}), (2, {"x": 127.001, "y": 37.0})])
    streets.add_edge(1, 2, osmid=1, highway="residential", length=88.8)
    ox.save_graphml(streets, folder / "s.graphml")
    grid = ["기준연도^격자코드^통계항목^통계값", "2024^라아00a00a^to_in_001^10", "2024^라아00b00a^to_in_001^5"]
    (folder / "g.csv").write_text("\n".join(grid), encoding="cp949")
    profile = {"driver": "GTiff", "width": 8, "height": 8, "count": 1, "dtype": "float32", "crs": "EPSG:4326"}
    with rasterio.open(folder / "r.tif", "w", **profile, transform=Affine(0.01, 0, 127, 0, -0.01, 37)) as out:
        out.write(np.arange(64, dtype=np.float32).reshape(8, 8), 1)
    (folder / "t.xls").write_bytes(xls([["코드", "인구"], ["4311010100", 1234.0]]))
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
    ("t.xls", "t.xls", rows),
    ("z.topojson", "z.topojson", polygons),
    ("lines.geojson", "lines.geojson", polygons),
    ("g.csv", "g.csv", sgis),
    ("s.graphml", "s.graphml", graphml),
    *((f"s.osm{suffix}", f"s.osm{suffix}", osm) for suffix in ("", ".gz", ".bz2", ".pbf")),
    ("r.tif", "r.tif", raster),
]


@pytest.mark.parametrize(("named", "read"), sorted({(named, read) for _, named, read in DAMAGED}, key=str))
def test_the_whole_files_are_read_but_for_one_of_another_format(whole: Path, named: str, read: Callable) -> None:
    if named == "lines.geojson":
        with pytest.raises(SourceError, match="found GeoJSONSeq"):
            read(whole / named)
    else:
        read(whole / named)


@pytest.mark.slow
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
        folder = Path(place)
        for part in (part for part, of, _ in DAMAGED if of == named):
            shutil.copy(whole / part, folder / part)
        raw = bytearray((folder / damaged).read_bytes())
        for at, patch in changes:
            start = int(at * len(raw))
            raw[start : start + len(patch)] = patch
        (folder / damaged).write_bytes(raw if end is None else raw[: int(end * len(raw))])
        with contextlib.suppress(GeojeomError):
            read(folder / named)


@pytest.mark.slow
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


SHEET = "xl/worksheets/sheet1.xml"
HEAD = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'


def rewritten(path: Path, **members: str | bytes) -> None:
    """A small workbook in which some members are other ones: ``sheet`` and ``strings``."""
    names = {"sheet": SHEET, "strings": "xl/sharedStrings.xml"}
    book = openpyxl.Workbook()
    book.active["A1"] = "코드"
    book.save(path)
    with zipfile.ZipFile(path) as archive:
        held = {one.filename: archive.read(one) for one in archive.infolist()}
    held |= {names[name]: text if isinstance(text, bytes) else text.encode() for name, text in members.items()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in held.items():
            archive.writestr(name, raw)


def cells(number: int, cell: str) -> str:
    rows = "".join(f'<row r="{at}">{cell}</row>' for at in range(1, number + 1))
    return f"{HEAD}<sheetData>{rows}</sheetData></worksheet>"


def test_a_long_text_that_many_cells_show_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    strings = f"<sst {HEAD[11:-1]}><si><t>a</t></si><si><t>{'x' * 2**20}</t></si></sst>"
    rewritten(path, strings=strings, sheet=cells(1000, '<c t="s"><v>1</v></c>'))
    assert path.stat().st_size < 2**15
    with pytest.raises(SourceError, match=r"expected at most 512 MB of text, found 1,000 MB"):
        rows(path)
    rewritten(path, strings=strings, sheet=cells(100, '<c t="s"><v>0</v></c>'))
    assert len(read_rows(str(path), {})) == 99


@pytest.mark.slow
def test_shared_texts_are_refused_by_their_size(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    rewritten(path, strings=f"<sst {HEAD[11:-1]}><si><t>".encode() + bytes(300 * 2**20))
    with pytest.raises(SourceError, match="at most 256 MB once unpacked"):
        rows(path)


@pytest.mark.parametrize(
    "far",
    [
        '<row r="1"><c r="A1" t="n"><v>1</v></c></row><row r="99999999"><c r="XFD99999999"><v>1</v></c></row>',
        "<row r='1'><c r='A1'><v>1</v></c></row><row r='1048576'><c r='XFD1048576'><v>1</v></c></row>",
        '<row r="1"><c><v>1</v></c></row><row r="99999999"><c><v>1</v></c></row>',
        '<row r="1"><c r="a1"><v>1</v></c></row><row r="2"><c r="zzzzzz2"><v>1</v></c></row>',
    ],
)
def test_cells_far_apart_are_refused_however_they_are_written(tmp_path: Path, far: str) -> None:
    path = tmp_path / "t.xlsx"
    rewritten(path, sheet=f"{HEAD}<sheetData>{far}</sheetData></worksheet>")
    with pytest.raises(SourceError, match="a sheet of at most 20,000,000 cells"):
        rows(path)


def test_a_declared_dimension_and_many_sheets_cost_nothing(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    book = openpyxl.Workbook()
    for _ in range(300):
        book.create_sheet()
    book.active.append(["코드", "인구"])
    book.active.append(["1", "2"])
    book.save(path)
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read(SHEET).replace(b'<dimension ref="A1:B2"', b'<dimension ref="A1:XFD1048576"')
        held = {one.filename: archive.read(one) for one in archive.infolist()} | {SHEET: sheet}
    assert b"XFD1048576" in sheet
    with zipfile.ZipFile(path, "w") as archive:
        for name, raw in held.items():
            archive.writestr(name, raw)
    assert read_rows(str(path), {})["인구"].tolist() == ["2"]


@pytest.mark.parametrize("name", ["t.ods", "t.xlsx", "t.xls"])
def test_an_open_document_sheet_is_not_unfolded(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
            'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body><office:spreadsheet>'
            '<table:table table:name="a"><table:table-row table:number-rows-repeated="1048576">'
            '<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="16384"/>'
            "</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>",
        )
    with pytest.raises(SourceError, match=r"found (a file of another program|null characters|neither)"):
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


@pytest.mark.parametrize("ending", ["", ".gz"])
@pytest.mark.parametrize(
    ("kept", "broken"), [('<node id="2"', '<node id="2 x"'), ('lat="', 'lat="x'), ('<nd ref="2"', '<nd ref="2 x"')]
)
def test_a_number_of_an_osm_file_that_is_none_is_refused_by_name(
    whole: Path, tmp_path: Path, ending: str, kept: str, broken: str
) -> None:
    text = (whole / "s.osm").read_text(encoding="utf-8")
    assert kept in text
    path = tmp_path / f"s.osm{ending}"
    raw = text.replace(kept, broken, 1).encode()
    path.write_bytes(gzip.compress(raw) if ending else raw)
    with pytest.raises(GeojeomError, match=rf"s\.osm{ending}: expected an OpenStreetMap file"):
        osm(path)


def test_a_graph_without_a_graph_is_refused_by_name(whole: Path, tmp_path: Path) -> None:
    path = tmp_path / "s.graphml"
    path.write_text(
        (whole / "s.graphml").read_text(encoding="utf-8").replace("<graph ", "<grap ").replace("</graph>", "</grap>")
    )
    with pytest.raises(GeojeomError, match=r"s\.graphml"):
        graphml(path)
