"""Agents on a graph, one world at a time: the kernel behind ``simulation.spread.agents``.

An agent that is reached tries its neighbours step by step; how many steps pass until a try succeeds depends on nothing
but the pair, so it is drawn once, when the agent is reached, instead of once in every step. A world costs one draw for
every arc of every agent reached, however many steps it runs.

Agents due in a step are found by scanning, a group of ``GROUP`` at a time and only groups in which one is due: agents
then come in the order of their rows, which a queue would not give, and a small cascade still touches little. Their arcs
are worked off in batches of one simple loop after another, so that the processor draws many words at once and waits for
many neighbours at once instead of one by one: on a large graph that waiting is most of the time.
"""

# ruff: noqa: PLR0917 -- compiled kernels are called by position.
from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.kernels.compiled import kernel
from simulation.kernels.counter import philox

NEVER = np.uint16(65535)
GROUP_BITS = 10
GROUP = 1 << GROUP_BITS
GUIDE_BITS = 12
GUIDE_SHIFT = np.uint32(32 - GUIDE_BITS)
WORDS = 4
BATCH = 512
FOUND = 4 * GROUP
# The last word of the counter in the model itself is the attempt at a draw: it never gets here.
AGENTS = np.uint32(0xFFFFFFFF)
# Where counts begin that are handed on: of a plain 0 numba compiles the one called once for the number, once for any.
START = np.int64(0)


class Workspace(NamedTuple):
    """Working space: agents due in a step, and a batch of up to four neighbours each with the words drawn for them."""

    found: NDArray[np.uint32]  # (FOUND,)
    begin: NDArray[np.int64]  # (FOUND,) their rows
    end: NDArray[np.int64]
    agent: NDArray[np.uint32]  # (BATCH,)
    block: NDArray[np.uint32]  # (BATCH,) which four of the agent's neighbours
    arc: NDArray[np.int64]  # (BATCH,) where they begin
    width: NDArray[np.int64]  # (BATCH,) how many they are
    word: NDArray[np.uint32]  # (WORDS, BATCH)
    target: NDArray[np.int32]  # (WORDS, BATCH)
    before: NDArray[np.uint16]  # (WORDS, BATCH) when the target is due so far


def room() -> Workspace:
    """Working space of one call of ``spread``.

    Returns
    -------
    Workspace
        Arrays that are not filled.
    """
    small, batch, words = FOUND, BATCH, (WORDS, BATCH)
    return Workspace(
        np.empty(small, np.uint32),
        np.empty(small, np.int64),
        np.empty(small, np.int64),
        np.empty(batch, np.uint32),
        np.empty(batch, np.uint32),
        np.empty(batch, np.int64),
        np.empty(batch, np.int64),
        np.empty(words, np.uint32),
        np.empty(words, np.int32),
        np.empty(words, np.uint16),
    )


@kernel
def _gather(room, size, indices, k0, k1, world, when):  # type: ignore[no-untyped-def]
    """Draw the words of the first ``size`` entries of the batch, and look up their targets."""
    for e in range(size):
        word = philox(k0, k1, room.agent[e], world, room.block[e], AGENTS)
        for j in range(WORDS):
            room.word[j, e] = word[j]
    most = indices.size - 1
    for j in range(WORDS):
        for e in range(size):
            room.target[j, e] = indices[min(room.arc[e] + j, most)]
    for j in range(WORDS):
        for e in range(size):
            room.before[j, e] = when[room.target[j, e]]


@kernel
def _try_batch(room, size, indices, chance, guide, k0, k1, world, step, when, due):  # type: ignore[no-untyped-def]
    """Work off the first ``size`` entries of the batch; the last step in which anyone is due by them."""
    _gather(room, size, indices, k0, k1, world, when)
    last = 0
    for j in range(WORDS):
        for e in range(size):
            word = room.word[j, e]
            delay = np.int64(guide[word >> GUIDE_SHIFT])
            if j >= room.width[e] or step + 1 + delay >= room.before[j, e]:
                continue
            while delay < chance.size and word >= chance[delay]:
                delay += 1
            target, at = room.target[j, e], step + 1 + delay
            # Read again: an earlier entry of the batch may have reached it.
            if delay < chance.size and at < due.shape[0] and at < when[target]:
                when[target] = at
                due[at, target >> GROUP_BITS] = True
                last = max(last, at)
    return last


@kernel
def _try_found(room, found, indptr, given, step, when, due):  # type: ignore[no-untyped-def]
    """Let the first ``found`` agents try; the last step in which anyone is due by them."""
    for f in range(found):
        room.begin[f], room.end[f] = indptr[room.found[f]], indptr[room.found[f] + 1]
    last, size = START, START
    for f in range(found):
        begin, end = room.begin[f], room.end[f]
        for k in range(begin, end, WORDS):
            room.agent[size], room.block[size] = room.found[f], (k - begin) // WORDS
            room.arc[size], room.width[size] = k, min(end - k, WORDS)
            size += 1
            if size == BATCH:
                last = max(last, _try_batch(room, size, *given, step, when, due))
                size = START
    return max(last, _try_batch(room, size, *given, step, when, due))


@kernel
def spread(indptr, indices, chance, guide, k0, k1, world, room, when, due, new):  # type: ignore[no-untyped-def]
    """Run one world from the agents with ``when`` 0.

    Parameters
    ----------
    indptr, indices : int64 (n + 1,), int32 (E,)
        Whom each of n agents tries, as CSR.
    chance : uint64 (D,)
        The chances, in 2**-32, that a try has succeeded by its 1st … D-th step, ascending.
    guide : array (2**GUIDE_BITS,)
        The place in ``chance`` where to begin looking for a word with these first bits.
    k0, k1, world : uint32
        Key and counter of the random stream.
    room : Workspace
        Overwritten.
    when : uint16 (n,)
        0 for those reached at the start and NEVER for all others; gets the step of every agent reached.
    due : bool (T + 1, groups)
        In which groups of agents somebody may be due in a step: at the start, step 0.
    new : int64 (T + 1,)
        Zero; gets the number reached in each step.
    """
    last, step = START, START
    given = (indices, chance, guide, k0, k1, world)
    while step <= last:
        found = START
        for group in range(due.shape[1]):
            if not due[step, group]:
                continue
            if found + GROUP > FOUND:
                last = max(last, _try_found(room, found, indptr, given, step, when, due))
                new[step] += found
                found = START
            for agent in range(group << GROUP_BITS, min((group + 1) << GROUP_BITS, when.size)):
                room.found[found] = agent
                found += 1 if when[agent] == step else 0
        last = max(last, _try_found(room, found, indptr, given, step, when, due))
        new[step] += found
        step += 1
