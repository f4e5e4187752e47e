"""Yearly figures by zone (population, businesses), as published: one row per zone and year."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import pandas as pd

from geojeom.errors import Fault, SourceError, raise_if_any
from spatial.reading.boundary import Area
from spatial.reading.credible_days import this_year
from spatial.reading.lacking import LACKING
from spatial.reading.provenance import Account, Ledger
from spatial.reading.tabular import counts, read_rows
from spatial.reading.vector import codes
from spatial.sources.codes import OTHER_OFFICE, CodeAliases, other_office
from spatial.sources.zoneless import faults_of, zoneless

COLUMNS = {"zone_id": "str", "column": "str", "year": "Int64", "value": "Int64"}


def empty() -> pd.DataFrame:
    """The table ``history`` of a region without any."""
    return pd.DataFrame({name: [] for name in COLUMNS}).astype(COLUMNS)


def read_all(
    specs: list[dict[str, Any]], zones: gpd.GeoDataFrame | None, area: Area, aliases: CodeAliases, account: Account
) -> pd.DataFrame:
    """The table ``history`` from all sources of a region; without one it is empty, and the account says so."""
    if not specs:
        account.lack("history", *LACKING["history"])
        return empty()
    if zones is None:
        raise SourceError(
            Fault("region file", "zones to join the years to", "no `sources.zones`", "Add them.", column="history")
        )
    tables = [
        read_history(spec, zones, area, aliases, account.open(f"history[{at}]", spec)) for at, spec in enumerate(specs)
    ]
    table = pd.concat(tables, ignore_index=True)
    twice = table[table.duplicated(["zone_id", "column", "year"])]
    raise_if_any(
        SourceError,
        [
            Fault("region file", "each zone, year and figure once", text, "Take one source out.", column="history")
            for text in (twice["zone_id"] + " " + twice["year"].astype(str) + " " + twice["column"])[:20]
        ],
    )
    return table


def read_history(
    spec: dict[str, Any], zones: gpd.GeoDataFrame, area: Area, aliases: CodeAliases, ledger: Ledger
) -> pd.DataFrame:
    """Rows of the table ``history`` from one source; a blank figure stays null, as the year is then known to be.

    Codes join as those of counts do, also where they have changed since: a long series has both. Rows of zones that are
    not the region's are counted and left out, as are those of places that were given up before the table's last year.
    Raises SourceError with every fault: columns, codes, years, figures, a zone and year given twice, no zone of the
    region at all, or a place of it in the last year that no zone has.
    """
    path, columns = spec["path"], spec["columns"]
    named = {f"columns.{name}": column for name, column in columns.items()}
    frame = read_rows(path, {"code": spec["code"], "year": spec["year"], **named})
    faults: list[Fault] = []
    given = codes(frame[spec["code"]], path, faults)
    code = given
    try:
        code = aliases.joined(given, zones["zone_id"], ledger)
    except SourceError as error:
        faults += error.faults
    year = counts(frame[spec["year"]], path, faults)
    last = this_year()
    strange = year.isna() | ~year.between(1900, last)
    remedy = "Correct it, or take the row out: a year to come has no figure yet, only a forecast."
    faults += [
        Fault(path, f"a year, 1900 to {last}", repr(frame[spec["year"]].iloc[at]), remedy, int(at) + 1, spec["year"])
        for at in strange.to_numpy(bool).nonzero()[0][:20]
    ]
    twice = pd.DataFrame({"code": code, "year": year}).duplicated()
    faults += [
        Fault(path, "each zone and year once", f"{code.iloc[at]}, {year.iloc[at]} again", "Keep one.", int(at) + 1)
        for at in twice.to_numpy().nonzero()[0][:20]
    ]
    values = {name: counts(frame[column], path, faults) for name, column in columns.items()}
    ours = code.isin(zones["zone_id"].astype(str))
    if not faults and not ours.any():
        faults.append(
            Fault(
                path,
                f"codes of the zones, such as {zones['zone_id'].iloc[0]}",
                f"none of them; the table has {', '.join(given.unique()[:3])}",
                OTHER_OFFICE if other_office(given, zones["zone_id"]) else "Name the right code column.",
                column=spec["code"],
            )
        )
    if not faults:
        figures, nowhere = pd.DataFrame(values), pd.Series(None, code.index, dtype="str")
        telling = ((figures.fillna(0) > 0).any(axis=1) & (year == year.max())).to_numpy(bool)
        rows = zoneless(code, nowhere, telling, zones, "zone_id", area=area, aliases=aliases)
        faults += faults_of(rows.ours, code, nowhere, figures, path)
    raise_if_any(SourceError, faults)
    ledger.read, ledger.kept = len(frame), int(ours.sum())
    ledger.drop("codes that no zone of the region has", int((~ours).sum()))
    for name, value in values.items():
        blank = int(value[ours].isna().sum())
        if blank:
            ledger.note(f"{name}: {blank} zone-years without a figure stay unknown")
    return pd.concat(
        [
            pd.DataFrame({"zone_id": code, "column": name, "year": year, "value": value})[ours]
            for name, value in values.items()
        ],
        ignore_index=True,
    ).astype(COLUMNS)
