"""Sources that are no ordinary files: a fault for every reader, at once, and never a wait without end."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from geojeom import files
from geojeom.checked_yaml import read_yaml
from geojeom.errors import GeojeomError
from geojeom.fingerprint import contents
from geojeom.results import configuration
from geojeom.tables import read_arrays, read_table
from spatial.config.resolve import resolve
from spatial.counts.sgis import read_sgis
from spatial.reading.osm import WayQuery
from spatial.reading.osm_file import OsmFile
from spatial.reading.projection import expected
from spatial.reading.provenance import Account, Ledger, sha256
from spatial.reading.raster import open_raster
from spatial.reading.tabular import read_rows
from spatial.reading.vector import read_polygons
from spatial.streets.graphml import read_graphml

BOX = (126.0, 36.0, 128.0, 38.0)


def graphml(path: object) -> None:
    read_graphml(str(path), ["highway"], ["barrier"], box=BOX, extent=expected("KR"), ledger=Ledger("streets"))


def raster(path: Path) -> None:
    with open_raster(str(path)):
        pass


READERS: dict[str, tuple[str, Callable[[Path], object]]] = {
    **{
        f"polygons{suffix}": (suffix, lambda path: read_polygons(str(path), None, expected("KR"), Ledger("zones"), {}))
        for suffix in (".geojson", ".gpkg", ".shp", ".zip", ".topojson", ".csv", ".xlsx")
    },
    "raster": (".tif", raster),
    **{
        f"osm{suffix}": (
            suffix,
            lambda path: OsmFile(str(path)).ask(WayQuery("highway", [], BOX)).take(Ledger("s")),
        )
        for suffix in (".osm", ".osm.pbf", ".osm.gz", ".osm.bz2")
    },
    "graphml": (".graphml", graphml),
    **{f"table{suffix}": (suffix, lambda path: read_rows(str(path), {})) for suffix in (".csv", ".xlsx", ".xls")},
    "sgis": (".csv", lambda path: read_sgis(str(path), {}, None, Ledger("counts"), Account())),
    "yaml": (".yaml", read_yaml),
    "region": (".yaml", resolve),
    "plan": (".parquet", lambda path: read_table(path, "plan")),
    "arrays": (".npz", lambda path: read_arrays(path, ["walk_s"])),
    "reasons": (".parquet", lambda path: read_table(path, "reasons")),
    "configuration": (".json", lambda path: configuration(path.with_suffix(""))),
}


@pytest.fixture(autouse=True)
def _in_time() -> Iterator[None]:
    """End the test with an error after ten seconds, instead of waiting."""

    def late(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(10)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def folder(path: Path) -> None:
    path.mkdir()


def pipe(path: Path) -> None:
    os.mkfifo(path)


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def loop(path: Path) -> None:
    path.symlink_to(path.name)


def listening(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(path))


def nothing(path: Path) -> None:
    pass


STRANGE = {
    "a folder": folder,
    "a pipe": pipe,
    "a device": device,
    "too many levels of symbolic links": loop,
    "a socket": listening,
    "no such file": nothing,
}


@pytest.mark.skipif(os.name == "nt", reason="no pipes that lie in folders")
@pytest.mark.parametrize("found", STRANGE)
@pytest.mark.parametrize("reader", READERS)
def test_what_is_no_file_is_a_fault_that_says_what_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reader: str, found: str
) -> None:
    monkeypatch.chdir(tmp_path)
    suffix, read = READERS[reader]
    # A socket's name is short.
    path = Path(f"s{suffix}")
    if reader == "configuration":
        Path("s").mkdir()
        STRANGE[found](Path("s/region.json"))
    else:
        STRANGE[found](path)
    with pytest.raises(GeojeomError, match=f"found {found}"):
        read(path)


@pytest.mark.parametrize("name", ["x" * 5000, "a/" * 2500 + "x"])
@pytest.mark.parametrize("reader", READERS)
def test_a_path_of_five_thousand_letters_is_a_short_fault(tmp_path: Path, reader: str, name: str) -> None:
    suffix, read = READERS[reader]
    with pytest.raises(GeojeomError, match=r"found (file name too long|no such file)") as caught:
        read(tmp_path / f"{name}{suffix}")
    assert len(str(caught.value)) < 2000


@pytest.mark.parametrize("reader", READERS)
def test_a_file_that_may_not_be_read_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reader: str) -> None:
    """The tests may run as root, whom no permission holds back: opening is what fails for others."""
    suffix, read = READERS[reader]
    path = tmp_path / f"s{suffix}"
    path.write_bytes(b"x")
    if reader == "configuration":
        (tmp_path / "s").mkdir()
        (tmp_path / "s" / "region.json").write_bytes(b"{}")
    opened = Path.open

    def refuse(self: Path, *args: object, **more: object) -> object:
        if self.name in (path.name, "region.json"):
            raise PermissionError(13, "Permission denied", str(self))
        return opened(self, *args, **more)

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(GeojeomError, match="found permission denied"):
        read(path)


@pytest.mark.skipif(os.name == "nt", reason="no pipes that lie in folders")
@pytest.mark.parametrize(
    ("name", "beside"),
    [
        ("dem.tif", "dem.tfw"),
        ("dem.tif", "dem.tif.aux.xml"),
        ("dem.tif", "dem.tif.ovr"),
        ("z.gpkg", "z.gpkg-wal"),
        ("z.geojson", "z.gfs"),
        ("z.shp", "z.prj"),
        ("z.shp", "z.dbf"),
        ("z.shp", "z.sbn"),
    ],
)
def test_a_pipe_beside_a_file_is_not_waited_for(tmp_path: Path, name: str, beside: str) -> None:
    path = tmp_path / name
    if path.suffix == ".tif":
        path.write_bytes(b"II*\0")
    else:
        gpd.GeoDataFrame({"a": [1]}, geometry=[shapely.box(127, 37, 127.1, 37.1)], crs=4326).to_file(path)
    (tmp_path / beside).unlink(missing_ok=True)
    os.mkfifo(tmp_path / beside)
    _, read = READERS["raster" if path.suffix == ".tif" else f"polygons{path.suffix}"]
    with pytest.raises(GeojeomError, match=f"a pipe or device beside it, {beside}"):
        read(path)


@pytest.mark.skipif(os.name == "nt", reason="no pipes that lie in folders")
def test_fingerprints_of_what_is_no_file_are_empty_and_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.csv")
    assert sha256(tmp_path / "a.csv") == ""
    assert contents([tmp_path / "a.csv"]) == contents([tmp_path / "b" / "a.csv"])


def test_an_ordinary_file_by_a_link_is_one(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"")
    (tmp_path / "b").symlink_to("a")
    assert files.why_no_file(tmp_path / "b") == ""
    assert files.why_no_file("a\0b") == "no such file"
