"""The region file: one YAML a planner can write, checked whole and resolved once.

``resolve`` turns a region file and the catalogues it names into one plain dictionary with every default filled in.
That dictionary is written beside the results and is the only configuration any job reads.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import yaml
from pydantic import BaseModel, Field, ValidationError, model_validator

from spatial.catalogue import CriteriaSet, Profile, Programme, Strict, Text
from spatial.errors import Fault, RegionError, raise_if_any

M = TypeVar("M", bound=BaseModel)
CATALOGUES = Path(__file__).resolve().parent.parent / "data"
# What a source of counts may fill in the cell table; each is in whole persons, households, jobs or stops.
CountColumn = Literal["population", "elderly", "youth", "households", "jobs", "transit_stops", "subway_stations"]


class Source(Strict):
    """A file and where it comes from; the last three are printed on every map."""

    path: str
    vintage: str = ""
    licence: str = ""
    attribution: str = ""


class Boundary(Strict):
    """What the region is: polygons (dissolved; ``select`` keeps rows by column values) or a lon/lat box."""

    path: str | None = None
    crs: str | None = None
    select: dict[str, list[str]] = {}
    bbox: tuple[float, float, float, float] | None = None

    @model_validator(mode="after")
    def _one(self) -> Boundary:
        if (self.path is None) == (self.bbox is None):
            raise ValueError("give either path or bbox [west, south, east, north] in degrees")
        if self.bbox and not (-180 <= self.bbox[0] < self.bbox[2] <= 180 and -90 <= self.bbox[1] < self.bbox[3] <= 90):
            raise ValueError("bbox is [west, south, east, north] in degrees")
        return self


class Zones(Source):
    """Polygons of the smallest units with codes (행정동); ``code`` and ``name`` are columns."""

    crs: str | None = None
    code: str
    name: str


class ResidentRegister(Source):
    """Population by age per zone, as the Ministry of the Interior publishes it: ``name(code)``, age bands, CP949."""

    kind: Literal["resident_register"]


class ZoneTable(Source):
    """One row per zone, or per coarser unit when ``zone_column`` names the zone file's column that holds its code."""

    kind: Literal["zone_table"]
    code: str
    zone_column: str | None = None
    columns: dict[CountColumn, str] = Field(min_length=1)


class Points(Source):
    """Points with counts, e.g. centres of hexagons; lon/lat in degrees."""

    kind: Literal["points"]
    lon: str = "lon"
    lat: str = "lat"
    columns: dict[CountColumn, str] = Field(min_length=1)


class Raster(Source):
    """A raster of counts per pixel (WorldPop-like)."""

    kind: Literal["raster"]
    gives: CountColumn = "population"


Counts = Annotated[ResidentRegister | ZoneTable | Points | Raster, Field(discriminator="kind")]


class BuildingTable(Source):
    """Buildings as points in a table; ``approved`` is the day of approval (사용승인일), blank where unknown."""

    kind: Literal["table"]
    lon: str = "lon"
    lat: str = "lat"
    approved: str | None = None
    floor_area_m2: str | None = None
    use: str | None = None


class BuildingsOsm(Source):
    """Building outlines from an OSM file: numbers and floor area, no year."""

    kind: Literal["osm"]


Buildings = Annotated[BuildingTable | BuildingsOsm, Field(discriminator="kind")]


class FacilityTable(Source):
    """Facilities in a table; ``facility`` fixes one kind for all rows, ``kind_column`` reads it per row.

    ``count`` is a column with the number of facilities at the point (1 where left out).
    """

    kind: Literal["table"]
    lon: str = "lon"
    lat: str = "lat"
    facility: str | None = None
    kind_column: str | None = None
    name: str | None = None
    opened: str | None = None
    count: str | None = None

    @model_validator(mode="after")
    def _one(self) -> FacilityTable:
        if (self.facility is None) == (self.kind_column is None):
            raise ValueError("give either facility (one kind for all rows) or kind_column")
        return self


class FacilitiesOsm(Source):
    """Facilities from an OSM file by the tag table in ``data/osm_kinds.yaml``.

    ``kinds`` are those the file is complete for; left out, all. A kind the file maps here and there is better unknown.
    """

    kind: Literal["osm"]
    kinds: list[str] = []


