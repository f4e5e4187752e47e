"""Measures of a district from planning records: the legal decline rule and zoning."""

from __future__ import annotations

import numpy as np

from geojeom.messages import Remark
from spatial.measures.context import Context, Measured
from spatial.measures.decline import CATEGORIES, met, zone_conditions
from spatial.measures.overlay import area_mean


def decline(context: Context) -> Measured:
    """Decline conditions met, 0 to 3, mean over the cells of the district, each by its zone.

    The rule is judged zone by zone, as the law does; a district across zones gets their mix. A district part of which
    lies in a zone that cannot be judged has no value, and the reason names the zones and what is unknown of them.
    """
    conditions = zone_conditions(context.history, context.cells)
    score = context.cells["zone_id"].map(met(conditions)).to_numpy(float)
    zone = context.cells["zone_id"].to_numpy(object)
    out = Measured(np.full(len(context.districts), np.nan), ("history", "old_buildings"))
    for row, cells in enumerate(context.travel.inside):
        if not np.isnan(score[cells]).any():
            out.value[row] = score[cells].mean()
            continue
        unknown = conditions.reindex(sorted({name for name in zone[cells] if isinstance(name, str)})).isna()
        lost = [name for name in CATEGORIES if unknown[name].any()]
        out.missing[row] = Remark("decline.unjudged", columns=lost, zones=list(unknown.index[unknown.any(axis=1)]))
    return out


def zoning_mean(context: Context, *, column: str) -> Measured:
    """Mean of a figure of the zones (``fit``, ``floor_area_max_pct``, …) over the district's land, by area.

    Land without a zone, or in a zone without the figure, is left out and said.
    """
    if column not in ("fit", "floor_area_max_pct", "coverage_max_pct"):
        raise ValueError(f"zones have no figure {column!r}")
    zones = context.zoning[context.zoning[column].notna()]
    mean, known = area_mean(context.districts.geometry, zones.geometry, zones[column].to_numpy(float))
    out, lost = Measured(mean, ("zoning",)), 1 - known
    for at in range(mean.size):
        if np.isnan(out.value[at]):
            out.missing[at] = Remark("zoning.none")
        elif lost[at] > 0.005:
            out.notes[at].append(Remark("zoning.unknown", share=lost[at]))
    return out
