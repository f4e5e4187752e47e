"""How many people live farther from everyday facilities than the national minimum (기초생활인프라 국가적 최저기준).

From home to the nearest facility along the streets, at the standard's own speeds (data/minimum.yaml). The homes are
those in the district and around it. A kind of which the sources hold not one facility is unknown, not absent.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from geojeom.messages import Remark, column_data
from spatial.measures.context import Bools, Context, Ground, Measured
from spatial.measures.facilities import LAYER, cells_with, none_of, toward_facilities
from spatial.streets.travel import Mode, from_groups

MODES: tuple[Mode, ...] = ("walk", "drive")


def beyond_minimum(context: Context, *, kinds: list[str]) -> Measured:
    """Share of people beyond the minimum, mean over those of ``kinds`` that can be judged; the note names the others.

    Raises ValueError for a kind the standard does not name.
    """
    strange = [kind for kind in kinds if kind not in context.minimum.kinds]
    if strange:
        known = ", ".join(context.minimum.kinds)
        raise ValueError(f"the national minimum names no {', '.join(strange)}; it names {known}")
    beyond = cells_beyond(context, kinds)
    if not beyond:
        return none_of(context, kinds, "population", "streets")
    people = np.nan_to_num(context.column("population"))
    mean = np.mean(list(beyond.values()), axis=0)
    lacking = [kind for kind in kinds if kind not in beyond]
    scope = context.scope(context.minimum.around_walk_min, None)
    out = Measured(np.full(len(scope), np.nan), ("population", LAYER, "streets"))
    for row, cells in enumerate(scope):
        among = people[cells].sum()
        if among > 0:
            out.value[row] = (people[cells] * mean[cells]).sum() / among
        else:
            out.missing[row] = Remark("measure.nobody")
        if lacking:
            out.notes[row].append(Remark("minimum.mean", n=len(beyond), kinds=lacking))
    return out


def gaps(context: Context) -> pd.DataFrame:
    """The table ``gaps``: per district and kind the people around it and how many of them are beyond the minimum.

    Parameters
    ----------
    context : Context
        The region.

    Returns
    -------
    DataFrame
        docs/files.md, gaps; ``share`` is of 1, and null with the reason in ``missing`` where it cannot be told.
    """
    kinds = context.minimum.kinds
    beyond = cells_beyond(context, list(kinds))
    figures = context.column("population")
    people = np.nan_to_num(figures)
    rows: list[dict[str, Any]] = []
    for district, cells in zip(
        context.districts["district_id"], context.scope(context.minimum.around_walk_min, None), strict=True
    ):
        among = float(people[cells].sum()) if (~np.isnan(figures[cells])).any() else np.nan
        for kind, within in kinds.items():
            why = None
            if not among > 0:
                why = Remark("measure.nobody")
            elif kind not in beyond:
                why = Remark("facilities.unknown", kinds=[kind])
            out = float((people[cells] * beyond[kind][cells]).sum()) if why is None else np.nan
            rows.append(
                {
                    "district_id": district,
                    "kind": kind,
                    "mode": within.mode,
                    "minutes": within.minutes,
                    "people": among,
                    "beyond": out,
                    "share": out / among if why is None else np.nan,
                    "missing": None if why is None else column_data([why]),
                }
            )
    return pd.DataFrame(rows).astype(dict.fromkeys(["district_id", "kind", "mode", "missing"], "str"))


def cells_beyond(ground: Ground, kinds: list[str]) -> dict[str, Bools]:
    """From which cells no facility of a kind is near enough, by the national minimum's own minutes, mode and speeds.

    Parameters
    ----------
    ground : Ground
        Cells, facilities, streets and the standard.
    kinds : list of str
        Kinds that the standard names.

    Returns
    -------
    dict
        Kind -> bool (C,), in the order of ``kinds``. A kind of which no facility is known is left out.
    """
    standard = ground.minimum
    towards = toward_facilities(ground.network, standard.walk_kmh, standard.drive_kmh)
    out: dict[str, Bools] = {}
    for mode in MODES:
        at = {kind: cells_with(ground, kind) for kind in kinds if standard.kinds[kind].mode == mode}
        at = {kind: cells for kind, cells in at.items() if cells.size}
        if at:
            limits = np.array([standard.kinds[kind].minutes * 60 for kind in at])
            seconds = from_groups(towards, list(at.values()), float(limits.max()), mode)
            out |= dict(zip(at, seconds > limits[:, None], strict=True))
    return {kind: out[kind] for kind in kinds if kind in out}
