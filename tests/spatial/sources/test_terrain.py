"""Slope by hand on planes, and rasters that cannot be used."""

from pathlib import Path

import numpy as np
import pytest
import rasterio
from rasterio.transform import from_origin

from geojeom.errors import SourceError
from spatial.reading.projection import KOREA
from spatial.reading.provenance import Ledger
from spatial.reading.square_grid import SquareGrid
from spatial.sources.terrain import horn_slope_deg, read_terrain
from tests.spatial.files import X0, Y0


def write(path: Path, height: np.ndarray, step_m: float, crs: str | None = "EPSG:5179", nodata: float = -9999) -> str:
    """A DEM whose upper left corner is 300 m west and 1,300 m north of (X0, Y0)."""
    shape = {"height": height.shape[0], "width": height.shape[1], "count": 1, "dtype": "float32", "nodata": nodata}
    transform = from_origin(X0 - 300, Y0 + 1_300, step_m, step_m)
    with rasterio.open(path, "w", driver="GTiff", crs=crs, transform=transform, **shape) as out:
        out.write(height.astype("float32"), 1)
    return str(path)


def test_horn_on_a_plane_is_its_slope() -> None:
    x, y = np.meshgrid(np.arange(5) * 10.0, np.arange(4) * 10.0)
    slope = horn_slope_deg(3 + 0.3 * x + 0.4 * y, 10)
    # Gradient (0.3, 0.4) is 0.5: atan 0.5 = 26.565 degrees.
    assert np.allclose(slope[1:-1, 1:-1], 26.56505, atol=1e-5)
    assert np.isnan(slope[0]).all()


def test_horn_by_hand_on_one_window() -> None:
    # East column 2+2·4+6 = 16, west 0+0+0; south row 0+2·3+6 = 12, north 0+2·1+2 = 4; over 8 steps of 1 m: 2 and 1.
    window = np.array([[0, 1, 2], [0, 5, 4], [0, 3, 6]], float)
    assert horn_slope_deg(window, 1.0)[1, 1] == pytest.approx(np.degrees(np.arctan(np.hypot(16 / 8, 8 / 8))))


def test_terrain_of_a_ramp_that_turns_flat(tmp_path: Path) -> None:
    # 50 m pixels; west of X0 + 500 m the ground climbs 40 m per 100 m (21.8 degrees), east of it it is level.
    x = X0 - 300 + 25 + 50 * np.arange(32)
    profile = np.minimum(0.4 * (x - X0), 200.0)
    path = write(tmp_path / "dem.tif", np.tile(profile, (32, 1)), 50)
    lattice = SquareGrid.over((X0, Y0, X0 + 999, Y0 + 199), 100)
    ledger = Ledger("dem")
    terrain = read_terrain(path, lattice, KOREA, ledger)
    assert terrain.elevation_m[:3] == pytest.approx([20, 60, 100], abs=1e-3)
    assert terrain.elevation_m[7:10] == pytest.approx([200, 200, 200], abs=1e-3)
    assert terrain.slope_deg[1:4] == pytest.approx([21.8014] * 3, abs=1e-3)
    assert terrain.slope_deg[6:9] == pytest.approx([0, 0, 0], abs=1e-6)
    assert terrain.steep_share[1:4].tolist() == [1, 1, 1]
    assert terrain.steep_share[6:9].tolist() == [0, 0, 0]
    assert ledger.read == 32 * 32


def test_cells_off_the_dem_or_on_its_voids_are_unknown(tmp_path: Path) -> None:
    height = np.full((32, 32), 5.0)
    height[:, 12:16] = -9999  # 300 to 500 m east of X0
    path = write(tmp_path / "dem.tif", height, 50)
    terrain = read_terrain(path, SquareGrid.over((X0, Y0, X0 + 1_999, Y0 + 99), 100), KOREA, Ledger("dem"))
    assert np.isnan(terrain.elevation_m[3:5]).all()
    assert np.isnan(terrain.elevation_m[14:]).all()
    assert terrain.elevation_m[[0, 1, 6, 7]].tolist() == [5, 5, 5, 5]


