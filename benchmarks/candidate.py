"""One more candidate in a city that is set up already: from the drawn district to ten years of the shipped plan.

    python benchmarks/candidate.py          an invented city of 60,000 cells, a street along every row and column
    python benchmarks/candidate.py 10000    another number of cells

Timed, after one round to warm up: the way from the district on foot and by car, the plan laid with what each opening
reaches and from when it works, and its mean field; besides, the 16 worlds of chance that the comparison takes its
criterion from. Medians of several rounds, each of another district.
"""

import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import yaml

from geojeom.catalogues import CATALOGUES
from simulation.outcomes.adopters import CRITERION_MONTH, in_worlds
from simulation.plans.settings import Scheme, read
from simulation.runs import inputs, scenario
from simulation.runs.worlds import central
from simulation.spread.diffusion import mean_field
from spatial.streets.network import Network
from spatial.streets.travel import cells_to_cells, from_groups

CELLS, ROUNDS, ZONES_ACROSS, LIMIT_S = 60_000, 5, 8, 900.0
WALK_S, DRIVE_S = 90.0, 12.0  # 100 m at 4 and at 30 km/h


def streets(across: int, down: int) -> Network:
    """A node in the middle of every cell, joined to its neighbours in row and column."""
    place = np.arange(across * down).reshape(down, across)
    ends = [(place[:, :-1], place[:, 1:]), (place[:-1], place[1:])]
    source = np.concatenate([side.ravel() for pair in ends for side in pair])
    target = np.concatenate([side.ravel() for pair in ends for side in pair[::-1]])
    order = np.lexsort((target, source))
    y, x = np.divmod(np.arange(place.size), across)
    edges = source.size
    return Network(
        node_x_m=100.0 * x,
        node_y_m=100.0 * y,
        indptr=np.searchsorted(source[order], np.arange(place.size + 1)),
        indices=target[order].astype(np.int32),
        length_m=np.full(edges, 100, np.float32),
        walk_s=np.full(edges, WALK_S, np.float32),
        drive_s=np.full(edges, DRIVE_S, np.float32),
        cell_node=np.arange(place.size, dtype=np.int32),
        cell_access_m=np.zeros(place.size, np.float32),
        kind="osm",
        circuity=1.0,
        walk_kmh=4.0,
        access_kmh=4.0,
    )


def city(cells: int) -> tuple[inputs.Inputs, Scheme, int]:
    """Everything read of a region but the districts, the shipped services and plan, and how many cells lie in a row."""
    across = int(np.sqrt(cells))
    down = cells // across
    network = streets(across, down)
    y, x = np.divmod(np.arange(across * down), across)
    rng = np.random.default_rng(5)
    away = np.hypot(x - across / 2, y - down / 2) / across
    people = rng.poisson(rng.gamma(1.5, 60 * np.exp(-away / 0.4)))
    table = pd.DataFrame(
        {
            "x_m": 100.0 * x,
            "y_m": 100.0 * y,
            "zone_id": [f"{a}-{b}" for a, b in zip(x * ZONES_ACROSS // across, y * ZONES_ACROSS // down, strict=True)],
        }
    )
    for name, share in {"population": 1.0, "elderly": 0.2, "youth": 0.25, "jobs": 0.4}.items():
        table[name] = pd.array(rng.binomial(people, share), dtype="Int64")
    everywhere = np.arange(len(table), dtype=np.int32)
    indptr, indices, travel_s = cells_to_cells(network, everywhere, LIMIT_S)
    travel: dict[str, Any] = {
        "cell": everywhere,
        "indptr": indptr,
        "indices": indices,
        "travel_s": travel_s,
        "limit_s": LIMIT_S,
    }
    catalogues = {
        key: yaml.safe_load((CATALOGUES / place).read_text(encoding="utf-8"))
        for key, place in {
            "services": "services/default.yaml",
            "plan": "plans/default.yaml",
            "programme": "programme/2021.yaml",
        }.items()
    }
    scheme = read(catalogues | {"simulation": {"mixing": {"contact_limit_s": LIMIT_S}}})
    return inputs.Inputs(table, network, travel, {}, pd.DataFrame(), {"new": np.inf}), scheme, across


def median_s(work: Callable[[int], Any]) -> float:
    """Seconds of the median round, the first not counted."""
    seconds = []
    for turn in range(ROUNDS + 1):
        begun = time.perf_counter()
        work(turn)
        seconds.append(time.perf_counter() - begun)
    return statistics.median(seconds[1:])


def main() -> None:
    found, scheme, across = city(int(sys.argv[1]) if len(sys.argv) > 1 else CELLS)
    people = inputs.potential_of(found, scheme, scheme.opened)
    ground = inputs.city_of(found, scheme, people)
    row, column = np.divmod(np.arange(len(found.cells)), across)
    stages: dict[str, list[float]] = {"travel": [], "plan": [], "mean field": []}
    hubs = []

    def candidate(turn: int) -> None:
        marks = [time.perf_counter()]
        corner = across // 4 + 5 * turn
        inside = (abs(row - corner - 5) < 5) & (abs(column - corner - 5) < 5)
        group = [np.flatnonzero(inside).astype(np.int32)]
        walk_s, drive_s = (from_groups(found.network, group, 3600.0, mode) for mode in ("walk", "drive"))
        given = {"district_id": np.array(["new"]), "walk_s": walk_s, "drive_s": drive_s, "inside": inside[None]}
        mine = replace(found, district_travel=given)
        marks.append(time.perf_counter())
        openings, reached = inputs.plan_of(mine, scheme, "new")
        hubs.append(inputs.hub_of(mine, scheme, ground, "new", openings=openings, reached=reached))
        marks.append(time.perf_counter())
        lanes = central(scheme.services, ground.services, scheme.settings.mixing, 1)
        field = mean_field(scenario.problem(ground, hubs[-1:], CRITERION_MONTH), lanes, np.empty(0, np.int64))
        marks.append(time.perf_counter())
        assert field.outside[:, -1].sum() > 0
        for stage, took in zip(stages, np.diff(marks), strict=True):
            stages[stage].append(float(took))

    whole = median_s(candidate)
    services, cells = ground.potential.shape
    print(f"one more candidate, {cells:,} cells, {services} services, {CRITERION_MONTH} months: {whole:.2f} s")
    print("  " + ", ".join(f"{stage} {statistics.median(took[1:]):.2f} s" for stage, took in stages.items()))
    chance = median_s(lambda turn: in_worlds(scheme, ground, hubs[turn], 7))
    print(f"  besides, worlds of chance for the comparison: {chance:.2f} s")


if __name__ == "__main__":
    main()
