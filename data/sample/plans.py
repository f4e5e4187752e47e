"""What planning says of the land: candidate districts, protected land and zoning."""

from __future__ import annotations

import numpy as np
import shapely
from curves import largest, polygons, wobble
from layout import Sheet
from quarters import CANDIDATES, Candidate
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry
from streets import Town
from terrain import Terrain

# Blocks up to this size belong to a district whole; larger ones are cut where the drawing says.
WHOLE_BLOCK_M2 = 45_000.0
TOOTH_M = 38.0
ZONING = {
    "market": ("UQA220", "일반상업지역"),
    "old": ("UQA122", "제2종일반주거지역"),
    "houses": ("UQA121", "제1종일반주거지역"),
    "apartments": ("UQA123", "제3종일반주거지역"),
    "apartments2000": ("UQA123", "제3종일반주거지역"),
    "newtown": ("UQA130", "준주거지역"),
    "industry": ("UQA320", "일반공업지역"),
    "campus": ("UQA122", "제2종일반주거지역"),
    "village": ("UQA430", "자연녹지지역"),
    "farmland": ("UQA420", "생산녹지지역"),
}
HILLS, REST = ("UQA410", "보전녹지지역"), ("UQA430", "자연녹지지역")


def candidates(sheet: Sheet, terrain: Terrain, town: Town) -> list[tuple[Candidate, Polygon]]:
    """Candidate districts whose borders follow the streets around their drawn outline."""
    frame = shapely.union_all([p.line for p in town.pieces] + [terrain.boundary.exterior])
    blocks = np.array(polygons(shapely.polygonize(shapely.get_parts(frame))))
    tree = shapely.STRtree(blocks)
    found = []
    taken: BaseGeometry = Polygon()
    for candidate in CANDIDATES:
        drawn = Polygon(sheet.at(candidate.points))
        touched = blocks[tree.query(drawn, predicate="intersects")]
        middle = shapely.contains(drawn, shapely.point_on_surface(touched))
        small = shapely.area(touched) <= WHOLE_BLOCK_M2
        parts = [*touched[small & middle], *shapely.intersection(touched[~small], drawn)]
        # Teeth of single plots, in or out, are no border anybody would draw.
        area = shapely.union_all(parts)
        for step in (TOOTH_M, -2 * TOOTH_M, TOOTH_M):
            area = area.buffer(step, join_style="mitre", mitre_limit=2)
        area = area.intersection(terrain.boundary).difference(terrain.river.buffer(10)).difference(taken)
        shape = largest(shapely.make_valid(area))
        shape = Polygon(shape.simplify(3.0).exterior)
        taken = taken.union(shape.buffer(5))
        found.append((candidate, shape))
    return found


def protected(sheet: Sheet, terrain: Terrain, rng: np.random.Generator) -> list[tuple[str, str, BaseGeometry]]:
    """(reason, name, area): nature on the heights, a training ground, water protection, land the river floods."""
    k = sheet.linear

    def blob(points: list[tuple[float, float]]) -> Polygon:
        return wobble(sheet.at(points), rng, 0.1, 3)

    nature = [
        ("해밀산 자연환경보전지역", [(6800, 12900), (8000, 11700), (9800, 11900), (10900, 12900)]),
        (
            "못골 생태경관보전지역",
            [(300, 12500), (500, 11400), (1300, 12100), (3400, 11500), (4000, 11000), (3800, 12600)],
        ),
    ]
    found: list[tuple[str, str, BaseGeometry]] = [
        ("conservation", name, blob(points).intersection(terrain.boundary).intersection(terrain.hills))
        for name, points in nature
    ]
    training = blob([(13700, 3700), (14300, 2300), (15600, 1300), (15700, 2900), (14900, 3700)])
    found.append(("military", "군사시설 보호구역", training.intersection(terrain.boundary)))
    found.append(("water_source", "버들못 상수원보호구역", terrain.lake.buffer(260 * k).intersection(terrain.boundary)))
    for name, x, y, radius in [("갈대벌 홍수관리구역", 2700, 3700, 1150), ("동들 홍수관리구역", 14200, 9500, 700)]:
        near = shapely.Point(*sheet.at([(x, y)])[0]).buffer(radius * k)
        plain = terrain.river_line.buffer(900 * k).intersection(near).difference(terrain.river)
        found += [("flood", name, part) for part in polygons(plain.intersection(terrain.boundary)) if part.area > 1_000]
    return found


def zoning(terrain: Terrain, town: Town) -> list[tuple[str, str, BaseGeometry]]:
    """(code, name, area) of 용도지역, one row per zone, without overlap; all land has one, water is left out."""
    made: dict[tuple[str, str], list[BaseGeometry]] = {}
    for kind, _, area in town.areas:
        made.setdefault(ZONING[kind], []).append(area.buffer(12))
    made.setdefault(HILLS, []).append(terrain.hills)
    taken: BaseGeometry = terrain.water
    found = []
    for (code, name), parts in sorted(made.items()):
        area = shapely.union_all(parts).intersection(terrain.boundary).difference(taken)
        taken = taken.union(area)
        found.append((code, name, area))
    rest = terrain.boundary.difference(taken)
    return [(code, name, area.union(rest) if (code, name) == REST else area) for code, name, area in found]
