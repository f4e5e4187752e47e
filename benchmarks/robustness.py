"""SMAA-2 against the same analysis in NumPy, and its ranking against a loop over pymcdm.

``python benchmarks/robustness.py``: 1,000 candidates and 25 criteria, invented. Ours and NumPy count ranks, wins and
central weights of the same drawn weights; pymcdm gives the weighted sums and the ranks only, draw by draw, and none of
the pairs. The answers are checked before anything is printed. Then ours alone with 100,000 draws, all values known and
with a tenth of them unknown.
"""

import os
import statistics
import time

import numba
import numpy as np
from pymcdm.helpers import rrankdata
from pymcdm.methods import WSM

from decisions.ranking.smaa import BLOCK, Acceptability, dirichlet, smaa
from decisions.ranking.smaa_kernel import LEVELS

CANDIDATES, CRITERIA, DRAWS, MANY, RUNS, SEED = 1000, 25, 2048, 100_000, 3, 7
DRAW = dirichlet(np.ones(CRITERIA))


def timed(question) -> tuple[float, object]:
    """Median seconds of some runs, and the last answer."""
    seconds = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        answer = question()
        seconds.append(time.perf_counter() - begun)
    return statistics.median(seconds), answer


def ours(low: np.ndarray, high: np.ndarray, draws: int, threads: int) -> Acceptability:
    numba.set_num_threads(threads)
    return smaa(low, high, DRAW, draws, SEED)


def drawn() -> list[np.ndarray]:
    return [DRAW(np.random.default_rng([SEED, block, 0]), BLOCK) for block in range(DRAWS // BLOCK)]


def by_numpy(utilities: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Blocks of draws as matrix products, sorts and comparisons of whole arrays."""
    size = len(utilities)
    ranks, wins = np.zeros(size * size, np.int64), np.zeros((size, size), np.int64)
    central = np.zeros(utilities.shape)
    for weights in drawn():
        level = (weights @ utilities.T * LEVELS + 0.5).astype(np.int32)
        order = np.argsort(-level, axis=1)
        ordered = np.take_along_axis(level, order, axis=1)
        new = np.ones(ordered.shape, bool)
        new[:, 1:] = ordered[:, 1:] != ordered[:, :-1]
        rank = np.maximum.accumulate(np.where(new, np.arange(size), 0), axis=1)
        place = np.empty_like(rank, np.int16)
        np.put_along_axis(place, order, rank.astype(np.int16), axis=1)
        ranks += np.bincount((np.arange(size) * size + place).ravel(), minlength=size * size)
        central += (place == 0).T.astype(float) @ weights
        for row in place:
            wins += row[:, None] < row[None, :]
    return ranks.reshape(size, size), wins, central


def by_pymcdm(utilities: np.ndarray) -> np.ndarray:
    """Weighted sums as pymcdm makes them, without its normalisation, as utilities have their scale; then its ranks."""
    method, types = WSM(normalization_function=lambda column, cost: column), np.ones(utilities.shape[1])  # noqa: ARG005
    ranks = np.zeros((len(utilities), len(utilities)), np.int64)
    everyone = np.arange(len(utilities))
    for weights in drawn():
        for row in weights:
            # Sums that agree to a billionth are a tie.
            score = np.floor(method(utilities, row, types, validation=False) * LEVELS + 0.5)
            place = rrankdata(score)
            # pymcdm gives those level with one another the mean of their ranks.
            _, inverse, count = np.unique(place, return_inverse=True, return_counts=True)
            ranks[everyone, (place - (count[inverse] - 1) / 2).astype(int) - 1] += 1
    return ranks


def check(found: Acceptability, ranks: np.ndarray, wins: np.ndarray, central: np.ndarray, loop: np.ndarray) -> None:
    # Sums in another order may fall on the other side of a step of a billionth, a few times in millions.
    for ours_, theirs in ((found.ranks, ranks), (found.ranks, loop), (found.winning, wins)):
        assert np.abs(np.rint(ours_ * DRAWS) - theirs).sum() <= 1e-5 * DRAWS * CANDIDATES
    first = ranks[:, 0] > 0
    assert np.array_equal(first, ~np.isnan(found.central[:, 0]))
    np.testing.assert_allclose(found.central[first], central[first] / ranks[first, :1], atol=1e-9)


def main() -> None:
    stream = np.random.default_rng(2021)
    utilities = stream.random((CANDIDATES, CRITERIA))
    lost = stream.random(utilities.shape) < 0.1
    low, high = np.where(lost, 0.0, utilities), np.where(lost, 1.0, utilities)
    ours(low, high, BLOCK, 1)  # compiled, or read from the cache, before the clock runs
    threads = numba.config.NUMBA_NUM_THREADS
    one, found = timed(lambda: ours(utilities, utilities, DRAWS, 1))
    every, _ = timed(lambda: ours(utilities, utilities, DRAWS, threads))
    numpy_s, (ranks, wins, central) = timed(lambda: by_numpy(utilities))
    pymcdm_s, loop = timed(lambda: by_pymcdm(utilities))
    check(found, ranks, wins, central, loop)
    print(
        f"{CANDIDATES:,} candidates, {CRITERIA} criteria, {DRAWS:,} draws; medians of {RUNS}; answers equal\n"
        f"{'':44}{'seconds':>9}{'ours (1 thread) is':>22}"
    )
    for name, seconds in (
        ("ours, 1 thread", one),
        (f"ours, {threads} threads", every),
        ("NumPy, ranks, pairs and central weights", numpy_s),
        ("loop over pymcdm, ranks only", pymcdm_s),
    ):
        print(f"{name:44}{seconds:9.3f}{seconds / one:20.1f} x")
    for name, ends in (("all known", (utilities, utilities)), ("a tenth of the values unknown", (low, high))):
        seconds, _ = timed(lambda ends=ends: ours(*ends, MANY, threads))
        print(f"ours, {threads} threads, {MANY:,} draws, {name}: {seconds:.2f} s")


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUTF8", "1")
    main()
