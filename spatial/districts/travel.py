"""From each district to every cell: which cells it holds and the seconds to the others (district_travel.npz)."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from geojeom.files import atomic
from geojeom.tables import read_arrays
from spatial.streets.network import Network
from spatial.streets.travel import from_groups

# On foot an hour is beyond any criterion; by car two hours cross every Korean municipality.
WALK_LIMIT_S = 3600.0
DRIVE_LIMIT_S = 7200.0


@dataclass(frozen=True)
class DistrictTravel:
    """Seconds from each of D districts to each of C cells, infinite beyond the limits, and which cells are inside."""

    district_id: NDArray[np.str_]
    walk_s: NDArray[np.float32]
    drive_s: NDArray[np.float32]
    inside: NDArray[np.bool_]
    walk_limit_s: float
    drive_limit_s: float

    def save(self, path: Path) -> None:
        """Write all arrays to one ``.npz``, whole or not at all.

        Parameters
        ----------
        path : Path
            The file.

        Raises
        ------
        FolderError
            Where it cannot be written.
        """
        with atomic(path) as partial:
            arrays = {field.name: np.asarray(getattr(self, field.name)) for field in fields(self)}
            np.savez_compressed(partial, allow_pickle=False, **arrays)

    @staticmethod
    def load(path: Path) -> DistrictTravel:
        """Read what ``save`` wrote.

        Parameters
        ----------
        path : Path
            The file.

        Returns
        -------
        DistrictTravel
            The same arrays.

        Raises
        ------
        SourceError
            Where the file is not there, broken, or lacks an array.
        """
        values = read_arrays(path, [field.name for field in fields(DistrictTravel)])
        for name in ("walk_limit_s", "drive_limit_s"):
            values[name] = float(values[name])
        return DistrictTravel(**values)


def district_travel(
    districts: gpd.GeoDataFrame, x_m: NDArray[np.float64], y_m: NDArray[np.float64], network: Network
) -> DistrictTravel:
    """Measure walking and driving from each district to the cells.

    Parameters
    ----------
    districts : GeoDataFrame
        D rows with ``district_id``, in the region's CRS.
    x_m, y_m : float64 (C,)
        The cells' centres, in metres.
    network : Network
        Streets, or what stands in for them.

    Returns
    -------
    DistrictTravel
        Seconds, up to ``WALK_LIMIT_S`` and ``DRIVE_LIMIT_S``.
    """
    inside = cells_inside(districts.geometry.to_numpy(), x_m, y_m)
    groups = [np.flatnonzero(row).astype(np.int32) for row in inside]
    return DistrictTravel(
        district_id=districts["district_id"].to_numpy(str),
        walk_s=from_groups(network, groups, WALK_LIMIT_S, "walk"),
        drive_s=from_groups(network, groups, DRIVE_LIMIT_S, "drive"),
        inside=inside,
        walk_limit_s=WALK_LIMIT_S,
        drive_limit_s=DRIVE_LIMIT_S,
    )


def cells_inside(shapes: NDArray[np.object_], x_m: NDArray[np.float64], y_m: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which cell centres lie in each polygon; one too small to hold any gets the nearest to its middle.

    Parameters
    ----------
    shapes : geometry (D,)
        Polygons.
    x_m, y_m : float64 (C,)
        The cells' centres, in the CRS of the polygons, in metres.

    Returns
    -------
    bool (D, C)
        Each row has a cell at least.
    """
    inside = np.zeros((shapes.size, x_m.size), bool)
    for row, shape in enumerate(shapes):
        shapely.prepare(shape)
        inside[row] = shapely.contains_xy(shape, x_m, y_m)
        if not inside[row].any():
            middle = shape.representative_point()
            inside[row, np.hypot(x_m - middle.x, y_m - middle.y).argmin()] = True
    return inside
