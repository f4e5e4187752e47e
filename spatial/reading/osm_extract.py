"""Getting a region's OpenStreetMap file: cut out of a whole country's, or downloaded by the name of a place.

Both are done once, by hand, and their result is a file the region file names: a run needs no network and no country.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import osmium

from geojeom.errors import Fault, SourceError
from geojeom.files import atomic
from spatial.reading.boundary import Box
from spatial.reading.osm_file import objects, present, snapshot
from spatial.reading.tags import Access

# How far around the box nodes are looked for, so that a street crossing its corner between two nodes is found too.
MARGIN_M = 2_000.0
METRES_PER_DEGREE = 111_000.0


def cut(source: str, target: Path, box: Box) -> int:
    """Write a part of an OpenStreetMap file: what has a node in or near a box, ways and multipolygons whole.

    Memory holds the ids kept, not the country; the day of the snapshot is handed on. An area that surrounds the box
    without a node near it is not found.

    Parameters
    ----------
    source : str
        The file.
    target : Path
        The file to write.
    box : Box
        West, south, east, north in degrees.

    Returns
    -------
    int
        How many nodes are in the box.

    Raises
    ------
    SourceError
        Where the file cannot be read or has nothing in the box.
    FolderError
        Where the part cannot be written.
    """
    written = 0
    west, south, east, north = box
    high = MARGIN_M / METRES_PER_DEGREE
    wide = high / np.cos(np.radians(max(abs(south), abs(north))))
    kept = osmium.IdTracker()
    with present(source) as (file, _), atomic(target) as partial:
        for node in objects(osmium.FileProcessor(file, osmium.osm.NODE)):
            assert isinstance(node, osmium.osm.Node)
            lon, lat = node.lon, node.lat
            if west - wide <= lon <= east + wide and south - high <= lat <= north + high:
                kept.add_node(node.id)
                written += west <= lon <= east and south <= lat <= north
        if not written:
            raise SourceError(Fault(source, "objects in the region's box", "none", "Name the file of its country."))
        kept.complete_forward_references(file)
        kept.complete_backward_references(file, relation_depth=1)
        header = osmium.io.Header()
        if day := snapshot(source):
            header.set("osmosis_replication_timestamp", f"{day}T00:00:00Z")
        with osmium.SimpleWriter(str(partial), header=header, overwrite=True) as writer:
            for item in objects(osmium.FileProcessor(file).with_filter(kept.id_filter())):
                writer.add(item)
    return written


def download(place: str, target: Path, access: Access) -> str:
    """Save the streets of a place as GraphML through osmnx.

    The graph has every tag that ``access`` reads, and keeps the nodes that may be barriers. Answers of the services are
    cached beside the file.

    Parameters
    ----------
    place
        A name as on openstreetmap.org, of something with an outline.
    target
        The file to write.
    access
        Which tags to ask for.

    Returns
    -------
    str
        The day of the snapshot (ISO).

    Raises
    ------
    SourceError
        Without a network, and where the place is not known.
    """
    import osmnx as ox  # noqa: PLC0415  # two seconds to import, and only this needs it
    import requests  # noqa: PLC0415

    ox.settings.cache_folder = target.parent / "osmnx"
    ox.settings.useful_tags_way = sorted({*ox.settings.useful_tags_way, *access.of_ways})
    ox.settings.useful_tags_node = sorted({*ox.settings.useful_tags_node, *access.of_nodes})
    try:
        graph = ox.graph_from_place(place, network_type="all", retain_all=True, simplify=False)
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
    graph = ox.simplify_graph(graph, node_attrs_include=["barrier", *access.modes, *access.car])
    with atomic(target) as partial:
        ox.save_graphml(graph, partial)
    return str(graph.graph["created_date"])[:10]
