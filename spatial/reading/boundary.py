"""What the region is: one area in the metric CRS everything is measured in."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS

from geojeom.errors import Fault, SourceError, raise_if_any
from spatial.config.region import Sourced, path_of
from spatial.reading.gaps import without_gaps
from spatial.reading.projection import DEGREES, Extent, expected, region_crs, unproject
from spatial.reading.provenance import Account, Ledger
from spatial.reading.vector import polygons_of, read_polygons

Box = tuple[float, float, float, float]
# Farther from one another than the islands of most municipalities are from its land.
FAR_M = 50_000.0
# A county of 1,800 km² has 180,000 cells of 100 m.
CELLS_MAX = 2_000_000
# Squares of the region's box, which steps hold for a while, for each cell that the region may have.
BOX_SQUARES = 4
EQUAL_AREA = "EPSG:6933"
# The share of its area inside the region from which a zone or polygon belongs to it.
BELONGS = 0.5


@dataclass(frozen=True)
class Area:
    """The region's area: ``polygon`` in metres of ``crs``, its box in degrees, and where its sources may lie."""

    polygon: shapely.Polygon | shapely.MultiPolygon
    crs: CRS
    degrees: Box
    extent: Extent
    cell_size_m: int
    cells_max: int = CELLS_MAX
    is_box: bool = False

    @property
    def metres(self) -> Box:
        """West, south, east, north in metres."""
        west, south, east, north = self.polygon.bounds
        return (west, south, east, north)

    @property
    def squares(self) -> Box:
        """``metres``, widened to the whole of every cell that reaches into it."""
        size = self.cell_size_m
        west, south, east, north = self.metres
        low = (float(np.floor(west / size) * size), float(np.floor(south / size) * size))
        return (*low, float((np.floor(east / size) + 1) * size), float((np.floor(north / size) + 1) * size))

    @property
    def squares_degrees(self) -> Box:
        """A box in degrees that holds ``squares``: what is read of sources, so that no border cell lacks any."""
        return self.degrees_around(0)

    def degrees_around(self, margin_m: float) -> Box:
        """A box in degrees that holds ``squares`` and so many metres on every side.

        Parameters
        ----------
        margin_m : float
            Metres, 0 or more.

        Returns
        -------
        Box
            West, south, east, north in degrees.
        """
        frame = shapely.box(*self.squares).buffer(margin_m, join_style="mitre")
        x, y = shapely.get_coordinates(shapely.segmentize(frame.exterior, 500)).T
        lon, lat = unproject(x, y, self.crs)
        return (float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max()))


def share_inside(shapes: NDArray[np.object_], polygon: shapely.Polygon | shapely.MultiPolygon) -> NDArray[np.float64]:
    """The share of each polygon's area that lies in the region, 0 to 1.

    Parameters
    ----------
    shapes : geometry (n,)
        Polygons in the region's CRS.
    polygon : geometry
        The region's.

    Returns
    -------
    float64 (n,)
        Share of 1.
    """
    shapely.prepare(polygon)
    share = shapely.covers(polygon, shapes).astype(float)
    cut = np.flatnonzero((share == 0) & shapely.intersects(polygon, shapes))
    share[cut] = shapely.area(shapely.intersection(shapes[cut], polygon)) / shapely.area(shapes[cut])
    return share


def read_area(region: Sourced, account: Account) -> Area:
    """The region's area from its ``boundary``: a box in degrees, or polygons (selected by column values, dissolved).

    Parameters
    ----------
    region : Sourced
        The region.
    account : Account
        Gets the ledger of the boundary's file.

    Returns
    -------
    Area
        In the CRS that everything is measured in, in metres.

    Raises
    ------
    SourceError
        For a file that cannot be used, a box that lies elsewhere, and a region of more cells than it may have.
    """
    spec, country = region.boundary, region.country
    if spec.bbox is not None:
        shapes = gpd.GeoSeries([shapely.box(*spec.bbox)], crs=DEGREES)
        file = "boundary.bbox"
        extent = expected(country)
        inside = extent.holds([spec.bbox[0], spec.bbox[2]], [spec.bbox[1], spec.bbox[3]])
        if not inside.all():
            raise SourceError(
                Fault(
                    file,
                    f"a box [west, south, east, north] in {extent.name}",
                    str(list(spec.bbox)),
                    "Correct the box, or name the country (`country:`).",
                )
            )
    else:
        file = path_of(spec)
        ledger = account.open("boundary", spec)
        frame = read_polygons(
            file,
            spec.crs,
            expected(country),
            ledger,
            {"select": name} if (name := next(iter(spec.select), None)) else {},
        )
        chosen = select_rows(frame, spec.select, file, ledger)
        _namesakes(chosen, list(spec.select), ledger)
        shapes = chosen.geometry
    _bounded(shapes, region, file)
    west, south, east, north = (float(v) for v in shapes.total_bounds)
    crs = region_crs(country, region.crs, (west, south, east, north), file)
    # A straight border in degrees is a curve in metres: enough vertices to follow it within centimetres.
    dense = shapes.segmentize(0.005).to_crs(crs)
    polygon = polygons_of(np.array([shapely.make_valid(shapely.union_all(dense.to_numpy()))], dtype=object))[0]
    if spec.bbox is None:
        polygon, filled = without_gaps(polygon, region.cell_size_m)
        if filled:
            ledger.note("filled", n=filled)
    box = (west, south, east, north)
    return Area(polygon, crs, box, expected(country, box), region.cell_size_m, region.cells_max, spec.bbox is not None)


