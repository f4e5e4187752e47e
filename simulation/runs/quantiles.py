"""Quantiles over worlds, of adopters, totals, measures and differences alike, and how many worlds they take."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from geojeom.messages import Remark

QUANTILES = (0.1, 0.5, 0.9)
MEDIAN = QUANTILES.index(0.5)
# A tenth of fewer worlds is no world: what would be called the lowest tenth is then the lowest one alone.
WORLDS_OF_A_RANGE = 10
# Rows sorted at once: bounds memory, changes no result.
ROWS_PER_BLOCK = 4096


def has_range(worlds: int) -> bool:
    """Whether there are worlds enough to state a range of 10 to 90 per cent; else only their median is stated.

    Parameters
    ----------
    worlds : int
        How many there are.

    Returns
    -------
    bool
        True from ``WORLDS_OF_A_RANGE`` on.
    """
    return worlds >= WORLDS_OF_A_RANGE


def no_range(worlds: int) -> Remark:
    """Why no range is stated.

    Parameters
    ----------
    worlds : int
        How many there are.

    Returns
    -------
    Remark
        It names how many it would take.
    """
    return Remark("worlds.few", worlds=worlds, least=WORLDS_OF_A_RANGE)


def over_worlds(values: NDArray[Any]) -> NDArray[np.float64]:
    """QUANTILES over worlds: of each the least value that such a share of worlds keeps within.

    That is the value of one of the worlds, not one between two: whole persons stay whole, and a world that never gets
    somewhere (+∞) can be set in order but not averaged.

    Parameters
    ----------
    values : array (…, W)
        One value a world, in any unit; NaN where a world has none, +∞ where it never gets there.

    Returns
    -------
    float64 (…, Q)
        In the unit of ``values``. NaN where any world has no value, where the quantile is +∞, and for all but the
        median where ``has_range`` is false.

    References
    ----------
    Definition 1 of Hyndman and Fan 1996, doi:10.1080/00031305.1996.10473566; NumPy's ``inverted_cdf``.
    """
    worlds = values.shape[-1]
    rows = values.reshape(-1, worlds)
    # A hair less: 0.1 · 30 is a little over 3 in binary.
    rank = [max(int(np.ceil(q * worlds - 1e-9)) - 1, 0) for q in QUANTILES]
    result = np.empty((len(rows), len(QUANTILES)))
    for first in range(0, len(rows), ROWS_PER_BLOCK):
        part = slice(first, first + ROWS_PER_BLOCK)
        ordered = np.sort(rows[part], axis=-1)
        result[part] = ordered[:, rank]
        # NaN sorts to the end.
        result[part][np.isnan(ordered[:, -1])] = np.nan
    result[np.isinf(result)] = np.nan
    if not has_range(worlds):
        result[:, [q for q in range(len(QUANTILES)) if q != MEDIAN]] = np.nan
    return result.reshape(*values.shape[:-1], len(QUANTILES))


def ratio(above: NDArray[Any], below: NDArray[Any]) -> NDArray[np.float64]:
    """``above`` / ``below``, NaN where ``below`` is 0.

    Parameters
    ----------
    above, below : array
        Of shapes that broadcast.

    Returns
    -------
    float64
        Of the shape they have together, in the unit of the one by that of the other.
    """
    shape = np.broadcast_shapes(above.shape, below.shape)
    result = np.full(shape, np.nan)
    np.divide(above, below, out=result, where=np.broadcast_to(below != 0, shape))
    return result
