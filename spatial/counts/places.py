"""Counts that carry their own places: points, polygons, and the squares of the statistics grid."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geojeom.errors import Fault, SourceError, raise_if_any
from spatial.config.region import Points, PolygonCounts, SgisGrid
from spatial.counts.sgis import read_sgis
from spatial.counts.units import PointUnits, ShapeUnits, SquareUnits, spacing_m
from spatial.reading import grid
from spatial.reading.boundary import Area
from spatial.reading.projection import KOREA, convert, lonlat, project, unproject
from spatial.reading.provenance import Account, Ledger
from spatial.reading.tabular import counts, numbers, read_rows
from spatial.reading.vector import overlaps, read_polygons


def read_points(spec: Points, area: Area, ledger: Ledger, account: Account) -> PointUnits:
    """Points with counts, near enough to the region to give to its cells."""
    path, columns = spec.path, spec.columns
    needed = {"lon": spec.lon, "lat": spec.lat, **{f"columns.{name}": column for name, column in columns.items()}}
    frame = read_rows(path, needed)
    faults: list[Fault] = []
    lon, lat = (numbers(frame[axis], path, faults).to_numpy(float) for axis in (spec.lon, spec.lat))
    totals = pd.DataFrame({name: counts(frame[column], path, faults) for name, column in columns.items()})
    raise_if_any(SourceError, faults)
    ledger.read = len(frame)
    lon, lat = lonlat(lon, lat, path, area.extent, ledger)
    ledger.reach(lon, lat)
    x, y = project(lon, lat, area.crs)
    placed = np.isfinite(x)
    twice = pd.DataFrame({"x": x, "y": y})[placed].duplicated()
    if twice.any():
        raise SourceError(
            [
                Fault(path, "each point once", f"({lon[at]:g}, {lat[at]:g}) again", "Merge the rows.", row=int(at) + 1)
                for at in twice.index[twice][:20]
            ]
        )
    spacing = spacing_m(x[placed], y[placed]) if placed.sum() > 1 else 2.0 * area.cell_size_m
    west, south, east, north = area.metres
    near = placed & (x >= west - spacing) & (x <= east + spacing) & (y >= south - spacing) & (y <= north + spacing)
    ledger.drop("drop.box", int((placed & ~near).sum()))
    ledger.kept = int(near.sum())
    ledger.note("spacing", m=spacing)
    for name in columns:
        account.lost(
            name,
            int(totals[name][~placed].sum()),
            int(totals[name][near].sum()),
            "lost.unplaced",
        )
        unknown = int(totals[name][near].isna().sum())
        if unknown:
            ledger.note("points", column=name, n=unknown)
    return PointUnits(totals[near].reset_index(drop=True), ledger, x[near], y[near], spacing)


def read_polygon_counts(spec: PolygonCounts, area: Area, ledger: Ledger) -> ShapeUnits:
    """Polygons with counts that touch the region; rows that repeat a unit (``id``) with the same figures count once."""
    path, columns, unit = spec.path, spec.columns, spec.id
    needed = {f"columns.{name}": column for name, column in columns.items()}
    needed |= {"id": unit} if unit else {}
    frame = read_polygons(path, spec.crs, area.extent, ledger, needed, carries=list(columns.values()))
    faults: list[Fault] = []
    totals = pd.DataFrame({name: counts(_as_text(frame[column]), path, faults) for name, column in columns.items()})
    if unit:
        repeated = totals.assign(unit=_as_text(frame[unit]), shape=frame.geometry.to_wkb()).duplicated()
        ledger.drop("drop.unit", int(repeated.sum()))
        frame, totals = frame[~repeated], totals[~repeated]
        name = _as_text(frame[unit])
        faults += [
            Fault(path, "one set of figures per unit", f"{value!r} again with others", "Keep one row.", column=unit)
            for value in name[name.duplicated()].unique()[:20]
        ]
    raise_if_any(SourceError, faults)
    frame = gpd.GeoDataFrame(frame).to_crs(area.crs)
    near = frame.intersects(area.polygon).to_numpy()
    ledger.drop("drop.outside", int((~near).sum()))
    ledger.kept = int(near.sum())
    shapes = frame.geometry[near].to_numpy()
    names = list(_as_text(frame[unit])[near]) if unit else [f"row {row + 1}" for row in frame.index[near]]
    remedy = "Keep the polygons of one level and one year: people of both would count twice."
    raise_if_any(SourceError, overlaps(shapes, names, path, "polygons", remedy))
    for column in columns:
        held = totals[column][near]
        ledger.note("units", column=column, n=int((held > 0).sum()), lost=int(held.isna().sum()))
    return ShapeUnits(totals[near].reset_index(drop=True), ledger, shapes)


def read_sgis_grid(spec: SgisGrid, area: Area, ledger: Ledger, account: Account) -> SquareUnits:
    """Squares of the national grid that reach into the region's box; squares without a row are unknown."""
    totals, size_m = read_sgis(spec.path, spec.columns, spec.year, ledger, account)
    x, y, _ = grid.decode(totals.index)
    ledger.reach(*unproject(np.append(x, x + size_m), np.append(y, y + size_m), KOREA))
    # A generous box: the squares' sides are not those of the region's CRS where that is another one.
    west, south, east, north = shapely.bounds(shapely.box(*area.metres).buffer(2 * size_m))
    middle_x, middle_y = convert(x + size_m / 2, y + size_m / 2, KOREA, area.crs)
    near = (middle_x >= west) & (middle_x <= east) & (middle_y >= south) & (middle_y <= north)
    ledger.kept = ledger.read - sum(ledger.dropped.values())
    rows = len(set().union(*spec.columns.values()))
    beyond = min(int((~near).sum()) * rows, ledger.kept)
    ledger.drop("drop.box", beyond)
    ledger.kept -= beyond
    if not near.any():
        raise SourceError(Fault(spec.path, "cells in the region", "none", "Give the file of the region's block."))
    return SquareUnits(totals[near], ledger, x[near], y[near], size_m, area.crs)


def _as_text(column: pd.Series) -> pd.Series:
    """A column of any type as the text a CSV would hold, blank where null."""
    return column.map(lambda value: "" if pd.isna(value) else str(value)).astype("str")
