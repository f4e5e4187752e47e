"""The legal decline rule (도시재생 활성화지역) on zones: people, businesses, buildings.

Conditions, with the address each was read at in data/criteria: people at least 20 per cent below the most of the last
30 years, or fewer in 3 consecutive years within the last 5; businesses at least 5 per cent below the most of the last
10 years, or fewer in 3 consecutive years within the last 5; buildings of 20 years or more at least half of all.

Three answers: 1 met, 0 not met, NaN unknown. Equality meets a condition. "N years" are N yearly changes, so N + 1
figures [D]. A missing year is unknown, never "no change", but what the known years settle is settled: a high in a
known year proves the fall whatever the others were.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.float64]
# (years looked back on, per cent of the most that is left at most)
FALL = {"population": (30, 80), "businesses": (10, 95)}
RUN_YEARS, RUN = 5, 3
CATEGORIES = (*FALL, "buildings")


def zone_conditions(history: pd.DataFrame, cells: pd.DataFrame) -> pd.DataFrame:
    """Which conditions of decline each zone meets.

    Parameters
    ----------
    history : DataFrame
        The table of that name (docs/files.md): ``zone_id``, ``column``, ``year``, ``value``. The last year of a column
        is the last with any figure of it.
    cells : DataFrame
        The cells, with ``zone_id`` and the numbers of ``buildings``, ``old_buildings`` and ``undated_buildings``.

    Returns
    -------
    DataFrame (Z, 3)
        One row per zone that has cells, indexed by ``zone_id``; a column for each of ``CATEGORIES``: 1 where it is met,
        0 where not, NaN where that is not known.
    """
    zones = sorted(cells["zone_id"].dropna().unique())
    out = pd.DataFrame(np.nan, index=pd.Index(zones, name="zone_id"), columns=list(CATEGORIES))
    for column, (years, left) in FALL.items():
        rows = history[(history["column"] == column) & history["value"].notna()]
        if rows.empty:
            continue
        last = int(rows["year"].max())
        for code, own in rows[rows["zone_id"].isin(zones)].groupby("zone_id"):
            figures = dict(zip(own["year"].astype(int), own["value"].astype(int), strict=True))
            out.loc[str(code), column] = _either(fallen(figures, last, years, left), falling(figures, last))
    summed = cells.groupby("zone_id")[["buildings", "old_buildings", "undated_buildings"]].sum(min_count=1)
    for zone, row in summed.iterrows():
        if row.notna().all():
            out.loc[zone, "buildings"] = old_half(*(int(row[name]) for name in summed.columns))
    return out


def below_most(history: pd.DataFrame, column: str) -> pd.Series:
    """How far the last figure of each zone is below the most that is known of the rule's years, as a share of it.

    Parameters
    ----------
    history : DataFrame
        The table of that name (docs/files.md).
    column : str
        ``population`` or ``businesses``, a key of ``FALL``.

    Returns
    -------
    Series (Z,)
        Share of 1 by ``zone_id``: 0 where the last figure is the most. Zones without a last figure, and those that
        never had any above 0, are left out.
    """
    rows = history[(history["column"] == column) & history["value"].notna()]
    if rows.empty:
        return pd.Series(dtype=float)
    last, (years, _) = int(rows["year"].max()), FALL[column]
    figures = rows[rows["year"] >= last - years].pivot_table("value", "zone_id", "year").astype(float)
    most = figures.max(axis=1)
    share: pd.Series = (1 - figures[last] / most.where(most > 0)).dropna()
    return share


def fallen(figures: Mapping[int, int], last: int, years: int, left_per_cent: int) -> float:
    """Whether the last figure is at most ``left_per_cent`` of the most in the last ``years`` years; whole numbers."""
    window = range(last - years, last + 1)
    known = [figures[year] for year in window if year in figures]
    if last not in figures:
        return np.nan
    if max(known) > 0 and 100 * figures[last] <= left_per_cent * max(known):
        return 1.0
    return 0.0 if len(known) == len(window) else np.nan


def falling(figures: Mapping[int, int], last: int) -> float:
    """Whether there were fewer than the year before in 3 consecutive years within the last 5."""
    sure = possible = best_sure = best_possible = 0
    for year in range(last - RUN_YEARS + 1, last + 1):
        known = year in figures and year - 1 in figures
        fell = known and figures[year] < figures[year - 1]
        sure = sure + 1 if fell else 0
        possible = possible + 1 if fell or not known else 0
        best_sure, best_possible = max(best_sure, sure), max(best_possible, possible)
    if best_sure >= RUN:
        return 1.0
    return np.nan if best_possible >= RUN else 0.0


def old_half(buildings: int, old: int, undated: int) -> float:
    """Whether at least half of all buildings are 20 years or older, wherever the undated ones may fall."""
    if buildings == 0:
        return 0.0
    if 2 * old >= buildings:
        return 1.0
    return np.nan if 2 * (old + undated) >= buildings else 0.0


def met(conditions: pd.DataFrame) -> pd.Series:
    """Conditions met per zone, 0 to 3; NaN where one is unknown.

    Parameters
    ----------
    conditions : DataFrame (Z, 3)
        As ``zone_conditions`` gives them.

    Returns
    -------
    Series (Z,)
        Of float, by ``zone_id``.
    """
    return conditions.sum(axis=1, skipna=False)


def _either(one: float, other: float) -> float:
    """Or, with unknown."""
    if 1.0 in (one, other):
        return 1.0
    return np.nan if np.isnan([one, other]).any() else 0.0
