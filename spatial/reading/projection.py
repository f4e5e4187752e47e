"""The one place where coordinates change CRS, and where wrong ones are refused, saying what they look like.

All transformations are x first (``always_xy``): EPSG:5179 and 5186 are northing first in the registry, and swapping
the axes silently is the commonest fault in Korean data.
"""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
from numpy.typing import ArrayLike, NDArray
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError

from geojeom.errors import Fault, SourceError, raise_if_any
from spatial.reading.datum import meant
from spatial.reading.provenance import Ledger

Floats = NDArray[np.float64]
Box = tuple[float, float, float, float]
DEGREES = CRS.from_epsg(4326)
KOREA = CRS.from_epsg(5179)
# Where coordinates in metres lie that can only be EPSG:5179 (x first).
KOREA_RANGE = (7e5, 1.3e6, 1.4e6, 2.1e6)
# The belts all count from (200000, 600000): a place of one is a place of each, 2 degrees on. Before them they counted
# from (200000, 500000), on Bessel's ellipsoid or GRS80, which lie some 300 m apart and cannot be told by range at all.
BELT_RANGE = (0.9e5, -0.6e5, 6e5, 7e5)
BELTS = (5185, 5186, 5187, 5188)
OLD_BELTS = {5180: 5173, 5181: 5174, 5182: 5175, 5183: 5176, 5184: 5177}
# South Korea with its islands and seas, degrees.
KOREA_DEGREES = (124.0, 32.5, 132.5, 39.5)


@dataclass(frozen=True)
class Extent:
    """A box (west, south, east, north) in degrees that coordinates are expected in, and its name for messages.

    ``region`` is the region's own box, where it is known: what is read before the boundary cannot be held to it.
    """

    west: float
    south: float
    east: float
    north: float
    name: str
    region: Box | None = None

    def holds(self, lon: ArrayLike, lat: ArrayLike) -> NDArray[np.bool_]:
        """Which points lie in the box; NaN does not.

        Parameters
        ----------
        lon, lat : array (n,)
            Degrees.

        Returns
        -------
        bool (n,)
            The border belongs to the box.
        """
        x, y = np.asarray(lon, float), np.asarray(lat, float)
        return (x >= self.west) & (x <= self.east) & (y >= self.south) & (y <= self.north)


def expected(country: str, bounds: Box | None = None) -> Extent:
    """Where a region's sources may lie: Korea for Korean regions, else 5 degrees around the region, else the world.

    Parameters
    ----------
    country : str
        Two letters (ISO 3166).
    bounds : Box, optional
        The region's own, in degrees, where it is known.

    Returns
    -------
    Extent
        In degrees.
    """
    if country == "KR":
        return Extent(*KOREA_DEGREES, "Korea", bounds)
    if bounds is None:
        return Extent(-180, -90, 180, 90, "the world")
    west, south, east, north = bounds
    return Extent(west - 5, max(south - 5, -90), east + 5, min(north + 5, 90), "the region's surroundings", bounds)


def crs_of(text: str, file: str) -> CRS:
    """A CRS named in the region file.

    Parameters
    ----------
    text : str
        Its name, such as EPSG:5179.
    file : str
        The file it is of, as the fault names it.

    Returns
    -------
    CRS
        As the registry has it.

    Raises
    ------
    SourceError
        Where there is none of that name.
    """
    try:
        return CRS.from_user_input(text)
    except CRSError:
        raise SourceError(
            Fault(file, "a CRS such as EPSG:5179", repr(text), "Write the EPSG code of the file.", column="crs")
        ) from None


