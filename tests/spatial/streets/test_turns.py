"""Turn restrictions: seconds by hand at crossings, and any bans against a search over the links driven last."""

from __future__ import annotations

import heapq
import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geojeom.catalogues import CATALOGUES
from geojeom.checked_yaml import read_catalogue
from spatial.config.region import Source
from spatial.measures.facilities import toward_facilities
from spatial.reading.osm import WayQuery
from spatial.reading.osm_file import OsmFile
from spatial.reading.osm_rules import RuleQuery
from spatial.reading.provenance import Ledger
from spatial.reading.tags import SpeedTable
from spatial.streets.links import links_of_ways
from spatial.streets.network import Network
from spatial.streets.travel import cells_to_cells, from_groups
from spatial.streets.turns import keeping_bans
from tests.spatial.files import area, osm_file
from tests.spatial.whole import read_network

SPEEDS = read_catalogue(CATALOGUES / "speeds.yaml", SpeedTable)
REGION = area(1_000, 1_000)
ROAD = {"highway": "residential"}
# A crossing at 5 with four arms of 100 m, and a road round it from the west by the north to the east and the south:
#
#        6---7---8
#        |   |   |
#        1---5---3      1 west, 7 north, 3 east, 2 south
#            |   |
#            2---4
PLACES = {
    1: (0, 100),
    5: (100, 100),
    3: (200, 100),
    7: (100, 200),
    2: (100, 0),
    6: (0, 200),
    8: (200, 200),
    4: (200, 0),
}
WEST, SOUTH, EAST, NORTH, NORTHWEST, NORTHEAST, SOUTHEAST = 1, 2, 3, 4, 5, 6, 7
WAYS = [([1, 5], ROAD), ([2, 5], ROAD), ([5, 3], ROAD), ([5, 7], ROAD)]
WAYS += [([1, 6, 7], ROAD), ([7, 8, 3], ROAD), ([3, 4, 2], ROAD)]
AT = {"west": (0, 100), "south": (100, 0), "east": (200, 100), "north": (100, 200)}


def drive_m(
    folder: Path, relations: list, ways: list | None = None, ledger: Ledger | None = None, at: dict | None = None
) -> dict[tuple[str, str], float]:
    """Metres driven between the ends of the arms, at the 30 km/h of a Korean residential street."""
    path = osm_file(folder / "a.osm", PLACES, ways or WAYS, None, relations)
    at = at or AT
    x, y = np.array(list(at.values()), float).T
    cells = (x + 1_000_000, y + 2_000_000)
    town = read_network(Source(path=path), REGION, "KR", SPEEDS, cells=cells, ledger=ledger or Ledger("streets", path))
    assert town.cell_access_m.max() < 0.01
    seconds = from_groups(town, [np.array([i]) for i in range(4)], 3_600.0, "drive")
    walk = from_groups(town, [np.array([i]) for i in range(4)], 3_600.0, "walk")
    # Walkers turn as they like: 200 m between any two ends, at 4 km/h.
    assert walk[:, :4][~np.eye(4, dtype=bool)] == pytest.approx(180.0, rel=1e-3)
    names = list(at)
    return {
        (names[i], names[j]): round(float(seconds[i, j]) * 30 / 3.6)
        for i in range(4)
        for j in range(len(names))
        if i != j
    }


def relation(kind: str, start: int, end: int, via: tuple[str, int] = ("node", 5), **tags: str) -> tuple:
    about = {"type": "restriction", "restriction": kind} | {
        key.replace("__", ":"): value for key, value in tags.items()
    }
    return about, [("way", start, "from"), (*via, "via"), ("way", end, "to")]


FREE = dict.fromkeys([(a, b) for a in AT for b in AT if a != b], 200)


def test_without_restrictions(tmp_path: Path) -> None:
    assert drive_m(tmp_path, []) == FREE


def test_a_banned_turn_is_gone_round(tmp_path: Path) -> None:
    ledger = Ledger("streets")
    found = drive_m(tmp_path, [relation("no_left_turn", WEST, NORTH)], ledger=ledger)
    # From the west by the north-west corner, as far; no other trip changes, and so nothing but the turn shows.
    assert found == FREE
    assert any("turn restrictions: 1 kept" in text for text in ledger.notes)
    # With that corner closed: straight on to the east, and by the north-east corner to the north, 400 m.
    found = drive_m(tmp_path, [relation("no_left_turn", WEST, NORTH)], [*WAYS[:4], *WAYS[5:]])
    assert found == FREE | {("west", "north"): 400}


