"""A plan template laid on a hub: which units open where, when, and who pays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geojeom.messages import Remark
from simulation.plans import payers
from simulation.plans.catalogue import Diffusion, InDistrict, PlanTemplate, Service, Split
from simulation.plans.money import split_krw
from simulation.plans.sites import spread

COLUMNS = {
    "opening_id": "str",
    "part": "str",
    "service": "str",
    "cell": "int64",
    "zone_id": "str",
    "month": "Int64",
    "works_from": "Int64",
    "date": "str",
    "units": "Int64",
    "capex_krw": "Int64",
    "opex_krw_year": "Int64",
    **dict.fromkeys(payers.COLUMNS, "Int64"),
}


@dataclass(frozen=True)
class CityCells:
    """What a plan is laid on: cells (C) with centre ``xy_m`` (C, 2), people ``present`` (C,) and ``zone_id`` (C,).

    ``zone_id`` is None (or null) for a cell of no zone.
    """

    xy_m: NDArray[np.float64]
    present: NDArray[np.float64]
    zone_id: pd.Series


@dataclass(frozen=True)
class Scaling:
    """How much of a template's units inside a district of ``area_m2`` gets, where it is meant for ``meant_m2``."""

    area_m2: float
    meant_m2: float

    @property
    def share(self) -> float:
        """The part of the units, at most 1."""
        return min(self.area_m2 / self.meant_m2, 1.0)

    def units(self, units: int) -> int:
        """Whole units, halves up, of each at least one."""
        return max(int(np.floor(units * self.share + 0.5)), 1)

    @property
    def remark(self) -> Remark:
        """What to say of a district that gets a part."""
        return Remark("plan.scaled", meant_m2=self.meant_m2, area_m2=self.area_m2, share=self.share)


def scaling(meant_m2: float | None, area_m2: float) -> Scaling | None:
    """The scaling of a district smaller than a template is meant for.

    Parameters
    ----------
    meant_m2 : float or None
        The area that the template's units inside are meant for; None where they suit any.
    area_m2 : float
        The district's.

    Returns
    -------
    Scaling or None
        None where the district gets all units.
    """
    return None if meant_m2 is None or area_m2 >= meant_m2 else Scaling(area_m2, meant_m2)


def scaled(template: PlanTemplate, area_m2: float) -> PlanTemplate:
    """The template with the units inside that a district of that area gets.

    Parameters
    ----------
    template : PlanTemplate
        The plan.
    area_m2 : float
        The district's area.

    Returns
    -------
    PlanTemplate
        The same one where it gets all units.
    """
    if (how := scaling(template.hub_area_m2, area_m2)) is None:
        return template
    inside = [item.model_copy(update={"units": how.units(item.units)}) for item in template.in_district]
    return template.model_copy(update={"in_district": inside})


@dataclass(frozen=True)
class Tranche:
    """Units of one item of the plan that open in one month in one area: 0 is the hub, 1, 2, ... the zones in order."""

    part: str
    item: InDistrict | Diffusion
    month: int
    area: int


def lay(
    template: PlanTemplate,
    services: Mapping[str, Service],
    ground: CityCells,
    inside: NDArray[np.bool_],
    *,
    hub_drive_s: NDArray[np.float32],
    start: str,
) -> pd.DataFrame:
    """Openings of the template on a hub, one row each.

    Units with a catchment stand on the first cells of one common order of the hub's or zone's cells (plans.sites); a
    later tranche of a service goes on where the earlier ones ended, and only when every cell has as many does one get
    another. Units that serve a whole area or city stand together on its first cell, as it makes no difference where. A
    roll-out goes down the zones of ``zone_order`` and ends early when the region has no further zone.

    Parameters
    ----------
    template : PlanTemplate
        The plan.
    services : mapping of Service
        By id.
    ground : CityCells
        The region's cells.
    inside : bool (C,)
        The hub's cells.
    hub_drive_s : float32 (C,)
        Seconds by car from the hub, for the nearest-first order of zones.
    start : str
        Month 0 (``YYYY-MM``).

    Returns
    -------
    DataFrame
        ``COLUMNS``; ``cell`` is a row number of the cells, ``works_from`` is still null (plans.availability fills it).
    """
    zones = zones_in_order(template.zone_order, ground, inside, hub_drive_s)
    tranches = list(_tranches(template, len(zones)))
    wanted: dict[int, Counter[str]] = {}
    for tranche in tranches:
        wanted.setdefault(tranche.area, Counter())[tranche.item.service] += _sites_wanted(tranche.item, services)
    sites = {
        area: _sites(ground, zones[area - 1] if area else np.flatnonzero(inside), max(of_service.values()))
        for area, of_service in wanted.items()
    }
    taken: Counter[tuple[int, str]] = Counter()
    stands: list[list[tuple[int, int]]] = [[] for _ in tranches]
    # Of two tranches the one that opens first has the better sites, whichever the plan names first.
    for number in sorted(range(len(tranches)), key=lambda number: tranches[number].month):
        area, item = tranches[number].area, tranches[number].item
        if services[item.service].reach.travel_s:
            stands[number] = list(placed(sites[area], taken[area, item.service], item.units))
            taken[area, item.service] += item.units
        else:
            stands[number] = [(int(sites[area][0]), item.units)]
    rows = [
        _opening(tranche, cell, units) for tranche, cells in zip(tranches, stands, strict=True) for cell, units in cells
    ]
    zone_id = ground.zone_id.to_numpy(dtype=object)
    counted: dict[tuple[str, str], int] = {}
    for row in rows:
        service, split = services[row["service"]], row.pop("split")
        number = counted[row["part"], service.id] = counted.get((row["part"], service.id), 0) + 1
        capex_krw = row["units"] * service.capex_krw
        row |= {
            "opening_id": f"{row['part']}-{service.id}-{number}",
            "zone_id": zone_id[row["cell"]],
            "works_from": None,
            "date": month_name(start, row["month"]),
            "capex_krw": capex_krw,
            "opex_krw_year": round(capex_krw * service.opex_share_year),
        }
        row |= {f"{payer}_krw": amount for payer, amount in split_krw(capex_krw, split).items()}
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)


