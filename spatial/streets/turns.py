"""Turn restrictions as sequences of links that cars may not drive, and a network in which they cannot.

A directed link has a number: ``i`` along its drawing, ``i + n`` against it, of n links. A ban is a sequence of such
numbers; who drives all of it, one after the other, breaks it. ``only_`` restrictions ban every other way on.

In the network a car that is on its way into a ban drives on copies of nodes, one for each beginning of a ban, from
which the banned way on is missing (the automaton of Aho and Corasick over links, https://doi.org/10.1145/360825.360855).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from spatial.reading.osm_rules import Turn
from spatial.reading.provenance import Ledger
from spatial.reading.tags import Turns

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
# Turns to either side, in degrees to the left, and what is still straight on (D): for restrictions that leave a choice.
TURN_DEG = {"left_turn": (10.0, 170.0), "right_turn": (190.0, 350.0), "u_turn": (120.0, 240.0)}
STRAIGHT_DEG = 60.0
Path = tuple[int, ...]
SIDES: tuple[Literal["left"], Literal["right"]] = ("left", "right")


@dataclass(frozen=True)
class Drawn:
    """Links (n,) between nodes ``u`` and ``v``, the ways they are pieces of, and which directed ones cars drive (2n,).

    ``way`` (n,) is the number of each link's way in the source, ``line`` (n,) that of the line it is a piece of, as a
    way may be several lines; pieces of a line follow one another along its drawing. ``ends`` are nodes that cars do not
    pass: barriers. ``xy`` (N, 2) are the nodes' places in metres.
    """

    u: Ints
    v: Ints
    way: Ints
    line: Ints
    drivable: Bools
    ends: Ints
    xy: Floats


def banned(turns: Sequence[Turn], words: Turns, drawn: Drawn, node_id: Ints, ledger: Ledger) -> list[Path]:
    """Sequences of links that turn restrictions ban cars from; those not read are counted by the reason.

    Whom a restriction bids go on does not turn back before the end of the next street either, unless it is a dead end.

    Parameters
    ----------
    turns
        Restrictions as they stand in the file.
    words
        Keys and values that bind cars.
    drawn
        The streets, n links.
    node_id
        (N,) the source's numbers of nodes, ascending.
    ledger
        Takes how many were kept, and how many not and why.

    Returns
    -------
    list[Path]
        Sequences of directed links (0 to 2n - 1), each once.
    """
    streets = _Streets(drawn, {way for turn in turns for way in (*turn.start, *turn.via, *turn.end)})
    bans: dict[Path, None] = {}
    turned_at: dict[int, None] = {}
    allowed: dict[Path, set[int]] = {}
    count: Counter[str] = Counter()
    for turn in turns:
        kind = _kind(turn.tags, words)
        paths, why = _paths(turn, kind, words, streets, node_id) if kind in ("no", "only") else ([], kind)
        count[why] += 1
        for path in paths:
            turned_at |= dict.fromkeys(streets.head(link) for link in path[:-1])
            if kind == "no":
                bans[path] = None
            else:
                for last in range(1, len(path)):
                    allowed.setdefault(path[:last], set()).add(path[last])
    for begun, onward in allowed.items():
        bans |= dict.fromkeys((*begun, link) for link in streets.leaving(streets.head(begun[-1])) if link not in onward)
    for node in turned_at:
        bans |= dict.fromkeys((link, streets.reverse(link)) for link in streets.without_turning_back(node))
    if turns:
        ledger.note(
            "turns",
            kept=count["kept"],
            timed=count["timed"],
            others=count["others"],
            missing=count["missing"],
            unclear=count["unclear"],
        )
    return list(bans)


def _kind(tags: dict[str, str], words: Turns) -> str:
    """``no``, ``only``, or why a restriction is not read: ``timed``, ``others`` (not of cars), ``unclear``."""
    value = next((tags[key] for key in words.keys if key in tags), None)
    if set(words.timed) & set(tags) or (value is None and any(key.endswith(":conditional") for key in tags)):
        return "timed"
    if value is None or set(words.except_) & {part.strip() for part in tags.get("except", "").split(";")}:
        return "others"
    values = {part.strip() for part in value.split(";")}
    return "no" if values <= set(words.no) else "only" if values <= set(words.only) else "unclear"


def _paths(turn: Turn, kind: str, words: Turns, streets: _Streets, node_id: Ints) -> tuple[list[Path], str]:
    """The sequences of links that the members are, and whether they could be told: ``kept``, ``missing``, ``unclear``.

    Of each pair of members there must be one way to drive from one to the other. Where a member goes on beyond the turn
    there are several, and the one is meant that turns as the restriction says, if only one does.
    """
    members = {*turn.start, *turn.via, *turn.end}
    if not turn.start or not turn.end or bool(turn.via) == bool(turn.node) or len(turn.node) > 1:
        return [], "unclear"
    if kind == "only" and len(turn.start) + len(turn.end) > 2:
        return [], "unclear"
    if members - set(streets.lines):
        return [], "missing"
    at = None
    if turn.node:
        at = int(np.searchsorted(node_id, turn.node[0]))
        if at == len(node_id) or node_id[at] != turn.node[0]:
            return [], "missing"
    value = next(turn.tags[key] for key in words.keys if key in turn.tags)
    back = value in words.u_turn
    drivable: list[Path] = []
    for start, end in product(turn.start, turn.end):
        paths = set(streets.paths([start, *turn.via, end], at))
        if start == end and at is not None:
            paths = {path for path in paths if (path[1] == streets.reverse(path[0])) == back}
        if len(paths) > 1 and not (start == end and back):
            paths = _meant(paths, value, streets)
        if not paths:
            return [], "unclear"
        drivable += sorted(paths)
    return drivable, "kept"


def _meant(paths: set[Path], value: str, streets: _Streets) -> set[Path]:
    """The one of several drives that turns as a restriction says, or, of a way nobody may enter or leave by, all."""
    if value in ("no_entry", "no_exit"):
        ends = {path[-1] if value == "no_entry" else path[0] for path in paths}
        return paths if len(ends) == 1 else set()
    low, high = next((span for words, span in TURN_DEG.items() if value.endswith(words)), (0.0, 0.0))
    as_said = {path for path in paths if low < streets.turned_deg(path) % 360 < high}
    if value.endswith("straight_on"):
        as_said = {path for path in paths if abs((streets.turned_deg(path) + 180) % 360 - 180) < STRAIGHT_DEG}
    return as_said if len(as_said) == 1 else set()


class _Streets:
    """Links by way and by node, as restrictions look at them."""

    def __init__(self, drawn: Drawn, ways: set[int]) -> None:
        self.drawn, self.number = drawn, len(drawn.u)
        self.tail = np.concatenate([drawn.u, drawn.v])
        self._by_tail = np.argsort(self.tail, kind="stable")
        self._tails = self.tail[self._by_tail]
        self._ends = set(drawn.ends.tolist())
        self.lines: dict[int, list[list[int]]] = {}
        last = None
        for link in np.flatnonzero(np.isin(drawn.way, list(ways))).tolist():
            lines = self.lines.setdefault(int(drawn.way[link]), [])
            if drawn.line[link] != last:
                lines.append([])
            lines[-1].append(link)
            last = drawn.line[link]

    def reverse(self, link: int) -> int:
        """The same link the other way."""
        return link + self.number if link < self.number else link - self.number

    def head(self, link: int) -> int:
        """The node a directed link leads to."""
        return int(self.tail[self.reverse(link)])

    def turned_deg(self, path: Path) -> float:
        """By how much the last link of a drive is turned to the left of the first, in degrees."""
        first, last = (self.drawn.xy[self.head(link)] - self.drawn.xy[self.tail[link]] for link in (path[0], path[-1]))
        return float(np.degrees(np.arctan2(last[1], last[0]) - np.arctan2(first[1], first[0])))

    def leaving(self, node: int) -> list[int]:
        """Directed links by which cars leave a node."""
        first, last = np.searchsorted(self._tails, [node, node + 1])
        links = self._by_tail[first:last]
        leaving: list[int] = links[self.drawn.drivable[links]].tolist()
        return leaving

    def without_turning_back(self, node: int) -> Iterator[int]:
        """Links of the streets that leave a node, up to the next junction, at whose ends cars could turn and go on."""
        for first in self.leaving(node):
            link, at = first, self.head(first)
            while at != node and at not in self._ends:
                onward = [onto for onto in self.leaving(at) if onto != self.reverse(link)]
                if not onward:
                    break
                if self.drawn.drivable[self.reverse(link)]:
                    yield link
                if self._arms(at) != 2:
                    break
                link, at = onward[0], self.head(onward[0])

    def _arms(self, node: int) -> int:
        """How many links that cars drive, either way, meet at a node."""
        first, last = np.searchsorted(self._tails, [node, node + 1])
        links = self._by_tail[first:last]
        back = np.where(links < self.number, links + self.number, links - self.number)
        return int((self.drawn.drivable[links] | self.drawn.drivable[back]).sum())

    def paths(self, ways: list[int], at: int | None) -> Iterator[Path]:
        """Sequences of links from the last of the first way to the first of the last, along the ways between."""
        meeting = [[at]] if at is not None else [self._shared(*pair) for pair in pairwise(ways)]
        for nodes in product(*meeting):
            parts: list[list[Path]] = [[(link,) for link in self._directed(ways[0]) if self.head(link) == nodes[0]]]
            for way, start, end in zip(ways[1:-1], nodes[:-1], nodes[1:], strict=True):
                parts.append(list(self._along(way, start, end)))
            parts.append([(link,) for link in self._directed(ways[-1]) if self.tail[link] == nodes[-1]])
            for path in product(*parts):
                yield tuple(link for part in path for link in part)

    def _directed(self, way: int) -> list[int]:
        """The links of a way, each way that cars drive."""
        both = [link for line in self.lines[way] for onto in line for link in (onto, onto + self.number)]
        return [link for link in both if self.drawn.drivable[link]]

    def _nodes(self, way: int) -> set[int]:
        return {int(node) for line in self.lines[way] for ends in (self.drawn.u, self.drawn.v) for node in ends[line]}

    def _shared(self, one: int, other: int) -> list[int]:
        return sorted(self._nodes(one) & self._nodes(other))

    def _along(self, way: int, start: int, end: int) -> Iterator[Path]:
        """The drives along a way from one of its nodes to another, round its seam where it is a ring."""
        for line in self.lines[way]:
            for links in (line, [link + self.number for link in reversed(line)]):
                ring = self.tail[links[0]] == self.head(links[-1])
                for first in [at for at, link in enumerate(links) if self.tail[link] == start]:
                    onward = links[first:] + (links[:first] if ring else [])
                    last = next((at for at, link in enumerate(onward) if self.head(link) == end), None)
                    if last is not None and start != end and self.drawn.drivable[onward[: last + 1]].all():
                        yield tuple(onward[: last + 1])


def keeping_bans(
    bans: Sequence[Path], link: Ints, tail: Ints, head: Ints, *, nodes: int
) -> tuple[Ints, Ints, Ints, Ints]:
    """Arcs on which no ban can be driven.

    Parameters
    ----------
    bans
        Sequences of numbers of directed links; one with a link that is not in ``link`` is void.
    link
        (L,) numbers of the directed links that cars drive.
    tail, head
        (L,) their nodes.
    nodes
        How many nodes there are; copies are numbered from there on.

    Returns
    -------
    tail, head, at : Ints
        (A,) nodes of the arcs, copies among them, and the position of each in ``link``.
    copy_of : Ints
        (K,) the node that each copy is of. A trip begins at a node itself and ends at it or at any copy of it.

    References
    ----------
    Aho and Corasick (1975), https://doi.org/10.1145/360825.360855
    """
    position = {int(number): at for at, number in enumerate(link)} if bans else {}
    barred = {ban for ban in bans if position.keys() >= set(ban)}
    begun = _begun(barred, nodes)

    def after(driven: Path, onto: int) -> int | None:
        """Where a car is that drove ``driven`` and goes on by a link; None where it may not."""
        latest = [(*driven, onto)[first:] for first in range(len(driven) + 1)]
        if any(path in barred for path in latest):
            return None
        return next((begun[path] for path in latest if path in begun), int(head[position[onto]]))

    to = head.copy()
    for path, copy in begun.items():
        if len(path) == 1:
            to[position[path[0]]] = copy
    ends = np.array([head[position[path[-1]]] for path in begun], np.int64)
    order = np.argsort(tail, kind="stable")
    begins, stops = (np.searchsorted(tail[order], ends, side) for side in SIDES)
    more = [
        (copy, target, at)
        for (path, copy), begin, stop in zip(begun.items(), begins, stops, strict=True)
        for at in order[begin:stop].tolist()
        if (target := after(path, int(link[at]))) is not None
    ]
    copy_tail, copy_head, copy_at = np.array(more, np.int64).reshape(-1, 3).T
    return (
        np.concatenate([tail, copy_tail]),
        np.concatenate([to, copy_head]),
        np.concatenate([np.arange(len(link)), copy_at]),
        ends,
    )


def _begun(bans: Iterable[Path], first: int) -> dict[Path, int]:
    """Every drive with which a ban begins, and the number of the copy at its end, counted from ``first``."""
    begun: dict[Path, int] = {}
    for ban in sorted(bans):
        for last in range(1, len(ban)):
            begun.setdefault(ban[:last], first + len(begun))
    return begun