CORNERS = [*WAYS[:4], *WAYS[5:]]


@pytest.mark.parametrize("tags", [{}, {"restriction__motorcar": "no_left_turn", "restriction": "no_u_turn"}])
def test_two_banned_turns(tmp_path: Path, tags: dict[str, str]) -> None:
    bans = [relation("no_left_turn", WEST, NORTH, **tags), relation("no_straight_on", WEST, EAST)]
    found = drive_m(tmp_path, bans, CORNERS)
    # From the west only to the south is left, and from there by the corner: east 400 m, north 600 m. Nobody turns back
    # at the end of the southern arm, where one can go on.
    if tags:
        # The tag of cars goes before that of all; it bans the same turn.
        assert bans[0][0]["restriction"] == "no_u_turn"
    assert found == FREE | {("west", "east"): 400, ("west", "north"): 600}


def test_only_one_way_on(tmp_path: Path) -> None:
    found = drive_m(tmp_path, [relation("only_right_turn", WEST, SOUTH)], CORNERS)
    assert found == FREE | {("west", "east"): 400, ("west", "north"): 600}
    # Two of them from one street leave both ways open.
    both = [relation("only_right_turn", WEST, SOUTH), relation("only_straight_on", WEST, EAST)]
    assert drive_m(tmp_path, both, CORNERS) == FREE | {("west", "north"): 400}


@pytest.mark.parametrize(
    ("tags", "note"),
    [
        ({"except": "bicycle;motorcar"}, "1 of other vehicles"),
        ({"restriction": "", "restriction__hgv": "no_left_turn"}, "1 of other vehicles"),
        ({"restriction": "", "restriction__conditional": "no_left_turn @ (07:00-09:00)"}, "1 that hold at times only"),
        ({"day_on": "Monday", "day_off": "Friday"}, "1 that hold at times only"),
        ({"restriction": "no_left_turn_on_red"}, "1 unclear"),
        ({"type": "restriction:foot"}, None),
    ],
)
def test_restrictions_that_do_not_bind_cars_are_counted(tmp_path: Path, tags: dict[str, str], note: str | None) -> None:
    about, members = relation("no_left_turn", WEST, NORTH, **tags)
    ledger = Ledger("streets")
    about = {key: value for key, value in about.items() if value}
    assert drive_m(tmp_path, [(about, members)], CORNERS, ledger) == FREE
    said = [text for text in ledger.notes if text.startswith("turn restrictions")]
    assert said == [] if note is None else note in said[0]


def test_members_that_are_missing_or_leave_two_ways_are_counted(tmp_path: Path) -> None:
    # One street from west to east: on which side of the crossing nobody may enter it cannot be told.
    ways = [([1, 5, 3], ROAD), ([2, 5], ROAD), ([5, 7], ROAD), *WAYS[5:]]
    through, south = 1, 2
    relations = [
        relation("no_entry", south, through),
        relation("no_left_turn", south, 99),
        ({"type": "restriction", "restriction": "no_left_turn"}, [("way", south, "from"), ("node", 5, "via")]),
        relation("no_left_turn", south, through, ("node", 77)),
    ]
    ledger = Ledger("streets")
    assert drive_m(tmp_path, relations, ways, ledger) == FREE
    assert (
        "turn restrictions: 0 kept; not read: 0 that hold at times only, 0 of other vehicles, "
        "2 whose streets are not all in the file, 2 unclear"
    ) in ledger.notes


