"""What nodes and relations of an OpenStreetMap file say of passage: barriers on streets, and turn restrictions."""

from __future__ import annotations

from dataclasses import dataclass

import osmium
import pandas as pd

from spatial.reading.osm import Ways, reading, tag_row
from spatial.reading.tags import Access

ROLES = ("from", "via", "to")


@dataclass(frozen=True)
class Turn:
    """A turn restriction as it stands in the file: its tags, and its members by role, in order.

    ``start`` and ``end`` are the ways of the roles ``from`` and ``to``, ``via`` the ways between them and ``node`` the
    nodes given instead of ways.
    """

    tags: dict[str, str]
    start: list[int]
    via: list[int]
    node: list[int]
    end: list[int]


@dataclass(frozen=True)
class Rules:
    """Nodes of streets by their number with the tags ``Access.of_nodes`` (null where untagged); turn restrictions."""

    nodes: pd.DataFrame
    turns: list[Turn]


def read_rules(path: str, ways: Ways, access: Access) -> Rules:
    """Read what nodes and relations say of passing streets.

    Parameters
    ----------
    path
        An OpenStreetMap file.
    ways
        The streets read of it.
    access
        Which keys are wanted.

    Returns
    -------
    Rules
        Tagged nodes on ``ways``, and turn restrictions of which one of ``ways`` is a member; others are of elsewhere.

    Raises
    ------
    SourceError
        For a file that osmium cannot read.
    """
    on_ways, ours = set(ways.node.tolist()), set(ways.way.tolist())
    place = {key: column for column, key in enumerate(access.of_nodes)}
    numbers: list[int] = []
    rows: list[list[str | None]] = []
    turns: list[Turn] = []
    keys = osmium.filter.KeyFilter("barrier", "highway", "type", *access.modes, *access.car)
    with reading(path) as file:
        for item in osmium.FileProcessor(file, osmium.osm.NODE | osmium.osm.RELATION).with_filter(keys):
            if isinstance(item, osmium.osm.Node):
                if item.id in on_ways:
                    numbers.append(item.id)
                    rows.append(tag_row(item.tags, place))
            elif isinstance(item, osmium.osm.Relation) and item.tags.get("type") in access.turns.keys:
                turn = _turn(item)
                if ours & {*turn.start, *turn.via, *turn.end}:
                    turns.append(turn)
    return Rules(pd.DataFrame(rows, index=numbers, columns=list(place), dtype=object), turns)


def _turn(relation: osmium.osm.Relation) -> Turn:
    ways = {role: [one.ref for one in relation.members if one.type == "w" and one.role == role] for role in ROLES}
    node = [one.ref for one in relation.members if one.type == "n" and one.role == "via"]
    return Turn({tag.k: tag.v for tag in relation.tags}, ways["from"], ways["via"], node, ways["to"])
