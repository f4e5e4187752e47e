"""What a region's results say of its candidates, read for the pages that compare them."""

from __future__ import annotations

import logging
import shlex
from pathlib import Path
from typing import Any

import geopandas as gpd

from decisions.folder import plans_of_values, read_criteria
from decisions.ranking.verdict import verdict
from geojeom.between import damaged, hold
from geojeom.errors import SourceError
from geojeom.results import stored
from geojeom.schemas import KINDS
from geojeom.tables import read_table
from maps.basemap import Content
from maps.compare import compare_content
from maps.found import LocateOutput, found_content
from maps.robust import robust_content
from spatial.config.resolved import Resolved
from spatial.reading.formats import hold_vector
from spatial.reading.provenance import sha256
from spatial.reading.vector import READING

log = logging.getLogger("geojeom.maps")


def compared(folder: Path, region: Resolved, districts: Any) -> Any:
    """What the tables say about the candidates."""
    tables = {name: read_table(folder / f"{name}.parquet", name) for name in ("vetoes", "scores", "contributions")}
    return compare_content(
        region.criteria,
        region.profile,
        districts,
        values=read_criteria(folder),
        vetoes=tables["vetoes"],
        scores=tables["scores"],
        contributions=tables["contributions"],
        plans=plans_of_values(folder),
        points=region.region.points,
    )


def judged(folder: Path, region: Resolved) -> Any:
    """How sure the ranking is, and why the first and not the second."""
    names = ("robustness", "acceptability", "pairs", "reasons")
    sure = robust_content(*(read_table(folder / f"{name}.parquet", name) for name in names))
    tables = ("districts", "scores", "contributions", "vetoes", "acceptability")
    told = verdict({name: read_table(folder / f"{name}.parquet", name) for name in tables}, region.criteria)
    return Content(sure.config | {"verdict": [remark.as_data() for remark in told]}, sure.blobs)


def searched(folder: Path) -> Any:
    """The surfaces and areas of earlier runs of `spatial locate` on these very cells, as far as there are any."""
    searches = []
    for kind in KINDS:
        if not (folder / f"suitability_{kind}.parquet").is_file():
            continue
        step = f"geojeom spatial locate {shlex.quote(str(folder))} --kind {kind}"
        report = stored(folder, f"found_{kind}.json", step)
        if report.get("cells_sha256") != sha256(folder / "cells.parquet"):
            log.warning("the districts found as %s are of other cells and not shown: run `%s` again", kind, step)
            continue
        surface = read_table(folder / f"suitability_{kind}.parquet", "suitability", step)
        areas = folder / f"found_{kind}.geojson"
        hold(areas, "the areas found", step)
        try:
            hold_vector(str(areas))
            searches.append(LocateOutput(kind, surface, report, gpd.read_file(areas)))
        except (*READING, SourceError, UnicodeError) as error:
            raise damaged(areas, error, step) from None
    return found_content(searches)
