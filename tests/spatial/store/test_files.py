"""Sources as tables: each file read once, only what has changed again, and tables that come out the same left alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import osmium
import pandas as pd
import pyogrio
import pytest
import shapely

from geojeom.catalogues import CATALOGUES
from geojeom.errors import SourceError
from spatial.cells.check import judge
from spatial.cells.gather import join
from spatial.config.resolve import resolve
from spatial.folder import tables
from spatial.store import files, read
from spatial.store.entries import entries
from spatial.store.files import bring_up_to_date, load
from tests.spatial.files import X0, Y0, osm_file

TABLES = tables()
NODES = {1: (0, 100), 2: (900, 100), 3: (500, 500), 4: (500, 900), 5: (600, 900), 6: (600, 800), 7: (500, 800)}
WAYS: list[tuple] = [
    ([1, 2], {"highway": "residential", "name": "길"}),
    ([2, 3], {"highway": "motorway", "tunnel": "yes"}),
    ([1, 3], {"railway": "rail"}),
    ([3, 5, 6, 7, 3], {"natural": "water", "name": "못"}),
    ([4, 5, 6, 7, 4], {"building": "yes", "amenity": "school", "name": "학교"}),
]
REGION = """
region: town
name: {ko: 시, en: Town}
boundary: {path: border.geojson}
sources:
  streets: {path: town.osm}
  zones: {path: zones.geojson, code: code, name: name}
  counts:
    - {kind: zone_table, path: people.csv, code: code, columns: {population: people}}
    - {kind: points, path: jobs.csv, columns: {jobs: jobs}}
  buildings: {kind: osm, path: town.osm}
  facilities:
    - {kind: osm, path: town.osm}
    - {kind: table, path: clinics.csv, facility: clinic}
  land: {path: town.osm}
  protected: {path: protected.geojson, column: reason}
  history:
    - {code: code, year: year, columns: {population: people}, path: years.csv}
candidates: {path: candidates.geojson}
"""


def polygons(path: Path, boxes: list[tuple[float, float, float, float]], **columns: list[Any]) -> None:
    shapes = [shapely.box(X0 + w, Y0 + s, X0 + e, Y0 + n) for w, s, e, n in boxes]
    gpd.GeoDataFrame(columns, geometry=shapes, crs=5179).to_crs(4326).to_file(path, driver="GeoJSON")


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """A region of 1 km² with a source of most kinds; the folder holds ``region.yaml`` and its files."""
    polygons(tmp_path / "border.geojson", [(0, 0, 1_000, 1_000)], name=["시"])
    halves = [(0.0, 0.0, 500.0, 1_000.0), (500.0, 0.0, 1_000.0, 1_000.0)]
    polygons(tmp_path / "zones.geojson", halves, code=["1", "2"], name=["가", "나"])
    polygons(tmp_path / "protected.geojson", [(0, 0, 100, 100)], reason=["습지"])
    ids, names = ["A", "B"], ["하나", "둘"]
    polygons(
        tmp_path / "candidates.geojson",
        [(0, 0, 200, 200), (600, 600, 900, 900)],
        district_id=ids,
        name=names,
        kind=["new", "existing"],
    )
    osm_file(tmp_path / "town.osm", NODES, WAYS, {1: {"amenity": "library"}})
    lon, lat = gpd.GeoSeries([shapely.Point(X0 + 250, Y0 + 250)], crs=5179).to_crs(4326).iloc[0].coords[0]
    (tmp_path / "people.csv").write_text("code,people\n1,100\n2,50\n", "utf-8")
    (tmp_path / "jobs.csv").write_text(f"lon,lat,jobs\n{lon},{lat},30\n{lon + 0.005},{lat},20\n", "utf-8")
    (tmp_path / "clinics.csv").write_text(f"lon,lat\n{lon},{lat}\n", "utf-8")
    (tmp_path / "years.csv").write_text("code,year,people\n1,2020,90\n2,2020,50\n", "utf-8")
    (tmp_path / "region.yaml").write_text(REGION, "utf-8")
    return tmp_path


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The keys of the entries that are read, the boundary among them."""
    keys: list[str] = []

    def watch(reader: Any) -> Any:
        def read_it(one: read.Reading) -> Any:
            keys.append(one.entry.key)
            return reader(one)

        return read_it

    for kind, (reader, facts) in list(read.READERS.items()):
        monkeypatch.setitem(read.READERS, kind, (watch(reader), facts))
    own = read.read_boundary
    monkeypatch.setattr(files, "read_boundary", lambda region: (keys.append("boundary"), own(region))[1])
    return keys


