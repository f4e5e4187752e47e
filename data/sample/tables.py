"""Tables, boundaries, heights and polygons in the formats, layouts and encodings a Korean municipality has."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio.raw
import rasterio
import shapely
from layout import CITY, CITY_CODE, YEAR
from people import BANDS, People
from pyproj import Transformer
from quarters import DONGS
from rasterio.transform import from_origin
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry
from terrain import MARGIN_M, PIXEL_M, Terrain

NODATA = -9999.0
CODES = [CITY_CODE[:5] + dong.code for dong in DONGS]


def table(path: Path, header: Sequence[str], rows: Iterable[Sequence[Any]], encoding: str) -> None:
    """A CSV with Windows line ends, as the portals publish them."""
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)


def population_by_age(path: Path, people: People) -> None:
    """The resident register's export: city first, then its dongs; ``name (code)``; CP949."""
    header = ["행정구역", "총인구수", "연령구간인구수", *(f"{YEAR}년12월_계_{band}" for band in BANDS)]
    city = people.ages.sum(axis=0)
    rows = [[f"{CITY} ({CITY_CODE})", city.sum(), city.sum(), *city]]
    rows += [
        [f"{CITY} {dong.name}({code})", ages.sum(), ages.sum(), *ages]
        for dong, code, ages in zip(DONGS, CODES, people.ages, strict=True)
    ]
    table(path, header, rows, "cp949")


def history(path: Path, years: np.ndarray, values: np.ndarray, column: str) -> None:
    """One row per dong and year; blank where the dong did not exist yet."""
    rows = [
        [code, dong.name, year, value if value >= 0 else ""]
        for dong, code, series in zip(DONGS, CODES, values, strict=True)
        for year, value in zip(years, series, strict=True)
    ]
    table(path, ["행정동코드", "행정동명", "연도", column], rows, "utf-8-sig")


def shapefile(path: Path, outlines: Sequence[Polygon], columns: dict[str, Sequence[str]], epsg: int) -> None:
    """Polygons (EPSG:5179) as a shapefile in a CRS, with a CP949 dbf and no .cpg, so its encoding has to be found."""
    shapes = np.array(outlines)
    if epsg != 5179:
        to = Transformer.from_crs(5179, epsg, always_xy=True)
        shapes = shapely.transform(shapes, lambda xy: np.column_stack(to.transform(*xy.T)))
    pyogrio.raw.write(
        path,
        geometry=shapely.to_wkb(shapes),
        field_data=[np.array(values, dtype=object) for values in columns.values()],
        fields=list(columns),
        geometry_type="Polygon",
        crs=f"EPSG:{epsg}",
        driver="ESRI Shapefile",
        encoding="CP949",
        layer_options={"DBF_DATE_LAST_UPDATE": f"{YEAR}-12-31"},
    )
    path.with_suffix(".cpg").unlink(missing_ok=True)
    # The language byte would tell the encoding, which such files usually leave at zero.
    dbf = path.with_suffix(".dbf")
    content = bytearray(dbf.read_bytes())
    content[29] = 0
    dbf.write_bytes(content)


def heights(path: Path, terrain: Terrain) -> None:
    """Heights as a GeoTIFF; beyond the city's surroundings there is no value."""
    rows, columns = terrain.height_m.shape
    x_m = terrain.west + (np.arange(columns) + 0.5) * PIXEL_M
    y_m = terrain.north - (np.arange(rows) + 0.5) * PIXEL_M
    around = terrain.boundary.buffer(MARGIN_M)
    shapely.prepare(around)
    known = shapely.contains_xy(around, *np.meshgrid(x_m, y_m))
    values = np.where(known, np.round(terrain.height_m, 1), NODATA).astype(np.float32)
    with rasterio.open(
        path, "w", driver="GTiff", width=columns, height=rows, count=1, dtype="float32", nodata=NODATA, crs="EPSG:5179",
        transform=from_origin(terrain.west, terrain.north, PIXEL_M, PIXEL_M), compress="deflate", predictor=3,
    ) as target:  # fmt: skip
        target.write(values, 1)


def geojson(path: Path, rows: Iterable[tuple[dict[str, Any], BaseGeometry]], to_degrees: Transformer) -> None:
    """Polygons with properties in degrees (RFC 7946)."""

    def degrees(xy: np.ndarray) -> np.ndarray:
        return np.round(np.column_stack(to_degrees.transform(*xy.T)), 7)

    features = [
        {
            "type": "Feature",
            "properties": properties,
            "geometry": json.loads(shapely.to_geojson(shapely.transform(shapely.orient_polygons(shape), degrees))),
        }
        for properties, shape in rows
    ]
    content = {"type": "FeatureCollection", "features": features}
    path.write_text(json.dumps(content, ensure_ascii=False, indent=None), encoding="utf-8")
