"""The problems that a region's tables tell, zone by zone: what a plan is drafted to answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from geojeom.catalogues import CATALOGUES
from geojeom.checked_yaml import read_catalogue
from geojeom.messages import Remark, term
from geojeom.models import Strict, Text
from geojeom.quantities import RadiusM, WalkMin
from simulation.workbook.city import City
from simulation.workbook.layout import PEOPLE
from spatial.config.catalogue import Evidence
from spatial.measures.context import Bools, Floats, Ground
from spatial.measures.decline import CATEGORIES, FALL, below_most, zone_conditions
from spatial.measures.gaps import cells_beyond

# Zones named for a problem; of each national minimum, of which there are many, the one with most people beyond it.
MOST_ZONES = 3
PER_CENT = {"ko": "%", "en": "%"}


class Answers(Strict):
    """Which services of the catalogue answer a problem (data/problems.yaml)."""

    source: Text
    evidence: Evidence
    stop_within_m: RadiusM
    hub_walk_min: WalkMin
    answers: dict[str, list[str]]


class Kind(NamedTuple):
    """A kind of problem: what it is, by which measure and unit, from which layers, and the services that answer it.

    A layer is one of the cells, or a kind of facility.
    ``rule`` is the source of a rule that it is held against.
    ``modelled`` is the measure of the simulation that tells of an answer.
    """

    problem: Remark
    measure: Remark
    unit: dict[str, str]
    layers: tuple[str, ...]
    services: list[str]
    modelled: str = "users"
    rule: str = ""


class Problem(NamedTuple):
    """A problem of one zone: its value there, and the cell where most have it."""

    kind: Kind
    zone_id: str
    value: float
    cell: int


@dataclass(frozen=True)
class Search:
    """Problems of a region as its tables tell them; ``unknown`` says what no table tells, which is never taken for 0.

    ``walk_s`` (C,) are the seconds on foot from the hub.
    """

    city: City
    ground: Ground
    history: pd.DataFrame
    hub: str
    walk_s: NDArray[np.float32]
    answers: Answers = field(default_factory=lambda: read_catalogue(CATALOGUES / "problems.yaml", Answers))
    unknown: list[Remark] = field(default_factory=list)

    def found(self) -> list[Problem]:
        """All problems, those of the law and the standard first, each in its worst zones.

        Returns
        -------
        list of Problem
            What cannot be judged is in ``unknown``.
        """
        return [*self._beyond(), *self._decline(), *self._elderly(), *self._by_car()]

    def _column(self, name: str) -> Floats:
        figures: Floats = self.ground.cells[name].to_numpy(float, na_value=np.nan)
        return figures

    def _known(self, problem: Remark, *columns: str) -> bool:
        """Whether the cells have some figure of every column; what they lack is noted."""
        lacking = [name for name in columns if np.isnan(self._column(name)).all()]
        if lacking:
            self.unknown.append(Remark("draft.unknown.columns", problem=problem, columns=lacking))
        return not lacking

    def _beyond(self) -> Iterator[Problem]:
        """Of each kind of facility the zone with the most people beyond the national minimum."""
        kinds = self.ground.minimum.kinds
        anybody = Remark("draft.problem.beyond", kind="facilities")
        if not self._known(anybody, "population"):
            return
        beyond = cells_beyond(self.ground, list(kinds))
        if lacking := [kind for kind in kinds if kind not in beyond]:
            words = [{language: term(kind, language) for language in ("ko", "en")} for kind in lacking]
            self.unknown.append(Remark("draft.unknown.kinds", kinds=words))
        worst: list[Problem] = []
        for name, cells in beyond.items():
            within = kinds[name]
            kind = Kind(
                Remark("draft.problem.beyond", kind=name),
                Remark(f"draft.measure.{within.mode}", minutes=within.minutes),
                PEOPLE,
                ("population", name),
                self.answers.answers[name],
                rule=f"{self.ground.minimum.source} ({within.evidence})",
            )
            worst += self._people(kind, cells, 1)
        yield from sorted(worst, key=lambda problem: -problem.value)

    def _people(self, kind: Kind, cells: Bools, most: int) -> Iterator[Problem]:
        """The zones with the most people on some cells."""
        people = np.where(cells, np.nan_to_num(self._column("population")), 0)
        sums = pd.Series(people).groupby(self.ground.cells["zone_id"].to_numpy(object)).sum()
        for zone, value in _largest(sums[sums > 0], most):
            yield Problem(kind, zone, round(value), self._at(zone, people))

    def _at(self, zone: str, weight: Floats) -> int:
        """The cell of a zone with the most of those a problem is of."""
        own = np.flatnonzero((self.ground.cells["zone_id"] == zone).to_numpy(dtype=bool, na_value=False))
        return int(own[np.nan_to_num(weight[own]).argmax()])

    def _decline(self) -> Iterator[Problem]:
        """The zones that meet a condition of the rule of decline, those first that lost most."""
        cells = self.ground.cells
        conditions = zone_conditions(self.history, cells)
        sums = cells.groupby("zone_id")[["buildings", "old_buildings"]].sum(min_count=1).astype(float)
        sizes = {name: below_most(self.history, name) for name in FALL}
        sizes["buildings"] = sums["old_buildings"] / sums["buildings"].where(sums["buildings"] > 0)
        where = {"population": "population", "businesses": "jobs", "buildings": "old_buildings"}
        for name in CATEGORIES:
            met = conditions[name]
            problem, measure, layer = Remark(f"draft.problem.{name}"), Remark("draft.measure.old"), "buildings"
            if name in FALL:
                measure, layer = Remark("draft.measure.below", years=FALL[name][0]), "history"
            self._unjudged(problem, name, met)
            kind = Kind(problem, measure, PER_CENT, (layer,), self.answers.answers[name], "coverage_declining")
            for zone, share in _largest(sizes[name].reindex(met.index[met == 1]).dropna(), MOST_ZONES):
                yield Problem(kind, zone, round(100 * share, 1), self._at(zone, self._column(where[name])))

    def _unjudged(self, problem: Remark, name: str, met: pd.Series) -> None:
        """Note the zones of which a condition is not known."""
        unjudged = int(met.isna().sum())
        if unjudged == len(met):
            columns = ["buildings", "old_buildings"] if name == "buildings" else [name]
            self.unknown.append(Remark("draft.unknown.columns", problem=problem, columns=columns))
        elif unjudged:
            self.unknown.append(Remark("draft.unknown.zones", problem=problem, n=unjudged, of=len(met)))

    def _elderly(self) -> Iterator[Problem]:
        problem, measure = Remark("draft.problem.elderly"), Remark("draft.measure.elderly")
        if not self._known(problem, "population", "elderly"):
            return
        sums = self.ground.cells.groupby("zone_id")[["population", "elderly"]].sum(min_count=1).astype(float)
        share = (sums["elderly"] / sums["population"].where(sums["population"] > 0)).dropna()
        kind = Kind(problem, measure, PER_CENT, ("elderly",), self.answers.answers["elderly"], "coverage_elderly")
        for zone, value in _largest(share[share > share.mean()], MOST_ZONES):
            yield Problem(kind, zone, round(100 * value, 1), self._at(zone, self._column("elderly")))

    def _by_car(self) -> Iterator[Problem]:
        """People from whom the hub is a drive away, with no stop near home and too far to walk."""
        within, minutes = self.answers.stop_within_m, self.answers.hub_walk_min
        problem = Remark("draft.problem.by_car")
        measure = Remark("draft.measure.by_car", stop_m=within, minutes=minutes)
        if not self._known(problem, "population", "transit_stops"):
            return
        xy_m = self.city.ground.xy_m
        stops = np.nan_to_num(self._column("transit_stops")) + np.nan_to_num(self._column("subway_stations"))
        near = np.zeros(len(xy_m), bool)
        if (stops > 0).any():
            near = cKDTree(xy_m[stops > 0]).query(xy_m)[0] <= within
        by_car = ~near & (self.walk_s > 60 * minutes) & np.isfinite(self.city.drive_s[self.hub])
        layers = ("population", "transit_stops", "subway_stations", "streets")
        yield from self._people(
            Kind(problem, measure, PEOPLE, layers, self.answers.answers["by_car"]), by_car, MOST_ZONES
        )


def _largest(figures: pd.Series, most: int) -> list[tuple[str, float]]:
    """The zones with the largest figures; of equal ones the first by code."""
    top = figures.sort_index().sort_values(ascending=False, kind="stable").head(most)
    return [(str(zone), float(value)) for zone, value in top.items()]
