"""The diffusion core beside the same model in scipy.sparse + NumPy: ensemble, mean field, mixing product, binomial.

    python benchmarks/diffusion.py          10,000 cells, 36 months: about a minute
    python benchmarks/diffusion.py --full   60,000 cells, 120 months: several minutes

Equal answers are checked before anything is timed. scipy and NumPy run these operations on one thread by design; ours
is shown on one thread and on all.
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from simulation.kernels.binomial import BLOCK, GAIN, HAZARD, LEFT, ROWS, binomial_lanes, pairs
from simulation.kernels.product import product
from simulation.kernels.vectors import VECTOR, summing
from simulation.runs.quantiles import over_worlds
from simulation.spread.diffusion import Lanes, Problem, mean_field, stochastic
from simulation.spread.mixing import contagious, gravity
from simulation.spread.order import along_hilbert, arranged

NEIGHBOURS, WORLDS, SERVICES, ZONES_ACROSS = 64, 64, 5, 8
SECONDS_PER_CELL = 117.0  # 100 m at 4 km/h over streets 1.3 times as long
ALL_THREADS = numba.get_num_threads()


def walks(x: NDArray[Any], y: NDArray[Any], across: int, cells: int) -> tuple[NDArray[Any], ...]:
    """CSR of walking seconds to the 80 cells around each: 9 by 9 without the middle, columns ascending."""
    steps = np.array([(dx, dy) for dy in range(-4, 5) for dx in range(-4, 5) if (dx, dy) != (0, 0)], np.int32)
    to_x, to_y = (place.astype(np.int32)[:, None] + step for place, step in zip((x, y), steps.T, strict=True))
    target = to_y * np.int32(across) + to_x
    there = (to_x >= 0) & (to_x < across) & (to_y >= 0) & (target < cells)
    far = np.broadcast_to((np.hypot(*steps.T) * SECONDS_PER_CELL).astype(np.float32), there.shape)
    return np.concatenate([[0], np.cumsum(there.sum(axis=1))]), target[there], far[there]


def city(cells: int, months: int) -> Problem:
    """A round city, dense in the centre; services open one after another, three citywide, two around the hub."""
    rng = np.random.default_rng(5)
    across = int(np.ceil(np.sqrt(cells)))
    x, y = np.arange(cells) % across, np.arange(cells) // across
    centre = np.hypot(x - across / 2, y - across / 2)
    people = rng.poisson(rng.gamma(1.5, 60 * np.exp(-centre / (0.4 * across)))) + 1
    indptr, indices, seconds = walks(x, y, across, cells)
    contact = contagious(indptr, indices, seconds, people, 480.0, NEIGHBOURS)
    zone = (x * ZONES_ACROSS // across) * ZONES_ACROSS + y * ZONES_ACROSS // across
    places = np.array([complex(x[zone == z].mean(), y[zone == z].mean()) for z in range(zone.max() + 1)])
    drive_s = abs(places[:, None] - places) * SECONDS_PER_CELL / 6
    hub_travel_s = (centre * SECONDS_PER_CELL / 6).astype(np.float32)
    available = np.zeros((4, SERVICES, cells, 1), np.float32)
    for epoch in range(4):
        available[epoch, : min(epoch + 1, 3), :, 0] = 1
        available[epoch, 3:, :, 0] = np.clip(2 - hub_travel_s / (120.0 * (epoch + 1)), 0, 1)
    return Problem(
        potential=rng.binomial(people, np.array([[0.9], [0.3], [0.5], [0.2], [0.6]])).astype(np.int32),
        availability=available,
        epoch=np.minimum(np.arange(months) // 9, 3).astype(np.int32),
        hub_travel_s=hub_travel_s[:, None],
        inside=(centre < across / 20)[:, None],
        contact=contact,
        zone=zone.astype(np.int32),
        zone_weight=gravity(np.bincount(zone, people), drive_s, 900.0),
        order=along_hilbert(np.stack([x, y], axis=1).astype(float)),
    )


def parameters(count: int) -> Lanes:
    """Worlds with rates drawn around the mean, as an ensemble has them."""
    rng = np.random.default_rng(6)

    def drawn(value: float, *shape: int) -> NDArray[np.float64]:
        return np.asarray(value * rng.uniform(0.8, 1.2, shape or count))

    return Lanes(
        drawn(0.02, SERVICES, count),
        drawn(0.4, SERVICES, count),
        drawn(0.3),
        drawn(0.1),
        np.ones(count),
        drawn(900.0),
        np.arange(count),
    )


def peer(problem: Problem, lanes: Lanes, record: NDArray[Any], seed: int | None) -> tuple[NDArray[Any], NDArray[Any]]:
    """The same model with scipy's sparse product and NumPy: totals (S, T+1, L) and recorded adopters (S, R, n, L).

    Careful: single precision where ours has it, work in place, closed services skipped, nothing built in the loop.
    """
    services, cells = problem.potential.shape
    count, months = lanes.world.size, problem.epoch.size
    rows = problem.contact
    contact = sparse.csr_matrix((rows.weight, rows.indices, rows.indptr), shape=(cells, cells))
    members = sparse.csr_matrix((np.ones(cells, np.float32), (problem.zone, np.arange(cells))))
    rng = np.random.default_rng(seed)
    effect = 1 + lanes.demonstration * np.exp(-problem.hub_travel_s / lanes.demonstration_decay_s)
    effect = effect.astype(np.float32)
    kind = np.float64 if seed is None else np.int32
    adopters = np.zeros((services, cells, count), kind)
    totals = np.zeros((services, months + 1, count))
    kept = np.zeros((services, len(record), cells, count), np.float32 if seed is None else np.int32)
    p, q = (lanes.p / 12).astype(np.float32), lanes.q / 12
    theta_c, theta_h = lanes.theta_contagious, lanes.theta_hierarchical
    own = (q * (1 - theta_c - theta_h)).astype(np.float32)
    near, far = (q * theta_c).astype(np.float32), (q * theta_h).astype(np.float32)
    for month in range(months):
        for s in range(services):
            available = problem.availability[problem.epoch[month], s]
            if not available.any():
                continue
            people = problem.potential[s][:, None]
            share = np.divide(adopters[s], np.maximum(people, 1), dtype=np.float64).astype(np.float32)
            hazard = contact @ share
            hazard *= near[s]
            in_zone = np.maximum(members @ problem.potential[s].astype(np.float32), 1)[:, None]
            pull = problem.zone_weight @ ((members @ adopters[s].astype(np.float32)) / in_zone) * far[s]
            hazard += pull[problem.zone]
            share *= own[s]
            hazard += share
            hazard += effect * p[s]
            hazard *= available
            chance = -np.expm1(-hazard.astype(np.float64))
            left = people - adopters[s]
            adopters[s] += left * chance if seed is None else rng.binomial(left, chance)
            totals[s, month + 1] = adopters[s].sum(axis=0)
        for r in np.flatnonzero(record == month + 1):
            kept[:, r] = adopters
    return totals, kept


def median_s(work: Callable[[], Any], times: int) -> float:
    """Median seconds of several runs after one that does not count."""
    work()
    taken = []
    for _ in range(times):
        begin = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begin)
    return statistics.median(taken)


def line(what: str, ours_s: float, peer_s: float, note: str = "") -> None:
    print(f"  {what:<46}{ours_s:>10.3f} s{peer_s:>10.3f} s{peer_s / ours_s:>8.1f} x  {note}", flush=True)


def both_threads(what: str, work: Callable[[], Any], times: int, peer_s: float, note: str = "") -> None:
    for threads in sorted({1, ALL_THREADS}):
        numba.set_num_threads(threads)
        line(f"{what}, {threads} thread{'s' if threads > 1 else ''}", median_s(work, times), peer_s, note)
    numba.set_num_threads(ALL_THREADS)


def ensemble(problem: Problem, times: int) -> None:
    lanes, record = parameters(WORLDS), np.arange(0, problem.epoch.size + 1, 12)
    drawn = stochastic(problem, lanes, 1, record)
    begin = time.perf_counter()
    totals, _ = peer(problem, lanes, record, seed=1)
    peer_s = time.perf_counter() - begin
    ours = (drawn.inside + drawn.outside)[:, -1]
    # The same parameters world by world and other draws: in standard errors of the mean difference.
    apart = ours - totals[:, -1]
    errors = apart.mean(axis=1) / (apart.std(axis=1, ddof=1) / np.sqrt(WORLDS))
    stated = ", ".join(f"{error:+.1f}" for error in errors)
    print(f"  worlds' mean adopters, ours less the peer's, in standard errors: {stated}")
    assert (abs(errors) < 5).all(), "the ensembles differ"
    if times > 1:
        peer_s = median_s(lambda: peer(problem, lanes, record, seed=1), times - 1)
    begin = time.perf_counter()
    yearly_quantiles(drawn.adopters)
    # What both have to do with the same adopters, in the same way.
    peer_s += time.perf_counter() - begin
    both_threads(
        f"{WORLDS} worlds, yearly quantiles",
        lambda: yearly_quantiles(stochastic(problem, lanes, 1, record).adopters),
        times,
        peer_s,
    )


def yearly_quantiles(adopters: NDArray[Any]) -> list[NDArray[Any]]:
    """Of the worlds in every cell, by service and year, as `geojeom simulation run` writes them."""
    return [over_worlds(adopters[at]) for at in np.ndindex(adopters.shape[:2])]


def field(problem: Problem, times: int) -> None:
    record = np.array([problem.epoch.size])
    for count in (1, 16):
        lanes = parameters(count)
        ours, (_, theirs) = mean_field(problem, lanes, record), peer(problem, lanes, record, seed=None)
        apart = abs(ours.adopters - theirs).max()
        print(f"  mean field, largest difference of a cell: {apart:.1e} of {theirs.max():.0f} persons")
        assert apart < 1e-3, "the mean fields differ"
        peer_s = median_s(lambda lanes=lanes: peer(problem, lanes, record, seed=None), times)
        both_threads(
            f"mean field, {count} lane{'s' if count > 1 else ''}",
            lambda lanes=lanes: mean_field(problem, lanes, record),
            times,
            peer_s,
        )


def aligned(shape: tuple[int, int]) -> NDArray[np.float32]:
    raw = np.empty(shape[0] * shape[1] * 4 + 64, np.uint8)
    first = -raw.ctypes.data % 64
    return raw[first : first + shape[0] * shape[1] * 4].view(np.float32).reshape(shape)


@numba.njit(_nrt=False, error_model="numpy")
def triad(a, b, c, times):  # type: ignore[no-untyped-def]
    for _ in range(times):
        for k in range(a.size):
            a[k] = b[k] + 3.0 * c[k]


_sum_many = summing(12)


@numba.njit(_nrt=False)
def multiply_add(indices, weight, rows, out):  # type: ignore[no-untyped-def]
    _sum_many(indices, weight, rows, out, 0, indices.size, 0)


def limits() -> tuple[float, float]:
    """Of one thread of this machine: multiply-adds per second, and bytes per second of memory.

    Multiplying and adding apart, as the product does, on eight rows in the first-level cache and with more sums at once
    than the product has, so that no sum waits for the last; and a[i] = b[i] + 3·c[i] on arrays far larger than caches.
    """
    long, few, lanes = 64 * 1024, 8, 12 * VECTOR
    rows, out = aligned((few, lanes)), aligned((1, lanes))[0]
    rows[:] = 1
    near, weight = np.arange(long, dtype=np.int32) % few, np.full(long, 1 / long, np.float32)
    add_s = median_s(lambda: multiply_add(near, weight, rows, out), 51)
    few_kb, many_mb = np.ones((3, 1_000)), np.ones((3, 20_000_000))
    near_s, far_s = median_s(lambda: triad(*few_kb, 1000), 9) / 1000, median_s(lambda: triad(*many_mb, 1), 9)
    found = long * lanes / add_s, many_mb.nbytes / far_s
    print(
        f"  limits of one thread: {found[0]:.2e} multiply-adds/s; triad {few_kb.nbytes / near_s / 1e9:.0f} GB/s "
        f"in cache, {found[1] / 1e9:.1f} GB/s in memory"
    )
    return found


def mixing(problem: Problem, limit: tuple[float, float]) -> None:
    """The product alone, both sides with the cells along the curve (which a scipy user could do, too)."""
    rows, cells = arranged(problem).contact, problem.potential.shape[1]
    share, out = aligned((cells, WORLDS)), aligned((cells, WORLDS))
    share[:] = np.random.default_rng(1).random(share.shape)
    matrix = sparse.csr_matrix((rows.weight, rows.indices, rows.indptr), shape=(cells, cells))
    product(*rows, share, 0, cells, out)
    assert (out == matrix @ share).all(), "the products differ"
    ours_s, peer_s = median_s(lambda: product(*rows, share, 0, cells, out), 15), median_s(lambda: matrix @ share, 15)
    line(f"mixing product, {cells:,} cells, 1 thread", ours_s, peer_s, "equal to the bit")
    adds, moved = rows.indices.size * WORLDS, sum(part.nbytes for part in (*rows, share, out))
    fastest_s = max(adds / limit[0], moved / limit[1])
    print(
        f"    {adds / ours_s:.2e} multiply-adds/s, {adds / ours_s / limit[0]:.0%} of the first limit; "
        f"{moved / ours_s / 1e9:.1f} GB/s if all is moved once, {moved / ours_s / limit[1]:.0%} of the other; "
        f"{fastest_s / ours_s:.0%} of what both allow"
    )
    mixed = arranged(replace(problem, order=np.random.default_rng(2).permutation(cells))).contact
    others_s = [
        median_s(lambda some=some: product(*some, share, 0, cells, out), 15) for some in (problem.contact, mixed)
    ]
    print(
        "    cells column by column: {:.2f} times as long; in no order: {:.2f} times".format(
            *others_s / np.array(ours_s)
        )
    )


@numba.njit(_nrt=False, error_model="numpy")
def draw_all(left, hazard, world, pair, work, total):  # type: ignore[no-untyped-def]
    for i in range(left.shape[0]):
        for lane in range(world.size):
            work[LEFT + lane] = left[i, lane]
            work[HAZARD + lane] = hazard[i, lane]
        binomial_lanes(work, np.uint32(1), np.uint32(2), np.uint32(i), world, pair, np.uint32(3))
        for lane in range(world.size):
            total[lane] += work[GAIN + lane]


def binomial(problem: Problem) -> None:
    """Draws with the (n, p) that the city has half-way through."""
    lanes = parameters(WORLDS)
    month = problem.epoch.size // 2
    adopters = stochastic(problem, lanes, 1, np.array([month, month + 1])).adopters
    left = problem.potential[0][:, None] - adopters[0, 0]
    share = adopters[0, 0] / np.maximum(problem.potential[0][:, None], 1)
    hazard = lanes.p[0] / 12 + lanes.q[0] / 12 * share
    chance = -np.expm1(-hazard)
    rng, world = np.random.default_rng(1), np.arange(WORLDS, dtype=np.uint32)
    work, total = np.empty(ROWS * BLOCK), np.zeros(WORLDS)
    draw_all(left, hazard, world, pairs(world), work, total)
    expected, spread = (left * chance).sum(), np.sqrt((left * chance * (1 - chance)).sum())
    assert abs(total.sum() - expected) < 5 * spread, "the draws are off"
    ours_s = median_s(lambda: draw_all(left, hazard, world, pairs(world), work, total), 9)
    peer_s = median_s(lambda: rng.binomial(left, chance), 9)
    mean = left.mean() * chance.mean()
    line(f"{left.size:.1e} binomial draws, 1 thread", ours_s, peer_s, f"n·p about {mean:.2f}")
    print(f"  per draw: ours {ours_s / left.size * 1e9:.1f} ns, NumPy {peer_s / left.size * 1e9:.1f} ns")


def growth(sizes: list[int], months: int) -> None:
    print("  cost against size (16 worlds): seconds per 1e9 of edges × worlds × months × services")
    for cells in sizes:
        problem, lanes = city(cells, months), parameters(16)
        taken = median_s(lambda p=problem, q=lanes: stochastic(p, q, 1, np.array([])), 2)
        work = problem.contact.indices.size * 16 * months * SERVICES / 1e9
        print(f"    {cells:>9,} cells {taken:>9.3f} s {taken / work:>8.4f}", flush=True)


def starts() -> None:
    """First call in a new process, with nothing compiled and with the compiled kernels on disk."""
    script = (
        "import sys, time; sys.path[:0] = [sys.argv[1]]; import diffusion as d, numpy as np;"
        "problem, lanes = d.city(400, 2), d.parameters(16); begin = time.perf_counter();"
        "d.stochastic(problem, lanes, 1, np.array([])); print(time.perf_counter() - begin)"
    )
    with tempfile.TemporaryDirectory() as folder:
        taken = [
            float(
                subprocess.run(
                    [sys.executable, "-c", script, str(Path(__file__).parent)],
                    env={**os.environ, "NUMBA_CACHE_DIR": folder},
                    capture_output=True,
                    check=True,
                    text=True,
                ).stdout
            )
            for _ in range(2)
        ]
    print(f"  first call in a new process: {taken[0]:.2f} s compiling, {taken[1]:.2f} s from the cache")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--full", action="store_true", help="60,000 cells and 120 months, as the target states")
    full = parser.parse_args().full
    cells, months, times = (60_000, 120, 1) if full else (10_000, 36, 3)
    problem = city(cells, months)
    print(
        f"{cells:,} cells, {NEIGHBOURS} neighbours, {SERVICES} services, {months} months, {ALL_THREADS} threads at most"
    )
    print(f"  {'':<46}{'ours':>12}{'scipy+NumPy':>12}")
    limit = limits()
    mixing(problem, limit)
    mixing(problem if full else city(60_000, 1), limit)
    binomial(problem)
    field(problem, times)
    ensemble(problem, times)
    print(f"  peak memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.2f} GiB")
    growth([15_625, 62_500, 250_000, 1_000_000], 3)
    starts()


if __name__ == "__main__":
    main()
