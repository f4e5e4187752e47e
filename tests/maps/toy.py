"""Writes a toy region's results folder, believable enough to look at: 40 × 30 cells, 5 candidates, 3 services.

It has what real folders have and pages must bear: unknown values, a veto, a service not simulated, openings inside
and outside, and worlds that differ. Numbers come from plain formulas here, not from the code under test.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import xarray as xr
from shapely import LineString, Point, Polygon, box

from decisions.funds import Terms
from decisions.laid import Laid, money_table
from geojeom.messages import Remark, column_data
from geojeom.schemas import SCHEMAS
from geojeom.tables import write_table
from maps.commands import facts
from simulation.plans.catalogue import PlanTemplate
from simulation.plans.given import of_template
from tests.tables import of_rows, table


def sentence(head: Remark) -> Remark:
    """A sentence that names no criterion."""
    return Remark("reason.plain", head=head)


def said(ko: str, en: str) -> Remark:
    """A remark of the toy's own, in the words given."""
    return Remark("stated", text={"ko": ko, "en": en})


WEST, SOUTH, SIZE, COLUMNS, ROWS, YEARS = 734_000, 1_446_000, 100, 40, 30, 10
CRS = "EPSG:5179"
PILLAR = ["space", "space", "operations", "innovation", "governance", "feasibility", "diffusion"]
CRITERIA = [
    ("old_building_share", "노후 건축물 비율", "Share of old buildings", "share", "higher", 0.24),
    ("mean_slope", "평균 경사", "Mean slope", "deg", "lower", 0.1),
    ("people_20min", "20분 안 인구", "People within 20 minutes", "persons", "higher", 0.18),
    ("jobs_30min", "30분 안 종사자", "Jobs within 30 minutes", "jobs", "higher", 0.14),
    ("public_land", "국공유지 비율", "Public land", "share", "higher", 0.1),
    ("land_price", "토지 가격", "Land price", "KRW/m2", "lower", 0.08),
    ("adopters_outside_10y", "10년 뒤 지구 밖 이용자", "Users outside after 10 years", "persons", "higher", 0.16),
]
SERVICES = [
    ("health_kiosk", "건강 키오스크", "Health kiosk", "기", "kiosk", 0.25),
    ("smart_shelter", "스마트 쉼터", "Smart shelter", "개소", "shelter", 0.35),
    ("shared_mobility", "공유 모빌리티", "Shared mobility", "개소", "station", 0.5),
]
DISTRICTS = [
    ("D1", "해밀역 일원", "existing", (12, 12, 19, 17)),
    ("D2", "원도심 시장지구", "redevelopment", (20, 14, 25, 20)),
    ("D3", "강변 신도시", "new", (28, 4, 36, 11)),
    ("D4", "솔숲 산업단지", "existing", (3, 3, 9, 8)),
    ("D5", "보전산지 개발안", "new", (30, 22, 37, 28)),
]


def write(folder: Path, names: dict[str, str] | None = None) -> Path:
    """Write every file that the maps read into ``folder``; ``names`` replaces district names by id."""
    folder.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(7)
    cells, zones = _cells(random)
    districts = _districts(names or {})
    write_table(cells, folder / "cells.parquet", "cells")
    write_table(zones, folder / "zones.parquet", "zones")
    write_table(_facilities(cells), folder / "facilities.parquet", "facilities")
    write_table(_backdrop(), folder / "backdrop.parquet", "backdrop")
    write_table(districts, folder / "districts.parquet", "districts")
    (folder / "region.json").write_text(json.dumps(_resolved(), ensure_ascii=False), encoding="utf-8")
    (folder / "sources.json").write_text(json.dumps(_sources(), ensure_ascii=False), encoding="utf-8")
    (folder / "candidates.json").write_text(json.dumps(_candidates(), ensure_ascii=False), encoding="utf-8")
    _scores(folder, districts)
    _travel(folder, cells, districts)
    _rules(folder, list(districts["district_id"]))
    plan = _plan(cells, zones, districts)
    plan.attrs = of_template(PlanTemplate.model_validate(_resolved()["plan"]))
    write_table(plan, folder / "plan.parquet", "plan")
    laid = Laid("default", districts, plan, Terms("2027-01", 12 * YEARS))
    write_table(money_table([laid]), folder / "money.parquet", "money")
    # A toy city has no plan of its own.
    write_table(table("plans", 0), folder / "plans.parquet", "plans")
    own = {"plans": [], "services": _resolved()["services"]}
    (folder / "plans.json").write_text(json.dumps(own, ensure_ascii=False), encoding="utf-8")
    _diffusion(folder, cells, districts, random)
    facts.run(folder)
    return folder


