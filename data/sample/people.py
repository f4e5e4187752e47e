"""People, jobs and businesses of each dong, today and back to 1995.

The number living in a dong follows its dwellings' floor area; ages and history follow the dong's story.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from buildings import DWELLINGS, Buildings
from layout import PEOPLE, YEAR, Sheet
from quarters import DONGS
from shapely.geometry import Polygon
from shapely.strtree import STRtree

BANDS = [
    "0~9세",
    "10~19세",
    "20~29세",
    "30~39세",
    "40~49세",
    "50~59세",
    "60~69세",
    "70~79세",
    "80~89세",
    "90~99세",
    "100세 이상",
]
# Share of each ten-year band, per mille.
AGES = {
    "decline": [31, 44, 78, 72, 95, 150, 215, 185, 107, 22, 1],
    "ageing": [45, 65, 96, 95, 125, 172, 190, 127, 70, 14, 1],
    "steady": [66, 88, 126, 122, 148, 172, 147, 82, 41, 8, 0],
    "student": [38, 92, 318, 132, 108, 120, 102, 57, 28, 5, 0],
    "young": [118, 132, 98, 172, 196, 138, 84, 40, 18, 4, 0],
    "workers": [40, 58, 158, 166, 160, 188, 145, 56, 24, 5, 0],
    "apartments": [62, 102, 122, 108, 152, 196, 154, 68, 30, 6, 0],
    "family": [104, 138, 104, 142, 190, 152, 98, 47, 21, 4, 0],
    "new": [156, 102, 104, 246, 198, 98, 56, 27, 11, 2, 0],
    "rural": [24, 35, 54, 56, 82, 152, 238, 202, 128, 28, 1],
}
# Population of 1995, 2000, ..., 2025 as a multiple of the present; None before the dong existed.
PAST: dict[str, list[float | None]] = {
    "decline": [2.35, 2.10, 1.84, 1.58, 1.36, 1.16, 1.00],
    "ageing": [1.22, 1.24, 1.22, 1.18, 1.13, 1.06, 1.00],
    "steady": [0.94, 0.99, 1.02, 1.04, 1.03, 1.01, 1.00],
    "student": [0.66, 0.80, 0.94, 1.05, 1.08, 1.05, 1.00],
    "young": [0.16, 0.20, 0.52, 0.86, 0.96, 1.01, 1.00],
    "workers": [0.92, 0.98, 1.05, 1.10, 1.09, 1.05, 1.00],
    "apartments": [0.48, 1.06, 1.14, 1.15, 1.11, 1.06, 1.00],
    "family": [0.10, 0.18, 0.62, 0.90, 0.99, 1.02, 1.00],
    "new": [None, None, None, None, 0.22, 0.34, 1.00],
    "rural": [1.92, 1.70, 1.50, 1.36, 1.24, 1.11, 1.00],
}
FLOOR_M2_PER_PERSON = {
    "decline": 46.0,
    "ageing": 41,
    "steady": 38,
    "student": 31,
    "young": 38,
    "workers": 34,
    "apartments": 36,
    "family": 38,
    "new": 42,
    "rural": 52,
}
PER_HOUSEHOLD = {
    "decline": 1.78,
    "ageing": 2.0,
    "steady": 2.2,
    "student": 1.62,
    "young": 2.72,
    "workers": 1.9,
    "apartments": 2.4,
    "family": 2.68,
    "new": 2.62,
    "rural": 1.86,
}
# Floor area of a job, and jobs of a business, by use of the building.
JOB_M2 = {
    "근린생활시설": (62.0, 3.1),
    "업무시설": (33.0, 14.0),
    "판매시설": (48.0, 7.0),
    "공장": (105.0, 19.0),
    "창고시설": (420.0, 4.0),
    "교육연구시설": (130.0, 26.0),
    "의료시설": (52.0, 21.0),
    "숙박시설": (150.0, 4.0),
    "문화및집회시설": (140.0, 8.0),
    "자동차관련시설": (110.0, 4.0),
    "운동시설": (160.0, 5.0),
    "종교시설": (320.0, 3.0),
    "동물및식물관련시설": (260.0, 1.6),
    "위험물저장및처리시설": (300.0, 4.0),
}
# Businesses ten years ago as a multiple of the present.
BUSINESS_PAST = {
    "decline": 1.26,
    "ageing": 1.08,
    "steady": 0.97,
    "student": 0.94,
    "young": 0.72,
    "workers": 1.07,
    "apartments": 0.98,
    "family": 0.80,
    "new": 0.22,
    "rural": 0.90,
}


@dataclass(frozen=True)
class People:
    """Rows in the order of ``layout.DONGS``; histories are (dong, year), -1 where the dong did not exist yet."""

    ages: np.ndarray
    households: np.ndarray
    jobs: np.ndarray
    businesses: np.ndarray
    years: np.ndarray
    population_history: np.ndarray
    business_years: np.ndarray
    business_history: np.ndarray


def build(sheet: Sheet, dongs: list[Polygon], buildings: Buildings, rng: np.random.Generator) -> People:
    """Count people, jobs and businesses dong by dong."""
    which = home_dong(dongs, buildings.xy)
    stories = [dong.story for dong in DONGS]
    dwelling = np.isin(buildings.use, DWELLINGS)
    floor = np.bincount(which[dwelling], buildings.floor_area_m2[dwelling], len(dongs))
    wanted = floor / np.array([FLOOR_M2_PER_PERSON[s] for s in stories]) * rng.uniform(0.95, 1.05, len(dongs))
    total = round(PEOPLE * sheet.share * 1.0013)
    population = whole(wanted / wanted.sum() * total, total)
    ages = np.stack([_ages(count, AGES[story], rng) for count, story in zip(population, stories, strict=True)])
    households = np.round(population / np.array([PER_HOUSEHOLD[s] for s in stories])).astype(int)

    jobs, businesses = np.zeros(len(dongs)), np.zeros(len(dongs))
    for use, (area, size) in JOB_M2.items():
        here = (
            np.bincount(which[buildings.use == use], buildings.floor_area_m2[buildings.use == use], len(dongs)) / area
        )
        jobs += here
        businesses += here / size
    jobs, businesses = np.maximum(np.round(jobs), 40).astype(int), np.maximum(np.round(businesses), 15).astype(int)

    years, business_years = np.arange(1995, YEAR + 1), np.arange(2015, YEAR + 1)
    past = np.stack([_history(count, PAST[s], years, rng) for count, s in zip(population, stories, strict=True)])
    trade = np.stack(
        [
            _trade(count, BUSINESS_PAST[s], len(business_years), rng)
            for count, s in zip(businesses, stories, strict=True)
        ]
    )
    return People(ages, households, jobs, businesses, years, past, business_years, trade)


def home_dong(dongs: list[Polygon], xy: np.ndarray) -> np.ndarray:
    """Number of the dong of each point (n, 2); points on a common border go to the first."""
    points = shapely.points(xy)
    tree = STRtree(dongs)
    at, dong = tree.query(points, predicate="intersects")
    home: np.ndarray = np.full(len(points), -1)
    home[at[::-1]] = dong[::-1]
    # A bus stop across the street may lie just beyond the boundary.
    outside = home < 0
    home[outside] = tree.query_nearest(points[outside], all_matches=False)[1]
    return home


def whole(parts: np.ndarray, total: int) -> np.ndarray:
    """Whole numbers near ``parts`` that sum to ``total`` (largest remainder)."""
    floor = np.floor(parts).astype(int)
    floor[np.argsort(floor - parts, kind="stable")[: total - floor.sum()]] += 1
    return floor


def _ages(count: int, per_mille: list[int], rng: np.random.Generator) -> np.ndarray:
    shares = np.array(per_mille) * np.exp(rng.normal(0, 0.04, len(per_mille)))
    return whole(shares / shares.sum() * count, int(count))


def _history(now: int, past: list[float | None], years: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    knots = np.arange(1995, YEAR + 1, 5)
    known = [i for i, value in enumerate(past) if value is not None]
    curve = np.interp(years, knots[known], [past[i] for i in known])
    series = np.round(now * curve * np.exp(rng.normal(0, 0.004, len(years)))).astype(int)
    series[-1] = now
    series[years < knots[known[0]]] = -1
    return series


def _trade(now: int, past: float, years: int, rng: np.random.Generator) -> np.ndarray:
    series = np.round(now * np.linspace(past, 1, years) * np.exp(rng.normal(0, 0.006, years))).astype(int)
    series[-1] = now
    return series
