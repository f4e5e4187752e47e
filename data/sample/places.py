"""Facilities as points, each with the day it opened: where the people are, spaced as such facilities are."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import shapely
from buildings import DWELLINGS, Buildings
from layout import STATION, YEAR, Sheet
from people import home_dong
from quarters import DONGS, QUARTERS
from scipy.spatial import cKDTree
from shapely.geometry import Polygon
from streets import Town
from terrain import Terrain


class Kind(NamedTuple):
    """How many of a facility the whole city has, how far apart, what it is called, and when such were opened."""

    number: int
    apart_m: float
    name: str
    years: tuple[int, int]
    where: str = "homes"


KINDS = {
    "kindergarten": Kind(68, 220, "{}유치원", (1978, 2023)),
    "childcare": Kind(250, 60, "{}어린이집", (1991, 2025)),
    "elementary_school": Kind(38, 480, "{}초등학교", (1924, 2024)),
    "library": Kind(7, 1400, "{}도서관", (1972, 2022)),
    "small_library": Kind(36, 350, "{}작은도서관", (2004, 2024)),
    "senior_centre": Kind(290, 90, "{}경로당", (1975, 2023)),
    "clinic": Kind(230, 12, "{}의원", (1976, 2025), "shops"),
    "pharmacy": Kind(130, 30, "{}약국", (1970, 2025), "shops"),
    "sports": Kind(48, 300, "{}체육시설", (1986, 2024)),
    "welfare_centre": Kind(9, 1200, "{}종합사회복지관", (1990, 2021)),
    "public_health_centre": Kind(6, 1800, "{}보건지소", (1962, 2018)),
    "emergency": Kind(3, 1700, "{}병원 응급실", (1983, 2015), "shops"),
    "culture": Kind(8, 800, "{}문화회관", (1984, 2022), "shops"),
    "retail": Kind(320, 25, "{}마트", (1982, 2025), "shops"),
    "parking": Kind(95, 180, "{}공영주차장", (1994, 2025), "shops"),
    "wifi": Kind(210, 90, "공공와이파이 {}", (2013, 2025), "shops"),
}
UNKNOWN_OPENING = 0.02


class Facilities(NamedTuple):
    """One entry per facility; ``opened`` is an ISO day or empty."""

    kind: np.ndarray
    name: np.ndarray
    xy: np.ndarray
    opened: np.ndarray


def build(
    sheet: Sheet,
    town: Town,
    *,
    boundary: Polygon,
    dongs: list[Polygon],
    buildings: Buildings,
    parks: list[tuple[str, Polygon]],
    rng: np.random.Generator,
) -> Facilities:
    """Place all facilities; kinds and names are in the order of ``KINDS``."""
    homes = np.isin(buildings.use, DWELLINGS)
    shops = np.isin(buildings.use, ["근린생활시설", "판매시설", "업무시설", "의료시설"])
    weight = {
        "homes": np.where(homes, buildings.floor_area_m2, 0),
        "shops": np.where(shops, buildings.floor_area_m2**0.5, 0),
    }
    centre = sheet.at([(6700, 7000)])[0]
    rows: list[tuple[str, str, np.ndarray, str]] = []
    for kind, rule in KINDS.items():
        count = max(2, round(rule.number * sheet.share))
        spots = _spread(buildings.xy, weight[rule.where], count, rule.apart_m * sheet.linear**0.5, rng)
        dong = home_dong(dongs, spots)
        # What came first came to the old centre; later openings lie further out.
        order = np.argsort(np.hypot(*(spots - centre).T) * rng.uniform(0.5, 1.5, len(spots)))
        years = np.empty(len(spots), dtype=int)
        years[order] = np.sort(rng.integers(rule.years[0], rule.years[1] + 1, len(spots)))
        seen: dict[str, int] = {}
        for spot, d, year in zip(spots, dong, years, strict=True):
            base = DONGS[d].name.rstrip("동읍면").rstrip("123")
            seen[base] = seen.get(base, 0) + 1
            name = rule.name.format(base if seen[base] == 1 else f"{base}{'제' if kind != 'wifi' else ''}{seen[base]}")
            rows.append((kind, name, spot, _day(int(year), rng)))
    rows += [
        ("park", name, np.asarray(shape.representative_point().coords[0]), _day(int(rng.integers(1968, YEAR)), rng))
        for name, shape in parks
    ]
    campus = next(q for q in QUARTERS if q.kind == "campus")
    rows.append(("university", "해밀대학교", sheet.at(campus.points).mean(axis=0), "1971-03-02"))
    rows.append(("cctv_centre", "해밀시 CCTV통합관제센터", sheet.at([(8100, 4950)])[0], "2012-06-01"))
    rows += _stops(sheet, town, dongs, rng)
    inside = [row for row in rows if boundary.contains(shapely.Point(row[2]))]
    kind, name, xy, opened = zip(*inside, strict=True)
    return Facilities(np.array(kind), np.array(name), np.array(xy), np.array(opened))


def parks(sheet: Sheet, terrain: Terrain, town: Town, rng: np.random.Generator) -> list[tuple[str, Polygon]]:
    """Parks: the hills within the town, strips by the river, and plots left free in the quarters."""
    found: list[tuple[str, Polygon]] = []
    for hill in shapely.get_parts(terrain.hills):
        if hill.area < 600_000 * sheet.share and terrain.boundary.contains(hill):
            found.append((f"{'성산' if not found else '둔덕'}{len(found) or ''}공원", hill))
    for number, (kind, name, area) in enumerate(town.areas):
        if kind in ("apartments", "apartments2000", "houses", "newtown", "old") and area.area > 60_000:
            spot = area.representative_point() if number % 2 else area.centroid
            plot = shapely.oriented_envelope(spot.buffer(float(rng.uniform(38, 75)))).intersection(area)
            if plot.area > 2_500 and plot.geom_type == "Polygon":
                found.append((f"{name}{number % 17 + 1}어린이공원", plot))
    bank = terrain.river_line.buffer(165 * sheet.linear).difference(terrain.river.buffer(12))
    for name, x, y, radius in [
        ("나루", 6600, 5950, 620),
        ("은하", 10400, 6900, 560),
        ("물빛", 12500, 8400, 480),
        ("서강", 4700, 5200, 520),
    ]:
        strip = bank.intersection(shapely.Point(*sheet.at([(x, y)])[0]).buffer(radius * sheet.linear))
        parts = [part for part in shapely.get_parts(strip) if part.area > 8_000 * sheet.share]
        found += [(f"{name}강변공원", part) for part in parts]
    return found


def _spread(xy: np.ndarray, weight: np.ndarray, count: int, apart_m: float, rng: np.random.Generator) -> np.ndarray:
    """Up to ``count`` of the points, drawn by weight, none nearer to another than ``apart_m``."""
    pool = rng.choice(
        len(xy), min(len(xy), 6 * count + 60, int((weight > 0).sum())), replace=False, p=weight / weight.sum()
    )
    blocked = np.zeros(len(pool), dtype=bool)
    near = cKDTree(xy[pool]).query_ball_point(xy[pool], apart_m)
    chosen: list[int] = []
    for number in range(len(pool)):
        if not blocked[number]:
            chosen.append(number)
            blocked[near[number]] = True
        if len(chosen) == count:
            break
    return xy[pool[chosen]] + rng.uniform(-3, 3, (len(chosen), 2))


def _day(year: int, rng: np.random.Generator) -> str:
    month, day, unknown = rng.integers(1, 13), rng.integers(1, 29), rng.random()
    return "" if unknown < UNKNOWN_OPENING else f"{min(year, YEAR)}-{month:02d}-{day:02d}"


def _stops(
    sheet: Sheet, town: Town, dongs: list[Polygon], rng: np.random.Generator
) -> list[tuple[str, str, np.ndarray, str]]:
    """Bus stops every 420 m of main road, one on each side, and the railway station."""
    rows = []
    for street in town.main:
        if street.bridge is not None or street.highway == "motorway":
            continue
        spacing = 420 if street.highway != "tertiary" else 650
        for at in np.arange(spacing / 2, street.line.length, spacing):
            here, ahead = (np.asarray(street.line.interpolate(d).coords[0]) for d in (at, at + 1))
            step = ahead - here
            side = np.array([-step[1], step[0]]) / max(float(np.hypot(*step)), 1e-9) * 14
            rows += [(street.name, here + side), (street.name, here - side)]
    dong = home_dong(dongs, np.array([spot for _, spot in rows]))
    found = [
        ("transit_stop", f"{DONGS[d].name} {name} {number // 2 + 1}", spot, _day(int(rng.integers(1985, YEAR)), rng))
        for number, ((name, spot), d) in enumerate(zip(rows, dong, strict=True))
    ]
    return [*found, ("transit_stop", STATION[0], sheet.at([STATION[1]])[0], "1936-11-01")]
