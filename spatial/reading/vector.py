"""Polygon files as they come: shapefiles with Korean names and no code page, broken rings, numeric codes."""

from __future__ import annotations

import codecs
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely
from numpy.typing import NDArray
from pyproj.exceptions import CRSError

from geojeom.errors import Fault, SourceError, raise_if_any
from geojeom.formats import percent
from geojeom.messages import Remark
from geojeom.spelling import composed
from spatial.reading.formats import FORMATS, hold_driver, hold_file, hold_vector, unpack
from spatial.reading.projection import Extent, settle
from spatial.reading.provenance import Ledger
from spatial.reading.shared import parsed
from spatial.reading.tabular import ROUNDED, SHEETS, read_rows, twice
from spatial.reading.text import decode, refuse_large

READING = (
    pyogrio.errors.DataSourceError,
    pyogrio.errors.DataLayerError,
    pyogrio.errors.FeatureError,
    pyogrio.errors.GeometryError,
    # What pyogrio trips over in damaged files: a .prj that is no text, an archive without a layer.
    CRSError,
    IndexError,
    UnboundLocalError,
)
# What reading a damaged zip may end with; a place in it before its beginning is an OSError.
BROKEN_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    UnicodeError,
    struct.error,
    OSError,
)
# Bytes of a file of polygons; the outlines and attributes of all of it are held in memory.
FILE_MAX = 2 * 2**30
# Encodings of several bytes a letter, which do not hold for text in another one.
MANY_BYTES = ("utf-8", "cp949", "johab", "big5", "cp932", "shift_jis", "gbk", "gb18030")
# Simplified borders overlap by slivers; more of an area on another is another level, another date or a slip.
OVERLAP_MAX = 0.2
AREA = 2  # the dimension of polygons
# How a row says that there is nothing to tell.
NOTHING = ("", "0", "0.0", "nan", "None", "<NA>", "NaT")


def read_polygons(
    path: str,
    declared_crs: str | None,
    extent: Extent,
    ledger: Ledger,
    needed: dict[str, str],
    *,
    carries: Sequence[str] = (),
    select: Mapping[str, Sequence[str]] | None = None,
) -> gpd.GeoDataFrame:
    """Read a vector file of polygons, or a table with WKT; return it in degrees, valid, every loss in the ledger.

    Invalid rings are repaired and counted; of a collection its areas are kept. Rows of lines or points alone are
    dropped and counted, but for those with a figure or code in a column that ``carries`` one: what stands there would
    be lost.

    Parameters
    ----------
    path : str
        The file.
    declared_crs : str or None
        The CRS that the region file gives, which goes before the file's own.
    extent : Extent
        Where it may lie.
    ledger : Ledger
        Gets the losses and the extent.
    needed : dict of str
        Key of the region file -> name of a column that must be there.
    carries : sequence of str
        Columns of figures or codes.
    select : mapping, optional
        Column -> values: of other rows ``carries`` is not looked at.

    Returns
    -------
    GeoDataFrame
        In degrees (WGS 84).

    Raises
    ------
    SourceError
        For rows that would be lost, an unreadable file, missing columns, rows without geometry, or coordinates that
        cannot be right.
    """
    frame = _read(path, extent, ledger)
    faults = _lacking(frame, needed, path)
    empty, nowhere = (frame.geometry.isna() | frame.geometry.is_empty).to_numpy(), _nowhere(frame.geometry)
    faults += _undrawn(empty, nowhere, path)
    ledger.read = len(frame)
    frame = frame[~(empty | nowhere)]
    collected = shapely.get_type_id(frame.geometry.to_numpy()) == shapely.GeometryType.GEOMETRYCOLLECTION
    frame = frame.set_geometry(gpd.GeoSeries(_areas(frame.geometry.to_numpy()), frame.index, crs=frame.crs))
    flat = pd.Series(shapely.get_dimensions(frame.geometry.to_numpy()) == AREA, frame.index)
    if mixed := int((collected & flat.to_numpy()).sum()):
        ledger.repair("mend.collections", mixed)
    if len(frame) and not flat.any():
        kinds = ", ".join(sorted(frame.geometry.geom_type.unique()))
        faults.append(Fault(path, "polygons", kinds, "Name the file with the areas, not the lines or points."))
    elif not faults:
        faults += _lost(frame[~flat], path, carries, select or {})
    ledger.drop("drop.polygons", int((~flat).sum()))
    if flat.any():
        try:
            frame = settle(frame[flat], path, declared_crs, extent, ledger)
        except SourceError as error:
            faults += error.faults
    raise_if_any(SourceError, faults)
    frame = _mended(frame, path, ledger)
    ledger.kept = len(frame)
    west, south, east, north = frame.total_bounds
    ledger.reach([west, east], [south, north])
    return frame.reset_index(drop=True)


