"""All sources of a region brought onto its cells, with the account of every row."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geojeom.errors import Fault, SourceError, raise_if_any
from spatial.cells.gather import SourceTables
from spatial.counts.home import home_squares, reaching_beyond
from spatial.counts.people import ORDER, Counted, as_column, lay_out
from spatial.counts.plausible import cross_check, too_dense
from spatial.counts.units import PixelUnits, PointUnits, ShapeUnits, SquareUnits, Units, ZoneUnits, around
from spatial.reading import grid
from spatial.reading.boundary import BOX_SQUARES, Area, Box
from spatial.reading.provenance import Account
from spatial.reading.square_grid import Index, SquareGrid, overlap_m2, squares
from spatial.sources.buildings import OLD_YEARS, on_squares, tell_cells
from spatial.sources.terrain import SLOPE_LIMIT_DEG
from spatial.sources.zones import owners, square_zones, zone_table
from spatial.streets.cut_off import cut_off
from spatial.streets.files import street_m
from spatial.streets.network import Network

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Survey:
    """What ``spatial cells`` writes."""

    cells: gpd.GeoDataFrame
    zones: gpd.GeoDataFrame
    zoning: gpd.GeoDataFrame
    parcels: gpd.GeoDataFrame
    history: pd.DataFrame
    account: Account


def assemble(collected: SourceTables) -> Survey:
    """Bring sources that have all been read without a fault onto the cells.

    Parameters
    ----------
    collected : SourceTables
        Without faults.

    Returns
    -------
    Survey
        Its tables are in the region's CRS, in metres (docs/files.md).

    Raises
    ------
    SourceError
        Where they cannot be true: two sources of one column, a part above its whole, totals too far apart, more people
        than any place holds; and for a region smaller than a cell, or sources on more squares than a region may have.
    """
    account, area, zones = collected.account, collected.area, collected.zones
    buildings, (lines, network) = collected.buildings, collected.streets or (None, None)
    assert collected.zoning is not None
    assert collected.parcels is not None
    assert collected.history is not None
    lattice, inside = _lattice(collected)
    if zones is None:
        zones = square_zones(area, account)
    own_zones = next((ledger for ledger in account.ledgers if ledger.key == "zones"), None)
    owner = owners(zones, lattice, inside, own_zones)
    ground = _ground(collected, lattice, inside)
    on_buildings = {}
    if buildings is not None:
        on_buildings = on_squares(buildings, lattice)
        tell_cells(buildings, lattice, inside, area.polygon)
    weights = _weights(on_buildings, lines, ground["dry_share"], lattice)
    counted = _counted(collected, lattice, weights, owner=owner, inside=inside)
    x, y = (values[inside] for values in lattice.centres())
    cells = gpd.GeoDataFrame(
        {
            "cell_id": pd.array(grid.name(x, y, area.cell_size_m, area.crs.to_epsg(), area.crs.utm_zone), dtype="str"),
            "x_m": x,
            "y_m": y,
            "zone_id": _zone_ids(zones, owner[inside]),
            **{column: as_column(counted.get(column), inside) for column in ORDER},
            **_building_columns(on_buildings, inside, account),
            **{
                name: ground[name]
                for name in ("water_m2", "protected_m2", "developable_m2", "elevation_m", "slope_deg")
            },
        },
        geometry=squares(x, y, area.cell_size_m),
        crs=area.crs,
    )
    _tell_islands(network, cells["population"], account)
    table = zone_table(zones, owner[inside & (owner >= 0)], area)
    return Survey(cells, table, collected.zoning, collected.parcels, collected.history, account)


def _lattice(collected: SourceTables) -> tuple[SquareGrid, Bools]:
    """Squares over the region and all that reaches into it, and which of them are its cells."""
    area, density = collected.area, [collected.density] if collected.density is not None else []
    units = [*collected.counts, *collected.cross_checks, *density]
    lattice = SquareGrid.over(_window(area, collected.zones, units), area.cell_size_m)
    if len(lattice) > (most := BOX_SQUARES * area.cells_max):
        wanted, found_ = f"sources on at most {most:,} squares of {area.cell_size_m} m", f"{len(lattice):,}"
        remedy = "Cut the zones or counts that reach far beyond the region, or raise `cells_max:`."
        raise SourceError(Fault("region file", wanted, found_, remedy, column="sources"))
    inside = lattice.within(area.polygon)
    if not inside.any():
        wanted = f"a region larger than a cell of {area.cell_size_m} m"
        raise SourceError(Fault("boundary", wanted, "no cell centre in it", "Check it."))
    return lattice, inside


def _counted(
    collected: SourceTables, lattice: SquareGrid, weights: dict[str, Floats], *, owner: Index, inside: Bools
) -> dict[str, Counted]:
    """Every column of counts laid on the squares, by ``weights`` and, where there is one, the source of densities.

    Raises SourceError where they cannot be true.
    """
    account, area, counts, facilities = collected.account, collected.area, collected.counts, collected.facilities
    assert facilities is not None
    # A box cuts through the city as a frame does a picture; an outline is the city's own.
    home = None if area.is_box else home_squares(collected.zones, area.polygon, lattice, owner, inside)
    sea = _sea_beyond(collected.land, lattice, inside)
    if collected.density is not None:
        weights["density"] = _density(
            collected.density, lattice, owner=owner, inside=inside, home=home, sea=sea, weights=weights
        )
    counted = lay_out(counts, lattice, owner=owner, inside=inside, home=home, sea=sea, weights=weights, account=account)
    faults = too_dense(counted, counts, lattice, inside, collected.densest)
    faults += cross_check(
        counted, collected.cross_checks, lattice, owner=owner, inside=inside, home=home, sea=sea, weights=weights
    )
    raise_if_any(SourceError, faults)
    if home is not None and collected.zones is not None:
        _tell_beyond(collected.zones, area, counted, account)
    counted |= _stops(facilities, lattice, inside, counted, account)
    for column in ORDER:
        if column not in counted:
            account.lack(column)
    return counted


def _tell_islands(network: Network | None, population: pd.Series, account: Account) -> None:
    if network is not None:
        for remark in cut_off(network, population.to_numpy(float, na_value=np.nan)):
            account.estimate("streets", remark.code, **remark.values)


def _tell_beyond(zones: gpd.GeoDataFrame, area: Area, counted: dict[str, Counted], account: Account) -> None:
    """Say of every column that zones reach beyond the outline and keep what they hold."""
    number, km2 = reaching_beyond(zones, area.polygon)
    for column in counted if number else ():
        account.estimate(column, "estimate.zones_beyond", n=number, km2=km2)


def _window(area: Area, zones: gpd.GeoDataFrame | None, counts: list[Units]) -> Box:
    """The region's box, widened to the whole of every source unit that reaches into it."""
    boxes = [area.metres]
    for source in counts:
        if isinstance(source, ZoneUnits) and zones is not None:
            west, south, east, north = zones.geometry[source.unit_of_zone >= 0].total_bounds
            boxes.append((west, south, east, north))
        elif isinstance(source, PointUnits):
            boxes.append(around(area.metres, 2 * source.spacing_m))
        elif isinstance(source, PixelUnits | ShapeUnits | SquareUnits):
            boxes.append(source.metres())
    corners = np.array(boxes)
    low, high = corners[:, :2].min(axis=0), corners[:, 2:].max(axis=0)
    return (float(low[0]), float(low[1]), float(high[0]), float(high[1]))


