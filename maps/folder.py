"""What the commands that write pages share: reading a region's results, writing one page."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from geojeom.catalogues import CATALOGUES
from geojeom.checked_yaml import read_catalogue
from geojeom.errors import Fault, SourceError, damaged
from geojeom.results import configuration, stored
from geojeom.schemas import KINDS
from geojeom.tables import read_table
from maps.compare import compare_content
from maps.found import Found, found_content
from maps.ground import Content, ground
from maps.offline import write_page
from maps.page import document, page
from maps.robust import robust_content
from spatial.reading.provenance import sha256
from spatial.reading.tags import TagTable
from spatial.reading.vector import READING

log = logging.getLogger("geojeom.maps")


def shared(folder: Path) -> Any:
    """The resolved region, its cells, and the ground both pages stand on."""
    resolved = configuration(folder)
    sources = stored(folder, "sources.json", "geojeom spatial cells")
    # The candidates are read after the cells; a reader wants every file in one list.
    sources["sources"] += stored(folder, "candidates.json", "geojeom spatial districts")["sources"]
    cells = read_table(folder / "cells.parquet", "cells")
    zones = read_table(folder / "zones.parquet", "zones")
    backdrop = read_table(folder / "backdrop.parquet", "backdrop")
    meanings = read_catalogue(CATALOGUES / "osm_kinds.yaml", TagTable).root
    kinds = {kind: meaning.label.model_dump() for kind, meaning in meanings.items()}
    return resolved, cells, ground(resolved, cells, zones, backdrop, sources, kinds=kinds)


def publish(folder: Path, parts: list[str], contents: list[Any], *, paper: bool = False) -> Path:
    """Join the contents into one page and write it; ``paper``: to read and print, without a Leaflet map."""
    config: dict[str, Any] = {}
    blobs: dict[str, bytes] = {}
    for content in contents:
        config |= content.config
        blobs |= content.blobs
    path = folder / f"{config['page']}.html"
    make = document if paper else page
    tiles = (config.get("tiles") or {}).get("url")
    html = make(f"{config['region']['name']['ko']} · Geojeom", Content(config, blobs), parts + ["tiles"] * bool(tiles))
    write_page(html, path, tiles)
    log.info("%s: %.2f MB, needs no network%s", path, path.stat().st_size / 1e6, " but for base tiles" * bool(tiles))
    return path


def compared(folder: Path, resolved: dict[str, Any], districts: Any) -> Any:
    """What the tables say about the candidates."""
    tables = {
        name: read_table(folder / f"{name}.parquet", name) for name in ("criteria", "vetoes", "scores", "contributions")
    }
    late = read_table(folder / "criteria_diffusion.parquet", "criteria")
    return compare_content(
        resolved,
        districts,
        values=pd.concat([tables["criteria"], late], ignore_index=True),
        vetoes=tables["vetoes"],
        scores=tables["scores"],
        contributions=tables["contributions"],
    )


def judged(folder: Path) -> Any:
    """How sure the ranking is."""
    sure, accepted, pairs = (
        read_table(folder / f"{name}.parquet", name) for name in ("robustness", "acceptability", "pairs")
    )
    reasons = pd.read_csv(folder / "reasons.csv", encoding="utf-8-sig", dtype={"district_id": str, "other_id": str})
    return robust_content(sure, accepted, pairs, reasons)


def searched(folder: Path) -> Any:
    """The surfaces and areas of earlier runs of `spatial locate` on these very cells, as far as there are any."""
    searches = []
    for kind in KINDS:
        if not (folder / f"suitability_{kind}.parquet").is_file():
            continue
        step = f"geojeom spatial locate --kind {kind}"
        report = stored(folder, f"found_{kind}.json", step)
        if report.get("cells_sha256") != sha256(folder / "cells.parquet"):
            log.warning("the districts found as %s are of other cells and not shown: run `%s` again", kind, step)
            continue
        surface = read_table(folder / f"suitability_{kind}.parquet", "suitability")
        areas = folder / f"found_{kind}.geojson"
        try:
            searches.append(Found(kind, surface, report, gpd.read_file(areas)))
        except READING as error:
            raise damaged(areas, error, f"run `{step}`") from None
    return found_content(searches)


def ensemble(folder: Path) -> Path:
    """Where diffusion.nc is; SourceError where it is not."""
    path = folder / "diffusion.nc"
    if not path.is_file():
        raise SourceError(Fault(str(path), "the ensemble", "no such file", "Run `geojeom decisions ensemble` first."))
    return path
