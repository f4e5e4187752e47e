"""Parcels of land: blocks between streets, with number, official price and kind of owner; all of it invented."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from curves import polygons
from layout import YEAR
from shapely.geometry import Polygon
from streets import Town
from tables import CODES
from terrain import Terrain

SMALLEST_M2 = 30.0
# Won per m² by what stands there; hills, and what is left over, at the end.
PRICE_KRW_M2 = {
    "market": 2_400_000, "old": 1_250_000, "houses": 930_000, "apartments": 1_350_000, "apartments2000": 1_550_000,
    "newtown": 340_000, "industry": 410_000, "campus": 640_000, "village": 150_000, "farmland": 88_000,
}  # fmt: skip
HILL_KRW_M2, REST_KRW_M2 = 6_000, 120_000
# Chance of being public; of the private ones a fifth belong to companies.
PUBLIC = {"newtown": 0.55, "campus": 0.45, "industry": 0.18, "market": 0.22, "old": 0.25, "farmland": 0.10}
PUBLIC_HILL, PUBLIC_REST = 0.35, 0.15


@dataclass(frozen=True)
class Parcels:
    """Outlines and numbers (n); rows of the price table and of the table of owners."""

    outlines: list[Polygon]
    numbers: list[str]
    prices: list[tuple[str, str, int, str, int, str]]
    owners: list[tuple[str, str, str]]


def build(terrain: Terrain, town: Town, dongs: list[Polygon], rng: np.random.Generator) -> Parcels:
    """Cut the land along all streets; water is public and has no price, and a few others have none either."""
    frame = shapely.union_all([piece.line for piece in town.pieces] + [terrain.boundary.exterior])
    blocks = np.array(polygons(shapely.polygonize(shapely.get_parts(frame))))
    land: list[Polygon] = []
    wet: list[Polygon] = []
    # Streets run on beyond the city's border.
    blocks = blocks[shapely.within(shapely.point_on_surface(blocks), terrain.boundary)]
    for block in blocks:
        land += polygons(block.difference(terrain.water))
    for block in blocks[shapely.intersects(blocks, terrain.water)]:
        wet += polygons(block.intersection(terrain.water))
    outlines = np.array([part for part in land + wet if part.area > SMALLEST_M2])
    water = shapely.intersects(terrain.water.buffer(-1), shapely.point_on_surface(outlines))
    middle = shapely.point_on_surface(outlines)
    kind = _first([area for _, _, area in town.areas], middle)
    hill = shapely.intersects(terrain.hills, middle)
    dong = np.maximum(_first(dongs, middle), 0)
    found = Parcels([], [], [], [])
    count = np.zeros(len(dongs), int)
    chance, spread, firm = rng.random(len(outlines)), rng.lognormal(0, 0.22, len(outlines)), rng.random(len(outlines))
    for at, outline in enumerate(outlines):
        count[dong[at]] += 1
        name = town.areas[kind[at]][0] if kind[at] >= 0 else ""
        wood = name == "" and bool(hill[at])
        number = f"{CODES[dong[at]]}{2 if wood else 1}{count[dong[at]]:04d}0000"
        found.outlines.append(outline)
        found.numbers.append(number)
        base = HILL_KRW_M2 if wood else PRICE_KRW_M2.get(name, REST_KRW_M2)
        public = water[at] or chance[at] < (PUBLIC_HILL if wood else PUBLIC.get(name, PUBLIC_REST))
        owner = ("02", "국유지") if water[at] or (public and wood) else ("04", "시, 도유지")
        if not public:
            owner = ("06", "법인") if firm[at] < 0.2 else ("01", "개인")
        found.owners.append((number, *owner))
        if water[at] or firm[at] > 0.97:
            continue
        price = int(round(base * spread[at], -2 if base < 1e6 else -3))
        for year, share in ((YEAR - 1, 0.97), (YEAR, 1.0)):
            found.prices.append((number, number[:10], year, "01", int(round(price * share, -1)), f"{year}0430"))
    return found


def _first(areas: list[Polygon], points: np.ndarray) -> np.ndarray:
    """For each point the first area that holds it, or -1."""
    held = np.full(len(points), -1)
    point, area = shapely.STRtree(areas).query(points, predicate="within")
    order = np.argsort(-area, kind="stable")
    held[point[order]] = area[order]
    return held
