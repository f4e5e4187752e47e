"""What maps draw under everything: water, green, industry, railways, streets by class, the region's border.

Motorways lie in a layer of their own besides: where they do not run underground they may be barriers to contact, as
rivers and railways may.
"""

from __future__ import annotations

from typing import NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geojeom.errors import Fault, SourceError
from spatial.config.region import Source
from spatial.reading.boundary import Area
from spatial.reading.names import seen
from spatial.reading.osm import AreaQuery, WayQuery
from spatial.reading.osm_file import OsmFile, is_osm
from spatial.reading.provenance import Ledger
from spatial.reading.tabular import texts
from spatial.reading.tags import TagTable
from spatial.reading.vector import polygons_of
from spatial.sources.sea import coast_query, read_sea

AREAS = ["water", "green", "industrial"]
STREETS = ["street_major", "street_minor", "motorway"]
SIMPLIFY_M = 5.0


class LandQueries(NamedTuple):
    """What is asked of the land source."""

    areas: AreaQuery
    coast: WayQuery
    rails: WayQuery


def ask_land(area: Area, layers: TagTable, file: OsmFile) -> LandQueries:
    """Ask a file for what ``read_land`` makes its table of.

    Parameters
    ----------
    area : Area
        The region's.
    layers : TagTable
        Which tags make a layer.
    file : OsmFile
        The file.

    Returns
    -------
    LandQueries
        To be taken by ``read_land``.
    """
    return LandQueries(
        file.ask(AreaQuery(layers.only(AREAS), ["name"], area.squares_degrees)),
        file.ask(coast_query(area)),
        file.ask(WayQuery("railway", ["railway", "name", "tunnel"], area.degrees)),
    )


def read_land(
    source: Source, area: Area, layers: TagTable, ledger: Ledger, asked: LandQueries | None = None
) -> gpd.GeoDataFrame:
    """What the land source has of areas, coast and railways.

    Parameters
    ----------
    source : Source
        The entry of the region file.
    area : Area
        The region's.
    layers : TagTable
        Which tags make a layer.
    ledger : Ledger
        Gets what is said of the objects.
    asked : LandQueries, optional
        What was asked of the file already.

    Returns
    -------
    GeoDataFrame
        ``entry`` (water, green, industrial), ``name``, geometry in the region's CRS; the ``sea`` made of the coast, or
        the lines of an ``open_coast`` (spatial.sources.sea), where one is mapped; and railways as lines: ``entry`` is
        ``railway`` then, with the tags ``railway`` and ``tunnel``.

    Raises
    ------
    SourceError
        For a file that is none of OpenStreetMap, and a broken one.
    """
    if not is_osm(source.path):
        raise SourceError(
            Fault(source.path, "an OpenStreetMap file", "another kind of file", "Name a .osm.pbf, .osm, .gz or .bz2.")
        )
    asked = asked or ask_land(area, layers, OsmFile(source.path))
    frame = asked.areas.take(ledger).to_crs(area.crs)
    broken = ~frame.geometry.is_valid
    if broken.any():
        frame = frame.set_geometry(shapely.make_valid(frame.geometry.to_numpy()), crs=area.crs)
    ledger.kept += len(frame)
    sea = read_sea(asked.coast, area).assign(name=None)
    if "open_coast" in set(sea["entry"]):
        ledger.note("coast")
    elif sea.empty and not (frame["entry"] == "water").any():
        ledger.note("nowater")
    # The account counts areas; these ways are no rows of it.
    rails = asked.rails.take(Ledger("rails")).lines().to_crs(area.crs).assign(entry="railway")
    parts = [part for part in (frame, sea, rails) if len(part)] or [frame]
    out = gpd.GeoDataFrame(pd.concat(parts, ignore_index=True), crs=area.crs)
    tags = ["entry", "name", "railway", "tunnel"]
    out = out.reindex(columns=[*tags, "geometry"])
    for column in tags:
        out[column] = texts(out[column])
    return out


