"""A plan workbook read together with all of its region that a search for a better one needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from geojeom.messages import Remark
from simulation.city_folder import book_of, read_city
from simulation.folder import checked, gather
from simulation.plans.settings import Scheme, read
from simulation.runs import inputs
from simulation.workbook.book import Workbook
from simulation.workbook.city import City
from simulation.workbook.drafting import form_of
from simulation.workbook.money import commitments_of
from simulation.workbook.plan import Plan, plan_of
from simulation.workbook.revised import Revision, revised
from simulation.workbook.services import Names
from simulation.workbook.together import table_of
from simulation.workbook.writing import Form
from spatial.config.resolved import stored_region


@dataclass(frozen=True)
class PlanRead:
    """A plan, the workbook that it stands in, and the city that it is for; ``seed`` is the region's."""

    book: Workbook
    plan: Plan
    city: City
    scheme: Scheme
    data: inputs.Inputs
    openings: pd.DataFrame
    seed: int

    @property
    def committed(self) -> pd.DataFrame | None:
        """What the payers commit by year, as the sheet of funding says; None where it says nothing."""
        return commitments_of(self.plan.sheets.get("funding", []))

    @property
    def form(self) -> Form:
        """The form of a workbook of this plan, in its own language."""
        return form_of(replace(self.city, services=self._services), self.book.ledger.language)

    def revised(self, revision: Revision) -> tuple[dict[str, list[dict[str, Any]]], list[Remark]]:
        """The workbook's sheets after a revision, and what else a team must look at.

        Parameters
        ----------
        revision : Revision
            What changes.

        Returns
        -------
        sheets : dict of list of dict
            Sheet -> its rows, money in won.
        notes : list of Remark
            As ``workbook.revised.revised`` gives them.
        """
        return revised(self.book, revision, Names(self._services), self.book.ledger.language)

    @property
    def _services(self) -> Mapping[str, Any]:
        services: dict[str, Any] = self.plan.services.model_dump(mode="json")
        return services


def read_plan(path: Path, folder: Path) -> PlanRead:
    """Read a plan workbook with the results of its region.

    Parameters
    ----------
    path : Path
        The workbook.
    folder : Path
        The region's results folder.

    Returns
    -------
    PlanRead
        It can be simulated.

    Raises
    ------
    WorkbookError
        With every fault of the workbook by its cell.
    SourceError
        For what is no workbook.
    """
    book, city = book_of(path), read_city(folder)
    plan = plan_of(book, city)
    stored = stored_region(folder)
    resolved = stored.plain | {"services": plan.services.model_dump(mode="json")}
    scheme = read(resolved, str(folder / "region.json"))
    data, known = gather(folder)
    data = checked(folder, data, scheme, known)
    openings = inputs.from_table(table_of({path.stem: plan}, city.cells).drop(columns="plan_id"), data.cells, plan.hub)
    return PlanRead(book, plan, city, scheme, data, openings, stored.region.seed)
