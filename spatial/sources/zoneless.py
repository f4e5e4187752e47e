"""Rows of a table that tell of a place of the region which no zone has: what they count would be lost.

Which city a row is of follows from the first digits of its code, or from its full name. Codes that say nothing of a
city (A1, 17) are the region's where most rows of the table are: it is the region's own table then.
"""

from __future__ import annotations

from typing import NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geojeom.errors import Fault
from spatial.reading.boundary import BELONGS, Area, share_inside
from spatial.sources.codes import CodeAliases

Bools = NDArray[np.bool_]
# The first four digits are those of a city, county or district (시·군·구), by either office; the fifth is its 구.
CITY_DIGITS = 4
# What the row of a sum is called.
SUMS = ("합계", "총합계", "총계", "소계", "계", "전체", "total", "sum", "all")
SHOWN = 20


class Zoneless(NamedTuple):
    """Rows (by position) without a zone that count something: surely the region's, and perhaps."""

    ours: Bools
    maybe: Bools


def zoneless(
    code: pd.Series,
    place_name: pd.Series,
    counts: Bools,
    zones: gpd.GeoDataFrame,
    column: str,
    *,
    area: Area,
    aliases: CodeAliases,
) -> Zoneless:
    """Rows that no zone answers to, though they are of a city that the region holds.

    Where the region holds all zones of a city the row is the region's; where it holds some, perhaps. Sums are left out,
    unless nothing of what they sum up has a row.

    Parameters
    ----------
    code : Series (n,)
        What each row joins by.
    place_name : Series (n,)
        Its full name, null for none.
    counts : bool (n,)
        Whether it counts any.
    zones : GeoDataFrame
        The region's.
    column : str
        The column of the zones that codes answer to.
    area : Area
        The region's.
    aliases : CodeAliases
        Codes that were renamed.

    Returns
    -------
    Zoneless
        Of the n rows.
    """
    code, place_name = code.reset_index(drop=True).astype("str"), place_name.reset_index(drop=True)
    of_zone = zones[column].astype("str").reset_index(drop=True)
    inside = share_inside(zones.geometry.to_numpy(), area.polygon)
    home, touched = inside >= BELONGS, inside > 0
    joined = code.isin(of_zone).to_numpy(bool)
    summed = subtotals(code, of_zone) | _named_sum(code, place_name)
    open_ = ~joined & ~summed & counts
    ours, maybe = np.zeros(len(code), bool), np.zeros(len(code), bool)
    known = np.zeros(len(code), bool)
    places = zones["place"] if "place" in zones.columns and column == "zone_id" else pd.Series(None, zones.index)
    spelt = [code, *aliases.spellings(code)]
    for row, zone in [
        *((_city(spelling, of_zone), _city(of_zone, of_zone)) for spelling in spelt),
        (_town(aliases.renamed(place_name.astype("str"))), _town(aliases.renamed(places.astype("str")))),
    ]:
        known |= (row.notna() & bool(zone.notna().any())).to_numpy(bool)
        whole, part = set(zone[home]) - set(zone[~home]) - {None}, set(zone[touched]) - {None}
        ours |= row.isin(whole).to_numpy(bool)
        maybe |= row.isin(part).to_numpy(bool)
    if column == "zone_id" and 2 * (joined & counts).sum() >= counts[~summed].sum():
        ours |= ~known & bool(home.all())
        maybe |= ~known & bool(home.any())
    bare = of_zone[home & ~of_zone.isin(code[joined]).to_numpy(bool)]
    ours = (ours & open_) | (counts & subtotals(code, of_zone) & _alone(spelt, of_zone, bare))
    return Zoneless(ours, maybe & open_ & ~ours)


def faults_of(rows: Bools, code: pd.Series, place_name: pd.Series, figures: pd.DataFrame, file: str) -> list[Fault]:
    """A fault for each of the first rows marked, with what it counts.

    Parameters
    ----------
    rows : bool (n,)
        The rows marked.
    code, place_name : Series (n,)
        What each row joins by, and its full name.
    figures : DataFrame
        n rows of counts.
    file : str
        The file, as faults name it.

    Returns
    -------
    list of Fault
        At most ``SHOWN``; each says how many there are.
    """
    faults = []
    for at in np.flatnonzero(rows)[:SHOWN]:
        held = ", ".join(f"{name} {value:,}" for name, value in figures.iloc[at].items() if pd.notna(value) and value)
        name, full = code.iloc[at], place_name.iloc[at]
        who = name if pd.isna(full) or full == name else f"{name} ({full.replace('|', ' ')})"
        faults.append(
            Fault(
                file,
                "a zone for every place of the region that counts any",
                f"none for {who}, with {held}" + (f"; {rows.sum():,} rows like it" if rows.sum() > 1 else ""),
                "Add its polygon to the zones, or write it as the zones do (both of one date); "
                "delete the row if it is a sum, or lies elsewhere.",
                row=int(at) + 1,
            )
        )
    return faults


def subtotals(code: pd.Series, of_zone: pd.Series) -> Bools:
    """Which codes are of a province, a city or a district with 구, where the zones' are of something smaller.

    Parameters
    ----------
    code : Series (n,)
        Codes of a table.
    of_zone : Series
        Those of the zones.

    Returns
    -------
    bool (n,)
        True for those.
    """
    width = int(of_zone.str.len().min()) if len(of_zone) else 0
    short = code.str.fullmatch(r"\d{2}|\d{5}") & (code.str.len() < width)
    return ((code.str.endswith("00000") | short) & ~code.isin(of_zone)).to_numpy(bool)


def _alone(spelt: list[pd.Series], of_zone: pd.Series, bare: pd.Series) -> Bools:
    """Codes of subtotals of which every zone is ``bare``: in the region and without a row of its own."""
    out = np.zeros(len(spelt[0]), bool)
    for code in spelt:
        for at, digits in enumerate(code.fillna("")):
            start = digits[:2] if digits[2:5] in ("", "000") else digits[:5].removesuffix("0")
            under = int(of_zone.str.startswith(start).sum()) if start else 0
            out[at] |= 0 < under == bare.str.startswith(start).sum()
    return out


def _named_sum(code: pd.Series, place_name: pd.Series) -> Bools:
    """Which rows call themselves a sum, or bear the name of the city or province that they are of."""
    parts = place_name.fillna("").astype("str").str.split("|")
    last = parts.str[-1].where(parts.str[-1] != "", code).str.strip().str.casefold()
    whole = np.array([len(names) > 1 and names[-1] in names[:-1] for names in parts], bool)
    return np.asarray(last.isin(SUMS).to_numpy(bool) | whole)


def _city(code: pd.Series, of_zone: pd.Series) -> pd.Series:
    """The digits of a city in codes as long as the zones'; null for others."""
    widths = set(of_zone.str.len())
    cities = [
        digits[:CITY_DIGITS] if digits.isdecimal() and len(digits) in widths - {1, 2, 3, 4} else None
        for digits in code.fillna("")
    ]
    return pd.Series(cities, code.index, dtype=object)


def _town(place_name: pd.Series) -> pd.Series:
    """Province and city of a full name; null where it has no more, or is none."""
    parts = place_name.fillna("").astype("str").str.split("|")
    return pd.Series(
        [("|".join(words[:-1]) if len(words) > 1 else None) for words in parts], place_name.index, dtype=object
    )
