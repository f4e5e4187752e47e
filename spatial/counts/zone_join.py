"""Joins rows to zones: by code, by codes that have changed, then by (sido, sigungu, name); never by a bare name."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geojeom.errors import Fault, SourceError, raise_if_any
from spatial.counts.units import ZoneUnits
from spatial.reading.boundary import Area
from spatial.reading.provenance import Account, Ledger
from spatial.sources.codes import OTHER_OFFICE, CodeAliases, other_office
from spatial.sources.zoneless import faults_of, subtotals, zoneless

Ints = NDArray[np.int64]


def by_zone(
    totals: pd.DataFrame, rows: Ints, zones: gpd.GeoDataFrame, column: str, *, area: Area, ledger: Ledger
) -> ZoneUnits:
    """Units of totals whose index holds values of the zones' ``column``, each made of ``rows`` rows of the source.

    What finds no partner is counted on both sides. Raises SourceError for codes that come twice.
    """
    of_zone = zones[column].astype("str")
    code = totals.index.astype(str)
    matched = code.isin(of_zone)
    subtotal = subtotals(pd.Series(code), of_zone)
    ledger.drop("drop.subtotal", int(rows[subtotal].sum()))
    strange = code[~matched & ~subtotal]
    ledger.drop("drop.strange", int(rows[~matched & ~subtotal].sum()))
    if len(strange):
        ledger.note("strange", places=strange)
    totals, rows = totals[matched], rows[matched]
    if totals.index.has_duplicates:
        twice = totals.index[totals.index.duplicated()].unique()
        raise SourceError(
            [Fault(ledger.path, "each zone once", f"{value!r} twice", "Keep one row per zone.") for value in twice[:20]]
        )
    unit = pd.Series(np.arange(len(totals)), index=totals.index).reindex(of_zone).fillna(-1).to_numpy(np.int64)
    touching = zones.intersects(area.polygon).to_numpy()
    reached = np.unique(unit[touching & (unit >= 0)])
    ledger.kept += int(rows[reached].sum())
    ledger.drop("drop.units", int(rows.sum() - rows[reached].sum()))
    bare = zones["zone_id"][touching & (unit < 0)]
    if len(bare):
        ledger.note("barezones", n=len(bare), list=", ".join(bare[:10]))
    new = np.full(len(totals) + 1, -1, dtype=np.int64)
    new[reached] = np.arange(len(reached))
    middle = zones.geometry.representative_point()
    return ZoneUnits(totals.iloc[reached], ledger, new[unit], middle.x.to_numpy(), middle.y.to_numpy())


def to_codes(
    code: pd.Series,
    place_name: pd.Series,
    zones: gpd.GeoDataFrame,
    column: str,
    *,
    aliases: CodeAliases,
    ledger: Ledger,
) -> pd.Series:
    """What each row is called in the zones' ``column``: as written where nothing else fits.

    ``code`` is "" and ``place_name`` null where the row has none. Each way but the plain code is counted as a repair.
    Raises SourceError when no row finds a zone.
    """
    if column not in zones.columns:
        known = ", ".join(str(name) for name in zones.columns if name != "geometry")
        raise SourceError(
            Fault(
                "region file", f"a column of the zone file: {known}", repr(column), "Correct it.", column="zone_column"
            )
        )
    of_zone = zones[column].astype("str")
    joined = aliases.joined(code, of_zone, ledger)
    if column == "zone_id":
        _by_place(joined, place_name, zones, aliases, ledger)
    if not joined.isin(of_zone).any():
        shown = ", ".join(code[code != ""][:3]) or ", ".join(place_name.dropna()[:3])
        raise SourceError(
            Fault(
                ledger.path,
                f"codes of the zone file's {column}, such as {of_zone.iloc[0]}, or its full names",
                f"none of them; the table has {shown}",
                OTHER_OFFICE
                if other_office(code, of_zone)
                else "Name the right code column, or the zone file's column that holds these codes (`zone_column:`); "
                "for names, give the zone file's `sido:` and `sigungu:` columns, or `within: [sido, sigungu]`.",
            )
        )
    # Rows that found no zone are named in the account by what they call themselves.
    return joined.where(joined != "", place_name.fillna(""))


def refuse_lost(
    totals: pd.DataFrame,
    code: pd.Series,
    place_name: pd.Series,
    zones: gpd.GeoDataFrame,
    column: str,
    *,
    area: Area,
    aliases: CodeAliases,
    ledger: Ledger,
    account: Account,
) -> None:
    """Raise SourceError for rows of the region that count any and have no zone; warn of those that may be its.

    ``code`` is what ``to_codes`` gave, one row of it and of ``totals`` and ``place_name`` for each of the table.
    """
    counts = (totals.fillna(0) > 0).any(axis=1).to_numpy(bool)
    rows = zoneless(code, place_name, counts, zones, column, area=area, aliases=aliases)
    raise_if_any(SourceError, faults_of(rows.ours, code, place_name, totals, ledger.path))
    joined = code.isin(zones[column].astype("str")).to_numpy(bool)
    for name in totals.columns:
        account.lost(
            str(name),
            int(totals[name][rows.maybe].sum()),
            int(totals[name][joined].sum()),
            "lost.strange",
            n=rows.maybe.sum(),
        )


def _by_place(
    joined: pd.Series, place_name: pd.Series, zones: gpd.GeoDataFrame, aliases: CodeAliases, ledger: Ledger
) -> None:
    """Fill in ``joined`` for rows whose code no zone has but whose full name exactly one free zone has."""
    free = ~zones["zone_id"].isin(joined)
    names = aliases.renamed(zones["place"][free].dropna())
    names = names[~names.duplicated(keep=False)]
    rows = aliases.renamed(place_name[~joined.isin(zones["zone_id"])].dropna())
    rows = rows[~rows.duplicated(keep=False)]
    zone = rows[rows.isin(names)].map(dict(zip(names, zones["zone_id"][names.index], strict=True)))
    joined[zone.index] = zone
    ledger.repair("mend.names", len(zone))
