"""Getting a region's OpenStreetMap file: cut out of a whole country's, or downloaded by the name of a place.

Both are done once, by hand, and their result is a file the region file names: a run needs no network and no country.
"""

from __future__ import annotations

from pathlib import Path

import osmium
import osmnx as ox
import requests

from spatial.errors import Fault, SourceError
from spatial.reading.boundary import Box
from spatial.reading.osm import reading
from spatial.tables import atomic


def cut(source: str, target: Path, box: Box) -> int:
    """Write what has a node in ``box`` (degrees), ways and multipolygons whole, and return the number of such nodes.

    Memory holds the ids kept, not the country. An area that surrounds the box without a node in it is not found.
    Raises SourceError where the file cannot be read or has nothing in the box.
    """
    found = 0
    west, south, east, north = box
    with reading(source), atomic(target) as partial:
        with osmium.ForwardReferenceWriter(str(partial), source, overwrite=True) as writer:
            for node in osmium.FileProcessor(source, osmium.osm.NODE):
                assert isinstance(node, osmium.osm.Node)
                if west <= node.lon <= east and south <= node.lat <= north:
                    writer.add_node(node)
                    found += 1
        if not found:
            raise SourceError(Fault(source, "objects in the region's box", "none", "Name the file of its country."))
    return found


def download(place: str, target: Path) -> str:
    """Save the streets of a place as GraphML through osmnx and return the day of the snapshot.

    Answers of the services are cached beside the file. Raises SourceError without a network or where the place is not
    known.
    """
    ox.settings.cache_folder = target.parent / "osmnx"
    try:
        graph = ox.graph_from_place(place, network_type="all", retain_all=True)
    except requests.exceptions.RequestException as error:
        raise SourceError(
            Fault(
                place,
                "a network connection to OpenStreetMap's services",
                type(error).__name__,
                "Download on a machine with a network, or take an .osm.pbf file and name it in the region file.",
            )
        ) from None
    except (ox._errors.InsufficientResponseError, ValueError, TypeError) as error:  # noqa: SLF001 (osmnx has no public name)
        raise SourceError(
            Fault(place, "a place OpenStreetMap knows by an area", str(error), "Write it as on openstreetmap.org.")
        ) from None
    with atomic(target) as partial:
        ox.save_graphml(graph, partial)
    return str(graph.graph["created_date"])
