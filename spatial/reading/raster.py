"""GeoTIFF as it says of itself what its numbers are, where they lie and where it knows nothing (docs/files.md).

Only windows are read. What a number may be (a count, a height) is for the readers above: they get unknown pixels as
NaN, and are told which stand at the end of what their type can hold, as voids that are not declared often do.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import rasterio
from numpy.typing import NDArray
from pyproj import CRS
from pyproj.exceptions import CRSError, ProjError
from rasterio._err import CPLE_BaseError  # what GDAL says has no public name in rasterio
from rasterio.enums import ColorInterp, MaskFlags
from rasterio.transform import Affine
from rasterio.windows import Window

from geojeom.errors import Fault, SourceError, raise_if_any
from geojeom.messages import Remark
from spatial.reading.datum import meant
from spatial.reading.formats import hold_tiff
from spatial.reading.projection import DEGREES, Box, convert
from spatial.reading.provenance import Ledger

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
# A tile or strip is unpacked whole, however little of it is wanted; common ones hold 1 MB.
BLOCK_MAX_BYTES = 2**28
# Pixels that are in memory at once while a window is read piece by piece.
PIECE = 2**23
# What GDAL's errors are in rasterio; the rest is raised by damaged headers.
READING = (rasterio.errors.RasterioError, CPLE_BaseError, UnicodeDecodeError, OverflowError, ValueError, MemoryError)


class Part(NamedTuple):
    """A window of a raster, and the transform from its pixels (column, row) to the raster's CRS."""

    window: Window
    transform: Affine


class Pixels(NamedTuple):
    """Numbers of a window in their unit, NaN where unknown; and those at the end of what their type can hold."""

    values: Floats
    capped: Bools


