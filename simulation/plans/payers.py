"""Who pays for a plan: the purses that its tables have a column each for, and which of them are public or private."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from geojeom import schemas

PAYERS = schemas.PAYERS
# ``local`` is money of province and city that a plan does not split between the two.
PUBLIC = ("national", "province", "city", "local")
PRIVATE = ("operator", "private_cash", "private_in_kind")
COLUMNS = [f"{payer}_krw" for payer in PAYERS]
# Of equal remainders the first takes the odd won: local purses before others, and the national last.
ODD_WON = ("local", "city", "province", "operator", "private_cash", "private_in_kind", "other", "national")
# Columns of tables of version 0.2.0 under their names of today; taken out with 0.4.0.
OLD = {"private_krw": "private_cash_krw"}


def paid(openings: pd.DataFrame, payers: Iterable[str]) -> int:
    """Won that some payers pay for some openings of a plan together.

    Parameters
    ----------
    openings : DataFrame
        Rows of plan.parquet.
    payers : iterable of str
        Of ``PAYERS``.

    Returns
    -------
    int
        Won.
    """
    return sum(int(openings[f"{payer}_krw"].sum()) for payer in payers)


def in_columns_of_today(table: pd.DataFrame) -> pd.DataFrame:
    """A plan table of version 0.2.0, with its three payers, as one of today; any other stays as it is.

    What the old table does not tell apart stays together: its ``local`` is province and city unsplit, its private money
    is taken for cash.
    """
    if not set(OLD) & set(table.columns) or set(OLD.values()) & set(table.columns):
        return table
    named = table.rename(columns=OLD)
    lacking = [column for column in COLUMNS if column not in named]
    return named.assign(**{column: pd.array([0] * len(named), dtype="Int64") for column in lacking})
