"""What a region's results say of its candidates, read for the pages that compare them."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from decisions.folder import read_criteria
from geojeom.errors import damaged
from geojeom.results import stored
from geojeom.schemas import KINDS
from geojeom.tables import read_table
from maps.compare import compare_content
from maps.found import Found, found_content
from maps.robust import robust_content
from spatial.reading.formats import hold_vector
from spatial.reading.provenance import sha256
from spatial.reading.vector import READING

log = logging.getLogger("geojeom.maps")


def compared(folder: Path, resolved: dict[str, Any], districts: Any) -> Any:
    """What the tables say about the candidates."""
    tables = {name: read_table(folder / f"{name}.parquet", name) for name in ("vetoes", "scores", "contributions")}
    return compare_content(
        resolved,
        districts,
        values=read_criteria(folder),
        vetoes=tables["vetoes"],
        scores=tables["scores"],
        contributions=tables["contributions"],
    )


def judged(folder: Path) -> Any:
    """How sure the ranking is."""
    sure, accepted, pairs = (
        read_table(folder / f"{name}.parquet", name) for name in ("robustness", "acceptability", "pairs")
    )
    path = folder / "reasons.csv"
    try:
        reasons = pd.read_csv(path, encoding="utf-8-sig", dtype={"district_id": str, "other_id": str})
    except (OSError, ValueError) as error:
        raise damaged(path, error, "run `geojeom decisions robustness`") from None
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
            hold_vector(str(areas))
            searches.append(Found(kind, surface, report, gpd.read_file(areas)))
        except READING as error:
            raise damaged(areas, error, f"run `{step}`") from None
    return found_content(searches)
