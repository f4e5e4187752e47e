"""What a roll-out is judged by: when users count, and whom they count for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geojeom.errors import Fault
from geojeom.messages import Remark
from simulation.plans.people import column_values, zones_in_decline

# Who may count otherwise than once: people of 65 and over, and users in zones in decline by law.
ELDERLY, DECLINING = "elderly", "declining"
MONTHS_PER_YEAR = 12


@dataclass(frozen=True)
class Goal:
    """Users outside the hub at the end of the years, or their years of use.

    ``user_years`` sums the users of all months, a twelfth each; ``discount`` a year takes them as worth in month 0.
    ``weights`` say how often a user of a group counts (``ELDERLY``, ``DECLINING``); all others count once.
    """

    user_years: bool = False
    discount: float = 0.0
    weights: Mapping[str, float] = field(default_factory=dict)

    @property
    def plain(self) -> bool:
        """Whether it is users at the end of the years, all alike."""
        return not self.user_years and not self.weights

    def timing(self, months: int) -> NDArray[np.float64]:
        """What users after 0, 1, ... months count.

        Parameters
        ----------
        months : int
            T, the months simulated.

        Returns
        -------
        float64 (T + 1,)
            1 for the last month alone, or a twelfth a month, discounted.
        """
        if not self.user_years:
            return np.append(np.zeros(months), 1.0)
        years = np.arange(months + 1) / MONTHS_PER_YEAR
        counts = (1 + self.discount) ** -years / MONTHS_PER_YEAR
        counts[0] = 0.0
        return counts

    def faults(self, cells: pd.DataFrame, history: pd.DataFrame) -> list[Fault]:
        """What the region does not tell and the weights need.

        Parameters
        ----------
        cells, history : DataFrame
            The tables of these names.

        Returns
        -------
        list of Fault
            Empty where it tells all.
        """
        faults = []
        if ELDERLY in self.weights and cells[["population", "elderly"]].isna().all().any():
            expected = "the region's population and its people of 65 and over"
            faults.append(
                Fault("--weight", expected, "unknown", "Leave out elderly, or give the region such a source.")
            )
        if DECLINING in self.weights and not (zones_in_decline(cells, history) == 1).any():
            expected = "zones in decline by law, as far as the region's yearly figures and buildings tell"
            faults.append(Fault("--weight", expected, "none", "Leave out declining, or give the region such sources."))
        return faults

    def of_cells(self, cells: pd.DataFrame, history: pd.DataFrame, group: str) -> NDArray[np.float64]:
        """What a user in each cell counts.

        Users of a service for all residents are of 65 and over as residents of their cell are; those of one for young
        people or workers are not. Where a share or a zone's decline is unknown a user counts once.

        Parameters
        ----------
        cells, history : DataFrame
            The tables of these names.
        group : str
            The column of the cells of the people that the service is for.

        Returns
        -------
        float64 (C,)
            1 for a user who counts once.
        """
        counts = np.ones(len(cells))
        if ELDERLY in self.weights:
            people, old = column_values(cells, group), column_values(cells, ELDERLY)
            share = np.divide(old, people, out=np.zeros(len(cells)), where=people > 0)
            if group in {"population", ELDERLY}:
                counts *= 1 + (self.weights[ELDERLY] - 1) * np.clip(np.nan_to_num(share), 0, 1)
        if DECLINING in self.weights:
            status = cells["zone_id"].map(zones_in_decline(cells, history)).to_numpy(np.float64)
            counts *= np.where(status == 1, self.weights[DECLINING], 1.0)
        return counts

    @property
    def remark(self) -> Remark:
        """The goal in words."""
        if not self.user_years:
            what = Remark("rollout.goal.users")
        elif self.discount:
            what = Remark("rollout.goal.discounted", rate=self.discount)
        else:
            what = Remark("rollout.goal.user_years")
        if not self.weights:
            return what
        whom = [Remark("rollout.counts", who=name, times=times) for name, times in sorted(self.weights.items())]
        return Remark("rollout.goal.weighted", goal=what, whom=whom)

    @property
    def unit(self) -> Remark:
        """What its figures are of."""
        unit = Remark("rollout.unit.user_years") if self.user_years else Remark("rollout.unit.users")
        return Remark("rollout.unit.weighted", unit=unit) if self.weights else unit
