"""Content of the comparison page: candidates, their criteria, scores and vetoes, and measures of the cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geojeom.messages import Remark, in_both, listed
from maps.basemap import Content, both_names, label_points, lonlat_geometry
from maps.layers import layers
from spatial.config.ahp import provenance
from spatial.config.catalogue import PILLARS, CriteriaSet, Profile
from spatial.config.committee import PointsItem

BEYOND = 255  # driving minutes past the limit of the search, or past 254
REMARKS = ["source", "note", "missing"]
FIELDS = ["land_price_krw_m2", "public_land_share", "private_share", "operator_secured", "control_centre"]


def compare_content(
    criteria: CriteriaSet,
    profile: Profile,
    districts: gpd.GeoDataFrame,
    *,
    values: pd.DataFrame,
    vetoes: pd.DataFrame,
    scores: pd.DataFrame,
    contributions: pd.DataFrame,
    plans: Mapping[str, Remark],
    points: Sequence[PointsItem] = (),
) -> Content:
    """Everything the page says about candidates.

    ``values`` are the rows of criteria.parquet and criteria_diffusion.parquet together; utilities come from
    ``contributions`` (null where the value is missing), and so do the profile's weights. ``plans`` says by district
    which plan its criteria from the simulation are of; ``points`` is the call's table of points.
    """
    ids = [criterion.id for criterion in criteria.criteria]
    weights = contributions.groupby("criterion")["profile_weight"].first()[ids]
    units = values.groupby("criterion")["unit"].first()
    tables = (values, vetoes, scores, contributions)
    places = zip(districts["district_id"], _places(districts), strict=True)
    candidates = [
        place | _judged(ids, *(_of(code, table) for table in tables)) | {"plan": _plan(plans.get(code))}
        for code, place in places
    ]
    cited = provenance(profile, {criterion.id: criterion.label for criterion in criteria.criteria})
    used = {criterion.pillar for criterion in criteria.criteria}
    config = {
        "page": "compare",
        "profile": {"id": profile.id, "label": profile.label.model_dump(), "provenance": cited.model_dump()},
        "pillars": [pillar for pillar in PILLARS if pillar in used],
        "criteria": [
            {
                **criterion.model_dump(include={"id", "pillar", "label", "direction", "evidence", "missing"}),
                "source": in_both(criterion.source),
                "unit": units.get(criterion.id, criterion.unit),
                "weight": weight,
            }
            for criterion, weight in zip(criteria.criteria, weights, strict=True)
        ],
        "vetoes": [
            veto.model_dump(include={"id", "label", "evidence"}) | {"source": in_both(veto.source)}
            for veto in criteria.vetoes
        ],
        "districts": candidates,
        "points": [item.model_dump() for item in points],
    }
    return Content(config)


def _plan(told: Remark | None) -> dict[str, Any] | None:
    return None if told is None else told.as_data()


def _of(code: str, table: pd.DataFrame) -> pd.DataFrame:
    return table[table["district_id"] == code]


def _places(districts: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    """Every district as it is proposed: its names, kind, area, fields, outline and where its label stands."""
    places = zip(
        districts.itertuples(), both_names(districts), lonlat_geometry(districts), label_points(districts), strict=True
    )
    return [
        {
            "id": district.district_id,
            "name": name,
            "kind": district.kind,
            "area_m2": district.area_m2,
            "fields": {name: getattr(district, name) for name in FIELDS},
            "geometry": geometry,
            "at": at,
        }
        for district, name, geometry, at in places
    ]


def _judged(
    ids: list[str], values: pd.DataFrame, vetoes: pd.DataFrame, scores: pd.DataFrame, contributions: pd.DataFrame
) -> dict[str, Any]:
    """What is said of one district, of which all rows are: by criterion in the order of ``ids``, by veto and method."""
    datum = values.set_index("criterion").to_dict("index")
    utility = contributions.set_index("criterion")["utility"].to_dict()
    return {
        "vetoed": bool(scores["vetoed"].any()),
        "utilities": [utility[criterion] for criterion in ids],
        "values": [
            {key: datum[criterion][key] for key in ("value", "vintage")}
            | {key: listed(datum[criterion][key]) or None for key in REMARKS}
            for criterion in ids
        ],
        "vetoes": [
            {"id": row.veto, "vetoed": row.vetoed, "found": listed(row.found), "excluded_m2": row.excluded_m2}
            for row in vetoes.itertuples()
        ],
        "scores": {
            row.method: {"score": row.score, "low": row.score_low, "high": row.score_high, "rank": row.rank}
            for row in scores.itertuples()
        },
    }


def layer_content(cells: pd.DataFrame, cell_size_m: float) -> Content:
    """The measures of the cells as float32 blobs, with units and breaks."""
    shown = layers(cells, cell_size_m)
    config = {
        "layers": [
            {"key": layer.key, "unit": layer.unit, "breaks": layer.breaks, "zero": layer.zero, "known": layer.known}
            for layer in shown
        ]
    }
    blobs = {f"layer-{layer.key}": layer.values.astype("<f4").tobytes() for layer in shown if layer.known}
    return Content(config, blobs)


def drive_content(
    district_ids: list[str], travel_ids: NDArray[np.str_], drive_s: NDArray[np.float32], limit_s: float
) -> Content:
    """Whole driving minutes from each candidate to each cell (D × C bytes), begun minutes counted; BEYOND past 254.

    ``limit_s`` is how far the drives were followed: what is not reached is said to be further than that.
    """
    row = {code: number for number, code in enumerate(travel_ids)}
    seconds = drive_s[[row[code] for code in district_ids]]
    minutes = np.where(np.isfinite(seconds), np.ceil(seconds / 60), BEYOND)
    config = {"beyond": BEYOND, "driveLimitMin": min(limit_s / 60, BEYOND - 1)}
    return Content(config, {"drive": np.minimum(minutes, BEYOND).astype(np.uint8).tobytes()})
