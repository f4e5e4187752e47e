"""What the commands that write pages share: reading a region's results, writing one page."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from geojeom.results import stored
from geojeom.tables import read_table
from maps.basemap import Content, ground
from maps.facts.table import facts_content
from maps.offline import write_page
from maps.page import document, page
from simulation.plans.catalogue import PlanTemplate, Service, ServiceCatalogue
from simulation.plans.settings import read
from simulation.workbook.together import OF_USE
from spatial.config.own_plans import TEMPLATE
from spatial.config.resolved import Resolved, stored_region

log = logging.getLogger("geojeom.maps")


@dataclass(frozen=True)
class Own:
    """The city's own plans, their titles by id, and all openings by their ``plan_id`` with the template's.

    ``services`` are the region's with those that the plans add, used as they were simulated; ``changed`` are by plan
    those it has otherwise or adds.
    """

    titles: dict[str, str]
    plans: list[dict[str, Any]]
    openings: pd.DataFrame
    services: ServiceCatalogue
    changed: dict[str, dict[str, Service]]


def own_plans(folder: Path) -> Own:
    """What plan.parquet, plans.parquet and plans.json say of what opens."""
    held = stored(folder, "plans.json")
    template, own = read_table(folder / "plan.parquet", "plan"), read_table(folder / "plans.parquet", "plans")
    template, told = template.assign(plan_id=TEMPLATE), template.attrs
    openings = pd.concat([template, own], ignore_index=True) if len(own) else template
    # What the table says of the template, whatever stands beside it.
    openings.attrs = told
    titles = {plan["id"]: plan["overview"]["title"] for plan in held["plans"]}
    # Who uses a service is as it was simulated; its price and names are the region's, whatever the first plan has.
    region = {service["id"]: service for service in stored_region(folder).services["services"]}
    services = [
        region.get(service["id"], service) | {name: service[name] for name in OF_USE if name in service}
        for service in held["services"]["services"]
    ]
    catalogue = ServiceCatalogue.model_validate(held["services"] | {"services": services})
    changed = {
        plan["id"]: {each["id"]: Service.model_validate(each) for each in plan["services"]} for plan in held["plans"]
    }
    return Own(titles, held["plans"], openings, catalogue, changed)


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
