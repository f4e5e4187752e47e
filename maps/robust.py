"""How sure the ranking is, for the comparison page: rank acceptability, rank intervals, pairs and reasons."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from decisions.ranking.aggregate import TIE
from decisions.ranking.compromise import COMPROMISE
from decisions.ranking.groups import KNOWN_ENOUGH
from decisions.ranking.outranking import INDIFFERENCE, STRICT
from decisions.ranking.robustness import CONCENTRATION, DRAWS
from decisions.ranking.smaa_kernel import LEVELS
from decisions.ranking.weights import weights_of
from geojeom.messages import listed
from geojeom.schemas import WEIGHTINGS
from maps.basemap import Content
from spatial.config.ahp import provenance
from spatial.config.catalogue import CriteriaSet, Profile

SHOWN_RANKS = 12  # acceptability of the ranks after these is sent as one sum
# What the pages need to rank as the pipeline does when somebody moves a weight.
RANKING = {
    "tie": TIE,
    "indifference": INDIFFERENCE,
    "strict": STRICT,
    "compromise": COMPROMISE,
    "levels": LEVELS,
    "concentration": CONCENTRATION,
    "knownEnough": KNOWN_ENOUGH,
    "shownRanks": SHOWN_RANKS,
}


def profiles_content(
    criteria: CriteriaSet, profiles: Iterable[Profile], contributions: pd.DataFrame, vetoed: dict[str, bool]
) -> Content:
    """The weights of every profile that fits the criteria, the region's own first; ``vetoed`` by district_id.

    A shipped profile that names a criterion which is not compared here is left out.
    """
    ids = [criterion.id for criterion in criteria.criteria]
    labels = {criterion.id: criterion.label for criterion in criteria.criteria}
    wide = contributions.pivot_table(
        index="district_id", columns="criterion", values="utility", dropna=False, aggfunc="first"
    )[ids]
    free = [code for code in wide.index if not vetoed[code]]
    utilities = wide.loc[free or list(wide.index)].to_numpy(float)
    fitting = [
        profile
        for profile in profiles
        if set(profile.named) <= set(ids) and (profile.weights is None or any(profile.weights.values()))
    ]
    return Content(
        {
            "profiles": [
                {
                    "id": profile.id,
                    "label": profile.label.model_dump(),
                    "provenance": provenance(profile, labels).model_dump(),
                    "weights": weights_of(profile, criteria, utilities).tolist(),
                }
                for profile in fitting
            ],
        }
    )


def robust_content(
    robustness: pd.DataFrame, acceptability: pd.DataFrame, pairs: pd.DataFrame, reasons: pd.DataFrame
) -> Content:
    """What robustness.parquet, acceptability.parquet, pairs.parquet and reasons.parquet say, by district.

    Shares are told to the single draw, as what is rounded twice reads otherwise than what is rounded once.
    """
    accepted: dict[str, dict[str, list[float]]] = {}
    for row in acceptability.itertuples():
        ranks = np.asarray(row.rank_acceptability, dtype=float)
        shown = [*ranks[:SHOWN_RANKS], *([ranks[SHOWN_RANKS:].sum()] if len(ranks) > SHOWN_RANKS else [])]
        accepted.setdefault(str(row.district_id), {})[str(row.weighting)] = [_rounded(share) for share in shown]
    districts = {
        str(row.district_id): {
            "best": row.rank_best,
            "worst": row.rank_worst,
            "settling": row.settling_criterion,
            "least": {
                "criterion": row.least_criterion,
                "from": row.least_from,
                "to": row.least_to,
                "rival": row.least_rival,
            },
            "acceptability": accepted[str(row.district_id)],
        }
        for row in robustness.itertuples()
    }
    winning = {
        f"{row['district_id']}>{row['other_id']}": [_rounded(row[f"winning_{name}"]) for name in WEIGHTINGS]
        for row in pairs.to_dict("records")
    }
    content = {
        f"{row['district_id']}>{row['other_id']}" if isinstance(row["other_id"], str) else row["district_id"]: {
            "text": listed(row["reason"]),
            "unknown": listed(row["unknown"]) or None,
        }
        for row in reasons.to_dict("records")
    }
    return Content(
        {
            "robust": districts,
            "weightings": WEIGHTINGS,
            "draws": DRAWS,
            "ranking": RANKING,
            "winning": winning,
            "reasons": content,
        }
    )


def _rounded(share: float) -> float:
    """A share to the single draw: pages round it once, and read what facts.parquet has."""
    return round(float(share), 5)
