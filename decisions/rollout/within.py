"""Plans that keep all limits where minima make that hard: the nearest to a wish, or what is short, by HiGHS.

An integer programme over options and dates alone, x[o, k]: each opens once, limits and needs hold.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from decisions.rollout.instance import Instance
from decisions.rollout.quotas import LEAST, UNITS
from geojeom.errors import Fault, PlanError

# Of the plan nearest to a wish, one this near will do, or the nearest of so many tried; the same every time.
NEAR = {"mip_rel_gap": 0.05, "node_limit": 20_000}
# The solver keeps limits to a millionth; of what is tightened by this part nothing is left over.
TIGHTENED = 2e-6
MOST_OF_ONE = 0.5
# An opening counts so much against a plan: one that nothing asks for is not made.
UNWISHED = 0.01


def has_minima(instance: Instance) -> bool:
    """Whether opening nothing breaks a limit."""
    return bool((instance.limit < 0).any())


def nearest(instance: Instance, opens: NDArray[np.float64]) -> NDArray[np.int64]:
    """A plan (m,) within all limits near the parts (m, K) that are wished for; PlanError where there is none."""
    for gain, options in ((opens - UNWISHED, NEAR), (np.zeros_like(opens), {})):
        for tightened in (0.0, TIGHTENED):
            limit = instance.limit - tightened * np.abs(instance.limit)
            plan = _solved(instance, limit, gain, options)
            if plan is not None and instance.feasible(plan):
                return plan
    raise PlanError(_faults(instance))


def _solved(
    instance: Instance, limit: NDArray[np.float64], gain: NDArray[np.float64], options: dict[str, float]
) -> NDArray[np.int64] | None:
    rows, most = _rows(instance, limit)
    result = milp(
        -gain.ravel(),
        constraints=LinearConstraint(rows, ub=most),
        bounds=Bounds(0, instance.allowed.ravel().astype(float)),
        integrality=np.ones(gain.size),
        options=options,
    )
    if result.x is None:
        return None
    chosen = result.x.reshape(gain.shape) > MOST_OF_ONE
    return np.where(chosen.any(axis=1), chosen.argmax(axis=1), instance.never).astype(np.int64)


def _faults(instance: Instance) -> list[Fault]:
    """Every minimum that cannot be met within the other limits, and what would be needed."""
    least = np.array([name.endswith(f" {LEAST}") for name in instance.limit_names])
    counted = np.array([name.endswith(f" {UNITS}") for name in instance.limit_names])
    short, more = _excess(instance, least), _excess(instance, ~least & ~counted)
    remedy = "Ask for less: no money alone would do, as units a year or prerequisites stand in the way."
    if more is not None:
        money = [f"{np.ceil(krw):,.0f} in {instance.limit_names[row]}" for row, krw in enumerate(more) if krw >= 1]
        remedy = f"Ask for less, or give more won: {', '.join(money)}."
    if short is None:
        return [Fault("--at-least", "minima beside limits that can be kept", "limits that nothing keeps", remedy)]
    faults: list[Fault] = []
    for row in np.flatnonzero(short > MOST_OF_ONE):
        least_units = -instance.limit[row]
        expected = f"{least_units:,.0f} units to open in {instance.limit_names[int(row)].removesuffix(f' {LEAST}')}"
        found = f"{least_units - round(short[row]):,.0f} within the other limits"
        # What would be needed is the same for all, and said once.
        faults.append(Fault("--at-least", expected, found, "Ask for less." if faults else remedy))
    return faults


def _excess(instance: Instance, may: NDArray[np.bool_]) -> NDArray[np.float64] | None:
    """How far limits that ``may`` be exceeded must be (R,), least in all; None where that is not enough."""
    rows, most = _rows(instance, instance.limit)
    count, size = instance.allowed.shape[0], instance.allowed.size
    beyond = sparse.lil_matrix((rows.shape[0], may.size))
    for row in np.flatnonzero(may):
        beyond[count + row, row] = -_scale(instance)[row]
    result = milp(
        np.append(np.zeros(size), np.ones(may.size)),
        constraints=LinearConstraint(sparse.hstack([rows, beyond]).tocsr(), ub=most),
        bounds=Bounds(0, np.append(instance.allowed.ravel().astype(float), np.where(may, np.inf, 0.0))),
        integrality=np.append(np.ones(size), np.zeros(may.size)),
    )
    return None if result.x is None else np.asarray(result.x[size:])


def _scale(instance: Instance) -> NDArray[np.float64]:
    return np.asarray(1 / np.maximum(np.abs(instance.limit), 1.0))


def _rows(instance: Instance, limit: NDArray[np.float64]) -> tuple[sparse.csr_matrix, NDArray[np.float64]]:
    """Rows over x and what each is at most: once for every option, then every limit (scaled to 1), then needs."""
    count, dates = instance.allowed.shape
    once = sparse.kron(sparse.eye(count), np.ones((1, dates)))
    scale = _scale(instance)
    limits = instance.usage.reshape(count * dates, -1).T * scale[:, None]
    needs = sparse.lil_matrix((len(instance.needs) * dates, count * dates))
    for n, need in enumerate(instance.needs):
        for d in range(dates):
            for k in range(d + 1):
                needs[n * dates + d, need.option * dates + k] = 1.0
                for supplier in need.suppliers:
                    needs[n * dates + d, supplier * dates + k] = -1.0
    rows = sparse.vstack([once, sparse.csr_matrix(limits), needs]).tocsr()
    return rows, np.concatenate([np.ones(count), limit * scale, np.zeros(needs.shape[0])])
