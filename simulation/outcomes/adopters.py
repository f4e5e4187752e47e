"""What a run says: totals inside and outside the hub, and the criterion the comparison takes from it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

CRITERION = "adopters_outside_10y"
CRITERION_MONTH = 120


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

    ``inside``, ``outside`` (S, T+1, L) with one lane per district; ``potential`` (S, n); ``in_hub`` (n, L).
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


def criterion(
    table: pd.DataFrame, district_ids: Sequence[str], months: int, not_simulated: dict[str, str], opens: bool
) -> pd.DataFrame:
    """Rows of criteria_diffusion for each district: adoptions outside the hub after ten years, over all services.

    ``table`` is what ``totals`` gives; the unit is adoptions, as a person who uses two services counts twice.
    ``opens`` says whether the plan opens any service people can adopt. Missing, with the reason, where fewer than ten
    years are simulated or no service could be; services left out of a value are named in its note.
    """
    at = table[table["month"] == CRITERION_MONTH]
    value = at.groupby("district_id")["adopters_outside"].sum().reindex(list(district_ids)).astype(float)
    left_out = ", ".join(not_simulated)
    missing = None
    if months < CRITERION_MONTH:
        missing = (
            f"모의 기간 {months}개월({CRITERION_MONTH}개월 필요) / {months} months simulated, {CRITERION_MONTH} needed"
        )
    elif not opens:
        value[:] = 0.0
    elif table.empty:
        missing = f"이용자 자료가 없어 모의 불가({left_out}) / not simulated, no data on users ({left_out})"
    korean = "평균장 모형, 서비스별 합계(두 서비스 이용자는 2회). 격자당 이용 대상이 적으면 확률 모의 평균보다 큼"
    english = (
        "mean field, sum over services (a user of two counts twice); "
        "somewhat above the mean of random worlds where cells hold few people"
    )
    if left_out:
        korean, english = f"{korean}, 제외: {left_out}", f"{english}, left out: {left_out}"
    note = f"{korean} / {english}"
    source = "계획을 얹은 모의실험 / simulation of the plan laid on the district"
    return criterion_rows(CRITERION, value, unit="adoptions", source=source, note=note, missing=missing)


def criterion_rows(
    criterion: str, value: pd.Series, *, unit: str, source: str, note: str | None, missing: str | pd.Series | None
) -> pd.DataFrame:
    """Rows of a criteria table from one value per district (``value``'s index); texts as docs/files.md says.

    ``missing`` is one reason for all, one per district (null where there is a value), or None.
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
