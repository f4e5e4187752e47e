"""Reads the region's sources of counts into units with totals: which reader each kind has, and tables of zones."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geojeom.errors import Fault, SourceError, raise_if_any
from spatial.config.region import (
    PlaceNames,
    Points,
    PolygonCounts,
    Raster,
    ResidentRegister,
    SgisGrid,
    Total,
    ZoneTable,
)
from spatial.counts.people import PARTS
from spatial.counts.places import read_points, read_polygon_counts, read_sgis_grid
from spatial.counts.register import read_register
from spatial.counts.units import TotalUnits, Units, ZoneUnits
from spatial.counts.zone_join import by_zone, refuse_lost, to_codes
from spatial.reading.boundary import Area
from spatial.reading.provenance import Account, Ledger
from spatial.reading.tabular import counts, read_rows
from spatial.sources.codes import CodeAliases, full_names, place_key

Ints = NDArray[np.int64]
# A zone with less of its area than this inside the region only shares a border with it.
SLIVER = 0.001
ByZone = ResidentRegister | ZoneTable
Placed = Points | Raster | PolygonCounts | SgisGrid | Total


def read_placed(spec: Placed, area: Area, ledger: Ledger, account: Account) -> Units:
    """An entry of counts that carries its own places, or is of the whole region: all kinds but those ``ByZone``.

    Parameters
    ----------
    spec : Placed
        The entry.
    area : Area
        The region's; rows are cut to it.
    ledger, account : Ledger, Account
        Get what is said of its rows, and of its columns.

    Returns
    -------
    Units
        In the region's CRS, but for pixels.

    Raises
    ------
    SourceError
        With every fault of the file.
    """
    match spec:
        case Points():
            return read_points(spec, area, ledger, account)
        case Raster():
            from spatial.counts.rasters import read_raster  # noqa: PLC0415  # only rasters need its library

            return read_raster(spec, area, ledger, account)
        case PolygonCounts():
            return read_polygon_counts(spec, area, ledger)
        case SgisGrid():
            return read_sgis_grid(spec, area, ledger, account)
        case Total():
            return _total(spec, area, ledger, account)


def read_zone_rows(spec: ByZone, ledger: Ledger, account: Account) -> pd.DataFrame:
    """A table by zone, row by row, not joined yet: ``code`` ("" for none), ``place`` (key, null for none), counts.

    Parameters
    ----------
    spec : ByZone
        The entry.
    ledger, account : Ledger, Account
        Get what is said of its rows, and of its columns.

    Returns
    -------
    DataFrame
        Counts are Int64, null where unknown.

    Raises
    ------
    SourceError
        With every fault of the file.
    """
    if isinstance(spec, ResidentRegister):
        register = read_register(spec.path, ledger, account)
        totals = register.drop(columns="name").reset_index(drop=True)
        return _by_place(totals, pd.Series(register.index), full_names(register["name"].reset_index(drop=True)))
    path, code, names, columns = spec.path, spec.code, spec.names, spec.columns
    needed = {f"columns.{name}": column for name, column in columns.items()}
    if code:
        needed["code"] = code
    if names:
        of_names = {"name": names.name, "sido": names.sido, "sigungu": names.sigungu}
        needed |= {f"names.{part}": column for part, column in of_names.items() if column}
    frame = read_rows(path, needed, spec.header_rows)
    faults: list[Fault] = []
    totals = pd.DataFrame({name: counts(frame[column], path, faults) for name, column in columns.items()})
    named = names.name if names else code
    key = frame[named].str.strip()
    faults += [
        Fault(path, "a code or name", "a blank", "Give the row its code, or delete it.", int(at) + 1, str(key.name))
        for at in np.flatnonzero((key == "").to_numpy())[:20]
    ]
    raise_if_any(SourceError, faults)
    ledger.read = len(frame)
    if names:
        return _by_place(totals, pd.Series("", index=key.index), _places(frame, names))
    return _by_place(totals, key, pd.Series(None, index=key.index, dtype="str"))


def _by_place(totals: pd.DataFrame, code: pd.Series, place_name: pd.Series) -> pd.DataFrame:
    frame = pd.DataFrame({"code": code.to_numpy(), "place": place_name.to_numpy()}).astype("str")
    return pd.concat([frame, totals.reset_index(drop=True)], axis=1)


def join_zone_rows(
    rows: pd.DataFrame,
    spec: ByZone,
    area: Area,
    zones: gpd.GeoDataFrame | None,
    *,
    aliases: CodeAliases,
    ledger: Ledger,
    account: Account,
) -> ZoneUnits:
    """Rows of a table by zone as units made of zones.

    Parameters
    ----------
    rows : DataFrame
        As ``read_zone_rows`` gives them.
    spec : ByZone
        The entry they are of.
    area : Area
        The region's.
    zones : GeoDataFrame or None
        The region's zones, where it has any.
    aliases : CodeAliases
        Codes that were renamed.
    ledger, account : Ledger, Account
        Get what is said of the rows, and of the columns.

    Returns
    -------
    ZoneUnits
        A unit per code.

    Raises
    ------
    SourceError
        Where the region has no zones, for a zone in several rows, and for rows that belong to the region and find none.
    """
    if zones is None:
        raise SourceError(
            Fault(
                "region file",
                "zones to join the table to",
                "no `sources.zones`",
                "Add the zone boundaries, or give the counts as points or a raster.",
                column=ledger.key,
            )
        )
    totals, code, place_name = rows.drop(columns=["code", "place"]), rows["code"], rows["place"]
    _leave_parts_unknown(totals, code, place_name, ledger)
    column = _zone_column(spec) or "zone_id"
    code = to_codes(code, place_name, zones, column, aliases=aliases, ledger=ledger)
    refuse_lost(totals, code, place_name, zones, column, area=area, aliases=aliases, ledger=ledger, account=account)
    summed, by = _add_up(totals, code, spec, ledger)
    units = by_zone(summed, by, zones, column, area=area, ledger=ledger)
    _tell_unknown(units, zones, area, account)
    return units


def _leave_parts_unknown(totals: pd.DataFrame, code: pd.Series, place_name: pd.Series, ledger: Ledger) -> None:
    """Where the population is blank, its parts are unknown too: there is no whole they could be held to."""
    if "population" not in totals.columns:
        return
    blank = totals["population"].isna().to_numpy(bool)
    parts = [part for part in PARTS if part in totals.columns]
    for part in parts:
        totals[part] = totals[part].mask(blank)
    lost = ["population", *parts]
    for at in np.flatnonzero(blank)[:20]:
        ledger.note("blank", n=at + 1, unit=code.iloc[at] or place_name.iloc[at], parts=lost)


def _tell_unknown(units: ZoneUnits, zones: gpd.GeoDataFrame, area: Area, account: Account) -> None:
    """Say for each column how many of the region's zones have no figure, and which: pages show sums without them."""
    held = zones.intersection(area.polygon).area > SLIVER * zones.area
    unit, name = units.unit_of_zone[held], zones["name"][held].to_numpy()
    for column in units.totals.columns:
        figure = np.append(units.totals[column].notna().to_numpy(bool), False)  # unit -1 has no row
        lost = name[~figure[unit]]
        if len(lost):
            known = len(name) - len(lost)
            which = ", ".join(lost[:10]) + (", …" if len(lost) > 10 else "")
            account.estimate(
                str(column),
                "estimate.zones_unknown",
                column=column,
                known=known,
                all=len(name),
                lost=len(lost),
                which=which,
            )


