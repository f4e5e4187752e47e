"""How sure the ranking by the weighted sum is: tables for the candidates that have a rank (docs/files.md)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from decisions.ranking.aggregate import TIE, Floats
from decisions.ranking.smaa import Draw, dirichlet, ordinal, smaa
from decisions.ranking.tornado import Tornado, tornado

TEXTS = {
    *("district_id", "other_id", "criterion", "weighting", "settling_criterion"),
    *("least_criterion", "least_rival", "rival_low", "rival_high"),
}
# With 100,000 draws the standard error of a share is below 0.0016.
DRAWS = 100_000
SEED = 0
# Sum of the Dirichlet parameters around a profile: a weight of 0.04 then has a standard deviation of 0.02. A design
# choice of this project: half a weight either way is about what people who agree on a profile still argue over.
CONCENTRATION = 100.0


class Robustness(NamedTuple):
    """The tables ``robustness``, ``acceptability``, ``tornado`` and ``pairs``."""

    robustness: pd.DataFrame
    acceptability: pd.DataFrame
    tornado: pd.DataFrame
    pairs: pd.DataFrame


class Ranked(NamedTuple):
    """The D candidates that have a rank, and what is known of them in J criteria."""

    ids: list[str]
    criteria: list[str]
    utilities: Floats  # (D, J), NaN where unknown
    weights: Floats  # (J,), sum 1
    scores: pd.DataFrame  # their rows by weighted sum, in the same order


def ranked(scores: pd.DataFrame, contributions: pd.DataFrame) -> Ranked:
    """Candidates with a rank by the weighted sum, in the order of ``scores``, and the arrays behind their scores."""
    rows = scores[(scores["method"] == "weighted_sum") & scores["rank"].notna()].reset_index(drop=True)
    ids, criteria = list(rows["district_id"]), list(dict.fromkeys(contributions["criterion"]))
    utilities = contributions.pivot_table("utility", "district_id", "criterion", dropna=False, aggfunc="first")
    weights = contributions.drop_duplicates("criterion")["profile_weight"].to_numpy(float)
    return Ranked(ids, criteria, utilities.reindex(index=ids, columns=criteria).to_numpy(float), weights, rows)


def robustness(scores: pd.DataFrame, contributions: pd.DataFrame, draws: int = DRAWS) -> Robustness:
    """Vary weights and unknown values and say what becomes of each candidate's rank.

    Three weightings: ``uniform`` (every weighting of the criteria that weigh anything), ``profile`` (scattered around
    the profile's) and ``ordinal`` (all that keep the order of the profile's). Unknown utilities are drawn from 0 to 1.

    Parameters
    ----------
    scores, contributions : DataFrame
        The tables of these names (docs/files.md).
    draws : int
        How many for each weighting.

    Returns
    -------
    Robustness
        Its tables, of shares of the draws.

    References
    ----------
    Lahdelma and Salminen 2001, SMAA-2: stochastic multicriteria acceptability analysis for group decision making,
    Operations Research 49(3).
    """
    ranking = ranked(scores, contributions)
    weightings: dict[str, Draw] = {
        "uniform": dirichlet((ranking.weights > 0).astype(float)),
        "profile": dirichlet(CONCENTRATION * ranking.weights),
        "ordinal": ordinal(ranking.weights),
    }
    low = np.nan_to_num(ranking.utilities, nan=0.0)
    high = np.nan_to_num(ranking.utilities, nan=1.0)
    pairs, tables = _pairs(ranking), []
    for name, draw in weightings.items() if ranking.ids else ():
        shares = smaa(low, high, draw, draws, SEED)
        pairs[f"winning_{name}"] = shares.winning[~np.eye(len(ranking.ids), dtype=bool)]
        tables.append(
            pd.DataFrame(
                {
                    "district_id": ranking.ids,
                    "weighting": name,
                    "rank_acceptability": list(shares.ranks),
                    "central_weights": [None if np.isnan(row[0]) else row for row in shares.central],
                    "confidence": shares.confidence,
                }
            )
        )
    columns = ["district_id", "weighting", "rank_acceptability", "central_weights", "confidence"]
    acceptability = pd.concat(tables or [pd.DataFrame(columns=columns)], ignore_index=True).astype(
        {"confidence": float}
    )
    bounds = tornado(ranking.utilities, ranking.weights)
    frames = (_candidates(ranking, bounds), acceptability, _tornado_table(ranking, bounds), pairs)
    # Texts by name, as a column without any value would otherwise have no type.
    return Robustness(*(frame.astype({name: "str" for name in frame if name in TEXTS}) for frame in frames))


def rank_interval(low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """Best and worst rank (D,), (D,) that scores between ``low`` and ``high`` leave open, each moving by itself."""
    surely_ahead = low[None, :] > high[:, None] + TIE
    perhaps_ahead = high[None, :] > low[:, None] + TIE
    np.fill_diagonal(perhaps_ahead, val=False)
    return 1.0 + surely_ahead.sum(axis=1), 1.0 + perhaps_ahead.sum(axis=1)


def settling(utilities: Floats, weights: Floats) -> list[int | None]:
    """Per candidate the unknown criterion whose value would narrow its score most: the one that weighs most.

    Every unknown utility may lie anywhere from 0 to 1, so weight times possible span is the weight. None where all
    that weighs anything is known.
    """
    open_weight = np.where(np.isnan(utilities), weights, 0.0)
    return [int(row.argmax()) if row.any() else None for row in open_weight]


def _candidates(ranking: Ranked, bounds: Tornado) -> pd.DataFrame:
    best, worst = rank_interval(*(ranking.scores[name].to_numpy(float) for name in ("score_low", "score_high")))
    settles = [None if j is None else ranking.criteria[j] for j in settling(ranking.utilities, ranking.weights)]
    moves = [_least(ranking, bounds, i) for i in range(len(ranking.ids))]
    frame = pd.DataFrame(
        {
            "district_id": ranking.ids,
            "rank": ranking.scores["rank"].astype("Int64"),
            "rank_best": best.astype(int),
            "rank_worst": worst.astype(int),
            "settling_criterion": pd.Series(settles, dtype=object),
        }
    ).astype({"rank_best": "Int64", "rank_worst": "Int64"})
    least = pd.DataFrame(moves, columns=["least_criterion", "least_from", "least_to", "least_rival"])
    return frame.join(least.astype({"least_from": float, "least_to": float}))


def _least(ranking: Ranked, bounds: Tornado, i: int) -> tuple[str | None, float, float, str | None]:
    """Return the smallest change of one weight that costs candidate ``i`` its rank: which, from, to, and to whom."""
    both = np.stack([bounds.low[i], bounds.high[i]])
    # Changes that differ by rounding only are one: the first criterion is then named.
    change = np.abs(both - ranking.weights).round(12)
    if np.isnan(change).all():
        return None, np.nan, np.nan, None
    side, j = np.unravel_index(np.nanargmin(change), change.shape)
    rival = (bounds.rival_low, bounds.rival_high)[side][i, j]
    return ranking.criteria[j], float(ranking.weights[j]), float(both[side, j]), ranking.ids[rival]


def _tornado_table(ranking: Ranked, bounds: Tornado) -> pd.DataFrame:
    names = np.array([*ranking.ids, None], dtype=object)  # -1, nobody, is the last
    return pd.DataFrame(
        {
            "district_id": pd.Series(np.repeat(ranking.ids, len(ranking.criteria)), dtype=object),
            "criterion": pd.Series(ranking.criteria * len(ranking.ids), dtype=object),
            "weight": np.tile(ranking.weights, len(ranking.ids)),
            "weight_low": bounds.low.ravel(),
            "weight_high": bounds.high.ravel(),
            "rival_low": names[bounds.rival_low.ravel()],
            "rival_high": names[bounds.rival_high.ravel()],
        }
    )


def _pairs(ranking: Ranked) -> pd.DataFrame:
    first, second = np.nonzero(~np.eye(len(ranking.ids), dtype=bool))
    score, names = ranking.scores["score"].to_numpy(float), np.array(ranking.ids, dtype=object)
    frame = pd.DataFrame(
        {"district_id": names[first], "other_id": names[second], "difference": score[first] - score[second]}
    )
    winning = dict.fromkeys([f"winning_{name}" for name in ("uniform", "profile", "ordinal")], np.nan)
    return frame.assign(**winning)
