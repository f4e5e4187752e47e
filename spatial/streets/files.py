"""What a region's street source gives: its network, and its lines for drawing and weighting."""

from __future__ import annotations

from collections.abc import Sequence

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from spatial.reading.boundary import Area
from spatial.reading.osm import Ways
from spatial.reading.osm_ferries import Ferries
from spatial.reading.osm_rules import Rules, Turn
from spatial.reading.provenance import Ledger
from spatial.reading.square_grid import SquareGrid
from spatial.reading.tags import SpeedTable
from spatial.streets.barriers import cut_at_barriers
from spatial.streets.ferries import joined, links_of_ferries, links_of_ferry_edges
from spatial.streets.graph import build
from spatial.streets.graphml import undirected
from spatial.streets.links import links_of_edges, links_of_ways
from spatial.streets.network import Network
from spatial.streets.read import Streets

Floats = NDArray[np.float64]
# Whether an edge runs against its street's drawing, in words.
REVERSED = {"True": True, "False": False, "both": "both"}


def network_of(
    streets: Streets, area: Area, country: str, table: SpeedTable, *, cells: tuple[Floats, Floats], ledger: Ledger
) -> Network:
    """The network that streets make, joined to cells.

    Parameters
    ----------
    streets
        What ``read_streets`` gives.
    area
        The region: its box in degrees, its CRS, the size of its cells.
    country
        Two letters (ISO 3166), for speeds by class.
    table
        Speeds, and what tags mean.
    cells
        x and y (C,) of the cells' centres, in metres of the region's CRS.
    ledger
        Takes what was dropped and what there is to say.

    Returns
    -------
    Network
        Streets and ferries, with the node by which each cell joins them.

    Raises
    ------
    SourceError
        Where no street is left.
    """
    size_m = area.cell_size_m
    if "graph" in streets:
        nodes = _untagged_null(streets["graph"].set_index("node"), but=["x", "y"])
        edges = _untagged_null(streets[""], but=["u", "v", "length", "oneway", "geometry"])
        edges["reversed"] = edges["reversed"].map(REVERSED)
        boats = (edges["route"] == "ferry").to_numpy()
        links, barriers = links_of_edges(nodes, edges[~boats], table, country, crs=area.crs, ledger=ledger)
        ledger.note("graphml")
        links = cut_at_barriers(links, barriers, ledger)
        if boats.any():
            links = joined(links, links_of_ferry_edges(nodes, edges[boats], links, table, ledger))
        return build(links, cells, size_m, table, kind="graphml", ledger=ledger)
    ways, nodes = Ways.of(gpd.GeoDataFrame(streets[""])), streets["nodes"].set_index("node")
    turns = [Turn(**turn) for turn in streets["nodes"].attrs["turns"]]
    rules = Rules(_untagged_null(nodes).rename_axis(None), turns)
    ferries = _ferries(streets)
    landings = ferries.ways.node if ferries else None
    links, barriers = links_of_ways(ways, rules, table, country, crs=area.crs, landings=landings, ledger=ledger)
    links = cut_at_barriers(links, barriers, ledger)
    if ferries:
        links = joined(links, links_of_ferries(ferries, links.node_id, table, area.crs, ledger))
    return build(links, cells, size_m, table, kind="osm", ledger=ledger)


def _ferries(streets: Streets) -> Ferries | None:
    if "ferries" not in streets:
        return None
    ways, routes = Ways.of(gpd.GeoDataFrame(streets["ferries"])), streets["ferries"].attrs["routes"]
    return Ferries(ways, [(tags, members) for tags, members in routes])


def _untagged_null(frame: pd.DataFrame, but: Sequence[str] = ()) -> pd.DataFrame:
    """A frame whose tags are texts, or null where untagged; ``but`` some columns, which stay as they are."""
    out = frame.copy()
    for name in out.columns.difference(list(but)):
        column = out[name].astype(object)
        out[name] = column.where(column.notna(), None)
    return out


def lines_of(streets: Streets, area: Area) -> gpd.GeoDataFrame:
    """Every street once, as lines.

    Parameters
    ----------
    streets : Streets
        As they were read.
    area : Area
        The region's.

    Returns
    -------
    GeoDataFrame
        ``highway``, ``name`` and ``tunnel`` (null in GraphML), in the region's CRS.
    """
    lines = gpd.GeoDataFrame(streets[""])
    if "graph" in streets:
        lines = undirected(lines[lines["route"] != "ferry"])
        lines["highway"] = lines["highway"].str.split("|").str[0]
    return lines[["highway", "name", "tunnel", "geometry"]].to_crs(area.crs)


def street_m(lines: gpd.GeoDataFrame, lattice: SquareGrid) -> Floats:
    """Metres of street in each square: lines are cut to quarters of a square, each counted where its middle is.

    Parameters
    ----------
    lines
        Streets in the CRS of the squares, in metres.
    lattice
        The squares.

    Returns
    -------
    Floats
        Metres (squares,), in the order of the lattice.
    """
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
