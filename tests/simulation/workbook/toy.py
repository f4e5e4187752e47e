"""A small city to hold plans against, a good plan of it, and how a workbook of it is read.

12 x 3 cells of 100 m (tests/simulation/conftest.py) from 127.5 E, 38 N on: columns 0-3 are zone A, 4-7 B, 8-11 C. The
candidate "west" is the 2 x 2 cells in the corner of zone A, "east" as many in the corner of C.
"""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
from shapely import Point, box

from geojeom.catalogues import CATALOGUES
from geojeom.checked_yaml import read_catalogue
from geojeom.models import Text
from simulation.plans.catalogue import Settings
from simulation.workbook.book import Workbook, read_book
from simulation.workbook.city import City
from simulation.workbook.faults import CellFault, Ledger, WorkbookError
from simulation.workbook.grids import Grid, read_grids
from simulation.workbook.land import Land
from simulation.workbook.layout import layout
from simulation.workbook.plan import Plan, plan_of
from spatial.config.catalogue import Programme
from spatial.sources.zoning import ZoningTable
from tests.simulation.conftest import COLUMNS, RESOLVED, ROWS
from tests.tables import table

# EPSG:5179 has its origin at 127.5 E, 38 N, and calls it (1000000, 2000000).
EAST_M, NORTH_M = 1_000_000, 2_000_000
NAMES = {"net": ("통신망", "Network"), "hub": ("데이터 허브", "Data hub"), "shelter": ("쉼터", "Shelter")}
NAMES |= {"app": ("주민 앱", "Citizens' app")}


def catalogue() -> dict[str, Any]:
    """The services of the toy city, each with a name of its own."""
    held: dict[str, Any] = copy.deepcopy(RESOLVED["services"])
    for service in held["services"]:
        service["name"] = dict(zip(("ko", "en"), NAMES[service["id"]], strict=True))
        service["unit"] = {"ko": "곳", "en": "places"}
    return held


def square(cell: int) -> Any:
    """The ground of a cell."""
    row, column = divmod(cell, COLUMNS)
    west, south = EAST_M + 100 * column, NORTH_M + 100 * row
    return box(west, south, west + 100, south + 100)


