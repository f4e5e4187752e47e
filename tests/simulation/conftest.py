"""A toy city whose answers can be worked out by hand: 12 x 3 cells of 100 m in three zones of 4 x 3.

Every cell's centre is a street node; neighbours in a row or column are 100 m apart, 90 s on foot, 12 s by car.
Cell (row r, column c) is number 12 r + c. Zone A is columns 0-3, B 4-7, C 8-11.
"""

from __future__ import annotations

import copy
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely import LineString, box

from geojeom.tables import write_table
from spatial.streets.network import Network
from spatial.streets.travel import cells_to_cells, from_groups
from tests.tables import table

COLUMNS, ROWS = 12, 3
TEXT = {"ko": "시험", "en": "test"}
SPLIT = {"national": 0.5, "local": 0.5}


def service(name: str, reach: dict[str, Any], needs: list[str], group: str | None, capex_krw: int) -> dict[str, Any]:
    adoption = {
        "group": group,
        "potential_share": 0.5,
        "p": 0.05,
        "q": 0.4,
        "spread": 0.2,
        "source": "t",
        "evidence": "own_choice",
    }
    return {
        "id": name,
        "name": TEXT,
        "field": "other",
        "unit": TEXT,
        "capex_krw": capex_krw,
        "opex_share_year": 0.1,
        "reach": reach,
        "adoption": adoption if group else None,
        "prerequisites": needs,
        "source": "t",
        "evidence": "own_choice",
    }


RESOLVED: dict[str, Any] = {
    "region": {
        "region": "toy",
        "name": TEXT,
        "seed": 7,
        "boundary": {"bbox": [127.0, 37.0, 127.1, 37.1]},
        "sources": {},
        "candidates": {"path": "candidates.geojson"},
    },
    "criteria": {
        "criteria": [
            {
                "id": "adopters_outside_10y",
                "pillar": "diffusion",
                "label": TEXT,
                "unit": "adoptions",
                "direction": "higher",
                "measure": "from_simulation",
                "source": "t",
                "evidence": "own_choice",
                "missing": TEXT,
            }
        ]
    },
    "profile": {"id": "equal", "label": TEXT, "provenance": TEXT, "rule": "equal"},
    "profiles": [],
    "files": {},
    "programme": {
        "id": "test",
        "label": TEXT,
        "ceiling_krw": 1_000_000_000,
        "national_share_max": 0.5,
        "years": 3,
        "kinds": ["new", "redevelopment", "existing"],
        "source": "t",
        "evidence": "own_choice",
    },
    "services": {
        "provenance": TEXT,
        "groups": [
            {"id": name, "name": {"ko": korean, "en": name}, "of": name, "source": "t", "evidence": "own_choice"}
            for name, korean in (
                ("population", "인구"),
                ("elderly", "65세 이상"),
                ("youth", "청년"),
                ("jobs", "종사자"),
            )
        ],
        "services": [
            service("net", {"kind": "area"}, [], None, 10_000_000),
            service("hub", {"kind": "citywide"}, ["net"], None, 101_000_001),
            service("shelter", {"kind": "walk", "travel_s": 90}, ["net"], "population", 7_000_000),
            service("app", {"kind": "citywide"}, ["hub"], "elderly", 50_000_000),
        ],
    },
    "plan": {
        "id": "test",
        "label": TEXT,
        "provenance": TEXT,
        "zone_order": "nearest",
        "in_district": [
            {"service": "net", "units": 2, "month": 2, "split": SPLIT},
            {"service": "hub", "units": 1, "month": 1, "split": SPLIT},
            {"service": "shelter", "units": 1, "month": 0, "split": SPLIT},
            {"service": "app", "units": 1, "month": 6, "split": SPLIT},
        ],
        "diffusion": [
            {
                "service": "net",
                "units": 1,
                "first_month": 24,
                "every_months": 12,
                "rounds": 2,
                "zones": 1,
                "split": {"national": 0, "local": 1},
            },
            {
                "service": "shelter",
                "units": 1,
                "first_month": 12,
                "every_months": 12,
                "rounds": 3,
                "zones": 1,
                "split": {"national": 0, "local": 1},
            },
        ],
    },
    "simulation": {"start": "2027-01", "years": 10, "worlds": 10, "ensemble_candidates": 2},
}


@pytest.fixture
def resolved() -> dict[str, Any]:
    """The resolved region of the toy city, free to be changed."""
    return copy.deepcopy(RESOLVED)


