"""The street network: main roads of the drawing, local streets between them, cut where they meet."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import shapely
import shapely.ops
from blocks import OVERSHOOT_M, Street, fill
from curves import lines, polygons, spline, wobble
from layout import EMBANKMENTS, INTERCHANGES, MOTORWAY, RAIL, RAIL_SPUR, ROADS, Sheet
from quarters import QUARTERS
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree
from shapely.geometry import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.strtree import STRtree
from terrain import Terrain

BRIDGES = ["갈대대교", "모루교", "서해밀대교", "나루교", "해밀대교", "새다리", "은하대교", "물빛대교"]
SHORTEST_STUB_M = 4.0
GRID_M = 0.1
TINY_NETWORK = 12  # nodes; smaller separate networks are drawing accidents and are left out


@dataclass(frozen=True)
class Town:
    """``pieces`` are streets cut at every junction; ``areas`` what was built up, by kind, one row per block."""

    pieces: list[Street]
    motorway: list[Street]
    rail: list[tuple[str, LineString]]
    main: list[Street]
    areas: list[tuple[str, str, Polygon]]
    junctions: np.ndarray


def build(sheet: Sheet, terrain: Terrain, rng: np.random.Generator) -> Town:
    """Draw all streets."""
    main = _main_roads(sheet, terrain)
    rail = [
        ("해밀선", LineString(spline(sheet.at(RAIL), 40.0))),
        ("모루인입선", LineString(spline(sheet.at(RAIL_SPUR), 40.0))),
    ]
    extent = terrain.boundary.buffer(350 * sheet.linear)
    rail = [(name, _longest(line.intersection(extent))) for name, line in rail]
    areas = _areas(sheet, terrain, main, rail, rng)
    local = [street for kind, name, area in areas for street in fill(kind, name, area, rng)]
    paths = _riverside(terrain, sheet)
    pieces = _cut(main + local + paths)
    pieces, junctions = _pruned(pieces)
    tree = STRtree([p.line for p in pieces])
    # What no street leads to (across a stream, say) was never built up.
    areas = [row for row in areas if len(tree.query(row[2].buffer(-30), predicate="intersects"))]
    pieces += _island_paths(terrain)
    motorway = _motorway(sheet, extent, pieces)
    return Town(pieces, motorway, rail, main, areas, junctions)


def _longest(geometry: BaseGeometry) -> LineString:
    return max(lines(shapely.line_merge(geometry)), key=lambda part: part.length)


def _main_roads(sheet: Sheet, terrain: Terrain) -> list[Street]:
    roads = [
        Street(LineString(spline(sheet.at(r.points), 30.0, closed=r.closed)), r.highway, r.name, r.maxspeed)
        for r in ROADS
    ]
    course = {road.name: road.line for road in roads}
    for name, highway, side, upper, lower in EMBANKMENTS:
        bank = terrain.river_line.offset_curve(side * 235 * sheet.linear, quad_segs=8)
        ends = [bank.project(shapely.get_parts(bank.intersection(course[road]))[0]) for road in (upper, lower)]
        bank = shapely.ops.substring(bank, min(ends) - OVERSHOOT_M, max(ends) + OVERSHOOT_M)
        roads.append(Street(bank.simplify(12 * sheet.linear), highway, name, 60))
    roads = _joined(roads, 420 * sheet.linear)
    extent = terrain.boundary.buffer(350 * sheet.linear)
    bridges = iter(BRIDGES)
    found = []
    streams = shapely.union_all([line.buffer(9) for line in terrain.streams.values()]).difference(terrain.river)
    for road in roads:
        line = road.line.intersection(extent)
        found += [replace(road, line=part) for part in lines(line.difference(terrain.river).difference(streams))]
        for part in lines(line.intersection(terrain.river)):
            long = part.length > 60 * sheet.linear and road.highway != "tertiary"
            found.append(replace(road, line=part, bridge=next(bridges, "") if long else ""))
        found += [replace(road, line=part, bridge="") for part in lines(line.intersection(streams))]
    return [road for road in found if road.line.length > 0.5]


def _joined(roads: list[Street], reach_m: float) -> list[Street]:
    """Roads whose loose ends are led to the road nearest by, and a little across it."""
    joined = []
    for number, road in enumerate(roads):
        others = [other.line for i, other in enumerate(roads) if i != number]
        points = [np.asarray(p) for p in road.line.coords]
        if not road.line.is_closed:
            for end in (0, -1):
                here = Point(points[end])
                near = min(others, key=here.distance)
                if 2 * OVERSHOOT_M < here.distance(near) < reach_m:
                    target = np.asarray(near.interpolate(near.project(here)).coords[0])
                    step = target - points[end]
                    beyond = target + step / np.hypot(*step) * OVERSHOOT_M
                    points = [beyond, *points] if end == 0 else [*points, beyond]
        joined.append(replace(road, line=LineString(points)))
    return joined


def _areas(
    sheet: Sheet, terrain: Terrain, main: list[Street], rail: list[tuple[str, LineString]], rng: np.random.Generator
) -> list[tuple[str, str, Polygon]]:
    """Blocks between main roads, each cut into the quarters it holds; the flat rest is farmland."""
    k = sheet.linear
    taken = shapely.union_all(
        [
            terrain.water.buffer(22),
            terrain.hills,
            *(line.buffer(16) for _, line in rail),
            *(stream.buffer(17) for stream in terrain.streams.values()),
        ]
    )
    frame = shapely.union_all([street.line for street in main] + [terrain.boundary.exterior])
    blocks = [
        b
        for b in polygons(shapely.polygonize(shapely.get_parts(frame)))
        if terrain.boundary.contains(b.representative_point())
    ]
    quarters: list[tuple[str, str, BaseGeometry]] = []
    before: BaseGeometry = Polygon()
    for quarter in QUARTERS:
        shape = wobble(sheet.at(quarter.points), rng, 0.07, 3)
        quarters.append((quarter.kind, quarter.name, shape.difference(before)))
        before = before.union(shape)
    quarters.append(("farmland", "", terrain.boundary.difference(before.buffer(40)).difference(taken.buffer(60 * k))))
    found = []
    names = [q.name for q in QUARTERS if q.kind == "village"]
    spots = shapely.points([sheet.at(q.points).mean(axis=0) for q in QUARTERS if q.kind == "village"])
    for block in blocks:
        free = block.difference(taken)
        for kind, name, shape in quarters:
            for part in polygons(free.intersection(shape)):
                if part.area < (5_000 if kind != "farmland" else 120_000 * sheet.share):
                    continue
                village = names[int(np.argmin(shapely.distance(spots, part.centroid)))]
                found.append((kind, name or village, part))
    return found


def _riverside(terrain: Terrain, sheet: Sheet) -> list[Street]:
    """The walk along each bank."""
    found = []
    for side in (1, -1):
        walk = terrain.river_line.offset_curve(side * 190 * sheet.linear, quad_segs=8)
        walk = shapely.ops.substring(walk, 0.2, 0.75, normalized=True).simplify(10)
        found += [Street(part, "footway", "가온강 산책로") for part in lines(walk.difference(terrain.water.buffer(4)))]
    return found


def _cut(streets: list[Street]) -> list[Street]:
    """Streets cut at every point where they touch or cross."""
    # On a grid of decimetres: a crossing is one point, and no piece is too short to keep its length in degrees.
    noded = np.asarray(shapely.get_parts(shapely.union_all([street.line for street in streets], grid_size=GRID_M)))
    tree = STRtree([street.line for street in streets])
    middle = shapely.line_interpolate_point(noded, 0.5, normalized=True)
    at, source = tree.query(middle, predicate="dwithin", distance=2 * GRID_M)
    # Where two streets lie on one another, the one drawn first, the more important one, is meant.
    order = np.lexsort((source, at))
    at, source = at[order], source[order]
    piece, first = np.unique(at, return_index=True)
    assert len(piece) == len(noded)
    return [replace(streets[s], line=line) for line, s in zip(noded, source[first], strict=True)]


def _ends(pieces: list[Street]) -> tuple[np.ndarray, np.ndarray]:
    """Node number of both ends of each piece (n, 2), and the nodes' coordinates."""
    drawn = np.array([piece.line for piece in pieces])
    ends = shapely.get_coordinates(np.column_stack([shapely.get_point(drawn, 0), shapely.get_point(drawn, -1)]))
    nodes, number = np.unique(np.round(ends, 2), axis=0, return_inverse=True)
    return number.reshape(-1, 2), nodes


