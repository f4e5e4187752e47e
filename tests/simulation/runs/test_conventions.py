"""The dataset as the CF conventions have it: what xarray, pyproj and GDAL make of it."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
import xarray as xr
from pyproj import CRS

from simulation.commands.run import run
from simulation.runs.conventions import last_days

Writer = Callable[..., Path]


def squares(cells: pd.DataFrame, east_m: float = 0, north_m: float = 0, crs: str = "EPSG:5179") -> gpd.GeoDataFrame:
    """The toy city's cells as squares of 100 m, moved to a place of the CRS."""
    moved = cells.assign(x_m=cells["x_m"] + east_m, y_m=cells["y_m"] + north_m)
    x_m, y_m = moved["x_m"], moved["y_m"]
    return gpd.GeoDataFrame(moved, geometry=shapely.box(x_m - 50, y_m - 50, x_m + 50, y_m + 50), crs=crs)


@pytest.fixture
def written(write_folder: Writer, cells: pd.DataFrame, made_once: Callable[..., Path]) -> Path:
    def make() -> None:
        # The natural origin of EPSG:5179: 127.5° E, 38° N is at 1,000,000 m, 2,000,000 m by definition.
        folder = write_folder(cells=squares(cells, 1_000_000, 2_000_000))
        run(folder, district=["west"], worlds=2)

    return made_once("at the origin", make) / "run.nc"


def test_months_bear_the_date_they_end_on() -> None:
    # 2028 is a leap year: January to March 2028 end on days 31, 60 and 91 from the first.
    assert last_days("2028-01", np.array([0, 1, 2, 3])).tolist() == [0, 30, 59, 90]


def test_xarray_reads_dates_and_places(written: Path) -> None:
    with xr.open_dataset(written, engine="h5netcdf") as data:
        dates = data["adopters"].coords["time"].dt.strftime("%Y-%m-%d").values
        assert [dates[month] for month in (0, 1, 2, 12, 120)] == [
            *("2027-01-01", "2027-01-31", "2027-02-28", "2027-12-31", "2036-12-31")
        ]
        years = data["adopters_quantile"].coords["year_end"].dt.strftime("%Y-%m-%d").values
        assert [years[0], years[1], years[10]] == ["2027-01-01", "2027-12-31", "2036-12-31"]
        assert set(data["potential"].coords) >= {"x", "y", "lon", "lat"}
        origin = data.isel(cell=0)
        assert (float(origin["x"]), float(origin["y"])) == (1_000_000, 2_000_000)
        # GRS 80 at 38° N: N = 6378137 / √(1 - 0.00669438 · sin² 38°) = 6,386,244 m, the parallel's radius N · cos 38° =
        # 5,032,429 m; on the grid 0.9996 of it, so 87,797 m a degree, and 100 m are 0.0011390°.
        assert float(origin["lon"]) == pytest.approx(127.5, abs=1e-7)
        assert float(origin["lat"]) == pytest.approx(38, abs=1e-7)
        assert float(data["lon"][1] - data["lon"][0]) == pytest.approx(0.0011390, abs=2e-7)
        assert data.attrs["cell_size_m"] == 100


def test_the_crs_comes_back_from_the_grid_mapping(written: Path) -> None:
    with xr.open_dataset(written, engine="h5netcdf", decode_coords="all") as data:
        of_cells = [variable for variable in data.data_vars.values() if "cell" in variable.dims]
        assert {variable.encoding["grid_mapping"] for variable in of_cells} == {"crs"}
        assert CRS.from_cf(data["crs"].attrs) == CRS("EPSG:5179")
        assert data["crs"].attrs["grid_mapping_name"] == "transverse_mercator"


def test_every_number_has_a_unit_and_every_variable_says_what_it_is(written: Path) -> None:
    with xr.open_dataset(written, engine="h5netcdf", decode_cf=False) as data:
        assert data.attrs["Conventions"] == "CF-1.11"
        for name, variable in data.variables.items():
            assert variable.attrs.get("long_name"), name
            if variable.dtype.kind in "iufb" and name != "crs":
                assert variable.attrs.get("units"), name
            if name in data.coords or {"x", "y", "time"} & {name}:
                assert "_FillValue" not in variable.attrs, name
        assert (data["time"].attrs["units"], data["time"].attrs["calendar"]) == ("days since 2027-01-01", "standard")
        assert data["x"].attrs["standard_name"] == "projection_x_coordinate"
        assert set(str(data["adopters"].attrs["coordinates"]).split()) == {"lat", "lon", "time", "x", "y"}


def test_the_same_run_has_the_same_bytes(written: Path) -> None:
    first = written.read_bytes()
    run(written.parent, district=["west"], worlds=2)
    assert written.read_bytes() == first


def test_gdal_reads_the_crs(written: Path) -> None:
    if shutil.which("gdalinfo") is None:
        pytest.skip("gdalinfo is not installed")
    asked = ["gdalinfo", "-json", f'NETCDF:"{written}":adopters']
    told = json.loads(subprocess.run(asked, capture_output=True, text=True, check=True).stdout)
    assert CRS(told["coordinateSystem"]["wkt"]) == CRS("EPSG:5179")
    # A line for each of 121 months with a pixel for each of 36 cells; a band for each service.
    assert (told["size"], len(told["bands"])) == ([36, 121], 2)
