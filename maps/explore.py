"""One table on a live Folium map, for notebooks: no base tiles and nothing from a network."""

from __future__ import annotations

import base64
from html import escape
from typing import TYPE_CHECKING, Any

import branca.colormap
import folium
import geopandas as gpd
import pandas as pd
from branca.element import Element, Figure

from maps.page import leaflet_css, leaflet_js

if TYPE_CHECKING:
    from geojeom.notebook import Results

# Viridis: even in lightness, safe for the colour-blind.
COLOURS = ["#440154", "#414487", "#2a788e", "#22a884", "#7ad151", "#fde725"]
UNKNOWN = "#bbbbbb"
COLUMN = {"districts": "score", "cells": "population", "zones": None, "facilities": None}
SHOWN = 8


def layer(
    results: Results,
    what: str,
    column: str | None,
    *,
    service: str | None = None,
    month: int | None = None,
    scenario: str | None = None,
) -> tuple[gpd.GeoDataFrame, str | None]:
    """The frame to draw and the column that colours it.

    Parameters
    ----------
    results : Results
        A region's results.
    what : str
        A key of ``COLUMN``, or ``diffusion``.
    column : str or None
        The column that colours it; None for that of ``COLUMN``. ``diffusion`` has one alone.
    service, month, scenario : str, int, str, optional
        For ``diffusion``: the first service, the last month and the first scenario where left out.

    Returns
    -------
    frame : GeoDataFrame
        In the region's CRS, in metres.
    column : str or None
        None where nothing colours it.

    Raises
    ------
    ValueError
        Where there is no such table, column, service, month or scenario; it names those there are.
    """
    if what == "diffusion":
        return _month(results, service, month, scenario)
    if what not in COLUMN:
        raise ValueError(f"no map of {what!r}; there are: {', '.join([*COLUMN, 'diffusion'])}")
    frame = getattr(results, what)
    if what == "districts" and "scores" in results.tables:
        scores = results.scores
        best = scores[scores["method"] == "weighted_sum"]
        frame = frame.merge(best[["district_id", "score", "rank"]], on="district_id", how="left")
    chosen = column or COLUMN[what]
    if chosen is not None and chosen not in frame.columns:
        known = ", ".join(name for name in frame.columns if name != "geometry")
        raise ValueError(f"no column {chosen!r} in {what}; there are: {known}")
    return frame, chosen


def _month(
    results: Results, service: str | None, month: int | None, scenario: str | None
) -> tuple[gpd.GeoDataFrame, str]:
    """Adopters of a service in each cell, the mean field of one month."""
    data = results.diffusion
    wanted: dict[str, Any] = {"scenario": scenario, "service": service, "month": month}
    chosen = {}
    for name, value in wanted.items():
        known = data[name].to_numpy().tolist()
        chosen[name] = (known[-1] if name == "month" else known[0]) if value is None else value
        if chosen[name] not in known:
            raise ValueError(f"no {name} {value!r}; there are: {', '.join(map(str, known[:200]))}")
    adopters = data["adopters"].sel(chosen)
    cells = results.cells.iloc[data["cell_index"].to_numpy()][["cell_id", "zone_id", "population", "geometry"]]
    return cells.assign(adopters=adopters.to_numpy()), "adopters"


def draw(frame: gpd.GeoDataFrame, column: str | None) -> folium.Map:
    """A map of a frame, coloured by a column, with its key; unknown values are grey and in the key.

    Parameters
    ----------
    frame : GeoDataFrame
        In any CRS.
    column : str or None
        A column of numbers; None for one colour.

    Returns
    -------
    folium.Map
        A map with no base tiles, which needs no network.
    """
    scene = folium.Map(tiles=None, attribution_control=False)
    # Folium links Leaflet from a network by default; here the page holds it, as all pages of ours do.
    scene.default_js = [("leaflet script", _as_link(leaflet_js(), "text/javascript"))]
    scene.default_css = [("leaflet styles", _as_link(leaflet_css(), "text/css"))]
    if frame.empty:
        return scene
    degrees = frame.to_crs(4326)
    names = [name for name in degrees.columns if name != "geometry"][:SHOWN]
    names += [column] if column and column not in names else []
    degrees = degrees[[*names, "geometry"]]
    values = pd.to_numeric(degrees[column], errors="coerce").astype(float) if column else None
    scale = None
    if values is not None and values.notna().any():
        low, high = float(values.min()), float(values.max())
        scale = branca.colormap.LinearColormap(COLOURS, vmin=low, vmax=high if high > low else low + 1)
        figure = scene.get_root()
        assert isinstance(figure, Figure)
        figure.html.add_child(_key(str(column), low, high, unknown=bool(values.isna().any())))

    def style(feature: dict[str, Any]) -> dict[str, Any]:
        value = feature["properties"].get(column) if column else None
        colour = scale(value) if scale is not None and isinstance(value, int | float) else UNKNOWN
        return {"fillColor": colour, "color": "#333333", "weight": 0.5, "fillOpacity": 0.75}

    shown = degrees.assign(**{name: degrees[name].map(_plain) for name in names})
    folium.GeoJson(
        shown,
        style_function=style,
        marker=folium.CircleMarker(radius=4, fill=True),
        tooltip=folium.GeoJsonTooltip(fields=names),
    ).add_to(scene)
    west, south, east, north = degrees.total_bounds
    scene.fit_bounds([[south, west], [north, east]])
    return scene


def _key(column: str, low: float, high: float, *, unknown: bool) -> Element:
    stripes = "".join(f'<span style="background:{colour};width:24px;height:12px"></span>' for colour in COLOURS)
    grey = (
        f'<span style="background:{UNKNOWN};width:24px;height:12px;margin-left:8px"></span>unknown' if unknown else ""
    )
    return Element(
        '<div style="position:fixed;bottom:12px;left:12px;z-index:1000;background:#fff;padding:6px 8px;'
        f'font:12px sans-serif;display:flex;gap:4px;align-items:center">{escape(column)}&nbsp;{low:,.4g}'
        f'<span style="display:flex">{stripes}</span>{high:,.4g}{grey}</div>'
    )


def _plain(value: Any) -> Any:
    """A value as JSON has it: null for what is unknown; text is escaped, as tooltips are HTML."""
    if isinstance(value, str):
        return escape(value)
    if pd.api.types.is_scalar(value):
        return None if pd.isna(value) else getattr(value, "item", lambda: value)()
    return escape(str(value))


def _as_link(text: str, kind: str) -> str:
    return f"data:{kind};base64,{base64.b64encode(text.encode()).decode('ascii')}"
