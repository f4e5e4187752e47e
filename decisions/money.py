"""One table of a plan's money: whole won by year, payer, part, service and kind, and what is held against it.

Capital is paid in the year in which an opening opens, by its payers, or in the years and by the payers of its funding
where that is told. Running cost is paid by the month. docs/model.md has the equations.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

import pandas as pd

from simulation.plans.money import running_krw, whole_won, year_of
from simulation.plans.payers import COLUMNS, ODD_WON, PAYERS

UNSTATED = "unstated"
KEYS = ["year", "part", "service", "kind", "payer"]


def money(
    openings: pd.DataFrame,
    start: str,
    end: int,
    *,
    funding: pd.DataFrame | None = None,
    operation: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """The table ``money`` of one plan: what each payer pays in each year, for each part, service and kind of cost.

    Parameters
    ----------
    openings : DataFrame
        Rows of plan.parquet of one district. ``closes``, where there is such a column, is the first month in which an
        opening is closed; null where it stays.
    start : str
        Month 0 (``YYYY-MM``).
    end : int
        The month before which running cost is counted; what opens later is left out.
    funding : DataFrame, optional
        ``opening_id``, ``year`` and a column for each payer (won), which sum to the cost of the opening: they replace
        year and payers of its capital.
    operation : DataFrame, optional
        Who pays running cost: ``opening_id`` or ``service`` (an opening's own row goes before that of its service) and
        a column for each payer, in won or any other measure of its part. What is not told is of payer ``unstated``.

    Returns
    -------
    DataFrame
        Sorted by ``KEYS``; no won is lost or made (plans.money.whole_won).
    """
    sums: Counter[tuple[Any, ...]] = Counter()
    parts_of = _running_parts(operation)
    opened = openings[openings["month"] < end]
    for year, part, service, _, payer, krw in capital(opened, start, funding).itertuples(index=False):
        sums[int(year), part, service, "capital", payer] += int(krw)
    for opening in opened.to_dict("records"):
        what = (str(opening["part"]), str(opening["service"]))
        closes = opening.get("closes")
        last = end if closes is None or pd.isna(closes) else min(end, int(closes))
        parts = parts_of.get(("opening_id", str(opening["opening_id"]))) or parts_of.get(("service", what[1]))
        for year, krw in running_krw(int(opening["opex_krw_year"]), start, int(opening["month"]), last).items():
            for payer, share in _shared(krw, parts).items():
                sums[year, *what, "running", payer] += share
    rows = [(*key, krw) for key, krw in sorted(sums.items()) if krw]
    frame = pd.DataFrame(rows, columns=[*KEYS, "krw"])
    return frame.astype({"year": "Int64", "krw": "Int64", **dict.fromkeys(KEYS[1:], "str")})


def capital(openings: pd.DataFrame, start: str, funding: pd.DataFrame | None = None) -> pd.DataFrame:
    """What each payer pays of the openings' cost in each year, for each part, service and cost item.

    Parameters
    ----------
    openings, start, funding
        As in ``money``; ``cost_item`` of ``funding``, where there is such a column, says what the won are for.

    Returns
    -------
    DataFrame
        ``year``, ``part``, ``service``, ``cost_item`` (empty where none is told), ``payer``, ``krw``, sorted by them.
    """
    sums: Counter[tuple[Any, ...]] = Counter()
    funded = {} if funding is None else {str(name): rows for name, rows in funding.groupby("opening_id", sort=False)}
    for opening in openings.to_dict("records"):
        told = funded.get(str(opening["opening_id"]))
        opens = year_of(start, int(opening["month"]))
        for row in [opening] if told is None else told.to_dict("records"):
            year = opens if told is None else int(row["year"])
            what = (year, str(opening["part"]), str(opening["service"]), str(row.get("cost_item", "")))
            for payer, column in zip(PAYERS, COLUMNS, strict=True):
                if (krw := row.get(column)) is not None and not pd.isna(krw):
                    sums[*what, payer] += int(krw)
    rows = [(*key, krw) for key, krw in sorted(sums.items()) if krw]
    columns = ["year", "part", "service", "cost_item", "payer", "krw"]
    texts = dict.fromkeys(columns[1:-1], "str")
    return pd.DataFrame(rows, columns=columns).astype({"year": "Int64", "krw": "Int64", **texts})


def _running_parts(operation: pd.DataFrame | None) -> dict[tuple[str, str], dict[str, Fraction]]:
    """The parts of payers in running cost, by opening or service; none where nothing above 0 is told."""
    told: dict[tuple[str, str], dict[str, Fraction]] = {}
    for row in () if operation is None else operation.to_dict("records"):
        parts = {
            # The decimals as written, exactly.
            payer: Fraction(str(value))
            for payer in ODD_WON
            if (value := row.get(f"{payer}_krw")) is not None and not pd.isna(value) and value
        }
        for key in ("opening_id", "service"):
            if parts and isinstance(row.get(key), str):
                told[key, row[key]] = parts
                break
    return told


def _shared(krw: int, parts: Mapping[str, Fraction] | None) -> dict[str, int]:
    if not parts:
        return {UNSTATED: krw}
    whole = sum(parts.values())
    return whole_won({payer: krw * part / whole for payer, part in parts.items()})


def room(table: pd.DataFrame, commitments: pd.DataFrame) -> pd.DataFrame:
    """What the payers commit beside what they are to pay for capital, by year and payer.

    Parameters
    ----------
    table : DataFrame
        That of ``money``.
    commitments : DataFrame
        ``year`` and a column for each payer (won); a year or payer that it lacks commits nothing.

    Returns
    -------
    DataFrame
        ``year``, ``payer``, ``needed_krw``, ``committed_krw`` and ``room_krw``, which is below 0 where they are short;
        sorted by year and by the order of ``PAYERS``.
    """
    capital = table[table["kind"] == "capital"]
    needed = Counter({(int(year), str(payer)): int(krw) for (year, payer), krw in _by(capital, ["year", "payer"])})
    committed: Counter[tuple[int, str]] = Counter()
    for row in commitments.to_dict("records"):
        for payer, column in zip(PAYERS, COLUMNS, strict=True):
            if (krw := row.get(column)) is not None and not pd.isna(krw):
                committed[int(row["year"]), payer] += int(krw)
    rows = [
        (year, payer, needed[year, payer], committed[year, payer], committed[year, payer] - needed[year, payer])
        for year, payer in sorted(needed | committed, key=lambda key: (key[0], PAYERS.index(key[1])))
    ]
    columns = ["year", "payer", "needed_krw", "committed_krw", "room_krw"]
    return pd.DataFrame(rows, columns=columns).astype({name: "str" if name == "payer" else "Int64" for name in columns})


def _by(table: pd.DataFrame, columns: list[str]) -> Iterator[tuple[Any, int]]:
    yield from table.groupby(columns)["krw"].sum().items()


def discounted(table: pd.DataFrame, rate: float, to_year: int) -> pd.DataFrame:
    """The table of ``money`` with ``present_krw``: its won as worth at the end of ``to_year``, at ``rate`` a year.

    All money of a year counts as paid at the end of that year.
    """
    years = table["year"].to_numpy(float) - to_year
    return table.assign(present_krw=table["krw"].to_numpy(float) * (1 + rate) ** -years)


def readable(table: pd.DataFrame, rate: float | None = None) -> str:
    """The table of ``money`` for a terminal: capital by payer and running cost, a line a year and their sum.

    Parameters
    ----------
    table : DataFrame
        That of ``money``, of one plan.
    rate : float, optional
        A share a year: with it also what all is worth at the end of the first year.

    Returns
    -------
    str
        In won.
    """
    if table.empty:
        return "no money"
    what = table["payer"].where(table["kind"] == "capital", "running cost")
    wide = table.assign(what=what).pivot_table("krw", "year", "what", aggfunc="sum", fill_value=0)
    wide = wide[[name for name in (*PAYERS, "running cost") if name in wide]].astype("Int64")
    wide.loc["in all"] = wide.sum()
    lines = [wide.map("{:,}".format).rename_axis(index=None, columns="KRW").to_string()]
    if rate is not None:
        first = int(table["year"].min())
        present = discounted(table, rate, first)["present_krw"].sum()
        lines.append(f"{present:,.0f} KRW in all at the end of {first}, at {rate:.2%} a year")
    return "\n".join(lines)


def readable_room(left: pd.DataFrame) -> str:
    """The table of ``room`` for a terminal: a line for each year and payer that commits or is to pay any.

    Parameters
    ----------
    left : DataFrame
        That of ``room``.

    Returns
    -------
    str
        In won; below 0 where a payer is short.
    """
    if left.empty:
        return "nothing is committed, nor to be paid"
    shown = left.rename(columns={f"{name}_krw": name for name in ("needed", "committed", "room")})
    formats = dict.fromkeys(("needed", "committed", "room"), "{:,}".format)
    return "room left, KRW\n" + shown.to_string(index=False, formatters=formats)