def zones_in_order(
    order: str, ground: CityCells, inside: NDArray[np.bool_], hub_drive_s: NDArray[np.float32]
) -> list[NDArray[np.int64]]:
    """The peopled cells outside the hub of each zone, in the order the roll-out takes the zones.

    ``nearest``: by drive from the hub to the zone's cell with most people, those beyond its bound by straight line
    after them. ``most_people``: by people of the zone outside the hub. Ties go to the lower zone_id; zones without
    people outside the hub are left out.
    """
    outside = pd.DataFrame({"zone_id": ground.zone_id.array, "present": ground.present})[~inside]
    outside = outside[outside["present"] > 0].dropna(subset="zone_id")
    zones = outside.groupby("zone_id")["present"].agg(["idxmax", "sum"]).sort_index()
    if order == "most_people":
        rank = np.argsort(-zones["sum"].to_numpy(), kind="stable")
    else:
        fullest = zones["idxmax"].to_numpy(dtype=np.int64)
        away_m = np.hypot(*(ground.xy_m[fullest] - ground.xy_m[inside].mean(axis=0)).T)
        rank = np.lexsort((away_m, hub_drive_s[fullest]))
    cells = {zone: part.index.to_numpy(dtype=np.int64) for zone, part in outside.groupby("zone_id")}
    return [cells[zones.index[i]] for i in rank]


@cache
def month_name(start: str, month: int) -> str:
    """``YYYY-MM`` of the month that many months after ``start``.

    Parameters
    ----------
    start : str
        Month 0 (``YYYY-MM``).
    month : int
        Months after it.

    Returns
    -------
    str
        The month.
    """
    return str(pd.Period(start, freq="M") + month)


def _tranches(template: PlanTemplate, zones: int) -> Iterator[Tranche]:
    """Yield what opens together, in the order of the plan; a roll-out ends when the ``zones`` there are end."""
    for item in template.in_district:
        yield Tranche("in_district", item, item.month, 0)
    for roll_out in template.diffusion:
        for turn in range(min(roll_out.rounds * roll_out.zones, zones)):
            month = roll_out.first_month + turn // roll_out.zones * roll_out.every_months
            yield Tranche("diffusion", roll_out, month, turn + 1)


def _sites_wanted(item: InDistrict | Diffusion, services: Mapping[str, Service]) -> int:
    return item.units if services[item.service].reach.travel_s else 1


def _sites(ground: CityCells, cells: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    return cells[np.array(spread(ground.xy_m[cells], ground.present[cells], count), np.int64)]


def placed(sites: NDArray[np.int64], first: int, units: int) -> Iterator[tuple[int, int]]:
    """Cells that get units and how many each: one to each cell in turn, from place ``first`` of the order on.

    Parameters
    ----------
    sites : int64 (n,)
        Cells, best first; at least one.
    first : int
        Places of the order that are taken already.
    units : int
        How many there are to place.

    Yields
    ------
    cell, units : int
        At most n cells; the first get one more where the units do not go up evenly.
    """
    each, more = divmod(units, len(sites))
    for number in range(min(units, len(sites))):
        yield int(sites[(first + number) % len(sites)]), each + (number < more)


def _opening(tranche: Tranche, cell: int, units: int) -> dict[str, Any]:
    split: Split = tranche.item.split
    return {
        "part": tranche.part,
        "service": tranche.item.service,
        "cell": cell,
        "units": units,
        "month": tranche.month,
        "split": split,
    }
