"""How good a roll-out is, how far from the best possible, and how soon: beside orders of zones and annealing.

    python benchmarks/rollout.py            60 zones, 7 yearly dates, one service, catchments three deep, seed 1
    python benchmarks/rollout.py 24 5 8     other numbers of zones, of services (with a budget of all together), and of
                                            catchments that a place lies in on average

The town is invented: zones in rows, 16 cells each, catchments wider than a zone, 120 months, three openings of each
service a year paid for. Peers get the same money: zones by nearness to the first, zones by people, greedy by users per
won without looking ahead, and simulated annealing over the same moves by the same core with as many evaluations as the
search made. All values are of the same mean field in double precision.
"""

import sys
import time
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from decisions.rollout import improving
from decisions.rollout.instance import Instance, Stream
from decisions.rollout.search import Score
from decisions.rollout.tables import goal, path

MONTHS, CELLS, DATES, A_YEAR = 120, 16, 7, 3
Plan = NDArray[np.int64]


def town(zones: int, services: int, deep: int = 3, seed: int = 1) -> Instance:
    """The invented town; three zones of each service fit a year's money on average.

    A place lies in about ``deep`` catchments, of which it is fully served within half the radius.
    """
    rng = np.random.default_rng(seed)
    across = int(np.ceil(np.sqrt(zones)))
    centre = np.stack(np.divmod(np.arange(zones), across), axis=1).astype(float)
    at = (centre[:, None] + (np.stack(np.divmod(np.arange(CELLS), 4), axis=1) / 4 - 0.375)).reshape(-1, 2)
    zone = np.repeat(np.arange(zones), CELLS)
    people = rng.lognormal(3, 1, zone.size).round()
    streams = [
        _stream(rng, at, zone, centre, people, np.arange(zones) + s * zones, s, float(np.sqrt(deep / np.pi)))
        for s in range(services)
    ]
    cost = np.concatenate([rng.integers(40, 400, 1).repeat(zones) for _ in range(services)]).astype(float)
    dates = 36 + 12 * np.arange(DATES)
    usage = np.zeros((cost.size, DATES, DATES))
    for k in range(DATES):
        usage[:, k, k] = cost
    limit = np.full(DATES, A_YEAR * cost[::zones].sum())
    names = [f"service {s}, zone {z}" for s in range(services) for z in range(zones)]
    allowed = np.ones((cost.size, DATES), np.bool_)
    return Instance(names, dates, allowed, usage, limit, [str(2030 + k) for k in range(DATES)], (), streams)


def _stream(
    rng: np.random.Generator,
    at: NDArray[np.float64],
    zone: Plan,
    centre: NDArray[np.float64],
    people: NDArray[np.float64],
    options: Plan,
    number: int,
    radius: float,
) -> Stream:
    n, zones = zone.size, len(centre)
    potential = (people * rng.uniform(0.15, 0.5)).round()
    away = np.hypot(*(at[:, None] - at[None]).transpose(2, 0, 1))
    contact = potential[None] * np.exp(-away / 0.5) * (away > 0) * (away < 2)
    contact /= np.maximum(contact.sum(axis=1, keepdims=True), 1e-12)
    of_zone = np.bincount(zone, potential, zones)
    between = of_zone[None] * np.exp(-np.hypot(*(centre[:, None] - centre[None]).transpose(2, 0, 1)) / 3)
    np.fill_diagonal(between, 0.0)
    q, near, far = rng.uniform(0.3, 0.45) / 12, 0.5, 0.2
    reach = np.clip(
        2 - np.hypot(*(centre[:, None] - at[None]).transpose(2, 0, 1)) / (radius / 2 * rng.uniform(0.75, 1.25)), 0, 1
    )
    timing = np.zeros(MONTHS + 1)
    timing[-1] = 1.0
    return Stream(
        service=f"service {number}",
        options=options,
        reach=reach,
        base=np.zeros((1, n)),
        epoch=np.zeros(MONTHS, np.int64),
        people=potential,
        worth=potential,
        timing=timing,
        seed=np.full(n, rng.uniform(0.01, 0.03) / 12),
        contact=sparse.csr_matrix(q * near * contact + np.diag(np.full(n, q * (1 - near - far)))),
        zone=zone.astype(np.int64),
        zone_share=potential / of_zone[zone],
        zone_weight=q * far * between / between.sum(axis=1, keepdims=True),
    )


class Counted:
    """A score by the mean field in double precision, that counts the plans of a service it ran."""

    def __init__(self, instance: Instance) -> None:
        self.instance, self.runs, self.seen = instance, 0, {}  # type: ignore[var-annotated]
        self.months = np.append(instance.dates, MONTHS)

    def __call__(self, number: int, when: Plan) -> NDArray[np.float64]:
        return np.array([self._one(number, plan) for plan in when.T])

    def _one(self, number: int, plan: Plan) -> float:
        key = number, plan.tobytes()
        if key not in self.seen:
            stream = self.instance.streams[number]
            self.seen[key] = goal(stream, path(stream, self.months[plan]))
            self.runs += 1
        return self.seen[key]  # type: ignore[no-any-return]


