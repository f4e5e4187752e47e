"""The arguments each measure of the criteria takes: held against these shapes before anything is measured.

Beside the measures' functions (``spatial.measures``) as settings see them: light to read, so that the region file is
checked whole while it is read. A test holds that names agree with the functions' signatures.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any, Literal

from pydantic import Field, model_validator

from geojeom.checked_yaml import parse
from geojeom.errors import Fault
from geojeom.models import Strict
from geojeom.quantities import Beta, DriveMin, Number, RadiusM, Share, WalkMin
from spatial.config.catalogue import CriteriaSet, Criterion, Veto

AreaColumn = Literal["water_m2", "protected_m2", "developable_m2", "floor_area_m2"]
Column = (
    Literal[
        "population",
        "elderly",
        "youth",
        "households",
        "jobs",
        "transit_stops",
        "subway_stations",
        "buildings",
        "old_buildings",
        "undated_buildings",
        "elevation_m",
        "slope_deg",
    ]
    | AreaColumn
)
Mode = Literal["walk", "drive"]
FromParcels = Literal["land_price_krw_m2", "public_land_share"]
# Criteria whose values the simulation finds (simulation.outcomes.adopters).
FROM_SIMULATION = ("adopters_outside_10y", "capex_per_resident", "opex_budget_share")


class Nothing(Strict):
    """A measure without arguments."""


class Scope(Strict):
    """The cells counted: those inside the district, or all within minutes of it by one mode."""

    walk_min: WalkMin | None = None
    drive_min: DriveMin | None = None

    @model_validator(mode="after")
    def _one(self) -> Scope:
        if self.walk_min is not None and self.drive_min is not None:
            raise ValueError("walk_min or drive_min, not both")
        return self


class OfColumn(Scope):
    """A column of the cells, over some of them."""

    column: Column


class OfParts(Scope):
    """Part of a whole, both columns of the cells."""

    part: Column
    whole: Column
    less: Column | None = None


class OfArea(Strict):
    """A column of square metres."""

    column: AreaColumn


class OfProposal(Strict):
    """A field of the proposal."""

    field: FromParcels | Literal["private_share", "operator_secured", "control_centre"]


class OfParcels(Strict):
    """A field of the proposal that parcels may say too."""

    field: FromParcels


class OfTravel(Strict):
    """Travel to people or jobs."""

    column: Column
    mode: Mode


class OfKinds(Strict):
    """Kinds of facility."""

    kinds: list[str] = Field(min_length=1)


class Around(OfKinds):
    """Facilities in a strip around the district."""

    within_m: RadiusM
    or_cells: Column | None = None


class Nearest(OfKinds):
    """The nearest facility by a mode."""

    mode: Mode


class Catchment(OfKinds):
    """Access by a floating catchment."""

    beta: Beta
    limit_min: DriveMin
    mode: Mode
    walk_min: WalkMin


class OfZoning(Strict):
    """A figure of the zones of land use."""

    column: Literal["fit", "floor_area_max_pct", "coverage_max_pct"]


class AreaOver(OfArea):
    """A column of square metres over a share of the area."""

    limit: Share


class CellsOver(Strict):
    """Cells whose figure is above another, over a share of the area."""

    column: Column
    over: Number
    limit: Share


MEASURES: dict[str, type[Strict]] = {
    "total": OfColumn,
    "mean": OfColumn,
    "share": OfParts,
    "reached_share": OfColumn,
    "area_share": OfArea,
    "district_area": Nothing,
    "district_part": OfArea,
    "proposal": OfProposal,
    "proposal_or_parcels": OfParcels,
    "mean_travel": OfTravel,
    "facility_count": Around,
    "facility_density": Around,
    "nearest_facility": Nearest,
    "beyond_minimum": OfKinds,
    "access": Catchment,
    "decline": Nothing,
    "zoning_mean": OfZoning,
    "from_simulation": Nothing,
}
VETOES: dict[str, type[Strict]] = {
    "area_share_over": AreaOver,
    "cells_over": CellsOver,
    "area_limits": Nothing,
    "kind_not_eligible": Nothing,
}


def arguments(catalogue: CriteriaSet) -> Iterator[tuple[str, Strict]]:
    """Yield the place of every criterion and veto (``criteria[3]``) with its arguments, which hold, as their shape."""
    for key, entry, known in _entries(catalogue):
        yield key, known[entry.measure].model_validate(entry.args)


def argument_faults(catalogue: CriteriaSet, file: str, kinds: Collection[str], judged: Collection[str]) -> list[Fault]:
    """Every measure there is not, and every argument it does not take or cannot be given.

    ``kinds`` are those a facility may be of (data/osm_kinds.yaml), ``judged`` those the national minimum names.
    """
    faults: list[Fault] = []
    for key, entry, known in _entries(catalogue):
        if entry.measure not in known:
            faults.append(_unknown(file, entry.id, f"{key}.measure", entry.measure, known))
            continue
        breaches: list[Fault] = []
        parsed = parse(known[entry.measure], entry.args, file, breaches)
        faults += [
            replace(breach, row=entry.id, column=f"{key}.args.{breach.column}".rstrip(".")) for breach in breaches
        ]
        if entry.measure == "from_simulation" and entry.id not in FROM_SIMULATION:
            faults.append(_unknown(file, entry.id, f"{key}.id", entry.id, FROM_SIMULATION))
        if isinstance(parsed, OfKinds):
            at_hand = judged if entry.measure == "beyond_minimum" else kinds
            column = f"{key}.args.kinds"
            faults += [_unknown(file, entry.id, column, kind, at_hand) for kind in parsed.kinds if kind not in at_hand]
    return faults


def _entries(catalogue: CriteriaSet) -> list[tuple[str, Criterion | Veto, dict[str, type[Strict]]]]:
    """Every criterion and veto with its place and the measures it may name."""
    return [
        *((f"criteria[{at}]", entry, MEASURES) for at, entry in enumerate(catalogue.criteria)),
        *((f"vetoes[{at}]", entry, VETOES) for at, entry in enumerate(catalogue.vetoes)),
    ]


def _unknown(file: str, row: str, column: str, name: str, known: Collection[str]) -> Fault:
    near = difflib.get_close_matches(name[:100], known, 1)
    remedy = f"Did you mean {near[0]}?" if near else "Correct the spelling."
    shown: Any = name if len(name) <= 80 else f"{name[:77]}..."
    return Fault(file, f"one of: {', '.join(known)}", repr(shown), remedy, row=row, column=column)
