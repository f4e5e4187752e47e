"""What the commands that write pages share: reading a region's results, writing one page."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd

from geojeom.results import stored
from geojeom.tables import read_table
from maps.basemap import Content, ground
from maps.facts.table import facts_content
from maps.offline import write_page
from maps.page import document, page
from simulation.plans.catalogue import PlanTemplate
from simulation.plans.settings import read
from spatial.config.resolved import Resolved, stored_region

log = logging.getLogger("geojeom.maps")


@dataclass(frozen=True)
class Shared:
    """What all pages of a region are made of: its configuration, its cells, and the ground."""

    region: Resolved
    cells: gpd.GeoDataFrame
    ground: Content


def shared(folder: Path) -> Shared:
    """The resolved region and its cells, and the ground that its pages stand on."""
    region = stored_region(folder)
    sources = stored(folder, "sources.json")
    # The candidates are read after the cells; a reader wants every file in one list.
    sources["sources"] += stored(folder, "candidates.json")["sources"]
    cells = read_table(folder / "cells.parquet", "cells")
    zones = read_table(folder / "zones.parquet", "zones")
    backdrop = read_table(folder / "backdrop.parquet", "backdrop")
    content = ground(region, cells, zones, backdrop, sources)
    return Shared(region, cells, content)


def template_of(region: Resolved, folder: Path) -> PlanTemplate:
    """The plan of the region file; PlanError with every fault where it, its services or the settings do not hold."""
    return read(region.plain, str(folder / "region.json")).plan


def facts_of(folder: Path, *kinds: str) -> Content:
    """The facts of these kinds (the first word of their names), for a page."""
    table = read_table(folder / "facts.parquet", "facts")
    return Content({"facts": facts_content(table, kinds)})


def publish(folder: Path, contents: list[Any], *, paper: bool = False) -> Path:
    """Join the contents into one page and write it; ``paper``: to read and print, without a Leaflet map."""
    config: dict[str, Any] = {}
    blobs: dict[str, bytes] = {}
    for content in contents:
        config |= content.config
        blobs |= content.blobs
    path = folder / f"{config['page']}.html"
    make = document if paper else page
    tiles = (config.get("tiles") or {}).get("url")
    html = make(f"{config['region']['name']['ko']} · Geojeom", Content(config, blobs))
    write_page(html, path, tiles)
    log.info("%s: %.2f MB, needs no network%s", path, path.stat().st_size / 1e6, " but for base tiles" * bool(tiles))
    return path