def in_order(instance: Instance, order: list[int]) -> Plan:
    """Options one after another, each at the first date with money left."""
    when = np.full(len(instance.names), instance.never)
    for o in order:
        for k in range(instance.never):
            plan = when.copy()
            plan[o] = k
            if instance.feasible(plan):
                when = plan
                break
    return when


def greedy(instance: Instance, score: Score) -> Plan:
    """Date after date, the option that adds most users at the horizon for its money, until none fits."""
    when = np.full(len(instance.names), instance.never)
    of = {int(o): n for n, stream in enumerate(instance.streams) for o in stream.options}
    known = [float(score(n, when[s.options][:, None])[0]) for n, s in enumerate(instance.streams)]
    for k in range(instance.never):
        while True:
            best = (0.0, when, 0, 0.0)
            for o in np.flatnonzero(when == instance.never):
                plan = when.copy()
                plan[o] = k
                if not instance.feasible(plan):
                    continue
                n = of[int(o)]
                value = float(score(n, plan[instance.streams[n].options][:, None])[0])
                best = max(best, ((value - known[n]) / instance.usage[o, k].sum(), plan, n, value), key=lambda b: b[0])
            if best[0] <= 0:
                break
            _, when, n, known[n] = best
    return when


def annealed(instance: Instance, score: Counted, start: Plan, runs: int, seed: int = 1) -> Plan:
    """Random exchanges and dates, worse ones taken by Metropolis's rule with a falling temperature."""
    rng = np.random.default_rng(seed)
    when, value = start, total(instance, score, start)
    best, top, first = when, value, score.runs
    tried = 0
    while score.runs - first < runs and tried < 50 * runs:
        tried += 1
        plan = when.copy()
        a, b = rng.integers(0, len(when), 2)
        if rng.random() < 0.7:
            plan[a], plan[b] = when[b], when[a]
        else:
            plan[a] = rng.integers(0, instance.never + 1)
        if not instance.feasible(plan):
            continue
        new = total(instance, score, plan)
        heat = 0.01 * value * (1 - (score.runs - first) / runs) + 1e-9
        if new > value or rng.random() < np.exp((new - value) / heat):
            when, value = plan, new
        if value > top:
            best, top = when, value
    return best


def total(instance: Instance, score: Score, when: Plan) -> float:
    """What a plan is worth."""
    return sum(float(score(n, when[s.options][:, None])[0]) for n, s in enumerate(instance.streams))


def timed(work: Callable[[], Plan]) -> tuple[Plan, float]:
    """What a peer gives, and its seconds."""
    start = time.perf_counter()
    return work(), time.perf_counter() - start


def main() -> None:
    zones, services, deep = (int(text) for text in [*sys.argv[1:], *("60", "1", "3")[len(sys.argv) - 1 :]])
    instance = town(zones, services, deep)
    counted = Counted(instance)
    never = np.full(len(instance.names), instance.never)
    total(instance, counted, never)
    improving.find(town(4, 1), np.full(4, DATES), Counted(town(4, 1)), rounds=1)  # compiles
    began = time.perf_counter()
    found = improving.find(instance, never, counted, rounds=3)
    ours_s, runs = time.perf_counter() - began, counted.runs
    people = np.concatenate([np.bincount(s.zone, s.people) for s in instance.streams])
    turns = [o for z in range(zones) for o in range(z, zones * services, zones)]
    peers = {
        "nearest first": lambda: in_order(instance, turns),
        "most people first": lambda: in_order(instance, sorted(turns, key=lambda o: -people[o])),
        "greedy by users per won": lambda: greedy(instance, Counted(instance)),
        "annealing, as many runs": lambda: annealed(instance, Counted(instance), in_order(instance, turns), runs),
    }
    print(f"{zones} zones, {services} services, {DATES} dates, {deep} deep; {runs:,} runs of a service by the search")
    print(f"{'':26}{'users':>10}{'seconds':>9}{'below the bound':>17}")
    for name, work in peers.items():
        plan, seconds = timed(work)
        value = total(instance, counted, plan)
        assert instance.feasible(plan)
        assert value <= found.bound * (1 + 1e-9), "a plan above the bound"
        print(f"{name:26}{value:>10,.0f}{seconds:>9.1f}{1 - value / found.bound:>16.2%}")
    assert instance.feasible(found.when)
    print(f"{'search with a bound':26}{found.value:>10,.0f}{ours_s:>9.1f}{found.gap:>16.2%}")


if __name__ == "__main__":
    main()
