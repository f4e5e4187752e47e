"""From tables of criterion values and vetoes to scores, ranks and contributions (docs/files.md)."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from decisions.ranking import aggregate
from decisions.ranking.compromise import vikor
from decisions.ranking.outranking import promethee
from decisions.ranking.value import utility
from decisions.ranking.weights import weights_of
from geojeom.errors import Fault, TableError, raise_if_any
from spatial.config.catalogue import CriteriaSet, Profile

Floats = NDArray[np.float64]


def score(
    district_id: list[str], values: pd.DataFrame, vetoes: pd.DataFrame, criteria: CriteriaSet, profile: Profile
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The tables ``scores`` (by four methods) and ``contributions``.

    Methods work on utilities, as an ideal or stepped criterion has no other scale on which more is better. Vetoed
    candidates are scored on the scale of the others and not ranked; where all are vetoed they make the scale
    themselves.

    Parameters
    ----------
    district_id : list of str
        D candidates.
    values : DataFrame
        Rows of criteria.parquet and criteria_diffusion.parquet together.
    vetoes : DataFrame
        The table of that name.
    criteria : CriteriaSet
        J criteria.
    profile : Profile
        Their weights.

    Returns
    -------
    scores : DataFrame
        A row per method and candidate, in the order of ``district_id``.
    contributions : DataFrame
        A row per candidate and criterion.

    Raises
    ------
    TableError
        When a district-criterion pair or a veto is absent or not asked for, or when the profile weighs an unknown
        criterion.
    """
    raise_if_any(TableError, _faults(district_id, values, vetoes, criteria, profile))
    matrix = _matrix(district_id, values, criteria)
    vetoed = np.isin(district_id, vetoes.loc[vetoes["vetoed"].fillna(False).astype(bool), "district_id"])
    reference = ~vetoed if (~vetoed).any() else np.ones(len(district_id), bool)
    utilities = np.column_stack([utility(matrix[:, j], c, reference) for j, c in enumerate(criteria.criteria)])
    weights = weights_of(profile, criteria, utilities[reference])
    lacking = [
        ";".join(c.id for c, lost in zip(criteria.criteria, row, strict=True) if lost) or None
        for row in np.isnan(matrix)
    ]
    methods: dict[str, aggregate.Method] = {
        "weighted_sum": aggregate.weighted_sum,
        "topsis": partial(aggregate.topsis, reference=reference),
        "vikor": partial(vikor, reference=reference),
        "promethee": partial(promethee, reference=reference),
    }
    tables = []
    for name, method in methods.items():
        result = method(utilities, weights)
        low, high = aggregate.interval(utilities, weights, method, result)
        rank = pd.Series(aggregate.ranks(result, ~vetoed), dtype="Int64")
        tables.append(
            pd.DataFrame(
                {
                    "district_id": district_id,
                    "method": name,
                    "score": result.clip(0, 1),
                    "score_low": low.clip(0, 1),
                    "score_high": high.clip(0, 1),
                    "rank": rank.mask(rank == 0),
                    "vetoed": vetoed,
                    "missing": pd.Series(lacking, dtype=object),
                }
            )
        )
    return pd.concat(tables, ignore_index=True), _contributions(district_id, criteria, utilities, weights)


def _matrix(district_id: list[str], values: pd.DataFrame, criteria: CriteriaSet) -> Floats:
    wide = values.pivot_table(index="district_id", columns="criterion", values="value", dropna=False, aggfunc="first")
    return wide.reindex(index=district_id, columns=[c.id for c in criteria.criteria]).to_numpy(float)


def _contributions(district_id: list[str], criteria: CriteriaSet, utilities: Floats, weights: Floats) -> pd.DataFrame:
    # The weights are the raised ones, so that a candidate's contributions add up to its score.
    raised = np.nan_to_num(aggregate.raised(utilities, weights))
    return pd.DataFrame(
        {
            "district_id": np.repeat(district_id, len(criteria.criteria)),
            "criterion": [c.id for c in criteria.criteria] * len(district_id),
            "utility": utilities.ravel(),
            "profile_weight": np.tile(weights, len(district_id)),
            "weight": raised.ravel(),
            "contribution": (raised * utilities).ravel(),
        }
    )


def _faults(
    district_id: list[str], values: pd.DataFrame, vetoes: pd.DataFrame, criteria: CriteriaSet, profile: Profile
) -> list[Fault]:
    known = [c.id for c in criteria.criteria]
    again = "Run `geojeom spatial criteria` and `geojeom simulation candidates` again."
    faults = []
    tables = [("criteria tables", values, "criterion", known), ("vetoes.parquet", vetoes, "veto", _ids(criteria))]
    for file, frame, column, wanted in tables:
        have = set(zip(frame["district_id"], frame[column], strict=True))
        need = {(district, name) for district in district_id for name in wanted}
        faults += [
            Fault(file, f"a row for {column} {name}", "none", again, row=district, column=column)
            for district, name in sorted(need - have)
        ]
        faults += [
            Fault(file, f"only this region's districts and its {column} list", f"a row for {name}", again, row=district)
            for district, name in sorted(have - need)
        ]
    faults += [
        Fault(
            f"profile {profile.id}",
            f"weights of the criteria compared: {', '.join(known)}",
            repr(name),
            "Correct the spelling, or take the weight out.",
            column=name,
        )
        for name in profile.named
        if name not in known
    ]
    if not faults and profile.weights is not None and not any(profile.weights.get(name, 0) > 0 for name in known):
        faults.append(
            Fault(f"profile {profile.id}", "a weight above 0", "none", "Give a weight above 0.", column="weights")
        )
    return faults


def _ids(criteria: CriteriaSet) -> list[str]:
    return [veto.id for veto in criteria.vetoes]
