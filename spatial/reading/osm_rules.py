"""What nodes and relations of an OpenStreetMap file say of passage: barriers on streets, and turn restrictions."""

from __future__ import annotations

from dataclasses import dataclass

import osmium
import pandas as pd

from spatial.reading.osm import Ways
from spatial.reading.osm_file import Query, Tags
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


class RuleQuery(Query):
    """What nodes and relations say of passing streets.

    Parameters
    ----------
    access
        Which keys are wanted.
    """

    def __init__(self, access: Access) -> None:
        self.of_nodes = ("barrier", "highway", "type", *access.modes, *access.car)
        self.of_relations = ("type",)
        self._kinds, self._wanted = access.turns.keys, access.of_nodes
        self._numbers: list[int] = []
        # Nodes come before the ways they may be on. Few kinds of them there are: each has its tags once.
        self._rows: list[tuple[str | None, ...]] = []
        self._known: dict[tuple[str | None, ...], tuple[str | None, ...]] = {}
        self._turns: list[Turn] = []

    def node(self, node: osmium.osm.Node, tags: Tags) -> None:
        """Keep what a node says.

        Parameters
        ----------
        node, tags : osmium.osm.Node, dict of str
            A node of the file.
        """
        row = tuple(tags.get(name) for name in self._wanted)
        self._numbers.append(node.id)
        self._rows.append(self._known.setdefault(row, row))

    def relation(self, relation: osmium.osm.Relation, tags: Tags) -> None:
        """Keep a turn restriction.

        Parameters
        ----------
        relation, tags : osmium.osm.Relation, dict of str
            A relation of the file.
        """
        if tags.get("type") in self._kinds:
            self._turns.append(_turn(relation, tags))

    def take(self, ways: Ways) -> Rules:
        """The rules of some streets of the file.

        Parameters
        ----------
        ways
            The streets read of it.

        Returns
        -------
        Rules
            Tagged nodes on ``ways``, and turn restrictions of which one of ``ways`` is a member; others are of
            elsewhere.

        Raises
        ------
        SourceError
            For a file that cannot be read.
        """
        self.file.answer(self)
        on_ways, ours = set(ways.node.tolist()), set(ways.way.tolist())
        held = [at for at, number in enumerate(self._numbers) if number in on_ways]
        nodes = pd.DataFrame(
            [self._rows[at] for at in held],
            index=[self._numbers[at] for at in held],
            columns=self._wanted,
            dtype=object,
        )
        return Rules(nodes, [turn for turn in self._turns if ours & {*turn.start, *turn.via, *turn.end}])


def _turn(relation: osmium.osm.Relation, tags: Tags) -> Turn:
    ways = {
        role: [member.ref for member in relation.members if member.type == "w" and member.role == role]
        for role in ROLES
    }
    node = [member.ref for member in relation.members if member.type == "n" and member.role == "via"]
    return Turn(tags, ways["from"], ways["via"], node, ways["to"])
