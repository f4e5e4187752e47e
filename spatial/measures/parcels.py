"""What a proposal says of its land, or else what the parcels in it say: price, share in public hands."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from geojeom.formats import percent
from spatial.measures.context import Context, Measured
from spatial.measures.overlay import area_mean

Both = tuple[str, str]
# Field of the proposal -> column of the parcels, its layer, how the parcels' figure is told (Korean, English), and what
# of a parcel is unknown where there is none.
FIGURES: dict[str, tuple[str, str, Both, Both, Callable[[float], Both]]] = {
    "land_price_krw_m2": (
        "land_price_krw_m2",
        "land_price",
        (
            "필지별 개별공시지가의 면적 가중 평균{value}(지구 면적의 {known}에 가격 있음)",
            "mean official price of its parcels by area{value} (known for {known} of the district)",
        ),
        ("개별공시지가", "official price"),
        lambda value: (f" {value:,.0f}원/m²", f" {value:,.0f} KRW/m²"),
    ),
    "public_land_share": (
        "public",
        "public_land",
        (
            "필지별 소유구분에 따른 면적 비율{value}(지구 면적의 {known}에서 소유구분을 앎)",
            "share of its parcels' area by kind of owner{value} (known for {known} of the district)",
        ),
        ("소유구분", "kind of owner"),
        lambda value: (f" {percent(value, 1)}", f" {percent(value, 1)}"),
    ),
}
# Parcels that lie on one another: more than the slivers of a map drawn sheet by sheet.
OVERLAP = 0.01


def proposal_or_parcels(place: Context, *, field: str) -> Measured:
    """The proposal's own figure; where it gives none, the mean over the district's parcels by their area inside it.

    Parcels whose price or kind of owner is not known are left out, and their share of the district is said. Where both
    say something, the parcels' figure stands in the note, so that the two can be compared.
    """
    if field not in FIGURES:
        raise ValueError(f"parcels say nothing of {field!r}, only of {', '.join(FIGURES)}")
    column, layer, told, (ko, en), how = FIGURES[field]
    own = place.districts[field].to_numpy(float, na_value=np.nan)
    known = place.parcels[place.parcels[column].notna()]
    found, share = area_mean(place.districts.geometry, known.geometry, known[column].to_numpy(float))
    out = Measured(np.where(np.isnan(own), found, own), ("proposal",))
    for row in range(own.size):
        beside = ("", "") if np.isnan(own[row]) else how(found[row])
        covered = percent(min(share[row], 1), 1)
        basis = [text.format(value=value, known=covered) for text, value in zip(told, beside, strict=True)]
        basis = [text + over for text, over in zip(basis, _overlap(share[row]), strict=True)]
        if np.isnan(out.value[row]):
            out.missing[row] = _nothing(place, ko, en)
        elif np.isnan(own[row]):
            out.apart[row] = (layer,)
            out.note[row] = (basis[0], basis[1])
        elif not np.isnan(found[row]):
            out.apart[row] = ("proposal", layer)
            out.note[row] = (f"제안서 값. 참고: {basis[0]}", f"the proposal's own figure; to compare: {basis[1]}")
        else:
            out.note[row] = ("제안서 값", "the proposal's own figure")
    return out


def _nothing(place: Context, ko: str, en: str) -> tuple[str, str]:
    if place.parcels.empty:
        return "제안서에 값이 없음", "the proposal does not say"
    return (
        f"제안서에 값이 없고 지구 안 필지의 {ko}도 모름",
        f"the proposal does not say, and the {en} of no parcel there is known",
    )


def _overlap(share: float) -> tuple[str, str]:
    over = share - 1
    if over <= OVERLAP:
        return "", ""
    return f"; 필지가 {percent(over, 1)} 겹침", f"; parcels lie on one another over {percent(over, 1)} of it"
