"""What less money and more would do: the best roll-out found for parts of all limits, each with its bound."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from decisions.rollout.building import Built
from decisions.rollout.improving import Found

# Parts of each limit, ascending; 1 is the plan's own.
SHARES = (0.7, 0.85, 1.0, 1.15, 1.3)


def frontier(built: Built, found: Found, find: Callable[[Built, NDArray[np.int64]], Found]) -> Iterator[dict[str, Any]]:
    """Rows of ``rollout_frontier``: money, users found and their bound, for each of ``SHARES``.

    ``found`` is the plan for the limits as they are; ``find`` looks for one from a plan that it is given.
    """
    capital = np.array([not name.endswith(" running") for name in built.instance.limit_names])
    start = np.full_like(found.when, built.instance.never)
    for share in SHARES:
        limit = built.instance.limit * share
        scaled = replace(built, instance=replace(built.instance, limit=limit))
        best = found if share == 1 else find(scaled, start)
        # What less money can do more can do too.
        start = best.when
        yield {
            "share": share,
            "capital_krw": round(float(limit[capital].sum())),
            "users": best.value,
            "bound": best.bound,
        }