def test_a_way_that_goes_on_is_clear_by_the_turn_it_names(tmp_path: Path) -> None:
    # Streets that nobody cut at the crossing: from west to east, and from south to north.
    ways = [([1, 5, 3], ROAD), ([2, 5, 7], ROAD), WAYS[5], WAYS[6]]
    across, up = 1, 2
    # From the west to the north one turns left, and so from the east to the south: two drives, and neither is banned.
    assert drive_m(tmp_path, [relation("no_left_turn", across, up)], ways) == FREE
    ways = [([1, 5, 3], ROAD), ([5, 2], ROAD), ([5, 7], ROAD), WAYS[5], WAYS[6]]
    north = 3
    found = drive_m(tmp_path, [relation("no_left_turn", across, north)], ways)
    assert found == FREE | {("west", "north"): 400}
    found = drive_m(tmp_path, [relation("no_right_turn", north, across)], ways)
    # From the north to the west by the corners and the crossing.
    assert found == FREE | {("north", "west"): 400}
    found = drive_m(tmp_path, [relation("no_entry", across, north)], ways)
    # Nobody enters the northern arm from either side: the eastern one goes by its corner, as far.
    assert found == FREE | {("west", "north"): 400}
    found = drive_m(tmp_path, [relation("only_straight_on", 2, north)], ways)
    # From the south to the west by the south-east corner.
    assert found == FREE | {("south", "west"): 400}


def test_a_way_that_goes_on_is_clear_where_it_is_one_way(tmp_path: Path) -> None:
    # One way from west to east: who comes from the south can only turn right into it.
    ways = [([1, 5, 3], ROAD | {"oneway": "yes"}), ([2, 5], ROAD), ([5, 7], ROAD), ([1, 6, 7], ROAD), *WAYS[5:]]
    found = drive_m(tmp_path, [relation("no_right_turn", 2, 1)], ways)
    # From the south to the east by its corner, 200 m as well; to the west by the north and its corner, 400 m.
    assert (found["south", "east"], found["south", "west"], found["west", "east"]) == (200, 400, 200)
    found = drive_m(tmp_path, [relation("no_right_turn", 2, 1)], ways[:-1])
    # Without that corner: north, and by the north-east corner.
    assert found["south", "east"] == 400


def test_turning_back_is_for_dead_ends(tmp_path: Path) -> None:
    # From the south one may only turn right at the crossing. Where that arm is a dead end one turns back in it, 400 m.
    only = relation("only_right_turn", SOUTH, EAST)
    assert drive_m(tmp_path, [only], WAYS[:5])["south", "west"] == 400
    # Where it leads on one does, by the north-east corner and the north: 600 m.
    found = drive_m(tmp_path, [only], [*WAYS[:4], WAYS[5]])
    assert found["south", "west"] == 600
    assert found["east", "west"] == 200
    # A barrier makes a dead end of it again.
    nodes = PLACES | {9: (200, 150)}
    ways = [*WAYS[:4], ([7, 8, 9, 3], ROAD)]
    path = osm_file(tmp_path / "a.osm", nodes, ways, {9: {"barrier": "bollard"}}, [only])
    at = (np.array([1_000_100.0, 1_000_000.0]), np.array([2_000_000.0, 2_000_100.0]))
    town = read_network(Source(path=path), REGION, "KR", SPEEDS, cells=at, ledger=Ledger("streets", path))
    # 200 m to the end of the arm, 50 m to the bollard, and back: 500 m at 30 km/h.
    assert from_groups(town, [np.array([0])], 3_600.0, "drive")[0, 1] == pytest.approx(60, rel=1e-3)


def test_a_turn_back_that_is_banned(tmp_path: Path) -> None:
    path = osm_file(tmp_path / "a.osm", PLACES, WAYS[:5], None, [relation("no_u_turn", EAST, EAST, ("node", 3))])
    ledger = Ledger("streets", path)
    ways = OsmFile(path).ask(WayQuery("highway", SPEEDS.access.of_ways, REGION.degrees)).take(ledger)
    rules = OsmFile(path).ask(RuleQuery(SPEEDS.access)).take(ways)
    links, _ = links_of_ways(ways, rules, SPEEDS, "KR", crs=REGION.crs, ledger=ledger)
    # The third of five links, driven along and then against its drawing; and back at its other end, at the crossing.
    assert len(links.u) == 5
    assert set(links.bans) == {(2, 2 + 5), (2 + 5, 2)}


