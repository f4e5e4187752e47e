"""The same bits for 1, 2 and 4 threads, in one job or several, and for a run taken up again."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# More ranges of cells than threads, more blocks of draws than threads; several services, epochs, zones and plans.
SCRIPT = """
import hashlib
import numba
import numpy as np
from simulation.spread.agents import Graph, independent_cascade, susceptible_infected
from simulation.spread.diffusion import mean_field, stochastic
from decisions.ranking.smaa import dirichlet, smaa
from tests.simulation.cities import lanes, random_city

MONTHS, WORLDS = 6, 64
rng = np.random.default_rng(3)
narrow = random_city(3100, 2, 3, 1, months=MONTHS, seed=8)
drawn = {"p": rng.random((2, WORLDS)) / 5, "q": rng.random((2, WORLDS)), "near": 0.3, "far": 0.2, "strength": 1.0}

def given(part):
    some = {name: value[:, part] if np.ndim(value) else value for name, value in drawn.items()}
    return lanes(2, np.arange(WORLDS)[part], **some)

whole, last = slice(None), np.array([MONTHS])

def digest(*outcomes):
    total = hashlib.sha256()
    for outcome in outcomes:
        for array in outcome if isinstance(outcome, tuple) else vars(outcome).values():
            total.update(np.ascontiguousarray(array).tobytes())
    return total.hexdigest()

def joined(parts):
    return tuple(np.concatenate([getattr(part, name) for part in parts], axis=-1)
                 for name in ("inside", "outside", "adopters"))

def resumed(run, *seed):
    half = run(narrow, given(whole), *seed, np.array([3]))
    rest = run(narrow, given(whole), *seed, last, start=half.adopters[:, 0], first_month=3)
    return rest.inside[:, 1:], rest.outside[:, 1:], rest.adopters

neighbours = np.sort(rng.integers(0, 3000, (3000, 8)), axis=1).astype(np.int32)
graph = Graph(np.arange(0, 24001, 8), neighbours.ravel())
low = rng.random((6, 4))
high = np.where(rng.random((6, 4)) < 0.3, 1, low)

print("threads", numba.config.NUMBA_NUM_THREADS)
for threads in (1, 2, 4):
    numba.set_num_threads(threads)
    worlds = stochastic(narrow, given(whole), 3, last)
    eights = joined([stochastic(narrow, given(slice(k, k + 8)), 3, last) for k in range(0, WORLDS, 8)])
    field = mean_field(narrow, given(whole), last)
    print("worlds", digest(worlds))
    print("worlds", digest(eights))
    print("mean_field", digest(field))
    print("worlds_resumed", digest((worlds.inside[:, 4:], worlds.outside[:, 4:], worlds.adopters)))
    print("worlds_resumed", digest(resumed(stochastic, 3)))
    for name, run in (("si", susceptible_infected), ("cascade", independent_cascade)):
        print(name, digest(tuple(run(graph, 0.3, np.array([5, 17]), np.arange(40), 9, 30))))
    print("smaa", digest(smaa(low, high, dirichlet(np.ones(4)), 3000, 7)))
"""


@pytest.mark.slow
def test_one_two_and_four_threads_chunks_and_resumption() -> None:
    """In a process of its own: how many threads numba may use is settled when it starts."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=ROOT,
        env={**os.environ, "NUMBA_NUM_THREADS": "4"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    (_, allowed), *results = (line.split() for line in done.stdout.splitlines())
    assert allowed == "4"
    found: dict[str, set[str]] = {}
    for name, digest in results:
        found.setdefault(name, set()).add(digest)
    assert set(found) == {"worlds", "mean_field", "worlds_resumed", "si", "cascade", "smaa"}
    assert len(results) == 3 * 8
    assert {name: len(digests) for name, digests in found.items()} == dict.fromkeys(found, 1)
    # Nothing of this is equal because it is empty.
    assert len(set().union(*found.values())) == len(found)
