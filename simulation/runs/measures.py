"""What a scenario's worlds say beyond their totals: how soon, how far beyond the hub, who is served, at what cost.

Over worlds every measure is given at the quantiles of ``quantiles.py``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr
from numpy.typing import NDArray

from simulation.plans import availability
from simulation.runs.dataset import Run
from simulation.runs.quantiles import over_worlds, ratio

REACHED = (0.1, 0.5, 0.9)
WHERE = ("inside", "outside")
ACROSS = "quantiles over worlds"


def months_to(total: NDArray[np.int64], potential: NDArray[np.int64]) -> NDArray[np.float64]:
    """Months until each share in REACHED of the potential has adopted.

    Parameters
    ----------
    total : int64 (S, T+1, W)
        Adopters of each service after 0 … T months in each world.
    potential : int64 (S,)
        Potential adopters (persons).

    Returns
    -------
    float64 (S, R, W)
        Months; +∞ where the horizon ends before, NaN where there is no potential.
    """
    result = np.full((total.shape[0], len(REACHED), total.shape[2]), np.inf)
    for column, share in enumerate(REACHED):
        # A hair less: 0.1 · 30 is a little over 3 in binary.
        enough = total >= (share * potential - 1e-9)[:, None, None]
        result[:, column] = np.where(enough.any(axis=1), enough.argmax(axis=1), np.inf)
    result[potential == 0] = np.nan
    return result


def coverage(
    openings: pd.DataFrame,
    reached: NDArray[np.float32],
    services: Sequence[str],
    people: NDArray[np.float64],
    years: int,
    *,
    covered_by: Mapping[str, Sequence[str]],
) -> NDArray[np.float64]:
    """Share of people who can use each service in the last month of each year.

    Parameters
    ----------
    openings : DataFrame
        Rows O, with ``service`` and ``works_from``.
    reached : float32 (O, C)
        Availability (0-1) of each opening in each cell.
    services : sequence of str
        S ids.
    people : float64 (C,)
        Persons; NaN where unknown, and then not counted.
    years : int
        Y.
    covered_by : mapping
        As in ``plans.availability.in_month``.

    Returns
    -------
    float64 (S, Y+1)
        Each person counts with the availability of their cell; 0 in year 0, NaN where nobody is known.
    """
    known = np.nan_to_num(people)
    result = np.zeros((len(services), years + 1))
    for year in range(1, years + 1):
        result[:, year] = availability.in_month(openings, reached, services, 12 * year - 1, covered_by) @ known
    return ratio(result, np.array(known.sum()))


def spent_krw(openings: pd.DataFrame, years: int) -> NDArray[np.int64]:
    """Capital and running cost of each opening to the end of each year.

    Capital is spent in the month of opening and running costs from then on, a twelfth of the yearly sum a month,
    whether or not the opening works yet. The twelfths of all openings together are rounded to the nearest won and
    shared out by largest remainder (ties to the earlier row): sums over groups of openings add up to the plan's.

    Parameters
    ----------
    openings : DataFrame
        Rows O, with ``month`` (from 0), ``capex_krw`` and ``opex_krw_year`` (whole won).
    years : int
        Y.

    Returns
    -------
    int64 (Y+1, O)
        Won spent up to the end of years 0 … Y.
    """
    month, capex_krw, opex_krw_year = (
        openings[name].to_numpy(dtype=np.int64) for name in ("month", "capex_krw", "opex_krw_year")
    )
    months = np.maximum(12 * np.arange(years + 1)[:, None] - month, 0)
    whole, twelfths = np.divmod(months * opex_krw_year, 12)
    # Where a year's openings stand in the order of their remainders, largest first.
    order = np.argsort(-twelfths, axis=1, kind="stable")
    rank = np.argsort(order, axis=1, kind="stable")
    left = (twelfths.sum(axis=1) + 6) // 12
    return np.asarray((months > 0) * capex_krw + whole + (rank < left[:, None]), np.int64)


def measures(
    run: Run,
    services: Sequence[str],
    potential: NDArray[np.int32],
    *,
    openings: pd.DataFrame,
    reached: NDArray[np.float32],
    covered_by: Mapping[str, Sequence[str]],
    elderly: NDArray[np.float64],
    declining: NDArray[np.float64],
) -> xr.Dataset:
    """All measures of one scenario, with names, units and what a missing value means.

    Parameters
    ----------
    run : Run
        The scenario's worlds.
    services : sequence of str
        S ids.
    potential : int32 (S, n)
        Potential adopters (persons) over the run's cells.
    openings : DataFrame
        Rows O of the plan, with ``works_from``.
    reached : float32 (O, C)
        Availability of each opening over all cells of the table.
    covered_by : mapping
        As in ``plans.availability.in_month``.
    elderly, declining : float64 (C,)
        People of 65 and over, and residents of declining zones; NaN where unknown.

    Returns
    -------
    Dataset
        Dimensions ``service``, ``where``, ``reached``, ``year`` and ``quantile`` (docs/files.md).
    """
    inside, outside = (total[:, ::12] for total in (run.total_inside, run.total_outside))  # (S, Y+1, W)
    served = partial(coverage, openings, reached, services, years=inside.shape[1] - 1, covered_by=covered_by)
    variables = {
        **_how_soon(run, potential),
        **_how_far(inside, outside),
        **_who_is_served(served(elderly), served(declining)),
        **_at_what_cost(openings, services, inside + outside),
    }
    coordinates = {
        "service": list(services),
        "where": ("where", list(WHERE), {"long_name": "inside or outside the hub"}),
        "reached": ("reached", np.array(REACHED), {"long_name": "share of the potential adopters"}),
    }
    return xr.Dataset(variables, coordinates)


def _how_soon(run: Run, potential: NDArray[np.int32]) -> dict[str, Any]:
    """Months to each share of the potential (S, n), inside and outside, and how many worlds get there."""
    potentials = [potential[:, cells].sum(axis=1, dtype=np.int64) for cells in (run.inside, ~run.inside)]
    pairs = zip((run.total_inside, run.total_outside), potentials, strict=True)
    months = np.stack([months_to(*pair) for pair in pairs], axis=1)  # (S, 2, R, W)
    return {
        "months_to": (
            ("service", "where", "reached", "quantile"),
            over_worlds(months).astype(np.float32),
            {
                "long_name": f"months until a share of the potential has adopted, {ACROSS}; "
                "missing where it has not within the horizon",
                "units": "months",
            },
        ),
        "worlds_reached": (
            ("service", "where", "reached"),
            np.where(np.isnan(months).any(axis=-1), np.nan, np.isfinite(months).mean(axis=-1)).astype(np.float32),
            {"long_name": "share of worlds that get there within the horizon", "units": "1"},
        ),
    }


def _how_far(inside: NDArray[np.int64], outside: NDArray[np.int64]) -> dict[str, Any]:
    """Adopters (S, Y+1, W) beyond the hub by those within."""
    return {
        "spillover": (
            ("service", "year", "quantile"),
            over_worlds(ratio(outside, inside)).astype(np.float32),
            {
                "long_name": f"adopters outside the hub per adopter inside, {ACROSS}; "
                "missing where a world has none inside",
                "units": "1",
            },
        ),
    }


def _who_is_served(elderly: NDArray[np.float64], declining: NDArray[np.float64]) -> dict[str, Any]:
    """Shares (S, Y+1) of people who can use each service."""
    return {
        "coverage_elderly": (
            ("service", "year"),
            elderly.astype(np.float32),
            {
                "long_name": "share of people of 65 and over who can use the service at the end of the year",
                "units": "1",
            },
        ),
        "coverage_declining": (
            ("service", "year"),
            declining.astype(np.float32),
            {"long_name": "share of residents of declining zones who can use the service", "units": "1"},
        ),
    }


def _at_what_cost(openings: pd.DataFrame, services: Sequence[str], adopters: NDArray[np.int64]) -> dict[str, Any]:
    """What is spent to the end of each year, by each service and in all, and per adopter (S, Y+1, W)."""
    spent = spent_krw(openings, adopters.shape[1] - 1)
    own = [spent[:, (openings["service"] == name).to_numpy()].sum(axis=1) for name in services]
    by_service = np.array(own, np.int64).reshape(adopters.shape[:2])
    whole_plan = spent.sum(axis=1)
    return {
        "spent_krw": (
            ("service", "year"),
            by_service,
            {"long_name": "capital and running cost of the service's own openings to date", "units": "KRW"},
        ),
        "spent_plan_krw": (
            ("year",),
            whole_plan,
            {"long_name": "capital and running cost of all openings of the plan to date", "units": "KRW"},
        ),
        "cost_per_adopter_krw": (
            ("service", "year", "quantile"),
            over_worlds(ratio(by_service[..., None], adopters)).astype(np.float32),
            {"long_name": f"own cost to date per adopter, {ACROSS}; missing without adopters", "units": "KRW"},
        ),
        "cost_per_adoption_krw": (
            ("year", "quantile"),
            over_worlds(ratio(whole_plan[:, None], adopters.sum(axis=0))).astype(np.float32),
            {
                "long_name": f"cost of the whole plan to date per adoption of any service, {ACROSS}; "
                "missing without adopters",
                "units": "KRW",
            },
        ),
    }