def _pruned(pieces: list[Street]) -> tuple[list[Street], np.ndarray]:
    """Stubs and accidental islands left out; also the junctions and dead ends that remain."""
    for _ in range(2):
        number, nodes = _ends(pieces)
        degree = np.bincount(number.ravel(), minlength=len(nodes))
        stub = (shapely.length([p.line for p in pieces]) < SHORTEST_STUB_M) & (degree[number] == 1).any(axis=1)
        pieces = [p for p, out in zip(pieces, stub, strict=True) if not out]
    number, nodes = _ends(pieces)
    graph = coo_matrix((np.ones(len(number)), number.T), shape=(len(nodes), len(nodes)))
    _, part = connected_components(graph, directed=False)
    size = np.bincount(part)
    # The largest network, and no more than two real-life bits that hang on nothing.
    kept = [int(np.argmax(size)), *np.flatnonzero((size >= TINY_NETWORK) & (size < size.max()))[:2]]
    keep = np.isin(part[number[:, 0]], kept)
    pieces = [p for p, yes in zip(pieces, keep, strict=True) if yes]
    number, nodes = _ends(pieces)
    degree = np.bincount(number.ravel(), minlength=len(nodes))
    return pieces, nodes[degree != 2]


def _island_paths(terrain: Terrain) -> list[Street]:
    """Paths on the river island: no bridge leads there."""
    found = []
    for hole in terrain.river.interiors:
        island = Polygon(hole)
        for inset in (12, 24):
            found += [
                Street(LineString(p.exterior.coords), "footway", "가온섬길") for p in polygons(island.buffer(-inset))
            ]
    return found


