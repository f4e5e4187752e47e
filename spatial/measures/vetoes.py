"""Hard exclusions: is a district out, on what figure, and how much of its area is concerned.

Kept apart from grades. ``out`` null: it could not be judged, because a layer is missing; the text then says so.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from geojeom.messages import Remark
from spatial.measures.context import Context, Floats


@dataclass
class VetoResult:
    """Per district: vetoed or not (None: unknown), what was found, square metres concerned."""

    out: list[bool | None]
    found: list[Remark]
    excluded_m2: Floats


def area_share_over(context: Context, *, column: str, limit: float) -> VetoResult:
    """Out where a column of square metres (protected land, water) takes more than ``limit`` of the district's cells."""
    return _over(context, context.column(column), limit)


def cells_over(context: Context, *, column: str, over: float, limit: float) -> VetoResult:
    """Out where more than ``limit`` of the district's area lies in cells whose figure (slope) is above ``over``."""
    figures = context.column(column)
    return _over(context, np.where(np.isnan(figures), np.nan, (figures > over) * context.cell_area_m2), limit)


def _over(context: Context, square_metres: Floats, limit: float) -> VetoResult:
    result = VetoResult([], [], np.full(len(context.districts), np.nan))
    for row, inside in enumerate(context.travel.inside):
        known = square_metres[inside]
        known = known[~np.isnan(known)]
        if not known.size:
            result.out.append(None)
            result.found.append(Remark("veto.unknown"))
            continue
        share = known.sum() / (known.size * context.cell_area_m2)
        # By cells, so never more than the district itself where it is smaller than a cell.
        result.excluded_m2[row] = share * context.districts["area_m2"].iloc[row]
        result.out.append(bool(share > limit))
        result.found.append(Remark("veto.share", share=share, limit=limit))
    return result


def area_limits(context: Context) -> VetoResult:
    """Out where the district is smaller or larger than the round allows; never out where none or no limit is set."""
    programme = context.programme
    low, high = (None, None) if programme is None else (programme.area_min_m2, programme.area_max_m2)
    area = context.districts["area_m2"].to_numpy(float)
    out = (area < (0.0 if low is None else low)) | (area > (np.inf if high is None else high))
    if programme is None:
        limits = Remark("veto.no_round")
    elif low is not None and high is not None:
        limits = Remark("veto.between", low=low, high=high)
    elif low is not None:
        limits = Remark("veto.at_least", low=low)
    else:
        limits = Remark("veto.no_limit") if high is None else Remark("veto.at_most", high=high)
    found = [Remark("veto.area", area_m2=each, limits=limits) for each in area]
    return VetoResult(out.tolist(), found, np.where(out, area, 0.0))


def kind_not_eligible(context: Context) -> VetoResult:
    """Out where the round does not take districts of this kind; never out where there is no round."""
    kinds = list(context.districts["kind"])
    if context.programme is None:
        reasons = [Remark("veto.kind.no_round", kind=kind) for kind in kinds]
        return VetoResult([False] * len(kinds), reasons, np.zeros(len(kinds)))
    out = np.array([kind not in context.programme.kinds for kind in kinds])
    return VetoResult(
        out.tolist(),
        [Remark("veto.kind", kind=kind, kinds=context.programme.kinds) for kind in kinds],
        np.where(out, context.districts["area_m2"].to_numpy(float), 0.0),
    )