def _lacking(frame: gpd.GeoDataFrame, needed: dict[str, str], path: str) -> list[Fault]:
    """A fault for each column that is needed and not there, or there twice."""
    names = [str(name) for name in frame.columns]
    found = "columns " + ", ".join(name for name in names if name != "geometry")
    faults = [
        Fault(path, f"a column {column!r}", found, f"Correct `{key}:` in the region file.", column=column)
        for key, column in needed.items()
        if column not in frame.columns
    ]
    return [*faults, *twice(frame, names, needed, path)]


def _undrawn(empty: NDArray[np.bool_], nowhere: NDArray[np.bool_], path: str) -> list[Fault]:
    """A fault for each row without a geometry or with coordinates that are no numbers, and for a file without rows."""
    remedy = "Draw the polygon (a ring has three corners or more), or delete the row."
    faults = [Fault(path, "a polygon", "an empty geometry", remedy, int(at) + 1) for at in np.flatnonzero(empty)[:20]]
    faults += [
        Fault(path, "coordinates that are numbers", "NaN or infinity", "Draw the polygon again.", row=int(at) + 1)
        for at in np.flatnonzero(nowhere)[:20]
    ]
    if not empty.size:
        faults.append(Fault(path, "at least one polygon", "an empty file", "Check that the export is complete."))
    return faults


def _mended(frame: gpd.GeoDataFrame, path: str, ledger: Ledger) -> gpd.GeoDataFrame:
    """Polygons with their broken rings repaired; SourceError for those of which no area is left."""
    broken = ~frame.geometry.is_valid
    if not broken.any():
        return frame
    ledger.repair("mend.polygons", int(broken.sum()))
    if "district_id" in frame.columns:
        which = [Remark("district", id=name) for name in frame.loc[broken, "district_id"]]
    else:
        which = [Remark("row", n=row + 1) for row in frame.index[broken]]
    ledger.note("mended", which=which)
    frame = frame.set_geometry(polygons_of(shapely.make_valid(frame.geometry.to_numpy())), crs=frame.crs)
    gone = frame.geometry.is_empty.to_numpy()
    faults = [
        Fault(path, "a polygon with an area", "a ring without one", "Draw it again.", row=int(row) + 1)
        for row in frame.index[gone][:20]
    ]
    raise_if_any(SourceError, faults)
    return frame


