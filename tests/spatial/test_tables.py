"""Schemas: a broken table is refused with every place named, and nothing half-written stays behind."""

import errno
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import box

from geojeom.errors import FolderError, SourceError, TableError
from geojeom.files import atomic
from geojeom.tables import read_table, write_table
from spatial.streets.network import Network


def zones() -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        {"zone_id": ["a", "b"], "name": ["가", "나"], "area_m2": [1.0, 2.0]},
        geometry=[box(0, 0, 1, 1), box(1, 0, 2, 2)],
        crs=5179,
    )


def test_a_good_table_comes_back_as_it_was(tmp_path):
    write_table(zones(), tmp_path / "zones.parquet", "zones")
    back = read_table(tmp_path / "zones.parquet", "zones")
    assert back.crs.to_epsg() == 5179
    assert list(back["name"]) == ["가", "나"]


def test_every_breach_is_named_with_row_and_column(tmp_path):
    bad = zones().assign(zone_id=["a", "a"], area_m2=[1.0, -2.0])
    with pytest.raises(TableError) as caught:
        write_table(bad, tmp_path / "zones.parquet", "zones")
    text = str(caught.value)
    assert "row 1, zone_id" in text
    assert "row 2, zone_id" in text
    assert "row 2, area_m2: expected greater_than(0), found -2.0" in text
    assert list(tmp_path.iterdir()) == []


def test_a_missing_column_is_named(tmp_path):
    pd.DataFrame({"zone_id": ["a"]}).to_parquet(tmp_path / "zones.parquet")
    with pytest.raises(TableError, match="column_in_dataframe, found 'name'"):
        read_table(tmp_path / "zones.parquet", "zones")


def test_a_missing_file_says_what_to_run(tmp_path):
    with pytest.raises(TableError, match="no such file"):
        read_table(tmp_path / "zones.parquet", "zones")


def test_a_failed_write_leaves_the_old_file(tmp_path):
    path = tmp_path / "page.html"
    path.write_text("old")

    def fail() -> None:
        with atomic(path) as partial:
            partial.write_text("half")
            raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 - the error is the test's own
        fail()
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_in_place_of_the_folder_is_named(tmp_path):
    (tmp_path / "results").write_text("")
    for folder in (tmp_path / "results", tmp_path / "results" / "city"):
        with pytest.raises(FolderError) as caught:
            write_table(zones(), folder / "zones.parquet", "zones")
        assert str(caught.value) == (
            "the results cannot be written (1 fault)\n"
            f"  1. {folder}: expected a folder where zones.parquet can be written, found a file in its place. "
            "Check its permissions and the space on its disk, or choose another folder."
        )


def test_a_folder_without_permission_is_named(tmp_path, monkeypatch):
    def refuse(self: Path) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(self))

    monkeypatch.setattr(Path, "touch", refuse)
    with pytest.raises(FolderError, match=r"can be written, found permission denied\. Check its permissions"):
        write_table(zones(), tmp_path / "zones.parquet", "zones")


def test_a_full_disk_is_the_folders_fault_and_an_unreadable_file_is_not(tmp_path):
    with pytest.raises(FolderError, match="found no space left on device"), atomic(tmp_path / "a.html"):
        raise OSError(errno.ENOSPC, "No space left on device")
    with pytest.raises(PermissionError), atomic(tmp_path / "a.html"):
        raise PermissionError(errno.EACCES, "Permission denied", "elsewhere")
    assert list(tmp_path.iterdir()) == []


def test_a_table_cut_off_says_what_to_do(tmp_path):
    path = tmp_path / "zones.parquet"
    write_table(zones(), path, "zones")
    whole = path.read_bytes()
    for size in (0, 100, len(whole) - 5):
        path.write_bytes(whole[:size])
        with pytest.raises(SourceError, match="expected a whole file, found a damaged one") as caught:
            read_table(path, "zones")
        assert f"Delete it and run `geojeom spatial cells {tmp_path}` again." in str(caught.value)


def test_arrays_cut_off_say_what_to_run(tmp_path, street):
    path = tmp_path / "streets.npz"
    street.save(path)
    whole = path.read_bytes()
    for size in (0, 100, len(whole) // 2, len(whole) - 5):
        path.write_bytes(whole[:size])
        with pytest.raises(SourceError, match="expected a whole file, found a damaged one") as caught:
            Network.load(path)
        assert f"Delete it and run `geojeom spatial streets {tmp_path}` again." in str(caught.value)
