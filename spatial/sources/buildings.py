"""Buildings as points with floor area, use and day of approval, from a table or from OpenStreetMap outlines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geojeom.errors import Fault, SourceError, raise_if_any
from spatial.config.region import BuildingsOsm, BuildingTable
from spatial.reading.boundary import Area
from spatial.reading.credible_days import credible
from spatial.reading.osm import AreaQuery
from spatial.reading.osm_file import OsmFile
from spatial.reading.projection import lonlat, project
from spatial.reading.provenance import Account, Ledger
from spatial.reading.square_grid import SquareGrid
from spatial.reading.tabular import BLANK, amounts, days, last_day, numbers, read_rows
from spatial.reading.tags import BuildingUses, TagTable

Floats = NDArray[np.float64]
OLD_YEARS = 20
ANY_BUILDING = TagTable.model_validate(
    {"building": {"label": {"ko": "건물", "en": "Building"}, "match": [{"building": "*"}]}}
)


@dataclass(frozen=True)
class Buildings:
    """One row per building: ``x_m``, ``y_m``, ``floor_m2`` (NaN unknown), ``lives``, ``works``, ``approved``.

    ``approved`` (ISO day or null) is absent where the source has no such column; ``old_before`` is the day up to which
    an approval counts as old.
    """

    frame: pd.DataFrame
    old_before: str | None
    ledger: Ledger


def ask_buildings(area: Area, file: OsmFile) -> AreaQuery:
    """Ask an OpenStreetMap file for its buildings.

    Parameters
    ----------
    area : Area
        The region's.
    file : OsmFile
        The file.

    Returns
    -------
    AreaQuery
        To be taken by ``read_buildings``.
    """
    return file.ask(AreaQuery(ANY_BUILDING, ["building", "building:levels"], area.squares_degrees))


def read_buildings(
    spec: BuildingTable | BuildingsOsm, area: Area, uses: BuildingUses, account: Account, asked: AreaQuery | None = None
) -> Buildings:
    """All buildings of the source inside the region's box.

    Parameters
    ----------
    spec : BuildingTable or BuildingsOsm
        The entry of the region file.
    area : Area
        The region's.
    uses : BuildingUses
        What words for a use mean.
    account : Account
        Gets every loss.
    asked : AreaQuery, optional
        What was asked of an OpenStreetMap file already.

    Returns
    -------
    Buildings
        In metres of the region's CRS, floor area in m².

    Raises
    ------
    SourceError
        With every fault of the file.
    """
    ledger = account.open("buildings", spec)
    if isinstance(spec, BuildingsOsm):
        outlines = (asked or ask_buildings(area, OsmFile(spec.path))).take(ledger)
        return _outlines(outlines.to_crs(area.crs), area, uses, ledger, account)
    return _table(spec, area, uses, ledger, account)


def on_squares(buildings: Buildings, lattice: SquareGrid) -> dict[str, Floats]:
    """Buildings counted by square, and their floor area.

    For weighting, a building without a floor area counts with the median of the known ones, or with 1 where none is.

    Parameters
    ----------
    buildings : Buildings
        The buildings.
    lattice : SquareGrid
        N squares.

    Returns
    -------
    dict of float64 (N,)
        ``buildings``, ``floor_area_m2``, floor area ``lived``, ``worked`` and ``built`` on, and numbers by age where
        known.
    """
    frame = buildings.frame
    square = lattice.at(frame["x_m"], frame["y_m"])
    frame, square = frame[square >= 0], square[square >= 0]

    def total(values: Any) -> Floats:
        return np.bincount(square, np.asarray(values, float), len(lattice)).astype(np.float64)

    floor = frame["floor_m2"]
    weight = floor.fillna(floor.median() if floor.notna().any() else 1.0)
    out = {
        "buildings": total(np.ones(len(frame))),
        "lived": total(weight * frame["lives"]),
        "worked": total(weight * frame["works"]),
        "built": total(weight),
    }
    if floor.notna().any():
        out["floor_area_m2"] = total(floor.fillna(0))
    if buildings.old_before is not None:
        undated = frame["approved"].isna()
        out["undated_buildings"] = total(undated)
        out["old_buildings"] = total(frame["approved"].where(~undated, "9999") <= buildings.old_before)
    return out


def tell_cells(
    buildings: Buildings,
    lattice: SquareGrid,
    inside: NDArray[np.bool_],
    polygon: shapely.Polygon | shapely.MultiPolygon,
) -> None:
    """Bring the account down to the buildings that the region's cells count.

    Those beyond the border are lost, and some on its own side: in squares whose centre lies beyond it.

    Parameters
    ----------
    buildings : Buildings
        The buildings; their ledger is changed.
    lattice : SquareGrid
        N squares.
    inside : bool (N,)
        The region's squares.
    polygon : geometry
        The region's, in its CRS.
    """
    frame = buildings.frame
    square = lattice.at(frame["x_m"], frame["y_m"])
    lost = frame[(square < 0) | ~inside[square]]
    within = shapely.contains_xy(polygon, lost["x_m"].to_numpy(), lost["y_m"].to_numpy())
    buildings.ledger.drop("drop.outside", int((~within).sum()))
    buildings.ledger.drop("drop.nocell", int(within.sum()))
    buildings.ledger.kept = len(frame) - len(lost)


def _table(spec: BuildingTable, area: Area, uses: BuildingUses, ledger: Ledger, account: Account) -> Buildings:
    path = spec.path
    raw = read_rows(path, spec.columns_named("lon", "lat", "approved", "floor_area_m2", "use"))
    faults: list[Fault] = []
    lon, lat = (numbers(raw[axis], path, faults).to_numpy(float) for axis in (spec.lon, spec.lat))
    floor = amounts(raw[spec.floor_area_m2], path, faults) if spec.floor_area_m2 else pd.Series(np.nan, raw.index)
    faults += [
        Fault(
            path,
            "a floor area, 0 or more",
            str(floor[at]),
            "Correct it, or leave it blank.",
            int(at) + 1,
            spec.floor_area_m2 or "",
        )
        for at in floor.index[floor < 0][:20]
    ]
    old_before = _old_before(spec, ledger, faults) if spec.approved else None
    raise_if_any(SourceError, faults)
    ledger.read = len(raw)
    lon, lat = lonlat(lon, lat, path, area.extent, ledger)
    ledger.reach(lon, lat)
    x, y = project(lon, lat, area.crs)
    frame = pd.DataFrame({"x_m": x, "y_m": y, "floor_m2": floor.to_numpy()})
    use = raw[spec.use].str.strip() if spec.use else pd.Series("", index=raw.index)
    frame["lives"], frame["works"] = _uses(use, uses, ledger)
    if spec.approved:
        text = raw[spec.approved]
        read = days(text, ledger)
        blank = int(text.str.strip().isin(BLANK).sum())
        ledger.note("undated", n=int(read.isna().sum()), blank=blank)
        frame["approved"] = credible(read, spec.vintage, ledger)
    unknown = int(frame["floor_m2"].isna().sum())
    if unknown and spec.floor_area_m2:
        _tell_unknown_floor(unknown, account)
    return Buildings(_inside(frame, area, ledger), old_before, ledger)


def _outlines(
    outlines: gpd.GeoDataFrame, area: Area, uses: BuildingUses, ledger: Ledger, account: Account
) -> Buildings:
    middle = shapely.point_on_surface(outlines.geometry.to_numpy())
    levels = pd.to_numeric(outlines["building:levels"], errors="coerce")
    levels = levels.where(levels.between(0.5, 200))
    frame = pd.DataFrame(
        {
            "x_m": shapely.get_x(middle),
            "y_m": shapely.get_y(middle),
            "floor_m2": outlines.area * levels.fillna(1).to_numpy(),
        }
    )
    frame["lives"], frame["works"] = _uses(outlines["building"], uses, ledger)
    untold = int(levels.isna().sum())
    if untold:
        account.estimate(
            "floor_area_m2",
            "estimate.no_storeys",
            n=untold,
        )
    return Buildings(_inside(frame, area, ledger), None, ledger)


def _inside(frame: pd.DataFrame, area: Area, ledger: Ledger) -> pd.DataFrame:
    west, south, east, north = area.squares
    held = frame["x_m"].between(west, east) & frame["y_m"].between(south, north)
    ledger.drop("drop.box", int((frame["x_m"].notna() & ~held).sum()))
    ledger.kept = int(held.sum())
    return frame[held].reset_index(drop=True)


def _uses(use: pd.Series, uses: BuildingUses, ledger: Ledger) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    home, work, both = (use.isin(words) for words in (uses.residential, uses.workplace, uses.both))
    unknown = ~(home | work | both)
    strange = use[unknown & ~use.isin(BLANK)]
    if len(strange):
        shown = ", ".join(f"{word} ({number})" for word, number in strange.value_counts().head(10).items())
        ledger.note("uses", n=len(strange), list=shown)
    return (~work).to_numpy(bool), (~home).to_numpy(bool)


def _old_before(spec: BuildingTable, ledger: Ledger, faults: list[Fault]) -> str | None:
    day = last_day(spec.vintage.strip())
    if day is None:
        faults.append(
            Fault(
                "region file",
                "the day or year of the buildings, to tell which are 20 years old",
                repr(spec.vintage),
                'Write e.g. `vintage: "2025-12-31"`.',
                column="sources.buildings.vintage",
            )
        )
        return None
    if day != spec.vintage.strip():
        ledger.note("asof", day=day, vintage=spec.vintage)
    return f"{int(day[:4]) - OLD_YEARS:04d}{day[4:]}"


def _tell_unknown_floor(unknown: int, account: Account) -> None:
    account.estimate(
        "floor_area_m2",
        "estimate.no_floor_area",
        n=unknown,
    )
