"""Parcels of land (필지): outlines, official price per square metre, and whether the owner is public.

A parcel without a price is one whose price is not known (roads and rivers have none), never one worth nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pydantic import Field

from geojeom.errors import Fault, SourceError, raise_if_any
from geojeom.models import Strict
from spatial.config.catalogue import Evidence
from spatial.config.region import Parcels, ParcelTable
from spatial.reading.boundary import Area
from spatial.reading.credible_days import this_year
from spatial.reading.provenance import Account, Ledger
from spatial.reading.tabular import BLANK, amounts, counts, read_rows
from spatial.reading.vector import polygons_of, read_polygons
from spatial.sources.codes import CodeAliases
from spatial.sources.parcel_numbers import REMEDY, good, unmarked

# The dearest plot of Korea stood at 206.5 million won per m² in 2021 (newsway): five times that is a slip of units.
PRICE_MAX_KRW_M2 = 1e9
COLUMNS: dict[str, Any] = {"pnu": "str", "land_price_krw_m2": float, "public": "boolean"}
# What the remarks call each figure: the field of a proposal that it stands in for.
CALLED = {"land_price_krw_m2": "land_price_krw_m2", "public": "public_land_share"}
Kinds = dict[str, bool | None]


class Owner(Strict):
    """One kind of owner: how registers write it, and whether it is public (null: the register does not tell)."""

    names: list[str] = Field(min_length=1)
    public: bool | None


class LandOwners(Strict):
    """The table data/land_owners.yaml: code of two digits -> kind of owner."""

    source: str
    evidence: Evidence
    public_evidence: Evidence
    owners: dict[str, Owner]

    def kinds(self) -> Kinds:
        """Public or not by everything an owner may be written as, in the form ``plain`` gives it.

        Returns
        -------
        dict
            Text -> True, False, or None where the register does not tell.
        """
        return {
            plain(text): owner.public
            for code, owner in self.owners.items()
            for text in (code, code.lstrip("0") or "0", *owner.names)
        }


def plain(text: str) -> str:
    """An owner without spaces, commas and dots: 시, 도유지 and 시·도유지 are the same."""
    return re.sub(r"[\s,.·ㆍ‧・]", "", re.sub(r"\.0+$", "", text.strip()))


def no_parcels(crs: Any, account: Account) -> gpd.GeoDataFrame:
    """The table ``parcels`` of a region without a source of them: empty, and the account says so.

    Parameters
    ----------
    crs : CRS
        The region's.
    account : Account
        Gets that there are none.

    Returns
    -------
    GeoDataFrame
        Without rows.
    """
    account.lack("parcels")
    return gpd.GeoDataFrame({name: [] for name in COLUMNS}, geometry=[], crs=crs).astype(COLUMNS)


def join_figures(
    parcels: gpd.GeoDataFrame,
    figures: list[pd.DataFrame],
    tables: Sequence[ParcelTable],
    *,
    aliases: CodeAliases,
    ledgers: list[Ledger],
) -> gpd.GeoDataFrame:
    """The table ``parcels``: parcels that touch the region, with the figures of all sources of them.

    Tables join by parcel number, also where its first digits have changed by law. Two prices of one parcel and day, or
    owners of both kinds, leave it unknown.

    Parameters
    ----------
    parcels : GeoDataFrame
        As ``read_map`` gives them; figures are written into it.
    figures : list of DataFrame
        As ``read_figures`` gives them.
    tables : sequence of ParcelTable
        Their entries of the region file.
    aliases : CodeAliases
        Codes that were renamed.
    ledgers : list of Ledger
        Those of the map and of each table.

    Returns
    -------
    GeoDataFrame
        docs/files.md, parcels; prices in won per m².

    Raises
    ------
    SourceError
        For a table none of whose numbers is on the map.
    """
    faults: list[Fault] = []
    for frame, table, ledger in zip(figures, tables, ledgers[1:], strict=True):
        try:
            joined = _joined(frame, table, parcels["pnu"], aliases, ledger=ledger)
        except SourceError as error:
            faults += error.faults
            continue
        for name, values in joined.items():
            parcels[name] = parcels["pnu"].map(values).astype(COLUMNS[name])
    raise_if_any(SourceError, faults)
    _tell_known(parcels, ledgers[0])
    return parcels


def read_map(spec: Parcels, area: Area, owners: LandOwners, ledger: Ledger) -> gpd.GeoDataFrame:
    """The table ``parcels`` with what the map itself says: outlines that touch the region, null where it has none.

    Parameters
    ----------
    spec : Parcels
        The entry of the region file.
    area : Area
        The region's.
    owners : LandOwners
        How owners are written.
    ledger : Ledger
        Gets what is said of the rows.

    Returns
    -------
    GeoDataFrame
        In the region's CRS.

    Raises
    ------
    SourceError
        With every fault of the file.
    """
    faults: list[Fault] = []
    parcels = _outlines(spec, area, owners.kinds(), ledger, faults)
    raise_if_any(SourceError, faults)
    return parcels


def read_figures(spec: ParcelTable, owners: LandOwners, ledger: Ledger) -> pd.DataFrame:
    """A table of parcels as it stands, rows with a whole number.

    Parameters
    ----------
    spec : ParcelTable
        The entry of the region file.
    owners : LandOwners
        How owners are written.
    ledger : Ledger
        Gets what is said of the rows.

    Returns
    -------
    DataFrame
        ``pnu``, ``when`` (months), and its figures; prices in won per m².

    Raises
    ------
    SourceError
        With every fault: kinds of owner that the table of owners does not know, figures that are no number, a file none
        of whose numbers is one.
    """
    path = spec.path
    frame = read_rows(path, spec.columns_named("pnu", "price", "owner", "year", "month"))
    ledger.read = len(frame)
    faults: list[Fault] = []
    figures = _figures(frame, spec, owners.kinds(), ledger, faults)
    when = _when(frame, spec, faults)
    rows = pd.DataFrame({"pnu": unmarked(frame[spec.pnu], ledger), "when": when, **figures})
    try:
        rows = rows[good(rows["pnu"], path, spec.pnu, ledger)]
    except SourceError as error:
        faults += error.faults
    raise_if_any(SourceError, faults)
    return rows.reset_index(drop=True)


def _outlines(spec: Parcels, area: Area, kinds: Kinds, ledger: Ledger, faults: list[Fault]) -> gpd.GeoDataFrame:
    """The table with what the map itself says: outlines that touch the region, figures null where it has none."""
    path = spec.path
    needed = spec.columns_named("pnu", "price", "owner")
    frame = read_polygons(path, spec.crs, area.extent, ledger, needed).to_crs(area.crs)
    broken = ~frame.geometry.is_valid
    if broken.any():
        frame = frame.set_geometry(polygons_of(shapely.make_valid(frame.geometry.to_numpy())), crs=area.crs)
    touching = frame.intersects(area.polygon)
    ledger.drop("drop.outside", int((~touching).sum()))
    row_in_file = np.flatnonzero(touching)
    frame = frame[touching].reset_index(drop=True)
    if frame.empty:
        raise SourceError(Fault(path, "parcels in the region", "none", "Give the map of parcels of this region."))
    unknown = pd.DataFrame({name: pd.Series(None, frame.index, kind) for name, kind in COLUMNS.items()})
    out = gpd.GeoDataFrame(unknown, geometry=frame.geometry, crs=area.crs)
    if spec.pnu:
        if pd.api.types.is_float_dtype(frame[spec.pnu]):
            raise SourceError(
                Fault(path, "parcel numbers as text", "numbers with a decimal point", REMEDY, column=spec.pnu)
            )
        out["pnu"] = unmarked(_text(frame[spec.pnu]), ledger)
    own: list[Fault] = []
    for name, figure in _figures(frame, spec, kinds, ledger, own).items():
        out[name] = figure
    faults += [
        replace(fault, row=int(row_in_file[fault.row - 1]) + 1) if isinstance(fault.row, int) else fault
        for fault in own
    ]
    if spec.pnu:
        out = _once(out[good(out["pnu"], path, spec.pnu, ledger)], ledger)
        parts = out["pnu"][out["pnu"].duplicated()].nunique()
        if parts:
            ledger.note("parcels.pieces", n=parts)
    ledger.kept = len(out)
    return out.reset_index(drop=True)


def _once(frame: gpd.GeoDataFrame, ledger: Ledger) -> gpd.GeoDataFrame:
    """Each outline of a parcel once; a figure that its rows give differently is unknown."""
    twice = frame["pnu"].duplicated(keep=False)
    key = frame["pnu"].copy()
    key[twice] += shapely.to_wkb(shapely.normalize(frame.geometry[twice].to_numpy()), hex=True)
    again = key.duplicated()
    if not again.any():
        return frame
    ledger.drop("drop.parcel", int(again.sum()))
    once = frame[~again].copy()
    for name in CALLED:
        agreed = _agreed(frame[name].set_axis(key).dropna(), name, ledger)
        once[name] = key[~again].map(agreed).astype(COLUMNS[name])
    return once


def _figures(
    frame: pd.DataFrame, spec: Parcels | ParcelTable, kinds: Kinds, ledger: Ledger, faults: list[Fault]
) -> dict[str, pd.Series]:
    """The columns of figures that a file gives, row by row."""
    out = {}
    if spec.price:
        out["land_price_krw_m2"] = _prices(_text(frame[spec.price]), spec.path, ledger, faults)
    if spec.owner:
        out["public"] = _public(_text(frame[spec.owner]), spec.path, kinds, ledger, faults)
    return out


def _joined(
    frame: pd.DataFrame, spec: ParcelTable, ours: pd.Series, aliases: CodeAliases, *, ledger: Ledger
) -> dict[str, pd.Series]:
    """Figures by parcel number, from the latest rows of a table; every row is in the account."""
    path, figures = spec.path, [name for name in CALLED if name in frame]
    frame = frame.assign(pnu=aliases.joined(frame["pnu"], ours, ledger))
    here = frame["pnu"].isin(ours)
    if not here.any():
        raise SourceError(
            Fault(
                path,
                f"numbers of the parcels, such as {ours.iloc[0]}",
                f"none of them; the table has {', '.join(frame['pnu'].unique()[:3])}",
                "Give the table of this region, or name the right column.",
                column=spec.pnu,
            )
        )
    ledger.drop("drop.offmap", int((~here).sum()))
    frame = frame[here]
    latest = frame["when"] == frame.groupby("pnu")["when"].transform("max")
    ledger.drop("drop.earlier", int((~latest).sum()))
    frame = frame[latest]
    again = frame.duplicated()
    ledger.drop("drop.again", int(again.sum()))
    frame = frame[~again]
    if frame["pnu"].duplicated().any() and frame["pnu"].str.endswith("0000").all():
        # Fifteen digits are all a spreadsheet keeps: plots 245-1 and 245-2 have both become 245.
        shown = frame["pnu"][frame["pnu"].duplicated()].iloc[0]
        raise SourceError(
            Fault(path, "parcel numbers of 19 digits", f"only ones that end in 0000, {shown} twice", REMEDY)
        )
    ledger.kept = len(frame)
    frame = frame.set_index("pnu")
    return {name: _agreed(frame[name].dropna(), name, ledger) for name in figures}


def _agreed(values: pd.Series, name: str, ledger: Ledger) -> pd.Series:
    """One value per parcel; where its rows differ, none."""
    several = values.groupby(level=0).nunique()
    torn = several.index[several > 1]
    if len(torn):
        shown = ", ".join(key[:19] for key in torn[:5])  # the number, whatever else tells rows apart
        ledger.note("parcels.torn", column=CALLED[name], n=len(torn), list=shown)
    values = values.drop(torn)
    return values[~values.index.duplicated()]


def _when(frame: pd.DataFrame, spec: ParcelTable, faults: list[Fault]) -> pd.Series:
    """Months since year 0, to tell the latest row of a parcel; 0 where the table has no years."""
    if not spec.year:
        return pd.Series(0, frame.index)
    parts = []
    for key, low, high in (("year", 1900, this_year()), ("month", 1, 12)):
        column = spec.columns_named(key).get(key)
        if column is None:
            continue
        part = counts(frame[column], spec.path, faults)
        strange = part.isna() | ~part.between(low, high)
        faults += [
            Fault(
                spec.path,
                f"a {key}, {low} to {high}",
                repr(frame[column].iloc[at]),
                "Correct it, or take the row out.",
                int(at) + 1,
                column,
            )
            for at in np.flatnonzero(strange.to_numpy(bool))[:20]
        ]
        parts.append(part.fillna(0))
    return 12 * parts[0] + (parts[1] if len(parts) > 1 else 0)


def _prices(text: pd.Series, path: str, ledger: Ledger, faults: list[Fault]) -> pd.Series:
    """Won per square metre; NaN where blank, 0 or negative, each counted."""
    price = amounts(text, path, faults)
    faults += [
        Fault(
            path,
            f"a price below {PRICE_MAX_KRW_M2:,.0f} won per m²",
            repr(text.iloc[at]),
            "Check the unit (won per square metre of land).",
            row=int(at) + 1,
            column=str(text.name),
        )
        for at in np.flatnonzero((price >= PRICE_MAX_KRW_M2).to_numpy())[:20]
    ]
    blank, zero, negative = (int(where.sum()) for where in (price.isna(), price == 0, price < 0))
    if blank or zero or negative:
        ledger.note("parcels.prices", blank=blank, zero=zero, negative=negative)
    price = price.where(price > 0)
    if price.notna().any():
        # A file in thousands of won has no figure that could be told from cheap land: the reader sees what there is.
        low, mid, high = price.min(), price.median(), price.max()
        ledger.note("parcels.spread", low=low, high=high, mid=mid)
    return price


def _public(text: pd.Series, path: str, kinds: Kinds, ledger: Ledger, faults: list[Fault]) -> pd.Series:
    """Public or not; null where blank, each counted."""
    blank = text.isin(BLANK)
    written = text.map(plain)
    strange = text[~blank & ~written.isin(list(kinds))]
    faults += [
        Fault(
            path,
            "a kind of owner of data/land_owners.yaml",
            f"{value!r} in {number:,} rows",
            "Correct it, or add it, and whether it is public, to data/land_owners.yaml.",
            column=str(text.name),
        )
        for value, number in strange.value_counts().head(20).items()
    ]
    if blank.any():
        ledger.note("parcels.owners", n=int(blank.sum()))
    return pd.Series([kinds.get(word) for word in written], text.index, "boolean")


def _tell_known(parcels: gpd.GeoDataFrame, ledger: Ledger) -> None:
    area = parcels.area
    for column, name in CALLED.items():
        known = parcels[column].notna()
        share = area[known].sum() / area.sum()
        ledger.note("parcels.known", column=name, n=int(known.sum()), all=len(parcels), share=share)


def _text(column: pd.Series) -> pd.Series:
    """A column of any type as the text a table would hold, blank where null."""
    return column.map(lambda value: "" if pd.isna(value) else str(value).strip()).astype("str")
