"""A plan as a table of dated openings: what can be told to be wrong by the table alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geojeom.errors import Fault
from geojeom.quantities import OpexShare, PriceKrw, Units, number, quantity_of
from simulation.plans.payers import COLUMNS
from simulation.plans.settings import Draft
from simulation.plans.siting import month_name

# What is wrong (a row each), the column to blame, what is expected there, and what to do.
Breach = tuple[str, NDArray[np.bool_], str, str]


def table_faults(openings: pd.DataFrame, draft: Draft, *, file: str) -> list[Fault]:
    """Every opening that cannot be, by the table alone: its service, dates, units and money.

    Parameters
    ----------
    openings : DataFrame
        Rows of plan.parquet.
    draft : Draft
        What holds of the services and the horizon.
    file : str
        The file, as faults name it.

    Returns
    -------
    list of Fault
        One per opening and rule; their row is district and number of the opening.
    """
    return of_breaches(openings, [*named(openings, draft), *figures(openings)], file)


def district_faults(chosen: Collection[str], district_ids: Collection[str], file: str) -> list[Fault]:
    """Every chosen district that the region does not have.

    Parameters
    ----------
    chosen : collection of str
        Ids of districts, as somebody named them.
    district_ids : collection of str
        Those of the region.
    file : str
        The file, as faults name it.

    Returns
    -------
    list of Fault
        One per id.
    """
    remedy = f"Known are: {', '.join(district_ids)}."
    return [
        Fault(file, "a district of the region", repr(name), remedy, column="district_id")
        for name in chosen
        if name not in district_ids
    ]


def of_breaches(openings: pd.DataFrame, breaches: Iterable[Breach], file: str) -> list[Fault]:
    """The faults of some breaches, an opening each.

    Parameters
    ----------
    openings : DataFrame
        Rows of plan.parquet.
    breaches : iterable of Breach
        Of these rows.
    file : str
        The file, as faults name it.

    Returns
    -------
    list of Fault
        Their row is district and number of the opening.
    """
    return [
        Fault(
            file,
            expected,
            repr(opening[column]),
            what,
            row=f"{opening['district_id']} {opening['opening_id']}",
            column=column,
        )
        for column, wrong, expected, what in breaches
        for opening in openings[wrong].to_dict("records")
    ]


def named(openings: pd.DataFrame, draft: Draft) -> Iterator[Breach]:
    """Yield what is wrong with service, month and date.

    Parameters
    ----------
    openings : DataFrame
        Rows of plan.parquet.
    draft : Draft
        What holds of the services and the horizon.

    Yields
    ------
    Breach
        One per rule, whether any row breaks it or not.
    """
    months = np.inf if draft.months is None else draft.months
    late = np.asarray(openings["month"] >= months, bool)
    yield "service", unknown_services(openings, draft), "a service of the catalogue", "Correct the id."
    yield "month", late, f"a month before {months}", "Open it earlier, or simulate more years."
    if draft.start is not None:
        named = np.array([month_name(draft.start, int(month)) for month in openings["month"]], dtype=object)
        other = np.asarray(openings["date"].to_numpy(object) != named, bool)
        expected = f"the month that `month` says, as YYYY-MM (month 0 is {draft.start})"
        yield "date", other, expected, "Correct date or month."


def places(openings: pd.DataFrame, cells: pd.DataFrame, district_travel: Mapping[str, Any]) -> Iterator[Breach]:
    """Yield what is wrong with cell and zone.

    Parameters
    ----------
    openings : DataFrame
        Rows of plan.parquet.
    cells : DataFrame
        C rows of cells.parquet.
    district_travel : mapping
        ``district_id`` (D,) and ``inside`` (D, C), as district_travel.npz has them.

    Yields
    ------
    Breach
        One per rule, whether any row breaks it or not.
    """
    cell = pd.Index(cells["cell_id"]).get_indexer(openings["cell_id"])
    row = pd.Index(district_travel["district_id"]).get_indexer(openings["district_id"])
    in_hub = district_travel["inside"][row, cell]
    yield "cell_id", cell < 0, "a cell of the region", "Put it on a cell of cells.parquet."
    elsewhere = np.asarray(openings["part"] == "in_district", bool) & (cell >= 0) & (row >= 0) & ~in_hub
    remedy = "Put it on a cell of the district, or into the diffusion part."
    yield "cell_id", elsewhere, "a cell inside the district", remedy
    zone, told = (zones.fillna("").to_numpy(object) for zones in (cells["zone_id"], openings["zone_id"]))
    other = (cell >= 0) & np.asarray(zone[cell] != told, bool)
    yield "zone_id", other, "the zone of the cell in cells.parquet", "Correct zone_id or cell_id."


def figures(openings: pd.DataFrame) -> Iterator[Breach]:
    """Yield what is wrong with units and money: the ranges of a template's.

    Parameters
    ----------
    openings : DataFrame
        Rows of plan.parquet.

    Yields
    ------
    Breach
        One per rule, whether any row breaks it or not.
    """
    units, price, opex = (quantity_of(kind) for kind in (Units, PriceKrw, OpexShare))
    count, capex_krw, opex_krw = (
        openings[name].to_numpy(np.float64) for name in ("units", "capex_krw", "opex_krw_year")
    )
    each = capex_krw / count
    expected = f"{units.range} {units.unit}"
    yield "units", (count < units.low) | (count > units.high), expected, "Correct the number."
    beyond = ((each < price.low) | (each > price.high)) & (each != 0)
    remedy = "Write the cost of all its units in won, or correct the units."
    yield "capex_krw", beyond, f"{price.range} {price.unit} ({price.source})", remedy
    expected = f"at most {number(opex.high)} {opex.unit} ({opex.source})"
    yield "opex_krw_year", opex_krw > opex.high * capex_krw, expected, "Write won a year."
    paid = np.array([sum(map(int, row)) for row in openings[COLUMNS].itertuples(index=False)], dtype=object)
    other = np.asarray(paid != openings["capex_krw"].to_numpy(object), bool)
    remedy = "Correct capex_krw, or what each payer pays (national_krw, province_krw and so on)."
    yield "capex_krw", other, "what all payers pay together", remedy


def unknown_services(openings: pd.DataFrame, draft: Draft) -> NDArray[np.bool_]:
    """Which openings are of a service that the catalogue does not have.

    Parameters
    ----------
    openings : DataFrame
        O rows of plan.parquet.
    draft : Draft
        What holds of the services.

    Returns
    -------
    bool (O,)
        True for those.
    """
    return np.asarray(~openings["service"].isin(list(draft.needs)), bool)
