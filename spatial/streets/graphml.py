"""An osmnx GraphML file as nodes, directed edges and lines."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import ParseError

import geopandas as gpd
import numpy as np
import osmnx as ox
import pandas as pd

from spatial.errors import Fault, SourceError
from spatial.reading.boundary import Box
from spatial.reading.projection import DEGREES, Extent, crs_of, lonlat
from spatial.reading.provenance import Ledger
from spatial.streets.links import WAY_TAGS, first_of


def read_graphml(path: str, box: Box, extent: Extent, ledger: Ledger) -> tuple[pd.DataFrame, gpd.GeoDataFrame]:
    """Nodes (``x``, ``y`` in degrees, by id) and directed edges (``u``, ``v``, ``length`` in metres, tags, line).

    Edges with neither end in ``box`` are dropped and counted. Raises SourceError for a file that is no osmnx graph in
    degrees.
    """
    if not Path(path).is_file():
        raise SourceError(Fault(path, "a GraphML file", "no such file", "Check the path in the region file."))
    try:
        graph = ox.load_graphml(path)
    except (ParseError, KeyError, ValueError) as error:
        raise SourceError(
            Fault(path, "a GraphML file saved by osmnx", str(error), "Save it again with osmnx.save_graphml.")
        ) from None
    crs = crs_of(str(graph.graph.get("crs", "none")), path)
    if not crs.is_geographic:
        raise SourceError(Fault(path, "a graph in degrees", crs.to_string(), "Save the graph before projecting it."))
    nodes, edges = ox.graph_to_gdfs(graph)
    edges = edges.reset_index()
    if "created_date" in graph.graph:
        ledger.note(f"snapshot of OpenStreetMap taken {graph.graph['created_date']}")
    ledger.read += len(edges)
    lon, lat = lonlat(nodes["x"].to_numpy(float), nodes["y"].to_numpy(float), path, extent, ledger)
    ledger.reach(lon, lat)
    nodes = pd.DataFrame({"x": lon, "y": lat}, index=nodes.index)
    held = (nodes["x"].between(box[0], box[2]) & nodes["y"].between(box[1], box[3])).to_dict()
    near = np.array([held[u] or held[v] for u, v in zip(edges["u"], edges["v"], strict=True)])
    ledger.drop("wholly outside the region's box", int((~near).sum()))
    edges = edges[near].reset_index(drop=True)
    for name in WAY_TAGS:
        edges[name] = edges[name].map(first_of).astype(object) if name in edges else None
    columns = ["u", "v", "length", *WAY_TAGS]
    tags = edges[WAY_TAGS].astype(object)
    edges[WAY_TAGS] = tags.where(tags.notna(), None)
    return nodes, gpd.GeoDataFrame(edges[columns], geometry=edges.geometry.to_numpy(), crs=DEGREES)


def undirected(edges: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Each street once: of two edges between the same nodes with the same length only the first."""
    low, high = np.minimum(edges["u"], edges["v"]), np.maximum(edges["u"], edges["v"])
    twice = pd.DataFrame({"low": low, "high": high, "length": edges["length"].round(1)}).duplicated()
    return edges[~twice.to_numpy()].reset_index(drop=True)
