"""Buildings as points along the streets and in the estates, with use, storeys, floor area and year of approval."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import shapely
from layout import YEAR
from shapely.geometry import Polygon
from shapely.strtree import STRtree
from streets import Town
from terrain import Terrain


class Make(NamedTuple):
    """How a kind of quarter is built: along streets (``spacing_m`` apart) or on a lattice within the block."""

    spacing_m: float
    lattice: bool
    built: float
    uses: dict[str, float]
    floors: tuple[int, int]
    footprint_m2: float
    years: tuple[int, int, int]


MAKES = {
    "market": Make(
        12,
        False,
        0.70,
        {"근린생활시설": 0.66, "판매시설": 0.08, "업무시설": 0.08, "단독주택": 0.14, "숙박시설": 0.04},
        (1, 5),
        105,
        (1958, 1979, 2008),
    ),
    "old": Make(
        15,
        False,
        0.48,
        {
            "단독주택": 0.70,
            "근린생활시설": 0.20,
            "공동주택": 0.07,
            "종교시설": 0.01,
            "문화및집회시설": 0.01,
            "업무시설": 0.01,
        },
        (1, 2),
        78,
        (1950, 1974, 2004),
    ),
    "houses": Make(
        22,
        False,
        0.34,
        {"단독주택": 0.54, "공동주택": 0.31, "근린생활시설": 0.13, "교육연구시설": 0.01, "종교시설": 0.01},
        (1, 4),
        105,
        (1972, 1991, 2019),
    ),
    "apartments": Make(
        64,
        True,
        0.70,
        {"공동주택": 0.93, "근린생활시설": 0.05, "교육연구시설": 0.02},
        (12, 18),
        430,
        (1990, 1994, 1999),
    ),
    "apartments2000": Make(
        68,
        True,
        0.62,
        {"공동주택": 0.92, "근린생활시설": 0.06, "교육연구시설": 0.02},
        (16, 25),
        430,
        (2001, 2007, 2017),
    ),
    "newtown": Make(
        70,
        True,
        0.08,
        {"공동주택": 0.80, "근린생활시설": 0.18, "교육연구시설": 0.02},
        (22, 32),
        520,
        (2021, 2024, 2025),
    ),
    "industry": Make(
        74,
        True,
        0.72,
        {"공장": 0.74, "창고시설": 0.16, "업무시설": 0.04, "근린생활시설": 0.04, "위험물저장및처리시설": 0.02},
        (1, 3),
        1300,
        (1979, 1993, 2020),
    ),
    "campus": Make(
        95,
        True,
        0.42,
        {"교육연구시설": 0.86, "운동시설": 0.04, "공동주택": 0.06, "문화및집회시설": 0.04},
        (3, 8),
        1000,
        (1971, 1996, 2021),
    ),
    "village": Make(
        22,
        False,
        0.44,
        {"단독주택": 0.80, "창고시설": 0.12, "근린생활시설": 0.06, "동물및식물관련시설": 0.02},
        (1, 2),
        92,
        (1945, 1984, 2022),
    ),
    "farmland": Make(
        190,
        False,
        0.24,
        {"동물및식물관련시설": 0.34, "창고시설": 0.36, "단독주택": 0.26, "공장": 0.04},
        (1, 1),
        210,
        (1975, 2001, 2024),
    ),
}
# Shops and offices that line the main roads wherever the town stands.
FRONTAGE = Make(
    20,
    False,
    0.55,
    {
        "근린생활시설": 0.74,
        "업무시설": 0.14,
        "의료시설": 0.03,
        "판매시설": 0.03,
        "숙박시설": 0.03,
        "자동차관련시설": 0.03,
    },
    (2, 7),
    190,
    (1970, 1994, 2023),
)
UNKNOWN_APPROVAL = 0.03
DWELLINGS = ("단독주택", "공동주택")


@dataclass(frozen=True)
class Buildings:
    """One entry per building; ``approved`` is YYYYMMDD or empty, ``kind`` the quarter's."""

    xy: np.ndarray
    kind: np.ndarray
    use: np.ndarray
    floors: np.ndarray
    floor_area_m2: np.ndarray
    approved: np.ndarray


