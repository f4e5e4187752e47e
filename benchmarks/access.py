"""G2SFCA: ours (SciPy sparse products) against pandas tables and a NumPy loop over facilities, equal answers checked.

    python benchmarks/access.py

60,000 cells of 100 m with people, 2,000 facilities, walking 15 minutes at 4 km/h in a straight line: what is timed is
the method, from travel times to supply per person, not the travel times. One thread each; medians of five runs.
"""

import statistics
import time
from collections.abc import Callable

import numpy as np
import pandas as pd
from scipy.spatial import cKDTree

from spatial.measures.floating_catchment import g2sfca

CELLS, FACILITIES, BETA, LIMIT_MIN, KMH, RUNS = 60_000, 2_000, 50.0, 15.0, 4.0, 5


def city() -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(2021)
    side = int(np.ceil(np.sqrt(CELLS)))
    cell = np.arange(CELLS)
    centre = np.column_stack([cell % side, cell // side]) * 100.0 + 50
    people = rng.poisson(20, CELLS).astype(float)
    site = centre[rng.choice(CELLS, FACILITIES, replace=False)]
    supply = rng.integers(1, 10, FACILITIES).astype(float)
    reach_m = LIMIT_MIN * KMH * 1000 / 60
    near = cKDTree(centre).query_ball_point(site, reach_m, return_sorted=True)
    indptr = np.concatenate([[0], np.cumsum([len(row) for row in near])])
    indices = np.concatenate(near).astype(np.int32)
    facility = np.repeat(np.arange(FACILITIES), np.diff(indptr))
    metres = np.hypot(*(site[facility] - centre[indices]).T)
    return indptr, indices, (metres / reach_m * LIMIT_MIN).astype(np.float32), people, supply


def with_loop(indptr, indices, minutes, people, supply) -> np.ndarray:
    offered = np.zeros(people.size)
    for facility in range(supply.size):
        row = slice(indptr[facility], indptr[facility + 1])
        near = np.exp(-(minutes[row].astype(float) ** 2) / BETA)
        demand = people[indices[row]] @ near
        if demand > 0:
            offered[indices[row]] += supply[facility] / demand * near
    return offered


def with_pandas(indptr, indices, minutes, people, supply) -> np.ndarray:
    pairs = pd.DataFrame({"facility": np.repeat(np.arange(supply.size), np.diff(indptr)), "cell": indices})
    pairs["near"] = np.exp(-(minutes.astype(float) ** 2) / BETA)
    pairs = pairs.merge(pd.DataFrame({"cell": np.arange(people.size), "people": people}), on="cell")
    demand = (pairs["people"] * pairs["near"]).groupby(pairs["facility"]).sum()
    ratio = (pd.Series(supply) / demand.reindex(range(supply.size), fill_value=0.0)).where(demand > 0, 0.0)
    offered = (pairs["facility"].map(ratio) * pairs["near"]).groupby(pairs["cell"]).sum()
    return offered.reindex(range(people.size), fill_value=0.0).to_numpy()


def median_s(work: Callable[[], np.ndarray]) -> tuple[float, np.ndarray]:
    answer, seconds = work(), []
    for _ in range(RUNS):
        begun = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - begun)
    return statistics.median(seconds), answer


def main() -> None:
    indptr, indices, minutes, people, supply = given = city()
    print(f"{CELLS:,} cells, {FACILITIES:,} facilities, {indices.size:,} pairs within {LIMIT_MIN:g} minutes")
    ways = {
        "geojeom": lambda: g2sfca(indptr, indices, minutes, people=people, supply=supply, beta=BETA),
        "numpy loop": lambda: with_loop(*given),
        "pandas": lambda: with_pandas(*given),
    }
    found = {name: median_s(way) for name, way in ways.items()}
    ours_s, ours = found["geojeom"]
    for name, (seconds, answer) in found.items():
        assert np.allclose(answer, ours, rtol=1e-9), f"{name} answers otherwise"
        print(f"{name:13} {seconds * 1000:8.1f} ms  {seconds / ours_s:5.2f} x ours")
    print(f"people x access {people @ ours:,.6f}, supply reached {supply.sum():,.6f}")


if __name__ == "__main__":
    main()
