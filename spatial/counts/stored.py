"""Units with their counts as one table, and from it again; what is the same for all of them is in ``attrs``."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
from pyproj import CRS

from spatial.counts.units import PixelUnits, PointUnits, ShapeUnits, SquareUnits, TotalUnits, Units
from spatial.reading.boundary import Area
from spatial.reading.provenance import Ledger

WHERE = ["unit", "x_m", "y_m", "geometry"]


def as_table(units: Units, crs: CRS) -> pd.DataFrame:
    """The counts of units that carry their own places, and where each lies.

    Parameters
    ----------
    units : Units
        Not made of zones.
    crs : CRS
        The region's.

    Returns
    -------
    DataFrame
        A row per unit: its counts, ``x_m`` and ``y_m`` or geometry, and ``unit``, what messages call it, where it has a
        name. ``attrs`` hold the kind of unit and what else the units are made of.
    """
    table: pd.DataFrame = units.totals.reset_index(drop=True)
    if not isinstance(units.totals.index, pd.RangeIndex):
        table.insert(0, "unit", units.totals.index.astype("str"))
    if isinstance(units, PointUnits):
        table = table.assign(x_m=units.x_m, y_m=units.y_m)
        table.attrs = {"units": "points", "spacing_m": units.spacing_m}
    elif isinstance(units, SquareUnits):
        table = table.assign(x_m=units.x_m, y_m=units.y_m)
        table.attrs = {"units": "squares", "size_m": units.size_m}
    elif isinstance(units, ShapeUnits):
        table = gpd.GeoDataFrame(table, geometry=list(units.shapes), crs=crs)
        table.attrs = {"units": "shapes"}
    elif isinstance(units, PixelUnits):
        table.attrs = {"units": "pixels", "width": units.width, "height": units.height}
        table.attrs |= {"transform": list(units.transform)[:6], "crs": units.raster_crs.to_wkt()}
    else:
        table.attrs = {"units": "total"}
    return table


def as_units(table: pd.DataFrame, ledger: Ledger, area: Area) -> Units:
    """The units that ``as_table`` wrote.

    Parameters
    ----------
    table : DataFrame
        With its ``attrs``.
    ledger : Ledger
        The account of its rows.
    area : Area
        The region's.

    Returns
    -------
    Units
        Of the kind that was written.
    """
    attributes, totals = table.attrs, pd.DataFrame(table[[name for name in table.columns if name not in WHERE]])
    totals.attrs = {}
    if "unit" in table:
        totals.index = pd.Index(table["unit"])
    if attributes["units"] in ("points", "squares"):
        x, y = table["x_m"].to_numpy(np.float64), table["y_m"].to_numpy(np.float64)
        if attributes["units"] == "points":
            return PointUnits(totals, ledger, x, y, attributes["spacing_m"])
        return SquareUnits(totals, ledger, x, y, attributes["size_m"], area.crs)
    if attributes["units"] == "shapes":
        return ShapeUnits(totals, ledger, table["geometry"].to_numpy())
    if attributes["units"] == "pixels":
        crs = CRS.from_wkt(attributes["crs"])
        from rasterio.transform import Affine  # noqa: PLC0415  # only rasters need its library

        return PixelUnits(
            totals, ledger, Affine(*attributes["transform"]), attributes["width"], attributes["height"], crs, area.crs
        )
    return TotalUnits(totals, ledger, area.polygon)
