from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from simulation.plans.catalogue import Split
from simulation.plans.money import split_krw


def test_the_odd_won_goes_to_the_local_purse() -> None:
    assert split_krw(101, Split(national=0.5, local=0.5)) == {"local": 51, "private": 0, "national": 50}


def test_the_largest_remainder_takes_what_is_left() -> None:
    # Exact parts of 10: national 2.8, local 2.8, private 4.4: two won left, for the two remainders of .8.
    assert split_krw(10, Split(national=0.28, local=0.28, private=0.44)) == {"local": 3, "private": 4, "national": 3}


def test_decimals_are_taken_as_written() -> None:
    assert split_krw(10_000_000_000, Split(national=0.3, local=0.3, private=0.4)) == {
        "local": 3_000_000_000,
        "private": 4_000_000_000,
        "national": 3_000_000_000,
    }


@given(st.integers(0, 10**13), st.integers(0, 1000), st.integers(0, 1000))
def test_payers_sum_to_the_whole(capex_krw: int, first: int, second: int) -> None:
    national, local = min(first, second), abs(first - second)
    shares = Split(national=national / 1000, local=local / 1000, private=(1000 - national - local) / 1000)
    parts = split_krw(capex_krw, shares)
    assert sum(parts.values()) == capex_krw
    for payer, amount in parts.items():
        assert abs(amount - capex_krw * getattr(shares, payer)) < 1 + capex_krw * 1e-9
