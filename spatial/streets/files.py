"""A region's street source, whatever its format: its network, and its lines for drawing and weighting."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from geojeom.errors import Fault, SourceError
from spatial.reading.boundary import Area
from spatial.reading.lattice import Lattice
from spatial.reading.osm import is_osm, read_ways
from spatial.reading.osm_ferries import FERRY_TAGS, read_ferries
from spatial.reading.osm_rules import read_rules
from spatial.reading.provenance import Ledger
from spatial.reading.tags import SpeedTable
from spatial.streets.barriers import cut_at_barriers
from spatial.streets.ferries import joined, links_of_ferries, links_of_ferry_edges
from spatial.streets.graph import build
from spatial.streets.graphml import read_graphml, undirected
from spatial.streets.links import links_of_edges, links_of_ways
from spatial.streets.network import Network

Floats = NDArray[np.float64]


def read_network(
    source: dict[str, Any],
    area: Area,
    country: str,
    table: SpeedTable,
    *,
    cells: tuple[Floats, Floats],
    ledger: Ledger,
) -> Network:
    """The network of a street file (.graphml of osmnx, or any OpenStreetMap file), joined to cell centres (x, y)."""
    path, size_m = source["path"], area.cell_size_m
    if _is_graphml(path):
        ferry_tags = [key for key in FERRY_TAGS if key not in table.access.of_ways]
        nodes, edges = read_graphml(
            path,
            [*table.access.of_ways, *ferry_tags],
            table.access.of_nodes,
            box=area.degrees,
            extent=area.extent,
            ledger=ledger,
        )
        boats = (edges["route"] == "ferry").to_numpy()
        links, barriers = links_of_edges(nodes, edges[~boats], table, country, crs=area.crs, ledger=ledger)
        ledger.note("GraphML holds no turn restrictions, and of barriers only those that the graph kept as nodes")
        links = cut_at_barriers(links, barriers, ledger)
        if boats.any():
            links = joined(links, links_of_ferry_edges(nodes, edges[boats], links, table, ledger))
        return build(links, cells, size_m, table, kind="graphml", ledger=ledger)
    ways = read_ways(path, "highway", table.access.of_ways, area.degrees, ledger)
    rules = read_rules(path, ways, table.access)
    ferries = read_ferries(path, area.degrees, ledger)
    links, barriers = links_of_ways(
        ways, rules, table, country, crs=area.crs, landings=ferries.ways.node, ledger=ledger
    )
    links = cut_at_barriers(links, barriers, ledger)
    if ferries.numbers:
        links = joined(links, links_of_ferries(ferries, links.node_id, table, area.crs, ledger))
    return build(links, cells, size_m, table, kind="osm", ledger=ledger)


def read_lines(source: dict[str, Any], area: Area) -> gpd.GeoDataFrame:
    """Every street once, as lines in the region's CRS with ``highway``, ``name`` and ``tunnel`` (null in GraphML)."""
    path = source["path"]
    unused = Ledger("streets")
    if _is_graphml(path):
        _, edges = read_graphml(path, ["highway", "route"], [], box=area.degrees, extent=area.extent, ledger=unused)
        lines = undirected(edges[edges["route"] != "ferry"]).assign(tunnel=None)
        lines["highway"] = lines["highway"].str.split("|").str[0]
    else:
        lines = read_ways(path, "highway", ["highway", "name", "tunnel"], area.degrees, unused).lines()
    return lines[["highway", "name", "tunnel", "geometry"]].to_crs(area.crs)


def street_m(lines: gpd.GeoDataFrame, lattice: Lattice) -> Floats:
    """Metres of street in each square; lines are cut to quarters of a square, each counted where its middle is."""
    drawn = lines.geometry.to_numpy()
    # A way whose nodes all lie on one spot has no metres, and GEOS refuses to cut it.
    shapes = shapely.segmentize(drawn[shapely.length(drawn) > 0], lattice.size_m / 4)
    xy, line = shapely.get_coordinates(shapes, return_index=True)
    if len(xy) == 0:
        return np.zeros(len(lattice))
    same = line[1:] == line[:-1]
    middle = (xy[1:] + xy[:-1])[same] / 2
    length = np.hypot(*(xy[1:] - xy[:-1])[same].T)
    square = lattice.at(middle[:, 0], middle[:, 1])
    held = square >= 0
    return np.bincount(square[held], length[held], len(lattice)).astype(np.float64)


def _is_graphml(path: str) -> bool:
    if path.lower().endswith(".graphml"):
        return True
    if is_osm(path):
        return False
    raise SourceError(
        Fault(
            path, "a street file (.graphml, .osm.pbf, .osm, .osm.gz, .osm.bz2)", "another ending", "Name another file."
        )
    )