def test_a_ban_over_a_street_between(tmp_path: Path) -> None:
    # Who comes from the west and drives the arm to the east may not turn north at its end; from elsewhere one may.
    ways = [([1, 5], ROAD), ([5, 3], ROAD), ([3, 8], ROAD), ([5, 7], ROAD), ([8, 7], ROAD), ([5, 2], ROAD)]
    west, east, up = 1, 2, 3
    at = AT | {"corner": (200, 200)}
    no = [relation("no_left_turn", west, up, ("way", east)), relation("no_left_turn", west, 4)]
    found = drive_m(tmp_path, no, [*ways, ([3, 4, 2], ROAD)], at=at)
    # To the corner by the east 300 m is banned, and so is left at the crossing: 200 m and back, 100 + 200 m.
    assert found["west", "corner"] == 500
    assert found["south", "corner"] == found["west", "east"] + 100 == 300


def test_only_over_a_street_between_leaves_no_branch(tmp_path: Path) -> None:
    ways = [
        ([1, 5], ROAD),
        ([5, 3], ROAD),
        ([3, 8], ROAD),
        ([5, 7], ROAD),
        ([8, 7], ROAD),
        ([5, 2], ROAD),
        ([3, 4, 2], ROAD),
    ]
    found = drive_m(tmp_path, [relation("only_left_turn", 1, 3, ("way", 2))], ways)
    # From the west on to 3, north to 8 and west to 7: 400 m; south only from there, 200 m more.
    assert (found["west", "north"], found["west", "east"], found["west", "south"]) == (400, 200, 600)
    assert found["north", "south"] == 200


def test_no_entry_and_no_exit_have_several_members(tmp_path: Path) -> None:
    kind = {"type": "restriction", "restriction": "no_entry"}
    entry = (kind, [("way", WEST, "from"), ("way", SOUTH, "from"), ("node", 5, "via"), ("way", NORTH, "to")])
    found = drive_m(tmp_path, [entry], CORNERS)
    assert found == FREE | {("west", "north"): 400, ("south", "north"): 400}
    leave = (
        {"type": "restriction", "restriction": "no_exit"},
        [("way", WEST, "from"), ("node", 5, "via"), ("way", NORTH, "to"), ("way", EAST, "to")],
    )
    assert drive_m(tmp_path, [leave], CORNERS) == FREE | {("west", "east"): 400, ("west", "north"): 600}


def test_a_long_street_between_and_one_that_is_a_ring(tmp_path: Path) -> None:
    # From the west over 600 m to the east, 9, and not left there to the north; nodes in between make pieces of 200 m.
    nodes = {1: (0, 100), 2: (100, 100), 3: (200, 100), 4: (300, 100), 5: (400, 100), 6: (500, 100), 7: (600, 100)}
    nodes |= {8: (700, 100), 9: (700, 200), 10: (100, 0), 11: (700, 0)}
    ways = [([1, 2], ROAD), ([2, 3, 4, 5, 6, 7, 8], ROAD), ([8, 9], ROAD), ([2, 10], ROAD), ([8, 11], ROAD)]
    at = {"west": (0, 100), "north": (700, 200), "south": (100, 0), "end": (700, 0)}
    found = metres(tmp_path, nodes, ways, [relation("no_left_turn", 1, 3, ("way", 2))], at)
    # By the south of the end and back: 200 m more.
    assert (found["west", "north"], found["west", "end"], found["south", "north"]) == (1_000, 800, 800)
    found = metres(tmp_path, nodes, ways, [relation("only_right_turn", 1, 5, ("way", 2))], at)
    assert (found["west", "north"], found["west", "end"]) == (1_000, 800)
    # A roundabout drawn from 3: who enters at 2 may not leave at 4, which is beyond the seam.
    nodes = {1: (0, 100), 2: (100, 100), 3: (200, 0), 4: (300, 100), 5: (200, 200), 6: (400, 100), 7: (200, 300)}
    ways = [([1, 2], ROAD), ([3, 4, 5, 2, 3], ROAD | {"junction": "roundabout"}), ([4, 6], ROAD), ([5, 7], ROAD)]
    at = {"west": (0, 100), "east": (400, 100), "north": (200, 300)}
    side = 100 * np.sqrt(2)
    free = metres(tmp_path, nodes, ways, [], at)
    assert free["west", "east"] == pytest.approx(200 + 2 * side, abs=1)
    found = metres(tmp_path, nodes, ways, [relation("no_straight_on", 1, 3, ("way", 2))], at)
    # Once more round, as the ban is of a drive from the entry to the exit, not of the whole round.
    assert found["west", "east"] == pytest.approx(200 + 6 * side, abs=1)
    assert (found["west", "north"], found["north", "east"]) == (free["west", "north"], free["north", "east"])


