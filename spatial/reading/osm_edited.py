"""OpenStreetMap files as an editor or the history of the map leaves them, brought to what is true now.

JOSM keeps what was deleted, marked ``action="delete"``, and numbers new objects below zero; a history holds every
version of an object and says ``visible="false"`` of the last of one that is gone. osmium reads all of them as they
stand and cannot place nodes below zero, so such a file is written anew first: the newest version of every object that
is not deleted, all numbers above zero. Files without any of these marks are read as they are.
"""

from __future__ import annotations

import bz2
import gzip
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast
from xml.etree.ElementTree import Element, ParseError, iterparse, tostring

import osmium

from geojeom.errors import Fault, SourceError

MARKS = re.compile(rb"""\s(?:action|visible)=["']|\s(?:id|ref)=["']-""")
OBJECTS = ("node", "way", "relation")
BLOCK = 1 << 20
# What unpacking a damaged file ends with.
TORN = (EOFError, OSError, zlib.error)


def unpacked(path: str) -> IO[bytes]:
    """An XML file, whichever way it is packed, as bytes."""
    if path.lower().endswith(".gz"):
        return cast("IO[bytes]", gzip.open(path))
    return bz2.open(path) if path.lower().endswith(".bz2") else Path(path).open("rb")


def needs_rewriting(path: str) -> bool:
    """Whether a file bears marks of an editor or a history.

    Raises SourceError for files of changes (``.osc``) and for histories in PBF, which hold more than one state.
    """
    if path.lower().endswith(".pbf"):
        with osmium.io.Reader(path, osmium.osm.NOTHING) as reader:
            if reader.header().has_multiple_object_versions:
                raise SourceError(_fault(path, "every version of its objects (a history)", "osmium time-filter"))
        return False
    try:
        return _marked(path)
    except TORN:
        # A packed file that breaks off is for osmium to refuse, which says where.
        return False


def _marked(path: str) -> bool:
    with unpacked(path) as stream:
        before = stream.read(BLOCK)
        if re.search(rb"<osmChange\b|<action\s", before[:5000]):
            raise SourceError(_fault(path, "a list of changes (osmChange)", "osmium apply-changes"))
        while before:
            if MARKS.search(before):
                return True
            # The end of one block is looked at again with the next, as a mark may lie across both.
            block = stream.read(BLOCK)
            before = before[-50:] + block if block else b""
    return False


def rewrite(path: str, target: Path) -> int:
    """Write the present state of an XML file to ``target`` (.osm); return how many objects it marks as deleted.

    Of several versions of an object the highest counts, of equal ones the last. Memory holds the numbers of objects.
    """
    newest: dict[tuple[str, int], tuple[int, int, bool]] = {}
    top = 0
    for position, item in enumerate(_objects(path)):
        key = item.tag, int(item.get("id", "0"))
        version = int(item.get("version", "0"))
        gone = item.get("action") == "delete" or item.get("visible") == "false"
        if key not in newest or version >= newest[key][0]:
            newest[key] = version, position, gone
        top = max(top, key[1])
    kept = {position for _, position, gone in newest.values() if not gone}
    with target.open("wb") as out:
        out.write(b'<osm version="0.6">\n')
        for position, item in enumerate(_objects(path)):
            if position in kept:
                for mark in {"action", "visible"} & set(item.attrib):
                    del item.attrib[mark]
                _renumber(item, "id", top)
                for member in (*item.iter("nd"), *item.iter("member")):
                    _renumber(member, "ref", top)
                out.write(tostring(item))
        out.write(b"</osm>\n")
    return sum(gone for _, _, gone in newest.values())


def _objects(path: str) -> Iterator[Element]:
    with unpacked(path) as stream:
        try:
            events = iterparse(stream, events=("start", "end"))  # noqa: S314 (expat bounds what entities grow to)
            _, root = next(events)
            for event, item in events:
                if event == "end" and item.tag in OBJECTS:
                    yield item
                    root.clear()
        except (ParseError, ValueError, *TORN) as error:
            fault = Fault(path, "an OpenStreetMap file (.osm, .osm.gz, .osm.bz2)", str(error), "Check the download.")
            raise SourceError(fault) from None


def _renumber(item: Element, name: str, top: int) -> None:
    number = int(item.get(name, "0"))
    if number < 0:
        item.set(name, str(top - number))


def _fault(path: str, found: str, tool: str) -> Fault:
    return Fault(path, "an OpenStreetMap file of one day", found, f"Make one of it first (`{tool}`).")
