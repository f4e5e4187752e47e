"""An osmnx GraphML file as nodes, directed edges and lines."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import ParseError

import geopandas as gpd
import numpy as np
import pandas as pd

from geojeom.errors import Fault, SourceError
from spatial.reading.boundary import Box
from spatial.reading.formats import hold_file
from spatial.reading.projection import DEGREES, Extent, crs_of, lonlat
from spatial.reading.provenance import Ledger


def read_graphml(
    path: str, of_ways: list[str], of_nodes: list[str], *, box: Box, extent: Extent, ledger: Ledger
) -> tuple[pd.DataFrame, gpd.GeoDataFrame]:
    """Read a graph that osmnx saved.

    Edges with neither end in the box, or without a length, are dropped and counted; the day of the snapshot becomes the
    source's vintage where the region file gives none.

    Parameters
    ----------
    path
        A .graphml file.
    of_ways, of_nodes
        Keys of the tags wanted of edges and of nodes.
    box
        West, south, east, north in degrees.
    extent
        Where coordinates may lie, to tell swapped ones.
    ledger
        Takes what was dropped.

    Returns
    -------
    nodes : pd.DataFrame
        By id: ``x``, ``y`` in degrees, and ``of_nodes``, null where the graph has none.
    edges : gpd.GeoDataFrame
        ``u``, ``v``, ``length`` (m), ``of_ways``, ``name`` and a line in degrees. A street merged of several has the
        tags of all (``a|b``) and the first one's name. ``oneway`` is whether a part is one way, ``reversed`` whether it
        runs against the drawing of its street (``both`` where parts of it do).

    Raises
    ------
    SourceError
        For a file that is no directed osmnx graph in degrees.
    """
    nodes, edges, day = _loaded(path)
    if day:
        ledger.note("snapshot", when=day)
        ledger.vintage = ledger.vintage or day
    ledger.read += len(edges)
    lon, lat = lonlat(nodes["x"].to_numpy(float), nodes["y"].to_numpy(float), path, extent, ledger)
    ledger.reach(lon, lat)
    nodes = _text(nodes, of_nodes).assign(x=lon, y=lat)
    held = (nodes["x"].between(box[0], box[2]) & nodes["y"].between(box[1], box[3])).to_dict()
    near = np.array([held[u] or held[v] for u, v in zip(edges["u"], edges["v"], strict=True)])
    ledger.drop("drop.wholly", int((~near).sum()))
    edges = edges[near].reset_index(drop=True)
    edges["length"] = pd.to_numeric(edges["length"], errors="coerce")
    strange = ~(edges["length"] >= 0)
    ledger.drop("drop.length", int(strange.sum()))
    edges = edges[~strange].reset_index(drop=True)
    return nodes, gpd.GeoDataFrame(_tags(edges, of_ways), geometry=edges.geometry.to_numpy(), crs=DEGREES)


def _loaded(path: str) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame, str]:
    """Nodes, edges and day of a graph that osmnx saved, as it has them; SourceError where it is none in degrees."""
    hold_file(path, "a GraphML file")
    import networkx as nx  # noqa: PLC0415  # as osmnx
    import osmnx as ox  # noqa: PLC0415  # two seconds to import, and only GraphML needs it

    try:
        graph = ox.load_graphml(path)
        nodes, edges = ox.graph_to_gdfs(graph)
    except KeyError as error:
        raise SourceError(_no_osmnx(path, f"a graph without {error}")) from None
    except (ParseError, ValueError, nx.NetworkXException) as error:
        raise SourceError(_no_osmnx(path, str(error))) from None
    edges = edges.reset_index()
    if not graph.is_directed():
        raise SourceError(_no_osmnx(path, "an undirected graph, which does not say which streets are one-way"))
    if lost := {"highway", "length"} - set(edges):
        raise SourceError(_no_osmnx(path, f"a graph without {', '.join(sorted(lost))}"))
    crs = crs_of(str(graph.graph["crs"]), path)
    if not crs.is_geographic:
        raise SourceError(Fault(path, "a graph in degrees", crs.to_string(), "Save the graph before projecting it."))
    return nodes, edges, str(graph.graph.get("created_date", ""))[:10]


def _tags(edges: gpd.GeoDataFrame, of_ways: list[str]) -> pd.DataFrame:
    """Nodes, length and tags of edges, those of streets merged of several as ``read_graphml`` says."""
    tags = _text(edges, of_ways)
    tags["oneway"] = edges["oneway"].map(_holds_true) if "oneway" in edges else False
    tags["reversed"] = edges["reversed"].map(_one_or_all) if "reversed" in edges else None
    tags["name"] = edges["name"].map(_first).where(edges["name"].notna(), None) if "name" in edges else None
    tags[["u", "v", "length"]] = edges[["u", "v", "length"]]
    return tags


def _text(frame: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Tags as text, those of merged streets side by side; null where the graph has none."""
    tags = {key: frame[key].map(_merged) if key in frame else None for key in keys}
    columns = pd.DataFrame(tags, index=frame.index, columns=keys, dtype=object)
    return columns.where(columns.notna(), None)


def _merged(value: Any) -> Any:
    if isinstance(value, list):
        return "|".join(sorted({str(part) for part in value}))
    return None if pd.isna(value) else str(value)


def _first(value: Any) -> Any:
    return value[0] if isinstance(value, list) else value


def _holds_true(value: Any) -> bool:
    return value is True or (isinstance(value, list) and True in value)


def _one_or_all(value: Any) -> Any:
    """True or False; ``both`` for a street merged of either; null where it is not said."""
    if isinstance(value, list):
        return "both" if len(set(value)) > 1 else value[0]
    return value


def _no_osmnx(path: str, found: str) -> Fault:
    return Fault(path, "a GraphML file saved by osmnx", found, "Save it again with osmnx.save_graphml.")


def undirected(edges: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Each street once: of two edges between the same nodes with the same length only the first."""
    low, high = np.minimum(edges["u"], edges["v"]), np.maximum(edges["u"], edges["v"])
    twice = pd.DataFrame({"low": low, "high": high, "length": edges["length"].round(1)}).duplicated()
    return edges[~twice.to_numpy()].reset_index(drop=True)
