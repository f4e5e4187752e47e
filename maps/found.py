"""Content of the surfaces on which districts were looked for, and of the areas found (``spatial locate``)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from geojeom.messages import from_data
from maps.basemap import Content, both_names, lonlat_geometry

FIGURES = ["area_m2", "suitability", "compactness", "rating"]
# The same for every kind, so that surfaces can be compared; half is where the recipes mostly close a cell.
BREAKS = [0.2, 0.35, 0.5, 0.6, 0.7, 0.8, 0.9]


@dataclass(frozen=True)
class LocateOutput:
    """What one run of ``spatial locate`` wrote: the table ``suitability``, its report, and the areas in any CRS."""

    kind: str
    surface: pd.DataFrame
    report: dict[str, Any]
    areas: gpd.GeoDataFrame


def found_content(searches: list[LocateOutput]) -> Content:
    """Surfaces by kind: blobs ``fit-KIND`` (float32 per cell) and ``closed-KIND`` (uint16 per cell).

    The latter is the place of the cell's reasons in ``closed``, whose first entry is of open cells and empty.
    """
    config, blobs = [], {}
    for search in searches:
        lines = search.surface["closed"].fillna("")
        code, values = pd.factorize(pd.concat([pd.Series([""]), lines], ignore_index=True))
        closed = {reason: _data(remark) for reason, remark in search.report["closed"].items()}
        blobs[f"fit-{search.kind}"] = search.surface["suitability"].to_numpy("<f4", na_value=np.nan).tobytes()
        blobs[f"closed-{search.kind}"] = code[1:].astype("<u2").tobytes()
        config.append(
            {
                "kind": search.kind,
                "breaks": BREAKS,
                "how": [_data(remark) for remark in search.report["how"]],
                "told": [_data(remark) for remark in search.report["told"]],
                "compared": search.report["compared"],
                "closed": [[closed[reason] for reason in line.split(";") if reason] for line in values],
                "areas": [
                    {"id": code, "name": name, "geometry": shape, **figures}
                    for code, name, shape, figures in zip(
                        search.areas["district_id"],
                        both_names(search.areas),
                        lonlat_geometry(search.areas),
                        search.areas.reindex(columns=FIGURES).to_dict("records"),
                        strict=True,
                    )
                ],
            }
        )
    return Content({"found": config}, blobs)


def _data(remark: dict[str, Any]) -> dict[str, Any]:
    return from_data(remark).as_data()
