"""Files that GDAL would open under another name, and what they would have it read."""

import json
import sqlite3
import struct
import zipfile
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geojeom.errors import SourceError
from spatial.reading.formats import hold_vector, unpack
from spatial.reading.projection import expected
from spatial.reading.provenance import Ledger
from spatial.reading.vector import read_polygons

SQUARE = {"type": "Polygon", "coordinates": [[[127, 37], [127.1, 37], [127.1, 37.1], [127, 37]]]}
VRT = (
    "<OGRVRTDataSource><OGRVRTLayer name='x'><SrcDataSource>/etc/hosts</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>"
)


def collection(path: Path, **more: object) -> str:
    features = [{"type": "Feature", "properties": {"type": "link"}, "geometry": SQUARE}]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features, **more}), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("name", ["z.geojson", "z.shp", "z.gpkg", "z.zip", "z.vrt", "z.json", "z.gml", "z"])
def test_a_vrt_is_no_vector_file_whatever_its_name(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(VRT)
    with pytest.raises(SourceError, match="other formats are not opened"):
        hold_vector(str(tmp_path / name))


def test_a_stored_algorithm_is_no_geojson(tmp_path: Path) -> None:
    (tmp_path / "z.geojson").write_text('{"type": "gdal_streamed_alg", "command_line": "gdal vector pipeline read a"}')
    with pytest.raises(SourceError, match="other formats are not opened"):
        hold_vector(str(tmp_path / "z.geojson"))


@pytest.mark.parametrize("kind", ["link", "url", "LINK", "l\\u0069nk"])
def test_a_crs_that_would_be_fetched_is_refused(tmp_path: Path, kind: str) -> None:
    path = Path(collection(tmp_path / "z.geojson", crs={"type": "KIND", "properties": {"href": "http://127.0.0.1/x"}}))
    path.write_text(path.read_text().replace("KIND", kind))
    with pytest.raises(SourceError, match="found a link to another file or address"):
        hold_vector(str(path))


def test_a_crs_by_name_and_a_column_called_type_are_as_ever(tmp_path: Path) -> None:
    hold_vector(collection(tmp_path / "z.geojson", crs={"type": "name", "properties": {"name": "EPSG:5179"}}))


def test_a_zip_holds_what_its_names_say_or_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "z.zip", "w") as archive:
        archive.writestr("z.geojson", VRT)
    into = tmp_path / "out"
    into.mkdir()
    with pytest.raises(SourceError, match="other formats are not opened"):
        unpack(str(tmp_path / "z.zip"), into)
    whole = (tmp_path / "z.zip").read_bytes()
    (tmp_path / "z.zip").write_bytes(whole[:40])
    with pytest.raises(SourceError, match="one that cannot be unpacked"):
        unpack(str(tmp_path / "z.zip"), into)


def test_json_of_another_format_is_refused(tmp_path: Path) -> None:
    feature = {"attributes": {"code": "1"}, "geometry": {"rings": [[[127, 37], [127.1, 37.1], [127.1, 37], [127, 37]]]}}
    esri = {"geometryType": "esriGeometryPolygon", "spatialReference": {"wkid": 4326}, "features": [feature]}
    esri["fields"] = [{"name": "code", "type": "esriFieldTypeString"}]
    (tmp_path / "z.json").write_text(json.dumps(esri), encoding="utf-8")
    with pytest.raises(SourceError, match="found ESRIJSON"):
        read_polygons(str(tmp_path / "z.json"), None, expected("KR"), Ledger("zones"), {})


def test_curves_of_a_geopackage_are_read_as_lines_close_to_them(tmp_path: Path) -> None:
    # A ring of half a circle of 1 km: pi / 2 square kilometres.
    path = tmp_path / "z.gpkg"
    square = gpd.GeoDataFrame({"code": ["1"]}, geometry=[shapely.box(1e6, 2e6, 1e6 + 1, 2e6 + 1)], crs=5179)
    square.to_file(path, driver="GPKG")
    arc = struct.pack("<BIIBII6d", 1, 10, 1, 1, 8, 3, 1e6 - 1000, 2e6, 1e6, 2e6 + 1000, 1e6 + 1000, 2e6)
    base = struct.pack("<BII4d", 1, 2, 2, 1e6 + 1000, 2e6, 1e6 - 1000, 2e6)
    ring = struct.pack("<BII", 1, 9, 2) + arc[9:] + base
    curve = b"GP\0\1" + struct.pack("<i", 5179) + struct.pack("<BII", 1, 10, 1) + ring
    with sqlite3.connect(path) as base_file:
        base_file.create_function("ST_IsEmpty", 1, lambda _: 0)
        for name in ("ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY"):
            base_file.create_function(name, 1, lambda _: 0.0)
        base_file.execute("update z set geom = ?", (curve,))
    frame = read_polygons(str(path), None, expected("KR"), Ledger("zones"), {}).to_crs(5179)
    assert frame.area.tolist() == pytest.approx([np.pi / 2 * 1e6], rel=1e-3)