def test_rasters_that_cannot_be_used(tmp_path: Path) -> None:
    lattice = SquareGrid.over((X0, Y0, X0 + 999, Y0 + 199), 100)
    with pytest.raises(SourceError, match="expected a raster with a CRS, found none"):
        read_terrain(write(tmp_path / "a.tif", np.ones((4, 4)), 50, crs=None), lattice, KOREA, Ledger("dem"))
    (tmp_path / "b.tif").write_text("no raster")
    with pytest.raises(SourceError, match="expected a raster GDAL can read"):
        read_terrain(str(tmp_path / "b.tif"), lattice, KOREA, Ledger("dem"))
    far = SquareGrid.over((X0 + 90_000, Y0, X0 + 90_999, Y0 + 199), 100)
    with pytest.raises(SourceError, match="expected pixels inside the region, found none"):
        read_terrain(write(tmp_path / "c.tif", np.ones((4, 4)), 50), far, KOREA, Ledger("dem"))


def test_heights_no_land_has_are_unknown_and_counted(tmp_path: Path) -> None:
    height = np.full((32, 32), 5.0)
    height[:, 12:14], height[:, 14:16] = -32768, 3.4e38
    path = write(tmp_path / "dem.tif", height, 50)
    ledger = Ledger("dem")
    terrain = read_terrain(path, SquareGrid.over((X0, Y0, X0 + 1_199, Y0 + 99), 100), KOREA, ledger)
    assert np.isnan(terrain.elevation_m[3:5]).all()
    assert terrain.elevation_m[[0, 1, 6, 7]].tolist() == [5, 5, 5, 5]
    # Four columns, over the rows of the window with its margin.
    assert ledger.dropped["pixels that no height on earth can have"] % 4 == 0


def test_heights_in_feet_become_metres(tmp_path: Path) -> None:
    path = write(tmp_path / "dem.tif", np.full((32, 32), 100.0), 50)
    with rasterio.open(path, "r+") as out:
        out.units = ("ft",)
    ledger = Ledger("dem")
    terrain = read_terrain(path, SquareGrid.over((X0, Y0, X0 + 999, Y0 + 99), 100), KOREA, ledger)
    assert terrain.elevation_m[0] == pytest.approx(30.48)
    with rasterio.open(path, "r+") as out:
        out.units = ("parsec",)
    with pytest.raises(SourceError, match="expected heights in metres or feet, found the unit 'parsec'"):
        read_terrain(path, SquareGrid.over((X0, Y0, X0 + 999, Y0 + 99), 100), KOREA, Ledger("dem"))


def test_a_finer_dem_is_averaged_in_blocks(tmp_path: Path) -> None:
    # 1 m pixels on squares of 50 m (5 m steps): a plane keeps its slope, atan 0.1 = 5.7106 degrees.
    x = X0 - 300 + 0.5 + np.arange(700)
    path = write(tmp_path / "dem.tif", np.tile(0.1 * (x - X0), (1_400, 1)), 1)
    terrain = read_terrain(path, SquareGrid.over((X0, Y0, X0 + 199, Y0 + 99), 50), KOREA, Ledger("dem"))
    assert terrain.slope_deg == pytest.approx(5.7106, abs=1e-2)
    assert terrain.elevation_m[:4] == pytest.approx([2.5, 7.5, 12.5, 17.5], abs=0.01)


def test_a_dem_cut_in_half_is_damaged(tmp_path: Path) -> None:
    path = Path(write(tmp_path / "dem.tif", np.full((400, 400), 5.0), 10))
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(SourceError, match=r"expected a (whole GeoTIFF|raster GDAL can read)"):
        read_terrain(str(path), SquareGrid.over((X0, Y0 - 2_400, X0 + 999, Y0 + 199), 100), KOREA, Ledger("dem"))


def test_a_dem_of_more_pixels_than_are_read_is_refused(tmp_path: Path) -> None:
    shape = {"height": 60_000, "width": 60_000, "count": 1, "dtype": "float32", "sparse_ok": True, "tiled": True}
    transform = from_origin(X0, Y0 + 3_000, 0.05, 0.05)
    with rasterio.open(
        tmp_path / "d.tif", "w", driver="GTiff", crs="EPSG:5179", transform=transform, compress="deflate", **shape
    ):
        pass
    with pytest.raises(SourceError, match="expected at most 1,000,000,000 pixels in the region's box, found 3,600,000"):
        read_terrain(
            str(tmp_path / "d.tif"), SquareGrid.over((X0, Y0, X0 + 2_999, Y0 + 2_999), 100), KOREA, Ledger("dem")
        )
