"""How a CRS lies on the Earth: whether its datum is tied to WGS 84, and which CRS is meant where it is not."""

from __future__ import annotations

import math

from pyproj import CRS, Transformer
from pyproj.exceptions import ProjError
from pyproj.transformer import AreaOfInterest, TransformerGroup

from geojeom.errors import Fault, SourceError
from spatial.reading.provenance import Ledger

Box = tuple[float, float, float, float]
WGS84 = CRS.from_epsg(4326)
# All datums on WGS 84's size of the Earth have its centre too, and lie within a few metres of it.
SAME_AXIS_M = 1.0
# A shift that is known less well than this is said to be.
COARSE_M = 10.0
# Korea's belts on Bessel's ellipsoid, with the correction of 10.405 seconds that nothing else in the world has.
BESSEL_BELTS = (5173, 5174, 5175, 5176, 5177)
REMEDY = "Name the file's true CRS by its EPSG code (`crs:` beside the path in the region file)."
KOREA_REMEDY = (
    f"{REMEDY} In Korea that is EPSG:5174 for most maps on Bessel's ellipsoid (5173 to 5177 by belt), "
    "EPSG:4162 for degrees."
)


def meant(crs: CRS, bounds: Box, file: str, ledger: Ledger) -> CRS | None:
    """The CRS of two dimensions, tied to WGS 84, that ``crs`` stands for; None for one that says nothing.

    ``bounds`` are coordinates in ``crs``: where a datum has several shifts, the place decides. A datum without a
    shift is taken for WGS 84 where its ellipsoid has that size (GRS 80), and for Korea's old one where the projection
    is one of Korea's; the ledger says so. Any other is refused: it may be hundreds of metres off. So are local and
    geocentric coordinates, and heights alone.
    """
    flat = _flat(crs, file)
    if flat is None:
        return None
    crs = flat
    operations = _operations(crs, bounds)
    if operations:
        accuracy_m = operations[0].accuracy
        if accuracy_m > COARSE_M:
            ledger.note("coarse", crs=crs.name, m=accuracy_m)
        return crs
    if _same_size(crs):
        ledger.note("samedatum", crs=crs.name)
        return crs
    for epsg in BESSEL_BELTS:
        if _same_projection(crs, CRS.from_epsg(epsg)):
            ledger.note("noshift", crs=crs.name, epsg=epsg)
            return CRS.from_epsg(epsg)
    name = crs.ellipsoid.name if crs.ellipsoid else "unknown"
    raise SourceError(
        _untied(crs, file, f"a datum on the ellipsoid {name} without its shift to WGS 84 (some 100s of m)")
    )


def _flat(crs: CRS, file: str) -> CRS | None:
    """The two dimensions of a CRS, without heights and shifts of nothing; None for one that says nothing."""
    if "undefined" in crs.name.lower():
        return None
    if crs.is_compound:
        crs = next((part for part in crs.sub_crs_list if part.is_projected or part.is_geographic), crs)
    if not (crs.is_projected or crs.is_geographic):
        raise SourceError(_untied(crs, file, f"a {crs.type_name}, which says nothing of where on Earth a place is"))
    if crs.is_bound and crs.source_crs is not None and not _same_size(crs) and _no_shift(crs):
        crs = crs.source_crs  # a shift of nothing to another ellipsoid is a blank filled in
    return crs.to_2d()


def _operations(crs: CRS, bounds: Box) -> list[Transformer]:
    """Known ways from ``crs`` to WGS 84 at the place, best first; none where PROJ would only leave the datum as is."""
    try:
        x0, y0, x1, y1 = Transformer.from_crs(crs, WGS84, always_xy=True).transform_bounds(*bounds)
        on_earth = -180 <= x0 <= x1 <= 180 and -90 <= y0 <= y1 <= 90
        area = AreaOfInterest(x0, y0, x1, y1) if on_earth else None
        here = TransformerGroup(crs, WGS84, always_xy=True, allow_ballpark=False, area_of_interest=area).transformers
        return here or TransformerGroup(crs, WGS84, always_xy=True, allow_ballpark=False).transformers
    except ProjError:
        return []


def _same_size(crs: CRS) -> bool:
    wgs84 = WGS84.ellipsoid
    return bool(crs.ellipsoid and wgs84 and abs(crs.ellipsoid.semi_major_metre - wgs84.semi_major_metre) <= SAME_AXIS_M)


def _no_shift(crs: CRS) -> bool:
    shift = crs.coordinate_operation
    return shift is not None and bool(shift.towgs84) and not any(shift.towgs84)


def _same_projection(crs: CRS, other: CRS) -> bool:
    """Whether two CRS project one ellipsoid alike, whatever they call it."""
    one, two = crs.coordinate_operation, other.coordinate_operation
    if not (one and two and crs.ellipsoid and other.ellipsoid and one.method_name == two.method_name):
        return False
    values = [{each.name: float(each.value) * each.unit_conversion_factor for each in way.params} for way in (one, two)]
    return (
        values[0].keys() == values[1].keys()
        and all(math.isclose(values[0][key], values[1][key], rel_tol=1e-8, abs_tol=1e-9) for key in values[0])
        and abs(crs.ellipsoid.semi_major_metre - other.ellipsoid.semi_major_metre) <= SAME_AXIS_M
        and crs.axis_info[0].unit_conversion_factor == other.axis_info[0].unit_conversion_factor
    )


def _untied(crs: CRS, file: str, found: str) -> Fault:
    remedy = KOREA_REMEDY if crs.ellipsoid and "bessel" in crs.ellipsoid.name.lower() else REMEDY
    return Fault(file, "a CRS whose place on Earth is known", f"{crs.name}: {found}", remedy, column="crs")
