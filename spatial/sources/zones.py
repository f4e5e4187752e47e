"""Zones: the smallest units with codes (행정동), or squares of 2 km where a region has none."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geojeom.errors import Fault, SourceError, raise_if_any
from spatial.config.region import Zones
from spatial.reading import grid
from spatial.reading.boundary import Area, select_rows
from spatial.reading.names import seen
from spatial.reading.provenance import Account, Ledger
from spatial.reading.square_grid import Index, SquareGrid, squares
from spatial.reading.vector import codes, overlaps, polygons_of, read_polygons, unique
from spatial.sources.codes import full_names, place_key

SQUARE_M = 2_000


def read_zones(spec: Zones, area: Area, ledger: Ledger) -> gpd.GeoDataFrame:
    """All zones of the file, also those outside the region, whose people may share a unit with some inside.

    Parameters
    ----------
    spec : Zones
        The entry of the region file.
    area : Area
        The region's.
    ledger : Ledger
        Gets what is said of the rows.

    Returns
    -------
    GeoDataFrame
        ``zone_id``, ``name``, ``place`` (its full name as sources.codes writes it, null where not known), the file's
        other columns, geometry in the region's CRS.

    Raises
    ------
    SourceError
        For missing or duplicate codes, or when no zone touches the region.
    """
    needed, select = spec.columns_named("code", "name", "sido", "sigungu"), spec.select
    frame = read_polygons(spec.path, spec.crs, area.extent, ledger, needed, carries=[spec.code], select=select)
    if select:
        frame = select_rows(frame, select, spec.path, ledger).reset_index(drop=True)
    faults: list[Fault] = []
    frame["zone_id"] = codes(frame[spec.code], spec.path, faults)
    if not faults:
        unique(frame["zone_id"].rename(spec.code), spec.path, faults)
    raise_if_any(SourceError, faults)
    names = seen(frame[spec.name], ledger).astype("str").fillna("").str.strip()
    frame["name"] = names.where(names != "", frame["zone_id"])
    if nameless := int((names == "").sum()):
        ledger.note("nameless", n=nameless)
    last = frame["name"].str.split().str[-1]
    if spec.within:
        sido, sigungu = spec.within
        frame["place"] = [place_key(sido, sigungu, name) for name in last]
    elif spec.sido and spec.sigungu:
        parts = (frame[column].fillna("").astype(str) for column in (spec.sido, spec.sigungu))
        frame["place"] = [place_key(*row) for row in zip(*parts, last, strict=True)]
    else:
        frame["place"] = full_names(frame["name"])
    frame = frame.to_crs(area.crs)
    broken = ~frame.geometry.is_valid
    if broken.any():
        frame = frame.set_geometry(polygons_of(shapely.make_valid(frame.geometry.to_numpy())), crs=area.crs)
    touching = frame.intersects(area.polygon)
    if not touching.any():
        raise SourceError(
            Fault(spec.path, "zones in the region", "none that touches it", "Check the boundary and the zone file.")
        )
    ledger.kept = int(touching.sum())
    ledger.drop("drop.outside", int((~touching).sum()))
    near = frame[touching]
    remedy = "Keep the zones of one level and one date (`select:`), or draw the border again."
    # A cell has one zone: the other's people would lose its land.
    raise_if_any(SourceError, overlaps(near.geometry.to_numpy(), list(near["zone_id"]), spec.path, "zones", remedy))
    return frame


def owners(zones: gpd.GeoDataFrame, lattice: SquareGrid, inside: NDArray[np.bool_], ledger: Ledger | None) -> Index:
    """The zone of each square: the one its centre lies in.

    A square of the region whose centre lies in a gap between zones, in a hole of one or beyond the last one has the
    nearest zone within half a square.

    Parameters
    ----------
    zones : GeoDataFrame
        The region's, in its CRS.
    lattice : SquareGrid
        N squares.
    inside : bool (N,)
        The region's squares.
    ledger : Ledger or None
        Gets how many squares had no zone of their own.

    Returns
    -------
    int64 (N,)
        Row numbers of the zones, -1 for none.
    """
    owner = lattice.owner(zones.geometry)
    bare = np.flatnonzero(inside & (owner < 0))
    if not len(bare) or zones.empty:
        return owner
    x, y = lattice.centres()
    (square, zone), apart_m = shapely.STRtree(zones.geometry.to_numpy()).query_nearest(
        shapely.points(x[bare], y[bare]), max_distance=lattice.size_m / 2, return_distance=True, all_matches=False
    )
    owner[bare[square]] = zone
    if ledger is not None and len(square):
        ledger.note("nearzone", n=len(square), m=apart_m.max())
    return owner


def square_zones(area: Area, account: Account) -> gpd.GeoDataFrame:
    """Squares of 2 km over the region, named by the grid; recorded as missing zones.

    Parameters
    ----------
    area : Area
        The region's.
    account : Account
        Gets that zones are missing.

    Returns
    -------
    GeoDataFrame
        ``zone_id`` and ``name`` (the same), in the region's CRS.
    """
    account.lack("zones")
    lattice = SquareGrid.over(area.metres, SQUARE_M)
    x, y = lattice.centres()
    name = grid.name(x, y, SQUARE_M, area.crs.to_epsg(), area.crs.utm_zone)
    shapes = squares(x, y, SQUARE_M)
    return gpd.GeoDataFrame({"zone_id": name, "name": name}, geometry=shapes, crs=area.crs)


def zone_table(zones: gpd.GeoDataFrame, used: Index, area: Area) -> gpd.GeoDataFrame:
    """``zones.parquet``: the zones that own cells (row numbers ``used``), cut at the region's border.

    Parameters
    ----------
    zones : GeoDataFrame
        The region's.
    used : int64 (n,)
        Row numbers, each once or more.
    area : Area
        The region's.

    Returns
    -------
    GeoDataFrame
        ``zone_id``, ``name``, ``area_m2`` (of the part inside), in the region's CRS.
    """
    frame = zones.iloc[np.unique(used)].reset_index(drop=True)
    cut = polygons_of(shapely.intersection(frame.geometry.to_numpy(), area.polygon))
    out = gpd.GeoDataFrame(
        {"zone_id": pd.array(frame["zone_id"], dtype="str"), "name": pd.array(frame["name"], dtype="str")},
        geometry=cut,
        crs=area.crs,
    )
    out.insert(2, "area_m2", shapely.area(cut))
    return out