def _cells(random: np.random.Generator) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    row, column = np.divmod(np.arange(ROWS * COLUMNS), COLUMNS)
    ragged = np.hypot((column - 19.5) / 20.5, (row - 14.5) / 15.5) < 1.02
    row, column = row[ragged], column[ragged]
    x, y = WEST + (column + 0.5) * SIZE, SOUTH + (row + 0.5) * SIZE
    crowd = 90 * np.exp(-(((column - 21) / 7) ** 2 + ((row - 16) / 5) ** 2)) + 25 * np.exp(
        -(((column - 32) / 4) ** 2 + ((row - 8) / 3) ** 2)
    )
    river = np.abs(row - (9 + 3 * np.sin(column / 6))) < 0.8
    people = np.where(river, 0, random.poisson(crowd))
    old = np.exp(-(((column - 22) / 6) ** 2 + ((row - 17) / 4) ** 2))
    buildings = people // 6
    slope = np.clip(2 + 0.9 * np.maximum(row - 18, 0) + random.normal(0, 1, len(row)), 0, 60)
    zone = (row >= 15).astype(int) * 4 + np.clip(column // 10, 0, 3)
    cells = table(
        "cells",
        geometry=[box(px - 50, py - 50, px + 50, py + 50) for px, py in zip(x, y, strict=True)],
        cell_id=[f"가나{c:03d}{r:03d}" for c, r in zip(column, row, strict=True)],
        x_m=x.astype(float),
        y_m=y.astype(float),
        zone_id=[f"99{z:03d}" for z in zone],
        population=people,
        elderly=(people * (0.12 + 0.3 * old)).astype(int),
        youth=(people * 0.25).astype(int),
        households=people // 2,
        jobs=random.poisson(crowd * 0.5),
        transit_stops=random.integers(0, 2, len(row)),
        buildings=buildings,
        old_buildings=(buildings * 0.9 * old).astype(int),
        undated_buildings=buildings // 10,
        floor_area_m2=people * 42.0,
        water_m2=np.where(river, 8000.0, 0.0),
        protected_m2=np.where(row > 24, 10_000.0, 0.0),
        developable_m2=np.where(river | (row > 24), 1000.0, np.where(slope > 15, 3000.0, 9500.0)),
        elevation_m=10 + slope * 4,
        slope_deg=np.where(column < 2, np.nan, slope),
    )
    outline = cells.geometry.union_all()
    names = ["솔숲동", "해밀1동", "해밀2동", "강변동", "산수면", "중앙동", "시장동", "보람동"]
    shapes = []
    for number in range(8):
        left, low = WEST + number % 4 * 1000, SOUTH + number // 4 * 1500
        shapes.append(box(left, low, left + 1000, low + 1500).intersection(outline))
    codes = [f"99{z:03d}" for z in range(8)]
    zones = table("zones", geometry=shapes, zone_id=codes, name=names, area_m2=[shape.area for shape in shapes])
    return cells, zones


def _facilities(cells: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """A library and two clinics, one of them of unknown name and age."""
    return table(
        "facilities",
        geometry=cells.geometry.iloc[[0, 5, 9]].centroid.to_list(),
        kind=["library", "clinic", "clinic"],
        name=["가람도서관", "가람의원", None],
        opened=["2001-05-01", "2015-01-01", None],
        count=1,
    )


def _at(column: float, row: float) -> tuple[float, float]:
    return WEST + column * SIZE, SOUTH + row * SIZE


def _backdrop() -> gpd.GeoDataFrame:
    bank = [_at(c, 9 + 3 * np.sin(c / 6)) for c in np.linspace(-1, 41, 60)]
    rows: list[tuple[str, str | None, Any]] = [
        ("water", "해밀강", LineString(bank).buffer(75)),
        ("green", None, box(*_at(0, 24), *_at(40, 30))),
        ("green", None, Point(_at(16, 22)).buffer(320)),
        ("industrial", None, box(*_at(3, 3), *_at(9, 8))),
        ("rail", None, LineString([_at(-1, 12), _at(15, 14.5), _at(41, 13)])),
    ]
    rows += [("street_major", None, LineString([_at(0, r), _at(40, r + 1)])) for r in (5, 15, 19)]
    rows += [("street_major", None, LineString([_at(c, 0), _at(c, 30)])) for c in (10, 22, 33)]
    rows += [("street_minor", None, LineString([_at(14, r), _at(30, r)])) for r in np.arange(13, 21, 1.0)]
    rows += [("street_minor", None, LineString([_at(c, 12), _at(c, 21)])) for c in np.arange(14, 31, 1.0)]
    layer, name, geometry = zip(*rows, strict=True)
    return table("backdrop", geometry=list(geometry), layer=list(layer), name=list(name), tunnel=False)


def _districts(names: dict[str, str]) -> gpd.GeoDataFrame:
    shapes = []
    for _, _, _, (left, low, right, high) in DISTRICTS:
        # A corner cut off, so that it is no plain rectangle.
        corners = [(left, low), (right, low), (right, high - 1.5), (right - 2, high), (left, high)]
        shapes.append(Polygon([_at(*corner) for corner in corners]))
    return table(
        "districts",
        geometry=shapes,
        district_id=[code for code, *_ in DISTRICTS],
        name=[names.get(code, name) for code, name, *_ in DISTRICTS],
        kind=[kind for _, _, kind, _ in DISTRICTS],
        area_m2=[shape.area for shape in shapes],
        land_price_krw_m2=[2_100_000.0, 3_400_000.0, None, 800_000.0, 150_000.0],
        public_land_share=[0.35, 0.12, 0.6, None, 0.8],
        private_share=[0.1, None, 0.3, 0.2, 0.5],
        operator_secured=[True, False, None, True, False],
        control_centre=[True, False, False, None, False],
    )


def _text(ko: str, en: str) -> dict[str, str]:
    return {"ko": ko, "en": en}


# The region's own, one that looks at public land alone, and one made for other criteria.
PROFILES: list[dict[str, Any]] = [
    {
        "id": "balanced",
        "label": _text("균형형(예시)", "Balanced (illustrative)"),
        "provenance": _text("공식 배점이 아닌 예시 가중치입니다.", "Illustrative weights, no official scoring."),
        "weights": {code: weight for code, *_, weight in CRITERIA},
    },
    {
        "id": "land",
        "label": _text("공유지(예시)", "Public land (illustrative)"),
        "provenance": _text("시험용", "For tests"),
        "weights": {"public_land": 1},
    },
    {
        "id": "elsewhere",
        "label": _text("다른 지표", "Other criteria"),
        "provenance": _text("시험용", "For tests"),
        "weights": {"snow_days": 1},
    },
]


def _resolved() -> dict[str, Any]:
    criteria = [
        {
            "id": code,
            "pillar": pillar,
            "label": _text(ko, en),
            "unit": unit,
            "direction": direction,
            "measure": "toy",
            "source": "toy",
            "evidence": "own_choice",
            "missing": _text("비교에서 빠지고 점수가 범위로 표시됩니다.", "Left out; the score becomes a range."),
        }
        for pillar, (code, ko, en, unit, direction, _) in zip(PILLAR, CRITERIA, strict=True)
    ]
    services = [
        {
            "id": code,
            "name": _text(ko, en),
            "field": "health",
            "unit": _text(unit_ko, unit_en),
            "capex_krw": 100_000_000,
            "opex_share_year": 0.1,
            "reach": {"kind": "walk", "travel_s": 600},
            "adoption": {
                "group": "population",
                "potential_share": 0.5,
                "p": 0.02,
                "q": 0.3,
                "source": "toy",
                "evidence": "own_choice",
            },
            "source": "toy",
            "evidence": "own_choice",
        }
        for code, ko, en, unit_ko, unit_en, _ in SERVICES
    ]
    services[1] |= {"covered_by": ["health_kiosk"], "prerequisites": ["health_kiosk"]}
    services.append({**services[0], "id": "drt", "name": _text("수요응답 버스", "Demand-responsive bus")})
    return {
        "region": {
            "region": "toy",
            "name": _text("해밀시(시험)", "Haemil (test)"),
            "synthetic": True,
            "country": "KR",
            "cell_size_m": SIZE,
            "boundary": {"path": "dong.shp"},
            "sources": {"zones": {"path": "dong.shp", "code": "ADM_CD", "name": "ADM_NM"}},
            "candidates": {"path": "candidates.geojson"},
            "points": [
                {"item": _text("거점", "The hub"), "points": 60, "criteria": [criteria[0]["id"]], "own": 60},
                {"item": _text("서비스", "Services"), "own": 40},
            ],
        },
        "programme": {
            "id": "2021",
            "label": _text("2021년 공모", "2021 round"),
            "kinds": ["new", "redevelopment", "existing"],
            "source": "toy",
            "evidence": "own_choice",
            "ceiling_krw": 24_000_000_000,
            "national_share_max": 0.5,
            "years": 3,
        },
        "criteria": {
            "criteria": criteria,
            "vetoes": [
                {
                    "id": "protected",
                    "label": _text("보전 지역", "Protected land"),
                    "measure": "toy",
                    "source": "toy",
                    "evidence": "own_choice",
                }
            ],
        },
        "profile": PROFILES[0],
        "profiles": PROFILES,
        "services": {
            "provenance": _text("시험용", "For tests"),
            "groups": [
                {
                    "id": "population",
                    "name": _text("주민", "residents"),
                    "of": "population",
                    "share": 1.0,
                    "source": "toy",
                    "evidence": "own_choice",
                }
            ],
            "services": services,
        },
        "plan": {
            "id": "default",
            "label": _text("예시 계획", "Illustrative plan"),
            "provenance": _text("시험용", "For tests"),
            "zone_order": "nearest",
            "in_district": [
                {"service": "health_kiosk", "units": 1, "month": 6, "split": {"national": 0.5, "local": 0.5}}
            ],
        },
        "simulation": {"start": "2027-01", "years": YEARS},
        "files": {},
    }


def _sources() -> dict[str, Any]:
    return {
        "sources": [
            {
                "key": "streets",
                "path": "streets.osm.pbf",
                "sha256": "0" * 64,
                "vintage": "2026",
                "licence": "MIT",
                "attribution": "합성 자료 / synthetic data (Geojeom)",
                "read": 1200,
                "kept": 1180,
                "dropped": [Remark("drop.outside").as_data() | {"number": 20}],
                "repaired": [],
                "notes": [Remark("snapshot", when="2026-01-05").as_data()],
            }
        ],
        "missing": [
            {
                "key": "subway_stations",
                "consequence": said(
                    "역세권 지표를 계산하지 못합니다.", "Station criteria cannot be computed."
                ).as_file(),
            }
        ],
        "estimates": [
            {
                "column": "elderly",
                "note": HALF.as_file(),
            }
        ],
    }


def _candidates() -> dict[str, Any]:
    return {
        "sources": [
            {
                "key": "candidates",
                "path": "districts.geojson",
                "sha256": "c0ffee" + "0" * 58,
                "vintage": "2026-05",
                "licence": "MIT",
                "attribution": "합성 자료 (Geojeom)",
                "read": 6,
                "kept": 5,
                "dropped": [Remark("drop.selected").as_data() | {"number": 1}],
                "repaired": [],
                "notes": [
                    Remark("nocolumn", column="land_price_krw_m2").as_data(),
                    Remark("cut", id="D3", share=0.025).as_data(),
                ],
            }
        ],
        "missing": [],
        "estimates": [],
    }


VALUES = np.array(
    [
        [0.42, 3.1, 41_200, 18_400, 0.35, 2_100_000, 6100],
        [0.71, 3.6, 43_900, 19_800, 0.12, 3_400_000, 6900],
        [0.05, 2.4, 28_100, 12_000, 0.60, np.nan, 5200],
        [0.22, 2.2, 19_500, np.nan, np.nan, 800_000, 3900],
        [0.02, 11.8, 9_400, 4_100, 0.80, 150_000, 1500],
    ]
)
# Utilities from 0 to 1 between the worst and best of the four that may win, worked out by hand.
UTILITY = np.array(
    [
        [0.5606, 0.3571, 0.8893, 0.8205, 0.4792, 0.5000, 0.7333],
        [1.0000, 0.0000, 1.0000, 1.0000, 0.0000, 0.0000, 1.0000],
        [0.0000, 0.8571, 0.3525, 0.0000, 1.0000, np.nan, 0.4333],
        [0.2576, 1.0000, 0.0000, np.nan, np.nan, 1.0000, 0.0000],
        [0.0000, 0.0000, 0.0000, 0.0000, 1.0000, 1.0000, 0.0000],
    ]
)


NO_USERS = Remark("users.unknown", group={"ko": "주민", "en": "residents"})
HALF = said("60~69세의 절반을 65세 이상으로 보았습니다.", "Half of those aged 60 to 69 are counted as 65 and over.")
# An estimate the list of sources has too, and what only this value leaves out.
NOTE = [HALF, Remark("minimum.mean", n=1, kinds=["clinic", "public_health_centre"])]


def _scores(folder: Path, districts: gpd.GeoDataFrame) -> None:
    ids = list(districts["district_id"])
    weight = np.array([row[-1] for row in CRITERIA])
    rows, parts = [], []
    for d, code in enumerate(ids):
        known = ~np.isnan(UTILITY[d])
        raised = np.where(known, weight, 0) / weight[known].sum()
        for j, (name, *_, unit, _, _) in enumerate(CRITERIA):
            lost = np.isnan(VALUES[d, j])
            rows.append(
                (
                    code,
                    name,
                    VALUES[d, j],
                    unit,
                    column_data([said("합성 자료", "synthetic data")]),
                    "2026",
                    column_data(NOTE if j == 0 else []),
                    column_data([Remark("proposal.silent")] if lost else []),
                )
            )
            parts.append((code, name, UTILITY[d, j], weight[j], raised[j], raised[j] * UTILITY[d, j]))
    told = ["district_id", "criterion", "value", "unit", "source", "vintage", "note", "missing"]
    values = of_rows("criteria", told, rows)
    late = values["criterion"] == "adopters_outside_10y"
    write_table(values[~late].reset_index(drop=True), folder / "criteria.parquet", "criteria")
    write_table(values[late].reset_index(drop=True), folder / "criteria_diffusion.parquet", "criteria")
    columns = ["district_id", "criterion", "utility", "profile_weight", "weight", "contribution"]
    contributions = of_rows("contributions", columns, parts)
    write_table(contributions, folder / "contributions.parquet", "contributions")
    score = contributions.groupby("district_id")["contribution"].sum().reindex(ids).to_numpy()
    low = np.where(np.isnan(UTILITY), 0, UTILITY) @ weight
    high = np.where(np.isnan(UTILITY), 1, UTILITY) @ weight
    vetoed = np.array([False] * 4 + [True])
    rank = pd.Series(score).where(~vetoed).rank(ascending=False, method="min").convert_dtypes()
    lacking = [";".join(CRITERIA[j][0] for j in np.flatnonzero(np.isnan(UTILITY[d]))) or None for d in range(5)]
    tables = [
        table(
            "scores",
            district_id=ids,
            method=method,
            score=score,
            score_low=low,
            score_high=high,
            rank=list(rank),
            vetoed=vetoed,
            missing=lacking,
        )
        for method in ("weighted_sum", "topsis", "vikor", "promethee")
    ]
    write_table(pd.concat(tables, ignore_index=True), folder / "scores.parquet", "scores")
    _robustness(folder, ids[:4], list(districts["name"]))
    vetoes = table(
        "vetoes",
        district_id=ids,
        veto="protected",
        vetoed=[False, False, False, None, True],
        found=[
            *(column_data([Remark("veto.share", share=share, limit=0.5)]) for share in (0.0, 0.0, 0.004)),
            column_data([said("경계 자료 없음", "no data on borders")]),
            column_data([Remark("veto.share", share=0.62, limit=0.5)]),
        ],
        excluded_m2=[0.0, 0.0, 2100.0, None, 310_000.0],
    )
    write_table(vetoes, folder / "vetoes.parquet", "vetoes")


def _robustness(folder: Path, ids: list[str], names: list[str]) -> None:
    """D2 is mostly first; D4 does not say its public land and may end second to fourth."""
    rank = [2, 1, 3, 4]
    robustness = table(
        "robustness",
        district_id=ids,
        rank=rank,
        rank_best=[2, 1, 3, 2],
        rank_worst=[2, 1, 3, 4],
        settling_criterion=[None, None, "land_price", "public_land"],
        least_criterion=["mean_slope", "public_land", None, None],
        least_from=[0.1, 0.1, None, None],
        least_to=[0.4, 0.52, None, None],
        least_rival=["D3", "D3", None, None],
    )
    write_table(robustness, folder / "robustness.parquet", "robustness")
    rows = []
    for weighting, blur in (("uniform", 0.3), ("profile", 0.1), ("ordinal", 0.05)):
        for code, place in zip(ids, rank, strict=True):
            shares = [blur / 3] * 4
            shares[place - 1] = 1 - blur
            rows.append((code, weighting, shares, [1 / 7] * 7, 1.0))
    columns = ["district_id", "weighting", "rank_acceptability", "central_weights", "confidence"]
    write_table(of_rows("acceptability", columns, rows), folder / "acceptability.parquet", "acceptability")
    pairs = [(a, b) for a in ids for b in ids if a != b]
    ahead = np.array([float(rank[ids.index(a)] < rank[ids.index(b)]) for a, b in pairs])
    compared = table(
        "pairs",
        district_id=[a for a, _ in pairs],
        other_id=[b for _, b in pairs],
        difference=0.1 * ahead,
        winning_uniform=0.7 * ahead,
        winning_profile=0.9 * ahead,
        winning_ordinal=ahead,
    )
    write_table(compared, folder / "pairs.parquet", "pairs")
    reasons = table(
        "reasons",
        district_id=["D2", "D2"],
        other_id=[None, "D3"],
        reason=[
            column_data([sentence(Remark("reason.ranked", name=names[1], rank=1, among=4, score=0.75))]),
            column_data([sentence(Remark("reason.ahead", ahead=names[1], behind=names[2], gap=0.374))]),
        ],
    )
    write_table(reasons, folder / "reasons.parquet", "reasons")


def _rules(folder: Path, ids: list[str]) -> None:
    rows = [
        (
            "national_share",
            True,
            "met",
            0.5,
            0.5,
            "share",
            ("50.0%", "50.0%"),
            ("국비 비율 ≤ 50%", "national share ≤ 50%"),
        ),
        ("kind", True, "met", np.nan, np.nan, "", ["new"], ["new", "existing"]),
        (
            "private_proposals",
            True,
            "unknown",
            np.nan,
            np.nan,
            "share",
            ("제안서에 없음", "not stated"),
            ("반영", "reflected"),
        ),
        (
            "running_cost",
            False,
            "unknown",
            1.2e9,
            np.nan,
            "KRW/year",
            ("연 12억원", "KRW 1.2 bn a year"),
            ("없음", "none"),
        ),
    ]

    def told(what: tuple[str, str] | list[str]) -> str | None:
        return column_data([Remark("rule.words", codes=what) if isinstance(what, list) else said(*what)])

    columns = [
        *(
            "round",
            "plan_id",
            "district_id",
            "rule",
            "binding",
            "outcome",
            "value",
            "limit",
            "unit",
            "found",
            "required",
        ),
        *("source", "evidence"),
    ]
    rules = of_rows(
        "programme",
        columns,
        [("2021", "default", code, *row[:-2], *map(told, row[-2:]), "toy", "D") for code in ids for row in rows],
    )
    write_table(rules, folder / "programme.parquet", "programme")


def _centres(districts: gpd.GeoDataFrame) -> list[Any]:
    return list(districts.geometry.centroid)


def _travel(folder: Path, cells: gpd.GeoDataFrame, districts: gpd.GeoDataFrame) -> None:
    drive, inside = [], []
    for shape, centre in zip(districts.geometry, _centres(districts), strict=True):
        distance = np.hypot(cells["x_m"] - centre.x, cells["y_m"] - centre.y).to_numpy()
        within = shape.contains(gpd.points_from_xy(cells["x_m"], cells["y_m"]))
        drive.append(np.where(distance > 2600, np.inf, distance / 1.5))
        inside.append(within)
    seconds = np.array(drive, dtype=np.float32)
    np.savez(
        folder / "district_travel.npz",
        district_id=np.array(districts["district_id"], dtype=str),
        walk_s=seconds * 5,
        drive_s=seconds,
        inside=np.array(inside),
        walk_limit_s=1800.0,
        drive_limit_s=1800.0,
    )


def _plan(cells: gpd.GeoDataFrame, zones: gpd.GeoDataFrame, districts: gpd.GeoDataFrame) -> pd.DataFrame:
    rows = []
    for code, centre in zip(districts["district_id"], _centres(districts), strict=True):
        near = np.hypot(cells["x_m"] - centre.x, cells["y_m"] - centre.y).to_numpy().argsort()
        for s, (service, *_) in enumerate(SERVICES):
            for k in range(2):
                cell = cells.iloc[near[3 * k]]
                rows.append(
                    (code, f"{service}-in-{k}", "in_district", service, cell, 6 + 6 * s, 8 + 6 * s, 4, 2_000_000_000)
                )
            for k in range(4):
                zone = zones.iloc[(2 * s + k) % 8]
                home = cells[cells["zone_id"] == zone["zone_id"]]
                cell = home.iloc[home["population"].astype(int).argmax()]
                month = 36 + 12 * k
                rows.append(
                    (
                        code,
                        f"{service}-out-{k}",
                        "diffusion",
                        service,
                        cell,
                        month,
                        None if k == 3 else month,
                        2,
                        300_000_000,
                    )
                )
    openings = []
    for code, opening, part, service, cell, month, works, units, krw in rows:
        national = krw // 2 if part == "in_district" else 0
        when = date(2027 + month // 12, month % 12 + 1, 1).isoformat()
        where = (service, cell["cell_id"], cell["zone_id"])
        money = (krw, krw // 10, national, 0, 0, krw - national, *[0] * 4)
        openings.append((code, opening, part, *where, month, works, when, units, *money))
    return of_rows("plan", [name for name, column in SCHEMAS["plan"].columns.items() if column.required], openings)


def _diffusion(folder: Path, cells: gpd.GeoDataFrame, districts: gpd.GeoDataFrame, random: np.random.Generator) -> None:
    """Bass curves that set in later the further a cell lies from the hub."""
    months, worlds = 12 * YEARS + 1, 16
    people = cells["population"].to_numpy(dtype=np.int64)
    index = np.flatnonzero(people > 0)
    potential = np.array([np.rint(people[index] * share) for *_, share in SERVICES]).astype(np.int32)
    hubs = [1, 0]
    month = np.arange(months)
    adopters = np.zeros((2, 3, months, len(index)), dtype=np.float32)
    inside = np.zeros((2, len(index)), dtype=bool)
    for k, d in enumerate(hubs):
        shape, centre = districts.geometry.iloc[d], districts.geometry.iloc[d].centroid
        x, y = cells["x_m"].to_numpy()[index], cells["y_m"].to_numpy()[index]
        inside[k] = shape.contains(gpd.points_from_xy(x, y))
        late = np.hypot(x - centre.x, y - centre.y) / 60
        for s in range(3):
            elapsed = np.maximum(month[:, None] - (8 + 6 * s) - late, 0) / 12
            p, q = 0.02, 0.5 + 0.1 * s
            decay = np.exp(-(p + q) * elapsed)
            adopters[k, s] = potential[s] * (1 - decay) / (1 + q / p * decay)
    factor = random.uniform(0.7, 1.25, worlds)
    limit = potential[None, :, None, :]
    spread = np.minimum(adopters[..., None] * factor, limit[..., None])
    at = inside[:, None, None, :, None]
    totals = {"inside": (spread * at).sum(3), "outside": (spread * ~at).sum(3)}
    years = spread[:, :, ::12]
    quantile = np.quantile(years, [0.1, 0.5, 0.9], axis=-1)
    data = xr.Dataset(
        {
            "cell_id": ("cell", cells["cell_id"].to_numpy(dtype=str)[index].astype(object)),
            "cell_index": ("cell", index.astype(np.int32)),
            "inside": (("scenario", "cell"), inside),
            "potential": (("service", "cell"), potential),
            "adopters": (("scenario", "service", "month", "cell"), adopters),
            "adopters_quantile": (
                ("scenario", "service", "year", "cell", "quantile"),
                np.moveaxis(quantile, 0, -1).astype(np.float32),
            ),
            "total_inside": (("scenario", "service", "month", "world"), np.rint(totals["inside"]).astype(np.int64)),
            "total_outside": (("scenario", "service", "month", "world"), np.rint(totals["outside"]).astype(np.int64)),
            # Half of the users outside come after 70 months or so; nine tenths in a world of ten only.
            "months_to": (
                ("scenario", "service", "where", "reached", "quantile"),
                np.broadcast_to([[20.0, 24, 30], [60, 70, np.nan], [np.nan] * 3], (2, 3, 2, 3, 3)).astype(np.float32),
            ),
            "worlds_reached": (
                ("scenario", "service", "where", "reached"),
                np.broadcast_to([1.0, 0.6, 0.1], (2, 3, 2, 3)).astype(np.float32),
            ),
            "spillover": (
                ("scenario", "service", "year", "quantile"),
                np.broadcast_to([1.5, 2.0, 2.5], (2, 3, YEARS + 1, 3)).astype(np.float32),
            ),
            "cost_per_adopter_krw": (
                ("scenario", "service", "year", "quantile"),
                np.broadcast_to([1.2e6, 1.5e6, 2e6], (2, 3, YEARS + 1, 3)).astype(np.float32),
            ),
            "coverage_elderly": (
                ("scenario", "service", "year"),
                np.broadcast_to(np.float32(0.25), (2, 3, YEARS + 1)),
            ),
            # Nobody knows which zones decline; `not_measured` says so.
            "coverage_declining": (("scenario", "service", "year"), np.full((2, 3, YEARS + 1), np.nan, np.float32)),
            # The first hub's costs 300 million won a year, the second's 100.
            "spent_krw": (
                ("scenario", "service", "year"),
                np.array([300, 100])[:, None, None] * 10**6 * np.arange(YEARS + 1) * np.ones((2, 3, 1), np.int64),
            ),
        },
        coords={
            "where": ["inside", "outside"],
            "reached": [0.1, 0.5, 0.9],
            "scenario": [DISTRICTS[d][0] for d in hubs],
            "service": [code for code, *_ in SERVICES],
            "month": month,
            "world": np.arange(worlds),
            "quantile": [0.1, 0.5, 0.9],
            "year": np.arange(YEARS + 1),
        },
        attrs={
            "seed": 1,
            "start": "2027-01",
            "config_sha256": "0" * 64,
            "input_sha256": "0" * 64,
            "versions": "toy",
            "not_simulated": json.dumps({"drt": NO_USERS.as_file()}),
            "not_measured": json.dumps({"coverage_declining": Remark("decline.unknown").as_file()}),
            "hubs": json.dumps({DISTRICTS[d][0]: DISTRICTS[d][0] for d in hubs}),
        },
    )
    data.to_netcdf(folder / "diffusion.nc", engine="h5netcdf")
    rows = []
    for k, d in enumerate(hubs):
        for s, (service, *_) in enumerate(SERVICES):
            within, all_of = inside[k], potential[s]
            for m in month:
                here = adopters[k, s, m]
                rows.append(
                    (
                        DISTRICTS[d][0],
                        service,
                        m,
                        float(here[within].sum()),
                        float(here[~within].sum()),
                        float(all_of[within].sum()),
                        float(all_of[~within].sum()),
                    )
                )
    totals_frame = of_rows("totals", list(SCHEMAS["totals"].columns), rows)
    write_table(totals_frame, folder / "totals.parquet", "totals")