def build(terrain: Terrain, town: Town, rng: np.random.Generator) -> Buildings:
    """Place all buildings; none stands on a street, on water or beyond the boundary."""
    sites: list[tuple[str, Make, np.ndarray]] = []
    blocks = [area for _, _, area in town.areas]
    block_of = STRtree(blocks)
    lines = np.array([p.line for p in town.pieces])
    middle = shapely.line_interpolate_point(lines, 0.5, normalized=True)
    piece, block = block_of.query(middle, predicate="within")
    kinds = np.array([kind for kind, _, _ in town.areas])
    streets = np.array([p.highway != "footway" for p in town.pieces])
    for kind, make in MAKES.items():
        if make.lattice:
            sites += [(kind, make, _lattice(area, make.spacing_m, rng)) for k, _, area in town.areas if k == kind]
        else:
            chosen = piece[(kinds[block] == kind) & streets[piece]]
            sites.append((kind, make, _along(lines[chosen], make.spacing_m, rng)))
    town_area = shapely.union_all(
        [a for k, _, a in town.areas if k in ("market", "old", "houses", "apartments", "apartments2000")]
    )
    shapely.prepare(town_area)
    main = np.array([s.line for s in town.main if s.highway in ("primary", "secondary", "trunk") and s.bridge is None])
    front = _along(main, FRONTAGE.spacing_m, rng, setback_m=21)
    near = town_area.buffer(25)
    shapely.prepare(near)
    sites.append(("frontage", FRONTAGE, front[shapely.contains_xy(near, *front.T)]))

    parts = []
    all_streets = STRtree(np.concatenate([lines, main]))
    shapely.prepare(terrain.boundary)
    shapely.prepare(terrain.water)
    for kind, make, drawn in sites:
        some = drawn[rng.random(len(drawn)) < make.built]
        dry = some[shapely.contains_xy(terrain.boundary, *some.T) & ~shapely.contains_xy(terrain.water, *some.T)]
        reach = 16.0 if make.lattice else 6.5
        hit = all_streets.query(shapely.points(dry), predicate="dwithin", distance=reach)[0] if len(dry) else []
        parts.append(_described(kind, make, np.delete(dry, np.unique(hit).astype(int), axis=0), rng))
    return Buildings(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def _along(lines: np.ndarray, spacing_m: float, rng: np.random.Generator, setback_m: float = 11.0) -> np.ndarray:
    """Points on both sides of lines, in order, about ``spacing_m`` apart."""
    lengths = shapely.length(lines)
    count = (lengths / spacing_m).astype(int)
    which = np.repeat(np.arange(len(lines)), count)
    within = np.arange(len(which)) - np.repeat(np.cumsum(count) - count, count)
    at = (within + 0.5 + rng.uniform(-0.25, 0.25, len(which))) * (lengths / np.maximum(count, 1))[which]
    here = shapely.get_coordinates(shapely.line_interpolate_point(lines[which], at))
    ahead = shapely.get_coordinates(shapely.line_interpolate_point(lines[which], np.minimum(at + 1, lengths[which])))
    behind = shapely.get_coordinates(shapely.line_interpolate_point(lines[which], np.maximum(at - 1, 0)))
    step = ahead - behind
    normal = np.column_stack([-step[:, 1], step[:, 0]]) / np.maximum(np.hypot(*step.T), 1e-9)[:, None]
    away = setback_m + rng.uniform(-2, 3, (2, len(which), 1))
    return np.concatenate([here + normal * away[0], here - normal * away[1]])


def _lattice(area: Polygon, spacing_m: float, rng: np.random.Generator) -> np.ndarray:
    corners = np.asarray(shapely.oriented_envelope(area).exterior.coords)
    side = max(np.diff(corners, axis=0)[:2], key=lambda edge: float(np.hypot(*edge)))
    axis = side / np.hypot(*side)
    half = np.abs((corners - corners[:4].mean(axis=0)) @ np.array([axis, [-axis[1], axis[0]]]).T).max(axis=0)
    u, v = np.meshgrid(np.arange(-half[0], half[0], spacing_m), np.arange(-half[1], half[1], spacing_m * 0.8))
    placed = corners[:4].mean(axis=0) + np.column_stack([u.ravel(), v.ravel()]) @ np.array([axis, [-axis[1], axis[0]]])
    placed = placed + rng.uniform(-4, 4, placed.shape)
    shapely.prepare(area)
    kept: np.ndarray = placed[shapely.contains_xy(area, *placed.T)]
    return kept


def _described(kind: str, make: Make, xy: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, ...]:
    count = len(xy)
    use = rng.choice(np.array(list(make.uses)), count, p=np.array(list(make.uses.values())))
    low, high = make.floors
    floors = rng.integers(low, high + 1, count)
    # Schools and shops among towers are low.
    floors = np.where((use != "공동주택") & (low > 8), rng.integers(1, 6, count), floors)
    footprint = make.footprint_m2 * np.exp(rng.normal(0, 0.28, count))
    footprint = np.where((use == "공동주택") & (high <= 5), footprint * 1.9, footprint)
    years = np.round(rng.triangular(*make.years, count)).astype(int)
    month, day = rng.integers(1, 13, count), rng.integers(1, 29, count)
    years = np.minimum(years, YEAR)
    approved = np.array([f"{y}{m:02d}{d:02d}" for y, m, d in zip(years, month, day, strict=True)], dtype="U8")
    approved[rng.random(count) < UNKNOWN_APPROVAL] = ""
    return xy, np.full(count, kind, dtype="U16"), use, floors, np.round(footprint * floors, 1), approved
