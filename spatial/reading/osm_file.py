"""One reading of an OpenStreetMap file (.osm.pbf, .osm, .osm.gz, .osm.bz2) for everybody who wants something of it.

Who wants something asks first, by a ``Query``; when the first answer is taken the file is read, and every query that
has been asked by then is shown the objects with its keys. osmium filters and places them in C++; Python sees just the
tagged objects asked for, so a country's file needs no more memory than its node locations.

The file is read twice, as osmium does for areas: first its relations, which say which ways make up a multipolygon or a
ferry, then everything.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import osmium
from osmium.osm import AREA, NODE, NOTHING, RELATION, WAY

from geojeom.errors import Fault, SourceError
from spatial.reading.formats import hold_file
from spatial.reading.osm_edited import TORN, needs_rewriting, rewrite, unpacked

if TYPE_CHECKING:
    from spatial.reading.provenance import Ledger

SUFFIXES = (".pbf", ".osm", ".gz", ".bz2", ".xml")
# Kinds of objects, by the letter that osmium calls them.
ENTITIES = {"n": NODE, "w": WAY, "r": RELATION, "a": AREA}
Tags = dict[str, str]
# Takes an object of a file, with its tags.
Look = Callable[[Any, Tags], None]


class Query:
    """What somebody wants of a file: the keys of objects it is shown, of which each has one at least.

    An object is there only while it is shown. ``numbers`` are ways that are shown whatever their tags; relations that
    name them are shown by ``before``, ahead of everything else.
    """

    of_nodes: tuple[str, ...] = ()
    of_ways: tuple[str, ...] = ()
    of_relations: tuple[str, ...] = ()
    # Closed ways and multipolygons; their ways and relations are shown too, as not every one of them is an area.
    of_areas: tuple[str, ...] = ()
    numbers: set[int] | None = None
    file: OsmFile

    def before(self, relation: osmium.osm.Relation) -> None:
        """Look at a relation ahead of everything else; called where ``numbers`` is a set."""

    def node(self, node: osmium.osm.Node, tags: Tags) -> None:
        """Look at a node."""

    def way(self, way: osmium.osm.Way, tags: Tags) -> None:
        """Look at a way."""

    def relation(self, relation: osmium.osm.Relation, tags: Tags) -> None:
        """Look at a relation."""

    def area(self, area: osmium.osm.Area, tags: Tags) -> None:
        """Look at an area."""


Q = TypeVar("Q", bound=Query)


class OsmFile:
    """An OpenStreetMap file in its present state, and what is asked of it.

    Parameters
    ----------
    path
        The file; that it is there and whole is looked at when it is read.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self.day = ""
        self._asked: list[Query] = []
        self._answered: dict[Query, SourceError | None] = {}
        self._gone = 0

    def ask(self, query: Q) -> Q:
        """Ask a query; who reads the file next answers it with all others.

        Parameters
        ----------
        query
            What is wanted; it is asked of one file only.

        Returns
        -------
        Query
            The same.
        """
        query.file = self
        self._asked.append(query)
        return query

    def answer(self, query: Query, ledger: Ledger | None = None) -> None:
        """Read the file for all that has been asked of it, unless it has been read for this query.

        Parameters
        ----------
        query
            One that was asked.
        ledger
            Takes how many objects of an edited file are marked as deleted.

        Raises
        ------
        SourceError
            For a file that osmium cannot read.
        """
        if query not in self._answered:
            fault = None
            try:
                with self._reading() as file:
                    _show(file, self._asked)
            except SourceError as error:
                fault = error
            self._answered |= dict.fromkeys(self._asked, fault)
            self._asked = []
        if (fault := self._answered[query]) is not None:
            raise SourceError(fault.faults)
        if self._gone and ledger is not None:
            ledger.note("gone", n=self._gone)

    @contextmanager
    def _reading(self) -> Iterator[str]:
        with present(self.path) as (file, self._gone):
            self.day = snapshot(self.path)
            yield file


def is_osm(path: str) -> bool:
    """Whether a file's name says it is an OpenStreetMap file.

    Parameters
    ----------
    path : str
        The file.

    Returns
    -------
    bool
        By its ending alone.
    """
    return path.lower().endswith(SUFFIXES)


