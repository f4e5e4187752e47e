"""Zoning (용도지역): which zone lies where in the region, with what the national decree allows there."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from geojeom.errors import Fault, SourceError, raise_if_any
from geojeom.models import Strict, Text
from geojeom.quantities import CoveragePct, FloorAreaPct, Share
from spatial.config.catalogue import Evidence
from spatial.config.region import Polygons
from spatial.reading.boundary import Area
from spatial.reading.provenance import Account, Ledger
from spatial.reading.vector import codes, polygons_of, read_polygons

TEXTS = {"code": "str", "name": "str"}
NUMBERS = {"coverage_max_pct": float, "floor_area_max_pct": float, "fit": float}


class Zone(Strict):
    """One zone: caps of building coverage and floor area in per cent of the plot, and its fit for a hub.

    A ``general`` code (a whole family of zones, or none laid down) has no caps: where a specific one overlaps it, that
    counts.
    """

    name: Text
    coverage_max_pct: CoveragePct | None = None
    floor_area_max_pct: FloorAreaPct | None = None
    fit: Share | None = None
    general: bool = False


class ZoningTable(Strict):
    """The table data/zoning.yaml: caps with their source, fit with its own."""

    source: str
    evidence: Evidence
    fit_source: str
    fit_evidence: Evidence
    zones: dict[str, Zone]


def no_zoning(crs: Any, account: Account) -> gpd.GeoDataFrame:
    """The table ``zoning`` of a region without a source of it: empty, and the account says so.

    Parameters
    ----------
    crs : CRS
        The region's.
    account : Account
        Gets that there is none.

    Returns
    -------
    GeoDataFrame
        Without rows.
    """
    account.lack("zoning")
    frame = gpd.GeoDataFrame({name: [] for name in {**TEXTS, **NUMBERS}}, geometry=[], crs=crs)
    return frame.astype({**TEXTS, **NUMBERS})


def read_zoning(spec: Polygons, area: Area, table: ZoningTable, ledger: Ledger) -> gpd.GeoDataFrame:
    """The table ``zoning``: one row per code, its land inside the region; rows do not overlap.

    Parameters
    ----------
    spec : Polygons
        The entry of the region file.
    area : Area
        The region's.
    table : ZoningTable
        The codes there are.
    ledger : Ledger
        Gets what is said of the rows.

    Returns
    -------
    GeoDataFrame
        docs/files.md, zoning; in the region's CRS.

    Raises
    ------
    SourceError
        For every code the table does not know: a zone must never be dropped unseen.
    """
    path, column = spec.path, spec.column
    frame = read_polygons(path, spec.crs, area.extent, ledger, {"column": column}).to_crs(area.crs)
    faults: list[Fault] = []
    frame["code"] = codes(frame[column], path, faults)
    faults += [
        Fault(
            path,
            "a code of data/zoning.yaml",
            repr(code),
            "Correct the code, or add the zone with its caps to data/zoning.yaml.",
            column=column,
        )
        for code in sorted(set(frame["code"]) - set(table.zones))
    ]
    raise_if_any(SourceError, faults)
    touching = frame.intersects(area.polygon)
    ledger.drop("drop.outside", int((~touching).sum()))
    ledger.kept = int(touching.sum())
    land = {
        code: shapely.intersection(shapely.union_all(own.geometry.to_numpy()), area.polygon)
        for code, own in frame[touching].groupby("code")
    }
    specific = shapely.union_all([shape for code, shape in land.items() if not table.zones[code].general])
    for code, shape in land.items():
        if table.zones[code].general:
            land[code] = shapely.difference(shape, specific)
    names = list(land)
    rows = [table.zones[code] for code in names]
    out = gpd.GeoDataFrame(
        {
            "code": names,
            "name": [zone.name.ko for zone in rows],
            **{name: [getattr(zone, name) for zone in rows] for name in NUMBERS},
        },
        geometry=polygons_of(np.array(list(land.values()), dtype=object)),
        crs=area.crs,
    ).astype({**TEXTS, **NUMBERS})
    return out[~out.geometry.is_empty].reset_index(drop=True)
