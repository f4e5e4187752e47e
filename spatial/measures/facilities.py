"""Measures of a district from the facilities in and around it.

A kind of which the region's sources hold not one facility is unknown, not absent: the measure is then missing.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.spatial import cKDTree

from geojeom.messages import Remark
from spatial.measures.context import Context, Floats, Ground, Measured
from spatial.streets.network import Network

LAYER = "facilities"


def facility_count(context: Context, *, kinds: list[str], within_m: float, or_cells: str | None = None) -> Measured:
    """Facilities of any of ``kinds`` in the district or within ``within_m`` of it in a straight line.

    Where the sources hold none, the cells' column ``or_cells`` is summed over the cells centred there, as an estimate.
    """
    points, counts = _points(context, kinds)
    shapes = context.districts.geometry.to_numpy()
    if points.size:
        return Measured(_near(shapes, points, counts, within_m), (LAYER,))
    if or_cells is None:
        return none_of(context, kinds)
    figures = context.column(or_cells)
    if np.isnan(figures).all():
        return none_of(context, kinds)
    centres = shapely.points(context.cells["x_m"].to_numpy(float), context.cells["y_m"].to_numpy(float))
    out = Measured(_near(shapes, centres, np.nan_to_num(figures), within_m), (or_cells,))
    for notes in out.notes:
        notes.append(Remark("facilities.from_cells"))
    return out


def facility_density(context: Context, *, kinds: list[str], within_m: float, or_cells: str | None = None) -> Measured:
    """Facilities per square kilometre of the district and the strip ``within_m`` wide around it.

    What lies beyond the region has not been read: of the strip only the region's cells are counted as area.
    """
    out = facility_count(context, kinds=kinds, within_m=within_m, or_cells=or_cells)
    around = context.districts.geometry.buffer(within_m).to_numpy()
    cells = context.cells.geometry.to_numpy()
    row, cell = shapely.STRtree(cells).query(around, predicate="intersects")
    inside = np.bincount(row, shapely.area(shapely.intersection(around[row], cells[cell])), len(around))
    out.value = out.value / (inside / 1e6)
    return out


def nearest_facility(context: Context, *, kinds: list[str], mode: str) -> Measured:
    """Minutes from the district to the nearest facility of any of ``kinds``; 0 where it has one.

    Where none is within the limit of the travel times it counts as that far away: a lower bound, and said.
    """
    at = np.unique(np.concatenate([cells_with(context, kind) for kind in kinds]))
    if not at.size:
        return none_of(context, kinds, "streets")
    seconds, limit_s = context.reach(mode)
    nearest = seconds[:, at].min(axis=1).astype(float)
    out = Measured(np.minimum(nearest, limit_s) / 60, (LAYER, "streets"))
    for row in np.flatnonzero(~np.isfinite(nearest)):
        out.notes[row].append(Remark("facilities.beyond", minutes=limit_s / 60))
    return out


def toward_facilities(network: Network, walk_kmh: float, drive_kmh: float) -> Network:
    """The streets turned round, at constant speeds: searching from a facility then gives the time to reach it.

    Where a mode may not pass stays closed, and ferries take their own time. Driving is slower here than at the class
    speeds of ``drive_s``: the standard names one speed for all vehicles.
    """
    nodes = network.indptr.size - 1
    order = csr_array(
        (np.arange(network.indices.size), network.indices, network.indptr), shape=(nodes, nodes)
    ).T.tocsr()
    length_m, ferry = network.length_m[order.data], network.ferry[order.data]

    def seconds(own: NDArray[np.float32], kmh: float) -> NDArray[np.float32]:
        at_kmh = np.where(np.isfinite(own), length_m * np.float32(3.6 / kmh), np.inf)
        return np.where(ferry, own, at_kmh).astype(np.float32)

    return replace(
        network,
        indptr=order.indptr.astype(np.int64),
        indices=order.indices.astype(np.int32),
        length_m=length_m,
        ferry=ferry,
        walk_s=seconds(network.walk_s[order.data], walk_kmh),
        drive_s=seconds(network.drive_s[order.data], drive_kmh),
        walk_kmh=walk_kmh,
        access_kmh=walk_kmh,
        drive_kmh=drive_kmh,
    )


def _points(ground: Ground, kinds: list[str]) -> tuple[NDArray[np.object_], Floats]:
    chosen = ground.facilities[ground.facilities["kind"].isin(kinds)]
    return chosen.geometry.to_numpy(), chosen["count"].to_numpy(float)


def _near(shapes: NDArray[np.object_], points: NDArray[np.object_], counts: Floats, within_m: float) -> Floats:
    row, point = shapely.STRtree(points).query(shapes, predicate="dwithin", distance=within_m)
    return np.bincount(row, weights=counts[point], minlength=shapes.size).astype(float)


def cells_with(ground: Ground, kind: str) -> NDArray[np.int32]:
    """The cells that hold a facility of a kind; one outside every cell belongs to none."""
    points, _ = _points(ground, [kind])
    cell = cells_of(ground, shapely.get_coordinates(points))
    return np.unique(cell[cell >= 0])


def cells_of(ground: Ground, coordinates: Floats) -> NDArray[np.int32]:
    """The cell each point (P, 2) lies in; -1 outside every cell."""
    if not len(coordinates):
        return np.empty(0, np.int32)
    centres = cKDTree(np.column_stack([ground.cells["x_m"], ground.cells["y_m"]]))
    # The largest distance along either axis, so that exactly the square's own points are found.
    distance, cell = centres.query(coordinates, p=np.inf)
    return np.where(distance <= np.sqrt(ground.cell_area_m2) / 2, cell, -1).astype(np.int32)


def none_of(context: Context, kinds: list[str], *layers: str) -> Measured:
    """No value for any district: the sources hold no facility of these kinds."""
    out = Measured(np.full(len(context.districts), np.nan), (LAYER, *layers))
    out.missing = [Remark("facilities.unknown", kinds=kinds)] * len(out.missing)
    return out
