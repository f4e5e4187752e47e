"""The ground: height and slope from a DEM, in metres on the region's own squares."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import rasterio
from numpy.typing import NDArray
from pyproj import CRS
from rasterio.enums import Resampling
from rasterio.transform import from_origin
from rasterio.warp import reproject, transform_bounds
from rasterio.windows import from_bounds

from spatial.errors import Fault, SourceError
from spatial.reading.boundary import Box
from spatial.reading.lattice import Lattice
from spatial.reading.projection import DEGREES, convert
from spatial.reading.provenance import Ledger

Floats = NDArray[np.float64]
# Steeper ground is not counted as developable [D]: a common planning limit; ordinances differ.
SLOPE_LIMIT_DEG = 15.0


@dataclass(frozen=True)
class Terrain:
    """Per square of a lattice: mean height, mean slope, and the share of it steeper than the limit; NaN off the DEM."""

    elevation_m: Floats
    slope_deg: Floats
    steep_share: Floats


def read_terrain(path: str, lattice: Lattice, crs: CRS, ledger: Ledger) -> Terrain:
    """Terrain of a lattice from a raster of heights in metres (any CRS, any format GDAL reads).

    The DEM is brought to the region's CRS at about its own resolution, a whole fraction of the square, so that slopes
    are per metre of ground; slope is Horn's (1981) on a 3 x 3 window.
    """
    with open_raster(path) as source:
        size = lattice.size_m
        step_m = _pixel_m(source, crs)
        fine = int(np.clip(round(size / step_m), 1, 10))
        step = size / fine
        # One ring of squares more, so that slopes at the window's edge have their neighbours.
        rows, columns = (lattice.rows + 2) * fine, (lattice.columns + 2) * fine
        height = np.full((rows, columns), np.nan)
        reproject(
            rasterio.band(source, 1),
            height,
            src_nodata=source.nodata,
            dst_transform=from_origin(lattice.west - size, lattice.south + (lattice.rows + 1) * size, step, step),
            dst_crs=crs.to_wkt(),
            dst_nodata=np.nan,
            resampling=Resampling.bilinear if step_m <= 1.5 * step else Resampling.cubic_spline,
        )
        ledger.read = source.width * source.height
        bounds = transform_bounds(source.crs, "EPSG:4326", *source.bounds)
        ledger.reach(bounds[::2], bounds[1::2])
        window = window_over(source, transform_bounds(crs.to_wkt(), "EPSG:4326", *lattice.bounds()))
        here = int(window.width) * int(window.height)
        ledger.kept = int((source.read_masks(1, window=window) > 0).sum())
        ledger.drop("pixels outside the region's box", ledger.read - here)
        ledger.drop("pixels without data", here - ledger.kept)
    if not np.isfinite(height).any():
        raise SourceError(
            Fault(path, "heights inside the region", "none", "Check that the DEM covers the region and names its CRS.")
        )
    height = height[::-1]
    slope = horn_slope_deg(height, step)
    inner = (slice(fine, -fine), slice(fine, -fine))
    steep = np.where(np.isfinite(slope), slope > SLOPE_LIMIT_DEG, np.nan)
    return Terrain(*(_mean(values[inner], fine).ravel() for values in (height, slope, steep)))


def horn_slope_deg(height: Floats, step_m: float) -> Floats:
    """Slope in degrees by Horn's weights (1, 2, 1) on the 3 x 3 window; NaN at the rim and beside unknown heights.

    Source: Horn 1981, Hill shading and the reflectance map, Proc. IEEE 69(1).
    """
    slope = np.full(height.shape, np.nan)
    n, s, e, w = (slice(0, -2), slice(2, None), slice(2, None), slice(0, -2))
    mid = slice(1, -1)
    east = height[n, e] + 2 * height[mid, e] + height[s, e]
    west = height[n, w] + 2 * height[mid, w] + height[s, w]
    one = height[n, w] + 2 * height[n, mid] + height[n, e]
    other = height[s, w] + 2 * height[s, mid] + height[s, e]
    slope[1:-1, 1:-1] = np.degrees(np.arctan(np.hypot(east - west, one - other) / (8 * step_m)))
    return slope


def open_raster(path: str) -> rasterio.DatasetReader:
    """Open a raster that has a CRS; SourceError otherwise."""
    try:
        source = rasterio.open(path)
    except rasterio.errors.RasterioIOError as error:
        raise SourceError(Fault(path, "a raster GDAL can read", str(error), "Check the file.")) from None
    if source.crs is None:
        raise SourceError(
            Fault(path, "a raster with a CRS", "none", "Assign one, e.g. `gdal_edit.py -a_srs EPSG:5179 FILE`.")
        )
    return source


def window_over(source: rasterio.DatasetReader, box: Box) -> rasterio.windows.Window:
    """The pixels that touch a box in degrees, as a window inside the raster; SourceError where there are none."""
    west, south, east, north = box
    edge = np.linspace(0, 1, 21)
    lon = np.concatenate([west + (east - west) * edge, west + (east - west) * edge, 0 * edge + west, 0 * edge + east])
    lat = np.concatenate(
        [0 * edge + south, 0 * edge + north, south + (north - south) * edge, south + (north - south) * edge]
    )
    x, y = convert(lon, lat, DEGREES, CRS.from_wkt(source.crs.to_wkt()))
    asked = from_bounds(x.min(), y.min(), x.max(), y.max(), source.transform)
    left, top = max(int(np.floor(asked.col_off)), 0), max(int(np.floor(asked.row_off)), 0)
    right = min(int(np.ceil(asked.col_off + asked.width)), source.width)
    low = min(int(np.ceil(asked.row_off + asked.height)), source.height)
    if right <= left or low <= top:
        raise SourceError(
            Fault(source.name, "pixels inside the region", "none", "Check that the raster covers the region.")
        )
    return rasterio.windows.Window(left, top, right - left, low - top)


def _pixel_m(source: rasterio.DatasetReader, crs: CRS) -> float:
    west, south, east, north = transform_bounds(source.crs, crs.to_wkt(), *source.bounds)
    return float(min((east - west) / source.width, (north - south) / source.height))


def _mean(values: Floats, fine: int) -> Floats:
    """Mean of the known values of each fine x fine block; NaN where fewer than half are known."""
    blocks = values.reshape(values.shape[0] // fine, fine, values.shape[1] // fine, fine)
    known = np.isfinite(blocks).sum(axis=(1, 3))
    total = np.nansum(blocks, axis=(1, 3))
    return np.where(2 * known >= fine * fine, total / np.maximum(known, 1), np.nan)
