"""The tables ``rollout``, ``rollout_limits`` and ``rollout_frontier`` (docs/files.md)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from simulation.plans.payers import COLUMNS

# Worth is said for so much money.
SAID_KRW = 100_000_000
# Columns of money and units that a row adds up over its openings.
SUMS = ("units", "capex_krw", "opex_krw_year", *COLUMNS)
_ROLLOUT = {
    **dict.fromkeys(("service", "zone_id", "cell_id"), "str"),
    **dict.fromkeys(("month_before", "last_before", "month_after"), "Int64"),
    **dict.fromkeys(("date_before", "date_after"), "str"),
    **dict.fromkeys(SUMS, "Int64"),
    "users_lost": "float64",
    "lacking": "Int64",
    "users_per_100m_krw": "float64",
}
_LIMITS = {
    "year": "Int64",
    "payer": "str",
    "limit_krw": "Int64",
    "used_krw": "Int64",
    "users_per_100m_krw": "float64",
}
_FRONTIER = {"share": "float64", "capital_krw": "Int64", "users": "float64", "bound": "float64"}


def rollout_table(rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """The table ``rollout``; what a row does not say is null.

    Parameters
    ----------
    rows : iterable of mapping
        Column -> value.

    Returns
    -------
    DataFrame
        docs/files.md, rollout.
    """
    return pd.DataFrame(list(rows), columns=list(_ROLLOUT)).astype(_ROLLOUT)


def limits_table(rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """The table ``rollout_limits``.

    Parameters
    ----------
    rows : iterable of mapping
        Column -> value.

    Returns
    -------
    DataFrame
        docs/files.md, rollout_limits.
    """
    return pd.DataFrame(list(rows), columns=list(_LIMITS)).astype(_LIMITS)


def frontier_table(rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """The table ``rollout_frontier``.

    Parameters
    ----------
    rows : iterable of mapping
        Column -> value.

    Returns
    -------
    DataFrame
        docs/files.md, rollout_frontier.
    """
    return pd.DataFrame(list(rows), columns=list(_FRONTIER)).astype(_FRONTIER)
