"""Reads the region's sources of counts (register, zone table, points, raster) into units with totals."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import rasterio
from numpy.typing import NDArray
from pyproj import CRS
from rasterio.windows import from_bounds

from spatial.allocate import apportion
from spatial.boundary import Area
from spatial.errors import Fault, SourceError, raise_if_any
from spatial.land import open_raster
from spatial.projection import DEGREES, convert, lonlat, project
from spatial.provenance import Account, Ledger
from spatial.register import read_register
from spatial.tabular import counts, numbers, read_rows
from spatial.units import PixelUnits, PointUnits, Units, ZoneUnits, spacing_m

Ints = NDArray[np.int64]


def read_counts(
    spec: dict[str, Any], number: int, area: Area, zones: gpd.GeoDataFrame | None, account: Account
) -> Units:
    """One entry of ``sources.counts`` as units. Raises SourceError with every fault of the file."""
    ledger = account.open(f"counts[{number}]", spec)
    kind = spec["kind"]
    if kind == "points":
        return _points(spec, area, ledger)
    if kind == "raster":
        return _raster(spec, area, ledger, account)
    if zones is None:
        raise SourceError(
            Fault(
                "region file",
                "zones to join the table to",
                "no `sources.zones`",
                "Add the zone boundaries, or give the counts as points or a raster.",
                column=ledger.key,
            )
        )
    if kind == "resident_register":
        totals = read_register(spec["path"], ledger, account)
        return _by_zone(totals, np.ones(len(totals), dtype=np.int64), zones, "zone_id", area=area, ledger=ledger)
    totals, rows = _zone_table(spec, ledger)
    return _by_zone(totals, rows, zones, spec["zone_column"] or "zone_id", area=area, ledger=ledger)


def _zone_table(spec: dict[str, Any], ledger: Ledger) -> tuple[pd.DataFrame, Ints]:
    """Totals by code and the number of rows behind each; where a coarser unit is named, its rows are added up."""
    path, code, columns = spec["path"], spec["code"], spec["columns"]
    needed = {"code": code, **{f"columns.{name}": column for name, column in columns.items()}}
    frame = read_rows(path, needed)
    faults: list[Fault] = []
    totals = pd.DataFrame({name: counts(frame[column], path, faults) for name, column in columns.items()})
    key = frame[code].str.strip()
    faults += [
        Fault(path, "a code", "a blank", "Give the row its code, or delete it.", int(at) + 1, code)
        for at in np.flatnonzero((key == "").to_numpy())[:20]
    ]
    twice = key[key.duplicated()].unique()
    if len(twice) and spec["zone_column"] is None:
        faults += [
            Fault(path, "each code once", f"{value!r} in several rows", "Keep one row per zone.", column=code)
            for value in twice[:20]
        ]
    raise_if_any(SourceError, faults)
    ledger.read = len(frame)
    # A unit with one unknown part is unknown: min_count would make a partial sum look whole.
    rows = key.groupby(key.to_numpy(), sort=False).size().to_numpy(np.int64)
    known = totals.notna().groupby(key.to_numpy(), sort=False).all()
    summed = totals.groupby(key.to_numpy(), sort=False).sum(min_count=1).where(known)
    if len(summed) < len(frame):
        ledger.note(f"{len(frame):,} rows added up to {len(summed):,} units by {code}")
    return summed.astype("Int64").rename_axis("code"), rows


def _by_zone(
    totals: pd.DataFrame, rows: Ints, zones: gpd.GeoDataFrame, column: str, *, area: Area, ledger: Ledger
) -> ZoneUnits:
    """Join totals (each made of ``rows`` rows) to zones by code; what finds no partner is counted on both sides."""
    if column not in zones.columns:
        known = ", ".join(str(name) for name in zones.columns if name != "geometry")
        raise SourceError(
            Fault(
                "region file", f"a column of the zone file: {known}", repr(column), "Correct it.", column="zone_column"
            )
        )
    of_zone = zones[column].astype(str)
    code = totals.index.astype(str)
    if not code.isin(of_zone).any() and (code + "00").isin(of_zone).any():
        # 행정동 codes are ten digits; some tables leave out the last two, which are always 00.
        code = code + "00"
        ledger.note("codes of eight digits were joined as ten-digit codes ending in 00")
    matched = code.isin(of_zone)
    if not matched.any():
        raise SourceError(
            Fault(
                ledger.path,
                f"codes of the zone file's {column}, such as {of_zone.iloc[0]}",
                f"none of them; the table has {', '.join(code[:3])}",
                "Name the right code column, or the zone file's column that holds these codes (`zone_column:`).",
            )
        )
    subtotal = ~matched & code.str.endswith("00000")
    ledger.drop("subtotal rows (city, province)", int(rows[subtotal].sum()))
    strange = code[~matched & ~subtotal]
    ledger.drop("codes that no zone has", int(rows[~matched & ~subtotal].sum()))
    if len(strange):
        ledger.note("codes that no zone has: " + ", ".join(strange[:10]) + (", …" if len(strange) > 10 else ""))
    totals, rows = totals.set_axis(pd.Index(code, name="code"))[matched], rows[matched]
    if totals.index.has_duplicates:
        twice = totals.index[totals.index.duplicated()].unique()
        raise SourceError(
            [Fault(ledger.path, "each code once", f"{value!r} twice", "Keep one row per zone.") for value in twice[:20]]
        )
    unit = pd.Series(np.arange(len(totals)), index=totals.index).reindex(of_zone).fillna(-1).to_numpy(np.int64)
    touching = zones.intersects(area.polygon).to_numpy()
    reached = np.unique(unit[touching & (unit >= 0)])
    ledger.kept += int(rows[reached].sum())
    ledger.drop("of units outside the region", int(rows.sum() - rows[reached].sum()))
    bare = zones["zone_id"][touching & (unit < 0)]
    if len(bare):
        ledger.note(f"{len(bare)} zones of the region have no row and are unknown: {', '.join(bare[:10])}")
    new = np.full(len(totals) + 1, -1, dtype=np.int64)
    new[reached] = np.arange(len(reached))
    middle = zones.geometry.representative_point()
    return ZoneUnits(totals.iloc[reached], ledger, new[unit], middle.x.to_numpy(), middle.y.to_numpy())


def _points(spec: dict[str, Any], area: Area, ledger: Ledger) -> PointUnits:
    path, columns = spec["path"], spec["columns"]
    needed = {"lon": spec["lon"], "lat": spec["lat"], **{f"columns.{name}": column for name, column in columns.items()}}
    frame = read_rows(path, needed)
    faults: list[Fault] = []
    lon, lat = (numbers(frame[spec[axis]], path, faults).to_numpy(float) for axis in ("lon", "lat"))
    totals = pd.DataFrame({name: counts(frame[column], path, faults) for name, column in columns.items()})
    raise_if_any(SourceError, faults)
    ledger.read = len(frame)
    lon, lat = lonlat(lon, lat, path, area.extent, ledger)
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
    ledger.drop("outside the region's box", int((placed & ~near).sum()))
    ledger.kept = int(near.sum())
    ledger.note(f"points typically {spacing:,.0f} m apart: each gives to the cells nearest to it within that reach")
    for name in columns:
        unknown = int(totals[name][near].isna().sum())
        if unknown:
            ledger.note(f"{name} is unknown at {unknown} points")
    return PointUnits(totals[near].reset_index(drop=True), ledger, x[near], y[near], spacing)


def _raster(spec: dict[str, Any], area: Area, ledger: Ledger, account: Account) -> PixelUnits:
    path, column = spec["path"], spec["gives"]
    with open_raster(path) as source:
        crs = source.crs.to_wkt()
        window = _window(source, area)
        values = source.read(1, window=window, masked=True, boundless=False).astype(float).filled(np.nan)
        transform = source.window_transform(window)
        ledger.read = source.width * source.height
    values = values.ravel()
    negative = int((values < 0).sum())
    if negative:
        raise SourceError(
            Fault(path, "counts, 0 or more", f"{negative} negative pixels", "Set the raster's nodata value.")
        )
    known = np.isfinite(values)
    if not known.any():
        raise SourceError(Fault(path, "pixels inside the region", "none", "Check that the raster covers the region."))
    ledger.kept = int(known.sum())
    ledger.drop("pixels outside the region's box", ledger.read - len(values))
    ledger.drop("pixels without data", int((~known).sum()))
    whole = np.zeros(len(values), dtype=np.int64)
    total = np.array([round(float(values[known].sum()))])
    whole[known] = apportion(total, np.zeros(int(known.sum()), dtype=np.int64), values[known])
    account.estimate(
        column,
        "격자 추정치의 소수를 정수로 맞추었습니다(전체 합 보존).",
        "Fractions of the raster's modelled counts were rounded to whole numbers, keeping their sum.",
    )
    totals = pd.DataFrame({column: pd.array(whole, dtype="Int64")})
    totals.loc[~known, column] = pd.NA
    return PixelUnits(totals, ledger, transform, int(window.width), int(window.height), CRS.from_wkt(crs), area.crs)


def _window(source: rasterio.DatasetReader, area: Area) -> rasterio.windows.Window:
    """The pixels that touch the region's box, as a window inside the raster."""
    west, south, east, north = area.degrees
    edge = np.linspace(0, 1, 21)
    lon = np.concatenate([west + (east - west) * edge, west + (east - west) * edge, 0 * edge + west, 0 * edge + east])
    lat = np.concatenate(
        [0 * edge + south, 0 * edge + north, south + (north - south) * edge, south + (north - south) * edge]
    )
    x, y = convert(lon, lat, DEGREES, CRS.from_wkt(source.crs.to_wkt()))
    asked = from_bounds(x.min(), y.min(), x.max(), y.max(), source.transform)
    left, top = max(int(np.floor(asked.col_off)), 0), max(int(np.floor(asked.row_off)), 0)
    right = min(int(np.ceil(asked.col_off + asked.width)), source.width)
    low = min(int(np.ceil(asked.row_off + asked.height)), source.height)
    if right <= left or low <= top:
        raise SourceError(
            Fault(source.name, "pixels inside the region", "none", "Check that the raster covers the region.")
        )
    return rasterio.windows.Window(left, top, right - left, low - top)
