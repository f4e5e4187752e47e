"""What a fault advises to write is what the next check takes: every remedy that shows YAML, and every number."""

from __future__ import annotations

import ast
import itertools
import re
from pathlib import Path
from typing import Annotated, get_args, get_origin

import pytest
from pydantic import TypeAdapter

from geojeom import quantities
from geojeom.checked_yaml import parse, read_yaml
from geojeom.errors import Fault
from spatial.config.region import RegionFile

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("geojeom", "spatial", "simulation", "decisions", "maps")
REGION = """region: r
name: {ko: 가, en: A}
boundary: {%s}
sources: {%s}
candidates: {path: c.geojson}
%s"""
ZONES = "zones: {path: z.shp, code: c, name: n, %s}"
TABLE = "counts: [{kind: zone_table, path: t.csv, %s, columns: {jobs: j}}]"
SGIS = "counts: [{kind: sgis_grid, path: g.csv, columns: {population: [to_in_001]}, %s}]"
# Where each advised form goes, and how somebody follows it.
PATH = "path: b.geojson"
FOLLOWED: dict[str, list[tuple[str, str, str]]] = {
    "crs:": [
        (f"{PATH}, crs: EPSG:5179", "", ""),
        (f"{PATH}, crs: 5179", "", ""),
        (PATH, ZONES % 'crs: "5186"', "crs: EPSG:5179"),
    ],
    "lon:": [(PATH, "counts: [{kind: points, path: p.csv, columns: {jobs: j}, lon: y, lat: x}]", "")],
    "country:": [(PATH, "", "country: NO"), (PATH, "", "country: BR")],
    "cell_size_m:": [(PATH, "", "cell_size_m: 250")],
    "cells_max:": [(PATH, "", "cells_max: 5_000_000"), (PATH, "", "cells_max: 5000000")],
    "select:": [
        (PATH + ', select: {SIG_CD: ["51110"]}', "", ""),
        (PATH + ", select: {name: [춘천시, 홍천군]}", "", ""),
    ],
    "zone_column:": [(PATH, TABLE % "code: c, zone_column: ADM_CD", "")],
    "sido:": [(PATH, ZONES % "sido: SIDO_NM, sigungu: SGG_NM", "")],
    "within: [sido, sigungu]": [
        (PATH, ZONES % "within: [강원도, 춘천시]", ""),
        (PATH, ZONES % "within: [sido, sigungu]", ""),
    ],
    "cross_checks:": [(PATH, "cross_checks: [{kind: raster, path: p.tif}]", "")],
    "columns:": [(PATH, SGIS % "year: '2020'", "")],
    "density:": [(PATH, "", "")],
    'year: "{}"': [(PATH, SGIS % 'year: "2023"', "")],
    "bbox: [west, south, east, north]": [("bbox: [127.6, 37.8, 127.9, 38.0]", "", "")],
    "bbox: [서, 남, 동, 북]": [("bbox: [127.6, 37.8, 127.9, 38.0]", "", "")],
    "path:": [(PATH, "", "")],
    "kinds: [...]": [(PATH, "facilities: [{kind: osm, path: f.pbf, kinds: [clinic, school]}]", "")],
    "licence:": [(PATH, "land: {path: l.pbf, licence: ODbL}", "")],
    "boundary:": [(PATH, "", "")],
    "candidates:": [(PATH, "", "")],
    "facility:": [(PATH, "facilities: [{kind: table, path: f.csv, facility: clinic}]", "")],
    "attribution:": [(PATH, "land: {path: l.pbf, attribution: © OpenStreetMap contributors}", "")],
    "vintage:": [(PATH, "land: {path: l.pbf, vintage: 2026-06}", "")],
    'vintage: "2025-12-31"': [
        (PATH, f"land: {{path: l.pbf, vintage: {day}}}", "") for day in ('"2025-12-31"', "2025-12-31", '"2025-12"')
    ],
}
FOLLOWED["lat:"] = FOLLOWED["lon:"]
FOLLOWED["sigungu:"] = FOLLOWED["sido:"]


def texts(path: Path) -> list[str]:
    """The texts in a module that are no docstrings, with {} for what is filled in."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docs = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    joined = [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)]
    inner = {id(part) for node in joined for part in ast.walk(node)} - {id(node) for node in joined}
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            found.append("".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs | inner:
            found.append(node.value)
    return found


def advised() -> set[str]:
    """Everything in backticks that is a key of YAML, in any text of any room."""
    files = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]
    return {found for path in files for text in texts(path) for found in re.findall(r"`([a-z_]+:(?: [^`]+)?)`", text)}


def test_every_advised_form_is_followed_here() -> None:
    assert advised() == set(FOLLOWED)


@pytest.mark.parametrize(
    "form", [(name, one) for name, ways in FOLLOWED.items() for one in ways], ids=lambda form: form[0]
)
def test_an_advised_form_passes_the_next_check(tmp_path: Path, form: tuple[str, tuple[str, str, str]]) -> None:
    path = tmp_path / "r.yaml"
    path.write_text(REGION % form[1], encoding="utf-8")
    faults: list[Fault] = []
    assert parse(RegionFile, read_yaml(path), str(path), faults) is not None, faults


@pytest.mark.parametrize("written", ["2025", "0411", "020", "5e1"])
def test_what_is_put_in_quotes_as_advised_is_a_text(tmp_path: Path, written: str) -> None:
    path = tmp_path / "r.yaml"
    for text, passes in ((written, False), (f'"{written}"', True)):
        path.write_text(REGION % (PATH, ZONES % f"vintage: {text}", ""), encoding="utf-8")
        faults: list[Fault] = []
        parse(RegionFile, read_yaml(path), str(path), faults)
        assert [fault.remedy for fault in faults] == ([] if passes else ['Put it in quotes, e.g. "2025" or "0411".'])


QUANTITIES = {name: kind for name, kind in vars(quantities).items() if get_origin(kind) is Annotated}


@pytest.mark.parametrize("name", [name for name, kind in QUANTITIES.items() if get_args(kind)[1].slips])
def test_the_number_that_a_fault_advises_passes(tmp_path: Path, name: str) -> None:
    kind, path = TypeAdapter(QUANTITIES[name]), tmp_path / "r.yaml"
    plain, told = get_args(QUANTITIES[name])
    advised = 0
    for unit, share in itertools.product(told.slips, (0.01, 0.1, 0.37, 0.5, 1)):
        meant = told.low + share * (told.high - told.low)
        slipped = (round(meant) if plain is int else meant) / told.slips[unit]
        for usual in (False, True):
            for advice in told.meant(slipped, whole=plain is int, usual=usual):
                number = advice.split("? Then write ")[1]
                text = number.split("(")[-1].removesuffix(" in YAML)")
                path.write_text(f"k: {text}\n", encoding="utf-8")
                assert kind.validate_python(read_yaml(path)["k"]) == pytest.approx(float(text.replace("_", "")))
                advised += 1
    assert advised