def _sea_beyond(land: gpd.GeoDataFrame | None, lattice: SquareGrid, inside: Bools) -> Bools:
    """Squares beyond the region whose centre lies in the sea, as far as it is mapped."""
    out = np.zeros(len(lattice), dtype=bool)
    for sea in land.geometry[land["entry"] == "sea"] if land is not None else ():
        out |= lattice.within(sea)
    return out & ~inside


def _ground(collected: SourceTables, lattice: SquareGrid, inside: Bools) -> dict[str, Floats]:
    """Columns of the ground for the region's squares, and ``dry_share`` for all squares of the lattice (1 outside)."""
    land, protected, terrain, account = collected.land, collected.protected, collected.terrain, collected.account
    x, y = (values[inside] for values in lattice.centres())
    size = lattice.size_m
    unknown = np.full(len(x), np.nan)
    out = {"water_m2": unknown, "protected_m2": unknown}
    kept_out: list[NDArray[np.object_]] = []
    mapped = set(land["entry"]) if land is not None else set()
    if land is not None and mapped & {"water", "sea"}:
        water = land.geometry[land["entry"].isin(["water", "sea"])].to_numpy()
        kept_out.append(water)
        # Lakes and rivers alone would say that the sea is dry.
        if "open_coast" not in mapped:
            out["water_m2"] = overlap_m2(x, y, size, water)
    if "sea" in mapped:
        account.estimate("water_m2", "estimate.sea")
    if protected is not None:
        out["protected_m2"] = overlap_m2(x, y, size, protected.geometry.to_numpy())
        kept_out.append(protected.geometry.to_numpy())
    barred = overlap_m2(x, y, size, np.concatenate(kept_out)) if kept_out else np.zeros(len(x))
    out["dry_share"] = np.ones(len(lattice))
    out["dry_share"][inside] = 1 - barred / size**2
    out |= {"elevation_m": unknown, "slope_deg": unknown, "developable_m2": unknown}
    if terrain is not None:
        own = SquareGrid.over(collected.area.metres, size).at(x, y)
        out["elevation_m"], out["slope_deg"] = terrain.elevation_m[own], terrain.slope_deg[own]
    # Water or protection that is unknown is not absent: without either layer what may be built on is unknown too.
    if terrain is not None and not (np.isnan(out["water_m2"]).all() or np.isnan(out["protected_m2"]).all()):
        out["developable_m2"] = (size**2 - barred) * (1 - terrain.steep_share[own])
        account.estimate("developable_m2", "estimate.steep", deg=SLOPE_LIMIT_DEG)
    for column in ("water_m2", "protected_m2", "slope_deg", "developable_m2"):
        if np.isnan(out[column]).all():
            reason = "open_coast" if column == "water_m2" and "open_coast" in mapped else column
            account.lack(column, f"lack.{reason}")
    return out


