"""A plan as a table of dated openings, held to the same bounds as a template before anything of it runs."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import pandas as pd

from geojeom.errors import Fault
from geojeom.formats import percent, stated_percent
from simulation.plans.openings import figures, named, of_breaches, places, unknown_services
from simulation.plans.payers import PUBLIC, paid
from simulation.plans.settings import MOST_KRW, Draft
from simulation.runs.inputs import Inputs
from spatial.config.catalogue import Programme


def opening_faults(
    table: pd.DataFrame, data: Inputs, draft: Draft, programme: Programme | None, chosen: Collection[str], *, file: str
) -> list[Fault]:
    """Every opening of a plan table that cannot be, and what cannot be of all together.

    Parameters
    ----------
    table : DataFrame
        Of the schema ``plan``.
    data : Inputs
        The region.
    draft : Draft
        What holds of the services and the horizon.
    programme : Programme or None
        The round; None where no round's rules hold.
    chosen : collection of str
        The districts that are looked at, by id.
    file : str
        The file, as faults name it.

    Returns
    -------
    list of Fault
        Empty where all hold.
    """
    remedy = "Name districts of the plan, or add openings for this one."
    faults = [
        Fault(file, f"openings of {name}", "none", remedy, column="district_id")
        for name in chosen
        if not (table["district_id"] == name).any()
    ]
    openings = table[table["district_id"].isin(list(chosen))]
    breaches = [*named(openings, draft), *places(openings, data.cells, data.district_travel), *figures(openings)]
    faults += of_breaches(openings, breaches, file)
    for name, own in openings.groupby("district_id", sort=False):
        faults += _lacking(own, draft, str(name), file)
        faults += _sums(own, draft, programme, str(name), file)
    return faults


def _lacking(own: pd.DataFrame, draft: Draft, name: str, file: str) -> Iterator[Fault]:
    """Yield every prerequisite that a part of a district's openings leaves out; none while some id is misspelt."""
    if unknown_services(own, draft).any():
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
