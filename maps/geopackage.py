"""A region's results as one GeoPackage that opens in QGIS: styled, named in Korean and English, and with its time."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import xarray as xr

from maps.qgis import COLOURS, style

TABLE = """
CREATE TABLE IF NOT EXISTS layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT, f_table_catalog TEXT, f_table_schema TEXT, f_table_name TEXT,
  f_geometry_column TEXT, styleName TEXT, styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT,
  owner TEXT, ui TEXT, update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now'))
)
"""


def ranked(districts: gpd.GeoDataFrame, scores: pd.DataFrame) -> gpd.GeoDataFrame:
    """Districts with their score and rank by the weighted sum."""
    best = scores[scores["method"] == "weighted_sum"].drop(columns="method")
    return districts.merge(best, on="district_id", how="left")


def yearly(data: xr.Dataset, cells: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Adopters of the best candidate's plan by cell, service and year: the mean field at the year's last month.

    ``data`` is diffusion.nc. Returns a row per cell, service and year with any adopter, with the year it stands for
    (``begins``, ``ends``); cells in which nobody uses a service yet have none.
    """
    start = pd.Timestamp(f"{data.attrs['start']}-01")
    index = data["cell_index"].to_numpy()
    frames = []
    for service in data["service"].to_numpy().tolist():
        for year in range(1, data.sizes["year"]):
            adopters = data["adopters"].isel(scenario=0, month=12 * year).sel(service=service).to_numpy()
            used = np.flatnonzero(adopters > 0)
            frame = cells.iloc[index[used]][["cell_id", "geometry"]].reset_index(drop=True)
            frame.insert(1, "service", service)
            frame.insert(2, "adopters", adopters[used].astype(float))
            frame.insert(3, "begins", start + pd.DateOffset(years=year - 1))
            frame.insert(4, "ends", start + pd.DateOffset(years=year) - pd.Timedelta(seconds=1))
            frames.append(frame)
    return gpd.GeoDataFrame(pd.concat(frames, ignore_index=True), geometry="geometry", crs=cells.crs)


def write_geopackage(layers: Mapping[str, tuple[gpd.GeoDataFrame, str | None]], path: Path) -> None:
    """Write layers, each with the column that colours it or None, and their styles.

    ``path`` is overwritten. A layer without rows is left out: a GeoPackage cannot say of what shape it would be.
    """
    path.unlink(missing_ok=True)
    styles = {}
    for name, (frame, column) in layers.items():
        if frame.empty:
            continue
        plain = frame.drop(columns=[c for c in frame.columns if frame[c].map(_is_list).any()])
        plain.to_file(path, layer=name, driver="GPKG", engine="pyogrio")
        styles[name] = _style(plain, column)
    with closing(sqlite3.connect(path)) as base, base:
        base.execute(TABLE)
        base.executemany(
            "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName,"
            " styleQML, styleSLD, useAsDefault, description, owner)"
            " VALUES ('', '', ?, 'geom', 'geojeom', ?, '', 1, '', '')",
            styles.items(),
        )
        # Registered as a table of attributes: other programs list it, and do not take it for a layer.
        base.execute(
            "INSERT OR IGNORE INTO gpkg_contents (table_name, data_type, identifier)"
            " VALUES ('layer_styles', 'attributes', 'layer_styles')"
        )


def _style(frame: gpd.GeoDataFrame, column: str | None) -> str:
    columns = [name for name in frame.columns if name != "geometry"]
    names = _labels()
    # QGIS counts the row number, which the file adds, as the first field.
    aliases = {"fid": "fid"} | {name: " / ".join(names[name].values()) for name in columns if name in names}
    limits: list[float] = []
    if column:
        values = pd.to_numeric(frame[column], errors="coerce").dropna().astype(float)
        if len(values):
            # Classes of as many rows each, of those that are not 0: most cells of a city hold nobody.
            inner = (
                np.quantile(values[values > 0], np.linspace(0, 1, len(COLOURS) + 1)[1:-1]) if (values > 0).any() else []
            )
            limits = np.unique([values.min(), *inner, values.max()]).tolist()
    shape = "Point" if frame.geom_type.iloc[0] == "Point" else "Polygon"
    time = ("begins", "ends") if "begins" in columns else None
    coloured = column if len(limits) > 1 else None
    return style(aliases, shape, column=coloured, limits=limits if coloured else (), time=time)


def _is_list(value: Any) -> bool:
    return isinstance(value, list | np.ndarray | dict)


@cache
def _labels() -> dict[str, dict[str, str]]:
    """Names of columns in both languages."""
    labels: dict[str, dict[str, str]] = json.loads(Path(__file__).with_name("columns.json").read_text(encoding="utf-8"))
    return labels
