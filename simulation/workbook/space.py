"""The sheet of space held against the land of the hub."""

from __future__ import annotations

from collections.abc import Mapping

import geopandas as gpd

from geojeom.messages import Remark
from simulation.workbook.book import Row
from simulation.workbook.land import Land
from simulation.workbook.said import Said

# Maps and registers differ by so much: areas are compared with this to spare.
TOLERANCE = 1.01


def check_space(said: Said, land: Land) -> None:
    """Note where the sheet of space asks for more than the land gives."""
    rows = said.rows("space")
    if not rows:
        return
    if lacking := land.lacking:
        said.book.fault("space", None, "", Remark("workbook.no_land", layers=lacking), binding=False)
    for row in rows:
        _row(said, land, row)
    _sums(said, land, rows)


def _row(said: Said, land: Land, row: Row) -> None:
    """One row: its parcel lies in the hub, its zone is one of the hub's, and no more is built than allowed there."""
    parcel = _parcel(said, land, row)
    zone = None if row["zoning"] is None else land.zone(row["zoning"])
    if row["zoning"] is not None and zone is None:
        said.book.fault("space", row, "zoning", Remark("workbook.no_land_use", found=row["zoning"]))
        return
    if zone is not None and land.zones and zone not in land.zones:
        remark = Remark("workbook.land_use_elsewhere", name=land.table.zones[zone].name.model_dump())
        said.book.fault("space", row, "zoning", remark, binding=False)
    site_m2 = row["land_m2"]
    if not site_m2:
        return
    if row["building_m2"] is not None and row["building_m2"] > site_m2:
        said.book.fault("space", row, "building_m2", Remark("workbook.footprint", found=row["building_m2"], of=site_m2))
        return
    for column, cap in (("floor_area_m2", "floor_area_max_pct"), ("building_m2", "coverage_max_pct")):
        most = land.cap(cap, zone, parcel)
        if row[column] is None or most is None or 100 * row[column] <= most * site_m2:
            continue
        remark = Remark(f"workbook.{cap}", found=row[column] / site_m2, most=most / 100)
        said.book.fault("space", row, column, remark, binding=False)


def _parcel(said: Said, land: Land, row: Row) -> gpd.GeoDataFrame | None:
    """The parcel of a row; None where it names none, or none that is known."""
    if row["parcel"] is None or land.parcels.empty:
        return None
    own = land.parcels[land.parcels["pnu"] == row["parcel"]]
    if own.empty:
        said.book.fault("space", row, "parcel", Remark("workbook.no_parcel", found=row["parcel"]))
        return None
    if not own.intersection(land.hub.geometry.iloc[0]).area.sum() > 0:
        said.book.fault("space", row, "parcel", Remark("workbook.parcel_outside", found=row["parcel"]))
    area_m2 = float(own.geometry.area.sum())
    if (row["land_m2"] or 0) > TOLERANCE * area_m2:
        remark = Remark("workbook.parcel_area", found=row["land_m2"], of=area_m2)
        said.book.fault("space", row, "land_m2", remark, binding=False)
    return own


def _sums(said: Said, land: Land, rows: list[Row]) -> None:
    """All land together, told at the row with which it becomes more than there is: of the hub, or of a kind of land."""
    limits: Mapping[str, tuple[float | None, bool]] = {
        "workbook.land": (land.area_m2, True),
        "workbook.land_developable": (land.developable_m2, False),
        "workbook.land_public": (land.public_m2, False),
    }
    for code, (most, binding) in limits.items():
        total = 0.0
        for row in rows:
            total += row["land_m2"] or 0
            if most is not None and total > TOLERANCE * most:
                whole = sum(each["land_m2"] or 0 for each in rows)
                said.book.fault("space", row, "land_m2", Remark(code, found=whole, of=most), binding=binding)
                break
        if binding and most is not None and total > TOLERANCE * most:
            return