def toy_city(**changed: Any) -> City:
    """The city; its zones are 가람동, 나래동 and two of the name 다솜동, of which one has no cell."""
    number = np.arange(ROWS * COLUMNS)
    row, column = np.divmod(number, COLUMNS)
    squares = [square(cell) for cell in number]
    cells = table(
        "cells",
        geometry=squares,
        cell_id=[f"c{r}_{c:02d}" for r, c in zip(row, column, strict=True)],
        x_m=[shape.centroid.x for shape in squares],
        y_m=[shape.centroid.y for shape in squares],
        zone_id=[("A", "B", "C")[c // 4] for c in column],
        population=100,
        elderly=20,
        youth=40,
    )
    zones = table(
        "zones", zone_id=["A", "B", "C", "D"], name=["가람동", "나래동", "다솜동", "다솜동"], area_m2=120_000.0
    )
    districts = table(
        "districts",
        geometry=[box(EAST_M, NORTH_M, EAST_M + 200, NORTH_M + 200)] * 2,
        district_id=["west", "east"],
        name=["서부", "동부"],
        kind=["redevelopment", "existing"],
        public_land_share=[0.5, None],
        area_m2=40_000.0,
    )
    places = {"가람 보건소": 1, "경로당": 5, "나래 도서관(본관)": 6, "나래 도서관(별관)": 7}
    points = [square(cell).centroid for cell in places.values()]
    facilities = table(
        "facilities",
        geometry=[*points, square(9).centroid, Point(0, 0)],
        kind="clinic",
        name=[*places, "경로당", "먼 병원"],
        count=1,
    )
    inside = np.zeros(number.size, bool)
    inside[[0, 1, COLUMNS, COLUMNS + 1]] = True
    made: dict[str, Any] = {
        "region": "toy",
        "cells": cells,
        "zones": zones[["zone_id", "name"]],
        "districts": districts[["district_id", "name"]],
        "facilities": gpd.GeoDataFrame(facilities),
        "inside": {"west": inside, "east": inside[::-1]},
        "drive_s": {name: np.zeros(number.size, np.float32) for name in ("west", "east")},
        "services": catalogue(),
        "settings": Settings.model_validate(RESOLVED["simulation"]),
        "programme": Programme.model_validate(RESOLVED["programme"]),
        "land": lambda hub: land(districts[districts["district_id"] == hub]),
        "fingerprint": "0123456789ab",
    }
    return City(**{"name": Text.model_validate(RESOLVED["region"]["name"]), **made, **changed})


PARCEL, FAR_PARCEL = "1" * 19, "2" * 19


def land(hub: gpd.GeoDataFrame) -> Land:
    """Second general residential land, and green land in the east; a parcel of 500 m2 inside "west", one in zone C."""
    west, east = (box(EAST_M + x, NORTH_M, EAST_M + x + 600, NORTH_M + 300) for x in (0, 600))
    zoning = table(
        "zoning",
        geometry=[west, east],
        code=["UQA122", "UQA430"],
        coverage_max_pct=[60.0, 20.0],
        floor_area_max_pct=[250.0, 100.0],
    )
    plots = [box(EAST_M + x, NORTH_M, EAST_M + x + 50, NORTH_M + height) for x, height in ((0, 10), (800, 100))]
    parcels = table("parcels", geometry=plots, pnu=[PARCEL, FAR_PARCEL], public=[True, False])
    return Land(hub, zoning, parcels, 30_000.0, read_catalogue(CATALOGUES / "zoning.yaml", ZoningTable))


def opening(number: str, service: str, site: str, opens: str, krw: int, **more: Any) -> dict[str, Any]:
    """A row of an opening sheet that the city pays for whole."""
    zone = {"0": "가람동", "1": "나래동"}[str(int(site[3:]) // 4)]
    row = {"opening_id": number, "service": service, "zone": zone, "site": site, "units": 1, "opens": opens}
    return {**row, "capex_krw": krw, "opex_krw_year": krw // 10, "city_krw": krw, **more}


def good_plan() -> tuple[dict[str, Any], dict[str, list[dict[str, Any]]]]:
    """Overview and rows of a plan without one fault; the rows begin at row 6 of their sheets."""
    overview = {
        "version": "1",
        "region": "toy",
        "region_file": "toy.yaml",
        "fingerprint": "0123456789ab",
        "title": "가람 스마트도시",
        "hub": "west",
        "round": "test",
        "start": "2027-01",
        "money_unit": "won",
    }
    net, shelter = "통신망", "쉼터"
    sheets: dict[str, list[dict[str, Any]]] = {
        "services": [{"service": "shelter", "capex_krw": 8_000_000}],
        "in_district": [
            opening("1", net, "c0_00", "2027-03", 20_000_000, national_krw=8_000_000, city_krw=12_000_000),
            opening("2", shelter, "c1_01", "2027-06", 8_000_000, private_cash_krw=3_000_000, city_krw=5_000_000),
        ],
        "diffusion": [
            opening("3", net, "c0_04", "2028-01", 10_000_000),
            opening("4", shelter, "c2_06", "2028-02", 16_000_000, units=2, closes="2030-12"),
        ],
        "funding": [
            {"row": "spend", "item": "1", "year": 2027, "national_krw": 8_000_000, "city_krw": 12_000_000},
            {"row": "spend", "item": "3", "year": 2028, "cost_item": "works", "city_krw": 10_000_000},
            {"row": "spend", "item": shelter, "year": 2027, "private_cash_krw": 3_000_000, "city_krw": 5_000_000},
            {"row": "spend", "item": shelter, "year": 2028, "city_krw": 16_000_000},
        ],
        "operation": [
            {"item": net, "year_after": 1, "city_krw": 3_000_000, "life_years": 10},
            {"item": shelter, "year_after": 1, "city_krw": 2_000_000, "revenue_krw": 400_000},
        ],
        "roles": [{"party": "local_government", "name": "가람시", "role": "주관", "responsible": "yes"}],
        "schedule": [
            {"step": step, "planned": f"2026-{month:02d}"}
            for month, step in enumerate(("briefing", "call", "proposal", "selection", "agreement", "consortium"), 1)
        ]
        + [
            {"step": "implementation_plan", "planned": "2026-09"},
            {"step": "designation", "planned": "2026-10"},
            {"step": "groundbreaking", "planned": "2027-01"},
            {"step": "completion", "planned": "2029-12"},
            {"step": "smart_city_plan", "planned": "2027-09"},
            {"name": "개통식", "planned": "2027-06"},
        ],
        "indicators": [
            {
                "indicator_id": "K-1",
                "name": "이용자",
                "unit": "명",
                "target_1": 10,
                "service": shelter,
                "modelled": "users",
            }
        ],
        "proposals": [
            {"firm": "갑", "content": "쉼터 두 곳", "cash_krw": 3_000_000, "state": "mou", "reflected_in": "2"}
        ],
        "problems": [
            {"problem_id": "P-1", "problem": "쉼터 부족", "zone": "나래동", "services": shelter, "indicator": "K-1"},
            {"problem_id": "P-2", "problem": "통신 음영", "zone": "B", "services": net, "indicator": "K-1"},
        ],
        "space": [{"space_id": "S-1", "use": "업무", "land_m2": 1000, "floor_area_m2": 2000}],
        "estimate": [{"item": "3", "specification": "광케이블", "unit": "km", "quantity": 2.5, "price_krw": 4_000_000}],
        "finance": [{"review": "중기지방재정계획", "year": 2027, "burden_krw": 17_000_000, "budget_krw": 900_000_000}],
    }
    return overview, sheets


def read(held: Path | list[Grid], language: str = "ko") -> tuple[Workbook, Ledger]:
    """A workbook's tables, and the ledger that its faults go to."""
    ledger = Ledger("plan.xlsx", language)
    return read_book(read_grids(held) if isinstance(held, Path) else held, layout(), ledger), ledger


def checked(path: Path | list[Grid], city: City, language: str = "ko") -> tuple[Plan | None, list[CellFault]]:
    """The plan of a workbook, None where it does not hold, and all its faults."""
    book, ledger = read(path, language)
    try:
        return plan_of(book, city), ledger.faults
    except WorkbookError:
        return None, ledger.faults


def told(faults: list[CellFault]) -> set[tuple[str, str]]:
    """Each fault as its cell and the code of what is said there."""
    return {(fault.place, fault.remark.code) for fault in faults if fault.remark is not None}
