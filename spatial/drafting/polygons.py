"""What a file of polygons seems to be, by its columns and the values in them."""

from __future__ import annotations

import re
from pathlib import Path

import geopandas as gpd
import pandas as pd

from geojeom.errors import SourceError
from spatial.drafting.finding import Box, Finding
from spatial.drafting.words import Words, holds
from spatial.reading.projection import expected
from spatial.reading.provenance import Ledger
from spatial.reading.vector import read_polygons

# A share of rows that hold what a column is said to hold; the rest are slips that the reader will name.
MOST = 0.95
PNU = r"\d{19}"
CODE = r"\d{5,10}(\.0+)?"
# More outlines than a region is made of are something else.
OUTLINES_MAX = 100


def read_anywhere(path: Path) -> gpd.GeoDataFrame:
    """Polygons of a file in degrees: in Korea where that can be, else anywhere. Raises SourceError if neither can."""
    try:
        return read_polygons(str(path), None, expected("KR"), Ledger("new"), {})
    except SourceError as korea:
        try:
            return read_polygons(str(path), None, expected(""), Ledger("new"), {})
        except SourceError:
            raise korea from None


def recognise(frame: gpd.GeoDataFrame, path: Path, words: Words, zoning: set[str]) -> list[Finding]:
    """What polygons (in degrees) seem to be; ``zoning`` are the codes of land use that are known."""
    columns = [str(name) for name in frame.columns if name != "geometry"]
    west, south, east, north = (float(value) for value in frame.total_bounds)
    box, size = (west, south, east, north), len(frame)
    text = {name: frame[name].astype("str").fillna("").str.strip() for name in columns}
    if any(name in columns for name in ("district_id", "district_i")) and "kind" in columns:
        return [Finding(path, "candidates", "candidates", {}, box, size)]
    if pnu := next((name for name in columns if _mostly(text[name], PNU)), None):
        own = {role: words.column(role, columns) for role in ("price", "owner")}
        spec = {"pnu": pnu} | {role: name for role, name in own.items() if name}
        return [Finding(path, "parcels", "parcels", spec, box, size)]
    if column := next((name for name in columns if set(text[name]) <= zoning), None):
        return [Finding(path, "zoning", "zoning", {"column": column}, box, size)]
    return (
        _with_figures(frame, text, path, words, box)
        or _protected(text, path, words, box)
        or [Finding(path, "boundary", "boundary", {}, box, size)][: size <= OUTLINES_MAX]
        or [Finding(path, "", "unknown", {}, box, size)]
    )


def _with_figures(
    frame: gpd.GeoDataFrame, text: dict[str, pd.Series], path: Path, words: Words, box: Box
) -> list[Finding]:
    """Zones, counts, or both: polygons that have codes or figures."""
    zones = _zones(frame, text, path, words, box)
    counted = {count: name for count, name in words.counted(list(text)).items() if _numbers(frame[name])}
    if counted:
        again = words.column("id", text)
        units = {"id": again} if again and text[again].duplicated().any() else {}
        spec = {"kind": "polygons"} | units | {"columns": counted}
        zones.append(Finding(path, "counts", "polygons", spec, box, len(frame)))
    return zones


def _protected(text: dict[str, pd.Series], path: Path, words: Words, box: Box) -> list[Finding]:
    texts = [path.stem, *text, *(value for values in text.values() for value in values.head(20))]
    if not text or not any(holds(words.protected, found_text) for found_text in texts):
        return []
    # What a row is: the column with the fewest different words.
    what = min(text, key=lambda name: text[name].nunique())
    return [Finding(path, "protected", "protected", {"column": what}, box, len(next(iter(text.values()))))]


def _zones(frame: gpd.GeoDataFrame, text: dict[str, pd.Series], path: Path, words: Words, box: Box) -> list[Finding]:
    """The polygons as zones, where a column has a code of its own for each."""
    codes = [
        name
        for name, values in text.items()
        if values.is_unique
        and frame[name].notna().all()
        and (values != "").all()
        and (_mostly(values, CODE) or words.column("code", [name]))
    ]
    codes.sort(key=lambda name: (words.column("code", [name]) is None, -int(_mostly(text[name], r"\d{10}"))))
    names = [name for name in text if name not in codes and _lettered(text[name])]
    name = words.column("name", names) or max(names, key=lambda column: text[column].nunique(), default=None)
    if not codes or name is None:
        return []
    spec = {"code": codes[0], "name": name}
    sido, sigungu = words.column("sido", text), words.column("sigungu", text)
    full = text[name].map(lambda words: len(words.split()) >= 3).all()
    if sido and sigungu and not full and sigungu != name:
        spec |= {"sido": sido, "sigungu": sigungu}
    return [Finding(path, "zones", "zones", spec, box, len(frame))]


def _mostly(values: pd.Series, shape: str) -> bool:
    return len(values) > 0 and bool(values.str.fullmatch(shape).mean() >= MOST)


def _lettered(values: pd.Series) -> bool:
    return bool(values.map(lambda text: re.search(r"[^\W\d_]", text) is not None).mean() >= MOST)


def _numbers(values: pd.Series) -> bool:
    """Whether a column says some figure, and nothing that is none."""
    value = pd.to_numeric(values, errors="coerce")
    filled = values.notna() & (values.astype("str").str.strip() != "")
    return bool(value.notna().any() and value[filled].notna().all())
