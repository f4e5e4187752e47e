"""Money in whole won, split among payers so that nothing is lost."""

from __future__ import annotations

from fractions import Fraction

from simulation.plans.catalogue import Split


def split_krw(capex_krw: int, split: Split) -> dict[str, int]:
    """Whole won by payer (``national``, ``local``, ``private``) that sum to ``capex_krw`` exactly: largest remainder.

    Of equal remainders the local purse takes the odd won first and the national last, so that rounding never lifts
    the national share over a limit it just keeps.
    """
    # The decimals as written, exactly: in binary 0.3 of a sum is a hair off, and the hair would decide who pays.
    shares = {payer: Fraction(str(getattr(split, payer))) for payer in ("local", "private", "national")}
    exact = {payer: capex_krw * share / sum(shares.values()) for payer, share in shares.items()}
    whole = {payer: int(amount) for payer, amount in exact.items()}
    by_remainder = sorted(shares, key=lambda payer: whole[payer] - exact[payer])
    for payer in by_remainder[: capex_krw - sum(whole.values())]:
        whole[payer] += 1
    return whole