def metres(folder: Path, nodes: dict, ways: list, relations: list, at: dict) -> dict[tuple[str, str], float]:
    """Metres driven between places on streets, at the 30 km/h of a Korean residential street."""
    path = osm_file(folder / "b.osm", nodes, ways, None, relations)
    x, y = np.array(list(at.values()), float).T
    cells = (x + 1_000_000, y + 2_000_000)
    town = read_network(Source(path=path), REGION, "KR", SPEEDS, cells=cells, ledger=Ledger("streets", path))
    seconds = from_groups(town, [np.array([i]) for i in range(len(at))], 3_600.0, "drive")
    names = list(at)
    far = np.round(seconds.astype(float) * 30 / 3.6)
    return {(a, b): far[i, j] for i, a in enumerate(names) for j, b in enumerate(names)}


def test_a_ban_holds_through_a_gate_and_beside_a_ferry(tmp_path: Path) -> None:
    # A gate that walkers may not pass stands at the crossing of two arms, where going straight on is banned.
    ways = [([1, 5], ROAD), ([5, 3], ROAD), *WAYS[4:6], ([7, 3], {"route": "ferry", "motor_vehicle": "no"})]
    gate = {5: {"barrier": "gate", "foot": "no", "motorcar": "yes"}}
    path = osm_file(tmp_path / "a.osm", PLACES, ways, gate, [relation("no_straight_on", 1, 2)])
    ends = (np.array([1_000_000.0, 1_000_200.0]), np.array([2_000_100.0, 2_000_100.0]))
    town = read_network(Source(path=path), REGION, "KR", SPEEDS, cells=ends, ledger=Ledger("streets", path))
    seconds = from_groups(town, [np.array([0]), np.array([1])], 3_600.0, "drive")
    # By the northern corners, 400 m, and back over the crossing, 200 m, at 30 km/h.
    assert seconds[0, 1] == pytest.approx(48, rel=1e-3)
    assert seconds[1, 0] == pytest.approx(24, rel=1e-3)
    # Walkers go by the north-west corner, 200 m at 4 km/h, and by boat, 141 m at 15 km/h.
    walk = from_groups(town, [np.array([0])], 3_600.0, "walk")[0, 1]
    assert walk == pytest.approx(180 + 141.42 / (15 / 3.6), rel=1e-3)


def test_new_streets_of_an_editor_are_bound_too(tmp_path: Path) -> None:
    # Numbers below zero, as JOSM gives them before they are sent.
    path = Path(osm_file(tmp_path / "a.osm", PLACES, CORNERS, None, [relation("no_left_turn", WEST, NORTH)]))
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r'\b(id|ref)="(\d)', r'\1="-\2', text), encoding="utf-8")
    at = (np.array([1_000_000.0, 1_000_100.0]), np.array([2_000_100.0, 2_000_200.0]))
    town = read_network(Source(path=str(path)), REGION, "KR", SPEEDS, cells=at, ledger=Ledger("streets", str(path)))
    assert from_groups(town, [np.array([0])], 3_600.0, "drive")[0, 1] == pytest.approx(48, rel=1e-3)


def test_pairs_of_cells_are_not_driven_where_turns_are_restricted(tmp_path: Path) -> None:
    path = osm_file(tmp_path / "a.osm", PLACES, WAYS, None, [relation("no_left_turn", WEST, NORTH)])
    at = (np.array([1_000_050.0]), np.array([2_000_100.0]))
    town = read_network(Source(path=path), REGION, "KR", SPEEDS, cells=at, ledger=Ledger("streets", path))
    assert town.copy_of.size > 0
    town.save(tmp_path / "streets.npz")
    assert Network.load(tmp_path / "streets.npz").copy_of.tolist() == town.copy_of.tolist()
    with pytest.raises(ValueError, match="where turns are restricted"):
        cells_to_cells(town, np.array([0], np.int32), 600.0, "drive")


