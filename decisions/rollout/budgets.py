"""The money of a roll-out: what options use of each year's, by payer, and how much of it there is.

Where what a year leaves is carried over, capital is held to the money of the years so far: ``to 2030 city`` is what the
city has given by the end of 2030. Running cost is of its own year: nobody is paid with what is left of the last.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from decisions.rollout.terms import Terms
from geojeom.errors import Fault, PlanError
from simulation.plans.money import running_krw, year_of
from simulation.plans.payers import COLUMNS

RUNNING, ALL = "running", "all"
# A limit: its name, what options use of it (m, K), and how much there is.
Row = tuple[str, NDArray[np.float64], float]


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
        self, when: NDArray[np.int64], fixed: pd.DataFrame, committed: pd.DataFrame | None, terms: Terms
    ) -> list[Row]:
        """Limits in won: ``2030 city``, ``2030 running``."""
        if terms.budget_krw is not None:
            self._known(terms.budget_krw)
            given = np.array([float(terms.budget_krw.get(year, 0)) for year in self._years])
            return self._capital(ALL, self._paid.sum(axis=1), given, carry_over=terms.carry_over)
        rows = []
        for payer, column in enumerate(COLUMNS):
            given = self._given(column, self._paid[:, payer], when, fixed, committed, terms)
            if self._paid[:, payer].any():
                name = column.removesuffix("_krw")
                rows += self._capital(name, self._paid[:, payer], given, carry_over=terms.carry_over)
        opened = np.flatnonzero(when < self._dates.size)
        for year in range(self._years[0], self._last + 1):
            used = self._running_in(year)
            rows.append((f"{year} {RUNNING}", used, used[opened, when[opened]].sum()))
        return rows

    def _known(self, budget_krw: Mapping[int, int]) -> None:
        if unknown := sorted(set(budget_krw) - set(self._years)):
            known = ", ".join(map(str, self._years))
            expected = f"years in which the plan opens something outside the hub: {known}"
            found = ", ".join(map(str, unknown))
            raise PlanError(Fault("--budget", expected, found, "Give the money to one of these years."))

    def _given(  # noqa: PLR0917 -- a payer, and all that says what he gives
        self,
        column: str,
        paid: NDArray[np.float64],
        when: NDArray[np.int64],
        fixed: pd.DataFrame,
        committed: pd.DataFrame | None,
        terms: Terms,
    ) -> NDArray[np.float64]:
        """What a payer has for options in the year of each date (K,); carried over, beside that of earlier ones."""
        if committed is None:
            return np.array([paid[when == date].sum() for date in range(self._dates.size)])
        years = pd.Series([year_of(self._start, int(month)) for month in fixed["month"]], fixed.index, dtype=int)
        own = fixed[column].groupby(years).sum()
        promised = committed[column].groupby(committed["year"].astype(int)).sum()
        left = promised.sub(own, fill_value=0).astype(float)
        if not terms.carry_over:
            return np.array([max(left.get(year, 0.0), 0.0) for year in self._years])
        # What stays is paid first: money of years before the first date counts, and so does what these years lack.
        so_far = np.array([left[left.index <= year].sum() for year in self._years]).clip(min=0)
        return np.diff(so_far, prepend=0.0)

    def _capital(
        self, payer: str, krw: NDArray[np.float64], given: NDArray[np.float64], *, carry_over: bool
    ) -> list[Row]:
        """A limit for each date's year, on the capital of that year or of all years so far."""
        rows = []
        for date, year in enumerate(self._years):
            used = np.zeros((krw.size, self._dates.size))
            if carry_over:
                used[:, : date + 1] = krw[:, None]
                rows.append((f"to {year} {payer}", used, float(given[: date + 1].sum())))
            else:
                used[:, date] = krw
                rows.append((f"{year} {payer}", used, float(given[date])))
        return rows

    def _running_in(self, year: int) -> NDArray[np.float64]:
        """Whole won that each option costs to run in a year, by its date: as ``decisions.money`` counts them."""

        def of(krw_year: int, month: int) -> int:
            return running_krw(krw_year, self._start, month, self._months).get(year, 0)

        dates = [int(month) for month in self._dates]
        return np.array([[sum(of(krw, month) for krw in own) for month in dates] for own in self._running], float)
