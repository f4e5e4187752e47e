"""Small random towns for the roll-out problem, and its mean field written again in plain Python."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from decisions.rollout.instance import Instance, Need, Stream


def town(seed: int, *, options: int = 5, dates: int = 3, streams: int = 2) -> Instance:
    """A town of some 20 cells in which catchments overlap, money is short and the second service needs the first."""
    rng = np.random.default_rng(seed)
    n, zones, months = int(rng.integers(12, 24)), 4, 30
    at = rng.random((n, 2))
    zone = rng.integers(-1 if rng.random() < 0.3 else 0, zones, n)
    when = np.sort(rng.choice(np.arange(2, months - 6), dates, replace=False)).astype(np.int64)
    count = options * streams
    made = [
        _stream(rng, at, zone, zones, months, np.arange(options) + s * options, f"service {s}") for s in range(streams)
    ]
    usage = np.zeros((count, dates, dates))
    cost, running = rng.integers(1, 9, count), rng.integers(0, 3, count)
    for k in range(dates):
        usage[:, k, k] = cost
        usage[:, k, k + 1 :] = running[:, None]
    limit = rng.integers(4, 16, dates).astype(float)
    needs = [Need(options + o, (o,)) for o in range(options)] if streams > 1 else []
    names = [f"option {o}" for o in range(count)]
    allowed = np.ones((count, dates), np.bool_)
    allowed[rng.integers(0, count), 0] = False
    return Instance(names, when, allowed, usage, limit, [f"year {k}" for k in range(dates)], needs, made)


def _stream(
    rng: np.random.Generator,
    at: NDArray[np.float64],
    zone: NDArray[np.int64],
    zones: int,
    months: int,
    options: NDArray[np.int64],
    service: str,
) -> Stream:
    n = len(at)
    away = np.hypot(*(at[:, None] - at[None]).transpose(2, 0, 1))
    contact = np.exp(-away / 0.2) * (away > 0) * (away < 0.5)
    contact /= np.maximum(contact.sum(axis=1, keepdims=True), 1e-12)
    rate, near, far = rng.uniform(0.05, 0.9), 0.4, 0.3
    people = rng.integers(0, 200, n).astype(float)
    of_zone = np.bincount(zone[zone >= 0], people[zone >= 0], zones)
    share = np.where(zone >= 0, people / np.maximum(of_zone[np.maximum(zone, 0)], 1), 0.0)
    between = rng.random((zones, zones)) * (1 - np.eye(zones))
    own = rate * (1 - near - far) + np.where(zone < 0, rate * far, 0.0)
    site = rng.random((options.size, 2))
    width = rng.uniform(0.15, 0.6)
    gone = np.hypot(*(site[:, None] - at[None]).transpose(2, 0, 1)) / width
    timing = np.zeros(months + 1)
    timing[-1] = 1.0
    if rng.random() < 0.3:
        timing[1:] = 0.9 ** np.arange(months)
    base = np.zeros((2, n))
    base[1, rng.integers(0, n, 2)] = 1.0
    return Stream(
        service=service,
        options=options,
        reach=np.clip(2 - 2 * gone, 0, 1),
        base=base,
        epoch=np.repeat([0, 1], [4, months - 4]).astype(np.int64),
        people=people,
        worth=people * (rng.random(n) < 0.9),
        timing=timing,
        seed=np.full(n, rng.uniform(0.001, 0.02)),
        contact=sparse.csr_matrix(rate * near * contact + np.diag(own)),
        zone=zone.astype(np.int64),
        zone_share=share,
        zone_weight=rate * far * between / between.sum(axis=1, keepdims=True),
    )


def plain_goal(stream: Stream, months: list[int]) -> float:
    """The goal of a plan whose options open in ``months``, by the equations of docs/model.md and nothing else."""
    n, horizon = len(stream.people), stream.epoch.size
    contact, share, total = stream.contact.toarray(), [0.0] * n, 0.0
    for t in range(horizon):
        by_zone = [0.0] * len(stream.zone_weight)
        for i in range(n):
            if stream.zone[i] >= 0:
                by_zone[stream.zone[i]] += stream.zone_share[i] * share[i]
        following = []
        for i in range(n):
            open_here = [stream.reach[o][i] for o, month in enumerate(months) if month <= t]
            available = max([stream.base[stream.epoch[t]][i], *open_here])
            hazard = stream.seed[i] + sum(contact[i][j] * share[j] for j in range(n))
            if stream.zone[i] >= 0:
                hazard += sum(w * y for w, y in zip(stream.zone_weight[stream.zone[i]], by_zone, strict=True))
            following.append(share[i] + (1 - share[i]) * (1 - math.exp(-available * hazard)))
        share = following
        total += stream.timing[t + 1] * sum(w * y for w, y in zip(stream.worth, share, strict=True))
    return total