Facilities = Annotated[FacilityTable | FacilitiesOsm, Field(discriminator="kind")]


class Polygons(Source):
    """Polygons that matter to planning; ``column`` names what each one is."""

    crs: str | None = None
    column: str


class Sources(Strict):
    """All sources of a region. What is left out is missing, and said to be, wherever it would have been used."""

    streets: Source | None = None
    zones: Zones | None = None
    counts: list[Counts] = []
    buildings: Buildings | None = None
    facilities: list[Facilities] = []
    land: Source | None = None
    dem: Source | None = None
    protected: Polygons | None = None


class Candidates(Source):
    """Candidate districts: polygons with ``district_id``, ``name``, ``kind`` and any of the proposal fields."""

    crs: str | None = None


class Region(Strict):
    """One region file."""

    region: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")
    name: Text
    synthetic: bool = False
    country: str = Field(default="KR", pattern=r"^[A-Z]{2}$")
    crs: str | None = None
    cell_size_m: Literal[50, 100, 250, 500] = 100
    boundary: Boundary
    sources: Sources
    candidates: Candidates
    seed: int = Field(default=20211108, ge=0, lt=2**63)
    budget_krw_year: int | None = Field(default=None, gt=0)
    programme: str = "2021"
    criteria: str = "default"
    profile: str = "balanced"
    services: str = "default"
    plan: str = "default"
    simulation: dict[str, Any] = {}


def resolve(path: Path) -> dict[str, Any]:
    """Read and check a region file with its catalogues; return everything, defaults filled in, as plain data.

    ``services``, ``plan`` and ``simulation`` are handed on as read: the simulation checks its own.
    Raises RegionError with every fault found: unknown keys, wrong types, missing catalogues.
    Paths in the result are relative to the folder this runs in, where they lie below it.
    """
    faults: list[Fault] = []
    region = _parse(Region, _read_yaml(path), str(path), faults)
    raise_if_any(RegionError, faults)
    assert region is not None
    here = path.resolve().parent
    shapes: dict[str, type[BaseModel] | None] = {
        "programme": Programme,
        "criteria": CriteriaSet,
        "profile": Profile,
        "services": None,
        "plan": None,
    }
    catalogues: dict[str, Any] = {}
    for key, shape in shapes.items():
        found = _catalogue(key, getattr(region, key), here)
        try:
            raw = _read_yaml(Path(_from_here(found)))
        except RegionError as error:
            faults += error.faults
            continue
        if shape is None:
            catalogues[key] = raw
        else:
            model = _parse(shape, raw, _from_here(found), faults)
            catalogues[key] = model.model_dump(mode="json") if model else None
    raise_if_any(RegionError, faults)
    plain = region.model_dump(mode="json")
    for holder, key in _paths(plain):
        holder[key] = _from_here(here / _expand(holder[key], str(path), faults))
    raise_if_any(RegionError, faults)
    simulation = plain.pop("simulation")
    for key in shapes:
        plain.pop(key)
    return {"region": plain, **catalogues, "simulation": simulation}


def read_catalogue(path: Path, shape: type[M]) -> M:
    """Read one YAML table of facts and check it; RegionError with every fault."""
    faults: list[Fault] = []
    model = _parse(shape, _read_yaml(path), str(path), faults)
    raise_if_any(RegionError, faults)
    assert model is not None
    return model


def source_files(resolved: dict[str, Any], *below: str) -> dict[str, str]:
    """Every file the resolved region reads: key in the region file -> path; ``below`` keeps those under some keys."""
    region = resolved["region"]
    named: dict[str, str] = {}

    def walk(node: Any, key: str) -> None:
        if isinstance(node, dict):
            for name, value in node.items():
                if name == "path" and value is not None:
                    named[key] = value
                else:
                    walk(value, f"{key}.{name}" if key else name)
        elif isinstance(node, list):
            for number, value in enumerate(node):
                walk(value, f"{key}[{number}]")

    walk({name: region[name] for name in ("boundary", "sources", "candidates")}, "")
    return {key: path for key, path in named.items() if not below or key.startswith(below)}


