"""The roll-out problem as arrays: what may open, what it uses up, what it needs, and whom it reaches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import sparse


@dataclass(frozen=True)
class Stream:
    """One service's people, how they imitate, and the options that bring it to them; n cells, T months, Z zones.

    With y the share of users of a cell and u = -ln(1 - y), a month is

        u_i(t+1) = u_i(t) + a_i(t) · (seed_i + Σ_j contact_ij y_j(t) + Σ_z zone_weight[zone_i, z] · Y_z(t))

    with Y_z = Σ_{i in z} zone_share_i y_i; that is the mean field of docs/model.md. Rates are per month.
    """

    service: str
    options: NDArray[np.int64]  # (m,) rows of the instance's options that bring this service
    reach: NDArray[np.float64]  # (m, n) availability each gives
    base: NDArray[np.float64]  # (E, n) availability of all that is fixed
    epoch: NDArray[np.int64]  # (T,) the row of ``base`` of each month
    people: NDArray[np.float64]  # (n,) potential adopters
    worth: NDArray[np.float64]  # (n,) what a user of the cell counts in the goal, 0 inside the hub
    timing: NDArray[np.float64]  # (T + 1,) what a month counts in the goal; 1 in the last month: users at the horizon
    seed: NDArray[np.float64]  # (n,) p·v·Δt
    contact: sparse.csr_matrix  # (n, n) q·(1 - θc - θh)·Δt on the diagonal, q·θc·Δt·K off it
    zone: NDArray[np.int64]  # (n,), -1: none
    zone_share: NDArray[np.float64]  # (n,) part of the zone's people; 0 in none
    zone_weight: NDArray[np.float64]  # (Z, Z) q·θh·Δt·H

    @property
    def months(self) -> int:
        """T."""
        return self.epoch.size

    @cached_property
    def transposed(self) -> sparse.csr_matrix:
        """``contact`` the other way round."""
        return self.contact.T.tocsr()


@dataclass(frozen=True)
class Need:
    """Option ``option`` may be open only where one of ``suppliers`` is, from the same date on."""

    option: int
    suppliers: tuple[int, ...]


@dataclass(frozen=True)
class Instance:
    """m options that may each open once, at one of K dates (months, ascending) or never (K), within R limits.

    ``usage[o, k, r]`` is what option o uses of limit r when it opens at date k: money of a year and payer (capital when
    it opens, running cost every year after), units built in a year, or, below 0, what it adds to a minimum.
    """

    names: Sequence[str]
    dates: NDArray[np.int64]  # (K,)
    allowed: NDArray[np.bool_]  # (m, K)
    usage: NDArray[np.float64]  # (m, K, R)
    limit: NDArray[np.float64]  # (R,)
    limit_names: Sequence[str]
    needs: Sequence[Need] = ()
    streams: Sequence[Stream] = field(default=())

    @property
    def never(self) -> int:
        """K: the date of an option that does not open."""
        return self.dates.size

    def used(self, when: NDArray[np.int64]) -> NDArray[np.float64]:
        """What a plan (m,) of dates uses of each limit (R,)."""
        opened = np.flatnonzero(when < self.never)
        return np.asarray(self.usage[opened, when[opened]].sum(axis=0))

    def feasible(self, when: NDArray[np.int64]) -> bool:
        """Whether a plan keeps all limits, allowed dates and needs."""
        opened = np.flatnonzero(when < self.never)
        if not self.allowed[opened, when[opened]].all() or (self.used(when) > self.limit).any():
            return False
        return all(
            when[need.option] == self.never or min(when[supplier] for supplier in need.suppliers) <= when[need.option]
            for need in self.needs
        )
