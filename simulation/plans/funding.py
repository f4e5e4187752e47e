"""Funding told year by year, held against what the openings cost."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from geojeom.errors import Fault
from simulation.plans.payers import COLUMNS


def funding_faults(openings: pd.DataFrame, funding: pd.DataFrame, file: str) -> list[Fault]:
    """Every opening of one plan whose funding does not sum to its cost, and every row of funding for no opening.

    ``funding`` has ``opening_id`` and a column for each payer (won); openings it does not name keep their own payers.
    """
    return list(_faults(openings, funding, file))


def _faults(openings: pd.DataFrame, funding: pd.DataFrame, file: str) -> Iterator[Fault]:
    cost_krw = dict(zip(openings["opening_id"].astype(str), openings["capex_krw"], strict=True))
    given = [column for column in COLUMNS if column in funding]
    for name, rows in funding.groupby("opening_id", sort=False):
        paid_krw = sum(int(rows[column].fillna(0).sum()) for column in given)
        if str(name) not in cost_krw:
            remedy = "Correct the id, or add the opening to the plan."
            yield Fault(file, "an opening of the plan", repr(name), remedy, row=str(name), column="opening_id")
        elif paid_krw != int(cost_krw[str(name)]):
            difference = paid_krw - int(cost_krw[str(name)])
            yield Fault(
                file,
                f"funding that sums to the cost, {int(cost_krw[str(name)]):,} KRW",
                f"{paid_krw:,} KRW, {abs(difference):,} {'more' if difference > 0 else 'less'}",
                "Correct what the payers pay, or the cost of the opening.",
                row=str(name),
                column="capex_krw",
            )
