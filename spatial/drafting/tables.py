"""What a table seems to be, by its header and the values in it; tables by zone are held to the zones at hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from geojeom.errors import GeojeomError
from spatial.config.region import Zones
from spatial.counts.register import CODE as REGISTERED
from spatial.counts.sgis import FIELDS
from spatial.counts.sgis import read_rows as read_statistics
from spatial.drafting.finding import Box, Finding
from spatial.drafting.polygons import MOST, PNU
from spatial.drafting.words import Words
from spatial.reading.tabular import day_of, read_rows
from spatial.sources.codes import full_names, place_key, plain_codes

# A table may hold a whole province, or half of a city.
SHARED = 0.3
HEADER_MAX = 9
YEAR = r"(19|20)\d{2}(\.0+)?"


def read_table(path: Path) -> tuple[pd.DataFrame, int]:
    """All rows as text, and how many lines of header stand above them. Raises SourceError as the readers do."""
    frame = read_rows(str(path), {})
    first = str(frame.columns[0])
    # Stacked headers repeat the name of the first column in every line of theirs.
    lines = 1
    while first and lines < min(HEADER_MAX, len(frame)) and str(frame.iloc[lines - 1, 0]).strip() == first:
        lines += 1
    return (read_rows(str(path), {}, lines) if lines > 1 else frame), lines


def statistics(path: Path, words: Words) -> Finding | None:
    """The file as grid statistics, which have four fields and often no header; None where it is none."""
    try:
        frame = read_statistics(str(path), [])
    except GeojeomError:
        return None
    shapes = {"year": YEAR, "statistic": r"[a-z]{2}_[a-z_]+_\d+"}
    if not all(frame[name].head(1000).str.fullmatch(shape).all() for name, shape in shapes.items()):
        return None
    assert list(frame.columns) == FIELDS
    known = set(frame["statistic"])
    columns = {count: [code] for count, code in words.statistics.items() if code in known}
    years = sorted(frame["year"].unique())
    spec: dict[str, Any] = {"kind": "sgis_grid"} | ({"year": years[-1]} if len(years) > 1 else {})
    if not columns:
        return Finding(path, "", "sgis_grid", why=f"statistics {', '.join(sorted(known)[:10])}: name those wanted")
    return Finding(path, "counts", "sgis_grid", spec | {"columns": columns}, size=len(frame))


def recognise(
    frame: pd.DataFrame,
    header_rows: int,
    path: Path,
    *,
    words: Words,
    kinds: list[str],
    zones: gpd.GeoDataFrame | None,
) -> Finding:
    """What a table (all text) seems to be. ``kinds`` are those of facilities, ``zones`` the polygons tables join to."""
    columns = [str(name) for name in frame.columns if str(name)]
    text = {name: frame[name].str.strip() for name in columns}
    if text and (text[columns[0]].str.fullmatch(REGISTERED).mean() >= MOST) and any("인구" in name for name in columns):
        return Finding(path, "counts", "resident_register", {"kind": "resident_register"}, size=len(frame))
    if pnu := next((name for name in columns if _mostly(text[name], PNU)), None):
        return _by_parcel(columns, pnu, path, words, len(frame))
    lon, lat = words.column("lon", columns), words.column("lat", columns)
    if lon and lat and (box := _box(text[lon], text[lat])):
        return _points(text, lon, lat, path, words=words, kinds=kinds, box=box)
    return _by_zone(text, header_rows, path, words, zones)


def _by_parcel(columns: list[str], pnu: str, path: Path, words: Words, size: int) -> Finding:
    figures = {role: words.column(role, columns) for role in ("price", "owner")}
    spec = {"pnu": pnu} | {role: name for role, name in figures.items() if name}
    if len(spec) == 1:
        return Finding(path, "", "parcel_tables", why=f"neither a price nor an owner among {', '.join(columns[:12])}")
    year, month = words.column("year", columns), words.column("month", columns)
    if year:
        spec |= {"year": year} | ({"month": month} if month else {})
    return Finding(path, "parcel_tables", "parcel_tables", spec, size=size)


def _points(
    text: dict[str, pd.Series], lon: str, lat: str, path: Path, *, words: Words, kinds: list[str], box: Box
) -> Finding:
    columns, size = list(text), len(text[lon])
    where = {"lon": lon, "lat": lat}
    building = {role: words.column(role, columns) for role in ("approved", "floor_area_m2", "use")}
    if building["approved"] or building["floor_area_m2"]:
        spec = {"kind": "table"} | where | {role: name for role, name in building.items() if name}
        if building["approved"]:
            # Which are old is told from a day: that of the newest building is the earliest the file can be of.
            days = [day for value in text[building["approved"]].unique() if (day := day_of(value)[0])]
            spec["vintage"] = max(days, default="")
        return Finding(path, "buildings", "buildings", spec, box, size)
    more = {"name": words.column("place_name", columns), "opened": words.column("opened", columns)}
    roles = {role: name for role, name in more.items() if name}
    if kind := next((name for name in columns if set(text[name]) <= set(kinds)), None):
        return Finding(
            path, "facilities", "facilities", {"kind": "table"} | where | {"kind_column": kind} | roles, box, size
        )
    if counted := words.counted(columns):
        return Finding(path, "counts", "points", {"kind": "points"} | where | {"columns": counted}, box, size)
    if facility := words.facility([path.stem, *columns]):
        return Finding(
            path, "facilities", "facilities", {"kind": "table"} | where | {"facility": facility} | roles, box, size
        )
    return Finding(path, "", "places", {"kind": "table"} | where | {"facility": "?"} | roles, box, size)


def _by_zone(
    text: dict[str, pd.Series], header_rows: int, path: Path, words: Words, zones: gpd.GeoDataFrame | None
) -> Finding:
    columns = list(text)
    year = words.column("year", columns)
    if zones is None:
        return Finding(path, "", "unknown", why="no zones to join it to")
    key = _key(text, zones)
    if key is None:
        return Finding(path, "", "unknown", why="no column of codes or names of the zones")
    if year and "code" in key and _mostly(text[year], YEAR) and text[year].unique().size > 1:
        if counted := words.counted(columns, yearly=True):
            spec = {"code": key["code"], "year": year, "columns": counted}
            return Finding(path, "history", "history", spec, size=len(text[year]))
        return Finding(path, "", "history", why=f"no count that is known among {', '.join(columns[:12])}")
    counted = words.counted(columns)
    if not counted:
        return Finding(path, "", "zone_table", why=f"no count that is known among {', '.join(columns[:12])}")
    lines = {"header_rows": header_rows} if header_rows > 1 else {}
    spec = {"kind": "zone_table"} | key | lines | {"columns": counted}
    return Finding(path, "counts", "zone_table", spec, size=len(text[columns[0]]))


def as_zones(frame: gpd.GeoDataFrame, spec: Zones) -> gpd.GeoDataFrame:
    """Polygons with the columns ``zone_id``, ``name`` and ``place`` that tables join by (sources.zones)."""
    name = frame[spec.name].astype("str").str.strip()
    names = full_names(name)
    if spec.sido is not None:
        parts = (frame[part].fillna("").astype(str) for part in spec.columns_named("sido", "sigungu").values())
        names = pd.Series([place_key(*row) for row in zip(*parts, name, strict=True)], frame.index, dtype="str")
    return frame.assign(zone_id=frame[spec.code].astype("str"), name=name, place=names)


def _key(text: dict[str, pd.Series], zones: gpd.GeoDataFrame) -> dict[str, Any] | None:
    """How rows join: by the column whose values the zones' code has, a coarser code of theirs, or their names."""
    best: tuple[float, dict[str, Any]] = (SHARED, {})
    known = {
        str(name): set(plain_codes(zones[name].dropna().astype("str"))) for name in zones.columns if name != "geometry"
    }
    coarse = [name for name in known if name not in ("zone_id", "name", "place") and len(known[name]) > 1]
    for name, values in text.items():
        codes = plain_codes(values[values != ""])
        if not len(codes) or not codes.str.fullmatch(r"\d{4,}").all():
            continue
        for column in ("zone_id", *coarse):
            # Codes of eight digits are those of ten without the 00 at their end.
            share = max(codes.isin(known[column]).mean(), (codes + "00").isin(known[column]).mean())
            if share > best[0]:
                best = (share, {"code": name} | ({} if column == "zone_id" else {"zone_column": column}))
    if best[1]:
        return best[1]
    within = zones["place"].dropna().str.rsplit("|", n=1).str[0].unique()
    if len(within) != 1:
        return None
    last = set(zones["name"].str.split().str[-1])
    for name, values in text.items():
        share = values.isin(last).mean()
        if share > best[0]:
            best = (share, {"names": {"name": name, "within": within[0].split("|")}})
    return best[1] or None


def _box(lon: pd.Series, lat: pd.Series) -> Box | None:
    """Where points lie, without the outermost hundredth, in which slips stand; None where they are no degrees."""
    x, y = pd.to_numeric(lon, errors="coerce"), pd.to_numeric(lat, errors="coerce")
    if x.notna().mean() < MOST or not (x.abs().max() <= 180) or not (y.abs().max() <= 180):
        return None
    (west, east), (south, north) = x.quantile([0.01, 0.99]), y.quantile([0.01, 0.99])
    return (float(west), float(south), float(east), float(north))


def _mostly(values: pd.Series, shape: str) -> bool:
    return len(values) > 0 and bool(values.str.fullmatch(shape).mean() >= MOST)
