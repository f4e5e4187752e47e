"""The money of a roll-out: what options use of each year's, by payer, and how much of it there is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geojeom.errors import Fault, PlanError
from simulation.plans.money import running_krw, year_of
from simulation.plans.payers import COLUMNS

RUNNING, ALL = "running", "all"


class Budgets:
    """What options use of each year's money, by payer, and of each year's running cost."""

    def __init__(self, packages: Sequence[pd.DataFrame], dates: NDArray[np.int64], start: str, months: int) -> None:
        self._years = [year_of(start, int(month)) for month in dates]
        self._last = year_of(start, months - 1)
        self._start, self._dates = start, dates
        self._paid = np.array([[int(package[column].sum()) for column in COLUMNS] for package in packages], float)
        self._running = [[int(krw) for krw in package["opex_krw_year"]] for package in packages]
        self._months = months

    def limits(
        self,
        when: NDArray[np.int64],
        fixed: pd.DataFrame,
        committed: pd.DataFrame | None,
        budget_krw: Mapping[int, int] | None,
    ) -> tuple[NDArray[np.float64], NDArray[np.float64], list[str]]:
        """Usage (m, K, R) and limit (R,) in won, and names of limits: ``2030 city``, ``2030 running``."""
        opened = np.flatnonzero(when < self._dates.size)
        if budget_krw is not None and (unknown := sorted(set(budget_krw) - set(self._years))):
            known = ", ".join(map(str, self._years))
            expected = f"years in which the plan opens something outside the hub: {known}"
            found = ", ".join(map(str, unknown))
            raise PlanError(Fault("--budget", expected, found, "Give the money to one of these years."))
        rows: list[tuple[str, NDArray[np.float64], float]] = []
        for date, year in enumerate(self._years):
            if budget_krw is not None:
                used = self._in_year(date, self._paid.sum(axis=1))
                rows.append((f"{year} {ALL}", used, float(budget_krw.get(year, 0))))
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
        return np.stack(usage, axis=2), np.array(limit, float), list(names)

    def _in_year(self, date: int, krw: NDArray[np.float64]) -> NDArray[np.float64]:
        used = np.zeros((krw.size, self._dates.size))
        used[:, date] = krw
        return used

    def _running_in(self, year: int) -> NDArray[np.float64]:
        """Whole won that each option costs to run in a year, by its date: as ``decisions.money`` counts them."""

        def of(krw_year: int, month: int) -> int:
            return running_krw(krw_year, self._start, month, self._months).get(year, 0)

        dates = [int(month) for month in self._dates]
        return np.array([[sum(of(krw, month) for krw in own) for month in dates] for own in self._running], float)