def bring(town: Path) -> list[str]:
    """Bring the tables up to date; return the entries whose tables were written."""
    region = resolve(town / "region.yaml").region
    found, written = bring_up_to_date(town / "results", region, TABLES, CATALOGUES)
    assert found.faults == []
    return written


def held(town: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in (town / "results" / "sources").glob("*.parquet")}


def test_every_entry_is_read_once_and_no_more(town: Path, seen: list[str]) -> None:
    keys = [entry.key for entry in entries(resolve(town / "region.yaml").region)]
    assert sorted(bring(town)) == sorted(seen) == sorted(keys)
    seen.clear()
    assert bring(town) == seen == []


@pytest.fixture
def parses(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each file is parsed, by its name; of OpenStreetMap looks at the head of a file alone do not count."""
    times: Counter[str] = Counter()

    def watch(module: Any, name: str, counts: Callable[..., bool] = lambda *given: True) -> None:
        own = getattr(module, name)

        def counted(path: Any, *given: Any, **named: Any) -> Any:
            times[Path(path).name] += counts(*given)
            return own(path, *given, **named)

        monkeypatch.setattr(module, name, counted)

    for module in (osmium.io, osmium.file_processor):
        watch(module, "Reader", lambda entities=osmium.osm.ALL: entities != osmium.osm.NOTHING)
    watch(pyogrio, "read_dataframe")
    watch(pd, "read_csv")
    return times


def test_each_file_is_parsed_once_whoever_names_it(town: Path, parses: Counter[str]) -> None:
    # One file gives border and zones, one table people and their history, one map all that OpenStreetMap has.
    text = REGION.replace("path: border.geojson", "path: zones.geojson").replace("path: years.csv", "path: people.csv")
    (town / "people.csv").write_text("code,year,people\n1,2020,100\n2,2020,50\n", "utf-8")
    (town / "region.yaml").write_text(text, "utf-8")
    once = ["zones.geojson", "people.csv", "jobs.csv", "clinics.csv", "protected.geojson", "candidates.geojson"]
    assert bring(town)
    # osmium puts areas together in two passes: relations first, then everything.
    assert parses == {"town.osm": 2, **dict.fromkeys(once, 1)}


def test_a_changed_file_reads_that_one_again(town: Path, seen: list[str]) -> None:
    bring(town)
    before = held(town)
    seen.clear()
    (town / "people.csv").write_text("code,people\n1,101\n2,50\n", "utf-8")
    assert bring(town) == seen == ["counts[0]"]
    changed = {name for name, time in held(town).items() if before[name] != time}
    assert changed == {"counts-0.parquet"}


def test_a_file_written_another_way_leaves_its_table_alone(town: Path, seen: list[str]) -> None:
    bring(town)
    before, seen[:] = held(town), []
    (town / "people.csv").write_bytes("\ufeffcode,people\r\n1,100\r\n2,50\r\n".encode())
    assert bring(town) == []
    assert seen == ["counts[0]"]
    assert held(town) == before
    seen.clear()
    assert bring(town) == seen == []


def test_another_area_reads_all_again_and_the_same_one_none(town: Path, seen: list[str]) -> None:
    bring(town)
    seen.clear()
    polygons(town / "border.geojson", [(0, 0, 1_000, 1_000)], name=["이름만 다른 시"])
    bring(town)
    assert seen == ["boundary"]
    polygons(town / "border.geojson", [(0, 0, 900, 1_000)], name=["시"])
    seen.clear()
    bring(town)
    assert len(seen) == len(list(entries(resolve(town / "region.yaml").region)))


def test_an_entry_taken_out_takes_its_table_with_it(town: Path) -> None:
    bring(town)
    text = REGION.replace("    - {kind: table, path: clinics.csv, facility: clinic}\n", "")
    (town / "region.yaml").write_text(text, "utf-8")
    assert bring(town) == []
    assert "facilities-1.parquet" not in held(town)
    assert "facilities-0.parquet" in held(town)


def test_faults_of_all_files_are_told_at_once_and_nothing_is_written(town: Path) -> None:
    bring(town)
    before = held(town)
    (town / "years.csv").write_text("code,year,people\n1,20,90\n", "utf-8")
    (town / "jobs.csv").write_text("lon,lat,jobs\n1,2,some\n", "utf-8")
    (town / "people.csv").write_text("code,people\n8,100\n9,50\n", "utf-8")  # joins no zone
    polygons(town / "candidates.geojson", [(0, 0, 200, 200)], district_id=["A"], name=["하나"], kind=["brand-new"])
    region = resolve(town / "region.yaml").region
    found, written = bring_up_to_date(town / "results", region, TABLES, CATALOGUES)
    assert written == []
    told = {Path(fault.file).name for fault in judge(region, TABLES, found)[1]}
    assert told == {"years.csv", "jobs.csv", "people.csv", "candidates.geojson"}
    assert held(town) == before


@pytest.fixture
def both(town: Path) -> tuple[Any, Any]:
    """The sources joined as they were read, and as they were written and loaded."""
    region = resolve(town / "region.yaml").region
    bring(town)
    kinds = {entry.kind for entry in entries(region)}
    fresh = join(region, TABLES, read.collect(region, TABLES))
    return fresh, join(region, TABLES, load(town / "results", region, *kinds))


def test_tables_say_the_same_as_the_files_they_were_read_from(both: tuple[Any, Any]) -> None:
    fresh, loaded = both
    assert fresh.faults == loaded.faults == []
    assert fresh.account.as_dict() == loaded.account.as_dict()
    assert fresh.area == loaded.area
    frames = [(getattr(fresh, name), getattr(loaded, name)) for name in ("zones", "land", "protected", "history")]
    frames += [(fresh.facilities, loaded.facilities), (fresh.streets[0], loaded.streets[0])]
    for one, other in frames:
        if isinstance(one, gpd.GeoDataFrame):
            assert shapely.equals_identical(one.geometry.to_numpy(), other.geometry.to_numpy()).all()
            assert one.crs == other.crs
        plain = [pd.DataFrame(frame.drop(columns="geometry", errors="ignore")).fillna("-") for frame in (one, other)]
        pd.testing.assert_frame_equal(*plain, check_dtype=False)
    assert np.array_equal(fresh.streets[1].drive_s, loaded.streets[1].drive_s)
    for one, other in zip(fresh.counts, loaded.counts, strict=True):
        pd.testing.assert_frame_equal(one.totals, other.totals)
    assert np.array_equal(fresh.counts[1].x_m, loaded.counts[1].x_m)


def test_a_damaged_table_is_told_and_a_lost_one_read_again(town: Path) -> None:
    bring(town)
    region = resolve(town / "region.yaml").region
    path = town / "results" / "sources" / "land.parquet"
    path.write_bytes(path.read_bytes()[:200])
    with pytest.raises(SourceError, match=r"land\.parquet.*damaged"):
        load(town / "results", region, "land")
    path.unlink()
    assert bring(town) == ["land"]
