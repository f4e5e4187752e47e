"""The ground: height and slope from a DEM, in metres on the region's own squares."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pyproj import CRS
from rasterio.enums import Resampling
from rasterio.transform import Affine, from_origin
from rasterio.warp import reproject, transform_bounds

from geojeom.errors import Fault, SourceError
from spatial.reading.projection import convert
from spatial.reading.provenance import Ledger
from spatial.reading.raster import Part, Raster, open_raster
from spatial.reading.square_grid import SquareGrid

Floats = NDArray[np.float64]
Heights = NDArray[np.float32]
# The shore of the Dead Sea, the lowest land, falls by a metre a year: -430 m in 2015 (Israel Oceanographic and
# Limnological Research), lower since; Everest is 8,848.86 m high (governments of Nepal and China 2020).
LOWEST_M, HIGHEST_M = -450.0, 8850.0
# A minute's reading: 1 m pixels of a county's box of 1,000 km².
PIXELS_MAX = 1_000_000_000
# Points at which slopes are taken; ten a side of each square as long as that is no more than these.
SAMPLES_MAX = 50_000_000
US_FOOT_M = 1200 / 3937
HEIGHTS_M = {
    **dict.fromkeys(["m", "metre", "metres", "meter", "meters", "미터"], 1.0),
    **dict.fromkeys(["ft", "foot", "feet", "international foot"], 0.3048),
    **dict.fromkeys(["us-ft", "ftus", "us survey foot", "us survey feet", "foot us"], US_FOOT_M),
    **dict.fromkeys(["dm", "decimetre", "decimetres", "decimeter", "decimeters"], 0.1),
    **dict.fromkeys(["cm", "centimetre", "centimetres", "centimeter", "centimeters"], 0.01),
    **dict.fromkeys(["mm", "millimetre", "millimetres", "millimeter", "millimeters"], 0.001),
    **dict.fromkeys(["km", "kilometre", "kilometres", "kilometer", "kilometers"], 1000.0),
}
# Steeper ground is not counted as developable [D]: a common planning limit; ordinances differ.
SLOPE_LIMIT_DEG = 15.0


@dataclass(frozen=True)
class Terrain:
    """Per square of a lattice: mean height, mean slope, and the share of it steeper than the limit; NaN off the DEM."""

    elevation_m: Floats
    slope_deg: Floats
    steep_share: Floats


def read_terrain(path: str, lattice: SquareGrid, crs: CRS, ledger: Ledger) -> Terrain:
    """Read the terrain of a lattice from a GeoTIFF of heights.

    The DEM is brought to the region's CRS at about its own resolution, a whole fraction of the square, so that slopes
    are per metre of ground. Slope is Horn's (``horn_slope_deg``).

    Parameters
    ----------
    path
        The GeoTIFF, in any CRS, in metres where it names no other unit.
    lattice
        The squares.
    crs
        The region's CRS, metric.
    ledger
        Where the source's account is kept.

    Returns
    -------
    Terrain
        Height in metres and slope in degrees of each square, NaN off the DEM.

    Raises
    ------
    SourceError
        For heights that are none on earth, an unknown unit, a raster too large to be read.
    """
    size = lattice.size_m
    edge = SquareGrid(size, lattice.west - size, lattice.south - size, lattice.columns + 2, lattice.rows + 2)
    # One ring of squares more, so that slopes at the window's edge have their neighbours.
    with open_raster(path) as raster:
        unit_m = _unit_m(raster)
        box = transform_bounds(crs.to_wkt(), "EPSG:4326", *edge.bounds())
        step_m = _pixel_m(raster.part(box), raster.crs, crs)
        fine = int(np.clip(round(size / step_m), 1, min(10, max(int(np.sqrt(SAMPLES_MAX / len(edge))), 1))))
        step = size / fine
        block = max(int(step / step_m), 1)
        known, part = _heights(raster, raster.part(box, margin=4 * block), block, unit_m, ledger)
        source_crs = raster.crs.to_wkt()
        raster.reach(ledger)
    _hold_some(known, path)
    ledger.drop("drop.pixels", ledger.read - int(part.window.width) * int(part.window.height))
    height = np.full((edge.rows * fine, edge.columns * fine), np.nan)
    reproject(
        known,
        height,
        src_transform=part.transform @ Affine.scale(block),
        src_crs=source_crs,
        src_nodata=np.nan,
        dst_transform=from_origin(edge.west, edge.south + edge.rows * size, step, step),
        dst_crs=crs.to_wkt(),
        dst_nodata=np.nan,
        resampling=Resampling.bilinear if step_m <= 1.5 * step else Resampling.cubic_spline,
    )
    _hold_some(height, path)
    height = height[::-1]
    slope = horn_slope_deg(height, step)
    inner = (slice(fine, -fine), slice(fine, -fine))
    steep = np.where(np.isfinite(slope), slope > SLOPE_LIMIT_DEG, np.nan)
    return Terrain(*(_mean(values[inner], fine).ravel() for values in (height, slope, steep)))


def _hold_some(height: Floats | Heights, path: str) -> None:
    """SourceError where no height is known."""
    if not np.isfinite(height).any():
        remedy = "Check that the DEM covers the region and names its CRS."
        raise SourceError(Fault(path, "heights inside the region", "none", remedy))


def horn_slope_deg(height: Floats, step_m: float) -> Floats:
    """Slope by Horn's weights (1, 2, 1) on the 3 x 3 window.

    Parameters
    ----------
    height : float64 (rows, columns)
        Metres.
    step_m : float
        Size of a pixel.

    Returns
    -------
    float64 (rows, columns)
        Degrees; NaN at the rim and beside unknown heights.

    References
    ----------
    Horn 1981, Hill shading and the reflectance map, Proc. IEEE 69(1).
    """
    slope = np.full(height.shape, np.nan)
    n, s, e, w = (slice(0, -2), slice(2, None), slice(2, None), slice(0, -2))
    mid = slice(1, -1)
    east = height[n, e] + 2 * height[mid, e] + height[s, e]
    west = height[n, w] + 2 * height[mid, w] + height[s, w]
    northern = height[n, w] + 2 * height[n, mid] + height[n, e]
    southern = height[s, w] + 2 * height[s, mid] + height[s, e]
    slope[1:-1, 1:-1] = np.degrees(np.arctan(np.hypot(east - west, northern - southern) / (8 * step_m)))
    return slope


def _unit_m(raster: Raster) -> float:
    """Metres per unit of the heights, by the band's unit or the vertical CRS; metres where neither says anything."""
    named = HEIGHTS_M.get(raster.unit.lower().replace("_", " "))
    if raster.unit and named is None:
        remedy = "Bring the heights to metres and say so: `gdal_edit.py -units m FILE`."
        raise SourceError(Fault(raster.path, "heights in metres or feet", f"the unit {raster.unit!r}", remedy))
    if raster.vertical is None:
        return named or 1.0
    axis = raster.vertical.axis_info[0]
    if axis.direction != "up":
        remedy = "Name the raster of heights, not of depths."
        raise SourceError(Fault(raster.path, "heights upwards", f"{raster.vertical.name}, {axis.direction}", remedy))
    if named is not None and not np.isclose(named, axis.unit_conversion_factor, rtol=1e-3):
        found = f"{raster.unit} for the band and {axis.unit_name} for {raster.vertical.name}"
        raise SourceError(Fault(raster.path, "one unit of height", found, "Correct it: `gdal_edit.py -units m FILE`."))
    return named or float(axis.unit_conversion_factor)