@dataclass(frozen=True)
class Raster:
    """The one band of an open GeoTIFF: value = stored number x ``scale`` + ``offset``, in ``unit`` ("" for none named).

    ``voids`` are the stored numbers that mean unknown; ``crs`` is that of x and y, ``vertical`` that of heights.
    """

    source: rasterio.DatasetReader
    path: str
    transform: Affine
    crs: CRS
    vertical: CRS | None
    scale: float
    offset: float
    unit: str
    about: str
    voids: tuple[float, ...]
    notes: tuple[Remark, ...] = ()

    def part(self, box: Box, margin: int = 0) -> Part:
        """The pixels that touch a box in degrees, and some more around.

        Rows may run either way and the raster may be turned. Longitudes of 0 to 360 degrees are understood.

        Parameters
        ----------
        box : Box
            West, south, east, north in degrees.
        margin : int
            Pixels more on every side.

        Returns
        -------
        Part
            Within the raster.

        Raises
        ------
        SourceError
            Where there are none.
        """
        lon, lat = _outline(*box)
        x, y = convert(lon, lat, DEGREES, self.crs)
        for shift in (0.0, 360.0, -360.0) if self.crs.is_geographic else (0.0,):
            column, row = ~self.transform @ (x + shift, y)
            held = np.isfinite(column) & np.isfinite(row)
            if not held.any():
                continue
            left, right = _span(column[held], margin, self.source.width)
            top, low = _span(row[held], margin, self.source.height)
            if right > left and low > top:
                window = Window(left, top, right - left, low - top)
                return Part(window, Affine.translation(-shift, 0) @ self.transform @ Affine.translation(left, top))
        raise SourceError(
            Fault(self.path, "pixels inside the region", "none", "Check that the raster covers the region.")
        )

    def read(self, window: Window) -> Pixels:
        """The numbers of a window.

        Parameters
        ----------
        window : Window
            Within the raster.

        Returns
        -------
        Pixels
            float64 and bool (rows, columns).

        Raises
        ------
        SourceError
            Where the file is damaged there.
        """
        try:
            raw = self.source.read(1, window=window)
            unknown = np.isnan(raw) if raw.dtype.kind == "f" else np.zeros(raw.shape, dtype=bool)
            if MaskFlags.per_dataset in self.source.mask_flag_enums[0]:
                unknown |= self.source.read_masks(1, window=window) == 0
            for at, meaning in enumerate(self.source.colorinterp, 1):
                if meaning == ColorInterp.alpha:
                    unknown |= self.source.read(at, window=window) == 0
        except READING as error:
            raise _damaged(self.path, error) from None
        for void in self.voids:
            with np.errstate(over="ignore"):
                unknown |= raw == (raw.dtype.type(void) if raw.dtype.kind == "f" else void)
        capped = np.zeros(raw.shape, dtype=bool)
        if raw.dtype.kind in "iu":
            ends = np.iinfo(raw.dtype)
            capped = ((raw == ends.max) | ((raw == ends.min) & (ends.min < 0))) & ~unknown
        with np.errstate(over="ignore", invalid="ignore"):
            values = raw.astype(np.float64) * self.scale + self.offset
        values[unknown] = np.nan
        return Pixels(values, capped)

    def pieces(self, window: Window, rows: int = 1) -> Iterator[Window]:
        """A window as strips of a bounded number of pixels, each a whole multiple of ``rows`` high but for the last.

        Parameters
        ----------
        window : Window
            Within the raster.
        rows : int
            What the height of a strip is a multiple of.

        Yields
        ------
        Window
            From the top.
        """
        high = max(PIECE // max(window.width, 1) // rows, 1) * rows
        for top in range(0, window.height, high):
            low = min(top + high, window.height)
            yield Window(window.col_off, window.row_off + top, window.width, low - top)

    def reach(self, ledger: Ledger) -> None:
        """Write the whole raster's size and extent into the account.

        Parameters
        ----------
        ledger : Ledger
            The source's.
        """
        ledger.read = self.source.width * self.source.height
        column, row = _outline(0, 0, self.source.width, self.source.height)
        x, y = self.transform @ (column, row)
        lon, lat = convert(x, y, self.crs, DEGREES)
        ledger.reach(lon, lat)
        ledger.notes.extend(note for note in self.notes if note not in ledger.notes)
        if (self.scale, self.offset) != (1.0, 0.0):
            ledger.note("offscale", scale=self.scale, offset=self.offset)


@contextmanager
def open_raster(path: str) -> Iterator[Raster]:
    """Open a GeoTIFF of one band for as long as the block runs.

    Parameters
    ----------
    path : str
        The file.

    Yields
    ------
    Raster
        Open.

    Raises
    ------
    SourceError
        With everything about it that leaves in doubt what or where it is.
    """
    hold_tiff(path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", rasterio.errors.NotGeoreferencedWarning)
        # The corner of a "point" raster is half a pixel off its tie point, whatever the environment says.
        with rasterio.Env(GTIFF_POINT_GEO_IGNORE=False):
            try:
                source = rasterio.open(path, driver="GTiff")
            except READING as error:
                raise SourceError(Fault(path, "a raster GDAL can read", str(error)[:200], "Check the file.")) from None
            with source:
                try:
                    raster, faults = _described(source, path)
                except READING as error:
                    raise _damaged(path, error) from None
                raise_if_any(SourceError, faults)
                yield raster


def _described(source: rasterio.DatasetReader, path: str) -> tuple[Raster, list[Fault]]:
    faults: list[Fault] = []

    def refuse(expected: str, found: str, remedy: str) -> None:
        faults.append(Fault(path, expected, found, remedy))

    _refuse_bands(source, refuse)
    stored = source.crs
    crs, vertical = CRS.from_epsg(4326), None
    if stored is None:
        refuse("a raster with a CRS", "none", "Assign one, e.g. `gdal_edit.py -a_srs EPSG:5179 FILE`.")
    else:
        try:
            crs = CRS.from_wkt(stored.to_wkt())
            if crs.is_compound:
                crs, vertical = crs.sub_crs_list[0], crs.sub_crs_list[1]
            trouble = "" if crs.is_geographic or crs.is_projected else f"{crs.name}, which is neither"
        except (CRSError, ProjError, IndexError) as error:
            trouble = str(error)[:100]
        if trouble:
            refuse("a geographic or projected CRS", trouble, "Assign one, e.g. `gdal_edit.py -a_srs EPSG:5179 FILE`.")
    transform = source.transform
    if transform == Affine.identity() and (source.gcps[0] or source.rpcs):
        refuse("pixels in rows and columns of its CRS", "control points only", "Warp it first: `gdalwarp FILE NEW`.")
    elif transform == Affine.identity() or not np.isfinite(transform.determinant) or transform.determinant == 0:
        refuse("where the raster lies (a geotransform)", "none", "Export it again as GeoTIFF, or bring its .tfw along.")
    ledger = Ledger("raster")
    if not faults:
        crs = _tied(crs, source, path, ledger, faults)
    high, wide = source.block_shapes[0]
    held = source.count if source.interleaving and source.interleaving.name == "pixel" else 1
    size = high * wide * np.dtype(source.dtypes[0]).itemsize * held
    if size > BLOCK_MAX_BYTES:
        found = f"some of {size / 2**20:,.0f} MiB"
        remedy = "Tile it: `gdal_translate -co TILED=YES FILE NEW`."
        refuse(f"tiles or strips of at most {BLOCK_MAX_BYTES >> 20} MiB", found, remedy)
    scale, offset, voids = _numbers(source, refuse)
    about = " ".join(filter(None, [source.descriptions[0], source.tags().get("TIFFTAG_IMAGEDESCRIPTION")]))
    unit = (source.units[0] or "").strip()
    return Raster(
        source, path, transform, crs, vertical, scale, offset, unit, about, voids, tuple(ledger.notes)
    ), faults


def _tied(crs: CRS, source: rasterio.DatasetReader, path: str, ledger: Ledger, faults: list[Fault]) -> CRS:
    """The CRS as vector files are held to it too: one whose place on Earth is known."""
    column, row = _outline(0, 0, source.width, source.height)
    x, y = source.transform @ (column, row)
    try:
        return meant(crs, (float(x.min()), float(y.min()), float(x.max()), float(y.max())), path, ledger) or crs
    except SourceError as error:
        faults += error.faults
        return crs


def _refuse_bands(source: rasterio.DatasetReader, refuse: Callable[[str, str, str], None]) -> None:
    """One band of figures: which of several is meant, and what colours or complex numbers count, nobody can tell."""
    bands = [at for at, meaning in enumerate(source.colorinterp) if meaning != ColorInterp.alpha]
    if len(bands) != 1 or bands[0] != 0:
        named = ", ".join(f"{at + 1} {source.descriptions[at] or ''}".strip() for at in bands[:20])
        refuse(
            "one band", f"{len(bands)} ({named})", "Keep the one that is meant: `gdal_translate -b NUMBER FILE NEW`."
        )
    elif source.colorinterp[0] == ColorInterp.palette or source.tags(1).get("LAYER_TYPE") == "thematic":
        refuse("figures", "classes with a colour table", "Name the raster of the figures, not a map of classes.")
    if np.dtype(source.dtypes[0]).kind not in "iuf":
        refuse("real numbers", source.dtypes[0], "Export the part that is meant as float32.")
    if len(source.subdatasets) > 1:
        found = f"{len(source.subdatasets)} images in one file"
        refuse("one image", found, "Keep the one that is meant: `gdal_translate GTIFF_DIR:1:FILE NEW`.")


def _numbers(
    source: rasterio.DatasetReader, refuse: Callable[[str, str, str], None]
) -> tuple[float, float, tuple[float, ...]]:
    """Scale and offset, and the stored numbers that mean unknown, as band and tags give them.

    A nodata value is one of the stored numbers (GDAL), never of those after scale and offset; one that the type cannot
    hold is none.
    """
    scale, offset = float(source.scales[0]), float(source.offsets[0])
    if not np.isfinite([scale, offset]).all() or scale == 0:
        refuse("a scale other than 0 and an offset", f"scale {scale:g}, offset {offset:g}", "Correct them.")
    tags = {name.lower().rpartition("#")[2]: text for name, text in (source.tags() | source.tags(1)).items()}
    for name, used in (("scale_factor", scale), ("add_offset", offset)):
        if name in tags and _number(tags[name]) != used:
            found = f"{used:g} in the header and {tags[name][:40]!r} in a tag"
            refuse(f"one {name}", found, "Say which holds: `gdal_edit.py -scale S -offset O FILE`, and drop the tag.")
    declared = [source.nodatavals[0], *(_number(tags.get(name, "")) for name in ("_fillvalue", "missing_value"))]
    voids = tuple(dict.fromkeys(float(void) for void in declared if void is not None and not np.isnan(void)))
    return scale, offset, voids


def _number(text: str) -> float | None:
    try:
        return float(text.strip().strip("{}"))
    except ValueError:
        return None


def _outline(west: float, south: float, east: float, north: float) -> tuple[Floats, Floats]:
    """Points along the edge of a box: a straight edge in one CRS is a curve in another."""
    edge = np.linspace(0, 1, 21)
    along, up = west + (east - west) * edge, south + (north - south) * edge
    x = np.concatenate([along, along, 0 * edge + west, 0 * edge + east])
    return x, np.concatenate([0 * edge + south, 0 * edge + north, up, up])


def _span(at: Floats, margin: int, size: int) -> tuple[int, int]:
    """First and last + 1 of the whole pixels from a span, within 0 to ``size``."""
    low, high = np.clip([np.floor(at.min()) - margin, np.ceil(at.max()) + margin], 0, size)
    return int(low), int(high)


def _damaged(path: str, error: BaseException) -> SourceError:
    found = f"a damaged one ({(str(error).splitlines() or [type(error).__name__])[0][:100]})"
    return SourceError(Fault(path, "a whole GeoTIFF", found, "Copy or download it again."))
