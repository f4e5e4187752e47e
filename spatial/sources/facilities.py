"""Facilities as points: from tables with coordinates and opening days, and from OpenStreetMap by a table of tags."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geojeom.errors import Fault, SourceError, raise_if_any
from geojeom.messages import Remark
from spatial.config.region import Facilities, FacilitiesOsm, FacilityTable
from spatial.reading.boundary import Area
from spatial.reading.credible_days import credible
from spatial.reading.names import seen
from spatial.reading.osm import PointQuery
from spatial.reading.osm_file import OsmFile
from spatial.reading.projection import DEGREES, lonlat, project
from spatial.reading.provenance import Account, Ledger
from spatial.reading.tabular import BLANK, counts, days, numbers, read_rows, texts
from spatial.reading.tags import TagTable
from spatial.sources.same_place import told_by

COLUMNS = ["kind", "name", "opened", "count", "geometry"]
READ = ["kind", "name", "opened", "count", "outline", "source", "geometry"]


def ask_places(spec: FacilitiesOsm, area: Area, kinds: TagTable, file: OsmFile) -> PointQuery:
    """Ask an OpenStreetMap file for its facilities, of the kinds that there are.

    Parameters
    ----------
    spec : FacilitiesOsm
        The entry of the region file; without kinds it asks for all.
    area : Area
        The region's.
    kinds : TagTable
        Which tags make a kind.
    file : OsmFile
        The file.

    Returns
    -------
    PointQuery
        To be taken by ``read_places``.
    """
    wanted = [kind for kind in spec.kinds if kind in kinds.root] if spec.kinds else list(kinds.root)
    return file.ask(PointQuery(kinds.only(wanted), ["name"], area.degrees))


def read_places(
    spec: Facilities, area: Area, kinds: TagTable, ledger: Ledger, asked: PointQuery | None = None
) -> gpd.GeoDataFrame:
    """The facilities of one source inside the region.

    Parameters
    ----------
    spec : Facilities
        The entry of the region file.
    area : Area
        The region's.
    kinds : TagTable
        Which tags make a kind.
    ledger : Ledger
        Gets what is said of the rows.
    asked : PointQuery, optional
        What was asked of an OpenStreetMap file already.

    Returns
    -------
    GeoDataFrame
        ``READ`` but for ``source``, points in the region's CRS.

    Raises
    ------
    SourceError
        With the file's faults.
    """
    if isinstance(spec, FacilitiesOsm):
        _hold_kinds(spec, kinds, ledger)
        frame = _osm(asked or ask_places(spec, area, kinds, OsmFile(spec.path)), area, ledger)
    else:
        frame = _table(spec, area, kinds, ledger)
    frame["name"] = seen(frame["name"], ledger)
    held = shapely.intersects(area.polygon, frame.geometry.to_numpy())
    ledger.drop("drop.outside", int((~held).sum()))
    frame = frame[held].reset_index(drop=True)
    for column in ("kind", "name", "opened"):
        frame[column] = texts(frame[column])
    frame["count"] = frame["count"].astype("Int64")
    frame["outline"] = gpd.GeoSeries(list(frame["outline"]), crs=area.crs)
    return frame


def one_list(frames: list[gpd.GeoDataFrame], ledgers: list[Ledger], area: Area, account: Account) -> gpd.GeoDataFrame:
    """The table ``facilities``: the facilities of all sources, each place once.

    Parameters
    ----------
    frames : list of GeoDataFrame
        As ``read_places`` gives them.
    ledgers : list of Ledger
        Of each; get what was told twice.
    area : Area
        The region's.
    account : Account
        Gets that there are none.

    Returns
    -------
    GeoDataFrame
        docs/files.md, facilities; in the region's CRS.
    """
    if not frames:
        account.lack("facilities")
        frames = [gpd.GeoDataFrame({name: [] for name in READ if name != "geometry"}, geometry=[], crs=area.crs)]
    frames = [frame.assign(source=number) for number, frame in enumerate(frames)]
    out = gpd.GeoDataFrame(pd.concat(frames, ignore_index=True), crs=area.crs)
    same = told_by(out)
    again = same != np.arange(len(out))
    # One source has the place's name, another the day it opened.
    dated = again & (same >= 0) & out["opened"].notna().to_numpy(bool)
    day = out["opened"][dated].astype("str").groupby(same[dated]).min().reindex(out.index)
    out["opened"] = out["opened"].astype(object).where(out["opened"].notna(), day.astype(object))
    for number, ledger in enumerate(ledgers):
        own = out["source"] == number
        ledger.drop("drop.facility", int((own & again).sum()))
        ledger.kept = int((own & ~again).sum())
        sums = out[own & ~again].groupby("kind")["count"].sum().sort_values(ascending=False)
        numbers = [Remark("facilities.kind", kind=kind, n=number) for kind, number in sums.items()]
        if numbers:
            ledger.note("facilities", kinds=numbers)
        else:
            ledger.note("facilities.none")
    out = out[~again].reset_index(drop=True)
    for column in ("kind", "name", "opened"):
        out[column] = texts(out[column])
    out["count"] = out["count"].astype("Int64")
    return out[COLUMNS]


def _hold_kinds(spec: FacilitiesOsm, kinds: TagTable, ledger: Ledger) -> None:
    unknown = sorted(set(spec.kinds) - set(kinds.root))
    if unknown:
        raise SourceError(
            Fault(
                "region file",
                "facility kinds: " + ", ".join(kinds.root),
                ", ".join(unknown),
                "Correct them, or add them to data/osm_kinds.yaml.",
                column=f"sources.{ledger.key}.kinds",
            )
        )


def _osm(asked: PointQuery, area: Area, ledger: Ledger) -> gpd.GeoDataFrame:
    frame = asked.take(ledger).to_crs(area.crs)
    frame = frame.rename(columns={"entry": "kind"})
    frame["outline"] = gpd.GeoSeries(frame["outline"], crs=DEGREES).to_crs(area.crs)
    return frame.assign(opened=None, count=1)[[*COLUMNS, "outline"]]


def _table(spec: FacilityTable, area: Area, kinds: TagTable, ledger: Ledger) -> gpd.GeoDataFrame:
    path = spec.path
    raw = read_rows(path, spec.columns_named("lon", "lat", "kind_column", "name", "opened", "count"))
    faults: list[Fault] = []
    lon, lat = (numbers(raw[axis], path, faults).to_numpy(float) for axis in (spec.lon, spec.lat))
    number = counts(raw[spec.count], path, faults) if spec.count else pd.Series(1, raw.index, dtype="Int64")
    kind = raw[spec.kind_column].str.strip() if spec.kind_column else pd.Series(spec.facility, raw.index)
    strange = kind[~kind.isin(list(kinds.root))]
    faults += [
        Fault(
            path,
            "a facility kind: " + ", ".join(kinds.root),
            f"{value!r} in {rows} rows",
            "Correct it, or add the kind to data/osm_kinds.yaml.",
            column=spec.kind_column or "facility",
        )
        for value, rows in strange.value_counts().head(20).items()
    ]
    raise_if_any(SourceError, faults)
    ledger.read = len(raw)
    twice = raw.duplicated()
    ledger.drop("drop.again", int(twice.sum()))
    ledger.drop("drop.unknown", int((number.isna() & ~twice).sum()))
    ledger.drop("drop.zero", int(((number == 0).fillna(False) & ~twice).sum()))
    keep = (~twice & (number > 0).fillna(False)).to_numpy(bool)
    lon, lat = lonlat(lon[keep], lat[keep], path, area.extent, ledger)
    ledger.reach(lon, lat)
    x, y = project(lon, lat, area.crs)
    raw, placed = raw[keep], np.isfinite(x)
    name = raw[spec.name].str.strip() if spec.name else pd.Series("", raw.index)
    opened = pd.Series(None, raw.index, dtype="object")
    if spec.opened:
        opened = credible(days(raw[spec.opened], ledger), spec.vintage, ledger)
    frame = pd.DataFrame(
        {
            "kind": kind[keep],
            "name": name.where(~name.isin(BLANK), None),
            "opened": opened,
            "count": number[keep],
            "outline": None,
        }
    )
    return gpd.GeoDataFrame(frame[placed], geometry=shapely.points(x[placed], y[placed]), crs=area.crs)
