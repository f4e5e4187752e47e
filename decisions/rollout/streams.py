"""The services whose users a roll-out search counts, as its arrays and as the core's problems."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from decisions.rollout.goal import Goal
from decisions.rollout.instance import Stream
from geojeom.messages import Remark
from simulation.plans.availability import in_month
from simulation.plans.settings import Scheme
from simulation.runs import scenario
from simulation.runs.worlds import central
from simulation.spread.block import MONTHS_PER_YEAR
from simulation.spread.diffusion import Lanes, Problem, mean_field


def streams_of(
    scheme: Scheme,
    city: scenario.City,
    hub: scenario.Hub,
    *,
    goal: Goal,
    counts: Mapping[str, NDArray[np.float64]],
    packages: Sequence[pd.DataFrame],
    reached: Sequence[NDArray[np.float32]],
    fixed: tuple[pd.DataFrame, NDArray[np.float32]],
    first: int,
) -> tuple[list[Stream], list[Problem], list[Lanes], dict[str, Remark]]:
    """The services whose users the search counts, each with the core's problem over its own cells.

    ``counts`` are what a user of each service counts in each of the region's cells (C,).
    """
    brings: dict[str, list[int]] = {}
    for o, package in enumerate(packages):
        brings.setdefault(str(package["service"].iloc[0]), []).append(o)
    problem = scenario.problem(city, [hub], scheme.months)
    streams, problems, lanes, left_out = [], [], [], {}
    for row, service in enumerate(city.services):
        options, limit = brings.get(service, []), np.ones(city.cell.size)
        covers = [name for name in scheme.covered_by.get(service, ()) if name in brings]
        if covers:
            # Of use where what covers it is: it spreads with that, as far as it is there itself.
            limit, last = (in_month(*fixed, [service], month, {})[0, city.cell] for month in (first, scheme.months))
            if options or len(covers) > 1 or (limit != last).any():
                left_out[service] = Remark(
                    "rollout.covered_too",
                    service=_named(scheme, service),
                    covers=[_named(scheme, name) for name in covers],
                )
                continue
            options = brings[covers[0]]
        if not options:
            continue
        part = of_service(problem, row)
        one = central(scheme.services, [service], scheme.settings.mixing, 1)
        gives = np.array([np.minimum(reached[o][:, city.cell].max(axis=0), limit) for o in options], float)
        stream = _stream(service, np.array(options, np.int64), gives, part, one)
        worth = stream.worth * counts[service][city.cell]
        streams.append(replace(stream, worth=worth, timing=goal.timing(scheme.months)))
        problems.append(part)
        lanes.append(one)
    return streams, problems, lanes, left_out


def _named(scheme: Scheme, service: str) -> dict[str, str]:
    name: dict[str, str] = scheme.services[service].name.model_dump()
    return name


def of_service(problem: Problem, row: int) -> Problem:
    """The core's problem of one service alone."""
    stream = None if problem.stream is None else problem.stream[row : row + 1]
    return replace(
        problem,
        potential=problem.potential[row : row + 1],
        availability=problem.availability[:, row : row + 1],
        stream=stream,
    )


def _stream(
    service: str, options: NDArray[np.int64], reach_of: NDArray[np.float64], problem: Problem, lanes: Lanes
) -> Stream:
    """The core's problem of one service in double precision, its rates a month and put together; users count once.

    A cell without potential adopters has no users whatever is open: nothing reaches it.
    """
    people = problem.potential[0].astype(float)
    empty = people == 0
    base = problem.availability[:, 0, :, 0].astype(float)
    base[:, empty], reach_of[:, empty] = 0.0, 0.0
    q = float(lanes.q[0, 0]) / MONTHS_PER_YEAR
    near, far = float(lanes.theta_contagious[0]), float(lanes.theta_hierarchical[0])
    zone, inside = problem.zone.astype(np.int64), problem.inside[:, 0]
    # A cell in no zone has its own share for the zones'.
    own = q * (1 - near - far) + np.where(zone < 0, q * far, 0.0)
    rows = problem.contact
    contact = sparse.csr_matrix(
        (rows.weight.astype(float), rows.indices, rows.indptr), shape=(people.size, people.size)
    )
    of_zone = np.bincount(zone[zone >= 0], people[zone >= 0], len(problem.zone_weight))
    share = np.where(zone >= 0, people / np.maximum(of_zone[np.maximum(zone, 0)], 1), 0.0)
    travel_s = problem.hub_travel_s[:, 0].astype(float)
    seen = np.exp(-travel_s / float(lanes.demonstration_decay_s[0]))
    return Stream(
        service=service,
        options=options,
        reach=reach_of,
        base=base,
        epoch=problem.epoch.astype(np.int64),
        people=people,
        worth=np.where(inside, 0.0, people),
        timing=Goal().timing(problem.epoch.size),
        seed=float(lanes.p[0, 0]) / MONTHS_PER_YEAR * (1 + float(lanes.demonstration[0]) * seen),
        contact=sparse.csr_matrix(q * near * contact + sparse.diags(own)),
        zone=zone,
        zone_share=share,
        # In the order of rows, whatever it came in: of another order the kernels would be compiled once more.
        zone_weight=q * far * problem.zone_weight.astype(float, order="C"),
    )


def users(problem: Problem, lanes: Lanes) -> float:
    """Users of a service outside the hub at the horizon."""
    return float(mean_field(problem, lanes, np.array([problem.epoch.size])).outside[0, -1, 0])