def area_table(area: Area) -> gpd.GeoDataFrame:
    """The area as a table of one row: its polygon, and its box in degrees in ``attrs``.

    Parameters
    ----------
    area : Area
        The area.

    Returns
    -------
    GeoDataFrame
        In the area's CRS.
    """
    frame = gpd.GeoDataFrame({"is_box": [area.is_box]}, geometry=[area.polygon], crs=area.crs)
    frame.attrs["degrees"] = list(area.degrees)
    return frame


def area_of(table: gpd.GeoDataFrame, region: Sourced) -> Area:
    """The area that ``area_table`` wrote, of a resolved region.

    Parameters
    ----------
    table : GeoDataFrame
        With its ``attrs``.
    region : Sourced
        The region.

    Returns
    -------
    Area
        The same.
    """
    west, south, east, north = table.attrs["degrees"]
    box = (west, south, east, north)
    return Area(
        table.geometry.iloc[0],
        table.crs,
        box,
        expected(region.country, box),
        region.cell_size_m,
        region.cells_max,
        bool(table["is_box"].iloc[0]),
    )


def _bounded(shapes: gpd.GeoSeries, region: Sourced, file: str) -> None:
    """Refuse a region of more cells than it may have, or spread over a box of far more, before any is made."""
    size, limit = region.cell_size_m, region.cells_max
    flat = shapes.to_crs(EQUAL_AREA)
    west, south, east, north = flat.total_bounds
    # Polygons that lie on one another count twice here: only what is too large by its sum is joined.
    area_m2 = float(flat.area.sum())
    if area_m2 > limit * size**2:
        area_m2 = float(shapely.union_all(shapely.make_valid(flat.to_numpy())).area)
    cells, squares = area_m2 / size**2, (east - west) * (north - south) / size**2
    remedy = f"Correct the boundary, take larger cells (`cell_size_m:`), or raise `cells_max:` (now {limit:,})."
    if cells > limit:
        raise SourceError(
            Fault(file, f"a region of at most {limit:,} cells of {size} m", f"one of {cells:,.0f}", remedy)
        )
    if squares > BOX_SQUARES * limit:
        found = f"{squares:,.0f} squares in its box, {cells:,.0f} of them in the region: its parts lie far apart"
        wanted = f"a region whose box holds at most {BOX_SQUARES * limit:,} squares of {size} m"
        raise SourceError(Fault(file, wanted, found, remedy))


def _namesakes(chosen: gpd.GeoDataFrame, columns: list[str], ledger: Ledger) -> None:
    """Say which selected value is several rows far from one another: Korea has six 중구, and two 고성군."""
    metres = chosen.geometry.to_crs(chosen.estimate_utm_crs())
    for column in columns:
        for value, rows in metres.groupby(chosen[column]):
            whole = shapely.union_all(shapely.buffer(rows.to_numpy(), FAR_M / 2))
            if (pieces := len(shapely.get_parts(whole))) > 1:
                km = FAR_M / 1000
                ledger.note("namesakes", column=column, value=value, rows=len(rows), pieces=pieces, km=km)


def select_rows(frame: gpd.GeoDataFrame, select: dict[str, list[str]], file: str, ledger: Ledger) -> gpd.GeoDataFrame:
    """Rows whose columns hold one of the values wanted, the rest counted as dropped.

    Parameters
    ----------
    frame : GeoDataFrame
        The rows.
    select : dict
        Column -> values wanted.
    file : str
        The file, as faults name it.
    ledger : Ledger
        Gets how many are kept and dropped.

    Returns
    -------
    GeoDataFrame
        By the index they had.

    Raises
    ------
    SourceError
        For unknown columns, values that no row has, and where no row is left.
    """
    faults = []
    keep = np.ones(len(frame), dtype=bool)
    for column, wanted in select.items():
        if column not in frame.columns:
            faults.append(
                Fault(
                    file,
                    f"a column {column!r}",
                    ", ".join(map(str, frame.columns)),
                    "Correct `select:`.",
                    column=column,
                )
            )
            continue
        values = frame[column].astype(str)
        unknown = sorted(set(wanted) - set(values))
        if unknown:
            faults.append(
                Fault(
                    file,
                    f"rows with {column} = {', '.join(unknown)}",
                    "none; the values are " + ", ".join(sorted(set(values))[:20]),
                    "Correct the value in `select:`.",
                    column=column,
                )
            )
        keep &= values.isin(wanted).to_numpy()
    if not faults and not keep.any():
        faults.append(Fault(file, "at least one row selected", "none", "Loosen `select:`."))
    raise_if_any(SourceError, faults)
    ledger.drop("drop.selected", int((~keep).sum()))
    ledger.kept = int(keep.sum())
    return frame[keep]
