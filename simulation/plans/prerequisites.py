"""The prerequisite graph of services: what must be open before what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from graphlib import CycleError, TopologicalSorter


def in_order(needs: Mapping[str, Sequence[str]]) -> list[str]:
    """Services with every prerequisite before what needs it; ``needs`` is service -> prerequisites, without a cycle."""
    return list(TopologicalSorter(needs).static_order())


def cycle(needs: Mapping[str, Sequence[str]]) -> list[str] | None:
    """A cycle of prerequisites, if there is one.

    Parameters
    ----------
    needs : mapping
        Service -> its prerequisites.

    Returns
    -------
    list of str or None
        ``[a, b, a]`` (a needs b, b needs a), starting at its alphabetically first service.
    """
    try:
        in_order(needs)
    except CycleError as error:
        # graphlib walks from what is needed to what needs it, and repeats the first node at the end.
        ring = list(reversed(error.args[1]))[:-1]
        start = ring.index(min(ring))
        return [*ring[start:], *ring[:start], ring[start]]
    return None
