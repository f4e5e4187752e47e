"""Candidate districts: read as proposed, checked whole, held to the region (docs/files.md, districts.parquet)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from numbers import Real
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from pyproj import CRS

from geojeom.errors import Fault, SourceError, raise_if_any
from geojeom.formats import percent
from geojeom.schemas import KINDS
from geojeom.spelling import UNSEEN
from spatial.reading.provenance import Ledger
from spatial.reading.tabular import POINT_REMEDY, POINTED, number
from spatial.reading.vector import codes, polygons_of, unique

# More of a district outside than this and the polygon is taken for a mistake; less is cut off, and said.
OUTSIDE_MAX = 0.5
# Two outlines of one border differ by slivers: a share below this is no news.
SLIVER = 0.001
SHAPEFILE_LETTERS = 10
# A name is a text of one line.
CONTROL = re.compile(rf"[\t\n\r]|{UNSEEN.pattern}")
YES_NO = {True: True, False: False, "true": True, "false": False, "1": True, "0": False, "y": True, "n": False}


def check_districts(
    candidates: gpd.GeoDataFrame,
    region: shapely.Geometry,
    crs: CRS,
    file: str,
    *,
    cell_size_m: int,
    ledger: Ledger,
) -> gpd.GeoDataFrame:
    """Return the table ``districts`` from candidate polygons as read.

    A district reaching over the border of the region is cut to it, and the ledger says so.

    Parameters
    ----------
    candidates : GeoDataFrame
        In any CRS, with ``district_id`` (unique), ``name`` and ``kind``; proposal fields that are blank or left out are
        null.
    region : geometry
        The region's polygon in ``crs``.
    crs : CRS
        The region's, in metres.
    file : str
        The file, as faults name it.
    cell_size_m : int
        The side of a cell: smaller districts are noted.
    ledger : Ledger
        Gets what is said of the rows.

    Returns
    -------
    GeoDataFrame
        In ``crs``; ``area_m2`` is that inside the region.

    Raises
    ------
    SourceError
        With every fault of every row: ids, kinds, ranges, districts mostly outside.
    """
    faults: list[Fault] = []
    candidates = _whole_names(candidates, ledger)
    for reason, rows in ledger.dropped.items():
        faults.append(Fault(file, "polygons only", f"{rows} rows {reason}", "Draw every district as an area."))
    for column in ("district_id", "name", "kind"):
        if column not in candidates.columns:
            have = ", ".join(str(name) for name in candidates.columns if name != "geometry")
            faults.append(
                Fault(file, f"a column {column}", f"columns {have}", "Add it to every district.", column=column)
            )
    raise_if_any(SourceError, faults)
    ids = codes(candidates["district_id"], file, faults)
    unique(ids, file, faults)
    for n, district_id in enumerate(ids.fillna(""), 1):
        _one_line(district_id, faults, _place(file, n, "district_id"))
    table: dict[str, Any] = {"district_id": ids}
    for column, (dtype, read) in _FIELDS.items():
        cells = candidates[column] if column in candidates.columns else [None] * len(candidates)
        table[column] = pd.array(
            [read(cell, faults, _place(file, n, column)) for n, cell in enumerate(cells, 1)], dtype
        )
        if column not in candidates.columns:
            ledger.note("nocolumn", column=column)
    faults += _same_outline(candidates.geometry, ids, file)
    _same_names(table["name"], ledger)
    shapes = candidates.geometry.to_crs(crs)
    _overlaps(shapes, ids, ledger)
    inside = polygons_of(shapely.intersection(shapes.to_numpy(), region))
    outside = 1 - shapely.area(inside) / shapely.area(shapes.to_numpy())
    raise_if_any(SourceError, [*faults, *_elsewhere(outside, ids, file)])
    for row in np.flatnonzero(outside > SLIVER):
        ledger.note("cut", id=ids.iloc[row], share=outside[row])
    table["area_m2"] = shapely.area(inside)
    for row in np.flatnonzero(table["area_m2"] < cell_size_m**2):
        ledger.note("small", id=ids.iloc[row], size=cell_size_m)
    order = ["district_id", "name", "name_en", "kind", "area_m2", *PROPOSAL]
    return gpd.GeoDataFrame(pd.DataFrame(table)[order], geometry=inside, crs=crs)


def _elsewhere(outside: NDArray[np.float64], ids: pd.Series, file: str) -> list[Fault]:
    """A fault for each district of which too large a share lies outside the region."""
    return [
        Fault(
            file,
            "a district inside the region",
            f"{percent(outside[row], unlike=OUTSIDE_MAX)} of {ids.iloc[row]} outside",
            "Check the coordinates and the CRS, or draw it inside the boundary.",
            row=int(row) + 1,
            column="geometry",
        )
        for row in np.flatnonzero(outside > OUTSIDE_MAX)
    ]


def _whole_names(candidates: gpd.GeoDataFrame, ledger: Ledger) -> gpd.GeoDataFrame:
    """Columns by their full names: a shapefile keeps ten letters, by which no figure of a proposal would be found."""
    cut = {
        name[:SHAPEFILE_LETTERS]: name
        for name in ("district_id", *_FIELDS)
        if len(name) > SHAPEFILE_LETTERS and name not in candidates.columns
    }
    cut = {short: name for short, name in cut.items() if short in candidates.columns}
    for short, name in cut.items():
        ledger.note("short", short=short, name=name)
    return candidates.rename(columns=cut)


def _overlaps(shapes: gpd.GeoSeries, ids: pd.Series, ledger: Ledger) -> None:
    """Say which districts share land: as alternatives they may, but what they reach is then partly the same."""
    polygons = shapes.to_numpy()
    for one, other in shapely.STRtree(polygons).query(polygons, predicate="intersects").T:
        if one < other:
            shared = shapely.area(shapely.intersection(polygons[one], polygons[other]))
            share = shared / min(shapely.area(polygons[one]), shapely.area(polygons[other]))
            if share > SLIVER:
                ledger.note("share", one=ids.iloc[one], other=ids.iloc[other], share=share)


def _same_names(names: Iterable[str | None], ledger: Ledger) -> None:
    for name, times in Counter(names).items():
        if name is not None and times > 1:
            ledger.note("samename", name=name, n=times)


def _same_outline(shapes: gpd.GeoSeries, ids: pd.Series, file: str) -> list[Fault]:
    """Districts of one outline would rank side by side as if there were a choice between them."""
    outline = pd.Series(shapely.to_wkb(shapely.normalize(shapes.to_numpy())))
    return [
        Fault(
            file,
            "each district with an outline of its own",
            "the same one in " + " and ".join(str(district_id) for district_id in ids.iloc[rows]),
            "Keep one of them, or draw the other.",
            row=int(rows[1]) + 1,
            column="geometry",
        )
        for rows in outline.groupby(outline).indices.values()
        if len(rows) > 1
    ]


Place = Callable[[str, str, str], Fault]


def _place(file: str, row: int, column: str) -> Place:
    return lambda expected, found, remedy: Fault(file, expected, found, remedy, row=row, column=column)


def _blank(cell: object) -> bool:
    return cell is None or cell is pd.NA or (isinstance(cell, float) and np.isnan(cell)) or cell == ""


def _text(cell: object, faults: list[Fault], at: Place) -> str | None:
    if _blank(cell) or not str(cell).strip():
        faults.append(at("a name", "nothing", "Name every district."))
        return None
    return _one_line(str(cell).strip(), faults, at)


def _optional_text(cell: object, faults: list[Fault], at: Place) -> str | None:
    return None if _blank(cell) else _one_line(str(cell).strip(), faults, at)


def _one_line(text: str, faults: list[Fault], at: Place) -> str:
    if CONTROL.search(text):
        faults.append(at("a name on one line", repr(text), "Take line breaks, tabs and control characters out."))
    return text


def _kind(cell: object, faults: list[Fault], at: Place) -> str | None:
    if cell in KINDS:
        return str(cell)
    known = ", ".join(KINDS)
    faults.append(
        at(f"one of {known}", repr(cell), "new: 신규, redevelopment: 재개발, existing: no development district.")
    )
    return None


def _number(cell: object, faults: list[Fault], at: Place) -> float | None:
    if _blank(cell):
        return None
    value = number(cell) if isinstance(cell, str) else number(str(float(cell))) if isinstance(cell, Real) else np.nan
    if not (np.isfinite(value) and value >= 0):
        faults.append(at("a number of 0 or more", repr(cell), "Correct it, or leave it blank where it is not known."))
    return value


def _price(cell: object, faults: list[Fault], at: Place) -> float | None:
    if isinstance(cell, str) and POINTED.fullmatch(cell.strip()):
        faults.append(at("a price that can be taken in one way only", repr(cell), POINT_REMEDY))
        return None
    return _number(cell, faults, at)


def _share(cell: object, faults: list[Fault], at: Place) -> float | None:
    value = _number(cell, faults, at)
    if value is not None and value > 1:
        faults.append(at("a share of 0 to 1", repr(cell), "Write 35 % as 0.35."))
    return value


def _yes_no(cell: object, faults: list[Fault], at: Place) -> bool | None:
    if _blank(cell):
        return None
    key = cell.strip().lower() if isinstance(cell, str) else cell
    if isinstance(key, float | int | bool | str) and key in YES_NO:
        return YES_NO[key]
    faults.append(at("true or false", repr(cell), "Correct it, or leave it blank where it is not known."))
    return None


_FIELDS: dict[str, tuple[Any, Callable[[object, list[Fault], Place], Any]]] = {
    "name": (object, _text),
    "name_en": (object, _optional_text),
    "kind": (object, _kind),
    "land_price_krw_m2": (np.dtype(float), _price),
    "public_land_share": (np.dtype(float), _share),
    "private_share": (np.dtype(float), _share),
    "operator_secured": ("boolean", _yes_no),
    "control_centre": ("boolean", _yes_no),
}
PROPOSAL = ("land_price_krw_m2", "public_land_share", "private_share", "operator_secured", "control_centre")


def with_zones(districts: gpd.GeoDataFrame, zones: gpd.GeoDataFrame, codes: list[str], file: str) -> gpd.GeoDataFrame:
    """The candidates with some zones of the region as candidates of the kind ``existing``, named by code and name.

    Parameters
    ----------
    districts : GeoDataFrame
        As ``check_districts`` gives them.
    zones : GeoDataFrame
        The region's, with ``zone_id`` and ``name``.
    codes : list of str
        Of zones.
    file : str
        The region file, as faults name it.

    Returns
    -------
    GeoDataFrame
        The zones last, their proposal fields null.

    Raises
    ------
    SourceError
        For a code that no zone has, that a candidate has as its id, or that is named twice.
    """
    remedy = "Correct the code in candidates: zones of the region file."
    faults = [
        Fault(file, "codes of zones of the region, once each", repr(code), remedy, column="candidates.zones")
        for at, code in enumerate(codes)
        if code not in set(zones["zone_id"]) or code in {*districts["district_id"], *codes[:at]}
    ]
    raise_if_any(SourceError, faults)
    if not codes:
        return districts
    own = zones.set_index("zone_id").loc[codes]
    taken = set(districts["name"])
    names = [f"{name} ({code})" if name in taken else name for code, name in own["name"].items()]
    made = {"district_id": codes, "name": names, "kind": "existing", "area_m2": own.geometry.area.to_numpy()}
    rows = gpd.GeoDataFrame(made, geometry=own.geometry.to_numpy(), crs=zones.crs).reindex(columns=districts.columns)
    joined = pd.concat([districts, rows.astype(districts.dtypes.drop(labels="geometry"))], ignore_index=True)
    return gpd.GeoDataFrame(joined, geometry="geometry", crs=districts.crs)
