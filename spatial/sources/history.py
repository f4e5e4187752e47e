"""Yearly figures by zone (population, businesses), as published: one row per zone and year."""

from __future__ import annotations

from collections.abc import Sequence

import geopandas as gpd
import pandas as pd

from geojeom.errors import Fault, SourceError, raise_if_any
from spatial.config.region import YearlyTable
from spatial.reading.boundary import Area
from spatial.reading.credible_days import this_year
from spatial.reading.provenance import Account, Ledger
from spatial.reading.tabular import counts, read_rows
from spatial.reading.vector import codes
from spatial.sources.codes import OTHER_OFFICE, CodeAliases, other_office
from spatial.sources.zoneless import faults_of, zoneless

COLUMNS = {"zone_id": "str", "column": "str", "year": "Int64", "value": "Int64"}


def empty() -> pd.DataFrame:
    """The table ``history`` of a region without any."""
    return pd.DataFrame({name: [] for name in COLUMNS}).astype(COLUMNS)


def join_all(
    rows: list[pd.DataFrame],
    specs: Sequence[YearlyTable],
    ledgers: list[Ledger],
    zones: gpd.GeoDataFrame | None,
    *,
    area: Area,
    aliases: CodeAliases,
    account: Account,
) -> pd.DataFrame:
    """The table ``history`` from the rows of all sources.

    Parameters
    ----------
    rows : list of DataFrame
        As ``read_years`` gives them.
    specs : sequence of YearlyTable
        Their entries of the region file.
    ledgers : list of Ledger
        Of each; get what is said of its rows.
    zones : GeoDataFrame or None
        The region's, where it has any.
    area : Area
        The region's.
    aliases : CodeAliases
        Codes that were renamed.
    account : Account
        Gets that there is none.

    Returns
    -------
    DataFrame
        docs/files.md, history; empty without sources.

    Raises
    ------
    SourceError
        Where the region has no zones, and with the faults of every source.
    """
    if not specs:
        account.lack("history")
        return empty()
    if zones is None:
        raise SourceError(
            Fault("region file", "zones to join the years to", "no `sources.zones`", "Add them.", column="history")
        )
    tables = [
        join_years(*source, zones, area=area, aliases=aliases) for source in zip(rows, specs, ledgers, strict=True)
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


def read_years(spec: YearlyTable, ledger: Ledger) -> pd.DataFrame:
    """A table of years as it stands, row by row.

    Parameters
    ----------
    spec : YearlyTable
        The entry of the region file.
    ledger : Ledger
        Gets what is said of the rows.

    Returns
    -------
    DataFrame
        ``code``, ``year``, and its figures (Int64); a blank figure stays null.

    Raises
    ------
    SourceError
        With every fault: columns, codes, years, figures.
    """
    path, columns = spec.path, spec.columns
    named = {f"columns.{name}": column for name, column in columns.items()}
    frame = read_rows(path, {"code": spec.code, "year": spec.year, **named})
    faults: list[Fault] = []
    code = codes(frame[spec.code], path, faults)
    year = counts(frame[spec.year], path, faults)
    last = this_year()
    strange = year.isna() | ~year.between(1900, last)
    remedy = "Correct it, or take the row out: a year to come has no figure yet, only a forecast."
    faults += [
        Fault(path, f"a year, 1900 to {last}", repr(frame[spec.year].iloc[at]), remedy, int(at) + 1, spec.year)
        for at in strange.to_numpy(bool).nonzero()[0][:20]
    ]
    faults += _twice(code, year, path)
    values: dict[str, pd.Series] = {name: counts(frame[column], path, faults) for name, column in columns.items()}
    raise_if_any(SourceError, faults)
    ledger.read = len(frame)
    return pd.DataFrame({"code": code, "year": year, **values}).reset_index(drop=True)


def join_years(
    rows: pd.DataFrame,
    spec: YearlyTable,
    ledger: Ledger,
    zones: gpd.GeoDataFrame,
    *,
    area: Area,
    aliases: CodeAliases,
) -> pd.DataFrame:
    """Rows of the table ``history`` from those of one source; the zone and year of each are then known.

    Codes join as those of counts do, also where they have changed since: a long series has both. Rows of zones that are
    not the region's are counted and left out, as are those of places that were given up before the table's last year.
    Raises SourceError with every fault: a zone and year given twice, no zone of the region at all, or a place of it in
    the last year that no zone has.
    """
    path, written, year = spec.path, rows["code"], rows["year"]
    values = {name: rows[name] for name in spec.columns}
    faults: list[Fault] = []
    code = written
    try:
        code = aliases.joined(written, zones["zone_id"], ledger)
    except SourceError as error:
        faults += error.faults
    faults += _twice(code, year, path)
    ours = code.isin(zones["zone_id"].astype(str))
    if not faults and not ours.any():
        faults.append(
            Fault(
                path,
                f"codes of the zones, such as {zones['zone_id'].iloc[0]}",
                f"none of them; the table has {', '.join(written.unique()[:3])}",
                OTHER_OFFICE if other_office(written, zones["zone_id"]) else "Name the right code column.",
                column=spec.code,
            )
        )
    if not faults:
        figures, nowhere = pd.DataFrame(values), pd.Series(None, code.index, dtype="str")
        telling = ((figures.fillna(0) > 0).any(axis=1) & (year == year.max())).to_numpy(bool)
        lost = zoneless(code, nowhere, telling, zones, "zone_id", area=area, aliases=aliases)
        faults += faults_of(lost.ours, code, nowhere, figures, path)
    raise_if_any(SourceError, faults)
    ledger.kept = int(ours.sum())
    ledger.drop("drop.codes", int((~ours).sum()))
    for name, value in values.items():
        blank = int(value[ours].isna().sum())
        if blank:
            ledger.note("years", column=name, n=blank)
    return pd.concat(
        [
            pd.DataFrame({"zone_id": code, "column": name, "year": year, "value": value})[ours]
            for name, value in values.items()
        ],
        ignore_index=True,
    ).astype(COLUMNS)


def _twice(code: pd.Series, year: pd.Series, path: str) -> list[Fault]:
    again = pd.DataFrame({"code": code, "year": year}).duplicated()
    return [
        Fault(path, "each zone and year once", f"{code.iloc[at]}, {year.iloc[at]} again", "Keep one.", int(at) + 1)
        for at in again.to_numpy().nonzero()[0][:20]
    ]
