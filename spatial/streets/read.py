"""Reads a region's street source, whatever its format, into tables that network and lines are made of."""

from __future__ import annotations

from dataclasses import asdict
from typing import NamedTuple

import numpy as np
import pandas as pd

from geojeom.errors import Fault, SourceError
from spatial.config.region import Source
from spatial.reading.boundary import Area
from spatial.reading.osm import WayQuery
from spatial.reading.osm_ferries import FERRY_TAGS, FerryQuery
from spatial.reading.osm_file import OsmFile, is_osm
from spatial.reading.osm_rules import RuleQuery
from spatial.reading.provenance import Ledger
from spatial.reading.tags import SpeedTable
from spatial.streets.graphml import read_graphml

# The parts of a street source, each a table: its lines (""), in degrees, with all tags that matter; of an OpenStreetMap
# file the tagged nodes on them ("nodes", with turn restrictions in ``attrs``), and ferries where there are any
# ("ferries", with their routes in ``attrs``); of an osmnx graph its nodes ("graph"), whose edges are the lines.
Streets = dict[str, pd.DataFrame]


class StreetQueries(NamedTuple):
    """What is asked of an OpenStreetMap file of streets."""

    ways: WayQuery
    rules: RuleQuery
    ferries: FerryQuery


def ask_streets(area: Area, table: SpeedTable, file: OsmFile) -> StreetQueries:
    """Ask an OpenStreetMap file for its streets, and for what says who may pass them.

    Parameters
    ----------
    area
        The region: its box in degrees.
    table
        What tags mean.
    file
        The file.

    Returns
    -------
    StreetQueries
        For ``read_streets``.
    """
    wanted = list(dict.fromkeys([*table.access.of_ways, "name", "tunnel"]))
    return StreetQueries(
        file.ask(WayQuery("highway", wanted, area.degrees)),
        file.ask(RuleQuery(table.access)),
        file.ask(FerryQuery(area.degrees)),
    )


def read_streets(
    source: Source, area: Area, table: SpeedTable, ledger: Ledger, asked: StreetQueries | None = None
) -> Streets:
    """Read a street file (.graphml of osmnx, or any OpenStreetMap file) as tables that network and lines are made of.

    Parameters
    ----------
    source
        The region file's entry.
    area
        The region: its box in degrees, and where coordinates may lie.
    table
        What tags mean.
    ledger
        Takes what was dropped and what there is to say.
    asked
        What was asked of an OpenStreetMap file already.

    Returns
    -------
    Streets
        Of OpenStreetMap: ``way`` (its number), ``node`` (numbers of the nodes of its line), the tags, line. Of osmnx:
        ``u``, ``v``, ``length`` (m), the tags, line; and ``graph`` with ``node``, ``x``, ``y``, the tags.

    Raises
    ------
    SourceError
        For a file of another kind, and a broken one.
    """
    path, access = source.path, table.access
    if _is_graphml(path):
        tags = list(dict.fromkeys([*access.of_ways, *FERRY_TAGS]))
        nodes, edges = read_graphml(path, tags, access.of_nodes, box=area.degrees, extent=area.extent, ledger=ledger)
        edges["reversed"] = edges["reversed"].map(str).where(edges["reversed"].notna(), None)
        return {"": edges.assign(tunnel=None), "graph": nodes.rename_axis("node").reset_index()}
    asked = asked or ask_streets(area, table, OsmFile(path))
    ways = asked.ways.take(ledger)
    rules, ferries = asked.rules.take(ways), asked.ferries.take(ledger)
    nodes = rules.nodes.rename_axis("node").reset_index().astype({"node": np.int64})
    nodes.attrs["turns"] = [asdict(turn) for turn in rules.turns]
    streets = {"": ways.table(), "nodes": nodes}
    if ferries.numbers:
        streets["ferries"] = ferries.ways.table()
        streets["ferries"].attrs["routes"] = ferries.routes
    return streets


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
