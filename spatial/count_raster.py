"""Rasters of counts per pixel (WorldPop-like), read as a window and made whole numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import rasterio
from pyproj import CRS
from rasterio.warp import transform_bounds
from rasterio.windows import from_bounds

from spatial.allocate import apportion
from spatial.boundary import Area
from spatial.errors import Fault, SourceError
from spatial.land import open_raster
from spatial.projection import DEGREES, convert
from spatial.provenance import Account, Ledger
from spatial.units import PixelUnits


def read_raster(spec: dict[str, Any], area: Area, ledger: Ledger, account: Account) -> PixelUnits:
    """The pixels that touch the region's box, each a unit; fractions are rounded together, keeping their sum.

    Raises SourceError for a raster without CRS, off the region, or with negative counts.
    """
    path, column = spec["path"], spec["gives"]
    with open_raster(path) as source:
        crs = source.crs.to_wkt()
        window = _window(source, area)
        values = source.read(1, window=window, masked=True, boundless=False).astype(float).filled(np.nan)
        transform = source.window_transform(window)
        ledger.read = source.width * source.height
        bounds = transform_bounds(source.crs, "EPSG:4326", *source.bounds)
        ledger.reach(bounds[::2], bounds[1::2])
    values = values.ravel()
    negative = int((values < 0).sum())
    if negative:
        raise SourceError(
            Fault(path, "counts, 0 or more", f"{negative} negative pixels", "Set the raster's nodata value.")
        )
    known = np.isfinite(values)
    if not known.any():
        raise SourceError(Fault(path, "pixels inside the region", "none", "Check that the raster covers the region."))
    ledger.kept = int(known.sum())
    ledger.drop("pixels outside the region's box", ledger.read - len(values))
    ledger.drop("pixels without data", int((~known).sum()))
    whole = np.zeros(len(values), dtype=np.int64)
    total = np.array([round(float(values[known].sum()))])
    whole[known] = apportion(total, np.zeros(int(known.sum()), dtype=np.int64), values[known])
    account.estimate(
        column,
        "격자 추정치의 소수를 정수로 맞추었습니다(전체 합 보존).",
        "Fractions of the raster's modelled counts were rounded to whole numbers, keeping their sum.",
    )
    totals = pd.DataFrame({column: pd.array(whole, dtype="Int64")})
    totals.loc[~known, column] = pd.NA
    return PixelUnits(totals, ledger, transform, int(window.width), int(window.height), CRS.from_wkt(crs), area.crs)


def _window(source: rasterio.DatasetReader, area: Area) -> rasterio.windows.Window:
    """The pixels that touch the region's box, as a window inside the raster."""
    west, south, east, north = area.degrees
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
