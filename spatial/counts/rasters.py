"""Rasters of counts per pixel (WorldPop-like), read as a window and made whole numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from pyproj import CRS
from rasterio.warp import transform_bounds

from spatial.counts.allocate import apportion
from spatial.counts.units import PixelUnits
from spatial.errors import Fault, SourceError
from spatial.reading.boundary import Area
from spatial.reading.provenance import Account, Ledger
from spatial.sources.land import open_raster, window_over


def read_raster(spec: dict[str, Any], area: Area, ledger: Ledger, account: Account) -> PixelUnits:
    """The pixels that touch the region's box, each a unit; fractions are rounded together, keeping their sum.

    Raises SourceError for a raster without CRS, off the region, or with negative counts.
    """
    path, column = spec["path"], spec["gives"]
    with open_raster(path) as source:
        crs = source.crs.to_wkt()
        window = window_over(source, area.degrees)
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
