"""What may be built in a year, and what zones must get, as limits of the roll-out problem beside its money.

Both count what opens outside the hub, in units of any service. A minimum is a limit below 0 that openings add to:
``A least`` is what zone A must get by the end. What stays as it is counts first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from decisions.rollout.budgets import Row
from decisions.rollout.terms import Terms
from geojeom.errors import Fault, PlanError, raise_if_any
from simulation.plans.money import year_of

UNITS, LEAST = "units", "least"


def limits(
    packages: Sequence[pd.DataFrame], dates: NDArray[np.int64], fixed: pd.DataFrame, start: str, terms: Terms
) -> list[Row]:
    """Rows of what the ``terms`` ask for; PlanError where what stays breaks one, or too little may open at all."""
    outside = fixed[fixed["part"] == "diffusion"]
    units = np.array([int(package["units"].sum()) for package in packages], float)
    zone_of = [str(package["zone_id"].iloc[0]) for package in packages]
    rows: list[Row] = []
    faults: list[Fault] = []
    if terms.units_a_year is not None:
        rows, faults = _in_years(units, dates, outside, start, terms.units_a_year)
    # What closes again is not there at the end.
    stays = outside[outside["closes"].isna()] if "closes" in outside else outside
    stand = stays.groupby(stays["zone_id"].astype("str"))["units"].sum()
    for zone, least in sorted(_of_zones(terms.at_least, zone_of).items()):
        own = units * [each == zone for each in zone_of]
        lacking = least - int(stand.get(zone, 0))
        if own.sum() < lacking:
            expected = f"{least:,} units that open in {zone}"
            found = f"{int(own.sum()) + least - lacking:,} that may"
            remedy = "Ask for no more, name the zone in --zones, or plan more there."
            faults.append(Fault("--at-least", expected, found, remedy))
        elif lacking > 0:
            rows.append((f"{zone} {LEAST}", np.repeat(-own[:, None], dates.size, axis=1), float(-lacking)))
    raise_if_any(PlanError, faults)
    return rows


def _in_years(
    units: NDArray[np.float64], dates: NDArray[np.int64], outside: pd.DataFrame, start: str, most: int
) -> tuple[list[Row], list[Fault]]:
    rows: list[Row] = []
    faults = []
    year_opened = [year_of(start, int(month)) for month in outside["month"]]
    for date, month in enumerate(dates):
        year = year_of(start, int(month))
        stay = int(outside["units"][[opened == year for opened in year_opened]].sum())
        if stay > most:
            found = f"{stay:,} in {year} that stay as planned"
            faults.append(Fault("--units-a-year", f"at most {most:,} units outside the hub", found, "Allow as many."))
        used = np.zeros((units.size, dates.size))
        used[:, date] = units
        rows.append((f"{year} {UNITS}", used, float(most - stay)))
    return rows, faults


def _of_zones(at_least: Mapping[str | None, int], zones: Sequence[str]) -> dict[str, int]:
    """The most that is asked for each zone; under None it is asked for all in which something may open."""
    asked: dict[str, int] = {}
    for told, least in at_least.items():
        for zone in sorted(set(zones)) if told is None else [told]:
            asked[zone] = max(asked.get(zone, 0), least)
    return asked
