"""What a run says: totals inside and outside the hub, and the criterion the comparison takes from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import stdtrit

from geojeom.messages import Remark, column_data
from simulation.plans.settings import Scheme
from simulation.runs.scenario import City, Hub, problem
from simulation.runs.worlds import central
from simulation.spread.diffusion import stochastic

CRITERION = "adopters_outside_10y"
CRITERION_MONTH = 120
# A city's total varies little by chance: so few worlds tell apart what is worth telling apart (docs/decisions.md), and
# they fill one vector of the kernel.
WORLDS = 16


def totals(
    district_ids: Sequence[str],
    services: Sequence[str],
    *,
    inside: NDArray[np.float64],
    outside: NDArray[np.float64],
    potential: NDArray[np.int32],
    in_hub: NDArray[np.bool_],
) -> pd.DataFrame:
    """Adopters by district, service and month, with the potential they are of; one row each.

    Parameters
    ----------
    district_ids : sequence of str
        One for each of the L lanes.
    services : sequence of str
        S ids.
    inside, outside : float64 (S, T+1, L)
        Adopters (persons) after 0 … T months.
    potential : int32 (S, n)
        Potential adopters (persons).
    in_hub : bool (n, L)
        Whether a cell lies in the lane's hub.

    Returns
    -------
    DataFrame
        The table ``totals``.
    """
    count, times, lanes = inside.shape
    potential_inside = potential.astype(np.float64) @ in_hub.astype(np.float64)
    whole = potential.sum(axis=1, dtype=np.float64)
    index = pd.MultiIndex.from_product(
        [district_ids, services, range(times)], names=["district_id", "service", "month"]
    )

    def column(values: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.broadcast_to(values, (count, times, lanes)).transpose(2, 0, 1).astype(np.float64).ravel()

    frame = pd.DataFrame(
        {
            "adopters_inside": column(inside),
            "adopters_outside": column(outside),
            "potential_inside": column(potential_inside[:, None, :]),
            "potential_outside": column((whole[:, None] - potential_inside)[:, None, :]),
        },
        index=index,
    ).reset_index()
    return frame.astype({"district_id": "str", "service": "str", "month": "Int64"})


def in_worlds(
    scheme: Scheme, city: City, hub: Hub, seed: int, progress: Callable[[range], Iterable[int]] = iter
) -> NDArray[np.int64]:
    """Adoptions outside the hub after ten years, over all services, in each of WORLDS worlds of chance.

    Parameters are as stated in all of them: chance alone differs, and is the same for every hub.

    Parameters
    ----------
    scheme : Scheme
        Services and settings.
    city, hub : City, Hub
        What the model runs on.
    seed : int
        Of the random stream.
    progress : callable
        Wraps the months.

    Returns
    -------
    int64 (W,)
        Adoptions: a user of two services counts twice.
    """
    lanes = central(scheme.services, city.services, scheme.settings.mixing, WORLDS)
    lanes = replace(lanes, world=np.arange(WORLDS))
    posed = problem(city, [hub], CRITERION_MONTH)
    outcome = stochastic(posed, lanes, seed, np.empty(0, np.int64), progress=progress)
    return np.asarray(outcome.outside[:, -1].sum(axis=0), np.int64)


def criterion(
    adoptions: Mapping[str, NDArray[np.int64]],
    district_ids: Sequence[str],
    months: int,
    left_out: Sequence[Mapping[str, str]],
    *,
    opens: bool,
    remark: Remark | None = None,
) -> pd.DataFrame:
    """Rows of criteria_diffusion for each district: adoptions outside the hub after ten years, over all services.

    ``adoptions`` are those of each world (``in_worlds``) by district, empty where none were run. The value is their
    mean; the notes give the half-width of its 95 % interval and name the districts it is not told apart from: those
    from which it differs, world by world, by a mean whose interval holds 0. The unit is adoptions, as a person who uses
    two services counts twice. ``opens`` says whether the plan opens any service people can adopt. Missing, with the
    reason, where fewer than ten years are simulated or no service could be; the notes have the services ``left_out``
    (names in both languages), and the ``remark`` on travel times.
    """
    value = pd.Series(np.nan, index=list(district_ids))
    notes: dict[str, list[Remark]] = {}
    missing: Remark | None = None
    if months < CRITERION_MONTH:
        missing = Remark("adopters.months", months=months, needed=CRITERION_MONTH)
    elif not opens:
        value[:] = 0.0
    elif not adoptions:
        missing = Remark("adopters.no_users", services=left_out)
    for name, own in adoptions.items():
        value[name] = own.mean()
        notes[name] = [Remark("adopters.mean", worlds=own.size, half_width=_half_width(own))]
        alike = [other for other, theirs in adoptions.items() if other != name and _alike(own, theirs)]
        if alike:
            notes[name].append(Remark("adopters.alike", districts=alike))
        if left_out:
            notes[name].append(Remark("adopters.left_out", services=left_out))
        if remark:
            notes[name].append(remark)
    none = dict.fromkeys(district_ids, missing) if missing else {}
    source = Remark("source.simulation")
    return criterion_rows(CRITERION, value, unit="adoptions", source=source, notes=notes, missing=none)


def _half_width(values: NDArray[Any]) -> float:
    """Half of the 95 % interval of the mean (Student's t)."""
    return float(stdtrit(values.size - 1, 0.975) * values.std(ddof=1) / np.sqrt(values.size))


def _alike(own: NDArray[np.int64], theirs: NDArray[np.int64]) -> bool:
    difference = own - theirs
    return bool(abs(difference.mean()) <= _half_width(difference))


def criterion_rows(
    criterion: str,
    value: pd.Series,
    *,
    unit: str,
    source: Remark,
    notes: Mapping[str, Sequence[Remark]],
    missing: Mapping[str, Remark],
) -> pd.DataFrame:
    """Rows of a criteria table from one value per district (``value``'s index); ``notes`` and ``missing`` by district.

    What a value was made of is not said where there is none.
    """
    frame = pd.DataFrame(
        {
            "district_id": value.index,
            "criterion": criterion,
            "value": value.astype(float),
            "unit": unit,
            "source": column_data([source]),
            "vintage": None,
            "note": [None if name in missing else column_data(notes.get(name, [])) for name in value.index],
            "missing": [column_data([missing[name]] if name in missing else []) for name in value.index],
        }
    ).reset_index(drop=True)
    text = ["district_id", "criterion", "unit", "source", "vintage", "note", "missing"]
    return frame.astype(dict.fromkeys(text, "str"))
