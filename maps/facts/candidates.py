"""Facts of the region, the criteria and the candidates: people, weights, values, scores and ranks."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from maps.facts.table import SCORE_DIGITS, SHARE_DIGITS, Fact, fact, rows_of, usual_digits
from spatial.config.catalogue import CriteriaSet

COUNTS = {"population": "persons", "households": "households", "jobs": "jobs", "transit_stops": "stops"}


def region_facts(cells: gpd.GeoDataFrame) -> Iterator[Fact]:
    """How many live and work there, what share is old or young, or of the dated buildings old, and its area."""
    for name, unit in COUNTS.items():
        total = cells[name].sum(min_count=1)
        if not pd.isna(total):
            yield fact(f"region/{name}", int(total), unit, "cells.parquet", rows_of(column=name), digits=0)
    dated = cells["buildings"] - cells["undated_buildings"]
    parts = {"elderly": "population", "youth": "population", "old_buildings": dated}
    for name, whole in parts.items():
        of = (cells[whole] if isinstance(whole, str) else whole).sum(min_count=1)
        part = cells[name].sum(min_count=1)
        if not pd.isna(part) and not pd.isna(of) and of:
            yield fact(f"region/{name}_share", part / of, "share", "cells.parquet", rows_of(column=name), digits=3)
    yield fact("region/area", float(cells.geometry.area.sum()) / 1e6, "km2", "cells.parquet", "geometry", digits=1)


def weight_facts(criteria: CriteriaSet, contributions: pd.DataFrame) -> Iterator[Fact]:
    """The weight of each pillar and criterion. Equal weights read the same, so what is shown need not add up."""
    weights = contributions.groupby("criterion")["profile_weight"].first()
    mine: dict[str, list[str]] = {}
    for criterion in criteria.criteria:
        mine.setdefault(criterion.pillar, []).append(criterion.id)
    for pillar, ids in mine.items():
        for name, those in ((f"pillar/{pillar}", ids), *((f"criterion/{code}", [code]) for code in ids)):
            row = rows_of(criterion=";".join(those), column="profile_weight")
            weight = float(weights[those].sum())
            yield fact(f"{name}/weight", weight, "share", "contributions.parquet", row, digits=SHARE_DIGITS)


def candidate_facts(
    districts: pd.DataFrame, values: Mapping[str, pd.DataFrame], scores: pd.DataFrame, acceptability: pd.DataFrame
) -> Iterator[Fact]:
    """Area, value by criterion, score and rank by method, how often first, of each candidate; ``values`` by file."""
    for name, area_m2 in zip(districts["district_id"], districts["area_m2"], strict=True):
        yield fact(f"candidate/{name}/area", area_m2, "m2", "districts.parquet", rows_of(district_id=name))
    for source, table in values.items():
        yield from value_facts(table, source)
    for row in scores.to_dict("records"):
        yield from _standing(row)
    for row in acceptability.to_dict("records"):
        name, weighting, first = row["district_id"], row["weighting"], float(row["rank_acceptability"][0])
        key = rows_of(district_id=name, weighting=weighting, rank=1)
        yield fact(f"candidate/{name}/first/{weighting}", first, "share", "acceptability.parquet", key, digits=2)


def value_facts(values: pd.DataFrame, source: str) -> Iterator[Fact]:
    """What each candidate has of each criterion, from a table ``criteria``."""
    largest = values.groupby("criterion")["value"].max()
    for row in values.to_dict("records"):
        name, criterion, unit = row["district_id"], row["criterion"], row["unit"]
        # All candidates' areas by one unit, so that a table can name it.
        digits = usual_digits(largest[criterion], unit) if unit == "m2" else None
        key = rows_of(district_id=name, criterion=criterion)
        yield fact(f"candidate/{name}/value/{criterion}", row["value"], unit, source, key, digits=digits)


def known_facts(contributions: pd.DataFrame) -> Iterator[Fact]:
    """What share of the weight carries the criteria of which a candidate's value is known."""
    for name, mine in contributions.groupby("district_id", sort=False):
        known = float(mine.loc[mine["utility"].notna(), "profile_weight"].sum() / mine["profile_weight"].sum())
        row = rows_of(district_id=name, column="profile_weight")
        yield fact(f"candidate/{name}/known", known, "share", "contributions.parquet", row, digits=2)


def _standing(row: Mapping[Hashable, Any]) -> Iterator[Fact]:
    """Score, its range and rank of a candidate by one method."""
    name, method = row["district_id"], row["method"]
    key = rows_of(district_id=name, method=method)
    for column in ("score", "score_low", "score_high"):
        # Sums of shares may pass the ends by a hair; NaN is no number and no fact.
        number = float(np.clip(row[column], 0, 1))
        at = f"candidate/{name}/{column}/{method}"
        yield fact(at, number, "1", "scores.parquet", key, digits=SCORE_DIGITS, fixed=True)
    if not pd.isna(row["rank"]):
        yield fact(f"candidate/{name}/rank/{method}", row["rank"], "rank", "scores.parquet", key, digits=0)
