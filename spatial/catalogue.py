"""The shape of what is data, not code: criteria, weight profiles and programme rounds (YAML under ``data/``)."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

PILLARS = ("space", "operations", "innovation", "governance", "diffusion", "feasibility")
Pillar = Literal["space", "operations", "innovation", "governance", "diffusion", "feasibility"]
Kind = Literal["new", "redevelopment", "existing"]
# How sure a fact is: S read in a source, C recomputed, M from memory and unverified, D a design choice of this project.
Mark = Literal["S", "C", "M", "D"]
Share = Annotated[float, Field(ge=0, le=1)]


class Strict(BaseModel):
    """Unknown keys are refused: a misspelt key must never be a silent default."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Text(Strict):
    """A text in both languages of the product."""

    ko: str = Field(min_length=1)
    en: str = Field(min_length=1)


class ValueFunction(Strict):
    """Maps a criterion value to a utility of 0 to 1.

    ``low``/``high`` are the values where utility reaches its ends; left out, they are the smallest and largest value
    among the candidates compared (then a utility says "among these", not "in general"; spatial/value.py).
    ``ideal`` needs ``best``; ``step`` needs ``steps``, pairs (from this value on, utility) in rising order.
    """

    shape: Literal["linear", "s_curve", "ideal", "step"] = "linear"
    low: float | None = None
    high: float | None = None
    best: float | None = None
    steps: list[tuple[float, Share]] | None = None

    @model_validator(mode="after")
    def _complete(self) -> ValueFunction:
        if self.low is not None and self.high is not None and not self.low < self.high:
            raise ValueError("low must be less than high")
        if self.shape == "ideal" and (self.best is None or self.low is None or self.high is None):
            raise ValueError("shape ideal needs low, best and high")
        if self.shape == "step" and not self.steps:
            raise ValueError("shape step needs steps")
        if self.steps and [x for x, _ in self.steps] != sorted({x for x, _ in self.steps}):
            raise ValueError("steps must rise strictly")
        return self


class Criterion(Strict):
    """One graded measure of a district: what it measures, in which unit, which way is better, and on whose word."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    pillar: Pillar
    label: Text
    unit: str
    direction: Literal["higher", "lower", "ideal"]
    measure: str
    args: dict[str, Any] = {}
    value: ValueFunction = ValueFunction()
    source: str
    mark: Mark
    missing: Text


class Veto(Strict):
    """A hard exclusion, kept apart from grades: a vetoed candidate is shown hatched, not dropped."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    label: Text
    measure: str
    args: dict[str, Any] = {}
    source: str
    mark: Mark


class CriteriaSet(Strict):
    """All criteria and vetoes of a comparison."""

    criteria: list[Criterion] = Field(min_length=1)
    vetoes: list[Veto] = []

    @model_validator(mode="after")
    def _unique(self) -> CriteriaSet:
        ids = [c.id for c in self.criteria] + [v.id for v in self.vetoes]
        twice = sorted({i for i in ids if ids.count(i) > 1})
        if twice:
            raise ValueError(f"ids used twice: {', '.join(twice)}")
        return self


class Profile(Strict):
    """Named weights with provenance; weights are relative and are normalised to sum 1 over the criteria used."""

    id: str
    label: Text
    provenance: Text
    official: Literal[False] = False
    weights: dict[str, Annotated[float, Field(ge=0)]]

    @model_validator(mode="after")
    def _some(self) -> Profile:
        if not sum(self.weights.values()) > 0:
            raise ValueError("at least one weight must be above 0")
        return self


class Programme(Strict):
    """The rules of one round of a call."""

    id: str
    label: Text
    ceiling_krw: int = Field(gt=0)
    national_share_max: Share
    years: int = Field(gt=0)
    sites_per_year: int | None = None
    sites_total: int | None = None
    kinds: list[Kind]
    area_min_m2: float | None = None
    area_max_m2: float | None = None
    source: str
    mark: Mark
    notes: list[str] = []