@pytest.fixture
def cells() -> pd.DataFrame:
    """100 residents a cell, 300 in (1, 2), (1, 5) and (1, 9); 20 of them old, 40 young in every cell; jobs unknown."""
    row, column = np.divmod(np.arange(ROWS * COLUMNS), COLUMNS)
    population = np.full(row.size, 100)
    population[[COLUMNS + 2, COLUMNS + 5, COLUMNS + 9]] = 300
    return table(
        "cells",
        cell_id=[f"c{r}_{c:02d}" for r, c in zip(row, column, strict=True)],
        x_m=100.0 * column,
        y_m=100.0 * row,
        zone_id=[("A", "B", "C")[c // 4] for c in column],
        population=population,
        elderly=20,
        youth=40,
    )


@pytest.fixture
def network() -> Network:
    row, column = np.divmod(np.arange(ROWS * COLUMNS), COLUMNS)
    indptr, indices = [0], []
    for r, c in zip(row, column, strict=True):
        for dr, dc in ((-1, 0), (0, -1), (0, 1), (1, 0)):
            if 0 <= r + dr < ROWS and 0 <= c + dc < COLUMNS:
                indices.append(COLUMNS * (r + dr) + c + dc)
        indptr.append(len(indices))
    edges = len(indices)
    return Network(
        node_x_m=100.0 * column,
        node_y_m=100.0 * row,
        indptr=np.array(indptr, np.int64),
        indices=np.array(indices, np.int32),
        length_m=np.full(edges, 100, np.float32),
        walk_s=np.full(edges, 90, np.float32),
        drive_s=np.full(edges, 12, np.float32),
        cell_node=np.arange(row.size, dtype=np.int32),
        cell_access_m=np.zeros(row.size, np.float32),
        kind="osm",
        circuity=1.0,
        walk_kmh=4.0,
        access_kmh=4.0,
    )


@pytest.fixture
def hub_inside() -> np.ndarray:
    """The hub "west": the 2 x 2 cells in the corner of zone A."""
    inside = np.zeros(ROWS * COLUMNS, bool)
    inside[[0, 1, COLUMNS, COLUMNS + 1]] = True
    return inside


@pytest.fixture
def river() -> gpd.GeoDataFrame:
    """The backdrop: a river between zones A and B in two overlapping pieces, and a railway in a tunnel beside it."""
    pieces = [LineString([(350, -1000), (350, 120)]).buffer(10), LineString([(350, 80), (350, 1000)]).buffer(10)]
    shapes = [*pieces, LineString([(750, -1000), (750, 1000)])]
    columns = {"layer": ["water", "water", "rail"], "name": [None, "river", None], "tunnel": [False, False, True]}
    frame = gpd.GeoDataFrame(columns, geometry=shapes, crs="EPSG:5179")
    return frame.astype({"layer": "str", "name": "str"})


Writer = Callable[..., Path]


@pytest.fixture
def write_folder(
    tmp_path: Path, cells: pd.DataFrame, network: Network, hub_inside: np.ndarray, resolved: dict[str, Any]
) -> Writer:
    """Write the contract's files for two districts, "west" and "east" (the opposite corner), and say where."""

    def write(**changed: Any) -> Path:
        people_of = changed.get("cells", cells)
        if not isinstance(people_of, gpd.GeoDataFrame):
            where = gpd.points_from_xy(people_of["x_m"], people_of["y_m"])
            people_of = gpd.GeoDataFrame(people_of, geometry=where, crs="EPSG:5179")
        configuration = changed.get("resolved", resolved)
        inside = np.stack([hub_inside, hub_inside[::-1]])
        write_table(people_of, tmp_path / "cells.parquet", "cells")
        # Whatever is known of the past; nothing, unless a test says otherwise.
        years = changed.get("history", table("history", 0))
        history = table("history", **{name: years[name].tolist() for name in years})
        write_table(history, tmp_path / "history.parquet", "history")
        network.save(tmp_path / "streets.npz")
        people = np.arange(len(people_of), dtype=np.int32)
        indptr, indices, travel_s = cells_to_cells(network, people, 1800.0)
        np.savez(
            tmp_path / "travel.npz", cell=people, indptr=indptr, indices=indices, travel_s=travel_s, limit_s=1800.0
        )
        groups = [np.flatnonzero(row).astype(np.int32) for row in inside]
        np.savez(
            tmp_path / "district_travel.npz",
            district_id=np.array(["west", "east"]),
            walk_s=from_groups(network, groups, 1800.0),
            drive_s=from_groups(network, groups, 1800.0, "drive"),
            walk_limit_s=1800.0,
            drive_limit_s=1800.0,
            inside=inside,
        )
        districts = table(
            "districts",
            geometry=[box(0, 0, 200, 200)] * 2,
            district_id=["west", "east"],
            name=["서", "동"],
            kind=["redevelopment", "existing"],
            area_m2=40000.0,
        )
        write_table(districts, tmp_path / "districts.parquet", "districts")
        if "backdrop" in changed:
            write_table(changed["backdrop"], tmp_path / "backdrop.parquet", "backdrop")
        (tmp_path / "region.json").write_text(json.dumps(configuration, ensure_ascii=False), encoding="utf-8")
        # The city has no plan of its own, unless a test says otherwise.
        write_table(table("plans", 0), tmp_path / "plans.parquet", "plans")
        own = {"plans": [], "services": configuration.get("services")}
        (tmp_path / "plans.json").write_text(json.dumps(own, ensure_ascii=False), encoding="utf-8")
        return tmp_path

    return write


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("kept")


@pytest.fixture
def made_once(kept: Path, tmp_path: Path) -> Callable[[str, Callable[[], object]], Path]:
    """``made_once(name, make)``: the test's folder as ``make`` fills it, run once for all tests."""

    def fill(name: str, make: Callable[[], object]) -> Path:
        if (kept / name).exists():
            shutil.copytree(kept / name, tmp_path, dirs_exist_ok=True)
        else:
            make()
            shutil.copytree(tmp_path, kept / name)
        return tmp_path

    return fill


@pytest.fixture
def scores() -> pd.DataFrame:
    """East ranks first, west second, by the weighted sum."""
    score = [0.4, 0.6, 0.9, 0.1]
    return table(
        "scores",
        district_id=["west", "east"] * 2,
        method=["weighted_sum", "weighted_sum", "topsis", "topsis"],
        score=score,
        score_low=score,
        score_high=score,
        rank=[2, 1, 1, 2],
        vetoed=False,
    )
