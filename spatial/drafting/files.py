"""What each file of a folder seems to be, by what is in it; its name alone decides nothing but how it is opened."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import geopandas as gpd
import numpy as np
import osmium
import pandas as pd
from rasterio.windows import Window

from geojeom.errors import Fault, GeojeomError, SourceError
from spatial.config.region import Zones
from spatial.drafting import polygons, tables
from spatial.drafting.finding import Box, Finding
from spatial.drafting.words import Words, holds
from spatial.reading.formats import SHAPEFILE, VECTORS
from spatial.reading.osm_file import is_osm
from spatial.reading.projection import DEGREES, convert
from spatial.reading.raster import Raster, open_raster
from spatial.reading.tabular import SHEETS

# What lies beside a file and is read with it, and what is no source at all.
BESIDE = (*(one for one in SHAPEFILE if one != ".shp"), ".qpj", ".sbn", ".sbx", ".xml", ".ovr", ".msk", ".tfw")
OURS = (".yaml", ".yml", ".md", ".txt", ".pdf", ".html", ".png", ".jpg", ".log", ".qgz", ".py", ".ipynb")
FILES_MAX = 500
# Heights are all but the same from one pixel to the next; people are not.
SMOOTH = 0.95
SAMPLE = 512


@dataclass
class Folder:
    """What was found: polygons and tables that have been read, and what else there is."""

    layers: dict[Path, gpd.GeoDataFrame] = field(default_factory=dict)
    tables: dict[Path, tuple[pd.DataFrame, int]] = field(default_factory=dict)
    found: list[Finding] = field(default_factory=list)


def sources(folder: Path) -> list[Path]:
    """The files of a folder and its subfolders that may be sources, in order of their names, at most FILES_MAX.

    Parameters
    ----------
    folder : Path
        The folder.

    Returns
    -------
    list of Path
        Without hidden ones, and those that are read along with another.
    """
    inside = (path for path in sorted(folder.rglob("*")) if path.is_file())
    shown = (path for path in inside if not any(part.startswith(".") for part in path.relative_to(folder).parts))
    wanted = [path for path in shown if path.suffix.lower() not in (*BESIDE, *OURS) or is_osm(str(path))]
    # Of OpenStreetMap's, .xml is one ending; others lie beside rasters (.aux.xml) or hold metadata of shapefiles.
    return [path for path in wanted if not path.name.endswith((".aux.xml", ".shp.xml"))][:FILES_MAX]


def look(paths: list[Path], words: Words) -> Folder:
    """Open every file once. What cannot be read is among the findings, with what the reader says of it.

    Parameters
    ----------
    paths : list of Path
        The files.
    words : Words
        What columns may be called.

    Returns
    -------
    Folder
        Nothing is raised for a file that cannot be read.
    """
    seen = Folder()
    for path in paths:
        try:
            _look(path, words, seen)
        except GeojeomError as error:
            seen.found.append(Finding(path, "", "unknown", why=str(error.faults[0])))
    return seen


def _look(path: Path, words: Words, seen: Folder) -> None:
    ending = path.suffix.lower()
    if ending == ".zip" and (archived := _archive(path)):
        seen.found.append(archived)
    elif ending == ".json" and _overpass(path):
        why = "the answer of an Overpass server: save it as OSM XML (`out meta;` with `[out:xml]`), or as GeoJSON"
        seen.found.append(Finding(path, "", "streets", why=why))
    elif ending in VECTORS:
        seen.layers[path] = polygons.read_anywhere(path)
    elif ending in (".tif", ".tiff"):
        seen.found.append(_raster(path, words))
    elif ending == ".graphml":
        seen.found.append(Finding(path, "streets", "streets", size=path.stat().st_size))
    elif is_osm(str(path)):
        seen.found += _osm(path)
    elif ending in (".csv", *SHEETS):
        if ending == ".csv" and (grid := tables.statistics(path, words)):
            seen.found.append(grid)
            return
        frame, lines = tables.read_table(path)
        if "geometry" in frame.columns and frame["geometry"].str.match(r"\s*(MULTI)?POLYGON").mean() >= polygons.MOST:
            seen.layers[path] = polygons.read_anywhere(path)
        else:
            seen.tables[path] = frame, lines
    else:
        seen.found.append(Finding(path, "", "unknown", why="a format that is not read"))


def _archive(path: Path) -> Finding | None:
    """A zip that holds no polygons, by what it holds; None for one that may."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = {Path(name).name.lower() for name in archive.namelist()}
    except (zipfile.BadZipFile, OSError):
        return None
    if {"stops.txt", "stop_times.txt"} <= names:
        return Finding(path, "", "timetable")
    if not any(Path(name).suffix in VECTORS for name in names):
        return Finding(path, "", "unknown", why=f"an archive of {', '.join(sorted(names)[:3])}: unpack or convert it")
    return None


def _overpass(path: Path) -> bool:
    with path.open("rb") as file:
        return b'"osm3s"' in file.read(2000)


