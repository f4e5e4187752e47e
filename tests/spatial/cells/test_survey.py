"""A whole small region through the door: every table, the account, and all faults of all sources at once."""

import json
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pyogrio
import pytest
import rasterio
import shapely
import yaml
from rasterio.transform import from_origin
from typer.testing import CliRunner

from geojeom.cli import room_app
from geojeom.errors import SourceError
from geojeom.tables import read_table
from spatial.config.resolve import resolve, write
from spatial.streets.network import Network
from tests.spatial.files import X0, Y0, degrees, osm_file

CODES = ["1111053000", "1111054000"]


@pytest.fixture
def region(tmp_path: Path) -> dict[str, Any]:
    """Two zones of 300 x 300 m side by side; a street through both, a lake, a bus stop; a register of both zones."""
    boxes = [shapely.box(X0 + 300 * at, Y0, X0 + 300 * at + 300, Y0 + 300) for at in range(2)]
    zones = gpd.GeoDataFrame({"ADM_CD": CODES, "ADM_NM": ["서동", "동동"]}, geometry=boxes, crs=5179)
    pyogrio.write_dataframe(zones, tmp_path / "dong.shp", encoding="CP949")
    header = "행정구역,총인구수,계_0~19세,계_20~39세,계_40~64세,계_65세 이상"
    rows = ["시(1111000000),70,10,20,20,20", f"서동({CODES[0]}),40,5,10,15,10", f"동동({CODES[1]}),30,5,10,5,10"]
    (tmp_path / "register.csv").write_bytes("\n".join([header, *rows]).encode("cp949"))
    nodes = {
        1: (50, 150),
        2: (150, 150),
        3: (250, 150),
        4: (350, 150),
        5: (500, 0),
        6: (600, 0),
        7: (600, 50),
        8: (500, 50),
    }
    ways = [([1, 2, 3, 4], {"highway": "residential"}), ([5, 6, 7, 8, 5], {"natural": "water"})]
    osm_file(tmp_path / "streets.osm", nodes, ways, {2: {"highway": "bus_stop"}})
    osm = {"path": str(tmp_path / "streets.osm"), "vintage": "2025", "licence": "ODbL 1.0", "attribution": "OSM"}
    district = {"district_id": ["A"], "name": ["하나"], "kind": ["new"]}
    candidates = gpd.GeoDataFrame(district, geometry=[shapely.box(X0, Y0, X0 + 100, Y0 + 100)], crs=5179)
    pyogrio.write_dataframe(candidates, tmp_path / "candidates.gpkg")
    dong = {"path": str(tmp_path / "dong.shp")}
    return {
        "region": "small",
        "boundary": dict(dong),
        "candidates": {"path": str(tmp_path / "candidates.gpkg")},
        "sources": {
            "streets": osm,
            "zones": dong | {"code": "ADM_CD", "name": "ADM_NM"},
            "counts": [{"kind": "resident_register", "path": str(tmp_path / "register.csv")}],
            "facilities": [{"kind": "osm", "kinds": ["transit_stop"]} | osm],
            "land": osm,
        },
    }


def run(region: dict[str, Any], folder: Path, *commands: str) -> None:
    folder.mkdir(exist_ok=True)
    needed = {"name": {"ko": "소도시", "en": "Small"}, "programme": "2021"}
    (folder / "region.yaml").write_text(yaml.safe_dump(needed | region), encoding="utf-8")
    write(resolve(folder / "region.yaml"), folder)
    for command in commands:
        result = CliRunner().invoke(room_app("spatial"), [command, str(folder)])
        if result.exception is not None:
            raise result.exception


