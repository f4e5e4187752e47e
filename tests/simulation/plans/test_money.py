from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.plans.catalogue import Split
from simulation.plans.money import running_krw, split_krw, whole_won, year_of
from simulation.plans.payers import PAYERS


def parts(**krw: int) -> dict[str, int]:
    return dict.fromkeys(PAYERS, 0) | krw


def test_the_odd_won_goes_to_the_local_purse() -> None:
    assert split_krw(101, Split(national=0.5, local=0.5)) == parts(local=51, national=50)
    assert split_krw(101, Split(national=0.5, city=0.5)) == parts(city=51, national=50)
    assert split_krw(101, Split(national=0.5, other=0.5)) == parts(other=51, national=50)


def test_the_largest_remainder_takes_what_is_left() -> None:
    # Exact parts of 10: national 2.8, local 2.8, private 4.4: two won left, for the two remainders of .8.
    split = Split(national=0.28, local=0.28, private_cash=0.44)
    assert split_krw(10, split) == parts(local=3, private_cash=4, national=3)


def test_the_split_of_a_real_plan() -> None:
    # Asan's 24 billion won: national 12.0, province 2.88, city 9.12 (domain reference, plan tables).
    split = Split(national=0.5, province=0.12, city=0.38)
    assert split_krw(24_000_000_000, split) == parts(
        national=12_000_000_000, province=2_880_000_000, city=9_120_000_000
    )


def test_decimals_are_taken_as_written() -> None:
    split = Split(national=0.3, local=0.3, private_cash=0.4)
    assert split_krw(10_000_000_000, split) == parts(
        local=3_000_000_000, private_cash=4_000_000_000, national=3_000_000_000
    )


@given(st.integers(0, 10**13), st.lists(st.integers(0, 1000), min_size=7, max_size=7))
def test_payers_sum_to_the_whole(capex_krw: int, cuts: list[int]) -> None:
    ends = [0, *sorted(cuts), 1000]
    of_thousand = {payer: ends[at + 1] - ends[at] for at, payer in enumerate(PAYERS)}
    paid = split_krw(capex_krw, Split(**{payer: part / 1000 for payer, part in of_thousand.items()}))
    assert sum(paid.values()) == capex_krw
    for payer, amount in paid.items():
        # Less than a won beside the exact part.
        assert abs(1000 * amount - capex_krw * of_thousand[payer]) < 1000


@given(st.dictionaries(st.integers(), st.fractions(0, 10**12), max_size=8))
def test_no_won_is_lost_or_made(exact: dict[int, Fraction]) -> None:
    whole = whole_won(exact)
    assert abs(sum(whole.values()) - sum(exact.values())) <= Fraction(1, 2)
    assert all(abs(whole[part] - amount) < 1 for part, amount in exact.items())


@pytest.mark.parametrize(("month", "year"), [(0, 2027), (5, 2027), (6, 2028), (17, 2028), (18, 2029)])
def test_months_count_from_the_start(month: int, year: int) -> None:
    assert year_of("2027-07", month) == year


def test_running_cost_by_year_by_hand() -> None:
    # 100 won a year from November 2027 to April 2029: 2 months are 16.67, a year 100, 4 months 33.33: 150 in all.
    assert running_krw(100, "2027-01", 10, 28) == {2027: 17, 2028: 100, 2029: 33}
    assert running_krw(100, "2027-01", 10, 10) == {}


@given(st.integers(0, 10**12), st.integers(0, 40), st.integers(0, 100))
def test_a_whole_year_costs_the_yearly_sum(krw_year: int, first: int, months: int) -> None:
    by_year = running_krw(krw_year, "2027-01", first, first + months)
    assert abs(12 * sum(by_year.values()) - krw_year * months) <= 6
    whole_years = [year for year in by_year if 12 * (year - 2027) >= first and 12 * (year - 2026) <= first + months]
    assert all(by_year[year] == krw_year for year in whole_years)
