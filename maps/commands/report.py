"""Write report.html: the best candidates in the shape of a proposal, to read and to print on A4."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Annotated

import typer

from geojeom.between import open_dataset
from geojeom.command import Command
from geojeom.results import Folder
from geojeom.tables import read_table
from maps.basemap import Content
from maps.diffusion import plan_content, spread_config
from maps.folder import facts_of, publish, shared, template_of
from maps.openings import own_plans
from maps.pdf import print_pdf
from maps.ranked import compared, judged
from maps.report import cell_maps, measures_content, report_content, spread_maps
from simulation.plans.given import plan_of

log = logging.getLogger("geojeom.maps")
COMMAND = Command(
    reads=(
        "cells.parquet",
        "zones.parquet",
        "backdrop.parquet",
        "districts.parquet",
        "sources.json",
        "candidates.json",
        "criteria.parquet",
        "criteria_diffusion.parquet",
        "vetoes.parquet",
        "scores.parquet",
        "contributions.parquet",
        "robustness.parquet",
        "acceptability.parquet",
        "pairs.parquet",
        "reasons.parquet",
        "programme.parquet",
        "money.parquet",
        "plan.parquet",
        "plans.parquet",
        "plans.json",
        "diffusion.nc",
        "facts.parquet",
    ),
    writes=("report.html",),
    assets=("dist/report.*", "assets/*"),
    settings=("region", "criteria", "profile", "services", "plan", "simulation", "programme"),
)


def run(
    folder: Folder,
    pdf: Annotated[
        bool, typer.Option("--pdf", help="Also print it to report.pdf, by a Chromium on this machine.")
    ] = False,
    language: Annotated[str, typer.Option(help="Language of the PDF: ko or en.")] = "ko",
) -> None:
    """Write report.html: the best candidates in the shape of a proposal, to read and to print on A4."""
    if language not in ("ko", "en"):
        raise typer.BadParameter("ko or en", param_hint="--language")
    content = shared(folder)
    region, cells, origin = content.region, content.cells, content.ground.config["origin"]
    own_plan = own_plans(folder)
    template, services = plan_of(own_plan.openings, template_of(region, folder)), own_plan.services.services
    zones, districts = (read_table(folder / f"{name}.parquet", name) for name in ("zones", "districts"))
    rules, money = (read_table(folder / f"{name}.parquet", name) for name in ("programme", "money"))
    rules = rules[rules["round"] == ("" if region.programme is None else region.programme.id)]
    candidates, sure = compared(folder, region, districts), judged(folder, region)
    made = datetime.fromtimestamp((folder / "scores.parquet").stat().st_mtime).astimezone().date().isoformat()
    with open_dataset(folder / "diffusion.nc") as data:
        spread = spread_config(services, data, districts, titles=own_plan.titles)
        maps, measures = spread_maps(data, cells, origin), measures_content(data)
    path = publish(
        folder,
        [
            content.ground,
            candidates,
            sure,
            Content(spread),
            plan_content(services, own_plan.openings, cells, zones, money=money, spread=spread, template=template),
            cell_maps(cells, region.region.cell_size_m, origin),
            maps,
            measures,
            facts_of(folder, "region", "candidate", "criterion", "plan"),
            report_content(
                own_plan.services,
                template,
                plan=own_plan.openings,
                money=money,
                rules=rules,
                spread=spread,
                made=made,
                changed=own_plan.changed,
            ),
        ],
        paper=True,
    )
    if pdf:
        print_pdf(path, language, folder / "report.pdf")
        log.info("%s: printed", folder / "report.pdf")
