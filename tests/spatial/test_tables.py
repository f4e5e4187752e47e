"""Schemas: a broken table is refused with every place named, and nothing half-written stays behind."""

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import box

from spatial.errors import TableError
from spatial.tables import atomic, read_table, write_table


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