def _weights(
    on_buildings: dict[str, Floats], lines: gpd.GeoDataFrame | None, dry_share: Floats, lattice: SquareGrid
) -> dict[str, Floats]:
    """What people and jobs may be laid by, as far as the region has it (levels of spatial.counts.people)."""
    weights: dict[str, Floats] = {
        name: on_buildings[name] for name in ("lived", "worked", "built") if name in on_buildings
    }
    if lines is not None:
        through = lines["highway"].isin(["motorway", "motorway_link", "trunk", "trunk_link"])
        weights["streets"] = street_m(lines[~through], lattice) * dry_share
    weights["dry"] = dry_share
    return weights


def _density(
    source: Units,
    lattice: SquareGrid,
    *,
    owner: Index,
    inside: Bools,
    home: Bools | None,
    sea: Bools,
    weights: dict[str, Floats],
) -> Floats:
    """People on squares by a finer source, laid as if it were the one used; where it says nothing, none."""
    laid = lay_out(
        [source], lattice, owner=owner, inside=inside, home=home, sea=sea, weights=weights, account=Account()
    )
    if "population" not in laid:
        columns = ", ".join(str(name) for name in source.totals.columns)
        raise SourceError(
            Fault(source.ledger.path, "population", columns, "Name its column of people, or take `density:` out.")
        )
    return laid["population"].value.astype(float)


def _building_columns(
    on_buildings: dict[str, Floats], inside: Bools, account: Account
) -> dict[str, pd.Series | Floats]:
    columns: dict[str, pd.Series | Floats] = {}
    for name in ("buildings", "old_buildings", "undated_buildings"):
        if name in on_buildings:
            columns[name] = pd.Series(pd.array(on_buildings[name][inside].astype(np.int64), dtype="Int64"))
        else:
            columns[name] = pd.Series(pd.array([pd.NA] * int(inside.sum()), dtype="Int64"))
    floor = on_buildings.get("floor_area_m2")
    columns["floor_area_m2"] = floor[inside] if floor is not None else np.full(int(inside.sum()), np.nan)
    for name in ("buildings", "old_buildings", "floor_area_m2"):
        if name not in on_buildings:
            account.lack(name)
    if "old_buildings" in on_buildings:
        account.estimate("old_buildings", "estimate.old", years=OLD_YEARS)
    return columns


def _stops(
    facilities: gpd.GeoDataFrame, lattice: SquareGrid, inside: Bools, counted: dict[str, Counted], account: Account
) -> dict[str, Counted]:
    """Stops and stations counted from the facilities, where no source of counts gives them and some are mapped."""
    out = {}
    for column, kind in (("transit_stops", "transit_stop"), ("subway_stations", "subway_station")):
        stops = facilities[facilities["kind"] == kind]
        if column in counted or stops.empty:
            continue
        square, number = lattice.at(stops.geometry.x, stops.geometry.y), stops["count"].to_numpy(np.int64)
        value = np.zeros(len(lattice), dtype=np.int64)
        np.add.at(value, square[square >= 0], number[square >= 0])
        out[column] = Counted(value, np.ones(len(lattice), dtype=bool))
        if lost := int(number.sum() - value[inside].sum()):
            account.estimate(column, "estimate.stops_lost", all=number.sum(), lost=lost)
        else:
            account.estimate(column, "estimate.stops")
    return out


def _zone_ids(zones: gpd.GeoDataFrame, owner: Index) -> pd.Series:
    names = zones["zone_id"].to_numpy(dtype=object)
    return pd.Series(np.where(owner >= 0, names[owner], None), dtype="str")
