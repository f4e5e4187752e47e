"""SMAA-2: the analytic case, a plain twin of the kernels, threads, and what is drawn."""

from __future__ import annotations

import numba
import numpy as np
import pytest

from decisions.ranking.smaa import BLOCK, CONFIDENCE_DRAWS, dirichlet, ordinal, smaa
from decisions.ranking.smaa_kernel import LEVELS, WEIGHT_UNIT

# A is all of the first criterion, B all of the second, C some of both: with weight w on the first A wins above 0.6,
# B below 0.4, C between.
THREE = np.array([[1, 0], [0, 1], [0.6, 0.6]])
EVERYWHERE = dirichlet(np.ones(2))


def test_the_analytic_case() -> None:
    found = smaa(THREE, THREE, EVERYWHERE, 100_000, seed=1)
    np.testing.assert_allclose(found.ranks, [[0.4, 0.1, 0.5], [0.4, 0.1, 0.5], [0.2, 0.8, 0]], atol=0.005)
    np.testing.assert_allclose(found.central, [[0.8, 0.2], [0.2, 0.8], [0.5, 0.5]], atol=0.005)
    np.testing.assert_allclose(found.winning, [[0, 0.5, 0.4], [0.5, 0, 0.4], [0.6, 0.6, 0]], atol=0.005)
    assert found.confidence.tolist() == [1, 1, 1]


def test_weights_in_a_known_order() -> None:
    # The first weighs at least as much: w is even between 0.5 and 1.
    found = smaa(THREE, THREE, ordinal(np.array([0.7, 0.3])), 100_000, seed=1)
    np.testing.assert_allclose(found.ranks[:, 0], [0.8, 0, 0.2], atol=0.005)
    assert np.isnan(found.central[1]).all()
    assert np.isnan(found.confidence[1])


def test_an_unknown_value_is_anything_between_its_ends() -> None:
    # A is 0.25 whatever the weights; B even between 0 and 1 in its one criterion.
    low, high = np.array([[0.25], [0.0]]), np.array([[0.25], [1.0]])
    found = smaa(low, high, dirichlet(np.ones(1)), 100_000, seed=3)
    np.testing.assert_allclose(found.ranks[:, 0], [0.25, 0.75], atol=0.005)
    np.testing.assert_allclose(found.confidence, [0.25, 0.75], atol=0.015)
    assert found.central.tolist() == [[1], [1]]


def test_equal_candidates_share_the_better_rank() -> None:
    utilities = np.array([[0.3, 0.8], [0.3, 0.8], [0.1, 0.2]])
    found = smaa(utilities, utilities, EVERYWHERE, 500, seed=0)
    assert found.ranks.tolist() == [[1, 0, 0], [1, 0, 0], [0, 0, 1]]
    assert found.winning.tolist() == [[0, 0, 1], [0, 0, 1], [0, 0, 0]]


def test_one_candidate() -> None:
    found = smaa(THREE[:1], THREE[:1], EVERYWHERE, 300, seed=0)
    assert (found.ranks.tolist(), found.winning.tolist(), found.confidence.tolist()) == ([[1]], [[0]], [1])


def twin(low, high, draw, draws, seed):
    """The same in plain Python: rank by counting who is ahead, level by level."""
    size, criteria = low.shape
    ranks, wins = np.zeros((size, size), int), np.zeros((size, size), int)
    central = np.zeros((size, criteria), int)
    row, column = np.nonzero(high > low)
    chances = []
    for block, start in enumerate(range(0, draws, BLOCK)):
        rows = min(BLOCK, draws - start)
        weights = draw(np.random.default_rng([seed, block, 0]), rows)
        chance = np.random.default_rng([seed, block, 1]).random((rows, row.size))
        chances.append(chance)
        for b in range(rows):
            levels = levels_of(weights[b], low, high, row, column, chance[b])
            for i in range(size):
                place = sum(levels[k] > levels[i] for k in range(size))
                ranks[i, place] += 1
                for k in range(size):
                    wins[i, k] += levels[i] > levels[k]
                if place == 0:
                    central[i] += [int(weight / WEIGHT_UNIT + 0.5) for weight in weights[b]]
    mean = [[c * WEIGHT_UNIT / n if n else np.nan for c in cs] for cs, n in zip(central, ranks[:, 0], strict=True)]
    chances = np.concatenate(chances)[:CONFIDENCE_DRAWS]
    confidence = []
    for i in range(size):
        levels = [levels_of(mean[i], low, high, row, column, chance) for chance in chances]
        confidence.append(np.mean([own[i] == max(own) for own in levels]) if ranks[i, 0] else np.nan)
    return ranks / draws, np.array(mean), np.array(confidence), wins / draws


