"""Why the first and not the second, and why methods differ: two candidates and three criteria, by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from decisions.ranking.score import score
from decisions.ranking.verdict import verdict
from geojeom.messages import Remark
from spatial.config.catalogue import CriteriaSet, Profile
from tests.tables import of_rows, table

SAID = {"source": "시험 / test", "evidence": "own_choice", "missing": {"ko": "없음", "en": "none"}}
TOLD = {"ko": "시험", "en": "test"}


def criteria(*ids: str) -> CriteriaSet:
    return CriteriaSet.model_validate(
        {
            "vetoes": [],
            "criteria": [
                {
                    "id": name,
                    "pillar": "space",
                    "label": {"ko": name, "en": name},
                    "unit": "share",
                    "direction": "higher",
                    "measure": "mean",
                    "value": {"low": 0, "high": 1},
                }
                | SAID
                for name in ids
            ],
        }
    )


def told(matrix: dict[str, list[float]], weights: dict[str, float], first: dict[str, float]) -> list[Remark]:
    """The verdict on candidates of these values, already between 0 and 1; ``first``: shares of draws at rank 1."""
    catalogue = criteria(*weights)
    profile = Profile.model_validate({"id": "t", "label": TOLD, "provenance": TOLD, "weights": weights})
    rows = [(code, name, value) for code, own in matrix.items() for name, value in zip(weights, own, strict=True)]
    values = of_rows("criteria", ["district_id", "criterion", "value"], rows)
    vetoes = table("vetoes", 0)
    scores, contributions = score(list(matrix), values, vetoes, catalogue, profile)
    districts = pd.DataFrame({"district_id": list(matrix), "name": list(matrix)})
    shares = [np.array([share, 1 - share]) for share in first.values()]
    acceptability = pd.DataFrame({"district_id": list(first), "weighting": "profile", "rank_acceptability": shares})
    tables = {"districts": districts, "scores": scores, "contributions": contributions, "vetoes": vetoes}
    return verdict({**tables, "acceptability": acceptability}, catalogue)


def test_what_would_turn_the_two() -> None:
    # 0.6·1 + 0.4·0 against 0.6·0 + 0.4·1: level where both weigh a half.
    second, methods = told({"A": [1, 0], "B": [0, 1]}, {"x": 0.6, "y": 0.4}, {"A": 0.7, "B": 0.3})
    assert second.code == "verdict.second"
    assert second.values["first"]["en"] == "A"
    assert (second.values["share"], second.values["other"]) == (0.7, 0.3)
    turn = second.values["turn"]
    assert turn.code == "verdict.turn"
    assert (turn.values["from"], turn.values["to"]) == pytest.approx((0.6, 0.5))
    assert "A is ahead of B by 0.200: +0.600 from x, −0.400 from y." in second.en
    assert methods.code == "verdict.methods.agree"


def test_nothing_turns_what_is_behind_everywhere() -> None:
    second, _ = told({"A": [1, 1], "B": [0, 0]}, {"x": 0.6, "y": 0.4}, {"A": 1.0, "B": 0.0})
    assert second.values["turn"].code == "verdict.turn.none"


def test_no_verdict_on_one() -> None:
    assert told({"A": [1, 0]}, {"x": 0.6, "y": 0.4}, {"A": 1.0}) == []


def test_vikor_puts_the_one_first_that_lags_least_anywhere() -> None:
    # Weighted sums: A 0.34 + 0.33 + 0 = 0.67, B 0.65 each = 0.65. VIKOR's S: A 0.33, B 0.35, C 1; R: A 0.33, B 0.119:
    # Q of A is (0 + 0.952) / 2, of B (0.030 + 0) / 2, as R spans from 0.119 to 0.34 and S from 0.33 to 1.
    matrix = {"A": [1, 1, 0], "B": [0.65, 0.65, 0.65], "C": [0, 0, 1], "D": [0, 0, 0]}
    _, methods = told(matrix, {"x": 0.34, "y": 0.33, "z": 0.33}, {"A": 0.5, "B": 0.5, "C": 0, "D": 0})
    assert methods.code == "verdict.methods.differ"
    assert "VIKOR puts B first" in methods.en
    assert "z for A (loses 0.330), x for B (0.119)" in methods.en
