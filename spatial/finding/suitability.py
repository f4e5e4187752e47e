"""A suitability surface: which cells are fit for a district of a kind, from ingredients that are data (locate.yaml)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pydantic import Field, model_validator
from scipy.ndimage import convolve

from geojeom.errors import Fault, SourceError, raise_if_any
from geojeom.messages import Remark
from geojeom.models import Strict, Text
from geojeom.quantities import BlockM, Number, RadiusM, Share, SomeWeight
from spatial.config.catalogue import Evidence, Kind

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


class SuitabilityTerm(Strict):
    """One figure of a cell and its neighbourhood, and what it is worth.

    The figure is the sum of ``columns`` over the cells centred within ``within_m`` (0: the cell alone), over the sum of
    ``per`` (less that of ``less``) or, where ``per`` is left out, over those cells' area in hectares. Its worth runs in
    a straight line from 0 at ``worst`` to 1 at ``best``. A cell below ``least`` or above ``most`` is closed.
    A ``required`` ingredient without data stops the search; another is left out, and said.
    """

    id: str
    label: Text
    columns: list[str] = Field(min_length=1)
    per: str | None = None
    less: str | None = None
    mean: bool = False
    within_m: RadiusM = 0.0
    worst: Number
    best: Number
    least: Number | None = None
    most: Number | None = None
    weight: SomeWeight
    required: bool = False
    source: str
    evidence: Evidence

    @model_validator(mode="after")
    def _apart(self) -> SuitabilityTerm:
        if self.worst == self.best:
            raise ValueError("worst and best must differ")
        return self


class Exclusion(Strict):
    """Land that is never part of a found district: cells whose ``column`` is above ``over``."""

    column: str
    over: Number
    label: Text


class SuitabilityRecipe(Strict):
    """How districts of one kind are looked for. ``least`` is the suitability below which a cell is closed."""

    label: Text
    provenance: Text
    compactness: Share
    least: Share
    ingredients: list[SuitabilityTerm] = Field(min_length=1)


class Locate(Strict):
    """The table data/locate.yaml."""

    block_m: BlockM
    barred: list[Exclusion]
    kinds: dict[Kind, SuitabilityRecipe]


@dataclass(frozen=True)
class Surface:
    """Suitability (C,), NaN where unknown; which cells are open to growth and which are barred (C,).

    ``closed`` says by reason which cells are not open (C,), see ``reasons``. ``used`` and ``left_out`` name
    ingredients; ``unjudged`` the bars without data.
    """

    suitability: Floats
    open: Bools
    barred: Bools
    closed: dict[str, Bools]
    used: list[str]
    left_out: list[str]
    unjudged: list[str]


def surface(cells: pd.DataFrame, size_m: int, recipe: SuitabilityRecipe, bars: list[Exclusion], file: str) -> Surface:
    """Lay a recipe on the cells.

    Parameters
    ----------
    cells : DataFrame
        C cells, with their centres ``x_m`` and ``y_m``.
    size_m : int
        The side of a cell.
    recipe : SuitabilityRecipe
        What is weighed.
    bars : list of Exclusion
        What is never part of a district.
    file : str
        The file of the cells, as faults name it.

    Returns
    -------
    Surface
        Of the C cells.

    Raises
    ------
    SourceError
        With every required ingredient without data.
    """
    window = _Window(cells, size_m)
    figures = {ingredient.id: window.figure(ingredient) for ingredient in recipe.ingredients}
    used = [ingredient for ingredient in recipe.ingredients if not np.isnan(figures[ingredient.id]).all()]
    raise_if_any(
        SourceError,
        [
            Fault(
                file,
                f"data on {', '.join(ingredient.columns)}",
                "none",
                "Add a source of it to the region file.",
                row=ingredient.id,
            )
            for ingredient in recipe.ingredients
            if ingredient.required and ingredient not in used
        ],
    )
    worth = np.column_stack([np.clip((figures[i.id] - i.worst) / (i.best - i.worst), 0, 1) for i in used])
    weight = np.array([ingredient.weight for ingredient in used])
    suitability: Floats = worth @ (weight / weight.sum())
    closed: dict[str, Bools] = {}
    barred = np.zeros(len(cells), bool)
    unjudged = []
    for bar in bars:
        figure = window.column(bar.column)
        if np.isnan(figure).all():
            unjudged.append(bar.column)
        closed[f"barred.{bar.column}"] = np.nan_to_num(figure, nan=-np.inf) > bar.over
        barred |= closed[f"barred.{bar.column}"]
    # A cell lacking any ingredient has no suitability, so that no limit below is judged without its figure.
    closed["unknown"] = np.isnan(suitability)
    with np.errstate(invalid="ignore"):
        for ingredient in used:
            if ingredient.least is not None:
                closed[f"below.{ingredient.id}"] = figures[ingredient.id] < ingredient.least
            if ingredient.most is not None:
                closed[f"above.{ingredient.id}"] = figures[ingredient.id] > ingredient.most
        closed["unfit"] = suitability < recipe.least
    return Surface(
        suitability,
        ~np.logical_or.reduce(list(closed.values())),
        barred,
        closed,
        [ingredient.id for ingredient in used],
        [ingredient.id for ingredient in recipe.ingredients if ingredient not in used],
        unjudged,
    )


def reasons(recipe: SuitabilityRecipe, bars: list[Exclusion]) -> dict[str, Remark]:
    """What each key of ``Surface.closed`` means.

    Parameters
    ----------
    recipe : SuitabilityRecipe
        What is weighed.
    bars : list of Exclusion
        What is never part of a district.

    Returns
    -------
    dict of Remark
        By key.
    """
    labels = {f"barred.{bar.column}": Remark("stated", text=bar.label.model_dump()) for bar in bars}
    labels["unknown"] = Remark("locate.unknown")
    for ingredient in recipe.ingredients:
        labels[f"below.{ingredient.id}"] = Remark("locate.below", what=ingredient.label.model_dump())
        labels[f"above.{ingredient.id}"] = Remark("locate.above", what=ingredient.label.model_dump())
    labels["unfit"] = Remark("locate.unfit", least=recipe.least)
    return labels


def as_table(cell_ids: pd.Series, fit: Surface) -> pd.DataFrame:
    """The table ``suitability``: per cell its suitability, and the reasons that close it, null where it is open.

    Parameters
    ----------
    cell_ids : Series (C,)
        The cells' codes.
    fit : Surface
        Of these cells.

    Returns
    -------
    DataFrame
        ``cell_id``, ``suitability`` (0 to 1) and ``closed``: keys of ``Surface.closed`` with ; between them.
    """
    lines = np.array([""] * len(cell_ids), dtype=object)
    for reason, cells in fit.closed.items():
        lines[cells] += reason + ";"
    return pd.DataFrame(
        {
            "cell_id": cell_ids.to_numpy(),
            # Weights that sum to 1 but for rounding may carry a sum past it.
            "suitability": np.clip(fit.suitability, 0, 1),
            "closed": pd.Series([line[:-1] or None for line in lines], dtype="str"),
        }
    )


class _Window:
    """The cells as a raster, for sums over discs."""

    def __init__(self, cells: pd.DataFrame, size_m: int) -> None:
        self.cells, self.size_m = cells, size_m
        x, y = cells["x_m"].to_numpy(float), cells["y_m"].to_numpy(float)
        self.at = (
            np.round((y - y.min()) / size_m).astype(np.int64),
            np.round((x - x.min()) / size_m).astype(np.int64),
        )

    def column(self, name: str) -> Floats:
        if name not in self.cells.columns:
            return np.full(len(self.cells), np.nan)
        figures: Floats = self.cells[name].to_numpy(float, na_value=np.nan)
        return figures

    def figure(self, ingredient: SuitabilityTerm) -> Floats:
        parts = sum((self.column(name) for name in ingredient.columns), np.zeros(len(self.cells)))
        if ingredient.mean:
            whole = np.ones(len(self.cells))
        elif ingredient.per is None:
            whole = np.full(len(self.cells), self.size_m**2 / 10_000)
        else:
            whole = self.column(ingredient.per) - (self.column(ingredient.less) if ingredient.less else 0.0)
        unknown = np.isnan(parts) | np.isnan(whole)
        total, among = (
            self._around(np.where(unknown, 0.0, figures), ingredient.within_m) for figures in (parts, whole)
        )
        known = self._around((~unknown).astype(float), ingredient.within_m) > 0
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.where(known & (among > 0), total / among, np.nan)

    def _around(self, figures: Floats, within_m: float) -> Floats:
        """Sums over the cells whose centres lie within a distance; cells outside the region count nothing."""
        reach = int(within_m // self.size_m)
        if reach == 0:
            return figures
        raster = np.zeros((self.at[0].max() + 1, self.at[1].max() + 1))
        raster[self.at] = figures
        axis = np.arange(-reach, reach + 1) * self.size_m
        disc = (np.hypot(axis[:, None], axis[None, :]) <= within_m).astype(float)
        summed: Floats = convolve(raster, disc, mode="constant")[self.at]
        return summed
