"""The shape of services, plans and simulation settings (YAML under ``data/``); checked before anything runs."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from geojeom.models import Strict, Text
from geojeom.quantities import (
    AreaM2,
    BassP,
    BassQ,
    ContactLimitS,
    DecayS,
    Every,
    Month,
    Neighbours,
    OpexShare,
    Places,
    PriceKrw,
    ReachS,
    Rounds,
    Share,
    Spread,
    Strength,
    Units,
    Worlds,
    Years,
)
from spatial.config.catalogue import Evidence

# Whole numbers of cells.parquet that count people.
Counted = Literal["population", "elderly", "youth", "jobs"]
# The twelve service fields of Decree Art. 2 of the Smart City Act (domain reference 1.3).
ServiceField = Literal[
    "administration",
    "transport",
    "health",
    "environment",
    "safety",
    "facilities",
    "education",
    "culture",
    "logistics",
    "work",
    "housing",
    "other",
]


class Reach(Strict):
    """Where an opened unit can be used.

    ``citywide``: everywhere. ``area``: the district or zone it is opened in. ``walk``/``drive``: within ``travel_s``
    on the streets, fading to nothing at twice that.
    """

    kind: Literal["citywide", "area", "walk", "drive"]
    travel_s: ReachS | None = None

    @model_validator(mode="after")
    def _travel(self) -> Reach:
        if (self.kind in ("walk", "drive")) != (self.travel_s is not None):
            raise ValueError("travel_s goes with kind walk or drive, and only with them")
        return self


class Group(Strict):
    """People a service may be meant for: those of a column of cells.parquet, or a stated share of them."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    name: Text
    of: Counted
    share: Share = 1.0
    source: str
    evidence: Evidence


class Adoption(Strict):
    """Bass parameters per year; ``spread`` is the relative half-width of the range each world draws p and q from."""

    group: str
    potential_share: Share
    p: BassP
    q: BassQ
    spread: Share = 0.0
    source: str
    evidence: Evidence


class Service(Strict):
    """One smart service: what a unit costs, where it reaches, who may adopt it, what must be open first.

    ``prerequisites`` must work where a unit stands; those in ``covered_by`` must reach its users too.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    name: Text
    field: ServiceField
    unit: Text
    capex_krw: PriceKrw
    opex_share_year: OpexShare
    reach: Reach
    adoption: Adoption | None = None
    prerequisites: list[str] = []
    covered_by: list[str] = []
    source: str
    evidence: Evidence

    @model_validator(mode="after")
    def _covered(self) -> Service:
        others = [name for name in self.covered_by if name not in self.prerequisites]
        if others:
            raise ValueError(f"covered_by to name prerequisites only, not {', '.join(others)}")
        return self


class ServiceCatalogue(Strict):
    """The services a plan may open, and the groups of people they are meant for."""

    provenance: Text
    groups: list[Group] = Field(min_length=1)
    services: list[Service] = Field(min_length=1)

    @model_validator(mode="after")
    def _unique(self) -> ServiceCatalogue:
        for ids in ([group.id for group in self.groups], [service.id for service in self.services]):
            twice = sorted({i for i in ids if ids.count(i) > 1})
            if twice:
                raise ValueError(f"ids used twice: {', '.join(twice)}")
        return self


class Split(Strict):
    """Who pays the capital cost; shares sum to 1. ``local`` is what province and city pay, where it is not split."""

    national: Share = 0.0
    province: Share = 0.0
    city: Share = 0.0
    local: Share = 0.0
    operator: Share = 0.0
    private_cash: Share = 0.0
    private_in_kind: Share = 0.0
    other: Share = 0.0

    @model_validator(mode="after")
    def _whole(self) -> Split:
        if abs(sum(shares := self.model_dump().values()) - 1) > 1e-9:
            raise ValueError(f"the shares of all payers must sum to 1, not {sum(shares):g}")
        return self


class InDistrict(Strict):
    """Openings inside the hub: ``units`` of a service, spread over its people and jobs, all in ``month``."""

    service: str
    units: Units
    month: Month
    split: Split


class Diffusion(Strict):
    """Openings outside: from ``first_month`` on, every ``every_months``, ``zones`` further zones get ``units`` each."""

    service: str
    units: Units
    first_month: Month
    every_months: Every = 12
    rounds: Rounds
    zones: Places
    split: Split


class PlanTemplate(Strict):
    """A plan that can be laid on any hub: what opens inside, and how it then spreads, with a stated order of zones.

    ``hub_area_m2`` is the area of the district it is meant for: a smaller one gets its part of the units inside
    (plans/siting.py). Left out, every district gets all of them.
    """

    id: str
    label: Text
    provenance: Text
    zone_order: Literal["nearest", "most_people"]
    hub_area_m2: AreaM2 | None = None
    in_district: list[InDistrict] = []
    diffusion: list[Diffusion] = []


class Mixing(Strict):
    """Constants of the spread that belong to no service (docs/model.md gives each with its symbol).

    ``spread`` is the relative half-width of the range each world draws both θ and the demonstration's decay from.
    """

    theta_contagious: Share = 0.3
    theta_hierarchical: Share = 0.1
    contact_decay_s: DecayS = 480.0
    contact_limit_s: ContactLimitS = 1800.0
    max_neighbours: Neighbours = 64
    zone_model: Literal["gravity", "radiation"] = "gravity"
    zone_decay_s: DecayS = 900.0
    demonstration: Strength = 1.0
    demonstration_decay_s: DecayS = 900.0
    spread: Spread = 0.3

    @model_validator(mode="after")
    def _theta(self) -> Mixing:
        if (self.theta_contagious + self.theta_hierarchical) * (1 + self.spread) > 1:
            raise ValueError("(theta_contagious + theta_hierarchical) * (1 + spread) must not exceed 1")
        return self


class Barriers(Strict):
    """Share of contact that gets across, by layer of backdrop.parquet: 1 is no barrier, 0.5 a half, 0 a full one."""

    water: Share = 1.0
    rail: Share = 1.0
    motorway: Share = 1.0
    street_major: Share = 1.0

    @property
    def hindering(self) -> dict[str, float]:
        """The layers that let less than all contact through, and how much."""
        return {name: share for name, share in self.model_dump().items() if share < 1}


class Settings(Strict):
    """How long, how many worlds, the mixing constants, and what hinders contact."""

    start: Annotated[str, Field(pattern=r"^(?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2])$")] = "2027-01"
    years: Years = 10
    worlds: Worlds = 64
    ensemble_candidates: Places = 2
    mixing: Mixing = Mixing()
    barriers: Barriers = Barriers()