def test_a_small_region(region: dict[str, Any], tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(region, out, "cells", "facilities", "backdrop", "streets")
    cells = read_table(out / "cells.parquet", "cells")
    assert len(cells) == 18
    assert cells["cell_id"].iloc[0] == "라아000000"
    assert cells.groupby("zone_id")["population"].sum().to_dict() == {CODES[0]: 40, CODES[1]: 30}
    assert cells.groupby("zone_id")["elderly"].sum().to_dict() == {CODES[0]: 10, CODES[1]: 10}
    assert cells.groupby("zone_id")["youth"].sum().to_dict() == {CODES[0]: 10, CODES[1]: 10}
    # The street runs 250 m through the west zone (50 to 300 m) and 50 m through one square of the east zone.
    assert cells[cells["zone_id"] == CODES[0]].set_index(["x_m", "y_m"])["population"].nlargest(3).to_dict() == {
        (X0 + 150, Y0 + 150): 16,
        (X0 + 250, Y0 + 150): 16,
        (X0 + 50, Y0 + 150): 8,
    }
    assert cells[cells["zone_id"] == CODES[1]]["population"].max() == 30
    assert cells["water_m2"].max() == pytest.approx(5_000, rel=1e-3)
    assert cells["transit_stops"].sum() == 1
    for unknown in ("jobs", "households", "buildings", "old_buildings", "slope_deg", "protected_m2", "developable_m2"):
        assert cells[unknown].isna().all(), unknown
    zones = read_table(out / "zones.parquet", "zones")
    assert zones["name"].tolist() == ["서동", "동동"]
    assert zones["area_m2"].tolist() == pytest.approx([90_000, 90_000])
    assert read_table(out / "facilities.parquet", "facilities")["kind"].tolist() == ["transit_stop"]
    assert set(read_table(out / "backdrop.parquet", "backdrop")["layer"]) == {"water", "street_minor", "boundary"}
    network = Network.load(out / "streets.npz")
    assert network.cell_node.shape == (18,)
    assert network.kind == "osm"
    told = json.loads((out / "sources.json").read_text(encoding="utf-8"))
    assert [source["key"] for source in told["sources"]] == [
        "boundary",
        "zones",
        "counts[0]",
        "land",
        "facilities[0]",
        "streets",
    ]
    register = told["sources"][2]
    assert (register["read"], register["kept"]) == (3, 2)
    assert [(one["en"], one["number"]) for one in register["dropped"]] == [("subtotal rows (city, province)", 1)]
    assert len(register["sha256"]) == 64
    assert read_table(out / "parcels.parquet", "parcels").empty
    assert {"jobs", "buildings", "slope_deg", "protected_m2", "parcels"} <= {lack["key"] for lack in told["missing"]}


def test_without_streets_and_zones_something_stands_in_and_says_so(region: dict[str, Any], tmp_path: Path) -> None:
    region["sources"] |= {"streets": None, "zones": None, "counts": [], "land": None, "facilities": []}
    run(region, tmp_path / "out", "cells", "streets", "backdrop", "facilities")
    told = json.loads((tmp_path / "out" / "sources.json").read_text(encoding="utf-8"))
    assert {"streets", "zones", "population"} <= {lack["key"] for lack in told["missing"]}
    zones = read_table(tmp_path / "out" / "zones.parquet", "zones")
    # One square of 2 km, by the 1 km name of its corner, cut at the region's border.
    assert zones["zone_id"].tolist() == ["라아0000"]
    assert zones["area_m2"].tolist() == pytest.approx([180_000])
    assert Network.load(tmp_path / "out" / "streets.npz").kind == "straight_line"


@pytest.mark.parametrize(("end", "wet_m2"), [(900, 6 * 5_000), (400, None)])
def test_the_sea_counts_as_water_or_leaves_it_unknown(
    region: dict[str, Any], tmp_path: Path, end: int, wet_m2: int | None
) -> None:
    # The coast runs east at 50 m, the land to its north: half of the six southern squares is sea. Or it breaks off.
    nodes = {1: (-300, 50), 2: (end, 50), 3: (500, 0), 4: (600, 0), 5: (600, 50), 6: (500, 50)}
    ways = [([1, 2], {"natural": "coastline"}), ([3, 4, 5, 6, 3], {"natural": "water"})]
    region["sources"]["land"] = {"path": osm_file(tmp_path / "coast.osm", nodes, ways)}
    run(region, tmp_path / "out", "cells")
    water_m2 = read_table(tmp_path / "out" / "cells.parquet", "cells")["water_m2"]
    told = json.loads((tmp_path / "out" / "sources.json").read_text(encoding="utf-8"))
    estimated = {one["column"] for one in told["estimates"]}
    if wet_m2 is not None:
        assert water_m2.sum() == pytest.approx(wet_m2, rel=1e-3)
        assert "water_m2" in estimated
    else:
        assert water_m2.isna().all()
        assert "water_m2" not in estimated
        (lack,) = [one for one in told["missing"] if one["key"] == "water_m2"]
        assert "coastline breaks off" in lack["consequence"]["en"]


def test_what_lies_in_no_cell_is_in_the_account(region: dict[str, Any], tmp_path: Path) -> None:
    # The region ends at 540 m: the squares from 500 m on have their centres beyond it. A stop and a building lie there.
    narrow = gpd.GeoDataFrame({"n": [1]}, geometry=[shapely.box(X0, Y0, X0 + 540, Y0 + 300)], crs=5179)
    pyogrio.write_dataframe(narrow, tmp_path / "narrow.gpkg")
    rows = [f"{lon:.8f},{lat:.8f}" for lon, lat in (degrees(50, 50), degrees(530, 150))]
    (tmp_path / "places.csv").write_text("\n".join(["lon,lat", *rows]), encoding="utf-8")
    places = {"kind": "table", "path": str(tmp_path / "places.csv"), "lon": "lon", "lat": "lat"}
    region["boundary"]["path"] = str(tmp_path / "narrow.gpkg")
    region["sources"]["buildings"] = places
    region["sources"]["facilities"] = [places | {"facility": "transit_stop"}]
    run(region, tmp_path / "out", "cells")
    cells = read_table(tmp_path / "out" / "cells.parquet", "cells")
    assert (len(cells), cells["buildings"].sum(), cells["transit_stops"].sum()) == (15, 1, 1)
    told = json.loads((tmp_path / "out" / "sources.json").read_text(encoding="utf-8"))
    (buildings,) = [one for one in told["sources"] if one["key"] == "buildings"]
    assert (buildings["read"], buildings["kept"]) == (2, 1)
    assert [(one["en"], one["number"]) for one in buildings["dropped"]] == [("in the region, but in no cell of it", 1)]
    (stops,) = [one["note"]["en"] for one in told["estimates"] if one["column"] == "transit_stops"]
    assert stops.endswith("1 of 2 lie in no cell, at the region's border, and are left out.")


def test_a_second_run_gives_the_same_bytes(region: dict[str, Any], tmp_path: Path) -> None:
    for name in ("one", "two"):
        run(region, tmp_path / name, "cells", "streets")
    for file in ("cells.parquet", "zones.parquet", "sources.json", "streets.npz"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes(), file


def test_faults_of_all_sources_come_at_once_and_nothing_is_written(region: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "register.csv").write_text("행정구역,총인구수\n서동,1\n", encoding="utf-8")
    (tmp_path / "streets.osm").write_text("no xml", encoding="utf-8")
    with pytest.raises(SourceError) as error:
        run(region, tmp_path / "out", "cells")
    files = {Path(fault.file).name for fault in error.value.faults}
    assert files == {"register.csv", "streets.osm"}
    assert not (tmp_path / "out" / "cells.parquet").exists()


def test_a_region_smaller_than_a_cell_is_refused(region: dict[str, Any], tmp_path: Path) -> None:
    corner = (*degrees(1, 1), *degrees(20, 20))
    region["boundary"] = {"bbox": list(corner)}
    region["sources"] |= {"streets": None, "zones": None, "counts": [], "land": None, "facilities": []}
    with pytest.raises(SourceError, match="expected a region larger than a cell of 100 m, found no cell centre in it"):
        run(region, tmp_path / "out", "cells")


def test_slope_and_protection_make_developable_land(region: dict[str, Any], tmp_path: Path) -> None:
    height = np.zeros((10, 14), "float32")
    height[:, 7:] = 100 * np.arange(1, 8)  # level in the west, 45 degrees in the east
    options = {"height": 10, "width": 14, "count": 1, "dtype": "float32", "crs": "EPSG:5179"}
    with rasterio.open(
        tmp_path / "dem.tif", "w", driver="GTiff", transform=from_origin(X0 - 400, Y0 + 700, 100, 100), **options
    ) as out:
        out.write(height, 1)
    kept = gpd.GeoDataFrame({"reason": ["군사"]}, geometry=[shapely.box(X0, Y0, X0 + 50, Y0 + 100)], crs=5179)
    pyogrio.write_dataframe(kept, tmp_path / "kept.gpkg")
    region["sources"] |= {
        "dem": {"path": str(tmp_path / "dem.tif")},
        "protected": {"path": str(tmp_path / "kept.gpkg"), "crs": None, "column": "reason"},
    }
    run(region, tmp_path / "out", "cells")
    cells = read_table(tmp_path / "out" / "cells.parquet", "cells").set_index("cell_id")
    assert cells.loc["라아000000", ["protected_m2", "developable_m2"]].tolist() == pytest.approx([5_000, 5_000])
    assert cells.loc["라아001000", "developable_m2"] == pytest.approx(10_000)
    assert cells.loc["라아005002", "slope_deg"] == pytest.approx(45, abs=0.01)
    assert cells.loc["라아005002", "developable_m2"] == 0


def test_what_a_cell_at_the_border_of_a_box_holds_beyond_it_is_read(region: dict[str, Any], tmp_path: Path) -> None:
    # The box ends at about 570 m: the centre of the last cells, 550 m, lies in it, and their last 30 m beyond it.
    west, south = degrees(0, 0)
    east, north = degrees(570, 300)
    region["boundary"] = {"bbox": [west, south, east, north]}
    nodes = {1: (580, 210), 2: (595, 210), 3: (595, 225), 4: (580, 225)}
    nodes |= {11: (110, 210), 12: (125, 210), 13: (125, 225)}
    nodes |= {5: (500, 100), 6: (600, 100), 7: (600, 200), 8: (500, 200), 9: (50, 150), 10: (350, 150)}
    ring = [1, 2, 3, 4, 1]
    ways = [
        (ring, {"building": "yes"}),
        ([11, 12, 13, 11], {"building": "yes"}),
        ([5, 6, 7, 8, 5], {"natural": "water"}),
        ([9, 10], {"highway": "residential"}),
    ]
    beyond = {"path": osm_file(tmp_path / "beyond.osm", nodes, ways)}
    region["sources"] |= {"land": beyond, "buildings": {"kind": "osm"} | beyond, "streets": beyond}
    region["sources"] |= {"facilities": [], "counts": []}
    run(region, tmp_path / "out", "cells")
    cells = read_table(tmp_path / "out" / "cells.parquet", "cells")
    last = cells[np.isclose(cells["x_m"], X0 + 550)].set_index("y_m")
    assert last["buildings"].sum() == 1
    assert last.loc[Y0 + 150, "water_m2"] == pytest.approx(10_000, abs=1)


def test_gaps_between_and_in_zones_lose_nobody(region: dict[str, Any], tmp_path: Path) -> None:
    # Between the zones a sliver of 6 m, along the column of centres at 250 m; in the east zone a hole of 16 m² round
    # the centre of a cell; the west zone's ring touches itself, as a hole drawn in one stroke does.
    ring = [(0, 0), (247, 0), (247, 300), (0, 300), (0, 150), (40, 160), (40, 140), (0, 150), (0, 0)]
    west = shapely.Polygon([(X0 + x, Y0 + y) for x, y in ring])
    east = shapely.box(X0 + 253, Y0, X0 + 600, Y0 + 300).difference(shapely.box(X0 + 448, Y0 + 148, X0 + 452, Y0 + 152))
    assert not west.is_valid
    zones = gpd.GeoDataFrame({"ADM_CD": CODES, "ADM_NM": ["서동", "동동"]}, geometry=[west, east], crs=5179)
    pyogrio.write_dataframe(zones, tmp_path / "dong.shp", encoding="CP949")
    # Jobs by points, one in the sliver and one in the hole.
    points = [f"{lon:.7f},{lat:.7f},{jobs}" for (lon, lat), jobs in ((degrees(250, 150), 7), (degrees(450, 150), 5))]
    (tmp_path / "jobs.csv").write_text("\n".join(["lon,lat,jobs", *points]), encoding="utf-8")
    spec = {"kind": "points", "path": str(tmp_path / "jobs.csv"), "lon": "lon", "lat": "lat"}
    region["sources"]["counts"].append(spec | {"columns": {"jobs": "jobs"}})
    run(region, tmp_path / "out", "cells")
    cells = read_table(tmp_path / "out" / "cells.parquet", "cells")
    assert len(cells) == 18
    assert cells["zone_id"].notna().all()
    assert cells.groupby("zone_id")["population"].sum().to_dict() == {CODES[0]: 40, CODES[1]: 30}
    assert cells["jobs"].sum() == 12
    told = {one["key"]: one["notes"] for one in json.loads((tmp_path / "out" / "sources.json").read_text())["sources"]}
    assert any(
        note["en"].startswith("4 cells lie in holes of the outline smaller than a cell") for note in told["boundary"]
    )
    assert "4 cells lie in no zone but within 3 m of the one they are given to" in [
        note["en"] for note in told["zones"]
    ]


def test_protected_land_fills_the_cells_at_the_border(region: dict[str, Any], tmp_path: Path) -> None:
    # The box ends at 570 m. Of the cells from 500 to 600 m two tenths are protected inside it, and three beyond.
    west, south = degrees(0, 0)
    east, north = degrees(570, 300)
    region["boundary"] = {"bbox": [west, south, east, north]}
    shapes = [shapely.box(X0 + 550, Y0 - 50, X0 + 700, Y0 + 350), shapely.box(X0 + 900, Y0, X0 + 950, Y0 + 300)]
    kept = gpd.GeoDataFrame({"reason": ["군사", "군사"]}, geometry=shapes, crs=5179)
    pyogrio.write_dataframe(kept, tmp_path / "kept.gpkg")
    region["sources"] |= {"protected": {"path": str(tmp_path / "kept.gpkg"), "crs": None, "column": "reason"}}
    run(region, tmp_path / "out", "cells")
    cells = read_table(tmp_path / "out" / "cells.parquet", "cells")
    at_border = np.isclose(cells["x_m"], X0 + 550)
    assert at_border.sum() == 3
    assert cells["protected_m2"][at_border].tolist() == pytest.approx([5_000] * 3, abs=1)
    assert (cells["protected_m2"][~at_border] == 0).all()
    told = {one["key"]: one for one in json.loads((tmp_path / "out" / "sources.json").read_text())["sources"]}
    assert [(one["en"], one["number"]) for one in told["protected"]["dropped"]] == [("outside the region", 1)]
