"""Why the first and not the second, and why methods that rank another first do so: paragraphs for who must decide."""

from __future__ import annotations

from functools import reduce
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from decisions.ranking.aggregate import Bools, Floats
from decisions.ranking.compromise import losses
from decisions.ranking.outranking import INDIFFERENCE, STRICT
from decisions.ranking.reasons import cases
from decisions.ranking.robustness import DRAWS
from decisions.ranking.sentences import Case, compare
from decisions.ranking.tornado import tornado
from geojeom.messages import Remark
from geojeom.schemas import METHODS
from spatial.config.catalogue import CriteriaSet

BASE, *OTHERS = METHODS


class Ground(NamedTuple):
    """What the methods stand on: utilities (D, J), weights (J,), who is compared (D,), criteria by name."""

    utilities: Floats
    weights: Floats
    reference: Bools
    labels: list[dict[str, str]]
    row: dict[str, int]


def verdict(tables: dict[str, pd.DataFrame], catalogue: CriteriaSet) -> list[Remark]:
    """Why not the second, and what the methods say of the first.

    Parameters
    ----------
    tables : dict of DataFrame
        ``districts``, ``scores``, ``contributions``, ``vetoes`` and ``acceptability`` (docs/files.md).
    catalogue : CriteriaSet
        The criteria.

    Returns
    -------
    list of Remark
        The two; empty where fewer than two candidates are ranked.
    """
    four = {name: tables[name] for name in ("districts", "scores", "contributions", "vetoes")}
    ranked = [case for case in cases(catalogue=catalogue, **four) if case.rank is not None]
    if len(ranked) < 2:
        return []
    ground = _ground(tables["scores"], tables["contributions"], catalogue)
    first, second = ranked[:2]
    return [
        _second(first, second, tables["acceptability"], ground, catalogue),
        _methods(ranked, tables["scores"], ground),
    ]


def _ground(scores: pd.DataFrame, contributions: pd.DataFrame, catalogue: CriteriaSet) -> Ground:
    ids = [criterion.id for criterion in catalogue.criteria]
    weights = contributions.groupby("criterion")["profile_weight"].first()[ids].to_numpy(float)
    wide = contributions.pivot_table(
        index="district_id", columns="criterion", values="utility", dropna=False, aggfunc="first"
    )[ids]
    vetoed = scores[scores["method"] == BASE].set_index("district_id")["vetoed"].reindex(wide.index).to_numpy(bool)
    labels = [criterion.label.model_dump() for criterion in catalogue.criteria]
    return Ground(
        wide.to_numpy(float),
        weights,
        vetoed.all() | ~vetoed,
        labels,
        {str(code): at for at, code in enumerate(wide.index)},
    )


def _second(first: Case, second: Case, acceptability: pd.DataFrame, ground: Ground, catalogue: CriteriaSet) -> Remark:
    around = acceptability[acceptability["weighting"] == "profile"].set_index("district_id")["rank_acceptability"]
    reason = compare(first, second, [criterion.label for criterion in catalogue.criteria]).text
    return Remark(
        "verdict.second",
        reason=reason,
        draws=DRAWS,
        first=first.name,
        second=second.name,
        share=float(around[first.district_id][0]),
        other=float(around[second.district_id][0]),
        turn=_turn(first, second, ground),
    )


def _turn(first: Case, second: Case, ground: Ground) -> Remark:
    """The smallest change of one weight, the others in proportion, that puts the second before the first."""
    pair = ground.utilities[[ground.row[first.district_id], ground.row[second.district_id]]]
    bounds = tornado(pair, ground.weights)
    both = np.stack([bounds.low[0], bounds.high[0]])
    change = np.abs(both - ground.weights).round(12)
    if np.isnan(change).all():
        return Remark("verdict.turn.none")
    side, j = np.unravel_index(np.nanargmin(change), change.shape)
    now = {"from": float(ground.weights[j]), "to": float(both[side, j])}
    return Remark("verdict.turn", what=ground.labels[j], **now)


def _methods(ranked: list[Case], scores: pd.DataFrame, ground: Ground) -> Remark:
    """Which methods rank another first, and why each does."""
    best = scores[scores["rank"] == 1].groupby("method")["district_id"].agg(set)
    known = {case.district_id: case for case in ranked}
    first = ranked[0]
    agreeing = [Remark(f"verdict.name.{name}") for name in METHODS if first.district_id in best.get(name, set())]
    why = [
        _why(name, first, next(case for case in ranked if case.district_id in best[name]), ground)
        for name in OTHERS
        if best.get(name, set()) & set(known) and first.district_id not in best[name]
    ]
    if not why:
        return Remark("verdict.methods.agree", first=first.name, methods=agreeing)
    return Remark("verdict.methods.differ", first=first.name, methods=agreeing, why=reduce(_then, why))


def _then(one: Remark, following: Remark) -> Remark:
    return Remark("verdict.then", one=one, next=following)


def _why(method: str, first: Case, other: Case, ground: Ground) -> Remark:
    """Why a method puts another candidate before the first of the weighted sum."""
    a, b = ground.row[first.district_id], ground.row[other.district_id]
    names: dict[str, Any] = {"first": first.name, "other": other.name}
    lead = np.nan_to_num(ground.utilities[b] - ground.utilities[a])
    if method == "vikor":
        lost = losses(ground.utilities, ground.weights, ground.reference)
        worst = {"first": int(np.argmax(lost[a])), "other": int(np.argmax(lost[b]))}
        return Remark(
            "verdict.by.vikor",
            **names,
            what=ground.labels[worst["first"]],
            lost=float(lost[a, worst["first"]]),
            theirs=ground.labels[worst["other"]],
            least=float(lost[b, worst["other"]]),
        )
    if method == "promethee":
        j = int(np.argmax(-lead * ground.weights))
        return Remark(
            "verdict.by.promethee",
            **names,
            what=ground.labels[j],
            gap=float(-lead[j]),
            strict=STRICT,
            indifference=INDIFFERENCE,
        )
    order = np.argsort(-lead * ground.weights, kind="stable")[:2]
    return Remark("verdict.by.topsis", **names, what=[ground.labels[int(j)] for j in order if lead[j] > 0])
