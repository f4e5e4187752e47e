"""What blocks of cells are worth, made anew from the arrays of a certificate by plain sums.

With u = -ln(1 - y) of the share y of users in a cell, a month is u(t+1) = u(t) + a(t) · (seed + contact y + zone pull).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise, product
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from decisions.rollout.checker_file import SERVICE_FORMS

# So few cells are linked by a full matrix.
FEW = 1000
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Turn = Callable[[Floats], Floats]


@dataclass(frozen=True)
class Links:
    """How users of cells make others adopt: by ``contact``, and from the part of a zone they are in to other parts."""

    contact: Any  # (to, from)
    give: Any  # (to, parts)
    weight: Any  # (parts, parts)
    take: Any  # (parts, from)

    def into(self, shares: Floats) -> Floats:
        """The hazard that shares (from, lanes) add, (to, lanes)."""
        return np.asarray(self.contact @ shares + self.give @ (self.weight @ (self.take @ shares)))

    def back(self, slope: Floats) -> Floats:
        """A slope by hazard (to, lanes) as one by shares (from, lanes)."""
        return np.asarray(self.contact.T @ slope + self.take.T @ (self.weight.T @ (self.give.T @ slope)))

    def to(self, cells: Ints) -> Links:
        """The links to some cells."""
        return Links(self.contact[cells], self.give[cells], self.weight, self.take)

    def among(self, cells: Ints) -> tuple[Turn, Turn]:
        """``into`` and ``back`` of the links among some cells; as one full matrix if they are few, which is quicker."""
        links = self.to(cells)
        links = Links(links.contact[:, cells], links.give, links.weight, links.take[:, cells])
        if cells.size > FEW:
            return links.into, links.back
        matrix = links.into(np.eye(cells.size))
        return matrix.__matmul__, matrix.T.__matmul__


def _spread(into: Turn, available: Floats, hazard: Floats) -> Floats:
    """Shares (T + 1, cells, lanes) where ``hazard`` (T, cells, 1 or lanes) is what does not come by ``into``."""
    months, cells, lanes = available.shape
    shares, u = np.zeros((months + 1, cells, lanes)), np.zeros((cells, lanes))
    for t in range(months):
        u += available[t] * (hazard[t] + into(shares[t]))
        shares[t + 1] = 1 - np.exp(-u)
    return shares


class Service(SimpleNamespace):
    """One service: its arrays by their names in the file, and what is made of them."""

    def __init__(self, arrays: Mapping[str, Any], number: int) -> None:
        super().__init__(**{name: arrays[f"{name}_{number}"] for name in SERVICE_FORMS})
        self.name = str(arrays["services"][number])
        self.never = arrays["dates"].size
        self.months = np.append(arrays["dates"], self.epoch.size)
        self.month = np.arange(self.epoch.size)
        self.cells = [np.flatnonzero(self.block == b) for b in range(len(self.pull))]
        own = [self.tier_option[first:end] for first, end in pairwise(self.tier_option_start)]
        self.tiers = [own[first:end] for first, end in pairwise(self.tier_start)]
        self.states = [_states(len(tiers), self.never) for tiers in self.tiers]
        self.label = [s[:, 0] if s.shape[1] else np.full(len(s), self.never) for s in self.states]

    def fixed_of(self, b: int) -> Floats:
        """``fixed`` of a block's states."""
        return np.asarray(self.fixed[self.state_start[b] : self.state_start[b + 1]])

    def goal(self, when: Ints) -> float:
        """What a plan (o,) of dates is worth in this service."""
        return float(self.timing @ (self._path(when) @ self.worth))

    def _path(self, when: Ints) -> Floats:
        """Shares (T + 1, n) under a plan."""
        available = self.base[self.epoch]
        for reach, first in zip(self.reach, self.months[when], strict=True):
            available[first:] = np.maximum(available[first:], reach)
        seed = np.broadcast_to(self.seed[:, None], (self.month.size, self.seed.size, 1))
        return _spread(self._links.into, available[:, :, None], seed)[:, :, 0]

    @cached_property
    def _links(self) -> Links:
        return self._linked(np.zeros_like(self.block))

    @cached_property
    def _within(self) -> Links:
        return self._linked(self.block)

    @cached_property
    def _between(self) -> Links:
        """As ``_links`` is for cells of other blocks; for those of the same it lacks ``contact``."""
        return replace(self._links, contact=(self._links.contact - self._within.contact).tocsr())

    def _linked(self, group: Ints) -> Links:
        """Links among the cells of each group."""
        n, zones, groups = group.size, len(self.zone_weight), int(group.max(initial=0)) + 1
        contact = sparse.csr_matrix(
            (self.contact_data, self.contact_indices, self.contact_indptr), shape=(n, n)
        ).tocoo()
        same = group[contact.row] == group[contact.col]
        kept = sparse.csr_matrix((contact.data[same], (contact.row[same], contact.col[same])), shape=(n, n))
        inside = np.flatnonzero(self.zone >= 0)
        part = group[inside] * zones + self.zone[inside]
        give = sparse.csr_matrix((np.ones(inside.size), (inside, part)), shape=(n, groups * zones))
        take = sparse.csr_matrix((self.zone_share[inside], (part, inside)), shape=(groups * zones, n))
        return Links(kept, give, sparse.kron(sparse.eye(groups), self.zone_weight, format="csr"), take)

    def _entering(self, shares: Floats) -> Floats:
        """What enters cells (T, n) from other blocks at shares (T + 1, n)."""
        before = shares[:-1].T
        return np.maximum(self._links.into(before) - self._within.into(before), 0).T

    @cached_property
    def _there(self) -> Floats:
        """Shares (T + 1, n) of the plan ``tangent``."""
        return self._path(self.tangent)

    @cached_property
    def _entered(self) -> Floats:
        """What enters cells (T, n) from other blocks in that plan."""
        return self._entering(self._there)

    @cached_property
    def _opened(self) -> tuple[Floats, Floats]:
        """Availability (T, n, L) where the best tier of a block opens at each date: by it alone, and at most.

        At most, lower tiers are open as early as they may be.
        """
        own, lower = np.zeros(self.seed.size), self.base[self.epoch]
        for cells, tiers in zip(self.cells, self.tiers, strict=True):
            for o in tiers[0] if tiers else ():
                own[cells] = np.maximum(own[cells], self.reach[o, cells])
            for o in (o for tier in tiers[1:] for o in tier):
                first = self.months[self.earliest[o]]
                lower[first:, cells] = np.maximum(lower[first:, cells], self.reach[o, cells])
        opened = own[:, None] * (self.month[:, None, None] >= self.months)
        return np.maximum(self.base[self.epoch][:, :, None], opened), np.maximum(lower[:, :, None], opened)

    @cached_property
    def _paths(self) -> Floats:
        """Shares (T + 1, n, L) where the best tier of a cell's block opens at each date, and all else is as there."""
        return _spread(self._within.into, self._opened[0], self.seed[:, None] + self._entered[:, :, None])

    @cached_property
    def _onward(self) -> tuple[Floats, Floats]:
        """What users of cells are worth through other blocks: of users (T, n), and what enters makes of it (T, n, L).

        Backward: what enters a cell in month t adds, by what its block then sends in later months, to other blocks'
        own goals, at most ``highest`` there, and to what these send on.
        """
        most = self._opened[1]
        worth, received, by_u = np.zeros(most.shape[:2]), np.zeros_like(most), np.zeros(most.shape[1:])
        for t in self.month[:0:-1]:
            enters = (self.highest[t] + received[t].max(axis=1))[:, None]
            worth[t] = np.maximum(self._links.back(enters) - self._within.back(enters), 0)[:, 0]
            by_u += (worth[t][:, None] + self._within.back(received[t])) * (1 - self._paths[t])
            received[t - 1] = by_u * most[t - 1]
        return worth, received

    @cached_property
    def _beyond(self) -> list[Floats]:
        """Users of each block's cells beyond those of the plan ``tangent``, (cells · T, L)."""
        more = np.maximum(self._paths[:-1] - self._there[:-1, :, None], 0)
        return [more[:, cells].swapaxes(0, 1).reshape(-1, self.never + 1) for cells in self.cells]

    def _more(self, b: int, labels: Ints) -> Floats:
        """What a block in some labels sends on by each other (labels, B, L), where that has more users than there."""
        cells, months = self.cells[b], self.month.size
        received = self._onward[1][:, cells][:, :, labels].swapaxes(0, 1).reshape(cells.size, months * labels.size)
        felt = self._between.to(cells).back(received).reshape(-1, months, labels.size)
        more = [felt[of].reshape(-1, labels.size).T @ sent for of, sent in zip(self.cells, self._beyond, strict=True)]
        return np.stack(more, axis=1)

    @cached_property
    def _sent(self) -> list[Floats]:
        """The paths of each block's cells, (cells · T, L)."""
        return [self._paths[:-1, cells].swapaxes(0, 1).reshape(-1, self.never + 1) for cells in self.cells]

    def tangent_of(self, b: int, rows: Ints) -> tuple[Floats, Floats, Floats, Floats]:
        """Of a block in some of its states: goal, fixed part (states,), pull (states, B, L) and highest (T, cells)."""
        cells, entered, lanes = self.cells[b], self._entered[:, self.cells[b], None], rows.size
        into, back = self._links.among(cells)
        opens = self.months[self.states[b][rows]]
        available = np.repeat(self.base[self.epoch][:, cells, None], lanes, axis=2)
        for m in range(len(self.tiers[b])):
            # A lower tier that opens later is not in the state, and may reach a cell that this one does not.
            reach = self.reach[np.ix_(np.concatenate(self.tiers[b][m:]), cells)].max(axis=0, initial=0)
            opened = self.month[:, None] >= opens[:, m]
            available = np.maximum(available, reach[:, None] * opened[:, None])
        shares = _spread(into, available, self.seed[cells, None] + entered)
        goal = np.einsum("t,c,tcs->s", self.timing, self.worth[cells], shares)
        # Backward from the last month: by_u is how the goal changes with u of the month after t.
        slope, by_u = np.zeros_like(available), np.zeros(shares.shape[1:])
        later = np.zeros_like(by_u)
        for t in reversed(self.month):
            by_u += (self.timing[t + 1] * self.worth[cells, None] + later) * (1 - shares[t + 1])
            slope[t] = by_u * available[t]
            later = back(slope[t])
        flat = slope.swapaxes(0, 1).reshape(cells.size, self.month.size * lanes)
        felt = self._between.to(cells).back(flat).reshape(-1, self.month.size, lanes)
        label = self.label[b][rows]
        pull = np.stack(
            [felt[of].reshape(-1, lanes).T @ sent for of, sent in zip(self.cells, self._sent, strict=True)], axis=1
        )
        labels, own = np.unique(label, return_inverse=True)
        pull += self._more(b, labels)[own]
        pull[:, b] = 0
        alone = self._paths[:-1, cells][:, :, label]
        fixed = goal - np.einsum("tcs,tcz->s", slope, entered)
        fixed += np.einsum("tc,tcs->s", self._onward[0][:, cells], shares[:-1] - alone)
        return goal, fixed, pull, slope.max(axis=2)


def _states(tiers: int, never: int) -> Ints:
    """All states (S, tiers): a date of each tier, never for one that opens no earlier than all better ones."""
    rows = np.array(list(product(range(never + 1), repeat=tiers)), np.int64)
    before = np.minimum.accumulate(rows, axis=1)[:, :-1]
    kept: Ints = rows[((rows[:, 1:] == never) | (rows[:, 1:] < before)).all(axis=1)]
    return kept
