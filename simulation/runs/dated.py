"""A plan as a table of dated openings, held to the same bounds as a template before anything of it runs."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, get_args

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geojeom.errors import Fault
from geojeom.formats import percent, stated_percent
from geojeom.quantities import OpexShare, PriceKrw, Quantity, Units, number
from simulation.plans.payers import COLUMNS, PUBLIC, paid
from simulation.plans.settings import MOST_KRW, Draft
from simulation.runs.inputs import Inputs
from spatial.config.catalogue import Programme

# What is wrong (a row each), the column to blame, what is expected there, and what to do.
Breach = tuple[str, NDArray[np.bool_], str, str]


def opening_faults(
    table: pd.DataFrame, data: Inputs, draft: Draft, programme: Programme | None, chosen: Collection[str], *, file: str
) -> list[Fault]:
    """Every opening of a plan table, for the districts ``chosen``, that cannot be, and what cannot be of all together.

    ``table`` has the schema ``plan``; ``programme`` is None where no round's rules hold; faults name ``file``.
    """
    remedy = "Name districts of the plan, or add openings for this one."
    faults = [
        Fault(file, f"openings of {name}", "none", remedy, column="district_id")
        for name in chosen
        if not (table["district_id"] == name).any()
    ]
    openings = table[table["district_id"].isin(list(chosen))]
    for column, wrong, expected, what in [*_places(openings, data, draft), *_figures(openings)]:
        for opening in openings[wrong].to_dict("records"):
            row = f"{opening['district_id']} {opening['opening_id']}"
            faults.append(Fault(file, expected, repr(opening[column]), what, row=row, column=column))
    for name, own in openings.groupby("district_id", sort=False):
        faults += _lacking(own, draft, str(name), file)
        faults += _sums(own, draft, programme, str(name), file)
    return faults


def _places(openings: pd.DataFrame, data: Inputs, draft: Draft) -> Iterator[Breach]:
    """Yield what is wrong with service, month and cell."""
    cell = pd.Index(data.cells["cell_id"]).get_indexer(openings["cell_id"])
    row = pd.Index(data.district_travel["district_id"]).get_indexer(openings["district_id"])
    in_hub = data.district_travel["inside"][row, cell]
    months = np.inf if draft.months is None else draft.months
    late = np.asarray(openings["month"] >= months, bool)
    yield "service", _unknown(openings, draft), "a service of the catalogue", "Correct the id."
    yield "month", late, f"a month before {months}", "Open it earlier, or simulate more years."
    yield "cell_id", cell < 0, "a cell of the region", "Put it on a cell of cells.parquet."
    elsewhere = np.asarray(openings["part"] == "in_district", bool) & (cell >= 0) & (row >= 0) & ~in_hub
    remedy = "Put it on a cell of the district, or into the diffusion part."
    yield "cell_id", elsewhere, "a cell inside the district", remedy


def _figures(openings: pd.DataFrame) -> Iterator[Breach]:
    """Yield what is wrong with units and money: the ranges of a template's."""
    units, price, opex = (_range(kind) for kind in (Units, PriceKrw, OpexShare))
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


def _lacking(own: pd.DataFrame, draft: Draft, name: str, file: str) -> Iterator[Fault]:
    """Yield every prerequisite that a part of a district's openings leaves out; none while some id is misspelt."""
    if _unknown(own, draft).any():
        return
    for part, openings in own.groupby("part", sort=False):
        for service in dict.fromkeys(openings["service"]):
            for needed in draft.needs[service]:
                citywide = needed in draft.services and draft.services[needed].reach.kind == "citywide"
                if needed not in set((own if citywide else openings)["service"]):
                    yield Fault(
                        file,
                        f"the prerequisite {needed} opened in the same part of the plan",
                        f"no opening of {needed} there",
                        f"Open {needed} in {part} too, or take {service} out.",
                        row=f"{name} {service}",
                        column="service",
                    )


def _sums(own: pd.DataFrame, draft: Draft, programme: Programme | None, name: str, file: str) -> Iterator[Fault]:
    """Yield what is wrong with a district's openings together: what they cost, and who pays those inside."""
    years = (draft.months or 0) / 12
    total_krw = float(own["capex_krw"].astype(float).sum() + own["opex_krw_year"].astype(float).sum() * years)
    if total_krw > MOST_KRW:
        yield Fault(
            file,
            f"at most {MOST_KRW:,} KRW for all openings with their running cost (20 times Seoul's yearly budget)",
            f"{total_krw:,.0f} KRW",
            "Correct units or the price of a unit.",
            row=name,
            column="capex_krw",
        )
        # Sums of whole won would not be exact.
        return
    if programme is None:
        return
    inside = own[own["part"] == "in_district"]
    national = int(inside["national_krw"].sum())
    public = paid(inside, PUBLIC)
    if public > programme.ceiling_krw:
        yield Fault(
            file,
            f"at most {programme.ceiling_krw:,} KRW of public money inside (round {programme.id})",
            f"{public:,} KRW",
            "Take units or services out, or move them to the diffusion part.",
            row=name,
            column="national_krw",
        )
    # Parts are whole won: less than one won per opening above the share is no breach.
    if national > programme.national_share_max * public + len(inside):
        most = stated_percent(programme.national_share_max)
        yield Fault(
            file,
            f"a national share of at most {most} of public money",
            percent(national / public, 1, programme.national_share_max),
            "Let province or city pay more of some openings.",
            row=name,
            column="national_krw",
        )


def _unknown(openings: pd.DataFrame, draft: Draft) -> NDArray[np.bool_]:
    return np.asarray(~openings["service"].isin(list(draft.needs)), bool)


def _range(kind: Any) -> Quantity:
    quantity: Quantity = get_args(kind)[1]
    return quantity
