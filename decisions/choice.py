"""Which candidates get an ensemble."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from geojeom.messages import Remark
from geojeom.tables import read_table
from simulation.plans.settings import read


def best(scores: pd.DataFrame, count: int) -> tuple[list[str], Remark | None]:
    """Up to ``count`` district ids, best first by the weighted sum, and a note where the choice needs one.

    Vetoed candidates are passed over; where all are vetoed the best by score are taken all the same, and the note says
    so, as it does when there are fewer than ``count``. Ties go to the lower district_id; a candidate without a score
    comes last.
    """
    by_sum = scores[scores["method"] == "weighted_sum"].sort_values(
        ["score", "district_id"], ascending=[False, True], na_position="last", kind="stable"
    )
    allowed = by_sum[~by_sum["vetoed"]]
    if allowed.empty:
        return list(by_sum["district_id"].head(count)), Remark("choice.vetoed")
    chosen = list(allowed["district_id"].head(count))
    if len(chosen) < count:
        return chosen, Remark("choice.few", n=len(chosen), wanted=count)
    return chosen, None


def simulated(scores: Path, resolved: dict[str, Any]) -> tuple[list[str], Remark | None]:
    """``best`` of the stored scores, as many as the resolved region asks for: what worlds of chance depend on of them.

    Parameters
    ----------
    scores : Path
        The table of that name.
    resolved : dict
        The resolved region, as JSON has it.

    Returns
    -------
    district_ids : list of str
        Best first.
    note : Remark or None
        Where the choice needs one.

    Raises
    ------
    TableError
        Where the table is missing or does not keep its schema.
    SourceError
        Where it cannot be read.
    PlanError
        Where the settings do not hold.
    """
    return best(read_table(scores, "scores"), read(resolved).settings.ensemble_candidates)
