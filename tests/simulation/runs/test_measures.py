from __future__ import annotations

from fractions import Fraction
from math import floor

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.runs.dataset import Run
from simulation.runs.measures import coverage, measures, months_to, spent_krw
from simulation.runs.quantiles import ratio


def test_months_to_a_share_of_the_potential() -> None:
    # 30 potential: 10 % is 3, 50 % is 15, 90 % is 27. Two worlds; the second stops at 14.
    total = np.array([[[0, 0], [3, 2], [14, 3], [15, 13], [30, 14]], [[0, 0]] * 5], np.int64)
    found = months_to(total, np.array([30, 0]))
    assert found[0].tolist() == [[1, 2], [3, np.inf], [4, np.inf]]
    assert np.isnan(found[1]).all()


def test_ratio_with_nothing_below_is_missing() -> None:
    found = ratio(np.array([6, 6, 0]), np.array([3, 0, 0]))
    assert found[0] == 2
    assert np.isnan(found[1:]).all()


def openings() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "service": ["kiosk", "kiosk", "net"],
            "month": [0, 18, 6],
            "works_from": pd.array([6, 18, 6], dtype="Int64"),
            "capex_krw": [100, 200, 1000],
            "opex_krw_year": [12, 24, 120],
        }
    )


def test_cost_counts_from_the_month_of_opening() -> None:
    # Year 1: 100 + 12, and 1000 + 6 months of 120; year 2: 100 + 24, 200 + 6 months of 24, 1000 + 18 months of 120.
    assert spent_krw(openings(), 2).tolist() == [[0, 0, 0], [112, 0, 1060], [124, 212, 1180]]


def test_no_won_is_lost_by_rounding() -> None:
    # Three openings of 1 won a year, half a year in: 0.5 won each, 1.5 in all, which is 2 won; the first two get them.
    some = pd.DataFrame({"month": [6, 6, 6], "capex_krw": [10, 10, 10], "opex_krw_year": [1, 1, 1]})
    assert spent_krw(some, 2).tolist() == [[0, 0, 0], [11, 11, 10], [12, 12, 11]]


@given(st.lists(st.tuples(st.integers(0, 59), st.integers(0, 10**12), st.integers(0, 10**12)), min_size=1, max_size=30))
def test_sums_over_openings_are_the_plans_to_the_won(rows: list[tuple[int, int, int]]) -> None:
    some = pd.DataFrame(rows, columns=["month", "capex_krw", "opex_krw_year"])
    found = spent_krw(some, 5)
    for year in range(6):
        months = [max(12 * year - month, 0) for month, _, _ in rows]
        exact = [Fraction(n * opex, 12) + (capex if n else 0) for n, (_, capex, opex) in zip(months, rows, strict=True)]
        # Each opening within a won of what it costs, all together to the nearest won, halves up.
        assert all(abs(int(got) - one) < 1 for got, one in zip(found[year], exact, strict=True))
        assert int(found[year].sum()) == floor(sum(exact) + Fraction(1, 2))
    assert (np.diff(found, axis=0) >= 0).all()


def test_coverage_is_of_people_and_from_the_month_it_works() -> None:
    # Cells of 10, 30 and an unknown number of old people; the first kiosk serves the first, the second half the second.
    reached = np.array([[1, 0, 1], [0, 0.5, 0], [1, 1, 1]], np.float32)
    elderly = np.array([10, 30, np.nan])
    found = coverage(openings(), reached, ["kiosk", "net"], elderly, 2, covered_by={})
    assert found.tolist() == [[0, 10 / 40, 25 / 40], [0, 1, 1]]
    # A kiosk that is of use only where the net is: half of the second cell had it, and no net.
    bare = np.array([[1, 0, 1], [0, 0.5, 0], [1, 0, 1]], np.float32)
    gated = coverage(openings(), bare, ["kiosk", "net"], elderly, 2, covered_by={"kiosk": ["net"]})
    assert gated.tolist() == [[0, 10 / 40, 10 / 40], [0, 10 / 40, 10 / 40]]
    assert np.isnan(coverage(openings(), reached, ["kiosk"], np.full(3, np.nan), 2, covered_by={})).all()


def test_one_scenario() -> None:
    # One service, 2 cells of 20, the first in the hub; 2 years. Of ten worlds five have 10 inside and 4 outside, five
    # 8 and 2.
    total = np.zeros((2, 1, 25, 10), np.int64)
    total[0, 0, 12:], total[1, 0, 12:] = [10, 8] * 5, [4, 2] * 5
    run = Run(
        scenario="west",
        inside=np.array([True, False]),
        adopters=np.zeros((1, 25, 2), np.float32),
        adopters_quantile=np.zeros((1, 3, 2, 3), np.float32),
        total_inside=total[0],
        total_outside=total[1],
    )
    found = measures(
        run,
        ["kiosk"],
        np.array([[20, 20]], np.int32),
        openings=openings(),
        reached=np.ones((3, 2), np.float32),
        covered_by={},
        elderly=np.array([5.0, 5.0]),
        declining=np.array([0.0, np.nan]),
    )
    # Half of 20 inside is reached in month 12 by every other world; a tenth outside by all; half outside by none.
    reached = found["worlds_reached"].sel(service="kiosk")
    assert reached.sel(where="inside").values.tolist() == [1, 0.5, 0]
    assert reached.sel(where="outside").values.tolist() == [1, 0, 0]
    months = found["months_to"].sel(service="kiosk", where="inside", reached=0.5).values
    assert months[:2].tolist() == [12, 12]
    assert np.isnan(months[2])
    spill = found["spillover"].sel(service="kiosk").values
    assert np.isnan(spill[0]).all()
    assert spill[1] == pytest.approx([0.25, 0.25, 0.4])
    assert found["coverage_elderly"].sel(service="kiosk").values.tolist() == [0, 1, 1]
    assert np.isnan(found["coverage_declining"]).all()
    # Own cost 112 after a year over 14 or 10 adopters; the plan's 1172 over the same.
    assert found["cost_per_adopter_krw"].sel(service="kiosk").values[1] == pytest.approx([8, 8, 11.2])
    assert found["cost_per_adoption_krw"].values[1] == pytest.approx([1172 / 14, 1172 / 14, 117.2])
