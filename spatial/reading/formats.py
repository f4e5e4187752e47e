"""Which files are opened: those of the formats in docs/sources.md, told by name and first bytes before GDAL opens them.

GDAL opens whatever it knows under any name, and some of what it knows (VRT, stored algorithms, services) names other
files and addresses that it then reads. Files are files on disk: no address, no archive read through, no ``/vsi`` path.
"""

from __future__ import annotations

import json
import re
import zipfile
import zlib
from pathlib import Path
from typing import Any

from geojeom.errors import Fault, SourceError
from geojeom.files import NO_FILE, endless_beside, why_no_file
from spatial.reading.text import decode

FORMATS = "polygons as GeoJSON, GeoPackage, shapefile or TopoJSON, or a CSV with WKT in a column geometry"
JSON = b"{"
VECTORS = {
    ".geojson": JSON,
    ".json": JSON,
    ".topojson": JSON,
    ".gpkg": b"SQLite format 3\0",
    ".shp": b"\0\0\x27\x0a",
    ".zip": b"PK",
}
# What GDAL calls these formats.
DRIVERS = ("GeoJSON", "TopoJSON", "GPKG", "ESRI Shapefile")
# Little and big endian, classic and BigTIFF.
TIFF = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
# What GDAL reads beside a GeoTIFF as a raster of whatever format it turns out to be: a mask, and overviews.
BESIDE_TIFF = (".msk", ".ovr", ".msk.ovr")
SHAPEFILE = (".shp", ".shx", ".dbf", ".prj", ".cpg")
# Two thirds of what a 32-bit zip can hold; the parcels of a province are a tenth of it.
UNPACKED_MAX = 3 * 2**30
# Where GeoJSON may hide a CRS that GDAL would fetch from an address; letters may be written as escapes.
LINKED = re.compile(rb'"type"\s*:\s*"\s*(?:link|url)\s*"|\\u00[2-7]', re.IGNORECASE)


def hold_file(path: str, expected: str) -> None:
    """Hold a path to being that of an ordinary file that may be read.

    Parameters
    ----------
    path : str
        The path.
    expected : str
        What it should be, as the fault says.

    Raises
    ------
    SourceError
        Where it is none.
    """
    if found := why_no_file(path):
        remedy = "Check the path in the region file." if found == NO_FILE else "Name a file that can be read."
        raise SourceError(Fault(path, expected, found, remedy))


def hold_beside(path: str) -> None:
    """Raise SourceError where GDAL would open a pipe or a device along with a file, and wait for it without end."""
    if endless := endless_beside(Path(path)):
        found = f"a pipe or device beside it, {endless.name}"
        raise SourceError(Fault(path, "files alone of its name", found, "Take it away."))


def hold_vector(path: str) -> None:
    """Hold a file's name and first bytes to those of one vector format we read.

    Parameters
    ----------
    path : str
        The file.

    Raises
    ------
    SourceError
        Where there is no such file, it is of no format that is read, a pipe or device lies beside it under its name, or
        its JSON refers to other files.
    """
    hold_file(path, "a vector file")
    hold_beside(path)
    file = Path(path)
    expected = VECTORS.get(file.suffix.lower())
    with file.open("rb") as stream:
        first = stream.read(64).removeprefix(b"\xef\xbb\xbf")
    if expected == JSON:
        first = first.lstrip()
    if expected is None or not first.startswith(expected):
        raise _strange(path, FORMATS)
    if expected == JSON:
        _hold_json(file)


def hold_driver(driver: str, path: str) -> None:
    """Raise SourceError where a file that begins as one of ours turned out to be of another format (Esri's JSON)."""
    if driver not in DRIVERS:
        raise SourceError(Fault(path, FORMATS, driver, "Export it again as GeoJSON or GeoPackage."))


def hold_tiff(path: str) -> None:
    """Raise SourceError unless a file, and each that GDAL would read beside it as a raster, begins as TIFF does."""
    hold_file(path, "a raster GDAL can read as GeoTIFF")
    hold_beside(path)
    for name in (path, *(path + suffix for suffix in BESIDE_TIFF)):
        if not Path(name).is_file():
            continue
        with Path(name).open("rb") as stream:
            if not stream.read(4).startswith(TIFF):
                raise _strange(name, "a raster GDAL can read as GeoTIFF")


def unpack(path: str, folder: Path) -> str:
    """Unpack the vector files of a zip archive into a folder, and return what to open: the folder, or its one file.

    Raises SourceError for an archive that is damaged, locked, too large, or without such files.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            wanted = [
                part for part in archive.infolist() if Path(part.filename).suffix.lower() in (*SHAPEFILE, *VECTORS)
            ]
            if sum(part.file_size for part in wanted) > UNPACKED_MAX:
                found = f"{sum(part.file_size for part in wanted) / 2**30:.1f} GiB"
                raise SourceError(
                    Fault(path, f"at most {UNPACKED_MAX / 2**30:g} GiB once unpacked", found, "Cut out the region.")
                )
            for part in wanted:
                # Flat: a layer's name is its file's, whatever folder of the archive it stood in.
                (folder / Path(part.filename).name).write_bytes(archive.read(part))
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, OSError) as error:
        found = f"one that cannot be unpacked ({str(error)[:80]})"
        raise SourceError(Fault(path, "a zip archive of a shapefile", found, "Unpack it and name the file.")) from None
    files = sorted(file for file in folder.iterdir() if file.suffix.lower() in VECTORS)
    shapes = [file for file in files if file.suffix.lower() == ".shp"]
    if not files or (len(files) > 1 and len(shapes) < len(files)):
        found = ", ".join(file.name for file in files[:10]) or "none"
        raise SourceError(Fault(path, "a zip archive of a shapefile", found, "Unpack it and name the file."))
    for file in files:
        try:
            hold_vector(str(file))
        except SourceError:
            raise _strange(f"{path} ({file.name})", FORMATS) from None
    return str(folder if shapes else files[0])


def _hold_json(file: Path) -> None:
    """Refuse JSON that has GDAL run something, or fetch the CRS of a file or geometry from an address."""
    raw = file.read_bytes()
    if b"gdal_streamed_alg" in raw:
        raise _strange(str(file), FORMATS)
    if not LINKED.search(raw):
        return
    links: list[str] = []

    def look(pairs: list[tuple[str, Any]]) -> set[str]:
        links.extend(key for key, value in pairs if key.lower() == "crs" and value and set(value) & {"link", "url"})
        return {str(value).strip().lower() for key, value in pairs if key.lower() == "type"}

    found = "a link to another file or address"
    try:
        json.loads(decode(raw, str(file)), object_pairs_hook=look)
    except (ValueError, RecursionError):
        found = "JSON that cannot be read to its end"
        links.append("")
    if links:
        remedy = "Export it again in EPSG:4326, or take `crs` out of it and give `crs:` in the region file."
        raise SourceError(Fault(str(file), "a CRS that the file itself names", found, remedy, column="crs"))


def _strange(path: str, expected: str) -> SourceError:
    found = "a file that can be read as none of them" if expected == FORMATS else "a file of another format"
    remedy = "Check that it is whole and of the format its name says, or export it again: other formats are not opened."
    return SourceError(Fault(path, expected, found, remedy))
