"""Files that GDAL would open under another name, and what they would have it read."""

import json
import zipfile
from pathlib import Path

import pytest

from geojeom.errors import SourceError
from spatial.reading.formats import hold_vector, unpack

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
