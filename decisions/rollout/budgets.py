"""The money of a roll-out: what options use of each year's, by payer, and how much of it there is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulation.plans.money import year_of
from simulation.plans.payers import COLUMNS
from simulation.spread.block import MONTHS_PER_YEAR

RUNNING = "running"


class Budgets:
    """What options use of each year's money, by payer, and of each year's running cost."""

    def __init__(self, packages: Sequence[pd.DataFrame], dates: NDArray[np.int64], start: str, months: int) -> None:
        self._years = [year_of(start, int(month)) for month in dates]
        self._last = year_of(start, months - 1)
        self._start, self._dates = start, dates
        self._paid = np.array([[int(package[column].sum()) for column in COLUMNS] for package in packages], float)
        self._running = np.array([int(package["opex_krw_year"].sum()) for package in packages], float)

    def limits(
        self,
        when: NDArray[np.int64],
        fixed: pd.DataFrame,
        committed: pd.DataFrame | None,
        budget_krw: Mapping[int, int] | None,
    ) -> tuple[NDArray[np.float64], NDArray[np.float64], list[str]]:
        """Usage (m, K, R), limit (R,) and the limits' names: ``2030 city``, ``2030 running`` or ``2030``."""
        opened = np.flatnonzero(when < self._dates.size)
        rows: list[tuple[str, NDArray[np.float64], float]] = []
        for date, year in enumerate(self._years):
            if budget_krw is not None:
                used = self._in_year(date, self._paid.sum(axis=1))
                rows.append((str(year), used, float(budget_krw.get(year, 0))))
                continue
            for payer, column in enumerate(COLUMNS):
                used = self._in_year(date, self._paid[:, payer])
                if used.any():
                    limit = used[opened, when[opened]].sum()
                    if committed is not None:
                        own = fixed[[year_of(self._start, int(month)) == year for month in fixed["month"]]]
                        promised = committed.loc[committed["year"].astype(int) == year, column].sum()
                        limit = max(float(promised) - float(own[column].sum()), 0.0)
                    rows.append((f"{year} {column.removesuffix('_krw')}", used, limit))
        if budget_krw is None:
            for year in range(self._years[0], self._last + 1):
                used = self._running_in(year)
                rows.append((f"{year} {RUNNING}", used, used[opened, when[opened]].sum()))
        names, usage, limit = zip(*rows, strict=True)
        # Half a won more: sums of twelfths of a year are not whole.
        return np.stack(usage, axis=2), np.array(limit) + 0.5, list(names)

    def _in_year(self, date: int, krw: NDArray[np.float64]) -> NDArray[np.float64]:
        used = np.zeros((krw.size, self._dates.size))
        used[:, date] = krw
        return used

    def _running_in(self, year: int) -> NDArray[np.float64]:
        # In its first year an opening runs for the months that are left of it.
        left = [min(max(months_to(self._start, year) - int(month), 0), MONTHS_PER_YEAR) for month in self._dates]
        return np.asarray(self._running[:, None] * np.array(left) / MONTHS_PER_YEAR, np.float64)


def months_to(start: str, year: int) -> int:
    """The months from ``start`` to the end of a calendar year."""
    first_year, first_month = (int(part) for part in start.split("-"))
    return (year + 1 - first_year) * MONTHS_PER_YEAR - (first_month - 1)
