"""Finding candidate districts of a kind, and comparing them with hand-drawn ones on the same surface."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geojeom.messages import Remark, column_text
from geojeom.models import Strict
from geojeom.quantities import AreaKm2, Places, RadiusM, WalkMin
from spatial.config.catalogue import Kind
from spatial.districts.candidates import PROPOSAL
from spatial.districts.travel import cells_inside
from spatial.finding import growing, reach
from spatial.finding.suitability import SuitabilityRecipe, Surface
from spatial.reading.square_grid import squares
from spatial.streets.network import Network

Ints = NDArray[np.int32]


class SearchRequest(Strict):
    """What is asked for: how many districts, how large, how far apart, and what counts as reached."""

    kind: Kind
    number: Places
    min_km2: AreaKm2
    max_km2: AreaKm2
    spacing_m: RadiusM
    reach_min: WalkMin
    mode: Literal["walk", "drive"]


@dataclass(frozen=True)
class SearchResult:
    """Areas in the order chosen, and all that were grown; ``ground`` is what they grew on."""

    ground: growing.GrowthGrid
    chosen: list[growing.GrownArea]
    areas: list[growing.GrownArea]


def find(
    cells: gpd.GeoDataFrame,
    size_m: int,
    surface: Surface,
    recipe: SuitabilityRecipe,
    wish: SearchRequest,
    *,
    block_m: float,
) -> SearchResult:
    """Grow areas on a surface and choose the best that keep their distance.

    Parameters
    ----------
    cells : GeoDataFrame
        C cells, with their centres ``x_m`` and ``y_m``.
    size_m : int
        The side of a cell.
    surface : Surface
        Suitability of the cells.
    recipe : SuitabilityRecipe
        How districts of the kind are looked for.
    wish : SearchRequest
        What is asked for.
    block_m : float
        Metres of the side of a block: an area is grown from the most suitable open cell of each.

    Returns
    -------
    SearchResult
        Fewer than asked for where there are no more.
    """
    x, y = cells["x_m"].to_numpy(float), cells["y_m"].to_numpy(float)
    ground = growing.GrowthGrid(
        x,
        y,
        size_m,
        np.nan_to_num(surface.suitability),
        growing.neighbours_of(x, y, size_m),
        recipe.compactness,
        least_cells=int(np.ceil(wish.min_km2 * 1e6 / size_m**2 - 1e-9)),
        most_cells=int(wish.max_km2 * 1e6 / size_m**2 + 1e-9),
    )
    areas = growing.candidates(ground, surface.open, block_m)
    return SearchResult(ground, growing.choose(ground, areas, surface.open, wish.number, wish.spacing_m), areas)


def found_id(kind: str, number: int) -> str:
    """The code of an area found, in the file of candidates and in the comparison alike."""
    return f"found-{kind}-{number}"


def as_candidates(
    result: SearchResult, cells: gpd.GeoDataFrame, zones: pd.DataFrame, wish: SearchRequest, how: list[Remark]
) -> gpd.GeoDataFrame:
    """The areas as candidate districts.

    Parameters
    ----------
    result : SearchResult
        What was found.
    cells : GeoDataFrame
        The cells it was found on.
    zones : DataFrame
        ``zone_id`` and ``name``: a district is named after the zone of most of its cells.
    wish : SearchRequest
        What was asked for.
    how : list of Remark
        How the districts were found.

    Returns
    -------
    GeoDataFrame
        docs/files.md, districts; in the cells' CRS. Proposal fields are null.
    """
    ground = result.ground
    shapes = squares(ground.x_m, ground.y_m, ground.size_m)
    names = zones.set_index("zone_id")["name"]
    rows = []
    for number, area in enumerate(result.chosen, 1):
        held = cells["zone_id"].iloc[area.cells].dropna()
        zone = names.get(held.mode().iloc[0], "") if len(held) else ""
        called = Remark("locate.name", kind=wish.kind, number=number)
        if zone:
            called = Remark("locate.name.near", zone=zone, kind=wish.kind, number=number)
        rows.append(
            {
                "district_id": found_id(wish.kind, number),
                "name": called.ko,
                "name_en": called.en,
                "kind": wish.kind,
                **dict.fromkeys(PROPOSAL),
                "area_m2": float(area.cells.size * ground.size_m**2),
                "suitability": round(float(ground.suitability[area.cells].mean()), 4),
                "compactness": round(growing.polsby_popper(ground, area.cells), 4),
                "rating": round(area.score, 4),
                "how": column_text(how),
                "geometry": shapely.union_all(shapes[area.cells]),
            }
        )
    columns = [
        "district_id",
        "name",
        "name_en",
        "kind",
        *PROPOSAL,
        "area_m2",
        "suitability",
        "compactness",
        "rating",
        "how",
    ]
    return gpd.GeoDataFrame(pd.DataFrame(rows, columns=[*columns, "geometry"]), geometry="geometry", crs=cells.crs)


def compare(result: SearchResult, surface: Surface, drawn: gpd.GeoDataFrame, wish: SearchRequest) -> pd.DataFrame:
    """Found and hand-drawn districts on one surface, best first.

    Both are rated alike, by their own outlines.

    Parameters
    ----------
    result : SearchResult
        What was found.
    surface : Surface
        Suitability of the cells.
    drawn : GeoDataFrame
        Hand-drawn districts with ``district_id`` and ``kind``, in the cells' CRS.
    wish : SearchRequest
        What was asked for.

    Returns
    -------
    DataFrame
        A row per district. Shares are of its cells: ``open`` to growth, ``barred``, and ``unknown``; ``suitability`` is
        the mean of the known ones.
    """
    ground = result.ground
    rows = [
        _row(found_id(wish.kind, number), "found", area.cells, surface, ground)
        for number, area in enumerate(result.chosen, 1)
    ]
    inside = cells_inside(drawn.geometry.to_numpy(), ground.x_m, ground.y_m)
    for held, district in zip(inside, drawn.itertuples(), strict=True):
        cells = np.flatnonzero(held).astype(np.int32)
        rows.append(_row(str(district.district_id), str(district.kind), cells, surface, ground))
    return pd.DataFrame(rows).sort_values("rating", ascending=False, kind="stable", ignore_index=True)


def _row(name: str, kind: str, cells: Ints, surface: Surface, ground: growing.GrowthGrid) -> dict[str, Any]:
    own = surface.suitability[cells]
    known = own[~np.isnan(own)]
    mean = float(known.mean()) if known.size else np.nan
    compactness = growing.polsby_popper(ground, cells)
    return {
        "district": name,
        "kind": kind,
        "area_km2": cells.size * ground.size_m**2 / 1e6,
        "suitability": mean,
        "compactness": compactness,
        "rating": growing.rating(ground, mean, compactness),
        "open": float(surface.open[cells].mean()),
        "barred": float(surface.barred[cells].mean()),
        "unknown": float(np.isnan(own).mean()),
    }


def yardstick(
    result: SearchResult, network: Network, people: NDArray[np.float64], wish: SearchRequest
) -> dict[str, float] | None:
    """People reached by the areas found, and by the best as many of all areas grown, chosen for nothing but reach.

    The best set is exact and keeps no distance between its areas, so the ratio is a lower bound on how good the found
    set is at reaching people; it was not chosen for that alone.

    Parameters
    ----------
    result : SearchResult
        What was found.
    network : Network
        Streets, or what stands in for them.
    people : float64 (C,)
        Of each cell.
    wish : SearchRequest
        What was asked for, and what counts as reached.

    Returns
    -------
    dict of float or None
        ``reached`` and ``best`` people, their ``ratio``, and the number of ``areas``; None where nobody is known to
        live in reach.
    """
    areas = [*result.chosen, *result.areas]
    within = reach.reached(network, [area.cells for area in areas], wish.reach_min * 60, wish.mode)
    own = reach.people_reached(within, people, list(range(len(result.chosen))))
    best = reach.people_reached(within, people, reach.best_cover(within, people, len(result.chosen)))
    return {"reached": own, "best": best, "ratio": own / best, "areas": float(len(result.areas))} if best > 0 else None


def story(wish: SearchRequest, recipe: SuitabilityRecipe, surface: Surface) -> list[Remark]:
    """How the districts were found: what was weighed, what was lacking, what was barred, and where that comes from.

    Parameters
    ----------
    wish : SearchRequest
        What was asked for.
    recipe : SuitabilityRecipe
        What was weighed.
    surface : Surface
        What came of it.

    Returns
    -------
    list of Remark
        For the table of candidates.
    """
    used = [ingredient for ingredient in recipe.ingredients if ingredient.id in surface.used]
    lacking = [ingredient.label.model_dump() for ingredient in recipe.ingredients if ingredient.id in surface.left_out]
    total = sum(ingredient.weight for ingredient in used)
    remarks = [
        Remark(
            "locate.how",
            recipe=recipe.label.model_dump(),
            weights=[
                Remark("locate.weight", what=ingredient.label.model_dump(), share=ingredient.weight / total)
                for ingredient in used
            ],
            **wish.model_dump(include={"min_km2", "max_km2", "spacing_m"}),
        )
    ]
    if lacking:
        remarks.append(Remark("locate.left_out", what=lacking))
    if surface.unjudged:
        remarks.append(Remark("locate.unjudged", columns=surface.unjudged))
    return [*remarks, Remark("stated", text=recipe.provenance.model_dump())]


def told(measured: dict[str, float] | None, wish: SearchRequest, remark: Remark | None = None) -> list[Remark]:
    """What the yardstick says, with a ``remark`` on how far one walks.

    Parameters
    ----------
    measured : dict of float or None
        As ``yardstick`` gives it.
    wish : SearchRequest
        What was asked for.
    remark : Remark, optional
        What is said of the network.

    Returns
    -------
    list of Remark
        One or two.
    """
    if measured is None:
        return [Remark("locate.nobody")]
    numbers = {"own": measured["reached"], "best": measured["best"], "ratio": measured["ratio"]}
    return [Remark("locate.reach", minutes=wish.reach_min, **numbers), *([remark] if remark else [])]
