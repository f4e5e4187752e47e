"""What a run says: totals inside and outside the hub, and the criterion the comparison takes from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import stdtrit

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
    one = problem(city, [hub], CRITERION_MONTH)
    outcome = stochastic(one, lanes, seed, np.empty(0, np.int64), progress=progress)
    return np.asarray(outcome.outside[:, -1].sum(axis=0), np.int64)


def criterion(
    adoptions: Mapping[str, NDArray[np.int64]],
    district_ids: Sequence[str],
    months: int,
    not_simulated: Mapping[str, str],
    *,
    opens: bool,
    remark: tuple[str, str] | None = None,
) -> pd.DataFrame:
    """Rows of criteria_diffusion for each district: adoptions outside the hub after ten years, over all services.

    ``adoptions`` are those of each world (``in_worlds``) by district, empty where none were run. The value is their
    mean; the note gives the half-width of its 95 % interval and names the districts it is not told apart from: those
    from which it differs, world by world, by a mean whose interval holds 0. The unit is adoptions, as a person who uses
    two services counts twice. ``opens`` says whether the plan opens any service people can adopt. Missing, with the
    reason, where fewer than ten years are simulated or no service could be; the note has the services left out, and the
    ``remark`` (Korean, English) on travel times.
    """
    value = pd.Series(np.nan, index=list(district_ids))
    note = pd.Series(None, index=value.index, dtype=object)
    left_out = ", ".join(not_simulated)
    missing = None
    if months < CRITERION_MONTH:
        missing = (
            f"모의 기간 {months}개월({CRITERION_MONTH}개월 필요) / {months} months simulated, {CRITERION_MONTH} needed"
        )
    elif not opens:
        value[:] = 0.0
    elif not adoptions:
        missing = f"이용자 자료가 없어 모의 불가({left_out}) / not simulated, no data on users ({left_out})"
    for name, own in adoptions.items():
        value[name] = own.mean()
        sure = f"{_half_width(own):,.0f}"
        korean = f"확률 모의 {own.size}회 평균(95 % 구간 ±{sure}), 서비스별 합계(두 서비스 이용자는 2회)"
        english = (
            f"mean of {own.size} random worlds (95 % interval ±{sure}), sum over services (a user of two counts twice)"
        )
        alike = ", ".join(other for other, theirs in adoptions.items() if other != name and _alike(own, theirs))
        if alike:
            korean, english = (
                f"{korean}, 차이가 뚜렷하지 않은 후보: {alike}",
                f"{english}, not told apart from: {alike}",
            )
        if left_out:
            korean, english = f"{korean}, 제외: {left_out}", f"{english}, left out: {left_out}"
        if remark:
            korean, english = f"{korean}, {remark[0]}", f"{english}, {remark[1]}"
        note[name] = f"{korean} / {english}"
    source = "계획을 얹은 모의실험 / simulation of the plan laid on the district"
    return criterion_rows(CRITERION, value, unit="adoptions", source=source, note=note, missing=missing)


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
    source: str,
    note: str | pd.Series | None,
    missing: str | pd.Series | None,
) -> pd.DataFrame:
    """Rows of a criteria table from one value per district (``value``'s index); texts as docs/files.md says.

    ``note`` and ``missing`` are one text for all, one per district (null where there is none), or None.
    """
    frame = pd.DataFrame(
        {
            "district_id": value.index,
            "criterion": criterion,
            "value": value.astype(float),
            "unit": unit,
            "source": source,
            "vintage": None,
            "note": note,
            "missing": missing,
        }
    ).reset_index(drop=True)
    frame.loc[frame["missing"].notna(), "note"] = None
    text = ["district_id", "criterion", "unit", "source", "vintage", "note", "missing"]
    return frame.astype(dict.fromkeys(text, "str"))
