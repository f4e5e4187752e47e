"""Who is where: people present, and the whole numbers of potential adopters of each service."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geojeom.messages import Remark
from simulation.plans.catalogue import Group, Service
from spatial.measures.decline import zone_conditions

DECLINE_MET = 2


@dataclass(frozen=True)
class Potential:
    """Potential adopters ``count`` (S, C) int32 of the services in ``services`` (order of rows).

    ``not_simulated`` gives, for each service left out, why; ``notes`` says what is unknown of those kept.
    """

    services: list[str]
    count: NDArray[np.int32]
    not_simulated: dict[str, Remark]
    notes: list[Remark]


def present(cells: pd.DataFrame) -> NDArray[np.float64]:
    """Residents plus jobs of each cell (C,); what is unknown does not count. All zero where neither is known.

    Parameters
    ----------
    cells : DataFrame
        The table of that name: ``population`` and ``jobs``.

    Returns
    -------
    float64 (C,)
        People.
    """
    known = [column_values(cells, column) for column in ("population", "jobs")]
    return np.asarray(np.nansum(known, axis=0), np.float64)


def declining(cells: pd.DataFrame, history: pd.DataFrame) -> NDArray[np.float64]:
    """Residents of zones in decline by law.

    Parameters
    ----------
    cells, history : DataFrame
        The tables of these names (docs/files.md).

    Returns
    -------
    float64 (C,)
        People: 0 where the zone is not, NaN where that is unknown.
    """
    status = zones_in_decline(cells, history)
    return np.asarray(cells["zone_id"].map(status).to_numpy(dtype=np.float64) * column_values(cells, "population"))


def zones_in_decline(cells: pd.DataFrame, history: pd.DataFrame) -> pd.Series:
    """Whether each zone of the cells is in decline by law, by its code: 1, 0, NaN where that is unknown.

    A zone is in decline when 2 of the 3 conditions of decline are met; it is unknown while those that are known
    leave it open.

    Parameters
    ----------
    cells, history : DataFrame
        The tables of these names (docs/files.md).

    Returns
    -------
    Series (Z,)
        Of float, by ``zone_id``; zones that have cells.
    """
    conditions = zone_conditions(history, cells)
    least, most = conditions.sum(axis=1), conditions.fillna(1.0).sum(axis=1)
    return pd.Series(np.nan, index=conditions.index).mask(least >= DECLINE_MET, 1.0).mask(most < DECLINE_MET, 0.0)


def potential(cells: pd.DataFrame, services: Iterable[Service], groups: Mapping[str, Group]) -> Potential:
    """Potential adopters M of every service that can be adopted: people of its group x ``potential_share``.

    The people of a group are those of its column of the cells x its share.

    Whole numbers that keep the city's total: the running sum over cells (in row order) is rounded, and a cell gets what
    its share adds to it, so a cell never differs from its exact share by one person or more. Rounding each cell by
    itself would leave thinly settled areas without a single potential adopter. A group unknown in the whole region, or
    without anybody, leaves the service out; a cell where it is unknown has no potential adopters, which ``notes`` says.

    Parameters
    ----------
    cells : DataFrame
        The table of that name.
    services : iterable of Service
        Services; those without ``adoption`` are passed over.
    groups : mapping of Group
        By id.

    Returns
    -------
    Potential
        ``count`` is int32 (S, C) people.
    """
    names: list[str] = []
    rows: list[NDArray[np.int32]] = []
    left_out: dict[str, Remark] = {}
    notes: list[Remark] = []
    for service in services:
        if service.adoption is None:
            continue
        group = groups[service.adoption.group]
        called = group.name.model_dump()
        people = column_values(cells, group.of)
        unknown = np.isnan(people)
        if unknown.all():
            left_out[service.id] = Remark("users.unknown", group=called)
            continue
        if unknown.any():
            cells_of_all = {"some": int(unknown.sum()), "all": unknown.size}
            notes.append(Remark("users.in_part", service=service.name.model_dump(), group=called, **cells_of_all))
        whole = _whole(np.nan_to_num(people) * (group.share * service.adoption.potential_share))
        if not whole.any():
            left_out[service.id] = Remark("users.none", group=called)
            continue
        names.append(service.id)
        rows.append(whole)
    count = np.array(rows, np.int32).reshape(len(rows), len(cells))
    return Potential(names, count, left_out, notes)


def column_values(cells: pd.DataFrame, column: str) -> NDArray[np.float64]:
    """A column of counts as float64 (C,), NaN where unknown.

    Parameters
    ----------
    cells : DataFrame
        The table of that name.
    column : str
        One of its columns of counts.

    Returns
    -------
    float64 (C,)
        In the column's unit.
    """
    return cells[column].to_numpy(dtype=np.float64, na_value=np.nan)


def _whole(exact: NDArray[np.float64]) -> NDArray[np.int32]:
    # A hair more than a half: a sum of decimals that means a half may fall just short of it in binary.
    running = np.floor(np.cumsum(exact) + 0.5 + 1e-9)
    return np.diff(running, prepend=0.0).astype(np.int32)
