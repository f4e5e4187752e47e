"""Hard exclusions: is a district out, on what figure, and how much of its area is concerned.

Kept apart from grades. ``out`` null: it could not be judged, because a layer is missing; the text then says so.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from geojeom.formats import percent, stated_percent
from spatial.measures.context import Context, Floats

NO_ROUND = ("적용하는 사업 차수 없음", "held against no round")
UNKNOWN = ("자료 없음: 판단 불가", "no data: cannot be judged")

NAMES = {
    "new": ("신규 개발", "new development"),
    "redevelopment": ("재개발", "redevelopment"),
    "existing": ("기존 시가지", "existing area"),
}


@dataclass
class VetoResult:
    """Per district: vetoed or not (None: unknown), what was found (Korean, English), square metres concerned."""

    out: list[bool | None]
    found: list[tuple[str, str]]
    excluded_m2: Floats


def area_share_over(place: Context, *, column: str, limit: float) -> VetoResult:
    """Out where a column of square metres (protected land, water) takes more than ``limit`` of the district's cells."""
    return _over(place, place.column(column), limit)


def cells_over(place: Context, *, column: str, over: float, limit: float) -> VetoResult:
    """Out where more than ``limit`` of the district's area lies in cells whose figure (slope) is above ``over``."""
    figures = place.column(column)
    return _over(place, np.where(np.isnan(figures), np.nan, (figures > over) * place.cell_area_m2), limit)


def _over(place: Context, square_metres: Floats, limit: float) -> VetoResult:
    result = VetoResult([], [], np.full(len(place.districts), np.nan))
    for row, inside in enumerate(place.travel.inside):
        known = square_metres[inside]
        known = known[~np.isnan(known)]
        if not known.size:
            result.out.append(None)
            result.found.append(UNKNOWN)
            continue
        share = known.sum() / (known.size * place.cell_area_m2)
        # By cells, so never more than the district itself where it is smaller than a cell.
        result.excluded_m2[row] = share * place.districts["area_m2"].iloc[row]
        result.out.append(bool(share > limit))
        part, most = percent(share, 1, limit), stated_percent(limit)
        result.found.append((f"면적의 {part} (한도 {most})", f"{part} of the area (limit {most})"))
    return result


def area_limits(place: Context) -> VetoResult:
    """Out where the district is smaller or larger than the round allows; never out where none or no limit is set."""
    one = place.programme
    low, high = (None, None) if one is None else (one.area_min_m2, one.area_max_m2)
    area = place.districts["area_m2"].to_numpy(float)
    out = (area < (0.0 if low is None else low)) | (area > (np.inf if high is None else high))
    if low is None and high is None:
        limits = NO_ROUND if one is None else ("차수에 면적 제한 없음", "the round sets no limit")
    else:
        span = "–".join("" if end is None else f"{end / 1e6:g}" for end in (low, high))
        limits = (f"허용 {span} km²", f"allowed {span} km²")
    return VetoResult(
        out.tolist(),
        [(f"{a / 1e6:.2f} km², {limits[0]}", f"{a / 1e6:.2f} km², {limits[1]}") for a in area],
        np.where(out, area, 0.0),
    )


def kind_not_eligible(place: Context) -> VetoResult:
    """Out where the round does not take districts of this kind; never out where there is no round."""
    kinds = list(place.districts["kind"])
    if place.programme is None:
        found = [(f"{NAMES[kind][0]}, {NO_ROUND[0]}", f"{NAMES[kind][1]}, {NO_ROUND[1]}") for kind in kinds]
        return VetoResult([False] * len(kinds), found, np.zeros(len(kinds)))
    out = np.array([kind not in place.programme.kinds for kind in kinds])
    ko, en = (", ".join(NAMES[kind][language] for kind in place.programme.kinds) for language in (0, 1))
    return VetoResult(
        out.tolist(),
        [(f"{NAMES[kind][0]} (허용: {ko})", f"{NAMES[kind][1]} (allowed: {en})") for kind in kinds],
        np.where(out, place.districts["area_m2"].to_numpy(float), 0.0),
    )