def _areas(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    """The geometries in the plane, each collection as the polygons in it; one without any stays as it is."""
    out = np.array(shapely.force_2d(shapes), dtype=object)
    for at in np.flatnonzero(shapely.get_type_id(out) == shapely.GeometryType.GEOMETRYCOLLECTION):
        parts = _parts(out[at])
        if areas := [part for part in parts if shapely.get_dimensions(part) == AREA]:
            out[at] = areas[0] if len(areas) == 1 else shapely.multipolygons(np.array(areas, dtype=object))
    return out


def _parts(shape: shapely.Geometry) -> list[shapely.Geometry]:
    """The single geometries of a collection, also of collections within it."""
    single = list(shapely.get_parts(shape))
    return [shape] if len(single) == 1 and single[0] == shape else [leaf for part in single for leaf in _parts(part)]


def _lost(
    rows: gpd.GeoDataFrame, path: str, carries: Sequence[str], select: Mapping[str, Sequence[str]]
) -> list[Fault]:
    """A fault for each row without an area that something is told of."""
    wanted = np.ones(len(rows), dtype=bool)
    for column, values in select.items():
        if column in rows.columns:
            wanted &= rows[column].astype(str).isin(list(values)).to_numpy()
    faults = []
    for at, (row, record) in enumerate(rows.iterrows()):
        carried = [f"{name} {record[name]}" for name in carries if str(record.get(name, "")).strip() not in NOTHING]
        if wanted[at] and carried:
            found = f"a {record.geometry.geom_type} with {', '.join(carried)}"
            faults.append(Fault(path, "a polygon", found, "Draw it as an area, or delete the row.", row=int(row) + 1))
    return faults[:20]


def overlaps(shapes: NDArray[np.object_], names: Sequence[object], path: str, what: str, remedy: str) -> list[Fault]:
    """Faults for polygons that lie on one another: what is told of both would count twice.

    Parameters
    ----------
    shapes : geometry (n,)
        Polygons in a CRS in metres.
    names : sequence (n,)
        What each is called.
    path : str
        The file, as faults name it.
    what : str
        What they are, in the plural.
    remedy : str
        What is to be done.

    Returns
    -------
    list of Fault
        At most 20.
    """
    one, other = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    one, other = one[one < other], other[one < other]
    smaller = np.minimum(shapely.area(shapes[one]), shapely.area(shapes[other]))
    share = shapely.area(shapely.intersection(shapes[one], shapes[other])) / smaller
    return [
        Fault(
            path,
            f"{what} side by side",
            f"{names[one[at]]} and {names[other[at]]} on the same land "
            f"({percent(share[at], unlike=OVERLAP_MAX)} of the smaller one)",
            remedy,
            column="geometry",
        )
        for at in np.flatnonzero(share > OVERLAP_MAX)[:20]
    ]


def polygons_of(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    """Keep the areas of each geometry: what repair or clipping leaves as lines and points is no part of a polygon.

    Parameters
    ----------
    shapes : geometry (n,)
        Of any kind.

    Returns
    -------
    geometry (n,)
        Polygons and multipolygons, empty where there is no area.
    """
    mixed = np.flatnonzero(shapely.get_type_id(shapes) == shapely.GeometryType.GEOMETRYCOLLECTION)
    other = np.isin(shapely.get_type_id(shapes), [3, 6, 7], invert=True)
    out = shapes.copy()
    for at in mixed:
        parts = shapely.get_parts(shapes[at])
        out[at] = shapely.union_all(parts[np.isin(shapely.get_type_id(parts), [3, 6])])
    out[other] = shapely.Polygon()
    return out


def codes(column: pd.Series, path: str, faults: list[Fault]) -> pd.Series:
    """A code column as text: whole numbers lose no digit, blanks and fractions become faults.

    Parameters
    ----------
    column : Series (n,)
        Text or numbers.
    path : str
        The file, as faults name it.
    faults : list of Fault
        Gets at most 20.

    Returns
    -------
    Series (n,)
        Text.
    """
    if pd.api.types.is_numeric_dtype(column):
        value = pd.to_numeric(column)
        bad = value.isna() | (value != value.round())
        text = value.where(~bad, 0).round().astype("int64").astype(str)
    else:
        # A program that took codes for numbers has left ".0" behind; one that rounded them has left nothing to mend.
        text = column.astype(str).str.strip().str.replace(r"^(\d{5,})\.0+$", r"\1", regex=True)
        bad = column.isna() | (text == "") | text.str.fullmatch(ROUNDED)
    faults += [
        Fault(path, "a code", repr(column.iloc[at]), "Give every row its code.", int(at) + 1, str(column.name))
        for at in np.flatnonzero(bad.to_numpy())[:20]
    ]
    return text


def unique(column: pd.Series, path: str, faults: list[Fault]) -> None:
    """Fault every value that stands in more than one row.

    Parameters
    ----------
    column : Series (n,)
        Values, by row number.
    path : str
        The file, as faults name it.
    faults : list of Fault
        Gets one per value.
    """
    for value, rows in column.groupby(column).groups.items():
        if len(rows) > 1:
            where = ", ".join(str(int(row) + 1) for row in rows[:5])
            faults.append(
                Fault(
                    path,
                    "each code once",
                    f"{value!r} in rows {where}",
                    "Merge or delete the duplicates.",
                    column=str(column.name),
                )
            )


def _read(path: str, extent: Extent, ledger: Ledger) -> gpd.GeoDataFrame:
    file = Path(path)
    hold_file(path, "a vector file")
    if file.suffix.lower() in (".csv", *SHEETS):
        return _read_wkt(path)
    hold_vector(path)
    try:
        _refuse_part(file)
        stated = _stated(path)
    except BROKEN_ZIP:
        raise SourceError(_unreadable(path)) from None
    encodings = _encodings(stated, extent)
    frame, encoding = parsed(path, *encodings, parse=lambda: _in_first_that_holds(path, encodings))
    if not isinstance(frame, gpd.GeoDataFrame):
        raise SourceError(Fault(path, FORMATS, "a table without geometry", "Name the file with the polygons."))
    if stated and stated != encoding and not _ascii(frame):
        ledger.note("cpg", stated=stated, found=encoding)
    return _composed(frame)


def _in_first_that_holds(path: str, encodings: list[str]) -> tuple[gpd.GeoDataFrame | pd.DataFrame, str]:
    """The file in the first encoding that holds for every letter, and which that is."""
    for encoding in encodings:
        try:
            return _opened(path, encoding), encoding
        except UnicodeError:
            continue
        except READING:
            raise SourceError(_unreadable(path)) from None
    raise SourceError(
        Fault(path, "attribute text in UTF-8 or CP949", "neither", "Export the layer again as GeoPackage or UTF-8.")
    )


def _unreadable(path: str) -> Fault:
    remedy = "Check that it is whole and of the format its name says, or export it again."
    return Fault(path, FORMATS, "a file that can be read as none of them", remedy)


def _refuse_part(file: Path) -> None:
    """SourceError for a shapefile without its companions, and for more bytes than are read, of a .zip as it unpacks."""
    size = file.stat().st_size
    if file.suffix.lower() == ".zip":
        with zipfile.ZipFile(file) as archive:
            size = sum(member.file_size for member in archive.infolist())
    elif file.suffix.lower() == ".shp":
        lost = " and ".join(suffix for suffix in (".shx", ".dbf") if not _beside(file, suffix))
        if lost:
            remedy = "Copy all parts of it together."
            raise SourceError(Fault(str(file), "its companions .shx and .dbf", f"no {lost}", remedy))
        size += sum(
            member.stat().st_size for member in (file.with_suffix(".dbf"), file.with_suffix(".DBF")) if member.is_file()
        )
    if size > FILE_MAX:
        expected, remedy = f"at most {FILE_MAX // 2**20:,} MB once unpacked", "Cut it to the region."
        raise SourceError(Fault(str(file), expected, f"{size / 2**20:,.0f} MB", remedy))


def _stated(path: str) -> str | None:
    """The encoding that the .cpg beside a shapefile (or in its .zip) states, by Python's name; null without one."""
    file = Path(path)
    if file.suffix.lower() == ".zip":
        with zipfile.ZipFile(path) as archive:
            small = (
                member
                for member in archive.infolist()
                if member.filename.lower().endswith(".cpg") and member.file_size < 100
            )
            texts = [archive.read(member) for member in small]
    else:
        beside = (file.with_suffix(suffix) for suffix in (".cpg", ".CPG"))
        texts = [member.read_bytes()[:100] for member in beside if file.suffix.lower() == ".shp" and member.is_file()]
    # As programs write it: UTF-8, EUC-KR, 949, ANSI 949, ISO 8859-1, 88591, OEM 437.
    name = texts[0].decode("ascii", "ignore").strip().lower() if texts else ""
    number = re.sub(r"^(ansi|oem|cp|ms|windows)?[ _-]*", "", name)
    if part := re.fullmatch(r"8859[ _-]?(\d{1,2})", number):
        name = f"iso8859-{part[1]}"
    elif number.isdecimal():
        name = "utf-8" if number == "65001" else f"cp{number}"
    try:
        encoding = codecs.lookup(name.replace(" ", "-")).name if name else None
    except (LookupError, ValueError):
        return None
    return "cp949" if encoding == "euc_kr" else encoding  # which is a part of it


def _encodings(stated: str | None, extent: Extent) -> list[str]:
    """Encodings to try, strictly for every letter, in turn: the stated one, then those that Korea's files are in.

    Encodings of one byte a letter hold for any text, so that they prove nothing where they are stated: they come last,
    and CP949 before them where the file is of Korea.
    """
    if stated is None or stated in MANY_BYTES:
        return list(dict.fromkeys([*([stated] if stated else []), "utf-8", "cp949"]))
    return ["utf-8", *(["cp949"] if extent.name == "Korea" else []), stated]


def _ascii(frame: gpd.GeoDataFrame) -> bool:
    """Whether no text of the frame tells its encoding."""
    texts = frame.select_dtypes(["object", "str"])
    return all(map(str.isascii, map(str, frame.columns))) and all(
        str(value).isascii() for name in texts.columns for value in texts[name].dropna().unique()
    )


def _composed(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Names and texts in composed letters, so that equal words are equal."""
    frame = frame.rename(columns=lambda name: composed(str(name)))
    for at, kind in enumerate(frame.dtypes):
        if pd.api.types.is_string_dtype(kind) or pd.api.types.is_object_dtype(kind):
            texts = frame.iloc[:, at].map(lambda value: composed(value) if isinstance(value, str) else value)
            frame.isetitem(at, texts)
    return frame


def _nowhere(shapes: gpd.GeoSeries) -> NDArray[np.bool_]:
    """Which geometries have a coordinate that is no finite number."""
    xy, row = shapely.get_coordinates(shapes.to_numpy(), return_index=True)
    lost = np.zeros(len(shapes), dtype=bool)
    lost[row[~np.isfinite(xy).all(axis=1)]] = True
    return lost


def _opened(path: str, encoding: str) -> gpd.GeoDataFrame | pd.DataFrame:
    """The file as it is in an encoding; UnicodeDecodeError where that is not its own."""
    if Path(path).suffix.lower() == ".zip":
        with TemporaryDirectory() as folder:
            file = unpack(path, Path(folder))
            layer = _layer(file, path)
            hold_driver(pyogrio.read_info(file, layer=layer, encoding=encoding)["driver"], path)
            return pyogrio.read_dataframe(file, encoding=encoding, layer=layer, on_invalid="ignore")
    layer = _layer(path, path)
    if Path(path).suffix.lower() != ".shp":
        hold_driver(pyogrio.read_info(path, layer=layer)["driver"], path)
    if Path(path).suffix.lower() == ".shp":
        # A .cpg may be absent or wrong: whatever it says, an encoding must hold for every letter.
        return pyogrio.read_dataframe(path, encoding=encoding, layer=layer, on_invalid="ignore")
    if encoding == "utf-8":
        return pyogrio.read_dataframe(path, layer=layer, on_invalid="ignore")
    refuse_large(path)
    return pyogrio.read_dataframe(decode(Path(path).read_bytes(), path).encode(), layer=layer, on_invalid="ignore")


def _layer(file: str, path: str) -> str | None:
    """The layer of a file with the polygons, null where it has but one; SourceError where several could be meant."""
    layers = pyogrio.list_layers(file)
    if len(layers) < 2:
        return None
    areas = sorted(str(name) for name, kind in layers if kind and ("Polygon" in kind or kind == "Unknown"))
    if len(areas) > 1:
        remedy = "Export the one that is meant to a file of its own."
        raise SourceError(Fault(path, "one layer of polygons", f"{len(areas)}: {', '.join(areas[:10])}", remedy))
    return areas[0] if areas else None


def _read_wkt(path: str) -> gpd.GeoDataFrame:
    """A table whose column ``geometry`` holds WKT; all other columns are text."""
    frame = read_rows(path, {"geometry": "geometry"})
    text = frame["geometry"].str.strip()
    shapes = shapely.from_wkt([wkt or None for wkt in text], on_invalid="ignore")
    raise_if_any(
        SourceError,
        [
            Fault(path, "a polygon as WKT", repr(text[at][:40]), "Export the layer again.", int(at) + 1, "geometry")
            for at in np.flatnonzero((text != "").to_numpy() & (shapes == None))[:20]  # noqa: E711 (element by element)
        ],
    )
    return gpd.GeoDataFrame(frame.drop(columns="geometry"), geometry=shapes)


def _beside(file: Path, suffix: str) -> bool:
    return file.with_suffix(suffix).is_file() or file.with_suffix(suffix.upper()).is_file()
