"""What a proposal says of its land, or else what the parcels in it say: price, share in public hands."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from geojeom.messages import Remark
from spatial.measures.context import Context, Measured
from spatial.measures.overlay import area_mean


class Figure(NamedTuple):
    """What the parcels say in place of a field of the proposal: their column, its layer, and codes of remarks.

    ``basis`` says how the figure was made, ``beside`` the same with the figure, ``unknown`` what no parcel says.
    """

    column: str
    layer: str
    basis: str
    beside: str
    unknown: str


FIGURES = {
    "land_price_krw_m2": Figure(
        "land_price_krw_m2", "land_price", "parcels.price", "parcels.price.beside", "parcels.price.unknown"
    ),
    "public_land_share": Figure(
        "public", "public_land", "parcels.owner", "parcels.owner.beside", "parcels.owner.unknown"
    ),
}
# Parcels that lie on one another: more than the slivers of a map drawn sheet by sheet.
OVERLAP = 0.01


def proposal_or_parcels(context: Context, *, field: str) -> Measured:
    """The proposal's own figure; where it gives none, the mean over the district's parcels by their area inside it.

    Parcels whose price or kind of owner is not known are left out, and their share of the district is said. Where both
    say something, the parcels' figure stands in the note, so that the two can be compared.
    """
    if field not in FIGURES:
        raise ValueError(f"parcels say nothing of {field!r}, only of {', '.join(FIGURES)}")
    column, layer, basis, beside, unknown = FIGURES[field]
    own = context.districts[field].to_numpy(float, na_value=np.nan)
    known = context.parcels[context.parcels[column].notna()]
    mean, share = area_mean(context.districts.geometry, known.geometry, known[column].to_numpy(float))
    out = Measured(np.where(np.isnan(own), mean, own), ("proposal",))
    for row in range(own.size):
        covered = min(share[row], 1)
        if np.isnan(out.value[row]):
            out.missing[row] = Remark("proposal.silent" if context.parcels.empty else unknown)
        elif np.isnan(own[row]):
            out.apart[row] = (layer,)
            out.notes[row] = [Remark(basis, known=covered), *_overlap(share[row])]
        elif not np.isnan(mean[row]):
            out.apart[row] = ("proposal", layer)
            compared = Remark("proposal.compared", other=Remark(beside, value=mean[row], known=covered))
            out.notes[row] = [compared, *_overlap(share[row])]
        else:
            out.notes[row] = [Remark("proposal.own")]
    return out


def _overlap(share: float) -> list[Remark]:
    over = share - 1
    return [Remark("parcels.overlap", share=over)] if over > OVERLAP else []
