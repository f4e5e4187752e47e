"""Measures of a district from the cells and from its proposal.

Each takes a ``Context`` and plain arguments, and returns one number per district. The cells counted are those inside
the district, or all within ``walk_min`` or ``drive_min`` of it (its own included). A cell without the figure is left
out and said; a district all of whose cells lack it has no value.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from geojeom.messages import Remark
from spatial.measures.context import Context, Floats, Measured, say_unknown, travel_layers


def total(context: Context, *, column: str, walk_min: float | None = None, drive_min: float | None = None) -> Measured:
    """Sum of a column of the cells."""
    return _summed(context, column, np.sum, walk_min, drive_min)


def mean(context: Context, *, column: str, walk_min: float | None = None, drive_min: float | None = None) -> Measured:
    """Mean of a column over the cells, each counting the same."""
    return _summed(context, column, np.mean, walk_min, drive_min)


def _summed(
    context: Context, column: str, how: Callable[[Floats], Any], walk_min: float | None, drive_min: float | None
) -> Measured:
    figures, scope = context.column(column), context.scope(walk_min, drive_min)
    out = Measured(np.zeros(len(scope)), (column, *travel_layers(walk_min, drive_min)))
    for row, cells in enumerate(scope):
        counted = figures[cells]
        known = ~np.isnan(counted)
        out.value[row] = how(counted[known]) if known.any() else np.nan
        say_unknown(out, row, (column,), known)
    return out


def share(
    context: Context,
    *,
    part: str,
    whole: str,
    less: str | None = None,
    walk_min: float | None = None,
    drive_min: float | None = None,
) -> Measured:
    """Sum of ``part`` over the sum of ``whole``, without those in ``less`` where given (buildings without a date)."""
    parts, wholes = context.column(part), context.column(whole)
    layers = [part, whole]
    if less is not None:
        wholes = wholes - context.column(less)
        layers.append(less)
    scope = context.scope(walk_min, drive_min)
    out = Measured(np.zeros(len(scope)), (*layers, *travel_layers(walk_min, drive_min)))
    both = ~np.isnan(parts) & ~np.isnan(wholes)
    for row, cells in enumerate(scope):
        known = cells & both
        among = wholes[known].sum()
        if known.any() and among <= 0:
            out.value[row] = np.nan
            out.missing[row] = Remark("measure.no_share", column=whole)
            continue
        out.value[row] = parts[known].sum() / among if known.any() else np.nan
        say_unknown(out, row, (part, whole), both[cells])
    return out


def reached_share(
    context: Context, *, column: str, walk_min: float | None = None, drive_min: float | None = None
) -> Measured:
    """Sum of a column over the cells counted, over its sum in the whole region."""
    out = total(context, column=column, walk_min=walk_min, drive_min=drive_min)
    everyone = np.nansum(context.column(column))
    out.value = out.value / everyone if everyone > 0 else np.full(out.value.shape, np.nan)
    return out


def area_share(context: Context, *, column: str) -> Measured:
    """Sum of a column of square metres over the area of the cells inside the district."""
    out = mean(context, column=column)
    out.value = out.value / context.cell_area_m2
    return out


def district_part(context: Context, *, column: str) -> Measured:
    """Square metres of a column within the district: its share of the cells inside, times the district's own area.

    The cells inside, each whole, may cover more than the district; its parts must not.
    """
    out = area_share(context, column=column)
    out.value = out.value * context.districts["area_m2"].to_numpy(float)
    return out


def district_area(context: Context) -> Measured:
    """Area of the district, in square kilometres."""
    return Measured(context.districts["area_m2"].to_numpy(float) / 1e6, ("proposal",))


def proposal(context: Context, *, field: str) -> Measured:
    """A field of the proposal as a number; true is 1 and false 0; blank is missing."""
    if field not in context.districts.columns:
        raise ValueError(f"the districts have no proposal field {field!r}")
    out = Measured(context.districts[field].to_numpy(float, na_value=np.nan), ("proposal",))
    for row in np.flatnonzero(np.isnan(out.value)):
        out.missing[row] = Remark("proposal.silent")
    return out


def mean_travel(context: Context, *, column: str, mode: str) -> Measured:
    """Mean minutes from the district to the region's people (or jobs), each person counting the same.

    Closeness centrality of the hub. People not reached within the limit of the travel times count with that limit, so
    that the mean is a lower bound and a district that is cut off never gains by it; their share is said.
    """
    seconds, limit_s = context.reach(mode)
    people = np.nan_to_num(context.column(column))
    out = Measured(np.full(len(seconds), np.nan), (column, "streets"))
    for row, reach in enumerate(seconds):
        if people.sum() <= 0:
            out.missing[row] = Remark("measure.no_data", columns=[column])
            continue
        near = np.isfinite(reach)
        counted_s = np.where(near, reach, limit_s).astype(float)
        out.value[row] = (people * counted_s).sum() / people.sum() / 60
        beyond = people[~near].sum() / people.sum()
        if beyond > 0:
            out.notes[row].append(Remark("measure.beyond", share=beyond, minutes=limit_s / 60))
    return out