def missing_files(resolved: dict[str, Any], region_file: str, made_later: set[str]) -> list[Fault]:
    """A fault for every source file that does not exist, but for those the pipeline makes itself."""
    return [
        Fault(
            file=region_file,
            column=f"{key}.path",
            expected="a file that exists",
            found=f"nothing at {path}",
            remedy="Put the file there, or name the right path (it is read from the region file's own folder).",
        )
        for key, path in source_files(resolved).items()
        if path not in made_later and not Path(path).is_file()
    ]


def digest(resolved: dict[str, Any], *sections: str) -> str:
    """Fingerprint of some sections ("profile", "region.sources.dem"): a job re-runs when one it reads has changed."""
    chosen = {}
    for section in sections:
        node: Any = resolved
        for step in section.split("."):
            node = node.get(step) if isinstance(node, dict) else None
        chosen[section] = node
    text = json.dumps(chosen, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _read_yaml(path: Path) -> dict[str, Any]:
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except OSError:
        raise RegionError(
            Fault(str(path), "a readable YAML file", "no such file", "Check the name and the folder.")
        ) from None
    except UnicodeDecodeError:
        raise RegionError(
            Fault(str(path), "UTF-8 text", "another encoding", "Save the file as UTF-8 (in the editor: Save as).")
        ) from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"line {mark.line + 1}" if mark else ""
        raise RegionError(
            Fault(
                str(path),
                "valid YAML",
                str(getattr(error, "problem", error)),
                "Check indentation, colons and quotes at that line.",
                row=place,
            )
        ) from None
    if not isinstance(content, dict):
        raise RegionError(
            Fault(str(path), "keys and values", type(content).__name__, "Start from data/regions/haemil.yaml.")
        )
    return content


def _parse(shape: type[M], raw: dict[str, Any], file: str, faults: list[Fault]) -> M | None:
    try:
        return shape.model_validate(raw)
    except ValidationError as error:
        faults.extend(_fault(file, item, shape) for item in error.errors())
        return None


def fault_of(file: str, item: Any) -> Fault:
    """A pydantic error as a Fault (also used by the simulation for its own catalogues)."""
    return _fault(file, item, None)


def _fault(file: str, item: Any, shape: type[BaseModel] | None) -> Fault:
    key = ""
    for part in item["loc"]:
        key += f"[{part}]" if isinstance(part, int) else f".{part}" if key else str(part)
    if item["type"] == "extra_forbidden":
        known = ", ".join(shape.model_fields) if shape is not None and len(item["loc"]) == 1 else ""
        return Fault(
            file,
            f"one of: {known}" if known else "a key this section knows",
            "an unknown key",
            "Correct the spelling or take the key out.",
            column=key,
        )
    if item["type"] == "missing":
        return Fault(file, "a value", "nothing", "Add this key.", column=key)
    found = repr(item["input"])
    return Fault(
        file,
        item["msg"].removeprefix("Value error, ").removeprefix("Input should be "),
        found if len(found) <= 80 else found[:77] + "...",
        "Change the value.",
        column=key,
    )


def _catalogue(folder: str, name: str, here: Path) -> Path:
    """A catalogue is named by a path (ends in .yaml, seen from the region file) or by its name under ``data/``."""
    if name.endswith((".yaml", ".yml")):
        return here / name
    directory = {"profile": "profiles", "plan": "plans"}.get(folder, folder)
    return CATALOGUES / directory / f"{name}.yaml"


def _paths(node: Any) -> Iterator[tuple[dict[str, Any], str]]:
    if isinstance(node, dict):
        if node.get("path") is not None:
            yield node, "path"
        for value in node.values():
            yield from _paths(value)
    elif isinstance(node, list):
        for value in node:
            yield from _paths(value)


def _expand(path: str, file: str, faults: list[Fault]) -> str:
    """Replace ``${NAME}`` in a path by the environment variable; a fault where it is not set."""

    def value(match: re.Match[str]) -> str:
        found = os.environ.get(match[1])
        if not found:
            faults.append(
                Fault(
                    file,
                    f"the environment variable {match[1]}",
                    "not set",
                    f"Set it to the folder the files are in: export {match[1]}=/path/to/folder",
                    column=path,
                )
            )
        return found or ""

    return re.sub(r"\$\{(\w+)\}", value, path)


def _from_here(path: Path) -> str:
    absolute = Path(os.path.normpath(path))
    try:
        return str(absolute.relative_to(Path.cwd()))
    except ValueError:
        return str(absolute)
