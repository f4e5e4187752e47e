"""Figures of polygons (zones, parcels) brought to districts by the area they share."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely

from spatial.measures.context import Floats


def area_mean(districts: gpd.GeoSeries, shapes: gpd.GeoSeries, figure: Floats) -> tuple[Floats, Floats]:
    """Mean of a figure of ``shapes`` over each district, weighted by the area they share, and that area's share of it.

    The areas are those of exact intersections: a parcel of forest or a zone may be larger than the district, and by its
    middle would be in it whole or not at all.

    Parameters
    ----------
    districts : GeoSeries (D,)
        Polygons in a CRS in metres.
    shapes : GeoSeries (S,)
        Polygons in the same CRS, none over another.
    figure : float64 (S,)
        In any unit that does not grow with area, such as a price per m².

    Returns
    -------
    mean : float64 (D,)
        In the unit of ``figure``; NaN where a district shares no area with any shape.
    share : float64 (D,)
        Share of 1 of the district's area that lies in shapes.
    """
    inner, outer = shapes.to_numpy(), districts.to_numpy()
    row, at = shapely.STRtree(inner).query(outer, predicate="intersects")
    shared = shapely.area(shapely.intersection(outer[row], inner[at]))
    known = np.bincount(row, weights=shared, minlength=outer.size)
    total = np.bincount(row, weights=shared * figure[at], minlength=outer.size)
    mean = np.divide(total, known, out=np.full(outer.size, np.nan), where=known > 0)
    return mean, known / shapely.area(outer)
