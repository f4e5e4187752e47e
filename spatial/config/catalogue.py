"""The shape of what is data, not code: criteria, weight profiles and programme rounds (YAML under ``data/``)."""

from __future__ import annotations

import re
from itertools import combinations_with_replacement
from math import isclose
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from geojeom.models import Day, Strict, Text
from geojeom.quantities import AreaM2, CeilingKrw, Judgement, Number, Places, ProgrammeYears, Share, Weight

PILLARS = ("space", "operations", "innovation", "governance", "diffusion", "feasibility")
Pillar = Literal["space", "operations", "innovation", "governance", "diffusion", "feasibility"]
Kind = Literal["new", "redevelopment", "existing"]
# Who may apply: 특별시, 광역시, 특별자치시, 도, 특별자치도, 시, 군, 자치구.
Applicant = Literal[
    "special_city",
    "metropolitan_city",
    "self_governing_city",
    "province",
    "self_governing_province",
    "city",
    "county",
    "autonomous_district",
]
# How a fact came here: read in its source, recomputed from it, from memory and unverified, or a choice of this project.
Evidence = Literal["read", "recomputed", "remembered", "own_choice"]


class ValueFunction(Strict):
    """Maps a criterion value to a utility of 0 to 1.

    ``low``/``high`` are the values where utility reaches its ends; left out, they are the smallest and largest value
    among the candidates compared (then a utility says "among these", not "in general"; decisions/ranking/value.py).
    ``ideal`` needs ``best``; ``step`` needs ``steps``, pairs (from this value on, utility) in rising order.
    """

    shape: Literal["linear", "s_curve", "ideal", "step"] = "linear"
    low: Number | None = None
    high: Number | None = None
    best: Number | None = None
    steps: list[tuple[Number, Share]] | None = None

    @model_validator(mode="after")
    def _complete(self) -> ValueFunction:
        if self.low is not None and self.high is not None and not self.low < self.high:
            raise ValueError("low must be less than high")
        if self.shape == "ideal":
            if self.best is None or self.low is None or self.high is None:
                raise ValueError("shape ideal needs low, best and high")
            if not self.low < self.best < self.high:
                raise ValueError("best must lie between low and high")
        elif self.best is not None:
            raise ValueError("best goes with shape ideal")
        if (self.shape == "step") != bool(self.steps):
            raise ValueError("shape step needs steps, and steps go with it only")
        if self.steps and [x for x, _ in self.steps] != sorted({x for x, _ in self.steps}):
            raise ValueError("steps must rise strictly")
        if self.steps and not (self.low is None and self.high is None):
            raise ValueError("low and high do not go with steps, which say it all")
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
    evidence: Evidence
    missing: Text

    @model_validator(mode="after")
    def _way(self) -> Criterion:
        """What is best must be the same by direction and by value function: nothing else says which way counts."""
        shape, heights = self.value.shape, [height for _, height in self.value.steps or []]
        if self.direction == "ideal" and shape not in ("ideal", "step"):
            raise ValueError("direction ideal needs a value of shape ideal or step: a line has no best point inside")
        if shape == "ideal" and self.direction != "ideal":
            raise ValueError("shape ideal goes with direction ideal")
        against = {"higher": heights != sorted(heights), "lower": heights != sorted(heights, reverse=True)}
        if against.get(self.direction, False):
            raise ValueError(f"utilities of steps must follow direction {self.direction}")
        return self


