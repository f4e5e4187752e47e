"""Ferries of an OpenStreetMap file, and the piers that lead to them: their lines, tags and routes.

A ferry is a way ``route=ferry``, or a relation ``route=ferry`` with the ways that are its parts. Source: the wiki of
OpenStreetMap, Tag:route=ferry and Key:duration (hours and minutes, minutes, ISO 8601; without the wait).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import osmium
import pandas as pd

from spatial.reading.boundary import Box
from spatial.reading.osm import Ways, located, overlaps
from spatial.reading.osm_file import Query, Tags
from spatial.reading.provenance import Ledger

FERRY_TAGS = ["route", "ferry", "duration", "foot", "bicycle", "motorcar", "motor_vehicle", "vehicle", "access"]
NUMBER = r"(\d+(?:\.\d+)?)"
CLOCK = re.compile(r"(\d+):(\d{1,2})(?::(\d{1,2}))?")
ISO = re.compile(rf"P(?:{NUMBER}D)?(?:T(?:{NUMBER}H)?(?:{NUMBER}M)?(?:{NUMBER}S)?)?", re.IGNORECASE)
WORDS = re.compile(rf"(?:{NUMBER}\s*(?:h|hrs?|hours?|시간))?\s*(?:{NUMBER}\s*(?:m|mins?|minutes?|분)?)?", re.IGNORECASE)


@dataclass(frozen=True)
class Ferries:
    """Lines of ferries and of piers (``route`` null) that no street runs over, and the relations some belong to.

    A route is the tags of its relation and the numbers of its ways. A way with nodes missing lacks its ``duration``,
    which is of the whole.
    """

    ways: Ways
    routes: list[tuple[dict[str, str], list[int]]]

    @property
    def numbers(self) -> set[int]:
        """Numbers of all ways."""
        return set(self.ways.way.tolist())


class FerryQuery(Query):
    """The ferries of which some part meets a box, whole, and the piers in it where there are any.

    Parameters
    ----------
    box
        West, south, east, north in degrees.
    """

    of_ways = ("route", "man_made")

    def __init__(self, box: Box) -> None:
        # Ways that are a part of a route need not say so themselves.
        self.numbers = self._members = set[int]()
        self._box = box
        self._routes: list[tuple[Tags, list[int]]] = []
        self._boats: set[int] = set()
        self._piers: set[int] = set()
        self._lines: dict[int, _Line] = {}

    def before(self, relation: osmium.osm.Relation) -> None:
        """Keep a route, and ask for its ways.

        Parameters
        ----------
        relation : osmium.osm.Relation
            A relation of the file.
        """
        if relation.tags.get("route") != "ferry":
            return
        tags = dict(relation.tags)
        # Landings and stops are members of a route, too, and no part of the way.
        members = [
            member.ref
            for member in relation.members
            if member.type == "w" and not re.match("platform|stop", member.role)
        ]
        if _is_ferry(tags):
            self._routes.append((tags, members))
            self._members |= set(members)

    def way(self, way: osmium.osm.Way, tags: Tags) -> None:
        """Keep the line of a ferry, or of a pier.

        Parameters
        ----------
        way, tags : osmium.osm.Way, dict of str
            A way of the file.
        """
        if _is_ferry(tags):
            self._boats.add(way.id)
        elif tags.get("man_made") == "pier" and "highway" not in tags:
            self._piers.add(way.id)
        elif way.id not in self._members:
            return
        known = [node for node in way.nodes if node.location.valid()]
        whole = bool(known) and known[0].ref == way.nodes[0].ref and known[-1].ref == way.nodes[-1].ref
        # What is missing between known landings is open water, and the time is of the whole.
        run = [node.ref for node in known], [node.lon for node in known], [node.lat for node in known]
        runs = [run] if whole and len(known) > 1 else located(way)
        self._lines[way.id] = _Line(tags, runs, whole)

    def take(self, ledger: Ledger) -> Ferries:
        """The ferries and piers.

        Parameters
        ----------
        ledger : Ledger
            Gets how many the file cuts off.

        Returns
        -------
        Ferries
            Whole, as far as the file has them.

        Raises
        ------
        SourceError
            For a file that cannot be read.
        """
        self.file.answer(self, ledger)
        lines = self._lines
        boats = {
            number
            for number in (self._boats | self._members) & set(lines)
            if "highway" not in lines[number].tags or lines[number].boat
        }
        # Of a route that is cut off the time of the whole says nothing of what is left.
        routes = [
            (
                tags if all(member in lines and lines[member].whole for member in members) else _untimed(tags),
                [member for member in members if member in boats],
            )
            for tags, members in self._routes
        ]
        near = {number for number, line in lines.items() if any(overlaps(xs, ys, self._box) for _, xs, ys in line.runs)}
        held = near & boats
        held |= {number for _, members in routes if near & set(members) for number in members}
        if cut := sum(not lines[number].whole for number in held):
            ledger.note("ferrycut", n=cut)
        if held:
            held |= near & (self._piers - boats)
        return Ferries(
            _as_ways({number: line for number, line in lines.items() if number in held}, boats),
            [(tags, members) for tags, members in routes if set(members) <= held and members],
        )


def seconds(duration: str) -> float | None:
    """A ``duration`` in seconds.

    Parameters
    ----------
    duration
        1:15, 1:15:30, 75 (minutes), PT1H15M, 1 h 15 min, 1시간 15분.

    Returns
    -------
    float or None
        None where it is none of these, or nothing.

    References
    ----------
    https://wiki.openstreetmap.org/wiki/Key:duration
    """
    text = duration.strip()
    if match := CLOCK.fullmatch(text):
        parts = [float(part or 0) for part in match.groups()]
        total = parts[0] * 3600 + parts[1] * 60 + parts[2]
    elif text and (match := ISO.fullmatch(text)):
        days, hours, minutes, rest = (float(part or 0) for part in match.groups())
        total = days * 86400 + hours * 3600 + minutes * 60 + rest
    elif match := WORDS.fullmatch(text):
        hours, minutes = (float(part or 0) for part in match.groups())
        total = hours * 3600 + minutes * 60
    else:
        return None
    return total or None


@dataclass(frozen=True)
class _Line:
    tags: dict[str, str]
    runs: list[tuple[list[int], list[float], list[float]]]
    whole: bool

    @property
    def boat(self) -> bool:
        return _is_ferry(self.tags)


def _is_ferry(tags: dict[str, str]) -> bool:
    return tags.get("route") == "ferry" and tags.get("ferry") != "no"


def _untimed(tags: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in tags.items() if name != "duration"}


def _as_ways(lines: dict[int, _Line], boats: set[int]) -> Ways:
    rows, first, number = [], [0], []
    node: list[int] = []
    lon: list[float] = []
    lat: list[float] = []
    for at, line in lines.items():
        tags = line.tags if line.whole else _untimed(line.tags)
        for refs, xs, ys in line.runs:
            rows.append([tags.get(name) for name in FERRY_TAGS])
            # A part of a relation need not say that it is a ferry.
            rows[-1][0] = "ferry" if at in boats else None
            node.extend(refs)
            lon.extend(xs)
            lat.extend(ys)
            first.append(len(node))
            number.append(at)
    return Ways(
        pd.DataFrame(rows, columns=FERRY_TAGS, dtype=object),
        np.array(first, np.int64),
        np.array(node, np.int64),
        np.array(lon, np.float64),
        np.array(lat, np.float64),
        np.array(number, np.int64),
    )