def region_crs(country: str, declared: str | None, bounds: Box, file: str) -> CRS:
    """The metric CRS a region is analysed in: the declared one, EPSG:5179 in Korea, else the UTM zone of its centre."""
    if declared is not None:
        crs = meant(crs_of(declared, file), (0, 0, 0, 0), file, Ledger("region")) or crs_of(declared, file)
        if not crs.is_projected or crs.axis_info[0].unit_conversion_factor != 1:
            raise SourceError(
                Fault(file, "a projected CRS in metres", crs.name, "Name a metric CRS, or leave crs out.", column="crs")
            )
        return crs
    if country == "KR":
        return KOREA
    lon, lat = (bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2
    zone = int((lon + 180) // 6) % 60 + 1
    return CRS.from_epsg((32600 if lat >= 0 else 32700) + zone)


def settle(
    frame: gpd.GeoDataFrame, file: str, declared: str | None, extent: Extent, ledger: Ledger
) -> gpd.GeoDataFrame:
    """Give a frame its true CRS and return it in degrees, or refuse it saying what its coordinates look like.

    ``declared`` (region file) wins over the file's own CRS. A file without either is accepted only where its
    coordinate range leaves no doubt, and the ledger says so.
    Raises SourceError for lat/lon swapped, degrees for metres and the reverse, and coordinates outside ``extent``.
    """
    crs = crs_of(declared, file) if declared else frame.crs
    x0, y0, x1, y1 = (float(v) for v in frame.total_bounds)
    if crs is not None:
        crs = meant(crs, (x0, y0, x1, y1), file, ledger)
    if crs is None:
        crs, why = _guess((x0, y0, x1, y1), extent)
        if crs is None:
            raise SourceError(
                Fault(
                    file,
                    "a coordinate reference system (.prj)",
                    f"none, and coordinates {_span(x0, y0, x1, y1)} that {why}",
                    "Add the .prj file, or give `crs:` beside the path in the region file.",
                )
            )
        ledger.note("nocrs", crs=crs.to_string())
    frame = frame.set_crs(crs, allow_override=True)
    _refuse_impossible((x0, y0, x1, y1), crs, extent, file)
    if crs.is_geographic:
        _refuse_single(frame, extent, file)
    degrees = frame.to_crs(DEGREES)
    west, south, east, north = (float(v) for v in degrees.total_bounds)
    held = (extent.west, extent.south, extent.east, extent.north)
    inside = np.isfinite([west, south, east, north]).all() and _meet((west, south, east, north), held)
    if not inside:
        raise SourceError(
            Fault(
                file,
                f"coordinates in {extent.name}",
                f"{_span(x0, y0, x1, y1)} in {crs.to_string()}, which is elsewhere"
                + (": these look like x and y swapped" if _guess((y0, x0, y1, x1), extent)[0] else ""),
                "Check the file's CRS and its axis order (x is longitude or easting).",
            )
        )
    _refuse_mistaken((x0, y0, x1, y1), (west, south, east, north), crs, extent, file)
    return degrees


def _refuse_mistaken(bounds: Box, degrees: Box, crs: CRS, extent: Extent, file: str) -> None:
    """Refuse coordinates that miss the region, and would not with x and y exchanged or by another of Korea's belts.

    Belts differ by their middle, and by what they count from: 600,000, once 500,000, in Jeju 550,000.
    """
    if extent.region is None or _meet(degrees, extent.region) or not crs.is_projected:
        return
    x0, y0, x1, y1 = bounds
    if _meet(_box((y0, x0, y1, x1), crs), extent.region):
        looks = "with x and y exchanged they would lie there"
    elif extent.name == "Korea" and (
        fit := [epsg for epsg in (*BELTS, *OLD_BELTS) if _meet(_box(bounds, CRS.from_epsg(epsg)), extent.region)]
    ):
        looks = "they would lie there by " + " or ".join(f"EPSG:{epsg}" for epsg in fit)
    else:
        return
    raise SourceError(
        Fault(
            file,
            "coordinates in the region",
            f"{_span(x0, y0, x1, y1)} in {crs.to_string()}, which miss it: {looks}",
            "Name the file's true CRS in the region file (`crs:`), or correct the file.",
        )
    )


def _box(bounds: Box, crs: CRS) -> Box:
    """The box of two opposite corners in degrees."""
    lon, lat = unproject([bounds[0], bounds[2]], [bounds[1], bounds[3]], crs)
    return float(lon[0]), float(lat[0]), float(lon[1]), float(lat[1])


def _meet(one: Box, other: Box) -> bool:
    """Whether two boxes (west, south, east, north) have a point in common."""
    return one[0] <= other[2] and one[2] >= other[0] and one[1] <= other[3] and one[3] >= other[1]


def lonlat(lon: Floats, lat: Floats, file: str, extent: Extent, ledger: Ledger) -> tuple[Floats, Floats]:
    """Check columns of degrees, and mend rows whose two are swapped.

    A row is mended only when that is certain: it lies outside ``extent`` as written and inside it swapped. Where more
    than half of the rows are swapped the columns are named the wrong way round, and the file is refused.

    Parameters
    ----------
    lon, lat : float64 (n,)
        Degrees, NaN where unknown.
    file : str
        The file, as faults name it.
    extent : Extent
        Where they may lie.
    ledger : Ledger
        Gets how many are mended and lost.

    Returns
    -------
    lon, lat : float64 (n,)
        Degrees, NaN where impossible.

    Raises
    ------
    SourceError
        Where most rows are swapped, or look like metres.
    """
    known = np.isfinite(lon) & np.isfinite(lat)
    ledger.drop("drop.coordinates", int((~known).sum()))
    right = known & extent.holds(lon, lat)
    swapped = known & ~right & extent.holds(lat, lon)
    metres = known & ((np.abs(lon) > 1_000) | (np.abs(lat) > 1_000))
    if known.any() and 2 * swapped.sum() > known.sum():
        first = int(np.flatnonzero(swapped)[0])
        raise SourceError(
            Fault(
                file,
                f"longitude and latitude in {extent.name}",
                f"({lon[first]:g}, {lat[first]:g}) and {int(swapped.sum())} of {len(lon)} rows like it: "
                "these look like lat/lon swapped",
                "Exchange `lon:` and `lat:` in the region file.",
                row=first + 1,
            )
        )
    if known.any() and 2 * metres.sum() > known.sum():
        first = int(np.flatnonzero(metres)[0])
        raise SourceError(
            Fault(
                file,
                "longitude and latitude in degrees",
                f"({lon[first]:g}, {lat[first]:g}): these look like metres",
                "Give columns in degrees (EPSG:4326), or convert the file.",
                row=first + 1,
            )
        )
    ledger.repair("mend.swapped", int(swapped.sum()))
    lost = known & ~right & ~swapped
    ledger.drop("drop.beyond", int(lost.sum()), extent=extent.name)
    if lost.any():
        shown = ", ".join(f"row {at + 1} ({lon[at]:g}, {lat[at]:g})" for at in np.flatnonzero(lost)[:5])
        ledger.note("misplaced", list=shown)
    x = np.where(right, lon, np.where(swapped, lat, np.nan))
    y = np.where(right, lat, np.where(swapped, lon, np.nan))
    return x, y


def project(lon: ArrayLike, lat: ArrayLike, crs: CRS) -> tuple[Floats, Floats]:
    """Degrees to metres of ``crs``, x first.

    Parameters
    ----------
    lon, lat : array (n,)
        Degrees (WGS 84).
    crs : CRS
        The target.

    Returns
    -------
    x_m, y_m : float64 (n,)
        Metres.
    """
    return convert(lon, lat, DEGREES, crs)


def unproject(x_m: ArrayLike, y_m: ArrayLike, crs: CRS) -> tuple[Floats, Floats]:
    """Metres of ``crs`` to degrees, longitude first.

    Parameters
    ----------
    x_m, y_m : array (n,)
        Metres.
    crs : CRS
        Theirs.

    Returns
    -------
    lon, lat : float64 (n,)
        Degrees (WGS 84).
    """
    return convert(x_m, y_m, crs, DEGREES)


def convert(x: ArrayLike, y: ArrayLike, source: CRS, target: CRS) -> tuple[Floats, Floats]:
    """Coordinates from one CRS to another, x first in both.

    Parameters
    ----------
    x, y : array (n,)
        In the units of ``source``.
    source, target : CRS
        From which to which.

    Returns
    -------
    x, y : float64 (n,)
        In the units of ``target``; infinite where it has no such place.
    """
    out = Transformer.from_crs(source, target, always_xy=True).transform(np.asarray(x, float), np.asarray(y, float))
    return np.asarray(out[0], float), np.asarray(out[1], float)


def _guess(bounds: Box, extent: Extent) -> tuple[CRS | None, str]:
    """The CRS a coordinate range leaves no doubt about, or none and what it looks like."""
    x0, y0, x1, y1 = bounds
    if extent.name == "Korea":
        if _within(bounds, KOREA_RANGE):
            return KOREA, ""
        if _within((y0, x0, y1, x1), KOREA_RANGE):
            return None, "look like EPSG:5179 with x and y swapped"
        if _within(bounds, BELT_RANGE):
            return _belt(bounds, extent)
    box = (extent.holds([x0], [y0]) & extent.holds([x1], [y1])).all()
    if box and extent.name != "the world":
        return DEGREES, ""
    if extent.name != "the world" and (extent.holds([y0], [x0]) & extent.holds([y1], [x1])).all():
        return None, "look like lat/lon swapped"
    return None, "fit no CRS without doubt"


def _within(bounds: Box, limits: Box) -> bool:
    return bool(limits[0] <= bounds[0] and limits[1] <= bounds[1] and bounds[2] < limits[2] and bounds[3] < limits[3])


def _belt(bounds: Box, extent: Extent) -> tuple[CRS | None, str]:
    """The one belt that brings the coordinates to the region, or none: which it is does not show in the figures."""
    if extent.region is None:
        return None, "may be of any of Korea's belts (EPSG:5185 to 5188, or the old 5173 to 5184), far from one another"
    fit = [epsg for epsg in (*BELTS, *OLD_BELTS) if _meet(_box(bounds, CRS.from_epsg(epsg)), extent.region)]
    if len(fit) == 1 and fit[0] in BELTS:
        return CRS.from_epsg(fit[0]), ""
    if len(fit) == 1:
        return None, f"may be EPSG:{fit[0]} or EPSG:{OLD_BELTS[fit[0]]}, which lie some 300 m apart"
    if not fit:
        return None, "lie in the region by none of Korea's belts"
    return None, "lie in the region by several of Korea's belts: " + ", ".join(f"EPSG:{epsg}" for epsg in fit)


def _refuse_impossible(bounds: Box, crs: CRS, extent: Extent, file: str) -> None:
    x0, y0, x1, y1 = bounds
    degrees_range = abs(x0) <= 180 and abs(x1) <= 180 and abs(y0) <= 180 and abs(y1) <= 180
    looks = ""
    if crs.is_geographic:
        if not degrees_range:
            looks = "these look like metres"
        elif (not extent.holds([x0, x1], [y0, y1]).any()) and (
            max(abs(y0), abs(y1)) > 90 if extent.name == "the world" else extent.holds([y0, y1], [x0, x1]).all()
        ):
            looks = "these look like lat/lon swapped"
    elif degrees_range:
        looks = "these look like degrees"
    if looks:
        raise SourceError(
            Fault(
                file,
                f"coordinates of {crs.to_string()} with x first",
                f"{_span(x0, y0, x1, y1)}: {looks}",
                "Name the file's true CRS in the region file (`crs:`), or correct the file.",
            )
        )


def _refuse_single(frame: gpd.GeoDataFrame, extent: Extent, file: str) -> None:
    """Refuse rows that lie elsewhere as they are and in the extent once swapped, where others are right."""
    x0, y0, x1, y1 = frame.bounds.to_numpy().T
    there = extent.holds(x0, y0) & extent.holds(x1, y1)
    swapped = ~there & extent.holds(y0, x0) & extent.holds(y1, x1)
    raise_if_any(
        SourceError,
        [
            Fault(
                file,
                f"coordinates in {extent.name}",
                f"{_span(x0[at], y0[at], x1[at], y1[at])}: these look like lat/lon swapped",
                "Exchange the coordinates of this row.",
                row=int(frame.index[at]) + 1,
                column="geometry",
            )
            for at in np.flatnonzero(swapped)[:20]
        ],
    )


def _span(x0: float, y0: float, x1: float, y1: float) -> str:
    return f"x {x0:g} to {x1:g}, y {y0:g} to {y1:g}"
