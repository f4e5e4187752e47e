"""What every map of a region stands on: backdrop, zones, the cell grid and how it is warped to the screen, sources."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geojeom.messages import in_both, term
from geojeom.places import short_names
from geojeom.spreadsheet import FORMULA
from maps.embed import varints
from maps.geometry import lattice, pack_shapes, to_mercator
from spatial.config.region import MapOptions
from spatial.config.resolved import Resolved
from spatial.sources.zones import SQUARE_M

# Metres of simplification by layer: a light backdrop says where things are, not how they are built.
TOLERANCE_M = {
    "water": 4.0,
    "green": 8.0,
    "industrial": 8.0,
    "rail": 4.0,
    "street_major": 3.0,
    "street_minor": 5.0,
    "boundary": 5.0,
}


@dataclass(frozen=True)
class Content:
    """What goes into a page: ``config`` as JSON, ``blobs`` as packed bytes by name."""

    config: dict[str, Any]
    blobs: dict[str, bytes] = field(default_factory=dict)


def ground(
    resolved: Resolved,
    cells: gpd.GeoDataFrame,
    zones: gpd.GeoDataFrame,
    backdrop: gpd.GeoDataFrame,
    sources: Any,
) -> Content:
    """The part of a page that both maps share.

    ``cells``, ``zones``, ``backdrop`` are the region's tables in its CRS, ``sources`` the content of sources.json. The
    grid is sent as the place (row × columns + column, from the south-west) of each row of ``cells``.
    """
    region = resolved.region
    size = float(region.cell_size_m)
    x, y = cells["x_m"].to_numpy(), cells["y_m"].to_numpy()
    west, south = x.min() - size / 2, y.min() - size / 2
    column = np.rint((x - west) / size - 0.5).astype(np.int64)
    row = np.rint((y - south) / size - 0.5).astype(np.int64)
    columns, rows = int(column.max()) + 1, int(row.max()) + 1
    forward = to_mercator(cells.crs)
    bounds = forward.transform_bounds(west, south, west + columns * size, south + rows * size, densify_pts=21)
    warp = lattice(cells.crs, bounds, (float(west), float(south)), error_m=size / 100)
    origin = (float(np.rint(bounds[0])), float(np.rint(bounds[1])))

    blobs = {
        "grid": varints(np.diff(row * columns + column, prepend=0)),
        "lattice": warp.xy.astype("<f4").tobytes(),
        "zones": pack_shapes(zones.geometry, origin, tolerance_m=4.0),
        "zone-of-cell": varints(np.diff(_positions(cells["zone_id"], zones["zone_id"]), prepend=0)),
    }
    for layer, tolerance in TOLERANCE_M.items():
        shapes = backdrop.geometry[backdrop["layer"] == layer]
        if len(shapes):
            blobs[f"backdrop-{layer}"] = pack_shapes(shapes, origin, tolerance)
    config = {
        "region": {"id": region.region, "name": region.name.model_dump(), "synthetic": region.synthetic},
        "programme": None if resolved.programme is None else resolved.programme.model_dump(mode="json"),
        "bounds": list(bounds),
        "origin": origin,
        "grid": {"size": size, "rows": rows, "columns": columns, "cells": len(cells)},
        "lattice": {
            "west": warp.west,
            "north": warp.north,
            "step_x": warp.step_x,
            "step_y": warp.step_y,
            "rows": warp.xy.shape[0],
            "columns": warp.xy.shape[1],
        },
        "zones": _zones_content(zones, cells, named=region.sources.zones is not None),
        "zoneSquareM": SQUARE_M,
        "sources": sources_content(sources),
        # For the files that the page hands out.
        "formula": FORMULA,
    }
    return Content(config, blobs)


def _zones_content(zones: gpd.GeoDataFrame, cells: pd.DataFrame, *, named: bool) -> list[dict[str, Any]]:
    """Zones with their labels; what has more people, or else more land, is labelled first."""
    people = cells.groupby("zone_id")["population"].sum(min_count=1).reindex(zones["zone_id"])
    weight = zones["area_m2"] if people.isna().all() else people.fillna(0)
    return [
        {"id": code, "name": name, "label": label(name), "at": at, "labelled": named, "weight": float(heavy)}
        for code, name, at, heavy in zip(zones["zone_id"], zones["name"], label_points(zones), weight, strict=True)
    ]


def sources_content(report: dict[str, Any]) -> dict[str, Any]:
    """What sources.json says of sources, lacks, estimates and losses, as remarks."""

    def said(remark: dict[str, Any], **more: Any) -> dict[str, Any]:
        return {"code": remark["code"], "values": remark["values"], **more}

    def named(code: str) -> dict[str, str]:
        return {language: term(code, language) for language in ("ko", "en")}

    return {
        "sources": [
            source
            | {name: in_both(source[name]) for name in ("attribution", "licence") if source[name]}
            | {name: [said(item, number=item["number"]) for item in source[name]] for name in ("dropped", "repaired")}
            | {"notes": [said(item) for item in source["notes"]]}
            for source in report["sources"]
        ],
        "missing": [
            {"name": named(item["key"]), "consequence": said(item["consequence"])} for item in report["missing"]
        ],
        "estimates": [{"name": named(item["column"]), "note": said(item["note"])} for item in report["estimates"]],
        "warnings": [said(item) for item in report.get("warnings", [])],
    }


def tiles_content(options: MapOptions | None) -> Content:
    """The base tiles that the region file asks for; nothing where it asks for none."""
    tiles = options.tiles if options is not None else None
    return Content({"tiles": tiles.model_dump()} if tiles else {})


def label_points(shapes: gpd.GeoDataFrame) -> list[list[float]]:
    """A point well inside each shape, in Web Mercator metres."""
    flat = shapes.geometry.to_crs(3857)
    points = shapely.get_coordinates(flat.representative_point().to_numpy())
    return [[round(float(px), 1), round(float(py), 1)] for px, py in points]


def label(name: str) -> str:
    """What a map writes for a zone: its name without the province, city and district (시·도·군·구) it lies in."""
    return [" ".join(name.split()), *short_names(name)][-1]


def both_names(districts: pd.DataFrame) -> list[Any]:
    """Each district's name, in both languages where the proposal gives an English one."""
    english = districts["name_en"] if "name_en" in districts else [None] * len(districts)
    return [
        name if pd.isna(other) or not str(other).strip() else {"ko": name, "en": str(other)}
        for name, other in zip(districts["name"], english, strict=True)
    ]


def lonlat_geometry(shapes: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    """GeoJSON geometries in degrees, 6 decimals (0.1 m)."""
    degrees = shapely.set_precision(shapes.geometry.to_crs(4326).to_numpy(), 1e-6)
    return [shapely.geometry.mapping(shape) for shape in degrees]


def _positions(codes: pd.Series, known: pd.Series) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Row of each code in ``known``; -1 where it is null or not among them."""
    return np.asarray(pd.Index(known).get_indexer(pd.Index(codes)), dtype=np.int64)
