"""Why a candidate has its score, and why one is ahead of another: every criterion's part, and a sentence."""

from __future__ import annotations

from functools import partial
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from decisions.ranking.groups import level_with_first
from decisions.ranking.sentences import Case, Reason, alone, compare, difference
from geojeom.messages import LANGUAGES, column_data, from_column, text_of
from spatial.config.catalogue import CriteriaSet

# Pairs are written out for this many of the best candidates: their number grows with the square.
PAIRED = 30
COLUMNS = ["district_id", "name", "rank", "score", "other_id", "other_name", "other_rank", "difference"]
REMARKS = ["reason", "unknown"]


def reasons(
    districts: pd.DataFrame,
    scores: pd.DataFrame,
    contributions: pd.DataFrame,
    vetoes: pd.DataFrame,
    catalogue: CriteriaSet,
) -> pd.DataFrame:
    """A row for every candidate, best first and the unranked last, then one for every pair of the best, better first.

    Parameters
    ----------
    districts, scores, contributions, vetoes : DataFrame
        The tables of these names (docs/files.md).
    catalogue : CriteriaSet
        J criteria.

    Returns
    -------
    DataFrame
        ``district_id``, ``name``, ``rank``, ``score``; for pairs ``other_id``, ``other_name``, ``other_rank`` and
        ``difference``; ``reason`` and ``unknown`` (remarks; null where nothing is); then J columns, one per criterion:
        what it adds to the score (null where unknown) or to the difference. All by the weighted sum.
    """
    ids = [criterion.id for criterion in catalogue.criteria]
    labels = [criterion.label for criterion in catalogue.criteria]
    judged = cases(districts, scores, contributions, vetoes, catalogue)
    ranked = [case for case in judged if case.rank is not None]
    rows = [_row(case, None, alone(case, labels, len(ranked))) | _by(ids, case.contribution) for case in judged]
    rows += [
        _row(ahead, behind, compare(ahead, behind, labels)) | _by(ids, difference(ahead, behind))
        for ahead, behind in combinations(ranked[:PAIRED], 2)
    ]
    frame = pd.DataFrame(rows, columns=[*COLUMNS, *REMARKS, *ids])
    texts = dict.fromkeys(["district_id", "other_id", *REMARKS], "str")
    return frame.astype({"rank": "Int64", "other_rank": "Int64", "difference": float, **texts})


def _row(case: Case, other: Case | None, reason: Reason) -> dict[str, Any]:
    row = {"district_id": case.district_id, "name": case.ko, "rank": case.rank, "score": case.score}
    if other is not None:
        row |= {"other_id": other.district_id, "other_name": other.ko, "other_rank": other.rank}
        row |= {"difference": case.score - other.score}
    return row | {
        "reason": column_data([reason.text]),
        "unknown": column_data([reason.unknown] if reason.unknown else []),
    }


def readable(table: pd.DataFrame) -> pd.DataFrame:
    """The table for people: each column of remarks as one of Korean and one of English texts.

    Parameters
    ----------
    table : DataFrame
        As ``reasons`` gives it.

    Returns
    -------
    DataFrame
        ``reason_ko``, ``reason_en``, ``unknown_ko`` and ``unknown_en`` in place of the two; null where nothing is.
    """
    columns = {}
    for name, column in table.items():
        if name not in REMARKS:
            columns[str(name)] = column
            continue
        remarks = column.map(from_column)
        for language in LANGUAGES:
            columns[f"{name}_{language}"] = remarks.map(partial(text_of, language=language)).replace("", None)
    return pd.DataFrame(columns)


def _by(ids: list[str], parts: Any) -> dict[str, float]:
    return dict(zip(ids, parts, strict=True))


def cases(
    districts: pd.DataFrame,
    scores: pd.DataFrame,
    contributions: pd.DataFrame,
    vetoes: pd.DataFrame,
    catalogue: CriteriaSet,
) -> list[Case]:
    """Every candidate as the sentences speak of it, best first and the unranked last."""
    by_sum = scores[scores["method"] == "weighted_sum"].set_index("district_id")
    parts = dict(list(contributions.groupby("district_id")))
    level, known = _level(by_sum, contributions)
    out = vetoes[vetoes["vetoed"].fillna(False).astype(bool)].groupby("district_id")["veto"].agg(set)
    judged = []
    for district in districts.to_dict("records"):
        code = district["district_id"]
        own, score = parts[code].set_index("criterion").reindex([c.id for c in catalogue.criteria]), by_sum.loc[code]
        missing = own["utility"].isna() & (own["profile_weight"] > 0)
        english = district.get("name_en")
        judged.append(
            Case(
                code,
                district["name"],
                english if isinstance(english, str) else district["name"],
                None if pd.isna(score["rank"]) else int(score["rank"]),
                int(level.sum()) if level[code] else 0,
                float(known[code]),
                float(score["score"]),
                float(score["score_low"]),
                float(score["score_high"]),
                own["contribution"].to_numpy(float),
                tuple(int(j) for j in np.flatnonzero(missing)),
                tuple(veto.label for veto in catalogue.vetoes if veto.id in out.get(code, set())),
            )
        )
    return sorted(judged, key=lambda case: (case.rank is None, case.rank or 0, -np.nan_to_num(case.score)))


def _level(by_sum: pd.DataFrame, contributions: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Per district whether it cannot be told apart from the first, and the share of the weight that is known of it."""
    weight = contributions["profile_weight"]
    held = weight.where(contributions["utility"].notna(), 0.0).groupby(contributions["district_id"]).sum()
    known = (held / weight.groupby(contributions["district_id"]).sum()).reindex(by_sum.index)
    rank = by_sum["rank"].fillna(0).to_numpy(np.int64)
    low, high = (by_sum[name].to_numpy(float) for name in ("score_low", "score_high"))
    level = level_with_first(rank, low, high, known.to_numpy(float))
    return pd.Series(level, index=by_sum.index, dtype=bool), known
