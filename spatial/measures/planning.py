"""Measures of a district from planning records: the legal decline rule and zoning."""

from __future__ import annotations

import numpy as np

from geojeom.formats import percent
from spatial.measures.context import Context, Measured
from spatial.measures.decline import CATEGORIES, met, zone_conditions
from spatial.measures.overlay import area_mean

NAMES = {"population": ("인구", "people"), "businesses": ("사업체", "businesses"), "buildings": ("건축물", "buildings")}


def decline(place: Context) -> Measured:
    """Decline conditions met, 0 to 3, mean over the cells of the district, each by its zone.

    The rule is judged zone by zone, as the law does; a district across zones gets their mix. A district part of which
    lies in a zone that cannot be judged has no value, and the reason names the zones and what is unknown of them.
    """
    conditions = zone_conditions(place.history, place.cells)
    score = place.cells["zone_id"].map(met(conditions)).to_numpy(float)
    zone = place.cells["zone_id"].to_numpy(object)
    out = Measured(np.full(len(place.districts), np.nan), ("history", "old_buildings"))
    for row, cells in enumerate(place.travel.inside):
        if not np.isnan(score[cells]).any():
            out.value[row] = score[cells].mean()
            continue
        unknown = conditions.reindex(sorted({name for name in zone[cells] if isinstance(name, str)})).isna()
        lost = [name for name in CATEGORIES if unknown[name].any()]
        zones = ", ".join(unknown.index[unknown.any(axis=1)][:5])
        ko, en = ", ".join(NAMES[name][0] for name in lost), ", ".join(NAMES[name][1] for name in lost)
        out.missing[row] = (f"판단할 수 없는 요건: {ko} (구역 {zones})", f"cannot be judged: {en} (zones {zones})")
    return out


def zoning_mean(place: Context, *, column: str) -> Measured:
    """Mean of a figure of the zones (``fit``, ``floor_area_max_pct``, …) over the district's land, by area.

    Land without a zone, or in a zone without the figure, is left out and said.
    """
    if column not in ("fit", "floor_area_max_pct", "coverage_max_pct"):
        raise ValueError(f"zones have no figure {column!r}")
    zones = place.zoning[place.zoning[column].notna()]
    mean, known = area_mean(place.districts.geometry, zones.geometry, zones[column].to_numpy(float))
    out, lost = Measured(mean, ("zoning",)), 1 - known
    for at in range(mean.size):
        if np.isnan(out.value[at]):
            out.missing[at] = ("용도지역 자료 없음", "no data on zoning")
        elif lost[at] > 0.005:
            out.note[at] = (
                f"용도지역을 모르는 면적 {percent(lost[at], 1)} 제외",
                f"leaves out the {percent(lost[at], 1)} of its area without a known zone",
            )
    return out
