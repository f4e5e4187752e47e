"""An osmnx GraphML file as nodes, directed edges and lines."""

from __future__ import annotations

from functools import partial
from xml.etree.ElementTree import ParseError

import geopandas as gpd
import numpy as np
import pandas as pd

from geojeom.errors import Fault, SourceError
from spatial.reading.boundary import Box
from spatial.reading.formats import hold_file
from spatial.reading.osm_ferries import FERRY_TAGS
from spatial.reading.projection import DEGREES, Extent, crs_of, lonlat
from spatial.reading.provenance import Ledger
from spatial.streets.links import WAY_TAGS, one_of

EDGE_TAGS = [*WAY_TAGS, *(name for name in FERRY_TAGS if name not in WAY_TAGS)]


def read_graphml(path: str, box: Box, extent: Extent, ledger: Ledger) -> tuple[pd.DataFrame, gpd.GeoDataFrame]:
    """Nodes (``x``, ``y`` in degrees, by id) and directed edges (``u``, ``v``, ``length`` in metres, tags, line).

    Edges with neither end in ``box``, or without a length, are dropped and counted; the day of the snapshot becomes the
    source's vintage where the region file gives none. Raises SourceError for a file that is no directed osmnx graph in
    degrees.
    """
    hold_file(path, "a GraphML file")
    import osmnx as ox  # noqa: PLC0415  # two seconds to import, and only GraphML needs it

    try:
        graph = ox.load_graphml(path)
        nodes, edges = ox.graph_to_gdfs(graph)
    except KeyError as error:
        raise SourceError(_no_osmnx(path, f"a graph without {error}")) from None
    except (ParseError, ValueError) as error:
        raise SourceError(_no_osmnx(path, str(error))) from None
    edges = edges.reset_index()
    if not graph.is_directed():
        raise SourceError(_no_osmnx(path, "an undirected graph, which does not say which streets are one-way"))
    if lost := {"highway", "length"} - set(edges):
        raise SourceError(_no_osmnx(path, f"a graph without {', '.join(sorted(lost))}"))
    crs = crs_of(str(graph.graph["crs"]), path)
    if not crs.is_geographic:
        raise SourceError(Fault(path, "a graph in degrees", crs.to_string(), "Save the graph before projecting it."))
    if day := str(graph.graph.get("created_date", ""))[:10]:
        ledger.note(f"snapshot of OpenStreetMap taken {day}")
        ledger.vintage = ledger.vintage or day
    ledger.read += len(edges)
    lon, lat = lonlat(nodes["x"].to_numpy(float), nodes["y"].to_numpy(float), path, extent, ledger)
    ledger.reach(lon, lat)
    nodes = pd.DataFrame({"x": lon, "y": lat}, index=nodes.index)
    held = (nodes["x"].between(box[0], box[2]) & nodes["y"].between(box[1], box[3])).to_dict()
    near = np.array([held[u] or held[v] for u, v in zip(edges["u"], edges["v"], strict=True)])
    ledger.drop("wholly outside the region's box", int((~near).sum()))
    edges = edges[near].reset_index(drop=True)
    edges["length"] = pd.to_numeric(edges["length"], errors="coerce")
    strange = ~(edges["length"] >= 0)
    ledger.drop("without a length", int(strange.sum()))
    edges = edges[~strange].reset_index(drop=True)
    for name in EDGE_TAGS:
        merged = partial(one_of, name)
        edges[name] = edges[name].map(merged).astype(object) if name in edges else None
    columns = ["u", "v", "length", *EDGE_TAGS]
    tags = edges[EDGE_TAGS].astype(object)
    edges[EDGE_TAGS] = tags.where(tags.notna(), None)
    return nodes, gpd.GeoDataFrame(edges[columns], geometry=edges.geometry.to_numpy(), crs=DEGREES)


def _no_osmnx(path: str, found: str) -> Fault:
    return Fault(path, "a GraphML file saved by osmnx", found, "Save it again with osmnx.save_graphml.")


def undirected(edges: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Each street once: of two edges between the same nodes with the same length only the first."""
    low, high = np.minimum(edges["u"], edges["v"]), np.maximum(edges["u"], edges["v"])
    twice = pd.DataFrame({"low": low, "high": high, "length": edges["length"].round(1)}).duplicated()
    return edges[~twice.to_numpy()].reset_index(drop=True)
