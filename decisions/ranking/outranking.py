"""PROMETHEE II: how much more each candidate is preferred to the others than they to it.

Arrays as in ``aggregate``. pymcdm's PROMETHEE II, to which the tests hold this one, divides by zero for one
candidate, answers only once per object, and knows neither missing values nor candidates that are scored without
moving the others; hence these functions.
"""

from __future__ import annotations

import numpy as np

from decisions.ranking.aggregate import Bools, Floats

# Utilities this close are no reason to prefer either; from the second difference on preference is full, in a straight
# line between them. Design choices of this project: data of this kind are seldom surer than a twentieth of their range.
INDIFFERENCE = 0.05
STRICT = 0.25


def promethee(
    utilities: Floats, weights: Floats, reference: Bools, indifference: float = INDIFFERENCE, strict: float = STRICT
) -> Floats:
    """(1 + φ) / 2 (D,) of PROMETHEE II: 0 when every other candidate is fully preferred to it, 1 when it is to all.

    NaN where nothing of any weight is known.
    """
    flow = (1 + net_flow(utilities, weights, reference, indifference, strict)) / 2
    return np.where((~np.isnan(utilities) & (weights > 0)).any(axis=1), flow, np.nan)


def net_flow(utilities: Floats, weights: Floats, reference: Bools, indifference: float, strict: float) -> Floats:
    """Net outranking flow φ (D,), -1 to 1, of each candidate against those in ``reference`` (itself left out).

    Preference is linear from ``indifference`` to ``strict``; with both 0 it is the usual one (any difference is full
    preference). Where either of two candidates lacks a criterion, neither is preferred by it. The flows of the
    reference sum to 0. A single candidate has a flow of 0.
    """
    against = utilities[reference]
    flow = np.empty(len(utilities))
    for row, own in enumerate(utilities):
        lead = own - against
        balance = np.sign(lead) * _preference(np.abs(lead), indifference, strict)
        rivals = len(against) - int(reference[row])
        flow[row] = (np.nan_to_num(balance) @ weights).sum() / rivals if rivals else 0.0
    return flow


def _preference(lead: Floats, indifference: float, strict: float) -> Floats:
    if strict == indifference:
        return np.asarray(lead > indifference, float)
    return np.clip((lead - indifference) / (strict - indifference), 0, 1)