def make_backdrop(
    land: gpd.GeoDataFrame | None, streets: gpd.GeoDataFrame | None, area: Area, layers: TagTable
) -> gpd.GeoDataFrame:
    """The table ``backdrop``, cut to the region's box and simplified to 5 m.

    Parameters
    ----------
    land : GeoDataFrame or None
        What ``read_land`` gives.
    streets : GeoDataFrame or None
        The streets' lines (``spatial.streets.files.lines_of``).
    area : Area
        The region's.
    layers : TagTable
        Which tags make a layer.

    Returns
    -------
    GeoDataFrame
        ``layer``, ``name``, ``tunnel``, geometry in the region's CRS.
    """
    frames = []
    if land is not None:
        areas = land.assign(entry=land["entry"].replace("sea", "water"))
        frames += [_areas(areas[areas["entry"] == name], name) for name in AREAS]
        frames.append(_lines(_are(land[land["entry"] == "railway"], layers, "rail"), "rail"))
    if streets is not None:
        frames += [_lines(_are(streets, layers, name), name) for name in STREETS]
    border = gpd.GeoDataFrame(
        {"layer": ["boundary"], "name": [None], "tunnel": [False]}, geometry=[area.polygon], crs=area.crs
    )
    frame = gpd.GeoDataFrame(pd.concat([*frames, border], ignore_index=True), crs=area.crs)
    shapes = shapely.intersection(frame.geometry.to_numpy(), shapely.box(*area.metres))
    shapes = shapely.simplify(shapes, SIMPLIFY_M, preserve_topology=True)
    flat = frame["layer"].isin([*AREAS, "boundary"]).to_numpy()
    shapes[flat] = polygons_of(shapes[flat])
    frame = frame.set_geometry(shapes, crs=area.crs)
    frame = frame[~frame.geometry.is_empty].reset_index(drop=True)
    frame["layer"] = frame["layer"].astype("str")
    # What the names were freed of is no row of an account.
    frame["name"] = texts(seen(frame["name"], Ledger("backdrop")))
    frame["tunnel"] = frame["tunnel"].astype(bool)
    return frame[["layer", "name", "tunnel", "geometry"]]


def _are(lines: gpd.GeoDataFrame, layers: TagTable, layer: str) -> gpd.GeoDataFrame:
    (rule,) = layers.root[layer].match
    ((key, words),) = rule.items()
    return lines[lines[key].isin(words)]


def _areas(frame: gpd.GeoDataFrame, layer: str) -> gpd.GeoDataFrame:
    """Named areas one by one; the nameless joined, so that touching pieces draw as one."""
    if frame.empty:
        return gpd.GeoDataFrame({"layer": [], "name": [], "tunnel": []}, geometry=[], crs=frame.crs)
    named = frame[frame["name"].notna()]
    rest = shapely.get_parts(shapely.union_all(frame.geometry[frame["name"].isna()].to_numpy()))
    shapes = np.concatenate([named.geometry.to_numpy(), rest])
    names = [*named["name"], *[None] * len(rest)]
    return gpd.GeoDataFrame({"layer": layer, "name": names, "tunnel": False}, geometry=shapes, crs=frame.crs)


def _lines(frame: gpd.GeoDataFrame, layer: str) -> gpd.GeoDataFrame:
    """Lines of one name joined end to end, in tunnels and not: a street comes as dozens of short ways."""
    if frame.empty:
        return gpd.GeoDataFrame({"layer": [], "name": [], "tunnel": []}, geometry=[], crs=frame.crs)
    under = frame["tunnel"].notna() & (frame["tunnel"] != "no")
    names, tunnels, shapes = [], [], []
    for (name, tunnel), group in frame.geometry.groupby([frame["name"].fillna(""), under]):
        names.append(name or None)
        tunnels.append(bool(tunnel))
        shapes.append(shapely.line_merge(shapely.multilinestrings(shapely.get_parts(group.to_numpy()))))
    return gpd.GeoDataFrame({"layer": layer, "name": names, "tunnel": tunnels}, geometry=shapes, crs=frame.crs)