@contextmanager
def present(path: str) -> Iterator[tuple[str, int]]:
    """The file to read for the present state of another, and how many objects that marks as deleted.

    What osmium says of a broken one becomes a SourceError.
    """
    hold_file(path, "an OpenStreetMap file")
    try:
        with tempfile.TemporaryDirectory() as folder:
            # What is no XML at all is left to osmium, which says so.
            with _osmium_errors(), osmium.io.Reader(path, NOTHING):
                pass
            if needs_rewriting(path):
                file = Path(folder) / "now.osm"
                gone = rewrite(path, file)
                yield str(file), gone
            else:
                yield path, 0
    except (RuntimeError, osmium.InvalidLocationError) as error:
        raise SourceError(
            Fault(
                path,
                "an OpenStreetMap file (.osm.pbf, .osm, .osm.gz, .osm.bz2)",
                str(error),
                "Check that the download is complete and the file's ending is right.",
            )
        ) from None


def snapshot(path: str) -> str:
    """The ISO day on which a file was taken from OpenStreetMap, by its header; "" where it does not say."""
    with _osmium_errors(), osmium.io.Reader(path, NOTHING) as reader:
        header = reader.header()
    if day := header.get("osmosis_replication_timestamp") or header.get("timestamp"):
        return day[:10]
    # What Overpass and osmconvert write at the top of their XML, which osmium passes over.
    try:
        with unpacked(path) as stream:
            first = stream.read(2500)
    except TORN:
        # Reading on says where it breaks off.
        return ""
    top = re.match(rb".{0,2000}?<(?:osm|meta)\b[^>]*\b(?:timestamp|osm_base)=[\"'](\d{4}-\d\d-\d\d)", first, re.DOTALL)
    return top[1].decode() if top else ""


class _Before:
    """Shows relations to those who must know them ahead of everything else; lets all of them pass."""

    def __init__(self, queries: list[Query]) -> None:
        self._queries = queries

    def relation(self, relation: osmium.osm.Relation) -> None:
        for query in self._queries:
            query.before(relation)


def _show(file: str, queries: list[Query]) -> None:
    """Read a file and show its objects to all queries, in the file's order."""
    looks = {
        "n": _by_key((query.node, query.of_nodes) for query in queries),
        "w": _by_key((query.way, query.of_ways + query.of_areas) for query in queries),
        "r": _by_key((query.relation, query.of_relations + query.of_areas) for query in queries),
        "a": _by_key((query.area, query.of_areas) for query in queries),
    }
    numbered = [query for query in queries if query.numbers is not None]
    stream = osmium.FileProcessor(file).with_locations()
    if looks["a"]:
        stream.with_areas(_Before(numbered), osmium.filter.KeyFilter(*looks["a"]))
    elif numbered:
        with _osmium_errors(), osmium.io.Reader(file, RELATION) as reader:
            osmium.apply(reader, _Before(numbered))
    for kind, entity in ENTITIES.items():
        # Ways by their number need not have a key of anybody's.
        if kind != "w" or not numbered:
            only: osmium.filter.KeyFilter | osmium.filter.EntityFilter = osmium.filter.EntityFilter(~entity)
            if looks[kind]:
                only = osmium.filter.KeyFilter(*looks[kind])
                only.enable_for(entity)
            stream.with_filter(only)
    for item in objects(stream):
        kind, tags = item.type_str(), {tag.k: tag.v for tag in item.tags}
        who = dict.fromkeys(look for key in tags for look in looks[kind].get(key, ()))
        if kind == "w":
            who |= {query.way: None for query in numbered if query.numbers and item.id in query.numbers}
        for look in who:
            look(item, tags)


@contextmanager
def _osmium_errors() -> Iterator[None]:
    """Of one kind, whatever osmium finds wrong with a file: a number that is none is a ValueError to it."""
    try:
        yield
    except ValueError as error:
        raise RuntimeError(str(error)) from None


def objects(stream: Iterable[Any]) -> Iterator[Any]:
    """The objects of a file; what goes wrong with whoever looks at them is none of osmium's errors."""
    with _osmium_errors():
        yield from stream


def _by_key(wanted: Iterable[tuple[Look, Sequence[str]]]) -> dict[str, list[Look]]:
    """Who looks at objects with a key."""
    by_key: dict[str, list[Look]] = {}
    for look, keys in wanted:
        for key in dict.fromkeys(keys):
            by_key.setdefault(key, []).append(look)
    return by_key
