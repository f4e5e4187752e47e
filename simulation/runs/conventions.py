"""Where and when the dataset's numbers hold, as the CF conventions have other programs read it.

Of CF-1.11 (cfconventions.org): coordinates by standard name, a grid mapping from the region's CRS (5.6), time as days
since the start (4.4). Cells are a list, no raster, and values have a scenario and a service too: no feature type of
chapter 9 fits. ``persons`` and ``KRW`` are no units of UDUNITS, but say more than the ``1`` that CF would have.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import xarray as xr
from numpy.typing import NDArray
from pyproj import CRS, Transformer

CONVENTIONS = "CF-1.11"
# Degrees are kept to about a centimetre.
DEGREE_DIGITS = 7
NO_UNIT = ("cell_index", "inside", "quantile", "reached", "stream", "world")


def last_days(start: str, months: NDArray[Any]) -> NDArray[np.int32]:
    """Days since ``start`` (``YYYY-MM``) of the last day of the ``months`` run; 0, the first day, before any has.

    What has come about by the end of a month bears that month's date, as on the pages: 1 from 2027-01 is 2027-01-31.
    """
    first = np.datetime64(start, "M")
    ends = (first + months.astype("timedelta64[M]")).astype("datetime64[D]") - np.timedelta64(1, "D")
    return np.where(months > 0, (ends - first.astype("datetime64[D]")).astype(int), 0).astype(np.int32)


def placed(data: xr.Dataset, cells: pd.DataFrame, start: str) -> xr.Dataset:
    """The dataset with place, time and units as CF has them; names and dimensions stay.

    ``cells`` is the region's table, of which ``data["cell_index"]`` are row numbers. Adds ``x``, ``y``, ``lon``,
    ``lat`` (cell), ``time`` (month), ``year_end`` (year) and ``crs``; where a table without geometry does not say its
    CRS, there are neither ``crs`` nor degrees.
    """
    dates = {"standard_name": "time", "units": f"days since {start}-01", "calendar": "standard"}
    at = data["cell_index"].to_numpy()
    x_m, y_m = (cells[name].to_numpy(dtype=np.float64)[at] for name in ("x_m", "y_m"))
    east = {"standard_name": "projection_x_coordinate", "long_name": "easting of the cell's centre", "units": "m"}
    north = {"standard_name": "projection_y_coordinate", "long_name": "northing of the cell's centre", "units": "m"}
    last = "last day of the {} that end there (0: the first day of all)"
    result = data.assign_coords(
        x=("cell", x_m, east),
        y=("cell", y_m, north),
        time=("month", last_days(start, data["month"].to_numpy()), {"long_name": last.format("months"), **dates}),
        year_end=("year", last_days(start, 12 * data["year"].to_numpy()), {"long_name": last.format("years"), **dates}),
    )
    crs: CRS | None = getattr(cells, "crs", None)
    if crs is not None:
        lon, lat = Transformer.from_crs(crs, 4326, always_xy=True).transform(x_m, y_m)
        result = result.assign_coords(
            lon=("cell", np.round(lon, DEGREE_DIGITS), _degrees("longitude", "degrees_east")),
            lat=("cell", np.round(lat, DEGREE_DIGITS), _degrees("latitude", "degrees_north")),
        )
        for variable in result.data_vars.values():
            if "cell" in variable.dims:
                variable.attrs["grid_mapping"] = "crs"
        mapping = {"long_name": "coordinate reference system of x and y", **crs.to_cf()}
        result["crs"] = ((), np.int32(0), mapping)
        west, _, east_m, _ = cells.geometry.iloc[0].bounds
        result.attrs["cell_size_m"] = float(east_m - west)
    for name in NO_UNIT:
        if name in result:
            result[name].attrs["units"] = "1"
    for name in ("month", "year"):
        result[name].attrs["units"] = f"{name}s"
    result.attrs["Conventions"] = CONVENTIONS
    return result


def _degrees(name: str, unit: str) -> dict[str, str]:
    return {"standard_name": name, "long_name": f"{name} of the cell's centre (WGS 84)", "units": unit}
