"""Measures of the cells that a map can show, each with its unit and fixed, round class breaks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.float64]
NOBODY = -1.0  # a share of nobody: drawn as nothing, which is neither zero nor unknown
CLASSES = 7


@dataclass(frozen=True)
class Layer:
    """One measure: ``values`` per cell (NaN unknown, NOBODY where there is nothing to take a share of).

    ``breaks`` are the lower ends of all classes but the first; ``zero`` says that 0 is drawn as nothing.
    """

    key: str
    unit: str
    values: Floats
    breaks: list[float]
    zero: bool

    @property
    def known(self) -> bool:
        """Whether any cell has a value."""
        return bool(np.isfinite(self.values).any())


def layers(cells: pd.DataFrame, cell_size_m: float) -> list[Layer]:
    """The measures of cells.parquet worth a map, in the order they are offered.

    Shares of old buildings are of those with a known year. Breaks of the elderly share are the 7, 14 and 20 % at which
    a society is called ageing, aged and super-aged; those of counts are round figures near even quantiles.
    """
    column = {
        name: cells[name].to_numpy(dtype=float, na_value=np.nan)
        for name in (
            "population",
            "elderly",
            "youth",
            "jobs",
            "buildings",
            "old_buildings",
            "undated_buildings",
            "developable_m2",
            "protected_m2",
            "slope_deg",
        )
    }
    dated = column["buildings"] - column["undated_buildings"]
    return [
        Layer("population", "persons/cell", column["population"], round_breaks(column["population"]), zero=True),
        Layer(
            "elderly", "share", share(column["elderly"], column["population"]), [0.07, 0.14, 0.2, 0.3, 0.4], zero=False
        ),
        Layer("youth", "share", share(column["youth"], column["population"]), [0.1, 0.15, 0.2, 0.25, 0.3], zero=False),
        Layer("jobs", "jobs/cell", column["jobs"], round_breaks(column["jobs"]), zero=True),
        Layer("old_buildings", "share", share(column["old_buildings"], dated), [0.2, 0.4, 0.6, 0.8], zero=False),
        Layer("developable", "share", column["developable_m2"] / cell_size_m**2, [0.2, 0.4, 0.6, 0.8], zero=False),
        Layer("protected", "share", column["protected_m2"] / cell_size_m**2, [0.2, 0.4, 0.6, 0.8], zero=True),
        Layer("slope", "deg", column["slope_deg"], [2, 5, 10, 15, 20, 30], zero=False),
    ]


def share(part: Floats, whole: Floats) -> Floats:
    """The ratio part / whole; NOBODY where the whole is 0, NaN where either is unknown."""
    some = np.where(whole > 0, whole, 1.0)
    return np.where(np.isnan(part) | np.isnan(whole), np.nan, np.where(whole > 0, part / some, NOBODY))


def round_breaks(values: Floats, classes: int = CLASSES) -> list[float]:
    """Rising whole breaks near the quantiles of the values above 0, each of one leading digit (1, 2, 3, 5 or 7).

    Fewer than ``classes`` - 1 where values are few or alike, but at least one: there is always a class on either side.
    """
    positive = values[np.isfinite(values) & (values > 0)]
    if not len(positive):
        return [2.0]
    quantiles = np.quantile(positive, np.linspace(0, 1, classes + 1)[1:-1])
    ladder = np.array([digit * 10.0**power for power in range(8) for digit in (1, 2, 3, 5, 7)])
    rounded = ladder[np.abs(np.log(np.maximum(quantiles, 1))[:, None] - np.log(ladder)).argmin(axis=1)]
    breaks = sorted({float(value) for value in rounded if value >= 2})
    return breaks or [2.0]
