"""Tables on how sure a ranking is: intervals, what would settle them, tornado, pairs; and nobody ranked at all."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from decisions.ranking.robustness import rank_interval, robustness, settling
from decisions.ranking.score import score
from geojeom.tables import check_schema, read_table, write_table
from tests.decisions.ranking.test_score import CRITERIA, DISTRICTS, NONE, PROFILE, VALUES, values, vetoes

DRAWS = 2000


def tables(found: pd.DataFrame, judged: pd.DataFrame = NONE):
    scores, contributions = score(DISTRICTS, found, judged, CRITERIA, PROFILE)
    result = robustness(scores, contributions, DRAWS)
    for name, frame in result._asdict().items():
        check_schema(frame, name, name)
    return result


def test_rank_intervals_by_hand() -> None:
    # a lies surely above c; b may be anywhere; d is level with c.
    low, high = np.array([0.6, 0.1, 0.5, 0.5]), np.array([0.6, 0.9, 0.5, 0.5])
    best, worst = rank_interval(low, high)
    assert (best.tolist(), worst.tolist()) == ([1, 1, 2, 2], [2, 4, 3, 3])


def test_what_would_settle_a_score() -> None:
    utilities = np.array([[np.nan, np.nan, 0.1], [0.2, 0.3, np.nan], [np.nan, 0.3, 0.3]])
    assert settling(utilities, np.array([0.3, 0.7, 0.0])) == [1, None, 0]


def test_by_hand() -> None:
    # people -> 0, 1, 0.5 weighing 3/4; price -> 1, 0, 1 weighing 1/4: scores 0.25, 0.75, 0.625.
    found = tables(VALUES)
    rows = found.robustness.set_index("district_id")
    assert rows["rank"].tolist() == rows["rank_best"].tolist() == rows["rank_worst"].tolist() == [3, 1, 2]
    assert rows["settling_criterion"].isna().all()
    # b and c are level where w = 0.5·w + (1 - w), at w = 2/3.
    assert rows.loc["b", ["least_criterion", "least_rival"]].tolist() == ["people", "c"]
    assert rows.loc["b", ["least_from", "least_to"]].tolist() == pytest.approx([0.75, 2 / 3])
    assert rows.loc["a", ["least_criterion", "least_to", "least_rival"]].isna().all()
    bars = found.tornado.set_index(["district_id", "criterion"])
    assert bars.loc[("b", "price"), ["weight_low", "weight_high"]].tolist() == pytest.approx(
        [np.nan, 1 / 3], nan_ok=True
    )
    assert bars.loc[("b", "price"), "rival_high"] == "c"
    # More weight on what nobody weighs, where a has 0, b half and c all: c overtakes b.
    # 0.75·(1 - t) + 0.5·t = 0.625·(1 - t) + t at t = 1/5.
    assert bars.loc[("b", "unweighed"), "weight_high"] == pytest.approx(0.2)
    pair = found.pairs.set_index(["district_id", "other_id"]).loc[("b", "c")]
    assert pair["difference"] == pytest.approx(0.125)
    # b wins above 2/3 of the weight on people: a third of all weightings, two thirds of those with people first.
    assert pair["winning_uniform"] == pytest.approx(1 / 3, abs=0.04)
    assert pair["winning_ordinal"] == pytest.approx(2 / 3, abs=0.04)
    assert len(found.pairs) == 6


def test_acceptability_by_hand() -> None:
    found = tables(VALUES).acceptability.set_index(["weighting", "district_id"])
    assert len(found) == 9
    even = found.loc["uniform"]
    # b is first above 2/3, c below; a is never ahead of c.
    np.testing.assert_allclose(np.vstack(even["rank_acceptability"])[:, 0], [0, 1 / 3, 2 / 3], atol=0.04)
    assert even.loc["a", "central_weights"] is None
    assert np.isnan(even.loc["a", "confidence"])
    np.testing.assert_allclose(even.loc["b", "central_weights"], [5 / 6, 1 / 6, 0], atol=0.02)
    assert even.loc["b", "confidence"] == 1


def test_a_missing_value_opens_the_rank_and_is_named() -> None:
    # b's people may be worth 0 to 1: it scores 0 to 0.75, the others 0.25 (people 0) and 1 (people 1).
    found = tables(values(people=[100, None, 200], price=[10, 30, 10], unweighed=[1, 2, 3]))
    rows = found.robustness.set_index("district_id")
    assert rows.loc["b", ["rank", "rank_best", "rank_worst", "settling_criterion"]].tolist() == [3, 2, 3, "people"]
    assert rows.loc["a", ["rank", "rank_best", "rank_worst"]].tolist() == [2, 2, 3]
    assert pd.isna(rows.loc["a", "settling_criterion"])


def test_vetoed_candidates_do_not_compete() -> None:
    found = tables(VALUES, vetoes(False, True, False))
    assert found.robustness["district_id"].tolist() == ["a", "c"]
    assert set(found.pairs["district_id"]) | set(found.pairs["other_id"]) == {"a", "c"}
    assert all(len(shares) == 2 for shares in found.acceptability["rank_acceptability"])


def test_no_ranked_candidate_leaves_empty_tables(tmp_path) -> None:
    found = tables(VALUES, vetoes(True, True, True))
    for name, frame in found._asdict().items():
        assert frame.empty
        write_table(frame, tmp_path / f"{name}.parquet", name)
        assert read_table(tmp_path / f"{name}.parquet", name).empty


def test_the_tables_keep_their_schema_on_disk(tmp_path) -> None:
    for name, frame in tables(VALUES)._asdict().items():
        write_table(frame, tmp_path / f"{name}.parquet", name)
        assert len(read_table(tmp_path / f"{name}.parquet", name)) == len(frame)