NODES = 6
# Directed links between six nodes, some parallel: tail, head and whole seconds.
links_of_towns = st.lists(
    st.tuples(st.integers(0, NODES - 1), st.integers(0, NODES - 1), st.integers(0, 20)), min_size=3, max_size=16
)


@st.composite
def towns(draw: st.DrawFn) -> tuple[list[tuple[int, int, int]], list[tuple[int, ...]]]:
    """Links, and bans that are drives of two to four links."""
    links = draw(links_of_towns)
    bans = []
    for _ in range(draw(st.integers(0, 6))):
        path = [draw(st.integers(0, len(links) - 1))]
        for _ in range(draw(st.integers(1, 3))):
            onward = [at for at, link in enumerate(links) if link[0] == links[path[-1]][1]]
            if onward:
                path.append(draw(st.sampled_from(onward)))
        if len(path) > 1:
            bans.append(tuple(path))
    return links, bans


def network(links: list[tuple[int, int, int]], bans: list[tuple[int, ...]]) -> Network:
    tail, head, seconds = np.array(links, np.int64).T
    arc_tail, arc_head, at, copy_of = keeping_bans(bans, np.arange(len(links)), tail, head, nodes=NODES)
    order = np.argsort(arc_tail, kind="stable")
    nodes = NODES + len(copy_of)
    drive_s = seconds[at][order].astype(np.float32)
    return Network(
        node_x_m=np.zeros(nodes),
        node_y_m=np.zeros(nodes),
        indptr=np.concatenate([[0], np.cumsum(np.bincount(arc_tail, minlength=nodes))]),
        indices=arc_head[order].astype(np.int32),
        length_m=drive_s,
        walk_s=np.full(len(order), np.inf, np.float32),
        drive_s=drive_s,
        cell_node=np.arange(NODES, dtype=np.int32),
        cell_access_m=np.zeros(NODES, np.float32),
        kind="osm",
        circuity=1.0,
        walk_kmh=3.6,
        access_kmh=3.6,
        copy_of=copy_of.astype(np.int32),
    )


def searched(links: list[tuple[int, int, int]], bans: list[tuple[int, ...]], start: int) -> list[float]:
    """Fewest seconds to each node, of all drives without a ban in them: the search remembers the last three links."""
    best: dict[tuple[int, tuple[int, ...]], int] = {(start, ()): 0}
    heap = [(0, start, ())]
    reached = [float("inf")] * NODES
    while heap:
        seconds, node, driven = heapq.heappop(heap)
        if seconds > best[node, driven]:
            continue
        reached[node] = min(reached[node], seconds)
        for at, (tail, head, more) in enumerate(links):
            drive = (*driven, at)
            if tail != node or any(drive[-len(ban) :] == ban for ban in bans):
                continue
            state = (head, drive[-3:])
            if seconds + more < best.get(state, float("inf")):
                best[state] = seconds + more
                heapq.heappush(heap, (seconds + more, *state))
    return reached


@settings(max_examples=300, deadline=None)
@given(town=towns())
def test_equals_a_search_over_the_links_driven(town: tuple[list, list]) -> None:
    equals_a_search(*town)


def equals_a_search(links: list[tuple[int, int, int]], bans: list[tuple[int, ...]]) -> None:
    expected = [searched(links, bans, start) for start in range(NODES)]
    found = network(links, bans)
    groups = [np.array([start]) for start in range(NODES)]
    assert from_groups(found, groups, 1_000.0, "drive").tolist() == expected
    # The same towards places, on the streets turned round: a metre a second.
    towards = from_groups(toward_facilities(found, 3.6, 3.6), groups, 1_000.0, "drive")
    assert towards.T.tolist() == expected


def test_a_town_in_which_a_ban_matters_is_drawn() -> None:
    # 0 to 1 by two parallel links, of which only the quick one bans going on to 2.
    links = [(0, 1, 1), (0, 1, 5), (1, 2, 1)]
    assert from_groups(network(links, [(0, 2)]), [np.array([0])], 100.0, "drive")[0, :3].tolist() == [0, 1, 6]