def levels_of(weights, low, high, row, column, chance) -> list[int]:
    scores = []
    for i in range(len(low)):
        score = 0.0
        for j, weight in enumerate(weights):
            score += weight * low[i, j]
        for u in np.flatnonzero(row == i):
            score += weights[column[u]] * (high - low)[i, column[u]] * chance[u]
        scores.append(0 if np.isnan(score) else int(min(score, 1.0) * LEVELS + 0.5))
    return scores


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_the_kernels_do_what_their_twin_does(seed) -> None:
    stream = np.random.default_rng(seed)
    low = stream.random((7, 4)).round(1)
    high = np.where(stream.random(low.shape) < 0.3, (low + stream.random(low.shape)).clip(0, 1), low)
    for draw in (dirichlet(np.ones(4)), dirichlet(np.array([8.0, 0.0, 3.0, 1.0])), ordinal(np.array([3, 2, 2, 0.0]))):
        found = smaa(low, high, draw, 300, seed)
        for ours, plain in zip(
            (found.ranks, found.central, found.confidence, found.winning), twin(low, high, draw, 300, seed), strict=True
        ):
            np.testing.assert_array_equal(ours, plain)


def test_many_candidates_in_any_order_and_with_many_ties() -> None:
    # Enough of them for every bucket of the sort, and levels that differ in the last digits only.
    stream = np.random.default_rng(5)
    utilities = np.column_stack([stream.integers(0, 40, 3000) / LEVELS, stream.integers(0, 3, 3000) / 2])
    found = smaa(utilities, utilities, lambda _, n: np.tile([0.5, 0.5], (n, 1)), 1, seed=0)
    level = (utilities @ [0.5, 0.5] * LEVELS + 0.5).astype(int)
    ahead = (level[None, :] > level[:, None]).sum(axis=1)
    assert found.ranks.argmax(axis=1).tolist() == ahead.tolist()
    assert np.array_equal(found.winning.astype(bool), level[:, None] > level[None, :])


def test_the_same_bits_for_any_number_of_threads() -> None:
    low = np.random.default_rng(8).random((40, 6))
    high = np.where(low < 0.1, 1.0, low)
    before, found = numba.get_num_threads(), []
    try:
        for threads in range(1, before + 1):
            numba.set_num_threads(threads)
            found.append(smaa(low, high, dirichlet(np.ones(6)), 3000, seed=4))
    finally:
        numba.set_num_threads(before)
    for other in found[1:]:
        for name, array in vars(found[0]).items():
            assert getattr(other, name).tobytes() == array.tobytes()


def test_dirichlet_scatters_around_its_centre() -> None:
    drawn = dirichlet(100 * np.array([0.6, 0.0, 0.4]))(np.random.default_rng(0), 50_000)
    np.testing.assert_allclose(drawn.mean(axis=0), [0.6, 0, 0.4], atol=0.002)
    # √(0.6·0.4 / 101)
    np.testing.assert_allclose(drawn.std(axis=0), [0.0487, 0, 0.0487], atol=0.001)
    np.testing.assert_allclose(drawn.sum(axis=1), 1)


def test_ordinal_weights_keep_the_order_and_have_its_centroid() -> None:
    drawn = ordinal(np.array([0.2, 0.5, 0.0, 0.3]))(np.random.default_rng(0), 50_000)
    assert ((drawn[:, 1] >= drawn[:, 3]) & (drawn[:, 3] >= drawn[:, 0])).all()
    # Rank order centroid weights of three, Barron and Barrett 1996: 11/18, 5/18, 2/18.
    np.testing.assert_allclose(drawn.mean(axis=0), [2 / 18, 11 / 18, 0, 5 / 18], atol=0.003)
    # Of equal ones either may be larger: the first two share (11 + 5) / 18.
    drawn = ordinal(np.array([2.0, 2.0, 1.0]))(np.random.default_rng(0), 50_000)
    np.testing.assert_allclose(drawn.mean(axis=0), [8 / 18, 8 / 18, 2 / 18], atol=0.003)
    assert 0.48 < (drawn[:, 0] > drawn[:, 1]).mean() < 0.52