def _heights(raster: Raster, part: Part, block: int, unit_m: float, ledger: Ledger) -> tuple[Heights, Part]:
    """Heights of a window in metres, NaN where unknown: the mean of each block x block pixels, half of them known.

    Read strip by strip, so that memory goes by what is returned. No land lies as low or high as what is left out.
    """
    width, height = int(part.window.width), int(part.window.height)
    if width * height > PIXELS_MAX:
        remedy = "Bring it to 10 m first: `gdalwarp -r average -tr 10 10 FILE NEW` (in a metric CRS)."
        raise SourceError(
            Fault(raster.path, f"at most {PIXELS_MAX:,} pixels in the region's box", f"{width * height:,}", remedy)
        )
    parts, strange, lost = [], 0, 0
    for piece in raster.pieces(part.window, block):
        values, capped = raster.read(piece)
        values *= unit_m
        with np.errstate(invalid="ignore"):
            bad = ~np.isnan(values) & (capped | (values < LOWEST_M) | (values > HIGHEST_M))
        lost += int(np.isnan(values).sum())
        strange += int(bad.sum())
        values[bad] = np.nan
        rest = (-values.shape[0] % block, -values.shape[1] % block)
        padded = np.pad(values, ((0, rest[0]), (0, rest[1])), constant_values=np.nan)
        parts.append(_mean(padded, block).astype(np.float32))
    ledger.drop("drop.nodata", lost)
    ledger.drop("drop.heights", strange)
    ledger.kept = width * height - lost - strange
    if unit_m != 1:
        ledger.note("metres", unit=unit_m)
    return np.concatenate(parts), part


def _pixel_m(part: Part, raster_crs: CRS, crs: CRS) -> float:
    """The shorter side of the pixel in the middle of a window, in metres of the region's CRS."""
    column, row = part.window.width / 2, part.window.height / 2
    px, py = part.transform @ (column + np.array([0, 1, 0]), row + np.array([0, 0, 1]))
    x, y = convert(px, py, raster_crs, crs)
    return float(np.hypot(x[1:] - x[0], y[1:] - y[0]).min())


def _mean(values: Floats, fine: int) -> Floats:
    """Mean of the known values of each fine x fine block; NaN where fewer than half are known."""
    blocks = values.reshape(values.shape[0] // fine, fine, values.shape[1] // fine, fine)
    known = np.isfinite(blocks).sum(axis=(1, 3))
    total = np.nansum(blocks, axis=(1, 3))
    return np.where(2 * known >= fine * fine, total / np.maximum(known, 1), np.nan)