def _osm(path: Path) -> Iterator[Finding]:
    """What an OpenStreetMap file may be used for; its kinds of facilities are those it is complete for, if any."""
    try:
        box = _header_box(path)
    except (RuntimeError, ValueError) as error:
        wanted, remedy = "an OpenStreetMap file that is whole", "Download it again."
        raise SourceError(Fault(str(path), wanted, str(error)[:100], remedy)) from None
    size = path.stat().st_size
    yield Finding(path, "streets", "streets", {}, box, size)
    yield Finding(path, "land", "land", {}, box, size)
    yield Finding(path, "buildings", "buildings", {"kind": "osm"}, box, size)
    yield Finding(path, "facilities", "facilities", {"kind": "osm"}, box, size)


def _header_box(path: Path) -> Box | None:
    """The box that the file says it covers, or that of nearly all its nodes."""
    reader = osmium.io.Reader(str(path))
    try:
        box = reader.header().box()
    finally:
        reader.close()
    if box.valid():
        return (box.bottom_left.lon, box.bottom_left.lat, box.top_right.lon, box.top_right.lat)
    nodes = (item for item in osmium.FileProcessor(str(path), osmium.osm.NODE) if isinstance(item, osmium.osm.Node))
    places = np.array([(node.location.lon, node.location.lat) for node in nodes if node.location.valid()])
    if not len(places):
        return None
    # Without the outermost: a ferry or a border drawn to its end lies far off.
    (west, south), (east, north) = np.quantile(places, [0.01, 0.99], axis=0)
    return (float(west), float(south), float(east), float(north))


def _raster(path: Path, words: Words) -> Finding:
    with open_raster(str(path)) as raster:
        wide, high = raster.source.width, raster.source.height
        x, y = raster.transform @ (np.array([0, wide, wide, 0.0]), np.array([0, 0, high, high]))
        lon, lat = convert(x, y, raster.crs, DEGREES)
        box = (float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max()))
        named = holds(words.heights, path.stem) or raster.unit.lower() in ("m", "metre", "meter", "metres", "meters")
        if named or (not words.counted([path.stem]) and not _says_people(path, raster) and _smooth(raster)):
            return Finding(path, "dem", "dem", {}, box, wide * high)
    return Finding(path, "counts", "raster", {"kind": "raster", "gives": "population"}, box, wide * high)


def _says_people(path: Path, raster: Raster) -> bool:
    return holds(["pop", "ppp", "인구", "people", "ghs"], f"{path.stem} {raster.about}")


def _smooth(raster: Raster) -> bool:
    """Whether neighbouring pixels in the middle of the raster are nearly the same, or some are below zero."""
    wide, high = raster.source.width, raster.source.height
    size_x, size_y = min(wide, SAMPLE), min(high, SAMPLE)
    values = raster.read(Window((wide - size_x) // 2, (high - size_y) // 2, size_x, size_y)).values
    one, other = values[:, :-1].ravel(), values[:, 1:].ravel()
    both = np.isfinite(one) & np.isfinite(other)
    if both.sum() < 10 or np.ptp(one[both]) == 0:
        return False
    return bool((values[np.isfinite(values)] < 0).any() or np.corrcoef(one[both], other[both])[0, 1] > SMOOTH)


def recognise(seen: Folder, words: Words, kinds: list[str], zoning: set[str]) -> list[Finding]:
    """All findings of a folder, the polygons first; tables by zone are held to each file of zones in turn.

    Of several files of zones the one whose codes and names most tables have comes first.

    Parameters
    ----------
    seen : Folder
        The files, opened.
    words : Words
        What columns may be called.
    kinds : list of str
        Kinds of facilities.
    zoning : set of str
        Codes of zones of use.

    Returns
    -------
    list of Finding
        One per file, or several for a file of several uses.
    """
    drawn = [
        finding for path, frame in seen.layers.items() for finding in polygons.recognise(frame, path, words, zoning)
    ]
    zones = sorted((finding for finding in drawn if finding.key == "zones"), key=lambda finding: -finding.size)
    others = [finding for finding in drawn if finding.key != "zones"]
    best: list[Finding] = []
    findings: list[Finding] = []
    most = -1
    joins: list[Finding | None] = [*zones] or [None]
    for zoned in joins:
        spec = Zones.model_validate(zoned.spec | {"path": str(zoned.path)}) if zoned else None
        frame = tables.as_zones(seen.layers[zoned.path], spec) if zoned and spec else None
        read = [
            tables.recognise(table, lines, path, words=words, kinds=kinds, zones=frame)
            for path, (table, lines) in seen.tables.items()
        ]
        score = sum(bool(finding.key) for finding in read) + _registered(read, seen, frame)
        if score > most:
            most, findings = score, read
            best = [zoned] if zoned else []
    rest = [
        replace(finding, key="", why="other zones join more of the tables") for finding in zones if finding not in best
    ]
    return [*best, *others, *seen.found, *findings, *rest]


def _registered(read: list[Finding], seen: Folder, zones: gpd.GeoDataFrame | None) -> int:
    """How many resident registers have the codes of these zones."""
    if zones is None:
        return 0
    known = set(zones["zone_id"].astype("str"))
    return sum(
        bool(seen.tables[table.path][0].iloc[:, 0].str.extract(r"\((\d{10})\)\s*$")[0].isin(known).any())
        for table in read
        if table.kind == "resident_register"
    )