def _places(frame: pd.DataFrame, names: PlaceNames) -> pd.Series:
    if names.within:
        sido, sigungu = names.within
        keys = [place_key(sido, sigungu, name) for name in frame[names.name]]
    else:
        parts = (frame[column] for column in (names.sido, names.sigungu, names.name))
        keys = [place_key(*row) for row in zip(*parts, strict=True)]
    return pd.Series(keys, index=frame.index, dtype="str")


def _zone_column(spec: ByZone) -> str | None:
    return spec.zone_column if isinstance(spec, ZoneTable) else None


def _add_up(totals: pd.DataFrame, code: pd.Series, spec: ByZone, ledger: Ledger) -> tuple[pd.DataFrame, Ints]:
    """Totals by code and the number of rows behind each; rows of one code are added up where a coarser unit is named.

    A unit with one unknown part is unknown: a partial sum would look whole.
    """
    if _zone_column(spec) is None:
        twice = code[code.duplicated()].unique()
        raise_if_any(
            SourceError,
            [
                Fault(spec.path, "each zone once", f"{value!r} in several rows", "Keep one row per zone.")
                for value in twice[:20]
            ],
        )
    by = code.to_numpy()
    rows = np.asarray(code.groupby(by, sort=False).size(), dtype=np.int64)
    known = totals.notna().groupby(by, sort=False).all()
    summed = totals.groupby(by, sort=False).sum(min_count=1).where(known)
    if isinstance(spec, ZoneTable) and len(summed) < len(totals):
        ledger.note("summed", rows=len(totals), units=len(summed), column=spec.code)
    return summed.astype("Int64").rename_axis("code"), rows


def _total(spec: Total, area: Area, ledger: Ledger, account: Account) -> TotalUnits:
    ledger.read = ledger.kept = 1
    for column, number in spec.columns.items():
        account.estimate(column, "estimate.total", total=number)
    totals = pd.DataFrame({name: pd.array([number], dtype="Int64") for name, number in spec.columns.items()})
    return TotalUnits(totals, ledger, area.polygon)
