"""Write diffusion.html: who uses what, where and when, with the plan's openings and money."""

from __future__ import annotations

import logging

from geojeom.between import open_dataset
from geojeom.command import Command
from geojeom.results import Folder
from geojeom.tables import read_table
from maps.basemap import tiles_content
from maps.beside import beside_content
from maps.diffusion import bytes_per_value, diffusion_content, plan_content
from maps.folder import facts_of, publish, shared, template_of
from maps.openings import own_plans
from maps.own import own_content
from maps.rollout import rollout_content
from simulation.plans.given import plan_of

log = logging.getLogger("geojeom.maps")
ROLLOUT = ("rollout", "rollout_limits", "rollout_frontier")
COMMAND = Command(
    reads=(
        "cells.parquet",
        "zones.parquet",
        "backdrop.parquet",
        "districts.parquet",
        "sources.json",
        "candidates.json",
        "plan.parquet",
        "plans.parquet",
        "plans.json",
        "money.parquet",
        "diffusion.nc",
        "facts.parquet",
    ),
    reads_where={
        "rollout.parquet": "region.rollout",
        "rollout_limits.parquet": "region.rollout",
        "rollout_frontier.parquet": "region.rollout",
    },
    writes=("diffusion.html",),
    assets=("dist/diffusion.*", "assets/*"),
    settings=("region", "services", "plan", "simulation", "programme"),
)


def run(folder: Folder) -> None:
    """Write diffusion.html: who uses what, where and when, with the plan's openings and money."""
    content = shared(folder)
    own, cells = own_plans(folder), content.cells
    services = own.services.services
    zones, districts = (read_table(folder / f"{name}.parquet", name) for name in ("zones", "districts"))
    with open_dataset(folder / "diffusion.nc") as data:
        spread = diffusion_content(services, data, cells, zones, districts, titles=own.titles)
        plans = own_content(own.plans, own.services, zones, data)
        beside = beside_content(data)
    if spread.config["services"]:
        log.info("frames: %.3f bytes per cell-month-service", bytes_per_value(spread))
    asked = content.region.region.rollout is not None
    better = [read_table(folder / f"{name}.parquet", name) for name in ROLLOUT] if asked else None
    for service in spread.config["notSimulated"]:
        log.info("not simulated: %s (%s)", service["id"], service["reason"])
    publish(
        folder,
        [
            content.ground,
            tiles_content(content.region.region.map),
            spread,
            plans,
            beside,
            plan_content(
                services,
                own.openings,
                cells,
                zones,
                money=read_table(folder / "money.parquet", "money"),
                spread=spread.config,
                template=plan_of(own.openings, template_of(content.region, folder)),
            ),
            facts_of(folder, "plan"),
            rollout_content(better, cells, zones, spread.config["scenarios"]),
        ],
    )