class Veto(Strict):
    """A hard exclusion, kept apart from grades: a vetoed candidate is shown hatched, not dropped."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    label: Text
    measure: str
    args: dict[str, Any] = {}
    source: str
    evidence: Evidence


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


# A short one: a fraction of long numbers would be worked out to its last digit.
RATIO = re.compile(r"[0-9]{1,2}(\.[0-9]{1,4})?(/[0-9]{1,2})?", re.ASCII)


def _ratio(value: object) -> object:
    """Read a judgement such as "1/5", which YAML hands on as text."""
    if isinstance(value, str) and RATIO.fullmatch(value.strip()):
        above, _, below = value.strip().partition("/")
        return float(above) / float(below or 1) if float(below or 1) else value
    return value


class Pairwise(Strict):
    """Judgements in pairs: ``values[i][j]`` is how many times as important criterion i is as j (Saaty: 1 to 9)."""

    criteria: list[str] = Field(min_length=2, max_length=10)
    values: list[list[Annotated[Judgement, BeforeValidator(_ratio)]]]

    @model_validator(mode="after")
    def _reciprocal(self) -> Pairwise:
        names, rows = self.criteria, self.values
        if len(set(names)) < len(names):
            raise ValueError("every criterion must be named once")
        if [len(row) for row in rows] != [len(names)] * len(names):
            raise ValueError(f"values must be {len(names)} rows of {len(names)}, one for each criterion")
        wrong = [
            f"{names[i]} to {names[j]} is {rows[i][j]:g} but {names[j]} to {names[i]} is {rows[j][i]:g}"
            for i, j in combinations_with_replacement(range(len(names)), 2)
            # A hundredth lets 0.33 stand for a third.
            if not isclose(rows[i][j] * rows[j][i], 1, abs_tol=0.015)
        ]
        if wrong:
            raise ValueError(f"judgements must be reciprocal, and 1 on the diagonal: {'; '.join(wrong)}")
        return self


class Profile(Strict):
    """Named weights with provenance, in exactly one of three ways; they are normalised to sum 1.

    ``weights``: relative numbers. ``pairwise``: judgements in pairs. ``rule``: ``equal``, or ``entropy`` (from how much
    each criterion tells the candidates apart).
    """

    id: str
    label: Text
    provenance: Text
    official: Literal[False] = False
    # Who decided on the weights, and when.
    set_by: Text | None = None
    set_on: Day | None = None
    weights: dict[str, Weight] | None = None
    pairwise: Pairwise | None = None
    rule: Literal["equal", "entropy"] | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Profile:
        if sum(way is not None for way in (self.weights, self.pairwise, self.rule)) != 1:
            raise ValueError("exactly one of weights, pairwise and rule must be given")
        if self.weights is not None and not sum(self.weights.values()) > 0:
            raise ValueError("at least one weight must be above 0")
        return self

    @property
    def named(self) -> list[str]:
        """The criteria the profile names, each to be one of those compared; none with a rule."""
        if self.pairwise is not None:
            return self.pairwise.criteria
        return list(self.weights or {})


class AwardedArea(Strict):
    """Smallest and largest area of the districts that won: no rule, only what rounds were used for so far."""

    low_m2: AreaM2
    high_m2: AreaM2
    source: str
    evidence: Evidence

    @model_validator(mode="after")
    def _order(self) -> AwardedArea:
        if self.low_m2 > self.high_m2:
            raise ValueError("low_m2 must not be more than high_m2")
        return self


class Review(Strict):
    """From which cost of a project the ministry reviews the investment (중앙투자심사).

    ``municipality_krw`` is of a city, county or autonomous district (기초), ``province_krw`` of the others (광역).
    """

    municipality_krw: CeilingKrw
    province_krw: CeilingKrw
    source: str
    evidence: Evidence


class Programme(Strict):
    """The rules of one round of a call.

    ``years_from`` is the step of the programme from which its years count, ``match`` whether the national share binds
    in all (``total``) or in each year (``yearly``); each is left out where that is not known.
    ``sites`` is how many places the round chooses, ``sites_total`` how many the whole programme. ``applicants`` and
    ``requires`` are left empty where the round's are not known.
    """

    id: str
    label: Text
    ceiling_krw: CeilingKrw
    national_share_max: Share
    match: Literal["total", "yearly"] | None = None
    years: ProgrammeYears
    years_from: Literal["agreement", "groundbreaking"] | None = None
    sites: Places | None = None
    sites_total: Places | None = None
    kinds: list[Kind] = Field(min_length=1)
    area_min_m2: AreaM2 | None = None
    area_max_m2: AreaM2 | None = None
    applicants: list[Applicant] = []
    requires: list[Literal["in_district_plan", "diffusion_plan", "private_proposals"]] = []
    awarded_area: AwardedArea | None = None
    review: Review | None = None
    source: str
    evidence: Evidence
    notes: list[str] = []

    @model_validator(mode="after")
    def _limits(self) -> Programme:
        if self.area_min_m2 is not None and self.area_max_m2 is not None and self.area_min_m2 > self.area_max_m2:
            raise ValueError("area_min_m2 must not be more than area_max_m2")
        return self
