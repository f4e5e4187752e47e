"""A plan template laid on a hub: which units open where, when, and who pays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

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
    "national_krw": "Int64",
    "local_krw": "Int64",
    "private_krw": "Int64",
}


@dataclass(frozen=True)
class Ground:
    """What a plan is laid on: cells (C) with centre ``xy_m`` (C, 2), people ``present`` (C,) and ``zone_id`` (C,).

    ``zone_id`` is None (or null) for a cell of no zone.
    """

    xy_m: NDArray[np.float64]
    present: NDArray[np.float64]
    zone_id: pd.Series


def lay(
    template: PlanTemplate,
    services: Mapping[str, Service],
    ground: Ground,
    inside: NDArray[np.bool_],
    *,
    hub_drive_s: NDArray[np.float32],
    start: str,
) -> pd.DataFrame:
    """Openings of the template on the hub whose cells are ``inside`` (C,), one row each; see COLUMNS.

    ``hub_drive_s`` (C,) is the drive from the hub, for the nearest-first order of zones; ``start`` is ``YYYY-MM``.
    ``cell`` is a row number of the cells; ``works_from`` is still null (simulation.availability fills it).
    Units with a catchment stand on the first cells of one common order of the hub's or zone's cells
    (simulation.sites), several on a cell only when there are more units than cells. Units that serve a whole area or
    city stand together on its first cell, as it makes no difference where. A roll-out goes down the zones of
    ``zone_order`` and ends early when the region has no further zone.
    """
    most = {
        part: max((_sites_wanted(item, services) for item in items), default=0)
        for part, items in (("in_district", template.in_district), ("diffusion", template.diffusion))
    }
    hub_sites = _sites(ground, np.flatnonzero(inside), most["in_district"])
    rows = [
        _opening("in_district", item, cell, units, item.month)
        for item in template.in_district
        for cell, units in _placed(hub_sites[: _sites_wanted(item, services)], item.units)
    ]
    zones = zones_in_order(template.zone_order, ground, inside, hub_drive_s)
    reached = max((roll_out.rounds * roll_out.zones for roll_out in template.diffusion), default=0)
    zone_sites = [_sites(ground, cells, most["diffusion"]) for cells in zones[:reached]]
    for roll_out in template.diffusion:
        for turn, sites in enumerate(zone_sites[: roll_out.rounds * roll_out.zones]):
            month = roll_out.first_month + turn // roll_out.zones * roll_out.every_months
            placed = _placed(sites[: _sites_wanted(roll_out, services)], roll_out.units)
            rows += [_opening("diffusion", roll_out, cell, units, month) for cell, units in placed]
    counted: dict[tuple[str, str], int] = {}
    for row in rows:
        service, split = services[row["service"]], row.pop("split")
        number = counted[row["part"], service.id] = counted.get((row["part"], service.id), 0) + 1
        capex_krw = row["units"] * service.capex_krw
        row |= {
            "opening_id": f"{row['part']}-{service.id}-{number}",
            "zone_id": ground.zone_id.iloc[row["cell"]],
            "works_from": None,
            "date": month_name(start, row["month"]),
            "capex_krw": capex_krw,
            "opex_krw_year": round(capex_krw * service.opex_share_year),
        }
        row |= {f"{payer}_krw": amount for payer, amount in split_krw(capex_krw, split).items()}
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)


def zones_in_order(
    order: str, ground: Ground, inside: NDArray[np.bool_], hub_drive_s: NDArray[np.float32]
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


def month_name(start: str, month: int) -> str:
    """``YYYY-MM`` of the month that many months after ``start``."""
    return str(pd.Period(start, freq="M") + month)


def _sites_wanted(item: InDistrict | Diffusion, services: Mapping[str, Service]) -> int:
    return item.units if services[item.service].reach.travel_s else 1


def _sites(ground: Ground, cells: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    return cells[np.array(spread(ground.xy_m[cells], ground.present[cells], count), np.int64)]


def _placed(sites: NDArray[np.int64], units: int) -> Iterator[tuple[int, int]]:
    """Cells that get units, and how many each."""
    each, more = divmod(units, len(sites))
    for number, cell in enumerate(sites):
        yield int(cell), each + (number < more)


def _opening(part: str, item: InDistrict | Diffusion, cell: int, units: int, month: int) -> dict[str, Any]:
    split: Split = item.split
    return {"part": part, "service": item.service, "cell": cell, "units": units, "month": month, "split": split}
