"""Value functions: from a criterion's values to utilities of 0 (worst) to 1 (best)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from spatial.config.catalogue import Criterion, ValueFunction

Floats = NDArray[np.float64]
# Ends taken from the candidates lie at least this share of the largest value apart: otherwise 280,345 people against
# 280,364 would count as worst against best. A design choice of this project.
LEAST_SPREAD = 0.1


def utility(values: Floats, criterion: Criterion, reference: NDArray[np.bool_]) -> Floats:
    """Utilities (D,) of one criterion's ``values`` (D,); NaN (no value) stays NaN.

    Where the value function leaves out ``low`` or ``high``, the smallest or largest value among ``reference`` (the
    candidates that may win) stands in: an excluded candidate moves nobody's utility, and its own is held to 0 to 1.
    Where both stand in and lie closer together than a tenth of the larger, they are moved apart to that around their
    middle: near-equal candidates get near-equal utilities, and equal ones 0.5.
    ``s_curve`` is 3u² - 2u³ of the linear utility; ``ideal`` falls in straight lines from ``best`` to ``low`` and
    ``high``; ``step`` takes the utility of the last step reached (0 below the first) and does not turn with
    ``direction``, as its steps already say what is good.
    """
    shape = criterion.value
    if shape.shape == "step":
        result = _step(values, shape)
    elif shape.shape == "ideal":
        result = _ideal(values, shape)
    else:
        result = _between(values, shape, reference)
        if shape.shape == "s_curve":
            result = result**2 * (3 - 2 * result)
        if criterion.direction == "lower":
            result = 1 - result
    return np.where(np.isnan(values), np.nan, result)


def bounds(values: Floats, shape: ValueFunction, reference: NDArray[np.bool_]) -> tuple[float, float]:
    """The values at which utility reaches its ends; NaN where nothing is known to take them from."""
    known = values[reference & ~np.isnan(values)]
    if not known.size:
        return (np.nan if shape.low is None else shape.low, np.nan if shape.high is None else shape.high)
    least, most = float(known.min()), float(known.max())
    if shape.low is None and shape.high is None:
        apart = LEAST_SPREAD * max(abs(least), abs(most))
        if most - least < apart:
            middle = (least + most) / 2
            return middle - apart / 2, middle + apart / 2
    return (least if shape.low is None else shape.low, most if shape.high is None else shape.high)


def _between(values: Floats, shape: ValueFunction, reference: NDArray[np.bool_]) -> Floats:
    low, high = bounds(values, shape, reference)
    if low < high:
        return np.clip((values - low) / (high - low), 0, 1)
    # No range is left: a fixed end beyond all values decides, and where all values are 0 nothing does.
    if shape.low is not None:
        return np.where(values > shape.low, 1.0, 0.0)
    if shape.high is not None:
        return np.where(values < shape.high, 0.0, 1.0)
    return np.full(values.shape, 0.5)


def _ideal(values: Floats, shape: ValueFunction) -> Floats:
    assert shape.low is not None
    assert shape.best is not None
    assert shape.high is not None
    return np.interp(values, [shape.low, shape.best, shape.high], [0.0, 1.0, 0.0])


def _step(values: Floats, shape: ValueFunction) -> Floats:
    assert shape.steps is not None
    starts = [start for start, _ in shape.steps]
    heights = np.array([0.0, *(height for _, height in shape.steps)])
    return heights[np.searchsorted(starts, values, side="right")]