def _motorway(sheet: Sheet, extent: BaseGeometry, pieces: list[Street]) -> list[Street]:
    """Two carriageways that meet no street but at interchanges, where ramps join them to the nearest main road."""
    centre = LineString(spline(sheet.at(MOTORWAY.points), 60.0))
    way = {}
    for side in (1, -1):
        course = _longest(centre.offset_curve(side * 11).intersection(extent))
        points = np.asarray(course.coords)
        # Traffic keeps right: the southern carriageway runs east, the northern one west.
        if (points[-1, 0] > points[0, 0]) == (side > 0):
            points = points[::-1]
        way[side] = points
    found = [
        Street(LineString(points), "motorway", MOTORWAY.name, MOTORWAY.maxspeed, oneway=True) for points in way.values()
    ]
    ends = np.array(
        [
            p.line.coords[0]
            for p in pieces
            if p.highway in ("trunk", "primary", "secondary", "tertiary") and p.bridge is None
        ]
    )
    tree = cKDTree(ends)
    for name, place in INTERCHANGES.items():
        spot = sheet.at([place])[0]
        near = ends[tree.query(spot)[1]]
        for points in way.values():
            at = int(np.argmin(np.hypot(*(points - near).T)))
            reach = max(2, int(430 * sheet.linear / 60))
            if not reach <= at < len(points) - reach:
                continue
            off, on = points[at - reach], points[at + reach]
            found.append(Street(_ramp(off, near), "motorway_link", name, 50, oneway=True))
            found.append(Street(_ramp(near, on), "motorway_link", name, 50, oneway=True))
    return found


def _ramp(start: np.ndarray, end: np.ndarray) -> LineString:
    step = end - start
    side = np.array([step[1], -step[0]]) * 0.16
    bend = [start + step * t + side * 4 * t * (1 - t) for t in np.linspace(0, 1, 9)]
    bend[0], bend[-1] = start, end
    return LineString(bend)
