"""Rasters of counts (WorldPop-like), read as a window and made whole numbers per pixel."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pyproj import CRS

from geojeom.errors import Fault, SourceError, raise_if_any
from spatial.config.region import Raster as CountRaster
from spatial.counts.allocate import apportion
from spatial.counts.units import PixelUnits
from spatial.reading.boundary import Area
from spatial.reading.projection import convert, unproject
from spatial.reading.provenance import Account, Ledger
from spatial.reading.raster import Part, Pixels, Raster, open_raster

Floats = NDArray[np.float64]
# As many as a city needs at 30 m; each takes some 300 bytes until it is laid on cells.
PIXELS_MAX = 10_000_000
# More people or jobs than any hectare on earth: Kowloon Walled City, the densest place there was, held up to 50,000 on
# 2.6 ha (Girard & Lambot 1993), and the tallest towers have some 20,000 desks each. A marker of unknown pixels is more.
HECTARE_MAX = 50_000
HA_M2 = 10_000.0
SHARES_M2 = {"km": 1e6, "ha": HA_M2, "m": 1.0}
WHOM = (
    r"(people|persons?|population|pop|inhabitants?|residents?|households?|jobs?|workers?|stops?|counts?|number"
    r"|명|인|사람)?"
)
PER_PIXEL = re.compile(WHOM + r"\s*((per|/)\s*(pixel|px|cell|grid ?cell|격자))?|1|-|none|unitless|dimensionless|ppp")
PER_AREA = re.compile(
    WHOM + r"\s*(?:(?:per|/)\s*(?:sq(?:uare|\.)?\s*(?P<a>km|k?m|kilomet(?:er|re)s?|met(?:er|re)s?)|(?P<b>k?m)\^?2)"
    r"|(?:per|/)?\s*(?P<c>k?m)\^?-2|(?:per|/)\s*(?P<d>ha|hectares?))"
)
DENSITY = re.compile(r"densit|밀도|(per|/) ?(sq|km|ha\b)|km-?2", re.IGNORECASE)


def read_raster(spec: CountRaster, area: Area, ledger: Ledger, account: Account) -> PixelUnits:
    """The pixels that touch the region's box, each a unit; fractions are rounded together, keeping their sum.

    Densities become counts by each pixel's area. Raises SourceError for a raster that leaves in doubt what it counts
    or where, has pixels that are no count, or too many of them.
    """
    path, column = spec.path, spec.gives
    with open_raster(path) as raster:
        share_m2 = _share_m2(raster)
        part = raster.part(area.degrees)
        width, height = int(part.window.width), int(part.window.height)
        if width * height > PIXELS_MAX:
            remedy = "Add them up to larger ones: `gdalwarp -r sum -tr 100 100 -tap FILE NEW` (in a metric CRS)."
            raise SourceError(
                Fault(path, f"at most {PIXELS_MAX:,} pixels in the region's box", f"{width * height:,}", remedy)
            )
        pixels = raster.read(part.window)
        areas_m2 = _areas_m2(part, raster.crs)
        raster.reach(ledger)
    if share_m2 is not None:
        unit = raster.unit
        pixels = Pixels(pixels.values * areas_m2 / share_m2, pixels.capped)
        ledger.note("density", unit=unit)
    raise_if_any(SourceError, _implausible(path, pixels, areas_m2, part))
    values = pixels.values.ravel()
    known = np.isfinite(values)
    if not known.any():
        raise SourceError(Fault(path, "pixels inside the region", "none", "Check that the raster covers the region."))
    ledger.kept = int(known.sum())
    ledger.drop("drop.pixels", ledger.read - len(values))
    ledger.drop("drop.nodata", int((~known).sum()))
    whole = np.zeros(len(values), dtype=np.int64)
    total = np.array([round(float(values[known].sum()))])
    whole[known] = apportion(total, np.zeros(int(known.sum()), dtype=np.int64), values[known])
    account.estimate(column, "estimate.rounded")
    totals = pd.DataFrame({column: pd.array(whole, dtype="Int64")})
    totals.loc[~known, column] = pd.NA
    return PixelUnits(totals, ledger, part.transform, width, height, raster.crs, area.crs)


def _share_m2(raster: Raster) -> float | None:
    """The area a figure is for where the band's unit says a density, None for counts per pixel."""
    unit = " ".join(raster.unit.lower().replace("²", "2").replace("㎢", "km2").replace("_", " ").split())
    if match := PER_AREA.fullmatch(unit):
        name = next(text for key, text in match.groupdict().items() if text)
        return SHARES_M2["ha" if name.startswith("h") else "km" if name.startswith("k") else "m"]
    if not PER_PIXEL.fullmatch(unit):
        remedy = "Bring it to that unit and say so: `gdal_edit.py -units people FILE`; `people/km2` is read too."
        raise SourceError(Fault(raster.path, "counts per pixel", f"the unit {raster.unit!r}", remedy))
    if not unit and DENSITY.search(raster.about):
        remedy = "Say what its numbers are: `gdal_edit.py -units people/km2 FILE`, or `-units people` for counts."
        raise SourceError(Fault(raster.path, "counts per pixel", f"a band described as {raster.about[:60]!r}", remedy))
    return None


def _areas_m2(part: Part, crs: CRS) -> Floats:
    """The area of each pixel of a window, in m²: its corners in an equal-area projection centred on the window."""
    width, height = int(part.window.width), int(part.window.height)
    middle = part.transform @ (width / 2, height / 2)
    lon, lat = unproject(middle[0], middle[1], crs)
    flat = CRS.from_proj4(f"+proj=laea +lat_0={lat} +lon_0={lon} +units=m")
    column, row = np.meshgrid(np.arange(width + 1.0), np.arange(height + 1.0))
    px, py = part.transform @ (column, row)
    x, y = convert(px, py, crs, flat)
    # Half the cross product of the diagonals.
    ax, ay = x[1:, 1:] - x[:-1, :-1], y[1:, 1:] - y[:-1, :-1]
    bx, by = x[1:, :-1] - x[:-1, 1:], y[1:, :-1] - y[:-1, 1:]
    return np.asarray(np.abs(ax * by - ay * bx) / 2)


def _implausible(path: str, pixels: Pixels, areas_m2: Floats, part: Part) -> list[Fault]:
    """A fault for each way in which pixels can be no count, with how many they are and the first of them."""
    values = pixels.values
    most = HECTARE_MAX * np.maximum(areas_m2 / HA_M2, 1)
    with np.errstate(invalid="ignore"):
        kinds = {
            "counts, 0 or more": ("negative", values < 0),
            "counts below the largest number of their type": ("unknown or cut off", pixels.capped & (values >= 0)),
            f"at most {HECTARE_MAX:,} in a hectare": ("more than anywhere on earth", ~pixels.capped & (values > most)),
        }
    faults = []
    for expected, (what, where) in kinds.items():
        if where.any():
            row, column = (int(at[0]) for at in np.nonzero(where))
            which = f"pixel (column {column + part.window.col_off}, row {row + part.window.row_off})"
            found = f"{int(where.sum())} {what} pixels" if what == "negative" else f"{int(where.sum())} pixels {what}"
            remedy = f"Set the raster's nodata value, if {values[row, column]:g} means unknown; else correct it."
            faults.append(Fault(path, expected, found, remedy, row=which))
    return faults
