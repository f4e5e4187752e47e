"""Write compare.html: the candidates ranked on a map, and why."""

from __future__ import annotations

import logging

from geojeom.command import Command
from geojeom.results import Folder
from geojeom.tables import read_arrays, read_table
from maps.basemap import tiles_content
from maps.compare import drive_content, layer_content
from maps.folder import facts_of, publish, shared
from maps.ranked import compared, judged, searched
from maps.robust import profiles_content

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
        "district_travel.npz",
        "facts.parquet",
    ),
    finds=("suitability_*.parquet", "found_*.json", "found_*.geojson"),
    writes=("compare.html",),
    assets=("dist/compare.*", "assets/*"),
    settings=("region", "criteria", "profile", "profiles", "programme"),
)


def run(folder: Folder) -> None:
    """Write compare.html: the candidates ranked on a map, and why."""
    content = shared(folder)
    region = content.region
    districts, scores, contributions = (
        read_table(folder / f"{name}.parquet", name) for name in ("districts", "scores", "contributions")
    )
    vetoed = dict(zip(scores["district_id"], scores["vetoed"], strict=True))
    contents = [
        content.ground,
        tiles_content(region.region.map),
        compared(folder, region, districts),
        profiles_content(region.criteria, region.profiles, contributions, vetoed),
        judged(folder, region),
        layer_content(content.cells, region.region.cell_size_m),
        searched(folder),
        facts_of(folder, "candidate", "criterion", "pillar"),
    ]
    names = ("district_id", "drive_s", "drive_limit_s")
    travel = read_arrays(folder / "district_travel.npz", names)
    limit_s = float(travel["drive_limit_s"])
    contents.append(drive_content(list(districts["district_id"]), travel["district_id"], travel["drive_s"], limit_s))
    publish(
        folder,
        contents,
    )
