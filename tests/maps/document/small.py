"""A small city and plan for the tests of documents: 24 cells, two zones, two services, money that halves no evenly."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import xarray as xr
from shapely import box

from geojeom.messages import Remark, column_data
from geojeom.models import Text
from maps.document.building import build
from maps.document.materials import Materials, Ranking
from maps.document.model import UNITS, Document
from maps.document.outline import outline
from simulation.plans.catalogue import Settings
from simulation.workbook.book import language_of, read_book
from simulation.workbook.city import City
from simulation.workbook.faults import Ledger
from simulation.workbook.grids import read_grids
from simulation.workbook.layout import layout
from simulation.workbook.plan import plan_of
from simulation.workbook.writing import Form, write_book
from spatial.config.catalogue import Criterion, Profile
from tests.tables import of_rows, table

CRS = "EPSG:5179"
SAID: dict[str, Any] = {"source": "시험 / test", "evidence": "own_choice"}
SERVICES = {
    "provenance": {"ko": "시험", "en": "test"},
    "groups": [{"id": "population", "name": {"ko": "인구", "en": "residents"}, "of": "population", **SAID}],
    "services": [
        {
            "id": "data_hub",
            "name": {"ko": "데이터허브", "en": "Data hub"},
            "field": "administration",
            "unit": {"ko": "식", "en": "system"},
            "capex_krw": 1_500_000_000,
            "opex_share_year": 0.1,
            "reach": {"kind": "citywide"},
            **SAID,
        },
        {
            "id": "shelter",
            "name": {"ko": "스마트 쉼터", "en": "Smart shelter"},
            "field": "transport",
            "unit": {"ko": "곳", "en": "places"},
            "capex_krw": 190_000_000,
            "opex_share_year": 0.1,
            "reach": {"kind": "walk", "travel_s": 360},
            "adoption": {"group": "population", "potential_share": 0.5, "p": 0.01, "q": 0.3, **SAID},
            **SAID,
        },
    ],
}
OVERVIEW = {
    "version": "1",
    "region": "small",
    "region_file": "small.yaml",
    "title": "작은시 거점 계획 <안> & 검토",
    "applicant": "작은시",
    "hub": "H-1",
    "start": "2027-01",
    "money_unit": "won",
    "vat": "included",
    "goal_space": "머무는 거리",
}
# 1.5 billion over two years by three payers, and two shelters whose won do not fit the unit.
OPENINGS = [
    {
        "opening_id": "A-1",
        "service": "data_hub",
        "site": "auto",
        "units": 1,
        "opens": "2028-06",
        "capex_krw": 1_500_000_000,
    }
    | {"opex_krw_year": 150_000_000, "national_krw": 750_000_000, "province_krw": 180_000_000, "city_krw": 570_000_000},
    {
        "opening_id": "A-2",
        "service": "스마트 쉼터",
        "site": "auto",
        "units": 2,
        "opens": "2028-03",
        "capex_krw": 400_000_001,
    }
    | {
        "opex_krw_year": 40_000_000,
        "national_krw": 200_000_000,
        "city_krw": 150_000_000,
        "private_cash_krw": 50_000_001,
    },
]
OUTSIDE = [
    {"opening_id": "B-1", "service": "shelter", "zone": "새터동", "site": "auto", "units": 1, "opens": "2030-01"}
    | {"capex_krw": 210_499_999, "opex_krw_year": 21_000_000, "city_krw": 210_499_999},
]
COST_KRW = 1_500_000_000 + 400_000_001 + 210_499_999
SHEETS: dict[str, list[dict[str, Any]]] = {
    "in_district": OPENINGS,
    "diffusion": OUTSIDE,
    "funding": [
        {"row": "spend", "item": "A-1", "year": 2027, "cost_item": "design"}
        | {"national_krw": 250_000_000, "province_krw": 60_000_000, "city_krw": 190_000_000},
        {"row": "spend", "item": "A-1", "year": 2028, "cost_item": "equipment"}
        | {"national_krw": 500_000_000, "province_krw": 120_000_000, "city_krw": 380_000_000},
        {"row": "commitment", "year": 2027, "city_krw": 200_000_000},
    ],
    "roles": [{"party": "operator", "name": "작은도시공사", "role": "시행", "responsible": "yes"}],
    "schedule": [{"step": "agreement", "planned": "2027-02"}, {"name": "개통", "planned": "2030-02"}],
    "indicators": [
        {"indicator_id": "K-1", "name": "쉼터 이용자", "unit": "명", "service": "shelter", "modelled": "users"}
        | {"baseline": 0, "target_1": 50, "target_2": 90.5},
    ],
    "problems": [
        {
            "problem_id": "P-1",
            "problem": "버스를 기다릴 곳이 없음",
            "zone": "새터동",
            "services": "shelter",
            "indicator": "K-1",
        },
    ],
    "risks": [{"risk": "지연", "likelihood": "low", "answer": "예비 일정"}],
    "texts": [
        {"section": "risks", "text": "첫째 문단입니다.\n둘째 <문단> & 끝."},
        {"section": "사업 총괄표", "text": "=머리글"},
    ],
}


def no_land(hub: str) -> Any:
    """The plan has no sheet of space."""
    raise AssertionError(hub)


def city() -> City:
    """Four columns by six rows of 100 m; zone 1 is the south, and the hub its western half."""
    places = [(x, y) for y in range(6) for x in range(4)]
    south = np.array([y < 3 for _, y in places])
    hub = np.array([y < 3 and x < 2 for x, y in places])
    cells = table(
        "cells",
        geometry=[box(100 * x, 100 * y, 100 * x + 100, 100 * y + 100) for x, y in places],
        cell_id=[f"{x}-{y}" for x, y in places],
        x_m=[100.0 * x + 50 for x, _ in places],
        y_m=[100.0 * y + 50 for _, y in places],
        zone_id=[("1", "2")[not one] for one in south],
        population=[10] * len(places),
        elderly=[2] * len(places),
    )
    none = gpd.GeoDataFrame({"kind": [], "name": []}, geometry=[], crs=CRS)
    names = pd.DataFrame({"zone_id": ["1", "2"], "name": ["옛터동", "새터동"]})
    hubs = pd.DataFrame({"district_id": ["H-1", "H-2"], "name": ["역앞", "강변"]})
    inside = {"H-1": hub, "H-2": ~south}
    drive = dict.fromkeys(inside, np.zeros(len(places), np.float32))
    name, settings = Text(ko="작은시", en="Small"), Settings(start="2027-01", years=5)
    return City("small", name, cells, names, hubs, none, inside, drive, SERVICES, settings, None, no_land)


def workbook(folder: Path, **changed: Any) -> Path:
    """The workbook of the plan; ``changed`` are other rows of sheets."""
    path = folder / "plan.xlsx"
    write_book(path, OVERVIEW, {**SHEETS, **changed}, Form(layout(), "ko"))
    return path


def ranking() -> Ranking:
    """Two candidates by one criterion."""
    scores = of_rows(
        "scores",
        ["district_id", "method", "score", "score_low", "score_high", "rank", "vetoed"],
        [("H-1", "weighted_sum", 0.75, 0.7, 0.8, 1, False), ("H-2", "weighted_sum", 0.5, 0.5, 0.5, 2, False)],
    )
    contributions = of_rows(
        "contributions",
        ["district_id", "criterion", "utility", "profile_weight", "weight", "contribution"],
        [("H-1", "slope", 0.75, 1.0, 1.0, 0.75), ("H-2", "slope", 0.5, 1.0, 1.0, 0.5)],
    )
    values = of_rows(
        "criteria",
        ["district_id", "criterion", "value", "unit"],
        [("H-1", "slope", 2.5, "degrees"), ("H-2", "slope", 5.0, "degrees")],
    )
    stated = column_data([Remark("stated", text={"ko": "역앞이 더 평평합니다.", "en": "The station is flatter."})])
    reasons = of_rows("reasons", ["district_id", "other_id", "reason"], [("H-1", "H-2", stated)])
    criterion = Criterion.model_validate(
        {
            "id": "slope",
            "pillar": "space",
            "label": {"ko": "경사", "en": "Slope"},
            "unit": "degrees",
            "direction": "lower",
        }
        | {"measure": "mean", "missing": {"ko": "없음", "en": "none"}, **SAID}
    )
    told = {"ko": "시험 가중치", "en": "test weights"}
    profile = Profile.model_validate({"id": "test", "label": told, "provenance": told, "weights": {"slope": 1}})
    return Ranking(scores, values, contributions, reasons, [criterion], profile)


def simulated() -> xr.Dataset:
    """Ten worlds of one service: 10·w users inside and 100·w outside after each year, w from 1 to 10."""
    worlds, months = np.arange(1, 11), 61
    inside = np.broadcast_to(10 * worlds, (1, months, 10))
    axes = ("service", "month", "world")
    at = {"service": ["shelter"], "year": np.arange(6), "month": np.arange(months)}
    return xr.Dataset({"total_inside": (axes, inside), "total_outside": (axes, 10 * inside)}, coords=at)


def materials(
    folder: Path, language: Any = "ko", unit: str = "백만원", spread: Any = None, **changed: Any
) -> Materials:
    """What the document of the plan is made of."""
    held, sheets = city(), layout()
    grids = read_grids(workbook(folder, **changed))
    book = read_book(grids, sheets, Ledger("plan.xlsx", language_of(grids, sheets)))
    plan = plan_of(book, held)
    shapes = {"H-1": box(0, 0, 200, 300), "H-2": box(0, 300, 400, 600)}
    districts = held.districts.assign(kind=["new", "existing"], area_m2=[60_000.0, 120_000.0])
    return Materials(
        plan=plan,
        book=book,
        city=held,
        zones=gpd.GeoDataFrame(held.zones, geometry=[box(0, 0, 400, 300), box(0, 300, 400, 600)], crs=CRS),
        districts=gpd.GeoDataFrame(districts, geometry=list(shapes.values()), crs=CRS),
        ranking=ranking(),
        spread=spread,
        unsimulated="" if spread is not None else "not_simulated",
        synthetic=True,
        outline=outline(),
        language=language,
        unit=UNITS[unit][language],
    )


def one_pixel() -> bytes:
    """A PNG of one white pixel."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    chunks = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\xff\xff\xff")) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def document(folder: Path, *, draw: Any = None, **options: Any) -> Document:
    """The document of the plan, without pictures unless ``draw`` makes them."""
    return build(materials(folder, **options), draw)
