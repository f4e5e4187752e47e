"""The money of a plan's sheets as the tables that a round's rules are held against: funding, operation, commitments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from simulation.plans.payers import COLUMNS as PAYER_COLUMNS
from simulation.workbook.openings import of_item

Rows = Sequence[Mapping[str, Any]]


def funding_of(openings: pd.DataFrame, rows: Rows) -> pd.DataFrame | None:
    """The capital of each opening by year and cost item, as the sheet spends it.

    A row of several openings (of a service, or of a number on several cells) pays for them in the order of their
    months: the earliest money for what opens first, to the won.

    Parameters
    ----------
    openings : DataFrame
        One plan's, as the table ``plans`` has them.
    rows : sequence of mapping
        Those of the sheet of funding.

    Returns
    -------
    DataFrame or None
        ``opening_id``, ``year``, ``cost_item`` and a column for each payer (won); None where the sheet spends nothing.
    """
    items: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        if row["row"] == "spend" and row["item"] is not None:
            items.setdefault(row["item"], []).append(row)
    parts = [
        part
        for item, own in items.items()
        for column in PAYER_COLUMNS
        for part in _paid(of_item(openings, item).sort_values("month", kind="stable"), own, column)
    ]
    if not parts:
        return None
    frame = pd.DataFrame(parts, columns=["opening_id", "year", "cost_item", "payer", "krw"])
    keys = ["opening_id", "year", "cost_item"]
    wide = frame.pivot_table("krw", keys, "payer", aggfunc="sum", fill_value=0, sort=False)
    whole: pd.DataFrame = wide.reindex(columns=PAYER_COLUMNS, fill_value=0).reset_index()
    return whole


def _paid(
    openings: pd.DataFrame, rows: Sequence[Mapping[str, Any]], column: str
) -> Iterator[tuple[str, int, str, str, int]]:
    """Lay what one payer spends over the years on the openings in their order; both sum to the same."""
    waiting = [[row["year"], row["cost_item"] or "", int(row[column] or 0)] for row in sorted(rows, key=_year)]
    for opening_id, cost in zip(openings["opening_id"], openings[column], strict=True):
        left = int(cost)
        while left and waiting:
            year, cost_item, rest = waiting[0]
            part = min(left, rest)
            left, waiting[0][2] = left - part, rest - part
            if part:
                yield str(opening_id), int(year), cost_item, column, part
            if not waiting[0][2]:
                waiting.pop(0)


def _year(row: Mapping[str, Any]) -> int:
    return int(row["year"])


def commitments_of(rows: Rows) -> pd.DataFrame | None:
    """What the payers commit by year.

    Parameters
    ----------
    rows : sequence of mapping
        Those of the sheet of funding.

    Returns
    -------
    DataFrame or None
        ``year`` and a column for each payer (won), a row per row of the sheet; None where it says nothing of it.
    """
    held = [
        {"year": row["year"], **{column: row[column] or 0 for column in PAYER_COLUMNS}}
        for row in rows
        if row["row"] == "commitment"
    ]
    return pd.DataFrame(held) if held else None


def operation_of(openings: pd.DataFrame, rows: Rows) -> pd.DataFrame | None:
    """Who pays the running cost of an opening or service, by its first stated year.

    Parameters
    ----------
    openings : DataFrame
        One plan's, as the table ``plans`` has them.
    rows : sequence of mapping
        Those of the sheet of operation.

    Returns
    -------
    DataFrame or None
        ``service`` or ``opening_id`` (the other is null where there are rows of both kinds) and a column for each
        payer (won); None where nobody is named.
    """
    services = set(openings["service"])
    held: dict[tuple[str, str], dict[str, Any]] = {}
    for row in sorted(rows, key=lambda row: int(row["year_after"] or 0)):
        if row["item"] is None:
            continue
        names = [("service", row["item"])] if row["item"] in services else _ids(openings, row["item"])
        for key in names:
            held.setdefault(key, {key[0]: key[1], **{column: row[column] or 0 for column in PAYER_COLUMNS}})
    return pd.DataFrame(list(held.values())) if held else None


def _ids(openings: pd.DataFrame, item: str) -> list[tuple[str, str]]:
    return [("opening_id", str(name)) for name in of_item(openings, item)["opening_id"]]


def steps_of(rows: Rows, start: str) -> dict[str, int]:
    """The months of the programme's steps from month 0 on (``start``, ``YYYY-MM``): done where done, else planned.

    Parameters
    ----------
    rows : sequence of mapping
        Those of the sheet of the schedule.
    start : str
        Month 0 (``YYYY-MM``).

    Returns
    -------
    dict of int
        Step -> month, below 0 before ``start``; steps without a date are left out.
    """
    begin = pd.Period(start, freq="M")
    dated = {row["step"]: row["actual"] or row["planned"] for row in rows if row["step"] is not None}
    return {step: int((pd.Period(month, freq="M") - begin).n) for step, month in dated.items() if month is not None}


def unreflected(rows: Rows) -> list[str]:
    """The firms whose proposals were not declined and are reflected nowhere.

    Parameters
    ----------
    rows : sequence of mapping
        Those of the sheet of proposals.

    Returns
    -------
    list of str
        Each firm once, in the order of the sheet.
    """
    open_ones = [row for row in rows if row["state"] != "declined" and row["reflected_in"] is None]
    return list(dict.fromkeys(str(row["firm"]) for row in open_ones))
