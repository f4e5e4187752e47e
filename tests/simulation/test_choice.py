from __future__ import annotations

import numpy as np
import pandas as pd

from decisions.choice import best


def test_best_first_by_the_weighted_sum(scores: pd.DataFrame) -> None:
    assert best(scores, 2) == (["east", "west"], None)
    assert best(scores, 1) == (["east"], None)


def test_vetoed_candidates_are_passed_over(scores: pd.DataFrame) -> None:
    scores.loc[scores["district_id"] == "east", "vetoed"] = True
    chosen, note = best(scores, 2)
    assert chosen == ["west"]
    assert note is not None
    assert (note.ko, note.en) == ("배제되지 않은 후보 1개(요청 2개)", "only 1 of 2 wanted are not vetoed")


def test_all_vetoed_takes_the_best_by_score_and_says_so(scores: pd.DataFrame) -> None:
    chosen, note = best(scores.assign(vetoed=True), 1)
    assert chosen == ["east"]
    assert note is not None
    assert "every candidate is vetoed" in note


def test_ties_by_name_and_no_score_last(scores: pd.DataFrame) -> None:
    assert best(scores.assign(score=0.5), 2)[0] == ["east", "west"]
    scores.loc[scores["district_id"] == "east", "score"] = np.nan
    assert best(scores, 2)[0] == ["west", "east"]
